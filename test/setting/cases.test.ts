/** Cases: they satisfy what they assume, come back from JSON, and are the same for the same seed. */
import { describe, expect, test } from 'vitest'
import type { Assumption } from '../../src/claim/claim.ts'
import { seeded } from '../../src/claim/random.ts'
import { judgeOf } from '../../src/hunt/judge.ts'
import {
  etaOne,
  homogeneous,
  lossCe,
  lossExp,
  onePoint,
  smooth,
  unitV,
} from '../../src/setting/assumptions.ts'
import { wiring } from '../../src/net/architecture.ts'
import { hasNorm } from '../../src/setting/simpler.ts'
import { nets } from '../../src/model/model.ts'
import { ewn, swn, unnorm } from '../../src/model/parameterization.ts'
import { gradientFlow } from '../../src/motion/rule.ts'
import type { PointCase } from '../../src/setting/point/case.ts'
import { setting } from '../../src/setting/setting.ts'
import { order } from '../../src/net/order.ts'
import { rational } from '../../src/number/rational.ts'
import { parseRatio } from '../../src/program/constant.ts'
import { claims, drawn, settings } from './claims.ts'

const roundTrip = (json: unknown): unknown => JSON.parse(JSON.stringify(json))
const BUILT_IN = [unitV, homogeneous, smooth, etaOne, lossExp, lossCe]

describe.each(settings.map((claim) => [claim.id, claim] as const))('the cases of %s', (_, claim) => {
  const cases = drawn(claim, 1, 6)

  const builtIn = claim.assume.filter((a) => BUILT_IN.some(({ id }) => id === a.id))
  test.runIf(builtIn.length > 0)('satisfy the assumptions that are built in', () => {
    const judge = judgeOf(claim, claim.shows, builtIn)
    for (const c of cases) expect([c, judge.discard(c)]).toEqual([c, undefined])
  })

  test('come back from their JSON text', () => {
    for (const c of cases) expect(claim.given.parse(roundTrip(c))).toStrictEqual(c)
  })

  test('are the same for the same seed, and others for another', () => {
    expect(drawn(claim, 1, 6)).toEqual(cases)
    expect(drawn(claim, 2, 6)).not.toEqual(cases)
  })
})

/** Formulas that are decided numerically are no programs, and their cases are few. */
const exact = settings.filter(({ given }) => !given.numerical)

test('most assumptions that are built in are made by some claim', () => {
  const made = new Set(settings.flatMap(({ assume }) => assume.map(({ id }) => id)))
  expect(BUILT_IN.filter(({ id }) => made.has(id)).length).toBeGreaterThanOrEqual(5)
})

describe.each(exact.map((claim) => [claim.id, claim] as const))('the exact cases of %s', (_, claim) => {
  const cases = drawn(claim, 1, 6)

  test('have values for all inputs, and symbols for all formulas', () => {
    const judge = judgeOf(claim)
    for (const c of cases.slice(0, 4)) {
      const { program } = judge.compiled(c)
      const values = claim.given.values(c)
      const given = program.inputs.filter((input) => values.has(input) || !claim.given.enclosures)
      expect(given.length).toBeGreaterThan(0)
      for (const name of given) expect(rational.format(parseRatio(values.get(name)!))).toBe(values.get(name))
    }
  })

  test('of one structure have the same programs', () => {
    const programs = new Map<string, Set<string>>()
    for (const c of drawn(claim, 3, 12)) {
      const key = claim.given.structure(c)
      const known = programs.get(key) ?? new Set()
      programs.set(key, known.add(JSON.stringify(judgeOf(claim).compiled(c))))
    }
    expect([...programs.values()].map(({ size }) => size)).toEqual([...programs].map(() => 1))
  })

  const asked = Object.entries(claim.given.coverage(new Set(claim.assume)))
  // What a population fixes is left to no chance.
  test.runIf(asked.length > 0)('carry labels, and every label that is often asked for occurs', () => {
    const many = drawn(claim, 4, 60).map((c) => claim.given.labels(c))
    for (const [label, least] of asked) {
      expect(least).toBeGreaterThan(0)
      if (least >= 0.1) expect([label, many.some((labels) => labels.includes(label))]).toEqual([label, true])
    }
  })
})

test('of nearly all settings some labels are asked for', () => {
  const free = exact.filter(({ given, assume }) => Object.keys(given.coverage(new Set(assume))).length === 0)
  expect(free.map(({ id }) => id)).toEqual(['prop-6.invariant'])
})

