/** Draw: random states of a point setting, built to meet the assumptions as far as these say how. */
import { oneIn, pick, type Random } from '../../claim/random.ts'
import type { Assumed } from '../../claim/setting.ts'
import { wiring, type Architecture } from '../../net/architecture.ts'
import { fold } from '../../program/constant.ts'
import type { Formula } from '../../program/formula.ts'
import {
  allowsLoss,
  etaOne,
  gammaPositive,
  labelsPositive,
  onePoint,
  unitV,
  zPositive,
} from '../assumptions.ts'
import { nonZeroVector, positiveNumber, rationalVector, smallNumber, unitVector } from '../draw.ts'
import { allowedLosses, randomShape, smallShape, type Shape } from '../nets.ts'
import { unitNames } from '../unit.ts'
import { shrinkOutputs } from './scale.ts'
import { lengthOf } from './length.ts'
import { withSteps, withTime } from './run.ts'
import {
  isLabel,
  lossIn,
  lossName,
  speaksOf,
  type LabelledPoint,
  type PointCase,
  type Values,
} from './case.ts'
import type { Aim } from '../../claim/draft.ts'
import { caseOf, draftOf, labelled } from './draft.ts'
import { described, drawn, isOf, shapeLike, type Exact, type Kind } from './kinds.ts'
import type { Population, Start } from './population.ts'
import { alternativesOf, isCount, partsOf, runOf, vectorsIn, type Spec } from './spec.ts'

/** How a setting draws: its choices, its population and its aim. */
export interface Drawing {
  /** The dimension of vectors that belong to no node; drawn if absent. */
  readonly dimension?: number
  /** The formulas that are chosen; drawn if absent. */
  readonly formulas?: PointCase['formulas']
  readonly spec: Spec
  readonly population?: Population
  readonly aim?: Aim
}

/** How often variables are drawn for one net before another net is. */
const DRAWS = 6
const MOST_DIMENSION = 4

/** Which vectors are of norm 1 under the assumptions. */
export const unitsIn = (assumed: Assumed): ReadonlySet<string> =>
  new Set([...assumed].flatMap((assumption) => unitNames(assumption) ?? []))

/** Whether a net has a trained node for each chosen letter. */
export const hasNodes = (net: Architecture, choose: readonly string[]): boolean =>
  wiring(net).nodes.filter(({ frozen }) => !frozen).length >= Math.max(1, choose.length)

/** A random case; `undefined` where the draw did not work out. */
export function drawCase(
  random: Random,
  assumed: Assumed,
  drawing: Drawing,
  shape?: Shape<string>,
  labelling: Random = random,
): PointCase | undefined {
  const { spec, population } = drawing
  const start = population?.draw(random, assumed) ?? {}
  if (spec.model?.kind !== 'nets') {
    const most = random.integer(2, MOST_DIMENSION)
    const dimension = vectorsIn(spec) > 0 ? (drawing.dimension ?? most) : 1
    return withNamed(random, assumed, drawing, start, { ...EMPTY, dimension })
  }
  const inTime = runOf(spec) === 'flow'
  const small = inTime ? smallShape(random, assumed, allowed(spec, assumed)) : undefined
  if (inTime && small === undefined) return undefined
  const made = shapeOf(random, assumed, spec, start, shape ?? small)
  const { nodes, outputs } = wiring(made.net)
  if (!hasNodes(made.net, spec.choose)) return undefined
  const rest = nodes.flatMap((node, u) => (node.frozen ? [] : [u]))
  const chosen = Object.fromEntries(
    spec.choose.map((letter) => [letter, rest.splice(random.integer(0, rest.length - 1), 1)[0]!]),
  )
  const { labels } = lossIn(made)
  const given = start.data?.map(({ x, y }) => ({ x, y: labels === 'real' ? `${y}` : y }))
  if (given?.some(({ x, y }) => x.length !== made.net.inputs || !isLabel(y, labels, outputs))) {
    if (start.net === undefined) return undefined
    throw new RangeError(
      `population ${population!.name}: expected points of ${made.net.inputs} numbers with labels ${labels === 'sign' ? '1 or −1' : labels === 'real' ? 'that are exact numbers' : `from 0 to ${outputs - 1}`}, got ${JSON.stringify(start.data)}`,
    )
  }
  const label = (): number | string => {
    if (assumed.has(labelsPositive)) return 1
    if (labels === 'real') return smallNumber(labelling)
    return labels === 'sign' ? pick(labelling, [1, -1]) : labelling.integer(0, outputs - 1)
  }
  const point = (): LabelledPoint => ({
    x: assumed.has(zPositive)
      ? Array.from({ length: made.net.inputs }, () => positiveNumber(random))
      : nonZeroVector(random, made.net.inputs),
    y: label(),
  })
  const values = nodes.map((node, u) => nodeValues(random, assumed, spec, node, speaksOf(chosen, 'u', u)))
  const data = given ?? Array.from({ length: made.points }, point)
  const drawnCase: PointCase = {
    ...EMPTY,
    ...{ net: made.net, loss: made.loss, data, nodes: values, chosen },
    dimension: nodes[chosen['u'] ?? nodes.findIndex(({ frozen }) => !frozen)]!.fanIn,
  }
  const begun = withStart(drawnCase, start)
  const own = inTime && start.data === undefined ? competing(random, begun, spec) : begun
  return withNamed(random, assumed, drawing, start, own, made.net)
}

