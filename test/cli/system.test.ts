/** System files: what they mean, and how one that does not fit is refused. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseSystem } from '../../src/cli/system.ts'

const source = readFileSync('docs/examples/flow.json', 'utf8')
type System = Record<string, unknown>
const example = JSON.parse(source) as System
const withChanges = (changes: System): string => JSON.stringify({ ...example, ...changes })
const { net, data } = example as { net: { layers: System[] }; data: System[] }
const layers = (change: (layers: System[]) => unknown): System => ({
  net: { ...net, layers: change(net.layers.map((layer) => ({ ...layer }))) },
})
const layer = (k: number, change: System): System => layers((all) => all.with(k, { ...all[k]!, ...change }))
const weights = (first: unknown, second: unknown = [['1', '1', '-1', '-1']]): System => ({
  weights: [first, second],
})
const vectors = [
  ['1/2', '1/4'],
  ['-3/8', '5/8'],
  ['1/4', '-1/2'],
  ['3/4', '1/8'],
]
const point = (change: System): System => ({ data: [{ ...data[0]!, ...change }, data[1]] })

test('a system file is a gradient flow, with all its numbers as written', () => {
  const { flow, clock, until, digits, engine } = parseSystem(source)
  expect({ clock, until, digits, engine }).toEqual({ clock: 's', until: '100', digits: 50, engine: 'taylor' })
  expect(flow.system).toMatchObject({ loss: 'exponential', normalization: 'ewn', labels: [1, -1] })
  expect(flow.nodes.map(({ vector }) => vector)).toEqual([...vectors, ['1', '1', '-1', '-1']])
  expect(flow.data).toEqual([
    ['5/4', '1/2'],
    ['1/2', '3/2'],
  ])
})

test.each<[string, System, string]>([
  ['50 digits by default', { digits: undefined }, 'taylor'],
  ['few digits in doubles', { digits: 15 }, 'doubles'],
  ['enclosed if asked', { rigorous: true }, 'enclosure'],
  ['not enclosed if refused', { rigorous: false }, 'taylor'],
])('%s', (_, changes, engine) => {
  expect(parseSystem(withChanges(changes)).engine).toBe(engine)
})

test('integers and decimal strings are exact numbers; a layer may share, be biased or convolve', () => {
  const { flow } = parseSystem(
    withChanges({
      net: {
        inputs: 3,
        layers: [
          { width: 2, activation: 'abs(z)', connection: { convolution: 2 }, bias: true },
          { width: 4, activation: 'max(z, 0.5*z)' },
          { width: 4, activation: 'z', shared: 2, connection: 'dense' },
          { width: 1, activation: 'z', frozen: true },
        ],
      },
      weights: [
        [
          ['0.1', '1e-3', 2],
          ['-1', '1', '0'],
        ],
        Array.from({ length: 4 }, () => ['1', '1/2', '1/3', '1/4']),
        [],
        [[1, 1, 1, -1]],
      ],
      data: [{ x: ['0.5', 1, '-2'], y: '-1' }],
      until: 60,
    }),
  )
  expect(flow.nodes).toHaveLength(7)
  expect(flow.nodes[0]!.vector).toEqual(['0.1', '1e-3', '2'])
  expect(flow.system.labels).toEqual([-1])
})

describe('what does not fit is refused, in one sentence', () => {
  const wrong: [name: string, text: string, message: RegExp][] = [
    ['an empty file', '', /^line 1: expected a value, got the end$/],
    ['a list', '[]', /^line 1: the file: expected an object, got a list$/],
    ['a comma too many', source.replace('"50"', ''), /./],
    ['a missing name', withChanges({ until: undefined }), /the file: expected "until", got none$/],
    ['an unknown name', withChanges({ untill: '2' }), /got "untill"; nearest: until$/],
    [
      'an unknown name of a layer',
      withChanges(layer(0, { shard: 1 })),
      /net layer 1: .*got "shard"; nearest: shared$/,
    ],
    ['an unknown name of a point', withChanges(point({ z: 1 })), /point 1: expected the names x, y, got "z"/],
    ['no layers', withChanges(layers(() => [])), /net layers: expected at least one layer, got none$/],
    [
      'a fractional width',
      withChanges(layer(0, { width: 1.5 })),
      /net layer 1 width: expected an integer .* got 1\.5$/,
    ],
    [
      'a huge width',
      withChanges(layer(0, { width: 1e9 })),
      /net layer 1 width: expected an integer from 1 to 100000/,
    ],
    [
      'no formula',
      withChanges(layer(0, { activation: 'z^' })),
      /activation: expected a formula of z, got "z\^"/,
    ],
    [
      'another variable',
      withChanges(layer(0, { activation: 'x' })),
      /activation: expected a formula of z, got "x"/,
    ],
    ...['exp(z)', 'z + 1', 'tanh(z)', 'z + z^2'].map((activation): [string, string, RegExp] => [
      activation,
      withChanges(layer(0, { activation })),
      /net layer 1 activation: expected a homogeneous formula of z.*got "/,
    ]),
    ['step(z)', withChanges(layer(0, { activation: 'step(z)' })), /its order is 0$/],
    ['1/z', withChanges(layer(0, { activation: '1/z' })), /its order -1 is not positive$/],
    [
      'frozen in words',
      withChanges(layer(0, { frozen: 'yes' })),
      /frozen: expected true or false, got "yes"$/,
    ],
    ['an unknown connection', withChanges(layer(0, { connection: 'dens' })), /nearest: "dense"$/],
    [
      'a wide kernel',
      withChanges(layer(0, { connection: { convolution: 3 } })),
      /kernel of at most 2 positions, got 3$/,
    ],
    [
      'sharing with oneself',
      withChanges({ ...layer(0, { shared: 1 }), weights: [[], [['1', '1', '-1', '-1']]] }),
      /shared: expected the number of an earlier layer, got 1$/,
    ],
    [
      'sharing another shape',
      withChanges({ ...layer(1, { width: 4, shared: 1, frozen: undefined }), weights: [vectors, []] }),
      /layer 2: expected 2 weights per unit, those of layer 1, got 4$/,
    ],
    [
      'sharing another width',
      withChanges({ ...layer(1, { shared: 1, frozen: undefined }), weights: [vectors, []] }),
      /layer 2: expected the width 4 of layer 1, got 1$/,
    ],
    [
      'freezing what is shared',
      withChanges({ ...layer(1, { width: 4, shared: 1 }), weights: [vectors, []] }),
      /expected no "frozen", which layer 1 decides/,
    ],
    [
      'weights of a layer that shares',
      withChanges(layer(1, { shared: 1 })),
      /weights of layer 2: expected \[\], as they are those of layer 1, got 1 vectors$/,
    ],
    [
      'a layer without weights',
      withChanges({ weights: [vectors] }),
      /weights: expected one list per layer, 2 in all, got 1$/,
    ],
    [
      'a unit without weights',
      withChanges(weights(vectors.slice(1))),
      /weights of layer 1: expected 4 vectors, one per unit \(or kernel\), got 3$/,
    ],
    [
      'a short vector',
      withChanges(weights(vectors.with(2, ['1']))),
      /weights of layer 1, vector 3: expected 2 numbers, got 1$/,
    ],
    [
      'a float',
      withChanges(weights([[0.1, '1'], ...vectors.slice(1)])),
      /vector 1, entry 1: expected an exact number, got the JSON number 0\.1; write it as a string, "0\.1"$/,
    ],
    [
      'a word',
      withChanges(weights([['one', '1'], ...vectors.slice(1)])),
      /entry 1: expected an exact literal such as 3, -0\.125 or 3\/8, got "one"$/,
    ],
    ['division by zero', withChanges({ until: '1/0' }), /until: expected an exact literal/],
    [
      'a vector 0',
      withChanges(weights(vectors.with(1, ['0', '0.0']))),
      /layer 1, vector 2: expected a vector other than 0 under ewn, which needs a direction, got 0$/,
    ],
    [
      'everything frozen',
      withChanges(layer(0, { frozen: true })),
      /expected a layer that is trained, got only frozen ones/,
    ],
    [
      'an unknown loss',
      withChanges({ loss: 'exponental' }),
      /loss: expected one of "exponential", "cross-entropy", got "exponental"; nearest: "exponential"$/,
    ],
    [
      'an unknown normalisation',
      withChanges({ normalization: 'wn' }),
      /normalization: expected one of "unnorm", "swn", "ewn", got "wn"/,
    ],
    [
      'an unknown clock',
      withChanges({ clock: 'T' }),
      /clock: expected one of "t", "tau", "s", got "T"; nearest: "t"$/,
    ],
    [
      'classes of one output',
      withChanges({ loss: 'cross-entropy' }),
      /two outputs or more under the cross-entropy loss, got 1$/,
    ],
    ['no data', withChanges({ data: [] }), /data: expected at least one point, got none$/],
    [
      'a point of another dimension',
      withChanges(point({ x: ['1'] })),
      /point 1 x: expected 2 coordinates, as the net has inputs, got 1$/,
    ],
    [
      'a float coordinate',
      withChanges(point({ x: [0.5, '1'] })),
      /point 1 x1: expected an exact number, got the JSON number 0\.5/,
    ],
    [
      'a label 0',
      withChanges(point({ y: 0 })),
      /point 1 y: expected a label 1 or -1 under the exponential loss, got 0$/,
    ],
    ['a label 1.0', withChanges(point({ y: '1.0' })), /point 1 y: expected a label 1 or -1/],
    [
      'too many digits',
      withChanges({ digits: 1001 }),
      /digits: expected an integer from 1 to 1000, got 1001$/,
    ],
    [
      'few digits in t',
      withChanges({ digits: 10, clock: 't' }),
      /digits: expected 16 to 1000, got 10; fewer ask for the long-run integrator, which needs the clock "s"$/,
    ],
    [
      'few digits with a rate',
      withChanges({ digits: 10, rate: '1/2' }),
      /rate: expected none with 10 digits/,
    ],
    [
      'few digits enclosed',
      withChanges({ digits: 10, rigorous: true }),
      /digits: expected 16 to 200 for a rigorous enclosure, got 10$/,
    ],
    ['too many digits enclosed', withChanges({ digits: 300, rigorous: true }), /digits: expected 16 to 200/],
    ['a rate of other symbols', withChanges({ rate: '1/s' }), /unknown symbol "s"/],
    [
      'a negative rate',
      withChanges({ rate: '-L' }),
      /rate: expected η > 0 at the start, where t = 0, got "-L" = -2\.79/,
    ],
    [
      'a rate that is infinite',
      withChanges({ rate: '1/t' }),
      /line 1: div: expected a divisor that is certainly not 0, got 0$/,
    ],
    [
      'an end before the start',
      withChanges({ until: '-2' }),
      /until: expected a clock s after the start, where s = -1\.028336, got -2$/,
    ],
    [
      'an end before 0',
      withChanges({ clock: 'tau', until: '-1/2' }),
      /until: expected a clock tau after the start, where tau = 0\.000000, got -1\/2$/,
    ],
  ]
  test.each(wrong.filter(([name]) => name !== 'a comma too many'))('%s', (_, text, message) => {
    expect(() => parseSystem(text)).toThrow(SyntaxError)
    expect(() => parseSystem(text)).toThrow(message)
  })

  test('with the line where it stands', () => {
    const line = source.split('\n').findIndex((text) => text.includes('"clock"')) + 1
    expect(() => parseSystem(source.replace('"s"', '"x"'))).toThrow(`line ${line}: clock`)
  })

  test('classes are those of the outputs', () => {
    const two = {
      ...layer(1, { width: 2 }),
      weights: [
        vectors,
        [
          ['1', '1', '-1', '-1'],
          ['1', '0', '0', '0'],
        ],
      ],
      loss: 'cross-entropy',
    }
    const labelled = (y: number): string => withChanges({ ...two, data: [{ x: ['1', '2'], y }] })
    expect(parseSystem(labelled(1)).flow.system.labels).toEqual([1])
    expect(() => parseSystem(labelled(2))).toThrow('point 1 y: expected a class from 0 to 1')
  })
})

describe('long numbers are refused before they are expanded', () => {
  test.each<[string, System, RegExp]>([
    [
      'a rate',
      { rate: '1e-20000000' },
      /rate: expected exponents of at most 10000 in size, got 1e-20000000$/,
    ],
    ['a power in a rate', { rate: '(1+t)^1000000' }, /expected powers of at most 1000, got \^1000000$/],
    ['a tower of powers', { rate: '((1e9999^32)^32)^32' }, /expected powers of shorter numbers/],
    ['until', { until: '1e99999999' }, /until: expected exponents/],
    ['an activation', layer(0, { activation: 'z^2*1e99999999' }), /activation: expected exponents/],
    ['a weight', weights([['1e99999999', '0'], ...vectors.slice(1)]), /expected exponents/],
    [
      'many digits',
      point({ x: ['1'.repeat(1_000_000), '1'] }),
      /expected at most 4000 characters, got 1000000: "1{40}…"$/,
    ],
    ['a name', { ['n'.repeat(100_000)]: 1 }, /expected at most 4000 characters/],
    ['a clock beyond all steps', { until: '1e400' }, /expected a clock s of at most 1e300/],
  ])('%s', (_, changes, message) => {
    const begun = performance.now()
    expect(() => parseSystem(withChanges(changes))).toThrow(message)
    expect(performance.now() - begun).toBeLessThan(1000)
  })
})