describe('training problems', () => {
  type Drawn = Required<PointCase>
  const all = [unnorm, swn, ewn].map((weights) => setting({ model: nets(), weights, rule: gradientFlow() }))
  const many = (assumed: Assumption[], n = 40): Drawn[] =>
    all.flatMap((given) => {
      const random = seeded(7, given.name)
      return Array.from({ length: n }, () => given.generate(random, new Set(assumed)) as Drawn)
    })
  /** The vector of each node: v_u, or w_u of a frozen node and without normalisation. */
  const vectorsOf = ({ nodes }: Drawn): (readonly string[])[] =>
    nodes.map(({ v, w }) => (v ?? w) as readonly string[])
  const squareOf = (v: readonly string[]): string =>
    rational.format(v.map(parseRatio).reduce((s, e) => rational.add(s, rational.mul(e, e)), parseRatio('0')))

  test('unit-v: every trained v has norm 1 exactly; without it, not', () => {
    const squares = (cases: Drawn[]): string[] =>
      cases.flatMap(({ nodes }) =>
        nodes.flatMap(({ v }) => (v === undefined ? [] : [squareOf(v as readonly string[])])),
      )
    expect(new Set(squares(many([unitV])))).toEqual(new Set(['1']))
    expect(new Set(squares(many([]))).size).toBeGreaterThan(3)
  })

  test('trained weights have rational norms, so that equations are decided exactly', () => {
    const irrational = many([]).flatMap((c) =>
      vectorsOf(c).filter((vector, u) => !wiring(c.net).nodes[u]!.frozen && !hasNorm(vector, 'rational')),
    )
    expect(irrational).toEqual([])
  })

  test('homogeneous: every net has an order; without it, some have none', () => {
    const without = (cases: Drawn[]): number =>
      cases.filter(({ net }) => typeof order(net) !== 'number').length
    expect(without(many([homogeneous]))).toBe(0)
    expect(without(many([]))).toBeGreaterThan(10)
  })

  test('smooth: no ReLU of power 1; without it, some', () => {
    const kinked = (cases: Drawn[]): number =>
      cases.filter(({ net }) => net.layers.some(({ activation }) => activation === 'relu(z)')).length
    expect(kinked(many([smooth]))).toBe(0)
    expect(kinked(many([]))).toBeGreaterThan(20)
  })

  test('eta-one: η = 1; without it, other values', () => {
    const etas = (cases: Drawn[]): Set<unknown> => new Set(cases.map(({ values }) => values['eta']))
    expect(etas(many([etaOne]))).toEqual(new Set(['1']))
    expect(etas(many([])).size).toBeGreaterThan(3)
  })

  test('loss-exp and loss-ce: that loss only; without them, both', () => {
    const losses = (cases: Drawn[]): string[] => [...new Set(cases.map(({ loss }) => loss))].toSorted()
    expect(losses(many([lossExp]))).toEqual(['exponential'])
    expect(losses(many([lossCe]))).toEqual(['cross-entropy'])
    expect(losses(many([]))).toEqual(['cross-entropy', 'exponential'])
  })

  test('no case has a zero vector or a zero data point, and labels fit the loss', () => {
    for (const c of many([])) {
      const { data, loss, net } = c
      for (const vector of vectorsOf(c)) expect(squareOf(vector)).not.toBe('0')
      for (const { x, y } of data) {
        expect(squareOf(x)).not.toBe('0')
        const labels = loss === 'exponential' ? [1, -1] : net.layers.at(-1)!.width > 2 ? [0, 1, 2] : [0, 1]
        expect(labels).toContain(y)
      }
    }
  })

  test('chosen nodes are distinct and trained', () => {
    const given = setting({ model: nets(), weights: ewn, rule: gradientFlow(), choose: ['u', 'v'] })
    const random = seeded(8)
    for (let i = 0; i < 60; i++) {
      const { chosen, nodes } = given.generate(random, new Set())
      expect(new Set(Object.values(chosen)).size).toBe(2)
      for (const u of Object.values(chosen)) expect(nodes[u]!['alpha']).toBeDefined()
    }
  })

  test('the family visits every depth, activation, connection and loss that it is said to', () => {
    const shapes = [...all[2]!.family(new Set())].map((make) => make(seeded(9)) as Drawn)
    const depths = new Set(shapes.map(({ net }) => net.layers.length))
    const activations = new Set(shapes.flatMap(({ net }) => net.layers.map(({ activation }) => activation)))
    expect(depths).toEqual(new Set([1, 2, 3, 4]))
    expect(activations).toEqual(new Set(['z', 'z^2', 'z^3', 'relu(z)', 'relu(z)^2', 'relu(z)^3', 'tanh(z)']))
    expect(
      shapes.some(({ net }) => net.layers.some(({ connection }) => typeof connection === 'object')),
    ).toBe(true)
    expect(shapes.some(({ net }) => net.layers.some(({ frozen }) => frozen))).toBe(true)
    expect(shapes.some(({ net }) => net.layers.at(-1)!.width === 3)).toBe(true)
    expect(new Set(shapes.map(({ loss }) => loss)).size).toBe(2)
  })
})

