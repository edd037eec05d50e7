/** Pictures of runs: axes name their quantities, and ticks are round numbers inside them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DrawnCurve } from '../../src/claim/verdict.ts'
import { courseOf, type Course } from '../../src/report/course.ts'
import { logTicks, roundTicks, tickText } from '../../src/report/ticks.ts'

const decades = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
const course = (values: readonly number[], more: Partial<DrawnCurve> = {}): Course | undefined =>
  courseOf('a', {
    ...{ logarithmic: false, values, s: decades.slice(0, values.length), observable: 'x_u' },
    ...{ formula: 'lim x_u = 1', case: 'one node', ...more },
  })
const curve = (...given: Parameters<typeof course>): string | undefined => course(...given)?.svg
const texts = (svg: string | undefined): string[] =>
  [...svg!.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => text!)

/** The number that a tick shows. */
function shown(text: string): number {
  const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'
  const [, sign, mantissa = '1', power] =
    /^(−?)(?:([\d.]+)·)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/.exec(text) ?? /^(−?)([\d.]+)$/.exec(text)!
  const exponent = [...(power ?? '⁰')].map((c) => (c === '⁻' ? '-' : superscripts.indexOf(c))).join('')
  return Number(`${sign === '−' ? '-' : ''}${mantissa}e${exponent}`)
}

describe('ticks', () => {
  const ends = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  const size = fc.double({ min: 1e-3, max: 1e6, noNaN: true })

  test('are multiples of 1, 2 or 5 times a power of ten, inside the axis, two to six of them', () => {
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

  test('show the numbers at which they stand, each another text', () => {
    fc.assert(
      fc.property(ends, size, (from, length) => {
        const places = roundTicks(from, from + length)
        for (const { at, text } of places)
          expect(Math.abs(shown(text) - at)).toBeLessThanOrEqual(1e-9 * Math.abs(at))
        expect(new Set(places.map(({ text }) => text)).size).toBe(places.length)
      }),
    )
  })

  test('of an axis of logarithms are powers of ten wherever it has two', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -3000, max: 3000 }).map((n) => n / 10),
        fc.integer({ min: 20, max: 6000 }).map((n) => n / 10),
        (from, length) => {
          const places = logTicks(from, from + length)
          expect(places.length).toBeGreaterThanOrEqual(2)
          for (const { at, text } of places) {
            expect(Number.isInteger(at) && at >= from && at <= from + length).toBe(true)
            expect(text).toMatch(/^10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+$/)
          }
        },
      ),
    )
  })

  test.each([
    [0.1, 1.2, ['2', '5', '10']],
    [0.35, 0.45, ['2.4', '2.6', '2.8']],
  ])('of a short axis of logarithms, from %f to %f, are the next round numbers', (from, to, expected) => {
    expect(logTicks(from, to).map(({ text }) => text)).toEqual(expected)
    for (const { at, text } of logTicks(from, to)) expect(10 ** at).toBeCloseTo(shown(text), 9)
  })

  test.each([
    [-0.25, '−0.25'],
    [0, '0'],
    [0.30000000000000004, '0.3'],
    [-1e6, '−10⁶'],
    [2e-4, '2·10⁻⁴'],
    [1.5e7, '1.5·10⁷'],
  ])('are written as people write them: %f is %s', (x, text) => {
    expect(tickText(x)).toBe(text)
  })
})

describe('a run', () => {
  const rising = [1, 1.5, 1.75, 1.8, 1.9, 1.95, 2]

  test('has its clock on a logarithmic axis, and names it: a sequence has no loss', () => {
    expect(texts(curve(rising))).toEqual(expect.arrayContaining(['10⁰', '10²', '10⁶', 's = log 1/L', '1.5']))
    const sequence = texts(curve(rising, { clock: 'k' }))
    expect([sequence.includes('k'), sequence.join().includes('1/L')]).toEqual([true, false])
  })

  test('names its observable, or the logarithm of it', () => {
    expect(texts(curve(rising))).toContain('x_u')
    expect(texts(curve(rising, { logarithmic: true }))).toContain('log |x_u|')
  })

  test('has a dashed line where the claim says that it tends', () => {
    const against = { observable: 'c/H', values: rising.map(() => 1.25) }
    const { svg, beside } = course(rising, { against })!
    expect(beside).toBe('c/H ≈ 1.25')
    expect(texts(svg)).toContain('c/H ≈ 1.25')
    const level = /<path d="([^"]*)"[^>]*stroke-dasharray="6 4"/.exec(svg)![1]!
    const heights = [...level.matchAll(/[ML]\S+ (\S+)/g)].map(([, y]) => Number(y))
    expect(new Set(heights).size).toBe(1)
    // Its height is between those of the ticks at 1 and 1.5, as 1.25 is between them.
    const tick = (text: string): number =>
      Number(new RegExp(`y="([^"]*)"[^>]*text-anchor="end"[^>]*>${text}<`).exec(svg)![1])
    expect(heights[0]).toBeCloseTo((tick('1') + tick('1.5')) / 2, 0)
  })

  test('over several decades is drawn by powers of ten, without a line at 0, which no power reaches', () => {
    expect(texts(curve([1e-3, 1e-2, 1e-1, 1, 10]))).toEqual(expect.arrayContaining(['10⁻²', '10⁰']))
    expect(texts(curve([-1e3, 1, 1e3]))).toContain('500')
    const zero = { observable: '0', values: [0, 0, 0, 0] }
    expect(course([1, 1e-2, 1e-4, 1e-6], { against: zero })!.beside).toBeUndefined()
    expect(course([1, 0.5, 0.2, 0.1], { against: zero })!.beside).toBe('0')
  })

  test('that stands still is drawn too; a single value is not', () => {
    for (const still of [
      [2, 2, 2],
      [0, 0, 0],
      [1, 1 + 1e-15, 1],
    ]) {
      expect(curve(still)).not.toMatch(/NaN|Infinity/)
      expect(texts(curve(still)).length).toBeGreaterThanOrEqual(6)
    }
    expect(curve([2])).toBeUndefined()
  })

  test('that starts at a clock of 0 or before is drawn from there on where it is positive', () => {
    const early = (s: readonly number[]): string | undefined => curve([5, 4, 3, 2], { s })
    expect(early([-1, 0, 1, 100])).not.toMatch(/NaN|Infinity/)
    expect(texts(early([-1, 0, 1, 100]))).toEqual(expect.arrayContaining(['10⁰', '10²']))
    expect(early([-3, -2, -1, 1])).toBeUndefined()
  })

  test('of an old record, without a name, says no more than it knows', () => {
    const {
      formula,
      case: c,
      ...rest
    } = { formula: 'f', case: 'c', logarithmic: false, values: [1, 2], s: [1, 9] }
    expect(texts(courseOf('a', { ...rest, formula, case: c })!.svg)).toContain('an observable')
  })
})
