/** Branches: what the form of a value says of its sign is true and no weaker than it need be; switches and their words. */
import { describe, expect, test } from 'vitest'
import {
  formsOf,
  infix,
  patternAt,
  selected,
  specialize,
  switches,
  switchesOf,
} from '../../src/claim/branches.ts'
import type { Form, Side } from '../../src/claim/branches.ts'
import { rational } from '../../src/number/rational.ts'
import { newTrace, trace, type Expr, type Op, type Program } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'

const FORMS: readonly Form[] = ['>', '>=', '<', '<=', '0', undefined]
const VALUES = [-4, -2, -1, -0.5, 0, 0.5, 1, 2, 4]
const meets: Readonly<Record<string, (x: number) => boolean>> = {
  ...{ '>': (x) => x > 0, '>=': (x) => x >= 0, '<': (x) => x < 0, '<=': (x) => x <= 0 },
  ...{ '0': (x) => x === 0, undefined: () => true },
}
const valuesOf = (form: Form): number[] => VALUES.filter(meets[`${form}`]!)
/** The least form that all numbers meet. */
const least = (xs: readonly number[]): Form =>
  (['0', '>', '<', '>=', '<='] as const).find((form) => xs.every(meets[form]!))

/** Operations whose value has each of the forms, from inputs x, of any sign, and +p. */
const ATOMS: readonly Op[] = [
  ...[['input', 0] as const, ['input', 1] as const],
  ...[['neg', 1] as const, ['abs', 0] as const, ['neg', 3] as const, ['const', '0'] as const],
]
const INDEX = new Map<Form, number>([
  ...([
    ['>', 1],
    ['<', 2],
    ['>=', 3],
    ['<=', 4],
    ['0', 5],
    [undefined, 0],
  ] as const),
])
const formOf = (op: Op): Form =>
  formsOf({ inputs: ['x', '+p'], ops: [...ATOMS, op], outputs: [ATOMS.length] })[0]

type Binary = 'add' | 'sub' | 'mul' | 'div' | 'max'
const BINARY: Readonly<Record<Binary, (x: number, y: number) => number>> = {
  ...{ add: (x, y) => x + y, sub: (x, y) => x - y, mul: (x, y) => x * y, div: (x, y) => x / y },
  max: Math.max,
}
type Unary = 'neg' | 'sqrt' | 'exp' | 'tanh' | 'relu' | 'step' | 'abs' | 'log'
const UNARY: Readonly<Record<Unary, (x: number) => number>> = {
  ...{ neg: (x) => -x, sqrt: Math.sqrt, exp: Math.exp, tanh: Math.tanh, abs: Math.abs, log: Math.log },
  ...{ relu: (x) => Math.max(0, x), step: (x) => (1 + Math.sign(x)) / 2 },
}
/** What the rules give up: a 0 that only a selection among negatives has, and a root or a logarithm of what may be negative. */
const weaker = (expected: Form): Form => (expected === '0' ? '>=' : expected)

describe('the form of an operation', () => {
  test.each(Object.entries(BINARY))(
    '%s holds for all operands of their forms, and is the least one',
    (name, f) => {
      for (const a of FORMS)
        for (const b of FORMS) {
          const xs = valuesOf(a)
            .flatMap((x) => valuesOf(b).map((y) => f(x, y)))
            .filter(Number.isFinite)
          if (xs.length === 0) continue
          const got = formOf([name as Binary, INDEX.get(a)!, INDEX.get(b)!])
          const expected = least(xs)
          const isGivenUp = name === 'max' && expected === '0' && got === weaker(expected)
          expect([a, b, got]).toEqual([a, b, isGivenUp ? '>=' : expected])
        }
    },
  )

  test.each(Object.entries(UNARY))(
    '%s holds for all operands of its form, and is the least one',
    (name, f) => {
      for (const a of FORMS) {
        const xs = valuesOf(a).map(f).filter(Number.isFinite)
        if (xs.length === 0) continue
        const got = formOf([name as Unary, INDEX.get(a)!])
        if (name === 'log') expect(got).toBe(undefined)
        else if (a === '<' || a === '<=') expect(['>=', least(xs)]).toContain(got)
        else expect([a, got]).toEqual([a, name === 'step' && a !== '>' ? '>=' : least(xs)])
        expect(xs.every(meets[`${got}`]!)).toBe(true)
      }
    },
  )

  test.each([1, 2, 3, 4])('a power with the exponent %i', (n) => {
    for (const a of FORMS)
      expect([a, formOf(['pow', INDEX.get(a)!, n])]).toEqual([a, least(valuesOf(a).map((x) => x ** n))])
  })

  test('a root is as its radicand, and never negative', () => {
    expect(FORMS.map((a) => formOf(['root', INDEX.get(a)!, 3]))).toEqual(['>', '>=', '>=', '>=', '0', '>='])
  })

  test('a constant has its sign, and a known side goes before the form', () => {
    expect(['-2', '0', '3/4'].map((text) => formOf(['const', text]))).toEqual(['<', '0', '>'])
    const program: Program = {
      inputs: ['x'],
      ops: [
        ['input', 0],
        ['neg', 0],
      ],
      outputs: [0, 1],
    }
    expect(formsOf(program)).toEqual([undefined, undefined])
    const on = (side: Side): Form[] => formsOf(program, new Map([[0, side]]))
    expect([1 as const, 0 as const, -1 as const].map(on)).toEqual([
      ['>', '<'],
      ['0', '0'],
      ['<', '>'],
    ])
  })
})

