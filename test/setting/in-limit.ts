/** Gradient flow of rate 1 in the limit, for tests of many flows and losses. */
import {
  crossEntropy,
  ewn,
  exponential,
  gradientFlow,
  inTheLimit,
  nets,
  setting,
  swn,
  unnorm,
  type PointCase,
  type Population,
  type Setting,
} from '../../src/index.ts'

import { paper } from '../../properties/morwani-ramaswamy-2022/paper.ts'
import { definitionsIn, type Definition } from '../../src/claim/definitions.ts'

/** The names of limits that the paper has. */
export const paperNotation: readonly Definition[] = definitionsIn('notation', paper.notation!)

/** What a test fixes besides the flow. */
interface Fixed {
  readonly loss?: 'exponential' | 'cross-entropy'
  readonly choose?: readonly ('u' | 'v')[]
  readonly population?: Population
  readonly horizon?: { readonly s: string }
}

/** The setting of a flow in the limit. */
export function inLimit(
  flow: 'unnorm' | 'swn' | 'ewn',
  { loss = 'exponential', horizon, ...rest }: Fixed = {},
): Setting<PointCase> {
  return setting({
    model: nets({ loss: loss === 'exponential' ? [exponential, crossEntropy] : [crossEntropy, exponential] }),
    weights: { unnorm, swn, ewn }[flow],
    rule: gradientFlow({ rate: '1' }),
    moment: horizon ? inTheLimit(horizon) : inTheLimit(),
    ...rest,
  })
}

/** A case at exact weights. */
export const at = (
  given: Pick<PointCase, 'net' | 'data'> & { readonly weights: readonly (readonly string[])[] },
  chosen: PointCase['chosen'] = {},
): PointCase => ({
  ...{ version: 2, dimension: 1, chosen, formulas: { eta: '1' }, loss: 'exponential', values: {} },
  net: given.net!,
  data: given.data!,
  nodes: given.weights.map((w) => ({ w })),
})
