/** Task: a unit of work that any worker can do, with the same result. */
import type { Claim } from '../claim/claim.ts'
import type { Verdict } from '../claim/verdict.ts'
import { check, type Profile } from '../hunt/check.ts'
import { drop } from '../hunt/drop.ts'
import { judgeOf } from '../hunt/judge.ts'
import { parseFormula } from '../program/formula.ts'
import { text } from '../program/print.ts'
import { refutation, type DropEntry } from '../report/record.ts'
import type { Origin } from './load.ts'

/** Seed and effort, where the user sets them. */
export interface Effort {
  readonly seed?: number
  readonly cases?: number
  readonly profile?: Profile
}

/** Check a claim, or drop one of its assumptions. */
export type Task = {
  readonly origin: Origin
  readonly id: string
  readonly effort: Effort
  /** Tasks of one group share work when one worker does them. */
  readonly group?: string
} & ({ readonly kind: 'check' } | { readonly kind: 'drop'; readonly assumption: string })

/** What a task of each kind gives. */
export type TaskResult<K extends Task['kind'] = Task['kind']> = K extends 'check' ? Verdict : DropEntry

/** A short name of a task, for progress. */
export function taskName(task: Task): string {
  return task.kind === 'check' ? task.id : `${task.id} without ${task.assumption}`
}

/** Does a task on its claim. */
export function perform(
  task: Task,
  claim: Claim,
  onProgress: (done: number, stage: string) => void,
): TaskResult {
  if (task.kind === 'check') return check(claim, { ...task.effort, onProgress })
  onProgress(0, 'searching')
  const { assumption, cases, counterexample } = drop(claim, task.assumption, task.effort)
  if (!counterexample) return { assumption, cases }
  return {
    ...{ assumption, cases, failure: failureOf(claim, assumption, counterexample.case) },
    counterexample: refutation(counterexample),
  }
}

/** How a case fails an assumption: the structural reason, or the formula with both sides. */
function failureOf(claim: Claim, id: string, json: unknown): string {
  const c = claim.given.parse(json)
  const { formula, failure } = claim.assume.find((assumption) => assumption.id === id)!
  const reason = (failure as ((c: unknown) => string | undefined) | undefined)?.(c)
  if (reason !== undefined || formula === undefined) return reason ?? 'not met'
  const parsed = parseFormula(formula)
  const judgement = judgeOf(claim, [parsed], []).judge(c)
  if (judgement.status !== 'violated') return `${text(parsed)} is not certain`
  return `${text(parsed)} fails: left ${judgement.worst.left}, right ${judgement.worst.right}`
}
