/** Long runs of own rules: sums and suprema of steps, integrals of flows; statements of known truth, and what is refused. */
import { describe, expect, test } from 'vitest'
import { lemma10, lemma9, stolz } from '../../properties/morwani-ramaswamy-2022/3-sequences.ts'
import { definitionsIn } from '../../src/claim/definitions.ts'
import type { Outcome } from '../../src/claim/decide.ts'
import type { Setting } from '../../src/claim/setting.ts'
import { claim } from '../../src/claim/claim.ts'
import { seeded } from '../../src/claim/random.ts'
import { squared, type Loss } from '../../src/model/loss.ts'
import { nets } from '../../src/model/model.ts'
import { ewn } from '../../src/model/parameterization.ts'
import { everyMoment, inTheLimit } from '../../src/motion/moment.ts'
import { gradientDescent, gradientFlow, next, velocity, type Rule } from '../../src/motion/rule.ts'
import { parseFormula } from '../../src/program/formula.ts'
import type { PointCase } from '../../src/setting/point/case.ts'
import type { Kind } from '../../src/setting/point/kinds.ts'
import { only } from '../../src/setting/point/population.ts'
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
const halving = steps({ x: 'x/2' }, { x: '1' }, {}, 500)
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

describe('what rounding hides decides nothing', () => {
  test.each([
    'lim(x) == 0',
    'lim(x) == 1/2',
    'lim(x) == inf',
    'lim(x) <= 100',
    'converges(x)',
    'converges(2000 + x)',
    'x == Theta(1)',
    'x == o(1)',
    'eventually(x <= 9/10)',
    'lim(sup(x)) == 1',
    'lim(sup(x)) == 0',
    'lim(sum(r <= t, x(r))/(t + 1)) == 1/2',
    'lim(sum(r <= t, x(r))/(t + 1)) == 1/3',
    'converges(sum(r <= t, x(r))/(t + 1))',
    'converges(sum(r <= t, x(r)/(r + 1)^2))',
    'lim(log(1 + t)/100 + x) <= 100',
    'sup(log(1 + t)/100 + x) <= 100',
  ])('of the logistic map: %s', (formula) => {
    const map = steps({ x: '4*x*(1 - x)' }, {}, { x: 'real' })
    expect(status(map, { x: '1/3' }, formula)).toBe('undecided')
  })

  test('but its first steps, and its fixed point, are known', () => {
    const map = steps({ x: '4*x*(1 - x)' }, {}, { x: 'real' })
    expect(decided(map, { x: '1/3' }, 'x <= 9/10')).toMatchObject({
      status: 'violated',
      worst: { left: /^0.95\d* at t = 3$/ },
    })
    expect(status(map, { x: '3/4' }, 'some(x > 9/10)')).not.toBe('holds')
  })

  test('what cancels is small beside its terms, wherever they stand', () => {
    const third = steps({ x: '(x + 1)/4' }, {}, { x: 'real' })
    for (const formula of [
      'lim(abs(x - 1/3)) == 0',
      'sup(abs(x - 1/3)) <= 1',
      'sup(max(x - 1/3, 1/3 - x)) <= 1',
      'converges(norm([x - 1/3, 0]))',
    ])
      expect([formula, status(third, { x: '1' }, formula)]).toEqual([formula, 'holds'])
  })

  test('digits that cancel in a term, a rule or a velocity', () => {
    // 2^80 ((r + 1 + 2^−60) − (r + 1)) is 2^20, and 0 in doubles.
    const lost = (t: string) => `2^80*((${t} + 1 + 2^(-60)) - (${t} + 1))`
    for (const value of ['0', '2^20*(t + 1)'])
      expect(status(still, STILL, `sum(r <= t, ${lost('r')}) == ${value}`)).toBe('undecided')
    expect(status(steps({ x: `x + ${lost('t')}` }, ONE), ONE, 'x == 1')).toBe('undecided')
    expect(status(flow({ x: lost('t') }, ONE), ONE, 'x == 1')).toBe('undecided')
    expect(status(flow({}), {}, `integral(${lost('t')}) == 0`)).toBe('undecided')
  })
})

