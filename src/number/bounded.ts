/** Bounded: pairs of wide doubles with a bound on their error, for observables that cancel. */
import { parseRatio, type Ratio } from '../program/constant.ts'
import { Undefined } from './conventions.ts'
import { bitLength } from './dyadic.ts'
import type { NumberField } from './field.ts'
import { addWide, HALVINGS, logSize, toDouble, wide, type Wide } from './wide.ts'

/*
 * A number is an unevaluated sum hi + lo. As the two have exponents of their own, 1 + e^{−1000000} is such a sum, and
 * log(1 + L), e^L − 1, (1 + L) − 1 keep all digits whatever the order of the operations. Sums and products of doubles
 * are split without error (Knuth 1969, Dekker 1971); what is dropped is added to the bound, as are the errors of the
 * operands, which makes every operation exact up to its stated error (running error analysis).
 */

/** A number within `err` of hi + lo, |lo| being at most a unit in the last place of hi. */
export interface Bounded {
  readonly hi: Wide
  readonly lo: Wide
  readonly err: Wide
  /** Whether it is non-negative by the form of its expression, whatever the bound says. */
  readonly nonNegative: boolean
}

/** An operation of which the error of its operands leaves open whether it has a value, or any bound for it. */
export class Unknown extends Error {
  override readonly name = 'Unknown'
  constructor(operation: string) {
    super(`${operation}: expected an argument that is known well enough, got one lost in its error`)
  }
}

const ZERO: Wide = { m: 0, e: 0 }
const ONE: Wide = { m: 1, e: 0 }
/** Roundings of bounds are covered by this factor. */
const UP = 1 + 2 ** -50

const size = ({ m, e }: Wide): Wide => (m < 0 ? { m: -m, e } : { m, e })
const minus = ({ m, e }: Wide): Wide => ({ m: -m, e })
const times = (a: Wide, b: Wide): Wide => (a.m === 0 || b.m === 0 ? ZERO : wide(a.m * b.m, a.e + b.e))
const over = (a: Wide, b: Wide): Wide => (a.m === 0 ? ZERO : wide(a.m / b.m, a.e - b.e))
/** Upper bounds of sums, products and quotients of non-negative numbers, whose m need not be below 2. */
const plusUp = (a: Wide, b: Wide): Wide => {
  if (a.m === 0) return b
  if (b.m === 0) return a
  const shift = a.e - b.e
  if (shift >= 0) return { m: (a.m + b.m * (shift > 60 ? 2 ** -60 : HALVINGS[shift]!)) * UP, e: a.e }
  return { m: (b.m + a.m * (shift < -60 ? 2 ** -60 : HALVINGS[-shift]!)) * UP, e: b.e }
}
const timesUp = (a: Wide, b: Wide): Wide => (a.m === 0 || b.m === 0 ? ZERO : wide(a.m * b.m * UP, a.e + b.e))
const overUp = (a: Wide, b: Wide): Wide => (a.m === 0 ? ZERO : wide((a.m / b.m) * UP, a.e - b.e))
/** Whether a > b. */
const exceeds = (a: Wide, b: Wide): boolean => {
  if (b.m === 0) return a.m > 0
  if (a.m === 0) return b.m < 0
  return addWide(a, minus(b)).m > 0
}

interface Pair {
  readonly hi: Wide
  readonly lo: Wide
}

/** a + b, split into its rounding and the rest. */
function twoSum(a: Wide, b: Wide): Pair {
  if (b.m === 0) return { hi: a, lo: ZERO }
  if (a.m === 0) return { hi: b, lo: ZERO }
  if (a.e < b.e) [a, b] = [b, a]
  const shift = a.e - b.e
  if (shift > 60) return { hi: a, lo: b }
  const y = b.m * HALVINGS[shift]!
  const s = a.m + y
  const t = s - a.m
  return { hi: wide(s, a.e), lo: wide(a.m - (s - t) + (y - t), a.e) }
}

const SPLIT = 2 ** 27 + 1

/** ab, split into its rounding and the rest. */
function twoProduct(a: Wide, b: Wide): Pair {
  if (a.m === 0 || b.m === 0) return { hi: ZERO, lo: ZERO }
  const p = a.m * b.m
  const [ca, cb] = [SPLIT * a.m, SPLIT * b.m]
  const [ah, bh] = [ca - (ca - a.m), cb - (cb - b.m)]
  const [al, bl] = [a.m - ah, b.m - bh]
  const rest = al * bl - (p - ah * bh - al * bh - ah * bl)
  return { hi: wide(p, a.e + b.e), lo: wide(rest, a.e + b.e) }
}

