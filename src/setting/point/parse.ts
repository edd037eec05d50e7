/** Parse: a state of a setting from plain JSON, of this form or of the first one. */
import { wiring, type Architecture, type NetNode } from '../../net/architecture.ts'
import type { Loss } from '../../model/loss.ts'
import { parseRatio } from '../../program/constant.ts'
import { isLabel, lossIn, lossName, type LabelledPoint, type PointCase, type Values } from './case.ts'
import { lengthOf } from './length.ts'
import { clockOf, runIn } from './run.ts'
import { described, isOf, type Exact, type Kind, type Shape } from './kinds.ts'
import { alternativesOf, isCount, partsOf, runOf, type Spec } from './spec.ts'

const fail = (what: string): never => {
  throw new SyntaxError(`case: expected ${what}`)
}
const isObject = (v: unknown): v is Readonly<Record<string, unknown>> =>
  typeof v === 'object' && v !== null && !Array.isArray(v)
const shown = (v: unknown): string => JSON.stringify(v) ?? 'nothing'

/** The case in a JSON value. @throws SyntaxError naming the first thing that does not fit. */
export function parsePoint(json: unknown, spec: Spec): PointCase {
  if (!isObject(json)) return fail('an object')
  const given = json['version'] === undefined ? modern(json, spec) : json
  if (given['version'] !== 2) return fail(`"version" to be 2, got ${shown(given['version'])}`)
  const formulas = formulasIn(given['formulas'], spec)
  const { held } = given
  if (held !== undefined && !(Array.isArray(held) && held.every((name) => typeof name === 'string')))
    return fail('"held" to be a list of names')
  const rest = { version: 2 as const, formulas, ...(held !== undefined && { held: held as string[] }) }
  if (spec.model?.kind !== 'nets') {
    const { dimension } = given
    if (!Number.isInteger(dimension) || Number(dimension) < 1)
      return fail(`"dimension" to be an integer >= 1, got ${shown(dimension)}`)
    const c = { ...rest, dimension: dimension as number, chosen: {}, nodes: [] }
    const made = { ...c, values: valuesIn(given['values'], spec, dimension as number, { ...c, values: {} }) }
    return { ...made, ...runIn(given, spec, made) }
  }
  return parseTraining(given, spec, rest)
}

function parseTraining(
  given: Readonly<Record<string, unknown>>,
  spec: Spec,
  rest: Pick<PointCase, 'version' | 'formulas' | 'held'>,
): PointCase {
  const { net, loss, data, chosen = {}, nodes } = given
  if (!isObject(net) || !Array.isArray(net['layers']) || !net['layers'].every(isObject))
    return fail('"net" to be an architecture')
  const { losses, anyLoss } = spec.model as Extract<Spec['model'], { readonly kind: 'nets' }>
  if (!anyLoss && !rest.held?.includes('loss') && !losses.map(lossName).includes(loss as string))
    return fail(`"loss" to be ${losses.map(lossName).join(' or ')}, got ${shown(loss)}`)
  const { labels } =
    typeof loss === 'string' ? knownLoss(loss) : fail(`"loss" to be a name or a formula, got ${shown(loss)}`)
  const wires = wired(net as unknown as Architecture)
  if (labels === 'class' ? wires.outputs < 2 : wires.outputs !== 1)
    return fail(
      `${labels === 'class' ? 'two outputs or more' : 'one output'} under ${loss as string} loss, got ${wires.outputs}`,
    )
  const inputs = (net as unknown as Architecture).inputs
  const points = pointsIn(data, inputs, labels, wires.outputs)
  const picks = isObject(chosen)
    ? (chosen as Readonly<Record<string, number>>)
    : fail('"chosen" to be an object')
  if (Object.keys(picks).toSorted().join() !== [...spec.choose].toSorted().join())
    return fail(`"chosen" to name a node for each of [${spec.choose.join(', ')}]`)
  for (const [letter, u] of Object.entries(picks))
    if (wires.nodes[u]?.frozen !== false) return fail(`"chosen" ${letter} to be a trained node`)
  if (!Array.isArray(nodes) || nodes.length !== wires.nodes.length)
    return fail(`${wires.nodes.length} "nodes"`)
  const lead = picks['u'] ?? wires.nodes.findIndex(({ frozen }) => !frozen)
  const dimension = wires.nodes[lead]?.fanIn ?? 1
  const made: PointCase = {
    ...rest,
    ...{ net: net as unknown as Architecture, loss: loss as string, data: points, chosen: picks, dimension },
    nodes: wires.nodes.map((node, u) => nodeIn(nodes[u], spec, node, u)),
    values: {},
  }
  return { ...made, values: valuesIn(given['values'], spec, dimension, made), ...runIn(given, spec, made) }
}

