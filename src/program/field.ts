/** Field: one function per operation of a Program; every interpreter of a Program is a Field. */

/**
 * The operations that a Program is made of, on values of type `T`.
 *
 * Numbers implement it (`float64`, `rational`, `decimal(digits)`, `interval(bits)`), and so do the
 * analyses of a Program (its trace, its degree, its order of homogeneity). What happens at the edges
 * (division by zero, the logarithm of a non-positive number, 0^0, a tie of `max`) is fixed once in
 * `number/conventions.ts`.
 */
export interface Field<T> {
  /** The exact rational number written as `p` or `p/q` in lowest terms. */
  constant(text: string): T
  add(a: T, b: T): T
  sub(a: T, b: T): T
  mul(a: T, b: T): T
  div(a: T, b: T): T
  neg(a: T): T
  /** The power a^n for an integer n >= 0; a^0 = 1. */
  pow(a: T, n: number): T
  /** The non-negative square root of a >= 0. */
  sqrt(a: T): T
  /** The non-negative q-th root of a >= 0, for an integer q >= 1. */
  root(a: T, q: number): T
  exp(a: T): T
  /** The natural logarithm of a > 0. */
  log(a: T): T
  /** The hyperbolic tangent. */
  tanh(a: T): T
  /** max(a, 0). */
  relu(a: T): T
  /** 1 if a > 0, 0 if a < 0 and 1/2 at 0: the derivative of `relu`. */
  step(a: T): T
  /** max(a, −a). */
  abs(a: T): T
  /** The larger of two numbers: one of them, never a rounded combination. */
  max(a: T, b: T): T
}

/** The sum of a list; 0 if it is empty. */
export function sum<T>(F: Field<T>, terms: readonly T[]): T {
  return terms.length === 0 ? F.constant('0') : terms.reduce((a, b) => F.add(a, b))
}

/** The inner product aᵀb of two vectors of one length. @throws RangeError if the lengths differ. */
export function dot<T>(F: Field<T>, a: readonly T[], b: readonly T[]): T {
  if (a.length !== b.length)
    throw new RangeError(`dot: expected two vectors of one length, got ${a.length} and ${b.length}`)
  return sum(
    F,
    a.map((ai, i) => F.mul(ai, b[i]!)),
  )
}

/** The Euclidean norm √(aᵀa). */
export function norm<T>(F: Field<T>, a: readonly T[]): T {
  return F.sqrt(
    sum(
      F,
      a.map((ai) => F.pow(ai, 2)),
    ),
  )
}

/** The multiple c·a of a vector. */
export function scale<T>(F: Field<T>, c: T, a: readonly T[]): T[] {
  return a.map((ai) => F.mul(c, ai))
}

/** The smaller of two numbers, −max(−a, −b): exactly one of them, as signs never round. */
export function min<T>(F: Field<T>, a: T, b: T): T {
  return F.neg(F.max(F.neg(a), F.neg(b)))
}

/**
 * `abs` and `max` by the `relu` of a Field: the same functions where nothing is rounded, and then all switches of a
 * Program are arguments of `relu` and `step`.
 */
export function byRelu<T>(F: Pick<Field<T>, 'add' | 'sub' | 'neg' | 'relu'>): Pick<Field<T>, 'abs' | 'max'> {
  return {
    abs: (a) => F.add(F.relu(a), F.relu(F.neg(a))),
    max: (a, b) => F.add(b, F.relu(F.sub(a, b))),
  }
}
