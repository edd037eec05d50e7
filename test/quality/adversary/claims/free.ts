/** Planted claims on free numbers and vectors: branches, sides that do not exist, kinks, families. */
import type { Values } from '../../../../src/index.ts'
import { planted, type Planted, type Shared } from './planted.ts'

const XY: Shared = { given: (lib) => lib.free({ variables: { x: 'real', y: 'real' } }) as never }
const PQ: Shared = { given: (lib) => lib.free({ variables: { p: 'positive', q: 'positive' } }) as never }
const VG: Shared = { given: (lib) => lib.free({ variables: { v: 'vector', g: 'vector' } }) as never }

/** Identities that hold on the side of each kink where small numbers lie. */
const branches = [
  ...planted('free', 'branch', XY, {
    no: [
      ['abs-1e3', 'abs(x + 1000) == x + 1000', 'x = −2000: 1000 and −1000'],
      ['abs-1e3-below', 'abs(x - 1000) == 1000 - x', 'x = 2000: 1000 and −1000'],
      ['abs-1e12', 'abs(x + 10^12) == x + 10^12', 'x = −2·10^12: 10^12 and −10^12'],
      ['abs-product', 'abs(x*y + 10^4) == x*y + 10^4', 'x = −10^4, y = 2: 10^4 and −10^4'],
      ['abs-square', 'abs(x^2 - 10^8) == 10^8 - x^2', 'x = 2·10^4: 3·10^8 and −3·10^8'],
      ['abs-cube', 'abs(x^3 + 10^6) == x^3 + 10^6', 'x = −200: 7·10^6 and −7·10^6'],
      ['max-1e3', 'max(x, 1000) == 1000', 'x = 1001: 1001'],
      ['max-1e9-left', 'max(10^9, x) == 10^9', 'x = 2·10^9: 2·10^9'],
      ['min-1e6', 'min(x, -10^6) == -10^6', 'x = −2·10^6: −2·10^6'],
      ['relu-1e12', 'relu(x - 10^12) == 0', 'x = 10^12 + 1: 1'],
      ['relu-low', 'relu(x + 5000) == x + 5000', 'x = −5001: 0 and −1'],
      ['step-1e9', 'step(x + 10^9) == 1', 'x = −2·10^9: 0'],
      ['step-high', 'step(x - 10^9)*y == 0', 'x = 2·10^9, y = 1: 1'],
      ['norm-one', 'norm([x + 100]) == x + 100', '‖·‖ in one dimension is |·|; x = −200: 100 and −100'],
      ['norm-scalar', 'norm(x - 777) == 777 - x', '‖·‖ in one dimension is |·|; x = 1000: 223 and −223'],
      ['root-square', 'sqrt((x + 50)^2) == x + 50', 'x = −100: 50 and −50'],
      ['root-fourth', 'sqrt((x - 60)^2*y^4) == (60 - x)*y^2', 'x = 100, y = 1: 40 and −40'],
      ['two-kinks', 'abs(x + 1000) + abs(y - 1000) == x - y + 2000', 'x = −2000, y = 0: 2000 and 0'],
      ['second-kink', 'abs(x) + abs(y + 300) == abs(x) + y + 300', 'y = −600: 300 and −300 beside |x|'],
      ['nested-abs', 'abs(abs(x) - 1000) == 1000 - abs(x)', 'x = 2000: 1000 and −1000'],
      ['nested-relu', 'relu(relu(x) - 10^4) == 0', 'x = 2·10^4: 10^4'],
      ['nested-max', 'max(abs(x), abs(y) + 1000) == abs(y) + 1000', 'x = 2000, y = 0: 2000 and 1000'],
      ['kink-times-kink', 'relu(x)*relu(y - 1000) == 0', 'x = 1, y = 1001: 1'],
      ['kink-quotient', 'relu(x/(1 + y^2) - 100) == 0', 'x = 101, y = 0: 1'],
      ['through-exp', 'relu(exp(x) - 10^30) == 0', 'x = 100: e^100 − 10^30 > 0'],
      ['exp-max', 'max(exp(x), 10^6) == 10^6', 'x = 20: e^20 > 10^6'],
      ['cancels-near', 'abs(x + 1000) - abs(x + 999) == 1', 'x = −2000: 1000 − 1001 = −1'],
      [
        'tie-of-step',
        'step(x) + step(-x) == 1',
        'at x = 0 it is 2 step(0), an even number for step(0) = 0 or 1',
      ],
    ],
    yes: [
      ['abs-1e3', 'abs(x + 1000) == max(x + 1000, -x - 1000)', '|y| = max(y, −y)', { decided: true }],
      ['max-1e3', 'max(x, 1000) == 1000 + relu(x - 1000)', 'max(x, c) = c + relu(x − c)', { decided: true }],
      ['min-1e6', 'min(x, -10^6) + max(x, -10^6) == x - 10^6', 'min + max = sum', { decided: true }],
      [
        'relu-low',
        'relu(x + 5000) - relu(-x - 5000) == x + 5000',
        'relu(y) − relu(−y) = y',
        { decided: true },
      ],
      ['norm-one', 'norm([x + 100]) == abs(x + 100)', '‖·‖ in one dimension is |·|', { decided: true }],
      ['root-square', 'sqrt((x + 50)^2) == abs(x + 50)', '√y² = |y|', { decided: true }],
      ['two-kinks', 'abs(x)*abs(y) == abs(x*y)', '|xy| = |x||y|'],
      ['nested-abs', 'abs(abs(x)) == abs(x)', '||x|| = |x|', { decided: true }],
      ['max-is-abs', 'max(x, y) == (x + y + abs(x - y))/2', 'the usual formula', { decided: true }],
      [
        'tie-of-step',
        'step(x)*step(-x)*x == 0',
        'step(x) step(−x) can differ from 0 at x = 0 only',
        { decided: true },
      ],
    ],
  }),
  ...planted('free', 'branch', PQ, {
    no: [
      ['through-log', 'abs(log(p) + 100) == log(p) + 100', 'p = e^−200: 100 and −100'],
      ['small-positive', 'max(p, 10^(-3)) == p', 'p = 10^−4: 10^−3 and 10^−4'],
      ['inverse', 'relu(1/p - 10^5) == 0', 'p = 10^−6: 9·10^5'],
      ['root-kink', 'min(sqrt(p^2), 500) == p', 'p = 1000: 500 and 1000'],
    ],
    yes: [['small-positive', 'abs(p) == p', 'p > 0', { decided: true }]],
  }),
  ...planted('free', 'branch', VG, {
    no: [
      [
        'inner-product',
        'abs(dot(v, g) + 10^5) == dot(v, g) + 10^5',
        'v = (10^5, 0), g = (−2, 0): 10^5 and −10^5',
      ],
      ['square-norm', 'relu(dot(v, v) - 10^7) == 0', 'v = (10^4, 0): 10^8 − 10^7'],
    ],
    yes: [['square-norm', 'relu(dot(v, v)) == dot(v, v)', 'squares are not negative', { decided: true }]],
  }),
]

