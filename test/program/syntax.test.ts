/** Syntax: printing and evaluation accept the same formulas, exponents and lengths cost nothing, names are only names. */
import { describe, expect, test } from 'vitest'
import { parseCsv, parseJson } from '../../src/data/codec.ts'
import { float64 } from '../../src/number/float64.ts'
import { interval } from '../../src/number/interval.ts'
import { rational } from '../../src/number/rational.ts'
import { compile } from '../../src/program/compile.ts'
import { parseRatio } from '../../src/program/constant.ts'
import { evaluate, formulaProgram, parseFormula } from '../../src/program/formula.ts'
import { freeIndices } from '../../src/program/indices.ts'
import { slacks } from '../../src/program/slacks.ts'
import { grad } from '../../src/program/grad.ts'
import { tex, text } from '../../src/program/print.ts'
import { newTrace, parseProgram, trace, type Expr } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'

/** The error that a task ends with, and whether it came within a quarter of a second of work. */
function failure(task: () => unknown): { message: string; quick: boolean } {
  const before = performance.now()
  try {
    task()
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error
    return { message: error.message, quick: performance.now() - before < 250 }
  }
  throw new Error('expected an error')
}

describe('one gate for evaluation and printing refuses', () => {
  test.each([
    ...['5!', '+x', "x'", 'not x', '~x', 'x!!', '50%', 'x % 2', "x .' 2", 'x & 1', 'x | 1', 'x ^| 1'],
    ...[
      'x << 1',
      'x >> 1',
      'x >>> 1',
      'x and x',
      'x xor x',
      'x to x',
      'x != 1',
      'mod(x, 2) mod 2',
      'x in x',
      '1:3',
    ],
    ...[
      'a ? b : c',
      '[1, 2; 3, 4]',
      '[[x]]',
      '"x"',
      'x = 3',
      'f(x) = x',
      'x; x',
      'x\nx',
      'x[1, 2]',
      'x[1:2]',
      'x.y',
      'x["y"]',
      'x.y',
      '{ a: 1 }',
    ],
    ...[
      'x # comment',
      '',
      '  ',
      'true',
      'false',
      'null',
      'undefined',
      'NaN',
      'Infinity',
      '-Infinity',
      'x.y(1)',
      'f(x)(x)',
    ],
    ...[
      '2 x',
      '2x',
      '2(x)',
      '(x)(x)',
      '(x) x',
      'x x',
      'x 2',
      '5 cm',
      '2 sqrt(x)',
      'norm(x)(t_0)',
      'exp(x)(t + 1)',
      '2e-3x',
    ],
    ...[
      '(x < 2) + 1',
      'exp(x < 2)',
      '-(x == 2)',
      '[x < 2]',
      '(x or x) + 1',
      'x < (x < 2)',
      'sum(x + 1, x)',
      'exp(x in x)',
    ],
    ...['exp(1, 2)', 'exp()', 'max()', 'max(x, 1, 2)', 'dot([x])', 'sum(u)', 'grad(x)'],
  ])('%s', (source) => {
    const messages = [
      () => formulaProgram(source, ['x']),
      () => text(parseFormula(source)),
      () => tex(parseFormula(source)),
    ].map((task) => failure(task).message)
    expect(messages[0]).toMatch(/^formula: /)
    expect(messages).toEqual([messages[0], messages[0], messages[0]])
  })

  test('a product without its sign says what to write', () => {
    expect(() => parseFormula('norm(w_u)(t_0)')).toThrow('(write a * b) in "norm(w_u) (t_0)"')
  })

  test('a function of t + 1 is no value one step later', () => {
    expect(run(formulaProgram('exp(t + 1) - exp(1)*exp(t)', ['t']), float64, [1]).map(Math.round)).toEqual([
      0,
    ])
    expect(text(parseFormula('log(t + 1)*v_u(t + 1)'))).toBe('log(t + 1) v_u(t+1)')
  })
})

