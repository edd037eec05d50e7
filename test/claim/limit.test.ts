/** Limits: series whose limit is known, and what may be said of them. An open answer is never wrong. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limitOf, type Limit, type Series } from '../../src/claim/limit.ts'

const { log, sin } = Math
const HORIZONS = [1e6, 1e9]

/** The grid of a long run: 8 values of s per factor 10. */
function grid(horizon: number): number[] {
  const s: number[] = []
  for (let k = 0; 10 ** (k / 8) < 0.9999 * horizon; k++) s.push(10 ** (k / 8))
  return [...s, horizon]
}

/** A sequence of normal random numbers. */
function normal(seed: number): () => number {
  let state = seed
  const uniform = (): number => (state = (state * 48271) % 2147483647) / 2147483647
  return () => Math.sqrt(-2 * log(uniform())) * Math.cos(2 * Math.PI * uniform())
}

/** The series of a function, with random noise of this size: independent, or one offset for all values. */
function series(f: (s: number) => number, horizon: number, noise = 0, shared = false): Series {
  const random = normal(1 + Math.round(1e6 * Math.abs(f(7.3) % 1)))
  const s = grid(horizon)
  const offset = random()
  const draw = (): number => noise * (shared ? offset : random())
  const values = s.map((x) => f(x) + draw())
  return {
    ...{ s, values, sizes: values.map((x) => log(Math.abs(x))) },
    noise: values.map(() => Math.abs(draw() - (shared ? 0 : draw()))),
    rounding: values.map((x) => 2 ** -52 * Math.abs(x)),
  }
}

/** The limit in the words of a test: `open`, `right`, or the claim and the truth. */
function judged(found: Limit, truth: number): string {
  if (found.kind === 'open') return 'open'
  if (found.kind === 'oscillating')
    return Number.isNaN(truth) ? 'right' : `${JSON.stringify(found)}, the truth is ${truth}`
  const right =
    found.kind === 'infinite'
      ? truth === found.sign * Infinity
      : Math.abs(found.value - truth) <= found.error + 1e-15
  return right ? 'right' : `${JSON.stringify(found)}, the truth is ${truth}`
}

type Row = readonly [name: string, f: (s: number) => number, truth: number]

const powers = [0.1, 0.2, 0.33, 0.5, 1, 1.5, 2, 3]
const sizes: readonly (readonly [number, number])[] = [
  ...([1, -1, 0.01, -100].map((b) => [1, b]) as [number, number][]),
  ...[[0.3, 10] as const, [-2, 0.01] as const, [1e-3, 1] as const, [0.05, 1] as const],
]

/** Series that must be decided, and rightly. */
const CLEAR: readonly Row[] = [
  ...powers.flatMap((p) => sizes.map(([a, b]): Row => [`${a} + ${b} s^-${p}`, (s) => a + b * s ** -p, a])),
  ...powers.map((p): Row => [`s^-${p}`, (s) => s ** -p, 0]),
  ...powers.map((p): Row => [`-s^${p}`, (s) => -(s ** p), -Infinity]),
  ...[0.2, 0.5, 1, 3].map((p): Row => [`1 + s^${p}`, (s) => 1 + s ** p, Infinity]),
  ...[1, -10].map((b): Row => [`1 + ${b} log(s)/s`, (s) => 1 + (b * log(s)) / s, 1]),
  ['log s', log, Infinity],
  ['2 - log s', (s) => 2 - log(s), -Infinity],
  ['log(s)/s', (s) => log(s) / s, 0],
  ['1 + s^-1 sin(2 log s)', (s) => 1 + sin(2 * log(s)) / s, 1],
  ['3', () => 3, 3],
  ['0', () => 0, 0],
]

const slow = (s: number): number => log(log(s + 9))

