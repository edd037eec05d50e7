/** Form: what a trace knows to be positive or never negative is so, and is known wherever an operation keeps it. */
import { describe, expect, test } from 'vitest'
import { contains, interval, overlap, type Interval } from '../../src/number/interval.ts'
import { rational } from '../../src/number/rational.ts'
import { compile, compileInterpreted } from '../../src/program/compile.ts'
import { parseRatio, quoted, reduce } from '../../src/program/constant.ts'
import { sum } from '../../src/program/field.ts'
import { evaluate, formulaProgram, parseFormula } from '../../src/program/formula.ts'
import type { Scope } from '../../src/program/indices.ts'
import { slacks } from '../../src/program/slacks.ts'
import { grad, substitute } from '../../src/program/grad.ts'
import { jacobian } from '../../src/program/jacobian.ts'
import { text } from '../../src/program/print.ts'
import { newTrace, parseProgram, trace, type Expr, type Trace } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'

type Body = (F: Trace, x: Expr, y: Expr) => Expr
const on = <T>(body: Body, then: (F: Trace, e: Expr) => T): T => {
  const F = newTrace()
  return then(F, body(F, F.input('x'), F.input('y')))
}
const isNonNegative = (body: Body): boolean => on(body, (F, e) => F.isNonNegative(e))
/** A positive value has the step 1. */
const isPositive = (body: Body): boolean => on(body, (F, e) => F.ops[F.step(e)]!.join() === 'const,1')

const POSITIVE: readonly [string, Body][] = [
  ['3', (F) => F.constant('3')],
  ['e^x', (F, x) => F.exp(x)],
  ['e^x + e^y', (F, x, y) => F.add(F.exp(x), F.exp(y))],
  ['e^x·e^y', (F, x, y) => F.mul(F.exp(x), F.exp(y))],
  ['e^x/e^y', (F, x, y) => F.div(F.exp(x), F.exp(y))],
  ['(e^x)³', (F, x) => F.pow(F.exp(x), 3)],
  ['√(e^x)', (F, x) => F.sqrt(F.exp(x))],
  ['the cube root of e^x', (F, x) => F.root(F.exp(x), 3)],
  ['tanh e^x', (F, x) => F.tanh(F.exp(x))],
  ['max(y, e^x)', (F, x, y) => F.max(y, F.exp(x))],
  ['max(e^y, x + y)', (F, x, y) => F.max(F.exp(y), F.add(x, y))],
]
const NON_NEGATIVE: readonly [string, Body][] = [
  ['0', (F) => F.constant('0')],
  ['relu x', (F, x) => F.relu(x)],
  ['√x', (F, x) => F.sqrt(x)],
  ['the cube root of x', (F, x) => F.root(x, 3)],
  ['|x|', (F, x) => F.abs(x)],
  ['step x', (F, x) => F.step(x)],
  ['x²', (F, x) => F.pow(x, 2)],
  ['(relu x)³', (F, x) => F.pow(F.relu(x), 3)],
  ['tanh relu x', (F, x) => F.tanh(F.relu(x))],
  ['relu x + relu y', (F, x, y) => F.add(F.relu(x), F.relu(y))],
  ['relu x·relu y', (F, x, y) => F.mul(F.relu(x), F.relu(y))],
  ['relu x/relu y', (F, x, y) => F.div(F.relu(x), F.relu(y))],
  ['max(x, relu y)', (F, x, y) => F.max(x, F.relu(y))],
  ['max(relu x, x + y)', (F, x, y) => F.max(F.relu(x), F.add(x, y))],
]
const NEITHER: readonly [string, Body][] = [
  ['−3', (F) => F.constant('-3')],
  ['x', (_, x) => x],
  ['−e^x', (F, x) => F.neg(F.exp(x))],
  ['x³', (F, x) => F.pow(x, 3)],
  ['tanh x', (F, x) => F.tanh(x)],
  ['log e^x', (F, x) => F.log(F.add(F.exp(x), F.constant('1')))],
  ['x + relu y', (F, x, y) => F.add(x, F.relu(y))],
  ['relu x + y', (F, x, y) => F.add(F.relu(x), y)],
  ['x·relu y', (F, x, y) => F.mul(x, F.relu(y))],
  ['relu x·y', (F, x, y) => F.mul(F.relu(x), y)],
  ['x/e^y', (F, x, y) => F.div(x, F.exp(y))],
  ['e^x/y', (F, x, y) => F.div(F.exp(x), y)],
  ['e^x − e^y', (F, x, y) => F.sub(F.exp(x), F.exp(y))],
  ['max(x, y)', (F, x, y) => F.max(x, y)],
]

