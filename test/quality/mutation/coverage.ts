/** Coverage: which mutants each test of a file reaches, and how long it takes, without any mutant; kept in the cache. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Texts } from './modules.ts'
import type { Thread } from './thread.ts'

/** What the tests of one file reach. */
export interface Reach {
  readonly file: string
  /** The mutants that are met before any test runs; all tests are run for them. */
  readonly atLoad: readonly number[]
  readonly tests: readonly {
    readonly test: number
    readonly ms: number
    readonly reached: readonly number[]
  }[]
  readonly total: number
  readonly loads?: boolean
}

/** What the tests of a file reach. Those that fail without a mutant are left out, as they could say nothing of one. */
export async function measure(thread: Thread, texts: Texts, file: string, cache: string): Promise<Reach> {
  const hash = createHash('sha256')
  for (const [path, text] of Object.entries(texts))
    if (path === file || !(path.endsWith('.test.ts') || path.startsWith('test/quality/mutation/')))
      hash.update(text)
  const kept = join(cache, `${file.replaceAll(/\W/g, '-')}-${hash.digest('hex').slice(0, 16)}.json`)
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as Reach
  let atLoad: readonly number[] = []
  const tests: Reach['tests'][number][] = []
  const end = await thread.ask({ mutant: -1, file }, (answer) => {
    if (answer.kind === 'fails')
      process.stderr.write(`left out, as it fails without a mutant: ${answer.words.slice(0, 200)}\n`)
    if (answer.kind !== 'took') return
    if (answer.test < 0) atLoad = answer.reached
    else tests.push({ test: answer.test, ms: Math.round(answer.ms), reached: answer.reached })
  })
  if (end.failed !== undefined)
    throw new Error(`mutation: expected tests that pass, got ${end.failed} in ${file}`)
  const reach: Reach = { file, atLoad, tests, total: tests.reduce((sum, { ms }) => sum + ms, 0) }
  writeFileSync(kept, JSON.stringify(reach))
  process.stderr.write(`${file}: ${tests.length} tests pass in ${(reach.total / 1000).toFixed(1)} s\n`)
  return reach
}
