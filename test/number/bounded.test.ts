/** Bounded: every result lies within its bound of the exact one, and cancellations keep their digits. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bounded, measured, signOf, Unknown, widened, type Bounded } from '../../src/number/bounded.ts'
import { Undefined } from '../../src/number/conventions.ts'
import { endpoints, fromEndpoints, interval, type Interval } from '../../src/number/interval.ts'
import { rational, type Rational } from '../../src/number/rational.ts'
import { toDouble, wide, wideExp, wideFloat, type Wide } from '../../src/number/wide.ts'

const B = bounded
const I = interval(400)
const one = B.constant('1')
const exactWide = ({ m, e }: Wide): Rational => {
  const num = BigInt(m * 2 ** 52)
  return e >= 52
    ? { num: num << BigInt(e - 52), den: 1n }
    : rational.div({ num, den: 1n }, { num: 1n << BigInt(52 - e), den: 1n })
}
/** The two ends of what a bounded number may be. */
const ends = (a: Bounded): readonly [Rational, Rational] => {
  const [middle, err] = [rational.add(exactWide(a.hi), exactWide(a.lo)), exactWide(a.err)]
  return [rational.sub(middle, err), rational.add(middle, err)]
}
const atMost = (a: Rational, b: Rational): boolean => a.num * b.den <= b.num * a.den
/** Whether an enclosure of the exact value, far narrower than the bound, meets it. */
const meets = (a: Bounded, exact: Interval): boolean => {
  const { lo, hi } = endpoints(exact)
  const [low, high] = ends(a)
  return atMost(low, { num: hi.num, den: hi.den }) && atMost({ num: lo.num, den: lo.den }, high)
}
const enclosed = (x: Rational): Interval => fromEndpoints(400, x, x)
const relative = ({ hi, err }: Bounded): number => Math.abs(toDouble(wideFloat.div(err, hi)))

/** A double of moderate size, and one with a second part of any smaller size. */
const double = fc
  .tuple(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.integer({ min: -80, max: 20 }))
  .map(([m, e]) => m * 2 ** e)
const pair = fc
  .tuple(double, double, fc.integer({ min: 0, max: 300 }), fc.boolean())
  .map(([x, y, k, off]): Bounded => {
    const sum = B.add(measured(x), measured(y * 2 ** -k))
    return off ? widened(sum, wide(Math.abs(x) * 2 ** -40)) : sum
  })
const RUNS = { numRuns: 400 }
/** A point between the ends of a number, from its bottom to its top. */
const inside = (a: Bounded, share: bigint): Interval => {
  const [lo, hi] = ends(a)
  return enclosed(rational.add(lo, rational.mul(rational.sub(hi, lo), { num: share, den: 8n })))
}
const share = fc.bigInt(0n, 8n)

describe('the exact value lies within the bound, wherever the operands lie in theirs', () => {
  test.each(['add', 'sub', 'mul', 'div'] as const)('%s', (operation) => {
    let cases = 0
    fc.assert(
      fc.property(pair, pair, share, share, (a, b, p, q) => {
        if (operation === 'div' && signOf(b) === undefined) return
        if (operation === 'div' && signOf(b) === 0) return
        cases++
        expect(meets(B[operation](a, b), I[operation](inside(a, p), inside(b, q)))).toBe(true)
      }),
      RUNS,
    )
    expect(cases).toBeGreaterThan(200)
  })

  test.each(['exp', 'log', 'sqrt'] as const)('%s', (operation) => {
    let cases = 0
    fc.assert(
      fc.property(pair, share, fc.integer({ min: -30, max: 20 }), (a, p, k) => {
        const moved = operation === 'exp' ? B.mul(a, measured(2 ** (k - 30))) : a
        if (operation !== 'exp' && signOf(moved) !== 1) return
        if (operation === 'exp' && Math.abs(toDouble(moved.hi)) > 1e4) return
        cases++
        try {
          expect(meets(B[operation](moved), I[operation](inside(moved, p)))).toBe(true)
        } catch (error) {
          if (!(error instanceof Unknown)) throw error
        }
      }),
      RUNS,
    )
    expect(cases).toBeGreaterThan(100)
  })

  test('powers and constants', () => {
    fc.assert(
      fc.property(pair, share, fc.integer({ min: 0, max: 9 }), (a, p, n) => {
        expect(meets(B.pow(a, n), I.pow(inside(a, p), n))).toBe(true)
      }),
      RUNS,
    )
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 60n), 10n ** 60n), fc.bigInt(1n, 10n ** 60n), (num, den) => {
        const a = B.constant(`${num}/${den}`)
        expect(meets(a, I.constant(`${num}/${den}`))).toBe(true)
        if (num !== 0n) expect(relative(a)).toBeLessThan(1e-30)
      }),
      RUNS,
    )
  })

  test('what is exact stays exact', () => {
    const zero = B.sub(B.sub(B.add(one, measured(2 ** -400)), one), measured(2 ** -400))
    expect([zero.hi.m, zero.err.m]).toEqual([0, 0])
    expect(B.sqrt(B.constant('9/4'))).toMatchObject({ hi: wide(1.5), lo: wide(0), err: wide(0) })
    expect(signOf(B.sub(one, B.constant(`${10n ** 40n + 1n}/${10n ** 40n}`)))).toBe(-1)
  })
})