describe('by its form', () => {
  test.each(POSITIVE)('%s is positive', (_, body) =>
    expect([isPositive(body), isNonNegative(body)]).toEqual([true, true]),
  )
  test.each(NON_NEGATIVE)('%s is never negative, and may be 0', (_, body) =>
    expect([isPositive(body), isNonNegative(body)]).toEqual([false, true]),
  )
  test.each(NEITHER)('%s may have any sign, or one that is not looked for', (_, body) =>
    expect([isPositive(body), isNonNegative(body)]).toEqual([false, false]),
  )
})

describe('a maximum', () => {
  const top = (body: Body): string => on(body, (F, e) => F.ops[e]![0])
  test('with 0 is a relu, and of opposite numbers an absolute value, on either side', () => {
    expect(top((F, x) => F.max(F.constant('0'), x))).toBe('relu')
    expect(top((F, x) => F.max(x, F.constant('0')))).toBe('relu')
    const early = newTrace()
    const [zero, x] = [early.constant('0'), early.input('x')]
    expect([early.max(zero, x), early.max(x, zero)].map((e) => early.ops[e])).toEqual([
      ['relu', x],
      ['relu', x],
    ])
    expect(top((F, x) => F.max(x, F.neg(x)))).toBe('abs')
    expect(top((F, x) => F.max(F.neg(x), x))).toBe('abs')
    expect(
      on(
        (F) => F.max(F.constant('2'), F.constant('3/2')),
        (F, e) => F.ops[e],
      ),
    ).toEqual(['const', '2'])
    expect(
      on(
        (F) => F.max(F.constant('3/2'), F.constant('2')),
        (F, e) => F.ops[e],
      ),
    ).toEqual(['const', '2'])
  })
})

describe('code in doubles', () => {
  /** A double as a fraction. */
  const exact = (x: number): { num: bigint; den: bigint } => {
    let den = 1n
    for (; !Number.isInteger(x); x *= 2) den *= 2n
    return { num: BigInt(x), den }
  }

  test.each([
    [3n ** 700n, 5n ** 450n],
    [-(3n ** 700n), 5n ** 450n],
    [7n ** 400n, 3n ** 700n],
    [3n ** 700n, 7n ** 396n],
    [5n ** 300n, 2n ** 1100n],
    [2n ** 1100n + 1n, 3n ** 600n],
  ])('a constant whose parts exceed the doubles is there up to two roundings', (num, den) => {
    const program = trace([], (F) => [F.constant(`${num}/${den}`)])
    for (const code of [compile(program), compileInterpreted(program)]) {
      const got = code([])[0]!
      expect(got).not.toBe(0)
      const value = exact(got)
      const error = value.num * den - num * value.den
      const size = num < 0n ? -num : num
      expect((error < 0n ? -error : error) * 2n ** 52n <= size * value.den).toBe(true)
    }
  })

  test('a constant beyond the doubles is ±∞ or 0', () => {
    const [big, one] = [`1${'0'.repeat(400)}`, '1']
    const texts = [big, `-${big}`, `${one}/${big}`, '0']
    const program = trace([], (F) => texts.map((text) => F.constant(text)))
    for (const code of [compile(program), compileInterpreted(program)])
      expect([...code([])]).toEqual([Infinity, -Infinity, 0, 0])
  })
})

