/** Formulas: what mathjs text means, in exact rationals, and what is refused. */
import { describe, expect, test } from 'vitest'
import { rational, type Rational } from '../../src/number/rational.ts'
import { evaluate, formulaProgram, parseFormula } from '../../src/program/formula.ts'
import { freeIndices, type Scope } from '../../src/program/indices.ts'
import { slacks } from '../../src/program/slacks.ts'
import { newTrace, type Expr } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'

const q = rational.constant

/**
 * Three nodes u, v in the layers l, p = 0, 1 (nodes 0 and 1 in layer 0, node 2 in layer 1), two points i;
 * w_u = (u + 1, −2u), c_u = u + 2, m_i = 10 i + 1, M_u_i = 100 u + i, a = 2, b = −3; t + 1 adds 1/2,
 * and the value at t_0 is 10 times that of now.
 */
const VALUES: Readonly<Record<string, (...at: number[]) => string | string[]>> = {
  a: () => '2',
  b: () => '-3',
  x: () => ['1', '2', '-2'],
  w: (u) => [`${u! + 1}`, `${-2 * u!}`],
  c: (u) => `${u! + 2}`,
  m: (i) => `${10 * i! + 1}`,
  M: (u, i) => `${100 * u! + i!}`,
}
const nodes = [0, 1, 2]
const layers = [0, 1]

function scope(): { scope: Scope; at: (e: Expr) => Rational } {
  const F = newTrace()
  const known = new Map<string, string>()
  const input = (name: string, value: string): Expr => {
    known.set(name, value)
    return F.input(name)
  }
  const points = [0, 1]
  const s: Scope = {
    F,
    sets: { u: nodes, v: nodes, l: layers, p: layers, i: points },
    members: (_, group, at) => (group === 'l' || group === 'p' ? (at === 0 ? [0, 1] : [2]) : []),
    value(base, index) {
      if (!Object.hasOwn(VALUES, base) || VALUES[base]!.length !== index.length) return undefined
      const value = VALUES[base]!(...index)
      const name = [base, ...index].join('_')
      return typeof value === 'string' ? input(name, value) : value.map((e, k) => input(`${name}.${k}`, e))
    },
    next: (e) => F.add(e, F.constant('1/2')),
    initially: (e) => F.mul(e, F.constant('10')),
    apply: (base, index, args) =>
      base === 'f' ? F.add(args[0] as Expr, F.constant(`${index[0] ?? 1000}`)) : undefined,
  }
  const at = (e: Expr): Rational => {
    const p = F.program([e])
    return run(
      p,
      rational,
      p.inputs.map((name) => q(known.get(name)!)),
    )[0]!
  }
  return { scope: s, at }
}

/** The value of a formula, each entry of it, as text. */
function value(source: string, indices: Readonly<Record<string, number>> = {}): string[] {
  const { scope: s, at } = scope()
  const v = evaluate(parseFormula(source), s, indices)
  return (typeof v === 'number' ? [v] : v).map((e) => rational.format(at(e)))
}

/** The slacks of a relation: `relation slack` for each, with the elements of its letters. */
function relations(source: string, indices: Readonly<Record<string, number>> = {}): string[] {
  const { scope: s, at } = scope()
  return slacks(parseFormula(source), s, indices).map(({ relation, slack, indices: taken }) => {
    const letters = Object.entries(taken).map(([letter, element]) => `${letter}=${element}`)
    return [relation, rational.format(at(slack)), ...letters].join(' ')
  })
}

describe('precedence', () => {
  test.each([
    ['1 + 2*3', '7'],
    ['(1 + 2)*3', '9'],
    ['10 - 3 - 2', '5'],
    ['10 - (3 - 2)', '9'],
    ['12/3/2', '2'],
    ['12/(3/2)', '8'],
    ['12/3*2', '8'],
    ['12/(3*2)', '2'],
    ['(2^3)^2', '64'],
    ['-2^2', '-4'],
    ['(-2)^2', '4'],
    ['-a^2', '-4'],
    ['2^-1', '1/2'],
    ['-a*b', '6'],
    ['a - -b', '-1'],
    ['-(a - b)', '-5'],
    ['a/b^2', '2/9'],
    ['a*b^2', '18'],
  ])('%s = %s', (source, expected) => {
    expect(value(source)).toEqual([expected])
  })
})

