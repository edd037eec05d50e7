/** Statements on long runs whose truth is known: rounding, derivatives, slow growth and swings decide none of them wrongly. */
import { describe, expect, test } from 'vitest'
import { parseFormula } from '../../src/program/formula.ts'
import type { PointCase } from '../../src/setting/point/case.ts'
import { at, inLimit } from './in-limit.ts'

/** A linear neuron on the points (1, 0) and (1, b), both labelled +1. */
const slanted = (b: string, w: readonly string[]): PointCase =>
  at({
    net: { inputs: 2, layers: [{ width: 1, activation: 'z' }] },
    weights: [w],
    data: [
      { x: ['1', '0'], y: 1 },
      { x: ['1', b], y: 1 },
    ],
  })
const settings = { unnorm: inLimit('unnorm'), ewn: inLimit('ewn') }
type Run = readonly [flow: keyof typeof settings, c: PointCase]
const outcome = ([flow, c]: Run, formula: string): string =>
  settings[flow].numerical!.decide(c, [parseFormula(formula)]).status

const cases: readonly Run[] = [
  ['unnorm', slanted('1/2', ['1', '1/3'])],
  ['unnorm', slanted('2', ['1', '-1/2'])],
  ['ewn', slanted('1/2', ['1', '1/3'])],
]

describe('true statements hold', () => {
  test.each([
    'lim(log(1 + L)/L) == 1',
    'lim((exp(L) - 1)/L) == 1',
    'L <= exp(L) - 1 <= 3*L',
    'm_i - s == m_i + log(L)',
    'lim(log(1/L) - s) == 0',
    'ddt(t) == 1',
    'ddt(s) == -ddt(L)/L',
    'ddt(L) == dot(g, ddt(w))',
    'sum(i, ddt(q_i)) == 0',
    'sum(i, q_i*m_i) == s + Ent',
    'L == exp(-s)',
    'eventually(log(t) <= 2*s)',
    'L(t_0) >= L',
    'lim(norm(w)) == inf',
  ])('%s', (formula) => {
    for (const c of cases) expect(outcome(c, formula)).toBe('holds')
  })
})

describe('their false neighbours fail', () => {
  test.each([
    'lim(log(1 + L)/L) == 0',
    'lim((exp(L) - 1)/L) == 2',
    '2*L <= exp(L) - 1',
    'L <= log(1 + L)',
    'ddt(t) == 0',
    'ddt(L) == 0',
    'ddt(s) == ddt(L)/L',
    'ddt(q_i) == 0',
    'ddt(m_i) == 0*s',
    'ddt(norm(G_u)) == 0',
    's == s + s/10^7',
    's == s + 1/10^12',
    'L == exp(-s) + L/10^9',
    '1 == 1 + 10^(-10)',
    '1 == 1 + 1/10^40',
    'lim(norm(w)/norm(w)) == 1 + 1/10^12',
    'log(t) <= 2*s',
    'L(t_0) > L',
    'lim(s) < 10^4000',
  ])('%s', (formula) => {
    for (const c of cases) expect(outcome(c, formula)).toBe('violated')
  })
})

describe('growth like log s is the same in every form', () => {
  const slow = cases.slice(0, 2)
  const rest = 'w - [s, 0]'
  test.each([
    [`norm(${rest}) == Theta(log(s))`, 'holds'],
    [`norm(${rest}) == O(log(s))`, 'holds'],
    [`log(s) == O(norm(${rest}))`, 'holds'],
    [`lim(norm(${rest})) == inf`, 'holds'],
    [`norm(${rest}) == o(s)`, 'holds'],
    [`converges(${rest})`, 'violated'],
    [`norm(${rest}) == o(log(s))`, 'violated'],
    [`norm(${rest}) == Theta(1)`, 'violated'],
    [`norm(${rest}) == O(1)`, 'violated'],
  ])('%s %s', (formula, expected) => {
    for (const c of slow) expect(outcome(c, formula)).toBe(expected)
  })

  test.each([`norm(${rest}) == Theta(log(s)^(9/10))`, `norm(${rest}) == Theta(log(s)^2)`])(
    '%s is not said',
    (formula) => {
      for (const c of slow) expect(outcome(c, formula)).not.toBe('holds')
    },
  )
})

test('an invariant of a run holds, though both runs share the error of their iterations', () => {
  const c = at(
    {
      net: {
        inputs: 2,
        layers: [
          { width: 2, activation: 'z', connection: 'diagonal' },
          { width: 1, activation: 'z', frozen: true },
        ],
      },
      weights: [['1'], ['3/2'], ['1', '1']],
      data: [{ x: ['1/2', '2'], y: 1 }],
    },
    { u: 0 },
  )
  expect(outcome(['ewn', c], 'lim(norm(w_u)) == 6/5')).toBe('holds')
  expect(outcome(['ewn', c], 'lim(norm(w_u)) == 6/5 + 10^(-7)')).toBe('violated')
})
