/** Sections 4 and 5: what gradient flow does to the norm, the loss and the margins at any one moment. */
import {
  continuous,
  gradientFlow,
  homogeneous,
  lossExp,
  lossIs,
  nets,
  section,
  setting,
  type Assumption,
  type Claim,
} from '../../src/index.ts'
import { paper } from './paper.ts'

const claim = section(paper, '4 and 5 At a moment of gradient flow')
const flow = (loss?: string) =>
  setting({ model: nets(loss === undefined ? {} : { loss }), rule: gradientFlow({ rate: '1' }) })
const everywhere = [continuous, homogeneous, lossExp]
/** A4 at the moment itself, with labels that the net gives and weights so large that it holds. */
const separated: Assumption = {
  id: 'A4',
  says: '𝓛 < ℓ(0), as from t₀ on',
  formula: 'L < L_sep',
  aim(draft) {
    let at = draft.labelled()
    const isFar = (): boolean => at.evaluate('L/L_sep')[0]! < 0.95 || at.evaluate('max(i, m_i)')[0]! > 300
    for (let i = 0; i < 24 && !isFar(); i++) at = at.larger()
    return at
  },
}

export const additive: Claim = claim({
  id: 'additive',
  source: 'after (3)',
  says: 'The smoothed margin is the margin but for log N: γ̄ − ρ^{−H} log N ≤ γ̃ ≤ γ̄.',
  given: setting({ model: nets() }),
  assume: everywhere,
  where: { N: 'sum(i, 1)' },
  shows: ['gammabar - log(N)/rho^H <= gammatilde', 'gammatilde <= gammabar'],
  wrong: {
    'without log N': 'gammabar <= gammatilde',
    'half of log N': 'gammabar - log(N)/(2*rho^H) <= gammatilde',
    reversed: 'gammabar <= gammatilde - log(N)/rho^H',
    'strictly below': 'gammatilde < gammabar',
  },
})

export const eq6: Claim = claim({
  id: 'eq6',
  source: '(6)',
  says: 'Half the derivative of ρ² is H Σ e^{−q_n} q_n.',
  given: flow(),
  assume: everywhere,
  shows: 'ddt(rho^2)/2 == H*sum(i, exp(-m_i)*m_i)',
  wrong: {
    'not halved': 'ddt(rho^2) == H*sum(i, exp(-m_i)*m_i)',
    'without H': 'ddt(rho^2)/2 == sum(i, exp(-m_i)*m_i)',
    'H + 1 in place of H': 'ddt(rho^2)/2 == (H + 1)*sum(i, exp(-m_i)*m_i)',
    'the least margin': 'ddt(rho^2)/2 == H*sum(i, exp(-m_i))*min(i, m_i)',
  },
})

export const eq7: Claim = claim({
  id: 'eq7',
  source: '(7)',
  says: 'Half the derivative of ρ² is at least H 𝓛 q_min, and that at least H 𝓛 log(1/𝓛).',
  uses: [eq6],
  given: flow(),
  assume: everywhere,
  shows: ['ddt(rho^2)/2 >= H*sum(i, exp(-m_i))*min(i, m_i)', 'H*sum(i, exp(-m_i))*min(i, m_i) >= H*L*s'],
  wrong: {
    'twice the bound': 'ddt(rho^2)/2 >= 2*H*L*s',
    'H + 1 in place of H': 'ddt(rho^2)/2 >= (H + 1)*L*s',
    'the greatest margin': 'ddt(rho^2)/2 >= H*L*max(i, m_i)',
    reversed: 'ddt(rho^2)/2 <= H*L*min(i, m_i)',
    'log(1/𝓛) above the margin': 'min(i, m_i) <= s',
  },
})

export const lemma51: Claim = claim({
  id: 'lemma-5.1',
  source: 'Lemma 5.1',
  says: 'Where 𝓛 < 1: d log ρ/dt > 0 and d log γ̃/dt ≥ H (d log ρ/dt)^{−1} ‖dŵ/dt‖².',
  uses: [eq7],
  given: flow(),
  assume: [...everywhere, separated],
  shows: ['ddt(log(rho)) > 0', 'ddt(log(gammatilde)) >= H/ddt(log(rho))*norm(ddt(what))^2'],
  wrong: {
    'the norm falls': 'ddt(log(rho)) < 0',
    'twice the bound': 'ddt(log(gammatilde)) >= 2*H/ddt(log(rho))*norm(ddt(what))^2',
    'H + 1 in place of H': 'ddt(log(gammatilde)) >= (H + 1)/ddt(log(rho))*norm(ddt(what))^2',
    'without the inverse': 'ddt(log(gammatilde)) >= H*ddt(log(rho))*norm(ddt(what))^2',
    reversed: 'ddt(log(gammatilde)) <= H/ddt(log(rho))*norm(ddt(what))^2',
  },
})

