/** Polynomial: quotients of polynomials in one variable, reduced to lowest terms, as a Field. */
import { Undefined } from '../../src/number/conventions.ts'
import { rational, type Rational } from '../../src/number/rational.ts'
import { reduce } from '../../src/program/constant.ts'
import type { Field } from '../../src/program/field.ts'

/** Coefficients from the constant term upwards, the last one not 0; the zero polynomial is empty. */
type Polynomial = readonly Rational[]

/** num/den without a common factor. */
export interface Quotient {
  readonly num: Polynomial
  readonly den: Polynomial
}

const ZERO = rational.constant('0')
const trim = (p: Polynomial): Polynomial => {
  const kept = p.map(({ num, den }) => reduce(num, den))
  while (kept.length > 0 && kept.at(-1)!.num === 0n) kept.pop()
  return kept
}
const plus = (p: Polynomial, q: Polynomial): Polynomial =>
  trim(
    Array.from({ length: Math.max(p.length, q.length) }, (_, i) => rational.add(p[i] ?? ZERO, q[i] ?? ZERO)),
  )
const times = (p: Polynomial, q: Polynomial): Polynomial => {
  const product = Array.from({ length: Math.max(0, p.length + q.length - 1) }, () => ZERO)
  p.forEach((a, i) =>
    q.forEach((b, j) => (product[i + j] = rational.add(product[i + j]!, rational.mul(a, b)))),
  )
  return trim(product)
}
const minus = (p: Polynomial): Polynomial => p.map(rational.neg)

function divide(p: Polynomial, by: Polynomial): { quotient: Polynomial; rest: Polynomial } {
  let rest = p
  let quotient: Polynomial = []
  while (rest.length >= by.length && rest.length > 0) {
    const shift = Array.from({ length: rest.length - by.length }, () => ZERO)
    const term = [...shift, rational.div(rest.at(-1)!, by.at(-1)!)]
    quotient = plus(quotient, term)
    rest = plus(rest, minus(times(term, by)))
  }
  return { quotient, rest }
}
const commonFactor = (p: Polynomial, q: Polynomial): Polynomial =>
  q.length === 0 ? p : commonFactor(q, divide(p, q).rest)

function quotient(num: Polynomial, den: Polynomial): Quotient {
  if (den.length === 0) throw new Undefined('div', '0')
  const factor = commonFactor(num, den)
  return { num: divide(num, factor).quotient, den: divide(den, factor).quotient }
}
const never = (): never => {
  throw new Error('no rational function')
}

export const x: Quotient = { num: [ZERO, rational.constant('1')], den: [rational.constant('1')] }

export const quotients: Field<Quotient> = {
  constant: (text) => ({ num: trim([rational.constant(text)]), den: [rational.constant('1')] }),
  add: (a, b) => quotient(plus(times(a.num, b.den), times(b.num, a.den)), times(a.den, b.den)),
  sub: (a, b) => quotient(plus(times(a.num, b.den), minus(times(b.num, a.den))), times(a.den, b.den)),
  mul: (a, b) => quotient(times(a.num, b.num), times(a.den, b.den)),
  div: (a, b) => quotient(times(a.num, b.den), times(a.den, b.num)),
  neg: (a) => ({ num: minus(a.num), den: a.den }),
  pow(a, n) {
    let power = quotients.constant('1')
    for (let i = 0; i < n; i++) power = quotients.mul(power, a)
    return power
  },
  ...{ sqrt: never, root: never, exp: never, log: never, tanh: never },
  ...{ relu: never, step: never, abs: never, max: never },
}

/** The degree; 0 for the zero polynomial. */
export const degreeOf = (p: Polynomial): number => Math.max(0, p.length - 1)
