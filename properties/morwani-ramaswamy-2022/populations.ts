/** Populations of the paper: starts of long runs that reach the asymptotic regime and its special cases. */
import {
  draws,
  generic,
  parseRatio,
  printRatio,
  rational,
  wiring,
  type Architecture,
  type Layer,
  type Population,
  type Random,
  type Start,
} from '../../src/index.ts'

const { nonZeroVector, oneIn, ownLabels, pick, points, positiveNumber, twelfths } = draws

/** A net with all its weights, and points without labels. */
interface Unlabelled {
  readonly net: Architecture
  readonly weights: readonly (readonly string[])[]
  readonly x: readonly string[][]
}

/** Activations of one side or none. */
const POWERS: readonly string[] = ['relu(z)^2', 'z^2', 'relu(z)^3']

const opposite = (x: string): string => printRatio(rational.neg(parseRatio(x)))
const times = (x: string, y: string): string => printRatio(rational.mul(parseRatio(x), parseRatio(y)))
const plus = (x: string, y: string): string => printRatio(rational.add(parseRatio(x), parseRatio(y)))
const divided = (x: string, y: string): string => printRatio(rational.div(parseRatio(x), parseRatio(y)))

/** The start of a net at weights w_1, w_2, …, with the labels that it gives its points. */
function labelled(loss: string, { net, weights, x }: Unlabelled): Start {
  const labels = ownLabels(net, weights, x)
  return started(
    loss,
    net,
    weights,
    x.map((entries, i) => ({ x: entries, y: labels[i]! })),
  )
}

const started = (
  loss: string,
  net: Architecture,
  weights: Unlabelled['weights'],
  data: NonNullable<Start['data']>,
): Start => ({
  ...{ net, loss, data },
  values: Object.fromEntries(weights.map((w, u) => [`w_${u + 1}`, w])),
})

/** The weights of a start, node by node. */
const weightsOf = ({ net, values }: Start): string[][] =>
  wiring(net!).nodes.map((_, u) => values![`w_${u + 1}`] as string[])

/** A population of any start: a search goes where it likes. */
const any = (name: string, draw: Population['draw']): Population => ({ name, draw, refuses: () => undefined })

/** A multiple c/a of each entry. */
const over = (p: readonly string[], a: string): string[] => p.map((e) => divided(e, a))
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
  const weights = wiring(net).nodes.map(({ fanIn }) => twelfths(random, fanIn))
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
  const together = twelfths(random, inputs)
  const moved = (e: string): string => plus(e, `${random.integer(-apart, apart)}/12`)
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

const classesOf = (random: Random, loss: string): number =>
  loss === 'exponential' ? 1 : random.integer(2, 3)

/**
 * Starts in which several nodes tend to grow: one neuron for each point, one node in each layer, exact ties between
 * neurons of unequal shares, and generic ones.
 */
export function growing(loss: 'exponential' | 'cross-entropy'): Population {
  return any('growing starts', (random, assumed) => {
    const kind = random.integer(0, 9)
    const classes = classesOf(random, loss)
    if (kind < 3) return labelled(loss, neuronPerPoint(random, classes))
    if (kind < 5) return labelled(loss, chain(random, classes))
    if (kind < 7) return labelled(loss, tied(random, classes, 0))
    return generic(loss).draw(random, assumed)
  })
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
  const together = twelfths(random, inputs)
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
  const other = second.toReversed().map((e) => times(e, larger))
  return { ...start, weights: [first, other, ...rest] }
}

/**
 * Linear neurons that compete for the same points, under exponential loss: tied, nearly tied, further apart, and at
 * different angles.
 */
export const race: Population = any('races', (random) => {
  const kind = random.integer(0, 5)
  if (kind === 0) return labelled('exponential', mixed(random))
  if (kind < 3) return labelled('exponential', turned(random))
  return labelled('exponential', tied(random, 1, pick(random, [0, 0, 1, 4])))
})

/** Nets of one node in each layer, squares in the first, under exponential loss: the norms grow at different rates. */
export const chains: Population = any('chains', (random) => labelled('exponential', chain(random, 1, true)))

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
  return started('exponential', net, [...w.map((e) => [e]), Array<string>(inputs).fill('1')], [{ x, y: 1 }])
}

const isPositive = (text: string): boolean => parseRatio(text).num > 0n

function refusesDiagonalLinear(start: Start): string | undefined {
  const { net, loss, data } = start
  const { inputs, layers } = net!
  const weights = weightsOf(start)
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
  const [point] = data!
  return data!.length === 1 && point!.y === 1 && point!.x.every(isPositive)
    ? undefined
    : 'the data are not one positive point labelled +1'
}

