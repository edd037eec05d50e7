/** The order of homogeneity: computed from structure, equal to what scaling the weights measures. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wiring, type Architecture, type Layer } from '../../src/net/architecture.ts'
import { network } from '../../src/net/network.ts'
import { exactOrder, order } from '../../src/net/order.ts'
import { float64 } from '../../src/number/float64.ts'
import { interval, overlap, type Interval } from '../../src/number/interval.ts'
import { rational, type Rational } from '../../src/number/rational.ts'
import { familyShapes } from '../../src/setting/nets.ts'
import { architecture, filled, forward, rationals } from './naive.ts'

const q = rational.constant
const net = (inputs: number, ...layers: Layer[]): Architecture => ({ inputs, layers })
const layer = (width: number, activation: string, rest: Partial<Layer> = {}): Layer => ({
  width,
  activation,
  ...rest,
})
const shapes = familyShapes(new Set(), ['exponential', 'cross-entropy'] as const)

/** Weights and inputs without a zero and of both signs, different for each seed. */
function weights(a: Architecture, seed: number): { w: Rational[][]; x: Rational[] } {
  const stream = Array.from({ length: 97 }, (_, i) => {
    const n = ((i + 1) * (seed + 3) * 7919) % 13
    return { num: BigInt(n - 6 || 7), den: BigInt(1 + ((i * seed) % 3)) }
  })
  return filled(
    wiring(a).nodes.map(({ fanIn }) => fanIn),
    a.inputs,
    stream,
  )
}

const scaled = (a: Architecture, w: Rational[][], by: Rational, only?: number): Rational[][] => {
  const { nodes } = wiring(a)
  return w.map((v, u) =>
    nodes[u]!.frozen || (only !== undefined && nodes[u]!.layer !== only)
      ? v
      : v.map((e) => rational.mul(by, e)),
  )
}
const power = (by: Rational, n: number): Rational => rational.pow(by, n)
const same = (a: Rational, b: Rational): boolean => a.num * b.den === b.num * a.den

describe('Φ(λw, x) = λ^H Φ(w, x) exactly, with the H of the structure', () => {
  test('for every net of the family, all weights and layer by layer', () => {
    const orders = new Set<number>()
    let nonZero = 0
    for (const { net: a } of shapes) {
      const H = order(a)
      if (typeof H !== 'number') continue
      orders.add(H)
      for (let seed = 1; seed <= 4; seed++) {
        const { w, x } = weights(a, seed)
        const plain = network(rational, a, w, x)
        nonZero += plain.some(({ num }) => num !== 0n) ? 1 : 0
        for (const by of [q('2'), q('1/3')]) {
          const all = network(rational, a, scaled(a, w, by), x)
          all.forEach((v, j) => expect(same(v, rational.mul(power(by, H), plain[j]!))).toBe(true))
        }
      }
    }
    expect([...orders].toSorted((a, b) => a - b)).toEqual(expect.arrayContaining([1, 2, 3, 4, 7, 13, 15, 40]))
    expect(nonZero).toBeGreaterThan(600)
  })

  test('and with no other H where Φ is not 0', () => {
    for (const { net: a } of shapes) {
      const H = order(a)
      if (typeof H !== 'number') continue
      const { w, x } = weights(a, 2)
      const plain = network(rational, a, w, x)[0]!
      if (plain.num === 0n) continue
      const doubled = network(rational, a, scaled(a, w, q('2')), x)[0]!
      for (const wrong of [H - 1, H + 1])
        expect(same(doubled, rational.mul(power(q('2'), wrong), plain))).toBe(false)
    }
  })

  test('the orders of the layers measure the layers, and sum to H', () => {
    for (const { net: a } of shapes) {
      const H = order(a)
      if (typeof H !== 'number') continue
      const { w, x } = weights(a, 1)
      const plain = network(rational, a, w, x)
      const parts = a.layers.map((_, l) => {
        const part = order(a, l) as number
        network(rational, a, scaled(a, w, q('3'), l), x).forEach((v, j) =>
          expect(same(v, rational.mul(power(q('3'), part), plain[j]!))).toBe(true),
        )
        return part
      })
      expect([a, parts.reduce((s, part) => s + part)]).toEqual([a, H])
    }
  })

  test('for random nets, whenever an order is claimed', () => {
    let claimed = 0
    fc.assert(
      fc.property(architecture, rationals, (a, stream) => {
        const H = order(a)
        if (typeof H !== 'number') return
        claimed++
        const { w, x } = filled(
          wiring(a).nodes.map(({ fanIn }) => fanIn),
          a.inputs,
          stream,
        )
        const plain = forward(a, w, x)
        forward(a, scaled(a, w, q('5/2')), x).forEach((v, j) =>
          expect(same(v, rational.mul(power(q('5/2'), H), plain[j]!))).toBe(true),
        )
      }),
      { seed: 33, numRuns: 800 },
    )
    expect(claimed).toBeGreaterThan(200)
  })
})

