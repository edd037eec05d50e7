/** On a grid of small numbers every bound is the exact one: each sign, each tie and each zero occurs. */
import { describe, expect, test } from 'vitest'
import { decimal } from '../../src/number/decimal.ts'
import {
  OUTWARD,
  bitLength,
  compare,
  power,
  product,
  quotient,
  root,
  rounder,
  shortest,
  sum,
  toDouble,
  type Dyadic,
} from '../../src/number/dyadic.ts'
import { float64 } from '../../src/number/float64.ts'
import {
  contains,
  endpoints,
  fromEndpoints,
  hull,
  interval,
  overlap,
  width,
} from '../../src/number/interval.ts'
import type { Interval } from '../../src/number/interval.ts'
import { iroot, rational } from '../../src/number/rational.ts'
import { fromDouble, wideFloat } from '../../src/number/wide.ts'

const q = (n: number, den = 1): { num: bigint; den: bigint } => ({ num: BigInt(n), den: BigInt(den) })
const range = (lo: number, hi: number): number[] => Array.from({ length: hi - lo + 1 }, (_, i) => lo + i)
const F = interval(53)

type Pair = readonly [number, number]
const PAIRS: readonly Pair[] = range(-3, 3).flatMap((lo) => range(lo, 3).map((hi): Pair => [lo, hi]))
const made = new Map(PAIRS.map((pair) => [pair.join(), enclosed(pair)]))
function enclosed([lo, hi]: Pair): Interval {
  const a = fromEndpoints(53, q(lo), q(hi))
  return lo === hi ? { lo: a.lo, hi: a.lo } : a
}
const of = (pair: Pair): Interval => made.get(pair.join())!
const read = (a: Interval): Pair => [toDouble(a.lo), toDouble(a.hi)]
const all = ([lo, hi]: Pair): number[] => range(4 * lo, 4 * hi).map((n) => n / 4)
const hullOf = (xs: readonly number[]): Pair => [Math.min(...xs) + 0, Math.max(...xs) + 0]
const ends = (a: Pair, b: Pair, f: (x: number, y: number) => number): Pair =>
  hullOf(a.flatMap((x) => b.map((y) => f(x, y))))
const isPoint = ([lo, hi]: Pair): boolean => lo === hi