describe('what falls below the doubles is not 0', () => {
  const falling = steps({ x: 'x/2' }, { x: '1' })
  test.each([
    'x > 0',
    'sum(r <= t, x(r)) < 2',
    'min(r <= t, x(r)^2) > 0',
    'min(r <= t, x(r)^2) == x^2',
    'sup(x^3) == x^3',
  ])('%s may hold', (formula) => {
    expect(status(falling, ONE, formula)).not.toBe('violated')
    expect(status(flow({ x: '-x' }, ONE), ONE, 'x > 0')).not.toBe('violated')
  })
  test.each([
    'eventually(x == 0)',
    'eventually(min(r <= t, x(r)^2) == 0)',
    'some(x <= 0)',
    'eventually(x <= 0)',
  ])('%s does not', (formula) => {
    expect(status(falling, ONE, formula)).not.toBe('holds')
  })
  test('but zeros are zeros', () => {
    expect(status(falling, ONE, 'min(r <= t, r) == 0')).toBe('holds')
    expect(status(steps({ x: '2*x' }, { x: '0' }), { x: '0' }, 'x*(1 - x) == 0')).toBe('holds')
    expect(status(falling, ONE, 'lim(x) == 0')).toBe('holds')
  })
})

describe('the error of a column covers the true value', () => {
  /** The state after so many steps, and whether its claimed bound holds it: claims within twice and half of its error. */
  test.each([
    // x = 1/(n + 1), exactly.
    ['x/(1 + x)', '1', 'x == 1/(t + 1)', 'x == 1/(t + 1) + 10^(-7)'],
    // Newton's method for the root of 2, from 3/2.
    ['(x + 2/x)/2', '3/2', 'lim(x) == sqrt(2)', 'lim(x) == sqrt(2) + 10^(-9)'],
    // A rotation by the angle of (3, 4)/5 keeps nothing but its radius: here |x| ≤ 1 alone.
    ['(3/5)*x + 1/5', '1', 'x == 1/2 + (3/5)^t/2', 'x == 1/2 + (3/5)^t/2 + 10^(-12)'],
    // Errors double in each step from 1/3, which is no double.
    ['2*x - 1/3', '1/3', 'eventually(x == 1/3)', ''],
  ])('x(t+1) = %s from %s', (rule, from, yes, no) => {
    const given = steps({ x: rule }, {}, { x: 'real' })
    if (no !== '') expect(status(given, { x: from }, yes)).toBe('holds')
    else expect(status(given, { x: from }, yes)).not.toBe('violated')
    if (no !== '') expect(status(given, { x: from }, no)).toBe('violated')
  })

  test('where rounding grows, the true value is never contradicted', () => {
    // x stays 1/3, and leaves it in doubles like 2^t.
    const away = steps({ x: '2*x - 1/3' }, {}, { x: 'real' }, 200)
    for (const formula of [
      'x == 1/3',
      'x >= 1/3',
      'x <= 1/3',
      'lim(x) == 1/3',
      'sum(r <= t, x(r)) == (t + 1)/3',
      'sup(x) <= 1',
    ])
      expect([formula, status(away, { x: '1/3' }, formula)]).not.toEqual([formula, 'violated'])
    for (const formula of [
      'lim(x) == inf',
      'lim(-x) == inf',
      'x <= -1',
      'some(x <= -100)',
      'some(x >= 100)',
      'eventually(x >= 1)',
      'eventually(x <= 0)',
    ])
      expect([formula, status(away, { x: '1/3' }, formula)]).not.toEqual([formula, 'holds'])
  })
})

describe('a run that ends before its horizon says why, and decides nothing', () => {
  test.each([
    'x <= 10^400',
    'x > 0',
    'x < 0',
    'some(x < 0)',
    'lim(x) == inf',
    'converges(x)',
    'sum(r <= t, x(r)) > 0',
    'sup(x) > 1',
  ])('steps beyond the doubles: %s', (formula) => {
    const squares = steps({ x: 'x^2' }, { x: '2' })
    expect(decided(squares, { x: '2' }, formula)).toEqual({
      status: 'undecided',
      reason: 'a value is lost at step 10',
    })
  })

  test.each([
    'x <= 10^9',
    'x > 0',
    'x < 0',
    'some(x > 10)',
    'lim(x) == inf',
    'converges(x)',
    'integral(x) >= 0',
  ])('a flow that blows up in finite time: %s', (formula) => {
    for (const from of ['1', '3/2', '100'])
      expect(decided(flow({ x: 'x^2' }, {}, { x: 'positive' }), { x: from }, formula)).toMatchObject({
        status: 'undecided',
        reason: /^no step was found that goes on from t = /,
      })
  })
})

