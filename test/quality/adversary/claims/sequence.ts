/** Planted claims on sequences, on runs of steps, and on one reparameterised vector. */
import type { Assumption, PointCase, Setting } from '../../../../src/index.ts'
import { planted, type Library, type Planted, type Shared } from './planted.ts'

/** Sequences a and b of any terms, over up to three steps. */
const runs: Shared = {
  given: (lib) =>
    lib.setting({
      rule: lib.anySequence({ a: 'real', b: 'real' }),
      moment: lib.everyMoment({ steps: [1, 2, 3] }),
      variables: { epsilon: 'positive', m: 'whole' },
    }) as never,
}
const [all, squares] = ['sum(r <= t, a(r))', 'sum(r <= t, a(r)^2)']

const terms = [
  ...planted('sequence', 'unknown value', runs, {
    no: [
      ['next-term', 'a(t+1) == a', 'a = (1, 2): nothing says what comes next'],
      ['next-square', 'a(t+1)^2 == a^2', 'a = (1, 2)'],
      ['next-at-least', 'a(t+1) >= a', 'a = (2, 1)'],
      ['next-beside-other', 'a(t+1)*b == a*b', 'a = (1, 2), b = 1'],
      ['first-term', 'a == a(t_0)', 'a = (1, 2) at t = 1'],
      ['earlier-term', 'all(r < t, a(r) == a(r+1))', 'a = (1, 2) at t = 1'],
      ['whole-at-most-t', 'm <= t', 'm = 3 at t = 0: whole variables are not bound to the run'],
      ['whole-within-run', 'm < 3', 'm = 3'],
    ],
    yes: [
      ['next-term', 'at(a + b, t+1) == a(t+1) + b(t+1)', 'that is what at means', { decided: true }],
      ['first-term', 'at(a, t_0) == a(0)', 't_0 is step 0', { decided: true }],
      ['whole-within-run', 'm >= 0', 'whole numbers are not negative', { decided: true }],
    ],
  }),
  ...planted('sequence', 'meaning', runs, {
    no: [
      ['open-range', `sum(r < t, a(r)) == ${all}`, 'the range r < t leaves out t: a = 1 at t = 0'],
      ['shifted', 'sum(r <= t, a(r)) == sum(r <= t, a(r+1))', 'a = (0, 1) at t = 0'],
      ['inner-range', `${squares} == sum(r <= t, sum(q <= r, a(r)*a(q)))`, 'a = (1, 1): 2 and 3'],
      ['least-of-earlier', 'min(r <= t, a(r)) == a(t_0)', 'a = (1, 0) at t = 1'],
      ['greatest-of-earlier', 'max(r <= t, a(r)) <= a', 'a = (1, 0) at t = 1'],
      ['every-step', 'all(r <= t, a(r) == 0)', 'a = 1'],
      ['count', 'sum(r <= t, 1) == t', 'there are t + 1 of them'],
    ],
    yes: [
      ['open-range', `sum(r < t, a(r)) + a == ${all}`, 'the range r <= t has t too', { decided: true }],
      [
        'inner-range',
        `${all}^2 == sum(r <= t, sum(q <= t, a(r)*a(q)))`,
        'a product of sums',
        { decided: true },
      ],
      ['every-step', 'all(r <= t, a(r)^2 <= sum(q <= t, a(q)^2))', 'one of the squares', { decided: true }],
      ['count', 'sum(r <= t, 1) == t + 1', 'from 0 to t', { decided: true }],
      [
        'convolution',
        'sum(r <= t, a(r)*b(t - r)) == sum(r <= t, a(t - r)*b(r))',
        'r ↦ t − r',
        { decided: true },
      ],
    ],
  }),
  ...planted('sequence', 'branch', runs, {
    no: [['least-term', 'min(r <= t, a(r) + 500) == 500 + relu(min(r <= t, a(r)))', 'a = −1: 499 and 500']],
    yes: [['abs-term', 'abs(a + 1000) == max(a + 1000, -a - 1000)', '|y| = max(y, −y)', { decided: true }]],
  }),
  ...planted('sequence', 'undefined side', runs, {
    no: [
      ['quotient', 'a/a == 1', 'a = 0: 0/0 does not exist'],
      ['log', 'log(a) - log(a) == 0', 'a = −1 has no logarithm'],
      ['sum', `${all}/${all} == 1`, 'a = (1, −1): 0/0 does not exist'],
      ['beyond', 'a(m)/a(m) == 1', 'a(m) = 0 in the run: 0/0 does not exist'],
    ],
    yes: [['quotient', 'epsilon/epsilon == 1', 'ε > 0', { decided: true }]],
  }),
  ...planted(
    'sequence',
    'negative radicand',
    { ...runs, cases: 12 },
    {
      no: [
        ['exp', 'sqrt(exp(a)*exp(-a) - 1 - 10^(-30)) + 1 > 0', 'the radicand is −10^−30'],
        ['state', 'b^2 + sqrt(exp(b)*exp(-b) - 1 - 10^(-50)) >= 0', 'the radicand is −10^−50'],
      ],
      yes: [['exp', 'sqrt(exp(a)*exp(-a) - 1 + 10^(-30)) > 0', 'the radicand is 10^−30', { decided: true }]],
    },
  ),
  ...planted(
    'sequence',
    'angle',
    {
      given: (lib) =>
        lib.setting({
          rule: lib.anySequence({ c: 'positive' }),
          moment: lib.everyMoment({ steps: 3 }),
          variables: { tau: 'angle', kappa: 'angle' },
        }) as never,
      cases: 60,
    },
    {
      no: [
        ['at-most-3', 'tau <= 3', 'τ = 4 is an angle'],
        ['sum-of-angles', 'tau + kappa <= 31/5', 'τ = κ = 4'],
        ['with-term', 'tau*c <= 3*c', 'τ = 4, c = 1'],
      ],
      yes: [['at-most-3', 'tau <= 7', 'τ < 2π']],
    },
  ),
]

