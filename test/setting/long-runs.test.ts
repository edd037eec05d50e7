/** Long runs of own rules: sums and suprema of steps, integrals of flows; statements of known truth, and what is refused. */
import { describe, expect, test } from 'vitest'
import { definitionsIn } from '../../src/claim/definitions.ts'
import type { Outcome } from '../../src/claim/decide.ts'
import type { Setting } from '../../src/claim/setting.ts'
import { inTheLimit } from '../../src/motion/moment.ts'
import { next } from '../../src/motion/rule.ts'
import { parseFormula } from '../../src/program/formula.ts'
import type { PointCase } from '../../src/setting/point/case.ts'
import type { Kind } from '../../src/setting/point/kinds.ts'
import { setting } from '../../src/setting/setting.ts'

type Texts = Readonly<Record<string, string>>
type Kinds = Readonly<Record<string, Kind>>

/** Steps in the limit: what the rule moves is extra state, with its start. */
const steps = (moves: Texts, state: Texts = {}, variables: Kinds = {}, until = 10_000): Setting<PointCase> =>
  setting({ rule: next(moves, { state }), moment: inTheLimit({ steps: until }), variables })

const caseOf = (given: Setting<PointCase>, values: Texts): PointCase =>
  given.parse({ version: 2, dimension: 1, chosen: {}, formulas: {}, nodes: [], values })

/** What is decided of a formula at values of the state and the variables, with names for parts of it. */
function decided(given: Setting<PointCase>, values: Texts, formula: string, where: Texts = {}): Outcome {
  const numerical = given.numerical!
  const defined =
    Object.keys(where).length > 0 ? numerical.defining!(definitionsIn('where', where)) : numerical
  return defined.decide(caseOf(given, values), [parseFormula(formula)])
}
const status = (...of: Parameters<typeof decided>): string => decided(...of).status

/** x = 2^−t. */
const halving = steps({ x: 'x/2' }, { x: '1' })
/** No state but the number of steps. */
const still = steps({ x: 'x' }, { x: '1' }, { p: 'real' })
const ONE = { x: '1' }
const STILL = { x: '1', p: '1' }

