/** Worker: the thread that runs tests, with one mutant or with none; the main thread ends it when it takes too long. */
import { parentPort, workerData } from 'node:worker_threads'
import * as fc from 'fast-check'
import { collector, type Collector } from './collect.ts'
import { loader, type Texts } from './modules.ts'
import { ASKED } from './mutants.ts'

/** What the main thread asks: the tests of a file with a mutant, or (`mutant` −1) what they take and reach. */
export interface Task {
  readonly mutant: number
  readonly file: string
  /** The tests of the file to run, in order; all if left out. */
  readonly tests?: readonly number[]
}

/** What the thread answers: that a test begins, what one took and reached without a mutant, or how a file ended. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'begins'; readonly test: number }
  | { readonly kind: 'took'; readonly test: number; readonly ms: number; readonly reached: readonly number[] }
  | { readonly kind: 'fails'; readonly words: string }
  | { readonly kind: 'ended'; readonly failed?: string }

const port = parentPort!
const say = (answer: Answer): void => port.postMessage(answer)

// Which input a property fails at first does not matter here, and the draw is to be the same every time.
fc.configureGlobal({ endOnFailure: true, seed: 1 })

let declared: Collector = collector()
let active = -1
let reached = new Set<number>()
const instead = (name: string): unknown => (name === 'vitest' ? declared.module : undefined)
const { texts } = workerData as { texts: Texts }
const runs = loader(texts, instead, { [ASKED]: (id: number) => id === active })
const measures = loader(texts, instead, {
  [ASKED]: (id: number) => {
    reached.add(id)
    return false
  },
})

port.on('message', (task: Task) => void serve(task))
say({ kind: 'ready' })

async function serve({ mutant, file, tests }: Task): Promise<void> {
  active = mutant
  try {
    say({ kind: 'begins', test: -1 })
    declared = collector()
    reached = new Set()
    let begun = process.cpuUsage()
    ;(mutant < 0 ? measures : runs)(file)
    if (mutant < 0) took(-1, begun)
    for (const t of tests ?? declared.tests.keys()) {
      const test = declared.tests[t]
      // A mutant met while tests are declared may declare fewer of them.
      if (!test) throw new Error('a test is gone')
      say({ kind: 'begins', test: t })
      reached = new Set()
      begun = process.cpuUsage()
      try {
        await test.body()
        if (mutant < 0) took(t, begun)
      } catch (error) {
        const words = `${test.name}: ${String(error instanceof Error ? error.message : error)}`
        if (mutant >= 0) throw new Error(words, { cause: error })
        say({ kind: 'fails', words })
      } finally {
        for (const body of declared.after) await body()
      }
    }
    say({ kind: 'ended' })
  } catch (error) {
    const words = String(error instanceof Error ? error.message : error)
    say({ kind: 'ended', failed: words.split('\n')[0]!.slice(0, 200) || 'failed' })
  }
}

function took(test: number, begun: NodeJS.CpuUsage): void {
  const { user, system } = process.cpuUsage(begun)
  say({ kind: 'took', test, ms: (user + system) / 1000, reached: [...reached] })
}
