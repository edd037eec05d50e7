/** Bad by their shape: certificates that would hold, were not a part missing, one too many, or of another kind. */
import { between, chain, holding, identity, motion, padded, written } from './good.ts'
import { file, type Loose } from './sealed.ts'

/** A certificate that must be rejected, and the check at which it is aimed. */
export interface Bad {
  readonly name: string
  readonly aim: string
  readonly bytes: Uint8Array
}

export type Path = readonly (string | number)[]
/** A copy with one place changed; without a value the place goes. */
export function changed(content: Loose, path: Path, value?: Loose): Loose {
  const copy = structuredClone(content) as Loose
  let holder = copy
  for (const key of path.slice(0, -1)) holder = holder[key]
  if (value === undefined) delete holder[path.at(-1)!]
  else holder[path.at(-1)!] = value
  return copy
}

const point: Loose = changed(
  changed(
    holding({ x: '1' }, 'input 0, const 1', '0 >= 1', { positive: ['x'], at: [['j', 0]] }),
    ['statement', 'unchecked'],
    [{ id: 'u', says: 's', why: 'w' }],
  ),
  ['statement', 'says'],
  'what it says',
)
const moving: Loose = motion('mul 0 1', '1', ['1/8', '1/8'], ['1', '2'])
const zero: Loose = identity('pow 0 2, sqrt 2, relu 1', 3, 0, { roots: [0], branch: [1], logs: [0] })

/** Objects of certificates, and a kind of value that none of their fields has. */
const OBJECTS: readonly (readonly [string, Loose, Path, readonly string[]])[] = [
  ['certificate', point, [], ['inputs']],
  ['certificate with a motion', moving, [], ['motion', 'inputs']],
  [
    ...(['statement', point, ['statement']] as const),
    [
      'claim',
      'says',
      'unchecked',
      'formula',
      'at',
      'relation',
      'program',
      'assumptions',
      'positive',
      'nonzero',
    ],
  ],
  ['assumption', point, ['statement', 'assumptions', 0], ['id', 'formula', 'relations', 'program']],
  ['program', point, ['statement', 'program'], ['inputs', 'ops', 'outputs']],
  ['unchecked assumption', point, ['statement', 'unchecked', 0], ['id', 'says', 'why']],
  ['motion', moving, ['motion'], ['steps', 'order']],
  ['field', moving, ['statement', 'field'], ['inputs', 'ops', 'outputs']],
  ['proof', zero, ['statement'], ['claim', 'says', 'unchecked', 'formulas', 'identities']],
  ['identity', zero, ['statement', 'identities', 0], ['case', 'program', 'branch', 'roots', 'logs']],
  ['program of an identity', zero, ['statement', 'identities', 0, 'program'], ['inputs', 'ops', 'outputs']],
]
const fields = OBJECTS.flatMap(([what, content, path, names]): Bad[] => [
  ...names.map((name) => ({
    ...{ name: `${what} without ${name}`, aim: 'every field is there' },
    bytes: file(changed(content, [...path, name])),
  })),
  ...names.map((name) => ({
    ...{ name: `${what} with {} for ${name}`, aim: 'every field is of its kind' },
    bytes: file(changed(content, [...path, name], {})),
  })),
  {
    ...{ name: `${what} with one field more`, aim: 'no field is unknown' },
    bytes: file(changed(content, [...path, 'more'], 'more')),
  },
  ...(path.length === 0
    ? []
    : [
        {
          ...{ name: `${what} as a list`, aim: 'an object where one is expected' },
          bytes: file(changed(content, path, [])),
        },
      ]),
])

