/** Architectures: a network as plain data. */
import { activation } from './activation.ts'

/**
 * How a layer's units read the layer below: all of it; each unit its own entry; or a 1-d convolution
 * (stride 1, no padding) whose `width` kernels are shared by all positions.
 */
export type Connection = 'dense' | 'diagonal' | { readonly convolution: number }

/** One layer. `width` counts units, or channels in a convolution; `activation` is a formula of z. */
export interface Layer {
  readonly width: number
  readonly activation: string
  /** Frozen weights are data, not parameters: no flow moves them. */
  readonly frozen?: boolean
  /** Adds a constant input 1, whose weight is the last entry of each weight vector. */
  readonly bias?: boolean
  readonly connection?: Connection
  /** The number, from 1, of an earlier layer of the same shape whose weight vectors this one uses too. */
  readonly shared?: number
}

/** A feed-forward network from R^inputs; its outputs are the units of the last layer. */
export interface Architecture {
  readonly inputs: number
  readonly layers: readonly Layer[]
}

/** A node: one weight vector, shared by all units that name it. */
export interface NetNode {
  /** The first layer, from 0, whose units name it. */
  readonly layer: number
  readonly fanIn: number
  readonly frozen: boolean
}

/** A unit: the node whose weights it uses, and the entries of the layer below that it reads. */
export interface Unit {
  readonly node: number
  readonly inputs: readonly number[]
}

/** The wiring of an architecture: its nodes in order, and the units of each layer. */
export interface Wiring {
  readonly nodes: readonly NetNode[]
  readonly layers: readonly (readonly Unit[])[]
  readonly outputs: number
}

const integer = (name: string, n: number): void => {
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`${name}: expected an integer >= 1, got ${n}`)
}
const range = (n: number, from = 0): number[] => Array.from({ length: n }, (_, i) => from + i)

const wirings = new WeakMap<Architecture, Wiring>()

/**
 * The nodes and units of an architecture.
 * @throws RangeError if a size is not positive, a diagonal layer does not match the one below, a convolution
 * is wider than its input, or weights are shared between different shapes; SyntaxError for an unreadable activation.
 */
export function wiring(net: Architecture): Wiring {
  let known = wirings.get(net)
  if (known === undefined) wirings.set(net, (known = wire(net)))
  return known
}

function wire(net: Architecture): Wiring {
  integer('net: inputs', net.inputs)
  integer('net: number of layers', net.layers.length)
  const nodes: NetNode[] = []
  const layers: Unit[][] = []
  const firsts: number[] = []
  let positions = net.inputs
  let channels = 1
  net.layers.forEach((layer, l) => {
    const name = `net: layer ${l + 1}`
    integer(`${name} width`, layer.width)
    activation(layer.activation)
    const below = positions * channels
    const connection = layer.connection ?? 'dense'
    const first = layer.shared === undefined ? nodes.length : sharedFirst(name, net, l, firsts)
    const units: Unit[] = []
    if (connection === 'dense') {
      for (const u of range(layer.width)) units.push({ node: first + u, inputs: range(below) })
    } else if (connection === 'diagonal') {
      if (layer.width !== below)
        throw new RangeError(`${name}: expected the width ${below} of the layer below, got ${layer.width}`)
      for (const u of range(below)) units.push({ node: first + u, inputs: [u] })
    } else {
      integer(`${name} convolution`, connection.convolution)
      if (connection.convolution > positions)
        throw new RangeError(
          `${name}: expected a kernel of at most ${positions} positions, got ${connection.convolution}`,
        )
      for (const at of range(positions - connection.convolution + 1))
        for (const channel of range(layer.width))
          units.push({
            node: first + channel,
            inputs: range(connection.convolution * channels, at * channels),
          })
    }
    const fanIn = units[0]!.inputs.length + (layer.bias ? 1 : 0)
    if (layer.shared === undefined)
      for (const _ of range(layer.width)) nodes.push({ layer: l, fanIn, frozen: layer.frozen ?? false })
    else if (nodes[first]!.fanIn !== fanIn)
      throw new RangeError(
        `${name}: expected ${nodes[first]!.fanIn} weights per unit, those of layer ${layer.shared}, got ${fanIn}`,
      )
    firsts.push(first)
    layers.push(units)
    positions = typeof connection === 'object' ? units.length / layer.width : units.length
    channels = typeof connection === 'object' ? layer.width : 1
  })
  return { nodes, layers, outputs: positions * channels }
}

/** The first node of the earlier layer whose weight vectors layer `l` uses. */
function sharedFirst(name: string, { layers }: Architecture, l: number, firsts: readonly number[]): number {
  const { shared, width, frozen } = layers[l]!
  const first = firsts[shared! - 1]
  if (first === undefined)
    throw new RangeError(`${name} shared: expected the number of an earlier layer, got ${shared}`)
  const other = layers[shared! - 1]!
  if (other.width !== width)
    throw new RangeError(`${name}: expected the width ${other.width} of layer ${shared}, got ${width}`)
  if (frozen !== undefined)
    throw new RangeError(`${name}: expected no "frozen", which layer ${shared} decides, got ${frozen}`)
  return first
}

/** A one-line description, such as `2 → 3 relu(z)^2 → 1 z`. */
export function describe(net: Architecture): string {
  const layer = ({ width, activation: f, frozen, bias, connection, shared }: Layer): string => {
    const kind =
      typeof connection === 'object'
        ? ` conv${connection.convolution}`
        : connection === 'diagonal'
          ? ' diagonal'
          : ''
    return ` → ${width}${kind} ${f}${bias ? ' +bias' : ''}${frozen ? ' frozen' : ''}${shared === undefined ? '' : ` shared with layer ${shared}`}`
  }
  return `${net.inputs}${net.layers.map(layer).join('')}`
}
