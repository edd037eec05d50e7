/** Run: verdicts and drops of selected claims, computed in parallel with progress, resumed if interrupted. */
import { availableParallelism } from 'node:os'
import type { Claim } from '../claim/claim.ts'
import { seeded } from '../claim/random.ts'
import type { Verdict } from '../claim/verdict.ts'
import { entryOf, type DropEntry, type Entry } from '../report/record.ts'
import { openJournal } from './journal.ts'
import { runTasks } from './pool.ts'
import { meter } from './progress.ts'
import type { Selected } from './select.ts'
import type { Effort, Task, TaskResult } from './task.ts'

/** Effort, and how many threads share it. */
export interface RunOptions extends Effort {
  readonly workers?: number
}

async function run(tasks: readonly Task[], workers = availableParallelism()): Promise<TaskResult[]> {
  const journal = openJournal(tasks)
  const progress = meter(tasks, process.stderr, journal.known)
  try {
    return await runTasks(
      tasks,
      workers,
      {
        ...progress,
        finished(index, result) {
          journal.add(index, result)
          progress.finished(index, result)
        },
      },
      journal.known,
    )
  } finally {
    progress.stop()
    journal.close()
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
  ...{ origin, id: claim.id, effort: effortOf(options) },
  ...(claim.given.numerical && { group: runsOf(claim) }),
})
const checkTask = (one: Selected, options: RunOptions): Task => ({ kind: 'check', ...taskOn(one, options) })
const dropTask = (one: Selected, assumption: string, options: RunOptions): Task => ({
  ...{ kind: 'drop', assumption, ...taskOn(one, options) },
})

/** The entries of claims, in their order. */
export async function checkAll(selected: readonly Selected[], options: RunOptions): Promise<Entry[]> {
  const tasks = selected.map((one) => checkTask(one, options))
  const results = (await run(tasks, options.workers)) as Verdict[]
  return selected.map(({ claim, expected }, i) => entryOf(claim, results[i]!, expected))
}

/** One assumption of one claim. */
export interface Dropped {
  readonly selected: Selected
  readonly assumption: string
}

/** What becomes of claims without an assumption, in the order given. */
export async function dropAll(dropped: readonly Dropped[], options: RunOptions): Promise<DropEntry[]> {
  const tasks = dropped.map(({ selected, assumption }) => dropTask(selected, assumption, options))
  return (await run(tasks, options.workers)) as DropEntry[]
}

/** The entries of claims with their drop tables: all checks first, as drops are short. */
export async function checkAndDropAll(selected: readonly Selected[], options: RunOptions): Promise<Entry[]> {
  const dropped = selected.flatMap((one) =>
    one.claim.assume.map(({ id }): Dropped => ({ selected: one, assumption: id })),
  )
  const tasks = [
    ...selected.map((one) => checkTask(one, options)),
    ...dropped.map(({ selected: one, assumption }) => dropTask(one, assumption, options)),
  ]
  const results = await run(tasks, options.workers)
  const drops = results.slice(selected.length) as DropEntry[]
  return selected.map((one, i) => ({
    ...entryOf(one.claim, results[i] as Verdict, one.expected),
    drops: drops.filter((_, d) => dropped[d]!.selected === one),
  }))
}
