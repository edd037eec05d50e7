/** Planted claims on models, rules and populations put together: what one choice brings may not be lost in another. */
import type { Assumption, Draft, Population, SettingDefinition, Start } from '../../../../src/index.ts'
import { gram } from './variables.ts'
import { planted, type Library, type Planted, type Shared } from './planted.ts'

const given =
  (make: (lib: Library) => SettingDefinition): Shared['given'] =>
  (lib) =>
    lib.setting(make(lib)) as never

/** A population of one start. */
const one = ({ only }: Library, start: Start): Population => only(start)

const premise = (formula: string, aim: (draft: Draft) => Draft): readonly Assumption<never>[] => [
  { id: 'premise', says: formula, formula, aim },
]
const larger = (draft: Draft, name: string): Draft =>
  draft.set({ [name]: draft.evaluate(name).map((e) => `${Math.round(Math.abs(e)) + 1}`) })

/** A premise on the chosen node says nothing of another. */
const positivity = [
  ...planted(
    'choices',
    'chosen points',
    {
      given: given((lib) => ({ model: lib.nets(), choose: ['u', 'v'] })),
      assume: () => premise('min(w_u) > 0', (draft) => larger(draft, 'w_u')),
    },
    {
      no: [['positive-weight', 'abs(w_v[1]) == w_v[1]', 'the premise is on u']],
      yes: [['positive-weight', 'abs(w_u[1]) == w_u[1]', 'the premise is on u', { decided: true }]],
    },
  ),
  ...planted(
    'choices',
    'chosen points',
    {
      given: given((lib) => ({ model: lib.nets(), weights: lib.swn, choose: ['u', 'v'] })),
      assume: () => premise('gamma_u > 0', (draft) => draft.set({ gamma_u: 'abs(gamma_u)' })),
    },
    {
      no: [['positive-radius', 'norm(w_v) == gamma_v', 'γ_v may be negative']],
      yes: [['positive-radius', 'norm(w_u) == gamma_u', '‖w_u‖ = |γ_u|', { decided: true }]],
    },
  ),
  // A free letter takes other nodes than a chosen one.
  ...planted(
    'choices',
    'chosen points',
    {
      given: given((lib) => ({ model: lib.nets(), weights: lib.swn, choose: ['v'] })),
      assume: () => [{ id: 'premise', says: 'γ_u > 0', formula: 'gamma_u > 0' }],
      cases: 60,
    },
    {
      no: [['other-radius', 'norm(w_v) == gamma_v', 'the premise is on the nodes u other than v']],
    },
  ),
  ...planted(
    'choices',
    'chosen points',
    {
      given: given((lib) => ({ model: lib.nets(), weights: lib.swn, choose: ['v'] })),
      assume: (lib) => [lib.gammaPositive],
      cases: 60,
    },
    {
      no: [['other-radius-built-in', 'norm(w_v) == gamma_v', 'the premise is on the nodes u other than v']],
    },
  ),
  ...planted(
    'choices',
    'chosen points',
    {
      given: given((lib) => ({ model: lib.nets(), weights: lib.swn, choose: ['v'] })),
      assume: () => premise('gamma_u > 0', (draft) => draft.set({ gamma_u: 'abs(gamma_u)' })),
      cases: 60,
    },
    {
      no: [['other-radius-aimed', 'norm(w_v) == gamma_v', 'the premise is on the nodes u other than v']],
      yes: [['other-radius-aimed', 'norm(w_u) == gamma_u', '‖w_u‖ = |γ_u|', { decided: true }]],
    },
  ),
]

const three = { b: 'vector', c: 'vector', d: 'vector' } as const

/** All vectors count, whoever brings them. */
const families = [
  ...planted(
    'choices',
    'family',
    {
      given: given((lib) => ({
        model: lib.objective({ w: 'vector', v: 'vector' }, 'dot(w, v)'),
        variables: three,
      })),
      cases: 4,
    },
    {
      no: [
        [
          'gram-weights',
          `${gram(['w', 'v', 'b', 'c', 'd'])} == 0`,
          'the five axes of dimension 5',
          { but: { certified: 'right' } },
        ],
      ],
    },
  ),
  ...planted(
    'choices',
    'family',
    {
      given: given((lib) => ({
        model: lib.objective({ w: 'vector' }, 'dot(w, b)'),
        weights: lib.parameterization({ parameters: { p: 'vector', n: 'vector' }, w: 'p + n' }),
        variables: three,
      })),
      cases: 4,
    },
    {
      no: [
        [
          'gram-parameters',
          `${gram(['p', 'n', 'b', 'c', 'd'])} == 0`,
          'the five axes of dimension 5',
          { but: { certified: 'right' } },
        ],
      ],
    },
  ),
]

