/** Exact rationals: field laws, roots, doubles, late reduction. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NotExact, Undefined } from '../../src/number/conventions.ts'
import { isqrt, rational as Q, type Rational } from '../../src/number/rational.ts'

const anyRational = fc
  .tuple(fc.bigInt({ min: -(2n ** 100n), max: 2n ** 100n }), fc.bigInt({ min: 1n, max: 2n ** 70n }))
  .map(([num, den]): Rational => ({ num, den }))
const same = (a: Rational, b: Rational): boolean => a.num * b.den === b.num * a.den
const law = (
  holds: (a: Rational, b: Rational, c: Rational) => boolean,
): fc.IProperty<[Rational, Rational, Rational]> => fc.property(anyRational, anyRational, anyRational, holds)
const RUNS = { seed: 41, numRuns: 300 }

describe('field laws', () => {
  test('addition and multiplication are commutative and associative', () => {
    fc.assert(
      law((a, b) => same(Q.add(a, b), Q.add(b, a)) && same(Q.mul(a, b), Q.mul(b, a))),
      RUNS,
    )
    fc.assert(
      law((a, b, c) => same(Q.add(Q.add(a, b), c), Q.add(a, Q.add(b, c)))),
      RUNS,
    )
    fc.assert(
      law((a, b, c) => same(Q.mul(Q.mul(a, b), c), Q.mul(a, Q.mul(b, c)))),
      RUNS,
    )
  })

  test('multiplication distributes over addition and subtraction', () => {
    fc.assert(
      law((a, b, c) => same(Q.mul(a, Q.add(b, c)), Q.add(Q.mul(a, b), Q.mul(a, c)))),
      RUNS,
    )
    fc.assert(
      law((a, b, c) => same(Q.mul(a, Q.sub(b, c)), Q.sub(Q.mul(a, b), Q.mul(a, c)))),
      RUNS,
    )
  })

  test('subtraction and division undo addition and multiplication', () => {
    fc.assert(
      law((a, b) => same(Q.sub(Q.add(a, b), b), a) && same(Q.add(a, Q.neg(a)), Q.constant('0'))),
      RUNS,
    )
    fc.assert(
      law((a, b) => b.num === 0n || same(Q.div(Q.mul(a, b), b), a)),
      RUNS,
    )
  })

  test('powers multiply, and the order is that of cross-multiplication', () => {
    fc.assert(
      law((a) => same(Q.mul(Q.pow(a, 3), Q.pow(a, 4)), Q.pow(a, 7))),
      RUNS,
    )
    fc.assert(
      law((a, b) => Q.sign(Q.sub(a, b)) === Math.sign(Number(a.num * b.den - b.num * a.den))),
      RUNS,
    )
  })

  test('denominators stay positive', () => {
    fc.assert(
      law((a, b) => [Q.add(a, b), Q.mul(a, b), b.num === 0n ? a : Q.div(a, b)].every(({ den }) => den > 0n)),
      RUNS,
    )
  })
})

describe('roots', () => {
  test('√ of a square is exact, reduced or not', () => {
    fc.assert(
      law((a) => same(Q.sqrt(Q.pow(a, 2)), a.num < 0n ? Q.neg(a) : a)),
      RUNS,
    )
    expect(Q.format(Q.sqrt({ num: 18n, den: 8n }))).toBe('3/2')
  })

  test('√ of anything else is refused: NotExact above 0, Undefined below', () => {
    expect(() => Q.sqrt(Q.constant('2'))).toThrow(NotExact)
    expect(() => Q.sqrt(Q.constant('4/3'))).toThrow('sqrt: expected a rational value, got sqrt(4/3)')
    expect(() => Q.sqrt({ num: 10n ** 60n + 1n, den: 1n })).toThrow(NotExact)
    expect(() => Q.sqrt(Q.constant('-4'))).toThrow(Undefined)
  })

  test('isqrt is the floor of the root, also beside squares', () => {
    for (let n = 0n; n < 2_000n; n++) expect(isFloor(isqrt(n), n)).toBe(true)
    for (let k = 1n; k < 700n; k += 7n)
      for (const side of [-1n, 0n, 1n]) {
        const n = (3n ** k) ** 2n + side
        expect(isqrt(n)).toBe(side < 0n ? 3n ** k - 1n : 3n ** k)
      }
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 900n }), (n) => isFloor(isqrt(n), n)),
      { seed: 42 },
    )
  })

  const isFloor = (r: bigint, n: bigint): boolean => r * r <= n && n < (r + 1n) ** 2n
})

describe('late reduction', () => {
  test('short denominators are left alone, long ones are in lowest terms', () => {
    expect(Q.mul({ num: 2n, den: 3n }, { num: 3n, den: 2n })).toEqual({ num: 6n, den: 6n })
    const common = 2n ** 5000n
    const long = { num: 7n * common, den: 5n * common }
    expect([Q.mul(long, long), Q.add(long, long)]).toEqual([
      { num: 49n, den: 25n },
      { num: 14n, den: 5n },
    ])
  })

  test('texts are in lowest terms whatever the fraction is', () => {
    expect([Q.format({ num: 6n, den: 6n }), Q.format({ num: -6n, den: 4n })]).toEqual(['1', '-3/2'])
  })

  test('unreduced zeros and ones are zeros and ones', () => {
    expect([
      Q.sign({ num: 0n, den: 7n }),
      Q.sign(Q.log({ num: 7n, den: 7n })),
      Q.sign(Q.exp({ num: 0n, den: 7n })),
    ]).toEqual([0, 0, 1])
  })
})

describe('toNumber', () => {
  test('is the quotient, also where both parts exceed the range of doubles', () => {
    const big = 10n ** 400n
    expect(Q.toNumber({ num: 3n * big, den: 4n * big })).toBe(0.75)
    expect(Q.toNumber({ num: -(big + 1n), den: 8n * big })).toBeCloseTo(-0.125, 15)
    expect(Q.toNumber({ num: 3n, den: big })).toBe(0)
    expect(Q.toNumber({ num: 3n * big, den: 10n ** 390n })).toBeCloseTo(3e10, -1)
    expect(Q.toNumber({ num: big, den: 1n })).toBe(Infinity)
    expect(Q.toNumber({ num: 2n ** 1000n, den: 2n ** 2000n })).toBe(2 ** -1000)
  })
})
