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

/**
 * The results of the tasks in their order; each worker takes the next task as soon as it is free.
 * @throws UsageError if a claim of a user's file cannot be checked; Error if one of ours cannot.
 */
export async function runTasks(
  tasks: readonly Task[],
  workers: number,
  watch: Watch = {},
): Promise<TaskResult[]> {
  const results: TaskResult[] = []
  let next = 0
  const threads: Worker[] = []
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const thread = new Worker(new URL('./worker.js', import.meta.url), { stdout: true })
      threads.push(thread)
      thread.stdout.pipe(process.stderr, { end: false })
      const order = (): void => {
        const index = next++
        const task = tasks[index]
        if (!task) return resolve()
        watch.started?.(index)
        thread.postMessage({ index, task } satisfies Order)
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
    await Promise.all(Array.from({ length: Math.min(workers, tasks.length) }, work))
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
