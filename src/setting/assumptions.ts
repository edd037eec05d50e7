/** The paper's assumptions as named objects that a claim can make and a reader can drop. */
import type { Assumption } from '../claim/claim.ts'
import type { DynamicsCase } from './case.ts'
import { inhomogeneity, jump, kink, unbiased } from './nets.ts'

/** An assumption on training problems. */
export type DynamicsAssumption = Assumption<DynamicsCase>

/** Φ(·, x) is C¹. */
export const smooth: DynamicsAssumption = {
  id: 'smooth',
  says: 'Φ(·, x) is C¹',
  failure: ({ net }) => kink(net),
  weaker: [
    {
      id: 'continuous',
      says: 'Φ(·, x) is continuous, with kinks as those of ReLU',
      failure: ({ net }) => jump(net),
    },
  ],
}

/** Φ(λw, x) = λ^H Φ(w, x) for all λ > 0. */
export const homogeneous: DynamicsAssumption = {
  id: 'homogeneous',
  says: 'Φ(λw, x) = λ^H Φ(w, x) for all λ > 0',
  failure: ({ net }) => inhomogeneity(net),
  weaker: [
    {
      id: 'but-for-biases',
      says: 'Φ without its biases is homogeneous',
      failure: ({ net }) => inhomogeneity(unbiased(net)),
    },
    {
      id: 'no-biases',
      says: 'Φ has no biases; its activations may be inhomogeneous, as tanh is',
      failure: ({ net }) => (unbiased(net) === net ? undefined : 'it has a bias'),
    },
  ],
}

/** ‖v_u‖ = 1 for every node. */
export const unitV: DynamicsAssumption = {
  id: 'unit-v',
  says: 'gradient flow starts with ‖v_u(0)‖ = 1 for every node',
  formula: 'norm(v_u) == 1',
  weaker: [{ id: 'v>=1', says: '‖v_u(0)‖ ≥ 1 for every node', formula: 'norm(v_u) >= 1' }],
}

/** The loss is exponential. */
export const lossExp: DynamicsAssumption = {
  id: 'loss-exp',
  says: 'the loss is exponential',
  failure: ({ loss }) => (loss === 'exponential' ? undefined : `the loss is ${loss}`),
  weaker: [
    {
      id: 'exp-or-ce',
      says: 'the loss is exponential or cross-entropy',
      failure: ({ loss }) => (loss === 'squared' ? 'the loss is squared' : undefined),
    },
    {
      id: 'exp-or-squared',
      says: 'the loss is exponential or squared, ½ Σ (Φ − y)²',
      failure: ({ loss }) => (loss === 'cross-entropy' ? 'the loss is cross-entropy' : undefined),
    },
  ],
}

/** The loss is cross-entropy. */
export const lossCe: DynamicsAssumption = {
  id: 'loss-ce',
  says: 'the loss is cross-entropy',
  failure: ({ loss }) => (loss === 'cross-entropy' ? undefined : `the loss is ${loss}`),
}

/** η = 1. */
export const etaOne: DynamicsAssumption = {
  id: 'eta-one',
  says: 'η = 1',
  formula: 'eta == 1',
  weaker: [
    { id: 'small-eta', says: 'η ≤ 1: small steps', formula: 'eta <= 1' },
    { id: 'large-eta', says: 'η ≥ 1: large steps', formula: 'eta >= 1' },
  ],
}

/** A1: the loss falls below what separates the data (1, or log 2 under cross-entropy). */
export const A1: DynamicsAssumption = {
  id: 'A1',
  says: 'some t₀ has L(w(t₀)) < 1 (cross-entropy: < log 2)',
  formula: 'some(L < L_1)',
}

/** A2: the direction of the gradient converges. */
export const A2: DynamicsAssumption = {
  id: 'A2',
  says: '−∇L/‖∇L‖ converges to a vector g̃',
  formula: 'converges(g/norm(g))',
}

/** A3: the direction of the weights converges. */
export const A3: DynamicsAssumption = {
  id: 'A3',
  says: 'w/‖w‖ converges to a vector w̃',
  formula: 'converges(w/norm(w))',
}

/** ρ > 0: the limit margin is positive. */
export const rhoPositive: DynamicsAssumption = {
  id: 'rho>0',
  says: 'the limit margin ρ = min_i y_iΦ(w̃, x_i) is positive',
  formula: 'rho > 0',
}

/** grow(u): the norm of a chosen node tends to ∞. */
export const grow = (u: 'u' | 'v'): DynamicsAssumption => ({
  id: `grow(${u})`,
  says: `‖w_${u}(t)‖ → ∞`,
  formula: `lim(norm(w_${u})) == inf`,
})

/** A chosen node has a part in the limit of the gradient's direction. */
export const gradientPart = (u: 'u' | 'v'): DynamicsAssumption => ({
  id: `gtilde_${u}>0`,
  says: `‖g̃_${u}‖ > 0`,
  formula: `norm(gtilde_${u}) > 0`,
})

/** slow-r: with w = g(t) w̃ + r(t), r ⊥ w̃, the rest moves slower than g. */
export const slowRest: DynamicsAssumption = {
  id: 'slow-r',
  says: "with w = g(t) w̃ + r(t), r ⊥ w̃: ‖r'‖/g' → 0, that is w'/‖w'‖ → w̃",
  formula: 'lim(ddt(w)/norm(ddt(w))) == wtilde',
}
