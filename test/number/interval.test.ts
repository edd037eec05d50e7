/** Interval arithmetic: every operation contains the exact result, and no more than it must. */
import { describe, expect, test } from 'vitest'
import { OUTWARD, type Rounding } from '../../src/number/dyadic.ts'
import type { NumberField } from '../../src/number/field.ts'
import {
  contains,
  endpoints,
  fromEndpoints,
  hull,
  interval,
  overlap,
  width,
  type Interval,
} from '../../src/number/interval.ts'
import { rational } from '../../src/number/rational.ts'
import { difference, draw, dyadic, narrow, within, type Fraction } from './draw.ts'

const OPERATIONS = ['add', 'sub', 'mul', 'div', 'pow'] as const

function exactly(operation: (typeof OPERATIONS)[number], a: Fraction, b: Fraction, n: number): Fraction {
  switch (operation) {
    case 'add':
      return { num: a.num * b.den + b.num * a.den, den: a.den * b.den }
    case 'sub':
      return { num: a.num * b.den - b.num * a.den, den: a.den * b.den }
    case 'mul':
      return { num: a.num * b.num, den: a.den * b.den }
    case 'div':
      return b.num < 0n
        ? { num: -a.num * b.den, den: -b.num * a.den }
        : { num: a.num * b.den, den: b.num * a.den }
    case 'pow':
      return { num: a.num ** BigInt(n), den: a.den ** BigInt(n) }
  }
}

/** The points of an operand that are tried: its endpoints and two between them. */
const EIGHTHS = [0, 3, 6, 8]

/** How many of `count` random operations miss the exact result at a point of their operands. */
function misses(fields: readonly NumberField<Interval>[], count: number, seed: number): number {
  const source = draw(seed)
  let missed = 0
  for (let done = 0; done < count;) {
    const F = fields[source.below(fields.length)]!
    const operation = OPERATIONS[source.below(OPERATIONS.length)]!
    const a = source.interval(256, 60)
    const b = source.interval(256, 60)
    if (operation === 'div' && b.value.lo.m <= 0n && b.value.hi.m >= 0n) continue
    const n = source.below(6)
    const value = operation === 'pow' ? F.pow(a.value, n) : F[operation](a.value, b.value)
    const [x, y] = [a.at(EIGHTHS[source.below(4)]!), b.at(EIGHTHS[source.below(4)]!)]
    if (!within(value, exactly(operation, x, y, n))) missed++
    done++
  }
  return missed
}

const PRECISIONS = Array.from({ length: 249 }, (_, i) => 8 + i)
const fields = PRECISIONS.map((bits) => interval(bits))

const towardsZero = (m: bigint, k: bigint): bigint => m / (1n << k)
const nearest = (m: bigint, k: bigint): bigint => (m + (1n << (k - 1n))) >> k

/** Roundings with one fault each. */
const BROKEN: readonly (readonly [string, Rounding])[] = [
  ['floor cuts towards zero', { ...OUTWARD, floorShift: towardsZero }],
  ['ceiling cuts towards zero', { ...OUTWARD, ceilShift: towardsZero }],
  ['both round to nearest', { ...OUTWARD, floorShift: nearest, ceilShift: nearest }],
  ['only the floor rounds to nearest', { ...OUTWARD, floorShift: nearest }],
]

