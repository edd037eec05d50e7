/** Section 2: the loss goes to zero, with explicit bounds. */
import {
  section,
  crossEntropy,
  etaOne,
  ewn,
  exponential,
  gradientFlow,
  homogeneous,
  lossCe,
  lossExp,
  nets,
  setting,
  swn,
  unitV,
  type Claim,
} from '../../src/index.ts'
import { paper } from './paper.ts'
import { normFlow, thm1Ewn } from './1-identities.ts'

const claim = section(paper, '2 Loss goes to zero')
const equality = 'ddt(L) == -sum(u, norm(w_u)^2 * norm(g_u)^2)'
const descent = `${equality} <= -(1/k) * sum(u, norm(w_u) * norm(g_u))^2 <= -(1/k) * sum(u, dot(w_u, g_u))^2`
const descentWrong = {
  'one factor ‖w_u‖ in the rate': 'ddt(L) == -sum(u, norm(w_u) * norm(g_u)^2)',
  'without 1/k': `${equality} <= -sum(u, norm(w_u) * norm(g_u))^2`,
  'sign of the rate': 'ddt(L) == sum(u, norm(w_u)^2 * norm(g_u)^2)',
  'radial part only': 'ddt(L) == -sum(u, dot(w_u, g_u)^2)',
  'second inequality reversed':
    '-(1/k) * sum(u, norm(w_u) * norm(g_u))^2 >= -(1/k) * sum(u, dot(w_u, g_u))^2',
}

export const prop2Descent: Claim = claim({
  id: 'prop-2.descent',
  source: 'App. B, (12)',
  says: 'Along gradient flow of EWN with η = 1 the loss falls at the rate Σ_u ‖w_u‖²‖g_u‖², which is bounded below in two steps.',
  uses: [thm1Ewn, normFlow],
  given: setting({ model: nets(), weights: ewn, rule: gradientFlow() }),
  assume: [lossExp, unitV, etaOne],
  shows: descent,
  wrong: descentWrong,
})

const slope = 'dot(w, g)'
export const lossGrad: Claim = claim({
  id: 'loss-grad',
  source: '(11), App. B',
  says: 'Exponential loss: ∇_wL = −Σ_i e^{−m_i} y_i ∇Φ(w, x_i), and wᵀ∇L = −H Σ_i e^{−m_i} m_i.',
  given: setting({ model: nets({ loss: exponential }) }),
  assume: [homogeneous],
  shows: ['g == -sum(i, exp(-m_i)*y_i*gradPhi_1(w, x_i))', `${slope} == -H*sum(i, exp(-m_i)*m_i)`],
  wrong: {
    'without the labels': 'g == -sum(i, exp(-m_i)*gradPhi_1(w, x_i))',
    sign: 'g == sum(i, exp(-m_i)*y_i*gradPhi_1(w, x_i))',
    'without H': `${slope} == -sum(i, exp(-m_i)*m_i)`,
    'H + 1 in place of H': `${slope} == -(H + 1)*sum(i, exp(-m_i)*m_i)`,
  },
})

const falls = (name: 'ewn' | 'swn'): Claim =>
  claim({
    id: `gf-down:${name}`,
    source: name === 'ewn' ? 'App. B' : 'App. B, I.3',
    says: `Along gradient flow of ${name.toUpperCase()} the loss cannot go up (exponential loss and cross-entropy).`,
    given: setting({ model: nets(), weights: { ewn, swn }[name], rule: gradientFlow() }),
    shows: 'ddt(L) <= 0',
    wrong: {
      'strictly down': 'ddt(L) < 0',
      up: 'ddt(L) >= 0',
      'down at the rate of an unnormalised flow': 'ddt(L) <= -eta*norm(g)^2',
    },
  })
export const gfDownEwn: Claim = falls('ewn')
export const gfDownSwn: Claim = falls('swn')

export const prop11Descent: Claim = claim({
  id: 'prop-11.descent',
  source: 'App. I.3, (50)',
  says: 'Cross-entropy, gradient flow of EWN with η = 1: the loss falls at the rate Σ_u ‖w_u‖²‖g_u‖², which is bounded below in two steps.',
  uses: [thm1Ewn, normFlow],
  given: setting({ model: nets({ loss: crossEntropy }), weights: ewn, rule: gradientFlow() }),
  assume: [lossCe, unitV, etaOne],
  shows: descent,
  wrong: descentWrong,
})
