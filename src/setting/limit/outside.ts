/** Outside: starts of long runs that fail one structural assumption, drawn where a hunt asks for its negation. */
import { oneIn, type Random } from '../../claim/random.ts'
import type { Assumption } from '../../claim/claim.ts'
import type { Assumed } from '../../claim/setting.ts'
import { wiring, type Architecture, type Layer } from '../../net/architecture.ts'
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
} from '../assumptions.ts'
import { lossName, type LabelledPoint as Point } from '../point/case.ts'
import { positiveNumber } from '../draw.ts'
import { crossEntropy, exponential } from '../../model/loss.ts'
import { weightsOf, weightValues, type Population, type Start } from '../point/population.ts'
import { generic, opposite, ownLabels, vector } from './generic.ts'

/** The assumptions that long runs know, to meet them or to leave them. */
export const OUTSIDE_OF: readonly Assumption[] = [
  ...[smooth, homogeneous, butForBiases, noBiases, lossExp, expOrSquared, lossCe, unitStart, etaConstant],
  ...[onePoint, labelsPositive, zPositive],
]

/**
 * The starts of a population of nets changed so that what is negated in `assumed` fails: kinks for `smooth`, biases or
 * tanh for `homogeneous`, the other loss of the model for `loss-exp` and `loss-ce`, a second point, an entry or a label
 * of the other sign; `undefined` if nothing that is known here is negated.
 */
export function outside(
  population: Population,
  assumed: Assumed,
  losses: readonly string[],
): Population | undefined {
  const has = (loss: string): boolean => losses.some((one) => lossName(one) === lossName(loss))
  const fails = (assumption: Assumption): boolean => isNegated(assumed, assumption)
  const named = (name: string, draw: Population['draw']): Population => ({ name, draw })
  const changedBy = (name: string, change: (net: Architecture) => Architecture): Population =>
    named(name, (random) => changed(population, assumed, random, change))
  const moved = (name: string, move: (point: Point, random: Random) => readonly Point[]): Population =>
    named(name, (random) => {
      const start = population.draw(random, assumed)
      const [first, ...rest] = start.data as [Point, ...Point[]]
      return { ...start, data: [...move(first, random), ...rest] }
    })
  if (fails(smooth)) return changedBy('kinked', kinked)
  if (fails(lossExp) && !assumed.has(expOrSquared) && has(crossEntropy))
    return named('cross-entropy', generic(crossEntropy).draw)
  if (fails(lossCe) && has(exponential)) return named('exponential', generic(exponential).draw)
  if (fails(onePoint))
    return moved('two points', (point, random) => [
      point,
      { x: point.x.map(() => positiveNumber(random)), y: point.y },
    ])
  if (fails(zPositive))
    return moved('signed', (point) => [{ ...point, x: point.x.map((e, i) => (i === 0 ? opposite(e) : e)) }])
  if (fails(labelsPositive)) return moved('negative', (point) => [{ ...point, y: -1 }])
  if (!fails(homogeneous)) return undefined
  if (assumed.has(butForBiases)) return changedBy('biased', biased)
  if (assumed.has(noBiases)) return changedBy('bounded', bounded)
  return named('inhomogeneous', (random) => {
    const change = oneIn(random, 2) ? biased : bounded
    return changed(population, assumed, random, change)
  })
}

/** A start with a hidden layer, its net changed, with the labels that the changed net gives. */
function changed(
  population: Population,
  assumed: Assumed,
  random: Random,
  change: (net: Architecture) => Architecture,
): Start {
  const start = withHiddenLayer(population, assumed, random)
  const net = change(start.net!)
  const before = weightsOf(start)
  const weights = wiring(net).nodes.map(({ fanIn }, u) => {
    const own = before[u]!
    return [...own, ...vector(random, fanIn - own.length)]
  })
  const x = start.data!.map((point) => [...point.x])
  const labels = ownLabels(net, weights, x)
  return {
    ...start,
    net,
    values: weightValues(weights),
    data: x.map((entries, i) => ({ x: entries, y: labels[i]! })),
  }
}

function withHiddenLayer(population: Population, assumed: Assumed, random: Random): Start {
  const start = population.draw(random, assumed)
  return start.net!.layers.length > 1 ? start : withHiddenLayer(population, assumed, random)
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
