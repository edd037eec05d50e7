/** Ties: derivatives belong to functions, not to their spelling; and powers have them at 0 where they exist. */
import { describe, expect, test } from 'vitest'
import { Undefined } from '../../src/number/conventions.ts'
import { decimal } from '../../src/number/decimal.ts'
import type { NumberField } from '../../src/number/field.ts'
import { float64 } from '../../src/number/float64.ts'
import { interval, overlap } from '../../src/number/interval.ts'
import { rational } from '../../src/number/rational.ts'
import { wideFloat } from '../../src/number/wide.ts'
import { compile } from '../../src/program/compile.ts'
import { derivative, grad } from '../../src/program/grad.ts'
import { jacobian } from '../../src/program/jacobian.ts'
import { formulaProgram } from '../../src/program/formula.ts'
import { trace, type Program } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'

const fields = [
  float64,
  decimal(30),
  rational,
  interval(100),
  wideFloat,
] as unknown as readonly NumberField<unknown>[]

/** The derivative of p in x by forward mode. */
const forward = (p: Program): Program =>
  trace(p.inputs, (F, x) => [
    derivative(F, run(p, F, x)[0]!, new Map(x.map((e, i) => [e, F.constant(i === 0 ? '1' : '0')]))),
  ])

/** The first derivatives in x of a formula in x and y, by every mode and in every field. */
function slopes(formula: string, x: string, y = '0', times = 1): number[] {
  return [grad, jacobian, forward].flatMap((mode) => {
    let p = formulaProgram(formula, ['x', 'y'])
    for (let i = 0; i < times; i++) p = { ...mode(p), outputs: [mode(p).outputs[0]!] }
    const found = fields.map((F) => F.toNumber(run(p, F, [F.constant(x), F.constant(y)])[0]))
    // + 0: the sign of a zero means nothing
    return [...found, compile(p)([Number(x), Number(y)])[0]!].map((v) => v + 0)
  })
}
const all = (value: number): number[] => Array.from({ length: 3 * (fields.length + 1) }, () => value)

describe('at a tie every spelling of a function has the mean of the slopes on both sides', () => {
  test.each([
    ...['relu(x)', 'max(0, x)', 'max(x, 0)', '(x + abs(x))/2', '-min(0, -x)', '-min(-x, 0)', 'x - min(x, 0)'],
    ...[
      'x + relu(-x)',
      'x*step(x)',
      '(x + max(x, -x))/2',
      'max(x, relu(x))',
      'relu(relu(x))',
      'max(max(0, x), x)',
    ],
  ])('%s, which is max(0, x)', (formula) => {
    expect(slopes(formula, '0')).toEqual(all(1 / 2))
    expect(slopes(formula, '3')).toEqual(all(1))
    expect(slopes(formula, '-3')).toEqual(all(0))
  })

  test.each([
    'abs(x)',
    'max(x, -x)',
    'relu(x) + relu(-x)',
    '-min(x, -x)',
    '2*relu(x) - x',
    'abs(-x)',
    'abs(abs(x))',
  ])('%s, which is |x|', (formula) => {
    expect(slopes(formula, '0')).toEqual(all(0))
    expect(slopes(formula, '-5')).toEqual(all(-1))
  })

  test.each(['relu(x) - relu(-x)', 'max(x, 0) + min(x, 0)', 'max(x, x)', 'min(x, y) + max(x, y) - y'])(
    '%s, which is x',
    (formula) => expect(slopes(formula, '0')).toEqual(all(1)),
  )

  test.each(['max(x, y)', 'max(y, x)', '(x + y + abs(x - y))/2', 'y + relu(x - y)', 'x - min(x - y, 0)'])(
    '%s, which is max(x, y)',
    (formula) => {
      expect(slopes(formula, '2', '2')).toEqual(all(1 / 2))
      expect(slopes(formula, '2', '1')).toEqual(all(1))
      expect(slopes(formula, '1', '2')).toEqual(all(0))
    },
  )

  test('slopes that differ much do not round: the one selected is there unchanged', () => {
    expect(slopes('max(x, 1e20*x + 1)', '-1')).toEqual(all(1))
    expect(slopes('min(x, 1e20*x)', '1')).toEqual(all(1))
  })
})