/** Points whose margins are small and compete, at times, most of them with the labels that the net gives. */
function competing(random: Random, c: PointCase, spec: Spec): PointCase {
  const { inputs } = c.net!
  const [first, second] = spec.weights!.weight.source === 'w_u' ? c.nodes.map(({ w }) => w) : []
  // Of several classes the boundary between the first two lies across the difference of their weights.
  const w =
    Array.isArray(first) && Array.isArray(second) && c.net!.layers.length === 1
      ? first.map((e, i) => fold('sub', e, (second as readonly string[])[i]!)!)
      : first
  const near = Array.isArray(w) && w.length === 2 && inputs === 2 && !oneIn(random, 3)
  const data = near ? nearBoundary(random, w, c.data!) : c.data!
  const made = { ...c, data }
  return lossIn(c).labels === 'real' || oneIn(random, 4) ? made : labelled(made, spec)
}

/** Points close to the line across a weight vector, on both sides of it. */
function nearBoundary(
  random: Random,
  [a, b]: readonly string[],
  data: readonly LabelledPoint[],
): LabelledPoint[] {
  return data.map(({ y }) => {
    const along = pick(random, ['1/4', '1/3', '1/2', '3/8'])
    const across = pick(random, ['1', '-1', '3/2', '-3/2', '2', '-2'])
    const entry = (p: string, q: string): string =>
      fold('add', fold('mul', along, p)!, fold('mul', across, q)!)!
    const x = [entry(a!, fold('sub', '0', b!)!), entry(b!, a!)]
    return { x: x.every((e) => e === '0') ? ['1', '0'] : x, y }
  })
}

const EMPTY: PointCase = { version: 2, dimension: 1, chosen: {}, formulas: {}, nodes: [], values: {} }

function shapeOf(
  random: Random,
  assumed: Assumed,
  spec: Spec,
  { net, loss, data }: Start,
  shape: Shape<string> | undefined,
): Shape<string> {
  if (net !== undefined) {
    const ofClasses = wiring(net).outputs > 1
    const all = lossesOf(spec).filter((name) => (lossIn({ loss: name }).labels === 'class') === ofClasses)
    const fits = all.filter((name) => [...assumed].every((a) => allowsLoss(a, name) !== false))
    return {
      net,
      loss: lossName(loss ?? pick(random, fits.length > 0 ? fits : all)),
      points: data?.length ?? (assumed.has(onePoint) ? 1 : random.integer(1, 3)),
    }
  }
  const made = shape ?? randomShape(random, assumed, allowed(spec, assumed))
  return {
    net: data === undefined ? made.net : fedBy(made.net, data[0]!.x.length),
    loss: loss === undefined ? made.loss : lossName(loss),
    points: data?.length ?? made.points,
  }
}

/** The net with another number of inputs, where it takes so many. */
function fedBy(net: Architecture, inputs: number): Architecture {
  try {
    wiring({ ...net, inputs })
    return { ...net, inputs }
  } catch {
    return net
  }
}

/** The losses that a net may be drawn with: of a model without a loss of its own, the usual ones. */
const lossesOf = ({ model }: Spec): readonly string[] => {
  const { losses, anyLoss } = model as Extract<Spec['model'], { readonly kind: 'nets' }>
  return anyLoss ? ['exponential', 'squared', 'cross-entropy'] : losses.map(lossName)
}

/** The losses of the model that the assumptions allow; all of them where they allow none. */
export function allowed({ model }: Spec, assumed: Assumed): readonly string[] {
  const { losses, anyLoss } = model as Extract<Spec['model'], { readonly kind: 'nets' }>
  if (anyLoss) return allowedLosses(assumed)
  const names = losses.map(lossName)
  const fits = names.filter((loss) =>
    [...assumed].every((assumption) => allowsLoss(assumption, loss) !== false),
  )
  return fits.length > 0 ? fits : names
}

/** The values of one node. A radius is never 0, as the direction would be lost. */
function nodeValues(
  random: Random,
  assumed: Assumed,
  spec: Spec,
  { fanIn, frozen }: { readonly fanIn: number; readonly frozen: boolean },
  spokenOf: boolean,
): Values {
  const { weights } = spec
  // Along a flow large weights that stand still make it stiff.
  if (frozen && runOf(spec) === 'flow')
    return { w: Array.from({ length: fanIn }, () => pick(random, ['1', '-1'])) }
  if (frozen) return { w: nonZeroVector(random, fanIn) }
  const { parameters, radius } = weights!
  const value = (name: string, kind: Kind): Exact => {
    if (name === radius?.parameter && kind === 'real') {
      if (radius.log) return fold('div', `${random.integer(-6, 4)}`, '4')!
      const positive = spokenOf && assumed.has(gammaPositive)
      return (!positive && oneIn(random, 3) ? '-' : '') + positiveNumber(random)
    }
    if (kind !== 'vector') return drawn(random, { kind, dimension: fanIn })
    return assumed.has(unitV) && name === radius?.vector
      ? unitVector(random, fanIn)
      : rationalVector(random, fanIn)
  }
  return Object.fromEntries([...parameters].map(([name, kind]) => [name, value(name, kind)]))
}

