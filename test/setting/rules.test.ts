/** Rules of one's own: what a textbook says of each is proved or certified, and what differs by a constant or a sign falls. */
import { describe, expect, test } from 'vitest'
import { claim, type ClaimDefinition } from '../../src/claim/claim.ts'
import { check } from '../../src/hunt/check.ts'
import { nets, objective } from '../../src/model/model.ts'
import { ewn, parameterization } from '../../src/model/parameterization.ts'
import { gradientFlow, next, velocity } from '../../src/motion/rule.ts'
import type { Random } from '../../src/claim/random.ts'
import { only } from '../../src/setting/point/population.ts'
import { setting, type SettingDefinition } from '../../src/setting/setting.ts'
import type { Assumption } from '../../src/claim/claim.ts'

const verdict = (
  given: SettingDefinition,
  shows: string | readonly string[],
  assume: readonly Assumption<never>[] = [],
  where: Readonly<Record<string, string>> = {},
): string => {
  const definition = { id: 'x', section: '1', source: 'test', says: 'test', wrong: {}, where, assume, shows }
  const made = claim({ ...definition, given: setting(given) } as unknown as ClaimDefinition<never>)
  return check(made, { cases: 40 }).verdict
}

const datum = { model: objective({ w: 'vector' }, '(dot(w, x) - y)^2/2') } as const
const variables = { x: 'vector', y: 'real' } as const
const positive: Assumption<never> = {
  id: 'w>0',
  says: 'w has positive entries',
  formula: 'min(w) > 0',
  aim: (draft) => draft.set({ w: 'abs(w)' }),
}

describe('mirror flow moves its dual variable, log w, by −g', () => {
  const mirror = { ...datum, variables, rule: velocity({ w: '-w.*g' }) }
  test.each([
    ['ddt(log(w[a])) == -g[a]', 'proved'],
    ['ddt(log(w[a])) == -2*g[a]', 'refuted'],
    ['ddt(log(w[a])) == g[a]', 'refuted'],
    ['ddt(w[a]) == -g[a]', 'refuted'],
  ])('%s is %s', (shows, expected) => {
    expect(verdict(mirror, shows, [positive])).toBe(expected)
  })
})

describe('flow of w = p² − n² conserves p·n', () => {
  const weights = parameterization({ parameters: { p: 'vector', n: 'vector' }, w: 'p.^2 - n.^2' })
  test.each([
    ['ddt(p[a]*n[a]) == 0', 'proved'],
    ['ddt(w) == -4*eta*(p.^2 + n.^2).*g', 'proved'],
    ['ddt(p[a]/n[a]) == 0', 'refuted'],
    ['ddt(w) == -2*eta*(p.^2 + n.^2).*g', 'refuted'],
  ])('%s is %s', (shows, expected) => {
    expect(verdict({ ...datum, variables, weights, rule: gradientFlow() }, shows)).toBe(expected)
  })
})

describe('sign descent with momentum moves no weight by more than η', () => {
  const rule = next(
    { mu_u: 'b*mu_u + (1 - b)*g_u', w_u: 'w_u - eta*sign(mu_u(t+1))' },
    { state: { mu_u: '0*w_u' } },
  )
  test.each([
    ['max(abs(move_u)) <= eta', 'certified'],
    ['max(abs(move_u)) <= eta/2', 'refuted'],
    ['sum(a, abs(move_u[a])) <= eta', 'refuted'],
  ])('%s is %s', (shows, expected) => {
    const where = { move_u: 'w_u(t+1) - w_u' }
    expect(verdict({ model: nets(), rule, variables: { b: 'fraction' } }, shows, [], where)).toBe(expected)
  })
})

describe('a step of Adam with second moments', () => {
  const rule = next(
    {
      mu_u: 'b*mu_u + (1 - b)*g_u',
      nu_u: 'c*nu_u + (1 - c)*g_u.^2',
      w_u: 'w_u - eta*mu_u(t+1)./sqrt(nu_u(t+1))',
    },
    { state: { mu_u: '0*w_u', nu_u: '0*w_u' } },
  )
  const given = { model: nets(), rule, variables: { b: 'fraction', c: 'fraction' } } as const
  const moments: Assumption<never>[] = [
    {
      id: 'nu>0',
      says: 'second moments are positive',
      formula: 'min(nu_u) > 0',
      aim: (draft) => draft.set({ nu_u: 'abs(nu_u)' }),
    },
    {
      id: 'moments',
      says: 'no mean exceeds the root of the mean square',
      formula: 'max(mu_u.^2 - nu_u) <= 0',
      aim: (draft) => draft.set({ nu_u: 'nu_u + mu_u.^2' }),
    },
  ]
  test.each([
    // Cauchy–Schwarz for the weights (b, 1 − b): mu′² ≤ (b²/c + (1 − b)²/(1 − c)) nu′.
    ['max((w_u(t+1) - w_u).^2) <= eta^2*(b^2/c + (1 - b)^2/(1 - c))', 'certified'],
    ['max((w_u(t+1) - w_u).^2) <= eta^2*(b^2/c + (1 - b)^2/(1 - c))/2', 'refuted'],
    ['max((w_u(t+1) - w_u).^2) >= eta^2*(b^2/c + (1 - b)^2/(1 - c))', 'refuted'],
  ])('%s is %s', (shows, expected) => {
    expect(verdict(given, shows, moments)).toBe(expected)
  })
})

