/** Simpler states, in the shrink order of `../simpler.ts`. */
import { wiring, type Architecture, type Layer } from '../../net/architecture.ts'
import { plainer, plainness } from '../plain.ts'
import { hasNorm, without } from '../simpler.ts'
import { holdsValues, lossIn, stepsOf, type LabelledPoint, type PointCase, type Values } from './case.ts'
import { shapeLike, simplerThan, type Exact, type Kind } from './kinds.ts'
import { fewerSteps, simplerRun } from './run.ts'
import { alternativesOf, partsOf, type Spec } from './spec.ts'

/**
 * Simpler cases: fewer points, dimensions, then a plainer loss, fewer layers, units, then plainer layers and formulas,
 * then simpler numbers. Norms that are 1 or rational stay so; what the population holds stays.
 */
export function* simplerCases(c: PointCase, spec: Spec): Iterable<PointCase> {
  yield* fewerSteps(c, spec)
  const [data, net, loss] = ['data', 'net', 'loss'].map((name) => !c.held?.includes(name))
  if (c.net !== undefined && data) yield* fewerPoints(c)
  if (c.net !== undefined && net && !holdsValues(c)) {
    if (data) yield* fewerInputs(c, spec)
    if (data && loss) yield* plainerLoss(c, spec)
    yield* fewerLayers(c, spec)
    if (data) yield* fewerUnits(c, spec)
    yield* plainerLayers(c, spec)
  }
  if (c.net === undefined) yield* fewerDimensions(c)
  yield* plainerFormulas(c, spec)
  yield* simplerRun(c, spec)
  yield* simplerNumbersOf(c, spec)
}

function* fewerPoints(c: PointCase): Iterable<PointCase> {
  if (c.data!.length < 2) return
  for (const [i] of c.data!.entries()) {
    if (c.batches?.flat().includes(i)) continue
    const batches = c.batches?.map((batch) => batch.map((j) => (j > i ? j - 1 : j)))
    yield { ...c, data: c.data!.filter((_, j) => j !== i), ...(batches && { batches }) }
  }
}

const axis = (n: number): string[] => Array.from({ length: n }, (_, i) => (i === 0 ? '1' : '0'))
const normOf = (value: readonly string[]): 'unit' | 'rational' | 'any' =>
  hasNorm(value, 'unit') ? 'unit' : hasNorm(value, 'rational') ? 'rational' : 'any'

/** A vector fitted to a length, without one entry where that is known. */
function fitted(value: Exact, length: number, drop: number | undefined): Exact {
  if (typeof value === 'string' || value.length === length) return value
  if (value.length === length + 1 && drop !== undefined) return without(value, drop, normOf(value))
  return axis(length)
}

/** What a parameter or piece of state of a node is if the node had none. */
function plain(spec: Spec, name: string, length: number): Exact {
  const parts = partsOf(spec)
  const kind = parts.node.get(name) ?? 'vector'
  if (kind === 'vector') return axis(length)
  return kind === 'positive' || (spec.weights?.radius?.parameter === name && !spec.weights.radius.log)
    ? '1'
    : '0'
}

/**
 * The case with another net: each old node that survives keeps its values, fitted to the new fan-in.
 * `from` names the old node of each new one, and `entry` the entry that an old node loses.
 */
function refit(
  c: PointCase,
  spec: Spec,
  net: Architecture,
  from: readonly number[],
  entry: (node: number) => number | undefined,
): PointCase | undefined {
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
  const parts = partsOf(spec)
  const names = [...parts.node.keys(), ...parts.nodeState.keys()]
  const made = nodes.map(({ fanIn, frozen }, at): Values => {
    const old = c.nodes[from[at]!]!
    const drop = entry(from[at]!)
    if (frozen) return { w: fitted(old['w'] ?? axis(fanIn), fanIn, drop) }
    return Object.fromEntries(
      names.map((name) => {
        const value = Object.hasOwn(old, name) ? old[name]! : plain(spec, name, fanIn)
        return [name, fitted(value, fanIn, drop)]
      }),
    )
  })
  const u = chosen['u'] ?? nodes.findIndex(({ frozen }) => !frozen)
  const dimension = nodes[u]!.fanIn
  const values = Object.fromEntries(
    Object.entries(c.values).map(([name, value]) => {
      const drop = entry(from[u]!) ?? (typeof value === 'string' ? 0 : value.length - 1)
      return [name, Object.hasOwn(spec.variables, name) ? fitted(value, dimension, drop) : value]
    }),
  )
  const later = c.later?.map((at) =>
    Object.fromEntries(Object.entries(at).map(([name, value]) => [name, fittedLast(value, dimension)])),
  )
  return { ...c, net, nodes: made, chosen, values, dimension, ...(later && { later }) }
}