/** A batch is the state on its data, and nothing of the rest. */
const batches = planted(
  'choices',
  'meaning',
  {
    given: given((lib) => ({
      model: lib.nets({ loss: 'exp(-m)' }),
      rule: lib.gradientDescent({ batch: { size: 1, order: 'cyclic' } }),
    })),
    cases: 40,
  },
  {
    no: [
      ['batch-loss', 'batch(L) == L', 'two points or more'],
      [
        'batch-margin',
        'batch(min(i, m_i)) == min(i, m_i)',
        'the smallest margin may be that of another point',
      ],
      ['batch-share', 'batch(q_1) == q_1', 'of one point the share is 1'],
      ['batch-entropy', 'batch(Ent) > 0', 'of one point the entropy is 0'],
      ['batch-step', 'w_u(t+1) == w_u - eta*g_u', 'the step sees one point'],
    ],
    yes: [
      ['batch-loss', 'batch(L) <= L', 'a part of a sum of positive terms', { decided: true }],
      ['batch-margin', 'batch(min(i, m_i)) >= min(i, m_i)', 'a minimum over fewer', { decided: true }],
      ['batch-share', 'batch(q_1) == 1', 'of one point the share is 1', { decided: true }],
      ['batch-entropy', 'batch(Ent) == 0', '−1·log 1', { decided: true }],
      ['batch-step', 'w_u(t+1) == w_u - eta*batch(g_u)', 'the step sees one point', { decided: true }],
    ],
  },
)

const layer = { width: 1, activation: 'z' } as const
/** What a population fixes, no search varies: another net, point or number is no counterexample. */
const populations = [
  ...planted(
    'choices',
    'chosen points',
    {
      given: given((lib) => ({
        model: lib.nets({ loss: 'exp(-m)' }),
        population: one(lib, { net: { inputs: 1, layers: [layer, layer] }, data: [{ x: ['1'], y: 1 }] }),
      })),
      cases: 40,
    },
    {
      no: [
        ['fixed-net', 'k == 1', 'two nodes'],
        ['fixed-data', 'm_1 == 2*w_1[1]*w_2[1]', 'x = 1'],
      ],
      yes: [
        ['fixed-net', 'k == 2', 'two nodes', { decided: true }],
        ['fixed-data', 'm_1 == w_1[1]*w_2[1]', 'x = y = 1', { decided: true }],
        ['fixed-point', 'x_1[1] <= 1', 'x = 1', { decided: true }],
      ],
    },
  ),
  ...planted(
    'choices',
    'chosen points',
    {
      given: given((lib) => ({
        model: lib.objective({ w: 'vector' }, 'dot(w, b)'),
        variables: { b: 'vector', x: 'real' },
        rule: lib.gradientDescent(),
        population: one(lib, { values: { eta: '2', x: '7/3' } }),
      })),
      cases: 40,
    },
    {
      no: [['fixed-values', 'x*eta + 0*norm(w) < 14/3', 'it is 14/3']],
      yes: [['fixed-values', 'x*eta + 0*norm(w) <= 14/3', 'it is 14/3', { decided: true }]],
    },
  ),
]

/** Each case has one of several formulas: what holds of one of them need not of the others. */
const alternatives = [
  ...planted(
    'choices',
    'family',
    {
      given: given((lib) => ({
        model: lib.objective({ w: 'vector' }, 'dot(w, b)'),
        variables: { b: 'vector' },
        rule: lib.gradientDescent({ rate: ['1', '2'] }),
      })),
    },
    {
      no: [['rates', 'w(t+1) == w - b', 'the rate may be 2']],
      yes: [['rates', 'w(t+1) == w - eta*b', 'η is either', { decided: true }]],
    },
  ),
  ...planted(
    'choices',
    'family',
    {
      given: given(() => ({
        variables: { x: 'real', f: { of: 'z', among: ['exp(z)', 'z^2', '1 + z'] } },
      })),
    },
    {
      no: [
        ['own-derivative', 'fprime(x) == f(x)', 'of e^z only'],
        ['positive', 'f(x) >= 0', '1 + z is not'],
      ],
      yes: [['increment', 'f(x) - f(x) == 0*fprime(x)', 'whatever f is', { decided: true }]],
    },
  ),
]

