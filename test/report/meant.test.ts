/** Meant digits: what is printed holds for every number of the interval. */
import { expect, test } from 'vitest'
import { contains, endpoints, fromEndpoints, interval, type Interval } from '../../src/number/interval.ts'
import { parseRatio } from '../../src/program/constant.ts'
import { bounds, certain } from '../../src/report/meant.ts'
import { draw } from '../number/draw.ts'

const between = (lo: string, hi: string): Interval => fromEndpoints(200, parseRatio(lo), parseRatio(hi))

test.each<[string, string, number, string | null]>([
  ['1/3', '1/3', 5, '0.33333'],
  ['0.33331', '0.33334', 20, '0.3333'],
  ['1/2', '1/2', 20, '0.5'],
  ['-2.0000001', '-1.9999999', 20, '-2.00000'],
  ['123.44', '123.46', 20, '123'],
  ['0.00000001234', '0.00000001236', 9, '1.2e-8'],
  ['19', '21', 9, '2e+1'],
  ['1', '2', 9, null],
  ['-1e-20', '1e-20', 9, '0'],
  ['-1', '1', 9, null],
])('[%s, %s] in %i digits is %s', (lo, hi, digits, text) => {
  const shown = certain(between(lo, hi), digits, 1e-15)
  expect(shown === null ? null : Number(shown)).toBe(text === null ? null : Number(text))
})

test('no more digits than asked for', () => {
  for (let digits = 3; digits < 60; digits++)
    for (const x of ['1/3', '2/3', '9999999/10000000', '1e-400', '123456789/7']) {
      const text = certain(interval(300).constant(x), digits)!
      const shown = text.replace(/e.*/, '').replaceAll(/[-.]/g, '').replace(/^0+/, '').length
      expect(shown, `${x} ${text}`).toBeLessThanOrEqual(digits)
    }
})

test('bounds contain the interval, and are near it', () => {
  const source = draw(17)
  for (let i = 0; i < 1000; i++) {
    const { value } = source.interval(200, i % 5 === 0 ? 1500 : 90)
    const { lo, hi } = bounds(value, 12)
    const outer = fromEndpoints(6000, parseRatio(lo), parseRatio(hi))
    const inner = endpoints(value)
    expect(contains(outer, inner.lo) && contains(outer, inner.hi), `${lo} ${hi}`).toBe(true)
  }
  expect(bounds(between('1/3', '2/3'), 4)).toEqual({ lo: '0.3333', hi: '0.6667' })
  expect(bounds(between('-2/3', '1/2'), 4)).toEqual({ lo: '-0.6667', hi: '0.5' })
  expect(bounds(between('0', '1e-30'), 4).lo).toBe('0')
  expect(bounds(between('12345678/10', '1e25'), 4)).toEqual({ lo: '1234000', hi: '1e25' })
})
