/** Section 1: identities that hold at every point. */
import {
  section,
  ewn,
  gradientDescent,
  gradientFlow,
  homogeneous,
  nets,
  setting,
  swn,
  unitV,
  type Claim,
} from '../../src/index.ts'
import { paper } from './paper.ts'

const claim = section(paper, '1 Identities')
const raw = setting({ model: nets(), variables: { lambda: 'positive' } })
const flowOf = {
  swn: setting({ model: nets(), weights: swn, rule: gradientFlow() }),
  ewn: setting({ model: nets(), weights: ewn, rule: gradientFlow() }),
}
const stepOf = {
  swn: setting({ model: nets(), weights: swn, rule: gradientDescent() }),
  ewn: setting({ model: nets(), weights: ewn, rule: gradientDescent() }),
}

export const hom1: Claim = claim({
  id: 'hom-1',
  source: '§4.1, assumption 3',
  says: 'The network is homogeneous of order H, computed from its structure: for every λ > 0, every w and x.',
  given: raw,
  assume: [homogeneous],
  shows: 'Phi_j(lambda*w, x_i) == lambda^H * Phi_j(w, x_i)',
  wrong: {
    'order H + 1': 'Phi_j(lambda*w, x_i) == lambda^(H+1) * Phi_j(w, x_i)',
    'order H − 1': 'Phi_j(lambda*w, x_i) == lambda^(H-1) * Phi_j(w, x_i)',
    'order 1, whatever the depth': 'Phi_j(lambda*w, x_i) == lambda * Phi_j(w, x_i)',
    'sign reversed': 'Phi_j(lambda*w, x_i) == -lambda^H * Phi_j(w, x_i)',
  },
})

export const hom2: Claim = claim({
  id: 'hom-2',
  source: 'App. B; the second half: H.1.1, display before (40)',
  says: "Euler's identity for Φ, and ∇_wΦ is homogeneous of order H − 1.",
  uses: [hom1],
  given: raw,
  assume: [homogeneous],
  shows: [
    'dot(w, gradPhi_j(w, x_i)) == H * Phi_j(w, x_i)',
    'gradPhi_j(lambda*w, x_i) == lambda^(H-1) * gradPhi_j(w, x_i)',
  ],
  wrong: {
    'factor H − 1': 'dot(w, gradPhi_j(w, x_i)) == (H-1) * Phi_j(w, x_i)',
    'factor 1': 'dot(w, gradPhi_j(w, x_i)) == Phi_j(w, x_i)',
    'gradient of order H': 'gradPhi_j(lambda*w, x_i) == lambda^H * gradPhi_j(w, x_i)',
    'gradient of order H − 2': 'gradPhi_j(lambda*w, x_i) == lambda^(H-2) * gradPhi_j(w, x_i)',
  },
})

export const gradSwn: Claim = claim({
  id: 'grad-swn',
  source: '(1), (2); App. A.2',
  says: 'The gradients of SWN in γ_u and v_u, from the gradient g_u in w_u.',
  given: setting({ model: nets(), weights: swn }),
  shows: [
    'grad(L, gamma_u) == dot(v_u, g_u)/norm(v_u)',
    'grad(L, v_u) == (gamma_u/norm(v_u)) * perp(v_u, g_u)',
  ],
  wrong: {
    'missing projection': 'grad(L, v_u) == (gamma_u/norm(v_u)) * g_u',
    'projection on the wrong side': 'grad(L, v_u) == (gamma_u/norm(v_u)) * along(v_u, g_u)',
    'missing 1/‖v_u‖ in the radial part': 'grad(L, gamma_u) == dot(v_u, g_u)',
    '1/‖v_u‖² in the tangential part': 'grad(L, v_u) == (gamma_u/norm(v_u)^2) * perp(v_u, g_u)',
    'sign of the tangential part': 'grad(L, v_u) == -(gamma_u/norm(v_u)) * perp(v_u, g_u)',
  },
})

export const gradEwn: Claim = claim({
  id: 'grad-ewn',
  source: '(3), (4); App. A.1',
  says: 'The gradients of EWN in α_u and v_u, from the gradient g_u in w_u.',
  given: setting({ model: nets(), weights: ewn }),
  shows: [
    'grad(L, alpha_u) == exp(alpha_u)*dot(v_u, g_u)/norm(v_u)',
    'grad(L, v_u) == (exp(alpha_u)/norm(v_u)) * perp(v_u, g_u)',
  ],
  wrong: {
    'missing e^α in the radial part': 'grad(L, alpha_u) == dot(v_u, g_u)/norm(v_u)',
    'missing projection': 'grad(L, v_u) == (exp(alpha_u)/norm(v_u)) * g_u',
    'missing 1/‖v_u‖ in the tangential part': 'grad(L, v_u) == exp(alpha_u) * perp(v_u, g_u)',
    'e^{2α} in the radial part': 'grad(L, alpha_u) == exp(2*alpha_u)*dot(v_u, g_u)/norm(v_u)',
    'sign of the radial part': 'grad(L, alpha_u) == -exp(alpha_u)*dot(v_u, g_u)/norm(v_u)',
  },
})

