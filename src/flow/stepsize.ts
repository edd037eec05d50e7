/** Step sizes: how long a stiff step may be. */
import type { Radau } from './radau.ts'
import { attempt, MOST_ITERATIONS, type Linearization, type StiffProblem, type Step } from './stiff.ts'

/** What the next step takes over from the last one. */
export interface Pace {
  /** The length to try. */
  readonly h: number
  /** The step before, whose polynomial predicts this one; none behind a kink. */
  readonly before?: Step | undefined
  /** Length and error of the last accepted step. */
  readonly last?: { readonly h: number; readonly error: number } | undefined
}

/** An accepted step, whether it ends on the target, and the attempts that it took. */
export interface Accepted {
  readonly step: Step
  readonly landed: boolean
  readonly attempts: number
  readonly pace: Pace
}

/** Lengths below this part of s are lost in the rounding of s. */
const SHORTEST = 1e-14

/**
 * One step of at most the length to the target whose error is within the tolerance; or `undefined` if none
 * is found among `budget` attempts, or steps fall below the rounding of s.
 */
export function accept(
  problem: StiffProblem,
  method: Radau,
  from: Linearization,
  target: number,
  tolerance: number,
  pace: Pace,
  budget: number,
): Accepted | undefined {
  const { s } = from
  let { h, before } = pace
  for (let attempts = 1; attempts <= budget; attempts++) {
    const room = target - s
    const landed = room <= 1.01 * h
    const length = landed ? room : room < 2 * h ? room / 2 : h
    if (!landed && length <= SHORTEST * Math.max(1, Math.abs(s))) return undefined
    const tried = attempt(problem, method, from, length, tolerance, before)
    if (!tried.converged) {
      h = length * (before === undefined ? 0.25 : 0.5)
      before = undefined
    } else if (tried.error >= 1) {
      h = Math.min(0.9 * length, nextLength(length, tried.error, method, tried.iterations))
    } else {
      const { step, error, iterations } = tried
      const growing = nextLength(length, error, method, iterations, pace.last)
      // A length that has just failed is not tried again at once.
      const next = attempts === 1 ? growing : Math.min(growing, length)
      return { step, landed, attempts, pace: { h: next, before: step, last: { h: length, error } } }
    }
  }
  return undefined
}

/** The next step length: the last one times what the error and the iterations allow, within [1/5, 6]. */
function nextLength(
  h: number,
  error: number,
  { stages }: Radau,
  iterations: number,
  before?: { readonly h: number; readonly error: number },
): number {
  const safety = (0.9 * (2 * MOST_ITERATIONS + 1)) / (2 * MOST_ITERATIONS + iterations)
  const plain = Math.max(error, 1e-12) ** (-1 / (stages + 1))
  // Gustafsson's predictive controller: errors that grow from step to step shorten the next one in time.
  const predicted =
    before === undefined
      ? plain
      : (h / before.h) * (Math.max(before.error, 1e-2) / Math.max(error, 1e-12) ** 2) ** (1 / (stages + 1))
  return h * Math.min(6, Math.max(0.2, safety * Math.min(plain, predicted)))
}
