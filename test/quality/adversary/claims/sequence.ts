/** Planted claims on finite sequences and on one reparameterised vector. */
import type { Assumption, PointCase, Random, SequenceCase, Setting } from '../../../../src/index.ts'
import { planted, type Library, type Planted, type Shared } from './planted.ts'

const number = (random: Random): string => `${random.integer(1, 9)}/${random.integer(1, 4)}`

/** Terms a and states b of up to three steps. */
const steps = (least: number, most: number): Shared => ({
  given: (lib) =>
    lib.sequence({
      terms: ['a'],
      states: ['b'],
      variables: { epsilon: 'positive' },
      draw(random, _, variables): SequenceCase {
        const n = random.integer(least, most)
        const list = (length: number): string[] => Array.from({ length }, () => number(random))
        return { sequences: { a: list(n), b: list(n + 1) }, start: 0, variables }
      },
    }) as never,
})

const terms = [
  ...planted('sequence', 'unknown value', steps(3, 3), {
    no: [
      ['next-term', 'a_j(t + 1) == a_j', 'a = (1, 2, 3): the next term is another; terms have no next value'],
      ['next-square', 'a_j(t + 1)^2 == a_j^2', 'a = (1, 2, 3)'],
      ['next-at-least', 'a_j(t + 1) >= a_j', 'a = (3, 2, 1): terms have no next value'],
      [
        'next-beside-state',
        'a_j(t + 1)*b_j(t + 1) == a_j*b_j(t + 1)',
        'a = (1, 2, 3): terms have no next value',
      ],
      ['next-of-last', 'b_3(t + 1) == b_3', 'three steps give b_3; no step leads on from it'],
      ['next-of-last-at-most', 'b_3(t + 1) <= b_3', 'no step leads on from b_3'],
    ],
    yes: [['next-term', 'b_0(t + 1) == b_1', 'that is what a step does', { decided: true }]],
  }),
  ...planted(
    'sequence',
    'family',
    { ...steps(3, 3), but: { certified: 'right' } },
    {
      no: [
        ['three-terms', 'sum(l, a_l) == a_0 + a_1 + a_2', 'there are sequences of four terms, with a_3 = 1'],
        [
          'three-squares',
          'sum(l, a_l^2) == a_0^2 + a_1^2 + a_2^2',
          'there are sequences of four terms, with a_3 = 1',
        ],
        ['last-state', 'sum(k, b_k) == b_1 + b_2 + b_3', 'there are sequences of four steps, with b_4 = 1'],
      ],
      yes: [['three-terms', 'sum(l, a_l)^2 == sum(l, a_l)*sum(l, a_l)', 'a square']],
    },
  ),
  ...planted('sequence', 'branch', steps(3, 4), {
    no: [
      ['abs-term', 'abs(a_l + 1000) == a_l + 1000', 'a_0 = −2000: 1000 and −1000'],
      ['max-state', 'max(b_k, 10^4) == 10^4', 'b_1 = 2·10^4'],
      ['relu-sum', 'relu(sum(l, a_l) - 10^5) == 0', 'a_0 = 2·10^5'],
      ['least-term', 'min(l, a_l + 500) == 500 + relu(min(l, a_l))', 'a_0 = −1: 499 and 500'],
      ['step-epsilon', 'step(epsilon - 10^3) == 0', 'ε = 2000: 1'],
    ],
    yes: [
      ['abs-term', 'abs(a_l + 1000) == max(a_l + 1000, -a_l - 1000)', '|y| = max(y, −y)', { decided: true }],
    ],
  }),
  ...planted('sequence', 'undefined side', steps(3, 4), {
    no: [
      ['quotient', 'a_l/a_l == 1', 'a_0 = 0: 0/0 does not exist'],
      ['log', 'log(a_l) - log(a_l) == 0', 'a_0 = −1 has no logarithm'],
      ['difference', '(b_k - 17)/(b_k - 17) == 1', 'b_1 = 17: 0/0 does not exist'],
      ['sum', 'sum(l, a_l)/sum(l, a_l) == 1', 'a = (1, −1): 0/0 does not exist'],
    ],
    yes: [['quotient', 'epsilon/epsilon == 1', 'ε > 0', { decided: true }]],
  }),
  ...planted(
    'sequence',
    'negative radicand',
    { ...steps(3, 4), cases: 12 },
    {
      no: [
        ['exp', 'sqrt(exp(a_l)*exp(-a_l) - 1 - 10^(-30)) + 1 > 0', 'the radicand is −10^−30'],
        ['state', 'b_k^2 + sqrt(exp(b_k)*exp(-b_k) - 1 - 10^(-50)) >= 0', 'the radicand is −10^−50'],
      ],
      yes: [
        ['exp', 'sqrt(exp(a_l)*exp(-a_l) - 1 + 10^(-30)) > 0', 'the radicand is 10^−30', { decided: true }],
      ],
    },
  ),
  ...planted(
    'sequence',
    'angle',
    {
      given: (lib) =>
        lib.sequence({
          terms: ['c'],
          variables: { tau: 'angle', kappa: 'angle' },
          draw: (random, _, variables): SequenceCase => ({
            sequences: { c: Array.from({ length: random.integer(1, 3) }, () => number(random)) },
            start: 0,
            variables,
          }),
        }) as never,
      cases: 60,
    },
    {
      no: [
        ['at-most-3', 'tau <= 3', 'τ = 4 is an angle'],
        ['sum-of-angles', 'tau + kappa <= 31/5', 'τ = κ = 4'],
        ['with-term', 'tau*c_l <= 3*c_l', 'τ = 4, c_0 = 1'],
      ],
      yes: [['at-most-3', 'tau <= 7', 'τ < 2π']],
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

export const sequence: readonly Planted[] = [...terms, ...reparameterized]
