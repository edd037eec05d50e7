/** Branching: every branch that has a point is there, with its sides in words; those that are shown to have none say so. */
import { describe, expect, test } from 'vitest'
import { branchesOf, type Branch } from '../../src/claim/branching.ts'
import type { Side } from '../../src/claim/branches.ts'
import type { Chart } from '../../src/claim/setting.ts'
import { rational } from '../../src/number/rational.ts'
import { trace, type Expr, type Program, type Trace } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'

type Body = (F: Trace, x: Expr, y: Expr, z: Expr, p: Expr) => Expr
const INPUTS = ['x', 'y', 'z', '+p']
const programOf = (...bodies: readonly Body[]): Program =>
  trace(INPUTS, (F, [x, y, z, p]) => bodies.map((body) => body(F, x!, y!, z!, p!)))
const chart = (F: Trace): Chart => ({
  inputs: new Map(INPUTS.map((name) => [name, F.input(name)])),
  exponentials: new Map(),
  roots: [],
})
const branches = (
  program: Program,
  model: readonly number[] = [],
  visited: readonly Side[] = [],
): Branch[] => [...branchesOf({ program, needs: [], model: new Set(model) }, visited, chart)]
const sidesOf = (...bodies: readonly Body[]): (readonly Side[])[] =>
  branches(programOf(...bodies)).map(({ sides }) => sides)
const c = (F: Trace, text: string): Expr => F.constant(text)

describe('the branches of kinks of its own', () => {
  test('are both sides of a continuous kink', () => {
    const found = branches(programOf((F, x) => F.relu(x)))
    expect(found.map(({ sides, where }) => [sides, where])).toEqual([
      [[1], ['x > 0']],
      [[-1], ['x < 0']],
    ])
  })

  test('are the tie too where there is a jump, at which an input is 0', () => {
    const found = branches(programOf((F, x, y) => F.add(F.mul(F.step(x), F.add(x, c(F, '4'))), y)))
    expect(found.map(({ where }) => where)).toEqual([['x > 0'], ['x < 0'], ['x = 0']])
    expect(found.map(({ program }) => program.inputs)).toEqual([['x', 'y'], ['y'], ['y']])
    const [tie] = found.slice(2)
    expect(run(tie!.program, rational, [rational.constant('5')]).map(rational.format)).toEqual(['7'])
    expect(tie!.loose().program.inputs).toEqual(['y'])
  })

  test('are all combinations of independent kinks, in order', () => {
    expect(sidesOf((F, x, y) => F.add(F.relu(x), F.relu(y)))).toEqual([
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ])
    expect(sidesOf((F, x, y) => F.add(F.relu(x), F.step(y)))).toHaveLength(9)
  })

  test('follow from a kink of the same or the opposite sign', () => {
    const twice: Body = (F, x) => F.relu(F.mul(c(F, '2'), x))
    const minus: Body = (F, x) => F.relu(F.mul(c(F, '-3'), x))
    expect(sidesOf((F, x) => F.relu(x), twice)).toEqual([
      [1, 1],
      [-1, -1],
    ])
    expect(sidesOf((F, x) => F.relu(x), minus)).toEqual([
      [1, -1],
      [-1, 1],
    ])
    expect(sidesOf(minus, twice)).toEqual([
      [1, -1],
      [-1, 1],
    ])
    const halved: Body = (F, x) => F.relu(F.sub(F.mul(c(F, '2'), x), c(F, '2')))
    expect(
      sidesOf(
        (F, x) => F.relu(F.sub(x, c(F, '1'))),
        halved,
        (F, x) => F.relu(x),
      ),
    ).toHaveLength(4)
  })

  test('do not follow from a kink of another ratio', () => {
    const above: Body = (F, x) => F.relu(F.add(x, c(F, '1')))
    expect(sidesOf(above, (F, x) => F.relu(x))).toHaveLength(4)
    expect(
      sidesOf(
        (F, x, y) => F.relu(F.mul(x, y)),
        (F, x) => F.relu(x),
        (F, _, y) => F.relu(y),
      ),
    ).toHaveLength(8)
  })

  test('follow from the form of a switch', () => {
    const one = (F: Trace): Expr => c(F, '1')
    expect(sidesOf((F, _, __, ___, p) => F.relu(F.add(p, one(F))))).toEqual([[1]])
    expect(sidesOf((F, x) => F.relu(F.sub(F.neg(F.pow(x, 2)), one(F))))).toEqual([[-1]])
    const vanishing: Body = (F, x, y) => F.step(F.sub(F.mul(x, F.add(y, one(F))), F.add(F.mul(x, y), x)))
    expect(sidesOf(vanishing)).toEqual([[0]])
    const sum: Body = (F, x, y) => F.relu(F.add(x, y))
    expect(
      sidesOf(
        (F, x) => F.relu(x),
        (F, _, y) => F.relu(y),
        sum,
      ),
    ).toEqual([
      [1, 1, 1],
      [1, -1, 1],
      [1, -1, -1],
      [-1, 1, 1],
      [-1, 1, -1],
      [-1, -1, -1],
    ])
  })

  test('are ties where a factor is 0', () => {
    const found = sidesOf(
      (F, x) => F.step(x),
      (F, x, y) => F.step(F.mul(x, y)),
    )
    expect(found.filter(([x]) => x === 0)).toEqual([[0, 0]])
  })

  test('are not linked where a switch has no exact value', () => {
    const lifted =
      (n: string, m: string): Body =>
      (F, _, __, ___, p) =>
        F.relu(F.sub(F.mul(c(F, n), F.sqrt(p)), c(F, m)))
    const found = branches(programOf(lifted('1', '2'), lifted('2', '4')))
    expect(found.map(({ empty }) => empty())).toEqual([false, false, false, false])
  })

  test('give the value there', () => {
    const found = branches(programOf((F, x, y) => F.add(F.relu(x), F.mul(F.relu(y), c(F, '10')))))
    const at = new Map([
      ['x', rational.constant('2')],
      ['y', rational.constant('3')],
    ])
    const values = found.map(({ program }) =>
      rational.format(
        run(
          program,
          rational,
          program.inputs.map((name) => at.get(name)!),
        )[0]!,
      ),
    )
    expect(values).toEqual(['32', '2', '30', '0'])
  })
})

