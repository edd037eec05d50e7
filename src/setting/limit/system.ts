/** Systems: a net with its loss and labels as the flows that are followed in doubles know them. */
import type { System } from '../../flow/objective.ts'
import type { PointCase } from '../point/case.ts'

/** The system of a case of one of the losses that vanish in the limit. */
export const systemOf = (c: PointCase, normalization: System['normalization'] = 'unnorm'): System => ({
  ...{ net: c.net!, loss: c.loss as System['loss'], normalization },
  labels: c.data!.map(({ y }) => Number(y)),
})
