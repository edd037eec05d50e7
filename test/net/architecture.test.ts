/** Architectures: how units are wired, which share weights, and what is refused. */
import { describe, expect, test } from 'vitest'
import { describe as line, wiring, type Architecture, type Layer } from '../../src/net/architecture.ts'

const z = (width: number, rest: Partial<Layer> = {}): Layer => ({ width, activation: 'z', ...rest })
const net = (inputs: number, ...layers: Layer[]): Architecture => ({ inputs, layers })

describe('wiring', () => {
  test('a dense layer reads all of the layer below, with weights of its own for each unit', () => {
    const { nodes, layers, outputs } = wiring(net(3, z(2), z(1)))
    expect(layers).toEqual([
      [
        { node: 0, inputs: [0, 1, 2] },
        { node: 1, inputs: [0, 1, 2] },
      ],
      [{ node: 2, inputs: [0, 1] }],
    ])
    expect(nodes.map(({ layer, fanIn }) => [layer, fanIn])).toEqual([
      [0, 3],
      [0, 3],
      [1, 2],
    ])
    expect(outputs).toBe(1)
  })

  test('a diagonal layer reads one entry per unit', () => {
    const { nodes, layers } = wiring(net(2, z(2, { connection: 'diagonal' })))
    expect(layers[0]).toEqual([
      { node: 0, inputs: [0] },
      { node: 1, inputs: [1] },
    ])
    expect(nodes.map(({ fanIn }) => fanIn)).toEqual([1, 1])
  })

  test('a convolution shares each kernel between all positions', () => {
    const { nodes, layers } = wiring(net(4, z(1, { connection: { convolution: 3 } })))
    expect(layers[0]).toEqual([
      { node: 0, inputs: [0, 1, 2] },
      { node: 0, inputs: [1, 2, 3] },
    ])
    expect(nodes).toEqual([{ layer: 0, fanIn: 3, frozen: false }])
  })

  test('channels lie side by side at each position, and the next convolution reads all of them', () => {
    const two = z(2, { connection: { convolution: 2 } })
    const { nodes, layers, outputs } = wiring(net(4, two, { ...two, width: 3 }, z(1)))
    expect(layers[0]!.map(({ node, inputs }) => [node, ...inputs])).toEqual([
      [0, 0, 1],
      [1, 0, 1],
      [0, 1, 2],
      [1, 1, 2],
      [0, 2, 3],
      [1, 2, 3],
    ])
    expect(layers[1]!.map(({ node, inputs }) => [node, ...inputs])).toEqual([
      [2, 0, 1, 2, 3],
      [3, 0, 1, 2, 3],
      [4, 0, 1, 2, 3],
      [2, 2, 3, 4, 5],
      [3, 2, 3, 4, 5],
      [4, 2, 3, 4, 5],
    ])
    expect(nodes.map(({ fanIn }) => fanIn)).toEqual([2, 2, 4, 4, 4, 6])
    expect(outputs).toBe(1)
  })

  test('after a dense or diagonal layer, positions are its units', () => {
    const conv = z(1, { connection: { convolution: 2 } })
    expect(wiring(net(1, z(3), conv)).layers[1]!.map(({ inputs }) => inputs)).toEqual([
      [0, 1],
      [1, 2],
    ])
    const two = { ...conv, width: 2 }
    const after = wiring(net(3, two, z(4, { connection: 'diagonal' }), conv))
    expect(after.layers[2]!.map(({ inputs }) => inputs)).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ])
  })

  test('a bias adds one weight and reads nothing below', () => {
    const { nodes, layers } = wiring(
      net(2, z(1, { bias: true }), z(1, { bias: true, connection: 'diagonal' })),
    )
    expect(nodes.map(({ fanIn }) => fanIn)).toEqual([3, 2])
    expect(layers.map((units) => units[0]!.inputs)).toEqual([[0, 1], [0]])
  })

  test('frozen layers have frozen nodes', () => {
    const { nodes } = wiring(net(2, z(2, { frozen: true }), z(1)))
    expect(nodes.map(({ frozen }) => frozen)).toEqual([true, true, false])
  })

  test('a layer shares the weight vectors of an earlier one, and that of a third', () => {
    const { nodes, layers } = wiring(net(2, z(2), z(2, { shared: 1 }), z(2, { shared: 2 }), z(1)))
    expect(layers.slice(0, 3).map((units) => units.map(({ node }) => node))).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ])
    expect(nodes.map(({ layer }) => layer)).toEqual([0, 0, 3])
  })

  test('several units of the last layer are several outputs', () => {
    expect(wiring(net(2, z(3))).outputs).toBe(3)
    expect(wiring(net(3, z(2, { connection: { convolution: 2 } }))).outputs).toBe(4)
  })
})