/** Runs of rules of one's own. */
const rules = [
  ...planted(
    'steps',
    'meaning',
    {
      given: (lib) =>
        lib.setting({
          rule: lib.next({ p: 'b*p - h*u', u: 'u + p(t+1)' }, { state: { p: '3*u' } }),
          moment: lib.everyMoment({ steps: [1, 2, 3] }),
          variables: { u: 'real', b: 'fraction', h: 'positive' },
        }) as never,
    },
    {
      no: [
        ['state-at-start', 'p(t_0) == 0', 'it starts at 3u: u = 1'],
        ['any-state', 'p == 3*u', 'at the start only'],
        ['old-momentum', 'u(t+1) == u + p', 'the new momentum moves u'],
        ['one-step-for-all', 'u(t+1) == u(t_0) + p(t+1)', 'u(1) stands between at t = 1'],
        ['telescope-short', 'u(t+1) - u(t_0) == sum(r < t, p(r+1))', 'the last step is left out'],
      ],
      yes: [
        ['state-at-start', 'p(t_0) == 3*u(t_0)', 'as the rule says', { decided: true }],
        ['old-momentum', 'u(t+1) == u + p(t+1)', 'as the rule says', { decided: true }],
        ['telescope-short', 'u(t+1) - u(t_0) == sum(r <= t, p(r+1))', 'a telescope', { decided: true }],
      ],
    },
  ),
  ...planted(
    'steps',
    'undefined side',
    {
      given: (lib) =>
        lib.setting({
          rule: lib.next({ u: 'u - 1 + 0*sqrt(u)' }),
          moment: lib.everyMoment({ steps: [1, 2, 3] }),
          variables: { u: 'real' },
        }) as never,
    },
    {
      no: [
        ['cancelled-root', 'u(t+1) == u - 1', 'u = −1 has no root'],
        ['cancelled-later', 'u(t+1) == u(t_0) - t - 1', 'u = 1/2: the second step has no root'],
      ],
    },
  ),
  ...planted(
    'steps',
    'unknown value',
    {
      given: (lib) =>
        lib.setting({
          model: lib.nets({ loss: lib.squared }),
          rule: lib.gradientDescent({ batch: { size: 1, order: 'random' } }),
          moment: lib.everyMoment({ steps: 2 }),
        }) as never,
    },
    {
      no: [
        ['entry-of-step', 'all(r <= t, w_u[r] == w_u[r])', 'a step is no entry'],
        ['rate-is-constant', 'eta == eta(t_0)', 'the rate of each step is another'],
        ['next-rate', 'eta(t+1) == eta', 'the rate of each step is another'],
        ['batch-is-all', 'w_u(t+1) == w_u - eta*g_u', 'a step sees one point of two'],
        ['one-batch', 'at(batch(L), t+1) <= batch(L)', 'each step sees another point'],
      ],
      yes: [['batch-is-all', 'w_u(t+1) == w_u - eta*batch(g_u)', 'a step on its batch', { decided: true }]],
    },
  ),
]

const unitV =
  (own: object): NonNullable<Shared['assume']> =>
  () => [{ id: 'unit-v', says: '?', ...own }]

