/** Cases: they satisfy what they assume, come back from JSON, and are the same for the same seed. */
import { describe, expect, test } from 'vitest'
import type { Assumption } from '../../src/claim/claim.ts'
import { seeded } from '../../src/claim/random.ts'
import { judgeOf } from '../../src/hunt/judge.ts'
import { etaOne, homogeneous, lossCe, lossExp, smooth, unitV } from '../../src/setting/assumptions.ts'
import type { DynamicsCase } from '../../src/setting/case.ts'
import { wiring } from '../../src/net/architecture.ts'
import { hasNorm } from '../../src/setting/simpler.ts'
import { dynamics } from '../../src/setting/dynamics.ts'
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
  const all = (['unnorm', 'swn', 'ewn'] as const).map((normalization) => dynamics({ normalization }))
  const many = (assumed: Assumption[], n = 40): DynamicsCase[] =>
    all.flatMap((setting) => {
      const random = seeded(7, setting.name)
      return Array.from({ length: n }, () => setting.generate(random, new Set(assumed)))
    })
  const squareOf = (v: readonly string[]): string =>
    rational.format(v.map(parseRatio).reduce((s, e) => rational.add(s, rational.mul(e, e)), parseRatio('0')))

  test('unit-v: every trained v has norm 1 exactly; without it, not', () => {
    const squares = (cases: DynamicsCase[]): string[] =>
      cases.flatMap(({ nodes }) =>
        nodes.flatMap(({ radial, vector }) => (radial === undefined ? [] : [squareOf(vector)])),
      )
    expect(new Set(squares(many([unitV])))).toEqual(new Set(['1']))
    expect(new Set(squares(many([]))).size).toBeGreaterThan(3)
  })

  test('trained weights have rational norms, so that equations are decided exactly', () => {
    const irrational = many([]).flatMap(({ net, nodes }) =>
      nodes.filter(({ vector }, u) => !wiring(net).nodes[u]!.frozen && !hasNorm(vector, 'rational')),
    )
    expect(irrational).toEqual([])
  })

  test('homogeneous: every net has an order; without it, some have none', () => {
    const without = (cases: DynamicsCase[]): number =>
      cases.filter(({ net }) => typeof order(net) !== 'number').length
    expect(without(many([homogeneous]))).toBe(0)
    expect(without(many([]))).toBeGreaterThan(10)
  })

  test('smooth: no ReLU of power 1; without it, some', () => {
    const kinked = (cases: DynamicsCase[]): number =>
      cases.filter(({ net }) => net.layers.some(({ activation }) => activation === 'relu(z)')).length
    expect(kinked(many([smooth]))).toBe(0)
    expect(kinked(many([]))).toBeGreaterThan(20)
  })

  test('eta-one: η = 1; without it, other values', () => {
    const etas = (cases: DynamicsCase[]): Set<string> => new Set(cases.map(({ eta }) => eta))
    expect(etas(many([etaOne]))).toEqual(new Set(['1']))
    expect(etas(many([])).size).toBeGreaterThan(3)
  })

  test('loss-exp and loss-ce: that loss only; without them, both', () => {
    const losses = (cases: DynamicsCase[]): string[] => [...new Set(cases.map(({ loss }) => loss))].toSorted()
    expect(losses(many([lossExp]))).toEqual(['exponential'])
    expect(losses(many([lossCe]))).toEqual(['cross-entropy'])
    expect(losses(many([]))).toEqual(['cross-entropy', 'exponential'])
  })

  test('no case has a zero vector or a zero data point, and labels fit the loss', () => {
    for (const { nodes, data, loss, net } of many([])) {
      for (const { vector } of nodes) expect(squareOf(vector)).not.toBe('0')
      for (const { x, y } of data) {
        expect(squareOf(x)).not.toBe('0')
        const labels = loss === 'exponential' ? [1, -1] : net.layers.at(-1)!.width > 2 ? [0, 1, 2] : [0, 1]
        expect(labels).toContain(y)
      }
    }
  })

  test('chosen nodes are distinct and trained', () => {
    const setting = dynamics({ normalization: 'ewn', choose: ['u', 'v'] })
    const random = seeded(8)
    for (let i = 0; i < 60; i++) {
      const { chosen, nodes } = setting.generate(random, new Set())
      expect(new Set(Object.values(chosen)).size).toBe(2)
      for (const u of Object.values(chosen)) expect(nodes[u]!.radial).toBeDefined()
    }
  })

  test('the family visits every depth, activation, connection and loss that it is said to', () => {
    const shapes = [...all[2]!.family(new Set())].map((make) => make(seeded(9)))
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
  const setting = dynamics({
    normalization: 'ewn',
    choose: ['u'],
    variables: { c: 'real', d: 'positive', z: 'vector' },
  })
  const valid = {
    net: {
      inputs: 2,
      layers: [
        { width: 2, activation: 'relu(z)', frozen: true },
        { width: 1, activation: 'z' },
      ],
    },
    loss: 'exponential',
    normalization: 'ewn',
    nodes: [{ vector: ['1', '2'] }, { vector: ['0', '-1/2'] }, { radial: '1/4', vector: ['3/5', '4/5'] }],
    data: [{ x: ['1', '0'], y: -1 }],
    eta: '1/2',
    chosen: { u: 2 },
    variables: { c: '-3', d: '1', z: ['1', '2'] },
  }
  test('the valid one is not', () => {
    expect(setting.parse(valid)).toEqual(valid)
  })

  test.each<[string, unknown, string]>([
    ['null', null, 'an object'],
    ['a text', 'case', 'an object'],
    [
      'another loss',
      { ...valid, loss: 'hinge' },
      '"loss" to be one of exponential, cross-entropy, squared, got "hinge"',
    ],
    ['another normalisation', { ...valid, normalization: 'bn' }, '"normalization" to be ewn, got "bn"'],
    ['no net', { ...valid, net: undefined }, '"net" to be an architecture'],
    ['no layers', { ...valid, net: { inputs: 2 } }, '"net" to be an architecture'],
    ['too few nodes', { ...valid, nodes: valid.nodes.slice(1) }, '3 "nodes"'],
    [
      'a vector of another length',
      { ...valid, nodes: [{ vector: ['1'] }, ...valid.nodes.slice(1)] },
      'node 1 to have a "vector" of 2 exact numbers',
    ],
    [
      'a number instead of its text',
      { ...valid, nodes: [{ vector: [1, '2'] }, ...valid.nodes.slice(1)] },
      'node 1 to have a "vector" of 2 exact numbers',
    ],
    [
      'a radial of a frozen node',
      { ...valid, nodes: [{ radial: '1', vector: ['1', '2'] }, ...valid.nodes.slice(1)] },
      'node 1 to have no "radial"',
    ],
    [
      'no radial of a trained node',
      { ...valid, nodes: [...valid.nodes.slice(0, 2), { vector: ['3/5', '4/5'] }] },
      'node 3 to have an exact "radial"',
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
    ['η = 0', { ...valid, eta: '0' }, '"eta" to be a positive exact number'],
    ['negative η', { ...valid, eta: '-1' }, '"eta" to be a positive exact number'],
    ['no η', { ...valid, eta: undefined }, '"eta" to be a positive exact number'],
    ['a chosen node out of range', { ...valid, chosen: { u: 3 } }, '"chosen" u to be a trained node'],
    ['a chosen frozen node', { ...valid, chosen: { u: 0 } }, '"chosen" u to be a trained node'],
    [
      'a missing variable',
      { ...valid, variables: { c: '-3', z: ['1', '2'] } },
      '"d" to be an exact number, got undefined',
    ],
    [
      'a variable of another sign',
      { ...valid, variables: { ...valid.variables, d: '-1' } },
      '"d" to be positive, got "-1"',
    ],
    [
      'a number for a vector',
      { ...valid, variables: { ...valid.variables, z: '1' } },
      '"z" to be a non-zero vector of dimension 2, got "1"',
    ],
    [
      'a zero vector',
      { ...valid, variables: { ...valid.variables, z: ['0', '0'] } },
      '"z" to be a non-zero vector of dimension 2, got ["0","0"]',
    ],
  ])('%s', (_, json, expected) => {
    expect(() => setting.parse(json)).toThrow(SyntaxError)
    expect(() => setting.parse(json)).toThrow(`case: expected ${expected}`)
  })

  test.each<[string, unknown]>([
    ['the loss toString', { ...valid, loss: 'toString' }],
    ['the normalisation constructor', { ...valid, normalization: 'constructor' }],
    ['a label that the loss does not know', { ...valid, data: [{ x: ['1', '0'], y: 5 }] }],
    ['a real variable that is no number', { ...valid, variables: { ...valid.variables, c: 'abc' } }],
    ['a vector of texts', { ...valid, variables: { ...valid.variables, z: ['a', 'b'] } }],
    ['a vector of another dimension', { ...valid, variables: { ...valid.variables, z: ['1', '2', '3'] } }],
    ['η = 1/0', { ...valid, eta: '1/0' }],
    ['null as a node', { ...valid, nodes: [null, ...valid.nodes.slice(1)] }],
    ['null as a point', { ...valid, data: [null] }],
    ['null as a layer', { ...valid, net: { inputs: 2, layers: [null, valid.net.layers[1]] } }],
    ['a number as an activation', { ...valid, net: { inputs: 2, layers: [{ width: 2, activation: 5 }] } }],
    ['no chosen node', { ...valid, chosen: {} }],
    [
      'a case of another normalisation',
      { ...valid, normalization: 'unnorm', nodes: valid.nodes.map(({ vector }) => ({ vector })) },
    ],
  ])('%s', (_, json) => {
    expect(() => setting.parse(json)).toThrow(SyntaxError)
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
      ])
        expect(() => given.parse(json)).toThrow(SyntaxError)
    },
  )
})