describe('constants are exact', () => {
  test.each([
    ['0.1', '1/10'],
    ['1e-3', '1/1000'],
    ['0.1 + 0.2', '3/10'],
    ['1/3', '1/3'],
    ['12345678901234567890123456789', '12345678901234567890123456789'],
    ['0.12345678901234567890123456789', '12345678901234567890123456789/100000000000000000000000000000'],
    [`1.${'0'.repeat(100)}1 - 1`, `1/1${'0'.repeat(101)}`],
    ['1e400', `1${'0'.repeat(400)}`],
    ['4^0.5', '2'],
    ['4^(3/2)', '8'],
    ['4^(-1/2)', '1/2'],
    ['4^-1.5', '1/8'],
    ['0^0', '1'],
  ])('%s', (source, expected) => {
    expect(value(source)).toEqual([expected])
  })
})

describe('functions', () => {
  test.each([
    ['exp(0)', '1'],
    ['log(1)', '0'],
    ['sqrt(9/4)', '3/2'],
    ['relu(b) + relu(a)', '2'],
    ['step(b) + step(a) + step(0)', '3/2'],
    ['abs(b)', '3'],
    ['abs(a)', '2'],
    ['max(a, b)', '2'],
    ['min(a, b)', '-3'],
    ['tanh(0)', '0'],
    ['norm(x)', '3'],
    ['norm(b)', '3'],
    ['dot(x, x)', '9'],
    ['f(b)', '997'],
  ])('%s = %s', (source, expected) => {
    expect(value(source)).toEqual([expected])
  })

  test('vectors add, scale and divide entry by entry', () => {
    expect(value('2*x - x/2')).toEqual(['3/2', '3', '-3'])
    expect(value('x*a')).toEqual(['2', '4', '-4'])
    expect(value('-x')).toEqual(['-1', '-2', '2'])
  })

  test('along(v, g) + perp(v, g) = g, and perp is orthogonal to v', () => {
    expect(value('along(x, [1, 0, 3])')).toEqual(['-5/9', '-10/9', '10/9'])
    expect(value('along(x, [1, 0, 3]) + perp(x, [1, 0, 3])')).toEqual(['1', '0', '3'])
    expect(value('dot(x, perp(x, [1, 0, 3]))')).toEqual(['0'])
  })

  test('a rational power of small parts is a power of a root, any other one e^{p log a}', () => {
    const names = (source: string): string[] => formulaProgram(source, ['x']).ops.map(([name]) => name)
    expect(names('x^(2/3)')).toEqual(['input', 'root', 'pow'])
    expect(names('x^0.97')).toEqual(['input', 'const', 'log', 'mul', 'exp'])
  })

  test('(t+1) is the value one step later, entry by entry', () => {
    expect(value('w_u(t+1) - w_u', { u: 1 })).toEqual(['1/2', '1/2'])
    expect(value('a(t+1)')).toEqual(['5/2'])
    expect(value('norm(c_u(t + 1))', { u: 0 })).toEqual(['5/2'])
  })
})

describe('values at the start', () => {
  test('stand for the symbol at t_0, entry by entry', () => {
    expect(value('a(t_0) - a')).toEqual(['18'])
    expect(value('w_u(t_0)', { u: 1 })).toEqual(['20', '-20'])
    expect(value('norm(c_u(t_0))', { u: 0 })).toEqual(['20'])
    expect(value('norm(x(t_0))/norm(x)')).toEqual(['10'])
  })

  test('leave letters free and are of symbols only', () => {
    expect(relations('c_u(t_0) >= 30')).toEqual(['>= -10 u=0', '>= 0 u=1', '>= 10 u=2'])
    expect(() => value('f(t_0)')).toThrow('formula: unknown symbol "f" in "f(t_0)"')
    expect(() => value('a(t_1)')).toThrow(SyntaxError)
  })
})

