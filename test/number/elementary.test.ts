/** exp, log and √ of intervals: against naive twins, functional equations, known digits and hard arguments. */
import { describe, expect, test } from 'vitest'
import { OUTWARD, type Dyadic, type Rounding } from '../../src/number/dyadic.ts'
import type { NumberField } from '../../src/number/field.ts'
import {
  contains,
  endpoints,
  fromEndpoints,
  hull,
  interval,
  overlap,
  type Interval,
} from '../../src/number/interval.ts'
import { isqrt } from '../../src/number/rational.ts'
import { draw, dyadic, narrow, within, type Draw } from './draw.ts'
import { meets, naiveExp, naiveLog } from './naive.ts'

const point = (x: Dyadic): Interval => ({ lo: x, hi: x })

/** How many of `count` random values of exp and log do not meet their naive twin. */
function misses(rounding: Rounding, count: number, seed: number): number {
  const source = draw(seed)
  let missed = 0
  for (let i = 0; i < count; i++) {
    const bits = 8 + source.below(120)
    const F = interval(bits, rounding)
    const x = { m: source.integer(1 + source.below(60)), e: -source.below(70) - 10 }
    const sign = i % 3 === 0 ? -1n : 1n
    const small = { m: sign * x.m, e: Math.min(x.e, -57) }
    if (!meets(F.exp(point(small)), naiveExp(dyadic(small.m, small.e), 200))) missed++
    const near = { m: (3n << 60n) + (source.integer(60) >> 1n), e: -61 } // between 5/4 and 7/4
    if (!meets(F.log(point(near)), naiveLog(dyadic(near.m, near.e), 200))) missed++
    const below = { m: (1n << 64n) - (near.m >> 1n), e: -63 } // between 1 and 3/2
    if (!meets(F.log(point(below)), naiveLog(dyadic(below.m, below.e), 200))) missed++
  }
  return missed
}

const towardsZero = (m: bigint, k: bigint): bigint => m / (1n << k)
const nearest = (m: bigint, k: bigint): bigint => (m + (1n << (k - 1n))) >> k

const BROKEN: readonly (readonly [string, Rounding])[] = [
  ['the tails of the series are left out', { ...OUTWARD, tail: () => 0n }],
  ['the ceiling cuts towards zero', { ...OUTWARD, ceilShift: towardsZero }],
  ['both round to nearest', { ...OUTWARD, floorShift: nearest, ceilShift: nearest }],
]

describe('naive twins', () => {
  test('exp and log meet the exact partial sums', () => {
    expect(misses(OUTWARD, 1_000, 11)).toBe(0)
  })

  test.each(BROKEN)('the same check finds misses if %s', (_, rounding) => {
    expect(misses(rounding, 1_000, 11)).toBeGreaterThan(0)
  })

  test('exp meets its twin for long mantissas and arguments up to 20', () => {
    const source = draw(12)
    for (let i = 0; i < 60; i++) {
      const x = { m: source.integer(300), e: -295 }
      expect(meets(interval(8 + source.below(249)).exp(point(x)), naiveExp(dyadic(x.m, x.e), 320))).toBe(true)
    }
  })
})

