/** Planted claims on infinite sequences, integrals and pairs of paths. */
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
const integrals: Shared = { given: once((lib) => lib.integrals() as never), cases: 16 }
const named = (id: string, formula: string): Pick<Shared, 'assume'> => ({
  assume: () => [{ id, says: formula, formula }],
})

const sequences = [
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
      ['limit', 'lim(1/time) < 10^(-15)', 'the limit is 0', { decided: true }],
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

const integrated = [
  ...planted('integrals', 'unknown value', integrals, {
    no: [
      ['next-f', 'f(t + 1) == f', 'f = 1 + t is no constant'],
      ['next-F', 'F(t + 1) == F', 'F grows, as f > 0'],
      ['next-G', 'G(t + 1) <= G', 'G grows, as g > 0'],
      ['next-time', 'time(t + 1) == time', 't + 1 is not t'],
      ['rate', 'ddt(F) == 0', 'F′ = f > 0'],
    ],
    yes: [['next-f', 'F >= 0', 'f > 0', { decided: true }]],
  }),
  ...planted('integrals', 'assumption by id', integrals, {
    no: [
      [
        'f-diverges',
        'lim(F) == inf',
        'only f > 0 is assumed; ∫ t^−2 converges',
        named('f-diverges', 'f > 0'),
      ],
      [
        'g-diverges',
        'lim(G) == inf',
        'only f > 0 is assumed; ∫ t^−2 converges',
        named('f-diverges', 'f > 0'),
      ],
      [
        'ratio',
        'converges(f/g)',
        'only f > 0 is assumed; f/g = √t',
        { ...named('ratio', 'f > 0'), cases: 24 },
      ],
      [
        'ratio-integrals',
        'converges(F/G)',
        'only f > 0 is assumed; f/g = √t',
        { ...named('ratio', 'f > 0'), cases: 24 },
      ],
    ],
    yes: [
      [
        'f-diverges',
        'lim(F) == inf',
        'it is assumed',
        { ...named('infinite', 'lim(F) == inf'), decided: true },
      ],
    ],
  }),
  ...planted(
    'integrals',
    'oscillation',
    { ...integrals, cases: 40 },
    {
      no: [
        [
          'ratio',
          'converges(f/g)',
          'f/g = 1 + (cos √t)/4 oscillates, and F/G → 1',
          named('integrals', 'converges(F/G)'),
        ],
        [
          'bounded-ratio',
          'converges(f/g)',
          'f/g = 1 + (cos √t)/4 oscillates',
          named('bounded', 'f/g == O(1)'),
        ],
        [
          'ratio-of-inverse',
          'converges(g/f)',
          'g/f = 1/(1 + (cos √t)/4) oscillates',
          named('bounded', 'f/g == O(1)'),
        ],
        [
          'log-ratio',
          'converges(log(f/g))',
          'f/g = 1 + (cos √t)/4 oscillates',
          named('bounded', 'g/f + f/g == O(1)'),
        ],
      ],
      yes: [
        [
          'ratio',
          'lim(F/G) == lim(f/g)',
          'Stolz–Cesàro',
          {
            assume: () => [
              { id: 'positive', says: 'f, g > 0', formula: 'min(f, g) > 0' },
              { id: 'f-diverges', says: '∫f = ∞', formula: 'lim(F) == inf' },
              { id: 'g-diverges', says: '∫g = ∞', formula: 'lim(G) == inf' },
              { id: 'ratio', says: 'f/g has a limit', formula: 'converges(f/g)' },
            ],
          },
        ],
      ],
    },
  ),
  ...planted('integrals', 'tolerance', integrals, {
    no: [
      ['integral', 'F == F*(1 + 10^(-8))', 'F > 0 for t > 1'],
      ['integral-at-least', 'G >= G*(1 + 10^(-7))', 'G > 0 for t > 1'],
      ['integrand', 'g == g + g/10^9', 'g > 0'],
    ],
    yes: [['integrand', 'g < g + g/10^9', 'g > 0', { decided: true }]],
  }),
  ...planted('integrals', 'early sample', integrals, {
    no: [
      ['quotient', 'F/G == F/G', 't = 1: 0/0 does not exist'],
      ['inverse', '1/F > 0', 't = 1: F = 0'],
      ['log', 'log(F) <= F', 't = 1: log 0 does not exist'],
      ['log-time', '1/log(time) > 0', 't = 1: log 1 = 0'],
    ],
    yes: [['log', 'log(time) <= time', 'log t ≤ t', { decided: true }]],
  }),
]

const good = '-eta*norm(w_u)^2*g_u'
const ewnPaths: Shared = {
  given: once((lib) => lib.paths('ewn') as never),
  assume: (lib) => [lib.unitV as never],
  cases: 6,
}
const pairs = [
  ...planted('paths', 'meaning', ewnPaths, {
    no: [
      ['left-gradient', `g_u == path(${good})`, 'the solution is w_u, not g_u'],
      ['left-nothing', `0*w_u == path(${good})`, 'the solution is w_u, not 0'],
      ['left-twice', `2*w_u == path(${good})`, 'the solution is w_u, not 2w_u'],
      ['left-norm', `norm(w_u) == path(${good})`, 'a number is no vector'],
      ['left-rate', `ddt(w_u) == path(${good})`, 'the solution is w_u, not its velocity'],
      ['left-next', `w_u(t + 1) == path(${good})`, 'the solution is w_u, not its next value'],
      [
        'second-no-path',
        [`w_u == path(${good})`, `w_u == along(${good}, w_u)`],
        'the second equation is about no path, and false',
      ],
      ['second-sum', [`w_u == path(${good})`, 'L == 7'], 'L = 7 is false'],
      ['second-root', [`w_u == path(${good})`, 'L <= sqrt(0*L)'], 'L > 0'],
    ],
    yes: [['left-gradient', `w_u == path(${good})`, 'Theorem 1', { decided: true }]],
  }),
  ...planted('paths', 'quiet', ewnPaths, {
    no: [
      ['rate-off', `w_u == path((1 + 10^(-6))*${good})`, 'the rate is off by 10^−6'],
      ['rate-slightly-off', `w_u == path((1 + 10^(-30))*${good})`, 'the rate is off by 10^−30'],
      ['exponent', 'w_u == path(-eta*norm(w_u)^(2 + 10^(-9))*g_u)', 'the exponent is 2'],
    ],
  }),
]

export const sumsAndPaths: readonly Planted[] = [...sequences, ...integrated, ...pairs]
