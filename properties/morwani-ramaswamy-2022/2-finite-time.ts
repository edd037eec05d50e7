/** Section 2: bounds along a trajectory at a later moment, and their amended forms. */
import {
  section,
  crossEntropy,
  everyMoment,
  ewn as ewnWeights,
  exponential,
  gradientFlow,
  nets,
  setting,
  swn as swnWeights,
  type Claim,
  type Parameterization,
} from '../../src/index.ts'
import { paper } from './paper.ts'
import { flowOf, startsBelow1, startsBelowLog2 } from './premises.ts'
import { prop11Descent, prop2Descent } from './2-loss-to-zero.ts'

const claim = section(paper, '2 Loss goes to zero')

const premises = {
  ewn: [...flowOf('ewn'), startsBelow1],
  swn: [...flowOf('swn'), startsBelow1],
  ce: [...flowOf('ewn', 'cross-entropy'), startsBelowLog2],
}

const flow = (loss: string, weights: Parameterization) =>
  setting({
    model: nets({ loss }),
    weights,
    rule: gradientFlow({ rate: '1' }),
    moment: everyMoment(),
  })
const ewn = flow(exponential, ewnWeights)
const swn = flow(exponential, swnWeights)
const ce = flow(crossEntropy, ewnWeights)

/** ε = min_i y_iΦ(w(t₀), x_i), and the bound log 1/L(t₀) that mends it. */
const epsilon = 'min(i, m_i(t_0))'
const mended = 's(t_0)'

const marginWrong = (bound: string): Record<string, string> => ({
  'twice the bound': `min(i, m_i) > 2*${bound}`,
  'as an upper bound': `min(i, m_i) <= ${bound}`,
  'largest margin at the start': 'min(i, m_i) > max(i, m_i(t_0))',
})

const margin = (flow: 'ewn' | 'swn'): readonly Claim[] => {
  const given = flow === 'ewn' ? ewn : swn
  const printed = claim({
    id: `prop-2.margin:${flow}`,
    source: flow === 'ewn' ? 'App. B' : 'App. B, printed for EWN only',
    asPrinted: flow === 'ewn',
    says: `With ε > 0 the smallest margin at t₀, every margin is greater than ε later (${flow.toUpperCase()}).`,
    given,
    assume: premises[flow],
    shows: [`${epsilon} > 0`, `min(i, m_i) > ${epsilon}`],
    wrong: marginWrong(epsilon),
    flaw: {
      printed: 'min_i y_iΦ(w(t), x_i) > ε for every t > t₀, with ε = min_i y_iΦ(w(t₀), x_i).',
      breaks:
        'The loss falls, but that bounds a sum and not each of its terms: from L(t) ≤ L(t₀) follows e^{−m_i(t)} ≤ L(t₀), that is m_i(t) ≥ log 1/L(t₀), and with two points or more this is less than ε. A margin does fall where others outweigh it: in a linear model under EWN dm_i/dt = ‖w‖² Σ_j e^{−m_j} y_i y_j ⟨x_i, x_j⟩, which may be negative where y_i x_i and y_j x_j point apart; the radial correction of SWN does not prevent that.',
    },
  })
  const amended = claim({
    id: `prop-2.margin:${flow}*`,
    source: 'amends App. B',
    says: `Every margin is greater than log 1/L(t₀) > 0 later (${flow.toUpperCase()}).`,
    given,
    assume: premises[flow],
    shows: [`${mended} > 0`, `min(i, m_i) > ${mended}`],
    wrong: marginWrong(mended),
    amends: {
      claim: printed,
      how: 'ε = log 1/L(t₀), as e^{−m_i} ≤ L and L falls, in place of the smallest margin',
    },
  })
  return [printed, amended]
}
export const prop2Margin: readonly Claim[] = [...margin('ewn'), ...margin('swn')]