describe('hard arguments', () => {
  const fields = [8, 53, 100, 170, 191, 192, 256].map((bits) => interval(bits))

  test('exp and log beside 0 and 1 keep their relative precision', () => {
    for (const F of fields)
      for (const distance of [1, 5, 63, 64, 65, 127, 128, 169, 170, 171, 192, 300])
        for (const side of [1n, -1n]) {
          const beside = { m: (1n << BigInt(distance)) + side, e: -distance }
          const value = F.log(point(beside))
          if (distance > 1) expect(meets(value, naiveLog(dyadic(beside.m, beside.e), 320))).toBe(true)
          expect(narrow(value, precision(F))).toBe(true)
          const tiny = { m: side, e: -distance }
          expect(meets(F.exp(point(tiny)), naiveExp(dyadic(tiny.m, tiny.e), 700))).toBe(true)
        }
  })

  test('exp contains its value where this lies beside a number of few digits', () => {
    for (const F of fields)
      for (const n of [2n, 3n, 5n, 10n, 1000n]) {
        const { lo, hi } = interval(300).log(point({ m: n, e: 0 }))
        for (const x of [lo, hi]) {
          const cut = { m: x.m >> 40n, e: x.e + 40 }
          expect(meets(F.exp(point(cut)), naiveExp(dyadic(cut.m, cut.e), 700))).toBe(true)
        }
      }
  })

  test('exp of ±2^-5000 is beside 1, and log of 2^±5000 is ±5000 ln 2', () => {
    for (const F of fields) {
      const one = F.constant('1')
      for (const m of [1n, -1n]) {
        const value = F.exp(point({ m, e: -5000 }))
        expect(within(value, { num: (1n << 5000n) + m, den: 1n << 5000n })).toBe(true)
        expect(narrow(value, precision(F))).toBe(true)
      }
      const ln2 = F.log(F.constant('2'))
      for (const e of [5000, -5000])
        expect(overlap(F.log(point({ m: 1n, e })), F.mul(F.constant(`${e}`), ln2))).toBe(true)
      expect([F.exp(F.constant('0')), F.log(one)]).toEqual([one, F.constant('0')])
    }
  })

  test('exp of ±1e6 agrees with 70 known digits', () => {
    // Digits: the decimal module of CPython 3 (libmpdec), whose exp is correctly rounded, at 72 digits.
    const F = interval(300)
    const up = 303321539680208754508640214141811432708397379481347740960619499978622646n
    const down = 329683147808855857896890796910772420856140150665837015964708848989534925n
    const check = (value: Interval, digits: bigint, exponent: number): void => {
      const ten = F.pow(F.constant('10'), Math.abs(exponent))
      const scaled = exponent > 0 ? F.div(value, ten) : F.mul(value, ten)
      const { lo, hi } = endpoints(scaled)
      expect(lo.num > (digits - 1n) * lo.den && hi.num < (digits + 1n) * hi.den).toBe(true)
      expect(narrow(value, 300)).toBe(true)
    }
    check(F.exp(F.constant('1000000')), up, 434294 - 71)
    check(F.exp(F.constant('-1000000')), down, -434295 - 71)
  })

  test('beyond 2^35 exp is refused above and 0 below, without effort', () => {
    const F = interval(170)
    expect(() => F.exp(F.constant('1e30'))).toThrow(
      'exp: expected a finite result, got an argument of 2^33 or more',
    )
    expect(() => F.exp(hull(F.constant('0'), F.constant('1e5000')))).toThrow('exp')
    const value = F.exp(F.constant('-1e30'))
    expect([value.lo.m, F.sign(value)]).toEqual([0n, undefined])
    expect(overlap(value, F.exp(F.constant('-8e9')))).toBe(true)
  })
})

