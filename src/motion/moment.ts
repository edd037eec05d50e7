/** Moments: when a claim speaks; at every state, at every moment of a run up to a horizon, or in the limit. */
import { parseRatio } from '../program/constant.ts'
import type { Time } from './rule.ts'

/** Exact numbers of which each case has one, the simplest first; or one. */
type Numbers<T> = T | readonly [T, ...T[]]

/** How far a run goes: to a time, to a log-loss s = log 1/L, or over so many steps. */
export type Horizon =
  { readonly t: Numbers<string> } | { readonly s: Numbers<string> } | { readonly steps: Numbers<number> }

/** The time in which a horizon is told. */
export type TimeOf<H> = [H] extends [never] ? never : H extends { readonly steps: unknown } ? 'steps' : 'flow'

/** When a claim speaks. */
export interface Moment<T extends Time = Time> {
  readonly kind: 'everywhere' | 'every moment' | 'in the limit'
  /** The time of the horizon, if one is given. */
  readonly time?: T
  readonly horizon?: { readonly of: 't' | 's' | 'steps'; readonly among: readonly string[] }
}

/** At every state: `ddt(e)` under a flow, `e(t+1)` under steps. */
export const everywhere: Moment<never> = Object.freeze({ kind: 'everywhere' })

/**
 * At every moment of a run from t_0 = 0: of a flow at a time t > 0 up to the horizon, of n steps at t = 0, …, n − 1, each
 * the state that a step leaves. A horizon that is a list is several, of which each case has one.
 * @throws TypeError for what is no horizon.
 */
export function everyMoment<H extends Horizon = never>(horizon?: H): Moment<TimeOf<H>> {
  return run('every moment', 'everyMoment', horizon)
}

/**
 * In the limit, as it is seen on long runs in doubles: `lim(e)`, `converges(e)`, orders of growth, `some(…)`, `eventually(…)`;
 * other relations are meant at every moment. A horizon that is a list is several, to which a run goes on until a claim is
 * decided.
 * @throws TypeError for what is no horizon.
 */
export function inTheLimit<H extends Horizon = never>(horizon?: H): Moment<TimeOf<H>> {
  return run('in the limit', 'inTheLimit', horizon)
}

function run<H extends Horizon>(
  kind: Moment['kind'],
  name: string,
  horizon: H | undefined,
): Moment<TimeOf<H>> {
  if (horizon === undefined) return Object.freeze({ kind })
  const [entry, ...more] = Object.entries(horizon)
  const [of, given] = entry ?? []
  const among = [given].flat() as readonly unknown[]
  const isNumber = (value: unknown): boolean =>
    of === 'steps'
      ? Number.isSafeInteger(value) && Number(value) > 0
      : typeof value === 'string' && isPositive(value)
  if (!['t', 's', 'steps'].includes(of!) || more.length > 0 || among.length === 0 || !among.every(isNumber))
    throw new TypeError(
      `${name}: expected { t: "1/4" }, { s: "2" } or { steps: 3 }, or lists of such numbers, got ${JSON.stringify(horizon)}`,
    )
  return Object.freeze({
    kind,
    time: (of === 'steps' ? 'steps' : 'flow') as TimeOf<H>,
    horizon: { of: of as 't' | 's' | 'steps', among: among.map(String) },
  })
}

const isPositive = (text: string): boolean => {
  try {
    return parseRatio(text).num > 0n
  } catch {
    return false
  }
}
