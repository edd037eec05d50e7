/** Section 4: what gradient flow tends to. */
import {
  continuous,
  gradientFlow,
  homogeneous,
  inTheLimit,
  lossExp,
  nets,
  section,
  setting,
  type Assumption,
  type Claim,
} from '../../src/index.ts'
import { paper } from './paper.ts'
import { additive, eq7 } from './along-flow.ts'

const claim = section(paper, '4 In the limit of gradient flow')
const given = setting({
  model: nets(),
  rule: gradientFlow({ rate: '1' }),
  moment: inTheLimit(),
})
const A4: Assumption = { id: 'A4', says: 'some t₀ has 𝓛(w(t₀)) < 1', formula: 'some(L < L_sep)' }
const assume = [continuous, homogeneous, lossExp, A4]
/** Theorem 4.4 speaks of limit points; a run shows one where it converges. */
const converges: Assumption = { id: 'converges', says: 'ŵ converges', formula: 'converges(what)' }

export const thm413: Claim = claim({
  id: 'thm-4.1.3',
  source: 'Theorem 4.1 (3)',
  says: '𝓛 → 0, ‖w‖ → ∞ and |γ̄ − γ̃| → 0.',
  uses: [additive, eq7],
  given,
  assume,
  shows: ['lim(L) == 0', 'lim(rho) == inf', 'lim(gammabar - gammatilde) == 0'],
  wrong: {
    '‖w‖ converges': 'converges(rho)',
    'of greater order than the square': 'lim(rho^2/s) == inf',
    'margin of order H + 1': 'lim(gammabar - s/rho^(H + 1)) == 0',
    'the greatest margin': 'lim(max(i, m_i)/rho^H - gammatilde) == 0',
  },
})

export const thm43: Claim = claim({
  id: 'thm-4.3',
  source: 'Theorem 4.3',
  says: '𝓛 = Θ(1/(t (log t)^{2−2/H})) and ‖w‖ = Θ((log t)^{1/H}).',
  uses: [thm413],
  given,
  assume,
  shows: ['L == Theta(1/(t*log(t)^(2 - 2/H)))', 'rho == Theta(log(t)^(1/H))'],
  wrong: {
    '2 in place of 2 − 2/H': 'L == Theta(1/(t*log(t)^2))',
    'no logarithm': 'L == Theta(1/t)',
    '2 − 1/H in place of 2 − 2/H': 'L == Theta(1/(t*log(t)^(2 - 1/H)))',
    '1 in place of 1/H': 'rho == Theta(log(t))',
    '1/(H + 1) in place of 1/H': 'rho == Theta(log(t)^(1/(H + 1)))',
  },
})

const cosine = '-dot(w, g)/(rho*norm(g))'
export const thm44: Claim = claim({
  id: 'thm-4.4',
  source: 'Theorem 4.4',
  says: 'The limit of ŵ is along a KKT point of min ½‖w‖² subject to q_n ≥ 1: it has a positive margin, −∇𝓛 lines up with it, and points above the least margin have no part in ∇𝓛.',
  uses: [thm413],
  given,
  assume: [...assume, converges],
  shows: ['lim(gammabar) > 0', `lim(${cosine}) == 1`, 'lim(q_i*(m_i/rho^H - lim(gammabar))) == 0'],
  wrong: {
    'no margin': 'lim(gammabar) == 0',
    'at right angles': `lim(${cosine}) == 0`,
    opposite: `lim(${cosine}) == -1`,
    'every point is on the margin': 'lim(m_i/rho^H) == lim(gammabar)',
    'no point has a part': 'lim(q_i) == 0',
  },
})

const kernel = 'norm(g)/(L*rho^(H - 1))'
export const cor45: Claim = claim({
  id: 'cor-4.5',
  source: 'Corollary 4.5, by its multipliers',
  says: 'With the kernel of Φ at the limit, the multipliers q_i solve the hard-margin SVM: ‖∇𝓛‖/(𝓛 ρ^{H−1}) → H lim γ̄, along ŵ.',
  uses: [thm44],
  given,
  assume: [...assume, converges],
  shows: [`lim(${kernel}) == H*lim(gammabar)`, `lim(${cosine}) == 1`],
  wrong: {
    'without H': `lim(${kernel}) == lim(gammabar)`,
    'H + 1 in place of H': `lim(${kernel}) == (H + 1)*lim(gammabar)`,
    'ρ^H in place of ρ^{H−1}': 'lim(norm(g)/(L*rho^H)) == H*lim(gammabar)',
    'at right angles': `lim(${cosine}) == 0`,
  },
})
