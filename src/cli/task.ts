/** Task: a unit of work that any worker can do, with the same result. */
import type { Claim } from '../claim/claim.ts'
import type { Verdict } from '../claim/verdict.ts'
import { boxAround } from '../hunt/box.ts'
import { check, DEFAULT_SEED, type Profile } from '../hunt/check.ts'
import { dropGuided } from '../hunt/drop.ts'
import { hunt } from '../hunt/hunt.ts'
import { judgeOf } from '../hunt/judge.ts'
import { parseFormula } from '../program/formula.ts'
import { text } from '../program/print.ts'
import { refutation, type DropEntry, type HuntEntry } from '../report/record.ts'
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
  /** The paper of the claim, if it is of one. */
  readonly paper?: string
  readonly id: string
  readonly effort: Effort
  /** Tasks of one group share work when one worker does them. */
  readonly group?: string
} & (
  | { readonly kind: 'check'; readonly known?: unknown }
  | { readonly kind: 'hunt' }
  | ({ readonly kind: 'drop' } & Without)
)

/** An assumption, and what is left of it if it is not dropped but weakened. */
export interface Without {
  readonly assumption: string
  readonly weaker?: string
}

/** What a task of each kind gives. */
export type TaskResult = Verdict | DropEntry | HuntEntry

/** A short name of a task, for progress. */
export function taskName(task: Task): string {
  if (task.kind === 'check') return task.id
  if (task.kind === 'hunt') return `${task.id} hunted`
  const { id, assumption, weaker } = task
  return `${id} without ${assumption}${weaker === undefined ? '' : `, with ${weaker}`}`
}

/** Does a task on its claim. */
export async function perform(
  task: Task,
  claim: Claim,
  onProgress: (done: number, stage: string) => void,
): Promise<TaskResult> {
  if (task.kind === 'check')
    return withRoom(claim, check(claim, { ...task.effort, known: task.known, onProgress }))
  if (task.kind === 'hunt') return hunted(claim, task.effort)
  onProgress(0, 'searching')
  const { weaker } = task
  const found = await dropGuided(claim, task.assumption, {
    ...task.effort,
    ...(weaker !== undefined && { weaker }),
  })
  const { id: _, says: __, counterexample, ...rest } = found
  if (!counterexample) return rest
  return {
    ...{ ...rest, failure: failureOf(claim, rest.assumption, counterexample.case) },
    counterexample: refutation(counterexample),
  }
}

/** The verdict, with how far the inputs of a certain counterexample may move. */
function withRoom(claim: Claim, found: Verdict): Verdict {
  const { verdict, counterexample } = found
  const box = verdict === 'refuted' && counterexample ? boxAround(claim, counterexample) : undefined
  return { ...found, ...(counterexample && { counterexample: { ...counterexample, ...(box && { box }) } }) }
}

/** Evaluations of a hunt whose result is recorded, unless the setting has a number of its own. */
const EVALUATIONS = 3000

async function hunted(claim: Claim, { seed = DEFAULT_SEED }: Effort): Promise<HuntEntry> {
  const { strategies, evaluations, found, mostViolated, board } = await hunt(claim, {
    seed,
    evaluations: claim.given.numerical?.evaluations ?? EVALUATIONS,
  })
  const least = strategies.flatMap((strategy) => strategy.slack ?? [])
  const slack = mostViolated?.slack ?? board[0]?.slack ?? least.toSorted((a, b) => a - b)[0]
  return {
    ...{ evaluations, seed, strategies: strategies.map(({ name }) => name) },
    ...(slack !== undefined && { slack: slack.toPrecision(3) }),
    ...(found && { found: { strategy: found.strategy, evaluation: found.evaluation } }),
    ...(mostViolated && { mostViolated: refutation(mostViolated.counterexample) }),
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
