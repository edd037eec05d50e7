/** Balls: fixed-point numbers and power series on BigInt, each with a bound of its error. */
import { Undefined } from '../number/conventions.ts'
import { toDouble, type Dyadic } from '../number/dyadic.ts'
import { interval, type Interval } from '../number/interval.ts'
import { parseRatio } from '../program/constant.ts'
import type { SeriesKernel } from './series.ts'

/** The numbers at distance at most r·2^−bits from m·2^−bits. */
export interface Ball {
  readonly m: bigint
  readonly r: number
}

/** Coefficients as balls; `size` bounds their absolute values (in units of 1). */
export interface BallSeries {
  readonly m: bigint[]
  readonly r: Float64Array
  readonly size: Float64Array
}

/** Sums of up to 2^11 non-negative products of doubles, computed to nearest, are bounded by `up` of the result. */
const INFLATION = 1 + 2 ** -40
/** More than what 2^11 products lose to underflow. */
export const TINY = 1e-300

/** An upper bound of a sum of at most 2^11 non-negative terms or products that was computed as x. */
export const up = (x: number): number => x * INFLATION + TINY

/** A lower bound of a difference or product of non-negative doubles that was computed as x >= 0. */
export const down = (x: number): number => x / INFLATION

/** Precision of the intervals behind √, exp and log, beyond that of the balls. */
export const GUARD_BITS = 32

/** a·2^n, rounded towards −∞. */
const shiftedDown = (a: bigint, n: number): bigint => (n >= 0 ? a << BigInt(n) : a >> BigInt(-n))

/** a·2^n, rounded towards +∞. */
const shiftedUp = (a: bigint, n: number): bigint => -shiftedDown(-a, n)

/** A ball around an interval. @throws Undefined beyond the range of doubles. */
export function ballOf({ lo, hi }: Interval, bits: number): Ball {
  const unit = (x: Dyadic, shift: typeof shiftedDown): bigint => {
    if (Math.abs(toDouble(x)) > 1e250) throw new Undefined('ball', 'a number beyond 1e250')
    return x.e + bits < -(2 ** 24) ? shift(x.m, -(2 ** 24)) : shift(x.m, x.e + bits)
  }
  const [least, most] = [unit(lo, shiftedDown), unit(hi, shiftedUp)]
  const m = (least + most) >> 1n
  return { m, r: least === most ? 0 : Number(most - m) * INFLATION }
}

/** The interval of a ball, its radius rounded up to a whole number of units. */
export function intervalOf({ m, r }: Ball, bits: number): Interval {
  const radius = BigInt(Math.ceil(r))
  return { lo: { m: m - radius, e: -bits }, hi: { m: m + radius, e: -bits } }
}

/**
 * Series of balls in units of 2^−bits: midpoints as in `fixedSeries`, and radii in float64, rounded upwards.
 *
 * Guarantee: the exact result of an operation on any choice of points of its operands lies in its ball. Error:
 * about one unit per coefficient (as scaled) more than what the radii of the operands make inevitable.
 * @throws Undefined as in `number/conventions.ts`, and where a radius leaves the range of doubles.
 */
