/** What a setting refuses before any work, and what a population keeps. */
import { describe, expect, test } from 'vitest'
import { claim, type ClaimDefinition } from '../../src/claim/claim.ts'
import { seeded } from '../../src/claim/random.ts'
import { check } from '../../src/hunt/check.ts'
import { nets, objective } from '../../src/model/model.ts'
import { ewn, parameterization } from '../../src/model/parameterization.ts'
import { everyMoment } from '../../src/motion/moment.ts'
import { gradientDescent, gradientFlow, next, velocity } from '../../src/motion/rule.ts'
import type { PointCase } from '../../src/setting/point/case.ts'
import { only, type Start } from '../../src/setting/point/population.ts'
import { setting, type SettingDefinition } from '../../src/setting/setting.ts'

const vector = objective({ w: 'vector' }, 'dot(w, w)')
const factors = parameterization({ parameters: { p: 'vector', n: 'vector' }, w: 'p + n' })
const f = { of: 'z', among: ['exp(z)', 'z^2'] } as const

describe('each symbol means one thing', () => {
  test.each<[string, () => SettingDefinition, string]>([
    [
      'a parameter that is a symbol',
      () => ({ model: nets(), weights: parameterization({ parameters: { a_u: 'vector' }, w_u: 'a_u' }) }),
      '"a" is a parameter or weight and is a symbol',
    ],
    [
      'a weight that is a symbol',
      () => ({ model: objective({ g: 'real' }, 'g^2') }),
      '"g" is a parameter or weight and is a symbol',
    ],
    [
      'extra state that is a symbol',
      () => ({ model: nets(), rule: next({ q_u: 'q_u', w_u: 'w_u' }, { state: { q_u: '0*w_u' } }) }),
      '"q" is extra state and is a symbol',
    ],
    [
      'extra state that is a parameter',
      () => ({ model: vector, weights: factors, rule: next({ p: 'p' }, { state: { p: '0*n' } }) }),
      '"p" is extra state and is a parameter',
    ],
    [
      'a variable of a net that is a symbol',
      () => ({ model: nets(), variables: { x: 'vector' } }),
      '"x" is a variable and is a symbol',
    ],
    [
      'a variable that is a function',
      () => ({ variables: { norm: 'real' } }),
      '"norm" is a variable and means something everywhere',
    ],
    [
      'a variable that is a derivative',
      () => ({ variables: { f, fprime: 'real' } }),
      '"fprime" is an unknown function or its derivative and is a variable',
    ],
    [
      'a variable that is the rate',
      () => ({ variables: { eta: 'real' } }),
      '"eta" is a variable and means something everywhere',
    ],
    [
      'a variable that is a weight',
      () => ({ model: vector, weights: factors, variables: { w: 'real' } }),
      '"w" is a variable and is a symbol',
    ],
    [
      'a weight beside the parameterized one',
      () => ({ model: objective({ w: 'vector', b: 'real' }, 'b*dot(w, w)'), weights: factors }),
      'expected an objective of the one weight "w"',
    ],
    [
      'an angle that moves',
      () => ({ variables: { phi: 'angle' }, rule: velocity({ phi: '1' }) }),
      'got the angle "phi"',
    ],
    [
      'a rate that reads itself',
      () => ({ model: vector, rule: gradientFlow({ rate: 'eta/2' }) }),
      'got one that reads "eta"',
    ],
    [
      'a batch of no data',
      () => ({ model: vector, rule: gradientDescent({ batch: { size: 1, order: 'cyclic' } }) }),
      'expected a model nets() for a batch',
    ],
  ])('%s', (_, definition, message) => {
    expect(() => setting(definition())).toThrow(message)
  })
  test('what differs stands', () => {
    expect(() =>
      setting({ model: nets(), weights: ewn, rule: gradientFlow(), variables: { f, z: 'real' } }),
    ).not.toThrow()
    expect(() => setting({ variables: { a: 'real', x: 'real', L: 'real' } })).not.toThrow()
  })
})

const verdictOf = (given: SettingDefinition, shows: string) => {
  const definition = { id: 'x', section: '1', source: 'test', says: 'test', wrong: {}, shows }
  return check(claim({ ...definition, given: setting(given) } as unknown as ClaimDefinition<never>), {
    cases: 40,
  })
}

