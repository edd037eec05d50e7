/** Cases of trajectories: what is one, and what all of them satisfy. */
import { startsBelow1 } from '../../properties/morwani-ramaswamy-2022/premises.ts'
import { homogeneous, smooth } from '../../src/setting/assumptions.ts'
import { inhomogeneity, kink } from '../../src/setting/regularity.ts'
import { describe, expect, test } from 'vitest'
import {
  claim,
  everyMoment,
  ewn,
  exponential,
  gradientFlow,
  hunt,
  nets,
  next,
  seeded,
  setting as fourChoices,
  swn,
  unnorm,
  velocity,
} from '../../src/index.ts'
import { compileRelations, decide } from '../../src/claim/decide.ts'
import { PremiseFails } from '../../src/claim/setting.ts'
import { withPremise } from '../../src/hunt/screen.ts'
import { parseFormula } from '../../src/program/formula.ts'
import type { PointCase } from '../../src/setting/point/case.ts'

const flows = { ewn, swn, unnorm }
const along = (flow: keyof typeof flows, loss = exponential) =>
  fourChoices({
    model: nets({ loss }),
    weights: flows[flow],
    rule: gradientFlow({ rate: '1' }),
    moment: everyMoment(),
  })
const given = along('ewn')
const start: PointCase = {
  ...{ version: 2, dimension: 2, chosen: {}, values: {}, formulas: { eta: '1' } },
  net: { inputs: 2, layers: [{ width: 1, activation: 'z' }] },
  loss: 'exponential',
  nodes: [{ w: ['3', '1'] }],
  until: { s: '1/2' },
  data: [
    { x: ['0', '1'], y: 1 },
    { x: ['1', '-2'], y: 1 },
  ],
}

test.each(['ewn', 'swn', 'unnorm'] as const)('%s: every case satisfies the premise', (flow) => {
  const setting = along(flow)
  const { formula, inputs } = setting.premise!
  const premise = parseFormula(formula)
  for (let seed = 0; seed < 40; seed++) {
    const c = setting.generate(seeded(seed), new Set(seed % 2 ? [startsBelow1] : []))
    const values = new Map([...setting.values(c), ...inputs(c)])
    expect(decide(compileRelations(withPremise(setting as never), [premise], c), values).status).toBe('holds')
    expect(setting.parse(JSON.parse(JSON.stringify(c)))).toEqual(c)
  }
})

describe('what is no case', () => {
  test('a moment that is not after the start breaks the premise: log 1/L is 0.307 there', () => {
    expect(given.parse(start)).toEqual(start)
    expect(given.parse({ ...start, until: { s: '308/1000' } })).toMatchObject({ until: { s: '308/1000' } })
    expect(() => given.parse({ ...start, until: { s: '306/1000' } })).toThrow(PremiseFails)
  })

  test.each([
    ['η other than 1', { formulas: { eta: '2' } }],
    ['another loss', { loss: 'cross-entropy' }],
    ['a weight vector 0', { nodes: [{ w: ['0', '0'] }] }],
    ['no moment', { until: undefined }],
    ['a moment in another clock', { until: { t: '1' } }],
    ['a number of steps', { until: { steps: 1 } }],
  ])('%s is malformed', (_, change) => {
    const parse = (): unknown => given.parse({ ...start, ...change })
    expect(parse).toThrow(/^case: expected /)
    expect(parse).not.toThrow(PremiseFails)
  })

  test('a case of the first form is read, at η = 1 only', () => {
    const { net, loss, data } = start
    const former = {
      ...{ net, loss, data, normalization: 'ewn', eta: '1', chosen: {}, variables: {}, until: '1/2' },
      nodes: [{ vector: ['3', '1'] }],
    }
    expect(given.parse(former)).toEqual(start)
    expect(() => given.parse({ ...former, eta: '2' })).toThrow(/expected "eta" to be 1/)
  })
})