/** Functions with jumps, and quotients by what may be 0. */
const jumps = [
  ...planted(
    'choices',
    'branch',
    { given: given(() => ({ variables: { x: 'real' } })), cases: 200 },
    {
      no: [
        ['sign-square', 'sign(x)^2 == 1', 'sign 0 = 0'],
        ['sign-far', 'sign(x - 1000) == -1', 'x = 1001'],
      ],
      yes: [
        ['sign-square', 'sign(x)^2 <= 1', 'sign is −1, 0 or 1', { decided: true }],
        ['sign-product', 'sign(x)*x == abs(x)', 'for all x', { decided: true }],
      ],
    },
  ),
  ...planted(
    'choices',
    'undefined side',
    {
      given: given((lib) => ({ model: lib.objective({ w: 'vector' }, 'dot(w, w)') })),
      assume: () =>
        premise('min(w) >= 0', (draft) =>
          draft.set({ w: draft.evaluate('w').map((e) => `${Math.round(Math.abs(e))}`) }),
        ),
    },
    {
      no: [['own-quotient', 'w[a]/w[a] == 1', 'entries may be 0']],
      yes: [['own-product', 'w[a]*w[a] == w[a]^2', 'for all w', { decided: true }]],
    },
  ),
]

/** One of several relations as a premise, which is no equation to solve and no sign; and sides without a value. */
const eitherAssumed = [
  ...planted(
    'choices',
    'family',
    {
      given: given(() => ({ variables: { x: 'real', y: 'real' } })),
      assume: () => premise('x == 1 or y > 0', (draft) => draft),
      cases: 200,
    },
    {
      no: [
        ['either-solved', 'x^2 == 1', 'x = 2, y = 1'],
        ['either-sign', 'abs(y) == y', 'x = 1, y = −1'],
      ],
      yes: [['either', '(x - 1)^2 == 0 or y > 0', 'the premise', { decided: true }]],
    },
  ),
  ...planted(
    'choices',
    'undefined side',
    {
      given: given(() => ({ variables: { x: 'real' } })),
      assume: () => premise('x < 0', (draft) => draft),
      cases: 200,
    },
    {
      no: [
        ['exp-log', 'exp(log(x) + 1) == exp(1)*exp(log(x))', 'log x has no value'],
        ['either-exp-log', 'exp(log(x)) == x or x < 0', 'log x has no value'],
      ],
    },
  ),
]

/** One of several relations. */
const either = planted(
  'choices',
  'tie',
  { given: given(() => ({ variables: { x: 'real', y: 'real' } })), cases: 200 },
  {
    no: [
      ['one-side', 'x > 0 or y == 0', 'x = −1, y = 1'],
      ['strict', 'x > 0 or x < 0', 'x = 0'],
      ['product', '(x - 1)*(y - 1) == 0 or x*y == 7', 'x = y = 0'],
      ['strict-tie', 'log(exp(x) + exp(x)) > x + log(2) or y > x', 'the first is a tie'],
      ['chain', '0 <= x <= 1 or x*(1 - x) <= -1', 'x = 3/2'],
    ],
    yes: [
      ['order', 'x >= y or y > x', 'the order is total', { decided: true }],
      ['size', 'abs(x) == x or abs(x) == -x', 'one of the two', { decided: true }],
      ['product', 'x*y > 0 or x*y <= 0', 'one of the two', { decided: true }],
      ['tie', 'log(exp(x) + exp(x)) == x + log(2) or y > x', 'the first', { decided: true }],
    ],
  },
)

export const choices: readonly Planted[] = [
  ...either,
  ...eitherAssumed,
  ...positivity,
  ...families,
  ...batches,
  ...populations,
  ...alternatives,
  ...jumps,
]
