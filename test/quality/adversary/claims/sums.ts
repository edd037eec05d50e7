/** Planted claims on infinite sequences. */
import type { MemberCase, Random } from '../../../../src/index.ts'
import { once, planted, type Planted, type Shared } from './planted.ts'

/** Sequences a, constants times powers of k, and how b grows. */
const member = (power: string, factor: string, theta: string): MemberCase => ({
  ...{ power, factor, theta },
  ...{ logarithm: '0', scale: '1', first: '1', b: '1' },
})
const MEMBERS = [
  member('1', 'none', '1'),
  member('1/2', 'none', '1/2'),
  member('0', 'none', '1'),
  member('3/2', 'none', '0'),
  member('1/4', 'alternating', '1'),
  member('2', 'none', '1'),
]
/** Draws these few sequences: what is tried does not depend on which they are. */
const few = once((lib) => ({
  ...lib.sums(),
  generate: (random: Random) => MEMBERS[random.integer(0, MEMBERS.length - 1)]!,
}))
const sums: Shared = { given: (lib) => few(lib) as never, cases: 24 }
const any: Shared = { given: once((lib) => lib.sums() as never), cases: 10 }

const named = (id: string, formula: string): Pick<Shared, 'assume'> => ({
  assume: () => [{ id, says: formula, formula }],
})

export const infinite: readonly Planted[] = [
  ...planted('sums', 'unknown value', sums, {
    no: [
      ['next-term', 'a(t + 1) == a', 'a_k = 1/(k + 1) is no constant'],
      ['next-sum', 'A(t + 1) == A', 'the next sum has one more positive term'],
      ['next-weighted-sum', 'S(t + 1) == S', 'the next sum has one more positive term'],
      ['next-quotient-sum', 'T(t + 1) == T', 'the next sum has one more positive term'],
      ['next-index', 'time(t + 1) == time', 'k + 1 is not k'],
      ['next-index-at-most', 'time(t + 1) <= time', 'k + 1 > k'],
      ['next-sum-limit', 'lim(time*(A(t + 1) - A)/A) == 0', 'a_k = 1, A = k: the limit is 1'],
      ['next-beside-b', 'A(t + 1)*b(t + 1) == A*b(t + 1)', 'the next sum has one more positive term'],
    ],
    yes: [['next-sum', 'b(t + 1) >= b', 'b never falls', { decided: true }]],
  }),
  ...planted('sums', 'assumption by id', any, {
    no: [
      ['diverges', 'lim(A) == inf', 'only a > 0 is assumed; Σ 1/k² converges', named('diverges', 'a > 0')],
      [
        'diverges-S',
        'lim(S) == inf',
        'only a > 0 is assumed; Σ 1/k² converges, and S with it',
        named('diverges', 'a > 0'),
      ],
      ['vanishes', 'a <= 1000', 'only a > 0 is assumed; a = √(k + 1)', { ...named('vanishes', 'a > 0') }],
      [
        'growth',
        'b(t + 1)^2 <= b^2 + (a/b)^2',
        'only b > 0 is assumed; b = (1 + Σa)² grows faster',
        { ...named('growth', 'b > 0'), cases: 16 },
      ],
    ],
    yes: [
      [
        'diverges',
        'lim(A) == inf',
        'it is assumed',
        { ...named('infinite', 'lim(A) == inf'), cases: 24, decided: true },
      ],
    ],
  }),
  ...planted('sums', 'tolerance', sums, {
    no: [
      ['sum', 'A == A*(1 + 10^(-8))', 'A > 0'],
      ['sum-at-least', 'A >= A*(1 + 10^(-7))', 'A > 0'],
      ['index', 'time >= time + time/10^7', 'k > 0'],
      ['term', 'a <= a - a/10^8', 'a > 0'],
      ['constants', '1 >= 1 + 10^(-9)', '10^−9 > 0'],
      ['limit', 'lim(1/time) == 10^(-15)', 'the limit is 0'],
    ],
    yes: [
      ['sum', 'A < A*(1 + 10^(-8))', 'A > 0', { decided: true }],
      ['index', 'time < time + time/10^7', 'k > 0', { decided: true }],
      ['limit', 'lim(1/time) < 10^(-15)', 'the limit is 0, though a run sees that to 10^−10 only'],
    ],
  }),
  ...planted('sums', 'rounding', sums, {
    no: [
      ['beside', 'lim(time^6*((time + 1/time^6) - time)) == 0', 'it is 1 throughout'],
      ['log', 'lim(time^6*log(1 + 1/time^6)) == 0', 'log(1 + x) ~ x: the limit is 1'],
      ['root', 'lim(time^8*(sqrt(1 + 1/time^8) - 1)) == 0', 'the limit is 1/2'],
    ],
    yes: [
      ['beside', 'lim(time^6*((time + 1/time^6) - time)) == 1', 'it is 1 throughout'],
      ['log', 'lim(time^6*log(1 + 1/time^6)) == 1', 'log(1 + x) ~ x', { decided: true }],
    ],
  }),
  ...planted(
    'sums',
    'oscillation',
    { ...any, cases: 40 },
    {
      no: [['bounded-term', 'converges(a)', 'a = 1, 1/8, 1, 1/8, …', named('bounded', 'a == O(1)')]],
      yes: [
        ['bounded-term', 'a == O(1)', 'it is assumed', { ...named('bounded', 'a == O(1)'), decided: true }],
      ],
    },
  ),
  ...planted('sums', 'slow growth', sums, {
    no: [
      ['log', 'log(time) == O(1)', 'k → ∞'],
      ['log-converges', 'converges(log(time)^(1/10))', 'k → ∞'],
      ['inverse-log', 'lim(1/log(1 + time)) > 0', 'the limit is 0'],
      ['sup', 'sup(time) <= 10^9', 'k → ∞ has no supremum'],
      ['sup-sum', 'sup(time*A) <= 10^30', 'kA → ∞ has no supremum'],
    ],
    yes: [
      ['log', 'lim(log(time)) == inf', 'k → ∞', { decided: true }],
      ['sup', 'sup(1/time) <= 1', '1/k ≤ 1', { decided: true }],
    ],
  }),
  ...planted('sums', 'early sample', sums, {
    no: [
      ['log-log', 'log(log(time)) <= time', 'k = 1: log log 1 does not exist'],
      ['root', 'sqrt(time - 2) <= time', 'k = 1: √−1 does not exist'],
      ['pole', '(time - 1)/(time - 1) == 1', 'k = 1: 0/0 does not exist'],
      ['inverse-log', '1/log(time) > 0', 'k = 1: 1/log 1 does not exist'],
    ],
    yes: [['log-log', 'log(time) <= time', 'log k ≤ k', { decided: true }]],
  }),
]
