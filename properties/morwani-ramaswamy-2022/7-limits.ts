/** Section 7: conjectures beyond the paper on limits and rates of gradient flow. */
import {
  section,
  etaConstant,
  lossExp,
  parseRatio,
  rational,
  unitStart,
  type Assumption,
  type Claim,
  type PointCase,
} from '../../src/index.ts'
import { paper } from './paper.ts'
import { flowOf, weightsIn, A1, grow, inLimit } from './premises.ts'
import { linearNeurons, regimes } from './populations.ts'
import { newFiniteTime } from './7-finite-time.ts'

const claim = section(paper, '7 Beyond the paper')
const ours = { asPrinted: false } as const

const ewn = inLimit('ewn', 'exponential', { population: regimes })
const nets = flowOf('ewn')

export const newFiniteTimeRate: Claim = claim({
  id: 'new-finite-time.rate',
  ...ours,
  source: 'conjecture',
  says: 'Gradient flow of EWN that once has L < 1: L = O(1/(t (log t)²)).',
  uses: [newFiniteTime],
  given: ewn,
  assume: [...nets, A1],
  shows: 'L == O(1/(t*log(t)^2))',
  wrong: {
    '3 in place of 2': 'L == O(1/(t*log(t)^3))',
    'of smaller order': 'L == o(1/(t*log(t)^2))',
    '2 + 1/H in place of 2': 'L == O(1/(t*log(t)^(2 + 1/H)))',
    'at least as fast as 1/t²': 'L == O(1/t^2)',
  },
})

const constantA = 'lim(L*t*log(t)^2) == active/H^2'
const constantAWrong = {
  'all nodes': 'lim(L*t*log(t)^2) == k/H^2',
  'H in place of H²': 'lim(L*t*log(t)^2) == active/H',
  inverse: 'lim(L*t*log(t)^2) == H^2/active',
  'without the number of nodes': 'lim(L*t*log(t)^2) == 1/H^2',
}

export const newConstantA: Claim = claim({
  id: 'new-constant-a',
  ...ours,
  source: 'conjecture',
  says: 'Gradient flow of EWN: L t (log t)² → k/H², k the number of active nodes (those with ξ_u > 0).',
  uses: [newFiniteTimeRate],
  given: ewn,
  assume: [...nets, A1],
  shows: constantA,
  wrong: constantAWrong,
  flaw: {
    printed: 'lim L t (log t)² = k_active/H².',
    breaks:
      'It takes all active nodes to have the same share ξ_u = lim w_uᵀG_u/s, H/k, k the number of active nodes. What is fixed is the sum in each layer, Σ_{u∈l} ξ_u = H_l (new-gibbs, as Ent stays bounded), so that in layers with different H_l per active node the shares differ on average. The limit is 1/Σ_u ξ_u² (new-constant-b), by Cauchy–Schwarz at most k/H², with equality if and only if the shares agree.',
  },
})

const oneLayer: Assumption<PointCase> = {
  id: 'one-layer',
  says: 'one layer is trained',
  failure({ net }) {
    const trained = net!.layers.filter(({ frozen }) => !frozen).length
    return trained === 1 ? undefined : `${trained} layers are trained`
  },
}

export const newConstantAAmended: Claim = claim({
  id: 'new-constant-a*',
  ...ours,
  source: 'conjecture',
  says: 'Gradient flow of EWN in nets with one trained layer: L t (log t)² → k/H², k the number of active nodes (those with ξ_u > 0). The active nodes then share s equally.',
  uses: [newFiniteTimeRate],
  given: ewn,
  assume: [...nets, oneLayer, A1],
  shows: constantA,
  wrong: constantAWrong,
  amends: {
    claim: newConstantA,
    how: 'adds that one layer is trained: the active nodes of several layers have unequal shares ξ_u',
  },
})

