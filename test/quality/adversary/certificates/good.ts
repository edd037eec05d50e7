/** Good: certificates that hold, each at the edge of what some check lets pass. Both checkers accept every one. */
import { file, parse, program, proof, refutation, type Loose } from './sealed.ts'

/** Relations that hold, between two operations each ('2 >= 3, 0 < 1'), as the assumption of a refutation of 0 >= 1. */
export function holding(
  inputs: Record<string, string>,
  ops: string,
  relations: string,
  more: Loose = {},
): Loose {
  const pairs = relations.split(', ').map((one) => one.split(' '))
  return refutation(
    {
      relation: '>=',
      program: program([], 'const 0, const 1', [0, 1]),
      assumptions: [
        {
          ...{ id: 'a', formula: 'true', relations: pairs.map(([, one]) => one) },
          program: program(
            Object.keys(inputs),
            ops,
            pairs.flatMap(([left, , right]) => [Number(left), Number(right)]),
          ),
        },
      ],
      ...(more as object),
    },
    { inputs: Object.entries(inputs) },
  )
}

/** An operation on x = 0, y = 1 and more, and its value c, equal in rationals. */
const equal = (x: string, y: string, op: string, c: string): Loose =>
  holding({ x, y }, `input 0, input 1, ${op}, const ${c}`, '2 == 3, 1 == 1')

const exact: Record<string, Loose> = {
  add: equal('1/3', '1/6', 'add 0 1', '1/2'),
  sub: equal('1/3', '1/6', 'sub 0 1', '1/6'),
  mul: equal('-2/3', '3/2', 'mul 0 1', '-1'),
  div: equal('2/3', '-4/3', 'div 0 1', '-1/2'),
  neg: equal('2/3', '1', 'neg 0', '-2/3'),
  'power 0': equal('0', '1', 'pow 0 0', '1'),
  'power 1': equal('-3/2', '1', 'pow 0 1', '-3/2'),
  'power 5': equal('-3/2', '1', 'pow 0 5', '-243/32'),
  sqrt: equal('4/9', '1', 'sqrt 0', '2/3'),
  'sqrt 0': equal('0', '1', 'sqrt 0', '0'),
  'exp 0': equal('0', '1', 'exp 0', '1'),
  'log 1': equal('2/2', '1', 'log 0', '0'),
  'exp 0 beside 1/3': holding({ x: '0' }, 'input 0, exp 0, const 1/3, mul 1 2', '3 == 2'),
  'log 1 beside 1/3': holding({ x: '1' }, 'input 0, log 0, const 1/3, add 1 2', '3 == 2'),
  'relu +': equal('2', '1', 'relu 0', '2'),
  'relu -': equal('-2', '1', 'relu 0', '0'),
  'abs +': equal('2', '1', 'abs 0', '2'),
  'abs -': equal('-2', '1', 'abs 0', '2'),
  'step +': equal('1/9', '1', 'step 0', '1'),
  'step 0': equal('0', '1', 'step 0', '1/2'),
  'step -': equal('-1', '1', 'step 0', '0'),
  'max 1': equal('2', '1', 'max 0 1', '2'),
  'max 2': equal('-2', '1', 'max 0 1', '1'),
  'min 1': equal('2', '1', 'min 0 1', '1'),
  'min 2': equal('-2', '1', 'min 0 1', '-2'),
}

/** 1/3, made of an operation whose value at x is 0 or 1; the double nearest to 1/3 lies below. */
const third = (x: string, op: string): Loose =>
  holding(
    { x },
    `input 0, ${op}, pow 1 0, add 2 2, add 3 2, div 2 4, const 33333333333333331483/1${'0'.repeat(20)}`,
    '5 > 6',
  )
const thirds: Record<string, Loose> = {
  'a third of (exp 0)^0': third('0', 'exp 0'),
  'a third of (log 1)^0': third('1', 'log 0'),
  'a third of relu(-1)^0': third('-1', 'relu 0'),
}

