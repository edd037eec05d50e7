/** Powers of e in generalised code keep their rules, and what a side needs is asked of it, in every arithmetic. */
import { describe, expect, test } from 'vitest'
import { generalize } from '../../src/claim/generalize.ts'
import { degree, pointOf, testIdentity } from '../../src/claim/identity.ts'
import { exactSign, exactSigns, isZero, settle } from '../../src/claim/roots.ts'
import type { Chart } from '../../src/claim/setting.ts'
import { rational, type Rational } from '../../src/number/rational.ts'
import { formulaProgram } from '../../src/program/formula.ts'
import { trace, type Expr, type Program, type Trace } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'

const INPUTS = ['x', 'y', 'z']
const chart =
  (names: readonly string[] = INPUTS, roots: (F: Trace) => readonly Expr[] = () => []) =>
  (F: Trace): Chart => ({
    inputs: new Map(INPUTS.map((name) => [name, F.input(names[INPUTS.indexOf(name)] ?? name)])),
    exponentials: new Map(),
    roots: roots(F),
  })
const general = (formula: string) => generalize(formulaProgram(formula, INPUTS), [], chart())
const holds = (formula: string): boolean | undefined => testIdentity(general(formula)).holds

describe('exponentials', () => {
  test.each([
    'exp(x + y) - exp(x)*exp(y)',
    'exp(x - y)*exp(y) - exp(x)',
    'exp(x - y) - exp(x)/exp(y)',
    'exp(-x)*exp(x) - 1',
    'exp(2)*exp(-2) - 1',
    'exp(-3/4) - 1/exp(3/4)',
    'exp(x + 3) - exp(3)*exp(x)',
    'exp(x - 3)*exp(3) - exp(x)',
    'exp(-(x + y)) - 1/(exp(x)*exp(y))',
    'exp(x - (y - z))*exp(y) - exp(x)*exp(z)',
    'exp(-(x*y))*exp(x*y) - 1',
    'exp(0*x) - 1',
    'tanh(x) - (exp(x + x) - 1)/(exp(x + x) + 1)',
  ])('%s vanishes', (formula) => expect(holds(formula)).toBe(true))

  test.each([
    'exp(x + y) - exp(x)/exp(y)',
    'exp(x - y) - exp(y)/exp(x)',
    'exp(x - y) - exp(x)*exp(y)',
    'exp(-x) - exp(x)',
    'exp(-2) - exp(2)',
    'exp(x*y) - exp(x)*exp(y)',
    'tanh(x) - (exp(x + x) - 1)/(exp(x + x) - 2)',
  ])('%s does not', (formula) => expect(holds(formula)).toBe(false))

  test('of what is no sum of inputs are variables of their own', () => {
    expect(general('exp(x*y + z)').program.inputs).toHaveLength(1)
    expect(general('exp(x + z)').program.inputs).toHaveLength(2)
  })
})

describe('logarithms and roots', () => {
  test('a logarithm is positive where its argument exceeds 1 by its form, on whichever side the 1 stands', () => {
    for (const formula of ['log(1 + exp(x))', 'log(exp(x) + 1)', 'log(2 + exp(x))'])
      expect([formula, general(formula).program.inputs[0]!.startsWith('+log')]).toEqual([formula, true])
    for (const formula of ['log(1/2 + exp(x))', 'log(1 + x)', 'log(exp(x))'])
      expect([formula, general(formula).program.inputs[0]!.startsWith('+')]).toEqual([formula, false])
  })

  test('a square root is a positive variable where roots are free, and one more output where they are not', () => {
    const program = formulaProgram('sqrt(x)*y', INPUTS)
    const [free, bound] = [true, false].map((one) => generalize(program, [], chart(), { freeRoots: one }))
    expect([free!.roots, free!.program.inputs.filter((name) => name.startsWith('+root')).length]).toEqual([
      0, 1,
    ])
    expect([bound!.roots, bound!.program.inputs]).toEqual([1, ['x', 'y']])
  })

  test('kept selections have their sides in the order of their operations', () => {
    const program = formulaProgram('relu(x)*y + relu(y)*step(z)', INPUTS)
    const g = generalize(program, [1, -1, 0], chart(), { kept: new Map() })
    const kinks = g.program.ops.filter(([name]) => name === 'relu' || name === 'step')
    expect([kinks.map(([name]) => name), g.sides, g.program.outputs]).toEqual([
      ['relu', 'relu', 'step'],
      [1, -1, 0],
      [g.program.ops.length - 1],
    ])
  })

  test('a root that is half of a positive input is matched with that half', () => {
    const program = formulaProgram('sqrt(x^2/4) - x/2', INPUTS)
    const at = (names: readonly string[]): boolean | undefined =>
      testIdentity(
        generalize(
          program,
          [],
          chart(names, (F) => [F.div(F.input(names[0]!), F.constant('2'))]),
        ),
      ).holds
    expect(at(['+x'])).toBe(true)
    expect(at(['x'])).not.toBe(true)
  })
})