const make = (hi: Wide, lo: Wide, err: Wide, nonNegative = false): Bounded => ({ hi, lo, err, nonNegative })

/** (a + b) without the errors of a and b: the four parts are added from the top, and what is left over counts as error. */
function sumOf(a: Pair, b: Pair): Bounded {
  const top = twoSum(a.hi, b.hi)
  if (a.lo.m === 0 && b.lo.m === 0) return make(top.hi, top.lo, ZERO)
  const low = twoSum(a.lo, b.lo)
  const middle = twoSum(top.lo, low.hi)
  const first = twoSum(top.hi, middle.hi)
  const rest = twoSum(middle.lo, low.lo)
  const second = twoSum(first.lo, rest.hi)
  const { hi, lo } = twoSum(first.hi, second.hi)
  const third = twoSum(lo, second.lo)
  return make(hi, third.hi, plusUp(size(third.lo), size(rest.lo)))
}

/** ab without the errors of a and b. */
function productOf(a: Pair, b: Pair): Bounded {
  const top = twoProduct(a.hi, b.hi)
  if (a.lo.m === 0 && b.lo.m === 0) return make(top.hi, top.lo, ZERO)
  const [x, y] = [times(a.hi, b.lo), times(a.lo, b.hi)]
  const { hi, lo } = twoSum(top.hi, addWide(top.lo, addWide(x, y)))
  const moved = plusUp(size(top.lo), plusUp(size(x), size(y)))
  return make(hi, lo, plusUp(timesUp(moved, wide(2 ** -50)), timesUp(size(a.lo), size(b.lo))))
}

/** An upper bound of the absolute value. */
const magnitude = ({ hi, err }: Bounded): Wide =>
  err.m === 0 || (err.e < hi.e - 60 && err.m < 2 ** 18) ? sizeUp(hi) : plusUp(sizeUp(hi), err)
const sizeUp = (hi: Wide): Wide => (hi.m === 0 ? ZERO : { m: Math.abs(hi.m) * (1 + 2 ** -40), e: hi.e })
/** A positive number that the absolute value certainly exceeds; 0 if there is none. */
const least = ({ hi, err }: Bounded): Wide => {
  const low = wide(Math.abs(hi.m) * (1 - 2 ** -50), hi.e)
  if (err.m === 0) return low
  if (!exceeds(low, err)) return ZERO
  const { m, e } = addWide(low, minus(err))
  return m > 0 ? wide(m * (1 - 2 ** -50), e) : ZERO
}
const raised = (a: Bounded, err: Wide): Bounded =>
  err.m === 0 ? a : make(a.hi, a.lo, plusUp(a.err, err), a.nonNegative)
/** a·2^k. */
const scaled = ({ hi, lo, err }: Bounded, k: number): Bounded => {
  const by = ({ m, e }: Wide): Wide => (m === 0 ? ZERO : { m, e: e + k })
  return make(by(hi), by(lo), by(err))
}
const known = (a: Bounded, nonNegative: boolean): Bounded => make(a.hi, a.lo, a.err, nonNegative)

/** The sign where it is certain. */
export function signOf(a: Bounded): -1 | 0 | 1 | undefined {
  if (a.hi.m === 0) return a.err.m === 0 ? 0 : undefined
  if (a.err.m !== 0 && least(a).m === 0) return undefined
  return a.hi.m > 0 ? 1 : -1
}

function add(a: Bounded, b: Bounded): Bounded {
  const found = sumOf(a, b)
  return make(found.hi, found.lo, plusUp(found.err, plusUp(a.err, b.err)), a.nonNegative && b.nonNegative)
}

const neg = (a: Bounded): Bounded => make(minus(a.hi), minus(a.lo), a.err)

function mul(a: Bounded, b: Bounded): Bounded {
  const found = productOf(a, b)
  const moved =
    a.err.m === 0 && b.err.m === 0 ? ZERO : plusUp(timesUp(magnitude(a), b.err), timesUp(sizeUp(b.hi), a.err))
  return make(found.hi, found.lo, plusUp(found.err, moved), a.nonNegative && b.nonNegative)
}

