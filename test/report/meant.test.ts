/** Meant digits: what is printed holds for every number of the interval. Compared in exact fractions and as texts. */
import { describe, expect, test } from 'vitest'
import { contains, endpoints, fromEndpoints, interval, type Interval } from '../../src/number/interval.ts'
import { parseRatio, type Ratio } from '../../src/program/constant.ts'
import { bounds, certain } from '../../src/report/meant.ts'
import { draw } from '../number/draw.ts'

const between = (lo: string, hi: string): Interval => fromEndpoints(6000, parseRatio(lo), parseRatio(hi))

test.each<[string, string, number, string | null]>([
  ['1/3', '1/3', 5, '0.33333'],
  ['0.33331', '0.33334', 20, '0.3333'],
  ['1/2', '1/2', 20, '0.5'],
  ['-2.0000001', '-1.9999999', 20, '-2.000000'],
  ['123.44', '123.46', 20, '123'],
  ['0.00000001234', '0.00000001236', 9, '1.2e-8'],
  ['19', '21', 9, '2e1'],
  ['1', '2', 9, null],
  ['-1e-20', '1e-20', 9, '0'],
  ['-1', '1', 9, null],
  // Zeros in front of the point are no digits to leave out.
  ['1000', '1000', 3, '1e3'],
  ['1250000', '1250000', 3, '1.25e6'],
  ['1e30', '1e30', 2, '1e30'],
  ['501e28', '501e28', 2, '5e30'],
  // Beyond the doubles, where 0 and ∞ would pass for them.
  ['1e-400', '3e-400', 9, null],
  ['1.21e-400', '1.24e-400', 9, '1.2e-400'],
  ['9e400', '11e400', 9, null],
  ['19e400', '21e400', 9, '2e401'],
  ['-1.24e400', '-1.21e400', 9, '-1.2e400'],
  // More digits than a double has.
  ['1.00000000000000000001', '1.00000000000000000002', 30, '1.0000000000000000000'],
  ['0.1234567890123456789012345', '0.1234567890123456789012346', 30, '0.12345678901234567890123'],
])('[%s, %s] in %i digits is %s', (lo, hi, digits, text) => {
  expect(certain(between(lo, hi), digits, lo.startsWith('-1e-2') ? 1e-15 : 0)).toBe(text)
})

test('without an error given nothing but 0 is 0', () => {
  for (const x of ['1e-400', '-1e-400', '1e-20']) expect(certain(between(x, x), 9), x).not.toBe('0')
  expect(certain(between('-1e-20', '1e-20'), 9)).toBeNull()
  expect(certain(between('-1e-20', '1e-15'), 9, 1e-16)).toBeNull()
  expect(certain(between('0', '0'), 9)).toBe('0')
})

/** The distance of two fractions, in units of 10^power. */
function distance(a: Ratio, b: Ratio, power: number): Ratio {
  const [up, down] = power < 0 ? [10n ** BigInt(-power), 1n] : [1n, 10n ** BigInt(power)]
  const num = (a.num * b.den - b.num * a.den) * up
  return { num: num < 0n ? -num : num, den: a.den * b.den * down }
}

/** The power of ten of the last digit of a decimal. */
function lastPlace(text: string): number {
  const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e(-?\d+))?$/.exec(text)!
  return Number(exponent) - fraction.length
}

describe('every number of an interval is within one unit of the last digit shown', () => {
  test('whatever its size, its width and the digits asked for', () => {
    const source = draw(29)
    let shown = 0
    for (let i = 0; i < 2000; i++) {
      const { value } = source.interval(120, i % 4 === 0 ? 1500 : 90)
      const text = certain(value, 1 + (i % 40))
      if (text === null) continue
      shown++
      const { lo, hi } = endpoints(value)
      for (const end of [lo, hi]) {
        const { num, den } = distance(end, parseRatio(text), lastPlace(text))
        expect(num <= den, `${text} for [${lo.num}/${lo.den}, ${hi.num}/${hi.den}]`).toBe(true)
      }
    }
    expect(shown).toBeGreaterThan(1000)
  })

  test('and would not be if a digit were another', () => {
    const { lo } = endpoints(between('1/3', '1/3'))
    const off = (text: string): boolean => {
      const { num, den } = distance(lo, parseRatio(text), lastPlace(text))
      return num > den
    }
    expect([off('0.33333'), off('0.33335'), off('0.333333333333333333333335')]).toEqual([false, true, true])
  })
})

test('no more digits than asked for, and the right ones', () => {
  for (let digits = 3; digits < 60; digits++)
    for (const x of ['1/3', '2/3', '9999999/10000000', '1e-400', '123456789/7']) {
      const text = certain(interval(300).constant(x), digits)!
      const shown = text.replace(/e.*/, '').replaceAll(/[-.]/g, '').replace(/^0+/, '').length
      expect(shown, `${x} ${text}`).toBeLessThanOrEqual(digits)
      const { num, den } = distance(parseRatio(x), parseRatio(text), lastPlace(text))
      expect(2n * num <= den + den / 10n, `${x} ${text}`).toBe(true)
    }
})

test('bounds contain the interval, and are near it', () => {
  const source = draw(17)
  for (let i = 0; i < 1000; i++) {
    const { value } = source.interval(200, i % 5 === 0 ? 1500 : 90)
    const { lo, hi } = bounds(value, 12)
    const inner = endpoints(value)
    const outer = fromEndpoints(12_000, parseRatio(lo), parseRatio(hi))
    expect(contains(outer, inner.lo) && contains(outer, inner.hi), `${lo} ${hi}`).toBe(true)
    for (const [end, text] of [
      [inner.lo, lo],
      [inner.hi, hi],
    ] as const) {
      if (end.num === 0n) continue
      // 12 digits, or a few fewer: off by less than 10^−9 of the bound.
      const { num, den } = distance(end, parseRatio(text), 0)
      const size = end.num < 0n ? -end.num : end.num
      expect(num * end.den * 10n ** 9n <= den * size, `${lo} ${hi}`).toBe(true)
    }
  }
  expect(bounds(between('1/3', '2/3'), 4)).toEqual({ lo: '0.3333', hi: '0.6667' })
  expect(bounds(between('-2/3', '1/2'), 4)).toEqual({ lo: '-0.6667', hi: '0.5' })
  expect(bounds(between('0', '1e-30'), 4).lo).toBe('0')
  expect(bounds(between('12345678/10', '1e25'), 4)).toEqual({ lo: '1234000', hi: '1e25' })
})
