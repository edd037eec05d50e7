/** Planted claims on integrals along a flow, and on pairs of paths. */
import { once, planted, type Planted, type Shared } from './planted.ts'

/** g = (1 + τ)^p and f = g (ℓ + h τ^{−d} x) at τ = c + t, where x is 1, cos √τ or cos log τ but for its phase. */
const given: Shared['given'] = once(
  (lib) =>
    lib.setting({
      rule: lib.velocity(
        { x: '-speed*(c + t)^(-kappa)*y', y: 'speed*(c + t)^(-kappa)*x' },
        { state: { x: '1', y: '0' } },
      ),
      moment: lib.inTheLimit({ t: '1000000' }),
      variables: {
        ...{ p: 'real', ell: 'real', decay: 'real', speed: 'real', kappa: 'real' },
        ...{ h: 'positive', c: 'positive' },
      },
      population: {
        name: 'powers with waves',
        refuses: () => undefined,
        draw(random) {
          const pick = <T>(list: readonly T[]): T => lib.draws.pick(random, list)
          const ell = pick(['1', '2', '1/2', '0'])
          const decay = pick(['1', '2', '3/2', '1/2', '0', '0', '-1/2', '-1', '-1/4'])
          // f stays positive: waves are damped or level, and there are none about 0.
          const still = ell === '0' || decay.startsWith('-')
          const [speed, kappa, h] = still
            ? (['0', '0', '1'] as const)
            : pick([['0', '0', '1'] as const, ['1/2', '1/2', '1/4'] as const, ['1', '1', '1/4'] as const])
          const p = pick(['0', '1', '-1/2', '1/2', '2', '-3/4', '-1', '-3/2', '-2'])
          return { values: { p, ell, decay, speed, kappa, h, c: pick(['1', '1', '2', '10']) } }
        },
      },
    }) as never,
)
const where = {
  time: 'c + t',
  g: '(1 + time)^p',
  f: 'g*(ell + h*time^(-decay)*x)',
  F: 'integral(f)',
  G: 'integral(g)',
}
const integrals: Shared = { given, where, cases: 16 }
const named = (id: string, formula: string): Pick<Shared, 'assume'> => ({
  assume: () => [{ id, says: formula, formula }],
})

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
  given: once(
    (lib) =>
      lib.setting({
        ...{ model: lib.nets(), weights: lib.ewn },
        rule: lib.gradientFlow({ rate: ['1', '2', '1/(1 + t)', '1 + t^2', 'exp(-t)'] }),
        moment: lib.everyMoment({ t: ['1/16', '1/8', '1/4'] }),
      }) as never,
  ),
  assume: (lib) => [lib.unitV as never],
  cases: 6,
}
const pairs = [
  ...planted('paths', 'meaning', ewnPaths, {
    no: [
      ['left-gradient', `g_u == path(w_u, ${good})`, 'the solution is w_u, not g_u'],
      ['left-nothing', `0*w_u == path(w_u, ${good})`, 'the solution is w_u, not 0'],
      ['left-twice', `2*w_u == path(w_u, ${good})`, 'the solution is w_u, not 2w_u'],
      ['left-norm', `norm(w_u) == path(w_u, ${good})`, 'a number is no vector'],
      ['left-rate', `ddt(w_u) == path(w_u, ${good})`, 'the solution is w_u, not its velocity'],
      ['left-start', `w_u(t_0) == path(w_u, ${good})`, 'the solution is w_u, not its value at the start'],
      ['of-start', `w_u == path(w_u(t_0), ${good})`, 'no path of values at the start is a form'],
      ['left-next', `w_u(t + 1) == path(w_u, ${good})`, 'the solution is w_u, not its next value'],
      [
        'second-no-path',
        [`w_u == path(w_u, ${good})`, `w_u == along(${good}, w_u)`],
        'the second equation is about no path, and false',
      ],
      ['second-sum', [`w_u == path(w_u, ${good})`, 'L == 7'], 'L = 7 is false'],
      ['second-root', [`w_u == path(w_u, ${good})`, 'L <= sqrt(0*L)'], 'L > 0'],
    ],
    yes: [['left-gradient', `w_u == path(w_u, ${good})`, 'Theorem 1', { decided: true }]],
  }),
  ...planted('paths', 'quiet', ewnPaths, {
    no: [
      ['rate-off', `w_u == path(w_u, (1 + 10^(-6))*${good})`, 'the rate is off by 10^−6'],
      ['rate-slightly-off', `w_u == path(w_u, (1 + 10^(-30))*${good})`, 'the rate is off by 10^−30'],
      ['rate-hardly-off', `w_u == path(w_u, (1 + 10^(-50))*${good})`, 'the rate is off by 10^−50'],
      ['exponent', 'w_u == path(w_u, -eta*norm(w_u)^(2 + 10^(-9))*g_u)', 'the exponent is 2'],
    ],
  }),
]

export const integralClaims: readonly Planted[] = [...integrated, ...pairs]