const fittedLast = (value: Exact, length: number): Exact =>
  fitted(value, length, typeof value === 'string' ? 0 : value.length - 1)

const everyNode = (c: PointCase): number[] => c.nodes.map((_, u) => u)

function* fewerInputs(c: PointCase, spec: Spec): Iterable<PointCase> {
  const net = c.net!
  if (net.inputs < 2) return
  const { nodes } = wiring(net)
  for (let j = net.inputs - 1; j >= 0; j--) {
    const data = c.data!.map(({ x, y }) => ({ x: x.filter((_, i) => i !== j), y }))
    if (data.some(({ x }) => x.every((e) => e === '0'))) continue
    const fewer = { ...net, inputs: net.inputs - 1 }
    const smaller = refit({ ...c, data }, spec, fewer, everyNode(c), (u) =>
      nodes[u]!.layer === 0 ? j : undefined,
    )
    if (smaller) yield smaller
  }
}

function* fewerLayers(c: PointCase, spec: Spec): Iterable<PointCase> {
  const net = c.net!
  const { nodes } = wiring(net)
  for (const [l] of net.layers.entries()) {
    if (net.layers.length < 2 || l === net.layers.length - 1) continue
    const fewer = { ...net, layers: net.layers.filter((_, i) => i !== l) }
    const from = everyNode(c).filter((u) => nodes[u]!.layer !== l)
    const smaller = refit(c, spec, fewer, from, () => undefined)
    if (smaller) yield smaller
  }
}

const isOfClasses = (c: PointCase): boolean => lossIn(c).labels === 'class'

function* fewerUnits(c: PointCase, spec: Spec): Iterable<PointCase> {
  const net = c.net!
  const { nodes } = wiring(net)
  for (const [u, { layer }] of nodes.entries()) {
    const wide = net.layers[layer]!
    const last = layer === net.layers.length - 1
    if (wide.width < 2 || (last && (wide.width < 3 || !isOfClasses(c)))) continue
    const at = u - nodes.findIndex((node) => node.layer === layer)
    if (last && c.data!.some(({ y }) => y === at)) continue
    const data = last
      ? c.data!.map(({ x, y }): LabelledPoint => ({ x, y: Number(y) > at ? Number(y) - 1 : y }))
      : c.data!
    const layers = net.layers.map((l, i) => (i === layer ? { ...l, width: l.width - 1 } : l))
    const from = everyNode(c).filter((v) => v !== u)
    const smaller = refit({ ...c, data }, spec, { ...net, layers }, from, (v) =>
      nodes[v]!.layer === layer + 1 ? at : undefined,
    )
    if (smaller) yield smaller
  }
}

/** The case with exponential loss: the first output alone, its class labelled +1 and the others −1. */
function* plainerLoss(c: PointCase, spec: Spec): Iterable<PointCase> {
  const { anyLoss, losses } = spec.model as Extract<Spec['model'], { readonly kind: 'nets' }>
  if (!isOfClasses(c) || !(anyLoss || losses.includes('exp(-m)'))) return
  const net = c.net!
  const { nodes } = wiring(net)
  const last = net.layers.length - 1
  for (const [at, u] of everyNode(c)
    .filter((v) => nodes[v]!.layer === last)
    .entries()) {
    const layers = net.layers.map((layer, l) => (l === last ? { ...layer, width: 1 } : layer))
    const from = everyNode(c).filter((v) => nodes[v]!.layer !== last || v === u)
    const data = c.data!.map(({ x, y }) => ({ x, y: y === at ? 1 : -1 }))
    const exponential = { ...c, data, loss: 'exponential' }
    const smaller = refit(exponential, spec, { ...net, layers }, from, () => undefined)
    if (smaller) yield smaller
  }
}

/** Cases with a plainer layer: no convolution or bias, trained weights, or a plainer activation. */
function* plainerLayers(c: PointCase, spec: Spec): Iterable<PointCase> {
  const net = c.net!
  for (const [l, layer] of net.layers.entries())
    for (const candidate of plainer(layer)) {
      const layers = net.layers.map((old, i): Layer => (i === l ? candidate : old))
      const fanIn = (u: number): number => Object.values(c.nodes[u]!).flat().length - 1
      const smaller = refit(c, spec, { ...net, layers }, everyNode(c), (u) =>
        Math.max(0, lastEntry(c, u, fanIn)),
      )
      if (smaller) yield smaller
    }
}