/** A flow in the limit. */
function flow(moves: Texts, state: Texts = {}, variables: Kinds = {}, until = '1000000'): Setting<PointCase> {
  return setting({ rule: velocity(moves, { state }), moment: inTheLimit({ t: until }), variables })
}

describe('flows', () => {
  const towards = flow({ u: 'c - u' }, {}, { c: 'real', u: 'real' })
  const mirror = flow({ x: 'x*(c - x)' }, {}, { x: 'positive', c: 'positive' })
  const squares = flow(
    { p: '-2*p*(p^2 - n^2 - b)', n: '2*n*(p^2 - n^2 - b)' },
    {},
    { p: 'positive', n: 'positive', b: 'real' },
  )
  const logistic = flow({ w: '1/(1 + exp(w))' }, {}, { w: 'real' })
  const slower = flow({ u: '-u/(1 + t)' }, {}, { u: 'real' })
  const momentum = flow({ u: 'v', v: '-u - v' }, { v: '0' }, { u: 'real' })
  const cases: readonly (readonly [
    string,
    Setting<PointCase>,
    Texts,
    readonly string[],
    readonly string[],
  ])[] = [
    [
      'u′ = c − u',
      towards,
      { u: '1', c: '3' },
      [
        'lim(u) == c',
        'u - c == (u(t_0) - c)*exp(-t)',
        'integral(c - u) == u - u(t_0)',
        'ddt(integral(u)) == u',
        'ddt(ddt(integral(u))) == ddt(u)',
        'lim(integral(u)/t) == c',
        'lim(integral(u) - c*t) == u(t_0) - c',
        'integral(integral(1)) == t^2/2',
      ],
      [
        'lim(u) == c + 10^(-9)',
        'u - c == (u(t_0) - c)*exp(-2*t)',
        'integral(c - u) == u',
        'ddt(integral(u)) == u + ddt(u)',
        'ddt(integral(u)) == 0',
        'lim(integral(u)/t) == u(t_0)',
        'integral(integral(1)) == t^2',
      ],
    ],
    [
      'mirror flow of the entropy',
      mirror,
      { x: '1/10', c: '2' },
      ['lim(x) == c', 'ddt(log(x)) == c - x', 'lim(integral(c - x)) == log(c/x(t_0))'],
      ['lim(x) == 0', 'lim(x) == x(t_0)', 'ddt(log(x)) == c', 'lim(integral(c - x)) == log(x(t_0)/c)'],
    ],
    [
      'w = p² − n²',
      squares,
      { p: '1/2', n: '1/2', b: '-3/2' },
      ['lim(p^2 - n^2) == b', 'p*n == p(t_0)*n(t_0)', 'lim(p^2 + n^2) == sqrt(b^2 + 4*p(t_0)^2*n(t_0)^2)'],
      [
        'lim(p^2 - n^2) == -b',
        'lim(p^2 - n^2) == b + 10^(-6)',
        'p*n == p(t_0)*n(t_0)*(1 + 10^(-6))',
        'lim(p) == 0',
      ],
    ],
    [
      'logistic loss',
      logistic,
      { w: '1' },
      [
        'log(1 + exp(-w)) == Theta(1/(1 + t))',
        'lim(t*log(1 + exp(-w))) == 1',
        'lim(w) == inf',
        'w + exp(w) == t + w(t_0) + exp(w(t_0))',
      ],
      [
        'log(1 + exp(-w)) == Theta(1/(1 + t)^2)',
        'lim(t*log(1 + exp(-w))) == 2',
        'converges(w)',
        'lim(w/t) == 1',
      ],
    ],
    [
      'a velocity that reads t',
      slower,
      { u: '3' },
      [
        'u == u(t_0)/(1 + t)',
        'lim(t*u) == u(t_0)',
        'integral(u) == u(t_0)*log(1 + t)',
        'u == Theta(1/(1 + t))',
      ],
      ['u == u(t_0)*exp(-t)', 'lim(t*u) == 1', 'integral(u) == log(1 + t)', 'converges(integral(u))'],
    ],
    [
      'extra state',
      momentum,
      { u: '2', v: '0' },
      [
        'lim(u) == 0',
        'u^2 + v^2 == u(t_0)^2 - 2*integral(v^2)',
        'lim(integral(v^2)) == u(t_0)^2/2',
        'ddt(u) == v',
      ],
      ['u > 0', 'ddt(u^2 + v^2) == -v^2', 'lim(integral(v^2)) == u(t_0)^2', 'lim(u) == u(t_0)'],
    ],
  ]
  describe.each(cases)('%s', (_, given, values, yes, no) => {
    test.each(yes)('%s', (formula) => expect(status(given, values, formula)).toBe('holds'))
    test.each(no)('not %s', (formula) => expect(status(given, values, formula)).toBe('violated'))
  })

  test('what is large beside a component does not hide how it moves', () => {
    const turning = flow({ x: '-y', y: 'x', z: '3*z/(1 + t)' }, { x: '1', y: '0' }, { z: 'positive' }, '1000')
    const far = { x: '1', y: '0', z: '1000000000' }
    expect(status(turning, far, 'x^2 + y^2 == 1')).toBe('holds')
    expect(status(turning, far, 'x^2 + y^2 + 0*integral(10^12) == 1')).toBe('holds')
    for (const formula of ['lim(x) == 0', 'converges(x)'])
      expect([formula, status(turning, far, formula)]).not.toEqual([formula, 'holds'])
    expect(status(turning, far, 'z == z(t_0)*(1 + t)^3')).toBe('holds')
  })

  test('an integral that ends at a pole leaves what else is asked as it was', () => {
    expect(status(towards, { u: '1', c: '3' }, 'integral(1/(2 - t)^2) >= 0')).toBe('undecided')
    expect(status(towards, { u: '1', c: '3' }, 'integral(integral(1)) == t^2/2')).toBe('holds')
    expect(status(towards, { u: '1', c: '3' }, 'u - c == (u(t_0) - c)*exp(-t)')).toBe('holds')
  })

  test('components that start at 0 move, and short runs are seen', () => {
    expect(status(flow({ x: '1' }, { x: '0' }), { x: '0' }, 'x == t')).toBe('holds')
    expect(status(flow({ x: '1' }, { x: '0' }), { x: '0' }, 'x == 2*t')).toBe('violated')
    expect(status(flow({}), {}, 'integral(t^5) == t^6/6')).toBe('holds')
    expect(status(flow({}), {}, 'integral(t^5) == t^6/5')).toBe('violated')
    expect(status(flow({ x: '-x' }, ONE, {}, '1/10000'), ONE, 'x == 1')).toBe('violated')
    expect(status(flow({ x: '-x' }, ONE, {}, '1/10000'), ONE, 'x == exp(-t)')).toBe('holds')
  })

  test.each([
    ['integral(lim(u)) == 1', /integral: expected a value of each moment, got one with lim\(…\)/],
    ['integral(sup(u)) == 1', /integral: expected a value of each moment, got one with sup\(…\)/],
    ['integral(u(t_0)) == 1', /integral: expected a value of each moment/],
    ['ddt(sup(u)) == 0', /ddt: expected symbols with a derivative in .*, got sup\(…\)/],
    [
      'grad(integral(u), u) == 0',
      /grad: expected a function of the state at this moment, got one with integral\(…\)/,
    ],
    [
      'at(integral(c), c = 2) == integral(c)',
      /expected a value that other values give at this moment, got one with integral/,
    ],
    ['u(t + 1) == u', /no such value/],
    ['sum(r <= t, u(r)) == 1', /expected an index/],
    ['path(u, -u) == u', /unknown function "path"/],
  ])('%s is refused', (formula, error) => {
    expect(() => decided(towards, { u: '1', c: '3' }, formula)).toThrow(SyntaxError)
    expect(() => decided(towards, { u: '1', c: '3' }, formula)).toThrow(error)
  })
})

