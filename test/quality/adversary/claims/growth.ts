/** Planted claims on long runs: slow growth, orders, early samples, and falsehoods that are off by little. */
import { A1 } from '../../../../properties/morwani-ramaswamy-2022/premises.ts'
import { planted, type Planted, type Shared } from './planted.ts'
import { inLimit, ewn, plane, run, swn } from './runs.ts'

const log = 'EWN neuron: dt/dw = e^w/w², so that log t = s − 2 log s + 2/s + …'
const orders = [
  ...planted('asymptotics', 'slow growth', ewn, {
    no: [
      ['log-t', 'converges(log(t) - s)', log],
      ['log-t-order', 'log(t) - s == O(1)', log],
      ['log-log', 'converges(log(t) - s + 2*log(s) + log(log(s)))', log],
      ['log-s', 'log(s) == O(1)', 's → ∞'],
      ['power-of-log', 'converges(log(s)^(1/10))', 's → ∞'],
      ['tiny-power', 'converges(s^(1/100))', 's → ∞'],
      ['tiny-power-down', 'lim(s^(-1/100)) > 0', 'the limit is 0'],
      ['inverse-log', 'lim(1/log(s)) > 0', 'the limit is 0'],
      ['inverse-log-value', 'lim(1/log(s)) == 1/30', 'the limit is 0'],
      ['inverse-log-log', 'lim(1/log(log(s))) > 0', 'the limit is 0'],
      ['log-over-log', 'lim(log(t)/s + 1/log(s)) > 1', 'the limit is 1'],
      ['offset', 'lim(log(s + s^2)/log(s)) > 2', 'the limit is 2'],
      ['sup-bound', 'sup(s) <= 10^12', 's → ∞: it has no supremum'],
      ['sup-of-inverse', 'sup(1/L) <= exp(10^12)', '1/L → ∞: it has no supremum'],
      ['sup-finite', 'converges(sup(s))', 's → ∞: it has no supremum'],
    ],
    yes: [
      ['log-t', 'log(t) - s == Theta(log(s))', log, { decided: true }],
      ['log-t-limit', 'lim((log(t) - s)/log(s)) == -2', log],
      ['log-t-order', 's - log(t) == O(log(s))', log, { decided: true }],
      ['log-log', 'converges(log(t) - s + 2*log(s))', log],
      ['log-s', 'lim(log(s)) == inf', 's → ∞', { decided: true }],
      ['inverse-log', 'lim(1/log(s)) == 0', 's → ∞'],
      ['tiny-power', 'lim(s^(1/4)) == inf', 's → ∞', { decided: true }],
      ['sup-bound', 'sup(L) <= 1', 'L = e^−w falls from e^{−w(0)} < 1', { decided: true }],
      ['sup-itself', 'sup(L) == L', 'L falls', { decided: true }],
      ['some-far', 'some(s > 10^5)', 's → ∞', { decided: true }],
    ],
  }),
  ...planted('asymptotics', 'order', ewn, {
    no: [
      ['o-of-itself', 's == o(s)', 's/s = 1'],
      ['o-of-multiple', 's == o(10^12*s)', 's/(10^12 s) = 10^−12'],
      ['o-of-nearly', 'log(t) == o(s)', 'log t ~ s'],
      ['theta-log', 's*log(s) == Theta(s)', 'log s → ∞'],
      ['theta-log-down', 's/log(s) == Theta(s)', 'log s → ∞'],
      ['o-log', 's == O(s/log(s))', 'log s → ∞'],
      ['theta-power', 's^(1 + 1/1000) == Theta(s)', 's^(1/1000) → ∞'],
      ['theta-rate', 'L == Theta(1/t)', 'Lt ~ 1/s² → 0'],
      ['theta-rate-log', 'L*t == Theta(1/s)', 'Lt ~ 1/s²'],
      ['big-o-rate', '1/t == O(L)', 'Lt ~ 1/s² → 0'],
      ['tail-only', '1/(1 + 10^12*L) == o(1)', 'it tends to 1: L → 0'],
      ['hidden-constant', 's + 10^12 == o(s*log(s)/log(s))', 's/s = 1'],
    ],
    yes: [
      ['o-of-itself', 's == Theta(s + log(s))', '(s + log s)/s → 1', { decided: true }],
      ['o-of-nearly', 'log(t) == Theta(s)', 'log t ~ s', { decided: true }],
      ['theta-log', 's == o(s*log(s))', 'log s → ∞'],
      ['o-log', 's/log(s) == O(s)', 'log s → ∞', { decided: true }],
      ['theta-rate', 'L == o(1/t)', 'Lt ~ 1/s²', { decided: true }],
      ['theta-rate-log', 'L*t == Theta(1/s^2)', 'Lt ~ 1/s²', { decided: true }],
      ['consistent', 'L*t*s^2 == O(1)', 'Lts² → 1', { decided: true }],
    ],
  }),
  ...planted('asymptotics', 'order', swn, {
    no: [
      ['swn-rate', 'L == o(1/t)', 'SWN of one neuron: γ′ = L, so that Lt → 1'],
      ['swn-square', 'L == O(1/t^2)', 'Lt → 1'],
    ],
    yes: [['swn-rate', 'L == Theta(1/t)', 'SWN of one neuron: γ′ = L, so that Lt → 1', { decided: true }]],
  }),
]