export const newConstantAAmended2: Claim = claim({
  id: 'new-constant-a*2',
  ...ours,
  source: 'conjecture',
  says: 'Gradient flow of EWN: the limit of L t (log t)² is k/H² at most, k the number of active nodes.',
  uses: [newFiniteTimeRate],
  given: ewn,
  assume: [...nets, A1],
  shows: `${constantA} or lim(L*t*log(t)^2) < active/H^2`,
  wrong: {
    equal: constantA,
    'at most half': 'lim(L*t*log(t)^2) < active/(2*H^2)',
    'at least': `${constantA} or lim(L*t*log(t)^2) > active/H^2`,
    'at most 1/H²': 'lim(L*t*log(t)^2) == 1/H^2 or lim(L*t*log(t)^2) < 1/H^2',
  },
  amends: { claim: newConstantA, how: 'puts at most in place of equal' },
})

export const newConstantB: Claim = claim({
  id: 'new-constant-b',
  ...ours,
  source: 'conjecture',
  says: 'Gradient flow of EWN: L t (log t)² → 1/Σ_u ξ_u², ξ_u = lim w_uᵀG_u/s.',
  uses: [newFiniteTimeRate],
  given: ewn,
  assume: [...nets, A1],
  shows: 'lim(L*t*log(t)^2) == 1/sum(u, xi_u^2)',
  wrong: {
    'first powers': 'lim(L*t*log(t)^2) == 1/sum(u, xi_u)',
    'square of the sum': 'lim(L*t*log(t)^2) == 1/sum(u, xi_u)^2',
    inverse: 'lim(L*t*log(t)^2) == sum(u, xi_u^2)',
    cubes: 'lim(L*t*log(t)^2) == 1/sum(u, xi_u^3)',
  },
})

/** The constant of the rate of SWN and of flow without normalisation. */
const squareNorm = (flow: 'swn' | 'unnorm'): Claim =>
  claim({
    id: `new-constant-l2:${flow}`,
    ...ours,
    source: 'conjecture',
    says: 'L t (log t)^{2−2/H} → 1/(H² γ̄^{2/H}), γ̄ = lim s/‖w‖^H.',
    given: inLimit(flow, 'exponential', { population: regimes }),
    assume: [...flowOf(flow), A1],
    shows: 'lim(L*t*log(t)^(2 - 2/H)) == 1/(H^2*gbar^(2/H))',
    wrong: {
      'H in place of H²': 'lim(L*t*log(t)^(2 - 2/H)) == 1/(H*gbar^(2/H))',
      'without γ̄': 'lim(L*t*log(t)^(2 - 2/H)) == 1/H^2',
      'γ̄^{1/H}': 'lim(L*t*log(t)^(2 - 2/H)) == 1/(H^2*gbar^(1/H))',
      'γ̄ inverted': 'lim(L*t*log(t)^(2 - 2/H)) == gbar^(2/H)/H^2',
    },
  })

export const newConstantL2Unnorm: Claim = squareNorm('unnorm')
export const newConstantL2Swn: Claim = squareNorm('swn')

export const newGrowth: Claim = claim({
  id: 'new-growth',
  ...ours,
  source: 'conjecture',
  says: 'Gradient flow of EWN: ‖w_u‖ grows like s^{ξ_u/Σ_v ξ_v²} for every node.',
  given: ewn,
  assume: [...nets, A1],
  shows: 'norm(w_u) == Theta(s^(xi_u/sum(v, xi_v^2)))',
  wrong: {
    'first powers': 'norm(w_u) == Theta(s^(xi_u/sum(v, xi_v)))',
    'ξ_u alone': 'norm(w_u) == Theta(s^xi_u)',
    '1/H for all': 'norm(w_u) == Theta(s^(1/H))',
    'square of ξ_u': 'norm(w_u) == Theta(s^(xi_u^2/sum(v, xi_v^2)))',
  },
})

