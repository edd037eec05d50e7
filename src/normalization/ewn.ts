/** EWN: exponential weight normalisation (Morwani & Ramaswamy 2022). */
import { norm, scale } from '../program/field.ts'
import type { Normalization } from './normalization.ts'

/** w_u = e^{α_u} v_u/‖v_u‖. */
export const ewn: Normalization = {
  name: 'ewn',
  radial: 'alpha',
  vector: 'v',
  weight(F, { radial, vector }) {
    const length = norm(F, vector)
    return scale(F, F.exp(radial!), vector).map((entry) => F.div(entry, length))
  },
  norm: (F, { radial }) => F.exp(radial!),
}
