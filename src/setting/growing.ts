/** Growing: starts in which several nodes tend to grow, or compete to. */
import { oneIn, pick, type Random } from '../claim/random.ts'
import type { System } from '../flow/objective.ts'
import { wiring, type Architecture, type Layer } from '../net/architecture.ts'
import { fold } from '../program/constant.ts'
import { nonZeroVector, positiveNumber } from './draw.ts'
import { generic, opposite, ownLabels, POWERS, vector, type Population, type Start } from './population.ts'

interface Unlabelled {
  readonly net: Architecture
  readonly weights: Start['weights']
  readonly x: readonly string[][]
}

/** A multiple c/a of each entry. */
const over = (p: readonly string[], a: string): string[] => p.map((e) => fold('div', e, a)!)
const SHARES = ['1', '-1', '2', '1/2', '-3/2']

/** One neuron for each point, on its side of the other points. */
function neuronPerPoint(random: Random, classes: number): Unlabelled {
  const inputs = random.integer(2, 3)
  const m = random.integer(2, inputs)
  const x = Array.from({ length: m }, (_, i) =>
    Array.from({ length: inputs }, (_, j) => (j === i ? positiveNumber(random) : pick(random, SIDES))),
  )
  const frozen = oneIn(random, 2)
  const end: Layer = { width: classes, activation: 'z', ...(frozen && { frozen }) }
  const hidden: Layer = { width: m, activation: pick(random, POWERS) }
  const neuron = (i: number): string[] =>
    Array.from({ length: inputs }, (_, j) => (j === i ? pick(random, ['1/2', '3/4', '1']) : '1/12'))
  const share = (i: number, j: number): string =>
    classes === 1 ? pick(random, SHARES) : i % classes === j ? pick(random, ['1', '2', '1/2']) : '-1'
  const ends = Array.from({ length: classes }, (_, j) => x.map((_, i) => share(i, j)))
  return { net: { inputs, layers: [hidden, end] }, weights: [...x.map((_, i) => neuron(i)), ...ends], x }
}
const SIDES = ['0', '0', '1/4', '-1/4', '-1/2']

/** One node in each layer but the last; at times, or always in the first, of squares. */
function chain(random: Random, classes: number, squared = false): Unlabelled {
  const inputs = random.integer(1, 3)
  const hidden = Array.from({ length: random.integer(1, 3) }, (_, l): Layer => ({
    width: 1,
    activation: (squared && l === 0) || oneIn(random, 2) ? 'z^2' : 'z',
  }))
  const net: Architecture = { inputs, layers: [...hidden, { width: classes, activation: 'z' }] }
  const weights = wiring(net).nodes.map(({ fanIn }) => vector(random, fanIn))
  return {
    net,
    weights,
    x: Array.from({ length: random.integer(1, 2) }, () => nonZeroVector(random, inputs)),
  }
}

/** Linear neurons with frozen shares a_u and equal a_u w_u, or nearly equal ones: by so many twelfths. */
function tied(random: Random, classes: number, apart: number): Unlabelled {
  const inputs = random.integer(1, 3)
  const width = random.integer(2, 3)
  const shares = Array.from({ length: width }, () => pick(random, SHARES))
  const hidden: Layer = { width, activation: 'z' }
  const net: Architecture = { inputs, layers: [hidden, { width: classes, activation: 'z', frozen: true }] }
  const together = vector(random, inputs)
  const moved = (e: string): string => fold('add', e, `${random.integer(-apart, apart)}/12`)!
  const neuron = (a: string): string[] => {
    const w = over(together.map(moved), a)
    return w.every((e) => e === '0') ? over(together, a) : w
  }
  const ends = Array.from({ length: classes }, (_, j) =>
    shares.map((a) => (j === 0 ? a : j === 1 ? opposite(a) : '0')),
  )
  const x = Array.from({ length: random.integer(1, 3) }, () => nonZeroVector(random, inputs))
  return { net, weights: [...shares.map(neuron), ...ends], x }
}

const labelled = (loss: System['loss'], { x, ...start }: Unlabelled): Start => {
  const labels = ownLabels(start.net, start.weights, x)
  return { ...start, loss, data: x.map((x, i) => ({ x, y: labels[i]! })) }
}
const classesOf = (random: Random, loss: System['loss']): number =>
  loss === 'exponential' ? 1 : random.integer(2, 3)

/**
 * Starts in which several nodes tend to grow: one neuron for each point, one node in each layer, exact ties between
 * neurons of unequal shares, and generic ones.
 */
export function growing(loss: System['loss']): Population {
  return (random) => {
    const kind = random.integer(0, 9)
    const classes = classesOf(random, loss)
    if (kind < 3) return labelled(loss, neuronPerPoint(random, classes))
    if (kind < 5) return labelled(loss, chain(random, classes))
    if (kind < 7) return labelled(loss, tied(random, classes, 0))
    return generic(loss)(random)
  }
}

/** Two linear neurons under a frozen layer of squares, which varies the ratio of their gradients. */
function mixed(random: Random): Unlabelled {
  const inputs = random.integer(1, 3)
  const layers: Layer[] = [
    { width: 2, activation: 'z' },
    { width: 2, activation: 'z^2', frozen: true },
    { width: 1, activation: 'z', frozen: true },
  ]
  const share = (): string => pick(random, SHARES)
  const together = vector(random, inputs)
  return {
    net: { inputs, layers },
    weights: [together, over(together, share()), [share(), share()], [share(), share()], ['1', '1']],
    x: [nonZeroVector(random, inputs)],
  }
}

/** Two linear neurons with |a_u| ‖w_u‖ equal or nearly so, and different angles to the points. */
function turned(random: Random): Unlabelled {
  const start = tied(random, 1, 0)
  const [first, second, ...rest] = start.weights as [readonly string[], readonly string[], ...string[][]]
  const larger = `${random.integer(11, 14)}/12`
  const other = second.toReversed().map((e) => fold('mul', e, larger)!)
  return { ...start, weights: [first, other, ...rest] }
}

/**
 * Linear neurons that compete for the same points, under exponential loss: tied, nearly tied, further apart, and at
 * different angles.
 */
export const race: Population = (random) => {
  const kind = random.integer(0, 5)
  if (kind === 0) return labelled('exponential', mixed(random))
  if (kind < 3) return labelled('exponential', turned(random))
  return labelled('exponential', tied(random, 1, pick(random, [0, 0, 1, 4])))
}

/** Nets of one node in each layer, squares in the first, under exponential loss: the norms grow at different rates. */
export const chains: Population = (random) => labelled('exponential', chain(random, 1, true))