describe('containment', () => {
  test('one million random operations contain the exact rational result', { timeout: 60_000 }, () => {
    expect(misses(fields, 1_000_000, 1)).toBe(0)
  })

  test.each(BROKEN)('the same check finds misses if the %s', (_, rounding) => {
    const broken = PRECISIONS.map((bits) => interval(bits, rounding))
    expect(misses(broken, 20_000, 1)).toBeGreaterThan(0)
  })

  test('square roots contain the root: the squares of the endpoints lie on either side', () => {
    const source = draw(2)
    for (let i = 0; i < 20_000; i++) {
      const F = fields[source.below(fields.length)]!
      const { value } = source.interval(256, 60)
      if (value.lo.m < 0n) continue
      const { lo, hi } = F.sqrt(value)
      expect(difference({ m: lo.m ** 2n, e: 2 * lo.e }, dyadic(value.lo.m, value.lo.e))).toBeLessThanOrEqual(
        0n,
      )
      expect(
        difference({ m: hi.m ** 2n, e: 2 * hi.e }, dyadic(value.hi.m, value.hi.e)),
      ).toBeGreaterThanOrEqual(0n)
      expect(lo.m).toBeGreaterThanOrEqual(0n)
    }
  })

  test('constants contain their fraction and are points when it fits', () => {
    const source = draw(3)
    for (let i = 0; i < 2_000; i++) {
      const [num, den] = [source.integer(200), source.integer(200) ** 2n + 1n]
      const F = fields[source.below(fields.length)]!
      expect(within(F.constant(`${num}/${den}`), { num, den })).toBe(true)
      const power = source.below(60)
      const short = F.constant(`${num >> 192n}/${1n << BigInt(power)}`)
      expect(short.lo).toEqual(short.hi)
    }
  })

  test('an operand longer than the precision is not cut before the operation', () => {
    const long = fromEndpoints(500, { num: 3n ** 200n, den: 1n }, { num: 3n ** 200n, den: 1n })
    const F = interval(8)
    expect(F.sub(long, long)).toEqual(F.constant('0'))
    expect(within(F.mul(long, long), { num: 3n ** 400n, den: 1n })).toBe(true)
    expect(within(F.div(F.constant('1'), long), { num: 1n, den: 3n ** 200n })).toBe(true)
  })
})

describe('tightness', () => {
  test('operations on points give intervals one or two units wide, at every precision', () => {
    const source = draw(4)
    for (let i = 0; i < 20_000; i++) {
      const bits = 8 + source.below(249)
      const F = fields[bits - 8]!
      const a = { m: source.integer(256) | 1n, e: source.below(121) - 60 }
      const b = { m: source.integer(256) | 1n, e: source.below(121) - 60 }
      const [x, y]: [Interval, Interval] = [
        { lo: a, hi: a },
        { lo: b, hi: b },
      ]
      for (const value of [
        F.mul(x, y),
        F.div(x, y),
        F.pow(x, 7),
        F.sqrt(F.pow(x, 2)),
        F.add(F.pow(x, 2), F.pow(y, 2)),
      ])
        expect(narrow(value, bits)).toBe(true)
    }
  })

  test('points stay points where the result fits', () => {
    const F = interval(170)
    const c = F.constant
    const cases: readonly (readonly [Interval, string])[] = [
      [F.add(c('2'), c('3')), '5'],
      [F.sub(c('2'), c('3')), '-1'],
      [F.mul(c('-7/8'), c('3')), '-21/8'],
      [F.div(c('6'), c('-3')), '-2'],
      [F.div(c('3'), c('8')), '3/8'],
      [F.pow(c('-3'), 5), '-243'],
      [F.pow(c('3'), 100), `${3n ** 100n}`],
      [F.sqrt(c('9/4')), '3/2'],
      [F.sqrt(c(`${(3n ** 50n) ** 2n}`)), `${3n ** 50n}`],
      [F.sqrt(c('0')), '0'],
      [F.exp(c('0')), '1'],
      [F.log(c('1')), '0'],
      [F.mul(c('0'), hull(c('-5'), c('1/3'))), '0'],
    ]
    for (const [value, text] of cases) {
      const { lo, hi } = endpoints(value)
      expect([rational.format(lo), rational.format(hi)]).toEqual([text, text])
    }
  })

  test('an even power of an interval around 0 begins at 0 and ends at the larger power', () => {
    const F = interval(64)
    const a = hull(F.constant('-3'), F.constant('2'))
    expect(F.pow(a, 2)).toEqual(hull(F.constant('0'), F.constant('9')))
    expect(F.pow(F.neg(a), 4)).toEqual(hull(F.constant('0'), F.constant('81')))
    expect(F.pow(a, 3)).toEqual(hull(F.constant('-27'), F.constant('8')))
    expect(F.pow(a, 1)).toEqual(a)
    expect(F.mul(a, a)).toEqual(hull(F.constant('-6'), F.constant('9')))
  })

  test('a high power is as narrow as a low one', () => {
    const F = interval(100)
    expect(narrow(F.pow(F.constant('1000001/1048576'), 1_000_000), 100)).toBe(true)
  })
})

