/** Roots: exact signs of sums of square roots, where intervals see nothing; every true tie and every near miss. */
import { describe, expect, test } from 'vitest'
import { exactSign } from '../../src/claim/roots.ts'
import { isqrt } from '../../src/number/rational.ts'
import { formulaProgram } from '../../src/program/formula.ts'

const signOf = (formula: string, at: Readonly<Record<string, string>> = {}): number | undefined =>
  exactSign(formulaProgram(formula, Object.keys(at)), 0, new Map(Object.entries(at)))

/** 10^−n, written out. */
const tiny = (n: number): string => `1/1${'0'.repeat(n)}`

describe('the sign is 0 where the roots cancel', () => {
  test.each([
    'sqrt(2)*sqrt(3) - sqrt(6)',
    'sqrt(2) + sqrt(3) - sqrt(5 + 2*sqrt(6))',
    'sqrt(2) + sqrt(8) - sqrt(18)',
    'sqrt(3 + 2*sqrt(2)) - 1 - sqrt(2)',
    '1/(sqrt(3) - sqrt(2)) - sqrt(3) - sqrt(2)',
    'sqrt(1 + sqrt(3)) - sqrt((3 + sqrt(13))/2 + sqrt(3) - (1 + sqrt(13))/2)',
    'sqrt(5)^3 - 5*sqrt(5)',
    '(sqrt(2) + sqrt(3) + sqrt(5))^2 - 10 - 2*sqrt(6) - 2*sqrt(10) - 2*sqrt(15)',
    'sqrt(exp(1)^2*2) - exp(1)*sqrt(2)',
    '8^(1/3) - 2',
    '(27/8)^(2/3) - 9/4',
    'log(exp(-1) + exp(-1)) - log(2) + 1',
    'log(exp(-1/3)/2 + 3*exp(-1/3)/2) - log(2) + 1/3',
    'log(exp(1)^2 + exp(2) + exp(3)) - 2 - log(2 + exp(1))',
    'log(1 + exp(-3)) - log(1 + exp(3)) + 3',
    'exp(log(1 + exp(-2))) - 1 - exp(-2)',
    'log(exp(log(1 + exp(-2))) - 1) + 2',
    'exp(log(1 + exp(-2)) + log(1 + exp(-3))) - 1 - exp(-2) - exp(-3) - exp(-5)',
    'exp(-2*log(3)) - 1/9',
    'exp(log(7)/2) - sqrt(7)',
    '(-log(exp(-8)))^(1/3) - 2',
    'log(exp(-sqrt(2)) + exp(-sqrt(2))) - log(2) + sqrt(2)',
    'log((1 + exp(1))^3) - 3*log(1 + exp(1))',
    'log(sqrt(1 + exp(1))) - log(1 + exp(1))/2',
  ])('%s', (formula) => expect(signOf(formula)).toBe(0))
})

describe('the sign is that of the number where they nearly do', () => {
  test.each([40, 300, 500])('10^−%i beside √2 + √3 − √(5 + 2√6)', (n) => {
    const sum = 'sqrt(2) + sqrt(3) - sqrt(5 + 2*sqrt(6))'
    expect(signOf(`${sum} + x`, { x: tiny(n) })).toBe(1)
    expect(signOf(`${sum} - x`, { x: tiny(n) })).toBe(-1)
  })

  test('the conjugate vanishes, the number does not', () => {
    expect(signOf('sqrt(2) + sqrt(3) + sqrt(5 + 2*sqrt(6))')).toBe(1)
    expect(signOf('-sqrt(2)*sqrt(3) - sqrt(6)')).toBe(-1)
  })

  test.each([40, 300])('10^−%i beside what cancels in exponentials and logarithms', (n) => {
    for (const sum of [
      'log(exp(-1) + exp(-1)) - log(2) + 1',
      'log(exp(log(1 + exp(-2))) - 1) + 2',
      '(-log(exp(-8)))^(1/3) - 2',
    ]) {
      expect(signOf(`${sum} + x`, { x: tiny(n) })).toBe(1)
      expect(signOf(`${sum} - x`, { x: tiny(n) })).toBe(-1)
    }
  })

  test('sums of square roots of integers that agree to many digits (Graham)', () => {
    const roots = (list: readonly number[]): string => list.map((n) => `sqrt(${n})`).join(' + ')
    const inDigits = (list: readonly number[]): bigint =>
      list.reduce((sum, n) => sum + isqrt(BigInt(n) * 10n ** 400n), 0n)
    const pairs = [
      [
        [10, 11],
        [5, 18],
      ],
      [
        [1, 25, 31, 84, 87, 134, 158, 182, 198],
        [2, 18, 42, 66, 113, 116, 169, 175, 199],
      ].map((list) => list.slice(0, 4).map((n) => 1_000_000 + n)),
    ]
    for (const [left, right] of pairs)
      expect(signOf(`${roots(left!)} - (${roots(right!)})`)).toBe(inDigits(left!) > inDigits(right!) ? 1 : -1)
  })
})

describe('what has no value, or stays open, has no sign', () => {
  test('a division by what cancels', () => {
    expect(signOf('1/(sqrt(2)*sqrt(3) - sqrt(6))')).toBe(undefined)
    expect(signOf('sqrt(-1 + x)', { x: tiny(40) })).toBe(undefined)
  })

  test.each([
    'exp(log(-2)) + 2',
    'exp(log(0))',
    'exp(log(exp(1) - exp(2))) + exp(2) - exp(1)',
    '2*log(-1) - log(1)',
  ])('%s, a logarithm of what is not positive', (formula) => expect(signOf(formula)).toBe(undefined))

  test('a difference below the last precision', () => {
    expect(signOf('exp(x) - 1', { x: tiny(3000) })).toBe(undefined)
  })
})
