/** `lakatos flow`: the gradient flow of one system file, in any precision or enclosed. */
import { readFileSync, statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { EXIT, messageOf, UsageError } from './exit.ts'
import { absolute, shownPath } from './load.ts'
import { parseSystem, type SystemFile } from './system.ts'
import type { Options } from './arguments.ts'
import type { FlowAnswer, FlowOrder } from './flow-worker.ts'
import type { Format } from './flow-text.ts'

/** Follows the system of a file to its `until`, and prints how far it got. */
export async function flow([path]: readonly string[], options: Options): Promise<number> {
  const format = formatOf(options)
  const name = shownPath(absolute(path!))
  const source = textOf(name, absolute(path!))
  const file = asUsage(name, () => parseSystem(source))
  if (file.engine === 'enclosure' && (format === 'csv' || format === 'svg'))
    throw new UsageError(
      `flow: expected no --${format} with "rigorous": true, which encloses the end only; use --json, or leave "rigorous" out`,
    )
  const { text, reason } = await followed({ source, format }, file)
  process.stdout.write(text)
  return reason === 'end' ? EXIT.agreed : EXIT.open
}

function formatOf(options: Options): Format {
  const asked = (['json', 'csv', 'svg'] as const).filter((name) => options[name])
  if (asked.length > 1)
    throw new UsageError(
      `flow: expected one of --json, --csv, --svg, got ${asked.map((f) => `--${f}`).join(' ')}`,
    )
  return asked[0] ?? 'summary'
}

function textOf(name: string, path: string): string {
  const kind = statSync(path, { throwIfNoEntry: false })
  if (kind === undefined) throw new UsageError(`no such file: ${name}`)
  if (!kind.isFile()) throw new UsageError(`${name}: expected a file, got a folder`)
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`${name}: expected a readable file: ${messageOf(error)}`, { cause: error })
  }
}

function asUsage<T>(name: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${name}: ${messageOf(error)}`, { cause: error })
    throw error
  }
}

/** Nothing is said before this many milliseconds. */
const PATIENCE = 2000
const SILENCE = 10_000

/** The result of a worker; meanwhile progress on stderr: one line that is overwritten on a terminal, else some lines. */
function followed(order: FlowOrder, { clock }: SystemFile): Promise<{ text: string; reason: string }> {
  const stream = process.stderr
  const begun = performance.now()
  let doing = `from the start of ${clock}`
  let printed = -Infinity
  const tick = (): void => {
    const elapsed = performance.now() - begun
    if (elapsed < PATIENCE || (!stream.isTTY && elapsed - printed < SILENCE)) return
    printed = elapsed
    const line = `flow: ${doing}, ${(elapsed / 1000).toFixed(0)} s`
    stream.write(stream.isTTY ? `\r\u001B[2K${line.slice(0, (stream.columns || 80) - 1)}` : `${line}\n`)
  }
  const timer = setInterval(tick, 250)
  const thread = new Worker(new URL('./flow-worker.js', import.meta.url), { workerData: order })
  const result = new Promise<{ text: string; reason: string }>((resolve, reject) => {
    thread.on('message', (answer: FlowAnswer) => {
      if ('progress' in answer) doing = answer.progress
      else resolve(answer)
    })
    thread.on('error', reject)
    thread.on('exit', (code) => reject(new Error(`the worker of the flow stopped with code ${code}`)))
  })
  return result.finally(async () => {
    clearInterval(timer)
    if (stream.isTTY) stream.write('\r\u001B[2K')
    await thread.terminate()
  })
}