/** The setting of Proposition 6: a linear model whose weights are nodes of their own, one positive point. */
export const diagonalLinear: Population = {
  ...{ name: 'diagonal linear models', draw: drawDiagonalLinear, refuses: refusesDiagonalLinear },
}

const linear = (width: number): Layer => ({ width, activation: 'z' })

/** A net with random weights (frozen ones ±1) and points with the labels that it gives them. */
function classifying(random: Random, net: Architecture): Start {
  const weights = wiring(net).nodes.map(({ fanIn, frozen }) =>
    frozen ? Array.from({ length: fanIn }, () => pick(random, ['1', '-1'])) : twelfths(random, fanIn),
  )
  return labelled('exponential', { net, weights, x: points(random, net.inputs) })
}

const drawDeepLinear = (random: Random): Start => {
  const depth = random.integer(1, 4)
  const hidden = Array.from({ length: depth - 1 }, () => linear(random.integer(1, 2)))
  return classifying(random, { inputs: random.integer(1, 3), layers: [...hidden, linear(1)] })
}

/** A linear net of 1 to 4 layers, and points that it classifies. */
export const deepLinear: Population = {
  name: 'deep linear nets',
  draw: drawDeepLinear,
  refuses: ({ net }) =>
    net!.layers.every(
      ({ activation, bias, frozen, connection }) => activation === 'z' && !bias && !frozen && !connection,
    )
      ? undefined
      : 'it is no deep linear net',
}

/** As many neurons as inputs, each on an axis with a point of its own, whose label its frozen output weight has. */
function onePerPoint(random: Random): Start {
  const inputs = random.integer(2, 3)
  const axis = (j: number): string[] =>
    Array.from({ length: inputs }, (_, i) => (i === j ? positiveNumber(random) : '0'))
  const axes = Array.from({ length: inputs }, (_, j) => j)
  const signs = axes.map(() => pick(random, [1, -1]))
  const net: Architecture = {
    inputs,
    layers: [
      { width: inputs, activation: pick(random, POWERS) },
      { width: 1, activation: 'z', frozen: true },
    ],
  }
  const points = axes.map((j) => ({ x: axis(j), y: signs[j]! }))
  return started('exponential', net, [...axes.map(axis), signs.map(String)], points)
}

/** A mirror image of everything: two neurons of opposite weights and two opposite points, the output layer trained. */
function mirrored(random: Random): Start {
  const inputs = random.integer(1, 3)
  const w = twelfths(random, inputs)
  const x = nonZeroVector(random, inputs)
  const out = pick(random, ['1/2', '2/3', '1'])
  const net: Architecture = { inputs, layers: [{ width: 2, activation: 'relu(z)^2' }, linear(1)] }
  const points = [
    { x, y: 1 },
    { x: x.map(opposite), y: 1 },
  ]
  return started('exponential', net, [w, w.map(opposite), [out, out]], points)
}

/** Generic starts of exponential loss; among them one neuron per point, and two mirrored neurons and points. */
export const regimes: Population = any('regimes', (random, assumed) => {
  const kind = random.integer(1, 8)
  if (kind === 1) return onePerPoint(random)
  if (kind === 2) return mirrored(random)
  if (kind === 3) return drawDeepLinear(random)
  return generic('exponential').draw(random, assumed)
})

/** Linear neurons that add up, one point labelled +1; at times two neurons are equal, or at equal angles to it. */
export const linearNeurons: Population = any('sums of linear neurons', (random) => {
  const inputs = random.integer(2, 3)
  const width = random.integer(2, 4)
  const x = nonZeroVector(random, inputs)
  const weights = Array.from({ length: width }, () => twelfths(random, inputs))
  const [w] = weights as [string[]]
  if (oneIn(random, 3)) weights[1] = oneIn(random, 2) ? w : reflected(w, x)
  const net: Architecture = { inputs, layers: [linear(width), { ...linear(1), frozen: true }] }
  return started('exponential', net, [...weights, Array<string>(width).fill('1')], [{ x, y: 1 }])
})

/** The mirror image of w in the line of x. */
function reflected(w: readonly string[], x: readonly string[]): string[] {
  const dot = (p: readonly string[], q: readonly string[]): string =>
    p.reduce((total, e, i) => plus(total, times(e, q[i]!)), '0')
  const twice = times('2', divided(dot(w, x), dot(x, x)))
  return w.map((e, i) => plus(times(twice, x[i]!), opposite(e)))
}