/** Decimal bounds around an irrational value, 70 digits of it. */
const around = (x: string, y: string, ops: string, lo: string, hi: string): Loose => {
  const n = parse(ops).length + 1
  const relations = `${n} > ${n + 1}, ${n} < ${n + 2}, 1 == 1`
  return holding({ x, y }, `input 0, input 1, ${ops}, const ${lo}, const ${hi}`, relations)
}
/** The number digits/10^places, one unit below and above. */
const near = (digits: string, places: number): [string, string] => {
  const n = BigInt(digits)
  return [`${n - 1n}/1${'0'.repeat(places)}`, `${n + 1n}/1${'0'.repeat(places)}`]
}
const ROOT2 = near('14142135623730950488016887242096980785696718753769480731766797379907324', 70)
const E = near('27182818284590452353602874713526624977572470936999595749669676277240766', 70)
const LOG2 = near('6931471805599453094172321214581765680755001343602552541206800094933936', 70)

const enclosed: Record<string, Loose> = {
  'root of 2': around('2', '1', 'sqrt 0', ...ROOT2),
  e: around('1', '1', 'exp 0', ...E),
  '1/e': around('-1', '1', 'exp 0, div 1 2', ...E),
  'log 2': around('2', '1', 'log 0', ...LOG2),
  '-log 1/2': around('1/2', '1', 'log 0, neg 2', ...LOG2),
  'root + 0': around('2', '0', 'sqrt 0, add 2 1', ...ROOT2),
  'root - 0': around('2', '0', 'sqrt 0, sub 2 1', ...ROOT2),
  '1 root': around('2', '1', 'sqrt 0, mul 2 1', ...ROOT2),
  'root/1': around('2', '1', 'sqrt 0, div 2 1', ...ROOT2),
  'root/-1': around('2', '-1', 'sqrt 0, div 2 1, neg 3', ...ROOT2),
  'root^1': around('2', '1', 'sqrt 0, pow 2 1', ...ROOT2),
  'root^0 root': around('2', '1', 'sqrt 0, pow 2 0, mul 2 3', ...ROOT2),
  'root^3/2': around('2', '2', 'sqrt 0, pow 2 3, div 3 1', ...ROOT2),
  '(-root)^2': around('2', '2', 'sqrt 0, neg 2, pow 3 2, sqrt 4', ...ROOT2),
  'a power on both sides of 0': holding(
    { x: '2' },
    'input 0, sqrt 0, pow 1 2, sub 2 0, pow 3 2, const -1, exp 5',
    '4 < 6, 4 > 5',
  ),
  'root of 0 by intervals': holding({ x: '2' }, 'input 0, sqrt 0, neg 1, relu 2, sqrt 3, const 0', '4 == 5'),
  'relu root': around('2', '1', 'sqrt 0, relu 2', ...ROOT2),
  'relu of -root': holding({ x: '2' }, 'input 0, sqrt 0, neg 1, relu 2, const 0', '3 == 4'),
  'abs of -root': around('2', '1', 'sqrt 0, neg 2, abs 3', ...ROOT2),
  'max(root, 1)': around('2', '1', 'sqrt 0, max 2 1', ...ROOT2),
  'min(root, 2)': around('2', '2', 'sqrt 0, min 2 1', ...ROOT2),
  'step root': around('2', '1', 'sqrt 0, step 2, mul 2 3', ...ROOT2),
  'step -root': holding({ x: '2' }, 'input 0, sqrt 0, neg 1, step 2, const 0', '3 == 4'),
  'step 0 by intervals': holding({ x: '2' }, 'input 0, sqrt 0, const 0, step 2, const 1/2', '3 == 4, 1 > 2'),
  'at least 0': holding(
    { x: '2' },
    'input 0, sqrt 0, pow 1 2, sub 2 0, relu 3, const 0, neg 4',
    '4 >= 5, 6 <= 5, 5 <= 4',
  ),
  'e^0 and log 1 beside a root': holding(
    { x: '2' },
    'input 0, sqrt 0, const 0, exp 2, log 3, const 1',
    '3 == 5, 4 == 2, 1 > 5',
  ),
  'a root of squares beside another': holding(
    { x: '2', y: '9/4' },
    'input 0, sqrt 0, input 1, sqrt 2, const 3/2',
    '3 == 4, 1 < 4',
  ),
  'large and small numbers': holding(
    { x: '2' },
    'input 0, sqrt 0, pow 0 1023, pow 2 64, const 1, div 4 3, neg 3, const 0',
    '3 > 4, 6 < 4, 5 > 7',
  ),
}

