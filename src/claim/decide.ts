/** Decide: whether a claim's relations hold in one case, exactly or by intervals. */
import { NotExact, Undefined } from '../number/conventions.ts'
import type { NumberField } from '../number/field.ts'
import { endpoints, interval, type Interval } from '../number/interval.ts'
import { rational, type Rational } from '../number/rational.ts'
import { parseRatio } from '../program/constant.ts'
import { slacks, type Formula, type Indices, type Slack } from '../program/formula.ts'
import { newTrace, select, type Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { generalize, patternAt } from './generalize.ts'
import { testIdentity } from './identity.ts'
import { seeded } from './random.ts'
import type { Setting } from './setting.ts'

/** A signed slack as a Program output, with what it stands for. */
export interface Relation {
  readonly relation: Slack['relation']
  /** Which of the formulas, and the elements that its index letters take. */
  readonly formula: number
  readonly indices: Indices
}

/** The relations of some formulas in one structure, as a Program with three outputs per relation. */
export interface Compiled {
  /** Outputs: all slacks, then all left sides, then all right sides. */
  readonly program: Program
  readonly relations: readonly Relation[]
}

/** A relation in numbers. */
export interface Evidence extends Relation {
  readonly slack: string
  readonly left: string
  readonly right: string
}

/** What a case says of the relations. */
export type Outcome =
  | { readonly status: 'holds'; readonly arithmetic: string }
  | { readonly status: 'violated'; readonly arithmetic: string; readonly worst: Evidence }
  | { readonly status: 'undecided'; readonly reason: string }

/** Interval precisions in bits, tried in turn; the last is the cap. */
export const PRECISIONS: readonly number[] = [64, 128, 256, 512, 1024]

/** The relations of formulas, traced in the structure of a case. */
export function compileRelations<C>(setting: Setting<C>, formulas: readonly Formula[], c: C): Compiled {
  const F = newTrace()
  const scope = setting.scope(F, c)
  const found = formulas.flatMap((formula, f) =>
    slacks(formula, scope, setting.chosen(c)).map((slack) => ({ ...slack, formula: f })),
  )
  if (found.length === 0)
    throw new RangeError(
      `claim: expected a statement about this case, got none (${formulas.map((f) => f.source).join('; ')})`,
    )
  return {
    program: F.program([
      ...found.map((s) => s.slack),
      ...found.map((s) => s.left),
      ...found.map((s) => s.right),
    ]),
    relations: found.map(({ relation, formula, indices }) => ({ relation, formula, indices })),
  }
}

/** The exact inputs of a Program in a case. */
export function exactInputs(program: Program, values: ReadonlyMap<string, string>): Rational[] {
  return program.inputs.map((name) => {
    const text = values.get(name)
    if (text === undefined) throw new RangeError(`case: expected a value of "${name}", got none`)
    return parseRatio(text)
  })
}

/** true or false where certain, else undefined. */
type Verdict = boolean | undefined

function meets(relation: Slack['relation'], lo: Rational, hi: Rational): Verdict {
  if (hi.num < 0n) return false
  if (lo.num > 0n) return relation !== '='
  const zero = lo.num === 0n && hi.num === 0n
  if (zero) return relation !== '>'
  return relation === '>=' && lo.num === 0n ? true : undefined
}

interface Attempt {
  readonly verdicts: readonly Verdict[]
  evidence(r: number): Evidence
}

function attempt<T>(
  { program, relations }: Compiled,
  F: NumberField<T>,
  x: readonly T[],
  ends: (value: T) => { readonly lo: Rational; readonly hi: Rational },
): Attempt {
  const values = run(program, F, x)
  const n = relations.length
  const bounds = values.slice(0, n).map(ends)
  return {
    verdicts: relations.map(({ relation }, r) => meets(relation, bounds[r]!.lo, bounds[r]!.hi)),
    evidence: (r) => ({
      ...relations[r]!,
      slack: F.format(values[r]!),
      left: F.format(values[n + r]!),
      right: F.format(values[2 * n + r]!),
    }),
  }
}

/**
 * Whether all relations hold in a case: in exact rationals where no irrational number occurs, else in
 * intervals of rising precision, and slacks that no precision separates from zero by an identity test of
 * the exponentials that occur (error below 2^{−100}). A violation is certain. With `refuteOnly` the last
 * two stages are skipped, for searches that only want a violation.
 */
export function decide(
  compiled: Compiled,
  values: ReadonlyMap<string, string>,
  options: { readonly refuteOnly?: boolean } = {},
): Outcome {
  const exact = exactInputs(compiled.program, values)
  let last = 'no arithmetic applies'
  const conclude = (arithmetic: string, { verdicts, evidence }: Attempt): Outcome | undefined => {
    const violated = verdicts.indexOf(false)
    if (violated >= 0) return { status: 'violated', arithmetic, worst: evidence(violated) }
    if (verdicts.every((v) => v === true)) return { status: 'holds', arithmetic }
    last = `the slack ${evidence(verdicts.indexOf(undefined)).slack} straddles 0 in ${arithmetic}`
    return undefined
  }
  const tryField = (name: string, make: () => Attempt): Outcome | undefined => {
    try {
      return conclude(name, make())
    } catch (error) {
      if (!(error instanceof NotExact) && !(error instanceof Undefined)) throw error
      last = `${error.message} in ${name}`
      return undefined
    }
  }
  const inIntervals = (bits: number): Outcome | undefined =>
    tryField(`interval(${bits})`, () => {
      const F = interval(bits)
      const x = compiled.program.inputs.map((name) => F.constant(values.get(name)!))
      return attempt(compiled, F, x, endpoints)
    })

  const rationally = tryField('rational', () =>
    attempt(compiled, rational, exact, (value) => ({ lo: value, hi: value })),
  )
  if (rationally) return rationally
  const rising = options.refuteOnly ? PRECISIONS.slice(0, 2) : PRECISIONS
  for (const bits of rising) {
    const outcome = inIntervals(bits)
    if (outcome) return outcome
    if (bits === 128 && !options.refuteOnly) {
      const zero = tryField('identity test', () => zeroAt(compiled, values))
      if (zero) return zero
    }
  }
  return { status: 'undecided', reason: last }
}

/** The verdicts with slacks that vanish whatever values the exponentials in them take. */
function zeroAt(compiled: Compiled, values: ReadonlyMap<string, string>): Attempt {
  const F = interval(128)
  const inputs = (program: Program): Interval[] => program.inputs.map((name) => F.constant(values.get(name)!))
  const plain = attempt(compiled, F, inputs(compiled.program), endpoints)
  const verdicts = compiled.relations.map(({ relation }, r): Verdict => {
    if (plain.verdicts[r] !== undefined) return plain.verdicts[r]
    const slack = select(compiled.program, [r])
    const pattern = patternAt(slack, F, inputs(slack))
    if (pattern.includes(undefined)) return undefined
    const g = generalize(slack, pattern as boolean[], (t) => ({
      inputs: new Map([...values].map(([name, text]) => [name, t.constant(text)])),
      exponentials: new Map(),
      roots: [],
    }))
    return testIdentity(g, seeded(r, 'zero')).holds === true ? relation !== '>' : undefined
  })
  return { verdicts, evidence: plain.evidence }
}
