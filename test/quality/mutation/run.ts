/**
 * Run: draws mutants of the exact core, runs the tests that reach them, and writes docs/mutation.md.
 * `npm run mutation -- [--seed N] [--count N] [--part I/N] [--again] [--report] [--fresh]`: what is done is kept in the cache, so that
 * an interrupted run goes on where it was; `--part 1/2` takes every second mutant, for a process beside another;
 * `--again` runs the survivors again; `--report` runs none and writes the page of what is done; `--fresh` begins anew.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as prettier from 'prettier'
import { MUTATED, testFiles } from './core.ts'
import { measure, type Reach } from './coverage.ts'
import { transpiled } from './modules.ts'
import { draw, instrument, mutantsOf } from './mutants.ts'
import { isRead, mutationText, type Result } from './report.ts'
import { judge, newThread } from './thread.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1000' },
    part: { type: 'string', default: '1/1' },
    again: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
  },
})
const CACHE = 'node_modules/.cache/lakatos-mutation'
const JOURNAL = join(CACHE, 'journal.jsonl')
const DOCUMENT = 'docs/mutation.md'
const [part, parts] = values.part.split('/').map(Number) as [number, number]

if (values.fresh) rmSync(CACHE, { recursive: true, force: true })
mkdirSync(CACHE, { recursive: true })
const done = new Map<string, Result>()
if (existsSync(JOURNAL))
  for (const line of readFileSync(JOURNAL, 'utf8').split('\n').filter(Boolean)) {
    const result = JSON.parse(line) as Result
    done.set(result.key, result)
  }

const all = MUTATED.flatMap((file) => mutantsOf(file, readFileSync(file, 'utf8')))
const drawn = draw(all, values.seed, Number(values.count))
const numbers = new Map(drawn.map((m, i) => [m.key, i]))
const texts = transpiled(['src', 'properties', 'test'], (file, text) =>
  instrument(
    file,
    text,
    drawn.filter((m) => m.file === file),
    (m) => numbers.get(m.key)!,
  ),
)
const thread = newThread(texts)

/** How the tests of some files answer to a mutant: those of its own room first, and the quick ones first. */
async function attack(reaches: readonly Reach[], number: number): Promise<Omit<Result, 'key'> | undefined> {
  for (const { file, tests, loads } of reaches) {
    const chosen = tests.filter(({ reached }) => loads || reached.includes(number))
    if (chosen.length === 0) continue
    const order = chosen.toSorted((a, b) => a.ms - b.ms).map(({ test }) => test)
    const end = await judge(
      thread,
      { mutant: number, file, tests: order },
      (t) => tests.find(({ test }) => test === t)?.ms ?? 1000,
    )
    if (end) return { status: end.status, by: `${file}: ${end.words}` }
  }
  return undefined
}

const lines = values.report ? [] : testFiles()
/** Those that nobody has an explanation for yet come first. */
const order = [...drawn.entries()].toSorted(([, a], [, b]) => Number(isRead(a)) - Number(isRead(b)))
for (const [line, files] of lines.entries()) {
  const measured: Reach[] = []
  for (const file of files) measured.push(await measure(thread, texts, file, CACHE))
  for (const [i, { key, file, line: at, from, to }] of order) {
    if (i % parts !== part - 1) continue
    const known = done.get(key)
    if (known && (known.status !== 'survived' || (known.lines! > line && !values.again))) continue
    const room = file.split('/')[1]!
    const near = (r: Reach): number => (r.file.startsWith(`test/${room}/`) ? 0 : 1)
    const reaches = measured
      .map((r) => ({ ...r, loads: r.atLoad.includes(i) }))
      .filter((r) => r.loads || r.tests.some(({ reached }) => reached.includes(i)))
      .toSorted((a, b) => near(a) - near(b) || a.total - b.total)
    const begun = performance.now()
    const end = await attack(reaches, i)
    const reached = reaches.length > 0 || (known?.reached ?? false)
    const result: Result = { key, ...(end ?? { status: 'survived', reached, lines: line + 1 }) }
    done.set(key, result)
    appendFileSync(JOURNAL, `${JSON.stringify(result)}\n`)
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    process.stderr.write(
      `${line + 1}: ${i + 1}/${drawn.length} ${file}:${at} ${short(from)} → ${short(to) || 'nothing'}: ${result.status} (${seconds} s)\n`,
    )
  }
}
await thread.end()

if (drawn.every(({ key }) => done.has(key))) {
  const options = await prettier.resolveConfig(DOCUMENT)
  const text = mutationText(values.seed, all, drawn, done)
  writeFileSync(DOCUMENT, await prettier.format(text, { ...options, parser: 'markdown' }))
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}
