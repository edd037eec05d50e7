/** Run: verdicts and drops of selected claims, computed in parallel with progress, resumed if interrupted. */
import { availableParallelism } from 'node:os'
import type { Claim } from '../claim/claim.ts'
import { seeded } from '../claim/random.ts'
import type { Verdict } from '../claim/verdict.ts'
import { judgeOf } from '../hunt/judge.ts'
import { simplest } from '../hunt/shrink.ts'
import { entryOf, FALSE, type DropEntry, type Entry, type HuntEntry } from '../report/record.ts'
import type { Failure } from './guard.ts'
import { openJournal } from './journal.ts'
import { hasFailed, runTasks } from './pool.ts'
import { meter } from './progress.ts'
import type { Selected, Selection } from './select.ts'
import type { Effort, Task, TaskResult, Without } from './task.ts'

/** Effort, and how many threads share it. */
export interface RunOptions extends Effort {
  readonly workers?: number
  /** Leave stored counterexamples aside and search anew. */
  readonly anew?: boolean
}

/** What could be done of some tasks, each with what it is about; and a failure for each that could not. */
interface Done<T, R> {
  readonly done: readonly { readonly of: T; readonly result: R }[]
  readonly failures: readonly Failure[]
}

/** Does a task about each of some things. */
async function run<T, R extends TaskResult>(
  about: readonly T[],
  taskOf: (one: T) => Task,
  workers = availableParallelism(),
): Promise<Done<T, R>> {
  const tasks = about.map(taskOf)
  const journal = openJournal(tasks)
  const progress = meter(tasks, process.stderr, journal.known)
  try {
    const results = await runTasks(
      tasks,
      workers,
      {
        ...progress,
        finished(index, result) {
          if (!hasFailed(result)) journal.add(index, result)
          progress.finished(index, result)
        },
      },
      journal.known,
    )
    return {
      done: results.flatMap((result, i) =>
        hasFailed(result) ? [] : [{ of: about[i]!, result: result as R }],
      ),
      failures: results.flatMap((result, i): Failure[] =>
        hasFailed(result) ? [{ file: tasks[i]!.origin, id: tasks[i]!.id, message: result.error }] : [],
      ),
    }
  } finally {
    progress.stop()
  }
}

const effortOf = ({ seed, cases, profile }: RunOptions): Effort => ({
  ...(seed !== undefined && { seed }),
  ...(cases !== undefined && { cases }),
  ...(profile !== undefined && { profile }),
})

/** What the claims share that follow the same runs: the first start that their setting draws. */
function runsOf({ given }: Claim): string {
  const c = given.generate(seeded(0), new Set())
  return JSON.stringify([given.name, given.describe(c), ...given.values(c)])
}

/** What a task on a claim says of it. */
const taskOn = ({ claim, origin }: Selected, options: RunOptions): Omit<Task, 'kind'> => ({
  ...{ origin, ...(claim.of && { paper: claim.of.paper.key }), id: claim.id, effort: effortOf(options) },
  ...(claim.given.numerical && { group: runsOf(claim) }),
})
const checkTask = (one: Selected, options: RunOptions): Task => ({
  ...{ kind: 'check', ...taskOn(one, options) },
  ...(one.known !== undefined && !options.anew && { known: one.known }),
})
const dropTask = ({ selected, assumption, weaker }: Dropped, options: RunOptions): Task => ({
  ...{ kind: 'drop', assumption, ...(weaker !== undefined && { weaker }), ...taskOn(selected, options) },
})

/** Claims with their entries, in their order, and what kept others from having one. */
export interface Checked {
  readonly selected: readonly Selected[]
  readonly entries: readonly Entry[]
  readonly failures: readonly Failure[]
}

/** Checks what is selected. */
export async function checkAll({ selected, failures }: Selection, options: RunOptions): Promise<Checked> {
  const { done, failures: more } = await run<Selected, Verdict>(
    selected,
    (one) => checkTask(one, options),
    options.workers,
  )
  return {
    selected: done.map(({ of }) => of),
    entries: done.map(({ of, result }) => entryOf(of.claim, result, of.expected)),
    failures: [...failures, ...more],
  }
}

/** One assumption of one claim, dropped or weakened. */
export interface Dropped extends Without {
  readonly selected: Selected
}

/** Every assumption of a claim, or the one asked for: dropped, then weakened to each of its weaker forms. */
export const dropsOf = (selected: Selected, asked?: string): Dropped[] =>
  selected.claim.assume
    .filter(({ id }) => asked === undefined || id === asked)
    .flatMap(({ id, weaker = [] }) => [
      { selected, assumption: id },
      ...weaker.map((left): Dropped => ({ selected, assumption: id, weaker: left.id })),
    ])

/** What becomes of claims without an assumption, in the order given. */
export const dropAll = (
  dropped: readonly Dropped[],
  options: RunOptions,
): Promise<Done<Dropped, DropEntry>> => run(dropped, (one) => dropTask(one, options), options.workers)

/**
 * The entries of claims with their drop tables and hunts: all checks first, as these are what takes long. What a hunt
 * refutes or contradicts and a check does not is checked again, with the counterexample of the hunt in its simplest form.
 */
export async function checkDropAndHuntAll(selection: Selection, options: RunOptions): Promise<Checked> {
  const about = [
    ...selection.selected.map((selected) => ({ selected })),
    ...selection.selected.flatMap((one) => dropsOf(one)),
  ]
  const isDrop = (one: object): one is Dropped => 'assumption' in one
  const first = await run<Dropped | { readonly selected: Selected }, Verdict | DropEntry>(
    about,
    (one) => (isDrop(one) ? dropTask(one, options) : checkTask(one.selected, options)),
    options.workers,
  )
  const verdicts = new Map<Selected, Verdict>()
  const drops = new Map<Selected, DropEntry[]>()
  for (const { of, result } of first.done)
    if (isDrop(of)) drops.set(of.selected, [...(drops.get(of.selected) ?? []), result as DropEntry])
    else verdicts.set(of.selected, result as Verdict)

  const hunts = await run<Selected, HuntEntry>(
    [...verdicts].flatMap(([one, { verdict }]) => (verdict === 'proved' ? [] : [one])),
    (one) => ({ kind: 'hunt', ...taskOn(one, options) }),
    options.workers,
  )
  const hunted = new Map(hunts.done.map(({ of, result }) => [of, result]))
  const fallen = hunts.done.flatMap(({ of, result: { mostViolated } }) => {
    if (!mostViolated || FALSE.includes(verdicts.get(of)!.verdict)) return []
    const { claim } = of
    const known: unknown = simplest(claim, judgeOf(claim), claim.given.parse(mostViolated.case)).case
    return [{ of, again: { ...of, known } }]
  })
  const again = await run<(typeof fallen)[number], Verdict>(
    fallen,
    (one) => checkTask(one.again, { ...options, anew: false }),
    options.workers,
  )
  for (const { of, result } of again.done) verdicts.set(of.of, result)

  const checked = selection.selected.filter((one) => verdicts.has(one))
  return {
    selected: checked,
    entries: checked.map((one) => {
      const hunt = hunted.get(one)
      return {
        ...entryOf(one.claim, verdicts.get(one)!, one.expected),
        drops: drops.get(one) ?? [],
        ...(hunt && { hunt }),
      }
    }),
    failures: [...selection.failures, ...first.failures, ...hunts.failures, ...again.failures],
  }
}
