/** Definitions: names in a statement mean their formulas, wherever they stand. */
import { describe, expect, test } from 'vitest'
import { claim } from '../../src/claim/claim.ts'
import type { ClaimDefinition } from '../../src/claim/claim.ts'
import { check } from '../../src/hunt/check.ts'
import { ewn } from '../../src/model/parameterization.ts'
import { nets } from '../../src/model/model.ts'
import { gradientFlow } from '../../src/motion/rule.ts'
import { statementOf } from '../../src/report/record.ts'
import { setting } from '../../src/setting/setting.ts'
import { everyMoment, exponential } from '../../src/index.ts'

const flow = setting({ model: nets(), weights: ewn, rule: gradientFlow() })
const made = (definition: Partial<ClaimDefinition<never>>) =>
  claim({
    ...{ id: 'x', section: '1', source: 'test', says: 'test', given: flow as never, wrong: {} },
    shows: '0 == 0',
    ...definition,
  })
const verdict = (definition: Partial<ClaimDefinition<never>>, cases = 20): string =>
  check(made(definition), { cases }).verdict

test('a name means its formula, with its letters renamed and nothing captured', () => {
  const where = { share_u: 'norm(w_u)/sum(v, norm(w_v))' }
  expect(verdict({ where, shows: 'share_v*sum(u, norm(w_u)) - norm(w_v) == 0' })).toBe('proved')
  expect(verdict({ where, shows: 'sum(v, share_v) == 1' })).toBe('proved')
  expect(verdict({ where, shows: 'share_u == 1' })).toBe('refuted')
})

test('a definition may use those before it, and only those', () => {
  const where = { size_u: 'norm(w_u)', square_u: 'size_u^2' }
  expect(verdict({ where, shows: 'square_u == dot(w_u, w_u)' })).toBe('proved')
  expect(() => verdict({ where: { b: 'a + 1', a: '2' }, shows: 'b == 3' })).toThrow('unknown symbol "a"')
  expect(() => verdict({ where: { a: 'a + 1' }, shows: 'a == 3' })).toThrow('unknown symbol "a"')
})

test('a derivative sees through a name, and so does the start of a run', () => {
  const where = { slope: 'ddt(L)', half: 'L/2' }
  expect(verdict({ where, shows: 'slope == 2*ddt(half)' })).toBe('proved')
  const given = setting({
    model: nets({ loss: exponential }),
    weights: ewn,
    rule: gradientFlow({ rate: '1' }),
    moment: everyMoment(),
  }) as never
  expect(verdict({ given, where: { least: 'L' }, shows: 'least < least(t_0)' }, 5)).toBe('certified')
  expect(verdict({ given, where: { least: 'L' }, shows: 'least > least(t_0)' }, 5)).toBe('refuted')
})

test('assumptions and wrong variants see the names', () => {
  const where = { size: 'norm(w)' }
  const assume = [{ id: 'large', says: 'large', formula: 'size >= 1' }]
  expect(verdict({ where, assume, shows: 'dot(w, w) >= 1' })).toBe('certified')
  expect(verdict({ where, assume, shows: 'dot(w, w) >= 2' })).toBe('refuted')
})

describe('what is refused', () => {
  test.each<[Record<string, string>, string, string]>([
    [{ L: 'norm(w)' }, 'L == 1', 'choose another'],
    [{ w_u: 'G_u' }, 'w_u == G_u', 'choose another'],
    [{ a: 'norm(w_v)' }, 'a == 1', 'expected the index v to be bound'],
    [{ norm: '1' }, 'norm == 1', 'name that means nothing yet'],
    [{ 'a b': '1' }, '1 == 1', 'a name of letters'],
    [{ a: '1 +' }, '1 == 1', 'where a'],
    [{ a: '1 == 1' }, 'a == 1', 'unknown operator "=="'],
  ])('%j', (where, shows, message) => {
    expect(() => verdict({ where, shows })).toThrow(message)
  })
})

test('a claim that is spread into another brings its definitions', () => {
  const one = made({ where: { size: 'norm(w)' }, shows: 'size^2 == dot(w, w)' })
  const other = claim({ ...one, id: 'y', shows: 'size^2 == 2*dot(w, w)', wrong: {} } as never)
  expect(statementOf(other)).toContain('where size = ')
  expect(check(other, { cases: 20 }).verdict).toBe('refuted')
})

test('the statement says what the names stand for, and names none that it does not use', () => {
  const one = made({ where: { eps: 'min(i, m_i)', other: '1' }, shows: 'L >= exp(-eps)' })
  expect(statementOf(one)).toBe('L ≥ exp(−eps), where eps = min_{i} m_i')
})
