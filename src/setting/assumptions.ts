/** The paper's assumptions as named objects that a claim can make and a reader can drop. */
import type { Assumption } from '../claim/claim.ts'
import type { Assumed } from '../claim/setting.ts'
import { parseRatio } from '../program/constant.ts'
import type { Architecture } from '../net/architecture.ts'
import { lossName } from './point/case.ts'
import { inhomogeneity, jump, kink, unbiased } from './regularity.ts'

/** What assumptions on nets, losses and data read of a case. */
export interface OnTraining {
  readonly net?: Architecture
  readonly loss?: string
  readonly data?: readonly { readonly x: readonly string[]; readonly y: number | string }[]
  readonly eta?: string
  /** The formulas that are chosen, the rate `eta` among them. */
  readonly formulas?: Readonly<Record<string, string>>
}

/** An assumption on training problems. */
export type DynamicsAssumption = Assumption<OnTraining>

/** The failure of an assumption on nets. */
const onNet =
  (why: (net: Architecture) => string | undefined) =>
  ({ net }: OnTraining): string | undefined =>
    net === undefined ? 'there is no net' : why(net)
const onData =
  (why: (data: NonNullable<OnTraining['data']>) => string | undefined) =>
  ({ data }: OnTraining): string | undefined =>
    data === undefined ? 'there are no data' : why(data)

/** Settings ask for the object: it stays what it is. */
const named = <A extends Assumption>(assumption: A): A => Object.freeze(assumption)

/** Whether cases are asked for in which an assumption certainly fails. */
export const isNegated = (assumed: Assumed, assumption: Assumption): boolean =>
  [...assumed].some(({ negates }) => negates === assumption)

/** Φ(·, x) is continuous: what may be left of `smooth`. */
export const continuous: DynamicsAssumption = named({
  id: 'continuous',
  says: 'Φ(·, x) is continuous, with kinks as those of ReLU',
  failure: onNet(jump),
})

/** Φ(·, x) is C¹. */
export const smooth: DynamicsAssumption = named({
  id: 'smooth',
  says: 'Φ(·, x) is C¹',
  failure: onNet(kink),
  weaker: [continuous],
})

/** What may be left of `homogeneous`: biases are allowed. */
export const butForBiases: DynamicsAssumption = named({
  id: 'but-for-biases',
  says: 'Φ without its biases is homogeneous',
  failure: onNet((net) => inhomogeneity(unbiased(net))),
})

/** What may be left of `homogeneous`: inhomogeneous activations are allowed. */
export const noBiases: DynamicsAssumption = named({
  id: 'no-biases',
  says: 'Φ has no biases; its activations may be inhomogeneous, as tanh is',
  failure: onNet((net) => (unbiased(net) === net ? undefined : 'it has a bias')),
})

/** Φ(λw, x) = λ^H Φ(w, x) for all λ > 0. */
export const homogeneous: DynamicsAssumption = named({
  id: 'homogeneous',
  says: 'Φ(λw, x) = λ^H Φ(w, x) for all λ > 0',
  failure: onNet(inhomogeneity),
  weaker: [butForBiases, noBiases],
})

/** ‖v_u‖ = 1 for every trained node, whether or not the claim chooses nodes u and v. */
export const unitV: DynamicsAssumption = named({
  id: 'unit-v',
  says: 'gradient flow starts with ‖v_u(0)‖ = 1 for every node',
  formula: 'min(u, norm(v_u)) == max(u, norm(v_u)) == 1',
  weaker: [{ id: 'v>=1', says: '‖v_u(0)‖ ≥ 1 for every node', formula: 'min(u, norm(v_u)) >= 1' }],
})

/** γ_u > 0, of the chosen node u or, if none is chosen, of every node. */
export const gammaPositive: DynamicsAssumption = named({
  id: 'gamma>0',
  says: 'γ_u > 0',
  formula: 'gamma_u > 0',
})

