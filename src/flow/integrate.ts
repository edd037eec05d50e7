/** The Taylor integrator: a solution of x' = f(x) in 16 to 1000 digits, with dense output and kinks. */
import { Undefined } from '../number/conventions.ts'
import type { Program } from '../program/program.ts'
import { evaluate, shifted, valueOn, type Segment } from './dense.ts'
import { decimalText, fixed, fixedConstants, fixedJet, magnitude } from './fixed.ts'
import { reluOnly, type Pattern } from './jet.ts'
import { depart, enter, firstCrossing, patternAt, type Crossing, type Piece } from './kinks.ts'

/** x' = f(x) from x₀ at the clock c₀. */
export interface InitialValueProblem {
  /** f: one output per input; the clock enters through x only. */
  readonly field: Program
  /** No inputs; x₀, then c₀. */
  readonly start: Program
}

export interface IntegrateOptions {
  /** The clock to stop at, an exact literal. */
  readonly until: string
  /** Digits after the point that are aimed at, 16 to 1000 (default 50). */
  readonly digits?: number
  /** Whether to keep the Taylor polynomial of every step (default false). */
  readonly dense?: boolean
  /** Whether to run once more at half the digits, for `errorEstimate` (default true). */
  readonly estimate?: boolean
  /** At most this many steps (default 100 000). */
  readonly maxSteps?: number
  /** The argument of a `relu` of the field that must stay positive: the solution ends where it does not. */
  readonly positive?: number | undefined
  /** The sides of the arguments, where the start is no start but continues a solution. */
  readonly held?: Pattern | undefined
  /** Asked after every step; `true` stops. */
  watch?(at: Watched): boolean
}

/** A solution after a step, in units of 2^−bits. */
export interface Watched {
  readonly clock: bigint
  readonly state: readonly bigint[]
  readonly steps: number
  readonly bits: number
  /** The last step. */
  readonly segment: Segment
}

/**
 * Why an integration stopped: at `until`; as its steps shrank away before a singularity; where the field has no
 * value; sliding along a kink, where no piece of the field leads on; at a start from which several pieces lead on;
 * where `positive` is so no longer; after `maxSteps`; or as `watch` asked for it.
 */
export type Reason =
  'end' | 'singularity' | 'undefined' | 'sliding' | 'ambiguous' | 'rate' | 'steps' | 'watched'

/** A sign change of an argument of `relu` or `step`. */
export interface Kink {
  readonly clock: string
  /** The operation of the field that is the argument. */
  readonly argument: number
  /** Whether it is positive afterwards. */
  readonly active: boolean
}

/** What an integration found; numbers are decimals with `digits` digits after the point. */
export interface Solution {
  readonly reached: string
  readonly reason: Reason
  readonly state: readonly string[]
  readonly digits: number
  readonly order: number
  readonly steps: number
  readonly kinks: readonly Kink[]
  /**
   * A power of ten near the largest error of a component at the end: the distance from a second solution with
   * half the digits, times the ratio of the two tolerances (or that distance itself where it exceeds 10^−3). A
   * measured guess, no bound; absent if that solution stopped elsewhere or none was asked for.
   */
  readonly errorEstimate?: string
  /** The state as integers in units of 2^−bits, all digits that were carried. */
  readonly values: readonly bigint[]
  readonly bits: number
  /** The sides of the arguments at the end. */
  readonly held: Pattern
  /** The steps, if `dense`. */
  readonly segments: readonly Segment[]
}

/** Digits of the tolerance beyond those aimed at: what errors may grow by along the way. */
const GUARD_DIGITS = 4
/** Binary digits carried below the tolerance. */
const GUARD_BITS = 24
/** Two solutions that agree to fewer digits say nothing about a more precise one. */
const LEAST_DIGITS = 3
/** Step sizes are cut to this many binary digits. */
const STEP_BITS = 30