export function ballSeries(bits: number): SeriesKernel<Ball, BallSeries> {
  const shift = BigInt(bits)
  const half = 1n << (shift - 1n)
  const unit = 2 ** -bits
  const F = interval(bits + GUARD_BITS)

  const put = (out: BallSeries, k: number, m: bigint, r: number): void => {
    const size = (Math.abs(Number(m)) + r) * INFLATION * unit
    if (!(r < 1e290 && size < 1e290)) throw new Undefined('ball', 'a radius without a bound')
    out.m[k] = m
    out.r[k] = r
    out.size[k] = size
  }
  /** An error computed as r, and one unit for a rounding. */
  const rounded = (r: number): number => r * INFLATION + 1
  const product = (out: BallSeries, k: number, total: bigint, r: number): void => {
    if (total === 0n && r === 0) put(out, k, 0n, 0)
    else put(out, k, (total + half) >> shift, rounded(r))
  }
  const elementary = (out: BallSeries, a: BallSeries, f: (x: Interval) => Interval): void => {
    const { m, r } = ballOf(f(intervalOf({ m: a.m[0]!, r: a.r[0]! }, bits)), bits)
    put(out, 0, m, r)
  }

  return {
    series: (order) => ({
      m: new Array<bigint>(order + 1).fill(0n),
      r: new Float64Array(order + 1),
      size: new Float64Array(order + 1),
    }),
    get: (a, k) => ({ m: a.m[k]!, r: a.r[k]! }),
    set: (out, k, { m, r }) => put(out, k, m, r),
    constant(out, text) {
      const { num, den } = parseRatio(text)
      const scaled = num << shift
      put(out, 0, scaled / den, scaled % den === 0n ? 0 : 1)
    },
    add: (out, k, a, b) => put(out, k, a.m[k]! + b.m[k]!, (a.r[k]! + b.r[k]!) * INFLATION),
    sub: (out, k, a, b) => put(out, k, a.m[k]! - b.m[k]!, (a.r[k]! + b.r[k]!) * INFLATION),
    ratio(out, k, a, num, den) {
      const m = num === 1 ? a.m[k]! : a.m[k]! * BigInt(num)
      const r = (a.r[k]! * Math.abs(num)) / den
      if (den === 1 || m === 0n) put(out, k, m, r * INFLATION)
      else put(out, k, m / BigInt(den), rounded(r))
    },
    dot(out, k, a, b, from, to) {
      let total = 0n
      let r = 0
      for (let j = from; j <= to; j++) {
        total += a.m[j]! * b.m[k - j]!
        // |ab − m m'| <= r|b| + |m|r'
        r += a.r[j]! * b.size[k - j]! + a.size[j]! * b.r[k - j]!
      }
      product(out, k, total, r)
    },
    square(out, k, a, from) {
      let total = 0n
      let r = 0
      for (let j = from; 2 * j < k; j++) {
        total += a.m[j]! * a.m[k - j]!
        r += a.r[j]! * a.size[k - j]! + a.size[j]! * a.r[k - j]!
      }
      total <<= 1n
      r *= 2
      if (k % 2 === 0 && from <= k / 2) {
        total += a.m[k / 2]! * a.m[k / 2]!
        r += 2 * a.r[k / 2]! * a.size[k / 2]!
      }
      product(out, k, total, r)
    },
    divide(out, k, a) {
      const least = (Math.abs(Number(a.m[0])) * (2 - INFLATION) - a.r[0]!) * (2 - INFLATION) * unit
      if (!(least > 0)) throw new Undefined('div', 'a ball around 0')
      const numerator = out.m[k]!
      if (numerator === 0n && out.r[k] === 0) return
      // |x/y − m/m'| <= (r + |m/m'| r')/|y|
      const m = (numerator << shift) / a.m[0]!
      const size = (Math.abs(Number(m)) + 1) * unit
      put(out, k, m, rounded((out.r[k]! + size * a.r[0]!) / least))
    },
    root: (out, a, q) => elementary(out, a, (x) => (q === 2 ? F.sqrt(x) : F.root(x, q))),
    tanh: (out, a) => elementary(out, a, F.tanh),
    exp: (out, a) => elementary(out, a, F.exp),
    log: (out, a) => elementary(out, a, F.log),
    advance(out, k, a, exponent) {
      const m = a.m[k]!
      const r = (a.r[k]! * 2 ** exponent) / (k + 1)
      if (m === 0n && r === 0) put(out, k + 1, 0n, 0)
      else put(out, k + 1, shiftedDown(m, exponent) / BigInt(k + 1), rounded(r) + 1)
    },
  }
}

/** Σ c_k s^k over the ball s. */
export function evaluateBall(series: BallSeries, s: Ball, bits: number): Ball {
  const shift = BigInt(bits)
  const unit = 2 ** -bits
  const size = (Math.abs(Number(s.m)) + s.r) * unit * INFLATION
  let m = 0n
  let r = 0
  for (let k = series.m.length - 1; k >= 0; k--) {
    const value = Math.abs(Number(m)) * unit
    r = up(r * size + value * s.r + series.r[k]!) + (m === 0n ? 0 : 1)
    m = ((m * s.m) >> shift) + series.m[k]!
  }
  return { m, r }
}