describe('exponents and digits are bounded before they are expanded', () => {
  const nines = '9'.repeat(1_000_000)
  test.each([
    ...[
      '1e-100000000',
      '-1e999999999',
      '1e10001',
      '1e-10001',
      '2 + 1.5E+99999999999999999999',
      '1e-99999999999999999999',
    ],
    ...[
      'x^(10^9)',
      'x^-(10^9)',
      'x^1000000',
      '(x + 1)^1001',
      '2^(3^20)',
      '2^(3^200)',
      'x^(2^(3^20))',
      '2^2^2^2^2^2',
    ],
    ...[
      '((x^1000)^1000)^1000',
      '(((x^9 + 1)^9 + 1)^9 + x)^999',
      '10^(10^5)',
      '(1/3)^(10^9)',
      'x^(10^9 + 1/2)',
      'x^-1e9',
    ],
    ...['norm([x, 1])^1000000', 'exp(x)^123456789', nines, `0.${nines}`, `x^${nines}`, `x^(1/${nines})`],
  ])('%.40s', (source) => {
    const { message, quick } = failure(() => formulaProgram(source, ['x']))
    expect([message.length < 250, quick]).toEqual([true, true])
    expect(message).toMatch(
      /^formula: expected (an exponent of at most|numbers of at most|a smaller exponent)/,
    )
  })

  test.each(['1e-100000000', '-1e999999999', '1e99999999999999999999', nines, `1/${nines}`, `0.${nines}e-3`])(
    'in data and programs, too: %.40s',
    (literal) => {
      for (const task of [
        () => parseRatio(literal),
        () => parseJson(`[{ "x": ["${literal}"], "y": 1 }]`),
        () => parseCsv(`x1,y\n${literal},1\n`),
        () => parseProgram({ inputs: [], ops: [['const', literal]], outputs: [0] }),
      ]) {
        const { message, quick } = failure(task)
        expect([message.length < 250, quick]).toEqual([true, true])
      }
    },
  )

  test('what stays within them is exact', () => {
    expect(parseRatio('1e-10000').den).toBe(10n ** 10_000n)
    expect(formulaProgram('10^100', []).ops).toEqual([['const', `1${'0'.repeat(100)}`]])
    expect(formulaProgram('x^1000', ['x']).ops).toEqual([
      ['input', 0],
      ['pow', 0, 1000],
    ])
    const [value] = run(formulaProgram('1e-9000*10^9000', []), interval(64), [])
    expect(interval(64).format(value!)).toMatch(/^1\.0*$/)
  })

  test('powers of powers are left to intervals where rationals would grow beyond measure', () => {
    const p = formulaProgram('((x^100 + 1)^100 + 1)^10', ['x'])
    expect(() => run(p, rational, [rational.constant('1/3')])).toThrow('use intervals instead')
    const F = interval(64)
    expect(F.toNumber(run(p, F, [F.constant('1/3')])[0]!)).toBeCloseTo(1024, 6)
  })

  test('constants do not grow without bound where operations are folded', () => {
    const F = newTrace()
    let e = F.constant('10')
    for (let i = 0; i < 20; i++) e = F.pow(e, 32)
    const lengths = F.ops.map((op) => (op[0] === 'const' ? op[1].length : 0))
    expect(Math.max(...lengths)).toBeLessThan(20_000)
  })
})

describe('names of Object.prototype are ordinary unknown names', () => {
  const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf', 'isPrototypeOf']

  test.each(names)('%s', (name) => {
    const unknown = [name, `x_${name}`, `sum(${name}, x)`, `min(${name}, x)`, `x^${name}`, `[${name}, x]`]
    for (const source of unknown)
      expect(() => formulaProgram(source, ['x'])).toThrow(/^formula: unknown symbol/)
    expect(() => formulaProgram(`${name}(x)`, ['x'])).toThrow(/^formula: unknown function/)
    expect(() => formulaProgram(`x_${name}(t + 1)`, ['x'])).toThrow(/^formula: unknown symbol/)
    expect(freeIndices(parseFormula(`x_${name} == ${name}_x`), { sets: {} })).toEqual([])
    expect(text(parseFormula(`${name} + x_${name}^${name} + ${name}(x)`))).toBe(
      `${name} + ${name.startsWith('_') ? `x_${name}` : `x_${name}`}^${name} + ${name}(x)`,
    )
    expect(formulaProgram(name, [name]).ops).toEqual([['input', 0]])
  })
})