describe('intervals with ends from −3 to 3', () => {
  test.each([
    ['add', F.add, (x: number, y: number) => x + y],
    ['sub', F.sub, (x: number, y: number) => x - y],
    ['mul', F.mul, (x: number, y: number) => x * y],
    ['max', F.max, (x: number, y: number) => Math.max(x, y)],
  ])('%s of two of them has the least and the largest value of the ends', (_, inIntervals, f) => {
    for (const a of PAIRS)
      for (const b of PAIRS) {
        const expected = ends(a, b, f)
        const got = inIntervals(of(a), of(b))
        expect([a, b, read(got)]).toEqual([a, b, expected])
      }
  })

  test('div contains the quotients and is the exact bound where it is a number of few digits', () => {
    for (const a of PAIRS)
      for (const b of PAIRS) {
        if (b[0] <= 0 && b[1] >= 0) {
          expect(() => F.div(of(a), of(b))).toThrow('div')
          continue
        }
        const exact = a.flatMap((x) => b.map((y) => ({ x, y }))).toSorted((s, t) => s.x / s.y - t.x / t.y)
        const got = F.div(of(a), of(b))
        for (const { x, y } of exact) expect(contains(got, rational.div(q(x), q(y)))).toBe(true)
        const [lo, hi] = [exact[0]!, exact.at(-1)!]
        expect(Math.abs(read(got)[0] - lo.x / lo.y)).toBeLessThanOrEqual(2 ** -50)
        expect(Math.abs(read(got)[1] - hi.x / hi.y)).toBeLessThanOrEqual(2 ** -50)
        if (isPoint(a) && isPoint(b) && Number.isInteger(a[0] / b[0])) expect(got.lo).toBe(got.hi)
      }
  })

  const UNARY: readonly (readonly [string, (a: Interval) => Interval, (x: number) => number])[] = [
    ['neg', F.neg, (x: number) => -x],
    ['abs', F.abs, Math.abs],
    ['relu', F.relu, (x: number) => Math.max(0, x)],
    ['step', F.step, (x: number) => (1 + Math.sign(x)) / 2],
    ...range(0, 5).map((n) => [`pow ${n}`, (a: Interval) => F.pow(a, n), (x: number) => x ** n] as const),
  ]
  test.each(UNARY)('%s has the least and the largest value', (_, inIntervals, f) => {
    for (const a of PAIRS) {
      const got = inIntervals(of(a))
      expect([a, read(got)]).toEqual([a, hullOf(all(a).map(f))])
      if (isPoint(a)) expect(compare(got.lo, got.hi)).toBe(0)
    }
  })

  test.each([
    ['exp', F.exp],
    ['tanh', F.tanh],
    ['sqrt', F.sqrt],
    ['cube root', (a: Interval): Interval => F.root(a, 3)],
    ['log', F.log],
  ])('%s, which grows, has the bounds of the ends', (name, f) => {
    const least = name === 'log' ? 1 : name === 'sqrt' || name === 'cube root' ? 0 : -3
    for (const a of PAIRS) {
      if (a[0] < least) continue
      const got = f(of(a))
      expect([a, compare(got.lo, f(of([a[0], a[0]])).lo)]).toEqual([a, 0])
      expect([a, compare(got.hi, f(of([a[1], a[1]])).hi)]).toEqual([a, 0])
    }
  })

  test('the operations of points are points by their form', () => {
    for (const x of range(-3, 3))
      for (const y of range(-3, 3)) {
        const [a, b] = [of([x, x]), of([y, y])]
        const results = [F.add(a, b), F.sub(a, b), F.mul(a, b), F.max(a, b), F.neg(a), F.abs(a), F.relu(a)]
        for (const got of results) expect([x, y, got.lo === got.hi]).toEqual([x, y, true])
      }
    const three = F.max(of([0, 3]), of([3, 3]))
    expect(three.lo).toBe(three.hi)
  })

  test('a sign is told if and only if it is that of every number', () => {
    for (const a of PAIRS) {
      const signs = new Set(
        all(a)
          .map(Math.sign)
          .map((s) => s + 0),
      )
      expect([a, F.sign(of(a))]).toEqual([a, signs.size === 1 ? [...signs][0] : undefined])
    }
  })

  test('hull, overlap, width, ends and membership are those of sets', () => {
    for (const a of PAIRS) {
      expect(width(of(a))).toEqual(q(a[1] - a[0]))
      expect(endpoints(of(a))).toEqual({ lo: q(a[0]), hi: q(a[1]) })
      for (const x of range(-13, 13)) expect(contains(of(a), q(x, 4))).toBe(a[0] <= x / 4 && x / 4 <= a[1])
      for (const b of PAIRS) {
        expect(read(hull(of(a), of(b)))).toEqual(hullOf([...a, ...b]))
        expect(overlap(of(a), of(b))).toBe(a[0] <= b[1] && b[0] <= a[1])
      }
      expect(F.toNumber(of(a))).toBe((a[0] + a[1]) / 2)
    }
  })
})

test('a precision of 2 to 2^20 bits is taken, and no other', () => {
  for (const bits of [2, 3, 2 ** 20]) expect(interval(bits).name).toBe(`interval(${bits})`)
  for (const bits of [1, 0, -5, 2.5, 2 ** 20 + 1, NaN]) expect(() => interval(bits)).toThrow(RangeError)
})