describe('least and largest over a set', () => {
  test.each([
    ['min(u, c_u)', '2'],
    ['max(u, c_u)', '4'],
    ['min(i, m_i)', '1'],
    ['max(u, -c_u^2)', '-4'],
    ['max(i, min(u, M_u_i))', '1'],
    ['sum(u, min(v, c_v)*c_u)', '18'],
    ['max(u, norm(w_u)^2)', '25'],
    ['min(a, b)', '-3'],
    ['max(b, min(u, c_u))', '2'],
  ])('%s = %s', (source, expected) => {
    expect(value(source)).toEqual([expected])
  })

  test('run over the members of a set', () => {
    expect(value('max(u in l, c_u)', { l: 0 })).toEqual(['3'])
    expect(value('min(v in p, c_v)', { p: 1 })).toEqual(['4'])
  })

  test('bind their letter and leave that of the set free', () => {
    const free = (source: string): string[] => freeIndices(parseFormula(source), scope().scope)
    expect(free('min(u, c_u) + max(i, m_i)')).toEqual([])
    expect(free('min(u in l, c_u) <= c_v')).toEqual(['l', 'v'])
    expect(free('max(c_u, c_v)')).toEqual(['u', 'v'])
  })
})

describe('sums', () => {
  test.each([
    ['sum(u, c_u)', '9'],
    ['sum(u, a)', '6'],
    ['sum(i, sum(u, M_u_i))', '603'],
    ['sum(u, c_u)^2', '81'],
    ['sum(u, c_u^2)', '29'],
    ['sum(u, c_u*sum(v, c_v))', '81'],
    ['sum(u, norm(w_u)^2)', '34'],
    ['sum(i, f_i(a))', '5'],
  ])('%s = %s', (source, expected) => {
    expect(value(source)).toEqual([expected])
  })

  test('sum(u in l, …) runs over the members of l', () => {
    expect(value('sum(u in l, c_u)', { l: 0 })).toEqual(['5'])
    expect(value('sum(u in l, c_u)', { l: 1 })).toEqual(['4'])
    expect(value('sum(u in p, c_u) - sum(v in l, c_v)', { l: 0, p: 1 })).toEqual(['-1'])
  })

  test('an inner letter hides the outer one', () => {
    expect(value('c_u*sum(u, c_u)', { u: 1 })).toEqual(['27'])
  })
})

describe('relations', () => {
  test.each([
    ['a == b', ['= -5']],
    ['a <= b', ['>= -5']],
    ['a < b', ['> -5']],
    ['a >= b', ['>= 5']],
    ['a > b', ['> 5']],
    ['b == b + 0 <= a', ['= 0', '>= 5']],
    ['a > b >= -4 < 7', ['> 5', '>= 1', '> 11']],
    ['x == [1, 2, 3]', ['= 0', '= 0', '= 5']],
  ])('%s', (source, expected) => {
    expect(relations(source)).toEqual(expected)
  })

  test('a free letter ranges over its set', () => {
    expect(relations('c_u >= 3')).toEqual(['>= -1 u=0', '>= 0 u=1', '>= 1 u=2'])
    expect(relations('m_i == 1')).toEqual(['= 0 i=0', '= -10 i=1'])
  })

  test('a bound letter does not', () => {
    expect(relations('c_u >= 3', { u: 2 })).toEqual(['>= 1 u=2'])
    expect(relations('sum(u, c_u) >= 3')).toEqual(['>= 6'])
  })

  test('two letters of one set take distinct elements', () => {
    const pairs = relations('c_u == c_v').map((text) => text.split(' ').slice(2).join())
    expect(pairs).toEqual(['u=0,v=1', 'u=0,v=2', 'u=1,v=0', 'u=1,v=2', 'u=2,v=0', 'u=2,v=1'])
    expect(relations('c_u == c_v', { u: 1 })).toEqual(['= -1 u=1 v=0', '= 1 u=1 v=2'])
  })

  test('letters of different sets range independently, even where the elements coincide', () => {
    expect(relations('M_u_i == 0')).toHaveLength(6)
    expect(relations('sum(u in l, c_u) == sum(u in p, c_u)')).toEqual(['= -1 l=0 p=1', '= 1 l=1 p=0'])
  })

  test('free letters are found in order of appearance, under functions and in the bounds of sums', () => {
    const free = (source: string): string[] => freeIndices(parseFormula(source), scope().scope)
    expect(free('sum(u in l, c_u) + m_i')).toEqual(['l', 'i'])
    expect(free('norm(w_v(t+1)) <= f_i(c_u)')).toEqual(['v', 'i', 'u'])
    expect(free('sum(u, c_u)*c_v + a')).toEqual(['v'])
    expect(free('c_u + sum(u, c_u)')).toEqual(['u'])
    expect(free('a_b + lambda')).toEqual([])
  })
})

