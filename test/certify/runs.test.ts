/** Certificates of violations on runs: of steps they are those of one state, of flows they follow what moves. */
import { describe, expect, test } from 'vitest'
import {
  anySequence,
  bytesOf,
  check,
  claim,
  everyMoment,
  gradientDescent,
  nets,
  next,
  refutationOf,
  setting,
  squared,
  velocity,
  verify,
  type Assumption,
  type Checker,
  type Claim,
  type Setting,
} from '../../src/index.ts'

const accepted: Checker = (certificate) => {
  const answer = verify(bytesOf(certificate))
  return answer.accepted ? undefined : answer.reason
}
const refuted = (given: unknown, shows: string, assume: readonly Assumption<never>[] = []) => {
  const made: Claim = claim({
    ...{ id: 'planted', section: '0', source: 'planted', says: shows, shows, assume, wrong: {} },
    given: given as Setting<never>,
  })
  const { verdict, counterexample } = check(made, { cases: 30 })
  expect(verdict).toBe('refuted')
  return refutationOf(made, counterexample!.case, accepted)
}

describe('an accepted certificate has', () => {
  test('the whole run of steps in its Program, extra state included', () => {
    const { statement, inputs } = refuted(
      setting({
        rule: next({ p: 'b*p - h*u', u: 'u + p(t+1)' }, { state: { p: '3*u' } }),
        moment: everyMoment({ steps: 3 }),
        variables: { u: 'real', b: 'fraction', h: 'positive' },
      }),
      'u(t+1) <= u(t_0)',
    )
    expect(inputs.map(([name]) => name).filter((name) => name.startsWith('p'))).toEqual([])
    expect(statement.program.inputs).toContain('u')
  })

  test('the rates and batches of each step', () => {
    const { statement } = refuted(
      setting({
        model: nets({ loss: squared }),
        rule: gradientDescent({ batch: { size: 1, order: 'random' } }),
        moment: everyMoment({ steps: 2 }),
      }),
      'L(t+1) <= L',
    )
    expect(statement.program.inputs).toContain('eta')
  })

  test('a flow with extra state, from exact values', () => {
    const { statement, motion, inputs } = refuted(
      setting({
        rule: velocity({ p: '-p - u', u: 'p' }, { state: { p: '2*u' } }),
        moment: everyMoment({ t: '1' }),
        variables: { u: 'positive' },
      }),
      'p^2 + u^2 >= p(t_0)^2 + u(t_0)^2',
    )
    expect(motion!.steps.length).toBeGreaterThan(0)
    expect(statement.field!.outputs.length).toBe(2)
    expect(new Map(inputs).has('p(t_0)')).toBe(true)
  })

  test('no premise that speaks of no step', () => {
    const { statement } = refuted(
      setting({ rule: anySequence({ a: 'positive' }), moment: everyMoment({ steps: 3 }) }),
      'all(r <= t, a(r) <= a(r+1))',
      [{ id: 'doubling', says: 'a at most doubles', formula: 'all(r < t, a(r+1) <= 2*a(r))' }],
    )
    expect(statement.assumptions).toEqual([])
    expect(statement.unchecked[0]!.why).toContain('speaks of no element or step of this case')
  })
})

test('velocities that read the time have none, with a clear error', () => {
  const given = setting({
    rule: velocity({ x: '-2*t*x' }),
    moment: everyMoment({ t: '1' }),
    variables: { x: 'positive' },
  })
  expect(() => refuted(given, 'x >= x(t_0)')).toThrow(/expected velocities that do not read the time t/)
})
