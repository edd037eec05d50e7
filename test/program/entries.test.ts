/** Entries of vectors, operations entry by entry, and values elsewhere. */
import { expect, test } from 'vitest'
import { float64 } from '../../src/number/float64.ts'
import { evaluate, parseFormula } from '../../src/program/formula.ts'
import { freeIndices, type Scope } from '../../src/program/indices.ts'
import { slacks } from '../../src/program/slacks.ts'
import { text, tex } from '../../src/program/print.ts'
import { newTrace, type Expr } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'

/** x = (2, −3, 4), c = 5; nodes u with w_1 = (1, 2), w_2 = (3, 4). */
function scope(): Scope {
  const F = newTrace()
  const vector = (name: string, n: number): Expr[] =>
    Array.from({ length: n }, (_, i) => F.input(`${name}_${i + 1}`))
  return {
    F,
    ...{ sets: { u: [0, 1], v: [0, 1] }, counts: true },
    value: (base, index) => {
      if (index.length === 1)
        return base === 'w' && index[0]! < 2 ? vector(`w_${index[0]! + 1}`, 2) : undefined
      return base === 'x' ? vector('x', 3) : base === 'c' ? F.input('c') : undefined
    },
  }
}
const VALUES: Readonly<Record<string, number>> = {
  ...{ x_1: 2, x_2: -3, x_3: 4, c: 5, w_1_1: 1, w_1_2: 2, w_2_1: 3, w_2_2: 4 },
}

function at(formula: string, indices = {}): number[] {
  const own = scope()
  const value = evaluate(parseFormula(formula), own, indices)
  const program = own.F.program([value].flat() as Expr[])
  return run(
    program,
    float64,
    program.inputs.map((name) => VALUES[name]!),
  )
}

test.each([
  ['x[2]', [-3]],
  ['x.*x', [4, 9, 16]],
  ['x./2', [1, -1.5, 2]],
  ['12./x', [6, -4, 3]],
  ['x.^2 - x', [2, 12, 12]],
  ['abs(x)', [2, 3, 4]],
  ['sign(x)', [1, -1, 1]],
  ['sign(0*c)', [0]],
  ['min(x)', [-3]],
  ['max(abs(x))', [4]],
  ['min(c, 2)', [2]],
  ['sqrt(x.*x)', [2, 3, 4]],
  ['sum(a, x[a]^2)', [29]],
  ['sum(u, w_u[1])', [4]],
  ['sum(u, sum(a, w_u[a]))', [10]],
  ['min(a, x[a]^2)', [4]],
  ['max(c, x[3])', [5]],
  ['w_2', [3, 4]],
  ['w_2[1] - w_1[2]', [1]],
  ['at(x[1]*c, c = 7)', [14]],
  ['at(c*x, x = c*x, c = 2)', [20, -30, 40]],
])('%s', (formula, expected) => {
  expect(at(formula)).toEqual(expected)
})

test('a node as an entry counts from 1', () => {
  expect(at('x[u]', { u: 1 })).toEqual([-3])
})

test('a letter of entries is free, and ranges over all of them', () => {
  const own = scope()
  const found = slacks(parseFormula('x[a] >= -c'), own)
  expect(found.map(({ indices }) => indices['a'])).toEqual([0, 1, 2])
  expect(slacks(parseFormula('x[a] >= x[b]'), own)).toHaveLength(6)
  expect(freeIndices(parseFormula('sum(a, x[a])'), { sets: {} })).toEqual([])
  // Vectors of different lengths, one for each node: every entry of each.
  expect(slacks(parseFormula('w_u[a] == 0'), own)).toHaveLength(4)
  expect(() => slacks(parseFormula('x[q] == 0'), own)).toThrow('unknown index "q"')
})

test.each([
  ['x[4]', 'expected an entry from 1 to 3, got 4'],
  ['x[0]', 'expected one entry of a vector'],
  ['x[1, 2]', 'expected one entry of a vector'],
  ['x[1:2]', 'expected one entry of a vector'],
  ['x[q]', 'expected the index q to be bound'],
  ['w_3', 'unknown symbol "w_3"'],
  ['c[1]', 'expected a vector, got a scalar'],
  ['x.*w_1', 'expected two scalars or two vectors of one length'],
  ['min(c)', 'expected a vector, got a scalar'],
  ['at(c)', 'expected at(e, t+1)'],
  ['at(c, x)', 'expected at(e, t+1)'],
  ['at(c, t+2)', 'expected at(e, t+1)'],
  ['at(c, x[1] = 2)', 'expected at(e, t+1)'],
  ['at(c, x = 2)', 'expected two scalars or two vectors'],
  ['at(c*x, c*x = x)', 'Invalid left hand side'],
  ['c = 2', 'expected a relation'],
])('%s is refused', (formula, message) => {
  expect(() => at(formula)).toThrow(message)
})

test.each([
  ['x[a] >= 0', 'x[a] ≥ 0', 'x_{a} \\ge 0'],
  ['w_u[1] == 0', 'w_u[1] = 0', 'w_{u,1} = 0'],
  ['p.^2 - n.^2 == 0', 'p^∘2 − n^∘2 = 0', 'p^{\\circ 2} - n^{\\circ 2} = 0'],
  ['x.*y == 0', 'x ⊙ y = 0', 'x \\odot y = 0'],
  ['at(L, c = 2) == L', 'L at c = 2 = L', '\\left.L\\right|_{c = 2} = L'],
  ['at(x + y, t+1) == 0', '(x + y)(t+1) = 0', '\\left(x + y\\right)(t+1) = 0'],
])('%s is printed', (formula, plain, typeset) => {
  expect(text(parseFormula(formula))).toBe(plain)
  expect(tex(parseFormula(formula))).toBe(typeset)
})