/** What may be left of `loss-exp`. */
export const expOrCe: DynamicsAssumption = named({
  id: 'exp-or-ce',
  says: 'the loss is exponential or cross-entropy',
  failure: ({ loss }: OnTraining) => (loss === 'squared' ? 'the loss is squared' : undefined),
})

/** What may be left of `loss-exp`: the squared loss is drawn for this alone. */
export const expOrSquared: DynamicsAssumption = named({
  id: 'exp-or-squared',
  says: 'the loss is exponential or squared, ½ Σ (Φ − y)²',
  failure: ({ loss }: OnTraining) => (loss === 'cross-entropy' ? 'the loss is cross-entropy' : undefined),
})

/** The loss is exponential. */
export const lossExp: DynamicsAssumption = named({
  id: 'loss-exp',
  says: 'the loss is exponential',
  failure: ({ loss }: OnTraining) => (loss === 'exponential' ? undefined : `the loss is ${loss ?? 'absent'}`),
  weaker: [expOrCe, expOrSquared],
})

/** The loss is cross-entropy. */
export const lossCe: DynamicsAssumption = named({
  id: 'loss-ce',
  says: 'the loss is cross-entropy',
  failure: ({ loss }: OnTraining) =>
    loss === 'cross-entropy' ? undefined : `the loss is ${loss ?? 'absent'}`,
})

const losses = new Map<string, DynamicsAssumption>()

/** The loss is the one of this formula. */
export function lossIs(formula: string): DynamicsAssumption {
  const name = lossName(formula)
  const known =
    { exponential: lossExp, 'cross-entropy': lossCe }[name] ??
    losses.get(name) ??
    named({
      id: `loss is ${name}`,
      says: `the loss is ${name}`,
      failure: ({ loss }: OnTraining) => (loss === name ? undefined : `the loss is ${loss ?? 'absent'}`),
    })
  losses.set(name, known)
  return known
}

/** Whether an assumption on losses, if it is one, allows a loss. */
export function allowsLoss(assumption: Assumption, loss: string): boolean | undefined {
  const own = [lossExp, lossCe, expOrCe, expOrSquared, ...losses.values()].find((one) => one === assumption)
  return own && own.failure!({ loss }) === undefined
}

/** η = 1. */
export const etaOne: DynamicsAssumption = named({
  id: 'eta-one',
  says: 'η = 1',
  formula: 'eta == 1',
  weaker: [
    { id: 'small-eta', says: 'η ≤ 1: small steps', formula: 'eta <= 1' },
    { id: 'large-eta', says: 'η ≥ 1: large steps', formula: 'eta >= 1' },
  ],
})

/** There is one data point. */
export const onePoint: DynamicsAssumption = named({
  id: 'one-point',
  says: 'there is one data point',
  failure: onData((data) => (data.length === 1 ? undefined : `there are ${data.length} points`)),
})

/** Every label is +1 (exponential and squared loss). */
export const labelsPositive: DynamicsAssumption = named({
  id: 'label+1',
  says: 'every label is +1',
  failure: onData((data) => (data.every(({ y }) => y === 1) ? undefined : 'a label is not +1')),
})

/** Every entry of every data point is positive. */
export const zPositive: DynamicsAssumption = named({
  id: 'z-positive',
  says: 'all entries of z are positive',
  failure: onData((data) =>
    data.every(({ x }) => x.every((e) => parseRatio(e).num > 0n)) ? undefined : 'an entry is not positive',
  ),
})

/** ‖v_u(0)‖ = 1 where gradient flow is followed in the weights w_u, whose field has it built in. */
export const unitStart: DynamicsAssumption = named({
  id: 'unit-v',
  says: 'gradient flow starts with ‖v_u(0)‖ = 1 for every node',
  failure: () => undefined,
})

/** η = 1 where gradient flow is followed at that rate. */
export const etaConstant: DynamicsAssumption = named({
  id: 'eta-one',
  says: 'η = 1',
  failure({ eta, formulas = {} }: OnTraining) {
    const rate = eta ?? formulas['eta']
    return rate === '1' ? undefined : `η is ${rate ?? 'absent'}`
  },
})
