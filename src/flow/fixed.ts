/** Fixed point on BigInt: numbers and power series in units of 2^−bits. */
import { parseRatio } from '../program/constant.ts'
import type { Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { Undefined } from '../number/conventions.ts'
import { bitLength, OUTWARD, toDouble, type Dyadic } from '../number/dyadic.ts'
import { elementary } from '../number/elementary.ts'
import type { NumberField } from '../number/field.ts'
import { interval } from '../number/interval.ts'
import { isqrt } from '../number/rational.ts'
import type { SeriesKernel } from './series.ts'

const { exp: expBound, log: logBound } = elementary(OUTWARD)

/** The integer nearest to m·2^e. */
const nearest = ({ m, e }: Dyadic): bigint => (e >= 0 ? m << BigInt(e) : ((m >> BigInt(-e - 1)) + 1n) >> 1n)

interface Arithmetic {
  readonly one: bigint
  constant(text: string): bigint
  mul(a: bigint, b: bigint): bigint
  div(a: bigint, b: bigint): bigint
  sqrt(a: bigint): bigint
  exp(a: bigint): bigint
  log(a: bigint): bigint
}

function arithmetic(bits: number): Arithmetic {
  const shift = BigInt(bits)
  const one = 1n << shift
  const half = one >> 1n
  const show = (a: bigint): string => `${toDouble({ m: a, e: -bits })}`
  const divide = (a: bigint, b: bigint): bigint => {
    if (b === 0n) throw new Undefined('div', '0')
    return (a << shift) / b
  }
  return {
    one,
    constant(text) {
      const { num, den } = parseRatio(text)
      return floorDiv((num << (shift + 1n)) + den, 2n * den)
    },
    mul: (a, b) => (a * b + half) >> shift,
    div: divide,
    sqrt(a) {
      if (a < 0n) throw new Undefined('sqrt', show(a))
      return isqrt(a << shift)
    },
    exp(a) {
      const size = Math.max(0, Math.ceil(toDouble({ m: a, e: -bits }) / Math.LN2))
      const { m, e } = expBound({ m: a, e: -bits }, bits + size + 4, false)
      return nearest({ m, e: e + bits })
    },
    log(a) {
      if (a <= 0n) throw new Undefined('log', show(a))
      const { m, e } = logBound({ m: a, e: -bits }, bits + 16, false)
      return nearest({ m, e: e + bits })
    },
  }
}

const floorDiv = (a: bigint, b: bigint): bigint => (a >= 0n ? a / b : -((-a + b - 1n) / b))

/**
 * The numbers n·2^−bits, n an integer of any size: an absolute precision. A sum is exact; a product, quotient,
 * root, exponential or logarithm of numbers of the field is within about one unit 2^−bits of its exact value,
 * so errors are absolute, and a number far below 1 has few significant digits.
 * @throws RangeError unless `bits` is an integer from 8 to 2^20; Undefined as in `number/conventions.ts`.
 */
export function fixed(bits: number): NumberField<bigint> {
  if (!Number.isInteger(bits) || bits < 8 || bits > 2 ** 20)
    throw new RangeError(`fixed: expected a precision of 8 to 2^20 bits, got ${bits}`)
  const A = arithmetic(bits)
  return {
    name: `fixed(${bits})`,
    rigorous: false,
    constant: A.constant,
    add: (a, b) => a + b,
    sub: (a, b) => a - b,
    mul: A.mul,
    div: A.div,
    neg: (a) => -a,
    pow(a, n) {
      let power = A.one
      for (const digit of n === 0 ? '' : n.toString(2)) {
        power = A.mul(power, power)
        if (digit === '1') power = A.mul(power, a)
      }
      return power
    },
    sqrt: A.sqrt,
    exp: A.exp,
    log: A.log,
    relu: (a) => (a > 0n ? a : 0n),
    step: (a) => (a > 0n ? A.one : 0n),
    sign: (a) => (a > 0n ? 1 : a < 0n ? -1 : 0),
    toNumber: (a) => toDouble({ m: a, e: -bits }),
    format: (a) => decimalText(a, bits, Math.floor(bits * Math.log10(2))),
  }
}

/**
 * Series in units of 2^−bits. Products of coefficients are summed before the one shift, so every recurrence
 * commits about one unit, 2^−bits, per coefficient *as scaled*: with coefficient k multiplied by σ^k, the
 * absolute error at distance h <= σ is at most that of order+1 units times what the field itself amplifies.
 * σ near the step keeps the coefficients, and so the integers, as short as the tolerance allows.
 */
export function fixedSeries(bits: number): SeriesKernel<bigint, bigint[]> {
  const A = arithmetic(bits)
  const shift = BigInt(bits)
  const half = 1n << (shift - 1n)
  return {
    series: (order) => new Array<bigint>(order + 1).fill(0n),
    get: (a, k) => a[k]!,
    set: (out, k, value) => void (out[k] = value),
    constant: (out, text) => void (out[0] = A.constant(text)),
    add: (out, k, a, b) => void (out[k] = a[k]! + b[k]!),
    sub: (out, k, a, b) => void (out[k] = a[k]! - b[k]!),
    ratio(out, k, a, num, den) {
      const product = num === 1 ? a[k]! : num === -1 ? -a[k]! : a[k]! * BigInt(num)
      out[k] = den === 1 ? product : product / BigInt(den)
    },
    dot(out, k, a, b, from, to) {
      let total = half
      for (let j = from; j <= to; j++) total += a[j]! * b[k - j]!
      out[k] = total >> shift
    },
    square(out, k, a, from) {
      let total = 0n
      for (let j = from; 2 * j < k; j++) total += a[j]! * a[k - j]!
      total = (total << 1n) + half
      if (k % 2 === 0 && from <= k / 2) total += a[k / 2]! * a[k / 2]!
      out[k] = total >> shift
    },
    divide: (out, k, a) => void (out[k] = A.div(out[k]!, a[0]!)),
    sqrt: (out, a) => void (out[0] = A.sqrt(a[0]!)),
    exp: (out, a) => void (out[0] = A.exp(a[0]!)),
    log: (out, a) => void (out[0] = A.log(a[0]!)),
    advance(out, k, a, exponent) {
      const scaled = exponent < 0 ? a[k]! >> BigInt(-exponent) : a[k]! << BigInt(exponent)
      out[k + 1] = scaled / BigInt(k + 1)
    },
  }
}

/** The decimal text of a·2^−bits, rounded to nearest with this many digits after the point. */
export function decimalText(a: bigint, bits: number, places: number): string {
  const scaled = nearest({ m: a * 10n ** BigInt(places), e: -bits })
  const digits = `${scaled < 0n ? -scaled : scaled}`.padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  return `${scaled < 0n ? '-' : ''}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`
}

/** Precision is doubled at most this often before a constant is given up. */
const DOUBLINGS = 6

/**
 * The outputs of a Program without inputs, each within 2^−bits of its exact value (by interval arithmetic,
 * its precision doubled until that holds).
 * @throws Undefined where an output has no value, or none that can be told.
 */
export function fixedConstants(program: Program, bits: number): bigint[] {
  const unit = (x: Dyadic): bigint => nearest({ m: x.m, e: x.e + bits })
  for (let doubling = 0; ; doubling++) {
    try {
      const found = run(program, interval((bits + 64) * 2 ** doubling), [])
      const [lo, hi] = [found.map((v) => unit(v.lo)), found.map((v) => unit(v.hi))]
      if (lo.every((a, i) => hi[i]! - a <= 1n)) return lo
      if (doubling === DOUBLINGS) throw new Undefined('constant', 'one that cancels to nothing')
    } catch (error) {
      if (!(error instanceof Undefined) || doubling === DOUBLINGS) throw error
    }
  }
}

/** log₂|a·2^−bits|, within one; −Infinity for 0. */
export const magnitude = (a: bigint, bits: number): number => (a === 0n ? -Infinity : bitLength(a) - bits)
