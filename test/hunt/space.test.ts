/** The search space: whatever is done to a tape or to numbers, what comes out is a valid case. */
import { describe, expect, test } from 'vitest'
import type { Claim } from '../../src/claim/claim.ts'
import { compileRelations, decide } from '../../src/claim/decide.ts'
import { oneIn, seeded } from '../../src/claim/random.ts'
import {
  caseAt,
  dyadic,
  exactly,
  isUnit,
  numbersIn,
  valuesAt,
  withNumbers,
} from '../../src/hunt/coordinates.ts'
import { nudged, restructured, settled } from '../../src/hunt/moves.ts'
import { withPremise } from '../../src/hunt/screen.ts'
import { MISSED } from '../../src/hunt/slack.ts'
import { spaceOf, type Point } from '../../src/hunt/space.ts'
import { crossed, mutated, play } from '../../src/hunt/tape.ts'
import { rational } from '../../src/number/rational.ts'
import { parseRatio } from '../../src/program/constant.ts'
import { parseFormula } from '../../src/program/formula.ts'
import { etaOne, lossExp, unitV } from '../../src/setting/assumptions.ts'
import type { PointCase } from '../../src/setting/point/case.ts'
import { objective } from '../../src/model/model.ts'
import { gradientFlow } from '../../src/motion/rule.ts'
import { setting } from '../../src/setting/setting.ts'
import {
  everyMoment,
  ewn as ewnWeights,
  exponential,
  nets,
  swn as swnWeights,
  unitVectors,
} from '../../src/index.ts'
import { thm3UnrollAmended } from '../../properties/morwani-ramaswamy-2022/3-unroll.ts'
import { prop6Invariant } from '../../properties/morwani-ramaswamy-2022/4-sparsity.ts'
import { judgeOf } from '../../src/hunt/judge.ts'
import { claimed, ewn } from './settings.ts'

const CLAIMS: readonly [string, Claim][] = [
  ['training problems', claimed(ewn, 'L >= 0', { assume: [unitV, etaOne, lossExp] })],
  [
    'chosen nodes and variables',
    claimed(
      setting({
        model: nets(),
        weights: swnWeights,
        rule: gradientFlow(),
        choose: ['u'],
        variables: { c: 'positive', z: 'vector' },
      }),
      'c >= 0',
    ),
  ],
  [
    'free vectors and angles',
    claimed(
      setting({ variables: { v: 'vector', b: 'vector', a: 'angle', p: 'positive', x: 'real' } }),
      'norm(v) <= 2*norm(b)',
      { assume: [unitVectors('v')] },
    ),
  ],
  ['sequences', thm3UnrollAmended],
  [
    'objectives',
    claimed(
      setting({
        model: objective({ w: 'vector' }, 'dot(w, c)'),
        variables: { c: 'vector' },
        rule: gradientFlow(),
      }),
      'eta > 0',
    ),
  ],
  ['the positive orthant', prop6Invariant],
]

const walk = (claim: Claim, steps: number): Point[] => {
  const space = spaceOf(claim)
  const random = seeded(17, claim.id)
  let point = space.draw(random)
  let other = point
  return Array.from({ length: steps }, (_, i) => {
    if (i % 12 === 0) other = point
    point = oneIn(random, 6)
      ? restructured(space, point, other, random)
      : nudged(space, point, 2 ** -(i % 12), random)
    return point
  })
}

describe('a walk by moves of all kinds stays in the space', () => {
  test.each(CLAIMS)('%s', (_, claim) => {
    const space = spaceOf(claim)
    let moved = 0
    for (const point of walk(claim, 80)) {
      const energy = space.energy(point)
      const c = space.caseOf(point)
      if (c === undefined) {
        expect(energy).toBeGreaterThan(MISSED)
        continue
      }
      expect([...claim.given.values(c).keys()]).toEqual([...claim.given.values(point.case).keys()])
      expect(claim.given.parse(JSON.parse(JSON.stringify(c)))).toEqual(c)
      if (point.moved) moved++
    }
    expect(moved).toBeGreaterThan(20)
  })

  test('equations that are assumed survive every move', () => {
    for (const claim of [CLAIMS[0]![1], CLAIMS[3]![1]]) {
      const space = spaceOf(claim)
      const equations = claim.assume.filter(({ formula }) => formula?.includes('=='))
      expect(equations.length).toBeGreaterThan(0)
      const judge = judgeOf(claim, claim.shows, equations)
      for (const point of walk(claim, 60)) expect(judge.discard(space.caseOf(point))).toBe(undefined)
    }
  })

  test('what the generator never varies stays, and what it draws positive stays positive', () => {
    const space = spaceOf(prop6Invariant)
    for (const point of walk(prop6Invariant, 60)) {
      const { nodes, data } = space.caseOf(point) as PointCase
      const vectors = nodes.flatMap((node) => Object.values(node).filter((value) => Array.isArray(value)))
      expect(new Set(vectors.flat())).toEqual(new Set(['1']))
      for (const { x } of data!) for (const e of x) expect(parseRatio(e).num > 0n).toBe(true)
    }
  })

  test('trajectories end after they start', () => {
    const claim = claimed(
      setting({
        model: nets({ loss: exponential }),
        weights: ewnWeights,
        rule: gradientFlow({ rate: '1' }),
        moment: everyMoment(),
      }),
      's >= s(t_0)',
    )
    const space = spaceOf(claim)
    const kept = walk(claim, 60).filter((point) => space.caseOf(point) !== undefined)
    expect(kept.length).toBeGreaterThan(10)
    const { formula, inputs } = claim.given.premise!
    for (const point of kept) {
      const c = space.caseOf(point)
      const values = new Map([...claim.given.values(c), ...inputs(c)])
      const premise = compileRelations(withPremise(claim.given), [parseFormula(formula)], c)
      expect(decide(premise, values).status).toBe('holds')
    }
  })
})

