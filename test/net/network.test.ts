/** The network function: what nested loops over positions and channels compute. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wiring } from '../../src/net/architecture.ts'
import { network } from '../../src/net/network.ts'
import { rational } from '../../src/number/rational.ts'
import { newTrace } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'
import { architecture, filled, forward, rationals } from './naive.ts'

const q = rational.constant
const texts = rational.format

describe('Φ(w, x)', () => {
  test('is what nested loops compute, for dense, diagonal, convolutional and biased layers', () => {
    const kinds = new Map<string, number>()
    fc.assert(
      fc.property(architecture, rationals, (net, stream) => {
        net.layers.forEach(({ connection: c }) => {
          const kind = typeof c === 'object' ? 'convolution' : (c ?? 'dense')
          kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
        })
        const { w, x } = filled(
          wiring(net).nodes.map(({ fanIn }) => fanIn),
          net.inputs,
          stream,
        )
        expect(network(rational, net, w, x).map(texts)).toEqual(forward(net, w, x).map(texts))
      }),
      { seed: 31, numRuns: 600 },
    )
    expect([...kinds.values()].every((n) => n > 100)).toBe(true)
  })

  test('is the same traced and run', () => {
    fc.assert(
      fc.property(architecture, rationals, (net, stream) => {
        const { nodes } = wiring(net)
        const { w, x } = filled(
          nodes.map(({ fanIn }) => fanIn),
          net.inputs,
          stream,
        )
        const t = newTrace()
        const named = nodes.map(({ fanIn }, u) =>
          Array.from({ length: fanIn }, (_, i) => t.input(`w_${u}_${i}`)),
        )
        const at = Array.from({ length: net.inputs }, (_, i) => t.input(`x_${i}`))
        const p = t.program(network(t, net, named, at))
        expect(run(p, rational, [...w.flat(), ...x]).map(texts)).toEqual(
          network(rational, net, w, x).map(texts),
        )
      }),
      { seed: 32, numRuns: 150 },
    )
  })

  test('of a convolution with two channels, by hand', () => {
    const net = {
      inputs: 3,
      layers: [
        { width: 2, activation: 'relu(z)', connection: { convolution: 2 } },
        { width: 1, activation: 'z' },
      ],
    } as const
    const w = [
      ['1', '-1'],
      ['2', '1'],
      ['1', '10', '100', '1000'],
    ].map((v) => v.map(q))
    // positions (3, 5) and (5, 4): channel 1 gives relu(−2), relu(1); channel 2 gives 11, 14
    expect(network(rational, net, w, ['3', '5', '4'].map(q)).map(texts)).toEqual(['14210'])
  })

  test('a frozen layer computes like any other', () => {
    const layer = { width: 1, activation: 'z^2' }
    const at = (frozen: boolean) =>
      network(rational, { inputs: 1, layers: [{ ...layer, frozen }] }, [[q('3/2')]], [q('2')]).map(texts)
    expect([at(true), at(false)]).toEqual([['9'], ['9']])
  })
})

describe('what is refused', () => {
  const net = { inputs: 2, layers: [{ width: 1, activation: 'z' }] }
  test('too few or too many weight vectors, inputs, or weights', () => {
    expect(() => network(rational, net, [], [q('1'), q('1')])).toThrow(
      'network: expected 1 weight vectors, got 0',
    )
    expect(() => network(rational, net, [[q('1'), q('1')]], [q('1')])).toThrow(
      'network: expected 2 inputs, got 1',
    )
    expect(() => network(rational, net, [[q('1')]], [q('1'), q('1')])).toThrow('of one length')
    expect(() => network(rational, net, [[q('1'), q('1'), q('1')]], [q('1'), q('1')])).toThrow(
      'of one length',
    )
  })
})
