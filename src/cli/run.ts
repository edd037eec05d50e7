/** Run: verdicts and drops of selected claims, computed in parallel with progress, resumed if interrupted. */
import { availableParallelism } from 'node:os'
import type { Claim } from '../claim/claim.ts'
import { seeded } from '../claim/random.ts'
import type { Verdict } from '../claim/verdict.ts'
import { judgeOf } from '../hunt/judge.ts'
import { simplest } from '../hunt/shrink.ts'
import { entryOf, FALSE, type DropEntry, type Entry, type HuntEntry } from '../report/record.ts'
import { openJournal } from './journal.ts'
import { runTasks } from './pool.ts'
import { meter } from './progress.ts'
import type { Selected } from './select.ts'
import type { Effort, Task, TaskResult, Without } from './task.ts'

/** Effort, and how many threads share it. */
export interface RunOptions extends Effort {
  readonly workers?: number
  /** Leave stored counterexamples aside and search anew. */
  readonly anew?: boolean
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
const checkTask = (one: Selected, options: RunOptions): Task => ({
  ...{ kind: 'check', ...taskOn(one, options) },
  ...(one.known !== undefined && !options.anew && { known: one.known }),
})
const dropTask = ({ selected, assumption, weaker }: Dropped, options: RunOptions): Task => ({
  ...{ kind: 'drop', assumption, ...(weaker !== undefined && { weaker }), ...taskOn(selected, options) },
})

/** The entries of claims, in their order. */
export async function checkAll(selected: readonly Selected[], options: RunOptions): Promise<Entry[]> {
  const tasks = selected.map((one) => checkTask(one, options))
  const results = (await run(tasks, options.workers)) as Verdict[]
  return selected.map(({ claim, expected }, i) => entryOf(claim, results[i]!, expected))
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
export async function dropAll(dropped: readonly Dropped[], options: RunOptions): Promise<DropEntry[]> {
  const tasks = dropped.map((one) => dropTask(one, options))
  return (await run(tasks, options.workers)) as DropEntry[]
}

/**
 * The entries of claims with their drop tables and hunts: all checks first, as these are what takes long. What a hunt
 * refutes or contradicts and a check does not is checked again, with the counterexample of the hunt in its simplest form.
 */
export async function checkDropAndHuntAll(
  selected: readonly Selected[],
  options: RunOptions,
): Promise<Entry[]> {
  const dropped = selected.flatMap((one) => dropsOf(one))
  const results = await run(
    [...selected.map((one) => checkTask(one, options)), ...dropped.map((one) => dropTask(one, options))],
    options.workers,
  )
  const verdicts = results.slice(0, selected.length) as Verdict[]
  const drops = results.slice(selected.length) as DropEntry[]
  const climbed = selected.filter((_, i) => verdicts[i]!.verdict !== 'proved')
  const hunts = (await run(
    climbed.map((one): Task => ({ kind: 'hunt', ...taskOn(one, options) })),
    options.workers,
  )) as HuntEntry[]

  const fallen = climbed.flatMap((one, at): Selected[] => {
    const violated = hunts[at]!.mostViolated
    if (!violated || FALSE.includes(verdicts[selected.indexOf(one)]!.verdict)) return []
    const { claim } = one
    return [{ ...one, known: simplest(claim, judgeOf(claim), claim.given.parse(violated.case)).case }]
  })
  const again = await run(
    fallen.map((one) => checkTask(one, { ...options, anew: false })),
    options.workers,
  )
  fallen.forEach(({ claim }, i) => {
    verdicts[selected.findIndex((one) => one.claim === claim)] = again[i] as Verdict
  })

  return selected.map((one, i) => {
    const entry = entryOf(one.claim, verdicts[i]!, one.expected)
    const at = climbed.indexOf(one)
    return {
      ...entry,
      drops: drops.filter((_, d) => dropped[d]!.selected === one),
      ...(at >= 0 && { hunt: hunts[at]! }),
    }
  })
}
