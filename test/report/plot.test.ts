/** Pictures of runs: ticks are round numbers inside the axis, and wide values get a logarithmic one. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coursePlot, roundTicks } from '../../src/report/course.ts'

const decades = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
const curve = (values: readonly number[], logarithmic = false): string | undefined =>
  coursePlot('a', {
    ...{ logarithmic, values, s: decades.slice(0, values.length) },
    ...{ formula: 'lim a = 1', case: 'one node' },
  })
const texts = (svg: string | undefined): string[] =>
  [...svg!.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => text!)

test('ticks are multiples of 1, 2 or 5 times a power of ten, inside the axis, two to six of them', () => {
  const ends = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  const size = fc.double({ min: 1e-3, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(ends, size, (from, length) => {
      const to = from + length
      const places = roundTicks(from, to).map(({ at }) => at)
      expect(places.length).toBeGreaterThanOrEqual(2)
      expect(places.length).toBeLessThanOrEqual(6)
      const slack = 1e-9 * Math.max(Math.abs(from), Math.abs(to))
      for (const at of places) expect(at >= from - slack && at <= to + slack).toBe(true)
      const step = places[1]! - places[0]!
      expect(['1', '2', '5']).toContain((step / 10 ** Math.floor(Math.log10(step * 1.001))).toPrecision(1))
    }),
  )
})

test('the clock is on a logarithmic axis', () => {
  expect(texts(curve([1, 1.5, 1.75, 1.8, 1.9, 1.95, 2]))).toEqual(
    expect.arrayContaining(['10⁰', '10²', '10⁶', 's = log 1/L', '1.5', '2']),
  )
})

test('positive values over several decades are drawn by their powers of ten, others as they are', () => {
  expect(texts(curve([1e-3, 1e-2, 1e-1, 1, 10]))).toEqual(expect.arrayContaining(['10⁻²', '10⁰']))
  expect(texts(curve([-1e3, 1, 1e3]))).toContain('500')
})

test('a constant is drawn too; a single value is not', () => {
  expect(curve([2, 2, 2])).not.toMatch(/NaN|Infinity/)
  expect(curve([0, 0, 0])).not.toMatch(/NaN|Infinity/)
  expect(curve([2])).toBeUndefined()
})
