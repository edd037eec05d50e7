/** Naive: networks by nested loops over grids of positions and channels, and random ones to try them on. */
import * as fc from 'fast-check'
import type { Architecture, Layer } from '../../src/net/architecture.ts'
import { reduce } from '../../src/program/constant.ts'
import { rational, type Rational } from '../../src/number/rational.ts'

const ZERO = rational.constant('0')
const ONE = rational.constant('1')

/** The activations of the library, by hand. */
const ACTIVATIONS: Readonly<Record<string, (z: Rational) => Rational>> = {
  z: (z) => z,
  'z^2': (z) => rational.mul(z, z),
  'z^3': (z) => rational.mul(z, rational.mul(z, z)),
  'relu(z)': (z) => (z.num > 0n ? z : ZERO),
  'relu(z)^2': (z) => (z.num > 0n ? rational.mul(z, z) : ZERO),
}

const weighted = (w: readonly Rational[], x: readonly Rational[]): Rational => {
  let total = ZERO
  for (let k = 0; k < w.length; k++) total = rational.add(total, rational.mul(w[k]!, x[k]!))
  return total
}

/** The outputs; `w` holds one vector per node, layer by layer. */
export function forward(
  net: Architecture,
  w: readonly (readonly Rational[])[],
  x: readonly Rational[],
): Rational[] {
  // grid[position][channel]
  let grid = x.map((value) => [value])
  let next = 0
  for (const { width, activation, bias, connection } of net.layers) {
    const phi = ACTIVATIONS[activation]!
    const one = bias ? [ONE] : []
    const vectors = w.slice(next, next + width)
    next += width
    if (typeof connection === 'object') {
      const made: Rational[][] = []
      for (let p = 0; p + connection.convolution <= grid.length; p++) {
        const window = grid.slice(p, p + connection.convolution).flat()
        made.push(vectors.map((v) => phi(weighted(v, [...window, ...one]))))
      }
      grid = made
    } else if (connection === 'diagonal') {
      const flat = grid.flat()
      grid = vectors.map((v, u) => [phi(weighted(v, [flat[u]!, ...one]))])
    } else {
      const flat = grid.flat()
      grid = vectors.map((v) => [phi(weighted(v, [...flat, ...one]))])
    }
  }
  return grid.flat()
}

/** Random architectures: dense, diagonal and convolutional layers, biases, frozen layers. */
export const architecture: fc.Arbitrary<Architecture> = fc
  .tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.array(
      fc.record({
        width: fc.integer({ min: 1, max: 3 }),
        activation: fc.constantFrom(...Object.keys(ACTIVATIONS)),
        kind: fc.constantFrom('dense', 'diagonal', 'convolution'),
        kernel: fc.nat({ max: 3 }),
        bias: fc.boolean(),
        frozen: fc.boolean(),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([inputs, drafts]) => {
    let positions = inputs
    let channels = 1
    const layers = drafts.map(({ width, activation, kind, kernel, bias, frozen }): Layer => {
      const below = positions * channels
      const rest = { activation, ...(bias && { bias }), ...(frozen && { frozen }) }
      if (kind === 'convolution') {
        const convolution = 1 + (kernel % positions)
        positions -= convolution - 1
        channels = width
        return { ...rest, width, connection: { convolution } }
      }
      positions = kind === 'diagonal' ? below : width
      channels = 1
      return { ...rest, width: positions, connection: kind }
    })
    return { inputs, layers }
  })

/** A stream of small rationals, 0 among them, for weights and inputs. */
export const rationals: fc.Arbitrary<readonly Rational[]> = fc.array(
  fc
    .tuple(fc.integer({ min: -5, max: 5 }), fc.constantFrom(1n, 2n, 3n))
    .map(([num, den]) => reduce(BigInt(num), den)),
  { minLength: 40, maxLength: 40 },
)

/** Weight vectors of the given lengths and `inputs` inputs, from a stream that is used again when it ends. */
export function filled(
  lengths: readonly number[],
  inputs: number,
  stream: readonly Rational[],
): { readonly w: Rational[][]; readonly x: Rational[] } {
  let next = 0
  const take = (n: number): Rational[] => Array.from({ length: n }, () => stream[next++ % stream.length]!)
  return { w: lengths.map(take), x: take(inputs) }
}
