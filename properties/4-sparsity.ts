/** Section 4: norm ratios and sparsity; the steps that hold at one point or one step. */
import {
  claim,
  dynamics,
  near,
  unitV,
  type Assumption,
  type Claim,
  type Probe,
  type Random,
  type Values,
} from '../src/index.ts'
import { normFlow, thm1Ewn } from './1-identities.ts'

const section = '4 Norm ratios and sparsity'
const cosine = (u: string): string => `-dot(w_${u}, g_${u})/(norm(w_${u})*norm(g_${u}))`

const bounds: readonly Assumption[] = [
  { id: 'epsilon<c', says: '0 < ε < c', formula: 'epsilon < c' },
  { id: 'delta', says: '0 < δ < π/2', formula: 'cos(delta) > 0' },
  {
    id: 'ratio',
    says: '‖g_u‖/‖g_v‖ is within ε of c',
    formula: 'c - epsilon <= norm(g_u)/norm(g_v) <= c + epsilon',
  },
  {
    id: 'cosine-u',
    says: 'the cosine of w_u and −g_u is at least cos δ',
    formula: `${cosine('u')} >= cos(delta)`,
  },
  {
    id: 'cosine-v',
    says: 'the cosine of w_v and −g_v is at least cos δ',
    formula: `${cosine('v')} >= cos(delta)`,
  },
]

/** c, ε and δ for which the bounds that are assumed hold, tightly at times. */
function draw(
  random: Random,
  probe: Probe,
  values: Values,
  assumed: ReadonlySet<string>,
): Values | undefined {
  const [ratio, u, v] = probe(`[norm(g_u)/norm(g_v), ${cosine('u')}, ${cosine('v')}]`) as [
    number,
    number,
    number,
  ]
  if (![ratio, u, v].every(Number.isFinite) || ratio > 1000 || ratio < 0.001) return undefined
  const least = Math.min(assumed.has('cosine-u') ? u : 1, assumed.has('cosine-v') ? v : 1)
  if (least < 0.05) return undefined
  const angle = Math.acos(Math.min(1, least))
  const spread = random.integer(0, 4) / 4
  const within = angle + (1.5 - angle) * spread * spread
  const wide = assumed.has('delta') ? within : 1.6 + 4 * spread
  const delta = near(Math.tan(wide / 4) + 0.001, 1024, 'up')
  const off = assumed.has('ratio') ? 1 + random.integer(-2, 2) / 8 : random.integer(1, 2) === 1 ? 1 / 4 : 4
  const c = near(ratio * off, 4096, 'up')
  const [p, q = 1] = c.split('/').map(Number) as [number, number?]
  const gap = assumed.has('ratio') ? Math.abs(ratio - p / q) : 0
  const room = Math.min(ratio, p / q) * (random.integer(0, 4) / 16) + 0.001
  const stretch = assumed.has('epsilon<c') ? 1 : 1 + 2 * random.integer(0, 2)
  const epsilon = near((gap + room) * stretch, 4096, 'up')
  return { ...values, c, epsilon, delta }
}

const pair = dynamics({
  normalization: 'ewn',
  choose: ['u', 'v'],
  variables: { c: 'positive', epsilon: 'positive', delta: 'angle' },
  draw,
})

const r = '(norm(w_u)/norm(w_v))'
const below = `eta*norm(w_u)*norm(g_u)*(${r}*cos(delta) - 1/(c - epsilon))`
const above = `eta*norm(w_v)*norm(g_v)*${r}*((c + epsilon)*${r} - cos(delta))`

