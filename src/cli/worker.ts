/** Worker: does tasks in a thread of its own, one after another. */
import { setTimeout } from 'node:timers/promises'
import { parentPort } from 'node:worker_threads'
import { messageOf } from './exit.ts'
import { loadClaims } from './load.ts'
import { perform, type Task, type TaskResult } from './task.ts'

/** What a worker is asked. */
export interface Order {
  readonly index: number
  readonly task: Task
}

/** What a worker answers: progress, then the result or an error. */
export type Answer = { readonly index: number } & (
  | { readonly progress: { readonly done: number; readonly stage: string } }
  | { readonly result: TaskResult }
  | { readonly error: { readonly message: string; readonly stack: string } }
)

async function answer({ index, task }: Order): Promise<Answer> {
  try {
    const { claims } = await loadClaims(task.origin)
    const claim = claims.find(({ id, of }) => id === task.id && of?.paper.key === task.paper)
    if (!claim) throw new RangeError(`expected a claim ${task.id} in ${task.origin}, got none`)
    const result = await perform(task, claim, (done, stage) =>
      parentPort?.postMessage({ index, progress: { done, stage } } satisfies Answer),
    )
    // What the claim has left to be thrown later is heard before its result.
    await setTimeout(0)
    // As a resumed run reads it: plain JSON.
    return { index, result: JSON.parse(JSON.stringify(result)) as TaskResult }
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? '') : ''
    return { index, error: { message: messageOf(error), stack } }
  }
}

parentPort?.on('message', (order: Order) => {
  void answer(order).then((reply) => parentPort?.postMessage(reply))
})
