/** Arbitraries: the cases of a setting in any property, and stored cases that shrink again. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assumedIn, cases, casesOf } from '../../src/hunt/arbitrary.ts'
import { judgeOf } from '../../src/hunt/judge.ts'
import { search } from '../../src/hunt/search.ts'
import { unitV } from '../../src/setting/assumptions.ts'
import { nets, objective } from '../../src/model/model.ts'
import { swn as swnWeights } from '../../src/model/parameterization.ts'
import { gradientFlow } from '../../src/motion/rule.ts'
import type { PointCase } from '../../src/setting/point/case.ts'
import { setting } from '../../src/setting/setting.ts'
import { unitVectors } from '../../src/setting/unit.ts'
import { claimed, ewn, ewnSteps, oneCase } from './settings.ts'

const swn = setting({
  model: nets(),
  weights: swnWeights,
  rule: gradientFlow(),
  choose: ['u'],
  variables: { c: 'positive', z: 'vector' },
})
const vectors = setting({ variables: { v: 'vector', a: 'angle' } })
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

const objectives = setting({
  model: objective({ w: 'vector' }, 'dot(w, c)'),
  variables: { c: 'vector' },
  rule: gradientFlow(),
})

describe('cases in a property', () => {
  test('of a training problem are drawn and judged', () => {
    const labels = new Set<string>()
    fc.assert(
      fc.property(cases(ewn, [unitV]), (c) => {
        ewn.labels(c).forEach((label) => labels.add(label))
        expect(ewn.parse(copy(c))).toEqual(c)
        expect(judgeOf(claimed(ewn, 'L >= 0', { assume: [unitV] })).discard(c)).toBe(undefined)
      }),
      { seed: 91, numRuns: 40 },
    )
    expect(labels).toContain('negative weights')
    expect(labels).not.toContain('v of norm other than 1')
  })

  test('go with other arbitraries, in tuples, lists and maps', () => {
    const radii = objectives
    const both = fc.tuple(
      cases(vectors, [unitVectors('v')]),
      fc.array(cases(radii), { maxLength: 2 }),
      fc.nat(),
    )
    let listed = 0
    fc.assert(
      fc.property(
        both.map(([c, list]) => ({ c, list })),
        ({ c, list }) => {
          expect(vectors.parse(copy(c))).toEqual(c)
          for (const one of list) expect(radii.parse(copy(one))).toEqual(one)
          listed += list.length
        },
      ),
      { seed: 92, numRuns: 30 },
    )
    expect(listed).toBeGreaterThan(10)
  })

  test('a property that fails is reported with its smallest case', () => {
    const details = fc.check(
      fc.property(cases(ewn), (c) => c.data!.length < 2 && c.net!.inputs < 2),
      { seed: 93, numRuns: 50 },
    )
    expect(details.failed).toBe(true)
    const [c] = details.counterexample as [Required<PointCase>]
    expect([c.data.length, c.net.inputs].toSorted()).toEqual([1, 2])
    expect([c.net.layers.length, c.nodes.length, c.net.layers[0]!.activation]).toEqual([1, 1, 'z'])
    expect(details.numShrinks).toBeGreaterThan(0)
  })

  test('of a claim meet its assumptions', () => {
    const theorem = claimed(ewn, 'L >= 0', { assume: [unitV] })
    for (const c of fc.sample(casesOf(theorem), { seed: 94, numRuns: 20 }))
      expect(judgeOf(theorem).discard(c)).toBe(undefined)
  })

  test('are the same for the same seed', () => {
    const sample = (seed: number): unknown => fc.sample(cases(ewn), { seed, numRuns: 5 })
    expect(sample(1)).toEqual(sample(1))
    expect(sample(1)).not.toEqual(sample(2))
  })
})

describe('a stored case shrinks without its history', () => {
  test.each([
    ['a training problem', ewn],
    ['one with chosen nodes and variables', swn],
    ['free vectors and angles', vectors],
    ['an objective', objectives],
  ] as const)('%s', (_, setting) => {
    const arbitrary = cases(setting as typeof ewn)
    for (let seed = 1; seed <= 5; seed++) {
      const stored = copy(oneCase(setting as typeof ewn, seed))
      expect(arbitrary.canShrinkWithoutContext(stored)).toBe(true)
      const shrunk = [...arbitrary.shrink(stored, undefined).take(80)].map(({ value }) => value)
      expect(shrunk.length).toBeGreaterThan(0)
      for (const c of shrunk) {
        expect(arbitrary.canShrinkWithoutContext(copy(c))).toBe(true)
        expect(setting.parse(copy(c))).toEqual(c)
        expect(c).not.toEqual(stored)
      }
    }
  })

  test('every counterexample found shrinks on from its copy, and is already the smallest', () => {
    for (const [given, shows] of [
      [ewn, 'ddt(L) >= 0'],
      [ewnSteps, 'norm(v_u(t+1)) <= norm(v_u)'],
      [ewn, 'ddt(w_u) == 0*w_u'],
      [ewn, 'norm(w_u) == 1'],
    ] as const) {
      const planted = claimed(given, shows)
      const judge = judgeOf(planted)
      const { counterexample } = search(planted, { seed: 7, cases: 60, asFound: true })
      const large = copy(counterexample!.case)
      const found = fc.check(
        fc.property(casesOf(planted), (c) => judge.judge(c, true).status !== 'violated'),
        { examples: [[large]], seed: 8, numRuns: 1 },
      )
      expect(found.failed).toBe(true)
      const [smallest] = found.counterexample as [Required<PointCase>]
      const again = [...casesOf(planted).shrink(copy(smallest), undefined)]
      expect(again.some(({ value }) => judge.judge(value, true).status === 'violated')).toBe(false)
      expect([smallest.data.length, smallest.net.inputs]).toEqual([1, 1])
    }
  })

  test('what is no case does not shrink', () => {
    for (const json of [undefined, null, 1, 'case', [], {}, { net: {} }, { version: 2, net: {} }])
      expect(cases(ewn).canShrinkWithoutContext(json)).toBe(false)
    const incomplete = { version: 2, dimension: 2, values: { v: ['1', '1'] } }
    expect(cases(vectors).canShrinkWithoutContext(incomplete)).toBe(false)
    expect(cases(vectors).canShrinkWithoutContext({ ...incomplete, values: { v: ['1', '1'], a: '1' } })).toBe(
      true,
    )
  })
})

test('what is assumed are the objects, whatever their ids', () => {
  const other = { ...unitV }
  expect([assumedIn([unitV]).has(unitV), assumedIn([unitV]).has(other)]).toEqual([true, false])
})