describe('an identity', () => {
  test('is asked for what it needs, at the points that it is tried at', () => {
    const program = formulaProgram('x - x', INPUTS)
    const shaped = (need: string): Program => ({
      ...trace(INPUTS, (F, [x]) => [F.constant('0'), need === 'square' ? F.pow(x!, 2) : F.neg(F.pow(x!, 2))]),
    })
    expect(testIdentity(generalize(program, [], chart())).holds).toBe(true)
    const asked = (shape: string, need: 'positive' | 'not negative') =>
      testIdentity({ ...generalize(shaped(shape), [], chart()), needs: [need] }).holds
    expect([asked('square', 'positive'), asked('square', 'not negative')]).toEqual([true, true])
    expect([asked('minus', 'positive'), asked('minus', 'not negative')]).toEqual([undefined, undefined])
  })

  test('of degree 2 is tried so often that the stated bound follows: 4 times 30 bits', () => {
    const found = testIdentity(general('(x + y)^2 - x^2 - 2*x*y - y^2'))
    expect(found).toEqual({ holds: true, trials: 4, degree: 2, bits: 120 })
  })

  test('is tried as often as it says', () => {
    const twice: Program = {
      inputs: ['x', 'y'],
      ops: [
        ['input', 0],
        ['input', 1],
        ['mul', 0, 1],
        ['sub', 2, 2],
      ],
      outputs: [3],
    }
    const own = rational.mul
    let count = 0
    Object.assign(rational, { mul: (a: Rational, b: Rational) => (count++, own(a, b)) })
    try {
      expect(testIdentity({ program: twice, outputs: 1, roots: 0 })).toMatchObject({ holds: true, trials: 4 })
    } finally {
      Object.assign(rational, { mul: own })
    }
    expect(count).toBe(4)
    const once: Program = {
      inputs: ['x'],
      ops: [
        ['input', 0],
        ['sub', 0, 0],
      ],
      outputs: [1],
    }
    const found = testIdentity({ program: once, outputs: 1, roots: 0 })
    expect(found).toEqual({ holds: true, trials: 4, degree: 1, bits: 124 })
  })

  test('with roots √A has the degrees of A − c² for its candidates c', () => {
    const program = formulaProgram('sqrt(x^2/(y^2 + 1)^2) - x/(y^2 + 1)', INPUTS)
    const g = generalize(
      program,
      [],
      chart(['+x'], (F) => [F.div(F.input('+x'), F.add(F.pow(F.input('y'), 2), F.constant('1')))]),
    )
    const { num, den } = degree(g.program)
    expect([g.roots, den > 0]).toEqual([1, true])
    const found = testIdentity(g)
    const degrees = 2 * (num + den)
    expect(found).toMatchObject({ holds: true, degree: degrees })
    const perTrial = 31 - Math.log2(degrees + 2 * den)
    expect(found).toMatchObject({ trials: Math.floor(100 / perTrial) + 1 })
  })

  test('has as degree of a root half that of its radicand', () => {
    const of = (n: number): { num: number; den: number } =>
      degree(trace(['x'], (F, [x]) => [F.sqrt(F.pow(x!, n))]))
    expect([2, 6, 12].map(of)).toEqual([1, 3, 6].map((num) => ({ num, den: 0 })))
  })

  test('is tried at points whose coordinates are all drawn', () => {
    const names = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? `x${i}` : `+x${i}`))
    const point = pointOf('seed', names)
    expect(new Set(point.map(rational.format)).size).toBe(40)
    point.forEach(({ num, den }, i) => {
      expect(den).toBe(1n)
      if (i % 2 === 1) expect(num).toBeGreaterThan(0n)
      expect(num).toBeGreaterThanOrEqual(-(2n ** 31n))
      expect(num).toBeLessThanOrEqual(2n ** 32n)
    })
    expect(point.filter(({ num }) => num < 0n).length).toBeGreaterThan(3)
  })
})