/** Series that must not be decided wrongly. */
const TREACHEROUS: readonly Row[] = [
  ...[1, -1, 0.1, 10].flatMap((b): Row[] => [
    [`1 + ${b}/log s`, (s) => 1 + b / log(s + 2), 1],
    [`1 + ${b}/sqrt(log s)`, (s) => 1 + b / Math.sqrt(log(s + 2)), 1],
    [`1 + ${b}/log(s)^2`, (s) => 1 + b / log(s + 2) ** 2, 1],
    [`1 + ${b}/log log s`, (s) => 1 + b / slow(s), 1],
    [`1 + ${b} s^-0.2 log s`, (s) => 1 + b * s ** -0.2 * log(s), 1],
  ]),
  ['log log s', slow, Infinity],
  ['log log log s', (s) => log(slow(s + 20)), Infinity],
  ['sqrt(log s)', (s) => Math.sqrt(log(s)), Infinity],
  ['log(s)^2', (s) => log(s) ** 2, Infinity],
  ['1/log s', (s) => 1 / log(s + 2), 0],
  ['1/log log s', (s) => 1 / slow(s), 0],
  ['s^-0.1 log s', (s) => s ** -0.1 * log(s), 0],
  ['s^0.1/log s', (s) => s ** 0.1 / log(s + 2), Infinity],
  ['1 up to a jump by 0.001', (s) => (s < 10 ** 5.2 ? 1 : 1.001), 1.001],
  ['two powers before a change of sign', (s) => 0.55 + 10.5 * s ** -1.66 - 0.036 * s ** -1.24, 0.55],
  ['two more', (s) => -0.23 - 0.0056 * s ** -0.94 + 1.3155 * s ** -1.3625, -0.23],
  ['s^0.02', (s) => s ** 0.02, Infinity],
  ['s^-0.02', (s) => s ** -0.02, 0],
  ['0.05 + s^-0.1', (s) => 0.05 + s ** -0.1, 0.05],
  ...[1e4, 1e5, 3e5, 1e6, 1e7].flatMap((K) =>
    [0.2, 0.5, 1, 2].flatMap((m): Row[] => [
      [`from 1 to 2 at ${K}, width 1/${m}`, (s) => 1 + 1 / (1 + (K / s) ** m), 2],
      [`from 0.01 to 1.01 at ${K}, width 1/${m}`, (s) => 0.01 + 1 / (1 + (K / s) ** m), 1.01],
      [`from 2 to 1 at ${K}, width 1/${m}`, (s) => 2 - 1 / (1 + (K / s) ** m), 1],
    ]),
  ),
  ...[1e-9, 1e-7, -1e-9].flatMap((c) =>
    [0.9, 0.5, 0.3].flatMap((q): Row[] => [
      [`1 + 1/s + ${c} s^${q}`, (s) => 1 + 1 / s + c * s ** q, Math.sign(c) * Infinity],
      [`1 + ${c} s^${q}`, (s) => 1 + c * s ** q, Math.sign(c) * Infinity],
    ]),
  ),
  ...[0.2, 0.3, 0.5, 1, 2, 5].flatMap((w): Row[] => [
    [`sin(${w} log s)`, (s) => sin(w * log(s)), NaN],
    [`2 + sin(${w} log s)`, (s) => 2 + sin(w * log(s)), NaN],
    ...[0.1, 0.5, 1].map((p): Row => [
      `2 + s^-${p} sin(${w} log s)`,
      (s) => 2 + s ** -p * sin(w * log(s)),
      2,
    ]),
  ]),
  ...[0.1, 0.3, 0.5].flatMap((p) =>
    [0.2, 0.6, 1, 2]
      .filter((q) => q > p)
      .flatMap((q) =>
        [-1, -0.1, -0.01, 0.001, 0.01, 0.1, 1].map((b): Row => [
          `1 + ${b} s^-${p} + s^-${q}`,
          (s) => 1 + b * s ** -p + s ** -q,
          1,
        ]),
      ),
  ),
]

describe.each(HORIZONS)('series known to s = %s', (horizon) => {
  test.each(CLEAR)('%s is decided', (_, f, truth) => {
    expect(judged(limitOf(series(f, horizon)), truth)).toBe('right')
  })

  test.each(TREACHEROUS)('%s is not decided wrongly', (_, f, truth) => {
    expect(['right', 'open']).toContain(judged(limitOf(series(f, horizon)), truth))
  })

  test('sums of two powers are decided as a rule', () => {
    const sums = TREACHEROUS.filter(([name]) => /s\^-.* s\^-/.test(name.replace('+ s', '+ 1 s')))
    const right = sums.filter(([, f, truth]) => judged(limitOf(series(f, horizon)), truth) === 'right')
    expect(sums.length).toBeGreaterThan(50)
    expect(right.length / sums.length).toBeGreaterThan(0.7)
  })
})

