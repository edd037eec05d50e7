/** Populations: starts of long runs, aimed at the asymptotic regime and its special cases. */
import { oneIn, pick, type Random } from '../claim/random.ts'
import { fold, parseRatio, printRatio } from '../program/constant.ts'
import type { System } from '../flow/objective.ts'
import { network } from '../net/network.ts'
import { float64 } from '../number/float64.ts'
import { rational } from '../number/rational.ts'
import { wiring, type Architecture, type Layer } from '../net/architecture.ts'
import type { PointValues } from './case.ts'
import { nonZeroVector, positiveNumber } from './draw.ts'

/** A net with weights, and labelled points. */
export interface Start {
  readonly net: Architecture
  readonly loss: System['loss']
  readonly weights: readonly (readonly string[])[]
  readonly data: readonly PointValues[]
}

/** Draws a start; where claims speak of these starts only, `refuses` says why another is none of them. */
export interface Population {
  (random: Random): Start
  refuses?(start: Start): string | undefined
}

const number = (random: Random, most: number, den: number): string =>
  printRatio({ num: BigInt(random.integer(1, most) * (oneIn(random, 2) ? 1 : -1)), den: BigInt(den) })
const weight = (random: Random): string => number(random, 12, 12)
/** A vector of non-zero multiples of 1/12 up to 1. */
export const vector = (random: Random, n: number): string[] => Array.from({ length: n }, () => weight(random))
/** −x. */
export const opposite = (x: string): string => (x.startsWith('-') ? x.slice(1) : x === '0' ? x : `-${x}`)

