/** Compiled programs: bit for bit what `run` gives in float64, with and without generated code. */
import * as fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Undefined } from '../../src/number/conventions.ts'
import { float64 } from '../../src/number/float64.ts'
import { rational } from '../../src/number/rational.ts'
import { compile, compileInterpreted } from '../../src/program/compile.ts'
import { trace, type Program } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'
import { ALL, code, NAMES, point, values } from './draw.ts'

afterEach(() => vi.unstubAllGlobals())

/** The value of `run`, or undefined where it has none. */
function expected(program: Program, x: readonly number[]): readonly number[] | undefined {
  try {
    return run(program, float64, x)
  } catch (error) {
    if (error instanceof Undefined) return undefined
    throw error
  }
}

/** Equal bits: 0 is not −0. */
const same = (a: ArrayLike<number>, b: readonly number[]): boolean =>
  a.length === b.length && b.every((value, i) => Object.is(a[i], value))

describe.each([
  ['generated', compile],
  ['interpreted', compileInterpreted],
])('%s code', (_, make) => {
  test('equals run on random programs, bit for bit', () => {
    let compared = 0
    fc.assert(
      fc.property(code(ALL, 30), point, fc.double({ noNaN: true, min: -3, max: 3 }), (steps, at, shift) => {
        const program = trace(NAMES, (F, x) => values(F, x, steps))
        const x = at.map((q) => rational.toNumber(q) * 1.1 + shift)
        const value = expected(program, x)
        if (value === undefined) return
        compared++
        expect(same(make(program)(x), value)).toBe(true)
      }),
      { seed: 61, numRuns: 3000 },
    )
    expect(compared).toBeGreaterThan(1500)
  })

  test('equals run over many blocks, with values that cross them', () => {
    const program = trace(['x', 'y'], (F, [x, y]) => {
      const all = [x!, y!]
      for (let k = 2; k < 2500; k++) {
        const [a, b] = [all[k - 1]!, all[Math.floor(k / 3)]!]
        all.push(F.div(F.sub(F.mul(a, b), F.constant(`${k}/7`)), F.add(F.pow(a, 2), F.constant('3/2'))))
      }
      return [all.at(-1)!, all[700]!, all[3]!, F.constant('-5/3'), x!]
    })
    const f = make(program)
    for (const x of [
      [0.3, -1.7],
      [1e3, 2],
    ])
      expect(same(f(x), run(program, float64, x))).toBe(true)
  })

  test('keeps constants beyond the range of doubles, negative zeros and powers of negative numbers', () => {
    const huge = `${10n ** 400n}/${3n * 10n ** 399n + 1n}`
    const program = trace(['x'], (F, [x]) => [
      F.mul(x!, F.constant(huge)),
      F.neg(x!),
      F.pow(F.neg(x!), 3),
      F.mul(F.constant('-3'), F.pow(x!, 5)),
      F.sub(F.neg(x!), F.constant('-1')),
    ])
    for (const x of [0, -0, 1.5, -2.25])
      expect(same(make(program)([x]), run(program, float64, [x]))).toBe(true)
  })

  test('two calls do not share their results, unless the caller says so', () => {
    const f = make(trace(['x'], (F, [x]) => [F.exp(x!)]))
    const [first, second] = [f([0]), f([1])]
    expect([first[0], second[0]]).toEqual([1, Math.E])
    const out = new Float64Array(1)
    expect(f([0], out)).toBe(out)
    expect(out[0]).toBe(1)
  })

  test('a program without operations or outputs', () => {
    expect([...make(trace([], () => []))([])]).toEqual([])
    expect([...make(trace(['x', 'y'], (_, [, y]) => [y!]))([1, 2])]).toEqual([2])
  })

  test('an undefined operation is no error but a value that is not finite', () => {
    const f = make(trace(['x'], (F, [x]) => [F.div(F.constant('1'), x!), F.log(x!)]))
    expect([...f([0])]).toEqual([Infinity, -Infinity])
    expect(f([-1])[1]).toBeNaN()
  })
})

test('where a content security policy forbids generated code, compile interprets', () => {
  const program = trace(['x'], (F, [x]) => [F.sqrt(F.add(F.pow(x!, 2), F.constant('1/3')))])
  const generated = compile(program)([0.7])
  vi.stubGlobal('Function', function forbidden() {
    throw new EvalError('unsafe-eval')
  })
  expect([...compile(program)([0.7])]).toEqual([...generated])
})