describe('oscillations', () => {
  const kinds = (f: (s: number) => number, noise = 0): string[] =>
    [1e6, 1e9].map((horizon) => limitOf(series(f, horizon, noise)).kind)

  test.each([1.2, 2, 3, 5])('level swings have no limit: 2 + sin(%s log s)', (w) => {
    expect(kinds((s) => 2 + sin(w * log(s)))).toEqual(['oscillating', 'oscillating'])
    expect(kinds((s) => 2 + 1e-6 * sin(w * log(s)), 1e-12)).toEqual(['oscillating', 'oscillating'])
    expect(kinds((s) => 2 + s ** 0.1 * sin(w * log(s)))).not.toContain('finite')
  })

  test('swings between samples are seen as well', () => {
    expect(kinds((s) => 2 + sin(Math.sqrt(s)))).toEqual(['oscillating', 'oscillating'])
  })

  test('their range is that of the last swings, and a middle that moves is said', () => {
    const found = limitOf(series((s) => 2 + sin(3 * log(s)), 1e6))
    expect(found).toMatchObject({ kind: 'oscillating', drifts: false })
    expect(found.kind === 'oscillating' && [found.lo, found.hi].map(Math.round)).toEqual([1, 3])
    expect(limitOf(series((s) => log(s) + 2 * sin(3 * log(s)), 1e6))).toMatchObject({ drifts: true })
  })

  test.each([
    ['1/log s', (s: number) => 2 + sin(3 * log(s)) / log(s + 2)],
    ['1/√(log s)', (s: number) => 2 + sin(3 * log(s)) / Math.sqrt(log(s + 2))],
    ['s^-0.05', (s: number) => 2 + sin(3 * log(s)) * s ** -0.05],
    ['1/log log s', (s: number) => 2 + sin(3 * log(s)) / log(log(s + 9))],
  ])('swings that die away like %s are not called level', (_, f) => {
    expect(kinds(f)).not.toContain('oscillating')
    expect(limitOf(series(f, 1e6))).toMatchObject({ kind: 'open', oscillates: true })
  })

  test('noise is no oscillation', () => {
    for (const noise of [1e-8, 1e-3])
      expect(kinds((s) => 1 + 1 / log(s + 2), noise)).not.toContain('oscillating')
    const quiet = series((s) => s ** -3, 1e6, 1e-6)
    expect(limitOf(quiet).kind).not.toBe('oscillating')
  })
})

describe('logarithmic growth', () => {
  const steady = (f: (s: number) => number): unknown[] =>
    HORIZONS.map((horizon) => {
      const found = limitOf(series(f, horizon))
      return found.kind === 'infinite' && found.steady
    })

  test.each([
    ['log s', (s: number) => 3 * log(s)],
    ['log s + 5', (s: number) => log(s) + 5],
    ['√(log(s)² + 2)', (s: number) => Math.sqrt(log(s) ** 2 + 2)],
    ['log s + log log s', (s: number) => log(s) + log(log(s + 2))],
    ['log(s) + 1/s', (s: number) => log(s) + 1 / s],
  ])('%s is like log s', (_, f) => expect(steady(f)).toEqual([true, true]))

  test.each([0.93, 0.97, 0.99, 1.01, 1.03, 1.1])('log(s)^%s is not said to be like log s', (q) =>
    expect(steady((s) => log(s) ** q)).not.toContain(true),
  )
})