describe('what is no statement is refused', () => {
  test('an objective that is a vector', () => {
    expect(() => verdictOf({ model: objective({ w: 'vector' }, 'w') }, 'L == 1')).toThrow(
      'expected L to be a number',
    )
  })
  test('a name set twice', () => {
    expect(() => verdictOf({ variables: { x: 'real' } }, 'at(x, x = 1, x = 2) == 1')).toThrow(
      'each name to be set once',
    )
  })
})

describe('a population is kept', () => {
  const layer = { width: 2, activation: 'z' } as const
  const net = { inputs: 2, layers: [layer, { ...layer, width: 1 }] }
  const data = [
    { x: ['3/7', '5'], y: 1 },
    { x: ['1', '-11/3'], y: -1 },
  ]
  test.each([
    ['a net', { net }],
    ['data', { data }],
    ['a net and data', { net, data }],
    ['a net, a loss and data', { net, data, loss: 'exp(-m)' }],
    ['weights and data', { net, data, values: { w_1: ['7/9', '1'] } }],
  ])('%s in what is drawn and simpler', (_, start) => {
    const given: SettingDefinition = { model: nets({ loss: 'exp(-m)' }), population: only(start) }
    const kept = (c: PointCase): void => {
      if ('net' in start) expect(c.net).toEqual(net)
      if ('data' in start) expect(c.data).toEqual(data)
      if ('values' in start) expect(c.nodes[0]).toEqual({ w: start.values!.w_1 })
    }
    const cases = setting(given)
    const random = seeded(3)
    expect.hasAssertions()
    for (let i = 0; i < 10; i++) {
      const c = cases.generate(random, new Set())
      kept(c)
      for (const simple of cases.simpler(c, new Set())) kept(simple)
      kept(cases.parse(JSON.parse(JSON.stringify(c))))
    }
  })
  test('weights and data in what is shrunk', () => {
    const values = { w_1: ['7/9', '1'] }
    const population = only({ net, data, values })
    const { counterexample } = verdictOf({ model: nets({ loss: 'exp(-m)' }), population }, 'L >= 100')
    expect(counterexample!.case).toMatchObject({ net, data, nodes: [{ w: values.w_1 }, {}, {}] })
  })
  test.each<[string, Start, string]>([
    [
      'a name that is none',
      { net, values: { w_9: ['1'] } },
      'expected values among eta, w_1, w_2, w_3, got "w_9"',
    ],
    [
      'a weight of another length',
      { net, values: { w_1: ['1'] } },
      '"w_1" to be a vector of 2 exact numbers',
    ],
    [
      'a label that is none',
      { net, data: [{ x: ['1', '1'], y: 2 }] },
      'expected points of 2 numbers with labels 1 or −1',
    ],
    ['a rate that is not positive', { values: { eta: '0' } }, '"eta" to be a positive exact number'],
  ])('%s is refused', (_, start, message) => {
    const rule = gradientDescent()
    const cases = setting({ model: nets({ loss: 'exp(-m)' }), rule, population: only(start) })
    expect(() => cases.generate(seeded(1), new Set())).toThrow(message)
  })
  test('a case of another population is refused', () => {
    const other = setting({ model: nets({ loss: 'exp(-m)' }) }).generate(seeded(1), new Set())
    expect(() =>
      setting({ model: nets({ loss: 'exp(-m)' }), population: only({ data }) }).parse(other),
    ).toThrow('expected data as the population fixes it')
  })
})

test('a rate that the population fixes is that of every step of a run', () => {
  const given = setting({
    model: nets({ loss: 'r^2/2' }),
    rule: gradientDescent(),
    moment: everyMoment({ steps: 3 }),
    population: only({ values: { eta: '1/2' } }),
  })
  for (let seed = 0; seed < 20; seed++) {
    const c = given.generate(seeded(seed), new Set())
    expect(c.later!.map(({ eta }) => eta)).toEqual(c.later!.map(() => '1/2'))
    const other = { ...c, later: c.later!.map(() => ({ eta: '1/4' })) }
    expect(given.refuses!(other, c)).toBeDefined()
  }
})
