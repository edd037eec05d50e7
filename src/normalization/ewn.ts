/** EWN: exponential weight normalisation (Morwani & Ramaswamy 2022). */
import { norm, scale } from '../program/field.ts'
import type { Normalization } from './normalization.ts'

/** w_u = e^{α_u} v_u/‖v_u‖. */
export const ewn: Normalization = {
  name: 'ewn',
  radial: 'alpha',
  vector: 'v',
  weight: (F, { radial, vector }) => scale(F, F.div(F.exp(radial!), norm(F, vector)), vector),
  norm: (F, { radial }) => F.exp(radial!),
}