describe('sums over steps', () => {
  test.each([
    ['sum(r <= t, x(r)) == 2 - x', 'sum(r <= t, x(r)) == 2 - 2*x'],
    ['sum(r < t, x(r)) == 2 - 2*x', 'sum(r < t, x(r)) == 2 - x'],
    ['sum(2 <= r <= t, x(r)) <= 1/2', 'sum(1 <= r <= t, x(r)) <= 1/2'],
    ['sum(1 < r <= t, x(r)) <= 1/2', 'sum(1 < r <= t, x(r)) <= 1/4'],
    ['lim(sum(3 <= r < t, x(r))) == 1/4', 'lim(sum(3 <= r < t, x(r))) == 1/8'],
    ['sum(r <= t, r) == t*(t + 1)/2', 'sum(r < t, r) == t*(t + 1)/2'],
    ['sum(r <= t, sum(q <= r, 1)) == (t + 1)*(t + 2)/2', 'sum(r <= t, sum(q < r, 1)) == (t + 1)*(t + 2)/2'],
    ['sum(r < t, sum(q < r, q)) == t*(t - 1)*(t - 2)/6', 'sum(r < t, sum(q <= r, q)) == t*(t - 1)*(t - 2)/6'],
    ['min(r <= t, x(r)) == x', 'min(r <= t, x(r)) == 1'],
    ['max(r <= t, x(r)) == 1', 'max(r <= t, x(r)) == x'],
    ['sum(r <= t, max(q <= r, q)) == t*(t + 1)/2', 'sum(r <= t, min(q <= r, q)) == t*(t + 1)/2'],
    [
      'at(sum(r <= t, x(r)), t+1) == sum(r <= t, x(r)) + x/2',
      'at(sum(r <= t, x(r)), t+1) == sum(r <= t, x(r)) + x',
    ],
    ['at(sum(r < t, x(r)), t+1) == sum(r <= t, x(r))', 'at(sum(r < t, x(r)), t+1) == sum(r < t, x(r))'],
    ['at(max(r <= t, r), t+1) == t + 1', 'at(max(r <= t, r), t+1) == t'],
    [
      'at(sum(r <= t, sum(q <= r, 1)), t+1) == (t + 2)*(t + 3)/2',
      'at(sum(r <= t, sum(q <= r, 1)), t+1) == (t + 1)*(t + 3)/2',
    ],
    ['at(sum(r <= t, x(r)), t_0) == 1', 'at(sum(r < t, x(r)), t_0) == 1'],
    ['sum(r <= t, at(2*x - x, r)) == 2 - x', 'sum(r <= t, at(2*x - x, r)) == 2 - 2*x'],
    ['x(t) == x', 'x(t) == 2*x'],
  ])('%s, and not %s', (yes, no) => {
    expect(status(halving, ONE, yes)).toBe('holds')
    expect(status(halving, ONE, no)).toBe('violated')
  })

  test('a name that is defined is read at the steps of a sum', () => {
    const where = { a: 'x*(t + 1)', A: 'sum(r <= t, a(r))', d: 'a(t+1) - a' }
    expect(status(halving, ONE, 'A == 4 - (t + 2)*x', where)).toBe('violated')
    expect(status(halving, ONE, 'A == 4 - (t + 3)*x', where)).toBe('holds')
    expect(status(halving, ONE, 'A(t+1) == A + a(t+1)', where)).toBe('holds')
    expect(status(halving, ONE, 'sum(r < t, d(r)) == a - 1', where)).toBe('holds')
    expect(status(halving, ONE, 'A(t_0) == 1', where)).toBe('holds')
    expect(status(halving, ONE, 'sum(q <= t, A(q)) == sum(r <= t, sum(q <= r, a(q)))', where)).toBe('holds')
  })

  // What stands outside of the sum is of another step than its terms.
  test.each([
    ['sum(r <= t+1, x(r)) == 1', /expected sum over the steps up to t/],
    ['sum(r < 5, x(r)) == 1', /expected sum over the steps up to t/],
    ['min(r < t, x(r)) == 1', /expected min over the steps up to t/],
    ['sum(r <= t, sum(q <= t, x(q))) == 1', /expected sum over the steps up to r/],
    ['sum(r <= t, sum(r <= r, x(r))) == 1', /expected another letter, as "r" is bound already/],
    ['sum(r <= t, sum(q <= r, sum(r <= q, x(r)))) == 1', /expected another letter/],
    ['sum(r <= t, sum(q <= r, x(r))) == 1', /"r"|x\(r\)/],
    ['sum(r <= t, x) == 1', /expected values at the step r, such as x\(r\), got "x" at t/],
    ['sum(r <= t, t) == 1', /got "t" at t/],
    ['sum(r <= t, x(t)) == 1', /got "t" at t|x\(t\)/],
    ['sum(r <= t, x(t+1)) == 1', /expected values at the step r/],
    ['sum(r <= t, at(x(r), t+1)) == 1', /expected values at the step r/],
    ['sum(r <= t, norm([x, x])) == 1', /expected values at the step r/],
    ['sum(r <= t, x(r+1)) == 1', /unknown function "x"/],
    ['sum(-1 <= r <= t, x(r)) == 1', /expected steps from 0 on, got -1/],
    ['sum(t <= r <= t, x(r)) == 1', /expected a step/],
    ['sum(r <= t, lim(x)) == 1', /expected values at the step r/],
    [
      'sum(r <= t, lim(x(r))) == 1',
      /sum: expected terms that read their own step alone, got one with lim\(…\)/,
    ],
    [
      'sum(r <= t, sup(x(r))) == 1',
      /sum: expected terms that read their own step alone, got one with sup\(…\)/,
    ],
    ['sup(sup(x)) == 1', /sup: expected terms that read their own step alone, got one with sup\(…\)/],
    ['at(sup(x), t+1) == 1', /next: expected symbols with a next value in .*, got sup\(…\)/],
    ['at(sup(x), t_0) == 1', /t_0: expected a value of each moment, got one with sup\(…\)/],
    ['at(sum(1 <= r <= t, x(r)), t+1) == 1', /next: expected symbols with a next value in .*, got sum\(…\)/],
    [
      'at(sum(r <= t, x(r)), x = 2) == 1',
      /expected a value that other values give at this moment, got one with sum/,
    ],
    [
      'grad(sum(r <= t, x(r)), x) == 0',
      /grad: expected a function of the state at this moment, got one with sum/,
    ],
    ['grad(sup(x), x) == 0', /got one with sup\(…\)/],
    ['grad(lim(x), x) == 0', /got one with lim\(…\)/],
  ])('%s is refused', (formula, error) => {
    expect(() => decided(halving, ONE, formula)).toThrow(SyntaxError)
    expect(() => decided(halving, ONE, formula)).toThrow(error)
    // What was refused asks for nothing later.
    expect(status(halving, ONE, 'sum(r <= t, x(r)) == 2 - x')).toBe('holds')
  })

  test('a term that is beyond the doubles, or has no value, decides nothing', () => {
    expect(status(still, STILL, 'sum(r <= t, exp(r)) > 0')).toBe('undecided')
    expect(status(still, STILL, 'max(r <= t, exp(r)) == exp(t)')).toBe('undecided')
    expect(status(still, STILL, 'sum(r <= t, log(r + 1 - exp(1))) == 0')).not.toBe('holds')
    expect(status(still, STILL, 'sum(r <= t, 0*log(r)) == 0')).toBe('violated')
  })

  test('a term has to exist at its own steps alone', () => {
    expect(decided(still, STILL, 'sum(r <= t, 1/r) > 0').status).toBe('violated')
    expect(status(still, STILL, 'sum(1 <= r <= t, 1/r) >= 0')).toBe('holds')
    expect(status(still, STILL, 'lim(sum(1 <= r < t, 1/r) - log(t)) == 0.57721566490153286')).toBe('holds')
  })

  test('the least of no terms is none', () => {
    expect(decided(still, STILL, 'max(1 <= r <= t, r) == t')).toMatchObject({
      status: 'violated',
      worst: { left: 'no value at t = 0' },
    })
    expect(status(still, STILL, 'lim(max(1 <= r <= t, r)/(t + 1)) == 1')).toBe('holds')
  })

  test('different formulas may ask for different sums of one run, and cases of one structure share them', () => {
    const p = (text: string) => ({ x: '1', p: text })
    for (const round of [1, 2]) {
      expect([round, status(still, p('0'), 'sum(r <= t, (r + 1)^p) == t + 1')]).toEqual([round, 'holds'])
      expect(status(still, p('1'), 'sum(r <= t, (r + 1)^p) == (t + 1)*(t + 2)/2')).toBe('holds')
      expect(status(still, p('1'), 'sum(r < t, (r + 1)^p) == (t + 1)*(t + 2)/2')).toBe('violated')
      expect(status(still, p('2'), 'lim(sum(r <= t, 1/(r + 1)^p)) == 1.6449340668482264')).toBe('holds')
      expect(status(still, p('0'), 'max(r <= t, (r + 1)^p) == 1')).toBe('holds')
      expect(status(still, p('1'), 'max(r <= t, (r + 1)^p) == 1')).toBe('violated')
    }
  })
})