describe('nets', () => {
  const net = { inputs: 2, layers: [{ width: 1, activation: 'z' }] }
  const data = [
    { x: ['1', '0'], y: '1' },
    { x: ['1', '1'], y: '1' },
  ]
  const start = only({ net, data, values: { w_1: ['0', '1/3'] } })
  const statusOf = (given: Setting<PointCase>, formula: string): string =>
    given.numerical!.decide(given.generate(seeded(1), new Set()), [parseFormula(formula)]).status
  const model = nets({ loss: squared as Loss & string })
  const descent = setting({
    model,
    rule: gradientDescent({ rate: '1/10' }),
    moment: inTheLimit({ steps: 100_000 }),
    population: start,
  })
  const heavy: Rule<'steps'> = next(
    { z_u: '9/10*z_u + g_u', w_u: 'w_u - z_u(t+1)/10' },
    { state: { z_u: '0*w_u' } },
  )
  const ball = setting({ model, rule: heavy, moment: inTheLimit({ steps: 100_000 }), population: start })
  const gradient = setting({
    model,
    rule: gradientFlow({ rate: '1' }),
    moment: inTheLimit({ t: '10000' }),
    population: start,
  })

  test.each([
    [
      'gradient descent',
      descent,
      [
        'eventually(L <= 1/100)',
        'lim(L) == 0',
        'lim(w) == [1, 0]',
        'w == w(t_0) - eta*sum(r < t, g(r))',
        'lim(sum(r <= t, eta*dot(g(r), g(r)))) > 1/10',
      ],
      [
        'L(t+1) >= L',
        'lim(L) == 1/2',
        'lim(w) == [1, 1/10]',
        'w == w(t_0) - eta*sum(r <= t, g(r))',
        'w(t+1) == w - g',
      ],
    ],
    [
      'heavy ball',
      ball,
      ['lim(L) == 0', 'lim(norm(z_u)) == 0', 'lim(w) == [1, 0]', 'w(t+1) == w - z_u(t+1)/10'],
      ['L(t+1) <= L', 'z_u == 0*w_u', 'w(t+1) == w - g_u/10'],
    ],
    [
      'gradient flow',
      gradient,
      [
        'eventually(L <= 1/100)',
        'lim(norm(g)) == 0',
        'lim(w) == [1, 0]',
        'integral(eta*dot(g, g)) == L(t_0) - L',
      ],
      ['ddt(L) >= 0', 'lim(L) == 1/2', 'integral(eta*dot(g, g)) == L(t_0)', 'lim(w) == [1, 1/10]'],
    ],
  ] as const)('%s of a squared loss', (_, given, yes, no) => {
    for (const formula of yes) expect([formula, statusOf(given, formula)]).toEqual([formula, 'holds'])
    for (const formula of no) expect([formula, statusOf(given, formula)]).toEqual([formula, 'violated'])
  })

  test('stochastic steps are refused', () => {
    expect(() =>
      setting({
        model,
        rule: gradientDescent({ rate: '1/10', batch: { size: 1, order: 'shuffled' } }),
        moment: inTheLimit({ steps: 100 }),
      }),
    ).toThrow('moment: expected a rule without a batch in the limit, got stochastic steps')
  })
})