describe('names are printed as they are written', () => {
  test.each([
    [
      'p + that + gradient + inf',
      'p + that + gradient + inf',
      'p + \\mathrm{that} + \\mathrm{gradient} + \\mathrm{inf}',
    ],
    ['chat*phat + untilde', 'chat phat + untilde', '\\mathrm{chat}\\,\\mathrm{phat} + \\mathrm{untilde}'],
    ['x_p == x_that', 'x_p = x_that', 'x_{p} = x_{\\mathrm{that}}'],
    ['x == inf', 'x = inf', 'x = \\mathrm{inf}'],
    ['lim(x) == inf', 'lim x = ∞', '\\lim_{t \\to \\infty} x = \\infty'],
    ['max(u, 0) + min(v, p)', 'max(u, 0) + min(v, p)', '\\max\\left(u, 0\\right) + \\min\\left(v, p\\right)'],
    ['a__b + _c', 'a__b + _c', '\\mathrm{a\\_\\_b} + \\mathrm{\\_c}'],
    ['alpha_1*x_alpha', 'α_1 x_α', '\\alpha_{1}\\,x_{\\alpha}'],
    ['H_l/H_p', "H_l/H_l'", "\\frac{H_{l}}{H_{l'}}"],
  ])('%s', (source, inText, inTex) => {
    expect([text(parseFormula(source)), tex(parseFormula(source))]).toEqual([inText, inTex])
  })

  test.each([
    ['2*3', '2·3', '2 \\cdot 3'],
    ['2*10^3', '2·10³', '2 \\cdot 10^{3}'],
    ['x*2', 'x·2', 'x \\cdot 2'],
    ['-2*3*4^x', '−2·3·4^x', '-2 \\cdot 3 \\cdot 4^{x}'],
    ['2*x*3', '2 x·3', '2\\,x \\cdot 3'],
    ['2/3*4', '(2/3)·4', '\\frac{2}{3} \\cdot 4'],
    ['2*(-3)', '2 (−3)', '2\\,\\left(-3\\right)'],
    ['1e-300*x', '10^−300 x', '10^{-300}\\,x'],
    ['(2.5e40)^2', '(2.5·10^40)²', '\\left(2.5 \\cdot 10^{40}\\right)^{2}'],
  ])('%s is a product that reads as one', (source, inText, inTex) => {
    expect([text(parseFormula(source)), tex(parseFormula(source))]).toEqual([inText, inTex])
  })
})

describe('long formulas', () => {
  const many = (n: number, joint: string, term = (i: number) => `(x - ${i})`): string =>
    Array.from({ length: n }, (_, i) => term(i)).join(joint)

  test.each(['+', '-', '*', '/'])(
    '100 000 operations %s are read, printed, evaluated and differentiated',
    (op) => {
      const source = many(100_001, op, () => 'x')
      const formula = parseFormula(source)
      expect(freeIndices(formula, { sets: {} })).toEqual([])
      expect(text(formula).length).toBeGreaterThan(100_000)
      expect(tex(formula).length).toBeGreaterThan(100_000)
      const p = formulaProgram(source, ['x'])
      const [n, slope] = {
        '+': [100_001, 100_001],
        '-': [-99_999, -99_999],
        '*': [1, 100_001],
        '/': [1, -99_999],
      }[op]!
      expect([...run(p, float64, [1]), ...run(grad(p), float64, [1])]).toEqual([n, slope])
      expect(compile(p)([1])[0]).toBe(n)
      expect(parseProgram(JSON.parse(JSON.stringify(p)))).toEqual(p)
    },
    120_000,
  )

  test('inside a function and a relation, with terms that all differ', () => {
    const source = `abs(${many(3000, ' + ')}) >= log(${many(3000, '*', (i) => `exp(x/${i + 1})`)})`
    const formula = parseFormula(source)
    expect(text(formula)).toContain('(x − 17)'.slice(1, -1))
    const x = trace(['x'], (F, [e]) => {
      const scope = { F, sets: {}, value: (name: string) => (name === 'x' ? e! : undefined) }
      return slacks(formula, scope).map(({ slack }) => slack)
    })
    const harmonic = Array.from({ length: 3000 }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b)
    expect(run(x, float64, [1])[0]).toBeCloseTo(2999 * 1500 - 3000 - harmonic, 4)
  })

  test('a logarithm of a product of 100 000 positive factors is their sum', () => {
    const p = trace(['x'], (F, [x]) => {
      let product: Expr = F.exp(x!)
      for (let i = 2; i <= 100_000; i++) product = F.mul(product, F.exp(F.mul(F.constant(`${i}`), x!)))
      return [F.log(product)]
    })
    expect(run(p, float64, [1])).toEqual([5_000_050_000])
  })

  test.each([
    ['(', 'x', ')'],
    ['-', 'x', ''],
    ['exp(', 'x', ')'],
    ['2^', 'x', ''],
    ['[', 'x', ']'],
  ])('%s nested 100 000 deep is refused with one short error', (open, inner, close) => {
    const { message } = failure(() => parseFormula(`${open.repeat(100_000)}${inner}${close.repeat(100_000)}`))
    expect(message).toMatch(/^formula: .*nested too deeply$/)
    expect(message.length).toBeLessThan(200)
  })

  test('a value that is no relation is evaluated without recursion, too', () => {
    const F = newTrace()
    const [x, y] = [F.input('x'), F.input('y')]
    const scope = { F, sets: {}, value: (name: string) => ({ x: [x, y] })[name as 'x'] }
    const found = evaluate(parseFormula(many(20_000, '+', () => 'x')), scope) as readonly Expr[]
    expect(run(F.program(found, ['x', 'y']), float64, [1, 2])).toEqual([20_000, 40_000])
  })
})
