/** Crossings: where a pre-activation changes its side, and whether the flow passes or slides. */
import { logClock, type LogClock, type Pattern, type Start } from './logclock.ts'
import { piece } from './piece.ts'
import { dense, type Step } from './stiff.ts'

/** A pre-activation that changes side; point, layer, unit and its number among the kinks count from 1. */
export interface Crossing {
  readonly point: number
  readonly layer: number
  readonly unit: number
  readonly kink: number
  /** Whether it becomes positive. */
  readonly active: boolean
}

/** A kink that the flow is pushed onto from both sides. */
export interface Sliding {
  readonly sliding: Crossing
}

/** Arguments below this part of the largest one at their point are 0 up to rounding. */
const ROUNDING = 1e-12

/** The arguments that lie on the other side than the pattern says, beyond rounding. */
function violations(start: Start, pattern: Pattern, sides: readonly Float64Array[]): Crossing[] {
  return sides.flatMap((z, i) => {
    const bound = ROUNDING * largest(z)
    return [...z].flatMap((value, j) =>
      Math.abs(value) > bound && value > 0 !== (pattern[i]![j] === 1)
        ? [crossing(start, i, j, value > 0)]
        : [],
    )
  })
}

function crossing({ system }: Start, i: number, j: number, active: boolean): Crossing {
  return { point: i + 1, ...piece(system, system.labels[i]!).kinks[j]!, kink: j + 1, active }
}

/**
 * The first sign change of a pre-activation along a step, bracketed between two of its nodes and bisected
 * on its collocation polynomial; s lies just behind it. `undefined` if no node of the step shows one.
 */
export function firstCrossing(
  start: Start,
  clock: LogClock,
  pattern: Pattern,
  step: Step,
): { readonly s: number; readonly crossings: readonly Crossing[] } | undefined {
  if (pattern.every((sides) => sides.length === 0)) return undefined
  const y = new Float64Array(clock.dimension)
  const at = (s: number): Crossing[] => {
    dense(step, s, y)
    return violations(start, pattern, clock.kinks(y))
  }
  const nodes = [...step.method.nodes].map((c) => step.s + c * step.h)
  const late = nodes.findIndex((s) => at(s).length > 0)
  if (late < 0) return undefined
  let [lo, hi] = [late === 0 ? step.s : nodes[late - 1]!, nodes[late]!]
  for (;;) {
    const middle = (lo + hi) / 2
    if (middle <= lo || middle >= hi) break
    if (at(middle).length > 0) hi = middle
    else lo = middle
  }
  return { s: hi, crossings: at(hi) }
}

/** What follows a kink: a pattern, a kink on which the flow slides, or several patterns that lead away. */
export type Settled = { readonly pattern: Pattern; readonly clock: LogClock } | Sliding | 'ambiguous'

/**
 * The pattern behind the given crossings; or the kink on which the flow slides, because the field before it
 * leads onto the kink and the field behind it leads back. Where the field is continuous (relu^q, q > 1) nothing slides.
 */
export function settle(
  start: Start,
  clock: LogClock,
  pattern: Pattern,
  crossings: readonly Crossing[],
  s: number,
  y: Float64Array,
): Settled {
  const before = clock.turns(s, y)
  const next = pattern.map((sides) => sides.slice())
  for (const { point, kink, active } of crossings) next[point - 1]![kink - 1] = active ? 1 : 0
  const behind = logClock(start, next)
  const after = behind.turns(s, y)
  const sliding = crossings.find(({ point, kink, active }) => {
    const [old, now] = [before[point - 1]!, after[point - 1]!]
    const bound = 1e-9 * largest(now)
    const sign = active ? 1 : -1
    return sign * old[kink - 1]! > bound && sign * now[kink - 1]! < -bound
  })
  return sliding === undefined ? { pattern: next, clock: behind } : { sliding }
}

const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/** So many arguments that are 0 at a start are tried on all sides. */
const MOST_TIES = 10

/**
 * The pattern that the flow enters from a start: on it every argument that is 0 moves to its side, or stays 0 if no
 * pattern leads away; the rule of `depart` in `kinks.ts`, to the first order.
 */
export function depart(start: Start, clock: LogClock, pattern: Pattern, s: number, y: Float64Array): Settled {
  const ties = clock
    .kinks(y)
    .flatMap((values, i) => [...values].flatMap((z, j) => (z === 0 ? [{ i, j }] : [])))
  if (ties.length === 0) return { pattern, clock }
  if (ties.length > MOST_TIES) return 'ambiguous'
  const found: { pattern: Pattern; clock: LogClock; resting: number; slope: Float64Array }[] = []
  for (let sides = 0; sides < 2 ** ties.length; sides++) {
    const next = pattern.map((own) => own.slice())
    ties.forEach(({ i, j }, k) => void (next[i]![j] = (sides >> k) & 1))
    const own = logClock(start, next)
    const turns = own.turns(s, y)
    const slope = new Float64Array(own.dimension)
    own.field(s, y, slope)
    const moves = ties.map(({ i, j }) =>
      Math.abs(turns[i]![j]!) <= ROUNDING * largest(turns[i]!) ? 0 : turns[i]![j]! * (2 * next[i]![j]! - 1),
    )
    if (!slope.every(Number.isFinite) || !moves.every((move) => move >= 0)) continue
    found.push({ pattern: next, clock: own, resting: moves.filter((move) => move === 0).length, slope })
  }
  const least = Math.min(...found.map(({ resting }) => resting))
  const [first, ...others] = found.filter(({ resting }) => resting === least)
  if (first === undefined) {
    const { i, j } = ties[0]!
    return { sliding: crossing(start, i, j, false) }
  }
  const same = (slope: Float64Array): boolean =>
    slope.every((value, k) => Math.abs(value - first.slope[k]!) <= 1e-9 * largest(first.slope))
  return others.every(({ slope }) => same(slope)) ? first : 'ambiguous'
}
