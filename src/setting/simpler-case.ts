/** Simpler training problems, in the shrink order of `simpler.ts`. */
import { wiring, type Architecture } from '../net/architecture.ts'
import type { DynamicsCase, NodeValues } from './case.ts'
import { plainer } from './plain.ts'
import { hasNorm, simplerNumbers, simplerVectors, without, type NormKind } from './simpler.ts'
import { simplerValues, type Values, type Variables } from './variables.ts'

/**
 * Simpler cases: fewer points, dimensions, then a plainer loss, fewer layers, units, then plainer layers, then
 * simpler numbers.
 * Norms that must be 1 or rational stay so. In the positive orthant only numbers shrink, and stay positive.
 */
export function* simplerCases(
  c: DynamicsCase,
  variables: Variables,
  orthant: boolean,
): Iterable<DynamicsCase> {
  if (!orthant) {
    yield* fewerPoints(c)
    yield* fewerInputs(c)
    yield* plainerLoss(c)
    yield* fewerLayers(c)
    yield* fewerUnits(c)
    yield* plainerLayers(c)
  }
  yield* simplerNumbersOf(c, variables, orthant)
}

function* fewerPoints(c: DynamicsCase): Iterable<DynamicsCase> {
  if (c.data.length < 2) return
  for (const [i] of c.data.entries()) yield { ...c, data: c.data.filter((_, j) => j !== i) }
}

const kindOf = (node: NodeValues): NormKind =>
  hasNorm(node.vector, 'unit') ? 'unit' : hasNorm(node.vector, 'rational') ? 'rational' : 'any'

/**
 * The case with another net: each old node that survives keeps its vector, fitted to the new fan-in.
 * `from` names the old node of each new one.
 */
function refit(
  c: DynamicsCase,
  net: Architecture,
  from: readonly number[],
  entry: (node: number) => number | undefined,
): DynamicsCase | undefined {
  let nodes
  try {
    nodes = wiring(net).nodes
  } catch {
    return undefined
  }
  if (nodes.length !== from.length || nodes.every(({ frozen }) => frozen)) return undefined
  const chosen: Record<string, number> = {}
  const surviving = Object.values(c.chosen).map((u) => from.indexOf(u))
  for (const [letter, u] of Object.entries(c.chosen)) {
    const taken = [...surviving, ...Object.values(chosen)]
    const kept = from.indexOf(u)
    const at = kept >= 0 ? kept : nodes.findIndex(({ frozen }, v) => !frozen && !taken.includes(v))
    if (at < 0 || nodes[at]!.frozen) return undefined
    chosen[letter] = at
  }
  const made = nodes.map(({ fanIn, frozen }, at): NodeValues => {
    const old = c.nodes[from[at]!]!
    const kind = kindOf(old)
    let vector: readonly string[] = old.vector
    const drop = entry(from[at]!)
    if (vector.length === fanIn + 1 && drop !== undefined) vector = without(vector, drop, kind)
    if (vector.length !== fanIn) vector = Array.from({ length: fanIn }, (_, i) => (i === 0 ? '1' : '0'))
    if (frozen || c.normalization === 'unnorm') return { vector }
    if (old.radial === undefined)
      return { radial: c.normalization === 'ewn' ? '0' : '1', vector: axis(fanIn) }
    return { radial: old.radial, vector }
  })
  const u = chosen['u'] ?? nodes.findIndex(({ frozen }) => !frozen)
  const fits = Object.values(c.variables).every(
    (value) => typeof value === 'string' || value.length === nodes[u]!.fanIn,
  )
  const values = fits
    ? c.variables
    : Object.fromEntries(
        Object.entries(c.variables).map(([name, value]) => {
          if (typeof value === 'string' || value.length === nodes[u]!.fanIn) return [name, value]
          const drop = entry(from[u]!) ?? value.length - 1
          const kind = hasNorm(value, 'unit') ? 'unit' : 'any'
          const less = without(value, drop, kind)
          return [name, less.length === nodes[u]!.fanIn ? less : axis(nodes[u]!.fanIn)]
        }),
      )
  return { ...c, net, nodes: made, chosen, variables: values }
}

const axis = (n: number): string[] => Array.from({ length: n }, (_, i) => (i === 0 ? '1' : '0'))
const everyNode = (c: DynamicsCase): number[] => c.nodes.map((_, u) => u)

function* fewerInputs(c: DynamicsCase): Iterable<DynamicsCase> {
  if (c.net.inputs < 2) return
  const { nodes } = wiring(c.net)
  for (let j = c.net.inputs - 1; j >= 0; j--) {
    const data = c.data.map(({ x, y }) => ({ x: x.filter((_, i) => i !== j), y }))
    if (data.some(({ x }) => x.every((e) => e === '0'))) continue
    const net = { ...c.net, inputs: c.net.inputs - 1 }
    const smaller = refit({ ...c, data }, net, everyNode(c), (u) => (nodes[u]!.layer === 0 ? j : undefined))
    if (smaller) yield smaller
  }
}