function knownLoss(loss: string): ReturnType<typeof lossIn> {
  try {
    return lossIn({ loss })
  } catch (error) {
    return fail(`"loss" to be a name or a formula: ${(error as Error).message}`)
  }
}

function wired(net: Architecture): ReturnType<typeof wiring> {
  try {
    return wiring(net)
  } catch (error) {
    throw new SyntaxError(`case: ${(error as Error).message}`, { cause: error })
  }
}

function pointsIn(data: unknown, inputs: number, labels: Loss['labels'], outputs: number): LabelledPoint[] {
  if (!Array.isArray(data) || data.length === 0) return fail('"data" to be a non-empty list of points')
  return data.map((point: unknown, i) => {
    if (!isObject(point)) return fail(`point ${i + 1} to be an object`)
    const { x, y } = point
    if (!isOf(x, { kind: 'vector', dimension: inputs }, true))
      return fail(`point ${i + 1} to have "x" of ${inputs} exact numbers`)
    const known = labels === 'sign' ? [1, -1] : Array.from({ length: outputs }, (_, j) => j)
    if (!isLabel(y, labels, outputs))
      return fail(
        `point ${i + 1} to have a label "y" ${labels === 'real' ? 'that is an exact number' : `among ${known.join(', ')}`}`,
      )
    return { x: x as readonly string[], y }
  })
}

/** Whether 0 is no value of a parameter: a radius gives its node a direction. */
const isRadius = (spec: Spec, name: string): boolean =>
  spec.weights?.radius?.parameter === name && !spec.weights.radius.log

function valueIn(at: string, value: unknown, shape: Shape, zero: boolean): Exact {
  return isOf(value, shape, zero) ? value : fail(`"${at}" to be ${described(shape)}, got ${shown(value)}`)
}

function nodeIn(node: unknown, spec: Spec, { fanIn, frozen }: NetNode, u: number): Values {
  if (!isObject(node)) return fail(`node ${u + 1} to be an object`)
  const vector: Shape = { kind: 'vector', dimension: fanIn }
  if (frozen) return { w: valueIn(`w_${u + 1}`, node['w'], vector, true) }
  const parts = partsOf(spec)
  const kinds: [string, Kind | undefined][] = [
    ...parts.node,
    ...(spec.moment ? [] : [...parts.nodeState.keys()]).map((name): [string, undefined] => [name, undefined]),
  ]
  return Object.fromEntries(
    kinds.map(([name, kind]) => {
      const own: Kind = kind ?? (Array.isArray(node[name]) ? 'vector' : 'real')
      const zero = kind === undefined || (spec.weights?.radius?.vector !== name && !spec.followed)
      const value = valueIn(`${name}_${u + 1}`, node[name], { kind: own, dimension: fanIn }, zero)
      if (isRadius(spec, name) && parseRatio(value as string).num === 0n)
        return fail(`node ${u + 1} to have ${name} ≠ 0`)
      return [name, value]
    }),
  )
}