/** The case with the values that a start fixes, by the names of inputs: `w_1`, `alpha_2`, or of a variable. */
function withStart(c: PointCase, { values = {} }: Start): PointCase {
  const nodes = c.nodes.map((node, u): Values =>
    Object.fromEntries(
      Object.entries(node).map(([name, value]) => {
        const [key, shape] = [`${name}_${u + 1}`, shapeLike(value)]
        const given = values[key] ?? value
        if (!isOf(given, shape, true))
          throw new RangeError(
            `population: expected "${key}" to be ${described(shape)}, got ${JSON.stringify(given)}`,
          )
        return [name, given]
      }),
    ),
  )
  return { ...c, nodes }
}

/** The case with all that belongs to no node, aimed. */
function withNamed(
  random: Random,
  assumed: Assumed,
  { spec, aim, formulas: chosen }: Drawing,
  start: Start,
  c: PointCase,
  net?: Architecture,
): PointCase | undefined {
  const parts = partsOf(spec)
  const fixed = start.values ?? {}
  const values: Record<string, Exact> = {}
  for (const [name, kind] of parts.named)
    values[name] = fixed[name] ?? weightValue(random, assumed, spec, name, kind, c.dimension)
  if (parts.drawsRate) values['eta'] = fixed['eta'] ?? (assumed.has(etaOne) ? '1' : positiveNumber(random))
  const formulas = Object.fromEntries(
    Object.entries(alternativesOf(spec)).map(([name, among]) => [
      name,
      chosen?.[name] ?? pick(random, among),
    ]),
  )
  const held = [
    ...(['net', 'loss', 'data'] as const).filter((name) => start[name] !== undefined),
    ...Object.keys(start.values ?? {}),
  ]
  const made = { ...c, values, formulas, ...(held.length > 0 && { held }) }
  const small = net ? shrinkOutputs(made, spec) : made
  const units = unitsIn(assumed)
  const inTime = runOf(spec) === 'flow'
  const draw = (): PointCase => {
    const variables = Object.fromEntries(
      Object.entries(spec.variables)
        .filter(([name]) => !isCount(spec, name))
        .map(([name, kind]) => [
          name,
          fixed[name] ?? drawn(random, { kind, dimension: c.dimension, unit: units.has(name) }),
        ]),
    )
    const state = { ...small, values: { ...small.values, ...variables } }
    if (spec.moment === undefined) return withState(random, spec, state)
    return runOf(spec) === 'steps' ? withSteps(random, spec, state, units) : state
  }
  const aims = [...[...assumed].flatMap(({ aim: own }) => (own ? [own] : [])), ...(aim ? [aim] : [])]
  for (let i = 0; i < DRAWS; i++) {
    const draft = aims.reduce<ReturnType<Aim>>(
      (at, own) => at && own(at),
      draftOf(draw(), spec, random, assumed),
    )
    const found = draft && (inTime ? withTime(random, spec, caseOf(draft)) : caseOf(draft))
    if (found) return found
    if (aims.length === 0) break
  }
  return undefined
}

/** A weight or parameter of an objective. */
function weightValue(
  random: Random,
  assumed: Assumed,
  { weights }: Spec,
  name: string,
  kind: Kind,
  dimension: number,
): Exact {
  const unit = unitsIn(assumed).has(name)
  const { radius } = weights ?? {}
  if (kind === 'vector' && radius?.vector === name)
    return unit ? unitVector(random, dimension) : rationalVector(random, dimension)
  if (kind === 'real' && radius?.parameter === name && !radius.log)
    return (oneIn(random, 3) ? '-' : '') + positiveNumber(random)
  return drawn(random, { kind, dimension, unit })
}

/** The case with the extra state of its rule, at any value of the shape that the start gives it. */
function withState(random: Random, spec: Spec, c: PointCase): PointCase {
  const { nodeState, state } = partsOf(spec)
  if (nodeState.size + state.size === 0) return c
  const any = (formula: Formula, at: Readonly<Record<string, number>>): Exact => {
    const n = lengthOf(formula, c, spec, at)
    return n === undefined ? smallNumber(random) : Array.from({ length: n }, () => smallNumber(random))
  }
  const trained = c.net ? wiring(c.net).nodes.map(({ frozen }) => !frozen) : []
  const nodes = c.nodes.map((node, u): Values =>
    trained[u]
      ? { ...node, ...Object.fromEntries([...nodeState].map(([name, f]) => [name, any(f, { u })])) }
      : node,
  )
  const values = Object.fromEntries([...state].map(([name, f]) => [name, any(f, {})]))
  return { ...c, nodes, values: { ...c.values, ...values } }
}
