/** Wide doubles: as accurate as doubles, at any size. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Undefined } from '../../src/number/conventions.ts'
import { endpoints, fromEndpoints, interval } from '../../src/number/interval.ts'
import { rational, type Rational } from '../../src/number/rational.ts'
import { fromDouble, logSize, toDouble, wideExp, wideFloat, type Wide } from '../../src/number/wide.ts'

const W = wideFloat
/** The unit in the last place of a number of size 1. */
const ULP = 2 ** -52

/** The exact value of a wide double whose exponent is moderate. */
function exact({ m, e }: Wide): Rational {
  const num = BigInt(m * 2 ** 52)
  const shift = e - 52
  return shift >= 0 ? { num: num << BigInt(shift), den: 1n } : { num, den: 1n << BigInt(-shift) }
}

/** |a − b|/|b| in units of the last place; 0 if both are 0. */
function ulps(a: Wide, b: Rational): number {
  const difference = rational.sub(exact(a), b)
  if (difference.num === 0n) return 0
  if (b.num === 0n) return Infinity
  const { num, den } = rational.div(difference, b)
  return Math.abs(Number((num << 80n) / den) / 2 ** 80) / ULP
}

const normal = (a: Wide): boolean =>
  a.m === 0 ? a.e === 0 : Math.abs(a.m) >= 1 && Math.abs(a.m) < 2 && Number.isInteger(a.e)

const wide = (most: number): fc.Arbitrary<Wide> =>
  fc
    .tuple(
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 }),
      fc.integer({ min: 0, max: 2 ** 21 - 1 }),
      fc.integer({ min: -most, max: most }),
    )
    .map(([high, low, e]) => {
      const { m, e: own } = fromDouble(high * 2 ** 21 + low)
      return m === 0 ? { m, e: 0 } : { m, e: own + e }
    })
const moderate = wide(1200)
const RUNS = { numRuns: 300 }

describe('against exact fractions', () => {
  test.each(['add', 'sub', 'mul', 'div'] as const)('%s is rounded to nearest', (operation) => {
    fc.assert(
      fc.property(moderate, moderate, (a, b) => {
        if (operation === 'div' && b.m === 0) return
        const found = W[operation](a, b)
        expect(normal(found)).toBe(true)
        expect(ulps(found, rational[operation](exact(a), exact(b)))).toBeLessThanOrEqual(0.5)
      }),
      RUNS,
    )
  })

  test('sums of neighbours cancel exactly', () => {
    fc.assert(
      fc.property(moderate, fc.integer({ min: -3, max: 3 }), (a, steps) => {
        const b = { m: a.m * (1 + steps * ULP), e: a.e }
        if (!normal(b)) return
        expect(rational.sub(exact(W.sub(a, b)), rational.sub(exact(a), exact(b))).num).toBe(0n)
      }),
      RUNS,
    )
  })

  test('a power is off by at most one unit for each multiplication', () => {
    fc.assert(
      fc.property(wide(100), fc.integer({ min: 0, max: 12 }), (a, n) => {
        expect(ulps(W.pow(a, n), rational.pow(exact(a), n))).toBeLessThanOrEqual(n)
      }),
      RUNS,
    )
    expect(W.pow(fromDouble(0), 0)).toEqual(fromDouble(1))
  })

  test('the square of a root is the number', () => {
    fc.assert(
      fc.property(moderate, (a) => {
        const root = W.sqrt({ ...a, m: Math.abs(a.m) })
        expect(normal(root)).toBe(true)
        const square = rational.mul(exact(root), exact(root))
        expect(ulps({ ...a, m: Math.abs(a.m) }, square)).toBeLessThanOrEqual(1.5)
      }),
      RUNS,
    )
  })

  test('a constant is its fraction, rounded', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.bigInt(1n, 10n ** 30n), (p, q) => {
        expect(ulps(W.constant(`${p}/${q}`), { num: p, den: q })).toBeLessThanOrEqual(2)
      }),
      RUNS,
    )
    const long = `${10n ** 400n}/${3n ** 700n}`
    expect(ulps(W.constant(long), { num: 10n ** 400n, den: 3n ** 700n })).toBeLessThanOrEqual(2)
  })

  test('the sign, the order and the parts are those of the fraction', () => {
    fc.assert(
      fc.property(moderate, moderate, (a, b) => {
        const order = rational.sub(exact(a), exact(b)).num
        expect(W.sign(W.sub(a, b))).toBe(order > 0n ? 1 : order < 0n ? -1 : 0)
        expect(W.relu(a)).toEqual(a.m > 0 ? a : fromDouble(0))
        expect(W.step(a)).toEqual(fromDouble(a.m > 0 ? 1 : 0))
      }),
      RUNS,
    )
  })
})

