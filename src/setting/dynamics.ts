/** The setting of training problems: any net, loss and data, under one normalisation. */
import type { Assumed, Setting } from '../claim/setting.ts'
import { aCount, aFunction, listOf, optional, type Check } from '../claim/form.ts'
import { oneIn, pick, seeded, type Random } from '../claim/random.ts'
import { describe, wiring, type Architecture } from '../net/architecture.ts'
import { losses } from '../loss/loss.ts'
import { withPowers } from '../net/order.ts'
import { normalizations, type Normalization } from '../normalization/normalization.ts'
import type { Expr } from '../program/program.ts'
import { fold, parseRatio } from '../program/constant.ts'
import { caseInputs, parseCase, roughOutputs, systemOf, type DynamicsCase, type NodeValues } from './case.ts'
import {
  butForBiases,
  etaOne,
  expOrCe,
  expOrSquared,
  gammaPositive,
  homogeneous,
  labelsPositive,
  lossCe,
  lossExp,
  noBiases,
  onePoint,
  smooth,
  unitV,
  zPositive,
} from './assumptions.ts'
import { speaksOf } from './point/case.ts'
import { near, nonZeroVector, positiveNumber, rationalVector, unitVector } from './draw.ts'
import { allowedLosses, familyShapes, randomShape, type Shape } from './nets.ts'
import { aNet, aNormalization, aSwitch, checkOptions, someKinds, someLetters } from './options.ts'
import { probe, type Probe } from './probe.ts'
import { dynamicsScope } from './scope.ts'
import { plainness } from './plain.ts'
import { simplerCases } from './simpler-case.ts'
import {
  angleNote,
  checkNames,
  drawValues,
  parseValues,
  stereographic,
  unitsAmong,
  variableChart,
  variableSquares,
  type Values,
  type Variables,
} from './variables.ts'

/** What a claim fixes about its training problems. */
export interface DynamicsOptions {
  readonly normalization: Normalization['name']
  /** Index letters that stand for chosen nodes instead of ranging over all of them. */
  readonly choose?: readonly ('u' | 'v')[]
  /** Variables of the claim; vectors have the dimension of the chosen node u. */
  readonly variables?: Variables
  /**
   * Values of the variables that meet the claim's assumptions as far as possible, or `undefined` to try
   * another case. `probe` evaluates a formula in doubles; `random` values are given as a start.
   */
  draw?(random: Random, probe: Probe, values: Values, assumed: Assumed): Values | undefined
  /** Draws these nets only, under exponential or squared loss, with frozen weights 1 and v = +1. */
  readonly positiveOrthant?: readonly Architecture[]
  /** At least this many layers with trained nodes. */
  readonly layers?: number
  /** Every point gets the label that the net gives it, and parameters grow until the loss is below 1. */
  readonly confident?: boolean
  /** Descent follows the loss of the first points only, this many. */
  readonly batch?: number
}

/** What the generator, the family and the chart of training problems know. */
const BUILT_IN = [
  ...[unitV, etaOne, gammaPositive, smooth, homogeneous, butForBiases, noBiases],
  ...[lossExp, lossCe, expOrCe, expOrSquared, onePoint, labelsPositive, zPositive],
]

const TRIES = 400
const EXPONENTIAL = ['exponential'] as const
/** The losses of one output. */
const SIGNED = ['exponential', 'squared'] as const
/** How often variables are drawn for one net before another net is. */
const DRAWS = 6
/** How often the variables of a simplified case are drawn anew, as its bounds may have moved. */
const REDRAWS = 3

const OPTIONS: Record<keyof DynamicsOptions, Check> = {
  normalization: aNormalization,
  choose: optional(someLetters),
  variables: optional(someKinds),
  draw: optional(aFunction),
  positiveOrthant: optional(listOf('a list of nets', aNet)),
  layers: optional(aCount),
  confident: optional(aSwitch),
  batch: optional(aCount),
}