describe('exact signs', () => {
  const none = new Map<string, string>()
  test('of all outputs at once are those of each alone, and undefined where one has no value', () => {
    const formulas = ['sqrt(2)*sqrt(3) - sqrt(6)', 'sqrt(2) - 1', '1 - sqrt(2)']
    const program = trace([], (F) => formulas.map((f) => run(formulaProgram(f, []), F, [])[0]!))
    expect(exactSigns(program, none)).toEqual([0, 1, -1])
    expect(formulas.map((f) => exactSign(formulaProgram(f, []), 0, none))).toEqual([0, 1, -1])
    expect(exactSign(formulaProgram('1/(sqrt(2)*sqrt(3) - sqrt(6))', []), 0, none)).toBe(undefined)
    expect(exactSign(formulaProgram('sqrt(sqrt(2) - 2)', []), 0, none)).toBe(undefined)
  })

  test('stay open in code that is too long', () => {
    const long = trace([], (F) => {
      const roots = Array.from({ length: 7000 }, (_, i) => F.sqrt(F.constant(`${4 * i + 3}`)))
      return [
        F.sub(
          roots.reduce((a, b) => F.add(a, b)),
          roots.reduceRight((a, b) => F.add(a, b)),
        ),
      ]
    })
    expect(isZero(long, 0, none)).toBe(undefined)
  })

  test('stay open where a factor is open, and are found where a divisor is told from 0 by more digits', () => {
    const at = (n: number): Map<string, string> => new Map([['x', `1/1${'0'.repeat(n)}`]])
    const zero = (formula: string, n: number): boolean | undefined =>
      isZero(formulaProgram(formula, ['x']), 0, at(n))
    expect(zero('sqrt(2)*(exp(x) - 1)', 3000)).toBe(undefined)
    expect(zero('sqrt(2)*(exp(x) - 1)', 60)).toBe(false)
    expect(zero('1/(exp(x) - 1)', 60)).toBe(false)
  })

  test('settle selections, and roots of what is exactly 0', () => {
    const zero = 'sqrt(2)*sqrt(3) - sqrt(6)'
    const settled = (formula: string) => settle(formulaProgram(formula, ['x']), new Map([['x', '-2']]))
    expect(settled(`relu(x) + relu(-x)`).sides).toEqual([-1, 1])
    expect(settled(`relu(${zero})`).sides).toEqual([0])
    expect(settled(`sqrt(${zero}) + 3`).program.ops.filter(([name]) => name === 'sqrt').length).toBe(0)
    expect(settled('sqrt(x^2)').program.ops.some(([name]) => name === 'sqrt')).toBe(true)
    expect(settled('sqrt(x + 3)').program.ops.some(([name]) => name === 'sqrt')).toBe(true)
    expect(() => settled('sqrt(x)')).toThrow('sqrt')
    expect(() => settled('relu(1/(x + 2))')).toThrow('relu')
  })

  test('of numbers with different denominators', () => {
    for (const [formula, sign] of [
      ['1/(1 + sqrt(2)) + 1/(1 - sqrt(2)) + 2', 0],
      ['1/(1 + sqrt(2)) - 1/(3 + sqrt(2)) - 2/(5 + 4*sqrt(2))', 0],
      ['1/(1 + sqrt(2)) - 1/(3 + sqrt(2)) - 2/(5 + 4*sqrt(2)) + 10^(-200)', 1],
      ['sqrt(2)/(1 + sqrt(2)) - sqrt(2)/(2 + sqrt(2)) - sqrt(2)/(4 + 3*sqrt(2))', 0],
    ] as const)
      expect([formula, exactSign(formulaProgram(formula, []), 0, none)]).toEqual([formula, sign])
  })
})
