/** Planted claims on long runs: rounding, unknown derivatives, and tolerances. */
import { A1 } from '../../../../properties/morwani-ramaswamy-2022/premises.ts'
import { planted, type Item, type Planted, type Shared } from './planted.ts'
import { chains, race } from '../../../../properties/morwani-ramaswamy-2022/populations.ts'
import { inLimit, ewn, plane, unnorm } from './runs.ts'

/** f of order one, whose limit rounding turns into 0. */
const lost = (
  name: string,
  f: string,
  limit: string,
  why: string,
  decided = false,
): readonly [Item, Item] => [
  [name, `lim(${f}) == 0`, `the limit is ${limit}: ${why}`],
  [name, `lim(${f}) == ${limit}`, why, { decided }],
]
const rounded = [
  lost('log-1-plus', 'log(1 + L)/L', '1', 'log(1 + x) ~ x', true),
  lost('exp-minus-1', '(exp(L) - 1)/L', '1', 'e^x − 1 ~ x', true),
  lost('one-and-back', '((1 + L) - 1)/L', '1', '(1 + x) − 1 = x'),
  lost('root', '(sqrt(1 + L) - 1)/L', '1/2', '√(1 + x) − 1 ~ x/2'),
  lost('one-minus-exp', '(1 - exp(-L))/L', '1', '1 − e^−x ~ x', true),
  lost('time', 't*log(1 + 1/t)', '1', 'log(1 + x) ~ x', true),
  lost('time-root', 't*(sqrt(1 + 1/t) - 1)', '1/2', '√(1 + x) − 1 ~ x/2'),
  lost('beside-s', '((s + L) - s)/L', '1', '(s + x) − s = x'),
  lost('beside-w', '((norm(w) + L) - norm(w))/L', '1', '(w + x) − w = x'),
  lost('beside-t', '((t + s) - t)/s', '1', '(t + x) − t = x'),
  lost('log-ratio', '(log(t + s) - log(t))*t/s', '1', 'log(1 + s/t) ~ s/t'),
  lost('tanh', '(1 - tanh(s))*exp(2*s)', '2', '1 − tanh x ~ 2e^−2x'),
  lost('quotient', '(1/(1 - L) - 1)/L', '1', '1/(1 − x) − 1 ~ x'),
  lost('square', '((1 + L)^2 - 1)/L', '2', '(1 + x)² − 1 ~ 2x'),
]
const rounding = [
  ...planted('asymptotics', 'rounding', ewn, {
    no: rounded.map(([no]) => no),
    yes: [
      ...rounded.map(([, yes]) => yes),
      ['exp-bounds', 'L <= exp(L) - 1 <= 2*L', 'for 0 < L < 1', { decided: true }],
      ['log-bounds', 'L/2 <= log(1 + L) <= L', 'for 0 < L < 1', { decided: true }],
      ['one-minus-bounds', 'L/2 <= 1 - exp(-L) <= L', 'for 0 < L < 1', { decided: true }],
    ],
  }),
  ...planted('asymptotics', 'rounding', unnorm, {
    no: [
      ['constant-lost', 'lim(1/L - t) == 0', 'w′ = e^−w: 1/L = t + e^{w(0)}, so that the limit is e^{w(0)}'],
      ['constant-at-all-times', '1/L == t', 'w′ = e^−w: 1/L = t + e^{w(0)}'],
      ['log-bounds', 'log(1 + L) <= L/2', 'log(1 + x) > x/2 for 0 < x < 1'],
    ],
    yes: [
      ['constant-at-all-times', '1/L == t + 1/L(t_0)', 'w′ = e^−w: 1/L = t + e^{w(0)}', { decided: true }],
      ['constant-lost', 'lim(L*t) == 1', 'L = 1/(t + e^{w(0)})', { decided: true }],
    ],
  }),
]

