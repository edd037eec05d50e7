/** Thread: the worker seen from outside, ended where a test takes much longer than it does without a mutant. */
import { once } from 'node:events'
import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Texts } from './modules.ts'
import type { Answer, Task } from './worker.ts'

type Ended = Extract<Answer, { kind: 'ended' }> & { readonly broken?: true }

/** A thread that serves one task at a time; it starts anew after it was ended or broke down. */
export interface Thread {
  ask(task: Task, hear: (answer: Answer) => void): Promise<Ended>
  end(): Promise<void>
}

/** Megabytes of heap, past which a mutant counts as noticed. */
const HEAP = 2048
const BOOT = `
const { createJiti } = require('jiti')
const { workerData } = require('node:worker_threads')
createJiti(workerData.from).import(workerData.file)
`

export function newThread(texts: Texts): Thread {
  let worker: Worker | undefined
  const start = async (): Promise<Worker> => {
    const file = resolve('test/quality/mutation/worker.ts')
    const made = new Worker(BOOT, {
      ...{ eval: true, workerData: { texts, file, from: resolve('package.json') } },
      resourceLimits: { maxOldGenerationSizeMb: HEAP },
    })
    await once(made, 'message')
    return made
  }
  const end = async (): Promise<void> => {
    await worker?.terminate()
    worker = undefined
  }
  return {
    end,
    async ask(task, hear) {
      const own = (worker ??= await start())
      return new Promise((done) => {
        const finish = (ended: Ended): void => {
          own.off('message', listen).off('error', broke).off('exit', left)
          if (ended.broken && worker === own) worker = undefined
          done(ended)
        }
        const listen = (answer: Answer): void => {
          hear(answer)
          if (answer.kind === 'ended') finish(answer)
        }
        const broke = (error: Error): void => finish({ kind: 'ended', failed: error.message, broken: true })
        const left = (): void => finish({ kind: 'ended', failed: 'the thread ended', broken: true })
        own.on('message', listen).on('error', broke).on('exit', left)
        own.postMessage(task)
      })
    },
  }
}

/** Seconds of this processor that a test may take, and how many times what it takes without a mutant. */
const [LEAST, TIMES] = [5, 5]

/** How tests end with a mutant: nothing if all pass. */
export async function judge(
  thread: Thread,
  task: Task,
  usual: (test: number) => number,
): Promise<{ readonly status: 'killed' | 'timeout'; readonly words: string } | undefined> {
  let begun = process.cpuUsage()
  let test = -1
  let late = false
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(begun)
    if ((user + system) / 1000 < LEAST * 1000 + TIMES * usual(test)) return
    late = true
    void thread.end()
  }, 200)
  const { failed } = await thread.ask(task, (answer) => {
    if (answer.kind !== 'begins') return
    begun = process.cpuUsage()
    test = answer.test
  })
  clearInterval(timer)
  if (late) return { status: 'timeout', words: `test ${test}` }
  return failed === undefined ? undefined : { status: 'killed', words: failed }
}