const constantNorm = {
  says: 'Along gradient flow ‖v_u‖ is constant.',
  shows: 'ddt(norm(v_u)) == 0',
  wrong: {
    'the weight norm is constant too': 'ddt(norm(w_u)) == 0',
    'v_u itself is constant': 'ddt(v_u) == 0 * v_u',
    'v_uᵀg_u is 0': 'dot(v_u, g_u) == 0',
  },
}
export const vNormSwn: Claim = claim({
  ...constantNorm,
  ...{ id: 'v-norm:swn', source: 'App. A.2', given: flowOf.swn, uses: [gradSwn] },
})
export const vNormEwn: Claim = claim({
  ...constantNorm,
  ...{ id: 'v-norm:ewn', source: 'App. A.1', given: flowOf.ewn, uses: [gradEwn] },
})

const growth = (radius: string) => ({
  says: 'Along gradient descent ‖v_u‖ never decreases (printed: keeps on increasing), and ‖v_u‖² grows by no more than the squared length of the unprojected step.',
  shows: [
    'norm(v_u(t+1)) >= norm(v_u)',
    `norm(v_u(t+1))^2 <= norm(v_u)^2 + (eta*${radius}*norm(g_u)/norm(v_u))^2`,
  ],
  wrong: {
    'never increases': 'norm(v_u(t+1)) <= norm(v_u)',
    'half the bound': `norm(v_u(t+1))^2 <= norm(v_u)^2 + (eta*${radius}*norm(g_u)/norm(v_u))^2/2`,
    'η in place of η²': `norm(v_u(t+1))^2 <= norm(v_u)^2 + eta*(${radius}*norm(g_u)/norm(v_u))^2`,
    '‖v_u‖² in place of ‖v_u‖': `norm(v_u(t+1))^2 <= norm(v_u)^2 + (eta*${radius}*norm(g_u)/norm(v_u)^2)^2`,
  },
})
export const vGrowSwn: Claim = claim({
  ...growth('gamma_u'),
  ...{ id: 'v-grow:swn', source: '(31); App. C.2.2, H.2, L', given: stepOf.swn, uses: [gradSwn] },
})
export const vGrowEwn: Claim = claim({
  ...growth('exp(alpha_u)'),
  ...{ id: 'v-grow:ewn', source: '(21); App. C.1.2, H.2', given: stepOf.ewn, uses: [gradEwn] },
})

export const thm1Ewn: Claim = claim({
  id: 'thm-1-ewn',
  source: 'Theorem 1, (5)',
  says: 'Gradient flow of EWN moves the weights as unnormalised flow with the adaptive rate η‖w_u‖² per node.',
  uses: [gradEwn, vNormEwn],
  given: flowOf.ewn,
  assume: [unitV],
  shows: 'ddt(w_u) == -eta * norm(w_u)^2 * g_u',
  wrong: {
    'rate ‖w_u‖': 'ddt(w_u) == -eta * norm(w_u) * g_u',
    'rate ‖w_u‖³': 'ddt(w_u) == -eta * norm(w_u)^3 * g_u',
    ascent: 'ddt(w_u) == eta * norm(w_u)^2 * g_u',
    'one global norm': 'ddt(w_u) == -eta * norm(w)^2 * g_u',
    'tangential part only': 'ddt(w_u) == -eta * norm(w_u)^2 * perp(w_u, g_u)',
  },
})

export const thm1Swn: Claim = claim({
  id: 'thm-1-swn',
  source: 'Theorem 1, (6)',
  says: 'Gradient flow of SWN moves the weights with the adaptive rate η‖w_u‖² per node and a radial correction.',
  uses: [gradSwn, vNormSwn],
  given: flowOf.swn,
  assume: [unitV],
  shows: 'ddt(w_u) == -eta * (norm(w_u)^2 * g_u + ((1 - norm(w_u)^2)/norm(w_u)^2) * dot(w_u, g_u) * w_u)',
  wrong: {
    'missing radial term': 'ddt(w_u) == -eta * norm(w_u)^2 * g_u',
    'radial term without its denominator':
      'ddt(w_u) == -eta * (norm(w_u)^2 * g_u + (1 - norm(w_u)^2) * dot(w_u, g_u) * w_u)',
    'order of the difference':
      'ddt(w_u) == -eta * (norm(w_u)^2 * g_u + ((norm(w_u)^2 - 1)/norm(w_u)^2) * dot(w_u, g_u) * w_u)',
    'rate ‖w_u‖':
      'ddt(w_u) == -eta * (norm(w_u) * g_u + ((1 - norm(w_u)^2)/norm(w_u)^2) * dot(w_u, g_u) * w_u)',
  },
})

export const normFlow: Claim = claim({
  id: 'norm-flow',
  source: '(9), (34)',
  says: 'Under gradient flow of EWN the norm of a weight vector moves at the rate −η‖w_u‖² v_uᵀg_u.',
  uses: [thm1Ewn],
  given: flowOf.ewn,
  assume: [unitV],
  shows: 'ddt(norm(w_u)) == -eta * norm(w_u)^2 * dot(v_u, g_u)',
  wrong: {
    'rate ‖w_u‖': 'ddt(norm(w_u)) == -eta * norm(w_u) * dot(v_u, g_u)',
    'inner product with w_u': 'ddt(norm(w_u)) == -eta * norm(w_u)^2 * dot(w_u, g_u)',
    '‖g_u‖ in place of v_uᵀg_u': 'ddt(norm(w_u)) == -eta * norm(w_u)^2 * norm(g_u)',
    sign: 'ddt(norm(w_u)) == eta * norm(w_u)^2 * dot(v_u, g_u)',
  },
})