/** The setting of training problems under the options. @throws TypeError, RangeError for wrong options. */
export function dynamics(options: DynamicsOptions): Setting<DynamicsCase> {
  checkOptions('dynamics', options, OPTIONS)
  const { normalization, choose = [], variables = {}, positiveOrthant: orthant, batch, layers = 1 } = options
  const { radial } = normalizations[normalization]
  checkNames(variables)

  const fits = (net: Architecture): boolean => {
    const trained = wiring(net).nodes.filter(({ frozen }) => !frozen)
    return trained.length >= Math.max(1, choose.length) && new Set(trained.map((n) => n.layer)).size >= layers
  }

  const drawNode = (
    random: Random,
    { fanIn, frozen }: { readonly fanIn: number; readonly frozen: boolean },
    assumed: Assumed,
    spokenOf: boolean,
  ): NodeValues => {
    if (frozen) return { vector: orthant ? Array<string>(fanIn).fill('1') : nonZeroVector(random, fanIn) }
    if (radial === undefined) return { vector: rationalVector(random, fanIn) }
    const size =
      radial === 'alpha'
        ? fold('div', `${random.integer(-6, 4)}`, '4')!
        : signed(random, spokenOf && assumed.has(gammaPositive))
    if (orthant) return { radial: size, vector: ['1'] }
    return {
      radial: size,
      vector: assumed.has(unitV) ? unitVector(random, fanIn) : rationalVector(random, fanIn),
    }
  }
  const signed = (random: Random, positive: boolean): string =>
    (!positive && oneIn(random, 3) ? '-' : '') + positiveNumber(random)

  const fill = (
    random: Random,
    shape: Shape,
    assumed: Assumed,
    labelling = random,
  ): DynamicsCase | undefined => {
    const { nodes, outputs } = wiring(shape.net)
    const sign = losses[shape.loss].labels === 'sign'
    const trained = nodes.flatMap((node, u) => (node.frozen ? [] : [u]))
    if (!fits(shape.net)) return undefined
    const rest = [...trained]
    const chosen = Object.fromEntries(
      choose.map((letter) => [letter, rest.splice(random.integer(0, rest.length - 1), 1)[0]!]),
    )
    const label = (): number =>
      assumed.has(labelsPositive) ? 1 : sign ? pick(labelling, [1, -1]) : labelling.integer(0, outputs - 1)
    const point = (): string[] =>
      assumed.has(zPositive)
        ? Array.from({ length: shape.net.inputs }, () => positiveNumber(random))
        : nonZeroVector(random, shape.net.inputs)
    const start: DynamicsCase = shrinkOutputs({
      net: shape.net,
      loss: shape.loss,
      normalization,
      nodes: nodes.map((node, u) => drawNode(random, node, assumed, speaksOf(chosen, 'u', u))),
      data: Array.from({ length: shape.points }, () => ({ x: point(), y: label() })),
      eta: assumed.has(etaOne) ? '1' : positiveNumber(random),
      chosen,
      variables: {},
    })
    return drawVariables(random, options.confident ? confidentAt(start) : start, assumed)
  }

  const drawVariables = (random: Random, c: DynamicsCase, assumed: Assumed): DynamicsCase | undefined => {
    const { nodes } = wiring(c.net)
    const dimension = nodes[c.chosen['u'] ?? nodes.findIndex(({ frozen }) => !frozen)]!.fanIn
    let values = drawValues(random, variables, dimension, assumed)
    if (!options.draw) return { ...c, variables: values }
    const measure = probe(setting, (at = values) => ({ ...c, variables: at }))
    for (let i = 0; i < DRAWS; i++) {
      const drawn = options.draw(random, measure, values, assumed)
      if (drawn) return { ...c, variables: drawn }
      values = drawValues(random, variables, dimension, assumed)
    }
    return undefined
  }

  const attempt = (make: () => DynamicsCase | undefined): DynamicsCase => {
    for (let i = 0; i < TRIES; i++) {
      const c = make()
      if (c !== undefined) return c
    }
    throw new RangeError(`${setting.name}: no case met the assumptions in ${TRIES} tries; widen the draw`)
  }

  const shapesOf = (assumed: Assumed): Shape[] | undefined =>
    orthant?.flatMap((net) =>
      (assumed.has(onePoint) ? [1] : [1, 2, 3]).flatMap((points) =>
        (assumed.has(lossExp) ? EXPONENTIAL : SIGNED).map((loss) => ({ net, loss, points })),
      ),
    )

  const setting: Setting<DynamicsCase> = {
    name: normalization,
    builtIn: [...BUILT_IN, ...unitsAmong(variables)],
    structure: (c) =>
      JSON.stringify([
        systemOf(c),
        c.chosen,
        Object.entries(c.variables).map(([n, v]) => [n, typeof v === 'string' ? 0 : v.length]),
      ]),
    scope: (F, c) => dynamicsScope(F, c, variables, batch),
    chosen: (c) => c.chosen,
    values: caseInputs,
    generate: (random, assumed) =>
      attempt(() =>
        fill(
          random,
          pick(random, shapesOf(assumed) ?? [randomShape(random, assumed, allowedLosses(assumed))]),
          assumed,
        ),
      ),
    family: (assumed) =>
      (shapesOf(assumed) ?? familyShapes(assumed, allowedLosses(assumed)))
        .filter(({ net }) => fits(net))
        .map((shape) => (random) => {
          const labelling = (): Random => seeded(0, JSON.stringify(shape))
          return attempt(() => fill(random, shape, assumed, labelling()))
        }),
    chart(F, c, assumed) {
      const inputs = new Map<string, Expr>()
      const exponentials = new Map<Expr, Expr>()
      const roots: Expr[] = []
      const { nodes } = wiring(c.net)
      const put = (name: string, entries: readonly Expr[]): void =>
        entries.forEach((e, i) => inputs.set(`${name}_${i + 1}`, e))
      c.nodes.forEach(({ radial: size, vector }, u) => {
        const id = `${u + 1}`
        if (nodes[u]!.frozen)
          return put(
            `w_${id}`,
            orthant ? vector.map((e) => F.constant(e)) : vector.map((_, i) => F.input(`w_${id}_${i + 1}`)),
          )
        const { numerator, denominator } = stereographic(F, `t_${id}`, vector)
        const rho = F.mul(F.input(`+rho_${id}`), denominator)
        if (size === undefined) {
          roots.push(rho)
          return put(
            `w_${id}`,
            numerator.map((n) => F.mul(F.input(`+rho_${id}`), n)),
          )
        }
        const nu = assumed.has(unitV) || orthant ? F.constant('1') : F.input(`+nu_${id}`)
        put(
          `v_${id}`,
          numerator.map((n) => F.div(F.mul(nu, n), denominator)),
        )
        roots.push(nu, rho)
        if (radial === 'alpha') {
          const alpha = F.input(`alpha_${id}`)
          inputs.set(`alpha_${id}`, alpha)
          exponentials.set(alpha, rho)
        } else inputs.set(`gamma_${id}`, size.startsWith('-') ? F.neg(rho) : rho)
      })
      c.data.forEach(({ x }, i) =>
        put(
          `x_${i + 1}`,
          x.map((_, j) => F.input(`${assumed.has(zPositive) ? '+' : ''}x_${i + 1}_${j + 1}`)),
        ),
      )
      inputs.set('eta', assumed.has(etaOne) ? F.constant('1') : F.input('+eta'))
      for (const [name, e] of variableChart(F, variables, c.variables, assumed)) inputs.set(name, e)
      roots.push(...variableSquares(F, variables, inputs))
      return { inputs, exponentials, roots }
    },
    *simpler(c, assumed) {
      for (const simple of simplerCases(c, variables, orthant !== undefined)) {
        if (!fits(simple.net)) continue
        yield simple
        if (options.draw && simple.variables === c.variables) {
          const random = seeded(0, setting.structure(simple))
          for (let i = 0; i < REDRAWS; i++) {
            const redrawn = drawVariables(random, simple, assumed)
            if (redrawn) yield redrawn
          }
        }
      }
    },
    size: ({ net, data, loss }) => [
      data.length,
      net.inputs,
      loss === 'exponential' ? 0 : 1,
      net.layers.length,
      net.layers.reduce((units, { width }) => units + width, 0),
      net.layers.reduce((total, layer) => total + plainness(layer), 0),
    ],
    labels,
    coverage: (assumed) =>
      orthant
        ? { 'several nodes': 0.3 }
        : {
            ...{
              'several points': 0.4,
              'both labels': 0.15,
              'unequal margins': 0.25,
              'negative weights': 0.5,
            },
            ...{ 'several layers': 0.4, curved: 0.25, 'two inputs or more': 0.4, 'shared weights': 0.02 },
            ...{ 'frozen layer': 0.03 },
            ...(assumed.has(lossExp) || assumed.has(lossCe) ? {} : { 'cross-entropy': 0.2 }),
            ...(assumed.has(unitV) || radial === undefined ? {} : { 'v of norm other than 1': 0.3 }),
          },
    describe: (c) =>
      `${describe(c.net)}, ${c.loss}, ${c.normalization}, ${c.data.length} point${c.data.length === 1 ? '' : 's'}${angleNote(variables)}`,
    parse: (json) =>
      parseCase(json, {
        normalization,
        choose,
        variables: (values, dimension) => parseValues(variables, values, dimension),
      }),
  }
  return setting
}