export const prop5GfStep: Claim = claim({
  id: 'prop-5.gf-step',
  section,
  source: '(10)/(35), (36)',
  says: 'Where the three bounds of Proposition 5 (i) hold, the norm ratio moves within these bounds under EWN flow.',
  uses: [thm1Ewn, normFlow],
  given: pair,
  assume: [unitV, ...bounds],
  shows: [`ddt(norm(w_u)/norm(w_v)) >= ${below}`, `ddt(norm(w_u)/norm(w_v)) <= ${above}`],
  wrong: {
    'c in place of 1/c': `ddt(norm(w_u)/norm(w_v)) >= eta*norm(w_u)*norm(g_u)*(${r}*cos(delta) - (c - epsilon))`,
    'without cos δ below': `ddt(norm(w_u)/norm(w_v)) >= eta*norm(w_u)*norm(g_u)*(${r} - 1/(c + epsilon))`,
    'lower bound as an upper bound': `ddt(norm(w_u)/norm(w_v)) <= ${below}`,
    'c − ε above': `ddt(norm(w_u)/norm(w_v)) <= eta*norm(w_v)*norm(g_v)*${r}*((c - epsilon)*${r} - 1)`,
    'without the factor r above': `ddt(norm(w_u)/norm(w_v)) <= eta*norm(w_v)*norm(g_v)*((c + epsilon)*${r} - cos(delta))`,
  },
})

const next = 'norm(w_u(t+1))/norm(w_v(t+1))'
const gain = (u: string, factor = ''): string => `norm(w_${u}) + eta*${factor}norm(w_${u})^2*norm(g_${u})`
const lowerA = `(${gain('u', 'cos(delta)*')})/(${gain('v')})`
const upperB = `(${gain('u')})/(${gain('v', 'cos(delta)*')})`
const rateOf = (u: string): string => `eta*norm(w_${u})*norm(g_${u})`
const afterT1 = bounds
const exponentialStep =
  'A step of EWN multiplies a norm by e^x, x = η‖w‖‖g‖cos θ, θ the angle between w and −g; the printed bound has 1 + x in its place, on both sides of the line.'

export const prop5GdStepA: Claim = claim({
  id: 'prop-5.gd-step.a',
  section,
  source: 'App. D.1.2 (a)',
  says: 'After t₁ one step of EWN descent keeps the norm ratio above this bound.',
  given: pair,
  assume: afterT1,
  shows: `${next} >= ${lowerA}`,
  flaw: {
    printed: '‖w_u(t+1)‖/‖w_v(t+1)‖ ≥ (‖w_u‖ + η cos δ ‖w_u‖²‖g_u‖)/(‖w_v‖ + η‖w_v‖²‖g_v‖).',
    breaks: `${exponentialStep} Above the line e^x ≥ 1 + x serves a lower bound; below it, e^x ≤ 1 + x would be needed, with x = η‖w_v‖‖g_v‖cos θ_v on the left and the same without its cosine on the right, and that fails wherever x is not small beside 1 − cos θ_v.`,
  },
  wrong: {
    'without cos δ': `${next} >= (${gain('u')})/(${gain('v')})`,
    reversed: `${next} <= ${lowerA}`,
    'ratio never falls': `${next} >= norm(w_u)/norm(w_v)`,
  },
})

const lowerMended = `${r}*(1 + cos(delta)*${rateOf('u')})*exp(-${rateOf('v')})`
export const prop5GdStepAAmended: Claim = claim({
  id: 'prop-5.gd-step.a*',
  section,
  source: 'App. D.1.2 (a)',
  says: 'As printed, with the exponential growth that the other norm can really have below the line.',
  given: pair,
  assume: afterT1,
  shows: `${next} >= ${lowerMended}`,
  wrong: {
    'without cos δ': `${next} >= ${r}*exp(${rateOf('u')})*exp(-${rateOf('v')})`,
    reversed: `${next} <= ${lowerMended}`,
    'half the exponent': `${next} >= ${r}*(1 + cos(delta)*${rateOf('u')})*exp(-${rateOf('v')}/2)`,
  },
  amends: { claim: prop5GdStepA, how: 'e^{η‖w_v‖‖g_v‖} in place of 1 + η‖w_v‖‖g_v‖ in the denominator' },
})

