/** Judge: one case against a claim's assumptions and conclusion. */
import type { Assumption, Claim } from '../claim/claim.ts'
import { compileRelations, decide, type Compiled, type DecideOptions, type Outcome } from '../claim/decide.ts'
import type { Setting } from '../claim/setting.ts'
import { Undefined } from '../number/conventions.ts'
import { float64 } from '../number/float64.ts'
import { rational } from '../number/rational.ts'
import { parseRatio } from '../program/constant.ts'
import { parseFormula, type Formula } from '../program/formula.ts'
import { run } from '../program/run.ts'

/** The outcome of a case; `discarded` names the assumption that it fails, or may fail (not `certain`). */
export type Judgement =
  | Outcome
  | {
      readonly status: 'discarded'
      readonly assumption: string
      readonly reason: string
      readonly certain: boolean
    }

const CACHE_SIZE = 400
/** A slack in doubles above this part of the sides is clearly positive. */
const CLEAR = 1e-4
/** Sides that differ in doubles by less than this part of them are the same, for a search that can afford to miss. */
const SAME = 1e-9

/** Judges cases against a conclusion under assumptions; programs are kept for cases of equal structure. */
export interface Judge {
  /** The conclusion that is judged. */
  readonly shows: readonly Formula[]
  /**
   * Why a case does not count: it fails an assumption, or a formula says nothing in it (`statement`);
   * `undefined` if it counts.
   */
  discard(c: unknown): (Judgement & { status: 'discarded' }) | undefined
  judge(c: unknown, refuteOnly?: boolean): Judgement
  /**
   * Whether the conclusion may be false in a case, as far as doubles tell: a cheap look before `judge`. With `easily` a
   * case counts as one that holds where it is hard to follow, or where what is followed is not clearly a violation.
   */
  mayFail(c: unknown, easily?: boolean): boolean
  compiled(c: unknown): Compiled
  /** Whether the conclusion says anything of a case: its index letters have elements to range over. */
  speaks(c: unknown): boolean
}

/** A judge of a claim, or of another conclusion or other assumptions in its setting. */
export function judgeOf(
  claim: Claim,
  shows: readonly Formula[] = claim.shows,
  assume: readonly Assumption<unknown>[] = claim.assume,
): Judge {
  const { given } = claim
  const assumed = assume.flatMap(({ formula }) => (formula === undefined ? [] : [parseFormula(formula)]))
  const cached = (formulas: readonly Formula[]): ((c: unknown) => Compiled) => {
    const known = new Map<string, Compiled>()
    return (c) => {
      const key = given.structure(c)
      let compiled = known.get(key)
      if (compiled === undefined) {
        if (known.size >= CACHE_SIZE) known.delete(known.keys().next().value!)
        known.set(key, (compiled = compileRelations(given, formulas, c)))
      }
      return compiled
    }
  }
  /** Decides formulas in a case, as the setting does. */
  const decider = (formulas: readonly Formula[]): ((c: unknown, options?: DecideOptions) => Outcome) => {
    const { numerical } = given
    if (numerical)
      return (c, options) => numerical.decide(c, formulas, options?.refuteOnly ? assumed : undefined)
    const compiledOf = cached(formulas)
    const enclosures = given.enclosures?.bind(given)
    return (c, options) =>
      (options?.refuteOnly === true && passesInDoubles(given, compiledOf(c), c)) ||
      decide(compiledOf(c), given.values(c), {
        ...options,
        ...(enclosures && { enclosures: (bits: number) => enclosures(c, bits) }),
      })
  }
  const compiled = cached(shows)
  const decided = decider(shows)
  const conditions = assume.map(({ id, formula, failure }) => ({
    id,
    failure,
    decided: formula === undefined ? undefined : decider([parseFormula(formula)]),
  }))
  /** Whether a structural assumption fails: then formulas may have no meaning. */
  const structural = (c: unknown): boolean => assume.some(({ failure }) => failure?.(c) !== undefined)
  const discard: Judge['discard'] = (c) => {
    for (const { id, failure, decided: decide } of conditions) {
      const reason = failure?.(c)
      if (reason !== undefined) return { status: 'discarded', assumption: id, reason, certain: true }
      if (decide === undefined) continue
      const outcome = decide(c)
      if (outcome.status !== 'holds')
        return {
          status: 'discarded',
          assumption: id,
          reason: `${outcome.status} in this case`,
          certain: outcome.status === 'violated',
        }
    }
    const [silent] = given.numerical ? [] : compiled(c).silent
    if (silent)
      return {
        status: 'discarded',
        assumption: 'statement',
        reason: `${silent.source} says nothing here`,
        certain: true,
      }
    return undefined
  }
  return {
    shows,
    discard,
    compiled,
    judge: (c, refuteOnly = false) => discard(c) ?? decided(c, { refuteOnly }),
    speaks: (c) => given.numerical !== undefined || structural(c) || compiled(c).silent.length === 0,
    mayFail: (c, easily) =>
      given.numerical !== undefined || structural(c) || !passesInDoubles(given, compiled(c), c, SAME, easily),
  }
}

/** Why a case is not worth an exact look in a search for violations: its slacks are clearly positive in doubles. */
function passesInDoubles(
  given: Setting<unknown>,
  { program, relations }: Compiled,
  c: unknown,
  same = 0,
  easily = false,
): Outcome | undefined {
  if (same === 0 && relations.some(({ relation }) => relation === '=')) return undefined
  const at = given.rough
    ? given.rough(c, easily)
    : new Map([...given.values(c)].map(([name, text]) => [name, rational.toNumber(parseRatio(text))]))
  if (at === undefined) return { status: 'undecided', reason: 'hard to follow in doubles' }
  try {
    const x = program.inputs.map((name) => at.get(name))
    if (!x.every((value) => value !== undefined)) return undefined
    const found = run(program, float64, x)
    const n = relations.length
    const clear = relations.every(({ relation }, r) => {
      const size = Math.max(Math.abs(found[n + r]!), Math.abs(found[2 * n + r]!))
      const least = easily && given.rough ? -CLEAR : CLEAR
      return relation === '=' ? Math.abs(found[r]!) <= same * size : found[r]! > least * size
    })
    return clear ? { status: 'undecided', reason: 'no violation in doubles' } : undefined
  } catch (error) {
    if (error instanceof Undefined) return undefined
    throw error
  }
}