/** The five relations, where they fail. */
export const RELATIONS = ['>=', '>', '<=', '<', '=='] as const
/** Signs of left − right with which they hold. */
export const SIGNS = { '>=': [0, 1], '>': [1], '<=': [-1, 0], '<': [-1], '==': [0] } as const
export const between = (relation: string, x: string, more: Loose = {}): Loose =>
  refutation(
    {
      relation,
      program: program(['x'], 'input 0, const 1/2', [0, 1]),
      ...(more as object),
    },
    { inputs: [['x', x]] },
  )
const fails: Record<string, Loose> = {}
for (const relation of RELATIONS)
  for (const sign of [-1, 0, 1])
    if (!(SIGNS[relation] as readonly number[]).includes(sign))
      fails[`${relation} fails with sign ${sign}`] = between(relation, `${sign + 1}/2`)

/** x' = f(x) from x(t_0), and bounds of x after some steps. */
export const motion = (
  ops: string,
  start: string,
  steps: readonly string[],
  [lo, hi]: readonly [string, string],
  order = 12,
): Loose =>
  refutation(
    {
      relation: '<',
      program: program(['x'], `input 0, const ${lo}`, [0, 1]),
      assumptions: [
        {
          id: 'above',
          formula: '',
          relations: ['<'],
          program: program(['x'], `input 0, const ${hi}`, [0, 1]),
        },
      ],
      field: program(['x', 'a'], `input 0, input 1, ${ops}`, [parse(ops).length + 1]),
    },
    {
      inputs: [
        ['x(t_0)', start],
        ['a', '1'],
      ],
      motion: { steps, order },
    },
  )
const QUARTER = ['1/8', '1/8'] as const
const SHORTER = ['1/16', '1/16', '1/16', '1/16'] as const
const SHORT = ['1/64', '1/64'] as const
/** e^(1/32). */
const LITTLE: [string, string] = ['10317434/10000000', '10317435/10000000']
/** e^(1/4). */
const GROWN: [string, string] = ['12840254166877414/10000000000000000', '12840254166877415/10000000000000000']
const LINE: [string, string] = ['1249999/1000000', '1250001/1000000']
const moved: Record<string, Loose> = {
  "x' = ax": motion('mul 0 1', '1', QUARTER, GROWN),
  "x' = x + a - a": motion('add 0 1, sub 2 1', '1', QUARTER, GROWN),
  "x' = -(-x)": motion('neg 0, neg 2', '1', QUARTER, GROWN),
  "x' = relu(x)": motion('relu 0', '1', QUARTER, GROWN),
  "x' = abs(x)": motion('abs 0', '1', QUARTER, GROWN),
  "x' = abs(-x)": motion('neg 0, abs 2', '1', QUARTER, GROWN),
  "x' = max(x, 1/2)": motion('const 1/2, max 0 2', '1', QUARTER, GROWN),
  "x' = max(1/2, x)": motion('const 1/2, max 2 0', '1', QUARTER, GROWN),
  "x' = min(x, 2)": motion('const 2, min 0 2', '1', QUARTER, GROWN),
  "x' = min(2, x)": motion('const 2, min 2 0', '1', QUARTER, GROWN),
  "x' = x exp(log(x))/x": motion('log 0, exp 2, mul 3 0, div 4 0', '1', SHORT, LITTLE),
  "x' = exp(-x)": motion('neg 0, exp 2', '0', SHORTER, [
    '22314355131/100000000000',
    '22314355132/100000000000',
  ]),
  "x' = log(x)": motion('log 0', '2', SHORTER, ['218424428087/100000000000', '218424428089/100000000000']),
  "x' = sqrt(x)": motion('sqrt 0', '1', SHORTER, ['1265624999/1000000000', '1265625001/1000000000']),
  "x' = sqrt(x^2)": motion('pow 0 2, sqrt 2', '1', SHORT, LITTLE),
  "x' = x^3/x^2": motion('pow 0 3, pow 0 2, div 2 3', '1', SHORT, LITTLE),
  "x' = x^1": motion('pow 0 1', '1', QUARTER, GROWN),
  "x' = x^0": motion('pow 0 0', '1', QUARTER, LINE),
  "x' = 1 x": motion('const 1, mul 0 2', '1', QUARTER, GROWN),
  "x' = 0": motion('const 0', '1', ['1/4'], ['999/1000', '1001/1000']),
  "x' = step(x)": motion('step 0', '1', QUARTER, LINE),
  "x' = a + step(-x)": motion('neg 0, step 2, add 3 1', '1', QUARTER, LINE),
  "x' = a + relu(-x)": motion('neg 0, relu 2, add 3 1', '1', QUARTER, LINE),
  "x' = a + relu(1 - x)": motion('sub 1 0, relu 2, add 3 1', '1', QUARTER, LINE),
  "x' = a + relu(0)": motion('const 0, relu 2, add 3 1', '1', QUARTER, LINE),
  'a logarithm of x^2 + 1/1000 past 0': motion(
    'pow 0 2, const 1/1000, add 2 3, log 4, const 0, mul 5 6, add 7 1',
    '-1/16',
    ['1/8'],
    ['624/10000', '626/10000'],
  ),
  'a box at the last try': motion('mul 0 1', '1', ['9995/10000'], ['27/10', '28/10']),
  'in one step of order 1': motion('mul 0 1', '1', ['1/4'], ['12/10', '14/10'], 1),
  'in one step of order 60': motion('mul 0 1', '1', ['1/4'], GROWN, 60),
  "t after x' = 1": {
    ...motion('pow 0 0', '1', QUARTER, LINE),
    statement: {
      ...(motion('pow 0 0', '1', QUARTER, LINE) as { statement: object }).statement,
      assumptions: [
        {
          ...{ id: 't', formula: '', relations: ['=='] },
          program: program(['t'], 'input 0, const 1/4', [0, 1]),
        },
      ],
    },
  },
}

