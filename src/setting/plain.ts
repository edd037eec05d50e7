/** Plain layers: dense ones with trained weights, no bias and the activation z, and how far others are from them. */
import type { Layer } from '../net/architecture.ts'

const PLAIN: readonly string[] = ['z', 'relu(z)', 'z^2', 'relu(z)^2', 'z^3', 'relu(z)^3', 'tanh(z)']

/** How far a layer is from a dense one with trained weights, no bias and the activation z: 0 for such a one. */
export function plainness({ connection, bias, frozen, activation }: Layer): number {
  const rank = PLAIN.indexOf(activation)
  return (
    (rank < 0 ? PLAIN.length : rank) +
    PLAIN.length * ((connection === undefined ? 0 : 1) + (bias ? 1 : 0) + (frozen ? 1 : 0))
  )
}

/** Plainer layers: without convolution or bias, with trained weights, or with an activation that comes before. */
export function plainer(layer: Layer): Layer[] {
  const { connection, bias, frozen, ...rest } = layer
  const kept = connection === undefined ? {} : { connection }
  const candidates: Layer[] = []
  if (connection !== undefined) candidates.push({ ...rest, ...(bias && { bias }), ...(frozen && { frozen }) })
  if (bias) candidates.push({ ...rest, ...kept, ...(frozen && { frozen }) })
  if (frozen) candidates.push({ ...rest, ...kept, ...(bias && { bias }) })
  for (const activation of PLAIN.slice(0, Math.max(0, PLAIN.indexOf(layer.activation))))
    candidates.push({ ...layer, activation })
  return candidates
}
