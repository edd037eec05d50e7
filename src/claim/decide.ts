/** Decide: whether a claim's relations hold in one case, exactly or by intervals. */
import { NotExact, Undefined } from '../number/conventions.ts'
import type { NumberField } from '../number/field.ts'
import { interval, type Interval } from '../number/interval.ts'
import { rational, type Rational } from '../number/rational.ts'
import { parseRatio } from '../program/constant.ts'
import { BeyondRun, type Formula } from '../program/formula.ts'
import type { Indices } from '../program/indices.ts'
import { slacks, type Slack } from '../program/slacks.ts'
import { newTrace, reading, select, type Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { switchesOf } from './branches.ts'
import { guarded, meetsNeed, type Need } from './guards.ts'
import { exactSigns, settle } from './roots.ts'
import type { Setting } from './setting.ts'

/** A signed slack as a Program output, with what it stands for. */
export interface Relation {
  readonly relation: Slack['relation']
  /** Which of the formulas, and the elements that its index letters take. */
  readonly formula: number
  readonly indices: Indices
}

/**
 * The relations of some formulas in one structure, as a Program. Outputs: all slacks, all left sides, all right sides,
 * the values on which it depends whether the sides exist, and those at which the kinks of the case's own model switch.
 */
export interface Relations {
  readonly program: Program
  readonly relations: readonly Relation[]
  readonly needs: readonly Need[]
}

/** The relations of a claim, and what of it is empty. */
export interface Compiled extends Relations {
  /** The formulas that say nothing here, for want of elements that their index letters could take. */
  readonly silent: readonly Formula[]
  /** Why some formula has no meaning here: it reads a step beyond the run. */
  readonly beyond?: string
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
  /** The observable as text. */
  readonly observable?: string
  /** What the clock is; `s = log 1/L` if absent. */
  readonly clock?: string
  /** What the statement compares it with, at the same clocks: its limit, or the other side. */
  readonly against?: { readonly observable: string; readonly values: readonly number[] }
}

/** Interval precisions in bits, tried in turn; the last is the cap. */
export const PRECISIONS: readonly number[] = [64, 128, 256, 512, 1024]
/** So many of them are tried where inputs are enclosed, which costs far more than a formula does. */
const ENCLOSED = 3

/** The relations of formulas, traced in the structure of a case. */
export function compileRelations<C>(setting: Setting<C>, formulas: readonly Formula[], c: C): Compiled {
  const { F, guards } = guarded(newTrace())
  const scope = setting.scope(F, c)
  let beyond: string | undefined
  const found = formulas.flatMap((formula, f) => {
    try {
      return slacks(formula, scope, setting.chosen(c)).map((slack) => ({ ...slack, formula: f }))
    } catch (error) {
      if (!(error instanceof BeyondRun)) throw error
      beyond = `${formula.source}: ${error.message}`
      return []
    }
  })
  const needed = guards()
  const sides = [
    ...[...found.map((s) => s.slack), ...found.map((s) => s.left), ...found.map((s) => s.right)],
    ...needed.map(({ value }) => value),
  ]
  const seen = new Set(switchesOf(F, sides))
  const switches = switchesOf(F, scope.model?.() ?? []).filter((e) => seen.has(e))
  const relations = found.map(({ relation, formula, indices }) => ({ relation, formula, indices }))
  const rest = {
    ...(beyond !== undefined && { beyond }),
    silent: formulas.filter((_, f) => found.every(({ formula }) => formula !== f)),
  }
  const needs = needed.map(({ need }) => need)
  const program = reading(F, [...sides, ...switches])
  if (!setting.unroll) return { program, relations, needs, ...rest }
  const start = guarded(newTrace())
  const values = setting.unroll(start.F, program, c)
  const more = start.guards()
  const outputs = [
    ...values.slice(0, sides.length),
    ...more.map(({ value }) => value),
    ...values.slice(sides.length),
  ]
  return {
    program: reading(start.F, outputs),
    ...{ relations, needs: [...needs, ...more.map(({ need }) => need)] },
    ...rest,
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
  { program, relations, needs }: Relations,
  F: NumberField<T>,
  x: readonly T[],
  ends: (value: T) => { readonly lo: Rational; readonly hi: Rational },
): Attempt {
  const values = run(program, F, x)
  const n = relations.length
  needs.forEach((need, i) => {
    const { lo, hi } = ends(values[3 * n + i]!)
    const met =
      need === 'not 0' ? lo.num > 0n || hi.num < 0n : need === 'positive' ? lo.num > 0n : lo.num >= 0n
    if (!met) throw new Undefined(OPERATION[need], F.format(values[3 * n + i]!))
  })
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

const OPERATION: Readonly<Record<Need, string>> = { 'not 0': 'div', positive: 'log', 'not negative': 'sqrt' }

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
 * intervals of rising precision. What 128 bits leave open is settled by exact signs: of the kinks, of radicands, of what
 * the sides need to exist, and of the slacks (`roots.ts`; error below 2^{−100}). A violation is certain. With `refuteOnly`
 * these last stages are skipped, for searches that only want a violation, unless a tie would be one.
 */
export function decide(
  compiled: Relations & Pick<Compiled, 'beyond'>,
  values: ReadonlyMap<string, string>,
  options: DecideOptions = {},
): Outcome {
  if (compiled.beyond !== undefined) return { status: 'undecided', reason: compiled.beyond }
  const enclosures = compiled.program.inputs.every((name) => values.has(name))
    ? undefined
    : options.enclosures
  let last = 'no arithmetic applies'
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
  // Only a tie of a strict relation may still come out as a violation.
  if (options.refuteOnly && compiled.relations.every(({ relation }) => relation !== '>'))
    return { status: 'undecided', reason: last }
  let settled = compiled
  const inExactSigns = (): Outcome | undefined =>
    attemptIn('exact signs', () => {
      settled = { ...compiled, program: settle(compiled.program, values).program }
      return attemptExactly(settled, values)
    })
  return (
    inExactSigns() ??
    precise.reduce<Outcome | undefined>((found, bits) => found ?? inIntervals(settled, bits), undefined) ?? {
      status: 'undecided',
      reason: last,
    }
  )
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

/** The relations by the exact signs of their slacks. */
function attemptExactly(compiled: Relations, values: ReadonlyMap<string, string>): Attempt {
  const { program, relations, needs } = compiled
  const n = relations.length
  const judged = [...relations.keys(), ...needs.map((_, i) => 3 * n + i)]
  const signs = exactSigns(select(program, judged), values)
  needs.forEach((need, i) => {
    if (meetsNeed(need, signs[n + i]) !== true)
      throw new Undefined(OPERATION[need], 'a number that is not, or not certainly')
  })
  const F = interval(128)
  const all = run(program, F, intervalInputs(program, F, values))
  return {
    verdicts: relations.map(({ relation }, r): Verdict => {
      const sign = signs[r]
      if (sign === undefined) return undefined
      return relation === '=' ? sign === 0 : relation === '>' ? sign > 0 : sign >= 0
    }),
    evidence: (r) => ({
      ...relations[r]!,
      slack: signs[r] === 0 ? '0' : F.format(all[r]!),
      left: F.format(all[n + r]!),
      right: F.format(all[2 * n + r]!),
    }),
  }
}