describe('dyadic numbers', () => {
  const GRID: readonly Dyadic[] = range(-5, 5).flatMap((m) =>
    [-3, -1, 0, 2].map((e): Dyadic => (m === 0 ? { m: 0n, e: 0 } : { m: BigInt(m), e })),
  )
  const value = ({ m, e }: Dyadic): number => Number(m) * 2 ** e

  test('compare has the sign of the difference', () => {
    for (const a of GRID) for (const b of GRID) expect(compare(a, b)).toBe(Math.sign(value(a) - value(b)) + 0)
  })

  test('compare tells numbers apart whose exponents are far from each other', () => {
    for (const e of [4096, 4097, 5000]) {
      const [big, one] = [
        { m: 1n, e },
        { m: 1n << BigInt(e), e: 0 },
      ]
      for (const [d, expected] of [
        [0n, 0],
        [1n, -1],
        [-1n, 1],
      ] as const) {
        expect(compare(big, { m: one.m + d, e: 0 })).toBe(expected)
        expect(compare({ m: one.m + d, e: 0 }, big)).toBe(0 - expected)
        expect(compare({ m: -1n, e }, { m: -one.m - d, e: 0 })).toBe(0 - expected)
        expect(compare({ m: -one.m - d, e: 0 }, { m: -1n, e })).toBe(expected + 0)
      }
      expect(compare({ m: 3n, e }, { m: one.m * 2n, e: 0 })).toBe(1)
      expect(compare({ m: -3n, e }, { m: one.m * -2n, e: 0 })).toBe(-1)
      expect(compare({ m: 1n, e: -e }, { m: 1n, e })).toBe(-1)
      expect(compare({ m: -1n, e: -e }, { m: -1n, e })).toBe(1)
    }
  })

  test('a product, and a sum of near exponents, is exact; so is what ends when divided', () => {
    for (const a of GRID)
      for (const b of GRID) {
        expect(value(product(a, b))).toBe(value(a) * value(b) + 0)
        expect(value(sum(a, b, 64))).toBe(value(a) + value(b) + 0)
        if (b.m !== 0n && Number.isInteger((8 * value(a)) / value(b)))
          expect(value(quotient(a, b, 64))).toBe(value(a) / value(b) + 0)
      }
  })

  test.each([2, 3, 4, 5])('the root of degree %i of a power is exact', (n) => {
    for (const a of GRID)
      if (a.m > 0n) expect(value(root({ m: a.m ** BigInt(n), e: n * a.e }, 64, n))).toBe(value(a))
    expect(root({ m: 0n, e: 0 }, 64, n)).toEqual({ m: 0n, e: 0 })
  })

  test('a stand-in rounds down and up as the value does, however far away the smaller summand is', () => {
    for (const bits of [2, 10, 63])
      for (const gap of [60, 63, 64, 65, 66, 67, 68, 70, 127, 128, 129, 130, 131, 132, 133, 200])
        for (const big of [1n, -1n, 3n, 2n ** 64n - 1n, -(2n ** 64n) + 1n])
          for (const small of [1n, -1n, 2n ** 5n - 1n]) {
            const round = rounder(bits, OUTWARD)
            const a = { m: big, e: gap }
            const b = { m: small, e: 0 }
            const exact = { m: (big << BigInt(gap)) + small, e: 0 }
            const standIn = sum(a, b, round.room)
            for (const way of [round.down, round.up])
              expect([bits, gap, big, small, compare(way(standIn), way(exact))]).toEqual([
                bits,
                gap,
                big,
                small,
                0,
              ])
          }
  })

  test('a rounder moves down or up by less than a unit of its last digit, and not at all what fits', () => {
    const round = rounder(10, OUTWARD)
    for (const m of [
      2n ** 64n - 1n,
      2n ** 64n,
      2n ** 64n + 1n,
      3n ** 50n,
      -(2n ** 64n) - 1n,
      -(3n ** 50n),
      1n - 2n ** 64n,
    ]) {
      const [lo, hi] = [round.down({ m, e: 0 }), round.up({ m, e: 0 })]
      expect(compare(lo, { m, e: 0 })).toBeLessThanOrEqual(0)
      expect(compare(hi, { m, e: 0 })).toBeGreaterThanOrEqual(0)
      const size = m < 0n ? -m : m
      if (size < 2n ** 64n)
        expect([lo, hi]).toEqual([
          { m, e: 0 },
          { m, e: 0 },
        ])
      else {
        expect(hi.e).toBe(lo.e)
        expect(hi.m - lo.m).toBeLessThanOrEqual(1n)
        expect(bitLength(lo.m)).toBeLessThanOrEqual(11)
        expect(bitLength(lo.m)).toBeGreaterThanOrEqual(10)
      }
    }
  })

  test('a mantissa fills its last word of 64 digits, so that what is cut has digits to spare', () => {
    for (let bits = 2; bits < 200; bits++) {
      const { room } = rounder(bits, OUTWARD)
      expect(room % 64).toBe(0)
      expect(room).toBeGreaterThan(bits)
      expect(room).toBeLessThanOrEqual(bits + 64)
    }
  })

  test('exponents pass to 2^48 in size and no further', () => {
    const round = rounder(10, OUTWARD)
    for (const e of [2 ** 48, -(2 ** 48)]) {
      expect(round.up({ m: 1n, e })).toEqual({ m: 1n, e })
      expect(() => round.up({ m: 1n, e: e + Math.sign(e) })).toThrow('2^48')
    }
  })

  test('bitLength is the number of digits, or one more', () => {
    for (const k of [1, 2, 52, 53, 54, 63, 64, 1023, 1024, 1025, 1030, 2000])
      for (const [m, least] of [
        [1n << BigInt(k), k + 1],
        [(1n << BigInt(k)) - 1n, k],
      ] as const) {
        for (const signed of [m, -m]) {
          expect(bitLength(signed)).toBeGreaterThanOrEqual(least)
          expect(bitLength(signed)).toBeLessThanOrEqual(least + 1)
        }
      }
    expect([0n, 1n, -1n, 2n, 3n, 4n, -7n, 8n].map(bitLength)).toEqual([0, 1, 1, 2, 2, 3, 3, 4])
  })

  test('shortest is the same number with an odd mantissa', () => {
    for (const m of [1n, 2n, 3n, 4n, 12n, -8n, 80n, 5n << 70n])
      for (const e of [-3, 0, 4]) {
        const short = shortest({ m, e })
        expect(short.m % 2n).not.toBe(0n)
        expect(compare(short, { m, e })).toBe(0)
      }
    expect(shortest({ m: 0n, e: 5 })).toEqual({ m: 0n, e: 0 })
  })

  test('a power of a number of few digits is exact', () => {
    for (const n of range(1, 13)) expect(value(power({ m: 3n, e: -1 }, n, (x) => x))).toBe(1.5 ** n)
  })

  test('a double is the nearest one, or ±∞ or 0 beyond their range', () => {
    expect(toDouble({ m: 3n ** 100n, e: 0 })).toBe(Number(3n ** 100n))
    expect(toDouble({ m: -(3n ** 100n), e: -150 })).toBe(-Number(3n ** 100n) * 2 ** -150)
    expect([1, -1].map((m) => toDouble({ m: BigInt(m), e: 2000 }))).toEqual([Infinity, -Infinity])
    expect(toDouble({ m: 1n, e: -2000 })).toBe(0)
    expect(toDouble({ m: 1n, e: 1023 })).toBe(2 ** 1023)
    expect(toDouble({ m: 1n, e: -1074 })).toBe(2 ** -1074)
    expect(toDouble({ m: 1n << 2000n, e: -2000 })).toBe(1)
  })
})

