/** Case: one exact small training problem, as plain JSON. */
import { parseRatio } from '../program/constant.ts'
import { Undefined } from '../number/conventions.ts'
import { float64 } from '../number/float64.ts'
import { rational } from '../number/rational.ts'
import { wiring, type Architecture } from '../net/architecture.ts'
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

/** What a setting asks of a stored case. */
export interface CaseForm {
  readonly normalization: System['normalization']
  /** The index letters for which a trained node is chosen. */
  readonly choose: readonly string[]
  /** The variables in a JSON value, vectors of the given dimension. */
  variables(json: unknown, dimension: number): Values
}

/** The case of that form in a parsed JSON value. @throws SyntaxError naming the first thing that does not fit. */
export function parseCase(json: unknown, form: CaseForm): DynamicsCase {
  const fail = (what: string): never => {
    throw new SyntaxError(`case: expected ${what}`)
  }
  const isObject = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null
  const list = (v: unknown): readonly unknown[] | undefined => (Array.isArray(v) ? v : undefined)
  const exact = (v: unknown): v is string => {
    if (typeof v !== 'string') return false
    parseRatio(v)
    return true
  }
  if (!isObject(json)) return fail('an object')
  const { net, loss, normalization, nodes, data, eta, chosen = {}, variables } = json
  if (typeof loss !== 'string' || !Object.hasOwn(losses, loss))
    return fail(`"loss" to be one of ${Object.keys(losses).join(', ')}, got ${JSON.stringify(loss)}`)
  if (normalization !== form.normalization)
    return fail(`"normalization" to be ${form.normalization}, got ${JSON.stringify(normalization)}`)
  if (!isObject(net) || !list(net['layers'])?.every(isObject)) return fail('"net" to be an architecture')
  const architecture = net as unknown as Architecture
  const wires = wired(architecture)
  const hasRadial = normalizations[form.normalization].radial !== undefined
  if (list(nodes)?.length !== wires.nodes.length) return fail(`${wires.nodes.length} "nodes"`)
  for (const [u, { fanIn, frozen }] of wires.nodes.entries()) {
    const node = (nodes as unknown[])[u]
    if (!isObject(node)) return fail(`node ${u + 1} to be an object`)
    const { radial, vector } = node
    if (list(vector)?.length !== fanIn || !(vector as unknown[]).every(exact))
      return fail(`node ${u + 1} to have a "vector" of ${fanIn} exact numbers`)
    const wanted = hasRadial && !frozen
    if (wanted ? !exact(radial) : radial !== undefined)
      return fail(`node ${u + 1} ${wanted ? 'to have an exact' : 'to have no'} "radial"`)
    if (wanted && form.normalization === 'swn' && parseRatio(radial as string).num === 0n)
      return fail(`node ${u + 1} to have γ ≠ 0`)
  }
  if (!list(data)?.length) return fail('"data" to be a non-empty list of points')
  const labels = losses[loss as System['loss']].labels
  const classes = wires.outputs
  if (labels === 'sign' ? classes !== 1 : classes < 2)
    return fail(
      `${labels === 'sign' ? 'one output' : 'two outputs or more'} under ${loss} loss, got ${classes}`,
    )
  for (const [i, point] of (data as unknown[]).entries()) {
    if (!isObject(point)) return fail(`point ${i + 1} to be an object`)
    const { x, y } = point
    if (list(x)?.length !== architecture.inputs || !(x as unknown[]).every(exact))
      return fail(`point ${i + 1} to have "x" of ${architecture.inputs} exact numbers`)
    const known = labels === 'sign' ? [1, -1] : Array.from({ length: classes }, (_, j) => j)
    if (!known.includes(y as number))
      return fail(`point ${i + 1} to have a label "y" among ${known.join(', ')}`)
  }
  if (!exact(eta) || parseRatio(eta).num <= 0n) return fail('"eta" to be a positive exact number')
  const picks = isObject(chosen) ? chosen : fail('"chosen" to be an object')
  if (Object.keys(picks).toSorted().join() !== form.choose.toSorted().join())
    return fail(`"chosen" to name a node for each of [${form.choose.join(', ')}]`)
  for (const [letter, u] of Object.entries(picks))
    if (wires.nodes[u as number]?.frozen !== false) return fail(`"chosen" ${letter} to be a trained node`)
  const lead = (picks['u'] as number | undefined) ?? wires.nodes.findIndex(({ frozen }) => !frozen)
  const c = { net, loss, normalization, nodes, data, eta, chosen: picks } as unknown as DynamicsCase
  return { ...c, variables: form.variables(variables, wires.nodes[lead]?.fanIn ?? 0) }
}

function wired(net: Architecture): ReturnType<typeof wiring> {
  try {
    return wiring(net)
  } catch (error) {
    throw new SyntaxError(`case: ${(error as Error).message}`, { cause: error })
  }
}
