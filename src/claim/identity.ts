/** Polynomial identity testing over Q, with its error bound (Schwartz 1980, Zippel 1979). */
import { NotExact, Undefined } from '../number/conventions.ts'
import { rational, type Rational } from '../number/rational.ts'
import type { Field } from '../program/field.ts'
import { run } from '../program/run.ts'
import type { Program } from '../program/program.ts'
import type { Generalized } from './generalize.ts'
import type { Random } from './random.ts'

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
const HALF = 2 ** (SAMPLE_BITS - 1)

function sample(name: string, random: Random): Rational {
  const n = random.integer(-HALF, HALF - 1)
  return { num: BigInt(name.startsWith('+') ? n + HALF + 1 : n), den: 1n }
}

/**
 * Whether the outputs of a generalised Program vanish identically. A non-zero rational function of
 * numerator degree n and denominator degree d vanishes at a uniform point of S^variables, given that it
 * is defined there, with probability at most n/(|S| − d); trials are independent, and enough for an error
 * below 2^{−errorBits}. `holds: false` is certain.
 */
export function testIdentity(g: Generalized, random: Random, errorBits = 100): IdentityResult {
  const { num, den } = bound(g)
  const perTrial = SAMPLE_BITS - 1 - Math.log2(Math.max(1, num) + den)
  if (perTrial < 1) return { holds: undefined, reason: `its degree ${num} is too large for the sample set` }
  const trials = Math.floor(errorBits / perTrial) + 1
  let roots: readonly Root[] | undefined
  for (let trial = 0, undefinedPoints = 0; trial < trials;) {
    const x = g.program.inputs.map((name) => sample(name, random))
    let values: Rational[]
    try {
      values = run(g.program, rational, x)
    } catch (error) {
      if (error instanceof NotExact) return { holds: undefined, reason: error.message }
      if (!(error instanceof Undefined)) throw error
      if (++undefinedPoints > 10) return { holds: undefined, reason: error.message }
      continue
    }
    const output = values.slice(0, g.outputs).findIndex((v) => v.num !== 0n)
    if (output >= 0) return { holds: false, output }
    roots ??= matchRoots(g, values)
    if (!roots.every((root, r) => same(values[g.outputs + r]!, root(values))))
      return { holds: undefined, reason: 'a square root is no known rational function' }
    trial++
  }
  return { holds: true, trials, degree: num, bits: Math.floor(trials * perTrial) }
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
