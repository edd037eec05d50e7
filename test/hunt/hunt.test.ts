/** The hunt: what it finds is certain, the same seed finds the same, budgets are equal, and interruption keeps the best. */
import { describe, expect, test } from 'vitest'
import { annealing } from '../../src/hunt/anneal.ts'
import { cmaEs } from '../../src/hunt/evolve.ts'
import type { Claim } from '../../src/claim/claim.ts'
import { GUIDED, hunt, type HuntOptions, type HuntResult } from '../../src/hunt/hunt.ts'
import { judgeOf } from '../../src/hunt/judge.ts'
import { randomSearch } from '../../src/hunt/random-search.ts'
import { integrals } from '../../src/setting/partial-sums.ts'
import { setting } from '../../src/setting/setting.ts'
import { PLANTED, TIGHT } from '../quality/planted.ts'
import { claimed, ewn, ewnSteps } from './settings.ts'

const planted = (id: string) => PLANTED.find(({ claim }) => claim.id === `planted-${id}`)!.claim
const numbers = setting({ variables: { x: 'real', y: 'real' } })
const thin = claimed(numbers, '(x - 0.37)^2 + (y + 1.21)^2 >= 1/100000')
const HUNTED = [planted('thin-4'), planted('four-ties'), planted('shell'), planted('cone')]

describe('a find', () => {
  test.each(HUNTED.map((claim) => [claim.id, claim] as const))(
    'is confirmed, goes on to worse, and is a valid case: %s',
    async (_, claim) => {
      const { found, mostViolated, evaluations } = await hunt(claim, { evaluations: 6000, seed: 1 })
      expect(evaluations).toBe(6000)
      for (const find of [found!, mostViolated!]) {
        const c = claim.given.parse(JSON.parse(JSON.stringify(find.counterexample.case)))
        expect(judgeOf(claim).judge(c).status).toBe('violated')
        expect(find.slack).toBeLessThan(0)
      }
      expect(mostViolated!.slack).toBeLessThanOrEqual(found!.slack)
      expect(mostViolated!.evaluation).toBeGreaterThanOrEqual(found!.evaluation)
    },
  )

  test('of a tie is exact', async () => {
    const claim = claimed(numbers, 'x < y', { assume: [{ id: 'order', says: 'x ≤ y', formula: 'x <= y' }] })
    const { found } = await hunt(claim, { evaluations: 3000, seed: 1, untilFound: true })
    const { values } = found!.counterexample.case as { values: Record<string, string> }
    expect(values['x']).toBe(values['y'])
  })

  test.each([randomSearch, annealing, cmaEs])(
    'comes from each strategy alone where it is easy: $name',
    async (strategy) => {
      const claim = claimed(numbers, 'x + y <= 7')
      const { found } = await hunt(claim, { evaluations: 2000, strategies: [strategy], untilFound: true })
      expect(found).toMatchObject({ strategy: strategy.name })
    },
  )
})

describe('a true claim that is tight', () => {
  test.each(TIGHT.map((claim) => [claim.id, claim] as const))(
    'is never refuted, and comes close: %s',
    async (_, claim) => {
      const { found, board } = await hunt(claim, { evaluations: 1200, seed: 4 })
      expect(found).toBe(undefined)
      expect(board.length).toBeGreaterThan(0)
      expect(board[0]!.slack).toBeGreaterThan(-1e-9)
      expect(board[0]!.slack).toBeLessThan(claim.id === 'tight-cone' ? 0.05 : 1e-3)
    },
  )
})

test('the least slack found by guidance is far below that of random draws', async () => {
  const slackOf = async (strategies: HuntOptions['strategies']): Promise<number> =>
    (await hunt(planted('thin-6'), { evaluations: 600, seed: 2, strategies: strategies! })).board[0]!.slack
  expect(await slackOf(GUIDED)).toBeLessThan(await slackOf([randomSearch]))
})

describe('the board', () => {
  test('has one case of each structure, the smallest slack first, all of them valid', async () => {
    const claim = claimed(ewnSteps, 'norm(v_u(t+1)) <= 4*norm(v_u)')
    const { board } = await hunt(claim, { evaluations: 600, seed: 3 })
    expect(board.length).toBeGreaterThan(3)
    expect(board.map(({ slack }) => slack)).toEqual(board.map(({ slack }) => slack).toSorted((a, b) => a - b))
    expect(new Set(board.map(({ case: c }) => claim.given.structure(c))).size).toBe(board.length)
    for (const { case: c, left, right } of board) {
      expect(claim.given.parse(JSON.parse(JSON.stringify(c)))).toEqual(c)
      expect(left!).toBeLessThanOrEqual(right!)
    }
  })
})

describe('the seed decides everything', () => {
  test.each([planted('thin-4'), planted('small-step')].map((claim) => [claim.id, claim] as const))(
    '%s',
    async (_, claim) => {
      const result = (seed: number): Promise<HuntResult> => hunt(claim, { evaluations: 300, seed })
      const first = await result(9)
      expect(await result(9)).toEqual(first)
      expect((await result(10)).board).not.toEqual(first.board)
    },
  )

  test('and a strategy does in company what it does alone', async () => {
    const claim = planted('four-ties')
    const both = await hunt(claim, { evaluations: 2000, seed: 5 })
    for (const [k, strategy] of GUIDED.entries()) {
      const { strategies } = await hunt(claim, { evaluations: 1000, seed: 5, strategies: [strategy] })
      expect(strategies[0]).toEqual(both.strategies[k])
    }
  })
})

describe('budgets', () => {
  test.each([1, 2, 3, 99, 101, 777])(
    'of %i evaluations are split evenly, to the last one',
    async (evaluations) => {
      const result = await hunt(thin, { evaluations, strategies: [annealing, cmaEs, randomSearch] })
      const parts = result.strategies.map((s) => s.evaluations)
      expect(result.evaluations).toBe(evaluations)
      expect(parts.reduce((a, b) => a + b, 0)).toBe(evaluations)
      expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1)
    },
  )

  test.each([0, -1, 1.5, NaN])('of %d are refused', async (evaluations) => {
    await expect(hunt(thin, { evaluations })).rejects.toThrow(
      'hunt: expected a budget of at least 1 evaluation',
    )
  })
})

test('an interrupted hunt keeps the best so far', async () => {
  let asked = 0
  const result = await hunt(thin, { evaluations: Infinity, stop: () => asked++ >= 500 })
  expect(result.evaluations).toBe(500)
  const whole = await hunt(thin, { evaluations: 500 })
  expect(result.board).toEqual(whole.board)
})

test('progress is told, and ends with what the result says', async () => {
  const seen: number[] = []
  const { evaluations } = await hunt(claimed(ewn, 'L >= 0'), {
    evaluations: 400,
    onProgress: (p) => seen.push(p.evaluations),
  })
  expect(seen.at(-1)).toBe(evaluations)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
})

describe('claims on limits', () => {
  const integral = (shows: string): Claim => claimed(integrals(), shows)

  test('are hunted by their margins, in as many evaluations as their setting says', async () => {
    const { evaluations, found, board } = await hunt(integral('lim(F) == inf'))
    expect(evaluations).toBe(60)
    expect(found!.counterexample.evidence.right).toBe('∞')
    expect(board.every(({ slack }) => slack >= 0)).toBe(true)
  })

  test('and where one holds, the near misses are those with the smallest margins', async () => {
    const { found, board } = await hunt(integral('g > 0'), { evaluations: 30 })
    expect(found).toBe(undefined)
    expect(board[0]!.slack).toBeGreaterThan(0)
    expect(board[0]!.slack).toBeLessThan(1)
  })
})