describe('a malformed case is refused by name', () => {
  const given = setting({
    ...{ model: nets(), weights: ewn, rule: gradientFlow(), choose: ['u'] },
    variables: { c: 'real', d: 'positive', z: 'vector' },
  })
  const valid = {
    ...{ version: 2, dimension: 2, chosen: { u: 2 }, formulas: {}, loss: 'exponential' },
    net: {
      inputs: 2,
      layers: [
        { width: 2, activation: 'relu(z)', frozen: true },
        { width: 1, activation: 'z' },
      ],
    },
    nodes: [{ w: ['1', '2'] }, { w: ['0', '-1/2'] }, { alpha: '1/4', v: ['3/5', '4/5'] }],
    data: [{ x: ['1', '0'], y: -1 }],
    values: { eta: '1/2', c: '-3', d: '1', z: ['1', '2'] },
  }
  const withNode = (u: number, node: unknown): unknown => ({
    ...valid,
    nodes: (valid.nodes as unknown[]).with(u, node),
  })
  const withValues = (values: object): unknown => ({ ...valid, values: { ...valid.values, ...values } })
  /** The same case in the first form. */
  const former = {
    ...{ net: valid.net, loss: valid.loss, data: valid.data, chosen: valid.chosen, normalization: 'ewn' },
    nodes: [{ vector: ['1', '2'] }, { vector: ['0', '-1/2'] }, { radial: '1/4', vector: ['3/5', '4/5'] }],
    ...{ eta: '1/2', variables: { c: '-3', d: '1', z: ['1', '2'] } },
  }

  test('the valid one is not, in the first form neither', () => {
    expect(given.parse(valid)).toEqual(valid)
    expect(given.parse(former)).toEqual(valid)
  })

  test.each<[string, unknown, string]>([
    ['null', null, 'an object'],
    ['a text', 'case', 'an object'],
    ['another version', { ...valid, version: 3 }, '"version" to be 2, got 3'],
    ['another loss', { ...valid, loss: 'hinge' }, '"loss" to be a name or a formula: '],
    ['the loss toString', { ...valid, loss: 'toString' }, '"loss" to be a name or a formula: '],
    ['no net', { ...valid, net: undefined }, '"net" to be an architecture'],
    ['no layers', { ...valid, net: { inputs: 2 } }, '"net" to be an architecture'],
    ['too few nodes', { ...valid, nodes: valid.nodes.slice(1) }, '3 "nodes"'],
    ['a vector of another length', withNode(0, { w: ['1'] }), '"w_1" to be a vector of 2 exact numbers'],
    ['a number instead of its text', withNode(0, { w: [1, '2'] }), '"w_1" to be a vector of 2 exact numbers'],
    [
      'parameters of a frozen node',
      withNode(0, { alpha: '1', v: ['1', '2'] }),
      '"w_1" to be a vector of 2 exact numbers',
    ],
    ['no radius of a trained node', withNode(2, { v: ['3/5', '4/5'] }), '"alpha_3" to be an exact number'],
    ['weights of a trained node', withNode(2, { w: ['3/5', '4/5'] }), '"alpha_3" to be an exact number'],
    [
      'a direction that is 0',
      withNode(2, { alpha: '1/4', v: ['0', '0'] }),
      '"v_3" to be a vector of 2 exact numbers, not all 0',
    ],
    ['no data', { ...valid, data: [] }, '"data" to be a non-empty list of points'],
    [
      'a point of another dimension',
      { ...valid, data: [{ x: ['1'], y: 1 }] },
      'point 1 to have "x" of 2 exact numbers',
    ],
    [
      'a label that is no integer',
      { ...valid, data: [{ x: ['1', '2'], y: '1' }] },
      'point 1 to have a label "y" among 1, -1',
    ],
    ['η = 0', withValues({ eta: '0' }), '"eta" to be a positive exact number'],
    ['negative η', withValues({ eta: '-1' }), '"eta" to be a positive exact number'],
    ['no η', withValues({ eta: undefined }), '"eta" to be a positive exact number'],
    ['a chosen node out of range', { ...valid, chosen: { u: 3 } }, '"chosen" u to be a trained node'],
    ['a chosen frozen node', { ...valid, chosen: { u: 0 } }, '"chosen" u to be a trained node'],
    ['a missing variable', withValues({ d: undefined }), '"d" to be a positive exact number, got nothing'],
    ['a variable of another sign', withValues({ d: '-1' }), '"d" to be a positive exact number, got "-1"'],
    [
      'a number for a vector',
      withValues({ z: '1' }),
      '"z" to be a vector of 2 exact numbers, not all 0, got "1"',
    ],
    [
      'a zero vector',
      withValues({ z: ['0', '0'] }),
      '"z" to be a vector of 2 exact numbers, not all 0, got ["0","0"]',
    ],
    [
      'another normalisation, in the first form',
      { ...former, normalization: 'bn' },
      '"normalization" to be ewn, got "bn"',
    ],
    [
      'γ_u for α_u, in the first form',
      { ...former, normalization: 'swn' },
      '"normalization" to be ewn, got "swn"',
    ],
    [
      'the normalisation constructor, in the first form',
      { ...former, normalization: 'constructor' },
      '"normalization" to be ewn, got "constructor"',
    ],
    [
      'a radial of a frozen node, in the first form',
      { ...former, nodes: former.nodes.with(0, { radial: '1', vector: ['1', '2'] }) },
      '"w_1" to be a vector of 2 exact numbers',
    ],
    [
      'no radial of a trained node, in the first form',
      { ...former, nodes: former.nodes.with(2, { vector: ['3/5', '4/5'] }) },
      '"alpha_3" to be an exact number',
    ],
  ])('%s', (_, json, expected) => {
    expect(() => given.parse(json)).toThrow(SyntaxError)
    expect(() => given.parse(json)).toThrow(`case: expected ${expected}`)
  })

  test.each<[string, unknown]>([
    ['a label that the loss does not know', { ...valid, data: [{ x: ['1', '0'], y: 5 }] }],
    ['a real variable that is no number', withValues({ c: 'abc' })],
    ['a vector of texts', withValues({ z: ['a', 'b'] })],
    ['a vector of another dimension', withValues({ z: ['1', '2', '3'] })],
    ['η = 1/0', withValues({ eta: '1/0' })],
    ['null as a node', withNode(0, null)],
    ['null as a point', { ...valid, data: [null] }],
    ['null as a layer', { ...valid, net: { inputs: 2, layers: [null, valid.net.layers[1]] } }],
    ['a number as an activation', { ...valid, net: { inputs: 2, layers: [{ width: 2, activation: 5 }] } }],
    ['no chosen node', { ...valid, chosen: {} }],
    ['a case of plain weights', { ...valid, nodes: valid.nodes.map(({ v, w }) => ({ w: v ?? w })) }],
    [
      'one of them in the first form',
      { ...former, normalization: 'unnorm', nodes: former.nodes.map(({ vector }) => ({ vector })) },
    ],
  ])('%s', (_, json) => {
    expect(() => given.parse(json)).toThrow(SyntaxError)
  })

  test('γ = 0, which gives a node no direction', () => {
    const scaled = setting({ model: nets(), weights: swn, rule: gradientFlow() })
    const c = scaled.generate(seeded(1), new Set([onePoint]))
    const at = (gamma: string): unknown => ({
      ...c,
      nodes: c.nodes.map((node) => ('gamma' in node ? { ...node, gamma } : node)),
    })
    expect(() => scaled.parse(at('-1'))).not.toThrow()
    expect(() => scaled.parse(at('0'))).toThrow(/^case: expected node \d to have gamma ≠ 0$/)
  })

  test.each(claims.map((claim) => [claim.id, claim] as const))(
    'no JSON scalar, list or empty object is a case of %s',
    (_, { given }) => {
      for (const json of [
        undefined,
        null,
        0,
        1.5,
        '',
        'x',
        true,
        [],
        [1],
        {},
        { net: {} },
        { dimension: 'x' },
        { version: 2 },
        { version: 2, dimension: 'x' },
      ])
        expect(() => given.parse(json)).toThrow(SyntaxError)
    },
  )
})
