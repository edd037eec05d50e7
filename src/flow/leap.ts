/** Leaps: one rigorous Taylor step of a frame on a smooth piece of a field. */
import { Undefined } from '../number/conventions.ts'
import type { Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { ballSeries, evaluateBall, up, type Ball, type BallSeries } from './ball.ts'
import { certainUntil, isNear } from './certain.ts'
import { disc, mass } from './disc.ts'
import { carried, spread, type Frame } from './frame.ts'
import type { Jet } from './jet.ts'
import { pieceJet, type SmoothPiece } from './smooth.ts'
import { flowJacobian, germOf, tailsOf } from './tube.ts'

/** What soundness rests on, as factors; only a test that wants to see an enclosure fail passes one below 1. */
export interface Slack {
  /** Of the tail of the Taylor series. */
  readonly remainder: number
  /** Of the rounding errors of its coefficients and its value. */
  readonly rounding: number
  /** Of the radii that a frame had before the step. */
  readonly spread: number
}

/** What a leap takes from the run it belongs to. */
export interface Course {
  readonly field: Program
  readonly bits: number
  readonly order: number
  readonly slack: Slack
}

/** Order of the series of the Jacobian, which only multiplies radii. */
const LOW_ORDER = 12
/** How often a step is shortened before it is given up. */
const MOST_TRIES = 40
/** Step sizes are cut to this many binary digits. */
const STEP_BITS = 30
/** Longer tails, at the low and at the high order, call for a shorter step. */
const BROAD_TAIL = 2 ** -10
const MOST_TAIL_BITS = 20
/** Steps below 2^−12 of the scale are taken at a smaller scale. */
const LEAST_RATIO = -12

export type Leap =
  /** The frame a time s·2^exponent later; s = `limit` if `landed`. `ratio`: log₂ of the unrestricted s. */
  | {
      readonly kind: 'step'
      readonly frame: Frame
      readonly s: bigint
      readonly landed: boolean
      readonly ratio: number
    }
  /** These arguments are about to change sign. */
  | { readonly kind: 'kink'; readonly arguments: readonly number[] }
  /** The scale is far too large. */
  | { readonly kind: 'rescale'; readonly ratio: number }
  /** No step was found. */
  | { readonly kind: 'failed'; readonly undefined: boolean }

/**
 * A step of the flow of x' = f(x) from every point of a frame, along a piece of f.
 *
 * Method. Coefficients x_k to the order N from the centre are balls (`ballSeries`). If f maps the series with
 * these coefficients and tails Σ_{k>N} |x_k| h^k <= δ_i to ones whose integrals have tails <= δ_i, then by
 * induction over k all coefficients of the solution obey this bound, so the solution exists on the disc |t| <= h
 * and its tail there is at most δ: no a-priori box is needed, and h is bounded by the radius of convergence only.
 * In the same way, at a low order and from the box around the frame, all of its solutions are bounded on the
 * disc, and then V' = Df V, V(0) = I, whose value moves the frame by the mean value theorem. The arguments of
 * `relu` and `step` keep their signs on the box's solutions (`certain.ts`), so these solve x' = f(x).
 *
 * Guarantee: every solution from the frame exists for the step and ends in the new frame.
 * @param limit the longest step, in units of 2^exponent. @throws Undefined if f has no bounded value here.
 */
export function leap(
  { field, bits, order, slack }: Course,
  piece: SmoothPiece,
  frame: Frame,
  exponent: number,
  limit: Ball,
): Leap {
  const n = frame.center.length
  const kernel = ballSeries(bits)
  const at = (radii: (i: number) => number): Ball[] => frame.center.map((m, i) => ({ m, r: radii(i) }))
  const jetOf = (radii: (i: number) => number, terms: number): Jet<BallSeries> =>
    pieceJet(field, piece.pattern, kernel, at(radii), terms, exponent)
  const central = jetOf(() => 0, order)
  const ratio = stepRatio(central.state, bits)
  if (ratio < LEAST_RATIO) return { kind: 'rescale', ratio }
  const widths = spread(frame)
  const bundle = jetOf((i) => widths[i]!, LOW_ORDER)

  let s = BigInt(Math.floor(2 ** (STEP_BITS + Math.min(0, ratio)))) << BigInt(bits - STEP_BITS)
  if (s > limit.m) s = limit.m
  let failure = false
  const unit = 2 ** -bits
  const scale = central.state.reduce((most, { size }) => Math.max(most, size[0]!), 1)
  for (let tries = 0; tries < MOST_TRIES && s > 0n; tries++) {
    const landed = s === limit.m
    // The limit is known to a unit: all is proved to that unit's end.
    const reach = landed ? s + BigInt(Math.ceil(limit.r)) : s
    const length = Number(reach) * unit
    const h = up(length * 2 ** exponent)
    try {
      const start = bundle.state.map((series) => germOf(series, length, bits))
      const rest = central.state.map(
        (series) => 4 * mass(germOf(series, length, bits), LOW_ORDER + 1) + 2 ** -40,
      )
      const tube = tailsOf(piece.field, start, rest, h, BROAD_TAIL * scale)
      if (tube === undefined) {
        s = s >> 1n
        continue
      }
      const values = run(piece.all, disc(LOW_ORDER), tube)
      const signs = [...bundle.arguments].map(([e, z], i) => {
        const free = certainUntil(z, values[n + i]!.tail, piece.pattern.get(e)!, reach, bits)
        return { e, free, near: isNear(z) }
      })
      const free = signs.reduce((least, one) => (one.free < least ? one.free : least), reach)
      if (free < reach) {
        const near = signs.filter((one) => one.free < reach && (one.near || one.free === 0n))
        if (near.length > 0) return { kind: 'kink', arguments: near.map(({ e }) => e) }
        s = free < s ? free : s - 1n
        continue
      }
      const path = central.state.map((series) => germOf(series, length, bits))
      const guess = new Array<number>(n).fill(2 ** (GUESS_BITS - bits) * scale)
      const sure = tailsOf(piece.field, path, guess, h, 2 ** (MOST_TAIL_BITS - bits) * scale)
      if (sure === undefined) {
        s = s >> 1n
        continue
      }
      const ball = { m: s, r: landed ? limit.r : 0 }
      const ends = central.state.map((series) => evaluateBall(series, ball, bits))
      const error = ends.map(({ r }, i) => up(slack.rounding * r + (slack.remainder * sure[i]!.tail) / unit))
      const V = flowJacobian(values.slice(n + signs.length), n, LOW_ORDER, length * 2 ** exponent)
      const from = { ...frame, radii: frame.radii.map((r) => slack.spread * r) }
      const centers = ends.map(({ m }) => m)
      const next = carried(from, V, centers, error)
      if (!next.radii.every((r) => r < 1e290)) throw new Undefined('leap', 'a radius without a bound')
      return { kind: 'step', frame: next, s, landed, ratio }
    } catch (problem) {
      if (!(problem instanceof Undefined)) throw problem
      failure = true
      s = s >> 1n
    }
  }
  return { kind: 'failed', undefined: failure }
}

/** Tails are first guessed this many binary digits above a unit, about where a step makes its last terms end. */
const GUESS_BITS = 12
const TERM_BITS = 8

/** log₂ of the step s at which the last two terms, of order j, are 2^8 units: |X_j| 2^(j·ratio) = 2^(8−bits). */
function stepRatio(state: readonly BallSeries[], bits: number): number {
  const order = state[0]!.m.length - 1
  const largest = (k: number): number =>
    Math.log2(state.reduce((most, { size }) => Math.max(most, size[k]!), 0))
  const least = Math.max(0, largest(0)) + TERM_BITS - bits
  return Math.min(...[order - 1, order].map((j) => (least - largest(j)) / j))
}

/** Terms that the first guess at the radius of convergence looks at, and how often it is mended. */
const FIRST_ORDER = 12
const FIRST_TRIES = 60

/** An exponent near log₂ of the first step: e^−2 of a radius of convergence read off the terms of low order. */
export function firstScale(
  { field, bits }: Course,
  { pattern }: SmoothPiece,
  { center }: Frame,
  longest: number,
): number {
  const x = center.map((m) => ({ m, r: 0 }))
  let exponent = Math.min(0, longest)
  for (let i = 0; i < FIRST_TRIES; i++) {
    const { state } = pieceJet(field, pattern, ballSeries(bits), x, FIRST_ORDER, exponent)
    const ratio = stepRatio(state, 2 * FIRST_ORDER * Math.LOG2E)
    const better = Math.min(longest, exponent + Math.max(-64, Math.min(64, Math.ceil(ratio + 0.25))))
    if (Math.abs(better - exponent) <= 1) return better
    exponent = better
  }
  return exponent
}