const followed = [lossExp, unitStart, etaConstant]
const neurons = { population: linearNeurons, horizon: { s: '1000000' } } as const
/** φ_u/(‖w_u‖ ‖z‖ sin φ_u), where ‖w_u‖ sin φ_u is the norm of what is across z. */
const handicap = (u: string): string => `phi_${u}/(norm(z)*norm(perp(z, w_${u})))`
const keepsDifferences = (of: (u: string) => string): string =>
  `${of('u')} + ${of('v(t_0)')} == ${of('v')} + ${of('u(t_0)')}`

const oneDatum: Assumption<PointCase> = {
  id: 'one-datum',
  says: 'Φ is the sum of linear neurons, and there is one point z, labelled +1',
  failure({ net, nodes, data }) {
    const { layers } = net!
    const [neurons, out] = layers
    if (layers.length !== 2 || neurons!.activation !== 'z' || out!.activation !== 'z' || !out!.frozen)
      return 'it is no sum of linear neurons'
    if (
      weightsIn(nodes)
        .at(-1)!
        .some((e) => e !== '1')
    )
      return 'an output weight is not 1'
    return data!.length === 1 && data![0]!.y === 1 ? undefined : 'the data are not one point labelled +1'
  },
}
const across: Assumption<PointCase> = {
  id: 'across',
  says: 'no w_u(0) is parallel to z: sin φ_u > 0',
  failure({ nodes, data }) {
    const z = data![0]!.x.map(parseRatio)
    const parallel = weightsIn(nodes)
      .slice(0, -1)
      .findIndex((entries) => {
        const w = entries.map(parseRatio)
        return z.every((_, i) =>
          z.every(
            (_, j) =>
              rational.sign(rational.sub(rational.mul(w[i]!, z[j]!), rational.mul(w[j]!, z[i]!))) === 0,
          ),
        )
      })
    return parallel < 0 ? undefined : `w_${parallel + 1} is parallel to z`
  },
}

export const newRace: Claim = claim({
  id: 'new-race',
  ...ours,
  source: 'conjecture',
  says: 'Linear neurons, one datum z labelled +1, gradient flow of EWN: φ_u/(‖w_u‖ ‖z‖ sin φ_u) differs between any two neurons by a constant.',
  given: inLimit('ewn', 'exponential', { ...neurons, choose: ['u', 'v'] }),
  assume: [...followed, oneDatum, across],
  shows: keepsDifferences(handicap),
  wrong: {
    'square of φ': keepsDifferences((u) => `phi_${u}^2/(norm(z)*norm(perp(z, w_${u})))`),
    'without the sine': keepsDifferences((u) => `phi_${u}/(norm(z)*norm(w_${u}))`),
    'without the norms': keepsDifferences((u) => `phi_${u}*norm(w_${u})/norm(perp(z, w_${u}))`),
    'one over the radius': keepsDifferences((u) => `1/norm(w_${u})`),
    'ratios in place of differences': `${handicap('u')}/(${handicap('v')}) == ${handicap('u(t_0)')}/(${handicap('v(t_0)')})`,
  },
})

export const newRaceWinner: Claim = claim({
  id: 'new-race.winner',
  ...ours,
  source: 'conjecture',
  says: 'In new-race only the neurons with the smallest value grow without bound.',
  uses: [newRace],
  given: inLimit('ewn', 'exponential', { ...neurons, choose: ['u'] }),
  assume: [...followed, oneDatum, across, grow('u')],
  shows: `${handicap('u(t_0)')} <= ${handicap('v(t_0)')}`,
  wrong: {
    'the greatest value': `${handicap('u(t_0)')} >= ${handicap('v(t_0)')}`,
    'the greatest norm': 'norm(w_u(t_0)) >= norm(w_v(t_0))',
    'the smallest angle': 'phi_u(t_0) <= phi_v(t_0)',
    'the greatest part along z': 'dot(w_u(t_0), z) >= dot(w_v(t_0), z)',
  },
})
