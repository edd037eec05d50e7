/** Sequences: cases come back from JSON, meet their conditions or fail a dropped one, and sums are what they say. */
import { describe, expect, test } from 'vitest'
import { lemma10Bound, lemma9Bound } from '../../properties/morwani-ramaswamy-2022/3-lemmas.ts'
import { thm3UnrollAmended } from '../../properties/morwani-ramaswamy-2022/3-unroll.ts'
import type { Claim } from '../../src/claim/claim.ts'
import { seeded } from '../../src/claim/random.ts'
import { assumedIn } from '../../src/hunt/arbitrary.ts'
import { judgeOf } from '../../src/hunt/judge.ts'
import { float64 } from '../../src/number/float64.ts'
import { rational } from '../../src/number/rational.ts'
import { parseRatio } from '../../src/program/constant.ts'
import { run } from '../../src/program/run.ts'
import type { PointCase } from '../../src/setting/point/case.ts'

const number = (text: string): number => rational.toNumber(parseRatio(text))
const drawn = (claim: Claim, n: number, seed = 1, assumed = assumedIn(claim.assume)): PointCase[] => {
  const random = seeded(seed, claim.id)
  return Array.from({ length: n }, () => claim.given.generate(random, assumed) as PointCase)
}
const roundTrip = (json: unknown): unknown => JSON.parse(JSON.stringify(json))

/** Both sides of each relation of a claim in a case, in doubles. */
function sides(claim: Claim, c: PointCase): [number, number][] {
  const { program, relations } = judgeOf(claim).compiled(c)
  const values = claim.given.values(c)
  const x = run(
    program,
    float64,
    program.inputs.map((name) => number(values.get(name)!)),
  )
  const n = relations.length
  return relations.map((_, r) => [x[n + r]!, x[2 * n + r]!])
}

const close = (x: number, y: number): void => expect(Math.abs(x - y)).toBeLessThanOrEqual(1e-12 * Math.abs(y))

describe.each([lemma9Bound, lemma10Bound].map((c) => [c.id, c] as const))('the cases of %s', (_, claim) => {
  const judge = judgeOf(claim)

  test('meet the conditions, come back from JSON, and hold', () => {
    for (const c of drawn(claim, 100)) {
      expect(claim.given.parse(roundTrip(c))).toStrictEqual(c)
      expect(judge.judge(c).status).toBe('holds')
    }
  })

  test('have simpler ones that are cases too, and hold where they meet the conditions', () => {
    const met = { yes: 0, no: 0 }
    for (const c of drawn(claim, 20))
      for (const simple of claim.given.simpler(c, new Set())) {
        expect(claim.given.parse(roundTrip(simple))).toStrictEqual(simple)
        const { status } = judge.judge(simple, true)
        expect(status).not.toBe('violated')
        met[status === 'discarded' ? 'no' : 'yes']++
      }
    expect(Math.min(met.yes, met.no)).toBeGreaterThan(50)
  })

  test.each(claim.assume.map(({ id }) => [id]))('without %s often fail it and nothing else', (id) => {
    const others = claim.assume.filter((a) => a.id !== id)
    const rest = judgeOf(claim, claim.shows, others)
    const failed = drawn(claim, 100, 2, assumedIn(others)).filter(
      (c) => rest.discard(c) === undefined && judge.discard(c)?.certain,
    )
    expect(failed.length).toBeGreaterThan(10)
  })

  test('are refused with too few terms, or numbers that are none', () => {
    const [c] = drawn(claim, 1) as [PointCase]
    for (const wrong of [
      { ...c, until: { steps: 0 } },
      { ...c, later: [] },
      { ...c, later: c.later!.slice(1) },
      { ...c, values: { ...c.values, a: 'one' } },
    ])
      expect(() => claim.given.parse(wrong)).toThrow(SyntaxError)
  })
})

/** The terms of a sequence, from its start on. */
const list = (c: PointCase, name: string): PointCase['values'][string][] =>
  [c.values, ...c.later!].map((at) => at[name]!)
const numbers = (c: PointCase, name: string): number[] => list(c, name).map((e) => number(e as string))

