/** Judge: one case against a claim's assumptions and conclusion. */
import type { Assumption, Claim } from '../claim/claim.ts'
import { compileRelations, decide, type Compiled, type Outcome } from '../claim/decide.ts'
import { parseFormula, type Formula } from '../program/formula.ts'

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

/** Judges cases against a conclusion under assumptions; programs are kept for cases of equal structure. */
export interface Judge {
  /**
   * Why a case does not count: it fails an assumption, or a formula says nothing in it (`statement`);
   * `undefined` if it counts.
   */
  discard(c: unknown): (Judgement & { status: 'discarded' }) | undefined
  judge(c: unknown, refuteOnly?: boolean): Judgement
  compiled(c: unknown): Compiled
}

/** A judge of a claim, or of another conclusion or other assumptions in its setting. */
export function judgeOf(
  claim: Claim,
  shows: readonly Formula[] = claim.shows,
  assume: readonly Assumption<unknown>[] = claim.assume,
): Judge {
  const { given } = claim
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
  const compiled = cached(shows)
  const conditions = assume.map(({ id, formula, failure }) => ({
    id,
    failure,
    compiled: formula === undefined ? undefined : cached([parseFormula(formula)]),
  }))
  const discard: Judge['discard'] = (c) => {
    for (const { id, failure, compiled: program } of conditions) {
      const reason = failure?.(c)
      if (reason !== undefined) return { status: 'discarded', assumption: id, reason, certain: true }
      if (program === undefined) continue
      const outcome = decide(program(c), given.values(c))
      if (outcome.status !== 'holds')
        return {
          status: 'discarded',
          assumption: id,
          reason: `${outcome.status} in this case`,
          certain: outcome.status === 'violated',
        }
    }
    const [silent] = compiled(c).silent
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
    discard,
    compiled,
    judge: (c, refuteOnly = false) => discard(c) ?? decide(compiled(c), given.values(c), { refuteOnly }),
  }
}