const unknown = [
  ...planted('asymptotics', 'unknown value', unnorm, {
    no: [
      ['rate-of-L', 'ddt(L) == 0', 'L′ = −L²'],
      ['rate-of-t', 'ddt(t) == 0', 't′ = 1'],
      ['rate-of-s', 'ddt(s) == 0', 's′ = L'],
      ['rate-of-margin', 'ddt(m_i) == 0', 'm′ = L'],
      ['rate-of-log-L', 'ddt(log(L)) == 0', '(log L)′ = −L'],
      ['rate-of-g', 'ddt(norm(g)) == 0', '‖g‖ = L falls'],
      ['rate-of-a', 'ddt(a_u) == 0', 'a = w grows at the rate L'],
      ['rate-of-product', 'ddt(L*s) == 0', '(Ls)′ = L²(1 − s), and s is not 1 throughout'],
      ['rate-of-L-lim', 'lim(ddt(s)*t) == 0', 's′t = Lt → 1'],
      ['rate-of-power', 'ddt(t^2) == 0', '(t²)′ = 2t'],
      ['rate-of-ratio', 'ddt(s/t) == 0', 's/t falls to 0'],
      ['later-sup', 'ddt(sup(L)) == 0', 'sup L = L falls'],
      ['angle', 'ddt(theta_u + t) == 0', 'θ stays 0 and t grows'],
    ],
    yes: [
      ['rate-of-L', 'ddt(L) == -norm(g)^2', 'gradient flow', { decided: true }],
      ['rate-of-t', 'ddt(t) == 1', 'time', { decided: true }],
      ['rate-of-s', 'ddt(s) == norm(g)^2/L', 's = log 1/L', { decided: true }],
      ['rate-of-margin', 'ddt(m_i) == L', 'm = w', { decided: true }],
      [
        'rate-of-product',
        'ddt(w_u*L)/L == L*G_u*(1 - norm(w_u))',
        '(we^−w)′ = e^−2w(1 − w), but both sides are lost in rounding near w = 1',
      ],
    ],
  }),
  ...planted('asymptotics', 'unknown value', ewn, {
    no: [
      ['rate-of-s-ewn', 'ddt(s) <= 0', 's′ = w²L > 0'],
      ['rate-of-t-ewn', 'ddt(t) <= 0', 't′ = 1'],
      ['rate-of-q', 'ddt(L*q_i) == 0', 'q = 1 for one point, and L falls'],
    ],
    yes: [['rate-of-s-ewn', 'ddt(s) >= 0', 's′ = w²L', { decided: true }]],
  }),
  ...planted('asymptotics', 'call as product', ewn, {
    no: [
      [
        'later-norm',
        'lim(norm(w)(t + 1)/norm(w)) == inf',
        'the norm a moment later is hardly larger: the ratio tends to 1',
      ],
      ['later-loss', 'exp(-s)(t + 1) >= exp(-s)', 'the loss falls'],
      ['later-root', 'sqrt(s)(t + 1) == Theta(t*sqrt(s))', 'a moment later s is hardly larger'],
    ],
    yes: [['later-norm', 'lim(norm(w)*(t + 1)/norm(w)) == inf', 'the product with t + 1', { decided: true }]],
  }),
]

const tolerances = [
  ...planted('asymptotics', 'tolerance', ewn, {
    no: [
      ['s-and-more', 's == s + s/10^7', 's > 0'],
      ['constants', '1 == 1 + 10^(-10)', '10^−10 is not 0'],
      ['constants-inequality', '1 >= 1 + 10^(-9)', '10^−9 > 0'],
      ['L-and-more', 'L == L + L/10^7', 'L > 0'],
      ['norm-and-more', 'norm(w) == (1 + 10^(-8))*norm(w)', 'w is not 0'],
      ['norm-at-least', 'norm(w)^2 >= (1 + 10^(-7))*norm(w)^2', 'w is not 0'],
      ['margin', 'm_i >= m_i + 10^(-9)', '10^−9 > 0'],
      ['time', 't >= t*(1 + 10^(-8)) + 10^(-9)', 't ≥ 0'],
      ['chain', 's <= s + 1 <= s + 1 - s/10^8', 's > 0'],
      ['limits-of-constants', 'lim(2) == 2 + 10^(-12)', '10^−12 is not 0'],
      ['limit-0', 'lim(1/s) == 10^(-15)', 'the limit is 0'],
      ['limit-0-of-L', 'lim(L) == 10^(-14)', 'the limit is 0'],
      ['limit-positive', 'lim(L) >= 10^(-20)', 'the limit is 0'],
      ['equal-limits', 'lim(L) == lim(L) + 10^(-15)', '10^−15 is not 0'],
      ['some', 'some(L == L + L/10^9)', 'L > 0 at every moment'],
      ['either', 'lim(L) == 1 or norm(w) == norm(w) + norm(w)/10^8', 'L → 0, and w is not 0'],
      ['start', 's(t_0) == s(t_0)*(1 + 10^(-14))', 's(0) = w(0) > 0'],
    ],
    yes: [
      ['s-and-more', 's < s + s/10^7', 's > 0', { decided: true }],
      ['L-and-more', 'L < L + L/10^7', 'L > 0', { decided: true }],
      ['norm-and-more', 'norm(w) < (1 + 10^(-8))*norm(w)', 'w is not 0', { decided: true }],
      ['margin', 'm_i <= m_i', 'equal', { decided: true }],
      ['constants', '1 < 1 + 10^(-10)', '10^−10 > 0', { decided: true }],
      ['constants-limits', 'lim(2) < 2 + 10^(-13)', '10^−13 > 0', { decided: true }],
      ['limit-0', 'lim(1/s) < 10^(-15)', 'the limit is 0', { decided: true }],
      ['start', 's(t_0) < s(t_0)*(1 + 10^(-12))', 's(0) = w(0) > 0', { decided: true }],
    ],
  }),
  ...planted('asymptotics', 'selection', ewn, {
    no: [
      ['min-order', 'min(10^20, 1) == 0', 'the minimum is 1'],
      ['min-order-limit', 'lim(min(1/L, 1)) == 0', '1/L > 1: the minimum is 1'],
      ['max-small', 'lim(max(L, -1)/L) == 0', 'max(L, −1) = L'],
      ['max-time', 'lim(t*max(1/t, -1)) == 0', 'max(1/t, −1) = 1/t'],
      ['abs-small', 'lim(max(L, -s)/L) == 0', 'max(L, −s) = L'],
      ['min-far', 'lim(min(t, s)/s) == 0', 'min(t, s) is s from some moment on'],
    ],
    yes: [
      ['min-order', 'min(10^20, 1) == min(1, 10^20)', 'both are 1', { decided: true }],
      ['min-order-limit', 'lim(min(1/L, 1)) == 1', '1/L > 1', { decided: true }],
      ['max-small', 'lim(max(L, -1)/L) == 1', 'max(L, −1) = L', { decided: true }],
      ['tanh', 'lim(tanh(s)) == 1', 's → ∞', { decided: true }],
      ['tanh-small', 'lim(tanh(L)/L) == 1', 'tanh x ~ x', { decided: true }],
      ['tanh-negative', 'lim(tanh(-s)) == -1', 's → ∞', { decided: true }],
    ],
  }),
]

