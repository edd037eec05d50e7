/** Section 5: rates at which the loss falls and the weights grow, along gradient flow. */
import {
  A1,
  A2,
  A3,
  asymptotics,
  claim,
  deepLinear,
  homogeneous,
  lossExp,
  regimes,
  rhoPositive,
  slowRest,
  smooth,
  type Claim,
} from '../src/index.ts'
import { thm1Ewn } from './1-identities.ts'

const section = '5 Rates'

const ewn = asymptotics({ flow: 'ewn', population: regimes })
const swn = asymptotics({ flow: 'swn', population: regimes })
const unnorm = asymptotics({ flow: 'unnorm', population: regimes })
const nets = [lossExp, smooth, homogeneous]
const regime = [...nets, A1, A2, A3, rhoPositive, slowRest]

const growthWrong = {
  'order of the loss in place of 1/H': 'norm(w) == Theta(log(t))',
  'H + 1 in place of H': 'norm(w) == Theta(log(t)^(1/(H + 1)))',
  'grows slower': 'norm(w) == o(log(t)^(1/H))',
  'H in place of 1/H': 'norm(w) == Theta(log(t)^H)',
}
const L2 = 'L == Theta(1/(t*log(t)^(2 - 2/H)))'
const lossWrong = {
  '2 in place of 2 − 2/H': 'L == Theta(1/(t*log(t)^2))',
  'no logarithm': 'L == Theta(1/t)',
  '2 − 1/H in place of 2 − 2/H': 'L == Theta(1/(t*log(t)^(2 - 1/H)))',
  'H + 1 in place of H': 'L == Theta(1/(t*log(t)^(2 - 2/(H + 1))))',
}
const ewnRate = 'L == Theta(1/(t*log(t)^2))'
const ewnWrong = {
  '2 − 2/H in place of 2': L2,
  '1 in place of 2': 'L == Theta(1/(t*log(t)))',
  'no logarithm': 'L == Theta(1/t)',
  '3 in place of 2': 'L == Theta(1/(t*log(t)^3))',
}

export const thmH1UnnormG: Claim = claim({
  id: 'thm-h1-unnorm.g',
  section,
  source: 'App. H.1.1',
  says: 'Gradient flow without normalisation, w = g(t) w̃ + r(t) with r ⊥ w̃: ρ g(t)^H / log t → 1.',
  given: unnorm,
  assume: regime,
  shows: 'rho*lim(dot(w, wtilde)^H/log(t)) == 1',
  wrong: {
    'without ρ': 'lim(dot(w, wtilde)^H/log(t)) == 1',
    'inverse of ρ': 'lim(dot(w, wtilde)^H/log(t)) == rho',
    'one factor g less': 'rho*lim(dot(w, wtilde)^(H - 1)/log(t)) == 1',
    'limit H': 'rho*lim(dot(w, wtilde)^H/log(t)) == H',
  },
})

export const thmH1Unnorm: Claim = claim({
  id: 'thm-h1-unnorm',
  section,
  source: 'App. H.1.1',
  says: 'Gradient flow without normalisation: ‖w‖ = Θ((log t)^{1/H}) and L = Θ(1/(t (log t)^{2−2/H})).',
  uses: [thmH1UnnormG],
  given: unnorm,
  assume: regime,
  shows: ['norm(w) == Theta(log(t)^(1/H))', L2],
  wrong: { ...growthWrong, ...lossWrong },
})

export const thmH1Ewn: Claim = claim({
  id: 'thm-h1-ewn',
  section,
  source: 'App. H.1.2',
  says: 'Gradient flow of EWN, for every depth: ‖w‖ = Θ((log t)^{1/H}) and L = Θ(1/(t (log t)²)).',
  uses: [thm1Ewn],
  given: ewn,
  assume: regime,
  shows: ['norm(w) == Theta(log(t)^(1/H))', ewnRate],
  wrong: { ...growthWrong, ...ewnWrong },
})

/** The rate quoted for SWN and without normalisation. */
const quoted = (normalization: 'swn' | 'unnorm'): Claim =>
  claim({
    id: `rate-swn:${normalization}:gf`,
    section,
    source: '§5, quoted from Lyu & Li 2020',
    says: 'Gradient flow that once has L < 1: L = Θ(1/(t (log t)^{2−2/H})).',
    given: { swn, unnorm }[normalization],
    assume: [...nets, A1],
    shows: L2,
    wrong: lossWrong,
  })

