/** Systems for long runs: chains with closed forms, small nets on separable data and on XOR, deep linear nets. */
import type { Start } from '../../src/flow/logclock.ts'
import type { System } from '../../src/flow/objective.ts'
import { wiring, type Architecture, type Layer } from '../../src/net/architecture.ts'

export type Name = System['normalization']
export const NORMALIZATIONS: readonly Name[] = ['unnorm', 'ewn', 'swn']

const layer = (width: number, activation = 'z'): Layer => ({ width, activation })

/** Numbers around 0 with standard deviation `size`, the same for every run of one seed. */
export function numbers(seed: number, size: number): () => number {
  let state = seed
  const uniform = (): number => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return (2 * state) / 2 ** 32 - 1
  }
  return () => size * (uniform() + uniform() + uniform())
}

/** Weights for every node of a net. */
export function randomWeights(net: Architecture, seed: number, size: number): number[][] {
  const next = numbers(seed, size)
  return wiring(net).nodes.map(({ fanIn }) => Array.from({ length: fanIn }, next))
}

/** D balanced scalar weights in a row, one data point x = 1 labelled +1, margin p₀ at the start. */
export function chain(normalization: Name, D: number, p0: number): Start {
  const net = { inputs: 1, layers: Array.from({ length: D }, () => layer(1)) }
  return {
    system: { net, loss: 'exponential', normalization, labels: [1] },
    weights: Array.from({ length: D }, () => [p0 ** (1 / D)]),
    data: [[1]],
  }
}

const SEPARABLE = {
  data: [
    ...[
      [1, 0.6],
      [0.4, 1.2],
      [1.5, 0.2],
      [0.9, 1.1],
    ],
    ...[
      [-1, -0.3],
      [-0.5, -1],
      [-1.2, 0.1],
      [-0.3, -1.4],
    ],
  ],
  labels: [1, 1, 1, 1, -1, -1, -1, -1],
}
const XOR = {
  data: [
    [1, 1],
    [-1, -1],
    [1, -1],
    [-1, 1],
  ],
  labels: [1, 1, -1, -1],
}

const on = ({ data, labels }: typeof XOR, net: Architecture, normalization: Name, seed: number): Start => ({
  system: { net, loss: 'exponential', normalization, labels },
  weights: randomWeights(net, seed, 0.5),
  data,
})

/** A two-layer net with all weights trained, on linearly separable data in the plane. */
export function separable(normalization: Name, width = 8, seed = 5): Start {
  return on(SEPARABLE, { inputs: 2, layers: [layer(width, 'relu(z)^2'), layer(1)] }, normalization, seed)
}

/** A two-layer net with all weights trained, on XOR. */
export function xor(normalization: Name, activation = 'relu(z)^2', width = 20, seed = 7): Start {
  return on(XOR, { inputs: 2, layers: [layer(width, activation), layer(1)] }, normalization, seed)
}

/** A linear net of `depth` layers on separable data. */
export function deepLinear(normalization: Name, depth: number, seed = 11): Start {
  const layers = [...Array.from({ length: depth - 1 }, () => layer(3)), layer(1)]
  const start = on(SEPARABLE, { inputs: 2, layers }, normalization, seed)
  return { ...start, weights: randomWeights(start.system.net, seed, 0.6) }
}
