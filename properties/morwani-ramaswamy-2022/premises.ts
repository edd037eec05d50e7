/** Premises and letters of the paper, and its setting of long runs. */
import {
  crossEntropy,
  etaConstant,
  ewn,
  exponential,
  gradientFlow,
  homogeneous,
  inTheLimit,
  lossCe,
  lossExp,
  nets,
  setting,
  smooth,
  swn,
  unitStart,
  unnorm,
  type Aim,
  type Draft,
  type DynamicsAssumption,
  type PointCase,
  type Population,
  type Setting,
} from '../../src/index.ts'

const losses: Readonly<Record<'exponential' | 'cross-entropy', DynamicsAssumption>> = {
  exponential: lossExp,
  'cross-entropy': lossCe,
}

/** The loss, a C¹ homogeneous Φ, ‖v_u(0)‖ = 1 where there is a v_u, and η = 1, of a flow that is followed in w. */
export const flowOf = (
  flow: 'unnorm' | 'swn' | 'ewn',
  loss: 'exponential' | 'cross-entropy' = 'exponential',
): readonly DynamicsAssumption[] => [
  ...[losses[loss], smooth, homogeneous],
  ...(flow === 'unnorm' ? [] : [unitStart]),
  etaConstant,
]

/** What a claim fixes about its long runs besides flow and loss. */
interface LongRunOptions {
  readonly choose?: readonly ('u' | 'v')[]
  readonly population: Population
  readonly horizon?: { readonly s: string }
}

/** Gradient flow of rate 1 in the limit. */
export function inLimit(
  flow: 'unnorm' | 'swn' | 'ewn',
  loss: 'exponential' | 'cross-entropy',
  { horizon, ...rest }: LongRunOptions,
): Setting<PointCase> {
  return setting({
    // The loss is a premise, so that it can be dropped: starts have the first one.
    model: nets({
      loss: loss === 'exponential' ? [exponential, crossEntropy] : [crossEntropy, exponential],
    }),
    weights: { unnorm, swn, ewn }[flow],
    rule: gradientFlow({ rate: '1' }),
    moment: horizon ? inTheLimit(horizon) : inTheLimit(),
    ...rest,
  })
}

/** The weights of the nodes of a case that is followed in them. */
export const weightsIn = (nodes: PointCase['nodes']): (readonly string[])[] =>
  nodes.map(({ w }) => w as readonly string[])

/** Labels that the net itself gives, and weights so large that the loss at the start is below a bound. */
function lossBelow(bound: number): Aim {
  return (draft) => {
    let at = draft.labelled()
    const isBelow = (one: Draft): boolean => one.evaluate('L(t_0)')[0]! < bound
    for (let i = 0; i < 24 && !isBelow(at); i++) at = at.larger()
    return isBelow(at) ? at : undefined
  }
}

/** A1 at the start t₀ of a trajectory: L(w(t₀)) < 1. */
export const startsBelow1: DynamicsAssumption = Object.freeze({
  id: 'A1',
  says: 'L(w(t₀)) < 1',
  formula: 'L(t_0) < 1',
  aim: lossBelow(0.95),
})

/** A1 at the start t₀ of a trajectory under cross-entropy: L(w(t₀)) < log 2. */
export const startsBelowLog2: DynamicsAssumption = Object.freeze({
  id: 'A1',
  says: 'L(w(t₀)) < log 2',
  formula: 'L(t_0) < log(2)',
  aim: lossBelow(0.95 * Math.LN2),
})

/** A1: the loss falls below what separates the data (1, or log 2 under cross-entropy). */
export const A1: DynamicsAssumption = {
  id: 'A1',
  says: 'some t₀ has L(w(t₀)) < 1 (cross-entropy: < log 2)',
  formula: 'some(L < L_sep)',
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
