/** Section 1: the two trajectories of Theorem 1, integrated independently. */
import { section, paths, unitV, type Claim } from '../../src/index.ts'
import { paper } from './paper.ts'
import { thm1Ewn, thm1Swn } from './1-identities.ts'

const claim = section(paper, '1 Identities')
const swnRadial = '((1 - norm(w_u)^2)/norm(w_u)^2)*dot(w_u, g_u)*w_u'

export const pathEwn: Claim = claim({
  id: 'path:ewn',
  source: 'Theorem 1, (5)',
  says: 'Gradient flow of EWN, followed in (α, v), and unnormalised flow with the rate η‖w_u‖² per node, followed in w, have the same weights for all t, with shared weights and any η(t) > 0.',
  uses: [thm1Ewn],
  given: paths('ewn'),
  assume: [unitV],
  shows: 'w_u == path(-eta*norm(w_u)^2*g_u)',
  wrong: {
    'rate ‖w_u‖': 'w_u == path(-eta*norm(w_u)*g_u)',
    'rate ‖w_u‖³': 'w_u == path(-eta*norm(w_u)^3*g_u)',
    'one norm for all nodes': 'w_u == path(-eta*norm(w)^2*g_u)',
    'constant rate': 'w_u == path(-norm(w_u)^2*g_u)',
  },
})

export const pathSwn: Claim = claim({
  id: 'path:swn',
  source: 'Theorem 1, (6)',
  says: 'Gradient flow of SWN, followed in (γ, v), and the flow (6), followed in w, have the same weights for all t, with shared weights and any η(t) > 0.',
  uses: [thm1Swn],
  given: paths('swn'),
  assume: [unitV],
  shows: `w_u == path(-eta*(norm(w_u)^2*g_u + ${swnRadial}))`,
  wrong: {
    'without the radial term': 'w_u == path(-eta*norm(w_u)^2*g_u)',
    'radial term of the other sign': `w_u == path(-eta*(norm(w_u)^2*g_u - ${swnRadial}))`,
    'one norm for all nodes':
      'w_u == path(-eta*(norm(w)^2*g_u + ((1 - norm(w)^2)/norm(w_u)^2)*dot(w_u, g_u)*w_u))',
    'twice the rate ‖w_u‖²': `w_u == path(-eta*(2*norm(w_u)^2*g_u + ${swnRadial}))`,
  },
})
