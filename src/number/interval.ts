/** Rigorous interval arithmetic: floating-point endpoints on BigInt, rounded outwards. */
import { parseRatio, printRatio } from '../program/constant.ts'
import { Undefined } from './conventions.ts'
import { digits } from './digits.ts'
import {
  bitLength,
  compare,
  negate,
  ONE,
  OUTWARD,
  power,
  product,
  quotient,
  root,
  rounder,
  shortest,
  sum,
  toDouble,
  ZERO,
  type Dyadic,
  type Rounder,
  type Rounding,
} from './dyadic.ts'
import { elementary } from './elementary.ts'
import type { NumberField } from './field.ts'
import type { Rational } from './rational.ts'

/** The numbers from lo to hi, both included; a point if they are equal. */
export interface Interval {
  readonly lo: Dyadic
  readonly hi: Dyadic
}

const point = (x: Dyadic): Interval => ({ lo: x, hi: x })
const opposite = (a: Interval): Interval => {
  const lo = negate(a.hi)
  return { lo, hi: a.lo === a.hi ? lo : negate(a.lo) }
}
const [NOUGHT, UNIT]: [Interval, Interval] = [point(ZERO), point(ONE)]
const HALF: Dyadic = { m: 1n, e: -1 }
const stepAt = (x: Dyadic): Dyadic => (x.m > 0n ? ONE : x.m < 0n ? ZERO : HALF)
const larger = (x: Dyadic, y: Dyadic): Dyadic => (compare(x, y) >= 0 ? x : y)
/** The interval from lo to hi, as a point if they are equal. */
const merged = (lo: Dyadic, hi: Dyadic): Interval => ({ lo, hi: compare(lo, hi) === 0 ? lo : hi })

/**
 * The field of intervals whose endpoints keep `bits` binary digits and exponents up to 2^48 in size.
 *
 * Guarantee: the result of an operation contains its exact value at every choice of points in the operands;
 * each endpoint is the exact bound, or that bound moved outwards by less than a relative 2^(2-bits). What is
 * exact and fits in `bits` digits stays a point. `sign` answers `undefined` where an interval cannot tell.
 * @param rounding for tests only, which show that their checks fail when it is wrong.
 * @throws RangeError unless `bits` is an integer from 2 to 2^20; Undefined as in `number/conventions.ts`, and
 * where an exponent would pass 2^48 or the argument of exp 2^33.
 */
export function interval(bits: number, rounding: Rounding = OUTWARD): NumberField<Interval> {
  if (!Number.isInteger(bits) || bits < 2 || bits > 2 ** 20)
    throw new RangeError(`interval: expected a precision of 2 to 2^20 bits, got ${bits}`)
  const round = rounder(bits, rounding)
  const { down, up, room } = round
  const { exp, log, tanh } = elementary(rounding)
  const outwards = (lo: Dyadic, hi: Dyadic): Interval => ({ lo: down(lo), hi: up(hi) })
  const same = (a: Interval): boolean => a.lo === a.hi
  const constants = new Map<string, Interval>()
  const format = (a: Interval): string => digits(a.lo, a.hi, bits)

  const mul = (a: Interval, b: Interval): Interval => {
    if (a.lo.m >= 0n) {
      const x = b.lo.m < 0n ? a.hi : a.lo
      const y = b.hi.m < 0n ? a.lo : a.hi
      const lo = product(x, b.lo)
      return outwards(lo, x === y && same(b) ? lo : product(y, b.hi))
    }
    if (a.hi.m <= 0n) return opposite(mul(opposite(a), b))
    if (b.lo.m >= 0n) return mul(b, a)
    if (b.hi.m <= 0n) return opposite(mul(opposite(b), a))
    const [p, q] = [product(a.lo, b.hi), product(a.hi, b.lo)]
    const [r, s] = [product(a.lo, b.lo), product(a.hi, b.hi)]
    return outwards(compare(p, q) < 0 ? p : q, compare(r, s) > 0 ? r : s)
  }

  const div = (a: Interval, b: Interval): Interval => {
    if (b.hi.m < 0n) return div(opposite(a), opposite(b))
    if (b.lo.m <= 0n) throw new Undefined('div', format(b))
    const lo = quotient(a.lo, a.lo.m < 0n ? b.lo : b.hi, room)
    if (same(a) && same(b)) return outwards(lo, lo)
    return outwards(lo, quotient(a.hi, a.hi.m < 0n ? b.hi : b.lo, room))
  }

  const pow = (a: Interval, n: number): Interval => {
    if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`pow: expected an integer n >= 0, got ${n}`)
    if (n === 0) return UNIT
    if (n === 1) return a
    const odd = n % 2 === 1
    if (a.hi.m <= 0n && a.lo.m < 0n) return odd ? opposite(pow(opposite(a), n)) : pow(opposite(a), n)
    const fine = rounder(bits + 8 + 2 * bitLength(BigInt(n)), rounding)
    if (a.lo.m < 0n) {
      if (odd) return outwards(negate(power(negate(a.lo), n, fine.up)), power(a.hi, n, fine.up))
      const size = compare(negate(a.lo), a.hi) > 0 ? negate(a.lo) : a.hi
      return outwards(ZERO, power(size, n, fine.up))
    }
    const lo = power(a.lo, n, fine.down)
    const hi = power(a.hi, n, fine.up)
    return outwards(lo, compare(lo, hi) === 0 ? lo : hi)
  }

  return {
    name: `interval(${bits})`,
    rigorous: true,
    constant(text) {
      let value = constants.get(text)
      if (value === undefined) constants.set(text, (value = enclose(parseRatio(text), round)))
      return value
    },
    add(a, b) {
      const lo = sum(a.lo, b.lo, room)
      return outwards(lo, same(a) && same(b) ? lo : sum(a.hi, b.hi, room))
    },
    sub(a, b) {
      const lo = sum(a.lo, negate(b.hi), room)
      return outwards(lo, same(a) && same(b) ? lo : sum(a.hi, negate(b.lo), room))
    },
    mul,
    div,
    neg: opposite,
    pow,
    sqrt(a) {
      if (a.lo.m < 0n) throw new Undefined('sqrt', format(a))
      const hi = root(a.hi, room)
      return outwards(same(a) ? hi : root(a.lo, room), hi)
    },
    root(a, q) {
      if (a.lo.m < 0n) throw new Undefined('root', format(a))
      const hi = root(a.hi, room, q)
      return outwards(same(a) ? hi : root(a.lo, room, q), hi)
    },
    exp: (a) => outwards(exp(a.lo, bits, false), exp(a.hi, bits, true)),
    log(a) {
      if (a.lo.m <= 0n) throw new Undefined('log', format(a))
      return outwards(log(a.lo, bits, false), log(a.hi, bits, true))
    },
    tanh(a) {
      if (a.lo.m === 0n && a.hi.m === 0n) return NOUGHT
      return outwards(tanh(a.lo, bits, false), tanh(a.hi, bits, true))
    },
    relu: (a) => (a.lo.m >= 0n ? a : a.hi.m <= 0n ? NOUGHT : { lo: ZERO, hi: a.hi }),
    step: (a) => ({ lo: stepAt(a.lo), hi: stepAt(a.hi) }),
    abs(a) {
      if (a.lo.m >= 0n) return a
      const b = opposite(a)
      return a.hi.m <= 0n ? b : { lo: ZERO, hi: larger(a.hi, b.hi) }
    },
    max: (a, b) => (a === b ? a : merged(larger(a.lo, b.lo), larger(a.hi, b.hi))),
    sign: (a) => (a.lo.m > 0n ? 1 : a.hi.m < 0n ? -1 : a.lo.m === 0n && a.hi.m === 0n ? 0 : undefined),
    toNumber: (a) => (same(a) ? toDouble(a.lo) : toDouble(a.lo) / 2 + toDouble(a.hi) / 2),
    format,
  }
}