describe('powers', () => {
  const refuses = (formula: string): boolean => {
    try {
      formulaProgram(formula, ['x'])
      return false
    } catch (error) {
      return /exponent of at most/.test((error as Error).message)
    }
  }
  test('of constants have at most 20,000 digits, those of powers a degree of at most 100,000', () => {
    expect(['(3/7)^6666', '(3/7)^6667'].map(refuses)).toEqual([false, true])
    expect(['(x^300)^333', '(x^300)^334'].map(refuses)).toEqual([false, true])
    expect(['x^1000', 'x^1001'].map(refuses)).toEqual([false, true])
  })

  test.each([
    ['x^2*sqrt(x^2)', '-3', '27'],
    ['x^3*(x^3)^(1/6)', '64', `${2 ** 21}`],
    ['sqrt(x)*x', '9', '27'],
    ['x^2*x^(1/3)', '8', '128'],
  ])('%s has its value, and the derivative 0 at 0', (formula, at, value) => {
    const program = formulaProgram(formula, ['x'])
    expect(run(program, rational, [rational.constant(at)]).map(rational.format)).toEqual([value])
    expect(run(grad(program), rational, [rational.constant('0')]).map(rational.format)).toEqual(['0'])
  })

  test('with an exponent that is no constant are exponentials', () => {
    const F = interval(64)
    const at = (x: string, y: string): Interval =>
      run(formulaProgram('x^y', ['x', 'y']), F, [x, y].map(F.constant))[0]!
    for (const [x, y, value] of [
      ['2', '3', '8'],
      ['9', '1/2', '3'],
      ['4', '-2', '1/16'],
    ] as const)
      expect([x, y, contains(at(x, y), rational.constant(value))]).toEqual([x, y, true])
  })

  test('are refused by their text only where the exponent itself is huge', () => {
    expect(refuses('x^(30000 - 29999)')).toBe(false)
    for (const formula of ['x^30000', 'x^(30000)', 'x^(-30000)'])
      expect(() => parseFormula(formula)).toThrow('expected a smaller exponent')
  })

  test('of roots are rebuilt by a substitution', () => {
    const program = trace(['x', 'y'], (F, [x, y]) => [
      substitute(F, F.root(F.add(x!, F.constant('1')), 3), new Map([[x!, y!]])),
    ])
    expect(run(program, rational, ['5', '7'].map(rational.constant)).map(rational.format)).toEqual(['2'])
  })
})

describe('the longest numbers', () => {
  const digits = (n: number): string => '7'.repeat(n)
  test('have 20,000 digits', () => {
    expect(parseRatio(digits(20_000)).den).toBe(1n)
    expect(() => parseRatio(digits(20_001))).toThrow('20000')
    expect(parseFormula(digits(20_000)).source).toHaveLength(20_000)
    expect(() => parseFormula(digits(20_001))).toThrow('20000')
  })

  test('have no exponent above 10,000, which a name may end in', () => {
    expect(() => parseFormula('x + 1e10001')).toThrow('10000')
    expect(() => parseFormula('x + .1e-10001')).toThrow('10000')
    expect(parseFormula('x2e20000 + 1e10000').source).toBe('x2e20000 + 1e10000')
  })

  test('are quoted from their beginning', () => {
    expect([60, 61].map((n) => quoted(digits(n)))).toEqual([`"${digits(60)}"`, `"${digits(60)}…"`])
    expect(() => parseFormula(`x + 123e10001${' + x'.repeat(40)}`)).toThrow('"123e10001"')
  })

  test('have a denominator other than 0', () => {
    expect(() => reduce(1n, 0n)).toThrow(RangeError)
    expect(reduce(-6n, -4n)).toEqual({ num: 3n, den: 2n })
    expect(reduce(6n, -4n)).toEqual({ num: -3n, den: 2n })
  })
})

test('a power 0 and a root of degree 1 are read from JSON, a root of degree 0 is not', () => {
  const read = (op: unknown) => () => parseProgram({ inputs: ['x'], ops: [['input', 0], op], outputs: [1] })
  for (const op of [
    ['pow', 0, 0],
    ['root', 0, 1],
  ])
    expect(read(op)().ops[1]).toEqual(op)
  for (const op of [
    ['root', 0, 0],
    ['pow', 0, -1],
    ['pow', 1, 2],
    ['pow', 0],
  ])
    expect(read(op)).toThrow(SyntaxError)
})

