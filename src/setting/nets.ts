/** The architectures that cases are drawn from, and the family over which identities are proved. */
import type { Architecture, Layer } from '../net/architecture.ts'
import type { System } from '../flow/objective.ts'
import { oneIn, pick, type Random } from '../claim/random.ts'
import type { Assumed } from '../claim/setting.ts'
import { lossIn } from './point/case.ts'
import {
  butForBiases,
  expOrCe,
  expOrSquared,
  homogeneous,
  isNegated,
  lossCe,
  lossExp,
  noBiases,
  onePoint,
  smooth,
} from './assumptions.ts'

/** C¹ activations: for them `smooth` holds. */
const SMOOTH: readonly string[] = ['z', 'z^2', 'z^3', 'relu(z)^2', 'relu(z)^3']
const KINKED = 'relu(z)'
const INHOMOGENEOUS = 'tanh(z)'

/** The activations allowed under the assumptions. */
export function activations(assumed: Assumed): string[] {
  return assumed.has(smooth) ? [...SMOOTH] : [...SMOOTH, KINKED]
}

/** A net and a loss that fit each other, and a number of points. */
export interface Shape<L extends string = System['loss']> {
  readonly net: Architecture
  readonly loss: L
  readonly points: number
}

/** The losses allowed under the assumptions; the squared loss only where it is asked for. */
export function allowedLosses(assumed: Assumed): System['loss'][] {
  if (assumed.has(lossExp)) return ['exponential']
  if (assumed.has(lossCe) || assumed.has(expOrCe)) return ['cross-entropy']
  return assumed.has(expOrSquared) ? ['squared'] : ['exponential', 'cross-entropy']
}

const isOfClasses = (loss: string): boolean => lossIn({ loss }).labels === 'class'

const last = (loss: string, classes: number): Layer => ({
  width: isOfClasses(loss) ? classes : 1,
  activation: 'z',
})

/** A random small net: dense at most, at times with a convolution, a frozen layer or several outputs. */
export function randomShape<L extends string>(
  random: Random,
  assumed: Assumed,
  losses: readonly L[],
): Shape<L> {
  const loss = pick(random, losses)
  const depth = pick(random, [1, 2, 2, 2, 3, 3, 4])
  const [biased, unbiased] = [assumed.has(butForBiases), assumed.has(noBiases)]
  const odd = biased || unbiased || (!assumed.has(homogeneous) && oneIn(random, 3))
  const kinds = activations(assumed)
  const hidden = Array.from({ length: depth - 1 }, (): Layer => ({
    width: random.integer(1, depth > 2 ? 2 : 3),
    activation: pick(random, depth > 2 ? kinds.filter((f) => !f.includes('3')) : kinds),
  }))
  const layers = [...hidden, last(loss, random.integer(2, 3))]
  if (depth === 1 && oneIn(random, 2)) layers[0] = { ...layers[0]!, activation: pick(random, kinds) }
  const inputs = random.integer(1, 3)
  if (depth > 1 && inputs > 1 && oneIn(random, 3))
    layers[0] = { ...layers[0]!, connection: { convolution: random.integer(1, inputs) } }
  if (depth > 1 && oneIn(random, 4)) {
    const frozen = pick(random, [0, depth - 1])
    layers[frozen] = { ...layers[frozen]!, frozen: true }
  }
  const at = random.integer(0, depth - 1)
  if (odd) {
    const bias = depth > 1 && !unbiased && (biased || oneIn(random, 2))
    const { frozen: _, ...trained } = layers[at]!
    if (bias) layers[depth - 1] = { ...layers[depth - 1]!, bias: true }
    else if (!biased) layers[at] = { ...trained, activation: INHOMOGENEOUS }
  }
  return { net: { inputs, layers }, loss, points: assumed.has(onePoint) ? 1 : random.integer(1, 3) }
}

/**
 * The family: depths 1 to 4, widths 1 to 4, every activation; one-dimensional convolutions; frozen first
 * or last layers; two and three outputs under cross-entropy; tanh and biased nets unless homogeneity is
 * assumed.
 */
export function familyShapes<L extends string>(assumed: Assumed, losses: readonly L[]): Shape<L>[] {
  const shapes: Shape<L>[] = []
  const add = (inputs: number, layers: Layer[], loss: L, points = 2): void => {
    shapes.push({ net: { inputs, layers }, loss, points: assumed.has(onePoint) ? 1 : points })
  }
  for (const loss of losses)
    for (const activation of activations(assumed)) {
      const end = last(loss, 2)
      for (const width of [1, 2, 3, 4]) {
        if (width === 1 || isOfClasses(loss))
          add(2, [{ width: isOfClasses(loss) ? Math.max(2, width) : 1, activation }], loss, 3)
        for (const depth of [2, 3, 4])
          add(
            2,
            [...Array.from({ length: depth - 1 }, (): Layer => ({ width, activation })), end],
            loss,
            depth === 2 ? 3 : 2,
          )
      }
      const kernel: Layer = { width: 2, activation, connection: { convolution: 2 } }
      add(3, [kernel, end], loss)
      add(3, [kernel, { ...kernel, width: 1 }, end], loss)
      add(
        2,
        [
          { width: 2, activation },
          { ...end, frozen: true },
        ],
        loss,
        3,
      )
      add(2, [{ width: 2, activation, frozen: true }, end], loss)
      add(
        2,
        [
          { width: 2, activation },
          { width: 2, activation },
          { ...end, frozen: true },
        ],
        loss,
      )
      if (isOfClasses(loss)) add(2, [{ width: 2, activation }, last(loss, 3)], loss)
      if (!assumed.has(homogeneous)) {
        if (!assumed.has(noBiases))
          add(
            2,
            [
              { width: 2, activation },
              { ...end, bias: true },
            ],
            loss,
          )
        if (activation === 'z' && !assumed.has(butForBiases))
          add(2, [{ width: 2, activation: INHOMOGENEOUS }, end], loss)
      }
    }
  return shapes
}

/**
 * Small nets for runs, as what is enclosed costs more than what is evaluated; with kinks where they may not be smooth, and
 * with a bias where they may not be homogeneous, which needs a hidden layer.
 */
export function smallShape<L extends string>(
  random: Random,
  assumed: Assumed,
  losses: readonly L[],
): Shape<L> | undefined {
  const loss = pick(random, losses)
  const inputs = random.integer(1, 2)
  const end = last(loss, random.integer(2, 3))
  const hidden: Layer = {
    width: random.integer(1, 2),
    activation: pick(random, ['z', 'z', 'z^2', 'relu(z)^2']),
  }
  const net: Architecture = pick(random, [
    { inputs: 2, layers: [end] },
    { inputs, layers: [hidden, end] },
    { inputs, layers: [hidden, { ...end, frozen: true }] },
    { inputs, layers: [{ width: 1, activation: 'z' }, { width: 1, activation: 'z' }, end] },
  ])
  const [kinked, biased] = [isNegated(assumed, smooth), isNegated(assumed, homogeneous)]
  if ((kinked || biased) && net.layers.length < 2) return undefined
  const layers = net.layers.map((layer, l): Layer => {
    if (l === 0 && kinked) return { ...layer, activation: 'relu(z)' }
    return l === net.layers.length - 1 && biased ? { ...layer, bias: true } : layer
  })
  return { net: { ...net, layers }, loss, points: pick(random, [1, 2, 3, 3, 4]) }
}