/** The smallest interval around a rational. */
function enclose({ num, den }: Rational, { down, up, room }: Rounder): Interval {
  const ratio = quotient({ m: num, e: 0 }, { m: den, e: 0 }, room)
  return { lo: down(ratio), hi: up(ratio) }
}

/**
 * The smallest interval with endpoints of `bits` digits around the rationals from lo to hi.
 * @throws RangeError if lo > hi.
 */
export function fromEndpoints(bits: number, lo: Rational, hi: Rational): Interval {
  if (lo.num * hi.den > hi.num * lo.den)
    throw new RangeError(`fromEndpoints: expected lo <= hi, got ${printRatio(lo)} > ${printRatio(hi)}`)
  const round = rounder(bits, OUTWARD)
  return { lo: enclose(lo, round).lo, hi: enclose(hi, round).hi }
}

/** Whether the exact rational x lies in the interval. */
export function contains(a: Interval, x: Rational): boolean {
  const at = (y: Dyadic): number => compare({ m: y.m * x.den, e: y.e }, { m: x.num, e: 0 })
  return at(a.lo) <= 0 && at(a.hi) >= 0
}

/** The smallest interval that contains both, exact. */
export function hull(a: Interval, b: Interval): Interval {
  return { lo: compare(a.lo, b.lo) <= 0 ? a.lo : b.lo, hi: compare(a.hi, b.hi) >= 0 ? a.hi : b.hi }
}

/** Whether the two have a number in common, exact. */
export function overlap(a: Interval, b: Interval): boolean {
  return compare(a.lo, b.hi) <= 0 && compare(b.lo, a.hi) <= 0
}

/** The endpoints, exact. @throws RangeError if an exponent exceeds 2^24 in size. */
export function endpoints(a: Interval): { lo: Rational; hi: Rational } {
  return { lo: exact(a.lo), hi: exact(a.hi) }
}

/** hi − lo, exact. @throws RangeError if an exponent exceeds 2^24 in size. */
export function width(a: Interval): Rational {
  const { lo, hi } = endpoints(a)
  const den = lo.den > hi.den ? lo.den : hi.den
  return { num: hi.num * (den / hi.den) - lo.num * (den / lo.den), den }
}

function exact(x: Dyadic): Rational {
  if (Math.abs(x.e) > 2 ** 24)
    throw new RangeError(`endpoints: expected an exponent of at most 2^24 in size, got ${x.e}`)
  const { m, e } = shortest(x)
  return e >= 0 ? { num: m << BigInt(e), den: 1n } : { num: m, den: 1n << BigInt(-e) }
}