describe('what is refused', () => {
  test.each<[string, Architecture, string]>([
    ['no inputs', net(0, z(1)), 'net: inputs: expected an integer >= 1, got 0'],
    ['fractional inputs', net(1.5, z(1)), 'net: inputs: expected an integer >= 1, got 1.5'],
    ['no layers', net(1), 'net: number of layers: expected an integer >= 1, got 0'],
    ['no width', net(1, z(1), z(0)), 'net: layer 2 width: expected an integer >= 1, got 0'],
    ['NaN width', net(1, z(NaN)), 'net: layer 1 width: expected an integer >= 1, got NaN'],
    [
      'a diagonal layer of another width',
      net(2, z(3, { connection: 'diagonal' })),
      'net: layer 1: expected the width 2 of the layer below, got 3',
    ],
    [
      'a kernel wider than its input',
      net(2, z(1, { connection: { convolution: 3 } })),
      'net: layer 1: expected a kernel of at most 2 positions, got 3',
    ],
    [
      'a kernel wider than the positions left, however many the channels',
      net(3, z(4, { connection: { convolution: 3 } }), z(1, { connection: { convolution: 2 } })),
      'net: layer 2: expected a kernel of at most 1 positions, got 2',
    ],
    [
      'sharing the weights of no earlier layer',
      net(2, z(2), z(2, { shared: 2 })),
      'net: layer 2 shared: expected the number of an earlier layer, got 2',
    ],
    [
      'sharing weights of another width',
      net(2, z(2), z(1, { shared: 1 })),
      'net: layer 2: expected the width 2 of layer 1, got 1',
    ],
    [
      'sharing weights of another length',
      net(3, z(2), z(2, { shared: 1 })),
      'net: layer 2: expected 3 weights per unit, those of layer 1, got 2',
    ],
    [
      'freezing shared weights',
      net(2, z(2), z(2, { shared: 1, frozen: false })),
      'net: layer 2: expected no "frozen", which layer 1 decides, got false',
    ],
    [
      'an empty kernel',
      net(2, z(1, { connection: { convolution: 0 } })),
      'net: layer 1 convolution: expected an integer >= 1, got 0',
    ],
    [
      'an unknown connection',
      net(2, z(1, { connection: 'sparse' as 'dense' })),
      'net: layer 1 convolution: expected an integer >= 1, got undefined',
    ],
    ['an activation of another variable', net(1, { width: 1, activation: 'x^2' }), 'unknown symbol "x"'],
    ['an unreadable activation', net(1, { width: 1, activation: 'z^' }), 'expected mathjs syntax, got "z^"'],
    ['an activation that is a relation', net(1, { width: 1, activation: 'z == 1' }), 'unknown operator "=="'],
    [
      'an activation with two values',
      net(1, { width: 1, activation: '[z, z]' }),
      'activation: expected a scalar, got "[z, z]"',
    ],
  ])('%s', (_, architecture, message) => {
    expect(() => wiring(architecture)).toThrow(message)
  })
})

test('a description names every layer, its connection, its bias and whether it is frozen', () => {
  const layers = [
    z(2, { activation: 'relu(z)^2', connection: { convolution: 2 } }),
    z(4, { connection: 'diagonal', frozen: true }),
    z(1, { bias: true }),
    z(1, { bias: true, shared: 3 }),
  ]
  expect(line(net(3, ...layers))).toBe(
    '3 → 2 conv2 relu(z)^2 → 4 diagonal z frozen → 1 z +bias → 1 z +bias shared with layer 3',
  )
})
