/** Drop: what becomes of a claim without one of its assumptions. */
import type { Claim } from '../claim/claim.ts'
import type { Counterexample } from '../claim/verdict.ts'
import { DEFAULT_CASES, DEFAULT_SEED, type CheckOptions } from './check.ts'
import { judgeOf } from './judge.ts'
import { search } from './search.ts'

/** The claim without an assumption, searched for counterexamples. */
export interface Drop {
  readonly id: string
  readonly assumption: string
  readonly says: string
  /** Cases judged: each fails the dropped assumption and meets all others. */
  readonly cases: number
  /** A case that fails the dropped assumption, meets all others, and violates the claim. */
  readonly counterexample?: Counterexample
}

/**
 * Searches for a counterexample among the cases that fail one assumption of a claim and meet the others.
 * @throws RangeError if the claim makes no such assumption.
 */
export function drop(claim: Claim, assumption: string, options: CheckOptions = {}): Drop {
  const dropped = claim.assume.find(({ id }) => id === assumption)
  if (!dropped) {
    const known = claim.assume.map(({ id }) => id)
    throw new RangeError(
      `drop: expected an assumption of ${claim.id} (${known.join(', ') || 'it makes none'}), got "${assumption}"`,
    )
  }
  const rest = claim.assume.filter((other) => other !== dropped)
  const alone = judgeOf(claim, claim.shows, [dropped])
  const found = search(claim, {
    seed: options.seed ?? DEFAULT_SEED,
    cases: options.cases ?? DEFAULT_CASES,
    assume: rest,
    where: (c) => {
      const failed = alone.discard(c)
      return failed?.assumption === assumption && failed.certain
    },
    refuteOnly: true,
  })
  return {
    id: claim.id,
    assumption,
    says: dropped.says,
    cases: found.cases,
    ...(found.counterexample && { counterexample: found.counterexample }),
  }
}