const lastEntry = (c: PointCase, u: number, otherwise: (u: number) => number): number => {
  const vector = Object.values(c.nodes[u]!).find((value) => typeof value !== 'string')
  return vector === undefined ? otherwise(u) : vector.length - 1
}

function* fewerDimensions(c: PointCase): Iterable<PointCase> {
  const entries = Object.entries(c.values)
  if (c.dimension < 2 || c.held !== undefined || entries.every(([, value]) => typeof value === 'string'))
    return
  for (let drop = c.dimension - 1; drop >= 0; drop--) {
    const fewer = (values: Values): Values =>
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : without(value, drop, hasNorm(value, 'unit') ? 'unit' : 'any'),
        ]),
      )
    yield {
      ...c,
      dimension: c.dimension - 1,
      values: fewer(c.values),
      ...(c.later && { later: c.later.map(fewer) }),
    }
  }
}

function* plainerFormulas(c: PointCase, spec: Spec): Iterable<PointCase> {
  for (const [name, among] of Object.entries(alternativesOf(spec)))
    for (const formula of among.slice(0, Math.max(0, among.indexOf(c.formulas[name]!))))
      yield { ...c, formulas: { ...c.formulas, [name]: formula } }
}

function* simplerNumbersOf(c: PointCase, spec: Spec): Iterable<PointCase> {
  const parts = partsOf(spec)
  const held = new Set(c.held)
  const radius = spec.weights?.radius
  const kindOf = (name: string, value: Exact): Kind =>
    parts.node.get(name) ?? (typeof value === 'string' ? 'real' : 'vector')
  const isRadius = (name: string): boolean => name === radius?.parameter && !radius.log
  for (const [u, node] of c.nodes.entries())
    for (const [name, value] of Object.entries(node)) {
      if (held.has(`${name}_${u + 1}`)) continue
      for (const simple of simplerThan(value, shapeLike(value, kindOf(name, value))))
        if (!(isRadius(name) && simple === '0'))
          yield { ...c, nodes: c.nodes.map((old, i) => (i === u ? { ...old, [name]: simple } : old)) }
    }
  if (c.data && !held.has('data')) yield* simplerData(c)
  for (const [name, value] of Object.entries(c.values)) {
    if (held.has(name)) continue
    const kind =
      spec.variables[name] ??
      parts.named.get(name) ??
      (name === 'eta' ? 'positive' : typeof value === 'string' ? 'real' : 'vector')
    for (const simple of simplerThan(value, shapeLike(value, kind)))
      if (!(isRadius(name) && simple === '0')) yield { ...c, values: { ...c.values, [name]: simple } }
  }
}

function* simplerData(c: PointCase): Iterable<PointCase> {
  const put = (i: number, point: LabelledPoint): PointCase => ({
    ...c,
    data: c.data!.map((old, k) => (k === i ? point : old)),
  })
  for (const [i, point] of c.data!.entries())
    for (const [j, entry] of point.x.entries())
      for (const simple of simplerThan(entry, { kind: 'real', dimension: 1 })) {
        const x = point.x.map((old, k) => (k === j ? (simple as string) : old))
        if (x.some((e) => e !== '0')) yield put(i, { ...point, x })
      }
  if (lossIn(c).labels === 'sign')
    for (const [i, point] of c.data!.entries()) if (point.y === -1) yield put(i, { ...point, y: 1 })
}

/** How large a case is, the most important number first. */
export function sizeOf(c: PointCase, spec: Spec): readonly number[] {
  const formulas = Object.entries(alternativesOf(spec)).map(([name, among]) =>
    among.indexOf(c.formulas[name]!),
  )
  const steps = stepsOf(c)
  const run = steps === undefined ? [] : [steps]
  if (c.net === undefined) return [...run, c.dimension, ...formulas]
  return [
    ...run,
    c.data!.length,
    c.net.inputs,
    c.loss === 'exponential' ? 0 : 1,
    c.net.layers.length,
    c.net.layers.reduce((units, { width }) => units + width, 0),
    c.net.layers.reduce((total, layer) => total + plainness(layer), 0),
    ...formulas,
  ]
}
