/** Pool: tasks spread over worker threads; the results do not depend on how many there are. */
import { Worker } from 'node:worker_threads'
import { messageOf } from './exit.ts'
import { BUILT_IN } from './load.ts'
import type { Task, TaskResult } from './task.ts'
import type { Answer, Order } from './worker.ts'

/** Told of what happens to each task, by its place in the list. */
export interface Watch {
  started?(index: number): void
  progress?(index: number, done: number, stage: string): void
  finished?(index: number, result: TaskResult | Failed): void
}

/** A task that cannot be done: its claim says something that has no meaning, or throws. */
export interface Failed {
  readonly error: string
}

/** Whether a task could not be done. */
export const hasFailed = (result: TaskResult | Failed): result is Failed => 'error' in result

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
 * soon as it is free. A claim of a user's file that cannot be checked costs no other, even if it ends its worker.
 * @throws Error if a claim of ours cannot be checked.
 */
export async function runTasks(
  tasks: readonly Task[],
  workers: number,
  watch: Watch = {},
  known: ReadonlyMap<number, TaskResult> = new Map(),
): Promise<(TaskResult | Failed)[]> {
  const results: (TaskResult | Failed)[] = []
  for (const [index, result] of known) results[index] = result
  const queue = queueOf(
    tasks.map(({ group }) => group),
    new Set(known.keys()),
  )
  const threads = new Set<Worker>()
  const work = (worker: number): Promise<void> =>
    new Promise((resolve, reject) => {
      let doing: number | undefined
      const finish = (index: number, result: TaskResult | Failed): void => {
        results[index] = result
        watch.finished?.(index, result)
      }
      const fail = (index: number, message: string, stack = ''): boolean => {
        const { origin, id } = tasks[index]!
        if (origin !== BUILT_IN) finish(index, { error: message })
        else reject(Object.assign(new Error(`claim ${id}: ${message}`), { stack }))
        return origin !== BUILT_IN
      }
      const begin = (): void => {
        const thread = new Worker(new URL('./worker.js', import.meta.url), { stdout: true })
        threads.add(thread)
        thread.stdout.pipe(process.stderr, { end: false })
        const order = (): void => {
          doing = queue.next(worker)
          if (doing === undefined) return resolve()
          watch.started?.(doing)
          thread.postMessage({ index: doing, task: tasks[doing]! } satisfies Order)
        }
        const lost = (why: string): void => {
          if (!threads.delete(thread) || doing === undefined) return
          if (fail(doing, why)) begin()
        }
        thread.on('message', (answer: Answer) => {
          if ('progress' in answer)
            return watch.progress?.(answer.index, answer.progress.done, answer.progress.stage)
          if ('result' in answer) finish(answer.index, answer.result)
          else if (!fail(answer.index, answer.error.message, answer.error.stack)) return
          order()
        })
        thread.on('error', (error) => lost(`threw where nothing catches it: ${messageOf(error)}`))
        thread.on('exit', (code) => lost(`ended its thread with code ${code}`))
        order()
      }
      begin()
    })
  try {
    await Promise.all(Array.from({ length: Math.min(workers, queue.size) }, (_, worker) => work(worker)))
  } finally {
    const left = [...threads]
    threads.clear()
    await Promise.all(left.map((thread) => thread.terminate()))
  }
  return results
}
