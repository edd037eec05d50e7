/** Cases of trajectories: what is one, and what all of them satisfy. */
import { homogeneous, smooth, startsBelow1 } from '../../src/setting/assumptions.ts'
import { inhomogeneity, kink } from '../../src/setting/regularity.ts'
import { describe, expect, test } from 'vitest'
import { seeded, trajectory } from '../../src/index.ts'
import { compileRelations, decide } from '../../src/claim/decide.ts'
import { PremiseFails } from '../../src/claim/setting.ts'
import { withPremise } from '../../src/hunt/screen.ts'
import { parseFormula } from '../../src/program/formula.ts'
import type { TrajectoryCase } from '../../src/setting/trajectory.ts'

const ewn = trajectory({ flow: 'ewn', loss: 'exponential' })
const start: TrajectoryCase = {
  net: { inputs: 2, layers: [{ width: 1, activation: 'z' }] },
  ...{ loss: 'exponential', normalization: 'ewn', eta: '1', chosen: {}, variables: {}, until: '1/2' },
  nodes: [{ vector: ['3', '1'] }],
  data: [
    { x: ['0', '1'], y: 1 },
    { x: ['1', '-2'], y: 1 },
  ],
}

test.each(['ewn', 'swn', 'unnorm'] as const)('%s: every case satisfies the premise', (flow) => {
  const setting = trajectory({ flow, loss: 'exponential' })
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
    expect(ewn.parse(start)).toEqual(start)
    expect(ewn.parse({ ...start, until: '308/1000' })).toMatchObject({ until: '308/1000' })
    expect(() => ewn.parse({ ...start, until: '306/1000' })).toThrow(PremiseFails)
  })

  test.each([
    ['η other than 1', { eta: '2' }],
    ['another loss', { loss: 'cross-entropy' }],
    ['another normalisation', { normalization: 'swn' }],
    ['a weight vector 0', { nodes: [{ vector: ['0', '0'] }] }],
    ['no moment', { until: undefined }],
  ])('%s is malformed', (_, change) => {
    const parse = (): unknown => ewn.parse({ ...start, ...change })
    expect(parse).toThrow(/^case: expected /)
    expect(parse).not.toThrow(PremiseFails)
  })
})

test.each([
  ['smooth', smooth, ({ net }: TrajectoryCase) => kink(net)],
  ['homogeneous', homogeneous, ({ net }: TrajectoryCase) => inhomogeneity(net)],
] as const)(
  'starts that are not %s are drawn where a drop asks for them, and nowhere else',
  (_, negates, why) => {
    const setting = trajectory({ flow: 'ewn', loss: 'exponential' })
    const not = { id: 'not', says: 'not', negates }
    for (let seed = 0; seed < 12; seed++) {
      expect(why(setting.generate(seeded(seed), new Set([not])))).toBeDefined()
      expect(why(setting.generate(seeded(seed), new Set([negates])))).toBe(undefined)
    }
  },
)
