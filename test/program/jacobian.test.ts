/** Jacobians: the gradients of all outputs, exactly, at the price of the cheaper mode. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rational, type Rational } from '../../src/number/rational.ts'
import type { Field } from '../../src/program/field.ts'
import { dot } from '../../src/program/field.ts'
import { grad } from '../../src/program/grad.ts'
import { jacobian } from '../../src/program/jacobian.ts'
import { select, size, trace, type Program } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'
import { Undefined } from '../../src/number/conventions.ts'
import { ALL, code, NAMES, point, RATIONAL, values } from './draw.ts'

/** Rationals in which exp, log and √ are arbitrary functions: what holds for all functions holds here. */
const free: Field<Rational> = {
  ...rational,
  exp: (a) => rational.add(rational.mul(a, a), rational.constant('3/7')),
  log: (a) => rational.sub(rational.mul(a, a), rational.constant('5/11')),
  sqrt: (a) => rational.add(rational.mul(a, a), rational.constant('2/13')),
  root: (a, n) => rational.add(rational.mul(a, a), { num: 3n, den: BigInt(16 + n) }),
  tanh: (a) => rational.sub(rational.mul(a, a), rational.constant('4/19')),
}

/** The rows of a Jacobian, made of gradients. */
const rows = (p: Program, F: Field<Rational>, x: readonly Rational[], wrt: readonly string[]): string[] =>
  p.outputs.flatMap((_, i) => run(grad(select(p, [i]), wrt), F, x).map(rational.format))

describe.each([
  ['wide', 3],
  ['single', 1],
])('%s programs', (_, outputs) => {
  test.each([
    ['rational operations', RATIONAL, rational],
    ['all operations', ALL.filter((op) => op !== 'log' && op !== 'sqrt'), free],
  ] as const)('equal grad output by output: %s', (_, ops, F) => {
    let compared = 0
    fc.assert(
      fc.property(code(ops, 14), point, fc.subarray([...NAMES], { minLength: 1 }), (steps, x, wrt) => {
        const p = trace(NAMES, (F, e) => values(F, e, steps).slice(-outputs))
        try {
          const expected = rows(p, F, x, wrt)
          compared++
          expect(run(jacobian(p, wrt), F, x).map(rational.format)).toEqual(expected)
        } catch (error) {
          if (!(error instanceof Undefined)) throw error
        }
      }),
      { seed: 62, numRuns: 1500 },
    )
    expect(compared).toBeGreaterThan(800)
  })
})

describe('the cheaper mode is chosen', () => {
  const names = (n: number): string[] => Array.from({ length: n }, (_, i) => `x_${i}`)

  test('one input and many outputs cost about as much as the outputs themselves', () => {
    const p = trace(['x'], (F, [x]) => {
      let e = x!
      return Array.from({ length: 40 }, (_, k) => (e = F.add(F.mul(e, x!), F.constant(`${k}`))))
    })
    expect(size(jacobian(p))).toBeLessThanOrEqual(3 * size(p))
  })

  test('many inputs and one output cost at most four times the output', () => {
    const p = trace(names(40), (F, x) => [F.exp(x.reduce((a, b) => F.mul(F.add(a, b), b)))])
    expect(size(jacobian(p))).toBeLessThanOrEqual(4 * size(p))
  })

  test('outputs that share no inputs make a sparse Jacobian', () => {
    const p = trace(names(30), (F, x) => x.map((e) => F.pow(e, 3)))
    expect(size(jacobian(p))).toBe(2 * 30)
  })
})

test('a quadratic form has its matrix as Hessian', () => {
  const A = [
    ['2', '1', '0'],
    ['1', '-3', '1/2'],
    ['0', '1/2', '5'],
  ]
  const form = trace(NAMES, (F, x) => [
    F.div(
      dot(
        F,
        x,
        A.map((row) => dot(F, row.map(F.constant), x)),
      ),
      F.constant('2'),
    ),
  ])
  const hessian = jacobian(grad(form))
  expect(run(hessian, rational, ['7', '-1/3', '2'].map(rational.constant)).map(rational.format)).toEqual(
    A.flat(),
  )
})

test('inputs that are not listed, repeated or unused', () => {
  const p = trace(['x', 'y', 'z'], (F, [x, y]) => [F.mul(x!, y!), F.pow(y!, 2)])
  const at = ['3', '5', '7'].map(rational.constant)
  expect(run(jacobian(p, ['y']), rational, at).map(rational.format)).toEqual(['3', '10'])
  expect(run(jacobian(p, ['z', 'y', 'y']), rational, at).map(rational.format)).toEqual([
    '0',
    '3',
    '3',
    '0',
    '10',
    '10',
  ])
})
