/** Planted claims on free numbers and vectors: kinks that no case visits, and sides that do not exist. */
import { planted, type Planted, type Shared } from './planted.ts'

const XY: Shared = { given: (lib) => lib.setting({ variables: { x: 'real', y: 'real' } }) as never }
const PQ: Shared = { given: (lib) => lib.setting({ variables: { p: 'positive', q: 'positive' } }) as never }
const VG: Shared = { given: (lib) => lib.setting({ variables: { v: 'vector', g: 'vector' } }) as never }

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
      ['tie-of-step', 'step(x)*step(-x) == 0', 'at x = 0 it is step(0)^2 = 1/4'],
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

export const free: readonly Planted[] = [...branches, ...undefinedSides]
