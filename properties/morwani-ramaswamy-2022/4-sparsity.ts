/** Section 4: norm ratios and sparsity; the steps that hold at one point or one step. */
import {
  section,
  ewn,
  gradientDescent,
  gradientFlow,
  labelsPositive,
  lossExp,
  near,
  nets,
  onePoint,
  parseRatio,
  printRatio,
  rational,
  setting,
  unitV,
  zPositive,
  type Aim,
  type Assumption,
  type Claim,
  type Population,
  type Rational,
} from '../../src/index.ts'
import { paper } from './paper.ts'
import { normFlow, thm1Ewn } from './1-identities.ts'

const claim = section(paper, '4 Norm ratios and sparsity')
const cosine = (u: string): string => `-dot(w_${u}, g_${u})/(norm(w_${u})*norm(g_${u}))`

/** The bounds of Proposition 5 (i), which hold after t₁. */
const epsilonBelowC: Assumption = { id: 'epsilon<c', says: '0 < ε < c', formula: 'epsilon < c' }
const acute: Assumption = {
  id: 'delta',
  says: '0 < δ < π/2, as in Proposition 5 (the proofs in App. D print 0 < δ < 2π)',
  formula: 'cos(delta) > 0',
}
const nearC: Assumption = {
  id: 'ratio',
  says: '‖g_u‖/‖g_v‖ is within ε of c',
  formula: 'c - epsilon <= norm(g_u)/norm(g_v) <= c + epsilon',
}
const lined = (u: 'u' | 'v'): Assumption => ({
  id: `cosine-${u}`,
  says: `the cosine of w_${u} and −g_${u} is at least cos δ`,
  formula: `${cosine(u)} >= cos(delta)`,
})
const [linedU, linedV] = [lined('u'), lined('v')]
const afterT1: readonly Assumption[] = [epsilonBelowC, acute, nearC, linedU, linedV]
const r = '(norm(w_u)/norm(w_v))'
const above: Assumption = {
  id: 'above',
  says: '‖w_u(t₂)‖/‖w_v(t₂)‖ > 1/((c − ε) cos δ)',
  formula: `${r} > 1/((c - epsilon)*cos(delta))`,
}
const below: Assumption = {
  id: 'below',
  says: '‖w_u(t₂)‖/‖w_v(t₂)‖ < cos δ/(c + ε)',
  formula: `${r} < cos(delta)/(c + epsilon)`,
}

/** c, ε and δ for which the bounds and thresholds that are assumed hold, tightly at times. */
const draw: Aim = (draft) => {
  const { random } = draft
  const assumed = { has: draft.assumes }
  const [ratio, size, u, v] = draft.evaluate(
    `[norm(g_u)/norm(g_v), ${r}, ${cosine('u')}, ${cosine('v')}]`,
  ) as [number, number, number, number]
  if (![ratio, size, u, v].every(Number.isFinite) || ratio > 1000 || ratio < 0.001) return undefined
  const least = Math.min(assumed.has(linedU) ? u : 1, assumed.has(linedV) ? v : 1)
  if (least < 0.05) return undefined
  const angle = Math.acos(Math.min(1, least))
  const share = (): number => (random.integer(0, 8) / 8) ** 2
  const within = angle + (1.5 - angle) * share()
  const delta = near(Math.tan((assumed.has(acute) ? within : 1.6 + 4 * share()) / 4) + 0.001, 1024, 'up')
  const cosDelta = Math.cos(4 * Math.atan(double(delta)))
  // c − ε below the ratio of the gradients and c + ε above it, both on the right side of the threshold.
  const [floor, ceiling] = [
    assumed.has(above) ? Math.max(ratio / 4, 1.001 / (size * cosDelta)) : ratio / 4,
    assumed.has(below) ? Math.min(2 * ratio, (0.999 * cosDelta) / size) : 2 * ratio,
  ]
  if (assumed.has(nearC) && (floor > ratio || ceiling < ratio)) return undefined
  const off = assumed.has(nearC) ? 1 : random.integer(1, 2) === 1 ? 1 / 4 : 4
  const low = near(off * (ratio - (ratio - floor) * share()), 65536, 'down')
  const high = near(off * (ratio + (ceiling - ratio) * share()), 65536, 'up')
  const half = (op: 'add' | 'sub'): Rational =>
    rational.div(rational[op](parseRatio(high), parseRatio(low)), parseRatio('2'))
  const [c, epsilon] = [half('add'), half('sub')]
  if (rational.sign(c) !== 1 || rational.sign(epsilon) !== 1) return undefined
  const wide = !assumed.has(epsilonBelowC) && random.integer(1, 2) === 1
  return draft.set({
    c: printRatio(c),
    epsilon: printRatio(wide ? rational.add(c, epsilon) : epsilon),
    delta,
  })
}
const double = (text: string): number => rational.toNumber(parseRatio(text))

const pair = {
  ...{ model: nets(), weights: ewn, aim: draw },
  choose: ['u', 'v'],
  variables: { c: 'positive', epsilon: 'positive', delta: 'angle' },
} as const
const pairStep = setting({ ...pair, rule: gradientDescent() })

const rate = (u: string): string => `norm(w_${u})*norm(g_${u})`
const lower = `eta*${r}*(${rate('u')}*cos(delta) - ${rate('v')})`
const upper = `eta*${r}*(${rate('u')} - ${rate('v')}*cos(delta))`
const least = `eta*${rate('u')}*(${r}*cos(delta) - 1/(c - epsilon))`
const most = `eta*${rate('v')}*${r}*((c + epsilon)*${r} - cos(delta))`
const moves = 'ddt(norm(w_u)/norm(w_v))'