describe('where numbers are hardest to enclose', () => {
  const bits = 64
  const G = interval(bits)
  const size = ({ num, den }: { num: bigint; den: bigint }): { num: bigint; den: bigint } =>
    num < 0n ? { num: -num, den } : { num, den }
  /** Whether the two bounds differ by less than a relative 2^(3-bits), as each is within 2^(2-bits). */
  const isNarrow = (a: Interval): boolean => {
    const [w, x] = [width(a), size(endpoints(a).lo)]
    return w.num * x.den * 2n ** BigInt(bits - 3) <= x.num * w.den
  }

  test.each([1, 5, 20, 40, 50, 52, 60, 61, 100, 300])('log has its digits within 2^−%i of 1', (k) => {
    for (const sign of [1n, -1n]) {
      const a = G.constant(`${2n ** BigInt(k) + sign}/${2n ** BigInt(k)}`)
      if (a.lo !== a.hi || k === 1) continue
      expect([sign, isNarrow(G.log(a))]).toEqual([sign, true])
    }
  })

  test.each([-300, -70, -33, -10, -1, 0, 1, 5])('tanh and exp have their digits at ±2^%i', (k) => {
    for (const sign of [1n, -1n]) {
      const a = { lo: { m: sign, e: k }, hi: { m: sign, e: k } }
      const x = { lo: a.lo, hi: a.lo }
      expect([sign, isNarrow(G.tanh(x)), isNarrow(G.exp(x))]).toEqual([sign, true, true])
    }
  })
})

