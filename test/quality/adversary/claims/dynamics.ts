/** Planted claims on training problems at one moment. */
import type { PointCase, Setting } from '../../../../src/index.ts'
import { planted, type Library, type Planted, type Shared } from './planted.ts'
import { STILL } from './still.ts'

/** The setting of nets whose rule is a flow or a step, whichever a statement speaks of. */
const nets = (lib: Library, normalization: Normalization, own: object, shows: string): Setting<never> =>
  lib.setting({
    model: lib.nets(),
    weights: lib[normalization],
    ...(shows.includes('ddt') && { rule: lib.gradientFlow() }),
    ...(/t ?\+ ?1/.test(shows) && { rule: lib.gradientDescent() }),
    ...own,
  }) as never

type Normalization = 'unnorm' | 'ewn' | 'swn'

const at = (normalization: Normalization, own: object = {}, every = 9): Shared => {
  const made = new WeakMap<Library, Map<string, Setting<never>>>()
  return {
    given(lib, shows) {
      const known = made.get(lib) ?? new Map<string, Setting<never>>()
      made.set(lib, known)
      const kind = ['ddt', 't ?\\+ ?1', 'eta'].filter((word) => new RegExp(word).test(shows)).join()
      const setting = known.get(kind) ?? nets(lib, normalization, own, shows)
      known.set(kind, setting)
      // A part of the family, for speed.
      const family: typeof setting.family = (assumed) =>
        [...setting.family(assumed)].filter((_, i, all) => all.length < 30 || i % every === 0)
      return { ...setting, family }
    },
  }
}
const [unnorm, ewn, swn] = [at('unnorm'), at('ewn'), at('swn')]
const assumed = (id: string, own: object = {}): Pick<Shared, 'assume'> => ({
  assume: () => [{ id, says: 'something else', ...own }],
})
const positive = { formula: 'L > 0' }

const one = (c: PointCase): Shared => ({
  given: (lib, shows) => ({ ...nets(lib, 'swn', {}, shows), generate: () => c }) as never,
})

