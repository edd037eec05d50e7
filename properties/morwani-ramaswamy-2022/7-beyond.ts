/** Section 7: conjectures beyond the paper that are statements about one point or one step. */
import {
  section,
  ewn,
  gradientDescent,
  gradientFlow,
  homogeneous,
  identically,
  lossExp,
  nets,
  objective,
  parameterization,
  setting,
  swn,
  unitVectors,
  unnorm,
  type Assumption,
  type Claim,
  type PointCase,
} from '../../src/index.ts'
import { paper } from './paper.ts'
import { thm1Ewn, thm1Swn } from './1-identities.ts'

const claim = section(paper, '7 Beyond the paper')
const ours = { asPrinted: false } as const

export const newVNormEwn: Claim = claim({
  id: 'new-v-norm:ewn',
  ...ours,
  source: 'conjecture',
  says: 'EWN flow in w when ‖v_u(0)‖ = ν_u is any positive number, P the projection on w_u.',
  uses: [thm1Ewn],
  given: setting({ model: nets(), weights: ewn, rule: gradientFlow() }),
  shows: 'ddt(w_u) == -eta*norm(w_u)^2 * (along(w_u, g_u) + perp(w_u, g_u)/norm(v_u)^2)',
  wrong: {
    'ν in place of ν²': 'ddt(w_u) == -eta*norm(w_u)^2 * (along(w_u, g_u) + perp(w_u, g_u)/norm(v_u))',
    'projections exchanged': 'ddt(w_u) == -eta*norm(w_u)^2 * (perp(w_u, g_u) + along(w_u, g_u)/norm(v_u)^2)',
    'no dependence on ν': 'ddt(w_u) == -eta*norm(w_u)^2 * g_u',
    'ν² above the line': 'ddt(w_u) == -eta*norm(w_u)^2 * (along(w_u, g_u) + norm(v_u)^2*perp(w_u, g_u))',
  },
})

export const newVNormSwn: Claim = claim({
  id: 'new-v-norm:swn',
  ...ours,
  source: 'conjecture',
  says: 'SWN flow in w when ‖v_u(0)‖ = ν_u is any positive number, P the projection on w_u.',
  uses: [thm1Swn],
  given: setting({ model: nets(), weights: swn, rule: gradientFlow() }),
  shows: 'ddt(w_u) == -eta*(along(w_u, g_u) + (norm(w_u)^2/norm(v_u)^2)*perp(w_u, g_u))',
  wrong: {
    'ν in place of ν²': 'ddt(w_u) == -eta*(along(w_u, g_u) + (norm(w_u)^2/norm(v_u))*perp(w_u, g_u))',
    'radial rate of EWN':
      'ddt(w_u) == -eta*(norm(w_u)^2*along(w_u, g_u) + (norm(w_u)^2/norm(v_u)^2)*perp(w_u, g_u))',
    'ν² above the line': 'ddt(w_u) == -eta*(along(w_u, g_u) + (norm(w_u)^2*norm(v_u)^2)*perp(w_u, g_u))',
    'no dependence on ν': 'ddt(w_u) == -eta*(along(w_u, g_u) + norm(w_u)^2*perp(w_u, g_u))',
  },
})

/** w = f(α) v/‖v‖ for one weight vector, and a loss whose gradient in w is c. */
const radial = parameterization({
  parameters: { alpha: 'real', v: 'vector' },
  functions: {
    f: {
      of: 'alpha',
      among: [
        ...(['exp(alpha)', 'exp(-alpha)', '-exp(alpha)', '2*exp(alpha)', '-exp(-alpha)/3'] as const),
        ...['alpha', 'alpha^2', 'alpha^3', '1 + exp(alpha)', 'exp(2*alpha)'],
        ...['exp(alpha) + exp(-alpha)', 'alpha*exp(alpha)'],
      ],
    },
  },
  w: 'f(alpha)*v/norm(v)',
})
const reparameterized = setting({
  ...{ model: objective({ w: 'vector' }, 'dot(w, c)'), weights: radial, rule: gradientFlow() },
  variables: { c: 'vector' },
})
const isotropic: Assumption<PointCase> = {
  id: 'isotropic',
  says: 'gradient flow in (α, v) is gradient flow in w with a scalar rate, at every point with ‖v‖ = 1',
  failure: (c: PointCase) => identically(c, 'fprime(alpha)^2 == f(alpha)^2'),
}
const unitV = unitVectors('v')
const onlyExponential = ['fprime(alpha) == f(alpha)', 'f(alpha) > 0']