describe('the supremum is one over all steps from a moment on', () => {
  test('of what falls it is the value itself', () => {
    expect(status(still, STILL, 'sup(1/(1 + t)) == 1/(1 + t)')).toBe('holds')
    expect(status(still, STILL, 'sup(1/(1 + t)) >= 1/t')).toBe('violated')
    expect(status(still, STILL, 'lim(sup(1/(1 + t))) == 0')).toBe('holds')
  })

  test('large terms between the samples count', () => {
    // Every 97th term is 1, of which no sample is one.
    const sparse = steps({ c: '(c + 1)*step(191/2 - c)' }, { c: '68' }, {}, 1_000_000)
    const x = 'step(c - 191/2)'
    const C = { c: '68' }
    expect(status(sparse, C, `${x} == 0`)).toBe('holds')
    expect(status(sparse, C, `lim(sup(${x})) == 1`)).toBe('holds')
    expect(status(sparse, C, `sup(${x}) == 1`)).toBe('holds')
    expect(status(sparse, C, `lim(sup(${x})) == 0`)).toBe('violated')
    expect(status(sparse, C, `sup(${x}) <= 1/2`)).toBe('violated')
    expect(status(sparse, C, `lim(sup([${x}, -1])) == [0, -1]`)).toBe('violated')
  })
})
