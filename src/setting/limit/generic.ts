/** Generic starts: what is drawn for long runs where a setting names no population of its own. */
import { oneIn, pick, type Random } from '../../claim/random.ts'
import { network } from '../../net/network.ts'
import { wiring, type Architecture, type Layer } from '../../net/architecture.ts'
import { float64 } from '../../number/float64.ts'
import { rational } from '../../number/rational.ts'
import { fold, parseRatio, printRatio } from '../../program/constant.ts'
import { nonZeroVector, positiveNumber } from '../draw.ts'
import { lossIn, lossName } from '../point/case.ts'
import { weightValues, type Population, type Start } from '../point/population.ts'

const number = (random: Random, most: number, den: number): string =>
  printRatio({ num: BigInt(random.integer(1, most) * (oneIn(random, 2) ? 1 : -1)), den: BigInt(den) })
const weight = (random: Random): string => number(random, 12, 12)
/** A vector of non-zero multiples of 1/12 up to 1. */
export const vector = (random: Random, n: number): string[] => Array.from({ length: n }, () => weight(random))
/** −x. */
export const opposite = (x: string): string => (x.startsWith('-') ? x.slice(1) : x === '0' ? x : `-${x}`)

const CURVED = ['relu(z)^2', 'z^2', 'relu(z)^3', 'z^3']
/** Activations of one side or none. */
const POWERS: readonly string[] = ['relu(z)^2', 'z^2', 'relu(z)^3']

/** Linear models, two-layer nets with a frozen or a trained second layer, deep linear nets, convolutions. */
function architecture(random: Random, inputs: number, outputs: number): Architecture {
  const end: Layer = { width: outputs, activation: 'z' }
  const kind = random.integer(0, 9)
  if (kind === 0) return { inputs, layers: [end] }
  if (kind === 1) return { inputs, layers: [{ width: 2, activation: 'z' }, end] }
  if (kind === 2)
    return { inputs, layers: [{ width: 2, activation: 'z' }, { width: 1, activation: 'z' }, end] }
  if (kind === 3)
    return {
      inputs,
      layers: [
        { width: random.integer(2, 3), activation: 'z' },
        { ...end, frozen: true },
      ],
    }
  if (kind === 4 && inputs > 1)
    return {
      inputs,
      layers: [{ width: 2, activation: pick(random, POWERS), connection: { convolution: inputs - 1 } }, end],
    }
  if (kind === 5)
    return { inputs, layers: [{ width: 2, activation: 'z^2' }, { width: 2, activation: 'z' }, end] }
  const hidden: Layer = { width: random.integer(2, 4), activation: pick(random, kind < 8 ? POWERS : CURVED) }
  return { inputs, layers: [hidden, kind === 6 || kind === 8 ? { ...end, frozen: true } : end] }
}

/** Points in general position, at times with a mirror image, a near copy, or an axis each. */
export function points(random: Random, inputs: number): string[][] {
  const axes = inputs > 1 && oneIn(random, 6)
  const data = Array.from({ length: random.integer(1, 3) }, (_, i) =>
    axes && i < inputs
      ? Array.from({ length: inputs }, (_, j) => (j === i ? positiveNumber(random) : '0'))
      : nonZeroVector(random, inputs),
  )
  const [first] = data as [string[]]
  if (oneIn(random, 6)) data.push(first.map(opposite))
  if (oneIn(random, 6)) data.push(first.map((e, j) => (j === 0 ? positiveNumber(random) : e)))
  return data
}

/** The classes that the net itself assigns, so that it separates the points. */
export function ownLabels(
  net: Architecture,
  weights: readonly (readonly string[])[],
  data: readonly string[][],
): number[] {
  const number = (text: string): number => rational.toNumber(parseRatio(text))
  return data.map((x) => {
    const outputs = network(
      float64,
      net,
      weights.map((w) => w.map(number)),
      x.map(number),
    )
    return outputs.length === 1 ? (outputs[0]! < 0 ? -1 : 1) : outputs.indexOf(Math.max(...outputs))
  })
}

/** Weights of a frozen layer. */
const ENDS = ['1', '-1', '1', '-1', '2', '-1/2']

/**
 * Generic starts under a loss of one output or of 2 or 3 classes, and among them symmetric ones (two nodes with mirrored
 * or equal weights), ties and redundant nodes (one a multiple of another). Most points carry the labels that the net gives
 * them at the start; the others carry random labels, so that some data are not separable.
 */
export function generic(loss: string): Population {
  const ofClasses = lossIn({ loss: lossName(loss) }).labels === 'class'
  return {
    name: 'generic starts',
    refuses: () => undefined,
    draw: (random) => genericStart(random, loss, ofClasses),
  }
}

function genericStart(random: Random, loss: string, ofClasses: boolean): Start {
  const inputs = pick(random, [1, 2, 2, 2, 3, 3])
  const classes = ofClasses ? random.integer(2, 3) : 1
  const net = architecture(random, inputs, classes)
  const { nodes } = wiring(net)
  const weights = nodes.map(({ fanIn, frozen }) =>
    frozen ? Array.from({ length: fanIn }, () => pick(random, ENDS)) : vector(random, fanIn),
  )
  if (oneIn(random, 4) && nodes[1]?.layer === nodes[0]!.layer) {
    const [w] = weights as [string[]]
    weights[1] = pick(random, [() => w, () => w.map(opposite), () => w.map((e) => fold('add', e, e)!)])()
  }
  const data = points(random, inputs)
  const own = ownLabels(net, weights, data)
  const label = (): number => (classes === 1 ? pick(random, [1, 1, -1]) : random.integer(0, classes - 1))
  const labels = oneIn(random, 4) ? data.map(label) : own
  return { net, loss, data: data.map((x, i) => ({ x, y: labels[i]! })), values: weightValues(weights) }
}

/** What populations are drawn with: exact numbers and vectors, choices, and the labels that a net itself gives. */
export const draws: {
  readonly nonZeroVector: typeof nonZeroVector
  readonly oneIn: typeof oneIn
  readonly ownLabels: typeof ownLabels
  readonly pick: typeof pick
  readonly points: typeof points
  readonly positiveNumber: typeof positiveNumber
  readonly twelfths: typeof vector
} = Object.freeze({ nonZeroVector, oneIn, ownLabels, pick, points, positiveNumber, twelfths: vector })
