/**
 * Normal forms: shrinks what random search finds with each of many seeds, for every refuted claim, and writes
 * docs/shrinking.md. What is done is kept in the cache, so that an interrupted run goes on; `--fresh` begins anew.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as prettier from 'prettier'
import { search } from '../../src/hunt/search.ts'
import { addressOf } from '../../src/claim/paper.ts'
import { pageOf } from '../../src/report/corpus.ts'
import { claims, recordedOf } from '../properties/loaded.ts'

const CACHE = 'node_modules/.cache/lakatos-normal-forms.jsonl'
const DOCUMENT = 'docs/shrinking.md'
const SEEDS = 100
const CASES = 2000

interface Done {
  /** The address of the claim. */
  readonly id: string
  readonly seed: number
  /** The case shrunk to; `null` where the search found none. */
  readonly form: string | null
}

if (process.argv.includes('--fresh')) rmSync(CACHE, { force: true })
mkdirSync(dirname(CACHE), { recursive: true })
const done: Done[] = existsSync(CACHE)
  ? readFileSync(CACHE, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Done)
  : []

const refuted = claims.filter((claim) => recordedOf(claim)?.verdict === 'refuted')
const cheapFirst = refuted.toSorted((a, b) => Number(!!a.given.enclosures) - Number(!!b.given.enclosures))
for (const claim of cheapFirst)
  for (let seed = 1; seed <= SEEDS; seed++) {
    if (done.some((one) => one.id === addressOf(claim) && one.seed === seed)) continue
    const { counterexample } = search(claim, { seed, cases: CASES, refuteOnly: true })
    const one: Done = {
      id: addressOf(claim),
      seed,
      form: counterexample ? JSON.stringify(counterexample.case) : null,
    }
    done.push(one)
    appendFileSync(CACHE, `${JSON.stringify(one)}\n`)
    process.stderr.write(`${claim.id} ${seed}/${SEEDS}\n`)
  }

const rows = refuted.map((claim) => {
  const id = addressOf(claim)
  const own = done.filter((one) => one.id === id && one.seed <= SEEDS)
  const forms = new Map<string, number>()
  for (const { form } of own) if (form !== null) forms.set(form, (forms.get(form) ?? 0) + 1)
  const missed = own.filter(({ form }) => form === null).length
  const most = Math.max(0, ...forms.values())
  return `| [${claim.id}](claims/${pageOf(id)}) | ${most} of ${own.length} | ${forms.size} | ${missed} |`
})
const text = [
  '# Where shrinking ends',
  '',
  `Written by \`npm run normal-forms\`: for every refuted claim and each of ${SEEDS} seeds, random search finds a violation among at most ${CASES} cases, and shrinking makes it simple. A shrinker worth its name ends in one form, wherever the search came from.`,
  '',
  '| refuted claim | seeds that end in the most frequent form | distinct forms | seeds without a violation |',
  '| --- | ---: | ---: | ---: |',
  ...rows,
  '',
].join('\n')
const options = await prettier.resolveConfig(DOCUMENT)
writeFileSync(DOCUMENT, await prettier.format(text, { ...options, parser: 'markdown' }))
