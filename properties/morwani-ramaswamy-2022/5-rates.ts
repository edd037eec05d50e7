/** Section 5: rates at which the loss falls and the weights grow, along gradient flow. */
import { section, type Claim } from '../../src/index.ts'
import { thm43 } from '../lyu-li-2020/limits.ts'
import { paper } from './paper.ts'
import { flowOf, A1, A2, A3, inLimit, rhoPositive, slowRest } from './premises.ts'
import { deepLinear, regimes } from './populations.ts'
import { thm1Ewn } from './1-identities.ts'

const claim = section(paper, '5 Rates')

const ewn = inLimit('ewn', 'exponential', { population: regimes })
const swn = inLimit('swn', 'exponential', { population: regimes })
const unnorm = inLimit('unnorm', 'exponential', { population: regimes })
/** The premises of Appendix H; ρ > 0 is printed for the flow without normalisation only. */
const regime = {
  unnorm: [...flowOf('unnorm'), A1, A2, A3, rhoPositive, slowRest],
  ewn: [...flowOf('ewn'), A1, A2, A3, slowRest],
}

const growthWrong = {
  '1 in place of 1/H': 'norm(w) == Theta(log(t))',
  '1/(H + 1) in place of 1/H': 'norm(w) == Theta(log(t)^(1/(H + 1)))',
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

const onTheWay = 'rho*lim(dot(w, wtilde)^H/log(t)) == 1'
const onTheWayWrong = {
  'without ρ': 'lim(dot(w, wtilde)^H/log(t)) == 1',
  'ρ in place of 1/ρ': 'lim(dot(w, wtilde)^H/log(t)) == rho',
  'one factor g less': 'rho*lim(dot(w, wtilde)^(H - 1)/log(t)) == 1',
  'limit H': 'rho*lim(dot(w, wtilde)^H/log(t)) == H',
}

export const thmH1UnnormG: Claim = claim({
  id: 'thm-h1-unnorm.g',
  source: 'App. H.1.1',
  says: 'Gradient flow without normalisation, w = g(t) w̃ + r(t) with r ⊥ w̃: ρ g(t)^H / log t → 1.',
  given: unnorm,
  assume: regime.unnorm,
  shows: onTheWay,
  wrong: onTheWayWrong,
})

export const thmH1Unnorm: Claim = claim({
  id: 'thm-h1-unnorm',
  source: 'App. H.1.1',
  says: 'Gradient flow without normalisation: ‖w‖ = Θ((log t)^{1/H}) and L = Θ(1/(t (log t)^{2−2/H})).',
  uses: [thmH1UnnormG],
  given: unnorm,
  assume: regime.unnorm,
  shows: ['norm(w) == Theta(log(t)^(1/H))', L2],
  wrong: { ...growthWrong, ...lossWrong },
})

export const thmH1EwnG: Claim = claim({
  id: 'thm-h1-ewn.g',
  source: 'App. H.1.2',
  says: 'Gradient flow of EWN, w = g(t) w̃ + r(t) with r ⊥ w̃: ρ g(t)^H / log t → 1.',
  uses: [thm1Ewn],
  given: ewn,
  assume: regime.ewn,
  shows: onTheWay,
  wrong: onTheWayWrong,
})

export const thmH1Ewn: Claim = claim({
  id: 'thm-h1-ewn',
  source: 'App. H.1.2',
  says: 'Gradient flow of EWN: ‖w‖ = Θ((log t)^{1/H}) and L = Θ(1/(t (log t)²)).',
  uses: [thmH1EwnG],
  given: ewn,
  assume: regime.ewn,
  shows: ['norm(w) == Theta(log(t)^(1/H))', ewnRate],
  wrong: { ...growthWrong, ...ewnWrong },
})

/** The rate quoted for SWN and without normalisation. */
const quoted = (normalization: 'swn' | 'unnorm'): Claim =>
  claim({
    id: `rate-swn:${normalization}:gf`,
    source: '§5, quoted from Lyu & Li 2020',
    says: 'Gradient flow that once has L < 1: L = Θ(1/(t (log t)^{2−2/H})).',
    uses: normalization === 'unnorm' ? [thm43] : [],
    given: { swn, unnorm }[normalization],
    assume: [...flowOf(normalization), A1],
    shows: L2,
    wrong: lossWrong,
  })

export const rateSwnSwnGf: Claim = quoted('swn')
export const rateSwnUnnormGf: Claim = quoted('unnorm')

export const rateDepthEwn: Claim = claim({
  id: 'rate-depth:ewn',
  source: 'abstract of the first version; §5 (“almost independent of the number of layers”)',
  says: 'Linear nets of 1 to 4 layers, gradient flow of EWN: L = Θ(1/(t (log t)²)) at every depth.',
  given: inLimit('ewn', 'exponential', { population: deepLinear }),
  assume: [...flowOf('ewn'), A1],
  shows: ewnRate,
  wrong: ewnWrong,
})

/** The order of the loss in a net of depth H, and that it falls faster in a net of one layer more. */
const depthMatters = (flow: 'swn' | 'unnorm'): Claim =>
  claim({
    id: `rate-depth:${flow}`,
    source: 'from rate-swn, §5',
    asPrinted: false,
    says: 'Linear nets of H = 1 to 4 layers: L = Θ(1/(t (log t)^{2−2/H})), and this is of greater order than what it would be with one layer more.',
    given: inLimit(flow, 'exponential', { population: deepLinear }),
    assume: [...flowOf(flow), A1],
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

const over = (quantity: string, power: string): string => `${quantity}/(L*dot(w, wtilde)^(${power}))`
const speed = 'norm(ddt(w))'
const along = 'dot(ddt(w), wtilde)'

export const rateEq40Unnorm: Claim = claim({
  id: 'rate-eq40:unnorm',
  source: 'App. H.1.1, (40)',
  says: "Gradient flow without normalisation: the limits of ‖w'‖/(L g^{H−1}) and of g'/(L g^{H−1}) exist (between two constants, which are not said to be positive).",
  given: unnorm,
  assume: regime.unnorm,
  shows: [`converges(${over(speed, 'H - 1')})`, `converges(${over(along, 'H - 1')})`],
  wrong: {
    'H − 2 in place of H − 1': `converges(${over(speed, 'H - 2')})`,
    'the limit is 0': `lim(${over(speed, 'H - 1')}) == 0`,
    'L² in place of L': `converges(${speed}/(L^2*dot(w, wtilde)^(H - 1)))`,
    "g' to the power H − 2": `converges(${over(along, 'H - 2')})`,
  },
})

export const rateEq40Ewn: Claim = claim({
  id: 'rate-eq40:ewn',
  source: 'App. H.1.2, (43), (44)',
  says: "Gradient flow of EWN: the limit of ‖∇L‖/(L g^{H−1}) exists, and g'/(L g^{H+1}) is bounded ((44) is printed without lim).",
  uses: [thm1Ewn],
  given: ewn,
  assume: regime.ewn,
  shows: [`converges(${over('norm(g)', 'H - 1')})`, `${along} == O(L*dot(w, wtilde)^(H + 1))`],
  wrong: {
    '∇L of order H − 2': `converges(${over('norm(g)', 'H - 2')})`,
    'the limit is 0': `lim(${over('norm(g)', 'H - 1')}) == 0`,
    "g' of order H − 1, as without normalisation": `${along} == O(L*dot(w, wtilde)^(H - 1))`,
    "g' of order H": `${along} == O(L*dot(w, wtilde)^H)`,
  },
})