export const newIsotropicField: Claim = claim({
  id: 'new-isotropic.field',
  ...ours,
  source: 'step of new-isotropic',
  says: 'Under w = f(α) v/‖v‖ with ‖v‖ = 1, flow moves w radially at rate f′² and tangentially at rate f².',
  given: reparameterized,
  assume: [unitV],
  shows: 'ddt(w) == -eta*(fprime(alpha)^2*along(v, g) + f(alpha)^2*perp(v, g))',
  wrong: {
    'rates exchanged': 'ddt(w) == -eta*(f(alpha)^2*along(v, g) + fprime(alpha)^2*perp(v, g))',
    'f′ in place of f′²': 'ddt(w) == -eta*(fprime(alpha)*along(v, g) + f(alpha)^2*perp(v, g))',
    'missing radial part': 'ddt(w) == -eta*f(alpha)^2*perp(v, g)',
    'isotropic for every f': 'ddt(w) == -eta*f(alpha)^2*g',
  },
})

export const newIsotropic: Claim = claim({
  id: 'new-isotropic',
  ...ours,
  source: 'conjecture',
  says: 'If flow under w = f(α) v/‖v‖ is unnormalised flow with a scalar rate per node, then f is a shift of the exponential: f′ = f > 0.',
  uses: [newIsotropicField],
  given: reparameterized,
  assume: [isotropic],
  shows: onlyExponential,
  wrong: {
    'f′ = 2f': 'fprime(alpha) == 2*f(alpha)',
    'f′ = −f': 'fprime(alpha) == -f(alpha)',
    'f′ = 1': 'fprime(alpha) == 1',
  },
  flaw: {
    printed:
      'The exponential is the only f (up to shift) for which flow is unnormalised flow with a scalar rate per node.',
    breaks:
      'Flow moves w radially at the rate f′² and tangentially at the rate f² (new-isotropic.field). One scalar rate asks for f′² = f², and the squares do not see signs: f = C e^{±α} for any C ≠ 0, so that e^{−α} and −e^α qualify as well.',
  },
})

export const newIsotropicAmended: Claim = claim({
  id: 'new-isotropic*',
  ...ours,
  source: 'conjecture',
  says: 'Exactly the functions f = C e^{±α}, C ≠ 0, that is f′² = f², give unnormalised flow with the scalar rate f² = ‖w‖².',
  uses: [newIsotropicField],
  given: reparameterized,
  assume: [isotropic, unitV],
  shows: ['fprime(alpha)^2 == f(alpha)^2', 'ddt(w) == -eta*f(alpha)^2*g'],
  wrong: {
    'rising f only': 'fprime(alpha) == f(alpha)',
    'rate f': 'ddt(w) == -eta*f(alpha)*g',
    'rate f⁴': 'ddt(w) == -eta*f(alpha)^4*g',
    sign: 'ddt(w) == eta*f(alpha)^2*g',
  },
  amends: {
    claim: newIsotropic,
    how: 'admits falling and negative exponentials: f = C e^{±α} for any C ≠ 0',
  },
})