const turning = planted(
  'asymptotics-plane',
  'unknown value',
  { given: (lib) => inLimit(lib, 'unnorm', { population: plane }), cases: 12 },
  {
    no: [
      ['rate-of-angle', 'ddt(angle(w_u, x_1)) == 0', 'w turns towards (1, 0)'],
      ['rate-of-share', 'ddt(q_i) == 0', 'the share of the point (1, b) falls to 0'],
      ['rate-of-entropy', 'ddt(Ent) == 0', 'the entropy falls to 0'],
      ['rate-of-direction', 'ddt(G_u) == 0*G_u', 'G is the mean of the points, by their shares'],
      ['rate-of-least-margin', 'ddt(min(i, m_i)) == 0', 'the margins grow'],
    ],
    yes: [['rate-of-norm', 'ddt(norm(w_u)^2) == 2*L*a_u', '(wᵀw)′ = 2wᵀ(−g)', { decided: true }]],
  },
)
const without = planted('asymptotics', 'meaning', ewn, {
  no: [
    ['next-loss', 'L(t + 1) == L', 'there is no next step along a flow'],
    ['next-limit', 'lim(s(t + 1)/s) == 2', 'there is no next step along a flow'],
    ['start-of-sup', 'sup(L)(t_0) == L', 'a supremum is not called'],
    ['unknown-limit', 'lim(epsilon) == 0', 'there is no ε here'],
  ],
})

/** The populations of the paper, a few starts of each. */
const populations = { race, chains }
const drawn = (['race', 'chains'] as const).flatMap((name) =>
  planted(
    `asymptotics-${name}`,
    'rounding',
    { given: (lib) => inLimit(lib, 'ewn', { population: { ...populations[name], starts: 9 } }), cases: 9 },
    {
      no: [
        ['log-1-plus', 'lim(log(1 + L)/L) == 0', 'log(1 + x) ~ x'],
        ['rate-of-L', 'ddt(L) == 0', 'L falls'],
        ['s-and-more', 's^2 == s^2*(1 + 10^(-7))', 's is not 0 throughout'],
      ],
      yes: [
        ['log-1-plus', 'log(1 + L) <= L', 'concavity', { decided: true }],
        ['rate-of-L', 'ddt(L) <= 0', 'gradient flow', { decided: true }],
      ],
    },
  ),
)
const entropy: Shared = {
  given: (lib) =>
    inLimit(lib, 'unnorm', {
      loss: lib.crossEntropy,
      population: { ...lib.generic(lib.crossEntropy), starts: 12 },
    }),
  assume: () => [A1 as never],
  cases: 12,
}
const classes = [
  ...planted('asymptotics-ce', 'unknown value', entropy, {
    no: [
      ['rate-of-L', 'ddt(L) == 0', 'L falls'],
      ['rate-of-margin', 'ddt(m_i) == 0', 'the margins grow'],
      ['rate-of-t', 'ddt(s*t) == 0', '(st)′ = s′t + s'],
    ],
    yes: [
      ['rate-of-L', 'ddt(L) == -norm(g)^2', 'gradient flow', { decided: true }],
      ['rate-of-t', 'ddt(t) == 1', 'time', { decided: true }],
    ],
  }),
  ...planted('asymptotics-ce', 'rounding', entropy, {
    no: [['exp-minus-1', 'lim((exp(L) - 1)/L) == 0', 'the limit is 1 where L → 0']],
    yes: [['exp-minus-1', 'L <= exp(L) - 1', 'convexity', { decided: true }]],
  }),
]

export const asymptotics: readonly Planted[] = [
  ...rounding,
  ...unknown,
  ...tolerances,
  ...turning,
  ...without,
  ...drawn,
  ...classes,
]