/** Places with the wrong value for each. */
const PLACES: readonly (readonly [string, Loose, Path, readonly Loose[]])[] = [
  ['kind', point, ['statement', 'kind'], ['theorem', '', 'proof']],
  ['relation', point, ['statement', 'relation'], ['=', '!=', '≥', '']],
  ['relation of an assumption', point, ['statement', 'assumptions', 0, 'relations', 0], ['=', '!=', '']],
  [
    'index letters',
    point,
    ['statement', 'at'],
    [
      ['j'],
      [['j']],
      [['j', 0, 0]],
      [['j', -1]],
      [['j', 1000001]],
      ['jk'],
      [[0, 0]],
      [
        ['j', 0],
        ['j', 1],
      ],
    ],
  ],
  [
    'inputs',
    point,
    ['inputs'],
    [
      ['x'],
      [['x']],
      [['x', '1', '1']],
      [['x', 1]],
      ['x1'],
      [
        ['x', '1'],
        ['x', '1'],
      ],
      [
        ['x', '1'],
        ['x', '2'],
      ],
      [
        ['x', '2'],
        ['x', '1'],
      ],
    ],
  ],
  ['nonzero', point, ['statement', 'nonzero'], [['y'], [0], 'x']],
  ['positive', point, ['statement', 'positive'], [['y'], [0], 'x']],
  [
    'unchecked',
    point,
    ['statement', 'unchecked'],
    [
      ['u'],
      [{ id: 'u', says: 0, why: 'w' }],
      [{ id: 'u', says: 's', why: 0 }],
      [{ id: 0, says: 's', why: 'w' }],
    ],
  ],
  [
    'outputs',
    point,
    ['statement', 'program', 'outputs'],
    [[], [0], [0, 1, 1], [0, 2], [-1, 1], ['0', 1], [[], 1]],
  ],
  [
    'outputs of an assumption',
    point,
    ['statement', 'assumptions', 0, 'program', 'outputs'],
    [[], [0], [0, 1, 0, 1]],
  ],
  ['relations', point, ['statement', 'assumptions', 0, 'relations'], [[], ['>=', '>='], '>=']],
  [
    'input names',
    point,
    ['statement', 'assumptions', 0, 'program', 'inputs'],
    [['x', 'x'], [], [0], ['y'], 'x'],
  ],
  [
    'assumptions',
    point,
    ['statement', 'assumptions'],
    [{}, [[]], 'a', [...point.statement.assumptions, ...point.statement.assumptions]],
  ],
  ['steps', moving, ['motion', 'steps'], [[], ['0', '1/8'], ['-1/8', '1/4'], [1], '1/8']],
  ['order', moving, ['motion', 'order'], [0, -1, 61, '12']],
  ['velocities', moving, ['statement', 'field', 'outputs'], [[], [2, 2, 2], [3]]],
  ['identities', zero, ['statement', 'identities'], [[], {}, 'all']],
  ['formulas', zero, ['statement', 'formulas'], [[0], 'x = x']],
  ['outputs of an identity', zero, ['statement', 'identities', 0, 'program', 'outputs'], [[], [6], [-1]]],
  ['branch', zero, ['statement', 'identities', 0, 'branch'], [[], [1, 1], [2], [-1], ['1']]],
  [
    'roots',
    zero,
    ['statement', 'identities', 0, 'roots'],
    [[], [0, 0], [3], [4], [5], [-1], [6], ['0'], [[0, 3]]],
  ],
  ['logarithms', zero, ['statement', 'identities', 0, 'logs'], [[6], [-1], ['0']]],
]
const places = PLACES.flatMap(([what, content, path, values]) =>
  values.map((value): Bad => ({
    ...{ name: `${what}: ${JSON.stringify(value)}`.slice(0, 90), aim: `the ${what}` },
    bytes: file(changed(content, path, value)),
  })),
)