/** Equations whose sides do not exist somewhere. */
const undefinedSides = [
  ...planted('free', 'undefined side', XY, {
    no: [
      ['quotient', 'x/x == 1', 'x = 0: 0/0 does not exist'],
      ['zero-over', '0/x == 0', 'x = 0: 0/0 does not exist'],
      ['inverse-times', 'x^(-1)*x == 1', 'x = 0: 0^−1 does not exist'],
      ['inverse-gone', '1/x - 1/x == 0', 'x = 0: 1/0 does not exist'],
      ['pole-at-1', '(x^2 - 1)/(x - 1) == x + 1', 'x = 1: 0/0 does not exist'],
      ['pole-at-line', '(x^2 - y^2)/(x - y) == x + y', 'x = y: 0/0 does not exist'],
      ['pole-far', '(x - 10^6)/(x - 10^6) == 1', 'x = 10^6: 0/0 does not exist'],
      ['log-gone', 'log(x) - log(x) == 0', 'x = −1 has no logarithm'],
      ['log-times-zero', '0*log(x) == 0', 'x = −1 has no logarithm'],
      ['log-abs', '0*log(abs(x)) == 0', 'x = 0 has no logarithm'],
      ['log-far', 'log(x + 10^6) - log(x + 10^6) == 0', 'x = −10^7 has no logarithm of x + 10^6'],
      ['exp-log', 'exp(log(x)) == x', 'x = −1 has no logarithm'],
      ['root-squared', 'sqrt(x)^2 == x', 'x = −1 has no root'],
      ['root-far', 'sqrt(x + 100)^2 == x + 100', 'x = −200 has no root of x + 100'],
      ['root-times-root', 'x^(1/2)*x^(1/2) == x', 'x = −1 has no root'],
      ['root-gone', 'sqrt(x + 10^4) - sqrt(x + 10^4) == 0', 'x = −2·10^4 has no root of x + 10^4'],
      ['nowhere', '1/(x - x) - 1/(x - x) == 0', '1/0 exists nowhere'],
      ['nowhere-times-zero', '0*(1/(x - x)) == 0', '1/0 exists nowhere'],
      ['kink-pole', 'relu(1/x) - relu(-1/x) == 1/x', 'x = 0: 1/0 does not exist'],
      ['power-of-negative', 'x^y == exp(y*log(x))', 'x = −1 has no logarithm, and (−1)^(1/3) no value here'],
    ],
    yes: [
      ['quotient', '(1 + x^2)/(1 + x^2) == 1', '1 + x² > 0', { decided: true }],
      ['log-gone', 'log(1 + x^2) - log(1 + x^2) == 0', '1 + x² > 0', { decided: true }],
      ['exp-log', 'log(exp(x)) - x >= -1', 'the left side is 0', { decided: true }],
      ['root-squared', 'sqrt(x^2)^2 == x^2', 'x² ≥ 0', { decided: true }],
      ['zeroth-power', 'x^0 == 1', '0⁰ = 1 by the convention of the suite', { decided: true }],
    ],
  }),
  ...planted('free', 'undefined side', PQ, {
    no: [
      ['pole-between', '(p - 3/7)/(p - 3/7) == 1', 'p = 3/7: 0/0 does not exist'],
      ['log-difference', 'log(p - q) - log(p - q) == 0', 'p = 1, q = 2: log(−1) does not exist'],
      ['root-difference', 'sqrt(p - q)^2 == p - q', 'p = 1, q = 2: √−1 does not exist'],
    ],
    yes: [
      ['pole-between', 'p/p == 1', 'p > 0', { decided: true }],
      ['log-difference', '0*log(p) == 0', 'p > 0', { decided: true }],
      ['root-difference', 'sqrt(p)^2 == p', 'p > 0'],
      ['exp-of-log', 'exp(log(p)) == p', 'p > 0'],
      ['power', 'p^(-1)*p == 1', 'p > 0', { decided: true }],
    ],
  }),
  ...planted('free', 'undefined side', VG, {
    no: [
      ['across-nothing', 'perp(v - v, g) == perp(v - v, g)', 'the part across 0 divides by 0'],
      ['pole-of-product', 'dot(v, g)/dot(v, g) == 1', 'v = (1, 0), g = (0, 1): 0/0 does not exist'],
      ['direction-of-difference', 'dot(v - g, v - g)/norm(v - g)^2 == 1', 'v = g: 0/0 does not exist'],
    ],
    yes: [
      [
        'direction-of-difference',
        'dot(v, v)/norm(v)^2 == 1',
        'vectors of the setting are not 0',
        { decided: true },
      ],
    ],
  }),
]

