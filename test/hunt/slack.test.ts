/** The slack in doubles is the exact slack: same sign, same size, same assumptions. */
import { describe, expect, test } from 'vitest'
import type { Claim } from '../../src/claim/claim.ts'
import { compileRelations, exactInputs } from '../../src/claim/decide.ts'
import { seeded } from '../../src/claim/random.ts'
import { judgeOf } from '../../src/hunt/judge.ts'
import { MISSED, NOWHERE, slackOf, TIE, touches } from '../../src/hunt/slack.ts'
import { spaceOf } from '../../src/hunt/space.ts'
import { interval } from '../../src/number/interval.ts'
import { rational } from '../../src/number/rational.ts'
import { parseRatio } from '../../src/program/constant.ts'
import { run } from '../../src/program/run.ts'
import { homogeneous, lossExp, unitV } from '../../src/setting/assumptions.ts'
import { nets } from '../../src/model/model.ts'
import { swn } from '../../src/model/parameterization.ts'
import { gradientDescent } from '../../src/motion/rule.ts'
import type { PointCase } from '../../src/setting/point/case.ts'
import { setting } from '../../src/setting/setting.ts'
import { claimed, ewn, ewnSteps } from './settings.ts'

const numbers = setting({ variables: { x: 'real', y: 'real' } })
const at = (x: string, y: string): PointCase => ({
  ...{ version: 2, dimension: 1, chosen: {}, formulas: {}, nodes: [], values: { x, y } },
})
const energy = (
  shows: string | string[],
  c: PointCase,
  assume: Parameters<typeof claimed>[2] = {},
): number => {
  const planted = claimed(numbers, shows as string, assume)
  const slack = slackOf(planted)(c)
  const values = numbers.values(c)
  return slack.energy(slack.inputs.map((name) => rational.toNumber(parseRatio(values.get(name)!))))
}

describe('the energy of a case', () => {
  test('is the smallest relative slack (b − a)/(|a| + |b|) of a ≤ b', () => {
    expect(energy('x <= y', at('1', '3'))).toBe(1 / 2)
    expect(energy('x <= y', at('3', '1'))).toBe(-1 / 2)
    expect(energy(['x <= y', 'x >= y/2'], at('2', '3'))).toBeCloseTo(1 / 7, 12)
    expect(energy('x <= y', at('1000000', '3000000'))).toBe(1 / 2)
  })

  test('of an equation is negative unless it holds, and then says nothing', () => {
    expect(energy('x == y', at('1', '3'))).toBe(-1 / 2)
    expect(energy('x == y', at('3', '3'))).toBe(1)
    expect(energy(['x == y', 'x <= 2*y'], at('3', '3'))).toBeCloseTo(1 / 3, 12)
    expect(energy('sqrt(x)^2 + 1/3 == x + 1/3', at('7', '0'))).toBe(1)
  })

  test('keeps strict and weak inequalities apart where both sides are equal', () => {
    expect(energy('x <= y', at('1/3', '1/3'))).toBe(0)
    expect(energy('x < y', at('1/3', '1/3'))).toBe(TIE)
    expect(energy('x/3 + x/3 + x/3 <= x', at('7/10', '1'))).toBe(0)
    expect([TIE, 0, 1e-10, 1e-8].map(touches)).toEqual([false, true, true, false])
  })

  test('has a slope where one side is 0: towards cancelling terms, and towards small ones', () => {
    const [far, closer] = [energy('x - y >= 0', at('3', '1')), energy('x - y >= 0', at('3', '2'))]
    expect([far > closer, closer > 0, energy('x - y >= 0', at('2', '3')) < 0]).toEqual([true, true, true])
    const [large, small] = [energy('x^2 + y^2 > 0', at('1', '1')), energy('x^2 + y^2 > 0', at('1/8', '1/8'))]
    expect([large > small, small > 0, energy('x^2 + y^2 > 0', at('0', '0')) < 0]).toEqual([true, true, true])
  })

  test('is above 1 where an assumption is missed, by the more the worse', () => {
    const assume = [{ id: 'a', says: 'x ≥ 2', formula: 'x >= 2' }]
    const [near, far] = [
      energy('x <= y', at('1', '0'), { assume }),
      energy('x <= y', at('-5', '0'), { assume }),
    ]
    expect([near > MISSED, far > near, far < NOWHERE]).toEqual([true, true, true])
    expect(energy('x <= y', at('2', '0'), { assume })).toBe(-1)
    const strict = [{ id: 'a', says: 'x > 2', formula: 'x > 2' }]
    expect(energy('x <= y', at('2', '0'), { assume: strict })).toBeGreaterThan(MISSED)
  })

  test('is that of no place where a side is undefined', () => {
    expect(energy('log(x) <= y', at('-1', '3'))).toBe(NOWHERE)
    expect(energy('1/x <= y', at('0', '3'))).toBe(NOWHERE)
  })
})

describe('on random cases', () => {
  const claims: readonly [string, Claim][] = [
    ['equations and inequalities', claimed(ewnSteps, ['dot(w, w) >= 0.2', 'norm(v_u(t+1)) >= norm(v_u)'])],
    [
      'assumptions',
      claimed(ewn, 'sum(u, dot(w_u, g_u)) <= -H*s*L/2', { assume: [lossExp, homogeneous, unitV] }),
    ],
    [
      'descent',
      claimed(
        setting({ model: nets(), weights: swn, rule: gradientDescent() }),
        'norm(w_u(t+1)) >= norm(w_u) - eta',
        {
          assume: [{ id: 'small', says: 'L < 3', formula: 'L < 3' }],
        },
      ),
    ],
  ]
  test.each(claims)('the sign is the judge’s: %s', (_, claim) => {
    const space = spaceOf(claim)
    const judge = judgeOf(claim)
    const random = seeded(5)
    const seen = { holds: 0, violated: 0, discarded: 0 }
    for (let i = 0; i < 80; i++) {
      const point = space.draw(random)
      const found = space.energy(point)
      const judgement = judge.judge(space.caseOf(point))
      if (judgement.status === 'undecided' || Math.abs(found) < 1e-9) continue
      seen[judgement.status]++
      const expected = found > MISSED ? 'discarded' : found < 0 ? 'violated' : 'holds'
      expect([found, judgement.status]).toEqual([found, expected])
    }
    expect(seen.holds + seen.violated).toBeGreaterThan(5)
    expect(seen.holds + seen.violated + seen.discarded).toBeGreaterThan(15)
  })

  test('and its size is that of the slack in intervals', () => {
    const claim = claimed(ewnSteps, 'norm(w_u(t+1)) <= 2*norm(w_u)')
    const space = spaceOf(claim)
    const random = seeded(6)
    const F = interval(128)
    for (let i = 0; i < 20; i++) {
      const c = space.caseOf(space.draw(random))
      const { program, relations } = compileRelations(ewnSteps, claim.shows, c as never)
      const values = ewnSteps.values(c as never)
      expect(exactInputs(program, values)).toHaveLength(program.inputs.length)
      const out = run(
        program,
        F,
        program.inputs.map((name) => F.constant(values.get(name)!)),
      ).map((e) => F.toNumber(e))
      const n = relations.length
      const least = Math.min(
        ...relations.map((_, r) => out[r]! / (Math.abs(out[n + r]!) + Math.abs(out[2 * n + r]!))),
      )
      const slack = slackOf(claim)(c)
      const found = slack.energy(slack.inputs.map((name) => rational.toNumber(parseRatio(values.get(name)!))))
      expect(found).toBeCloseTo(least, 9)
    }
  })
})
