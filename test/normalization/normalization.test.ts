/** Normalisations: the closed norm is the norm of the weights, exactly. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalizations } from '../../src/normalization/normalization.ts'
import { interval, overlap } from '../../src/number/interval.ts'
import { rational, type Rational } from '../../src/number/rational.ts'
import { norm, type Field } from '../../src/program/field.ts'
import { reduce } from '../../src/program/constant.ts'

const q = rational.constant
const { unnorm, swn, ewn } = normalizations
const same = (a: Rational, b: Rational): boolean => a.num * b.den === b.num * a.den
const texts = (list: readonly Rational[]): string[] => list.map(rational.format)

/** Vectors of rational norm: multiples of rational points of the sphere. */
const vector = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 5 })), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 7 })),
  )
  .map(([pairs, [n, d]]): readonly Rational[] => {
    const t = pairs.map(([num, den]) => reduce(BigInt(num), BigInt(den)))
    const square = t.reduce((s, e) => rational.add(s, rational.mul(e, e)), q('0'))
    const by = rational.div(reduce(BigInt(n), BigInt(d)), rational.add(square, q('1')))
    return [rational.sub(square, q('1')), ...t.map((e) => rational.add(e, e))].map((e) => rational.mul(by, e))
  })
const size = fc
  .tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: 1, max: 7 }))
  .map(([num, den]) => reduce(BigInt(num), BigInt(den)))
const RUNS = { seed: 41, numRuns: 300 }

describe('norm is the norm of weight', () => {
  test('unnormalised', () => {
    fc.assert(
      fc.property(vector, (v) => {
        expect(texts(unnorm.weight(rational, { vector: v }))).toEqual(texts(v))
        expect(same(unnorm.norm(rational, { vector: v }), norm(rational, v))).toBe(true)
      }),
      RUNS,
    )
  })

  test('SWN, for γ of either sign and γ = 0', () => {
    const signs = new Set<number | undefined>()
    fc.assert(
      fc.property(vector, size, (v, radial) => {
        signs.add(rational.sign(radial))
        const parameters = { radial, vector: v }
        expect(same(swn.norm(rational, parameters), norm(rational, swn.weight(rational, parameters)))).toBe(
          true,
        )
      }),
      RUNS,
    )
    expect(signs.size).toBe(3)
  })

  test('EWN at α = 0, where it is 1', () => {
    fc.assert(
      fc.property(vector, (v) => {
        const parameters = { radial: q('0'), vector: v }
        expect(rational.format(norm(rational, ewn.weight(rational, parameters)))).toBe('1')
        expect(rational.format(ewn.norm(rational, parameters))).toBe('1')
      }),
      RUNS,
    )
  })

  test('EWN at any positive value of e^α', () => {
    fc.assert(
      fc.property(vector, size, (v, radial) => {
        const free: Field<Rational> = { ...rational, exp: (a) => rational.add(rational.mul(a, a), q('1/7')) }
        const parameters = { radial, vector: v }
        expect(same(ewn.norm(free, parameters), norm(free, ewn.weight(free, parameters)))).toBe(true)
      }),
      RUNS,
    )
  })

  test('in intervals, also where norms are irrational', () => {
    const F = interval(100)
    const parameters = { radial: F.constant('-3/2'), vector: ['1', '-2', '1/3'].map(F.constant) }
    for (const each of [unnorm, swn, ewn])
      expect(overlap(each.norm(F, parameters), norm(F, each.weight(F, parameters)))).toBe(true)
  })
})

describe('weights', () => {
  const v = ['3', '-4'].map(q)
  test('of SWN are γ v/‖v‖; a negative γ turns them round', () => {
    expect(texts(swn.weight(rational, { radial: q('10'), vector: v }))).toEqual(['6', '-8'])
    expect(texts(swn.weight(rational, { radial: q('-10'), vector: v }))).toEqual(['-6', '8'])
    expect(rational.format(swn.norm(rational, { radial: q('-10'), vector: v }))).toBe('10')
  })

  test('of EWN are e^α v/‖v‖, and do not depend on ‖v‖', () => {
    expect(texts(ewn.weight(rational, { radial: q('0'), vector: v }))).toEqual(['3/5', '-4/5'])
    expect(texts(ewn.weight(rational, { radial: q('0'), vector: ['3/7', '-4/7'].map(q) }))).toEqual([
      '3/5',
      '-4/5',
    ])
  })

  test('do not share storage with the parameters', () => {
    const vector = v.slice()
    unnorm.weight(rational, { vector })[0] = q('9')
    expect(rational.format(vector[0]!)).toBe('3')
  })
})

test('the normalisations are known by their names, and their parameters are named as in the paper', () => {
  for (const [name, each] of Object.entries(normalizations)) expect(each.name).toBe(name)
  expect([unnorm, swn, ewn].map(({ radial, vector }) => [radial, vector])).toEqual([
    [undefined, 'w'],
    ['gamma', 'v'],
    ['alpha', 'v'],
  ])
})
