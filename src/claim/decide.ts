/** Decide: whether a claim's relations hold in one case, exactly or by intervals. */
import { NotExact, Undefined } from '../number/conventions.ts'
import type { NumberField, Sign } from '../number/field.ts'
import { interval, type Interval } from '../number/interval.ts'
import { rational, type Rational } from '../number/rational.ts'
import { parseRatio } from '../program/constant.ts'
import { slacks, type Formula, type Indices, type Slack } from '../program/formula.ts'
import { newTrace, select, type Program, type Trace } from '../program/program.ts'
import { run } from '../program/run.ts'
import { generalize, specialize, withAbsoluteValues, type Pattern } from './generalize.ts'
import { testIdentity } from './identity.ts'
import { seeded } from './random.ts'
import type { Chart, Setting } from './setting.ts'

/** A signed slack as a Program output, with what it stands for. */
export interface Relation {
  readonly relation: Slack['relation']
  /** Which of the formulas, and the elements that its index letters take. */
  readonly formula: number
  readonly indices: Indices
}

/** The relations of some formulas in one structure, as a Program with three outputs per relation. */
export interface Relations {
  /** Outputs: all slacks, then all left sides, then all right sides. */
  readonly program: Program
  readonly relations: readonly Relation[]
}

/** The relations of a claim, and what of it is empty. */
export interface Compiled extends Relations {
  /** The formulas that say nothing here, for want of elements that their index letters could take. */
  readonly silent: readonly Formula[]
}

/** A relation in numbers. */
export interface Evidence extends Relation {
  readonly slack: string
  readonly left: string
  readonly right: string
}

/**
 * What a case says of the relations; `alternatives` are those of several, as formulas, that hold. Where a setting decides
 * numerically, `margin` in [−1, 1] says how far inside the relations the case lies: at most 0 if it is violated, absent
 * where that is not known; the sides of its equations agree to so many `digits` (absent where they are the same for
 * certain), and what is undecided `oscillates` where an observable swings, and it is not seen whether for ever.
 */
export type Outcome = { readonly margin?: number } & (
  | {
      readonly status: 'holds'
      readonly arithmetic: string
      readonly alternatives?: readonly string[]
      readonly digits?: number
    }
  | { readonly status: 'violated'; readonly arithmetic: string; readonly worst: Evidence }
  | { readonly status: 'undecided'; readonly reason: string; readonly oscillates?: true }
)

/** An observable along a run, to be drawn: its values, or their logarithms, at clocks s. */
export interface Curve {
  readonly logarithmic: boolean
  readonly s: readonly number[]
  readonly values: readonly number[]
}

/** Interval precisions in bits, tried in turn; the last is the cap. */
export const PRECISIONS: readonly number[] = [64, 128, 256, 512, 1024]
/** So many of them are tried where inputs are enclosed, which costs far more than a formula does. */
const ENCLOSED = 3