describe('the order of', () => {
  test.each<[string, Architecture, number]>([
    ['a linear model', net(3, layer(1, 'z')), 1],
    ['z³ in one layer', net(1, layer(1, 'z^3')), 3],
    ['ReLU, two layers', net(2, layer(3, 'relu(z)'), layer(1, 'z')), 2],
    ['ReLU², then ReLU³: 3(2 + 1)', net(2, layer(2, 'relu(z)^2'), layer(1, 'relu(z)^3')), 9],
    ['deep linear, four layers', net(1, layer(1, 'z'), layer(1, 'z'), layer(1, 'z'), layer(1, 'z')), 4],
    ['a frozen last layer', net(1, layer(2, 'z^2'), layer(1, 'z', { frozen: true })), 2],
    ['a frozen first layer', net(1, layer(2, 'z^2', { frozen: true }), layer(1, 'z')), 1],
    ['a bias in the first layer', net(2, layer(2, 'relu(z)^2', { bias: true }), layer(1, 'z')), 3],
    ['a bias after frozen layers', net(1, layer(2, 'z', { frozen: true }), layer(1, 'z', { bias: true })), 1],
    ['absolute values', net(1, layer(1, 'abs(z)'), layer(1, 'max(z, -2*z)')), 2],
    ['√(z²)', net(1, layer(1, 'sqrt(z^2)')), 1],
    ['a quotient z³/z', net(1, layer(1, 'z^3/z')), 2],
    ['relu(z)^(4/3)', net(1, layer(1, 'relu(z)^(4/3)')), 4 / 3],
    [
      'relu(z)^(4/3), then |z|^(3/2): (3/2)(4/3 + 1)',
      net(1, layer(1, 'relu(z)^(4/3)'), layer(1, 'abs(z)^(3/2)')),
      7 / 2,
    ],
    [
      'terms of orders 4/3 in two spellings',
      net(1, layer(1, 'relu(z)^(4/3) + 2*relu(z)*relu(z)^(1/3)')),
      4 / 3,
    ],
  ])('%s', (_, a, H) => {
    expect(order(a)).toBe(H)
  })
})

describe('no order is claimed, and why, of', () => {
  test.each<[string, Architecture, string]>([
    ['tanh', net(1, layer(1, 'tanh(z)'), layer(1, 'z')), 'tanh of a term of order 1'],
    ['an exponential', net(1, layer(1, 'exp(z)')), 'exp of a term of order 1'],
    ['a logarithm', net(1, layer(1, 'log(z)')), 'log of a term of order 1'],
    [
      'a bias in a deep layer',
      net(1, layer(1, 'z'), layer(1, 'z', { bias: true })),
      'it adds terms of orders 2 and 1',
    ],
    ['z + z²', net(1, layer(1, 'z + z^2')), 'it adds terms of orders 1 and 2'],
    [
      'relu(z)^(4/3) + relu(z)^(3/2)',
      net(1, layer(1, 'relu(z)^(4/3) + relu(z)^(3/2)')),
      'it adds terms of orders 4/3 and 3/2',
    ],
    ['max(z, z²)', net(1, layer(1, 'max(z, z^2)')), 'it compares terms of orders 1 and 2'],
    ['z − 1', net(1, layer(1, 'z - 1')), 'it adds terms of orders 1 and 0'],
    ['1/z', net(1, layer(1, '1/z')), 'its order -1 is not positive'],
    ['nothing but 0', net(1, layer(1, '0*z')), 'it is constantly 0'],
  ])('%s', (_, a, reason) => {
    expect(order(a)).toEqual({ reason })
  })

  test('the nets of the family that have none really have none', () => {
    const without = shapes.filter(({ net: a }) => typeof order(a) !== 'number')
    expect(without.length).toBeGreaterThan(10)
    for (const { net: a } of without) {
      const exponent = (by: number, seed: number): number => {
        const { w, x } = weights(a, seed)
        const at = (factor: number): number =>
          network(
            float64,
            a,
            w.map((v) => v.map((e) => factor * rational.toNumber(e))),
            x.map(rational.toNumber),
          )[0]!
        return Math.log(Math.abs(at(by) / at(1))) / Math.log(by)
      }
      const bends = [1, 2, 3, 4, 5].map((seed) => Math.abs(exponent(2, seed) - exponent(4, seed)))
      expect([a, Math.max(...bends) > 1e-6]).toEqual([a, true])
    }
  })
})

test('an order that is no decimal is there exactly, and the net scales by it', () => {
  const a = net(1, layer(1, 'relu(z)^(4/3)'))
  expect(exactOrder(a)).toEqual({ num: 4n, den: 3n })
  const F = interval(200)
  const at = (w: string): Interval => network(F, a, [[F.constant(w)]], [F.constant('2')])[0]!
  for (const [w, eightfold] of [
    ['5/7', '40/7'],
    ['3', '24'],
    ['-3', '-24'],
  ])
    expect(overlap(at(eightfold!), F.mul(F.constant('16'), at(w!)))).toBe(true)
})
