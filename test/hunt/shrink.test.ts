/** Shrinking ends in the simplest violation, wherever it starts. */
import { describe, expect, test } from 'vitest'
import {
  claim,
  gradientFlow,
  judgeOf,
  nets,
  search,
  seeded,
  setting,
  swn as swnWeights,
  type Claim,
  type PointCase,
  type Setting,
} from '../../src/index.ts'
import { simplest } from '../../src/hunt/shrink.ts'

const reals = setting({ variables: { x: 'real', y: 'real', z: 'positive' } })
const swn = setting({ model: nets(), weights: swnWeights, rule: gradientFlow() })
const planted = (given: Setting<PointCase>, shows: string, assume: readonly string[] = []): Claim =>
  claim({
    ...{ id: 'planted', section: '0', source: 'none', says: '', given, shows, wrong: {} },
    assume: assume.map((formula, i) => ({ id: `a${i}`, says: '', formula })),
  })

/** The simplest forms from several violations. */
function formsOf(made: Claim, seeds: number): string[] {
  const found = Array.from({ length: seeds }, (_, seed) => {
    const { counterexample } = search(made, { seed, cases: 2000, refuteOnly: true, asFound: true })
    return JSON.stringify(simplest(made, judgeOf(made), counterexample!.case).case)
  })
  return [...new Set(found)]
}
const variablesOf = (form: string): unknown => (JSON.parse(form) as PointCase).values

describe('the same normal form from every start', () => {
  test.each([
    ['x >= 0', { x: '-1', y: '0', z: '1' }],
    ['x + y >= -3', { x: '-1', y: '-3', z: '1' }],
    ['x*y <= 2', { x: '1', y: '3', z: '1' }],
    ['z >= 1/3', { x: '0', y: '0', z: '1/4' }],
  ])('%s', (shows, simple) => {
    const forms = formsOf(planted(reals, shows), 12)
    expect(forms).toHaveLength(1)
    expect(variablesOf(forms[0]!)).toEqual(simple)
  })

  test('of a net: one point, one input, one unit', () => {
    const [form, ...others] = formsOf(planted(swn, 'norm(w_u) <= 1'), 8)
    expect(others).toEqual([])
    expect(JSON.parse(form!)).toMatchObject({
      net: { inputs: 1, layers: [{ width: 1, activation: 'z' }] },
      nodes: [{ gamma: '2', v: ['1'] }],
      data: [{ x: ['1'], y: 1 }],
    })
  })
})

test('where there is room inside an assumed inequality, the counterexample has room around it', () => {
  const [form] = formsOf(planted(reals, 'x <= 0', ['x >= 1']), 1)
  expect(variablesOf(form!)).toMatchObject({ x: '2' })
})

test('where there is none, it lies on the boundary', () => {
  const [form] = formsOf(planted(reals, 'x + y <= 0', ['x >= 1', 'x <= 1', 'y >= 0']), 1)
  expect(variablesOf(form!)).toMatchObject({ x: '1' })
})

test('a case that the setting refuses is never reached: γ = 0', () => {
  const made = planted(swn, 'norm(w_u) >= 100')
  const [form] = formsOf(made, 1)
  expect(form).toContain('"gamma":"')
  expect(form).not.toContain('"gamma":"0"')
})

test('whatever the budget, a violation comes back', () => {
  const made = planted(reals, 'x*y <= 2')
  const c = Array.from({ length: 400 }, (_, i) => reals.generate(seeded(i), new Set())).find(
    (one) => judgeOf(made).judge(one).status === 'violated',
  )!
  for (const most of [0, 1, 5, 50]) {
    const { case: simple } = simplest(made, judgeOf(made), c, { most, draws: 3 })
    expect(judgeOf(made).judge(simple).status).toBe('violated')
    expect(() => reals.parse(simple)).not.toThrow()
  }
})