function div(a: Bounded, b: Bounded): Bounded {
  if (b.hi.m === 0 && b.err.m === 0) throw new Undefined('div', '0')
  const room = least(b)
  if (room.m === 0) throw new Unknown('div')
  const q = over(a.hi, b.hi)
  const first = productOf({ hi: q, lo: ZERO }, b)
  const rest = sumOf(a, neg(first))
  const q2 = over(rest.hi, b.hi)
  const second = productOf({ hi: q2, lo: ZERO }, b)
  const left = sumOf(rest, neg(second))
  const { hi, lo } = twoSum(q, q2)
  // a − (q + q₂) b, and what is not known of a and b.
  const dropped = [first.err, rest.err, second.err, left.err, size(left.hi), size(left.lo), a.err]
  const off = dropped.reduce(plusUp)
  const moved = b.err.m === 0 ? off : plusUp(off, timesUp(sizeUp(hi), b.err))
  return make(hi, lo, overUp(moved, room), a.nonNegative && b.nonNegative)
}

function sqrt(a: Bounded): Bounded {
  if (a.hi.m === 0 && a.err.m === 0) return make(ZERO, ZERO, ZERO, true)
  const room = least(a)
  if (room.m === 0 || a.hi.m < 0) {
    if (room.m !== 0 && !a.nonNegative) throw new Undefined('sqrt', `${toDouble(a.hi)}`)
    if (!a.nonNegative) throw new Unknown('sqrt')
    return make(ZERO, ZERO, size(rootUp(magnitude(a))), true)
  }
  const x = squareRoot(a.hi)
  const rest = sumOf(a, neg(productOf({ hi: x, lo: ZERO }, { hi: x, lo: ZERO })))
  const x2 = over(rest.hi, wide(2 * x.m, x.e))
  const cross = twoProduct(wide(2 * x.m, x.e), x2)
  const left = sumOf(rest, { hi: minus(cross.hi), lo: minus(cross.lo) })
  const { hi, lo } = twoSum(x, x2)
  const off = [rest.err, left.err, size(left.hi), size(left.lo), timesUp(size(x2), size(x2)), a.err].reduce(
    plusUp,
  )
  return make(hi, lo, overUp(off, wide(x.m * (1 - 2 ** -50), x.e)), true)
}

function squareRoot(a: Wide): Wide {
  const odd = a.e & 1
  return wide(Math.sqrt(odd ? 2 * a.m : a.m), (a.e - odd) / 2)
}
const rootUp = (a: Wide): Wide => (a.m === 0 ? ZERO : wide(squareRoot(a).m * UP, squareRoot(a).e))

function pow(a: Bounded, n: number): Bounded {
  let power = make(ONE, ZERO, ZERO, true)
  for (const digit of n === 0 ? '' : n.toString(2)) {
    power = mul(power, power)
    if (digit === '1') power = mul(power, a)
  }
  return known(power, n % 2 === 0 || a.nonNegative)
}

/** log 2 to 107 binary digits. */
const LN2 = make(wide(Math.LN2), wide(2.3190468138462996e-17), wide(6e-34))
const LARGEST = 2 ** 50
/** e^r is the 2^HALVED-th power of e^(r/2^HALVED), |r| <= log(2)/2, from so many terms of its series. */
const HALVED = 5
const TERMS = 12
/** The relative error of e^r − 1: 30 operations on pairs, 2^−101 each, and the terms that are cut off. */
const EXP = 2 ** -95
/** Below this e^r − 1 is r, and its square the error. */
const TINY = -300

let inverseFactorials: readonly (readonly [number, number])[] | undefined

