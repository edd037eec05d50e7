/**
 * Proof: identities of rational functions, tested at one point modulo one prime that the identities themselves fix.
 * A root has a stated value, a kink a stated side. If N/D is not identically 0, with integer polynomials, then N is 0
 * modulo few primes and else at few points (Schwartz 1980, Zippel 1979), and the hash draws one of each.
 */
import { evaluate, codeOf, type Code, type Field } from './code.ts'
import { canonical, demand, type Json } from './format.ts'
import { parseRatio } from '../program/constant.ts'
import { inverse, power, primeFrom } from './prime.ts'
import { sha256 } from '../program/hash.ts'
import { fields, integer, list, text } from './shape.ts'

interface Identity {
  readonly code: Code
  /** Its operations as they are written. */
  readonly ops: Json
  /** For each kink, in order, whether its first side is taken: a of max(a, b) and abs(a), relu(a) > 0, step(a) = 1. */
  readonly branch: readonly number[]
  /** For each square root, in order, the earlier operation that is its value. */
  readonly roots: readonly number[]
  /** Operations that were arguments of logarithms: positive. */
  readonly logs: readonly number[]
}

const KINKS: readonly string[] = ['max', 'min', 'abs', 'relu', 'step']

function identityOf(json: Json): Identity {
  const parts = fields(json, 'case', 'program', 'branch', 'roots', 'logs')
  text(parts.case)
  const code = codeOf(parts.program)
  const operation = integer(0, code.ops.length - 1)
  const branch = list(parts.branch, integer(0, 1))
  const kinks = code.ops.filter(({ name }) => KINKS.includes(name)).length
  demand(branch.length === kinks, `expected the sides of ${kinks} kinks, got ${branch.length}`)
  const roots = list(parts.roots, operation)
  const places = code.ops.flatMap(({ name }, e) => (name === 'sqrt' ? [e] : []))
  demand(roots.length === places.length, `expected the values of ${places.length} roots, got ${roots.length}`)
  places.forEach((e, r) => demand(roots[r]! < e, 'expected the value of a root before it'))
  demand(code.outputs.length > 0, 'expected an output that vanishes')
  const { ops } = parts.program as { readonly [key: string]: Json }
  return { code, ops: ops!, branch, roots, logs: list(parts.logs, operation) }
}

/** The integer polynomials N/D that an operation is, as far as it matters here. */
interface Value {
  /** N/D at the point, modulo the prime, of either sign. */
  readonly x: bigint
  /** Bounds of degree + log₂ of the sum of all |coefficients|, of N and of D. */
  readonly num: bigint
  readonly den: bigint
  /** Whether its form alone shows that it is never negative. */
  readonly never: boolean
}
/** All those bounds lie below this, so that a false identity passes with a chance below 2^−100. */
const MOST_SIZE = 2n ** 100n
const bits = (n: bigint): bigint => BigInt(n.toString(2).replace('-', '').length)

function check({ code, branch, roots, logs }: Identity, p: bigint, point: (i: number) => bigint): void {
  const [values, sides, squares]: [Value[], Iterator<number>, Iterator<number>] = [
    [],
    branch.values(),
    roots.values(),
  ]
  const made = (x: bigint, num: bigint, den: bigint, never: boolean): Value => {
    demand(num + den < MOST_SIZE, 'a degree is too large')
    return { x: x % p, num, den, never }
  }
  const none = (): never => {
    throw new Error('expected a rational function')
  }
  const sum = (a: Value, b: Value, x: bigint, never: boolean): Value => {
    const [left, right] = [a.num + b.den, b.num + a.den]
    return made(x, (left > right ? left : right) + 1n, a.den + b.den, never)
  }
  const F: Field<Value> = {
    constant(number) {
      const { num, den } = parseRatio(number)
      return made(num * inverse(den, p), bits(num), bits(den), num >= 0n)
    },
    neg: (a) => made(-a.x, a.num, a.den, false),
    add: (a, b) => sum(a, b, a.x + b.x, a.never && b.never),
    sub: (a, b) => sum(a, b, a.x - b.x, false),
    mul: (a, b) => made(a.x * b.x, a.num + b.num, a.den + b.den, a.never && b.never),
    div: (a, b) => made(a.x * inverse(b.x, p), a.num + b.den, a.den + b.num, a.never && b.never),
    pow(a, n) {
      const k = BigInt(n)
      return made(power(a.x, k, p), k * a.num, k * a.den, a.never || n % 2 === 0)
    },
    sqrt(a) {
      const root = values[squares.next().value as number]!
      demand(root.never, 'the value of a square root may be negative')
      demand(F.sub(F.mul(root, root), a).x === 0n, 'a square root has another value')
      return root
    },
    ...{ exp: none, log: none },
    max: (a, b) => ({ ...(sides.next().value === 1 ? a : b), never: a.never || b.never }),
    abs: (a) => ({ ...F.max(a, F.neg(a)), never: true }),
    step: () => F.constant(sides.next().value === 1 ? '1' : '0'),
  }
  const x = code.inputs.map((name, i) => made(point(i), 1n, 0n, name.startsWith('+')))
  evaluate(code, F, x, values)
  demand(!code.outputs.some((e) => values[e]!.x !== 0n), 'an identity fails')
  for (const e of logs) demand(values[e]!.never && values[e]!.x !== 0n, 'a logarithm may not exist')
}

/** Checks the identities of a statement; gives what was shown, in words. */
export function checkProof(statement: Json, content: Json): string {
  fields(content, 'format', 'statementHash')
  const parts = fields(statement, 'kind', 'claim', 'says', 'unchecked', 'formulas', 'identities')
  list(parts.formulas, text)
  const identities = list(parts.identities, identityOf)
  demand(identities.length > 0, 'expected identities')
  // Names and other free text are in no seed, so that nobody can try them until a point fits.
  const contents = identities.map(({ code, ops, branch, roots, logs }) => {
    return [ops, code.outputs, branch, roots, logs]
  })
  const seed = sha256(canonical(contents))
  const p = primeFrom(seed)
  identities.forEach((one, k) => check(one, p, (i) => BigInt(`0x${sha256(`${seed} ${k} ${i}`)}`)))
  const branched = identities.filter(({ branch }) => branch.length > 0).length
  return `${identities.length} identities, ${branched} of them on one branch of their kinks, from the seed ${seed}`
}