export const newGibbs: Claim = claim({
  id: 'new-gibbs',
  ...ours,
  source: 'conjecture',
  says: "Exponential loss, q the softmax of −m, a_u = w_uᵀG_u: the mean margin is s plus the entropy of q, and each trained layer's a_u sum to H_l times it.",
  given: setting({ model: nets(), weights: ewn }),
  assume: [lossExp, homogeneous],
  shows: ['sum(i, q_i*m_i) == s + Ent', 'sum(u in l, a_u) == H_l*(s + Ent)'],
  wrong: {
    'sign of the entropy': 'sum(i, q_i*m_i) == s - Ent',
    'without the entropy': 'sum(u in l, a_u) == H_l*s',
    'order of the whole net': 'sum(u in l, a_u) == H*(s + Ent)',
    'sum over all nodes': 'sum(u, a_u) == H_l*(s + Ent)',
  },
})

const logBalance = (later: string): string =>
  `(1/H_l)*sum(u in l, log(norm(w_u${later}))) - (1/H_p)*sum(u in p, log(norm(w_u${later})))`
const squareBalance = (later: string): string =>
  `(1/H_l)*sum(u in l, norm(w_u${later})^2) - (1/H_p)*sum(u in p, norm(w_u${later})^2)`

const ewnNets = { model: nets(), weights: ewn }

const logWrong = (conserved: (quantity: string) => string) => ({
  'squares in place of logarithms': conserved(
    '(1/H_l)*sum(u in l, norm(w_u)^2) - (1/H_p)*sum(u in p, norm(w_u)^2)',
  ),
  'factors H_l in place of 1/H_l': conserved(
    'H_l*sum(u in l, log(norm(w_u))) - H_p*sum(u in p, log(norm(w_u)))',
  ),
  'without the factors': conserved('sum(u in l, log(norm(w_u))) - sum(u in p, log(norm(w_u)))'),
  'mean over the layer': conserved(
    '(1/k_l)*sum(u in l, log(norm(w_u))) - (1/k_p)*sum(u in p, log(norm(w_u)))',
  ),
  'sum of the layers': conserved('(1/H_l)*sum(u in l, log(norm(w_u))) + (1/H_p)*sum(u in p, log(norm(w_u)))'),
})
const underFlow = (quantity: string): string => `ddt(${quantity}) == 0`
const underStep = (quantity: string): string => `${quantity.replaceAll('w_u)', 'w_u(t+1))')} == ${quantity}`

export const newBalanceEwnGf: Claim = claim({
  id: 'new-balance-ewn:gf',
  ...ours,
  source: 'conjecture',
  says: 'EWN flow conserves the balance of log-norms between any two trained layers.',
  given: setting({ ...ewnNets, rule: gradientFlow() }),
  assume: [homogeneous],
  shows: `ddt(${logBalance('')}) == 0`,
  wrong: logWrong(underFlow),
})

export const newBalanceEwnGd: Claim = claim({
  id: 'new-balance-ewn:gd',
  ...ours,
  source: 'conjecture',
  says: 'EWN descent conserves the balance of log-norms between any two trained layers, at every step size.',
  given: setting({ ...ewnNets, rule: gradientDescent() }),
  assume: [homogeneous],
  shows: `${logBalance('(t+1)')} == ${logBalance('')}`,
  wrong: logWrong(underStep),
})

export const newBalanceEwnSgd: Claim = claim({
  id: 'new-balance-ewn:sgd',
  ...ours,
  source: 'conjecture',
  says: 'A step of EWN descent on a batch (here the first point) conserves the balance of log-norms.',
  given: setting({ ...ewnNets, rule: gradientDescent({ batch: { size: 1, order: 'random' } }) }),
  assume: [homogeneous],
  shows: `${logBalance('(t+1)')} == ${logBalance('')}`,
  wrong: logWrong(underStep),
})