const positive: Shared['given'] = (lib) => lib.free({ variables: { p: 'positive' } }) as never

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

/** Assumptions that only share the id of what the generator builds in. */
const unit = (id: string, own: object): Shared => ({
  given: (lib) => lib.free({ variables: { v: 'unit', g: 'vector' } }) as never,
  assume: () => [{ id, says: 'something else', ...own }],
})
const norm0 = { formula: 'norm(v) >= 0' }
const assumptions = [
  ...planted('free', 'assumption by id', unit('unit-vectors', norm0), {
    no: [
      ['unit-nonnegative', 'norm(v) == 1', 'only ‖v‖ ≥ 0 is assumed; v = (2, 0)'],
      ['unit-inequality', 'norm(v) <= 1', 'only ‖v‖ ≥ 0 is assumed; v = (2, 0)'],
      ['unit-cauchy', 'dot(v, g)^2 <= dot(g, g)', 'only ‖v‖ ≥ 0 is assumed; v = (2, 0), g = (1, 0)'],
      [
        'unit-formula',
        'dot(v, v) == 1',
        'only vᵀv > 0 is assumed',
        unit('unit-vectors', { formula: 'dot(v, v) > 0' }),
      ],
      [
        'unit-of-g',
        'norm(v)^2 == 1',
        'only gᵀg > 0 is assumed',
        unit('unit-vectors', { formula: 'dot(g, g) > 0' }),
      ],
      [
        'unit-failure',
        'norm(v) == 1',
        'the assumption never fails',
        unit('unit-vectors', { failure: () => undefined }),
      ],
      ['unit-empty', 'perp(v, g) == g - dot(v, g)*v', 'nothing is assumed', unit('unit-vectors', {})],
    ],
    yes: [
      [
        'unit-other-id',
        'norm(v) == 1',
        'it is assumed',
        { ...unit('of-norm-one', { formula: 'norm(v) == 1' }) },
      ],
      ['unit-nonnegative', 'norm(v) > 0', 'vectors of the setting are not 0', unit('positive-norm', norm0)],
    ],
  }),
]

