/** Planted claims on trajectories up to a later moment. */
import { once, planted, type Planted, type Shared } from './planted.ts'

const assumed = (id: string, own: object = {}): Pick<Shared, 'assume'> => ({
  assume: () => [{ id, says: 'something else', ...own }],
})
const positive = { formula: 'L > 0' }

const along = (
  flow: 'unnorm' | 'ewn' | 'swn',
  loss: 'exponential' | 'cross-entropy' = 'exponential',
): Shared => ({
  given: once(
    (lib) =>
      ({
        ...lib.setting({
          model: lib.nets({ loss: loss === 'exponential' ? lib.exponential : lib.crossEntropy }),
          weights: lib[flow],
          rule: lib.gradientFlow({ rate: '1' }),
          moment: lib.everyMoment(),
        }),
        shrinks: 30,
      }) as never,
  ),
  cases: 6,
})
const below = { assume: () => [{ id: 'starts-below-1', says: 'L(t_0) < 1', formula: 'L(t_0) < 1' }] }
const [ewnFlow, unnormFlow] = [along('ewn'), along('unnorm')]

export const trajectory: readonly Planted[] = [
  ...planted('trajectory', 'unknown value', ewnFlow, {
    no: [
      ['rate-of-time', 'ddt(t) <= 0', 't′ = 1'],
      ['rate-of-product', 'ddt(L*t) <= t*ddt(L)', '(Lt)′ = tL′ + L'],
      ['rate-of-square', 'ddt(t^2) <= 0', '(t²)′ = 2t > 0'],
      ['rate-of-log', 'ddt(log(t)) < L*10^(-9)', '(log t)′ = 1/t', {}],
      ['rate-of-ratio', 'ddt(L/t) >= ddt(L)/t', '(L/t)′ = L′/t − L/t²'],
      ['rate-of-exponential', 'ddt(exp(t)) <= 0', '(e^t)′ = e^t'],
      ['start-of-time', 't(t_0) >= t', 't(t₀) = 0 < t'],
    ],
    yes: [
      ['rate-of-time', 'ddt(t) >= 1', 't′ = 1', { decided: true }],
      ['rate-of-product', 'ddt(L*t) >= t*ddt(L)', '(Lt)′ = tL′ + L', { decided: true }],
      ['rate-of-ratio', 'ddt(L/t) <= ddt(L)/t', '(L/t)′ = L′/t − L/t²', { decided: true }],
      ['start-of-time', 't(t_0) <= 0', 't(t₀) = 0', { decided: true }],
    ],
  }),
  ...planted(
    'trajectory',
    'call as product',
    { ...ewnFlow, ...below },
    {
      no: [
        ['start-of-norm', 'norm(w)(t_0) <= 0', 'w is not 0 at the start'],
        ['start-of-node', 'norm(w_u) >= norm(w_u)(t_0)', 'a node with a_u < 0 shrinks', { cases: 60 }],
        ['start-of-log', 'log(L)(t_0) >= 0', 'L(t₀) < 1'],
        ['start-of-root', 'sqrt(L)(t_0) <= 0', 'L(t₀) > 0'],
        ['start-of-bracket', '(L)(t_0) <= 0', 'L(t₀) > 0'],
        ['start-of-margin', 'min(i, m_i)(t_0) <= 0', 'L(t₀) < 1: all margins are positive'],
        ['start-of-sum', 'sum(u, norm(w_u)^2)(t_0) <= 0', 'w is not 0 at the start'],
        ['later', 'exp(-s)(t + 1) >= exp(-s)', 'the loss falls'],
        ['numbers', '2(t_0 + L) >= 2*L + L', '2 (0 + L) = 2L < 3L'],
      ],
      yes: [
        ['start-of-norm', 'norm(w)*t_0 <= 0', 'a product with t₀ = 0', { decided: true }],
        ['start-of-log', 'log(L(t_0)) < 0', 'L(t₀) < 1', { decided: true }],
      ],
    },
  ),
  ...planted(
    'trajectory',
    'equation along trajectory',
    { ...ewnFlow, but: { vacuous: 'wrong' } },
    {
      no: [
        ['loss', 'L == 7', 'L falls to e^−until'],
        ['time', 't == 1', 'the time depends on the start'],
        ['norm', 'norm(w_u) == norm(w_u(t_0))', 'the weights move'],
        ['log-loss', 's == s(t_0)', 's grows'],
        ['balance', 'norm(w)^2 - norm(w(t_0))^2 == 0', 'the norm grows'],
        ['rate', 'ddt(L) == 0', 'L falls'],
        [
          'cross-entropy',
          'L == 1/2',
          'L falls to e^−until',
          { ...along('ewn', 'cross-entropy'), but: { vacuous: 'wrong' } },
        ],
      ],
    },
  ),
  ...planted('trajectory', 'equation along trajectory', ewnFlow, {
    yes: [
      ['loss', 'L*exp(s) == 1', 's = log 1/L'],
      ['time', 't(t_0) == 0', 'the time starts at 0'],
      ['rate', 'ddt(t) == 1', 'time'],
      ['descent', 'ddt(L) == -sum(u, norm(g_u)^2)', 'gradient flow', unnormFlow],
    ],
  }),
  ...planted(
    'trajectory',
    'assumption by id',
    { ...ewnFlow, cases: 12 },
    {
      no: [
        ['A1', 'L(t_0) < 1', 'only L > 0 is assumed; starts have losses up to 4', assumed('A1', positive)],
        [
          'A1-log-loss',
          's(t_0) > 0',
          'only L > 0 is assumed; starts have losses up to 4',
          assumed('A1', positive),
        ],
        [
          'A1-failure',
          'L(t_0) <= 1',
          'nothing is assumed; starts have losses up to 4',
          assumed('A1', { failure: () => undefined }),
        ],
        ['A1-empty', 'L(t_0) < 1', 'nothing is assumed; starts have losses up to 4', assumed('A1')],
        [
          'A1-other-setting',
          'L(t_0) < log(2)',
          'L(t₀) < 1 is assumed, and 0.9 > log 2',
          { ...along('ewn', 'cross-entropy'), ...below, cases: 12 },
        ],
      ],
      yes: [['A1', 'L(t_0) < 1', 'it is assumed', { ...below, decided: true }]],
    },
  ),
  ...planted('trajectory', 'undefined side', ewnFlow, {
    no: [
      ['root', 'sqrt(s(t_0))*0 >= 0', 'L(t₀) > 1 at times: s < 0 has no root', { cases: 12 }],
      ['inverse', 'relu(1/t_0) >= 0', '1/0 does not exist'],
      ['start', 't(t_0)/t(t_0) >= 1', '0/0 does not exist'],
    ],
    yes: [['root', 'sqrt(s(t_0)^2) >= 0', 's² ≥ 0', { decided: true }]],
  }),
  ...planted(
    'trajectory',
    'negative radicand',
    { ...ewnFlow },
    {
      no: [
        ['loss', 'sqrt(exp(L)*exp(-L) - 1 - 10^(-40)) < 1', 'the radicand is −10^−40'],
        ['time', 't + sqrt(exp(t)*exp(-t) - 1 - 10^(-60)) > 0', 'the radicand is −10^−60'],
      ],
      yes: [['time', 'sqrt(t^2) >= 0', 't² ≥ 0', { decided: true }]],
    },
  ),
  ...planted('trajectory', 'quiet', ewnFlow, {
    no: [
      ['loss', 'L <= L(t_0)*(1 - 1/10)', 'just after the start L has hardly fallen', { cases: 20 }],
      ['rate', 'ddt(L) <= -2*sum(u, norm(w_u)^2*norm(g_u)^2)', 'half as fast'],
    ],
    yes: [['loss', 'L < L(t_0)', 'L falls', { decided: true }]],
  }),
]
