/** CMA-ES over cases: the numbers of one structure at a time, structures chosen by how well they did. */
import { oneIn, pick } from '../claim/random.ts'
import { bestOfDraws, FRUITLESS } from './anneal.ts'
import { cma, defaultLambda } from './cma.ts'
import { settled } from './moves.ts'
import { touches, type Energy } from './slack.ts'
import type { Point } from './space.ts'
import type { Strategy } from './strategy.ts'

/** A start for a run, with what its runs have reached. */
interface Arm {
  readonly point: Point
  readonly energy: Energy
  /** Runs from here so far; each has twice the population of the one before (IPOP). */
  readonly runs: number
  /** How many of them led no further. */
  readonly fruitless: number
}

const ARMS = 12
const SIGMA = 0.4
/** A run without a new best for so many generations is over. */
const PATIENCE = 30
const LARGEST_LAMBDA = 200

/**
 * CMA-ES on the coordinates of a case, positive numbers by their logarithms, numbers rounded to dyadic ones as fine as
 * the step size asks. A run starts in a fresh structure, the best of some draws, or again at the end of one of the best
 * runs so far with twice the population (IPOP: Auger & Hansen 2005).
 */
export const cmaEs: Strategy = {
  name: 'CMA-ES',
  *search(space, random, acceptance) {
    let arms: Arm[] = []
    const spent = new Set<string>()
    for (;;) {
      const again = arms.length > 0 && oneIn(random, 2) ? pick(random, arms) : undefined
      const start: Arm = again ?? { ...(yield* bestOfDraws(space, random, spent)), runs: 0, fruitless: 0 }
      const charted = space.charted(start.point)
      const { origin } = charted.moved
      const kinds = origin.layout.groups.flatMap(({ kind, count }) =>
        Array.from({ length: count }, () => kind),
      )
      const n = kinds.length
      let best = start
      if (n > 0) {
        const genotype = Array.from(charted.moved.at, (x, k) => (kinds[k] === 'positive' ? Math.log(x) : x))
        const lambda = Math.min(LARGEST_LAMBDA, Math.max(6, defaultLambda(n)) * 2 ** start.runs)
        const run = cma(genotype, SIGMA, random, lambda)
        for (
          let since = 0;
          since < PATIENCE && !touches(best.energy) && run.stalled() === undefined;
          since++
        ) {
          const energies: Energy[] = []
          for (const x of run.ask()) {
            const at = Float64Array.from(x, (e, k) =>
              settled(kinds[k] === 'positive' ? Math.exp(Math.min(e, 50)) : e, run.sigma / 4, kinds[k]!),
            )
            const point = { ...charted, moved: { origin, at } }
            const energy = yield point
            energies.push(energy)
            acceptance.moves++
            if (energy >= best.energy) continue
            acceptance.accepted++
            best = { ...best, point, energy }
            since = 0
          }
          run.tell(energies)
        }
      }
      const fruitless = again && best.energy === start.energy ? start.fruitless + 1 : 0
      const dull = touches(best.energy) || fruitless > FRUITLESS
      if (dull) spent.add(start.point.structure)
      arms = [
        ...arms.filter((arm) => arm !== again),
        ...(dull ? [] : [{ ...best, fruitless, runs: start.runs + 1 }]),
      ]
        .toSorted((a, b) => a.energy - b.energy)
        .slice(0, ARMS)
    }
  },
}
