/** Section 7: conjectures on the loss and the margin at every moment of a trajectory. */
import {
  claim,
  dynamics,
  etaOne,
  homogeneous,
  lossExp,
  trajectory,
  unitV,
  type Assumption,
  type Claim,
} from '../src/index.ts'
import { newGibbs } from './7-beyond.ts'

const section = '7 Beyond the paper'
const A1: Assumption = { id: 'A1', says: 'L(w(t₀)) < 1', formula: 'L(t_0) < 1' }
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

const ratio = (at: string): string => `s${at}/norm(w${at})^H`
const logRatio = (at: string): string => `log(s${at}) - (H/k)*sum(u, log(norm(w_u${at})))`
const monotone = (quantity: (at: string) => string): string => `${quantity('')} >= ${quantity('(t_0)')}`

const marginMono = (flow: 'unnorm' | 'swn' | 'ewn', logarithmic = false): Claim => {
  const quantity = logarithmic ? logRatio : ratio
  return claim({
    id: `new-margin-mono:${flow}${logarithmic ? ':log' : ''}`,
    section,
    source: 'conjecture',
    says: `Along ${flow} flow ${logarithmic ? 'log s − (H/k) Σ_u log‖w_u‖' : 's/‖w‖^H'} is not smaller at t than at t₀.`,
    given: trajectory({ flow, loss: 'exponential' }),
    assume: [A1],
    shows: monotone(quantity),
    wrong: {
      'never increases': `${quantity('')} <= ${quantity('(t_0)')}`,
      'exponent H + 1': logarithmic
        ? 'log(s) - ((H + 1)/k)*sum(u, log(norm(w_u))) >= log(s(t_0)) - ((H + 1)/k)*sum(u, log(norm(w_u(t_0))))'
        : 's/norm(w)^(H + 1) >= s(t_0)/norm(w(t_0))^(H + 1)',
      'it at least doubles': logarithmic
        ? `${quantity('')} >= log(2) + ${quantity('(t_0)')}`
        : `${quantity('')} >= 2*${quantity('(t_0)')}`,
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
