/** Planted claims on free variables: assumptions by name, angles, families, and falsehoods that are off by little. */
import { planted, type Planted, type Shared } from './planted.ts'

const XY: Shared = { given: (lib) => lib.setting({ variables: { x: 'real', y: 'real' } }) as never }

/** Assumptions that only share the id of what the generator builds in. */
const unit = (id: string, own: object): Shared => ({
  given: (lib) => lib.setting({ variables: { v: 'vector', g: 'vector' } }) as never,
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
  { given: (lib) => lib.setting({ variables: { phi: 'angle', psi: 'angle' } }) as never, cases: 60 },
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

/** Vectors turned by a right angle where there is more than one dimension. */
const turned: Shared['given'] = (lib) =>
  lib.setting({
    variables: { v: 'vector', g: 'vector' },
    aim(draft) {
      const v = draft.evaluate('v').map(String)
      const opposite = (e: string): string => (e === '0' ? e : e.startsWith('-') ? e.slice(1) : `-${e}`)
      const [a, b, ...rest] = v
      const g = b === undefined ? [a!] : [opposite(b), a!, ...rest.map(() => '0')]
      return draft.set({ g: g.every((e) => e === '0') ? [...g.slice(1), '1'] : g })
    },
  }) as never

const GRAM = 'abcde'.split('')
/** The determinant of the inner products of vectors, by cofactors. */
export function gram(rows: readonly string[], columns: readonly string[] = rows): string {
  if (rows.length === 1) return `dot(${rows[0]}, ${columns[0]})`
  const [first, ...rest] = rows
  return `(${columns
    .map(
      (column, i) =>
        `${i % 2 === 0 ? '+' : '-'} dot(${first}, ${column})*${gram(rest, columns.toSpliced(i, 1))}`,
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
        lib.setting({ variables: Object.fromEntries(GRAM.map((name) => [name, 'vector'])) }) as never,
      cases: 4,
    },
    {
      no: [
        [
          'gram-five',
          `${gram(GRAM)} == 0`,
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

export const variables: readonly Planted[] = [...assumptions, ...angles, ...families, ...quiet]