/** Neurons that start with a loss above 1, so that s < 0 at first; or with 0 < s < 1. */
const BELOW = ['-1/2', '-1', '-1/4', '-2', '-1/3', '-2/3', '-3/4', '-4/3', '-3/2', '-5/4']
const late = run('ewn', BELOW)
const small = run('ewn', ['1/2', '1/4', '3/4', '1/8', '1/3', '2/3', '1/5', '2/5', '3/5', '4/5'])
const unnormLate = run('unnorm', BELOW)
const early = [
  ...planted('asymptotics', 'early sample', unnormLate, {
    no: [
      ['root', 'sqrt(s) >= 0', 's(0) = w(0) < 0 has no root'],
      ['log', 'log(s) <= s', 's(0) = w(0) < 0 has no logarithm'],
      ['log-equal', 'log(s) == log(s)', 's(0) = w(0) < 0 has no logarithm'],
      ['half-power', 's^(1/2)*s^(1/2) == s', 's(0) = w(0) < 0 has no root'],
      ['times-0', '0*log(s) == 0', 's(0) = w(0) < 0 has no logarithm'],
      ['loss', 'L < 1', 'L(0) = e^{−w(0)} > 1'],
    ],
    yes: [
      ['root', 'sqrt(s^2) >= s', '|s| ≥ s', { decided: true }],
      ['loss', 'some(L < 1)', 'L → 0', { decided: true }],
    ],
  }),
  ...planted('asymptotics', 'early sample', small, {
    no: [
      ['log-log', 'log(log(s)) <= s', '0 < s(0) < 1: log log s does not exist'],
      ['root-log', 'sqrt(log(s)) >= 0', '0 < s(0) < 1: √log s does not exist'],
      ['root-s-1', 'sqrt(s - 1) <= s', '0 < s(0) < 1: √(s − 1) does not exist'],
      ['inverse-time', '1/t > 0', 't = 0 at the start'],
      ['log-time', 'log(t) <= t', 't = 0 at the start'],
      ['time-over-time', 't/t == 1', 't = 0 at the start'],
    ],
    yes: [
      ['log-log', 'log(s) <= s', 's > 0', { decided: true }],
      ['inverse-time', '1/(1 + t) > 0', 't ≥ 0', { decided: true }],
    ],
  }),
  ...planted('asymptotics', 'early sample', late, {
    no: [['never', 'norm(w) >= 1/100', 'w < 0 under EWN rises to 0 and never above: w → 0']],
    yes: [['never', 'L >= 1', 'w < 0 under EWN rises to 0 and never above', {}]],
  }),
]

const support =
  'w₂′ = b e^{−w₁ − b w₂} and w₁ = log t + o(1) give e^{b w₂} ~ b² log t: w₂ ~ (log s)/b, and w₁ − s = log(1 + e^{−b w₂}) → 0'
const linear = planted(
  'asymptotics',
  'slow growth',
  { given: (lib) => inLimit(lib, 'unnorm', { population: plane }), cases: 12 },
  {
    no: [
      ['residual', 'converges(w - [s, 0])', support],
      ['residual-order', 'norm(w - [s, 0]) == O(1)', support],
      ['residual-small', 'norm(w - [s, 0]) == o(log(s))', support],
      ['residual-component', 'converges(dot(w, [0, 1]))', support],
    ],
    yes: [
      ['residual', 'norm(w - [s, 0]) == Theta(log(s))', support, { decided: true }],
      ['residual-component', 'lim(dot(w, [0, 1])) == inf', support, { decided: true }],
      ['direction', 'lim(w/norm(w)) == [1, 0]', support],
    ],
  },
)

/** Statements on all nodes, on one, and on some of them. */
const mixed: Shared = {
  given: (lib) => inLimit(lib, 'ewn', { population: { ...lib.generic(lib.exponential), starts: 6 } }),
  assume: () => [A1 as never],
  cases: 12,
}
const quiet = planted('asymptotics', 'quiet', mixed, {
  no: [
    ['loss-power', 'L == O(1/t^(1 + 10^(-2)))', 'L = Ω(1/(t log² t)) for the nets of order one at least'],
    ['rate', 'lim(log(L)/log(t)) == -1 - 1/100', 'the limit is −1'],
    ['rounded', 'lim(log(1 + L)/L) == 0', 'log(1 + x) ~ x'],
    ['every-node', 'lim(norm(w_u)) == inf', 'some node grows, not every one'],
  ],
  yes: [
    ['rate', 'lim(log(L)/log(t)) == -1', 'L = Θ(1/t) up to powers of log t'],
    ['rounded', 'L <= exp(L) - 1', 'convexity', { decided: true }],
  ],
})

export const growth: readonly Planted[] = [...orders, ...early, ...linear, ...quiet]
