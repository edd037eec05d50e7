/** The paper's assumptions as named objects that a claim can make and a reader can drop. */
import type { Assumption } from '../claim/claim.ts'
import type { DynamicsCase } from './case.ts'
import { inhomogeneity, kink } from './nets.ts'

/** An assumption on training problems. */
export type DynamicsAssumption = Assumption<DynamicsCase>

/** Φ(·, x) is C¹. */
export const smooth: DynamicsAssumption = {
  id: 'smooth',
  says: 'Φ(·, x) is C¹',
  failure: ({ net }) => kink(net),
}

/** Φ(λw, x) = λ^H Φ(w, x) for all λ > 0. */
export const homogeneous: DynamicsAssumption = {
  id: 'homogeneous',
  says: 'Φ(λw, x) = λ^H Φ(w, x) for all λ > 0',
  failure: ({ net }) => inhomogeneity(net),
}

/** ‖v_u‖ = 1 for every node. */
export const unitV: DynamicsAssumption = {
  id: 'unit-v',
  says: 'gradient flow starts with ‖v_u(0)‖ = 1 for every node',
  formula: 'norm(v_u) == 1',
}

/** The loss is exponential. */
export const lossExp: DynamicsAssumption = {
  id: 'loss-exp',
  says: 'the loss is exponential',
  failure: ({ loss }) => (loss === 'exponential' ? undefined : `the loss is ${loss}`),
}

/** The loss is cross-entropy. */
export const lossCe: DynamicsAssumption = {
  id: 'loss-ce',
  says: 'the loss is cross-entropy',
  failure: ({ loss }) => (loss === 'cross-entropy' ? undefined : `the loss is ${loss}`),
}

/** η = 1. */
export const etaOne: DynamicsAssumption = { id: 'eta-one', says: 'η = 1', formula: 'eta == 1' }
