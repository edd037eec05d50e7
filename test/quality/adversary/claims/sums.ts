/** Planted claims on infinite sequences and their sums: steps in the limit. */
import type { Population } from '../../../../src/index.ts'
import { once, planted, type Library, type Planted, type Shared } from './planted.ts'

/** a_k = c k^{−p} from the second term on, k = t + 1, the first at will, and its terms of odd k lowered by a factor. */
const term = '(step(1/2 - t)*first + step(t - 1/2)*scale*(t + 2)^(-p)*(even + (1 - even)*low))'
type Member = Readonly<Record<'p' | 'low' | 'scale' | 'first' | 'share' | 'beyond' | 'b', string>>

/** Sequences a, constants times powers of k, and how b grows. */
const member = (p: string, low: string, share: string, more: Partial<Member> = {}): Member => ({
  ...{ p, low, share, beyond: '0', scale: '1', first: '1', b: '1' },
  ...more,
})
const MEMBERS = [
  member('1', '1', '1'),
  member('1/2', '1', '1/2'),
  member('0', '1', '1'),
  member('3/2', '1', '0'),
  member('1/4', '1/8', '1'),
  member('2', '1', '1'),
]
const beyond = { beyond: '1' }
const MORE = [
  ...MEMBERS,
  ...[member('0', '1/8', '1/2'), member('0', '1/8', '1'), member('-1/2', '1', '1'), member('-1', '1/8', '0')],
  ...[member('1/2', '1', '0', beyond), member('0', '1', '0', beyond), member('1', '1/8', '0', beyond)],
  ...[
    member('3/4', '1', '1', { scale: '4', first: '1/4', b: '1/4' }),
    member('2', '1/8', '1', { scale: '1/4' }),
  ],
]
/** Draws these sequences: what is tried does not depend on which they are. */
const of = (name: string, members: readonly Member[]): ((lib: Library) => never) =>
  once((lib) => {
    const population: Population = {
      name,
      refuses: () => undefined,
      draw: (random) => ({ values: members[random.integer(0, members.length - 1)]! }),
    }
    return lib.setting({
      rule: lib.next(
        {
          b: `sqrt(b^2 + share*(${term}/b)^2) + beyond*${term}*(2*sqrt(b) + ${term})`,
          even: '1 - even',
        },
        { state: { even: '0' } },
      ),
      moment: lib.inTheLimit({ steps: 100_000 }),
      variables: {
        ...{ p: 'real', low: 'positive', scale: 'positive', first: 'positive' },
        ...{ share: 'real', beyond: 'real', b: 'positive' },
      },
      population,
    }) as never
  })
/** The terms, their sums, and k. */
const where = {
  a: term,
  A: 'sum(r <= t, a(r))',
  S: 'sum(r <= t, a(r)/sqrt(sum(q <= r, a(q)^2)))',
  T: 'sum(r <= t, a(r)/b(r))',
  time: 't + 1',
}
const sums: Shared = { given: of('few sequences', MEMBERS), where, cases: 24 }
const any: Shared = { given: of('sequences', MORE), where, cases: 16 }

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