describe('an operation in words', () => {
  const written = (...ops: readonly Op[]): string => {
    const all: Op[] = [['input', 0], ['input', 1], ['input', 2], ...ops]
    return infix({ inputs: ['x', 'y', '+z'], ops: all }, all.length - 1)
  }
  test.each<[string, readonly Op[]]>([
    ['z', [['input', 2]]],
    ['-3/4', [['const', '-3/4']]],
    ['x + y', [['add', 0, 1]]],
    [
      'x + y − z',
      [
        ['add', 0, 1],
        ['sub', 3, 2],
      ],
    ],
    [
      'x − (y + z)',
      [
        ['add', 1, 2],
        ['sub', 0, 3],
      ],
    ],
    [
      'x + y + z',
      [
        ['add', 1, 2],
        ['add', 0, 3],
      ],
    ],
    [
      'x − (−y)',
      [
        ['neg', 1],
        ['sub', 0, 3],
      ],
    ],
    [
      '−x + y',
      [
        ['neg', 0],
        ['add', 3, 1],
      ],
    ],
    [
      '(x + y)·z',
      [
        ['add', 0, 1],
        ['mul', 3, 2],
      ],
    ],
    [
      'z·(x + y)',
      [
        ['add', 0, 1],
        ['mul', 2, 3],
      ],
    ],
    [
      'x·y·z',
      [
        ['mul', 1, 2],
        ['mul', 0, 3],
      ],
    ],
    [
      'x/(y·z)',
      [
        ['mul', 1, 2],
        ['div', 0, 3],
      ],
    ],
    [
      'x/y·z',
      [
        ['div', 0, 1],
        ['mul', 3, 2],
      ],
    ],
    [
      'x/y/z',
      [
        ['div', 0, 1],
        ['div', 3, 2],
      ],
    ],
    [
      '(−x)·y',
      [
        ['neg', 0],
        ['mul', 3, 1],
      ],
    ],
    [
      '−(x + y)',
      [
        ['add', 0, 1],
        ['neg', 3],
      ],
    ],
    [
      '−x·y',
      [
        ['mul', 0, 1],
        ['neg', 3],
      ],
    ],
    [
      '−(−x)',
      [
        ['neg', 0],
        ['neg', 3],
      ],
    ],
    [
      '(x·y)^3',
      [
        ['mul', 0, 1],
        ['pow', 3, 3],
      ],
    ],
    [
      'x^2·y',
      [
        ['pow', 0, 2],
        ['mul', 3, 1],
      ],
    ],
    [
      '(x^2)^3',
      [
        ['pow', 0, 2],
        ['pow', 3, 3],
      ],
    ],
    [
      'sqrt(x)^3',
      [
        ['sqrt', 0],
        ['pow', 3, 3],
      ],
    ],
    ['root(3, y)', [['root', 1, 3]]],
    ['max(x, y)', [['max', 0, 1]]],
    [
      'exp(x + y)',
      [
        ['add', 0, 1],
        ['exp', 3],
      ],
    ],
  ])('%s', (text, ops) => expect(written(...ops)).toBe(text))

  test('is cut after 59 characters', () => {
    const sum = (n: number): string =>
      written(...Array.from({ length: n }, (_, i): Op => ['add', i === 0 ? 0 : 2 + i, 0]))
    expect(sum(14)).toBe(Array.from({ length: 15 }, () => 'x').join(' + '))
    expect(sum(15)).toBe(
      `${Array.from({ length: 16 }, () => 'x')
        .join(' + ')
        .slice(0, 59)}…`.slice(0, 60),
    )
    expect(sum(200).length).toBeLessThanOrEqual(60)
    const long = Array.from({ length: 200 }, (_, i): Op => ['add', i === 0 ? 0 : 2 + i, 0])
    expect(written(...long, ['exp', 202])).toMatch(/^exp\(…/)
  })
})

describe('kinks', () => {
  test('switch at what relu and step read', () => {
    const program = trace(['x', 'y'], (F, [x, y]) => [F.add(F.relu(x!), F.step(F.sub(y!, x!))), F.exp(y!)])
    expect(switches(program).map((e) => infix(program, e))).toEqual(['x', 'y − x'])
  })

  test('of some values of a trace are those that these values depend on', () => {
    const t = newTrace()
    const [x, y, z] = ['x', 'y', 'z'].map((name) => t.input(name)) as [never, never, never]
    const unused = t.relu(t.add(x, z))
    const values = [t.relu(x), t.mul(t.abs(y), t.step(z)), t.max(x, z)]
    const words = switchesOf(t, values).map((e) => infix({ inputs: ['x', 'y', 'z'], ops: t.ops }, e))
    expect(words).toEqual(['x', 'y', '−y', 'z', 'x − z'])
    expect(switchesOf(t, [unused]).map((e) => infix({ inputs: ['x', 'y', 'z'], ops: t.ops }, e))).toEqual([
      'x + z',
    ])
    expect(switchesOf(t, [x])).toEqual([])
  })

  const kinked = trace(['x', 'y'], (F, [x, y]) => [F.relu(x!), F.step(y!), F.abs(x!), F.max(x!, y!)])
  const q = (n: number): { num: bigint; den: bigint } => ({ num: BigInt(n), den: 1n })
  const at = (x: number, y: number): { num: bigint; den: bigint }[] => [q(x), q(y)]

  test('have the sides of the values at which they switch', () => {
    expect(patternAt(kinked, rational, at(2, -3))).toEqual([1, -1, 1, -1, 1])
    expect(patternAt(kinked, rational, at(-2, 0))).toEqual([-1, 0, -1, 1, -1])
  })

  test.each([
    [2, -3],
    [-2, 5],
    [0, 0],
    [3, 3],
  ])('taken as at (%i, %i) give the value there', (x, y) => {
    const pattern = patternAt(kinked, rational, at(x, y)).map((side) => side ?? 0)
    const values = run(specialize(kinked, pattern), rational, at(x, y)).map(rational.toNumber)
    expect(values).toEqual([Math.max(0, x), (1 + Math.sign(y)) / 2, Math.abs(x), Math.max(x, y)])
  })

  test('at a tie are half of what they select, where a derivative is to follow', () => {
    const program = trace(['x'], (F, [x]) => [
      selected(F, () => 0, '1/2').relu(x!),
      selected(F, () => 0).relu(x!),
      selected(F, () => 0).step(x!),
    ])
    expect(run(program, rational, [q(6)]).map(rational.format)).toEqual(['3', '0', '1/2'])
  })

  test('that are kept stay operations, with the side of each noted, but for those that fold', () => {
    const t = newTrace()
    const [x, y] = [t.input('x'), t.input('y')]
    const sides = new Map<Expr, Side>()
    const chosen = selected(t, (_, value) => (value === x ? 1 : -1), '0', sides)
    const made = [chosen.relu(x), chosen.step(y), chosen.relu(t.exp(x)), chosen.step(t.exp(y))]
    expect(made.map((e) => t.ops[e]![0])).toEqual(['relu', 'step', 'exp', 'const'])
    expect([...sides]).toEqual([
      [made[0], 1],
      [made[1], -1],
    ])
  })

  test('are chosen in the order in which they are called', () => {
    const called: number[] = []
    trace(['x', 'y'], (F, [x, y]) => {
      const chosen = selected(F, (_, __, kink) => (called.push(kink), 1))
      return [chosen.relu(x!), chosen.step(y!), chosen.relu(y!)]
    })
    expect(called).toEqual([0, 1, 2])
  })
})