const UNARY = ['neg', 'sqrt', 'exp', 'log', 'relu', 'step', 'abs']
const BINARY = ['add', 'sub', 'mul', 'div', 'max', 'min']
/** Operations that there are none, at place 2 of operations. */
const OPS: readonly Loose[] = [
  ...UNARY.flatMap((name) => [[name], [name, 0, 0], [name, 2]]),
  ...BINARY.flatMap((name) => [
    [name, 0],
    [name, 0, 1, 1],
    [name, 0, 2],
    [name, 2, 0],
  ]),
  ...[['input'], ['input', 0, 0], ['input', 1], ['input', -1], ['input', 'x'], ['input', '0']],
  ...[['const'], ['const', '1', '1'], ['const', 1], ['const', '1', 0]],
  ...[
    ['pow', 0],
    ['pow', 0, 2, 2],
    ['pow', 2, 2],
    ['pow', 0, -1],
    ['pow', 0, 1025],
    ['pow', 0, '2'],
  ],
  ...[
    ['sin', 0],
    ['constructor', 0],
    ['__proto__', 0],
    ['toString'],
    ['ADD', 0, 1],
    ['', 0],
    [0, 0],
    [],
    'neg',
    {},
  ],
  ...[
    [['neg'], 0],
    ['neg', -1],
    ['neg', '0'],
    ['neg', [0]],
    ['constant', '1'],
    ['made', 0],
    ['sum', 0, 1],
    ['kept', 0, 1],
  ],
]
const operations = OPS.map((op): Bad => {
  const content = holding({ x: '1' }, 'input 0, const 1', '0 >= 1')
  const path = ['statement', 'assumptions', 0, 'program', 'ops', 2]
  return {
    ...{ name: `the operation ${JSON.stringify(op)}`, aim: 'operations and their operands' },
    bytes: file(changed(content, path, op)),
  }
})

const NUMBERS = [
  ...[
    '1.5',
    '1e3',
    '1E3',
    '+1',
    '01',
    '-01',
    ' 1',
    '1 ',
    '1\n',
    '',
    '-',
    '/',
    '1/',
    '/2',
    '1/0',
    '1/01',
    '1/-2',
  ],
  ...['--1', '0x1', '1_0', '١', '1/٢', 'Infinity', 'NaN', '1/2/3', '.5', '5.', 'x', '1'.repeat(1001)],
  `1/${'1'.repeat(999)}`,
]
const numbers = NUMBERS.flatMap((number): Bad[] =>
  (
    [
      ['an input', between('<', '9'), ['inputs', 0, 1]],
      ['a constant', between('>=', '0'), ['statement', 'program', 'ops', 1, 1]],
      ['a step', moving, ['motion', 'steps', 0]],
    ] as const
  ).map(([what, content, path]) => ({
    ...{ name: `${JSON.stringify(number).slice(0, 20)} for ${what}`, aim: 'the syntax of numbers' },
    bytes: file(changed(content, path, number)),
  })),
)

/** One more than is allowed. */
const sizes: Bad[] = [
  {
    ...{ name: '8193 operations', aim: 'the number of operations' },
    bytes: file(holding({ x: '1' }, `input 0, ${chain('neg', 8192)}`, '0 == 8190')),
  },
]

sizes.push(
  {
    ...{ name: '10^7 bytes and one', aim: 'the size of the file' },
    bytes: padded(file(between('>=', '0')), 10_000_001),
  },
  {
    ...{ name: '1025 steps', aim: 'the number of steps' },
    bytes: file(
      motion(
        'pow 0 0',
        '1',
        Array.from({ length: 1025 }, () => '1/4096'),
        ['5/4', '2'],
        1,
      ),
    ),
  },
  ...(
    [
      ['1/22369621', 'sub 0 0', 4096],
      ['-1/22369621', 'sub 0 0', 4096],
      ['1/22369621', 'pow 0 1024', 3584],
      ['1/22369621', 'mul 0 0', 4095],
      ['1/22369621', 'div 0 0', 4095],
      ['1/22369621', 'max 0 0', 4095],
    ] as const
  ).map(([x, op, n]) => ({
    ...{ name: `more digits than are written out, ${x}, ${op}`, aim: 'the digits of rationals' },
    bytes: file(written(x, op, n)),
  })),
)

export const badShapes: readonly Bad[] = [...fields, ...places, ...operations, ...numbers, ...sizes]