/** The identity left = right of two operations, in x > 0 and y, after some operations. */
export const identity = (ops: string, left: number, right: number, more: Loose = {}): Loose => {
  const all = `input 0, input 1, ${ops}, sub ${left} ${right}`
  return proof({ program: program(['+x', 'y'], all, [parse(all).length - 1]), ...(more as object) })
}

/** The last of some operations on x and y, and its degree and size. */
const BOUNDS: readonly (readonly [ops: string, size: number])[] = [
  ['neg 0', 1],
  ['const 5/9', 7],
  ['const -5/9', 7],
  ['const 0', 2],
  ['const 1', 2],
  ['const -1', 2],
  ['const 5/9, neg 2', 7],
  ['const 5/9, const 33/2, add 2 3', 17],
  ['const 5/9, const 33/2, add 3 2', 17],
  ['const 5/9, const 33/2, sub 2 3', 17],
  ['const 5/9, const 33/2, sub 3 2', 17],
  ['const 5/9, const 33/2, mul 2 3', 15],
  ['const 5/9, const 33/2, mul 2 3, add 4 0', 16],
  ['const 5/9, const 33/2, div 2 3', 15],
  ['const 5/9, const 33/2, div 2 3, add 4 0', 22],
  ['const 5/9, pow 2 3', 21],
  ['const 5/9, pow 2 3, add 3 0', 26],
]
/** Powers of them: of a degree and size as large as is allowed, or one step above. */
export const towers = (above: 0 | 1): Record<string, Loose> =>
  Object.fromEntries(
    BOUNDS.map(([ops, size]) => {
      const exponents = [...Array.from({ length: 9 }, () => 1024), Math.floor(1023 / size) + above]
      const from = parse(ops).length + 1
      const powers = exponents.map((n, i) => `pow ${from + i} ${n}`).join(', ')
      return [`a high power of ${ops}`, identity(`${ops}, ${powers}`, 0, 0)]
    }),
  )

