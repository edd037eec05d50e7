import { describe, expect, it } from 'vitest'
import { newTrace } from '../../src/program/program.ts'
import { rational } from '../../src/number/rational.ts'
import { run } from '../../src/program/run.ts'
import { timeDerivative } from '../../src/setting/moves.ts'

describe('timeDerivative', () => {
  const F = newTrace()
  const [x, y, c] = [F.input('x'), F.input('y'), F.input('c')]
  const moves = new Map([[x, F.mul(c, y)]])

  it('is the chain rule over the inputs that move', () => {
    const e = timeDerivative(F, F.mul(F.pow(x, 3), c), moves, (name) => name === 'c', 'tests')
    const number = (n: bigint) => ({ num: n, den: 1n })
    // d/dt (c x³) = 3 c x² ẋ with ẋ = c y, at x = 2, y = 3, c = 5.
    expect(run(F.program([e], ['x', 'y', 'c']), rational, [2n, 3n, 5n].map(number))).toEqual([number(900n)])
  })

  it('refuses an input that neither moves nor stands still, by name and setting', () => {
    expect(() => timeDerivative(F, F.add(x, y), moves, () => false, 'unnorm long runs')).toThrow(
      'ddt: expected symbols with a derivative in unnorm long runs, got y',
    )
  })

  it('does not ask for the inputs that the value does not read', () => {
    expect(() => timeDerivative(F, F.pow(x, 2), moves, () => false, 'tests')).not.toThrow()
  })
})
