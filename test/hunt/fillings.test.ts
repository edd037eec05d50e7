/** Fillings come by rising price, each once, and only such as may stand in the form. */
import { expect, test } from 'vitest'
import { firstFilling, formIn, formOf, type FillingOptions } from '../../src/hunt/fillings.ts'

/** All fillings in the order in which they are visited. */
function visited(c: unknown, options: Partial<FillingOptions> = {}): unknown[] {
  const seen: unknown[] = []
  const found = firstFilling(formIn(c), {
    ...{ denominator: 1, most: 10_000, accepts: () => true, plausible: () => true },
    ...options,
    wanted: (json) => (seen.push(json), options.wanted ? options.wanted(json) : false),
  })
  return [...seen, ...(found === undefined ? [] : [{ found }])]
}
const numbers = (fillings: readonly unknown[]): string[] => fillings.map((c) => (c as { a: string }).a)
const isPositive = (json: unknown): boolean => !(json as { a: string }).a.startsWith('-')

test('a number alone: 0, then small before large, positive before negative', () => {
  expect(numbers(visited({ a: '7/5' }))).toEqual(['0', '1', '-1', '2', '-2', '3', '-3'])
  expect(numbers(visited({ a: '7/5' }, { denominator: 2, accepts: isPositive }))).toEqual([
    '1/2',
    '3/2',
    '5/2',
  ])
})

test('numbers together: by the sum of their prices, and the denominator at least once', () => {
  const pairs = visited({ a: '1', b: '1' }, { denominator: 2 }) as { a: string; b: string }[]
  expect(pairs.slice(0, 4).map(({ a, b }) => `${a} ${b}`)).toEqual(['0 1/2', '1/2 0', '0 -1/2', '1 1/2'])
  expect(pairs.every(({ a, b }) => a.includes('/') || b.includes('/'))).toBe(true)
  expect(new Set(pairs.map((pair) => JSON.stringify(pair))).size).toBe(pairs.length)
})

test('no vector is 0, but for numbers that are no vector it may be so', () => {
  const all = visited({ v: ['1', '1'], a: '1' }) as { v: string[]; a: string }[]
  expect(all.some(({ v }) => v.every((e) => e === '0'))).toBe(false)
  expect(all.some(({ a }) => a === '0')).toBe(true)
  expect(all).toHaveLength((7 * 7 - 1) * 7)
})

test('of two orders of the data points one is visited', () => {
  const all = visited({ data: [{ x: ['1'] }, { x: ['2'] }] }) as { data: { x: string[] }[] }[]
  expect(all).toHaveLength((6 * 7) / 2)
  const orders = all.map(({ data }) =>
    data
      .map(({ x }) => x[0]!)
      .toSorted()
      .join(' '),
  )
  expect(new Set(orders).size).toBe(all.length)
})

test('what the form refuses alone is left out of a slot', () => {
  expect(numbers(visited({ a: '1' }, { accepts: isPositive }))).toEqual(['0', '1', '2', '3'])
  const one = (json: unknown): boolean => (json as { a: string }).a === '1'
  expect(numbers(visited({ a: '1' }, { accepts: one }))).toEqual(['1'])
})

test('labels and chosen nodes are numbers to fill in too', () => {
  const labels = visited(
    { data: [{ y: 1 }] },
    { accepts: (json) => Math.abs((json as { data: [{ y: number }] }).data[0].y) === 1 },
  )
  expect(labels).toEqual([{ data: [{ y: 1 }] }, { data: [{ y: -1 }] }])
  expect(formOf({ chosen: { u: 3 }, n: 3 })).toBe('{"chosen":{"u":"index"},"n":3}')
})

test('the first that is wanted ends the search; so does its bound, and a word of no more', () => {
  const two = (json: unknown): boolean => (json as { a: string }).a === '2'
  expect(visited({ a: '1' }, { wanted: two })).toHaveLength(5)
  expect(visited({ a: '1' }, { wanted: two }).at(-1)).toEqual({ found: { a: '2' } })
  expect(visited({ a: '1' }, { most: 3 })).toHaveLength(3)
  expect(visited({ a: '1' }, { wanted: () => undefined })).toHaveLength(1)
  expect(numbers(visited({ a: '1' }, { plausible: ([a]) => a! > 0 }))).toEqual(['1', '2', '3'])
})