export const prop5GdStepB: Claim = claim({
  id: 'prop-5.gd-step.b',
  section,
  source: 'App. D.1.2 (b)',
  says: 'After t₁ one step of EWN descent keeps the norm ratio below this bound.',
  given: pair,
  assume: afterT1,
  shows: `${next} <= ${upperB}`,
  flaw: {
    printed: '‖w_u(t+1)‖/‖w_v(t+1)‖ ≤ (‖w_u‖ + η‖w_u‖²‖g_u‖)/(‖w_v‖ + η cos δ ‖w_v‖²‖g_v‖).',
    breaks: `${exponentialStep} Below the line e^x ≥ 1 + x serves an upper bound; above it, e^x ≤ 1 + x would be needed, with x = η‖w_u‖‖g_u‖cos θ_u on the left and the same without its cosine on the right, and that fails wherever x is not small beside 1 − cos θ_u.`,
  },
  wrong: {
    'without cos δ': `${next} <= (${gain('u')})/(${gain('v')})`,
    reversed: `${next} >= ${upperB}`,
    'ratio never grows': `${next} <= norm(w_u)/norm(w_v)`,
  },
})

const upperMended = `${r}*exp(${rateOf('u')})/(1 + cos(delta)*${rateOf('v')})`
export const prop5GdStepBAmended: Claim = claim({
  id: 'prop-5.gd-step.b*',
  section,
  source: 'App. D.1.2 (b)',
  says: 'As printed, with the exponential growth that the first norm can really have above the line.',
  given: pair,
  assume: afterT1,
  shows: `${next} <= ${upperMended}`,
  wrong: {
    'without cos δ': `${next} <= ${r}*exp(${rateOf('u')})*exp(-${rateOf('v')})`,
    reversed: `${next} >= ${upperMended}`,
    'half the exponent': `${next} <= ${r}*exp(${rateOf('u')}/2)/(1 + cos(delta)*${rateOf('v')})`,
  },
  amends: { claim: prop5GdStepB, how: 'e^{η‖w_u‖‖g_u‖} in place of 1 + η‖w_u‖‖g_u‖ in the numerator' },
})

const linear = [2, 3, 4].map((inputs) => ({
  inputs,
  layers: [
    { width: inputs, activation: 'z', connection: 'diagonal' as const },
    { width: 1, activation: 'z', frozen: true },
  ],
}))

export const prop6Invariant: Claim = claim({
  id: 'prop-6.invariant',
  section,
  source: '(38)',
  says: 'Linear model, w_u = e^{α_u}, one point z ≻ 0 labelled +1, gradient flow: z_v/w_u − z_u/w_v is constant.',
  uses: [normFlow],
  given: dynamics({ normalization: 'ewn', positiveOrthant: linear }),
  assume: [
    {
      id: 'one-point',
      says: 'there is one data point',
      failure: ({ data }) => (data.length === 1 ? undefined : `there are ${data.length} points`),
    },
    {
      id: 'z-positive',
      says: 'all entries of z are positive',
      failure: ({ data }) =>
        data.every(({ x }) => x.every((e) => e !== '0' && !e.startsWith('-')))
          ? undefined
          : 'an entry is not positive',
    },
  ],
  shows: 'ddt(z_v/exp(alpha_u) - z_u/exp(alpha_v)) == 0',
  wrong: {
    'sum in place of the difference': 'ddt(z_v/exp(alpha_u) + z_u/exp(alpha_v)) == 0',
    'indices exchanged': 'ddt(z_u/exp(alpha_u) - z_v/exp(alpha_v)) == 0',
    'products in place of quotients': 'ddt(z_v*exp(alpha_u) - z_u*exp(alpha_v)) == 0',
    squares: 'ddt(z_v/exp(2*alpha_u) - z_u/exp(2*alpha_v)) == 0',
  },
})

/** The claims of this section in the order of the paper. */
export const sparsity: readonly Claim[] = [
  prop5GfStep,
  prop5GdStepA,
  prop5GdStepAAmended,
  prop5GdStepB,
  prop5GdStepBAmended,
  prop6Invariant,
]
