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

/**
 * The pattern behind the given crossings; or the kink on which the flow slides, because the field before it
 * leads onto the kink and the field behind it leads back. Without crossings, the pattern of a start at rest
 * on some kinks. Where the field is continuous (relu^q, q > 1) nothing slides.
 */
export function settle(
  start: Start,
  clock: LogClock,
  pattern: Pattern,
  crossings: readonly Crossing[],
  s: number,
  y: Float64Array,
): { readonly pattern: Pattern; readonly clock: LogClock } | Sliding {
  const before = crossings.length === 0 && !resting(pattern) ? [] : clock.turns(s, y)
  const changed = crossings.length > 0 ? crossings : leaving(start, clock, pattern, before, y)
  if (changed.length === 0) return { pattern, clock }
  const next = pattern.map((sides) => sides.slice())
  for (const { point, kink, active } of changed) next[point - 1]![kink - 1] = active ? 1 : 0
  const behind = logClock(start, next)
  const after = behind.turns(s, y)
  const sliding = changed.find(({ point, kink, active }) => {
    const [old, now] = [before[point - 1]!, after[point - 1]!]
    const bound = 1e-9 * largest(now)
    const sign = active ? 1 : -1
    return sign * old[kink - 1]! > bound && sign * now[kink - 1]! < -bound
  })
  return sliding === undefined ? { pattern: next, clock: behind } : { sliding }
}

const resting = (pattern: Pattern): boolean => pattern.some((sides) => sides.includes(0))

const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/** The kinks at 0 that the flow leaves upwards. */
function leaving(
  start: Start,
  clock: LogClock,
  pattern: Pattern,
  turns: readonly Float64Array[],
  y: Float64Array,
): Crossing[] {
  const values = clock.kinks(y)
  return pattern.flatMap((sides, i) =>
    [...sides].flatMap((side, j) =>
      side === 0 && values[i]![j] === 0 && turns[i]![j]! > 0 ? [crossing(start, i, j, true)] : [],
    ),
  )
}
