/** Premises that the paper makes throughout, for claims whose settings have them built in. */
import {
  etaConstant,
  homogeneous,
  lossCe,
  lossExp,
  smooth,
  unitStart,
  type DynamicsAssumption,
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
