/** Section 2: the loss goes to zero, with explicit bounds. */
import { claim, etaOne, ewn, gradientFlow, lossExp, nets, setting, unitV, type Claim } from '../src/index.ts'
import { normFlow, thm1Ewn } from './1-identities.ts'

const section = '2 Loss goes to zero'
const equality = 'ddt(L) == -sum(u, norm(w_u)^2 * norm(g_u)^2)'

export const prop2Descent: Claim = claim({
  id: 'prop-2.descent',
  section,
  source: 'App. B, (12)',
  says: 'Along gradient flow of EWN with η = 1 the loss falls at the rate Σ_u ‖w_u‖²‖g_u‖², which is bounded below in two steps.',
  uses: [thm1Ewn, normFlow],
  given: setting({ model: nets(), weights: ewn, rule: gradientFlow() }),
  assume: [lossExp, unitV, etaOne],
  shows: `${equality} <= -(1/k) * sum(u, norm(w_u) * norm(g_u))^2 <= -(1/k) * sum(u, dot(w_u, g_u))^2`,
  wrong: {
    'one factor ‖w_u‖ in the rate': 'ddt(L) == -sum(u, norm(w_u) * norm(g_u)^2)',
    'without 1/k': `${equality} <= -sum(u, norm(w_u) * norm(g_u))^2`,
    'sign of the rate': 'ddt(L) == sum(u, norm(w_u)^2 * norm(g_u)^2)',
    'radial part only': 'ddt(L) == -sum(u, dot(w_u, g_u)^2)',
    'second inequality reversed':
      '-(1/k) * sum(u, norm(w_u) * norm(g_u))^2 >= -(1/k) * sum(u, dot(w_u, g_u))^2',
  },
})

/** The claims of this section in the order of the paper. */
export const lossToZero: readonly Claim[] = [prop2Descent]
