/** Unnorm: the parameters are the weights. */
import { norm } from '../program/field.ts'
import type { Normalization } from './normalization.ts'

/** w_u = w_u. */
export const unnorm: Normalization = {
  name: 'unnorm',
  vector: 'w',
  weight: (_, { vector }) => [...vector],
  norm: (F, { vector }) => norm(F, vector),
}