describe('noise', () => {
  const levels = [1e-12, 1e-8, 1e-5]
  const rows = levels.flatMap((noise) =>
    HORIZONS.flatMap((horizon) => [true, false].map((shared) => ({ noise, horizon, shared }))),
  )
  const functions: readonly Row[] = [
    ['3', () => 3, 3],
    ['0', () => 0, 0],
    ...[0.3, 1, 2].flatMap((p): Row[] => [
      [`1 + s^-${p}`, (s) => 1 + s ** -p, 1],
      [`s^-${p}`, (s) => s ** -p, 0],
      [`s^${p}`, (s) => s ** p, Infinity],
    ]),
  ]
  test.each(rows)('of $noise to $horizon (shared: $shared) makes nothing wrong', (row) => {
    for (const [name, f, truth] of functions)
      expect([name, judged(limitOf(series(f, row.horizon, row.noise, row.shared)), truth)]).toEqual([
        name,
        expect.stringMatching(/^(right|open)$/),
      ])
  })

  test('a constant in noise is that constant, within the noise', () => {
    for (const horizon of HORIZONS) {
      const found = limitOf(series(() => 3, horizon, 1e-8))
      expect(judged(found, 3)).toBe('right')
      expect(found.kind === 'finite' && found.error).toBeLessThan(1e-6)
    }
  })

  test('a fall into the noise ends there', () => {
    const found = limitOf(series((s) => 1 + s ** -2, 1e6, 1e-8))
    expect(judged(found, 1)).toBe('right')
    expect(found.kind === 'finite' && found.error).toBeLessThan(1e-5)
  })

  test('noise that neighbours share hides no fall', () => {
    const found = limitOf(series((s) => 1 + 1 / s, 1e6, 1e-8, true))
    expect(judged(found, 1)).toBe('right')
    expect(found.kind === 'finite' && found.error).toBeLessThan(1e-6)
  })

  test('is the error of a constant, however large', () => {
    for (const noise of [1e-6, 1e-4, 1e-2]) {
      const found = limitOf(series(() => 3, 1e6, noise))
      expect(judged(found, 3)).toBe('right')
      expect(found.kind === 'finite' && found.error).toBeGreaterThan(noise)
    }
  })

  test('a slight drift of the run is no growth', () => {
    expect(limitOf(series((s) => 1 + 1e-9 * log(s), 1e6)).kind).toBe('open')
  })

  test('noise that the run does not own up to leaves it open', () => {
    const { noise, ...rest } = series(() => 3, 1e6, 1e-4)
    expect(limitOf({ ...rest, noise: noise.map(() => 0) }).kind).toBe('open')
  })
})

describe('the error', () => {
  test('of a pure power is far below what is left to go', () => {
    for (const p of [0.2, 0.5, 1])
      for (const horizon of HORIZONS) {
        const found = limitOf(series((s) => 1 + s ** -p, horizon))
        expect(found.kind === 'finite' && found.error).toBeLessThan(1e-3 * horizon ** -p)
      }
  })

  test('of 1/log s covers all that is left to go', () => {
    for (const horizon of HORIZONS) {
      const found = limitOf(series((s) => 1 + 1 / log(s + 2), horizon))
      expect(found.kind === 'finite' ? found.error : Infinity).toBeGreaterThan(0.3 / log(horizon))
    }
  })

  test('of a limit 0 is that of the constant that may hide under the power', () => {
    const found = limitOf(series((s) => s ** -0.3, 1e6))
    expect(found).toMatchObject({ kind: 'finite', value: 0, scale: expect.closeTo(1e3 ** -0.3, 6) })
    expect(found.kind === 'finite' && found.error).toBeLessThan(1e-6)
  })
})

describe('runs that are no use', () => {
  test('too short', () => {
    const whole = series((x) => 1 + 1 / x, 1e6)
    const part = Object.fromEntries(
      Object.entries(whole).map(([name, list]) => [name, (list as readonly number[]).slice(-12)]),
    ) as unknown as Series
    expect(limitOf(part)).toMatchObject({ kind: 'open', reason: expect.stringContaining('only') })
  })

  test('values beyond the doubles are judged by their sizes', () => {
    const s = grid(1e6)
    const far = (size: (x: number) => number): Series => ({
      ...{ s, sizes: s.map(size), noise: s.map(() => NaN), rounding: s.map(() => NaN) },
      values: s.map((x) => Math.exp(size(x))),
    })
    expect(limitOf(far((x) => x))).toMatchObject({ kind: 'infinite', sign: 1 })
    expect(limitOf(far((x) => 800 + 2 * log(x)))).toMatchObject({ kind: 'infinite' })
    expect(
      limitOf({ ...far((x) => -Math.sqrt(x)), noise: s.map(() => 0), rounding: s.map(() => 0) }),
    ).toMatchObject({ kind: 'finite', value: 0 })
    expect(limitOf(far((x) => 800 + sin(3 * log(x)))).kind).toBe('open')
  })
})

