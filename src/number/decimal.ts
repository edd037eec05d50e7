/** Decimal floating point of any precision: readable, and correct to nearly its last digit, but no enclosure. */
import { Decimal } from 'decimal.js'
import { parseRatio } from '../program/constant.ts'
import { Undefined } from './conventions.ts'
import type { NumberField } from './field.ts'

export type { Decimal }

/** The library knows ln 10 to 1025 digits, which log needs a few more of than it returns. */
const MOST_DIGITS = 1000

/**
 * The field of decimals with `digits` significant digits, each result rounded to nearest: almost always the
 * correctly rounded value, never more than about one unit of the last digit from it, nothing certified.
 * @throws RangeError unless `digits` is an integer from 1 to 1000; Undefined as in `number/conventions.ts`,
 * and where a result is not finite.
 */
export function decimal(digits: number): NumberField<Decimal> {
  if (!Number.isInteger(digits) || digits < 1 || digits > MOST_DIGITS)
    throw new RangeError(
      `decimal: expected 1 to ${MOST_DIGITS} digits, got ${digits}; use intervals for more`,
    )
  const D = Decimal.clone({ precision: digits, defaults: true })
  const constants = new Map<string, Decimal>()
  const zero = new D(0)
  const one = new D(1)
  const half = new D('0.5')
  /** A few more digits, for what is rounded once at its end. */
  const Fine = Decimal.clone({ precision: digits + 20, defaults: true })
  const finite = (value: Decimal, operation: string, argument: Decimal): Decimal => {
    if (!value.isFinite()) throw new Undefined(operation, argument.toString())
    return value
  }
  const ratio = (text: string): Decimal => {
    const { num, den } = parseRatio(text)
    return finite(new D(`${num}`).div(`${den}`), 'constant', new D(`${num}`))
  }
  return {
    name: `decimal(${digits})`,
    rigorous: false,
    constant(text) {
      let value = constants.get(text)
      if (value === undefined) constants.set(text, (value = ratio(text)))
      return value
    },
    add: (a, b) => finite(a.plus(b), 'add', a),
    sub: (a, b) => finite(a.minus(b), 'sub', a),
    mul: (a, b) => finite(a.times(b), 'mul', a),
    div: (a, b) => finite(a.div(b), 'div', b),
    neg: (a) => a.neg(),
    pow: (a, n) => finite(a.pow(n), 'pow', a),
    sqrt: (a) => finite(a.sqrt(), 'sqrt', a),
    root(a, q) {
      if (a.isNegative() && !a.isZero()) throw new Undefined('root', a.toString())
      return a.isZero() ? zero : new D(new Fine(a).ln().div(q).exp()).plus(0)
    },
    exp: (a) => finite(a.exp(), 'exp', a),
    log: (a) => finite(a.ln(), 'log', a),
    // Beyond, 1 − tanh a < 2e^{−2a} is less than half a unit of the last digit.
    tanh: (a) => (a.abs().gt(1.2 * digits + 3) ? new D(a.isNegative() ? -1 : 1) : a.tanh()),
    relu: (a) => (a.gt(0) ? a : zero),
    step: (a) => (a.gt(0) ? one : a.lt(0) ? zero : half),
    abs: (a) => a.abs(),
    max: (a, b) => (a.gte(b) ? a : b),
    sign: (a) => (a.isZero() ? 0 : a.isNegative() ? -1 : 1),
    toNumber: (a) => a.toNumber(),
    format: (a) => a.toString(),
  }
}