/**
 * The solution of an initial value problem at a later clock, by Taylor series of one high order.
 *
 * The tolerance of a step is ε = 10^−(digits+4), relative to the largest component where that exceeds 1, else
 * absolute; the order is −½ log ε and the step where the last two terms meet ε, near e^−2 of the radius of
 * convergence (Jorba & Zou 2005). Numbers are fixed point (`flow/fixed.ts`), so all accuracy is absolute.
 * A kink ends its step at the sign change, bracketed on the dense output (`flow/kinks.ts`); the next step starts
 * there on the new piece. Heuristic: the truncated tail is estimated, not enclosed.
 *
 * @throws RangeError if `digits` is not an integer from 16 to 1000, or `until` lies before the start.
 */
export function integrate(given: InitialValueProblem, options: IntegrateOptions): Solution {
  const problem = { ...given, field: reluOnly(given.field) }
  const { digits = 50, until, estimate = true } = options
  if (!Number.isInteger(digits) || digits < 16 || digits > 1000)
    throw new RangeError(`integrate: expected 16 to 1000 digits, got ${digits}`)
  const found = solve(problem, options, digits)
  if (!estimate) return found
  const fewer = Math.max(10, Math.round(digits / 2))
  const rough = solve(
    problem,
    { ...options, dense: false, until: found.reason === 'end' ? until : found.reached },
    fewer,
  )
  if (rough.reason !== 'end') return found
  const shift = BigInt(found.bits - rough.bits)
  const gap = found.values
    .map((value, i) => (value >> shift) - rough.values[i]!)
    .reduce((most, d) => (d > most ? d : -d > most ? -d : most), 1n)
  const power = Math.ceil(magnitude(gap, rough.bits) * Math.log10(2))
  return { ...found, errorEstimate: `1e${power > -LEAST_DIGITS ? power : power - digits + fewer}` }
}

/** Binary digits after the point that `solve` carries. */
export const bitsFor = (digits: number): number =>
  Math.ceil((digits + GUARD_DIGITS) * Math.log2(10)) + GUARD_BITS

/** The state at a clock that a dense solution covers, in units of 2^−bits. @throws RangeError for any other. */
export function denseOutput({ segments, bits }: Solution, clock: string): bigint[] {
  const at = fixed(bits).constant(clock)
  const segment = segments.find(({ from, to }) => from <= at && at <= to)
  if (segment === undefined)
    throw new RangeError(`denseOutput: expected a clock that a dense solution covers, got ${clock}`)
  return valueOn(segment, at, bits)
}

