/** Regularity: whether a net is C¹, continuous or homogeneous, read off its structure. */
import type { Architecture, Layer } from '../net/architecture.ts'
import { order } from '../net/order.ts'

/** Why a net is not smooth, or `undefined` if each activation is C¹. */
export function kink(net: Architecture): string | undefined {
  const at = net.layers.findIndex((layer) => /relu\(z\)(?!\^)|abs|step|max|min/.test(layer.activation))
  return at < 0 ? undefined : `layer ${at + 1}, ${net.layers[at]!.activation}, is not C¹`
}

/** Why a net is not continuous, or `undefined` if each activation is. */
export function jump(net: Architecture): string | undefined {
  const at = net.layers.findIndex((layer) => /step/.test(layer.activation))
  return at < 0 ? undefined : `layer ${at + 1}, ${net.layers[at]!.activation}, is not continuous`
}

/** The net without its biases; itself if it has none. */
export function unbiased(net: Architecture): Architecture {
  if (net.layers.every(({ bias }) => !bias)) return net
  return { ...net, layers: net.layers.map(({ bias: _, ...layer }): Layer => layer) }
}

/** Why a net is not homogeneous, or `undefined` if it is. */
export function inhomogeneity(net: Architecture): string | undefined {
  const H = order(net)
  return typeof H === 'number' ? undefined : H.reason
}