const euler = (flow: 'ewn' | 'swn', amends?: Claim): Claim => {
  const bound = amends ? mended : epsilon
  const slope = 'sum(u, dot(w_u, g_u))'
  return claim({
    id: `prop-2.euler:${flow}${amends ? '*' : ''}`,
    source: amends ? 'amends App. B' : flow === 'ewn' ? 'App. B' : 'App. B, printed for EWN only',
    asPrinted: flow === 'ewn' && !amends,
    says: `For t > t₀: wᵀ∇L ≤ −H ε L with ε = ${amends ? 'log 1/L(t₀)' : 'the smallest margin at t₀'} (${flow.toUpperCase()}).`,
    uses: prop2Margin.filter(({ id }) => id === `prop-2.margin:${flow}${amends ? '*' : ''}`),
    given: flow === 'ewn' ? ewn : swn,
    assume: premises[flow],
    shows: `${slope} <= -H*${bound}*L`,
    wrong: {
      'twice the bound': `${slope} <= -2*H*${bound}*L`,
      'H² in place of H': `${slope} <= -H^2*${bound}*L`,
      reversed: `${slope} >= -H*${bound}*L`,
      'without L': `${slope} <= -H*${bound}`,
    },
    ...(amends && { amends: { claim: amends, how: 'ε = log 1/L(t₀)' } }),
  })
}
const eulerEwn = euler('ewn')
const eulerSwn = euler('swn')
export const prop2Euler: readonly Claim[] = [
  eulerEwn,
  euler('ewn', eulerEwn),
  eulerSwn,
  euler('swn', eulerSwn),
]

const growth = (rate: string): string => `1/L >= 1/L(t_0) + (${rate})*(t - t_0)`
const rate = (id: string, loss: 'exponential' | 'cross-entropy', amends?: Claim): Claim => {
  const exponential = loss === 'exponential'
  const bound = amends ? (exponential ? mended : '(-log(exp(L(t_0)) - 1)/(2*log(2)))') : epsilon
  return claim({
    id: `${id}${amends ? '*' : ''}`,
    source: `${amends ? 'amends ' : ''}${exponential ? 'App. B, (13)' : 'App. I.3, (51)'}`,
    says: `EWN, for t > t₀: 1/L(t) ≥ 1/L(t₀) + (H²ε²/k)(t − t₀) with ε = ${
      amends
        ? exponential
          ? 'log 1/L(t₀)'
          : 'log(1/(e^{L(t₀)} − 1))/(2 log 2)'
        : 'the smallest margin at t₀'
    }.`,
    uses: exponential ? [prop2Descent] : [amends ? prop11LogAmended : prop11Log],
    given: exponential ? ewn : ce,
    assume: premises[exponential ? 'ewn' : 'ce'],
    shows: growth(`H^2*${bound}^2/k`),
    wrong: {
      'k in place of 1/k': growth(`k*H^2*${bound}^2`),
      reversed: `1/L <= 1/L(t_0) + (H^2*${bound}^2/k)*(t - t_0)`,
      'loss never falls': '1/L <= 1/L(t_0)',
      'H⁴ and no 1/k': growth(`H^4*${bound}^2`),
    },
    ...(amends && {
      amends: {
        claim: amends,
        how: exponential
          ? 'ε bounded by the loss at t₀, not by its smallest margin'
          : 'ε bounded by the loss at t₀, not by its smallest margin, and the factor 1/(2 log 2) of the amended App. I.3',
      },
    }),
    ...(!exponential &&
      !amends && {
        flaw: {
          printed: '1/L(t) ≥ 1/L(t₀) + (H²ε²/k)(t − t₀) with ε = min_i m_i(t₀).',
          breaks:
            'By Cauchy–Schwarz d(1/L)/dt = Σ_u ‖w_u‖²‖g_u‖²/L² ≥ (wᵀ∇L)²/(k L²), and (51) puts (H ε L)² for (wᵀ∇L)². But −wᵀ∇L ≥ H ε L is the step of App. I.3 that fails: for one point of margin m it reads m s/(1+s) ≥ m log(1+s) with s = e^{−m}, the wrong way round. Where Cauchy–Schwarz is nearly tight, the bound on the rate fails with it.',
        },
      }),
  })
}
const prop2RatePrinted = rate('prop-2.rate', 'exponential')
export const prop2Rate: readonly Claim[] = [
  prop2RatePrinted,
  rate('prop-2.rate', 'exponential', prop2RatePrinted),
]

