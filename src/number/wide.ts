/** Wide doubles: 53 binary digits and an exponent of any size, for e^{−1000000} and its like. */
import { rootOfDouble } from '../program/compile.ts'
import { parseRatio } from '../program/constant.ts'
import { Undefined } from './conventions.ts'
import { bitLength } from './dyadic.ts'
import type { NumberField } from './field.ts'

/** The number m·2^e with 1 <= |m| < 2, or 0 with e = 0. */
export interface Wide {
  readonly m: number
  readonly e: number
}

const ZERO: Wide = { m: 0, e: 0 }
const ONE: Wide = { m: 1, e: 0 }
const HALF: Wide = { m: 1, e: -1 }

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0

/** The wide double m·2^e of a finite double m. */
export function wide(m: number, e = 0): Wide {
  if (m === 0) return ZERO
  if ((m >= 1 && m < 2) || (m <= -1 && m > -2)) return { m, e }
  double[0] = m
  const high = words[HIGH]!
  const exponent = (high >>> 20) & 0x7ff
  if (exponent === 0) return wide(m * 2 ** 64, e - 64)
  words[HIGH] = (high & 0x800fffff) | 0x3ff00000
  return { m: double[0], e: e + exponent - 1023 }
}

/** The wide double of a finite double. */
export function fromDouble(x: number): Wide {
  if (!Number.isFinite(x)) throw new Undefined('wide', `${x}`)
  return wide(x)
}

/** log|a|, or −∞ for 0. */
export function logSize(a: Wide): number {
  if (a.m === 0) return -Infinity
  return Math.abs(a.e) < 1000 ? Math.log(Math.abs(a.m) * 2 ** a.e) : Math.log(Math.abs(a.m)) + a.e * Math.LN2
}

/** The nearest double; ±Infinity or 0 beyond its range. */
export const toDouble = (a: Wide): number => a.m * 2 ** Math.max(-1100, Math.min(1100, a.e))

/** log 2 in two parts; the first has 33 binary digits, so that its products with numbers of 20 are exact. */
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10

/** e^x for a double x of any size, its exponent split off in two parts of log 2: to the last places for |x| < 10^11. */
export function wideExp(x: number): Wide {
  const k = Math.round(x / Math.LN2)
  const few = k % 2 ** 20
  return wide(Math.exp(x - (k - few) * LN2_HIGH - few * LN2_HIGH - k * LN2_LOW), k)
}

/** 2^−k for k from 0 to 60: what is smaller by more is lost in a sum. */
export const HALVINGS: Float64Array = Float64Array.from({ length: 61 }, (_, k) => 2 ** -k)

/** a + b, rounded to nearest. */
export function addWide(a: Wide, b: Wide): Wide {
  if (a.m === 0) return b
  if (b.m === 0) return a
  const shift = a.e - b.e
  if (shift >= 0) return shift > 60 ? a : wide(a.m + b.m * HALVINGS[shift]!, a.e)
  return shift < -60 ? b : wide(b.m + a.m * HALVINGS[-shift]!, b.e)
}

const constants = new Map<string, Wide>()

function ratio(text: string): Wide {
  const { num, den } = parseRatio(text)
  const part = (n: bigint): Wide => {
    const cut = Math.max(0, bitLength(n) - 1000)
    return wide(Number(n >> BigInt(cut)), cut)
  }
  const [p, q] = [part(num), part(den)]
  return wide(p.m / q.m, p.e - q.e)
}

/** Wide doubles, rounded to nearest; nothing is guaranteed of exp and log. Never for a certificate. */
export const wideFloat: NumberField<Wide> = {
  name: 'wide',
  rigorous: false,
  constant(text) {
    let value = constants.get(text)
    if (value === undefined) constants.set(text, (value = ratio(text)))
    return value
  },
  add: addWide,
  sub: (a, b) => addWide(a, { m: -b.m, e: b.e }),
  mul: (a, b) => wide(a.m * b.m, a.e + b.e),
  div(a, b) {
    if (b.m === 0) throw new Undefined('div', '0')
    return wide(a.m / b.m, a.e - b.e)
  },
  neg: (a) => ({ m: -a.m, e: a.e }),
  pow(a, n) {
    let power = ONE
    for (const digit of n === 0 ? '' : n.toString(2)) {
      power = wide(power.m * power.m, 2 * power.e)
      if (digit === '1') power = wide(power.m * a.m, power.e + a.e)
    }
    return power
  },
  sqrt(a) {
    if (a.m < 0) throw new Undefined('sqrt', `${a.m}`)
    const odd = a.e & 1
    return wide(Math.sqrt(odd ? 2 * a.m : a.m), (a.e - odd) / 2)
  },
  root(a, q) {
    if (a.m < 0) throw new Undefined('root', `${a.m}`)
    if (a.m === 0 || q > 1000) return a.m === 0 ? ZERO : wideExp(logSize(a) / q)
    const rest = ((a.e % q) + q) % q
    return wide(rootOfDouble(a.m * 2 ** rest, q), (a.e - rest) / q)
  },
  exp: (a) => wideExp(a.e > 60 ? (a.m < 0 ? -(2 ** 60) : 2 ** 60) : toDouble(a)),
  log(a) {
    if (a.m <= 0) throw new Undefined('log', `${a.m}`)
    return wide(logSize(a))
  },
  // tanh x = x − x³/3 + …, which below 2^−30 is x to the last place.
  tanh: (a) => (a.e < -30 ? a : wide(Math.tanh(toDouble(a)))),
  relu: (a) => (a.m > 0 ? a : ZERO),
  step: (a) => (a.m > 0 ? ONE : a.m < 0 ? ZERO : HALF),
  abs: (a) => (a.m < 0 ? { m: -a.m, e: a.e } : a),
  max: (a, b) => (wideFloat.sub(a, b).m >= 0 ? a : b),
  sign: (a) => (a.m > 0 ? 1 : a.m < 0 ? -1 : 0),
  toNumber: toDouble,
  format: (a) => (Math.abs(a.e) < 1000 ? `${toDouble(a)}` : `e^${logSize(a)}`),
}
