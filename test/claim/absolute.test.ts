/** Absolute values: roots of even powers become kinks, and the value stays what it was. */
import { describe, expect, test } from 'vitest'
import { withAbsoluteValues } from '../../src/claim/absolute.ts'
import { interval, overlap } from '../../src/number/interval.ts'
import { trace, type Expr, type Program, type Trace } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'

type Body = (F: Trace, x: Expr, y: Expr, z: Expr) => Expr
const made = (body: Body): Program => trace(['x', 'y', 'z'], (F, [x, y, z]) => [body(F, x!, y!, z!)])
const count = ({ ops }: Program, ...names: string[]): number =>
  ops.filter(([name]) => names.includes(name)).length

const F = interval(128)
const GRID = ['-3', '-2/3', '1/2', '5'].map(F.constant)
/** The points at which both have values that differ. */
const differ = (a: Program, b: Program): number =>
  GRID.flatMap((x) => GRID.flatMap((y) => GRID.map((z) => [x, y, z]))).filter((at) => {
    let before
    try {
      before = run(a, F, at)[0]!
    } catch {
      return false
    }
    return !overlap(before, run(b, F, at)[0]!)
  }).length

const c = (t: Trace, text: string): Expr => t.constant(text)
describe('the root of', () => {
  test.each<[string, number, Body]>([
    ['x²', 0, (t, x) => t.sqrt(t.pow(x, 2))],
    ['x⁶', 0, (t, x) => t.sqrt(t.pow(x, 6))],
    ['x²y⁴', 0, (t, x, y) => t.sqrt(t.mul(t.pow(x, 2), t.pow(y, 4)))],
    ['y⁴/x²', 0, (t, x, y) => t.sqrt(t.div(t.pow(y, 4), t.pow(x, 2)))],
    ['(x²/y⁴)·z²', 0, (t, x, y, z) => t.sqrt(t.mul(t.div(t.pow(x, 2), t.pow(y, 4)), t.pow(z, 2)))],
    ['x²(y² + z²)', 1, (t, x, y, z) => t.sqrt(t.mul(t.pow(x, 2), t.add(t.pow(y, 2), t.pow(z, 2))))],
    ['x²/e^y', 1, (t, x, y) => t.sqrt(t.div(t.pow(x, 2), t.exp(y)))],
    ['(xy)² + (xz)²', 1, (t, x, y, z) => t.sqrt(t.add(t.pow(t.mul(x, y), 2), t.pow(t.mul(x, z), 2)))],
    [
      '(yx)² + (zx)² + x²',
      1,
      (t, x, y, z) => t.sqrt(t.add(t.add(t.pow(t.mul(y, x), 2), t.pow(t.mul(z, x), 2)), t.pow(x, 2))),
    ],
    ['x² + (xz)²', 1, (t, x, _, z) => t.sqrt(t.add(t.pow(x, 2), t.pow(t.mul(x, z), 2)))],
  ])('%s has an absolute value in the open, and %i roots stay', (_, roots, body) => {
    const [before, after] = [made(body), withAbsoluteValues(made(body))]
    expect(count(after, 'relu')).toBeGreaterThanOrEqual(2)
    expect(count(after, 'sqrt')).toBe(roots)
    expect(differ(before, after)).toBe(0)
  })

  test.each<[string, Body]>([
    ['x', (t, x) => t.sqrt(x)],
    ['x³', (t, x) => t.sqrt(t.pow(x, 3))],
    ['x² + y²', (t, x, y) => t.sqrt(t.add(t.pow(x, 2), t.pow(y, 2)))],
    ['x³y²', (t, x, y) => t.sqrt(t.mul(t.pow(x, 3), t.pow(y, 2)))],
    ['x²y', (t, x, y) => t.sqrt(t.mul(t.pow(x, 2), y))],
    ['x/y²', (t, x, y) => t.sqrt(t.div(x, t.pow(y, 2)))],
    ['(xy)² + (xz)³', (t, x, y, z) => t.sqrt(t.add(t.pow(t.mul(x, y), 2), t.pow(t.mul(x, z), 3)))],
    ['(xy)² + xz', (t, x, y, z) => t.sqrt(t.add(t.pow(t.mul(x, y), 2), t.mul(x, z)))],
    ['(x/y)² + (x/z)²', (t, x, y, z) => t.sqrt(t.add(t.pow(t.div(x, y), 2), t.pow(t.div(x, z), 2)))],
    ['(xy)² + (x/z)²', (t, x, y, z) => t.sqrt(t.add(t.pow(t.mul(x, y), 2), t.pow(t.div(x, z), 2)))],
    ['(x + y)² + x²', (t, x, y) => t.sqrt(t.add(t.pow(t.add(x, y), 2), t.pow(x, 2)))],
  ])('%s stays a root', (_, body) => {
    const [before, after] = [made(body), withAbsoluteValues(made(body))]
    expect([count(after, 'sqrt'), count(after, 'relu')]).toEqual([1, 0])
    expect(differ(before, after)).toBe(0)
  })
})

describe('an even power', () => {
  test.each<[string, number, Body]>([
    ['(x√y)⁴', 0, (t, x, y) => t.pow(t.mul(x, t.sqrt(t.add(t.pow(y, 2), c(t, '1')))), 4)],
    ['(√y/x)²', 0, (t, x, y) => t.pow(t.div(t.sqrt(t.add(t.pow(y, 2), c(t, '1'))), x), 2)],
    ['(z(x√y))²', 0, (t, x, y, z) => t.pow(t.mul(z, t.mul(x, t.sqrt(t.add(t.pow(y, 2), c(t, '1'))))), 2)],
    ['(x√y)³', 1, (t, x, y) => t.pow(t.mul(x, t.sqrt(t.add(t.pow(y, 2), c(t, '1')))), 3)],
  ])('%s is that of the factors, so that %i roots stay', (_, roots, body) => {
    const [before, after] = [made(body), withAbsoluteValues(made(body))]
    expect(count(after, 'sqrt')).toBe(roots)
    expect(differ(before, after)).toBe(0)
  })

  test('without a root inside stays one power', () => {
    const after = withAbsoluteValues(made((t, x, y) => t.pow(t.mul(x, y), 2)))
    expect([count(after, 'pow'), count(after, 'mul')]).toEqual([1, 1])
  })
})