/** `integrate` in any number of digits, without its error estimate. */
export function solve(
  { field, start }: InitialValueProblem,
  { until, dense = false, maxSteps = 100_000, positive, held: sides, watch }: IntegrateOptions,
  digits: number,
): Solution {
  const toleranceBits = (digits + GUARD_DIGITS) * Math.log2(10)
  const bits = bitsFor(digits)
  const order = Math.ceil((toleranceBits * Math.LN2) / 2)
  const one = 1n << BigInt(bits)
  const tolerance = shifted(one, -Math.floor(digits * Math.log2(10)))
  const end = fixed(bits).constant(until)
  const begin = fixedConstants(start, bits)
  let clock = begin.pop()!
  let x: readonly bigint[] = begin
  if (end < clock)
    throw new RangeError(
      `integrate: expected an end after the start, got ${until} < ${decimalText(clock, bits, 6)}`,
    )

  const kinks: Kink[] = []
  const segments: Segment[] = []
  let steps = 0
  let held: Pattern = sides ?? new Map()
  const text = (value: bigint): string => decimalText(value, bits, digits)
  const stop = (reason: Reason): Solution => ({
    ...{ reached: text(clock), reason, state: x.map(text), digits, order, steps, kinks },
    ...{ values: x, bits, held, segments },
  })

  if (clock === end) return stop('end')
  try {
    let pattern = sides ?? patternAt(field, x, bits)
    let exponent = firstExponent(field, x, pattern, bits, magnitude(end - clock, bits))
    let zeros: ReadonlySet<number> = new Set()
    let ended = false
    while (clock < end) {
      if (steps >= maxSteps) return stop('steps')
      if (exponent < -bits / 2) return stop('singularity')
      const excess = Math.max(0, exponent - magnitude(end - clock, bits))
      exponent -= excess
      const scale = exponent
      // A step 2^−excess of the natural one, which is e^−2 of the radius, needs that many fewer terms.
      const terms = Math.min(order, Math.ceil((2 * order) / (2 + excess * Math.LN2)) + 1)
      const departure = { x, order: terms, exponent: scale, bits, tolerance, held, zeros }
      const piece =
        held.size < pattern.size ? depart(field, departure) : (enter(field, departure, pattern) ?? 'sliding')
      if (typeof piece === 'string') return stop(piece)
      if (positive !== undefined && !piece.pattern.get(positive)!) return stop('rate')
      for (const [argument, active] of piece.pattern)
        if (held.get(argument) === !active) kinks.push({ clock: text(clock), argument, active })
      held = pattern = piece.pattern
      if (ended) return stop('watched')

      const { state } = piece.jet
      const ratio = stepRatio(state, toleranceBits, bits)
      exponent += Math.min(3, Math.ceil(ratio + 0.25))
      if (ratio < -STEP_BITS / 2) continue
      const rest = shifted(end - clock, -scale)
      const longest = BigInt(Math.floor(2 ** (STEP_BITS + Math.min(0, ratio)))) << BigInt(bits - STEP_BITS)
      const planned = longest < rest ? longest : rest
      const crossing = firstCrossing(piece, planned, tolerance, bits)
      const h = crossing?.at ?? planned
      const to = h === rest ? end : clock + shifted(h, scale)
      const segment = { from: clock, to, exponent: scale, state }
      if (dense) segments.push(segment)
      x = state.map((series) => evaluate(series, h, bits))
      clock = to
      steps += 1
      zeros = crossing === undefined ? new Set() : vanishing(piece, crossing, 2n * tolerance, bits)
      pattern = new Map([...held].map(([e, active]) => [e, zeros.has(e) ? !active : active]))
      ended = watch?.({ clock, state: x, steps, bits, segment }) ?? false
      if (ended && crossing === undefined) return stop('watched')
    }
  } catch (error) {
    if (error instanceof Undefined) return stop('undefined')
    throw error
  }
  return stop('end')
}

/** The arguments that come to 0 at a crossing: the one that crosses, and any other within the tolerance. */
function vanishing(piece: Piece, { at, argument }: Crossing, tolerance: bigint, bits: number): Set<number> {
  const found = new Set([argument])
  for (const [e, z] of piece.jet.arguments) {
    const value = evaluate(z, at, bits)
    if (piece.leading.get(e)! >= 0 && value <= tolerance && -value <= tolerance) found.add(e)
  }
  return found
}

/** log₂ of the step in units of σ: where the last two terms, of order j, are ε: |X_j| 2^(j·ratio) = ε max(1, |X_0|). */
function stepRatio(state: readonly (readonly bigint[])[], toleranceBits: number, bits: number): number {
  const largest = (k: number): number =>
    state.reduce((most, series) => Math.max(most, magnitude(series[k]!, bits)), -Infinity)
  const least = Math.max(0, largest(0)) - toleranceBits
  const order = state[0]!.length - 1
  return Math.min(...[order - 1, order].map((j) => (least - largest(j)) / j))
}

/** Terms that the first guess at the radius of convergence looks at, and how often it is mended. */
const FIRST_ORDER = 12
const FIRST_TRIES = 60

/** An exponent near log₂ of the first step: e^−2 of a radius of convergence read off the terms of low order. */
function firstExponent(
  field: Program,
  x: readonly bigint[],
  pattern: Pattern,
  bits: number,
  longest: number,
): number {
  let exponent = Math.min(0, longest)
  for (let i = 0; i < FIRST_TRIES; i++) {
    const { state } = fixedJet(field, bits, x, FIRST_ORDER, { pattern, exponent })
    const ratio = stepRatio(state, 2 * FIRST_ORDER * Math.LOG2E, bits)
    const better = Math.min(longest, exponent + Math.max(-64, Math.min(64, Math.ceil(ratio + 0.25))))
    if (Math.abs(better - exponent) <= 1) return better
    exponent = better
  }
  return exponent
}
