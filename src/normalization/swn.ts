/** SWN: standard weight normalisation (Salimans & Kingma 2016). */
import { norm, scale } from '../program/field.ts'
import type { Normalization } from './normalization.ts'

/** w_u = γ_u v_u/‖v_u‖, for any real γ_u. */
export const swn: Normalization = {
  name: 'swn',
  radial: 'gamma',
  vector: 'v',
  weight(F, { radial, vector }) {
    const length = norm(F, vector)
    return scale(F, radial!, vector).map((entry) => F.div(entry, length))
  },
  norm: (F, { radial }) => F.sqrt(F.pow(radial!, 2)),
}