/** The conserved quantity of Unnorm and SWN: under flow, under descent, and what descent really does. */
function squareBalances(normalization: 'unnorm' | 'swn', moved: (u: string) => string) {
  const choices = { model: nets(), weights: { unnorm, swn }[normalization] }
  const given = setting({ ...choices, rule: gradientDescent() })
  const gf = claim({
    id: `new-balance-l2:${normalization}:gf`,
    ...ours,
    source: 'conjecture',
    says: 'Flow conserves the balance of squared norms between any two trained layers.',
    given: setting({ ...choices, rule: gradientFlow() }),
    assume: [homogeneous],
    shows: `ddt(${squareBalance('')}) == 0`,
    wrong: {
      'logarithms in place of squares': `ddt(${logBalance('')}) == 0`,
      'factors H_l in place of 1/H_l':
        'ddt(H_l*sum(u in l, norm(w_u)^2) - H_p*sum(u in p, norm(w_u)^2)) == 0',
      'norms in place of squares':
        'ddt((1/H_l)*sum(u in l, norm(w_u)) - (1/H_p)*sum(u in p, norm(w_u))) == 0',
      'sum of the layers': 'ddt((1/H_l)*sum(u in l, norm(w_u)^2) + (1/H_p)*sum(u in p, norm(w_u)^2)) == 0',
    },
  })
  const gd = claim({
    id: `new-balance-l2:${normalization}:gd`,
    ...ours,
    source: 'conjecture',
    says: 'Descent conserves the balance of squared norms between any two trained layers.',
    given,
    assume: [homogeneous],
    shows: `${squareBalance('(t+1)')} == ${squareBalance('')}`,
    wrong: {
      'never rises': `${squareBalance('(t+1)')} <= ${squareBalance('')}`,
      'logarithms in place of squares': `${logBalance('(t+1)')} == ${logBalance('')}`,
      'each layer by itself': '(1/H_l)*sum(u in l, norm(w_u(t+1))^2) == (1/H_l)*sum(u in l, norm(w_u)^2)',
    },
    flaw: {
      printed: 'Descent conserves (1/H_l) Σ_{u∈l} ‖w_u‖² − (1/H_l′) Σ_{u∈l′} ‖w_u‖², as flow does.',
      breaks: `${
        normalization === 'unnorm'
          ? '‖w_u − ηg_u‖² = ‖w_u‖² − 2η w_uᵀg_u + η²‖g_u‖²'
          : '‖w_u(t+1)‖² = (γ_u − η v_uᵀg_u/‖v_u‖)² = γ_u² − 2η w_uᵀg_u + η²(v_uᵀg_u)²/‖v_u‖²'
      }. By Euler's identity (1/H_l) Σ_{u∈l} w_uᵀg_u is the same in all layers: the terms of first order cancel, as they do along flow. Those of second order do not.`,
    },
  })
  const change = (sign: string, factor = 'eta^2'): string =>
    `${squareBalance('(t+1)')} == ${squareBalance('')} ${sign} ${factor}*((1/H_l)*sum(u in l, ${moved('u')}) - (1/H_p)*sum(u in p, ${moved('u')}))`
  const gdAmended = claim({
    id: `new-balance-l2:${normalization}:gd*`,
    ...ours,
    source: 'conjecture',
    says: 'Descent changes the balance of squared norms by exactly this term of second order in η.',
    given,
    assume: [homogeneous],
    shows: change('+'),
    wrong: {
      sign: change('-'),
      'first order in η': change('+', 'eta'),
      'twice the term': change('+', '2*eta^2'),
      'no change': `${squareBalance('(t+1)')} == ${squareBalance('')}`,
    },
    amends: { claim: gd, how: 'adds the change of second order in η' },
  })
  return { gf, gd, gdAmended }
}

const unnormBalances = squareBalances('unnorm', (u) => `norm(g_${u})^2`)
const swnBalances = squareBalances('swn', (u) => `dot(v_${u}, g_${u})^2/norm(v_${u})^2`)

export const newBalanceL2UnnormGf: Claim = unnormBalances.gf
export const newBalanceL2UnnormGd: Claim = unnormBalances.gd
export const newBalanceL2UnnormGdAmended: Claim = unnormBalances.gdAmended
export const newBalanceL2SwnGf: Claim = swnBalances.gf
export const newBalanceL2SwnGd: Claim = swnBalances.gd
export const newBalanceL2SwnGdAmended: Claim = swnBalances.gdAmended
