/** Decimals: readable numbers whose precision is their own. */
import { Decimal } from 'decimal.js'
import { describe, expect, test } from 'vitest'
import { decimal } from '../../src/number/decimal.ts'
import { interval, overlap, fromEndpoints } from '../../src/number/interval.ts'
import { parseRatio } from '../../src/program/constant.ts'
import { draw } from './draw.ts'

describe('decimal', () => {
  test('two precisions do not disturb each other or the shared library settings', () => {
    const before = Decimal.precision
    const [F, G] = [decimal(10), decimal(40)]
    expect(F.format(F.div(F.constant('1'), F.constant('3')))).toBe('0.3333333333')
    expect(G.format(G.div(G.constant('1'), G.constant('3')))).toBe(`0.${'3'.repeat(40)}`)
    expect(F.format(F.constant('2/3'))).toBe('0.6666666667')
    expect([F.name, F.rigorous, Decimal.precision]).toEqual(['decimal(10)', false, before])
  })

  test('every operation is within two units of the last digit of the enclosure', () => {
    const [D, F] = [decimal(40), interval(200)]
    const source = draw(51)
    const margin = { num: 2n, den: 10n ** 39n }
    for (let i = 0; i < 200; i++) {
      const texts = [0, 1].map(() => `${source.integer(90) ** 2n + 1n}/${(source.integer(88) | 1n) ** 2n}`)
      const [a, b] = texts.map((text) => D.constant(text))
      const [x, y] = texts
        .map((text) => parseRatio(D.format(D.constant(text))))
        .map((r) => fromEndpoints(400, r, r))
      for (const operation of ['add', 'sub', 'mul', 'div', 'sqrt', 'exp', 'log'] as const) {
        if (operation === 'exp' && D.toNumber(a!) > 1e4) continue
        const exact = parseRatio(D.format(D[operation](a!, b!)))
        const size = exact.num < 0n ? -exact.num : exact.num
        const slack = { num: size * margin.num, den: exact.den * margin.den }
        const side = (s: bigint) => ({
          num: exact.num * slack.den + s * slack.num * exact.den,
          den: exact.den * slack.den,
        })
        expect(overlap(F[operation](x!, y!), fromEndpoints(400, side(-1n), side(1n)))).toBe(true)
      }
    }
  })

  test('powers, signs and doubles', () => {
    const F = decimal(20)
    const c = F.constant
    expect(F.format(F.pow(c('-3'), 5))).toBe('-243')
    expect([F.sign(c('-2')), F.sign(F.neg(c('0'))), F.sign(c('1/7'))]).toEqual([-1, 0, 1])
    expect([F.toNumber(c('1/8')), F.toNumber(F.exp(c('1000')))]).toEqual([0.125, Infinity])
    expect(F.format(F.neg(c('0')))).toBe('0')
  })

  test('a precision out of range is refused', () => {
    for (const digits of [0, 1001, 2.5, NaN])
      expect(() => decimal(digits)).toThrow(`decimal: expected 1 to 1000 digits, got ${digits}`)
  })

  test('log works at the highest precision', () => {
    const F = decimal(1000)
    expect(F.format(F.log(F.constant('2'))).slice(0, 30)).toBe('0.6931471805599453094172321214')
  })
})