test.each([
  ['smooth', smooth, ({ net }: PointCase) => kink(net!)],
  ['homogeneous', homogeneous, ({ net }: PointCase) => inhomogeneity(net!)],
] as const)(
  'starts that are not %s are drawn where a drop asks for them, and nowhere else',
  (_, negates, why) => {
    const setting = along('ewn')
    const not = { id: 'not', says: 'not', negates }
    for (let seed = 0; seed < 12; seed++) {
      expect(why(setting.generate(seeded(seed), new Set([not])))).toBeDefined()
      expect(why(setting.generate(seeded(seed), new Set([negates])))).toBe(undefined)
    }
  },
)

describe('what lies beyond the horizon is no case', () => {
  const flow = fourChoices({
    rule: velocity({ x: '-x' }),
    moment: everyMoment({ t: ['1/4', '1'] }),
    variables: { x: 'positive' },
  })
  const c = { version: 2, dimension: 1, chosen: {}, formulas: {}, nodes: [], values: { x: '1' } }
  test('of a flow in time', () => {
    expect(flow.parse({ ...c, until: { t: '1' } })).toMatchObject({ until: { t: '1' } })
    expect(() => flow.parse({ ...c, until: { t: '5/4' } })).toThrow(/at most the horizon t = 1\/4 or 1/)
    for (let seed = 0; seed < 40; seed++)
      expect(flow.parse(flow.generate(seeded(seed), new Set()))).toBeDefined()
  })

  test('of a flow in s', () => {
    const given = fourChoices({
      model: nets({ loss: exponential }),
      rule: gradientFlow({ rate: '1' }),
      moment: everyMoment({ s: '2' }),
    })
    for (let seed = 0; seed < 20; seed++) {
      const drawn = given.generate(seeded(seed), new Set())
      expect(given.parse(drawn)).toEqual(drawn)
    }
    const drawn = given.generate(seeded(1), new Set())
    expect(() => given.parse({ ...drawn, until: { s: '3' } })).toThrow(/at most the horizon s = 2/)
  })

  test('of steps', () => {
    const given = fourChoices({
      rule: next({ x: 'x/2' }),
      moment: everyMoment({ steps: [1, 3] }),
      variables: { x: 'real' },
    })
    expect(given.parse({ ...c, until: { steps: 3 } })).toMatchObject({ until: { steps: 3 } })
    expect(() => given.parse({ ...c, until: { steps: 4 } })).toThrow(/at most the horizon of 3 steps/)
    expect([...given.simpler({ ...c, until: { steps: 3 } } as never, new Set())].length).toBeGreaterThan(0)
  })

  test('and a horizon in s asks for a loss', () => {
    const choices = { rule: velocity({ x: '-x' }), variables: { x: 'real' }, moment: everyMoment({ s: '2' }) }
    expect(() => fourChoices(choices as never)).toThrow(/expected a model with a loss/)
  })
})

test('a hunt stays within the horizon', async () => {
  const made = claim({
    ...{ id: 'within', section: '0', source: 'planted', says: 't is at most 1', wrong: {}, shows: 't <= 1' },
    given: fourChoices({
      rule: velocity({ x: '-x' }),
      moment: everyMoment({ t: '1' }),
      variables: { x: 'positive' },
    }),
  })
  const { found, evaluations } = await hunt(made, { evaluations: 400 })
  expect([found, evaluations]).toEqual([undefined, 400])
})

test('no simpler case lies beyond it', () => {
  const given = fourChoices({
    rule: velocity({ x: '-x' }),
    moment: everyMoment({ t: ['1/16', '1/8'] }),
    variables: { x: 'positive' },
  })
  const c = given.generate(seeded(1), new Set())
  const simpler = [...given.simpler(c, new Set())]
  expect(simpler.length).toBeGreaterThan(0)
  for (const simple of simpler) expect(given.parse(simple)).toEqual(simple)
})