const LARGEST_OUTPUT = 6

/** The case with its parameters scaled down until no loss or tanh sees a large number. */
function shrinkOutputs(c: DynamicsCase): DynamicsCase {
  const { nodes } = wiring(c.net)
  const powers = withPowers(c.net)
  const saturating = c.net.layers.flatMap((layer, l) => (layer === powers.layers[l] ? [] : [l + 1]))
  const probed = [
    powers,
    ...saturating.map((depth) => ({ ...powers, layers: powers.layers.slice(0, depth) })),
  ]
  let smaller = c
  for (let i = 0; i < 40; i++) {
    const largest = Math.max(
      ...probed
        .flatMap((net) => roughOutputs({ ...smaller, net }))
        .flat()
        .map(Math.abs),
    )
    if (largest <= LARGEST_OUTPUT) break
    smaller = {
      ...smaller,
      nodes: smaller.nodes.map((node, u): NodeValues => {
        if (nodes[u]!.frozen) return node
        if (c.normalization === 'ewn') return { ...node, radial: fold('sub', node.radial!, '1/2')! }
        if (c.normalization === 'swn') return { ...node, radial: fold('div', node.radial!, '2')! }
        return { vector: node.vector.map((entry) => fold('div', entry, '2')!) }
      }),
    }
  }
  return smaller
}