/** Angles in (0, 2π), which the setting writes by their tangent of a quarter. */
const angles = planted(
  'free',
  'angle',
  { given: (lib) => lib.free({ variables: { phi: 'angle', psi: 'angle' } }) as never, cases: 60 },
  {
    no: [
      ['at-most-3', 'phi <= 3', 'φ = 4.9 is an angle'],
      ['below-4', 'phi < 4', 'φ = 4.9 is an angle'],
      ['sum', 'phi + psi <= 6', 'φ = ψ = 4'],
      ['difference', 'phi - psi < 3', 'φ = 4.9, ψ = 0.5'],
      ['double', '2*phi <= 6', 'φ = 4'],
      ['square', 'phi^2 <= 9', 'φ = 4'],
      ['product', 'phi*psi < 10', 'φ = ψ = 4'],
      ['maximum', 'max(phi, psi) <= 3', 'φ = 4'],
      ['minus', '-phi >= -3', 'φ = 4'],
      ['root', 'sqrt(phi) <= 9/5', 'φ = 4: 2 > 9/5'],
      ['exponential', 'exp(phi) <= 21', 'φ = 4: e^4 > 54'],
      ['quarter', 'phi/4 < 4/5', 'φ = 4: 1'],
    ],
    yes: [
      ['at-most-3', 'phi <= 7', 'φ < 2π < 7'],
      ['cosine-parabola', 'cos(phi) >= 1 - phi^2/2', 'holds for all real φ'],
      ['cosine-quartic', 'cos(phi) <= 1 - phi^2/2 + phi^4/24', 'holds for all real φ'],
      ['cosine-line', 'cos(phi) >= 1 - phi', 'cos φ − 1 + φ has the derivative 1 − sin φ ≥ 0 and is 0 at 0'],
      ['cosine-at-most', 'cos(phi) <= 1', 'cosines are at most 1', { decided: true }],
      ['compared', 'cos(phi) - cos(psi) <= abs(phi - psi)', 'the derivative of cos is at most 1'],
    ],
  },
)

const tied = (make: (v: readonly string[]) => string[]): Shared => ({
  given: (lib) =>
    lib.free({
      variables: { v: 'vector', g: 'vector' },
      draw: (_, __, values) => ({ ...values, g: make(values['v'] as string[]) }) as Values,
    }) as never,
})
const times =
  (n: string) =>
  (v: readonly string[]): string[] =>
    v.map((e) =>
      e === '0'
        ? e
        : e.includes('/')
          ? e.replace(/^(-?\d+)/, (d) => `${BigInt(d) * BigInt(n)}`)
          : `${BigInt(e) * BigInt(n)}`,
    )