export const dynamics: readonly Planted[] = [
  ...planted('dynamics', 'branch', unnorm, {
    no: [
      ['loss-relu', 'relu(L - 10^6) == 0', 'one linear neuron w = −20, x = 1, y = 1: L = e^20'],
      ['loss-max', 'max(L, 10^6) == 10^6', 'one linear neuron w = −20, x = 1, y = 1: L = e^20'],
      [
        'share-abs',
        'abs(a_u + 10^6) == a_u + 10^6',
        'one linear neuron w = −2·10^6, x = 1, y = 1: a = −2·10^6',
      ],
      ['margin-abs', 'abs(m_i - 1000) == 1000 - m_i', 'one linear neuron w = 2000, x = 1, y = 1: m = 2000'],
      ['rate-step', 'step(eta - 100) == 0', 'η = 200'],
      ['norm-min', 'min(norm(w_u)^2, 10^9) == norm(w_u)^2', '‖w‖ = 10^5'],
      ['log-loss', 'abs(s - 100) == 100 - s', 'one linear neuron w = 200, x = 1, y = 1: s = 200'],
    ],
    yes: [['rate-step', 'max(eta, 1) + min(eta, 1) == eta + 1', 'max + min = sum', { decided: true }]],
  }),
  ...planted('dynamics', 'undefined side', unnorm, {
    no: [
      ['share', 'a_u/a_u == 1', 'w ⟂ g: 0/0 does not exist'],
      ['product', 'dot(w_u, g_u)/dot(w_u, g_u) == 1', 'w ⟂ g: 0/0 does not exist'],
      ['margin', 'm_i/m_i == 1', 'm = 0: 0/0 does not exist'],
      ['log-margin', 'log(m_i) - log(m_i) == 0', 'm < 0 has no logarithm'],
      ['root-log-loss', 'sqrt(s) - sqrt(s) == 0', 'L > 1: s < 0 has no root'],
      ['log-log-loss', '0*log(s) == 0', 'L > 1: s < 0 has no logarithm'],
      ['pole', '(L - 10^6)/(L - 10^6) == 1', 'L = 10^6: 0/0 does not exist'],
      ['across-gradient', '0*perp(g_u, w_u) == 0*w_u', 'g = 0: 0/0 does not exist'],
    ],
    yes: [
      ['share', 'L/L == 1', 'L > 0 for the losses that are drawn', { decided: true }],
      ['product', 'dot(w_u, w_u)/norm(w_u)^2 == 1', 'w is not 0 where it is drawn'],
    ],
  }),
  ...planted(
    'dynamics',
    'negative radicand',
    { ...unnorm, cases: 60 },
    {
      no: [
        ['margin', 'sqrt(exp(m_i)*exp(-m_i) - 1 - 10^(-30)) < 1', 'the radicand is −10^−30'],
        ['shares', 'sqrt(sum(i, q_i) - 1 - 10^(-40)) < 1', 'the radicand is −10^−40'],
        ['loss', 'eta + sqrt(exp(L)*exp(-L) - 1 - 10^(-50)) > 0', 'the radicand is −10^−50'],
        ['log-loss', 'sqrt(exp(-s) - L - 10^(-30)) < 1', 'the radicand is −10^−30'],
      ],
      yes: [
        [
          'margin',
          'sqrt(exp(m_i)*exp(-m_i) - 1 + 10^(-30)) < 1',
          'the radicand is 10^−30',
          { decided: true },
        ],
      ],
    },
  ),
  ...planted(
    'dynamics',
    'assumption by id',
    { ...unnorm, cases: 60 },
    {
      no: [
        [
          'exponential',
          'L == sum(i, exp(-m_i))',
          'under cross-entropy log(1 + e^−m) is less',
          assumed('loss-exp', positive),
        ],
        [
          'exponential-empty',
          'L == sum(i, exp(-m_i))',
          'under cross-entropy log(1 + e^−m) is less',
          assumed('loss-exp'),
        ],
        [
          'exponential-failure',
          'L == sum(i, exp(-m_i))',
          'under cross-entropy log(1 + e^−m) is less',
          assumed('loss-exp', { failure: (_: PointCase) => undefined }),
        ],
        [
          'cross-entropy',
          'L <= sum(i, log(1 + 9*exp(-m_i)))',
          'under exponential loss e^3 > log(1 + 9e^3)',
          assumed('loss-ce', positive),
        ],
        [
          'cross-entropy-empty',
          'L <= sum(i, log(1 + 9*exp(-m_i)))',
          'under exponential loss e^3 > log(1 + 9e^3)',
          assumed('loss-ce'),
        ],
        [
          'homogeneous',
          'H_p*sum(u in l, a_u) == H_l*sum(u in p, a_u)',
          'with a bias or tanh no layer is homogeneous',
          { ...at('unnorm', {}, 2), ...assumed('homogeneous', positive), cases: 200 },
        ],
        [
          'one-point',
          'L == exp(-m_i)',
          'with two points L is a sum',
          {
            ...at('ewn', {
              population: {
                name: 'one neuron',
                draw: () => ({
                  net: { inputs: 1, layers: [{ width: 1, activation: 'z' }] },
                  loss: 'exp(-m)',
                }),
              },
            }),
            ...assumed('one-point', positive),
          },
        ],
        ['unit-v', 'norm(v_u) == 1', 'nothing is assumed', { ...ewn, ...assumed('unit-v') }],
        ['eta-one', 'eta == 1', 'only L > 0 is assumed', assumed('eta-one', positive)],
        ['gamma', 'gamma_u > 0', 'only L > 0 is assumed', { ...swn, ...assumed('gamma>0', positive) }],
      ],
      yes: [
        [
          'exponential',
          'L == sum(i, exp(-m_i))',
          'exponential loss',
          { assume: (lib) => [lib.lossExp as never], decided: true },
        ],
        [
          'homogeneous',
          'H_p*sum(u in l, a_u) == H_l*sum(u in p, a_u)',
          'Euler: Σ_{u∈l} a_u = H_l Σ q m',
          { ...at('unnorm', {}, 2), assume: (lib) => [lib.homogeneous as never], decided: true },
        ],
      ],
    },
  ),
  ...planted(
    'dynamics',
    'angle',
    { ...at('unnorm', { variables: { kappa: 'angle' } }), cases: 60 },
    {
      no: [
        ['at-most-3', 'kappa <= 3', 'κ = 4 is an angle'],
        ['with-rate', 'eta*kappa <= 3*eta', 'κ = 4 is an angle'],
      ],
      yes: [['at-most-3', 'kappa <= 7', 'κ < 2π']],
    },
  ),
  ...planted(
    'dynamics',
    'tie',
    { ...unnorm, cases: 200 },
    {
      no: [['share', 'abs(a_u) < norm(w_u)*norm(G_u)', 'equal for one input']],
      yes: [
        ['share', 'abs(a_u) <= norm(w_u)*norm(G_u)', 'Cauchy–Schwarz', { decided: true }],
        [
          'swn-growth',
          'norm(v_u(t + 1)) >= norm(v_u)',
          'the step is orthogonal to v',
          { ...swn, decided: true, cases: 200 },
        ],
        [
          'swn-stays',
          'norm(v_u(t + 1)) >= norm(v_u)',
          'the step is orthogonal to v, so that ‖v‖ does not fall',
          { ...one(STILL), decided: true, cases: 2 },
        ],
        ['sum-of-norms', 'norm(w) <= sum(u, norm(w_u))', 'triangle inequality', { decided: true }],
      ],
    },
  ),
  ...planted('dynamics', 'meaning', unnorm, {
    no: [
      ['initial', 'L(t_0) == L', 'there is no start here'],
      ['limit', 'lim(L) == L', 'there is no limit here'],
      ['supremum', 'sup(L) == L', 'there is no run here'],
      ['time', 'ddt(t) == 0', 'there is no time here'],
      ['next-of-sum', '(L + 1)(t + 1) == L(t + 1) + 1', 'a bracket is not called'],
    ],
  }),
  ...planted('dynamics', 'quiet', unnorm, {
    no: [
      ['descent', 'ddt(L) == -(1 + 10^(-6))*eta*sum(u, norm(g_u)^2)', 'off by 10^−6'],
      ['descent-bound', 'ddt(L) <= -eta*sum(u, norm(g_u)^2) - 10^(-9)', 'equal without 10^−9'],
      ['one-node', 'ddt(L) == -eta*norm(g_u)^2', 'all nodes move'],
      [
        'gibbs',
        'sum(i, q_i*m_i) == s + Ent + 10^(-9)',
        'equal without 10^−9',
        { assume: (lib) => [lib.lossExp as never] },
      ],
      ['speed', 'ddt(log(norm(w_u))) == -eta*dot(w_u, g_u)/norm(w_u)^2', 'so without normalisation', ewn],
      ['balance', 'norm(w_u(t + 1))^2 == norm(w_u)^2 - 2*eta*dot(w_u, g_u)', 'lacks η²‖g‖²'],
    ],
    yes: [
      ['descent', 'ddt(L) == -eta*sum(u, norm(g_u)^2)', 'gradient flow', { decided: true }],
      [
        'gibbs',
        'sum(i, q_i*m_i) == s + Ent',
        'q = e^−m/L',
        { assume: (lib) => [lib.lossExp as never], decided: true },
      ],
      ['speed', 'ddt(log(norm(w_u))) == -eta*dot(w_u, g_u)', 'w′ = … along v', { ...ewn, decided: true }],
      [
        'balance',
        'norm(w_u(t + 1))^2 == norm(w_u)^2 - 2*eta*dot(w_u, g_u) + eta^2*norm(g_u)^2',
        'binomial',
        { decided: true },
      ],
    ],
  }),
]