describe('the bounds are those of a plain computation', () => {
  test('lemma 9: a sum from k₁ on over roots of sums from 0 on', () => {
    for (const c of drawn(lemma9Bound, 100)) {
      const a = numbers(c, 'a').slice(0, -1)
      let [left, late, squares] = [0, 0, 0]
      a.forEach((x, r) => {
        squares += x * x
        if (r < c.counts!['first']!) return
        left += x / Math.sqrt(squares)
        late += x
      })
      const [[l, r]] = sides(lemma9Bound, c) as [[number, number]]
      close(l, left)
      close(r, Math.sqrt(late / (2 * number(c.values['epsilon'] as string))))
      expect(left).toBeGreaterThanOrEqual(r * (1 - 1e-12))
    }
  })

  test('lemma 10: sums up to t, for b(t+1)', () => {
    for (const c of drawn(lemma10Bound, 100)) {
      const [a, b] = [numbers(c, 'a').slice(0, -1), numbers(c, 'b')]
      let [first, second] = [b[0]! ** 2, b[0]! ** 2]
      a.forEach((x, r) => {
        first += (x / b[r]!) ** 2
        second += (x / b[0]!) ** 2
      })
      const expected = [b.at(-1)!, Math.sqrt(first), Math.sqrt(first), Math.sqrt(second)]
      const found = sides(lemma10Bound, c).flat()
      expect(found.length).toBe(expected.length)
      found.forEach((x, i) => close(x, expected[i]!))
    }
  })
})

test('steps of descent move v by the part of n orthogonal to it, in any dimension', () => {
  const dimensions = new Set<number>()
  for (const c of drawn(thm3UnrollAmended, 60)) {
    expect(judgeOf(thm3UnrollAmended).judge(c).status).toBe('holds')
    expect(thm3UnrollAmended.given.parse(roundTrip(c))).toStrictEqual(c)
    const vectors = (name: string): number[][] =>
      list(c, name).map((v) => (v as readonly string[]).map(number))
    const dot = (a: number[], b: number[]): number => a.reduce((sum, e, i) => sum + e * b[i]!, 0)
    const [v, n] = [vectors('v'), vectors('n')]
    dimensions.add(c.dimension)
    for (const [r, chi] of numbers(c, 'chi').slice(0, -1).entries()) {
      expect(dot(n[r]!, n[r]!)).toBeCloseTo(1, 12)
      v[r + 1]!.forEach((e, i) =>
        expect(e).toBeCloseTo(
          v[r]![i]! + chi * (n[r]![i]! - (dot(v[r]!, n[r]!) / dot(v[r]!, v[r]!)) * v[r]![i]!),
          9,
        ),
      )
    }
  }
  expect(Math.max(...dimensions)).toBeGreaterThan(2)
})

test('vectors of a sequence have one dimension, and lose it together', () => {
  const [c] = drawn(thm3UnrollAmended, 20).filter(({ dimension }) => dimension > 2)
  const { given } = thm3UnrollAmended
  const wrong = { ...c!, later: c!.later!.map((at) => ({ ...at, v: (at['v'] as string[]).slice(1) })) }
  expect(() => given.parse(wrong)).toThrow(/expected "v" after 1 steps to be a vector of/)
  const dimensions = [...given.simpler(c!, new Set())].map((simple) => {
    expect(given.parse(roundTrip(simple))).toStrictEqual(simple)
    const { values, later } = simple as PointCase
    const all = [values, ...later!].flatMap((at) =>
      Object.values(at).flatMap((v) => (typeof v === 'string' ? [] : [v.length])),
    )
    expect(new Set(all).size).toBe(1)
    return all[0]!
  })
  expect(new Set(dimensions).size).toBe(2)
})

test('a case of the first form is read', () => {
  const { given } = thm3UnrollAmended
  const former = {
    sequences: { chi: ['1'] },
    vectors: { n: [['1']], v: [['-2'], ['-1']] },
    start: 0,
    variables: { ghat: ['1'], tau: '1/4', kappa: '1/2' },
  }
  expect(given.parse(former)).toEqual({
    ...{ version: 2, dimension: 1, chosen: {}, formulas: {}, nodes: [], until: { steps: 1 } },
    values: { chi: '1', n: ['1'], v: ['-2'], ghat: ['1'], tau: '1/4', kappa: '1/2' },
    later: [{ chi: '1', n: ['1'], v: ['-1'] }],
  })
})