const CURVED = ['relu(z)^2', 'z^2', 'relu(z)^3', 'z^3']
/** Activations of one side or none. */
export const POWERS: readonly string[] = ['relu(z)^2', 'z^2', 'relu(z)^3']

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
function points(random: Random, inputs: number): string[][] {
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
export function ownLabels(net: Architecture, weights: Start['weights'], data: readonly string[][]): number[] {
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
 * Generic starts, and among them symmetric ones (two nodes with mirrored or equal weights), ties and redundant nodes
 * (one a multiple of another); exponential loss, or cross-entropy with 2 or 3 classes. Most points carry the labels
 * that the net gives them at the start; the others carry random labels, so that some data are not separable.
 */
export function generic(loss: System['loss']): Population {
  return (random) => {
    const inputs = pick(random, [1, 2, 2, 2, 3, 3])
    const classes = loss === 'exponential' ? 1 : random.integer(2, 3)
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
    return { net, loss, weights, data: data.map((x, i) => ({ x, y: labels[i]! })) }
  }
}

const drawDiagonalLinear = (random: Random): Start => {
  const inputs = random.integer(2, 4)
  const net: Architecture = {
    inputs,
    layers: [
      { width: inputs, activation: 'z', connection: 'diagonal' },
      { width: 1, activation: 'z', frozen: true },
    ],
  }
  const x = Array.from({ length: inputs }, () => positiveNumber(random))
  const w = Array.from({ length: inputs }, () => positiveNumber(random))
  if (oneIn(random, 3)) {
    // A tie: w_1 z_1 = w_2 z_2.
    w[0] = x[1]!
    w[1] = x[0]!
  }
  return {
    net,
    loss: 'exponential',
    weights: [...w.map((e) => [e]), Array<string>(inputs).fill('1')],
    data: [{ x, y: 1 }],
  }
}

const isPositive = (text: string): boolean => parseRatio(text).num > 0n

const refusesDiagonalLinear = ({
  net: { inputs, layers },
  loss,
  weights,
  data,
}: Start): string | undefined => {
  const [hidden, out] = layers
  const shape =
    layers.length === 2 &&
    hidden!.connection === 'diagonal' &&
    [hidden!, out!].every(({ activation, bias }) => activation === 'z' && !bias) &&
    !hidden!.frozen &&
    out!.frozen &&
    weights.at(-1)!.every((e) => e === '1')
  if (!shape || loss !== 'exponential')
    return `it is no linear model of ${inputs} weights, their sum its output`
  if (!weights.slice(0, -1).flat().every(isPositive)) return 'a weight is not positive'
  const [point] = data
  return data.length === 1 && point!.y === 1 && point!.x.every(isPositive)
    ? undefined
    : 'the data are not one positive point labelled +1'
}

/** The setting of Proposition 6: a linear model whose weights are nodes of their own, one positive point. */
export const diagonalLinear: Population = Object.assign(drawDiagonalLinear, {
  refuses: refusesDiagonalLinear,
})

const linear = (width: number): Layer => ({ width, activation: 'z' })

/** A net with random weights (frozen ones ±1) and points with the labels that it gives them. */
function classifying(random: Random, net: Architecture): Start {
  const weights = wiring(net).nodes.map(({ fanIn, frozen }) =>
    frozen ? Array.from({ length: fanIn }, () => pick(random, ['1', '-1'])) : vector(random, fanIn),
  )
  const data = points(random, net.inputs)
  const labels = ownLabels(net, weights, data)
  return { net, loss: 'exponential', weights, data: data.map((x, i) => ({ x, y: labels[i]! })) }
}

const drawDeepLinear = (random: Random): Start => {
  const depth = random.integer(1, 4)
  const hidden = Array.from({ length: depth - 1 }, () => linear(random.integer(1, 2)))
  return classifying(random, { inputs: random.integer(1, 3), layers: [...hidden, linear(1)] })
}

/** A linear net of 1 to 4 layers, and points that it classifies. */
export const deepLinear: Population = Object.assign(drawDeepLinear, {
  refuses: ({ net: { layers } }: Start) =>
    layers.every(
      ({ activation, bias, frozen, connection }) => activation === 'z' && !bias && !frozen && !connection,
    )
      ? undefined
      : 'it is no deep linear net',
})

/** As many neurons as inputs, each on an axis with a point of its own, whose label its frozen output weight has. */
function onePerPoint(random: Random): Start {
  const inputs = random.integer(2, 3)
  const axis = (j: number): string[] =>
    Array.from({ length: inputs }, (_, i) => (i === j ? positiveNumber(random) : '0'))
  const axes = Array.from({ length: inputs }, (_, j) => j)
  const signs = axes.map(() => pick(random, [1, -1]))
  return {
    net: {
      inputs,
      layers: [
        { width: inputs, activation: pick(random, POWERS) },
        { width: 1, activation: 'z', frozen: true },
      ],
    },
    loss: 'exponential',
    weights: [...axes.map(axis), signs.map(String)],
    data: axes.map((j) => ({ x: axis(j), y: signs[j]! })),
  }
}

/** A mirror image of everything: two neurons of opposite weights and two opposite points, the output layer trained. */
function mirrored(random: Random): Start {
  const inputs = random.integer(1, 3)
  const w = vector(random, inputs)
  const x = nonZeroVector(random, inputs)
  const out = pick(random, ['1/2', '2/3', '1'])
  return {
    net: { inputs, layers: [{ width: 2, activation: 'relu(z)^2' }, linear(1)] },
    loss: 'exponential',
    weights: [w, w.map(opposite), [out, out]],
    data: [
      { x, y: 1 },
      { x: x.map(opposite), y: 1 },
    ],
  }
}

/** Generic starts of exponential loss; among them one neuron per point, and two mirrored neurons and points. */
export const regimes: Population = (random) => {
  const kind = random.integer(1, 8)
  if (kind === 1) return onePerPoint(random)
  if (kind === 2) return mirrored(random)
  if (kind === 3) return deepLinear(random)
  return generic('exponential')(random)
}

/** Linear neurons that add up, one point labelled +1; at times two neurons are equal, or at equal angles to it. */
export const linearNeurons: Population = (random) => {
  const inputs = random.integer(2, 3)
  const width = random.integer(2, 4)
  const x = nonZeroVector(random, inputs)
  const weights = Array.from({ length: width }, () => vector(random, inputs))
  const [w] = weights as [string[]]
  if (oneIn(random, 3)) weights[1] = oneIn(random, 2) ? w : reflected(w, x)
  return {
    net: {
      inputs,
      layers: [linear(width), { ...linear(1), frozen: true }],
    },
    loss: 'exponential',
    weights: [...weights, Array<string>(width).fill('1')],
    data: [{ x, y: 1 }],
  }
}

/** The mirror image of w in the line of x. */
function reflected(w: readonly string[], x: readonly string[]): string[] {
  const dot = (p: readonly string[], q: readonly string[]): string =>
    p.reduce((total, e, i) => fold('add', total, fold('mul', e, q[i]!)!)!, '0')
  const part = fold('div', dot(w, x), dot(x, x))!
  const twice = fold('add', part, part)!
  return w.map((e, i) => fold('sub', fold('mul', twice, x[i]!)!, e)!)
}