/** e^r − 1 for |r| <= log(2)/2, as a pair of doubles. */
function expm1(r: Pair): Bounded {
  inverseFactorials ??= Array.from({ length: TERMS }).map((_, n) => {
    const factorial = Array.from({ length: n + 1 }, (_, k) => k + 1).reduce((a, b) => a * b)
    const { hi, lo } = bounded.constant(`1/${factorial}`)
    return [toDouble(hi), toDouble(lo)]
  })
  const [yh, yl] = [toDouble(r.hi) * 2 ** -HALVED, toDouble(r.lo) * 2 ** -HALVED]
  const c = SPLIT * yh
  const yTop = c - (c - yh)
  const yRest = yh - yTop
  let [ph, pl] = inverseFactorials[TERMS - 1]!
  for (let n = TERMS - 2; n >= -1; n--) {
    // p y, and the next coefficient, by Horner's rule.
    const d = SPLIT * ph
    const top = d - (d - ph)
    const rest = ph - top
    const q = ph * yh
    const low = rest * yRest - (q - top * yTop - rest * yTop - top * yRest) + (ph * yl + pl * yh)
    const [ch, cl] = n >= 0 ? inverseFactorials[n]! : [0, 0]
    const s = ch + q
    const left = (n >= 0 ? q - (s - ch) : 0) + cl + low
    ph = s + left
    pl = left - (ph - s)
  }
  for (let n = 0; n < HALVED; n++) {
    // (1 + p)² − 1 = 2p + p².
    const d = SPLIT * ph
    const top = d - (d - ph)
    const rest = ph - top
    const q = ph * ph
    const low = rest * rest - (q - top * top - 2 * top * rest) + 2 * ph * pl
    const s = 2 * ph + q
    const left = q - (s - 2 * ph) + 2 * pl + low
    ph = s + left
    pl = left - (ph - s)
  }
  const hi = wide(ph)
  return make(hi, wide(pl), wide(Math.abs(hi.m) * EXP, hi.e))
}

function exp(x: Bounded): Bounded {
  if (x.hi.m === 0 && x.err.m === 0) return make(ONE, ZERO, ZERO, true)
  const estimate = toDouble(x.hi)
  if (estimate <= -LARGEST && !exceeds(x.err, ONE)) return make(ZERO, ZERO, { m: 1, e: -LARGEST }, true)
  if (!(estimate < LARGEST) || exceeds(x.err, ONE)) throw new Unknown('exp')
  const k = Math.round(estimate / Math.LN2)
  const exact = make(x.hi, x.lo, ZERO)
  const r = k === 0 ? exact : add(exact, mul(make(wide(-k), ZERO, ZERO), LN2))
  const small = r.hi.m === 0 || r.hi.e < TINY
  const p = small ? make(r.hi, r.lo, timesUp(sizeUp(r.hi), sizeUp(r.hi))) : expm1(r)
  // |e^δ − 1| <= 2|δ| for |δ| <= 1.
  const moved = plusUp(x.err, r.err)
  const value = known(scaled(add(make(ONE, ZERO, ZERO), p), k), true)
  return moved.m === 0 ? value : raised(value, timesUp(magnitude(value), { m: 2 * moved.m, e: moved.e }))
}

function log(a: Bounded): Bounded {
  const room = least(a)
  if (room.m === 0 || a.hi.m < 0) {
    if (a.err.m === 0 || (room.m !== 0 && a.hi.m < 0)) throw new Undefined('log', `${toDouble(a.hi)}`)
    throw new Unknown('log')
  }
  // One step of Newton's method: log a = y + log(1 + r) with 1 + r = a e^{−y}.
  const y = make(wide(logSize(a.hi)), ZERO, ZERO)
  const r = add(mul(make(a.hi, a.lo, ZERO), exp(neg(y))), make(minus(ONE), ZERO, ZERO))
  const small = magnitude(r)
  if (exceeds(small, wide(2 ** -10))) throw new Unknown('log')
  const square = mul(r, r)
  const half = scaled(square, -1)
  const third = mul(mul(square, r), bounded.constant('1/3'))
  const fourth = timesUp(timesUp(small, small), timesUp(small, small))
  const value = raised(add(y, add(add(r, neg(half)), third)), fourth)
  return a.err.m === 0 ? value : raised(value, overUp(a.err, room))
}

/** a^(1/q) by its logarithm. */
function root(a: Bounded, q: number): Bounded {
  if (q === 1) return a
  if (q === 2) return sqrt(a)
  if (a.hi.m === 0 && a.err.m === 0) return make(ZERO, ZERO, ZERO, true)
  const [sign, degree] = [signOf(a), make(wide(q), ZERO, ZERO)]
  if (sign === 1) return known(exp(div(log(a), degree)), true)
  if (sign === -1) throw new Undefined('root', `${toDouble(a.hi)}`)
  if (!a.nonNegative) throw new Unknown('root')
  const most = exp(div(log(make(magnitude(a), ZERO, ZERO)), degree))
  return make(ZERO, ZERO, plusUp(sizeUp(most.hi), most.err), true)
}

