/** Section 7: conjectures on the loss and the margin at every moment of a trajectory. */
import {
  section,
  etaOne,
  ewn,
  gradientFlow,
  homogeneous,
  lossExp,
  nets,
  setting,
  swn,
  unitV,
  unnorm,
  type Assumption,
  type Claim,
  type Flaw,
  type Parameterization,
} from '../../src/index.ts'
import { lemma51, thm411 } from '../lyu-li-2020/along-flow.ts'
import { paper } from './paper.ts'
import { newGibbs } from './7-beyond.ts'

const claim = section(paper, '7 Beyond the paper')
const ours = { asPrinted: false } as const
const A1: Assumption = {
  id: 'A1',
  says: 'L < 1',
  formula: 'L < 1',
  aim(draft) {
    let at = draft.labelled()
    for (let i = 0; i < 24 && at.evaluate('L')[0]! > 0.95; i++) at = at.larger()
    return at
  },
}
const flowOf = (weights: Parameterization) => setting({ model: nets(), weights, rule: gradientFlow() })
const X0 = 'sum(l, H_l^2/k_l)'

export const newFiniteTime: Claim = claim({
  id: 'new-finite-time',
  ...ours,
  source: 'conjecture',
  says: 'EWN, η = 1: dL/dt ≤ −X₀ L² (s + Ent)² with X₀ = Σ_l H_l²/k_l.',
  uses: [newGibbs],
  given: flowOf(ewn),
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

const marginMono = (flow: 'unnorm' | 'swn' | 'ewn', logarithmic = false, flaw?: Flaw): Claim => {
  const quantity = quantities[logarithmic ? 'logarithmic' : 'ratio']
  return claim({
    id: `new-margin-mono:${flow}${logarithmic ? ':log' : ''}`,
    ...ours,
    source: 'conjecture',
    says: `Where L < 1, ${logarithmic ? 'log s − (H/k) Σ_u log‖w_u‖' : 's/‖w‖^H'} does not fall along ${flow} flow.`,
    uses: [newGibbs, ...(flow === 'unnorm' ? [lemma51, thm411] : [])],
    given: flowOf({ unnorm, swn, ewn }[flow]),
    assume: [lossExp, homogeneous, ...(flow === 'unnorm' ? [] : [unitV]), A1],
    shows: `ddt(${quantity}) >= 0`,
    wrong: {
      'never rises': `ddt(${quantity}) <= 0`,
      'exponent H + 1': logarithmic
        ? 'ddt(log(s) - ((H + 1)/k)*sum(u, log(norm(w_u)))) >= 0'
        : 'ddt(s/norm(w)^(H + 1)) >= 0',
      'exponent 2H': logarithmic
        ? 'ddt(log(s) - 2*(H/k)*sum(u, log(norm(w_u)))) >= 0'
        : 'ddt(s/norm(w)^(2*H)) >= 0',
    },
    ...(flaw && { flaw }),
  })
}

export const newMarginMonoUnnorm: Claim = marginMono('unnorm')
export const newMarginMonoSwn: Claim = marginMono('swn')
export const newMarginMonoEwn: Claim = marginMono('ewn', false, {
  printed: 's/‖w‖^H never decreases along gradient flow of EWN.',
  breaks:
    'In loss time s′ = Σ_u ‖w_u‖²‖G_u‖² ≥ Σ_u a_u² and (log‖w‖)′ = Σ_u ‖w_u‖²a_u/‖w‖². Without normalisation the factors ‖w_u‖² are 1, and Cauchy–Schwarz compares the two. Under EWN the rates ‖w_u‖² weigh the nodes: ‖w‖ follows its greatest nodes, and where these lie in a layer with large a_u it outgrows s^{1/H}. With one datum, one input and one node per layer, s′/s = s Σ_l H_l² and H(log‖w‖)′ = s H Σ_l H_l‖w_l‖²/‖w‖², which exceeds it where the layer of greatest H_l has by far the greatest weight.',
})

const layerMeans = (factor: string): string =>
  `ddt(log(s) - sum(l, (${factor})*sum(u in l, log(norm(w_u))))) >= 0`
export const newMarginMonoEwnAmended: Claim = claim({
  id: 'new-margin-mono:ewn*',
  ...ours,
  source: 'conjecture',
  says: 'Where L < 1, s/Π_l (Π_{u∈l} ‖w_u‖)^{H_l/k_l} does not fall along ewn flow: the geometric mean of each layer in place of ‖w‖.',
  uses: [newGibbs],
  given: flowOf(ewn),
  assume: [lossExp, homogeneous, unitV, A1],
  shows: layerMeans('H_l/k_l'),
  wrong: {
    'never rises': 'ddt(log(s) - sum(l, (H_l/k_l)*sum(u in l, log(norm(w_u))))) <= 0',
    'exponent H_l + 1': layerMeans('(H_l + 1)/k_l'),
    'exponent 2H_l': layerMeans('2*H_l/k_l'),
    'product in place of the mean': layerMeans('H_l'),
    'order H in each layer': layerMeans('H/k_l'),
  },
  amends: {
    claim: newMarginMonoEwn,
    how: 'the geometric mean of the norms in each layer, to the power H_l, in place of ‖w‖^H',
  },
})

export const newMarginMonoEwnLog: Claim = marginMono('ewn', true)
