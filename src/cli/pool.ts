/** Pool: tasks spread over worker threads; the results do not depend on how many there are. */
import { Worker } from 'node:worker_threads'
import { UsageError } from './exit.ts'
import { BUILT_IN, shownPath } from './load.ts'
import type { Task, TaskResult } from './task.ts'
import type { Answer, Order } from './worker.ts'

/** Told of what happens to each task, by its place in the list. */
export interface Watch {
  started?(index: number): void
  progress?(index: number, done: number, stage: string): void
  finished?(index: number, result: TaskResult): void
}

/** What is left to do. */
export interface Queue {
  readonly size: number
  /** The next task of a worker; `undefined` if none is left. */
  next(worker: number): number | undefined
}

/**
 * The tasks that are not done, by their groups. A worker is given a task of its last group, else of a group that no
 * other works on, else of no group, else any: tasks of one group meet in one worker while others have work too.
 */
export function queueOf(groups: readonly (string | undefined)[], done: ReadonlySet<number>): Queue {
  const left = groups.map((_, index) => index).filter((index) => !done.has(index))
  const held = new Map<number, string | undefined>()
  return {
    size: left.length,
    next(worker) {
      const own = held.get(worker)
      const taken = new Set(held.values())
      const preferences: ((group: string | undefined) => boolean)[] = [
        (group) => group !== undefined && group === own,
        (group) => group !== undefined && !taken.has(group),
        (group) => group === undefined,
        () => true,
      ]
      for (const likes of preferences) {
        const at = left.findIndex((index) => likes(groups[index]))
        if (at < 0) continue
        const [index] = left.splice(at, 1)
        held.set(worker, groups[index!])
        return index
      }
      held.delete(worker)
      return undefined
    },
  }
}

/**
 * The results of the tasks in their order, those that are known left as they are; each worker takes the next task as
 * soon as it is free.
 * @throws UsageError if a claim of a user's file cannot be checked; Error if one of ours cannot.
 */
export async function runTasks(
  tasks: readonly Task[],
  workers: number,
  watch: Watch = {},
  known: ReadonlyMap<number, TaskResult> = new Map(),
): Promise<TaskResult[]> {
  const results: TaskResult[] = []
  for (const [index, result] of known) results[index] = result
  const queue = queueOf(
    tasks.map(({ group }) => group),
    new Set(known.keys()),
  )
  const threads: Worker[] = []
  const work = (worker: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const thread = new Worker(new URL('./worker.js', import.meta.url), { stdout: true })
      threads.push(thread)
      thread.stdout.pipe(process.stderr, { end: false })
      const order = (): void => {
        const index = queue.next(worker)
        if (index === undefined) return resolve()
        watch.started?.(index)
        thread.postMessage({ index, task: tasks[index]! } satisfies Order)
      }
      thread.on('message', (answer: Answer) => {
        if ('progress' in answer)
          return watch.progress?.(answer.index, answer.progress.done, answer.progress.stage)
        if ('error' in answer) return reject(failed(tasks[answer.index]!, answer.error))
        results[answer.index] = answer.result
        watch.finished?.(answer.index, answer.result)
        order()
      })
      thread.on('error', reject)
      thread.on('exit', (code) => reject(new Error(`a worker stopped with code ${code}`)))
      order()
    })
  try {
    await Promise.all(Array.from({ length: Math.min(workers, queue.size) }, (_, worker) => work(worker)))
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()))
  }
  return results
}

function failed(task: Task, { message, stack }: { message: string; stack: string }): Error {
  if (task.origin !== BUILT_IN)
    return new UsageError(`${shownPath(task.origin)}: claim ${task.id}: ${message}`)
  const error = new Error(`claim ${task.id}: ${message}`)
  error.stack = stack
  return error
}
