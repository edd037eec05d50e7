/** The planted falsehoods are false, and the published table is about them and still true. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { annealing } from '../../src/hunt/anneal.ts'
import { cmaEs } from '../../src/hunt/evolve.ts'
import { GUIDED, hunt } from '../../src/hunt/hunt.ts'
import { judgeOf } from '../../src/hunt/judge.ts'
import { BOTH, BUDGETS, detectionText, findsIn, SEED, STRATEGIES, type Outcome } from './detection.ts'
import { PLANTED, TIGHT } from './planted.ts'

const witnesses = JSON.parse(readFileSync('test/quality/witnesses.json', 'utf8')) as Record<string, unknown>
const document = readFileSync('docs/detection.md', 'utf8')

describe('every planted falsehood has a witness', () => {
  test('at least 40 of them, each once', () => {
    const ids = PLANTED.map(({ claim }) => claim.id)
    expect(ids.length).toBeGreaterThanOrEqual(40)
    expect(new Set(ids).size).toBe(ids.length)
    expect(Object.keys(witnesses).toSorted()).toEqual(ids.toSorted())
    expect(TIGHT.length).toBeGreaterThanOrEqual(8)
  })

  test.each(PLANTED.map(({ claim }) => [claim.id, claim] as const))('%s', (id, claim) => {
    const c = claim.given.parse(witnesses[id])
    expect(judgeOf(claim).judge(c, true).status).toBe('violated')
  })
})

/** The rows of the document's second table: the evaluations of each strategy, `null` where it found nothing. */
const rows = new Map(
  document
    .split('\n')
    .filter((line) => line.startsWith('| `planted-'))
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim())
      const finds = cells.slice(3, -1).map((cell) => (cell === '–' ? null : Number(cell.replaceAll(' ', ''))))
      return [
        cells[1]!.replaceAll('`', ''),
        Object.fromEntries([...STRATEGIES, BOTH].map((s, i) => [s, finds[i]!])),
      ]
    }),
)

describe('docs/detection.md', () => {
  test('has a row for each planted falsehood, and for nothing else', () => {
    expect([...rows.keys()]).toEqual(PLANTED.map(({ claim }) => claim.id))
  })

  test('counts what its rows say, and meets the bar: 9 in 10 by guidance, clearly more than at random', () => {
    const most = BUDGETS.at(-1)!
    const counted = (strategy: string, budget: number): number =>
      [...rows.values()].filter((finds) => (finds[strategy] ?? Infinity) <= budget).length
    for (const strategy of [...STRATEGIES, BOTH]) {
      const line = document.split('\n').find((l) => l.startsWith(`| ${strategy} `))!
      const cells = line.split('|').slice(2, -1)
      expect(cells.map((cell) => parseInt(cell))).toEqual(BUDGETS.map((budget) => counted(strategy, budget)))
    }
    expect(counted(BOTH, most)).toBeGreaterThanOrEqual(0.9 * PLANTED.length)
    expect(counted(BOTH, most) - counted('random', most)).toBeGreaterThanOrEqual(0.2 * PLANTED.length)
  })

  const ofVariables = PLANTED.filter(({ claim }) => claim.given.name === 'variables')
  const quick = ofVariables.filter(({ claim }) => (rows.get(claim.id)?.[BOTH] ?? Infinity) <= 1000)
  test.each(quick.map(({ claim }) => [claim.id, claim] as const))(
    'is still true of %s',
    async (id, claim) => {
      const { found } = await hunt(claim, {
        evaluations: 1000,
        seed: SEED,
        strategies: GUIDED,
        untilFound: true,
      })
      expect(found?.evaluation).toBe(rows.get(id)![BOTH])
    },
  )
  test('and that is a sample worth the name', () => {
    expect(quick.length).toBeGreaterThanOrEqual(5)
  })
})

test('what both strategies find in turns follows from what each finds alone', async () => {
  const { claim } = PLANTED.find(({ claim: c }) => c.id === 'planted-shell')!
  const alone = await Promise.all(
    [annealing, cmaEs].map(async (strategy): Promise<Outcome> => {
      const { found, evaluations } = await hunt(claim, {
        evaluations: 3000,
        seed: 5,
        strategies: [strategy],
        untilFound: true,
      })
      return {
        id: claim.id,
        strategy: strategy.name,
        seed: 5,
        found: found?.own ?? null,
        evaluations,
        seconds: 1,
      }
    }),
  )
  const { found } = await hunt(claim, { evaluations: 6000, seed: 5, untilFound: true })
  expect(findsIn(alone)(claim.id, BOTH, 5)).toBe(found!.evaluation)
})

test('a table of nothing finds nothing', () => {
  expect(detectionText([])).toContain(`| both | 0 of ${PLANTED.length} |`)
})
