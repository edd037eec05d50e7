/** Planted claims on roots: radicands that are just negative, ties, and sums of roots of integers. */
import { planted, type Planted, type Shared } from './planted.ts'

const positive: Shared['given'] = (lib) => lib.setting({ variables: { p: 'positive' } }) as never

/** Radicands that are negative by less than a rounding error. */
const radicands = planted(
  'free',
  'negative radicand',
  { given: positive },
  {
    no: [
      ['exp-1e-30', 'sqrt(exp(p)*exp(-p) - 1 - 10^(-30)) + 1 > 0', 'the radicand is −10^−30'],
      ['exp-1e-100', 'sqrt(exp(p)*exp(-p) - 1 - 10^(-100)) >= 0', 'the radicand is −10^−100'],
      ['exp-at-most', 'sqrt(exp(p)*exp(-p) - 1 - 10^(-30)) <= 1', 'the radicand is −10^−30'],
      ['exp-sum', 'sqrt((exp(p) + 1)*exp(-p) - exp(-p) - 1 - 10^(-50)) < 1', 'the radicand is −10^−50'],
      ['exp-double', 'sqrt(exp(2*p) - exp(p)^2 - 10^(-40)) < 1', 'the radicand is −10^−40'],
      ['exp-shift', 'sqrt(exp(p + 1)/exp(p) - exp(1) - 10^(-25)) < 1', 'the radicand is −10^−25'],
      ['exp-log', 'sqrt(exp(log(p)) - p - 10^(-60)) < 1', 'the radicand is −10^−60'],
      ['log-exp', 'sqrt(log(exp(p)) - p - 10^(-30)) < 1', 'the radicand is −10^−30'],
      ['conjugates', 'p + sqrt((sqrt(2) + 1)*(sqrt(2) - 1) - 1 - 10^(-45)) > 0', 'the radicand is −10^−45'],
      [
        'conjugates-p',
        'sqrt((sqrt(p + 1) + 1)*(sqrt(p + 1) - 1) - p - 10^(-35)) >= 0',
        'the radicand is −10^−35',
      ],
      ['root-of-two', 'p + sqrt(sqrt(2)^2*exp(p)*exp(-p) - 2 - 10^(-50)) > 0', 'the radicand is −10^−50'],
      ['half-power', '(exp(p)*exp(-p) - 1 - 10^(-30))^(1/2) >= 0', 'the base is −10^−30'],
      ['three-halves', '(exp(p)*exp(-p) - 1 - 10^(-30))^(3/2) < 1', 'the base is −10^−30'],
      ['times-nothing', '0*sqrt(exp(p)*exp(-p) - 1 - 10^(-30)) <= 1', 'the radicand is −10^−30'],
      ['under-a-root', 'sqrt(4 + sqrt(exp(p)*exp(-p) - 1 - 10^(-30))) > 1', 'the inner radicand is −10^−30'],
      ['in-a-kink', 'max(p, sqrt(exp(p)*exp(-p) - 1 - 10^(-30))) > 0', 'the radicand is −10^−30'],
      ['tanh', 'sqrt(tanh(p) - (exp(2*p) - 1)/(exp(2*p) + 1) - 10^(-30)) < 1', 'the radicand is −10^−30'],
      ['exactly', 'sqrt(-10^(-30)*p) + 1 > 0', 'the radicand is −p/10^30'],
    ],
    yes: [
      ['exp-1e-30', 'sqrt(exp(p)*exp(-p) - 1 + 10^(-30)) > 0', 'the radicand is 10^−30', { decided: true }],
      [
        'exp-1e-100',
        'sqrt(exp(p)*exp(-p) - 1 + 10^(-100)) > 0',
        'the radicand is 10^−100',
        { decided: true },
      ],
      [
        'conjugates',
        'sqrt((sqrt(p + 1) + 1)*(sqrt(p + 1) - 1) - p + 10^(-35)) < 1',
        'the radicand is 10^−35',
        { decided: true },
      ],
      ['three-halves', '(exp(p)*exp(-p) - 1 + 10^(-30))^(3/2) < 1', 'the base is 10^−30', { decided: true }],
      ['form', 'sqrt((exp(p) - 3)^2) >= 0', 'a square is not negative', { decided: true }],
      ['zero', 'sqrt(exp(p)*exp(-p) - 1) >= 0', 'the radicand is 0'],
    ],
  },
)

/** Vectors of which one is a multiple of the other. */
const tied = (factor: string): Shared => ({
  given: (lib) =>
    lib.setting({
      variables: { v: 'vector', g: 'vector' },
      aim: (draft) => draft.set({ g: `${factor}*v` }),
    }) as never,
})