/** Beyond this tanh is ±1 but for 2e^(−2·40) < 2^−113. */
const SATURATED = 40

/** (e^(2a) − 1)/(e^(2a) + 1); pairs keep the digits of e^(2a) − 1. */
function tanh(a: Bounded): Bounded {
  if (a.hi.m === 0 && a.err.m === 0) return a
  const one = make(ONE, ZERO, ZERO)
  if (exceeds(least(a), wide(SATURATED))) return make(a.hi.m > 0 ? ONE : minus(ONE), ZERO, { m: 1, e: -113 })
  const e = exp(add(a, a))
  return div(add(e, neg(one)), add(e, one))
}

const constants = new Map<string, Bounded>()

/** num/den cut to 53 binary digits, and what is cut off as a fraction. */
function leading({ num, den }: Ratio): { readonly top: Wide; readonly rest: Ratio } {
  const shift = 54 - bitLength(num) + bitLength(den)
  const [n, d] = shift >= 0 ? [num << BigInt(shift), den] : [num, den << BigInt(-shift)]
  const quotient = n / d
  const excess = BigInt(Math.max(0, bitLength(quotient) - 53))
  const kept = (quotient >> excess) << excess
  return {
    top: wide(Number(kept), -shift),
    rest: { num: n - kept * d, den: shift >= 0 ? d << BigInt(shift) : den },
  }
}

function ratio(text: string): Bounded {
  if (text.startsWith('-')) return neg(ratio(text.slice(1)))
  const value = parseRatio(text)
  if (value.num === 0n) return make(ZERO, ZERO, ZERO, true)
  const first = leading(value)
  if (first.rest.num === 0n) return make(first.top, ZERO, ZERO, true)
  const second = leading(first.rest)
  const { hi, lo } = twoSum(first.top, second.top)
  const lost = second.rest.num === 0n ? ZERO : wide(Math.abs(second.top.m) * 2 ** -51, second.top.e)
  return make(hi, lo, lost, true)
}

/** Pairs of wide doubles with a bound on their error. The bounds assume that Math.log errs by less than 10^−5. */
export const bounded: NumberField<Bounded> = {
  name: 'bounded',
  rigorous: true,
  constant(text) {
    let value = constants.get(text)
    if (value === undefined) constants.set(text, (value = ratio(text)))
    return value
  },
  add,
  sub: (a, b) => add(a, neg(b)),
  mul,
  div,
  neg,
  pow,
  sqrt,
  exp,
  log,
  relu(a) {
    if (a.nonNegative) return a
    const sign = signOf(a)
    if (sign !== undefined) return sign > 0 ? known(a, true) : make(ZERO, ZERO, ZERO, true)
    return a.hi.m > 0 ? known(a, true) : make(ZERO, ZERO, a.err, true)
  },
  step(a) {
    const sign = signOf(a)
    if (sign === 0) return bounded.constant('1/2')
    if (sign !== undefined) return make(sign > 0 ? ONE : ZERO, ZERO, ZERO, true)
    return make(a.hi.m > 0 ? ONE : ZERO, ZERO, ONE, true)
  },
  abs: (a) => known(a.hi.m < 0 ? neg(a) : a, true),
  max(a, b) {
    const difference = add(a, neg(b))
    const picked = difference.hi.m >= 0 ? a : b
    // What is picked by mistake is off by no more than the difference, which is then below its error.
    return signOf(difference) === undefined ? raised(picked, plusUp(difference.err, difference.err)) : picked
  },
  root,
  tanh,
  sign: signOf,
  toNumber: (a) => toDouble(a.hi),
  format: ({ hi }) => (Math.abs(hi.e) < 1000 ? `${toDouble(hi)}` : `e^${logSize(hi)}`),
}

/** A double with a relative bound on its error, in units of 2^−53. */
export function measured(x: number, units = 0): Bounded {
  if (!Number.isFinite(x)) throw new Undefined('bounded', `${x}`)
  const hi = wide(x)
  return make(hi, ZERO, units === 0 ? ZERO : wide(Math.abs(hi.m) * units * 2 ** -53, hi.e), x >= 0)
}

/** A number with one more error. */
export const widened = (a: Bounded, error: Wide): Bounded => raised(a, size(error))