const proofs: Record<string, Loose> = {
  '(x + y)^2': identity(
    'add 0 1, pow 2 2, pow 0 2, pow 1 2, mul 0 1, const 2/2, add 7 7, mul 8 6, add 4 5, add 10 9',
    3,
    11,
  ),
  'x - y = -(y - x)': identity('sub 0 1, sub 1 0, neg 3', 2, 4),
  'x/y y = x': identity('div 0 1, mul 2 1', 3, 0),
  'x^3 = x x x': identity('pow 0 3, mul 0 0, mul 3 0', 2, 4),
  'x^0 = 1': identity('pow 0 0, const 1', 2, 3),
  'two identities': proof(...[0, 1].map(() => ({ program: program(['x'], 'input 0, sub 0 0', [1]) }))),
  'root of x^2': identity('pow 0 2, sqrt 2', 3, 0, { roots: [0] }),
  'root of y^4': identity('pow 1 4, pow 1 2, sqrt 2', 4, 3, { roots: [3] }),
  'root of a root': identity('pow 0 4, pow 0 2, sqrt 2, sqrt 4', 5, 0, { roots: [3, 0] }),
  'a root as a value': identity('pow 0 4, pow 0 2, sqrt 2, pow 0 4, sqrt 5', 6, 3, { roots: [3, 4] }),
  'root of 9/4': identity('const 9/4, const 3/2, sqrt 2', 4, 3, { roots: [3] }),
  'root of 0': identity('const 0, sqrt 2', 3, 2, { roots: [2] }),
  'root of (x + 1)^2': identity('const 1, add 0 2, pow 3 2, sqrt 4', 5, 3, { roots: [3] }),
  'root of (x x)^2': identity('mul 0 0, pow 2 2, sqrt 3', 4, 2, { roots: [2] }),
  'root of (1/x)^2': identity('const 1, div 2 0, pow 3 2, sqrt 4', 5, 3, { roots: [3] }),
  'root of (x^3)^2': identity('pow 0 3, pow 2 2, sqrt 3', 4, 2, { roots: [2] }),
  'relu, its side 1': identity('relu 1', 2, 1, { branch: [1] }),
  'relu, its side 0': identity('relu 1, const 0', 2, 3, { branch: [0] }),
  'abs, its side 1': identity('abs 1', 2, 1, { branch: [1] }),
  'abs, its side 0': identity('abs 1, neg 1', 2, 3, { branch: [0] }),
  'step, its side 1': identity('step 1, const 1', 2, 3, { branch: [1] }),
  'step, its side 0': identity('step 1, const 0', 2, 3, { branch: [0] }),
  'max, its side 1': identity('max 1 0', 2, 1, { branch: [1] }),
  'max, its side 0': identity('max 1 0', 2, 0, { branch: [0] }),
  'min, its side 1': identity('min 1 0', 2, 1, { branch: [1] }),
  'min, its side 0': identity('min 1 0', 2, 0, { branch: [0] }),
  'two kinks in order': identity('relu 1, relu 0, add 2 3', 4, 0, { branch: [0, 1] }),
  'root of y^2 on a side': identity('pow 1 2, abs 1, sqrt 2', 4, 3, { roots: [3], branch: [0] }),
  'root of relu(y)^2': identity('relu 1, pow 2 2, sqrt 3', 4, 2, { roots: [2], branch: [1] }),
  'root of max(y, x)^2': identity('max 1 0, pow 2 2, sqrt 3', 4, 2, { roots: [2], branch: [1] }),
  'root of max(x, y)^2': identity('max 0 1, pow 2 2, sqrt 3', 4, 2, { roots: [2], branch: [0] }),
  'root of step(y)^2': identity('step 1, pow 2 2, sqrt 3', 4, 2, { roots: [2], branch: [1] }),
  'a logarithm of x': identity('neg 0', 0, 0, { logs: [0] }),
  'a logarithm of y^2': identity('pow 1 2', 0, 0, { logs: [2] }),
  ...towers(0),
  'a degree of 2^99': identity(
    'pow 0 1024, pow 2 1024, pow 3 1024, pow 4 1024, pow 5 1024, pow 6 1024, pow 7 1024, pow 8 1024, pow 9 1024, pow 10 256',
    11,
    11,
  ),
}