const slopeCe = 'sum(u, dot(w_u, g_u))'
const ceBound = '(-log(exp(L(t_0)) - 1))'
const logWrong = (order: string, bound: string): Record<string, string> => ({
  'twice the bound': `${slopeCe} <= -2*${order}*${bound}*L`,
  reversed: `${slopeCe} >= -${order}*${bound}*L`,
  'without L': `${slopeCe} <= -${order}*${bound}`,
})
export const prop11Log: Claim = claim({
  id: 'prop-11.log',
  source: 'App. I.3',
  says: 'Cross-entropy, EWN, t > t₀: wᵀ∇L ≤ −H ε L with ε the smallest margin at t₀.',
  given: ce,
  assume: premises.ce,
  shows: `${slopeCe} <= -H*${epsilon}*L`,
  wrong: logWrong('H', epsilon),
  flaw: {
    printed: 'ln(1+s) > s/(1+s) for s ∈ (0, 1), therefore wᵀ∇L ≤ −H ε L with ε = min_i m_i(t₀).',
    breaks:
      'With s_i = Σ_{j≠y_i} e^{−(Φ_{y_i} − Φ_j)} the slope is −wᵀ∇L ≥ H Σ_i m_i s_i/(1+s_i), while L = Σ_i log(1+s_i). So the step needs s/(1+s) ≥ log(1+s), and the inequality that is printed, which is true, is the other one: both vanish at s = 0, and the derivatives are 1/(1+s)² < 1/(1+s). What holds is s/(1+s) ≥ log(1+s)/(2 log 2) for 0 ≤ s ≤ 1.',
  },
})
export const prop11LogAmended: Claim = claim({
  id: 'prop-11.log*',
  source: 'amends App. I.3',
  says: 'Cross-entropy, EWN, t > t₀: wᵀ∇L ≤ −(H/(2 log 2)) ε L with ε = log 1/(e^{L(t₀)} − 1).',
  given: ce,
  assume: premises.ce,
  shows: `${slopeCe} <= -(H/(2*log(2)))*${ceBound}*L`,
  wrong: logWrong('(H/(2*log(2)))', ceBound),
  amends: {
    claim: prop11Log,
    how: 's/(1+s) ≥ log(1+s)/(2 log 2) for 0 ≤ s ≤ 1, where the printed step needs s/(1+s) ≥ log(1+s); and ε from the loss',
  },
})
const prop11RatePrinted = rate('prop-11.rate', 'cross-entropy')
export const prop11Rate: readonly Claim[] = [
  prop11RatePrinted,
  rate('prop-11.rate', 'cross-entropy', prop11RatePrinted),
]

