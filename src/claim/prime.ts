/** Prime: rational functions compared by their values in a prime field, where numbers do not grow. */
import { NotExact, Undefined } from '../number/conventions.ts'
import { parseRatio } from '../program/constant.ts'
import type { Field } from '../program/field.ts'

/** A Mersenne prime. */
const P = (1n << 127n) - 1n
const mod = (x: bigint): bigint => ((x % P) + P) % P

/** x^n by squaring. */
function power(x: bigint, n: bigint): bigint {
  let result = 1n
  for (let square = x; n > 0n; n >>= 1n, square = (square * square) % P)
    if (n & 1n) result = (result * square) % P
  return result
}

/** 1/x of a residue x by Euclid's algorithm: r = u·x and s = v·x modulo P throughout. */
function inverse(x: bigint): bigint {
  if (x === 0n) throw new Undefined('div', '0')
  let [r, s, u, v] = [x, P, 1n, 0n]
  while (r !== 1n) {
    const q = s / r
    ;[r, s, u, v] = [s - q * r, r, v - q * u, u]
  }
  return mod(u)
}

const none = (): never => {
  throw new NotExact('value', 'a number that is no rational function')
}

/** The field of integers modulo 2^127 − 1; a square root is one of those given, by its square. */
export const primeField = (roots: ReadonlyMap<bigint, bigint>): Field<bigint> => ({
  constant(text) {
    const { num, den } = parseRatio(text)
    return den === 1n ? mod(num) : (mod(num) * inverse(mod(den))) % P
  },
  add: (a, b) => (a + b) % P,
  sub: (a, b) => mod(a - b),
  mul: (a, b) => (a * b) % P,
  div: (a, b) => (a * inverse(b)) % P,
  neg: (a) => mod(-a),
  pow: (a, n) => power(a, BigInt(n)),
  sqrt: (a) => roots.get(a) ?? none(),
  ...{ root: none, exp: none, log: none, tanh: none, relu: none, step: none, abs: none, max: none },
})
