/** The arithmetics of the two checkers: both enclose the truth on random operations, and along motions. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { intervalField } from '../../src/certify/arithmetic.ts'
import { codeOf, evaluate } from '../../src/certify/code.ts'
import type { Json } from '../../src/certify/format.ts'
import { advance } from '../../src/certify/motion.ts'
import { pick, seeded, type Random } from '../../src/claim/random.ts'
import { closed, stepOf } from '../../src/hunt/step.ts'
import { contains, endpoints, fromEndpoints, interval, overlap, width } from '../../src/number/interval.ts'
import { rational } from '../../src/number/rational.ts'
import { parseRatio, printRatio } from '../../src/program/constant.ts'
import { formulaProgram } from '../../src/program/formula.ts'
import { hasPython, scripted, VERIFIER } from './python.ts'

const F = intervalField()

/** Random operations on two variables, each kind of them, whose values exist. */
function randomCode(random: Random): Json {
  const ops: (string | number)[][] = [
    ['input', 0],
    ['input', 1],
    ['const', '1/3'],
    ['const', '2'],
  ]
  const put = (...op: (string | number)[]): number => ops.push(op) - 1
  for (let i = 0; i < 12; i++) {
    const one = (): number => random.integer(0, ops.length - 1)
    const square = (e: number): number => put('pow', e, 2)
    pick(random, [
      () => put(pick(random, ['add', 'sub', 'mul', 'max', 'min']), one(), one()),
      () => put(pick(random, ['neg', 'abs', 'relu', 'step']), one()),
      () => put('pow', one(), random.integer(0, 5)),
      () => put('div', one(), put('add', 3, square(one()))),
      () => put('sqrt', square(one())),
      () => put('exp', put('div', one(), put('add', 3, square(one())))),
      () => put('log', put('add', 2, square(one()))),
    ])()
  }
  return { inputs: ['x', 'y'], ops, outputs: [ops.length - 1] }
}

const ENCLOSE = `
from fractions import Fraction
for task in json.load(sys.stdin):
    F = verify.Enclosures()
    inputs, ops, outputs = verify.program_of(task["code"])
    try:
        found = verify.run(ops, F, [F.constant(Fraction(v)) for v in task["x"]], [])
        ends = [[Fraction(end).as_integer_ratio() for end in pair] for pair in found]
        print(json.dumps([[f"{n}/{d}" for n, d in pair] for pair in ends]))
    except Exception as error:
        print(json.dumps(f"{error}"))
`

describe.runIf(hasPython)('both arithmetics', () => {
  const random = seeded(4, 'arithmetic')
  const tasks = Array.from({ length: 100 }, () => ({
    code: randomCode(random),
    x: Array.from({ length: 2 }, () =>
      printRatio({ num: BigInt(random.integer(-40, 40)), den: BigInt(random.integer(1, 12)) }),
    ),
  }))

  test('enclose the same numbers, and say no at the same places', { timeout: 120_000 }, () => {
    const theirs = scripted(ENCLOSE, JSON.stringify(tasks), (text) => text, readFileSync(VERIFIER, 'utf8'))
    expect(theirs).toHaveLength(tasks.length)
    let compared = 0
    tasks.forEach(({ code, x }, i) => {
      const their = JSON.parse(theirs[i]!) as [string, string][] | string
      let ours
      try {
        ours = evaluate(codeOf(code), F, x.map(F.constant))
      } catch {
        expect(their, JSON.stringify([code, x])).toBeTypeOf('string')
        return
      }
      expect(their, JSON.stringify([code, x])).not.toBeTypeOf('string')
      ours.forEach((one, e) => {
        const [lo, hi] = their[e] as [string, string]
        const same = overlap(one, fromEndpoints(1000, parseRatio(lo), parseRatio(hi)))
        expect(same, JSON.stringify([code, x, e])).toBe(true)
        compared++
      })
    })
    expect(compared).toBeGreaterThan(1000)
  })
})

describe('a step in time', () => {
  const fine = interval(400)
  // x' = f(x), x(0) = 1, and the solution at 1/8.
  const known = [
    ['-x', fine.exp(fine.constant('-1/8'))],
    ['x^2', fine.constant('8/7')],
    ['x^3', fine.div(fine.constant('1'), fine.sqrt(fine.constant('3/4')))],
    ['exp(-x)', fine.log(fine.add(fine.exp(fine.constant('1')), fine.constant('1/8')))],
    ['1/x', fine.sqrt(fine.constant('5/4'))],
    ['sqrt(x)', fine.constant('289/256')],
    ['relu(x)', fine.exp(fine.constant('1/8'))],
    ['step(x)', fine.constant('9/8')],
    ['relu(-x)', fine.constant('1')],
    ['abs(-x)', fine.exp(fine.constant('1/8'))],
    ['max(x, -2)', fine.exp(fine.constant('1/8'))],
  ] as const
  test.each(known)('of %s encloses the solution, by the checker and by the prover', (formula, truth) => {
    const program = formulaProgram(formula, ['x'])
    const field = codeOf(program as unknown as Json)
    const { lo, hi } = endpoints(truth)
    for (const order of [1, 3, 12]) {
      const one = fine.constant('1')
      const found = [
        advance({ field, F, still: [] }, [F.constant('1')], F.constant('1/8'), order),
        stepOf(fine, closed(program), [one], fine.constant('1/8'), order),
      ]
      for (const [x] of found) {
        expect(contains(x!, lo) && contains(x!, hi), `order ${order}`).toBe(true)
        expect(rational.toNumber(width(x!)), `order ${order}`).toBeLessThan(2 ** -order)
      }
    }
  })

  test.each([
    ['relu(x - 1) + 1', 'a kink that the start touches', '1/4', 'a kink is open'],
    ['relu(x - 9/8) + 1', 'a kink that is crossed', '1/4', 'a kink is open'],
    ['x^2', 'a step beyond the blow-up', '1', 'too large'],
  ])('of %s is refused: %s', (formula, _, h, reason) => {
    const program = formulaProgram(formula, ['x'])
    const motion = { field: codeOf(program as unknown as Json), F, still: [] }
    expect(() => advance(motion, [F.constant('1')], F.constant(h), 4)).toThrow(reason)
    expect(() => stepOf(fine, closed(program), [fine.constant('1')], fine.constant(h), 4)).toThrow('step')
  })
})
