/** Dyadic numbers m·2^e: exact products, faithful quotients and roots, and the one pair that rounds them. */
import { Undefined } from './conventions.ts'
import { iroot } from './rational.ts'

/** The number m·2^e; zero has e = 0. */
export interface Dyadic {
  readonly m: bigint
  readonly e: number
}

/** What soundness rests on. Only a test that wants to see an enclosure fail passes another than `OUTWARD`. */
export interface Rounding {
  /** ⌊m/2^k⌋ */
  readonly floorShift: (m: bigint, k: bigint) => bigint
  /** ⌈m/2^k⌉ */
  readonly ceilShift: (m: bigint, k: bigint) => bigint
  /** What an upper bound adds for a remainder known to be at most `bound`. */
  readonly tail: (bound: bigint) => bigint
}

export const OUTWARD: Rounding = {
  floorShift: (m, k) => m >> k,
  ceilShift: (m, k) => -(-m >> k),
  tail: (bound) => bound,
}

/** Bounds of a number within a relative 2^(2-bits) of it; a number whose mantissa fits is its own bound. */
export interface Rounder {
  readonly down: (x: Dyadic) => Dyadic
  readonly up: (x: Dyadic) => Dyadic
  /** Mantissas below 2^room are left alone. */
  readonly room: number
}

export const ZERO: Dyadic = { m: 0n, e: 0 }
export const ONE: Dyadic = { m: 1n, e: 0 }

/** Exponents beyond this size are refused, so that they stay exact as doubles. */
const MAX_EXPONENT = 2 ** 48

/** Rounding to `bits` binary digits; a mantissa may fill its last 64-bit word before it is cut. */
export function rounder(bits: number, rounding: Rounding): Rounder {
  const room = 64 * Math.ceil((bits + 1) / 64)
  const limit = 1n << BigInt(room)
  const least = -limit
  const cut = (x: Dyadic, shift: (m: bigint, k: bigint) => bigint): Dyadic => {
    if (x.m === 0n) return ZERO
    if (x.e > MAX_EXPONENT || x.e < -MAX_EXPONENT)
      throw new Undefined('interval', 'an exponent beyond 2^48 in size')
    if (x.m < limit && x.m > least) return x
    const k = bitLength(x.m) - bits
    return { m: shift(x.m, BigInt(k)), e: x.e + k }
  }
  return { down: (x) => cut(x, rounding.floorShift), up: (x) => cut(x, rounding.ceilShift), room }
}

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0

/** The number of binary digits of |m|, or one more (where the double nearest to |m| is a power of two). */
export function bitLength(m: bigint): number {
  double[0] = Number(m)
  const exponent = (words[HIGH]! >>> 20) & 0x7ff
  if (exponent < 0x7ff) return exponent === 0 ? 0 : exponent - 1022
  const hex = (m < 0n ? -m : m).toString(16)
  return 4 * hex.length + 28 - Math.clz32(parseInt(hex[0]!, 16))
}

/** The same number with an odd mantissa. */
export function shortest({ m, e }: Dyadic): Dyadic {
  if (m === 0n) return ZERO
  const unit = (m & -m).toString(16)
  const zeros = 4 * unit.length - 4 + Math.log2(parseInt(unit[0]!, 16))
  return { m: m >> BigInt(zeros), e: e + zeros }
}

export const negate = (x: Dyadic): Dyadic => ({ m: -x.m, e: x.e })

/** The exact product. */
export const product = (a: Dyadic, b: Dyadic): Dyadic => ({ m: a.m * b.m, e: a.e + b.e })

/*
 * Sticky digits. `sum`, `quotient` and `root` give their value v exactly, or else a stand-in for it: an odd
 * mantissa of more than `room` binary digits that differs from v by at most one unit of its last place, with no
 * even multiple of that unit from one to the other. A rounder of that room cuts at least one of its digits,
 * and so rounds the stand-in, down or up, exactly as it would round v.
 */

/** a + b, with a sticky digit in place of a summand too small to reach the mantissa. */
export function sum(a: Dyadic, b: Dyadic, room: number): Dyadic {
  if (a.m === 0n) return b
  if (b.m === 0n) return a
  if (a.e === b.e) return { m: a.m + b.m, e: a.e }
  if (a.e < b.e) return sum(b, a, room)
  const reach = room + 2
  if (a.e - b.e > reach && b.e + bitLength(b.m) <= a.e - reach)
    return { m: (a.m << BigInt(reach)) + (b.m > 0n ? 1n : -1n), e: a.e - reach }
  return { m: (a.m << BigInt(a.e - b.e)) + b.m, e: b.e }
}

/** a/b for b ≠ 0, with a sticky digit where it is not exact. */
export function quotient(a: Dyadic, b: Dyadic, room: number): Dyadic {
  if (a.m === 0n) return ZERO
  const s = Math.max(0, room + 4 + bitLength(b.m) - bitLength(a.m))
  const n = a.m << BigInt(s)
  const q = n / b.m
  const e = a.e - s - b.e
  return q * b.m === n ? shortest({ m: q, e }) : { m: (q << 1n) + (q > 0n ? 1n : -1n), e: e - 1 }
}

/** The q-th root of a >= 0 (q = 2: √a), with a sticky digit where it is not exact. */
export function root(a: Dyadic, room: number, q = 2): Dyadic {
  if (a.m === 0n) return ZERO
  const least = Math.max(0, q * (room + 4) - bitLength(a.m))
  const s = least + ((((a.e - least) % q) + q) % q)
  const n = a.m << BigInt(s)
  const r = iroot(n, q)
  const e = (a.e - s) / q
  return r ** BigInt(q) === n ? shortest({ m: r, e }) : { m: (r << 1n) + 1n, e: e - 1 }
}

/** A bound of x^n for x >= 0 and an integer n >= 1, every product rounded as `round` does. */
export function power(x: Dyadic, n: number, round: (x: Dyadic) => Dyadic): Dyadic {
  let y = x
  for (const digit of n.toString(2).slice(1)) {
    y = round(product(y, y))
    if (digit === '1') y = round(product(y, x))
  }
  return y
}

/** The sign of a − b, exact, without aligning exponents that are far apart. */
export function compare(a: Dyadic, b: Dyadic): -1 | 0 | 1 {
  const side = a.m > 0n ? 1 : a.m < 0n ? -1 : 0
  const other = b.m > 0n ? 1 : b.m < 0n ? -1 : 0
  if (side !== other) return side < other ? -1 : 1
  if (side === 0) return 0
  const gap = a.e - b.e
  if (Math.abs(gap) > 4096) {
    const lead = a.e + bitLength(a.m) - b.e - bitLength(b.m)
    if (Math.abs(lead) > 1) return lead > 0 === side > 0 ? 1 : -1
  }
  const left = gap > 0 ? a.m << BigInt(gap) : a.m
  const right = gap < 0 ? b.m << BigInt(-gap) : b.m
  return left < right ? -1 : left > right ? 1 : 0
}

/** A double near m·2^e: ±Infinity or 0 beyond the range of doubles. */
export function toDouble({ m, e }: Dyadic): number {
  const k = Math.max(0, bitLength(m) - 64)
  const half = Math.trunc((e + k) / 2)
  return Number(m >> BigInt(k)) * 2 ** half * 2 ** (e + k - half)
}
