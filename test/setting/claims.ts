/** Claims: the ready claims, the space of cases of each, and some cases of it. */
import type { Claim } from '../../src/claim/claim.ts'
import { seeded } from '../../src/claim/random.ts'
import type { Assumed } from '../../src/claim/setting.ts'
import { assumedIn } from '../../src/hunt/arbitrary.ts'
import { judgeOf } from '../../src/hunt/judge.ts'
import { claims } from '../properties/loaded.ts'

export { claims }

/** The first claims of each setting, one per set of assumptions. */
export const settings: readonly Claim[] = claims.filter(
  (claim, i) =>
    claims.findIndex((other) => other.given === claim.given && names(other) === names(claim)) === i,
)
function names({ assume }: Claim): string {
  return assume.map(({ id }) => id).join(' ')
}

/** Random cases that a claim speaks of, under its assumptions or under those named. */
export function drawn(
  claim: Claim,
  seed: number,
  n: number,
  assumed: Assumed = assumedIn(claim.assume),
): unknown[] {
  const random = seeded(seed, claim.id)
  const { speaks } = judgeOf(claim)
  const draw = (): unknown => {
    const c = claim.given.generate(random, assumed)
    return speaks(c) ? c : draw()
  }
  return Array.from({ length: n }, draw)
}