export const prop5GfStep: Claim = claim({
  id: 'prop-5.gf-step',
  source: '§7, (10); App. D.1.1, (35), (36)',
  says: 'Where the three bounds of Proposition 5 (i) hold, the norm ratio moves within these bounds under EWN flow.',
  uses: [thm1Ewn, normFlow],
  given: setting({ ...pair, rule: gradientFlow() }),
  assume: [unitV, ...afterT1],
  shows: [`${moves} >= ${lower} >= ${least}`, `${moves} <= ${upper} <= ${most}`],
  wrong: {
    'c − ε in place of 1/(c − ε)': `${moves} >= eta*${rate('u')}*(${r}*cos(delta) - (c - epsilon))`,
    'without cos δ below': `${moves} >= eta*${rate('u')}*(${r} - 1/(c - epsilon))`,
    'lower bound as an upper bound': `${moves} <= ${least}`,
    'c − ε above': `${moves} <= eta*${rate('v')}*${r}*((c - epsilon)*${r} - cos(delta))`,
    'without the factor r above': `${moves} <= eta*${rate('v')}*((c + epsilon)*${r} - cos(delta))`,
  },
})

const next = 'norm(w_u(t+1))/norm(w_v(t+1))'
const gain = (u: string, factor = ''): string => `norm(w_${u}) + eta*${factor}norm(w_${u})^2*norm(g_${u})`
const lowerA = `(${gain('u', 'cos(delta)*')})/(${gain('v')})`
const upperB = `(${gain('u')})/(${gain('v', 'cos(delta)*')})`

export const prop5GdStepA: Claim = claim({
  id: 'prop-5.gd-step.a',
  source: 'App. D.1.2 (a)',
  says: 'At a t₂ > t₁ with ‖w_u‖/‖w_v‖ above the threshold, one step of EWN descent does not lower the norm ratio: it stays above this bound (t₁: the bounds of Proposition 5 (i) hold at t₂).',
  given: pairStep,
  assume: [...afterT1, above],
  shows: `${next} >= ${lowerA} >= ${r}`,
  wrong: {
    'without cos δ': `${next} >= (${gain('u')})/(${gain('v')})`,
    reversed: `${next} <= ${lowerA}`,
    'the ratio falls': `${next} <= ${r}`,
    'twice the step of w_u': `${next} >= (norm(w_u) + 2*eta*cos(delta)*norm(w_u)^2*norm(g_u))/(${gain('v')})`,
  },
})

export const prop5GdStepB: Claim = claim({
  id: 'prop-5.gd-step.b',
  source: 'App. D.1.2 (b)',
  says: 'At a t₂ > t₁ with ‖w_u‖/‖w_v‖ below the threshold, one step of EWN descent does not raise the norm ratio: it stays below this bound (t₁: the bounds of Proposition 5 (i) hold at t₂).',
  given: pairStep,
  assume: [...afterT1, below],
  shows: `${next} <= ${upperB} <= ${r}`,
  wrong: {
    'without cos δ': `${next} <= (${gain('u')})/(${gain('v')})`,
    reversed: `${next} >= ${upperB}`,
    'the ratio grows': `${next} >= ${r}`,
    'twice the step of w_v': `${next} <= (${gain('u')})/(norm(w_v) + 2*eta*cos(delta)*norm(w_v)^2*norm(g_v))`,
  },
})

/** Linear models: every weight is a node of its own, and the output is their sum with the weights 1. */
const sums: Population = {
  name: 'linear models',
  draw(random) {
    const inputs = random.integer(2, 4)
    return {
      net: {
        inputs,
        layers: [
          { width: inputs, activation: 'z', connection: 'diagonal' },
          { width: 1, activation: 'z', frozen: true },
        ],
      },
      values: {
        ...Object.fromEntries(Array.from({ length: inputs }, (_, u) => [`v_${u + 1}`, ['1']])),
        [`w_${inputs + 1}`]: Array<string>(inputs).fill('1'),
      },
    }
  },
}

export const prop6Invariant: Claim = claim({
  id: 'prop-6.invariant',
  source: 'App. F, (38)',
  says: 'Linear model, w_u = e^{α_u}, one point z ≻ 0 labelled +1, exponential loss, gradient flow: z_v/w_u − z_u/w_v is constant.',
  uses: [normFlow],
  given: setting({ model: nets(), weights: ewn, rule: gradientFlow(), population: sums }),
  assume: [lossExp, onePoint, labelsPositive, zPositive],
  shows: 'ddt(x_1[v]/exp(alpha_u) - x_1[u]/exp(alpha_v)) == 0',
  wrong: {
    'sum in place of the difference': 'ddt(x_1[v]/exp(alpha_u) + x_1[u]/exp(alpha_v)) == 0',
    'indices exchanged': 'ddt(x_1[u]/exp(alpha_u) - x_1[v]/exp(alpha_v)) == 0',
    'products in place of quotients': 'ddt(x_1[v]*exp(alpha_u) - x_1[u]*exp(alpha_v)) == 0',
    squares: 'ddt(x_1[v]/exp(2*alpha_u) - x_1[u]/exp(2*alpha_v)) == 0',
  },
})
