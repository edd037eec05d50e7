/** Progress: what is being worked on, on stderr, so that stdout carries results only. */
import { counts } from '../report/meaning.ts'
import type { Status } from '../claim/verdict.ts'
import { taskName, type Task, type TaskResult } from './task.ts'
import { hasFailed, type Watch } from './pool.ts'

/** Nothing is shown before this many milliseconds, unless there is a terminal to overwrite. */
const PATIENCE = 2000
const SILENCE = 10_000

/** A watch that prints, and the end of its printing. */
export interface Meter extends Required<Watch> {
  stop(): void
}

/**
 * Prints the progress of tasks: one line that is overwritten on a terminal, else a line per task; and first of all how
 * many of them are known from an interrupted run.
 */
export function meter(
  tasks: readonly Task[],
  stream: NodeJS.WriteStream,
  known: ReadonlyMap<number, TaskResult> = new Map(),
): Meter {
  const begun = performance.now()
  const running = new Map<number, string>()
  const verdicts: Status[] = [...known.values()].flatMap((result) =>
    'verdict' in result ? [result.verdict] : [],
  )
  let done = known.size
  let printed = begun
  const elapsed = (): number => performance.now() - begun
  const doing = (): string => [...running.values()].join(', ')
  const count = (): string => `${done}/${tasks.length}`
  const draw = (): void => {
    const found = verdicts.length > 0 ? ` (${counts(verdicts)})` : ''
    const line = `${count()}${found} ${(elapsed() / 1000).toFixed(0)} s: ${doing()}`
    stream.write(`\r\u001B[2K${[...line].slice(0, (stream.columns || 80) - 1).join('')}`)
  }
  const say = (line: string): void => {
    if (stream.isTTY || elapsed() < PATIENCE) return
    printed = performance.now()
    stream.write(`${line}\n`)
  }
  const tick = (): void => {
    if (stream.isTTY) draw()
    else if (performance.now() - printed > SILENCE) say(`${count()} still at ${doing()}`)
  }
  if (known.size > 0) stream.write(`resumed: ${known.size} of ${tasks.length} tasks were already done\n`)
  const timer = setInterval(tick, stream.isTTY ? 100 : 1000)
  timer.unref()
  return {
    started: (index) => void running.set(index, taskName(tasks[index]!)),
    progress: (index, _, stage) => void running.set(index, `${taskName(tasks[index]!)} [${stage}]`),
    finished(index, result) {
      running.delete(index)
      done++
      const task = tasks[index]!
      if (hasFailed(result)) return say(`${count()} ${taskName(task)}: error`)
      if ('verdict' in result) verdicts.push(result.verdict)
      const violated = 'found' in result || 'counterexample' in result
      const outcome = 'verdict' in result ? result.verdict : violated ? 'counterexample' : 'none found'
      say(`${count()} ${taskName(task)}: ${outcome}`)
    },
    stop() {
      clearInterval(timer)
      if (stream.isTTY) stream.write('\r\u001B[2K')
    },
  }
}