describe('exp and log against enclosures', () => {
  const I = interval(200)
  const point = (x: number): ReturnType<typeof I.exp> => {
    const value = exact(fromDouble(x))
    return fromEndpoints(200, value, value)
  }

  test('e^x, to the last places of x', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.integer({ min: 20, max: 40 }), (n, k) => {
        const x = n / 2 ** k
        const { lo } = endpoints(I.exp(point(Math.max(-20_000, Math.min(20_000, x)))))
        const found = wideExp(Math.max(-20_000, Math.min(20_000, x)))
        expect(normal(found)).toBe(true)
        expect(ulps(found, lo)).toBeLessThan(8)
      }),
      { numRuns: 60 },
    )
  })

  test('log a', () => {
    fc.assert(
      fc.property(moderate, (a) => {
        if (a.m <= 0) return
        const value = exact(a)
        const { lo } = endpoints(I.log(fromEndpoints(4000, value, value)))
        // Next to 1 the logarithm is as accurate as the rounding of a double is there.
        const near = Math.abs(toDouble(a) - 1) < 0.5
        expect(ulps(W.log(a), lo)).toBeLessThan(near ? 4 : 2)
        expect(toDouble(W.log(a))).toBe(logSize(a))
      }),
      { numRuns: 100 },
    )
  })
})

describe('beyond the doubles', () => {
  test('log e^x is x for x up to 10^9', () => {
    for (const x of [-1e9, -1e6, -12_345.678, -745, -1e-3, 0, 1e-300, 1, 709, 710, 1e6, 1e9])
      expect(Math.abs(logSize(wideExp(x)) - x)).toBeLessThanOrEqual(4 * ULP * Math.max(1, Math.abs(x)))
  })

  test('e^x e^{-x} is 1 up to the places that x has', () => {
    for (const x of [1, 1e3, 123_456.789, 1e6, 1e9])
      expect(Math.abs(toDouble(W.mul(wideExp(x), wideExp(-x))) - 1)).toBeLessThan(8 * ULP)
  })

  test('e^{x + 1}/e^x is e where x + 1 is exact', () => {
    for (const x of [0, 1e3, 2 ** 20, -(2 ** 20), 2 ** 29, 1e9, 1e11])
      expect(toDouble(W.div(wideExp(x + 1), wideExp(x)))).toBeCloseTo(Math.E, 13)
  })

  test('what is far smaller is lost in a sum, and no more', () => {
    const [big, small] = [wideExp(1e6), wideExp(-1e6)]
    expect(W.add(big, small)).toEqual(big)
    expect(W.sub(small, big)).toEqual(W.neg(big))
    expect(W.sub(big, big)).toEqual(fromDouble(0))
    expect(W.sign(W.sub(big, small))).toBe(1)
  })

  test('a double is ±∞ or 0 there, and the sign is kept', () => {
    const [big, small] = [wideExp(1e6), wideExp(-1e6)]
    expect([big, W.neg(big), small].map(toDouble)).toEqual([Infinity, -Infinity, 0])
    expect([W.neg(big), W.neg(small)].map((a) => W.sign(a))).toEqual([-1, -1])
    expect(logSize(fromDouble(0))).toBe(-Infinity)
    expect(W.format(big)).toBe(`e^${logSize(big)}`)
  })

  test('exp of what is itself beyond the doubles still has a sign of growth', () => {
    expect(logSize(W.exp(wideExp(1e6)))).toBeGreaterThan(1e17)
    expect(logSize(W.exp(W.neg(wideExp(1e6))))).toBeLessThan(-1e17)
    expect(W.exp(wideExp(-1e6))).toEqual(fromDouble(1))
  })
})

describe('doubles', () => {
  test('come back as they were, subnormal ones too', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(normal(fromDouble(x))).toBe(true)
        expect(toDouble(fromDouble(x))).toBe(x === 0 ? 0 : x)
      }),
      RUNS,
    )
    for (const x of [Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, 2 ** -1022, 2 ** -1050])
      expect(toDouble(fromDouble(x))).toBe(x)
  })

  test('that are no numbers are refused', () => {
    for (const x of [NaN, Infinity, -Infinity]) expect(() => fromDouble(x)).toThrow(Undefined)
  })
})

test('what has no value is refused', () => {
  const [zero, minus] = [fromDouble(0), fromDouble(-2)]
  expect(() => W.div(minus, zero)).toThrow(Undefined)
  expect(() => W.log(zero)).toThrow(Undefined)
  expect(() => W.log(minus)).toThrow(Undefined)
  expect(() => W.sqrt(minus)).toThrow(Undefined)
  expect(W.sqrt(zero)).toEqual(zero)
})