const never = (quantity: string, orders: readonly [higher: string, twice: string]) => ({
  shows: `ddt(${quantity}) >= 0`,
  wrong: {
    'never rises': `ddt(${quantity}) <= 0`,
    'order H + 1': `ddt(${orders[0]}) >= 0`,
    'order 2H': `ddt(${orders[1]}) >= 0`,
  },
})

export const thm411: Claim = claim({
  id: 'thm-4.1.1',
  source: 'Theorem 4.1 (1)',
  says: 'Where 𝓛 < 1 the smoothed margin γ̃ does not fall.',
  uses: [lemma51],
  given: flow(),
  assume: [...everywhere, separated],
  ...never('gammatilde', ['s/rho^(H + 1)', 's/rho^(2*H)']),
})

export const thm412: Claim = claim({
  id: 'thm-4.1.2',
  source: 'Theorem 4.1 (2)',
  says: 'Where 𝓛 < 1, either γ̃ rises or the direction ŵ stands still.',
  uses: [lemma51],
  given: flow(),
  assume: [...everywhere, separated],
  shows: 'ddt(gammatilde) > 0 or norm(ddt(what)) == 0',
  wrong: {
    'always rises': 'ddt(gammatilde) > 0',
    'the direction stands still': 'norm(ddt(what)) == 0',
    'order H + 1': 'ddt(s/rho^(H + 1)) > 0 or norm(ddt(what)) == 0',
    'the loss stands still': 'ddt(gammatilde) > 0 or ddt(L) == 0',
  },
})

const layers = (order: string): string => `log(s) - sum(l, (${order})*log(sum(u in l, norm(w_u)^2)))/2`
export const multi: Claim = claim({
  id: 'multi',
  source: '(5), App. G',
  says: 'Where 𝓛 < 1, of weights w_l of order H_l each, log(1/𝓛)/Π_l ‖w_l‖^{H_l} does not fall.',
  uses: [thm411],
  given: flow(),
  assume: [...everywhere, separated],
  ...never(layers('H_l'), [layers('H_l + 1'), layers('2*H_l')]),
})

/** Part (1) or (2) of Theorem 4.1 with γ̃ = ℓ⁻¹(𝓛)/ρ^H. */
const otherLoss = (name: string, loss: string, inverse: string, part: 1 | 2): Claim =>
  claim({
    id: `losses.4.1.${part}:${name}`,
    source: `§4.4, Theorem 4.1 (${part})`,
    says: `The loss ${loss}: where 𝓛 < ℓ(0), with γ̃ = ℓ⁻¹(𝓛)/ρ^H, ${part === 1 ? 'γ̃ does not fall' : 'either γ̃ rises or the direction stands still'}.`,
    uses: [part === 1 ? thm411 : thm412],
    given: flow(loss),
    assume: [continuous, homogeneous, lossIs(loss), separated],
    where: { inverse },
    shows: part === 1 ? 'ddt(inverse/rho^H) >= 0' : 'ddt(inverse/rho^H) > 0 or norm(ddt(what)) == 0',
    wrong: {
      'never rises': 'ddt(inverse/rho^H) <= 0',
      'order H + 1': 'ddt(inverse/rho^(H + 1)) >= 0',
      'order 2H': 'ddt(inverse/rho^(2*H)) >= 0',
      ...(part === 2 && { 'the direction stands still': 'norm(ddt(what)) == 0' }),
    },
  })

const OTHER = [
  ['logistic', 'log(1 + exp(-m))', '-log(exp(L) - 1)'],
  ['cubic', 'exp(-m^3)', 's^(1/3)'],
  ['cubic-logistic', 'log(1 + exp(-m^3))', '(-log(exp(L) - 1))^(1/3)'],
] as const
export const otherLosses: readonly Claim[] = OTHER.flatMap(([name, loss, inverse]) =>
  ([1, 2] as const).map((part) => otherLoss(name, loss, inverse, part)),
)
