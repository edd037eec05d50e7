/** Polynomial identity testing over Q, with its error bound (Schwartz 1980, Zippel 1979). */
import { NotExact, Undefined } from '../number/conventions.ts'
import { rational, type Rational } from '../number/rational.ts'
import type { Field } from '../program/field.ts'
import { sha256, sha256Words } from '../program/hash.ts'
import { run } from '../program/run.ts'
import type { Program } from '../program/program.ts'
import type { Generalized } from './generalize.ts'
import { meetsNeed, type Need } from './guards.ts'

/** What an identity test shows: a false identity passes with probability below 2^{−`bits`}. */
export interface IdentityTest {
  readonly trials: number
  /** Degree of the numerator, as bounded from the Program. */
  readonly degree: number
  /** −log₂ of the error bound (degree/|S|)^trials. */
  readonly bits: number
}

/** An identity test decides `holds`, or says why it cannot. */
export type IdentityResult =
  | ({ readonly holds: true } & IdentityTest)
  | { readonly holds: false; readonly output: number }
  | { readonly holds: undefined; readonly reason: string }

/**
 * A bound on the degree of a rational function: of its numerator over a product of powers of known
 * denominators, each the numerator of an earlier value. Sums share the denominators that they have in
 * common.
 */
interface Degree {
  readonly num: number
  readonly den: ReadonlyMap<Degree, number>
}

const NONE: ReadonlyMap<Degree, number> = new Map()
const total = (den: ReadonlyMap<Degree, number>): number => {
  let degree = 0
  for (const [factor, power] of den) degree += power * factor.num
  return degree
}
const merge = (
  a: ReadonlyMap<Degree, number>,
  b: ReadonlyMap<Degree, number>,
  join: (p: number, q: number) => number,
): ReadonlyMap<Degree, number> => {
  if (b.size === 0) return a
  const all = new Map(a)
  for (const [factor, power] of b) all.set(factor, join(all.get(factor) ?? 0, power))
  return all
}
const scaled = (den: ReadonlyMap<Degree, number>, by: number): ReadonlyMap<Degree, number> =>
  new Map([...den].map(([factor, power]) => [factor, Math.ceil(power * by)]))
const unexpected = (): never => {
  throw new RangeError('degree: expected a rational function')
}
const sumDegree = (a: Degree, b: Degree): Degree => {
  const den = merge(a.den, b.den, Math.max)
  const all = total(den)
  return { num: Math.max(a.num + all - total(a.den), b.num + all - total(b.den)), den }
}
/** Bounds of the degrees, operation by operation; √ is that of a square (the roots are tested too). */
const degrees: Field<Degree> = {
  constant: () => ({ num: 0, den: NONE }),
  add: sumDegree,
  sub: sumDegree,
  mul: (a, b) => ({ num: a.num + b.num, den: merge(a.den, b.den, (p, q) => p + q) }),
  div: (a, b) => ({ num: a.num + total(b.den), den: merge(a.den, new Map([[b, 1]]), (p, q) => p + q) }),
  neg: (a) => a,
  pow: (a, n) => ({ num: n * a.num, den: scaled(a.den, n) }),
  sqrt: (a) => ({ num: Math.ceil((a.num + total(scaled(a.den, 1))) / 2), den: scaled(a.den, 1 / 2) }),
  root: unexpected,
  exp: unexpected,
  log: unexpected,
  tanh: unexpected,
  relu: unexpected,
  step: unexpected,
  abs: unexpected,
  max: unexpected,
}

/** Bounds on the degrees of numerator and denominator, over all outputs of a Program. */
export function degree(program: Program): { readonly num: number; readonly den: number } {
  const all = run(
    program,
    degrees,
    program.inputs.map((): Degree => ({ num: 1, den: NONE })),
  )
  return {
    num: Math.max(0, ...all.map(({ num }) => num)),
    den: Math.max(0, ...all.map(({ den }) => total(den))),
  }
}