describe('cancellations keep their digits, however small what is left', () => {
  const { add, sub, div, log, exp, sqrt, mul, neg } = B
  test.each([1, 30, 700, 1e4, 1e6, 1e9])('at L = e^−%s', (s) => {
    const L = exp(measured(-s))
    const close = (a: Bounded, b: Bounded): void => {
      // Up to terms of order L².
      const off = Math.max(1e-14, 2 * Math.exp(-s))
      expect(Math.abs(toDouble(div(a, b).hi) - 1)).toBeLessThan(off)
      expect(toDouble(div(a, b).err)).toBeLessThan(1e-14)
    }
    close(log(add(one, L)), L)
    close(log(add(L, one)), L)
    close(neg(log(sub(one, mul(L, B.constant('1/2'))))), mul(L, B.constant('1/2')))
    close(sub(exp(L), one), L)
    close(add(neg(one), exp(L)), L)
    close(sub(one, exp(neg(L))), L)
    close(mul(sub(sqrt(add(one, L)), one), B.constant('2')), L)
    close(sub(div(one, sub(one, L)), one), L)
    expect(toDouble(sub(add(add(one, L), measured(s)), add(one, measured(s))).hi)).toBe(toDouble(L.hi))
  })

  test('e^x and log x to 27 digits', () => {
    for (const x of [1e-3, 0.5, 1, 20, 1e4, 1e6, -1e6])
      expect(relative(exp(measured(x)))).toBeLessThan(1e-28 * Math.max(1, Math.abs(x)))
    for (const x of [1e-300, 0.1, 0.99, 1.5, 1e6, 1e300])
      expect(relative(log(measured(x)))).toBeLessThan(1e-27)
    // e^1000000 as a wide number, and back.
    expect(toDouble(sub(log(exp(measured(1e6))), measured(1e6)).err)).toBeLessThan(1e-24)
    expect(Math.abs(toDouble(div(exp(measured(-1e6)), { ...one, hi: wideExp(-1e6) }).hi) - 1)).toBeLessThan(
      1e-9,
    )
  })
})

describe('what the error leaves open', () => {
  const lost = measured(1e-20, 2 ** 53)
  test('has no sign, and is no divisor, radicand or argument of log', () => {
    expect(signOf(widened(lost, wide(1e-20)))).toBe(undefined)
    for (const operation of [
      () => B.div(one, lost),
      () => B.log(lost),
      () => B.sqrt(B.sub(lost, measured(1e-20))),
    ])
      expect(operation).toThrow(Unknown)
    expect(() => B.exp(measured(1e30))).toThrow(Unknown)
  })

  test('is told apart from what certainly has no value', () => {
    for (const operation of [
      () => B.div(one, measured(0)),
      () => B.log(measured(0)),
      () => B.log(measured(-1, 4)),
      () => B.sqrt(measured(-1)),
    ])
      expect(operation).toThrow(Undefined)
  })

  test('the root of a sum of squares exists, however lost', () => {
    const square = B.pow(widened(measured(0), wide(1e-9)), 2)
    const root = B.sqrt(B.add(square, square))
    expect(toDouble(root.err)).toBeGreaterThanOrEqual(Math.SQRT2 * 1e-9)
    expect(toDouble(root.err)).toBeLessThan(3e-9)
  })

  test('relu moves by no more than its argument, step by 1 at most', () => {
    const near = widened(measured(-1e-12), wide(1e-9))
    expect(toDouble(B.relu(near).err)).toBeGreaterThanOrEqual(0.999e-9)
    expect(toDouble(B.step(near).err)).toBe(1)
    expect(B.step(measured(3, 1))).toMatchObject({ hi: wide(1), err: wide(0) })
  })
})
