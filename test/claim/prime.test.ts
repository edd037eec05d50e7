/** Prime: arithmetic modulo 2^127 − 1 is that of fractions, read modulo that number. */
import { describe, expect, test } from 'vitest'
import { primeField } from '../../src/claim/prime.ts'
import { NotExact, Undefined } from '../../src/number/conventions.ts'
import { rational, type Rational } from '../../src/number/rational.ts'

const P = 170141183460469231731687303715884105727n
const F = primeField(new Map())
/** Whether a residue is the fraction: residue·den = num modulo P, and in range. */
const is = (residue: bigint, { num, den }: Rational): boolean =>
  residue >= 0n && residue < P && (residue * den - num) % P === 0n

const TEXTS = [
  '0',
  '1',
  '-1',
  '2',
  '-7/3',
  '5/8',
  `${P - 1n}`,
  `${P + 5n}/3`,
  `-${P + 9n}`,
  '12345678901234567890/7',
]

describe('in the field', () => {
  test.each(TEXTS)('the constant %s is its fraction', (text) => {
    expect(is(F.constant(text), rational.constant(text))).toBe(true)
  })

  test.each(['add', 'sub', 'mul', 'div'] as const)('%s is that of fractions', (name) => {
    for (const a of TEXTS)
      for (const b of TEXTS) {
        if (name === 'div' && b === '0') {
          expect(() => F.div(F.constant(a), F.constant(b))).toThrow(Undefined)
          continue
        }
        const exact = rational[name](rational.constant(a), rational.constant(b))
        expect([a, b, is(F[name](F.constant(a), F.constant(b)), exact)]).toEqual([a, b, true])
      }
  })

  test('powers and negatives are those of fractions', () => {
    for (const text of TEXTS) {
      expect([text, is(F.neg(F.constant(text)), rational.neg(rational.constant(text)))]).toEqual([text, true])
      for (const n of [0, 1, 2, 3, 10, 63])
        expect([text, n, is(F.pow(F.constant(text), n), rational.pow(rational.constant(text), n))]).toEqual([
          text,
          n,
          true,
        ])
    }
  })

  test('a root is the one that is given, and nothing else is a rational function', () => {
    expect(primeField(new Map([[9n, P - 3n]])).sqrt(9n)).toBe(P - 3n)
    expect(() => F.sqrt(9n)).toThrow(NotExact)
    for (const name of ['exp', 'log', 'tanh', 'relu', 'step', 'abs'] as const)
      expect(() => F[name](1n)).toThrow(NotExact)
    expect(() => F.root(8n, 3)).toThrow(NotExact)
    expect(() => F.max(1n, 2n)).toThrow(NotExact)
  })
})