describe('paths', () => {
  const small = setting({
    model: nets(),
    weights: ewn,
    rule: gradientFlow({ rate: '1' }),
    moment: everyMoment({ t: ['1/16'] }),
  })
  const stated = (given: Setting<PointCase>, shows: string | readonly string[], more: object = {}) =>
    claim({
      id: 'path',
      section: 'test',
      source: 'none',
      says: 'Paths.',
      given,
      shows,
      wrong: { 'the other way': 'w_u == path(w_u, g_u)' },
      ...more,
    })
  const good = 'path(w_u, -eta*norm(w_u)^2*g_u)'

  test.each([
    `${good} == w_u`,
    `w_u(t_0) == ${good}`,
    `w_u <= ${good}`,
    `w_u == 2*${good}`,
    `norm(w_u) == norm(${good})`,
    'w_u == path(w_u(t_0), -g_u)',
    'w_u == path(g_u, -g_u)',
    'w_u == path(-g_u)',
    'w == path(w, -g)',
    'w_u == path(w_u, -g_u, 1)',
  ])('%s is refused by the form that is expected', (shows) => {
    const { given } = stated(small, shows)
    const c = given.generate(seeded(2), new Set())
    expect(() => given.numerical!.decide(c, [parseFormula(shows)])).toThrow(
      'path: expected "w_u == path(w_u, f)" in each formula of the claim',
    )
  })

  test.each([
    ['w_u == path(w_u, 1)', 'path: expected a velocity of'],
    ['w_u == path(w_u, L)', 'as w_u has, got a number'],
    ['w_u == path(w_u, [1, 2, 3, 4, 5, 6, 7, 8, 9])', 'as w_u has, got one of 9'],
    ['w_u == path(w_u, ddt(w_u))', '"ddt" has no such value'],
    ['w_u == path(w_u, -g_u(t_0))', '"g_u" has no such value'],
  ])('%s is refused, as it is no velocity', (shows, error) => {
    const { given } = stated(small, shows)
    const c = given.generate(seeded(2), new Set())
    expect(() => given.numerical!.decide(c, [parseFormula(shows)])).toThrow(SyntaxError)
    expect(() => given.numerical!.decide(c, [parseFormula(shows)])).toThrow(error)
  })

  test.each<[what: string, shows: string | readonly string[], more: object]>([
    ['another relation of the conclusion', [`w_u == ${good}`, 'L > 0'], {}],
    ['a wrong variant without one', `w_u == ${good}`, { wrong: { positive: 'L > 0' } }],
    ['a wrong variant alone', 'L > 0', { wrong: { moved: `w_u == ${good}` } }],
    [
      'a premise',
      'L > 0',
      { wrong: {}, assume: [{ id: 'path', says: 'a path', formula: `w_u == ${good}` }] },
    ],
    ['a definition', 'norm(other_u) > 0', { wrong: {}, where: { other_u: good } }],
  ])('a path stands in the whole of a conclusion and its variants, or nowhere: %s', (_, shows, more) => {
    expect(() => stated(small, shows, more)).toThrow('path: expected it in each formula of the conclusion')
  })

  test('a claim on paths is spread into another', () => {
    const plain = setting({
      model: nets(),
      rule: gradientFlow({ rate: '1' }),
      moment: everyMoment({ t: ['1/16'] }),
    })
    const first = stated(plain, 'w_u == path(w_u, -g_u)')
    const again = stated(first.given as Setting<PointCase>, 'w_u == path(w_u, -g_u)')
    const c = again.given.generate(seeded(2), new Set())
    expect(again.given.numerical!.decide(c, again.shows).status).toBe('holds')
  })

  test.each([
    ['at every state', setting({ model: nets(), weights: ewn, rule: gradientFlow({ rate: '1' }) })],
    [
      'of steps',
      setting({
        model: nets(),
        weights: ewn,
        rule: gradientDescent({ rate: '1' }),
        moment: everyMoment({ steps: 2 }),
      }),
    ],
    ['of variables', flow({ u: '-u' }, {}, { u: 'real' })],
    [
      'of a population',
      setting({
        model: nets(),
        rule: gradientFlow({ rate: '1' }),
        moment: everyMoment({ t: '1/16' }),
        population: only({ net: { inputs: 1, layers: [{ width: 1, activation: 'z' }] } }),
      }),
    ],
  ])('a claim on paths in a setting %s is refused when it is made', (_, given) => {
    expect(() => stated(given, `w_u == ${good}`)).toThrow(
      'claim path: path: expected a flow of nets at every moment up to times { t }',
    )
  })
})