/** Sample points are integers of this many bits: |S| = 2^32 values for each variable. */
const SAMPLE_BITS = 32
/** A false identity is to pass with a probability below 2^−100. */
const ERROR_BITS = 100

/** What a Program is, as a text of fixed length: nobody can choose a Program for the points that follow from it. */
export const hashOf = (program: Program): string =>
  sha256(JSON.stringify([program.inputs, program.ops, program.outputs]))

/** The point of a seed: a coordinate for each input, positive if its name starts with `+`. */
export function pointOf(seed: string, inputs: readonly string[]): Rational[] {
  let words: Uint32Array = new Uint32Array()
  return inputs.map((name, i) => {
    if (i % 8 === 0) words = sha256Words(`${seed} ${i / 8}`)
    const n = words[i % 8]!
    return { num: BigInt(name.startsWith('+') ? n + 1 : n - 2 ** (SAMPLE_BITS - 1)), den: 1n }
  })
}

/**
 * Whether the outputs of a generalised Program vanish identically. A non-zero rational function of
 * numerator degree n and denominator degree d vanishes at a uniform point of S^variables, given that it
 * is defined there, with probability at most n/(|S| − d). The points follow from a hash of the Program. A square root is
 * matched with a candidate at a first point, which then says nothing of their equality: it is no trial.
 * `holds: false` is certain.
 */
export function testIdentity(g: Generalized): IdentityResult {
  const { num, den } = bound(g)
  const perTrial = SAMPLE_BITS - 1 - Math.log2(Math.max(1, num) + den)
  if (!(perTrial >= 1))
    return { holds: undefined, reason: `its degree ${num} is too large for the sample set` }
  const trials = Math.floor(ERROR_BITS / perTrial) + 1
  const seed = hashOf(g.program)
  let roots: readonly Root[] = []
  for (let trial = g.roots === 0 ? 1 : 0; trial <= trials; trial++) {
    let values: Rational[]
    try {
      values = run(g.program, rational, pointOf(`${seed} ${trial}`, g.program.inputs))
    } catch (error) {
      if (error instanceof NotExact || error instanceof Undefined)
        return { holds: undefined, reason: error.message }
      throw error
    }
    const needs = g.needs ?? []
    const zeros = g.outputs - needs.length
    const missing = needs.findIndex((need, i) => !meetsNeed(need, rational.sign(values[zeros + i]!)))
    if (missing >= 0)
      return { holds: undefined, reason: `a side is undefined where a value is not ${OF[needs[missing]!]}` }
    const output = values.slice(0, zeros).findIndex((v) => v.num !== 0n)
    if (output >= 0) return { holds: false, output }
    if (trial === 0) roots = matchRoots(g, values)
    if (!roots.every((root, r) => same(values[g.outputs + r]!, root(values))))
      return { holds: undefined, reason: 'a square root is no known rational function' }
  }
  return { holds: true, trials, degree: num, bits: Math.floor(trials * perTrial) }
}

const OF: Readonly<Record<Need, string>> = {
  'not 0': 'other than 0',
  positive: 'positive',
  'not negative': '>= 0',
}

/** A positive rational function that a square root equals, read from the outputs. */
type Root = (values: readonly Rational[]) => Rational

/** For each square root the candidate that it equals at a point, or else the constant. */
function matchRoots(g: Generalized, values: readonly Rational[]): Root[] {
  const from = g.outputs + g.roots
  return values.slice(g.outputs, from).map((root): Root => {
    const at = values.findIndex((v, i) => i >= from && same(v, root))
    return at >= 0 ? (later) => later[at]! : () => root
  })
}

/** The degrees of the outputs and, where there are square roots √A, of A − c² for each candidate c. */
function bound(g: Generalized): { readonly num: number; readonly den: number } {
  const { num, den } = degree(g.program)
  return g.roots === 0 ? { num, den } : { num: 2 * (num + den), den: 2 * den }
}

const same = (a: Rational, b: Rational): boolean => a.num * b.den === b.num * a.den
