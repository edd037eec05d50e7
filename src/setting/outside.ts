/** Outside: starts of long runs that fail one structural assumption, drawn where a hunt asks for its negation. */
import { oneIn, type Random } from '../claim/random.ts'
import type { Assumption } from '../claim/claim.ts'
import type { Assumed } from '../claim/setting.ts'
import { wiring, type Architecture, type Layer } from '../net/architecture.ts'
import {
  butForBiases,
  etaConstant,
  expOrSquared,
  homogeneous,
  isNegated,
  labelsPositive,
  lossCe,
  lossExp,
  noBiases,
  onePoint,
  smooth,
  unitStart,
  zPositive,
} from './assumptions.ts'
import type { PointValues as Point } from './case.ts'
import { positiveNumber } from './draw.ts'
import { generic, opposite, ownLabels, vector, type Population, type Start } from './population.ts'

/** A population outside an assumption, and its name. */
export interface Outside {
  readonly name: string
  readonly population: Population
}

/** The assumptions that long runs know, to meet them or to leave them. */
export const OUTSIDE_OF: readonly Assumption[] = [
  ...[smooth, homogeneous, butForBiases, noBiases, lossExp, expOrSquared, lossCe, unitStart, etaConstant],
  ...[onePoint, labelsPositive, zPositive],
]

/**
 * The starts of a population changed so that what is negated in `assumed` fails: kinks for `smooth`, biases or tanh for
 * `homogeneous`, the other loss for `loss-exp` and `loss-ce`, a second
 * point, an entry or a label of the other sign; `undefined` if nothing that is known here is negated.
 */
export function outside(population: Population, assumed: Assumed): Outside | undefined {
  const fails = (assumption: Assumption): boolean => isNegated(assumed, assumption)
  if (fails(smooth)) return { name: 'kinked', population: changed(population, kinked) }
  if (fails(lossExp) && !assumed.has(expOrSquared))
    return { name: 'cross-entropy', population: generic('cross-entropy') }
  if (fails(lossCe)) return { name: 'exponential', population: generic('exponential') }
  const moved = (name: string, move: (point: Point, random: Random) => readonly Point[]): Outside => ({
    name,
    population: (random) => {
      const start = population(random)
      const [first, ...rest] = start.data as [Point, ...Point[]]
      return { ...start, data: [...move(first, random), ...rest] }
    },
  })
  if (fails(onePoint))
    return moved('two points', (point, random) => [
      point,
      { x: point.x.map(() => positiveNumber(random)), y: point.y },
    ])
  if (fails(zPositive))
    return moved('signed', (point) => [{ ...point, x: point.x.map((e, i) => (i === 0 ? opposite(e) : e)) }])
  if (fails(labelsPositive)) return moved('negative', (point) => [{ ...point, y: -1 }])
  if (!fails(homogeneous)) return undefined
  if (assumed.has(butForBiases)) return { name: 'biased', population: changed(population, biased) }
  if (assumed.has(noBiases)) return { name: 'bounded', population: changed(population, bounded) }
  const either: Population = (random) => changed(population, oneIn(random, 2) ? biased : bounded)(random)
  return { name: 'inhomogeneous', population: either }
}

/** The starts with a hidden layer, their nets changed, with the labels that the changed net gives. */
function changed(population: Population, change: (net: Architecture) => Architecture): Population {
  return (random) => {
    const start = withHiddenLayer(population, random)
    const net = change(start.net)
    const weights = wiring(net).nodes.map(({ fanIn }, u) => {
      const own = start.weights[u]!
      return [...own, ...vector(random, fanIn - own.length)]
    })
    const x = start.data.map((point) => [...point.x])
    const labels = ownLabels(net, weights, x)
    return { ...start, net, weights, data: x.map((entries, i) => ({ x: entries, y: labels[i]! })) }
  }
}

function withHiddenLayer(population: Population, random: Random): Start {
  const start = population(random)
  return start.net.layers.length > 1 ? start : withHiddenLayer(population, random)
}

const firstLayer = (net: Architecture, activation: string): Architecture => ({
  ...net,
  layers: net.layers.map((layer, l): Layer => (l === 0 ? { ...layer, activation } : layer)),
})
const kinked = (net: Architecture): Architecture => firstLayer(net, 'relu(z)')
const bounded = (net: Architecture): Architecture => firstLayer(net, 'tanh(z)')
const biased = (net: Architecture): Architecture => ({
  ...net,
  layers: net.layers.map((layer, l): Layer =>
    l === net.layers.length - 1 ? { ...layer, bias: true } : layer,
  ),
})