describe('kinks of a model', () => {
  const program = programOf((F, x, y) => F.add(F.relu(x), F.relu(y)))

  test('keep the sides of the pattern, without words', () => {
    const found = branches(program, [0], [-1, 1])
    expect(found.map(({ sides, where }) => [sides, where])).toEqual([
      [[-1, 1], ['y > 0']],
      [[-1, -1], ['y < 0']],
    ])
    expect(branches(program, [0, 1], [-1, 1]).map(({ sides, where }) => [sides, where])).toEqual([
      [[-1, 1], []],
    ])
  })

  test('leave out the branches that contradict them', () => {
    const linked = programOf(
      (F, x) => F.relu(x),
      (F, x) => F.relu(F.mul(c(F, '2'), x)),
    )
    expect(branches(linked, [1], [0, 1]).map(({ sides }) => sides)).toEqual([[1, 1]])
    expect(branches(linked, [1], [0, -1]).map(({ sides }) => sides)).toEqual([[-1, -1]])
    expect(branches(linked, [0], [1, 0]).map(({ sides }) => sides)).toEqual([[1, 1]])
  })

  test('are no jumps of the statement', () => {
    const jump = programOf(
      (F, x) => F.step(x),
      (F, _, y) => F.relu(y),
    )
    expect(branches(jump, [0], [1, 0]).map(({ sides }) => sides)).toEqual([
      [1, 1],
      [1, -1],
    ])
    expect(branches(jump, [1], [0, 1]).map(({ sides }) => sides)).toEqual([
      [1, 1],
      [-1, 1],
      [0, 1],
    ])
  })
})

describe('a branch is empty', () => {
  const emptyOf = (...bodies: readonly Body[]): boolean[] =>
    branches(programOf(...bodies)).map(({ empty }) => empty())
  const relu =
    (n: number, x: 0 | 1 | 2, m: number, y: 0 | 1 | 2, constant: number): Body =>
    (F, ...inputs) =>
      F.relu(
        F.add(F.add(F.mul(c(F, `${n}`), inputs[x]!), F.mul(c(F, `${m}`), inputs[y]!)), c(F, `${constant}`)),
      )

  test('where two positive numbers would add up to a negative one, or to 0', () => {
    const x = relu(1, 0, 0, 0, 0)
    // The input comes last, as from its side the form of the other switch follows.
    expect(emptyOf(relu(-1, 0, 0, 0, -1), x)).toEqual([true, false, false, false])
    expect(emptyOf(relu(1, 0, 0, 0, 1), x)).toEqual([false, false, true, false])
    expect(emptyOf(relu(-2, 0, 0, 0, -1), x)).toEqual([true, false, false, false])
    expect(emptyOf(relu(2, 0, 1, 1, 0), relu(-1, 0, 0, 1, -1), (F, _, y) => F.relu(y)).slice(0, 2)).toEqual([
      false,
      true,
    ])
    expect(emptyOf(relu(2, 0, -1, 1, 0), relu(-1, 0, 0, 1, -1), (F, _, y) => F.relu(y))[0]).toBe(true)
    const around = emptyOf(relu(1, 0, -1, 1, 0), relu(1, 1, -1, 2, 0), relu(1, 2, -1, 0, 0))
    expect(around).toEqual([true, false, false, false, false, false, false, true])
  })

  test('only there: numbers between 0 and 1, or on both sides of a jump, exist', () => {
    expect(emptyOf(relu(-1, 0, 0, 0, 1), relu(1, 0, 0, 0, 0))).toEqual([false, false, false, true])
    expect(emptyOf(relu(1, 0, 1, 1, 0), relu(1, 0, -1, 1, 0))).toEqual([false, false, false, false])
    expect(emptyOf((F, x) => F.step(x))).toEqual([false, false, false])
  })
})
