/**
 * Detect: runs every strategy on every planted falsehood and writes docs/detection.md. What is done is kept in the
 * cache, so that an interrupted run goes on where it was; `--fresh` begins anew.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as prettier from 'prettier'
import { annealing } from '../../src/hunt/anneal.ts'
import { cmaEs } from '../../src/hunt/evolve.ts'
import { hunt } from '../../src/hunt/hunt.ts'
import { randomSearch } from '../../src/hunt/random-search.ts'
import { BUDGETS, detectionText, MORE_SEEDS, SEED, type Outcome } from './detection.ts'
import { PLANTED } from './planted.ts'

const CACHE = 'node_modules/.cache/lakatos-detection.jsonl'
const DOCUMENT = 'docs/detection.md'

if (process.argv.includes('--fresh')) rmSync(CACHE, { force: true })
mkdirSync(dirname(CACHE), { recursive: true })
const done: Outcome[] = existsSync(CACHE)
  ? readFileSync(CACHE, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Outcome)
  : []

const wanted = [SEED, ...MORE_SEEDS].flatMap((seed) =>
  PLANTED.flatMap(({ claim, cap }) =>
    [annealing, cmaEs, ...(seed === SEED ? [randomSearch] : [])].map((strategy) => ({
      claim,
      cap,
      strategy,
      seed,
    })),
  ),
)
for (const [i, { claim, cap, strategy, seed }] of wanted.entries()) {
  if (done.some((o) => o.id === claim.id && o.strategy === strategy.name && o.seed === seed)) continue
  const begun = performance.now()
  const evaluations = Math.min(BUDGETS.at(-1)!, cap ?? Infinity)
  const result = await hunt(claim, { evaluations, seed, strategies: [strategy], untilFound: true })
  const outcome: Outcome = {
    ...{ id: claim.id, strategy: strategy.name, seed, found: result.found?.own ?? null },
    ...{ evaluations: result.evaluations, seconds: (performance.now() - begun) / 1000 },
  }
  done.push(outcome)
  appendFileSync(CACHE, `${JSON.stringify(outcome)}\n`)
  process.stderr.write(
    `${i + 1}/${wanted.length} ${claim.id} ${strategy.name} ${seed}: ${outcome.found ?? 'not found'} (${outcome.seconds.toFixed(1)} s)\n`,
  )
}
const options = await prettier.resolveConfig(DOCUMENT)
writeFileSync(DOCUMENT, await prettier.format(detectionText(done), { ...options, parser: 'markdown' }))
