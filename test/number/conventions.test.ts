/** Conventions: every row of the table of edges, in every number field. */
import { describe, expect, test } from 'vitest'
import { NotExact, Undefined } from '../../src/number/conventions.ts'
import { decimal } from '../../src/number/decimal.ts'
import type { NumberField } from '../../src/number/field.ts'
import { float64 } from '../../src/number/float64.ts'
import { hull, interval } from '../../src/number/interval.ts'
import { rational } from '../../src/number/rational.ts'

const fields = [float64, rational, decimal(30), interval(100)] as unknown as readonly NumberField<unknown>[]

describe.each(fields.map((F) => [F.name, F] as const))('in %s', (_, F) => {
  const c = F.constant

  test('relu(0) = 0 and step(0) = 1/2; 0^0 = 1', () => {
    const values = [F.relu(c('0')), F.step(c('0')), F.pow(c('0'), 0), F.pow(c('-3/2'), 0), F.pow(c('0'), 1)]
    expect(values.map((v) => F.format(v).replace('0.5', '1/2'))).toEqual(['0', '1/2', '1', '1', '0'])
  })

  test('relu and step on either side of 0', () => {
    const values = [F.relu(c('-3')), F.relu(c('3')), F.step(c('-3')), F.step(c('3'))]
    expect(values.map(F.format)).toEqual(['0', '3', '0', '1'])
  })

  test('division by 0 is Undefined, 0 divided by anything else is 0', () => {
    for (const text of ['1', '-2/3', '0']) {
      expect(() => F.div(c(text), c('0'))).toThrow(Undefined)
      expect(() => F.div(c(text), c('0'))).toThrow('div: expected a divisor that is certainly not 0, got 0')
    }
    expect(F.format(F.div(c('0'), c('-7/3')))).toMatch(/^-?0$/)
  })

  test('log of 0 and below is Undefined, log 1 = 0', () => {
    for (const text of ['0', '-1', '-1/1000000']) expect(() => F.log(c(text))).toThrow(Undefined)
    expect(() => F.log(c('-1'))).toThrow('log: expected a certainly positive argument, got -1')
    expect(F.format(F.log(c('1')))).toBe('0')
  })

  test('√ of a negative number is Undefined, √0 = 0', () => {
    expect(() => F.sqrt(c('-4'))).toThrow(Undefined)
    expect(() => F.sqrt(c('-4'))).toThrow('sqrt: expected an argument that is certainly not negative, got -4')
    expect([F.format(F.sqrt(c('0'))), F.format(F.sqrt(c('9/4'))).replace('3/2', '1.5')]).toEqual(['0', '1.5'])
  })

  test('exp 0 = 1', () => {
    expect(F.format(F.exp(c('0')))).toBe('1')
  })
})

describe('in intervals', () => {
  const F = interval(100)
  const c = F.constant
  const around = hull(c('-2'), c('3'))

  test('around 0: relu is cut, step is [0, 1], the sign is unknown', () => {
    expect([F.relu(around), F.step(around)]).toEqual([hull(c('0'), c('3')), hull(c('0'), c('1'))])
    expect(F.sign(around)).toBe(undefined)
  })

  test('reaching 0 from either side', () => {
    const [above, below] = [hull(c('0'), c('3')), hull(c('-2'), c('0'))]
    expect([F.relu(above), F.relu(below)]).toEqual([above, c('0')])
    expect([F.step(above), F.step(below)]).toEqual([hull(c('1/2'), c('1')), hull(c('0'), c('1/2'))])
    expect([F.sign(above), F.sign(below), F.sign(c('0'))]).toEqual([undefined, undefined, 0])
  })

  test('division by an interval that contains 0, or ends there, is Undefined', () => {
    for (const divisor of [around, hull(c('0'), c('1')), hull(c('-1'), c('0'))])
      expect(() => F.div(c('1'), divisor)).toThrow(Undefined)
    expect(() => F.div(c('1'), around)).toThrow('got [-2, 3]')
  })

  test('log of an interval that reaches 0 is Undefined', () => {
    for (const value of [around, hull(c('0'), c('1'))]) expect(() => F.log(value)).toThrow(Undefined)
  })

  test.each(['9', '0', '-1'])(
    '√ of an interval that reaches below 0 is Undefined: the root may not exist (up to %s)',
    (hi) => {
      expect(() => F.sqrt(hull(c('-2'), c(hi)))).toThrow(Undefined)
      expect(() => F.root(hull(c('-2'), c(hi)), 3)).toThrow(Undefined)
    },
  )
})

describe('in rationals', () => {
  test('irrational values are NotExact', () => {
    const c = rational.constant
    for (const attempt of [
      () => rational.exp(c('1')),
      () => rational.log(c('2')),
      () => rational.sqrt(c('2')),
    ])
      expect(attempt).toThrow(NotExact)
  })
})
