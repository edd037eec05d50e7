/** Section 1: the two trajectories of Theorem 1, integrated independently. */
import {
  section,
  everyMoment,
  ewn,
  gradientFlow,
  nets,
  setting,
  swn,
  unitV,
  type Claim,
  type Parameterization,
  type PointCase,
  type Setting,
} from '../../src/index.ts'
import { paper } from './paper.ts'
import { thm1Ewn, thm1Swn } from './1-identities.ts'

const claim = section(paper, '1 Identities')
/** Flow of small nets up to a time, at any of these rates. */
const flow = (weights: Parameterization): Setting<PointCase> =>
  setting({
    ...{ model: nets(), weights, moment: everyMoment({ t: ['1/16', '1/8', '1/4'] }) },
    rule: gradientFlow({ rate: ['1', '2', '1/(1 + t)', '1 + t^2', 'exp(-t)'] }),
  })
const swnRadial = '((1 - norm(w_u)^2)/norm(w_u)^2)*dot(w_u, g_u)*w_u'

export const pathEwn: Claim = claim({
  id: 'path:ewn',
  source: 'Theorem 1, (5)',
  says: 'Gradient flow of EWN, followed in (α, v), and unnormalised flow with the rate η‖w_u‖² per node, followed in w, have the same weights for all t, with shared weights and any η(t) > 0.',
  uses: [thm1Ewn],
  given: flow(ewn),
  assume: [unitV],
  shows: 'w_u == path(w_u, -eta*norm(w_u)^2*g_u)',
  wrong: {
    'rate ‖w_u‖': 'w_u == path(w_u, -eta*norm(w_u)*g_u)',
    'rate ‖w_u‖³': 'w_u == path(w_u, -eta*norm(w_u)^3*g_u)',
    'one norm for all nodes': 'w_u == path(w_u, -eta*norm(w)^2*g_u)',
    'constant rate': 'w_u == path(w_u, -norm(w_u)^2*g_u)',
  },
})

export const pathSwn: Claim = claim({
  id: 'path:swn',
  source: 'Theorem 1, (6)',
  says: 'Gradient flow of SWN, followed in (γ, v), and the flow (6), followed in w, have the same weights for all t, with shared weights and any η(t) > 0.',
  uses: [thm1Swn],
  given: flow(swn),
  assume: [unitV],
  shows: `w_u == path(w_u, -eta*(norm(w_u)^2*g_u + ${swnRadial}))`,
  wrong: {
    'without the radial term': 'w_u == path(w_u, -eta*norm(w_u)^2*g_u)',
    'radial term of the other sign': `w_u == path(w_u, -eta*(norm(w_u)^2*g_u - ${swnRadial}))`,
    'one norm for all nodes':
      'w_u == path(w_u, -eta*(norm(w)^2*g_u + ((1 - norm(w)^2)/norm(w_u)^2)*dot(w_u, g_u)*w_u))',
    'twice the rate ‖w_u‖²': `w_u == path(w_u, -eta*(2*norm(w_u)^2*g_u + ${swnRadial}))`,
  },
})