test('exp is refused from an argument of 2^35 on, and is nearly 0 at its negative', () => {
  const a = (m: bigint): Interval => {
    const end = { m, e: 35 }
    return { lo: end, hi: end }
  }
  expect(() => F.exp(a(1n))).toThrow('2^33')
  expect(F.exp(a(-1n))).toEqual({ lo: { m: 0n, e: 0 }, hi: { m: 1n, e: -(2 ** 33) } })
})

describe('integer roots', () => {
  test.each([1, 2, 3, 5, 7, 63, 64, 200, 1000])('of degree %i are the floor', (n) => {
    const N = BigInt(n)
    const numbers = [0n, 1n, 2n, 3n, 7n, 8n, 9n, 26n, 27n, 28n]
    for (const k of [
      52n,
      53n,
      899n,
      900n,
      901n,
      960n,
      1000n,
      1023n,
      1024n,
      1090n,
      1099n,
      1100n,
      1101n,
      2000n,
    ])
      numbers.push(2n ** k - 1n, 2n ** k, 2n ** k + 1n, 3n ** k)
    for (const r of [3n, 10n, 2n ** 20n + 1n]) numbers.push(r ** N - 1n, r ** N, r ** N + 1n)
    for (const x of numbers) {
      const r = iroot(x, n)
      expect(r ** N <= x && x < (r + 1n) ** N).toBe(true)
    }
  })
})

describe('selections and signs on either side of 0', () => {
  const FIELDS = {
    float64: [float64, (x: number) => x],
    rational: [rational, (x: number) => q(4 * x, 4)],
    decimal: [decimal(20), (x: number) => decimal(20).constant(`${x}`)],
    wide: [wideFloat, fromDouble],
  } as const
  test.each(Object.entries(FIELDS))('%s', (_, [field, from]) => {
    const N = field as typeof float64
    const at = from as (x: number) => number
    for (const x of [-2, -0.25, 0, 0.25, 2]) {
      expect([x, N.sign(at(x))]).toEqual([x, Math.sign(x)])
      expect([x, N.toNumber(N.relu(at(x)))]).toEqual([x, Math.max(0, x)])
      expect([x, N.toNumber(N.step(at(x)))]).toEqual([x, (1 + Math.sign(x)) / 2])
      expect([x, N.toNumber(N.abs(at(x)))]).toEqual([x, Math.abs(x)])
      expect([x, N.toNumber(N.neg(at(x))) + 0]).toEqual([x, -x + 0])
      for (const y of [-2, -0.25, 0, 0.25, 2]) {
        expect([x, y, N.toNumber(N.max(at(x), at(y))) + 0]).toEqual([x, y, Math.max(x, y) + 0])
        expect([x, y, N.toNumber(N.add(at(x), at(y))) + 0]).toEqual([x, y, x + y + 0])
        expect([x, y, N.toNumber(N.sub(at(x), at(y))) + 0]).toEqual([x, y, x - y + 0])
        expect([x, y, N.toNumber(N.mul(at(x), at(y))) + 0]).toEqual([x, y, x * y + 0])
        if (y !== 0) expect([x, y, N.toNumber(N.div(at(x), at(y))) + 0]).toEqual([x, y, x / y + 0])
      }
    }
  })
})
