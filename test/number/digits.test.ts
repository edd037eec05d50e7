/** The text of an interval: no digit that some number in it contradicts. */
import { describe, expect, test } from 'vitest'
import { hull, interval, type Interval } from '../../src/number/interval.ts'
import { parseRatio } from '../../src/program/constant.ts'
import { difference, draw, type Fraction } from './draw.ts'

/** One unit of the last digit that a text shows. */
function lastPlace(text: string): Fraction {
  const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e(-?\d+))?$/.exec(text)!
  return parseRatio(`1e${Number(exponent) - fraction.length}`)
}

/** Whether every number of the interval is within the text: inside its bracket, or rounding to it. */
function honest(text: string, { lo, hi }: Interval): boolean {
  const bracket = /^\[(.*), (.*)\]$/.exec(text)
  if (bracket)
    return difference(lo, parseRatio(bracket[1]!)) >= 0n && difference(hi, parseRatio(bracket[2]!)) <= 0n
  const [x, unit] = [parseRatio(text), lastPlace(text)]
  const bound = (side: bigint): Fraction => ({
    num: 2n * x.num * unit.den + side * unit.num * x.den,
    den: 2n * x.den * unit.den,
  })
  return difference(lo, bound(-1n)) >= 0n && difference(hi, bound(1n)) <= 0n
}

describe('format', () => {
  test('every number of an interval rounds to its text, or lies in its bracket', () => {
    const source = draw(31)
    for (let i = 0; i < 4_000; i++) {
      const bits = 8 + source.below(249)
      const { value } = source.interval(256, i % 5 === 0 ? 2000 : 150)
      expect(honest(interval(bits).format(value), value), interval(bits).format(value)).toBe(true)
    }
  })

  test('a text with a wrong last digit would not pass that check', () => {
    const F = interval(100)
    const third = F.constant('1/3')
    const text = F.format(third)
    expect([honest(text, third), honest(`${text.slice(0, -1)}4`, third), honest(`${text}0`, third)]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('short exact numbers are printed exactly, certain digits in full, and doubt as a bracket', () => {
    const F = interval(100)
    const texts: readonly (readonly [Interval, string])[] = [
      [F.constant('0'), '0'],
      [F.constant('-3'), '-3'],
      [F.constant('-1'), '-1'],
      [F.constant('7'), '7'],
      [F.constant(`1${'0'.repeat(20)}`), `1${'0'.repeat(20)}`],
      [F.constant(`1${'0'.repeat(21)}`), '1e21'],
      [F.constant('1/1048576'), '9.5367431640625e-7'],
      [F.constant('1/131072'), '0.00000762939453125'],
      [F.constant('1/4'), '0.25'],
      [F.constant('250000'), '250000'],
      [F.constant('1e25'), '1e25'],
      [F.constant('-1/1024'), '-0.0009765625'],
      [F.pow(F.constant('1/2'), 30), '9.31322574615478515625e-10'],
      [F.constant('2/3'), '0.66666666666666666666666666667'],
      [F.constant('123456789/1000000'), '123.456789000000000000000000000'],
      [F.exp(F.constant('1000000')), '3.0332153968020875450864021414e434294'],
      [hull(F.constant('-1'), F.constant('2')), '[-1, 2]'],
      // Three digits are certain, four are not.
      [hull(F.constant('1.2301'), F.constant('1.2349')), '1.23'],
      // 32 digits of a point are exact, as 100 bits have 30 and two more are shown.
      [F.constant(`1${'0'.repeat(30)}1`), `1.${'0'.repeat(30)}1e31`],
      [F.constant(`1${'0'.repeat(31)}1`), `1.${'0'.repeat(30)}e32`],
      [hull(F.constant('-200'), F.constant('300')), '[-200, 300]'],
      [hull(F.constant('-2'), F.constant('0')), '[-2, 0]'],
      [hull(F.constant('1/8'), F.constant('3')), '[0.125, 3]'],
      [hull(F.constant('-3'), F.constant('-5/2')), '[-3, -2.5]'],
    ]
    expect(texts.map(([value]) => F.format(value))).toEqual(texts.map(([, text]) => text))
  })

  test('a bracket is rounded outwards where it lies just beside a power of ten', () => {
    const power = 10n ** 5000n
    const small = (1n << 20_000n) / power // 2^-20000 times this is just below 10^-5000
    const boxes: readonly Interval[] = [
      { lo: { m: power - 1n, e: 0 }, hi: { m: 2n * power + 1n, e: 0 } },
      { lo: { m: -2n * power - 1n, e: 0 }, hi: { m: 1n - power, e: 0 } },
      { lo: { m: small, e: -20_000 }, hi: { m: 2n * small + 2n, e: -20_000 } },
      { lo: { m: small + 1n, e: -20_001 }, hi: { m: small + 1n, e: -20_000 } },
    ]
    for (const value of boxes)
      for (const bits of [8, 30, 100]) expect(honest(interval(bits).format(value), value)).toBe(true)
  })

  test('the text of an enormous or tiny number takes no effort', () => {
    const F = interval(170)
    expect(F.format(F.exp(F.constant('1e9')))).toMatch(
      /^8\.00298177066097253304190937436500068878\d*e434294481$/,
    )
    expect(F.format(F.exp(F.constant('-1e30')))).toMatch(/^\[0, [\d.]+e-2585827973\]$/)
  })
})