/** w = f(α) v/‖v‖ for an unknown f, and a loss of w. */
const reparameterization = (lib: Library, L = 'dot(w, c)'): Setting<never> =>
  lib.setting({
    model: lib.objective({ w: 'vector' }, L),
    weights: lib.parameterization({
      parameters: { alpha: 'real', v: 'vector' },
      functions: {
        f: { of: 'alpha', among: ['exp(alpha)', 'exp(-alpha)', '-exp(alpha)', 'alpha', 'alpha^2'] },
      },
      w: 'f(alpha)*v/norm(v)',
    }),
    rule: lib.gradientFlow(),
    variables: { c: 'vector' },
  }) as never
const isotropic = (lib: Library): Assumption<never> =>
  ({
    id: 'isotropic',
    says: 'f′² = f²',
    failure: (c: PointCase) => lib.identically(c, 'fprime(alpha)^2 == f(alpha)^2'),
  }) as never

const reparameterized = [
  ...planted(
    'reparameterization',
    'assumption by id',
    {
      given: (lib) => reparameterization(lib),
      assume: () => [{ id: 'isotropic', says: 'η > 0', formula: 'eta > 0' }],
    },
    {
      no: [
        [
          'isotropic-exponential',
          'fprime(alpha)^2 == f(alpha)^2',
          'only η > 0 is assumed; f = α² has f′² = 4α²',
        ],
        [
          'isotropic-flow',
          'f(alpha)^2*fprime(alpha)^2 == f(alpha)^4',
          'only η > 0 is assumed; f = α² at 1: 4 and 1',
        ],
        [
          'isotropic-never-fails',
          'fprime(alpha)^2 == f(alpha)^2',
          'the assumption never fails; f = α²',
          { assume: () => [{ id: 'isotropic', says: 'anything', failure: () => undefined }] },
        ],
        [
          'isotropic-empty',
          'fprime(alpha)^2 <= f(alpha)^2',
          'nothing is assumed; f = α² at 1: 4 and 1',
          { assume: () => [{ id: 'isotropic', says: 'anything' }] },
        ],
        [
          'unit-empty',
          'norm(v) == 1',
          'only ‖v‖ > 0 is assumed; v = (2, 0)',
          { assume: unitV({ formula: 'norm(v) > 0' }) },
        ],
        [
          'unit-failure',
          'norm(v) == 1',
          'nothing is assumed; v = (2, 0)',
          { assume: unitV({ failure: () => undefined }) },
        ],
      ],
      yes: [
        [
          'isotropic-exponential',
          'fprime(alpha)^2 == f(alpha)^2',
          'f′² = f² is what isotropic flow means',
          { assume: (lib) => [isotropic(lib)], decided: true },
        ],
      ],
    },
  ),
  ...planted(
    'reparameterization',
    'branch',
    { given: (lib) => reparameterization(lib) },
    {
      no: [
        ['radius', 'abs(alpha + 10^3) == alpha + 10^3', 'α = −2000'],
        ['learning-rate', 'max(eta, 100) == 100', 'η = 200'],
      ],
      yes: [['radius', 'abs(alpha)^2 == alpha^2', '|α|² = α²', { decided: true }]],
    },
  ),
  ...planted(
    'reparameterization',
    'meaning',
    { given: (lib) => reparameterization(lib, 'dot(w, c)^2/2') },
    {
      no: [
        ['rate-of-gradient', 'ddt(g) == 0*g', 'the gradient moves with w'],
        ['rate-of-loss-slope', 'ddt(dot(g, g)) == 0', 'the gradient moves with w'],
        ['rate-of-slope-times-w', 'ddt(dot(w, g)) == dot(ddt(w), g)', 'the gradient moves with w'],
      ],
      yes: [['rate-of-gradient', 'ddt(2*w) == 2*ddt(w)', 'linear', { decided: true }]],
    },
  ),
  ...planted(
    'reparameterization',
    'quiet',
    { given: (lib) => reparameterization(lib) },
    {
      no: [
        ['norm-is-radius', 'norm(w) == f(alpha)', 'f = −e^α is negative'],
        ['rate', 'ddt(alpha) == -eta*fprime(alpha)*dot(v, g)', 'the direction is v/‖v‖'],
      ],
      yes: [
        [
          'rate',
          'ddt(alpha) == -eta*fprime(alpha)*dot(v, g)',
          'the chain rule, as ‖v‖ = 1',
          { assume: (lib) => [lib.unitVectors('v')] as never, decided: true },
        ],
      ],
    },
  ),
]

export const sequence: readonly Planted[] = [...terms, ...rules, ...reparameterized]