describe('powers at 0', () => {
  test.each([
    ...[
      'x^(3/2)',
      'x^1.5',
      'sqrt(x)^3',
      'sqrt(x^3)',
      'x*sqrt(x)',
      'relu(x)^(3/2)',
      'abs(x)^(3/2)',
      'x^(4/3)',
    ],
    ...[
      'relu(x)^(4/3)',
      'x*x^(1/3)',
      '(x^2)^(3/4)',
      'sqrt(x^4)',
      'max(x, 0)^(7/5)',
      'x^(5/2)',
      'sqrt(x)*x^2',
    ],
  ])('%s has the slope 0', (formula) => expect(slopes(formula, '0')).toEqual(all(0)))

  test.each(['x^(5/2)', 'relu(x)^(5/2)', 'x^(7/3)', 'x^2*sqrt(x)', 'relu(x)^3'])(
    'so has the slope of %s',
    (formula) => expect(slopes(formula, '0', '0', 2)).toEqual(all(0)),
  )

  test.each([
    ['sqrt(x)', 1],
    ['x^(1/3)', 1],
    ['relu(x)^(1/2)', 1],
    ['x^(3/2)', 2],
    ['relu(x)^(3/2)', 2],
    ['relu(x)^(4/3)', 2],
    ['abs(x)^(3/2)', 2],
    ['x^(5/2)', 3],
  ])('%s has no derivative of order %s', (formula, times) => {
    let p = formulaProgram(formula, ['x'])
    for (let i = 0; i < times; i++) p = grad(p)
    for (const F of fields) expect(() => run(p, F, [F.constant('0')])).toThrow(Undefined)
  })

  test.each(['relu(x)^(3/2)', 'relu(x)^(4/3)', 'relu(x)^(1/2)', 'max(0, x)^(5/3)'])(
    '%s is 0 with all its derivatives for x < 0',
    (formula) => {
      for (const times of [0, 1, 2, 3]) {
        let p = formulaProgram(formula, ['x'])
        for (let i = 0; i < times; i++) p = grad(p)
        for (const F of fields.filter(({ name }) => name !== 'rational'))
          expect(F.toNumber(run(p, F, [F.constant('-2')])[0]) + 0).toBe(0)
      }
    },
  )

  test('beside 0 they are those of e^{log(x) p/q}', () => {
    const F = interval(300)
    for (const [p, q] of [
      [3, 2],
      [4, 3],
      [1, 3],
      [-2, 5],
    ])
      for (const x of ['1/1000', '2', '77/3']) {
        let [ours, theirs] = [`x^(${p}/${q})`, `exp(log(x)*(${p}*y/${q}))`].map((f) =>
          formulaProgram(f, ['x', 'y']),
        )
        for (let times = 0; times < 3; times++) {
          const [a, b] = [ours!, theirs!].map((f) => run(f, F, [F.constant(x), F.constant('1')])[0]!)
          expect([p, q, x, times, overlap(a!, b!)]).toEqual([p, q, x, times, true])
          ;[ours, theirs] = [grad(ours!, ['x']), grad(theirs!, ['x'])]
        }
      }
  })
})

test('the slope of tanh is never NaN, and 1 − tanh² to the last place', () => {
  const [, ...fine] = [400, 800].map((bits) => interval(bits))
  for (const x of ['-1e10', '-800', '-355', '-20', '-0.3', '0', '1e-17', '1', '20', '400', '1e10']) {
    const p = grad(formulaProgram('tanh(x)', ['x']))
    for (const F of [float64, decimal(30), wideFloat] as unknown as NumberField<unknown>[]) {
      const truth = fine[0]!.toNumber(run(p, fine[0]!, [fine[0]!.constant(x)])[0]!)
      const found = F.toNumber(run(p, F, [F.constant(x)])[0])
      expect([F.name, x, Math.abs(found - truth) < 1e-15]).toEqual([F.name, x, true])
    }
    expect(Math.abs(compile(p)([Number(x)])[0]!)).toBeLessThanOrEqual(1)
  }
})
