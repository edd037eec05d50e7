/** A box around a counterexample contains counterexamples only. */
import { describe, expect, test } from 'vitest'
import {
  claim,
  compile,
  everyMoment,
  ewn,
  exponential,
  gradientFlow,
  judgeOf,
  nets,
  seeded,
  setting,
  type Claim,
  type PointCase,
} from '../../src/index.ts'
import { explicit } from '../../src/flow/explicit.ts'
import { boxAround } from '../../src/hunt/box.ts'
import { counterexampleAt } from '../../src/hunt/shrink.ts'
import { fold, parseRatio } from '../../src/program/constant.ts'
import { rational } from '../../src/number/rational.ts'

const reals = setting({ variables: { x: 'real', y: 'real', z: 'positive' } })
const planted = (shows: string, assume: readonly string[] = []): Claim =>
  claim({
    ...{ id: 'planted', section: '0', source: 'none', says: '', given: reals, shows, wrong: {} },
    assume: assume.map((formula, i) => ({ id: `a${i}`, says: '', formula })),
  })
const caseOf = (values: Record<string, string>): PointCase => ({
  ...{ version: 2, dimension: 1, chosen: {}, formulas: {}, nodes: [], values },
})
const boxOf = (made: Claim, values: Record<string, string>): ReturnType<typeof boxAround> =>
  boxAround(made, counterexampleAt(made, judgeOf(made), caseOf(values)))
const number = (text: string): number => rational.toNumber(parseRatio(text))

describe('the range of one input alone', () => {
  test('ends just before the claim holds', () => {
    const [x] = boxOf(planted('x <= 0'), { x: '1', y: '0', z: '1' })!.inputs
    expect(x).toEqual({ name: 'x', value: '1', lo: '1/64', hi: '17' })
  })
  test('ends just before an assumption fails', () => {
    const [x] = boxOf(planted('x <= 0', ['x <= 3/2']), { x: '1', y: '0', z: '1' })!.inputs
    expect(x).toMatchObject({ lo: '1/64', hi: '3/2' })
  })
  test('does not cross 0', () => {
    const [x] = boxOf(planted('x >= 1'), { x: '-1', y: '0', z: '1' })!.inputs
    expect(x).toMatchObject({ lo: '-17', hi: '-1/64' })
  })
})

test('an input of an assumed equation stays where it is', () => {
  const box = boxOf(planted('x + y <= 0', ['x == 1']), { x: '1', y: '1', z: '1' })!
  expect(box.held).toEqual(['x'])
  expect(box.inputs.map(({ name }) => name)).toEqual(['y'])
})

test('there is none where the slack is 0', () => {
  expect(boxOf(planted('x > 0'), { x: '0', y: '0', z: '1' })).toBeUndefined()
})

test.each([
  ['x^2 + y^2 <= z', { x: '1', y: '1', z: '1' }],
  ['exp(x)*z <= 1 + y', { x: '1', y: '1/2', z: '2' }],
  ['x*y - z^2 == 0', { x: '2', y: '1', z: '1' }],
  ['sqrt(z)*abs(x) < y', { x: '-2', y: '1', z: '3' }],
])('%s: certainly false at random points of the box and of each range', (shows, variables) => {
  const made = planted(shows)
  const box = boxOf(made, variables)!
  const random = seeded(5)
  const between = (lo: string, hi: string): string =>
    fold('add', lo, fold('mul', fold('sub', hi, lo)!, `${random.integer(0, 64)}/64`)!)!
  const judge = judgeOf(made)
  const violated = (moved: Record<string, string>): boolean =>
    judge.judge(caseOf({ ...variables, ...moved })).status === 'violated'
  expect(number(box.radius)).toBeGreaterThan(0)
  expect(box.inputs.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['x', 'y', 'z'].filter((name) => shows.includes(name))),
  )
  for (let i = 0; i < 40; i++) {
    for (const { name, lo, hi } of box.inputs) expect(violated({ [name]: between(lo, hi) })).toBe(true)
    const all = box.inputs.map(({ name, value }): [string, string] => {
      const reach = fold('mul', box.radius, value === '0' ? '1' : value.replace('-', ''))!
      return [name, between(fold('sub', value, reach)!, fold('add', value, reach)!)]
    })
    expect(violated(Object.fromEntries(all))).toBe(true)
  }
})

test('along a motion: the claim is false at the one moment from random starts of the box, in doubles', () => {
  const given = setting({
    model: nets({ loss: exponential }),
    weights: ewn,
    rule: gradientFlow({ rate: '1' }),
    moment: everyMoment(),
  })
  const shows = 'min(i, m_i) >= min(i, m_i(t_0))'
  const made = claim({ id: 'planted', section: '0', source: '', says: '', given, shows, wrong: {} })
  const c = given.parse({
    ...{ version: 2, loss: 'exponential', chosen: {}, formulas: { eta: '1' }, values: {} },
    net: { inputs: 2, layers: [{ width: 1, activation: 'z' }] },
    until: { s: '1/4' },
    nodes: [{ w: ['-1', '-3/4'] }],
    data: [
      { x: ['5/4', '-3'], y: 1 },
      { x: ['-1', '1/2'], y: 1 },
    ],
  })
  const { moment, radius, inputs } = boxAround(made, counterexampleAt(made, judgeOf(made), c))!
  expect(number(radius)).toBeGreaterThan(2 ** -10)
  const motion = given.motion!(c)!
  const velocity = compile(motion)
  const random = seeded(6)
  for (let i = 0; i < 30; i++) {
    const start = new Map(
      inputs.map(({ name, value }) => [
        name,
        number(value) * (1 + number(radius) * (random.integer(-100, 100) / 100)),
      ]),
    )
    const at = Float64Array.from(motion.inputs, (name) => start.get(name) ?? start.get(`${name}(t_0)`)!)
    const field = (w: Float64Array, out: Float64Array): void => {
      at.set(w)
      out.set(velocity(at))
    }
    const margins = (w: ArrayLike<number>): number[] =>
      [1, 2].map((k) => w[0]! * start.get(`x_${k}_1`)! + w[1]! * start.get(`x_${k}_2`)!)
    const begin = at.slice(0, 2)
    const end = explicit(field, begin, { length: number(moment!), tolerance: 1e-9, maxSteps: 500 })!
    expect(Math.min(...margins(end))).toBeLessThan(Math.min(...margins(begin)))
  }
})