const between = (lo: number, hi: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: 1 << 20 }).map((n) => lo + ((hi - lo) * n) / (1 << 20))
const sign = fc.constantFrom(1, -1)
const amount = fc.tuple(sign, between(-2, 2)).map(([x, e]) => x * 10 ** e)
const known = fc.record({
  a: between(-3, 3),
  horizon: fc.constantFrom(...HORIZONS),
  noise: fc.oneof(
    fc.constant(0),
    between(-14, -9).map((e) => 10 ** e),
  ),
})
const RUNS = { numRuns: 400, seed: 1 }

describe('never wrong', () => {
  const wrong = (f: (s: number) => number, truth: number, horizon: number, noise: number): void => {
    expect(['right', 'open']).toContain(judged(limitOf(series(f, horizon, noise)), truth))
  }

  test('on a power of s, falling', () => {
    fc.assert(
      fc.property(known, amount, between(0.1, 3), ({ a, horizon, noise }, b, p) =>
        wrong((s) => a + b * s ** -p, a, horizon, noise),
      ),
      RUNS,
    )
  })

  test('on a power of s times a power of log s', () => {
    fc.assert(
      fc.property(known, amount, between(0.1, 2), between(-2, 2), ({ a, horizon, noise }, b, p, r) =>
        wrong((s) => a + b * s ** -p * (1 + log(s)) ** r, a, horizon, noise),
      ),
      RUNS,
    )
  })

  test('on a power of log s', () => {
    fc.assert(
      fc.property(known, amount, between(0.2, 3), ({ a, horizon, noise }, b, q) =>
        wrong((s) => a + b * (1 + log(s)) ** -q, a, horizon, noise),
      ),
      RUNS,
    )
  })

  test('on a power of s, growing', () => {
    fc.assert(
      fc.property(known, amount, between(0.02, 3), ({ a, horizon, noise }, b, q) =>
        wrong((s) => a + b * s ** q, Math.sign(b) * Infinity, horizon, noise),
      ),
      RUNS,
    )
  })

  test('on a step that is not over', () => {
    fc.assert(
      fc.property(known, amount, between(0.3, 2), between(3, 8), ({ a, horizon, noise }, b, m, e) =>
        wrong((s) => a + b / (1 + (10 ** e / s) ** m), a + b, horizon, noise),
      ),
      RUNS,
    )
  })

  /** How many of 2000 such series are decided wrongly. */
  const failures = (draw: (u: () => number) => readonly [(s: number) => number, number]): number => {
    const g = normal(5)
    const uniform = (): number => (Math.abs(g()) * 1e6) % 1
    let failed = 0
    for (let i = 0; i < 2000; i++) {
      const [f, truth] = draw(uniform)
      const found = judged(limitOf(series(f, HORIZONS[i % 2]!)), truth)
      if (found !== 'right' && found !== 'open') failed++
    }
    return failed
  }
  const coefficient = (u: () => number): number => (u() < 0.5 ? 1 : -1) * 10 ** (4 * u() - 2)

  test('on a sum of two powers, but for one in 1000', () => {
    const failed = failures((u) => {
      const [a, b, c, p, q] = [coefficient(u), coefficient(u), coefficient(u), 0.1 + 2 * u(), 0.1 + 2 * u()]
      return [(s) => a + b * s ** -p + c * s ** -q, a]
    })
    expect(failed).toBeLessThanOrEqual(2)
  })

  test('on a sum of three powers, one with a logarithm, but for one in 250', () => {
    const failed = failures((u) => {
      const [a, b, c, d] = [coefficient(u), coefficient(u), coefficient(u), coefficient(u)]
      const [p, q, r, l] = [0.1 + u(), 0.1 + 2 * u(), 0.1 + 2 * u(), 2 * u() - 1]
      return [(s) => a + b * s ** -p * (1 + log(s)) ** l + c * s ** -q + d * s ** -r, a]
    })
    expect(failed).toBeLessThanOrEqual(8)
  })
})