/** Slacks that vanish exactly, under roots that are irrational. */
const ties = [
  ...planted('free', 'tie', tied('2'), {
    yes: [
      ['cauchy', 'dot(v, g) <= norm(v)*norm(g)', 'g = 2v: both sides are 2‖v‖²', { decided: true }],
      ['triangle', 'norm(v + g) <= norm(v) + norm(g)', 'g = 2v: both sides are 3‖v‖', { decided: true }],
      [
        'reverse-triangle',
        'norm(g - v) >= norm(g) - norm(v)',
        'g = 2v: both sides are ‖v‖',
        { decided: true },
      ],
      ['doubled', 'norm(g) >= 2*norm(v)', 'g = 2v: both sides are 2‖v‖', { decided: true }],
      [
        'mean',
        'norm(v)*norm(g) <= (4*dot(v, v) + dot(g, g))/4',
        'g = 2v: both sides are 2‖v‖²',
        { decided: true },
      ],
    ],
    no: [
      ['cauchy', 'dot(v, g) < norm(v)*norm(g)', 'v = (1, 0), g = (2, 0): both sides are 2'],
      ['triangle', 'norm(v + g) < norm(v) + norm(g)', 'v = (1, 0), g = (2, 0): both sides are 3'],
      ['doubled', 'norm(g) > 2*norm(v)', 'v = (1, 0), g = (2, 0): both sides are 2'],
      ['nearly', 'norm(g) >= 2*norm(v) + 10^(-320)', 'v = (1, 0), g = (2, 0): 2 < 2 + 10^−320'],
      [
        'cauchy-nearly',
        'dot(v, g) <= norm(v)*norm(g) - 10^(-400)',
        'v = (1, 0), g = (2, 0): 2 > 2 − 10^−400',
      ],
    ],
  }),
  ...planted('free', 'tie', tied('-3'), {
    yes: [
      ['opposite', 'abs(dot(v, g)) <= norm(v)*norm(g)', 'g = −3v: both sides are 3‖v‖²', { decided: true }],
      [
        'opposite-triangle',
        'norm(v - g) <= norm(v) + norm(g)',
        'g = −3v: both sides are 4‖v‖',
        { decided: true },
      ],
    ],
  }),
]

/** Sums of roots of integers, of which some vanish and some nearly do. */
const roots = planted(
  'free',
  'root sum',
  { given: positive, cases: 8 },
  {
    yes: [
      ['nested', 'sqrt(2) + sqrt(3) - sqrt(5 + 2*sqrt(6)) == 0', '(√2 + √3)² = 5 + 2√6'],
      [
        'nested-at-least',
        'sqrt(2) + sqrt(3) - sqrt(5 + 2*sqrt(6)) >= 0',
        '(√2 + √3)² = 5 + 2√6',
        { decided: true },
      ],
      ['nested-minus', 'sqrt(5 - 2*sqrt(6)) <= sqrt(3) - sqrt(2)', '(√3 − √2)² = 5 − 2√6', { decided: true }],
      ['product', 'sqrt(2)*sqrt(3) >= sqrt(6)', '√2√3 = √6', { decided: true }],
      ['strict', 'sqrt(12) + sqrt(27) <= 5*sqrt(3)', '2√3 + 3√3', { decided: true }],
      ['multiple', 'sqrt(12) + sqrt(27) == 5*sqrt(3)', '2√3 + 3√3'],
      ['three', 'sqrt(2) + sqrt(8) - sqrt(18) >= 0', '√2 + 2√2 − 3√2 = 0', { decided: true }],
      ['unit', '(sqrt(5) + 2)*(sqrt(5) - 2) <= 1', '5 − 4', { decided: true }],
      ['fraction', '1/(sqrt(3) - sqrt(2)) <= sqrt(3) + sqrt(2)', '1/(√3 − √2) = √3 + √2', { decided: true }],
      ['with-p', 'sqrt(2*p^2) >= p*sqrt(2)', '√(2p²) = p√2', { decided: true }],
    ],
    no: [
      ['near-1e-40', 'sqrt(10^80 + 1) == 10^40', 'the square of 10^40 is 10^80'],
      ['near-1e-300', 'sqrt(10^600 + 1) <= 10^300', '√(10^600 + 1) − 10^300 is near 5·10^−301'],
      ['near-1e-700', 'sqrt(10^1400 + 1) <= 10^700', '√(10^1400 + 1) − 10^700 is near 5·10^−701'],
      [
        'three-near',
        'sqrt(10^400 + 1) + sqrt(10^400 - 1) >= 2*10^200',
        'the root is strictly concave: less by 2.5·10^−601',
      ],
      ['three-roots', 'sqrt(10^30) + sqrt(10^30 + 2) == 2*sqrt(10^30 + 1)', 'the root is strictly concave'],
      [
        'three-roots-400',
        'sqrt(10^800) + sqrt(10^800 + 2) >= 2*sqrt(10^800 + 1)',
        'the root is strictly concave',
      ],
      ['nested', 'sqrt(2) + sqrt(3) - sqrt(5 + 2*sqrt(6)) == 10^(-300)', 'the left side is 0'],
      [
        'nested-off',
        'sqrt(2) + sqrt(3) - sqrt(5 + 2*sqrt(6) + 10^(-200)) >= 0',
        '(√2 + √3)² = 5 + 2√6 < 5 + 2√6 + 10^−200',
      ],
      ['strict', 'sqrt(12) + sqrt(27) < 5*sqrt(3)', 'both sides are 5√3'],
    ],
  },
)

export const rootClaims: readonly Planted[] = [...radicands, ...ties, ...roots]