describe('weight decay on a batch shrinks each parameter by 1 − ηλ', () => {
  const rule = next(
    { theta: 'theta - eta*(batch(grad(L, theta)) + lambda*theta)' },
    { batch: { size: 1, order: 'shuffled' } },
  )
  const given = { model: nets(), weights: ewn, rule, variables: { lambda: 'positive' } } as const
  test.each([
    ['alpha_u(t+1) == (1 - eta*lambda)*alpha_u - eta*batch(grad(L, alpha_u))', 'proved'],
    ['alpha_u(t+1) == (1 - eta*lambda)*alpha_u - eta*grad(L, alpha_u)', 'refuted'],
    ['alpha_u(t+1) == (1 + eta*lambda)*alpha_u - eta*batch(grad(L, alpha_u))', 'refuted'],
  ])('%s is %s', { timeout: 60_000 }, (shows, expected) => {
    expect(verdict(given, shows)).toBe(expected)
  })
})

describe('descent of (uv)²/2 in plain variables', () => {
  const given = {
    rule: next({ u: 'u - h*u*v^2', v: 'v - h*v*u^2' }),
    variables: { u: 'real', v: 'real', h: 'positive' },
  } as const
  test.each([
    ['u(t+1)^2 - v(t+1)^2 == (1 - h^2*u^2*v^2)*(u^2 - v^2)', 'proved'],
    ['abs(u(t+1)^2 - v(t+1)^2) <= abs(u^2 - v^2)', 'refuted'],
  ])('%s is %s', (shows, expected) => {
    expect(verdict(given, shows)).toBe(expected)
  })
})

describe("a population of one's own", () => {
  const xor = only({
    net: {
      inputs: 2,
      layers: [
        { width: 2, activation: 'relu(z)^2' },
        { width: 1, activation: 'z', frozen: true },
      ],
    },
    loss: 'r^2/2',
    data: [
      { x: ['1', '1'], y: '1' },
      { x: ['1', '-1'], y: '-1/2' },
    ],
  })
  const given = { model: nets({ loss: 'r^2/2' }), rule: gradientFlow(), population: xor }
  test.each([
    ['ddt(L) == -eta*dot(g, g)', 'certified'],
    ['ddt(L) == -2*eta*dot(g, g)', 'refuted'],
    ['y_1 == 1', 'certified'],
  ])('%s is %s', (shows, expected) => {
    expect(verdict(given, shows)).toBe(expected)
  })
})

test('numbers that a population fixes at random prove nothing for others', () => {
  const rate = { name: 'rates', draw: (random: Random) => ({ values: { h: `${random.integer(1, 3)}` } }) }
  const given = {
    rule: next({ u: 'u - h*(h - 1)*(h - 2)*(h - 3)*u' }),
    variables: { u: 'real', h: 'positive' },
    population: rate,
  } as const
  expect(verdict(given, 'u(t+1) == u')).toBe('certified')
  const fixed = { ...given, population: only({ values: { h: '2' } }) }
  expect(verdict(fixed, 'u(t+1) == u')).toBe('certified')
  expect(verdict({ ...given, population: only({ values: { h: '4' } }) }, 'u(t+1) == u')).toBe('refuted')
})

describe('what a rule may not say', () => {
  test.each<[SettingDefinition, string, string]>([
    [
      { rule: next({ u: 'v(t+1)', v: 'u(t+1)' }), variables: { u: 'real', v: 'real' } },
      'u(t+1) == 0',
      'no circle',
    ],
    [{ rule: next({ u: 'z' }), variables: { u: 'real' } }, 'u(t+1) == 0', 'unknown symbol "z"'],
    [{ rule: next({ z: 'u' }), variables: { u: 'real' } }, 'u(t+1) == 0', 'to move, got "z"'],
    [
      { rule: velocity({ w: 'x' }), ...datum, variables: { x: 'vector', y: 'real' } },
      'w(t+1) == w',
      'has no such value',
    ],
    [{ rule: velocity({ w: 'y' }), ...datum, variables }, 'ddt(w) == w', 'entries as it has itself, got 1'],
    [{ rule: velocity({ alpha_u: '1' }), model: nets() }, 'ddt(L) == 0', 'to move, got "alpha_u"'],
    [{ model: nets(), weights: ewn }, 'ddt(L) == 0', 'has no such value'],
    [
      { model: nets(), weights: ewn, rule: gradientFlow() },
      'ddt(eta) == 0',
      'expected symbols with a derivative',
    ],
    [{ model: nets(), weights: ewn, rule: gradientFlow() }, 'grad(L, w_u) == g_u', 'no gradient'],
  ])('%#: %s', (given, shows, message) => {
    expect(() => verdict(given, shows)).toThrow(message)
  })
})