function valuesIn(json: unknown, spec: Spec, dimension: number, c: PointCase): Values {
  const given = isObject(json) ? json : json === undefined ? {} : fail('"values" to be an object')
  const parts = partsOf(spec)
  const kinds: [string, Kind][] = [
    ...parts.named,
    ...(parts.drawsRate ? [['eta', 'positive'] as [string, Kind]] : []),
    ...Object.entries(spec.variables).filter(([name]) => !isCount(spec, name)),
  ]
  const known = Object.fromEntries(
    kinds.map(([name, kind]) => [name, valueIn(name, given[name], { kind, dimension }, false)]),
  )
  const before = { ...c, values: known }
  if (spec.moment !== undefined) return known
  const state = [...parts.state].map(([name, formula]): [string, Exact] => {
    const n = lengthOf(formula, before, spec, {})
    const shape: Shape = n === undefined ? { kind: 'real', dimension: 1 } : { kind: 'vector', dimension: n }
    return [name, valueIn(name, given[name], shape, true)]
  })
  return { ...known, ...Object.fromEntries(state) }
}

function formulasIn(json: unknown, spec: Spec): Readonly<Record<string, string>> {
  const given = isObject(json) ? json : {}
  return Object.fromEntries(
    Object.entries(alternativesOf(spec)).map(([name, among]) => {
      const formula = given[name]
      return among.includes(formula as string)
        ? [name, formula as string]
        : fail(`"formulas" to have "${name}" among ${among.join(', ')}, got ${shown(formula)}`)
    }),
  )
}

/** What the first form calls the parameterisation: there a radius is γ_u or α_u, told apart by this name alone. */
function normalizationOf({ weights, followed }: Spec): string {
  const { radius } = followed ?? weights ?? {}
  if (radius === undefined) return 'unnorm'
  return radius.log ? 'ewn' : 'swn'
}

/** A case of the first form: nodes have a "radial" and a "vector", and values are "variables" beside "eta". */
function modern(json: Readonly<Record<string, unknown>>, spec: Spec): Readonly<Record<string, unknown>> {
  if (isObject(json['sequences'])) return modernSequences(json)
  const { nodes, eta, variables, f, until, normalization, ...rest } = json
  const own = normalizationOf(spec)
  if (normalization !== undefined && normalization !== own)
    return fail(`"normalization" to be ${own}, got ${shown(normalization)}`)
  const only = Object.entries(alternativesOf(spec)).flatMap(([name, among]) =>
    among.length === 1 ? [[name, among[0]!] as const] : [],
  )
  const { radius } = spec.weights ?? {}
  const rates = alternativesOf(spec)['eta']
  if (eta !== undefined && rates !== undefined && !rates.includes(eta as string))
    return fail(`"eta" to be ${rates.join(' or ')}, got ${shown(eta)}`)
  const node = (one: unknown): unknown => {
    if (!isObject(one) || !('vector' in one)) return one
    const { radial, vector } = one
    return radial === undefined || radius?.parameter === undefined
      ? { w: vector }
      : { [radius.parameter]: radial, [radius.vector]: vector }
  }
  return {
    ...rest,
    version: 2,
    ...(Array.isArray(nodes) && { nodes: nodes.map(node) }),
    values: { ...(isObject(variables) ? variables : {}), ...(eta !== undefined && { eta }) },
    ...(typeof until === 'string' && runOf(spec) === 'flow' && { until: { [clockOf(spec)]: until } }),
    formulas: f === undefined ? Object.fromEntries(only) : { f },
  }
}

/** Sequences of the first form: terms of each step, and states between them; what is missing after the last step says nothing. */
function modernSequences(json: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { sequences, vectors, variables } = json
  const lists = Object.entries({ ...(sequences as object), ...(isObject(vectors) ? vectors : {}) })
  if (!lists.every(([, list]) => Array.isArray(list) && list.length > 0))
    return fail('"sequences" to be lists of terms')
  const steps = Math.min(...lists.map(([, list]) => (list as unknown[]).length))
  const at = (m: number): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      lists.map(([name, list]) => [name, (list as unknown[])[m] ?? (list as unknown[]).at(-1)]),
    )
  const [vector] = Object.values(isObject(vectors) ? vectors : {}) as unknown[][]
  return {
    version: 2,
    dimension: Array.isArray(vector?.[0]) ? vector[0].length : 1,
    values: { ...at(0), ...(isObject(variables) ? variables : {}) },
    until: { steps },
    later: Array.from({ length: steps }, (_, m) => at(m + 1)),
  }
}
