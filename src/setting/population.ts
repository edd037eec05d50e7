/** Populations: starts of long runs, aimed at the asymptotic regime and its special cases. */
import { oneIn, pick, type Random } from '../claim/random.ts'
import { printRatio } from '../program/constant.ts'
import type { System } from '../flow/objective.ts'
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

/** Draws a start. */
export type Population = (random: Random) => Start

const number = (random: Random, most: number, den: number): string =>
  printRatio({ num: BigInt(random.integer(1, most) * (oneIn(random, 2) ? 1 : -1)), den: BigInt(den) })
const weight = (random: Random): string => number(random, 12, 12)
const vector = (random: Random, n: number): string[] => Array.from({ length: n }, () => weight(random))
const opposite = (x: string): string => (x.startsWith('-') ? x.slice(1) : x === '0' ? x : `-${x}`)

const CURVED = ['relu(z)^2', 'z^2', 'relu(z)^3', 'z^3']
const POWERS = ['relu(z)^2', 'z^2', 'relu(z)^3']

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

/** Points in general position, at times with a mirror image, a near copy of the other class, or an axis each. */
function points(random: Random, inputs: number, classes: number): PointValues[] {
  const label = (): number => (classes === 0 ? pick(random, [1, 1, -1]) : random.integer(0, classes - 1))
  const m = random.integer(1, 3)
  const data = Array.from({ length: m }, (): PointValues => ({
    x: nonZeroVector(random, inputs),
    y: label(),
  }))
  const [first] = data as [PointValues]
  const other = classes === 0 ? -first.y : (first.y + 1) % classes
  if (oneIn(random, 6)) data.push({ x: first.x.map(opposite), y: oneIn(random, 2) ? first.y : other })
  if (oneIn(random, 6))
    data.push({ x: first.x.map((e, j) => (j === 0 ? positiveNumber(random) : e)), y: other })
  return data
}

/**
 * Generic starts, and among them symmetric ones (two nodes with mirrored or equal weights), ties, redundant nodes
 * (one a multiple of another) and conflicting points; exponential loss, or cross-entropy with 2 or 3 classes.
 */
export function generic(loss: System['loss']): Population {
  return (random) => {
    const inputs = random.integer(1, 3)
    const classes = loss === 'exponential' ? 0 : random.integer(2, 3)
    const net = architecture(random, inputs, Math.max(1, classes))
    const { nodes } = wiring(net)
    const weights = nodes.map(({ fanIn, frozen }) =>
      frozen ? Array.from({ length: fanIn }, () => pick(random, ['1', '-1'])) : vector(random, fanIn),
    )
    if (oneIn(random, 4) && nodes[1]?.layer === nodes[0]!.layer) {
      const [w] = weights as [string[]]
      weights[1] = pick(random, [() => w, () => w.map(opposite), () => w.map((e) => double(e))])()
    }
    return { net, loss, weights, data: points(random, inputs, classes) }
  }
}

const double = (e: string): string => {
  const [p, q = '1'] = e.split('/') as [string, string?]
  return printRatio(reduced(2n * BigInt(p), BigInt(q)))
}

function reduced(num: bigint, den: bigint): { num: bigint; den: bigint } {
  const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))
  const g = gcd(num < 0n ? -num : num, den)
  return { num: num / g, den: den / g }
}

/** The setting of Proposition 6: a linear model whose weights are nodes of their own, one positive point. */
export const diagonalLinear: Population = (random) => {
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