describe('extreme arguments', () => {
  const F = interval(170)
  const tiny = F.pow(F.constant('1/2'), 5000)
  const one = F.constant('1')

  test('2^-5000 and 2^5000 keep their full relative precision', () => {
    expect(endpoints(F.mul(tiny, F.constant('3')))).toEqual(
      endpoints(F.div(F.constant('3'), F.pow(F.constant('2'), 5000))),
    )
    const third = F.div(tiny, F.constant('3'))
    expect(within(third, { num: 1n, den: 3n << 5000n })).toBe(true)
    expect(difference(third.hi, { num: (1n << 168n) + 1n, den: (3n << 168n) << 5000n })).toBeLessThan(0n)
    expect(difference(third.lo, { num: (1n << 168n) - 1n, den: (3n << 168n) << 5000n })).toBeGreaterThan(0n)
  })

  test('a summand far below the last digit still moves the bound', () => {
    const cases = [
      [one, 1n, tiny, 1n],
      [one, 1n, F.neg(tiny), -1n],
      [F.neg(one), -1n, tiny, 1n],
      [F.neg(one), -1n, F.neg(tiny), -1n],
    ] as const
    for (const [a, whole, b, side] of cases)
      for (const value of [F.add(a, b), F.add(b, a), F.sub(a, F.neg(b))]) {
        expect(within(value, { num: (whole << 5000n) + side, den: 1n << 5000n })).toBe(true)
        expect(within(value, { num: (whole << 169n) + side, den: 1n << 169n })).toBe(true)
        expect(within(value, { num: (whole << 167n) + side, den: 1n << 167n })).toBe(false)
        expect(within(value, { num: (whole << 5000n) - side, den: 1n << 5000n })).toBe(false)
      }
  })

  test('a summand at every distance from the last digit is accounted for', () => {
    const narrow = interval(60)
    for (let distance = 0; distance < 300; distance++)
      for (const m of [1n, -1n, (1n << 61n) - 1n, 1n - (1n << 61n)]) {
        const [a, b] = [
          { m: (1n << 60n) - 1n, e: distance },
          { m, e: 0 },
        ]
        const value = narrow.add({ lo: a, hi: a }, { lo: b, hi: b })
        expect(within(value, { num: (a.m << BigInt(distance)) + m, den: 1n })).toBe(true)
      }
  })

  test('results just beside a number of few digits are not mistaken for it', () => {
    const near = (num: bigint, den: bigint): Interval => F.constant(`${num}/${den}`)
    const big = 1n << 600n
    expect(F.sign(F.sub(near(big + 1n, big), one))).toBe(undefined)
    expect(contains(near(big + 1n, big), { num: big + 1n, den: big })).toBe(true)
    expect(contains(near(big - 1n, big), { num: big - 1n, den: big })).toBe(true)
    for (const side of [1n, -1n]) {
      const { lo, hi } = F.sqrt({
        lo: { m: (big + side) ** 2n + side, e: 0 },
        hi: { m: (big + side) ** 2n + side, e: 0 },
      })
      expect(lo).not.toEqual(hi)
      expect(within({ lo, hi }, { num: big + side, den: 1n })).toBe(true)
    }
  })

  test('exponents and precisions beyond the limits are refused, not attempted', () => {
    expect(() => F.pow(F.constant('3'), 2 ** 50)).toThrow(
      'interval: expected a finite result, got an exponent beyond',
    )
    expect(() => endpoints(F.exp(F.constant('1e9')))).toThrow(RangeError)
    expect(() => interval(1)).toThrow('interval: expected a precision of 2 to 2^20 bits, got 1')
    expect(() => interval(2.5)).toThrow(RangeError)
    expect(() => F.pow(one, -1)).toThrow('pow: expected an integer n >= 0, got -1')
    expect(() => F.pow(one, 1.5)).toThrow(RangeError)
  })

  test('zero has no exponent: 0 times the largest number is 0', () => {
    const huge: Interval = { lo: { m: 1n, e: 2 ** 48 }, hi: { m: 1n, e: 2 ** 48 } }
    expect(F.mul(F.constant('0'), F.mul(huge, one))).toEqual(F.constant('0'))
    expect(F.add(huge, F.constant('0'))).toEqual(huge)
  })
})