describe('a Jacobian has the derivative of each operation', () => {
  test.each([
    ['x + 3*y', '1', '3'],
    ['x - y', '1', '-1'],
    ['x*y', 'y', 'x'],
    ['x/y', '1/y', '-x/y^2'],
    ['-x', '-1', '0'],
    ['x^3', '3*x^2', '0'],
    ['sqrt(x)', '1/(2*sqrt(x))', '0'],
    ['x^(1/3)', 'x^(1/3)/(3*x)', '0'],
    ['exp(x*y)', 'y*exp(x*y)', 'x*exp(x*y)'],
    ['log(x + y)', '1/(x + y)', '1/(x + y)'],
    ['tanh(y)', '0', '1 - tanh(y)^2'],
    ['relu(y - x)', '-1', '1'],
    ['abs(x - y)', '-1', '1'],
    ['max(x, 2*y)', '0', '2'],
    ['step(x)', '0', '0'],
  ])('of %s', (formula, dx, dy) => {
    const F = interval(64)
    const at = ['3/2', '2'].map(F.constant)
    const valueOf = (source: string): Interval => run(formulaProgram(source, ['x', 'y']), F, at)[0]!
    // Three outputs make forward mode the cheaper one, and one output reverse mode.
    for (const copies of [1, 3]) {
      const f = formulaProgram(formula, ['x', 'y'])
      const scaled = trace(['x', 'y'], (G, x) =>
        Array.from({ length: copies }, (_, i) => G.mul(G.constant(`${i + 1}`), run(f, G, x)[0]!)),
      )
      const got = run(jacobian(scaled), F, at)
      for (let i = 0; i < copies; i++)
        for (const [j, expected] of [dx, dy].entries()) {
          const factor = F.constant(`${i + 1}`)
          expect(overlap(got[2 * i + j]!, F.mul(factor, valueOf(expected)))).toBe(true)
        }
    }
  })
})

test('a sum of nothing is 0', () => {
  const F = newTrace()
  expect(F.ops[sum(F, [])]).toEqual(['const', '0'])
})

describe('a formula', () => {
  const scope = (F: Trace): Scope => ({
    F,
    sets: { u: [0, 1] },
    value: (base, index) => F.input(`${base}${index.join('')}`),
    angle: (name) => (name === 'phi' || name === 'pi' ? F.input(name) : undefined),
    norm: (base) => (base === 'w' ? F.input('known') : undefined),
    next: (e) => F.mul(F.constant('10'), e),
    initially: (e) => F.mul(F.constant('100'), e),
  })
  const valueAt = (source: string, at: Readonly<Record<string, string>>): string => {
    const F = newTrace()
    const e = evaluate(parseFormula(source), scope(F), { u: 0 }) as Expr
    const program = F.program([e], Object.keys(at))
    return rational.format(run(program, rational, Object.values(at).map(rational.constant))[0]!)
  }

  test.each([
    ['0', '1'],
    ['1/2', '-7/25'],
    ['1', '-1'],
    ['-1/2', '-7/25'],
    ['2', '-7/25'],
  ])('the cosine of an angle with tan(φ/4) = %s is %s', (a, expected) => {
    expect(valueAt('cos(phi)', { phi: a })).toBe(expected)
  })

  test('the norm that the setting knows is that of now, of the next step, and of the start', () => {
    const at = { known: '7' }
    expect(['norm(w_u)', 'norm(w_u(t + 1))', 'norm(w_u(t_0))'].map((s) => valueAt(s, at))).toEqual([
      '7',
      '70',
      '700',
    ])
    expect(valueAt('norm(v_u)', { v0: '-3' })).toBe('3')
  })

  test('an angle beside a number is refused by name', () => {
    const relation = (source: string) => () => slacks(parseFormula(source), scope(newTrace()), {})
    expect(relation('pi == x')).toThrow('"pi"')
    expect(relation('phi <= x')).toThrow('"phi"')
    for (const source of ['phi + 1', 'x*phi', 'exp(phi)']) expect(() => valueAt(source, {})).toThrow('angle')
  })

  test('two angles are compared by their coordinates', () => {
    const F = newTrace()
    const [one] = slacks(parseFormula('phi <= pi'), scope(F), {})
    expect([one!.relation, F.ops[one!.slack]]).toEqual(['>=', ['sub', F.input('pi'), F.input('phi')]])
    expect(slacks(parseFormula('phi >= 0'), scope(F), {})[0]!.slack).toBe(F.input('phi'))
  })

  test.each(['sum(u in 2, x)', 'sum(2 in u, x)', 'max(x, 5!)', 'sum(u, x > 1)'])(
    '%s is refused',
    (source) => {
      expect(() => parseFormula(source)).toThrow(SyntaxError)
    },
  )

  test.each([
    ['x + (y - z)', 'x + y − z'],
    ['x + (-y)', 'x + (−y)'],
    ['x == 1e12', 'x = 1000000000000'],
    ['x == 1e13', 'x = 10^13'],
  ])('%s is printed as %s', (source, expected) => expect(text(parseFormula(source))).toBe(expected))
})
