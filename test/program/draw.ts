/** Random straight-line code, written against a Field, so that it can be run directly and traced. */
import * as fc from 'fast-check'
import { reduce } from '../../src/program/constant.ts'
import type { Field } from '../../src/program/field.ts'
import { trace, type Program } from '../../src/program/program.ts'
import type { Rational } from '../../src/number/rational.ts'

/** One operation; operands count back from the latest value. */
export interface Step {
  readonly op: string
  readonly a: number
  readonly b: number
  readonly n: number
  readonly constant: string
}

export const ARITHMETIC: readonly string[] = ['add', 'sub', 'mul', 'div', 'neg', 'pow', 'const']
export const RATIONAL: readonly string[] = [...ARITHMETIC, 'relu', 'step', 'abs', 'max']
export const ALL: readonly string[] = [...RATIONAL, 'sqrt', 'root', 'exp', 'log', 'tanh']

/** Code of at most `max` steps with these operations; 0, 1 and −1 are common, so that simplifications occur. */
export const code = (ops: readonly string[], max: number): fc.Arbitrary<readonly Step[]> =>
  fc.array(
    fc.record({
      op: fc.constantFrom(...ops),
      a: fc.integer({ min: 0, max: 3 }),
      b: fc.integer({ min: 0, max: 6 }),
      n: fc.integer({ min: 0, max: 4 }),
      constant: fc.constantFrom('0', '1', '-1', '2', '-1/2', '3/4'),
    }),
    { minLength: 1, maxLength: max },
  )

/** A point of three rationals with small numerators and denominators, 0 among them. */
export const point: fc.Arbitrary<readonly Rational[]> = fc.array(
  fc
    .tuple(fc.integer({ min: -6, max: 6 }), fc.constantFrom(1n, 2n, 3n))
    .map(([num, den]) => reduce(BigInt(num), den)),
  { minLength: 3, maxLength: 3 },
)

export const NAMES: readonly string[] = ['x', 'y', 'z']

/** All values of the code, operation by operation, with nothing simplified by this function. */
export function values<T>(F: Field<T>, x: readonly T[], steps: readonly Step[]): T[] {
  const v = [...x]
  const back = (i: number): T => v[Math.max(0, v.length - 1 - i)]!
  for (const { op, a, b, n, constant } of steps) {
    if (op === 'const') v.push(F.constant(constant))
    else if (op === 'pow') v.push(F.pow(back(a), n))
    else if (op === 'root') v.push(F.root(back(a), n + 1))
    else if (op === 'add' || op === 'sub' || op === 'mul' || op === 'div' || op === 'max')
      v.push(F[op](back(a), back(b)))
    else v.push(F[op as 'neg'](back(a)))
  }
  return v
}

/** The last value of the code as a Program of x, y, z. */
export function program(steps: readonly Step[]): Program {
  return trace(NAMES, (F, x) => values(F, x, steps).slice(-1))
}