export const rateSwnSwnGf: Claim = quoted('swn')
export const rateSwnUnnormGf: Claim = quoted('unnorm')

export const rateDepthEwn: Claim = claim({
  id: 'rate-depth:ewn',
  section,
  source: 'abstract, §5',
  says: 'Linear nets of 1 to 4 layers, gradient flow of EWN: L = Θ(1/(t (log t)²)) at every depth.',
  given: asymptotics({ flow: 'ewn', population: deepLinear }),
  assume: [A1],
  shows: ewnRate,
  wrong: ewnWrong,
})

/** The order of the loss in a net of depth H, and that it falls faster in a net of one layer more. */
const depthMatters = (flow: 'swn' | 'unnorm'): Claim =>
  claim({
    id: `rate-depth:${flow}`,
    section,
    source: 'abstract, §5',
    says: 'Linear nets of H = 1 to 4 layers: L = Θ(1/(t (log t)^{2−2/H})), and this is of greater order than what it would be with one layer more.',
    given: asymptotics({ flow, population: deepLinear }),
    assume: [A1],
    shows: [L2, 'lim(L*t*log(t)^(2 - 2/(H + 1))) == inf'],
    wrong: {
      'the same order with one layer more': 'L == Theta(1/(t*log(t)^(2 - 2/(H + 1))))',
      'the order of EWN at every depth': ewnRate,
      'the order of one layer at every depth': 'L == Theta(1/t)',
      'the order of two layers at every depth': 'L == Theta(1/(t*log(t)))',
    },
  })

export const rateDepthUnnorm: Claim = depthMatters('unnorm')
export const rateDepthSwn: Claim = depthMatters('swn')

export const rateEq40Unnorm: Claim = claim({
  id: 'rate-eq40:unnorm',
  section,
  source: 'App. H.1.1, (40)',
  says: "Gradient flow without normalisation: ‖w'‖/(L g^{H−1}) stays between two positive constants.",
  given: unnorm,
  assume: regime,
  shows: 'norm(ddt(w)) == Theta(L*dot(w, wtilde)^(H - 1))',
  wrong: {
    'H in place of H − 1': 'norm(ddt(w)) == Theta(L*dot(w, wtilde)^H)',
    'H + 1, as for EWN': 'norm(ddt(w)) == Theta(L*dot(w, wtilde)^(H + 1))',
    'the loss alone': 'norm(ddt(w)) == Theta(L)',
    'smaller order': 'norm(ddt(w)) == o(L*dot(w, wtilde)^(H - 1))',
  },
})

export const rateEq40Ewn: Claim = claim({
  id: 'rate-eq40:ewn',
  section,
  source: 'App. H.1.2, (43), (44)',
  says: "Gradient flow of EWN: ‖∇L‖/(L g^{H−1}) and g'/(L g^{H+1}) stay between two positive constants.",
  uses: [thm1Ewn],
  given: ewn,
  assume: regime,
  shows: [
    'norm(g) == Theta(L*dot(w, wtilde)^(H - 1))',
    'dot(ddt(w), wtilde) == Theta(L*dot(w, wtilde)^(H + 1))',
  ],
  wrong: {
    '∇L of order H': 'norm(g) == Theta(L*dot(w, wtilde)^H)',
    "g' of order H − 1, as without normalisation": 'dot(ddt(w), wtilde) == Theta(L*dot(w, wtilde)^(H - 1))',
    "g' of order H": 'dot(ddt(w), wtilde) == Theta(L*dot(w, wtilde)^H)',
    "g' of smaller order": 'dot(ddt(w), wtilde) == o(L*dot(w, wtilde)^(H + 1))',
  },
})

/** The claims of this section in the order of the paper. */
export const rates: readonly Claim[] = [
  thmH1UnnormG,
  thmH1Unnorm,
  thmH1Ewn,
  rateSwnSwnGf,
  rateSwnUnnormGf,
  rateDepthEwn,
  rateDepthUnnorm,
  rateDepthSwn,
  rateEq40Unnorm,
  rateEq40Ewn,
]