describe('overlap', () => {
  /** A quantity with every operation in it, at exact inputs. */
  function quantity(F: NumberField<Interval>, texts: readonly string[]): Interval {
    const [a, b, c] = texts.map((text) => F.constant(text))
    const root = F.sqrt(F.add(F.pow(a!, 2), F.pow(b!, 2)))
    const weight = F.exp(F.div(F.sub(b!, c!), root))
    return F.log(F.add(F.mul(weight, F.relu(c!)), F.add(root, F.pow(F.mul(a!, weight), 4))))
  }

  function disjoint(rounding: Rounding, count: number): number {
    const source = draw(5)
    let found = 0
    for (let i = 0; i < count; i++) {
      const texts = [0, 1, 2].map(() => `${source.integer(90)}/${source.integer(80) ** 2n + 1n}`)
      const [p, q] = [8 + source.below(249), 8 + source.below(249)]
      const [x, y] = [p, q].map((bits) => quantity(interval(bits, rounding), texts))
      if (!overlap(x!, y!)) found++
    }
    return found
  }

  test('one quantity computed at two random precisions overlaps', () => {
    expect(disjoint(OUTWARD, 1_000)).toBe(0)
  })

  test.each(BROKEN.slice(0, 2))('no longer if the %s', (_, rounding) => {
    expect(disjoint(rounding, 1_000)).toBeGreaterThan(0)
  })

  test('a higher precision is narrower', () => {
    const texts = ['1/3', '-5/7', '11/13']
    const [coarse, fine] = [50, 200].map((bits) => width(quantity(interval(bits), texts)))
    expect((fine!.num << 140n) * coarse!.den).toBeLessThan(coarse!.num * fine!.den)
  })
})

describe('sets', () => {
  const F = interval(64)
  const [a, b] = [hull(F.constant('-1'), F.constant('2')), hull(F.constant('3'), F.constant('4'))]

  test('hull, overlap, width and contains are exact', () => {
    expect(endpoints(hull(a, b))).toEqual({ lo: { num: -1n, den: 1n }, hi: { num: 4n, den: 1n } })
    expect([overlap(a, b), overlap(a, hull(b, F.constant('2')))]).toEqual([false, true])
    expect(width(hull(F.constant('1/8'), F.constant('3')))).toEqual({ num: 23n, den: 8n })
    const inside = ['-1', '2', '0', '-999/1000'].map((text) => contains(a, rational.constant(text)))
    const outside = ['-1001/1000', '2001/1000'].map((text) => contains(a, rational.constant(text)))
    expect([...inside, ...outside]).toEqual([true, true, true, true, false, false])
  })

  test('contains compares numbers whose exponents are far apart without aligning them', () => {
    const far = F.exp(F.constant('-1e9'))
    expect(contains(hull(far, F.constant('1')), { num: 1n, den: 2n })).toBe(true)
    expect(contains(far, { num: 0n, den: 1n })).toBe(false)
    expect(contains(F.neg(far), { num: -1n, den: 10n ** 300n })).toBe(false)
    expect(contains(hull(F.neg(far), F.constant('-1')), { num: -1n, den: 2n })).toBe(true)
    expect(contains(hull(F.neg(far), F.constant('1')), { num: -1n, den: 2n })).toBe(false)
  })

  test('fromEndpoints is the smallest such interval, and refuses an empty one', () => {
    expect(endpoints(fromEndpoints(64, { num: -3n, den: 8n }, { num: 5n, den: 1n }))).toEqual({
      lo: { num: -3n, den: 8n },
      hi: { num: 5n, den: 1n },
    })
    const third = fromEndpoints(100, { num: 1n, den: 3n }, { num: 1n, den: 3n })
    const ulp = third.hi.m - third.lo.m
    expect([ulp, within(third, { num: 1n, den: 3n })]).toEqual([1n, true])
    expect(() => fromEndpoints(64, { num: 1n, den: 1n }, { num: 0n, den: 1n })).toThrow('expected lo <= hi')
  })

  test('toNumber is a nearby double, also for exponents that a double does not have', () => {
    expect(F.toNumber(F.constant('1/3'))).toBeCloseTo(1 / 3, 15)
    expect(F.toNumber(F.pow(F.constant('1/2'), 1074))).toBe(2 ** -1074)
    expect(F.toNumber(F.pow(F.constant('-3'), 601))).toBeCloseTo(-(3 ** 601), -280)
    expect(F.toNumber(F.exp(F.constant('1000000')))).toBe(Infinity)
    expect(F.toNumber(F.exp(F.constant('-1000000')))).toBe(0)
  })
})