describe('sums and integrals that are known', () => {
  test.each([
    ['equal terms add up to their number', 'sum(r <= t, 1) == t + 1'],
    ['the harmonic sum', 'lim(sum(r <= t, 1/(r + 1)) - log(t + 1)) == 0.57721566490153286'],
    ['the sum of 1/k²', 'lim(sum(r <= t, 1/(r + 1)^2)) == 1.6449340668482264'],
    [
      'the sum of its terms over roots of sums',
      'lim(sum(r <= t, 1/sqrt(sum(q <= r, 1))) - 2*sqrt(t)) == -1.4603545088095868',
    ],
    ['b⁴ grows like 2 Σ a²', 'lim(b^4/(t + 1)) == 2'],
  ])('%s', (_, formula) => {
    const roots = steps({ b: 'sqrt(b^2 + 1/b^2)' }, { b: '1' }, {}, 1_000_000)
    expect(status(roots, { b: '1' }, formula)).toBe('holds')
  })

  test.each([
    ['G == t + t^2/2', 'G == t + t^2'],
    ['F == t^2/2 + 2*t + log(1 + t)', 'F == t^2/2 + 2*t'],
    ['lim(F/t^2) == 1/2', 'lim(F/t^2) == 1'],
  ])('%s for g = 1 + t, f = g + 1 + 1/g', (yes, no) => {
    const where = { g: '1 + t', f: 'g + 1 + 1/g', F: 'integral(f)', G: 'integral(g)' }
    expect(status(flow({}), {}, yes, where)).toBe('holds')
    expect(status(flow({}), {}, no, where)).toBe('violated')
  })

  test.each([lemma9, lemma10, stolz].map((c) => [c.id, c] as const))(
    'cases of %s come back from JSON, and so do simpler ones',
    (_, { given }) => {
      const random = seeded(4)
      let simplified = 0
      for (let i = 0; i < 20; i++) {
        const c = given.generate(random, new Set())
        expect(given.parse(JSON.parse(JSON.stringify(c)))).toStrictEqual(c)
        for (const simple of given.simpler(c, new Set())) {
          expect(given.parse(JSON.parse(JSON.stringify(simple)))).toStrictEqual(simple)
          expect(simple).not.toEqual(c)
          simplified++
        }
      }
      expect(simplified).toBeGreaterThan(50)
      expect(() => given.parse({ power: '7' })).toThrow(SyntaxError)
    },
  )
})

