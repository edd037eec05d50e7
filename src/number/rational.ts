/** Exact rational arithmetic on BigInt fractions. */
import { parseRatio, printRatio, reduce, type Ratio } from '../program/constant.ts'
import { NotExact, Undefined } from './conventions.ts'
import type { NumberField } from './field.ts'

/** An exact rational num/den with den > 0, in lowest terms once den outgrows `LATE`. */
export type Rational = Ratio

/** Reduction is late: the greatest common divisor costs most, so small denominators are left alone. */
const LATE = 1n << 1024n
const make = (num: bigint, den: bigint): Rational => (den > LATE ? reduce(num, den) : { num, den })

const constants = new Map<string, Rational>()
const ONE: Rational = { num: 1n, den: 1n }
const ZERO: Rational = { num: 0n, den: 1n }
const HALF: Rational = { num: 1n, den: 2n }

/** The floor of √n for n >= 0, by Newton's iteration from above. */
export function isqrt(n: bigint): bigint {
  if (n < 2n) return n
  let x = 1n << BigInt((n.toString(16).length * 4 + 2) >> 1)
  for (;;) {
    const y = (x + n / x) >> 1n
    if (y >= x) return x
    x = y
  }
}

/** The floor of the q-th root of n >= 0, by Newton's iteration from above. */
export function iroot(n: bigint, q: number): bigint {
  if (q === 2) return isqrt(n)
  if (n < 2n || q === 1) return n
  const [degree, less] = [BigInt(q), BigInt(q - 1)]
  // An upper bound from at most 900 leading digits, a part in 2^40 above their root; it converges in a few steps.
  const power = q * Math.max(0, Math.ceil((n.toString(16).length * 4 - 900) / q))
  const head = Number(n >> BigInt(power)) ** (1 / q) * (1 + 2 ** -40) + 1
  let x = BigInt(Math.ceil(head * 2 ** 40)) << BigInt(power / q)
  x = (x >> 40n) + 1n
  for (;;) {
    const y = (less * x + n / x ** less) / degree
    if (y >= x) return x
    x = y
  }
}

/** Powers of more binary digits than this are left to intervals: reducing one takes seconds. */
const MOST_BITS = 2 ** 17
const bitsOf = ({ num, den }: Rational): number => 4 * (num.toString(16).length + den.toString(16).length)

/**
 * The field Q. Every result is exact. @throws NotExact for an irrational root, eˣ, log or tanh, and for a power of more
 * than 2^17 binary digits; Undefined for a division by zero, √ of a negative and log of a non-positive number.
 */
export const rational: NumberField<Rational> = {
  name: 'rational',
  rigorous: true,
  constant(text) {
    let value = constants.get(text)
    if (value === undefined) constants.set(text, (value = parseRatio(text)))
    return value
  },
  add(a, b) {
    if (a.den === b.den) return make(a.num + b.num, a.den)
    return make(a.num * b.den + b.num * a.den, a.den * b.den)
  },
  sub(a, b) {
    if (a.den === b.den) return make(a.num - b.num, a.den)
    return make(a.num * b.den - b.num * a.den, a.den * b.den)
  },
  mul: (a, b) => make(a.num * b.num, a.den * b.den),
  div(a, b) {
    if (b.num === 0n) throw new Undefined('div', '0')
    const sign = b.num < 0n ? -1n : 1n
    const num = sign * a.num * b.den
    const den = sign * a.den * b.num
    return num % den === 0n ? { num: num / den, den: 1n } : make(num, den)
  },
  neg: (a) => ({ num: -a.num, den: a.den }),
  pow(a, n) {
    if (n > 1 && bitsOf(a) * n > MOST_BITS) throw new NotExact('pow', `a number of that size, ${n}`)
    return make(a.num ** BigInt(n), a.den ** BigInt(n))
  },
  sqrt(a) {
    const { num, den } = reduce(a.num, a.den)
    if (num < 0n) throw new Undefined('sqrt', printRatio(a))
    const root = { num: isqrt(num), den: isqrt(den) }
    if (root.num * root.num !== num || root.den * root.den !== den) throw new NotExact('sqrt', printRatio(a))
    return root
  },
  root(a, q) {
    const { num, den } = reduce(a.num, a.den)
    if (num < 0n) throw new Undefined('root', printRatio(a))
    const root = { num: iroot(num, q), den: iroot(den, q) }
    if (root.num ** BigInt(q) !== num || root.den ** BigInt(q) !== den)
      throw new NotExact('root', `${printRatio(a)}, ${q}`)
    return root
  },
  exp(a) {
    if (a.num !== 0n) throw new NotExact('exp', printRatio(a))
    return ONE
  },
  log(a) {
    if (a.num <= 0n) throw new Undefined('log', printRatio(a))
    if (a.num !== a.den) throw new NotExact('log', printRatio(a))
    return ZERO
  },
  tanh(a) {
    if (a.num !== 0n) throw new NotExact('tanh', printRatio(a))
    return ZERO
  },
  relu: (a) => (a.num > 0n ? a : ZERO),
  step: (a) => (a.num > 0n ? ONE : a.num < 0n ? ZERO : HALF),
  abs: (a) => (a.num < 0n ? { num: -a.num, den: a.den } : a),
  max: (a, b) => (a.num * b.den >= b.num * a.den ? a : b),
  sign: (a) => (a.num > 0n ? 1 : a.num < 0n ? -1 : 0),
  toNumber: toDouble,
  format: printRatio,
}

/** The quotient as a double, also where both parts exceed the range of doubles. */
function toDouble({ num, den }: Rational): number {
  const direct = Number(num) / Number(den)
  if (Number.isFinite(direct) && (direct !== 0 || num === 0n)) return direct
  const bits = (n: bigint): number => (n < 0n ? -n : n).toString(2).length
  const shift = bits(num) - bits(den) - 64
  const scaled = Number(shift >= 0 ? num / (den << BigInt(shift)) : (num << BigInt(-shift)) / den)
  const half = shift >> 1
  return scaled * 2 ** half * 2 ** (shift - half)
}