/** The case with the labels that the net itself gives, its parameters scaled up until the loss is below 1. */
function confidentAt(c: DynamicsCase): DynamicsCase {
  const outputs = roughOutputs(c)
  const label = (o: readonly number[]): number =>
    losses[c.loss].labels === 'sign' ? (o[0]! > 0 ? 1 : -1) : o.indexOf(Math.max(...o))
  let larger: DynamicsCase = { ...c, data: c.data.map((point, i) => ({ ...point, y: label(outputs[i]!) })) }
  for (let i = 0; i < 24 && roughLoss(larger) > 0.95; i++) {
    const next = scaledParameters(larger, '5/4')
    if (!losses[c.loss].separates && roughLoss(next) >= roughLoss(larger)) break
    larger = next
  }
  return larger
}

/** The loss, in doubles: to aim with, never for a verdict. */
export function roughLoss(c: DynamicsCase): number {
  return roughOutputs(c).reduce((total, outputs, i) => {
    const { y } = c.data[i]!
    if (c.loss === 'exponential') return total + Math.exp(-y * outputs[0]!)
    if (c.loss === 'squared') return total + (y * outputs[0]! - 1) ** 2 / 2
    return total + Math.log(outputs.reduce((sum, o) => sum + Math.exp(o - outputs[y]!), 0))
  }, 0)
}

/** The case with every trained weight vector multiplied by a number (for EWN nearly so, as α is rational). */
export function scaledParameters(c: DynamicsCase, factor: string): DynamicsCase {
  const { nodes } = wiring(c.net)
  const { num, den } = parseRatio(factor)
  const shift = near(Math.log(Number(num) / Number(den)), 16, 'up')
  const times = (e: string): string => fold('mul', e, factor)!
  return {
    ...c,
    nodes: c.nodes.map((node, u): NodeValues => {
      if (nodes[u]!.frozen) return node
      if (node.radial === undefined) return { vector: node.vector.map(times) }
      return {
        ...node,
        radial: c.normalization === 'ewn' ? fold('add', node.radial, shift)! : times(node.radial),
      }
    }),
  }
}

function labels(c: DynamicsCase): string[] {
  const { nodes, layers } = wiring(c.net)
  const found: string[] = []
  const note = (label: string, holds: boolean): void => void (holds && found.push(label))
  const outputs = roughOutputs(c)
  const distinct = new Set(outputs.map((o) => o.map((v) => Math.abs(v).toFixed(9)).join(' ')))
  const entries = c.nodes.flatMap((node) => node.vector)
  note('several points', c.data.length > 1)
  note('both labels', new Set(c.data.map(({ y }) => y)).size > 1)
  note('unequal margins', distinct.size > 1)
  note(
    'negative weights',
    entries.some((entry) => entry.startsWith('-')),
  )
  note('several layers', c.net.layers.length > 1)
  note('several nodes', nodes.filter(({ frozen }) => !frozen).length > 1)
  note(
    'curved',
    c.net.layers.some(({ activation }) => activation !== 'z'),
  )
  note('two inputs or more', c.net.inputs > 1)
  note('cross-entropy', c.loss === 'cross-entropy')
  note(
    'frozen layer',
    nodes.some(({ frozen }) => frozen),
  )
  note(
    'shared weights',
    layers.some((units) => new Set(units.map(({ node }) => node)).size < units.length),
  )
  note(
    'v of norm other than 1',
    c.nodes.some(({ radial, vector }) => {
      const square = vector.reduce((total, e) => fold('add', total, fold('mul', e, e)!)!, '0')
      return radial !== undefined && square !== '1'
    }),
  )
  return found
}