test('swings that stay level refute convergence, and are never supported', () => {
  const given = stolz.given as Setting<PointCase>
  const random = seeded(4)
  const statuses = new Map<string, number>()
  for (let i = 0; i < 150; i++) {
    const c = given.generate(random, new Set())
    const { speed, decay, ell } = c.values as Record<string, string>
    if (speed === '0' || ell === '0') continue
    const level = decay === '0' || decay!.startsWith('-')
    const { status: found } = given.numerical!.decide(c, [parseFormula('converges(f/g)')])
    statuses.set(`${level} ${found}`, (statuses.get(`${level} ${found}`) ?? 0) + 1)
  }
  expect(statuses.get('true violated')).toBeGreaterThan(5)
  expect(statuses.get('false holds')).toBeGreaterThan(5)
  expect([statuses.get('true holds'), statuses.get('false violated')]).toEqual([undefined, undefined])
})

test('a value one step later is the value at the next index', () => {
  const rules = steps(
    { b: 'sqrt(b^2 + (t + 1)^(-1)*(even + (1 - even)/64)/(2*b^2))', even: '1 - even' },
    { even: '0' },
    { b: 'positive' },
    100_000,
  )
  const where = {
    time: 't + 1',
    a: 'time^(-1/2)*(even + (1 - even)/8)',
    A: 'sum(r <= t, a(r))',
    S: 'sum(r <= t, a(r)/sqrt(sum(q <= r, a(q)^2)))',
    T: 'sum(r <= t, a(r)/b(r))',
  }
  const found = (formula: string): string => status(rules, { b: '1', even: '0' }, formula, where)
  for (const formula of [
    'time(t + 1) == time + 1',
    'A(t + 1) == A + a(t + 1)',
    'b(t + 1)^2 == b^2 + (a/b)^2/2',
    'T(t + 1) == T + a(t + 1)/b(t + 1)',
    'S(t + 1) >= S + a(t + 1)/(A + 20)^2',
  ])
    expect([formula, found(formula)]).toEqual([formula, 'holds'])
  for (const symbol of ['a', 'A', 'S', 'b', 'T', 'time'])
    expect([symbol, found(`${symbol}(t + 1) == ${symbol}`)]).toEqual([symbol, 'violated'])
})
