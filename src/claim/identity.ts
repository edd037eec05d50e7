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

/** Degrees of numerator and denominator of a rational function. */
interface Degree {
  readonly num: number
  readonly den: number
}

const CONSTANT: Degree = { num: 0, den: 0 }
const unexpected = (): never => {
  throw new RangeError('degree: expected a rational function')
}
const sumDegree = (a: Degree, b: Degree): Degree => ({
  num: Math.max(a.num + b.den, b.num + a.den),
  den: a.den + b.den,
})
/** Bounds of the degrees, operation by operation; √ is that of a square (the roots are tested too). */
const degrees: Field<Degree> = {
  constant: () => CONSTANT,
  add: sumDegree,
  sub: sumDegree,
  mul: (a, b) => ({ num: a.num + b.num, den: a.den + b.den }),
  div: (a, b) => ({ num: a.num + b.den, den: a.den + b.num }),
  neg: (a) => a,
  pow: (a, n) => ({ num: n * a.num, den: n * a.den }),
  sqrt: (a) => ({ num: Math.ceil(a.num / 2), den: Math.ceil(a.den / 2) }),
  exp: unexpected,
  log: unexpected,
  relu: unexpected,
  step: unexpected,
}

/** The largest degree of numerator and of denominator over the outputs of a Program. */
export function degree(program: Program): Degree {
  const all = run(
    program,
    degrees,
    program.inputs.map(() => ({ num: 1, den: 0 })),
  )
  return all.reduce((a, b) => ({ num: Math.max(a.num, b.num), den: Math.max(a.den, b.den) }), CONSTANT)
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
  let chosen: readonly number[] | undefined
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
    chosen ??= matchRoots(g, values)
    const fixed = chosen.every((c, r) => c >= 0 && same(values[g.outputs + r]!, values[c]!))
    if (!fixed) return { holds: undefined, reason: 'a square root is no rational function of the chart' }
    trial++
  }
  return { holds: true, trials, degree: num, bits: Math.floor(trials * perTrial) }
}

/** The degrees of the outputs and, where there are square roots √A, of A − c² for each candidate c. */
function bound(g: Generalized): Degree {
  const { num, den } = degree(g.program)
  return g.roots === 0 ? { num, den } : { num: 2 * (num + den), den: 2 * den }
}

const same = (a: Rational, b: Rational): boolean => a.num * b.den === b.num * a.den

/** For each square root, the index of the candidate that it equals, or -1. */
function matchRoots(g: Generalized, values: readonly Rational[]): number[] {
  const from = g.outputs + g.roots
  return values.slice(g.outputs, from).map((root) => {
    const at = values.findIndex((v, i) => i >= from && same(v, root))
    return at
  })
}