describe('coordinates', () => {
  test('in doubles and exactly are the same case', () => {
    for (const [name, claim] of CLAIMS) {
      let compared = 0
      for (const { moved } of walk(claim, 40)) {
        if (!moved) continue
        const { texts } = numbersIn(caseAt(moved.origin, moved.at))
        const values = valuesAt(moved.origin, moved.at, new Float64Array(texts.length))
        texts.forEach((text, i) => expect(values[i]).toBeCloseTo(rational.toNumber(parseRatio(text)), 13))
        compared += texts.length
      }
      expect(compared, name).toBeGreaterThan(30)
    }
  })

  test('at the origin give the very numbers that the generator chose', () => {
    for (const [, claim] of CLAIMS) {
      const space = spaceOf(claim)
      for (let seed = 1; seed <= 5; seed++) {
        const point = space.draw(seeded(seed))
        expect(space.caseOf(space.charted(point))).toEqual(space.caseOf(point))
      }
    }
  })

  test('keep unit vectors on the sphere, exactly', () => {
    const claim = CLAIMS[0]![1]
    const space = spaceOf(claim)
    const turned = walk(claim, 80).flatMap((point) =>
      (space.caseOf(point) as PointCase).nodes.flatMap(({ v }) => (v === undefined ? [] : [v as string[]])),
    )
    expect(turned.every((v) => isUnit(v))).toBe(true)
    expect(turned.filter((v) => v.some((e) => parseRatio(e).den > 1000n)).length).toBeGreaterThan(5)
  })

  test('are short dyadic numbers', () => {
    expect([
      dyadic(0.3, 2),
      settled(0.3, 1, 'free'),
      settled(1e9, 1, 'free'),
      settled(-3, 1, 'positive'),
    ]).toEqual([0.25, 0.25, 64, 1 / 64])
    expect(exactly(0.375)).toEqual({ num: 3n, den: 8n })
    const { num, den } = exactly(-1e-3)
    expect([Number(num) / Number(den), den & (den - 1n)]).toEqual([-1e-3, 0n])
  })

  test('numbers are found and put back in one order', () => {
    const json = { a: ['1/2', '-3', 'z'], b: { c: '0', d: 4 }, e: 'relu(z)^2' }
    const { texts, leaves } = numbersIn(json)
    expect(texts).toEqual(['1/2', '-3', '0'])
    expect(leaves.map(({ role, group }) => [role, group])).toEqual([
      ['.a.#', '.a'],
      ['.a.#', '.a'],
      ['.b.c', '.b.c'],
    ])
    expect(withNumbers(json, ['1', '2', '3'])).toEqual({
      a: ['1', '2', 'z'],
      b: { c: '3', d: 4 },
      e: 'relu(z)^2',
    })
  })
})

describe('tapes', () => {
  const make = (r: { integer(a: number, b: number): number }): number[] =>
    Array.from({ length: r.integer(1, 6) }, () => r.integer(-4, 4))
  const draw = (seed: number) => play(make, seeded(seed))

  test('play the same again', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { made, tape } = draw(seed)
      expect(play(make, seeded(0), tape).made).toEqual(made)
    }
  })

  test('changed or crossed make valid things, of every length', () => {
    const random = seeded(3)
    let tape = draw(1).tape
    const lengths = new Set<number>()
    for (let i = 0; i < 400; i++) {
      const changed = oneIn(random, 4) ? crossed(tape, draw(i).tape, random) : mutated(tape, random)
      const played = play(make, random, changed)
      tape = played.tape
      lengths.add(played.made.length)
      expect(played.made.every((n) => Number.isInteger(n) && n >= -4 && n <= 4)).toBe(true)
    }
    expect([...lengths].toSorted()).toEqual([1, 2, 3, 4, 5, 6])
  })
})
