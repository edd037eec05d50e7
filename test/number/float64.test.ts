/** Doubles: finite or Undefined. */
import { describe, expect, test } from 'vitest'
import { Undefined } from '../../src/number/conventions.ts'
import { float64 as F } from '../../src/number/float64.ts'

describe('float64', () => {
  test('constants are the nearest doubles', () => {
    const texts = ['1/3', '-2/3', '1/10', '9007199254740993', '1/1024', '0']
    expect(texts.map(F.constant)).toEqual([1 / 3, -2 / 3, 0.1, 2 ** 53, 2 ** -10, 0])
    expect(F.constant(`${10n ** 400n}/${3n * 10n ** 399n}`)).toBeCloseTo(10 / 3, 14)
  })

  test('operations are those of IEEE 754', () => {
    expect([F.add(0.1, 0.2), F.sub(1, 0.9), F.mul(3, -0.1), F.div(1, 3)]).toEqual([
      0.1 + 0.2,
      1 - 0.9,
      3 * -0.1,
      1 / 3,
    ])
    expect([F.sqrt(2), F.exp(1), F.log(2), F.pow(-2, 3), F.neg(2)]).toEqual([
      Math.SQRT2,
      Math.E,
      Math.LN2,
      -8,
      -2,
    ])
    expect([F.format(0.1), F.toNumber(0.1), F.name, F.rigorous]).toEqual(['0.1', 0.1, 'float64', false])
  })

  test('what overflows is Undefined, what underflows is 0', () => {
    const huge = 1e200
    const attempts = [
      () => F.mul(huge, huge),
      () => F.add(Number.MAX_VALUE, Number.MAX_VALUE),
      () => F.sub(-Number.MAX_VALUE, Number.MAX_VALUE),
      () => F.pow(huge, 2),
      () => F.exp(1000),
      () => F.div(huge, 1e-200),
      () => F.constant('1e400'),
    ]
    for (const attempt of attempts) expect(attempt).toThrow(Undefined)
    expect([F.exp(-1000), F.mul(1e-200, 1e-200)]).toEqual([0, 0])
  })
})
