/** Linear separability: both outcomes proved by their witness, and decided as an independent method does. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { point, type Dataset } from '../../src/data/dataset.ts'
import { checkWitness, separate, type Separability } from '../../src/data/separability.ts'
import { parseRatio } from '../../src/program/constant.ts'
import { datasets, fraction, sign, small } from './arbitrary.ts'

test('every answer is proved by its witness', () => {
  const seen = new Set<boolean>()
  fc.assert(
    fc.property(fc.oneof(datasets(small, sign), datasets(fraction, sign)), (data) => {
      const answer = separate(data)
      seen.add(answer.separable)
      expect(checkWitness(data, answer)).toBe(true)
    }),
    { numRuns: 2000 },
  )
  expect(seen).toEqual(new Set([true, false]))
})

test('data labelled by a hyperplane is separable, and not after one point comes with both labels', () => {
  const normal = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 }))
  const spot = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }))
  fc.assert(
    fc.property(normal, fc.array(spot, { minLength: 1, maxLength: 30 }), ([a, b], spots) => {
      const clear = spots.map(([u, v]) => (a * u + b * v === 0 ? [u + 1, v] : [u, v]) as [number, number])
      const data = clear.map(([u, v]) => point([u, v], Math.sign(a * u + b * v)))
      expect(separate(data).separable).toBe(true)
      const both = [...data, { ...data[0]!, y: -data[0]!.y }]
      const answer = separate(both)
      expect(answer.separable).toBe(false)
      expect(checkWitness(both, answer)).toBe(true)
    }),
  )
})

test('in the plane the decision is that of a search over all directions between neighbours', () => {
  const spot = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }), sign)
  fc.assert(
    fc.property(fc.array(spot, { minLength: 1, maxLength: 6 }), (spots) => {
      const data = spots.map(([u, v, y]) => point([u, v], y))
      expect(separate(data).separable).toBe(separableInPlane(spots))
    }),
    { numRuns: 3000 },
  )
})

/** The open cone { w : y wᵀx > 0 } is not empty iff it holds the sum of two normals of its edges. */
function separableInPlane(spots: readonly [number, number, number][]): boolean {
  const a = spots.map(([u, v, y]) => [y * u, y * v] as const)
  const edges = a.flatMap(([u, v]) => [[-v, u] as const, [v, -u] as const, [u, v] as const])
  return edges.some(([p, q]) => edges.some(([r, s]) => a.every(([u, v]) => (p + r) * u + (q + s) * v > 0)))
}

describe('degenerate sets', () => {
  const cases: [name: string, data: Dataset, separable: boolean, witness: string[]][] = [
    ['one point', [point([2], -1)], true, ['-1']],
    ['the zero vector', [point([0, 0], 1)], false, ['1']],
    ['the zero vector among others', [point([1], 1), point([0], -1)], false, ['0', '1']],
    ['a duplicate', [point([3], 1), point([3], 1)], true, ['1']],
    ['one point with both labels', [point([1, 2], 1), point([1, 2], -1)], false, ['1', '1']],
    ['collinear, two to three', [point(['1/3', 1], 1), point(['1/2', '3/2'], -1)], false, ['3', '2']],
    ['the line as boundary', [point([0, 1], 1), point([0, -1], 1), point([1, 0], 1)], false, ['1', '1', '0']],
  ]
  test.each(cases)('%s', (_, data, separable, witness) => {
    const answer = separate(data)
    expect(answer.separable).toBe(separable)
    expect(answer.witness).toEqual(witness.map(parseRatio))
    expect(checkWitness(data, answer)).toBe(true)
  })

  test('an inseparable set is blamed on at most d + 1 of its points', () => {
    let inseparable = 0
    fc.assert(
      fc.property(datasets(small, sign), (data) => {
        const answer = separate(data)
        if (answer.separable) return
        const blamed = answer.witness.filter(({ num }) => num !== 0n).length
        expect(blamed).toBeLessThanOrEqual(data[0]!.x.length + 1)
        inseparable++
      }),
      { numRuns: 500 },
    )
    expect(inseparable).toBeGreaterThan(20)
  })
})

describe('a wrong witness is not accepted', () => {
  const r = (...texts: string[]): Separability['witness'] => texts.map(parseRatio)
  const apart = [point([1, 0], 1), point([0, 1], -1)]
  const mixed = [point([1, 0], 1), point([1, 0], -1)]
  const wrong: [name: string, data: Dataset, answer: Separability][] = [
    ['a boundary', apart, { separable: true, witness: r('1', '0'), margin: r('0')[0]! }],
    ['the wrong side', apart, { separable: true, witness: r('-1', '1'), margin: r('1')[0]! }],
    ['another margin', apart, { separable: true, witness: r('1', '-1'), margin: r('2')[0]! }],
    ['another dimension', apart, { separable: true, witness: r('1'), margin: r('1')[0]! }],
    ['no weights', mixed, { separable: false, witness: r('0', '0') }],
    ['a negative weight', apart, { separable: false, witness: r('-1', '-1') }],
    [
      'negative weights that cancel',
      [point([1], 1), point([1], 1)],
      { separable: false, witness: r('1', '-1') },
    ],
    ['a sum that is not 0', mixed, { separable: false, witness: r('1', '2') }],
    ['a weight too few', mixed, { separable: false, witness: r('1') }],
  ]
  test.each(wrong)('%s', (_, data, answer) => {
    expect(checkWitness(data, answer)).toBe(false)
  })
  test('the right ones are', () => {
    expect(checkWitness(apart, { separable: true, witness: r('1/2', '-1/3'), margin: r('2/6')[0]! })).toBe(
      true,
    )
    expect(checkWitness(mixed, { separable: false, witness: r('1/2', '1/2') })).toBe(true)
  })
})

test('classes and the empty set are refused', () => {
  expect(() => separate([])).toThrow('data: expected at least one point, got none')
  expect(() => separate([point([1], 0)])).toThrow('data: point 1: expected a label +1 or -1, got 0')
})