function* fewerLayers(c: DynamicsCase): Iterable<DynamicsCase> {
  const { nodes } = wiring(c.net)
  for (const [l] of c.net.layers.entries()) {
    if (c.net.layers.length < 2 || l === c.net.layers.length - 1) continue
    const net = { ...c.net, layers: c.net.layers.filter((_, i) => i !== l) }
    const from = everyNode(c).filter((u) => nodes[u]!.layer !== l)
    const smaller = refit(c, net, from, () => undefined)
    if (smaller) yield smaller
  }
}

function* fewerUnits(c: DynamicsCase): Iterable<DynamicsCase> {
  const { nodes } = wiring(c.net)
  for (const [u, { layer }] of nodes.entries()) {
    const wide = c.net.layers[layer]!
    const last = layer === c.net.layers.length - 1
    if (wide.width < 2 || (last && (wide.width < 3 || c.loss !== 'cross-entropy'))) continue
    const at = u - nodes.findIndex((node) => node.layer === layer)
    if (last && c.data.some(({ y }) => y === at)) continue
    const data = last ? c.data.map(({ x, y }) => ({ x, y: y > at ? y - 1 : y })) : c.data
    const layers = c.net.layers.map((l, i) => (i === layer ? { ...l, width: l.width - 1 } : l))
    const from = everyNode(c).filter((v) => v !== u)
    const smaller = refit({ ...c, data }, { ...c.net, layers }, from, (v) =>
      nodes[v]!.layer === layer + 1 ? at : undefined,
    )
    if (smaller) yield smaller
  }
}

/** The case with exponential loss: the first output alone, its class labelled +1 and the others −1. */
function* plainerLoss(c: DynamicsCase): Iterable<DynamicsCase> {
  if (c.loss !== 'cross-entropy') return
  const { nodes } = wiring(c.net)
  const last = c.net.layers.length - 1
  for (const [at, u] of everyNode(c)
    .filter((v) => nodes[v]!.layer === last)
    .entries()) {
    const layers = c.net.layers.map((layer, l) => (l === last ? { ...layer, width: 1 } : layer))
    const from = everyNode(c).filter((v) => nodes[v]!.layer !== last || v === u)
    const data = c.data.map(({ x, y }) => ({ x, y: y === at ? 1 : -1 }))
    const smaller = refit({ ...c, data, loss: 'exponential' }, { ...c.net, layers }, from, () => undefined)
    if (smaller) yield smaller
  }
}

/** Cases with a plainer layer: no convolution or bias, trained weights, or the activation z, z², relu(z)². */
function* plainerLayers(c: DynamicsCase): Iterable<DynamicsCase> {
  for (const [l, layer] of c.net.layers.entries())
    for (const candidate of plainer(layer)) {
      const layers = c.net.layers.map((old, i) => (i === l ? candidate : old))
      const fanIn = (u: number): number => c.nodes[u]!.vector.length - 1
      const smaller = refit(c, { ...c.net, layers }, everyNode(c), fanIn)
      if (smaller) yield smaller
    }
}

function* simplerNumbersOf(c: DynamicsCase, variables: Variables, orthant: boolean): Iterable<DynamicsCase> {
  const positive = (list: string[]): string[] => list.filter((s) => s !== '0' && !s.startsWith('-'))
  for (const [u, node] of c.nodes.entries()) {
    const put = (changed: NodeValues): DynamicsCase => ({
      ...c,
      nodes: c.nodes.map((old, i) => (i === u ? changed : old)),
    })
    if (node.radial !== undefined)
      for (const radial of simplerNumbers(node.radial))
        if (c.normalization === 'ewn' || radial !== '0') yield put({ ...node, radial })
    if (!orthant)
      for (const vector of simplerVectors(node.vector, kindOf(node))) yield put({ ...node, vector })
  }
  for (const [i, point] of c.data.entries())
    for (const [j, entry] of point.x.entries())
      for (const simple of orthant ? positive(simplerNumbers(entry)) : simplerNumbers(entry)) {
        const x = point.x.map((old, k) => (k === j ? simple : old))
        if (x.some((e) => e !== '0'))
          yield { ...c, data: c.data.map((old, k) => (k === i ? { ...old, x } : old)) }
      }
  if (c.loss === 'exponential' && !orthant)
    for (const [i, point] of c.data.entries())
      if (point.y === -1) yield { ...c, data: c.data.map((old, k) => (k === i ? { ...old, y: 1 } : old)) }
  for (const eta of positive(simplerNumbers(c.eta))) yield { ...c, eta }
  for (const values of simplerValues(variables, c.variables) as Iterable<Values>)
    yield { ...c, variables: values }
}