const slopeOf = (loss: 'exponential' | 'cross-entropy'): Claim => {
  const isExponential = loss === 'exponential'
  const bound = `-(H^2*${epsilon}^2/k)*L^2`
  return claim({
    id: isExponential ? 'prop-2.slope' : 'prop-2.slope:ce',
    source: isExponential ? 'App. B' : 'App. I.3',
    says: `${isExponential ? 'Exponential loss' : 'Cross-entropy'}, EWN, t > t₀: dL/dt ≤ −(H²ε²/k) L² with ε the smallest margin at t₀.`,
    uses: isExponential ? [prop2Descent, eulerEwn] : [prop11Descent, prop11Log],
    given: isExponential ? ewn : ce,
    assume: premises[isExponential ? 'ewn' : 'ce'],
    shows: `ddt(L) <= ${bound}`,
    wrong: {
      'k in place of 1/k': `ddt(L) <= -k*H^2*${epsilon}^2*L^2`,
      'L in place of L²': `ddt(L) <= -(H^2*${epsilon}^2/k)*L`,
      reversed: `ddt(L) >= ${bound}`,
      'H⁴ and no 1/k': `ddt(L) <= -H^4*${epsilon}^2*L^2`,
    },
    ...(!isExponential && {
      flaw: {
        printed: 'dL/dt ≤ −(1/k)(wᵀ∇L)² ≤ −(H²ε²/k) L² with ε = min_i m_i(t₀).',
        breaks:
          'The second step is prop-11.log, which fails: for one point of margin m it needs m s/(1+s) ≥ m log(1+s) with s = e^{−m}. Where Cauchy–Schwarz is tight, as for one weight, the bound on the slope fails with it.',
      },
    }),
  })
}
export const prop2Slope: Claim = slopeOf('exponential')
export const prop2SlopeCe: Claim = slopeOf('cross-entropy')
const slopeBound = `(H*${ceBound}/(2*log(2)))`
export const prop2SlopeCeAmended: Claim = claim({
  id: 'prop-2.slope:ce*',
  source: 'amends App. I.3',
  says: 'Cross-entropy, EWN, t > t₀: dL/dt ≤ −(H ε/(2 log 2))²/k L² with ε = log 1/(e^{L(t₀)} − 1).',
  uses: [prop11Descent, prop11LogAmended],
  given: ce,
  assume: premises.ce,
  shows: `ddt(L) <= -(${slopeBound}^2/k)*L^2`,
  wrong: {
    'k in place of 1/k': `ddt(L) <= -k*${slopeBound}^2*L^2`,
    'L in place of L²': `ddt(L) <= -(${slopeBound}^2/k)*L`,
    reversed: `ddt(L) >= -(${slopeBound}^2/k)*L^2`,
    'H⁴ and no 1/k': `ddt(L) <= -H^2*${slopeBound}^2*L^2`,
  },
  amends: {
    claim: prop2SlopeCe,
    how: 'ε from the loss at t₀ and the factor 1/(2 log 2), as in the amended prop-11.log',
  },
})

const prop11MarginPrinted: Claim = claim({
  id: 'prop-11.margin',
  source: 'App. I.3',
  says: 'Cross-entropy, EWN: with ε > 0 the smallest margin at t₀, every margin is greater than ε later.',
  given: ce,
  assume: premises.ce,
  shows: [`${epsilon} > 0`, `min(i, m_i) > ${epsilon}`],
  wrong: marginWrong(epsilon),
  flaw: {
    printed:
      'min_i min_{j≠y_i}(Φ_{y_i} − Φ_j)(w(t)) > ε for any t > t₀, with ε = min_i min_{j≠y_i}(Φ_{y_i} − Φ_j)(w(t₀)).',
    breaks:
      'The loss falls, but that bounds a sum and not each of its terms, as in prop-2.margin: with two points whose gradients oppose each other the smaller loss may rise while the greater falls.',
  },
})
const prop11MarginAmended: Claim = claim({
  id: 'prop-11.margin*',
  source: 'amends App. I.3',
  says: 'Cross-entropy, EWN: every margin is greater than log 1/(e^{L(t₀)} − 1) > 0 later.',
  given: ce,
  assume: premises.ce,
  shows: [`${ceBound} > 0`, `min(i, m_i) > ${ceBound}`],
  wrong: marginWrong(ceBound),
  amends: {
    claim: prop11MarginPrinted,
    how: 'ε from the loss at t₀, as log(1 + e^{−m_i}) ≤ L and L falls',
  },
})
export const prop11Margin: readonly Claim[] = [prop11MarginPrinted, prop11MarginAmended]
