/** Fixed point: numbers and power series in units of 2^−bits, on BigInt, and series on doubles. */
import { parseRatio } from '../program/constant.ts'
import type { Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { Undefined } from '../number/conventions.ts'
import { bitLength, OUTWARD, toDouble, type Dyadic } from '../number/dyadic.ts'
import { elementary } from '../number/elementary.ts'
import type { NumberField } from '../number/field.ts'
import { interval } from '../number/interval.ts'
import { iroot } from '../number/rational.ts'
import type { Jet, JetOptions } from './jet.ts'
import type { SeriesKernel } from './series.ts'
import { pieceJet } from './smooth.ts'

const { exp: expBound, log: logBound, tanh: tanhBound } = elementary(OUTWARD)

/** The integer nearest to m·2^e. */
const nearest = ({ m, e }: Dyadic): bigint => (e >= 0 ? m << BigInt(e) : ((m >> BigInt(-e - 1)) + 1n) >> 1n)

interface Arithmetic {
  readonly one: bigint
  constant(text: string): bigint
  mul(a: bigint, b: bigint): bigint
  div(a: bigint, b: bigint): bigint
  root(a: bigint, q: number): bigint
  tanh(a: bigint): bigint
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
    root(a, q) {
      if (a < 0n) throw new Undefined(q === 2 ? 'sqrt' : 'root', show(a))
      return iroot(a << (shift * BigInt(q - 1)), q)
    },
    tanh(a) {
      const { m, e } = tanhBound({ m: a, e: -bits }, bits + 16, false)
      return nearest({ m, e: e + bits })
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
    sqrt: (a) => A.root(a, 2),
    root: A.root,
    exp: A.exp,
    log: A.log,
    tanh: A.tanh,
    relu: (a) => (a > 0n ? a : 0n),
    step: (a) => (a > 0n ? A.one : a < 0n ? 0n : A.one >> 1n),
    abs: (a) => (a < 0n ? -a : a),
    max: (a, b) => (a > b ? a : b),
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
    root: (out, a, q) => void (out[0] = A.root(a[0]!, q)),
    tanh: (out, a) => void (out[0] = A.tanh(a[0]!)),
    exp: (out, a) => void (out[0] = A.exp(a[0]!)),
    log: (out, a) => void (out[0] = A.log(a[0]!)),
    advance(out, k, a, exponent) {
      const scaled = exponent < 0 ? a[k]! >> BigInt(-exponent) : a[k]! << BigInt(exponent)
      out[k + 1] = scaled / BigInt(k + 1)
    },
  }
}

/** Binary digits of a limb, which is at most RADIX/2 in size. */
const LIMB = 22
const RADIX = 2 ** LIMB
/** So many products of two limbs sum exactly in a double. */
const MOST_PRODUCTS = 2 ** (53 - 2 * (LIMB - 1)) - 1
/** Up to this order, a layer of a series times a layer of another takes at most that many. */
const MOST_ORDER = 1000
/** Beyond, BigInt is faster. */
const MOST_LIMB_BITS = 768
/** Added and subtracted, it rounds a double of at most 2^51 to an integer. */
const ROUND = 1.5 * 2 ** 52

/** A series as doubles: coefficient k is Σ_p limb_p 2^(22(p − fraction)); each two limbs make a layer. */
export interface Limbs {
  /** Coefficient after coefficient, the lowest limb first. */
  limbs: Float64Array
  /** By layer: from which coefficient on it is 0. The last layer always is. */
  readonly ends: number[]
}

const limbKernels = new Map<number, SeriesKernel<bigint, Limbs>>()

/**
 * Series in units of 2^−bits as `fixedSeries`, its errors included, on doubles: faster while numbers are short,
 * as nothing is allocated per product. Products of limbs and their sums are exact. Products of layers that lie
 * below the last limb are left out, and so are those in which a layer is 0 from some coefficient on: in a series
 * scaled to its step, that is most of them.
 */
export function limbSeries(bits: number): SeriesKernel<bigint, Limbs> {
  let kernel = limbKernels.get(bits)
  if (kernel === undefined) limbKernels.set(bits, (kernel = newLimbSeries(bits)))
  return kernel
}

function newLimbSeries(bits: number): SeriesKernel<bigint, Limbs> {
  // Per layer, a coefficient leaves out at most (order + 1)/4 units of the last limb: with order <= bits,
  // at most half a unit 2^−bits in all.
  const guard = Math.ceil(2 * Math.log2(bits)) - 5
  const fraction = 2 * Math.ceil((bits + guard) / (2 * LIMB))
  const A = arithmetic(fraction * LIMB)
  const below = BigInt(fraction * LIMB - bits)
  const half = 1n << (below - 1n)

  // The number in the making: column s counts 2^(22 s), and holds at most MOST_PRODUCTS products of limbs.
  let sums = new Float64Array(8 * fraction)
  let filled = 0
  let products = 0

  /** At least so many columns, with room for carries. */
  const columns = (count: number): Float64Array => {
    if (count + 4 > sums.length) {
      const wider = new Float64Array(2 * count + 4)
      wider.set(sums)
      sums = wider
    }
    if (count > filled) filled = count
    return sums
  }
  /** Makes room for so many more products in a column. */
  const admit = (more: number): void => {
    products += more
    if (products <= MOST_PRODUCTS) return
    const into = columns(filled + (sums[filled - 1] === 0 ? 0 : 1))
    for (let s = 0; s < filled - 1; s++) {
      const carry = into[s]! / RADIX + ROUND - ROUND
      into[s]! -= carry * RADIX
      into[s + 1]! += carry
    }
    products = more + 1
  }
  /** Adds factor·a_k from a column on; |factor| <= 2^21. */
  const take = ({ limbs, ends }: Limbs, k: number, factor: number, column: number): void => {
    admit(1)
    const stride = 2 * ends.length
    const into = columns(column + stride)
    for (let p = 0; p < stride; p++) into[column + p]! += factor * limbs[k * stride + p]!
  }
  /** Adds ±a_j b_i. */
  const takeProduct = (sign: number, a: Limbs, j: number, b: Limbs, i: number): void => {
    const stride = 2 * b.ends.length
    for (let q = 0; q < stride; q++) {
      const limb = b.limbs[i * stride + q]!
      if (limb !== 0) take(a, j, sign * limb, q)
    }
  }
  /** Adds factor·Σ_{j=from}^{to} a_j b_{k−j}, one layer by two; the factor is ±1, or ±2 for half a sum. */
  const takeDot = (factor: number, a: Limbs, b: Limbs, k: number, from: number, to: number): void => {
    const x = a.limbs
    const y = b.limbs
    const m = 2 * a.ends.length
    const n = 2 * b.ends.length
    for (let p = 0; p < m - 2; p += 2) {
      const last = Math.min(to, a.ends[p / 2]! - 1)
      if (last < from) continue
      admit(2 * Math.abs(factor) * (last - from + 1))
      const into = columns(p + n + 1)
      for (let q = Math.max(0, fraction - 2 - p); q < n - 2; q += 4) {
        const first = Math.max(from, k + 1 - Math.max(b.ends[q / 2]!, b.ends[q / 2 + 1]!))
        let s0 = 0
        let s1 = 0
        let s2 = 0
        let s3 = 0
        let s4 = 0
        const end = last * m + p
        for (let i = first * m + p, l = (k - first) * n + q; i <= end; i += m, l -= n) {
          const x0 = x[i]!
          const x1 = x[i + 1]!
          const y0 = y[l]!
          const y1 = y[l + 1]!
          const y2 = y[l + 2]!
          const y3 = y[l + 3]!
          s0 += x0 * y0
          s1 += x0 * y1 + x1 * y0
          s2 += x0 * y2 + x1 * y1
          s3 += x0 * y3 + x1 * y2
          s4 += x1 * y3
        }
        into[p + q]! += factor * s0
        into[p + q + 1]! += factor * s1
        into[p + q + 2]! += factor * s2
        into[p + q + 3]! += factor * s3
        into[p + q + 4]! += factor * s4
      }
    }
  }
  const takeSquare = (sign: number, a: Limbs, k: number, from: number): void => {
    takeDot(2 * sign, a, a, k, from, Math.ceil(k / 2) - 1)
    if (k % 2 === 0 && from <= k / 2) takeProduct(sign, a, k / 2, a, k / 2)
  }
  /** Divides by a small integer. */
  const divideBy = (den: number): void => {
    let rest = 0
    for (let s = filled - 1; s >= 0; s--) {
      const value = rest * RADIX + sums[s]!
      sums[s] = Math.round(value / den)
      rest = value - sums[s]! * den
    }
  }
  /** out_k = the number in units of the column `base`; then there is none. */
  const store = (out: Limbs, k: number, base: number): void => {
    const { ends } = out
    let stride = 2 * ends.length
    const from = columns(base + stride)
    while (filled > 0 && from[filled - 1] === 0) filled--
    let carry = 0
    for (let s = 0; s < base; s++) {
      if (s >= base - 2) carry = (from[s]! + carry) / RADIX + ROUND - ROUND
      from[s] = 0
    }
    for (let p = 0; p < stride - 2 || base + p < filled || carry !== 0; p += 2) {
      if (p === stride - 2) stride = addLayer(out)
      const low = from[base + p]! + carry
      const lowCarry = low / RADIX + ROUND - ROUND
      const high = from[base + p + 1]! + lowCarry
      carry = high / RADIX + ROUND - ROUND
      const at = k * stride + p
      out.limbs[at] = low - lowCarry * RADIX
      out.limbs[at + 1] = high - carry * RADIX
      if ((low !== 0 || high !== 0) && ends[p / 2]! <= k) ends[p / 2] = k + 1
      from[base + p] = 0
      from[base + p + 1] = 0
    }
    filled = 0
    products = 0
  }

  /** a_k in units of the last limb. */
  const read = ({ limbs, ends }: Limbs, k: number): bigint => {
    const stride = 2 * ends.length
    let value = 0n
    for (let i = (k + 1) * stride - 4; i >= k * stride; i -= 2)
      value = (value << BigInt(2 * LIMB)) + BigInt(limbs[i + 1]! * RADIX + limbs[i]!)
    return value
  }
  const write = (out: Limbs, k: number, value: bigint): void => {
    for (let s = 0, rest = value; rest !== 0n; s++) {
      const limb = BigInt.asIntN(LIMB, rest)
      columns(s + 1)[s] = Number(limb)
      rest = (rest - limb) >> BigInt(LIMB)
    }
    store(out, k, 0)
  }

  return {
    series(order) {
      const most = Math.min(MOST_ORDER, bits)
      if (order > most) throw new RangeError(`limbSeries: expected an order of at most ${most}, got ${order}`)
      const stride = fraction + 4
      return { limbs: new Float64Array(stride * (order + 1)), ends: new Array<number>(stride / 2).fill(0) }
    },
    get: (a, k) => (read(a, k) + half) >> below,
    set: (out, k, value) => write(out, k, value << below),
    constant: (out, text) => write(out, 0, A.constant(text)),
    add(out, k, a, b) {
      take(a, k, 1, 0)
      take(b, k, 1, 0)
      store(out, k, 0)
    },
    sub(out, k, a, b) {
      take(a, k, 1, 0)
      take(b, k, -1, 0)
      store(out, k, 0)
    },
    ratio(out, k, a, num, den) {
      take(a, k, num, 0)
      if (den > 1) divideBy(den)
      store(out, k, 0)
    },
    sum(out, k, terms) {
      for (const { minus, a, b, scaled = false } of terms) {
        const sign = minus ? -1 : 1
        if (b === undefined) take(a, k, sign, fraction)
        else if (scaled) takeProduct(sign, a, k, b, 0)
        else if (a === b) takeSquare(sign, a, k, 0)
        else takeDot(sign, a, b, k, 0, k)
      }
      store(out, k, fraction)
    },
    dot(out, k, a, b, from, to) {
      takeDot(1, a, b, k, from, to)
      store(out, k, fraction)
    },
    square(out, k, a, from) {
      takeSquare(1, a, k, from)
      store(out, k, fraction)
    },
    divide: (out, k, a) => write(out, k, A.div(read(out, k), read(a, 0))),
    root: (out, a, q) => write(out, 0, A.root(read(a, 0), q)),
    tanh: (out, a) => write(out, 0, A.tanh(read(a, 0))),
    exp: (out, a) => write(out, 0, A.exp(read(a, 0))),
    log: (out, a) => write(out, 0, A.log(read(a, 0))),
    advance(out, k, a, exponent) {
      const up = Math.floor(exponent / LIMB)
      const base = Math.max(0, -up)
      take(a, k, 2 ** (exponent - up * LIMB), base + up)
      if (k > 0) divideBy(k + 1)
      store(out, k + 1, base)
    },
  }
}

/** Makes room for larger coefficients, and returns how many limbs each has then. */
function addLayer(series: Limbs): number {
  const { limbs, ends } = series
  const stride = 2 * ends.length
  const count = limbs.length / stride
  series.limbs = new Float64Array(count * (stride + 2))
  for (let k = 0; k < count; k++)
    series.limbs.set(limbs.subarray(k * stride, (k + 1) * stride), k * (stride + 2))
  ends.push(0)
  return stride + 2
}

/** The jet in units of 2^−bits, by the faster of the two arithmetics. */
export function fixedJet(
  program: Program,
  bits: number,
  x0: readonly bigint[],
  order: number,
  { pattern = new Map(), exponent = 0 }: JetOptions,
): Jet<bigint[]> {
  const numbers = <S>(kernel: SeriesKernel<bigint, S>): Jet<bigint[]> => {
    const found = pieceJet(program, pattern, kernel, x0, order, exponent)
    const read = (a: S): bigint[] => Array.from({ length: order + 1 }, (_, k) => kernel.get(a, k))
    return {
      state: found.state.map(read),
      observed: [],
      arguments: new Map([...found.arguments].map(([e, z]) => [e, read(z)])),
    }
  }
  return bits <= MOST_LIMB_BITS && order <= bits ? numbers(limbSeries(bits)) : numbers(fixedSeries(bits))
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
