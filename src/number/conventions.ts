/** Conventions: the one documented behaviour at every edge of the operations. */

/*
 * | edge                                   | behaviour                                                     |
 * | -------------------------------------- | ------------------------------------------------------------- |
 * | max, min, |·|, relu                    | one of their operands, never rounded; of intervals, the least |
 * |                                        | interval of what they may select                              |
 * | a tie: step(0) = relu'(0); |·|'(0); max' where both are equal | the mean of both sides: 1/2; 0; half of  |
 * |                                        | each slope; on an interval around 0, step is [0, 1]           |
 * | 0^0                                    | 1 (as for every x^0)                                          |
 * | division by 0, or by an interval with 0| Undefined                                                     |
 * | log of a non-positive number, or of an interval that reaches one | Undefined                           |
 * | sqrt, root of a negative number, or of an interval that reaches below 0 | Undefined                    |
 * | roots b^(p/q), q > 1, of 0             | 0; their derivative there is 0 for p > q, Undefined for p < q |
 * | relu(x)^(p/q) for x < 0                | 0, with all its derivatives                                   |
 * | exp, log, tanh, roots with an irrational value, powers of over 2^17 binary digits, in rationals | NotExact |
 * | a float64 operation that is not finite | Undefined                                                     |
 * | an empty data set                      | refused with a RangeError before any work                     |
 */

/** An operation at a point where it has no value, or (for intervals) where this cannot be excluded. */
export class Undefined extends Error {
  override readonly name = 'Undefined'
  constructor(operation: string, argument: string) {
    super(`${operation}: expected ${REMEDY[operation] ?? 'a finite result'}, got ${argument}`)
  }
}

/** A value that exists but is irrational, asked for in exact rational arithmetic. */
export class NotExact extends Error {
  override readonly name = 'NotExact'
  constructor(operation: string, argument: string) {
    super(`${operation}: expected a rational value, got ${operation}(${argument}); use intervals instead`)
  }
}

const REMEDY: Readonly<Record<string, string>> = {
  div: 'a divisor that is certainly not 0',
  log: 'a certainly positive argument',
  sqrt: 'an argument that is certainly not negative',
  root: 'an argument that is certainly not negative',
}