describe('functional equations', () => {
  const bits = 160
  const F = interval(bits)
  const positive = (source: Draw): Interval =>
    point({ m: (source.integer(100) >> 1n) ** 2n + 1n, e: -source.below(400) })

  test('exp(a + b) = exp a · exp b, and exp(−a) = 1/exp a', () => {
    const source = draw(21)
    for (let i = 0; i < 500; i++) {
      const [a, b] = [0, 1].map(() => point({ m: source.integer(80), e: -source.below(90) - 60 }))
      expect(overlap(F.exp(F.add(a!, b!)), F.mul(F.exp(a!), F.exp(b!)))).toBe(true)
      expect(overlap(F.exp(F.neg(a!)), F.div(F.constant('1'), F.exp(a!)))).toBe(true)
    }
  })

  test('log(ab) = log a + log b, and log(a^7) = 7 log a', () => {
    const source = draw(22)
    for (let i = 0; i < 500; i++) {
      const [a, b] = [positive(source), positive(source)]
      expect(overlap(F.log(F.mul(a, b)), F.add(F.log(a), F.log(b)))).toBe(true)
      expect(overlap(F.log(F.pow(a, 7)), F.mul(F.constant('7'), F.log(a)))).toBe(true)
    }
  })

  test('exp(log x), log(exp x) and (√x)² contain x', () => {
    const source = draw(23)
    for (let i = 0; i < 500; i++) {
      const a = positive(source)
      const x = endpoints(a).lo
      expect(contains(F.exp(F.log(a)), x)).toBe(true)
      expect(contains(F.pow(F.sqrt(a), 2), x)).toBe(true)
      const small = point({ m: source.integer(80), e: -75 })
      expect(contains(F.log(F.exp(small)), endpoints(small).lo)).toBe(true)
    }
  })

  test('on an interval the value contains the values at points inside, and its ends are theirs', () => {
    const source = draw(24)
    for (let i = 0; i < 300; i++) {
      const [x, y] = [positive(source), positive(source)]
      const box = hull(x, y)
      for (const f of [F.log, F.sqrt]) expect(f(box)).toEqual(hull(f(x), f(y)))
      const [s, t] = [point({ m: source.integer(70), e: -64 }), point({ m: source.integer(70), e: -64 })]
      expect(F.exp(hull(s, t))).toEqual(hull(F.exp(s), F.exp(t)))
    }
  })

  test('a low precision contains a high one, up to both ends being one number', () => {
    const source = draw(25)
    for (let i = 0; i < 500; i++) {
      const [p, q] = [8 + source.below(249), 8 + source.below(249)].map((b) => interval(b))
      const a = positive(source)
      for (const f of ['log', 'sqrt'] as const) expect(overlap(p![f](a), q![f](a))).toBe(true)
      const small = point({ m: source.integer(80), e: -75 })
      expect(overlap(p!.exp(small), q!.exp(small))).toBe(true)
    }
  })
})

describe('known constants to 80 digits', () => {
  // OEIS A001113, A002162, A002392, A002193. Each is derived again below from a sum of its own.
  const KNOWN = {
    e: 271828182845904523536028747135266249775724709369995957496696762772407663035354759n,
    'ln 2': 69314718055994530941723212145817656807550013436025525412068000949339362196969471n,
    'ln 10': 230258509299404568401799145468436420760110148862877297603332790096757260967735248n,
    '√2': 141421356237309504880168872420969807856967187537694807317667973799073247846210703n,
  }
  const SCALE = 10n ** 80n
  const unit = SCALE * 10n ** 20n

  /** ⌊x·10^80⌋ of a sum of positive terms, each cut at 10^-100, and fewer than 10^3 of them. */
  const cut = (terms: (n: bigint) => bigint): bigint => {
    let total = 0n
    for (let n = 0n; n < 400n; n++) total += terms(n)
    return total / 10n ** 20n
  }
  let factorial = 1n
  const ln2 = (n: bigint): bigint => unit / ((n + 1n) << (n + 1n)) // −log(1 − 1/2) = Σ 1/(n 2^n)
  const derived = {
    e: cut((n) => unit / (factorial *= n === 0n ? 1n : n)),
    'ln 2': cut(ln2),
    'ln 10': cut((n) => 3n * ln2(n) + unit / ((n + 1n) * 5n ** (n + 1n))), // 3 ln 2 − log(1 − 1/5)
    '√2': isqrt(2n * SCALE * SCALE),
  }

  const values: Record<keyof typeof KNOWN, (F: NumberField<Interval>) => Interval> = {
    e: (F) => F.exp(F.constant('1')),
    'ln 2': (F) => F.log(F.constant('2')),
    'ln 10': (F) => F.log(F.constant('10')),
    '√2': (F) => F.sqrt(F.constant('2')),
  }

  test.each(Object.keys(KNOWN) as (keyof typeof KNOWN)[])('%s', (name) => {
    expect(derived[name]).toBe(KNOWN[name])
    const { lo, hi } = endpoints(values[name](interval(320)))
    expect([(lo.num * SCALE) / lo.den, (hi.num * SCALE) / hi.den]).toEqual([KNOWN[name], KNOWN[name]])
    const tight = fromEndpoints(400, { num: KNOWN[name], den: SCALE }, { num: KNOWN[name] + 1n, den: SCALE })
    for (const bits of [8, 30, 64, 100, 170, 230])
      expect(overlap(values[name](interval(bits)), tight)).toBe(true)
  })
})

const precision = (F: NumberField<Interval>): number => Number(/\d+/.exec(F.name)![0])
