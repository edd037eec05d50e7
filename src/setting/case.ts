/** Case: one exact small training problem, as plain JSON. */
import { parseRatio } from '../program/constant.ts'
import { Undefined } from '../number/conventions.ts'
import { float64 } from '../number/float64.ts'
import { rational } from '../number/rational.ts'
import { wiring, type Architecture, type Layer } from '../net/architecture.ts'
import { network } from '../net/network.ts'
import { losses } from '../loss/loss.ts'
import { normalizations } from '../normalization/normalization.ts'
import type { System } from '../flow/objective.ts'
import { variableInputs, type Values } from './variables.ts'

/** The parameters of one node: α_u or γ_u and v_u, or w_u alone (always so for a frozen node). */
export interface NodeValues {
  readonly radial?: string
  readonly vector: readonly string[]
}

/** A labelled point. */
export interface PointValues {
  readonly x: readonly string[]
  readonly y: number
}

/** A system with exact parameters, data, step size, chosen nodes (from 0) and variables. */
export interface DynamicsCase {
  readonly net: Architecture
  readonly loss: System['loss']
  readonly normalization: System['normalization']
  readonly nodes: readonly NodeValues[]
  readonly data: readonly PointValues[]
  readonly eta: string
  readonly chosen: Readonly<Record<string, number>>
  readonly variables: Values
}

/** The system of a case. */
export function systemOf(c: DynamicsCase): System {
  return { net: c.net, loss: c.loss, normalization: c.normalization, labels: c.data.map(({ y }) => y) }
}

/** Every input of the programs of a case, by name. */
export function caseInputs(c: DynamicsCase): Map<string, string> {
  const { radial, vector } = normalizations[c.normalization]
  const { nodes } = wiring(c.net)
  const named = c.nodes.flatMap((node, u): [string, string][] => {
    const name = nodes[u]!.frozen ? 'w' : vector
    const entries = node.vector.map((entry, i): [string, string] => [`${name}_${u + 1}_${i + 1}`, entry])
    return node.radial === undefined ? entries : [[`${radial}_${u + 1}`, node.radial], ...entries]
  })
  const points = c.data.flatMap(({ x }, i) =>
    x.map((entry, j): [string, string] => [`x_${i + 1}_${j + 1}`, entry]),
  )
  return new Map([...named, ...points, ['eta', c.eta], ...variableInputs(c.variables)])
}

const double = (text: string): number => rational.toNumber(parseRatio(text))

/** The outputs at each data point, in doubles, infinite where these overflow: for labels and for tuning the size of a case only. */
export function roughOutputs(c: DynamicsCase): number[][] {
  const { weight } = normalizations[c.normalization]
  const w = c.nodes.slice(0, wiring(c.net).nodes.length).map((node) => {
    const vector = node.vector.map(double)
    return node.radial === undefined ? vector : weight(float64, { radial: double(node.radial), vector })
  })
  return c.data.map(({ x }) => {
    try {
      return [...network(float64, c.net, w, x.map(double))]
    } catch (error) {
      if (error instanceof Undefined) return [Infinity]
      throw error
    }
  })
}

/** The case in a parsed JSON value, with `parseRest` for what depends on the setting. */
export function parseCase(json: unknown, parseVariables: (json: unknown) => Values): DynamicsCase {
  const fail = (what: string): never => {
    throw new SyntaxError(`case: expected ${what}`)
  }
  const c = (json ?? fail('an object')) as DynamicsCase
  if (!(c.loss in losses)) fail(`"loss" to be one of ${Object.keys(losses).join(', ')}, got ${c.loss}`)
  if (!(c.normalization in normalizations))
    fail(`"normalization" to be one of ${Object.keys(normalizations).join(', ')}, got ${c.normalization}`)
  if (!Number.isInteger(c.net?.inputs) || !Array.isArray(c.net.layers)) fail('"net" to be an architecture')
  const { nodes } = wiring(c.net)
  const hasRadial = normalizations[c.normalization].radial !== undefined
  const exact = (v: unknown): boolean => typeof v === 'string' && parseRatio(v) !== undefined
  if (!Array.isArray(c.nodes) || c.nodes.length !== nodes.length) fail(`${nodes.length} "nodes"`)
  c.nodes.forEach(({ radial, vector }, u) => {
    const { fanIn, frozen } = nodes[u]!
    if (!Array.isArray(vector) || vector.length !== fanIn || !vector.every(exact))
      fail(`node ${u + 1} to have a "vector" of ${fanIn} exact numbers`)
    const wanted = hasRadial && !frozen
    if (wanted !== (radial !== undefined) || (wanted && !exact(radial)))
      fail(`node ${u + 1} ${wanted ? 'to have an exact' : 'to have no'} "radial"`)
  })
  if (!Array.isArray(c.data) || c.data.length === 0) fail('"data" to be a non-empty list of points')
  c.data.forEach(({ x, y }, i) => {
    if (!Array.isArray(x) || x.length !== c.net.inputs || !x.every(exact) || !Number.isInteger(y))
      fail(`point ${i + 1} to have "x" of ${c.net.inputs} exact numbers and an integer label "y"`)
  })
  if (!exact(c.eta) || parseRatio(c.eta).num <= 0n) fail('"eta" to be a positive exact number')
  Object.entries(c.chosen ?? {}).forEach(([letter, u]) => {
    if (!nodes[u] || nodes[u].frozen) fail(`"chosen" ${letter} to be a trained node`)
  })
  return {
    ...{ net: c.net, loss: c.loss, normalization: c.normalization, nodes: c.nodes, data: c.data, eta: c.eta },
    ...{ chosen: c.chosen ?? {}, variables: parseVariables(c.variables) },
  }
}

/** The net with z in place of every activation that is no power of z or of relu(z). */
export function withPowers(net: Architecture): Architecture {
  const power = (layer: Layer): Layer =>
    /^(z|relu\(z\))(\^\d+)?$/.test(layer.activation) ? layer : { ...layer, activation: 'z' }
  return { ...net, layers: net.layers.map(power) }
}

/** The net with powers only and without biases: its order is the nominal order of the net. */
export function homogeneousPart(net: Architecture): Architecture {
  const layers = withPowers(net).layers.map(({ bias: _, ...layer }): Layer => layer)
  return { ...net, layers }
}
