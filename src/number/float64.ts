/** Double precision: fast, for the hunt and for pictures, never for a certificate. */
import { rootOfDouble } from '../program/compile.ts'
import { Undefined } from './conventions.ts'
import type { NumberField } from './field.ts'
import { rational } from './rational.ts'

const constants = new Map<string, number>()

const finite = (value: number, operation: string, argument: number | string): number => {
  if (!Number.isFinite(value)) throw new Undefined(operation, `${argument}`)
  return value
}

/**
 * The doubles of IEEE 754, rounded to nearest; nothing is guaranteed of exp, log, tanh, pow and root.
 * @throws Undefined where a result is not finite; one that underflows is 0.
 */
export const float64: NumberField<number> = {
  name: 'float64',
  rigorous: false,
  constant(text) {
    let value = constants.get(text)
    if (value === undefined) {
      value = finite(rational.toNumber(rational.constant(text)), 'constant', text)
      constants.set(text, value)
    }
    return value
  },
  add: (a, b) => finite(a + b, 'add', a),
  sub: (a, b) => finite(a - b, 'sub', a),
  mul: (a, b) => finite(a * b, 'mul', a),
  div: (a, b) => finite(a / b, 'div', b),
  neg: (a) => -a,
  pow: (a, n) => finite(a ** n, 'pow', a),
  sqrt: (a) => finite(Math.sqrt(a), 'sqrt', a),
  root: (a, q) => finite(rootOfDouble(a, q), 'root', a),
  exp: (a) => finite(Math.exp(a), 'exp', a),
  log: (a) => finite(Math.log(a), 'log', a),
  tanh: Math.tanh,
  relu: (a) => (a > 0 ? a : 0),
  step: (a) => (1 + Math.sign(a)) / 2,
  abs: Math.abs,
  max: Math.max,
  sign: (a) => (a > 0 ? 1 : a < 0 ? -1 : 0),
  toNumber: (a) => a,
  format: (a) => `${a}`,
}