/** Slacks that vanish exactly, under roots that are irrational. */
const ties = [
  ...planted('free', 'tie', tied(times('2')), {
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
  ...planted('free', 'tie', tied(times('-3')), {
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

/** Vectors turned by a right angle where there is more than one dimension. */
const turned: Shared['given'] = (lib) =>
  lib.free({
    variables: { v: 'vector', g: 'vector' },
    draw: (_, __, values) => {
      const [a, b, ...rest] = values['v'] as string[]
      const opposite = (e: string): string => (e === '0' ? e : e.startsWith('-') ? e.slice(1) : `-${e}`)
      const g = b === undefined ? [a!] : [opposite(b), a!, ...rest.map(() => '0')]
      return { ...values, g: g.every((e) => e === '0') ? [...g.slice(1), '1'] : g }
    },
  }) as never

const GRAM = 'abcde'.split('')
/** The determinant of the inner products of five vectors, by cofactors. */
function determinant(rows: readonly string[], columns: readonly string[]): string {
  if (rows.length === 1) return `dot(${rows[0]}, ${columns[0]})`
  const [first, ...rest] = rows
  return `(${columns
    .map(
      (column, i) =>
        `${i % 2 === 0 ? '+' : '-'} dot(${first}, ${column})*${determinant(rest, columns.toSpliced(i, 1))}`,
    )
    .join(' ')
    .replace(/^\+ /, '')})`
}

/** Families that miss what would refute. */
const families = [
  ...planted(
    'free',
    'family',
    {
      given: (lib) =>
        lib.free({ variables: Object.fromEntries(GRAM.map((name) => [name, 'vector'])) }) as never,
      cases: 4,
    },
    {
      no: [
        [
          'gram-five',
          `${determinant(GRAM, GRAM)} == 0`,
          'the Gram determinant of the five axes of dimension 5 is 1; it is 0 in dimension 4 and below',
          { but: { certified: 'right' } },
        ],
      ],
    },
  ),
  ...planted(
    'free',
    'family',
    { given: turned, but: { certified: 'right', proved: 'wrong', vacuous: 'right', undecided: 'right' } },
    {
      yes: [
        [
          'orthogonal',
          'norm(v + g)^2 == norm(v)^2 + norm(g)^2',
          'Pythagoras; in one dimension no two vectors other than 0 are orthogonal, so that nothing is proved there',
          { assume: () => [{ id: 'orthogonal', says: 'v ⊥ g', formula: 'dot(v, g) == 0' }] },
        ],
      ],
    },
  ),
]

/** Quiet falsehoods: one constant, exponent or sign is off. */
const quiet = [
  ...planted('free', 'quiet', XY, {
    no: [
      ['square-off', '(x + y)^2 == x^2 + 2*x*y + y^2 + 10^(-6)*x', 'off by x/10^6'],
      ['cube-exponent', '(x + y)^3 == x^3 + 3*x^2*y + 3*x*y^2 + y^2', 'the last exponent is 3'],
      ['exp-line', 'exp(x) >= 1 + x + 10^(-6)', 'equal but for 10^−6 at x = 0', { cases: 400 }],
      ['mean', 'x*y <= (x^2 + y^2)/2 - 10^(-9)', 'equal but for 10^−9 at x = y', { cases: 400 }],
      ['sum-of-abs', 'abs(x + y) >= abs(x) + abs(y)', 'x = 1, y = −1'],
      ['chain', '0 <= x^2 <= x^2 - 10^(-30)', 'the second step falls'],
      ['chain-equation', 'x == x <= x - 10^(-300)', 'the second step falls'],
    ],
    yes: [
      ['square-off', '(x + y)^2 == x^2 + 2*x*y + y^2', 'binomial', { decided: true }],
      ['exp-line', 'exp(x) >= 1 + x', 'convexity', { decided: true }],
      ['chain', '0 <= x^2 <= x^2 + 10^(-30)', 'both steps rise', { decided: true }],
      ['sum-of-abs', 'abs(x + y) <= abs(x) + abs(y)', 'triangle inequality', { decided: true }],
    ],
  }),
  ...planted('free', 'selection', XY, {
    no: [
      ['tanh-large', 'tanh(1000 + x^2) >= 1', 'tanh < 1 everywhere'],
      ['min-order', 'min(10^20, 1) == 0', 'the minimum is 1'],
      ['max-order', 'max(10^(-20), -1) == 0', 'the maximum is 10^−20'],
    ],
    yes: [
      ['tanh-large', 'tanh(1000 + x^2) > 1 - 10^(-200)', '1 − tanh(1000) is near 10^−868', { decided: true }],
      ['tanh-negative', 'tanh(-1000 - x^2) < 0', 'tanh has the sign of its argument', { decided: true }],
      ['min-order', 'min(10^20, 1) == min(1, 10^20)', 'both are 1', { decided: true }],
      ['max-order', 'max(10^(-20), -1) == 10^(-20)', 'the larger number', { decided: true }],
    ],
  }),
]

export const free: readonly Planted[] = [
  ...branches,
  ...undefinedSides,
  ...radicands,
  ...assumptions,
  ...angles,
  ...ties,
  ...roots,
  ...families,
  ...quiet,
]