describe('what is refused, with its place', () => {
  test.each([
    ['a ==', 'formula: expected mathjs syntax, got "a ==": Unexpected end of expression (char 5)'],
    ['a + (b', 'formula: expected mathjs syntax, got "a + (b": Parenthesis ) expected (char 7)'],
    ['a & & b', 'got "a & & b": Value expected (char 5)'],
  ])('%s is no mathjs text', (source, message) => {
    expect(() => parseFormula(source)).toThrow(SyntaxError)
    expect(() => parseFormula(source)).toThrow(message)
  })

  test.each([
    ['a + b', 'expected a relation (==, <=, <, >=, >) in "a + b"'],
    ['a != b', 'expected a relation (==, <=, <, >=, >) in "a != b"'],
    ['a = b', 'expected a relation (==, <=, <, >=, >) in "a = b"'],
    ['', 'expected a relation'],
    ['1 + nope == a', 'unknown symbol "nope" in "nope"'],
    ['w_q == a', 'unknown symbol "w_q" in "w_q"'],
    ['nope(a) == b', 'unknown function "nope" in "nope(a)"'],
    ['a == x', 'expected two scalars or two vectors of one length in "a == x"'],
    ['x + w_u == x', 'expected two scalars or two vectors of one length in "x + w_u"'],
    ['x*x == a', 'use dot(a, b) for the product of vectors in "x * x"'],
    ['a/x == a', 'expected to divide by a scalar, got a vector in "a / x"'],
    ['x^2 == x', 'expected a scalar, got a vector in "x"'],
    ['dot(a, x) == b', 'expected a vector, got a scalar in "a"'],
    ['x <= x', 'expected scalars in an inequality in "x <= x"'],
    ['norm() == a', 'expected 1 argument(s) of norm in "norm()"'],
    ['dot(x) == a', 'expected 2 argument(s) of dot in "dot(x)"'],
    ['ddt(a) == 0', '"ddt" has no such value in the setting of this formula in "ddt(a)"'],
    ['grad(a, b) == 0', 'no gradient in this setting in "grad(a, b)"'],
    ['sum(a, 1) == 0', 'expected sum(index, term) or sum(index in set, term) in "sum(a, 1)"'],
    ['min(u) == 0', 'expected min(index, term) or min(index in set, term) in "min(u)"'],
    ['min(u, w_u) == 0', 'expected a scalar, got a vector in "w_u"'],
    ['lim(a) == 0', 'unknown function "lim" in "lim(a)"'],
    ['a == inf', 'unknown symbol "inf" in "inf"'],
    ['a == Theta(b)', 'unknown function "Theta" in "Theta(b)"'],
    ['sum(u) == 0', 'expected sum(index, term) or sum(index in set, term) in "sum(u)"'],
    ['a! == 2', 'unknown operator "!" in "a!"'],
    ['a % 2 == 2', 'unknown operator "%" in "a % 2"'],
    ['+a == 2', 'unknown operator "+" in "+a"'],
    ['(a == b) == b', 'unknown operator "==" in "a == b"'],
    ['x[1][2] == 1', 'expected a vector, got a scalar'],
    ['x[1, 2] == 1', 'expected one entry of a vector'],
    ['(a == 1 ? 1 : 2) == 1', 'expected an expression, got a ConditionalNode'],
  ])('%s', (source, message) => {
    expect(() => relations(source)).toThrow(SyntaxError)
    expect(() => relations(source)).toThrow(message)
  })

  test('an index letter that nothing binds', () => {
    expect(() => value('c_u')).toThrow('formula: expected the index u to be bound in "c_u"')
  })

  test.each([
    ['"text" == 1'],
    ['true == 1'],
    ['NaN == 1'],
    ['Infinity == 1'],
    ['sum() == 0'],
    ['sum(u in l + 1, 1) == 0'],
    ['grad() == 0'],
    ['grad(a) == 0'],
    ['valueOf == valueOf'],
    ['constructor == 0'],
    ['toString(a) == 0'],
    ['x_constructor == 0'],
  ])('%s is refused as a formula, naming the place', (source) => {
    expect(() => relations(source)).toThrow(SyntaxError)
    expect(() => relations(source)).toThrow(/^formula: .* in "/)
  })
})