/** An operation n times, on operations in turn. */
export const chain = (name: string, n: number, from = 0): string =>
  Array.from({ length: n }, (_, i) => `${name} ${i + from}`).join(', ')
/** x = x after an operation and n differences of numbers of 8 hexadecimal digits, which rationals can tell and intervals cannot. */
export const written = (x: string, op: string, n: number): Loose =>
  holding(
    { x },
    `input 0, ${op}, ${Array.from({ length: n - (op.startsWith('sub') ? 1 : 0) }, () => 'sub 0 0').join(', ')}`,
    '0 == 0',
  )
/** 8 Programs of 8192 operations, which cost 4 but for the first, one of n that cost 1, and 2 of the relation: for n = 22, 2^18. */
export const laborious = (n: number): Loose => {
  const one = (id: string, op: string, length: number): Loose => ({
    ...{ id, formula: '', relations: ['=='] },
    program: program([], `const 1, ${Array.from({ length: length - 1 }, () => op).join(', ')}`, [
      0,
      length - 1,
    ]),
  })
  const long = Array.from({ length: 8 }, (_, i) => one(`${i}`, 'pow 0 1', 8192))
  return between('>=', '0', { assumptions: [...long, one('last', 'abs 0', n)] })
}
const edges: Record<string, Loose> = {
  '8192 operations of a velocity, each on the one before': motion(
    chain('neg', 8190, 1),
    '1',
    ['1/4'],
    LINE,
    1,
  ),
  'unchecked assumptions and elements': between('>=', '0', {
    unchecked: [{ id: 'u', says: 'it is so', why: 'structural' }],
    at: [
      ['j', 0],
      ['k', 1000000],
    ],
    positive: [],
  }),
  'a positive input': between('>=', '1/4', { positive: ['x'] }),
  'an input that is not 0': between('>=', '-1/4', { nonzero: ['x'] }),
  'negative numbers': between('>=', '-3/7'),
  'a number of 1000 characters': between('<', '9'.repeat(1000)),
  '1024 steps': motion(
    'pow 0 0',
    '1',
    Array.from({ length: 1024 }, () => '1/4096'),
    LINE,
    1,
  ),
  '8192 operations': holding({ x: '1' }, `input 0, ${chain('neg', 8191)}`, '0 == 8190'),
  'an exponent of 1024': holding({ x: '1' }, 'input 0, pow 0 1024', '0 == 1'),
  'numbers written out to 65536 digits': written('1/22369621', 'sub 0 0', 4095),
  'negative ones': written('-1/22369621', 'sub 0 0', 4095),
  'fewer, beside a product': written('1/22369621', 'mul 0 0', 4094),
  'fewer, beside a quotient': written('1/22369621', 'div 0 0', 4094),
  'fewer, beside a maximum': written('1/22369621', 'max 0 0', 4094),
  'fewer, beside a power': written('1/22369621', 'pow 0 1024', 3583),
  'as much work as is allowed': laborious(22),
  'escapes in texts': between('>=', '0', { says: '"\\/\b\f\n\r\t\u0001 é ∑ 😀 \u2028' }),
}

/** The file with all the space that JSON allows. */
const spaced = (bytes: Uint8Array): Uint8Array =>
  new TextEncoder().encode(
    ` \t\r\n${new TextDecoder().decode(bytes).replaceAll(':[', ' \t\r\n: \t\r\n[').replaceAll(',[', '\t\t,\r\n[')}\r\n`,
  )
const PADDED = 'a file of 10^7 bytes'
/** The file, made longer by spaces. */
export const padded = (bytes: Uint8Array, length: number): Uint8Array => {
  const all = new Uint8Array(length).fill(0x20)
  all.set(bytes)
  return all
}

/** Name -> bytes. */
export const good: ReadonlyMap<string, Uint8Array> = new Map([
  ...Object.entries({ ...exact, ...thirds, ...enclosed, ...fails, ...moved, ...proofs, ...edges }).map(
    ([name, content]) => [name, file(content)] as const,
  ),
  ['space, tabs and ends of lines', spaced(file(between('>=', '0')))],
  [PADDED, padded(file(between('>=', '0')), 10_000_000)],
])
