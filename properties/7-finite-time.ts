/** Section 7: conjectures on the loss and the margin at every moment of a trajectory. */
import {
  claim,
  dynamics,
  etaOne,
  homogeneous,
  lossExp,
  unitV,
  type Assumption,
  type Claim,
} from '../src/index.ts'
import { newGibbs } from './7-beyond.ts'

const section = '7 Beyond the paper'
const A1: Assumption = { id: 'A1', says: 'L < 1', formula: 'L < 1' }
const X0 = 'sum(l, H_l^2/k_l)'

export const newFiniteTime: Claim = claim({
  id: 'new-finite-time',
  section,
  source: 'conjecture',
  says: 'EWN, η = 1: dL/dt ≤ −X₀ L² (s + Ent)² with X₀ = Σ_l H_l²/k_l.',
  uses: [newGibbs],
  given: dynamics({ normalization: 'ewn' }),
  assume: [lossExp, homogeneous, unitV, etaOne],
  shows: `ddt(L) <= -${X0}*L^2*(s + Ent)^2`,
  wrong: {
    'twice X₀': `ddt(L) <= -2*${X0}*L^2*(s + Ent)^2`,
    'without 1/k_l': 'ddt(L) <= -sum(l, H_l^2)*L^2*(s + Ent)^2',
    'H² in place of Σ H_l²/k_l': 'ddt(L) <= -H^2*L^2*(s + Ent)^2',
    reversed: `ddt(L) >= -${X0}*L^2*(s + Ent)^2`,
  },
})

const quantities = {
  ratio: 's/norm(w)^H',
  logarithmic: 'log(s) - (H/k)*sum(u, log(norm(w_u)))',
}

const marginMono = (flow: 'unnorm' | 'swn' | 'ewn', logarithmic = false): Claim => {
  const quantity = quantities[logarithmic ? 'logarithmic' : 'ratio']
  return claim({
    id: `new-margin-mono:${flow}${logarithmic ? ':log' : ''}`,
    section,
    source: 'conjecture',
    says: `Where L < 1, ${logarithmic ? 'log s − (H/k) Σ_u log‖w_u‖' : 's/‖w‖^H'} does not fall along ${flow} flow.`,
    uses: [newGibbs],
    given: dynamics({ normalization: flow, confident: true }),
    assume: [lossExp, homogeneous, ...(flow === 'unnorm' ? [] : [unitV]), A1],
    shows: `ddt(${quantity}) >= 0`,
    wrong: {
      'never rises': `ddt(${quantity}) <= 0`,
      'exponent H + 1': logarithmic
        ? 'ddt(log(s) - ((H + 1)/k)*sum(u, log(norm(w_u)))) >= 0'
        : 'ddt(s/norm(w)^(H + 1)) >= 0',
      'twice the norms': logarithmic
        ? 'ddt(log(s) - 2*(H/k)*sum(u, log(norm(w_u)))) >= 0'
        : 'ddt(s/norm(w)^(2*H)) >= 0',
    },
  })
}

/** The claims of this file in order. */
export const beyondFiniteTime: readonly Claim[] = [
  newFiniteTime,
  marginMono('unnorm'),
  marginMono('swn'),
  marginMono('ewn'),
  marginMono('ewn', true),
]