/** The relations of formulas, traced in the structure of a case. */
export function compileRelations<C>(setting: Setting<C>, formulas: readonly Formula[], c: C): Compiled {
  const F = newTrace()
  const scope = setting.scope(F, c)
  const found = formulas.flatMap((formula, f) =>
    slacks(formula, scope, setting.chosen(c)).map((slack) => ({ ...slack, formula: f })),
  )
  const outputs = [...found.map((s) => s.slack), ...found.map((s) => s.left), ...found.map((s) => s.right)]
  const { ops, inputs } = F.program(outputs)
  const read = ops.flatMap((op) => (op[0] === 'input' ? [inputs[op[1]]!] : []))
  return {
    program: F.program(outputs, read),
    relations: found.map(({ relation, formula, indices }) => ({ relation, formula, indices })),
    silent: formulas.filter((_, f) => found.every(({ formula }) => formula !== f)),
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
  { program, relations }: Relations,
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

/** How a case is decided. */
export interface DecideOptions {
  /** A search for violations only: what holds may stay open, and a violation on a run is confirmed by a longer one. */
  readonly refuteOnly?: boolean
  /** Intervals around inputs that have no exact value, or why there are none. */
  enclosures?(bits: number): ReadonlyMap<string, Interval> | { readonly reason: string }
}

/** Thrown where inputs cannot be enclosed. */
class NotEnclosed extends Error {
  override readonly name = 'NotEnclosed'
}

/**
 * Whether all relations hold in a case: in exact rationals where no irrational number occurs, else in
 * intervals of rising precision. What 128 bits leave open is then put on the exact activation pattern of
 * the case, and slacks are tested for vanishing whatever the exponentials in them are (error below
 * 2^{−100}). A violation is certain. With `refuteOnly` these last stages are skipped, for searches that
 * only want a violation.
 */
export function decide(
  compiled: Relations,
  values: ReadonlyMap<string, string>,
  options: DecideOptions = {},
): Outcome {
  const enclosures = compiled.program.inputs.every((name) => values.has(name))
    ? undefined
    : options.enclosures
  let last = 'no arithmetic applies'
  let undefinedHere = false
  let notEnclosed = false
  const attemptIn = (name: string, make: () => Attempt): Outcome | undefined => {
    try {
      const { verdicts, evidence } = make()
      const violated = verdicts.indexOf(false)
      if (violated >= 0) return { status: 'violated', arithmetic: name, worst: evidence(violated) }
      if (verdicts.every((v) => v === true)) return { status: 'holds', arithmetic: name }
      last = `the slack ${evidence(verdicts.indexOf(undefined)).slack} straddles 0 in ${name}`
      return undefined
    } catch (error) {
      if (!(error instanceof NotExact) && !(error instanceof Undefined) && !(error instanceof NotEnclosed))
        throw error
      last = error instanceof NotEnclosed ? error.message : `${error.message} in ${name}`
      undefinedHere = error instanceof Undefined
      notEnclosed = error instanceof NotEnclosed
      return undefined
    }
  }
  const inIntervals = (c: Relations, bits: number): Outcome | undefined =>
    attemptIn(`interval(${bits})`, () => {
      const F = interval(bits)
      const enclosed = enclosures?.(bits)
      if (enclosed && 'reason' in enclosed) throw new NotEnclosed(enclosed.reason)
      return attempt(c, F, intervalInputs(c.program, F, values, enclosed), signs)
    })
  const [fast, ...precise] = PRECISIONS
  if (enclosures) {
    const found = PRECISIONS.slice(0, ENCLOSED).reduce<Outcome | undefined>(
      (known, bits) => known ?? (notEnclosed ? undefined : inIntervals(compiled, bits)),
      undefined,
    )
    return found ?? { status: 'undecided', reason: last }
  }
  const outcome =
    attemptIn('rational', () =>
      attempt(compiled, rational, exactInputs(compiled.program, values), (value) => ({
        lo: value,
        hi: value,
      })),
    ) ??
    inIntervals(compiled, fast!) ??
    inIntervals(compiled, precise[0]!)
  if (outcome) return outcome
  if (!options.refuteOnly) {
    const program = undefinedHere ? undefined : smoothAt(compiled.program, values)
    const smooth = { ...compiled, program: program ?? compiled.program }
    const decided =
      (program && attemptIn('identity test', () => zeroAt(smooth, values))) ??
      precise.reduce<Outcome | undefined>((found, bits) => found ?? inIntervals(smooth, bits), undefined)
    if (decided) return decided
  }
  return { status: 'undecided', reason: last }
}

/** Numbers with the signs of the endpoints, whose size does not matter here. */
const signs = ({ lo, hi }: Interval): { readonly lo: Rational; readonly hi: Rational } => ({
  lo: { num: lo.m, den: 1n },
  hi: { num: hi.m, den: 1n },
})

const intervalInputs = (
  program: Program,
  F: NumberField<Interval>,
  values: ReadonlyMap<string, string>,
  enclosed?: ReadonlyMap<string, Interval>,
): Interval[] => program.inputs.map((name) => enclosed?.get(name) ?? F.constant(values.get(name)!))

/** A chart of the one point of a case: only the exponentials are free. */
const pointChart =
  (values: ReadonlyMap<string, string>) =>
  (t: Trace): Chart => ({
    inputs: new Map([...values].map(([name, text]) => [name, t.constant(text)])),
    exponentials: new Map(),
    roots: [],
  })

const vanishes = (program: Program, values: ReadonlyMap<string, string>, salt: number): boolean =>
  testIdentity(generalize(program, [], pointChart(values)), seeded(salt, 'zero')).holds === true

/**
 * The Program on the exact activation pattern of a case, roots of squares included; `undefined` if a
 * sign stays open. It has no kinks, and the same value at the case.
 */
function smoothAt(program: Program, values: ReadonlyMap<string, string>): Program | undefined {
  const kinked = withAbsoluteValues(program)
  if (!kinked.ops.some(([name]) => name === 'relu' || name === 'step')) return kinked
  const pattern = exactPattern(kinked, values)
  return pattern && smoothAt(specialize(kinked, pattern), values)
}

/**
 * The activation pattern of a case: each sign by intervals or, where these straddle 0, because the
 * argument vanishes whatever the exponentials in it are; `undefined` if one stays open.
 */
export function exactPattern(program: Program, values: ReadonlyMap<string, string>): Pattern | undefined {
  const kinked = program.ops.flatMap((op) => (op[0] === 'relu' || op[0] === 'step' ? [op[1]] : []))
  const pattern: boolean[] = []
  const F = interval(128)
  for (const [kink, argument] of kinked.entries()) {
    const before = { ...program, outputs: [argument], ops: program.ops.slice(0, argument + 1) }
    const smooth = specialize(before, pattern)
    let sign: Sign
    try {
      sign = F.sign(run(smooth, F, intervalInputs(smooth, F, values))[0]!)
    } catch (error) {
      if (error instanceof Undefined) return undefined
      throw error
    }
    if (sign === undefined && !vanishes(smooth, values, kink)) return undefined
    pattern.push(sign === 1)
  }
  return pattern
}

/** The verdicts with slacks that vanish whatever values the exponentials in them take. */
function zeroAt(compiled: Relations, values: ReadonlyMap<string, string>): Attempt {
  const F = interval(128)
  const { program, relations } = compiled
  const plain = attempt(compiled, F, intervalInputs(program, F, values), signs)
  const verdicts = relations.map(({ relation }, r): Verdict => {
    if (plain.verdicts[r] !== undefined) return plain.verdicts[r]
    return vanishes(select(program, [r]), values, r) ? relation !== '>' : undefined
  })
  return { verdicts, evidence: plain.evidence }
}
