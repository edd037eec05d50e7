/** Identity tests: what is false is rejected, however it hides, and the stated error is an upper bound. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Generalized } from '../../src/claim/generalize.ts'
import { degree, testIdentity } from '../../src/claim/identity.ts'
import { Undefined } from '../../src/number/conventions.ts'
import { rational } from '../../src/number/rational.ts'
import { trace, type Expr, type Program, type Trace } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'
import { ARITHMETIC, code, values } from '../program/draw.ts'
import { degreeOf, quotients, x as variable } from './polynomial.ts'

type Body = (F: Trace, x: readonly Expr[]) => readonly Expr[]

/** A generalised Program: its outputs, then the square roots in it, then candidates for them. */
const generalized = (inputs: readonly string[], body: Body, outputs = 1, roots = 0): Generalized => ({
  program: trace(inputs, body),
  outputs,
  roots,
})
/** The verdicts at many points: these follow from the Program, so its inputs get other names. */
const verdicts = (g: Generalized, times = 60): Set<boolean | undefined> =>
  new Set(
    Array.from({ length: times }, (_, i) => {
      const inputs = g.program.inputs.map((name) => `${name}, ${i}`)
      return testIdentity({ ...g, program: { ...g.program, inputs } }).holds
    }),
  )
const polynomial = (p: Program): Generalized => ({ program: p, outputs: p.outputs.length, roots: 0 })

describe('true identities hold', () => {
  test.each<[string, Generalized]>([
    [
      '(a + b)² = a² + 2ab + b²',
      generalized(['a', 'b'], (F, [a, b]) => {
        const right = F.add(F.add(F.pow(a!, 2), F.pow(b!, 2)), F.mul(F.constant('2'), F.mul(a!, b!)))
        return [F.sub(F.pow(F.add(a!, b!), 2), right)]
      }),
    ],
    [
      '1/a − 1/(a + 1) = 1/(a(a + 1))',
      generalized(['a'], (F, [a]) => {
        const one = F.constant('1')
        const next = F.add(a!, one)
        return [F.sub(F.sub(F.div(one, a!), F.div(one, next)), F.div(one, F.mul(a!, next)))]
      }),
    ],
    ['0 = 0, without variables', generalized([], (F) => [F.constant('0')])],
  ])('%s', (_, g) => {
    expect(verdicts(g)).toEqual(new Set([true]))
  })
})

describe('false identities are rejected', () => {
  const vanishing: Body = (F, [a, b]) => {
    const on = (e: Expr): Expr =>
      Array.from({ length: 11 }, (_, k) => F.sub(e, F.constant(`${k - 5}`))).reduce((p, q) => F.mul(p, q))
    return [F.mul(on(a!), on(b!))]
  }

  test('even one that vanishes on the grid of all integers up to 5 in size', () => {
    const g = generalized(['a', 'b'], vanishing)
    for (const [a, b] of [
      [-5, 3],
      [0, 1000],
      [1000, 4],
    ] as const) {
      const at = [a, b].map((n) => rational.constant(`${n}`))
      expect(run(g.program, rational, at).map(rational.format)).toEqual(['0'])
    }
    expect(verdicts(g)).toEqual(new Set([false]))
  })

  test('one that is off by 2^{−200}', () => {
    expect(verdicts(generalized(['a'], (F, [a]) => [F.mul(a!, F.constant(`1/${2n ** 200n}`))]))).toEqual(
      new Set([false]),
    )
  })

  test('one that fails in the last of many outputs, which is named', () => {
    const g = generalized(
      ['a', 'b'],
      (F, [a, b]) => [F.constant('0'), F.sub(F.add(a!, b!), F.add(b!, a!)), a!],
      3,
    )
    expect(testIdentity(g)).toEqual({ holds: false, output: 2 })
  })

  test('one that depends on a single variable out of many', () => {
    const names = Array.from({ length: 30 }, (_, i) => `x_${i}`)
    const g = generalized(names, (F, x) => [
      F.sub(
        x.reduce((a, b) => F.add(a, b)),
        x.slice(1).reduce((a, b) => F.add(a, b)),
      ),
    ])
    expect(verdicts(g)).toEqual(new Set([false]))
  })

  test('random code is rejected if and only if its numerator is not the zero polynomial', () => {
    const seen = { true: 0, false: 0, undefined: 0 }
    fc.assert(
      fc.property(code(ARITHMETIC, 8), (steps) => {
        const p = trace(['x'], (F, x) => values(F, x, steps).slice(-1))
        let exact: number
        try {
          exact = run(p, quotients, [variable])[0]!.num.length
        } catch (error) {
          if (error instanceof Undefined) return
          throw error
        }
        const { holds } = testIdentity(polynomial(p))
        seen[`${holds}`]++
        expect(holds).toBe(exact === 0)
      }),
      { seed: 61, numRuns: 1500 },
    )
    expect(seen.undefined).toBe(0)
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(50)
  })
})

describe('no verdict', () => {
  test('where it is defined nowhere', () => {
    const g = generalized(['a'], (F, [a]) => [
      F.div(F.constant('1'), F.sub(F.add(a!, a!), F.mul(F.constant('2'), a!))),
    ])
    expect(testIdentity(g)).toMatchObject({ holds: undefined, reason: /certainly not 0/ })
  })

  test('where the degree is too large for the sample set', () => {
    const g = generalized(['a'], (F, [a]) => [F.pow(F.pow(a!, 60000), 60000)])
    expect(testIdentity(g)).toMatchObject({
      holds: undefined,
      reason: /degree 3600000000 is too large/,
    })
  })

  test('where a square root is irrational', () => {
    const g = generalized(
      ['a'],
      (F, [a]) => {
        const root = F.sqrt(F.add(F.pow(a!, 2), F.constant('1')))
        return [F.sub(root, root), root]
      },
      1,
      1,
    )
    expect(testIdentity(g).holds).toBe(undefined)
  })
})

describe('square roots', () => {
  /** √A − B, and candidates for √A. */
  const root = (
    inputs: string[],
    a: (F: Trace, x: readonly Expr[]) => Expr,
    b: typeof a,
    candidates: (typeof a)[],
  ): Generalized =>
    generalized(
      inputs,
      (F, x) => {
        const r = F.sqrt(a(F, x))
        return [F.sub(r, b(F, x)), r, ...candidates.map((c) => c(F, x))]
      },
      1,
      1,
    )
  const square = (F: Trace, [x]: readonly Expr[]): Expr => F.pow(x!, 2)
  const itself = (_: Trace, [x]: readonly Expr[]): Expr => x!

  test('√(x²) = x is an identity for positive x, with x as a candidate', () => {
    expect(verdicts(root(['+x'], square, itself, [itself]))).toEqual(new Set([true]))
  })

  test('√(x²) = x is none where x takes both signs', () => {
    expect(verdicts(root(['x'], square, itself, []), 500).has(true)).toBe(false)
    const absolute = (F: Trace, [x, y]: readonly Expr[]): Expr => F.add(F.pow(x!, 2), F.pow(y!, 2))
    expect(verdicts(root(['x', '+y'], square, itself, [absolute, (_, [, y]) => y!]), 500).has(true)).toBe(
      false,
    )
  })

  test('√(x² y²) = x y is none where the product takes both signs, though it holds for half of them', () => {
    const product = (F: Trace, [x, y]: readonly Expr[]): Expr => F.mul(F.pow(x!, 2), F.pow(y!, 2))
    const plain = (F: Trace, [x, y]: readonly Expr[]): Expr => F.mul(x!, y!)
    expect(verdicts(root(['x', 'y'], product, plain, []), 500).has(true)).toBe(false)
    expect(verdicts(root(['+x', '+y'], product, plain, [plain]))).toEqual(new Set([true]))
  })

  test('a root that equals no candidate is no identity, even where it cancels', () => {
    const cancels = generalized(
      ['+x'],
      (F, [x]) => {
        const r = F.sqrt(F.pow(x!, 2))
        return [F.sub(F.mul(r, x!), F.mul(x!, r)), r, F.add(x!, F.constant('1'))]
      },
      1,
      1,
    )
    expect(testIdentity(cancels).holds).toBe(undefined)
  })

  test('each of several roots is matched with a candidate of its own', () => {
    const g = generalized(
      ['+x', '+y'],
      (F, [x, y]) => {
        const [r, s] = [F.sqrt(F.pow(x!, 2)), F.sqrt(F.pow(y!, 4))]
        return [F.sub(F.mul(r, s), F.mul(x!, F.pow(y!, 2))), r, s, F.pow(y!, 2), x!]
      },
      1,
      2,
    )
    expect(verdicts(g)).toEqual(new Set([true]))
  })

  test('a constant root needs no candidate', () => {
    const g = generalized(
      ['x'],
      (F, [x]) => {
        const r = F.sqrt(F.div(F.add(F.pow(x!, 2), F.pow(x!, 2)), F.mul(F.constant('1/2'), F.pow(x!, 2))))
        return [F.sub(F.mul(r, x!), F.add(x!, x!)), r]
      },
      1,
      1,
    )
    expect(verdicts(g)).toEqual(new Set([true]))
  })
})

describe('the degree bound', () => {
  test('is at least the true degree of numerator and denominator, for random code', () => {
    let proper = 0
    fc.assert(
      fc.property(code(ARITHMETIC, 9), (steps) => {
        const p = trace(['x'], (F, x) => values(F, x, steps).slice(-1))
        let exact
        try {
          exact = run(p, quotients, [variable])[0]!
        } catch (error) {
          if (error instanceof Undefined) return
          throw error
        }
        const bound = degree(p)
        proper += degreeOf(exact.num) > 1 && degreeOf(exact.den) > 0 ? 1 : 0
        expect(bound.num).toBeGreaterThanOrEqual(degreeOf(exact.num))
        expect(bound.den).toBeGreaterThanOrEqual(degreeOf(exact.den))
      }),
      { seed: 62, numRuns: 2000 },
    )
    expect(proper).toBeGreaterThan(20)
  })

  test('of polynomial code is at least the number of differences until all are 0', () => {
    fc.assert(
      fc.property(code(['add', 'sub', 'mul', 'neg', 'pow', 'const'], 7), (steps) => {
        const p = trace(['x'], (F, x) => values(F, x, steps).slice(-1))
        const { num } = degree(p)
        fc.pre(num <= 40)
        let row = Array.from({ length: num + 3 }, (_, i) => run(p, rational, [rational.constant(`${i}`)])[0]!)
        let steps0 = 0
        for (; row.some((v) => v.num !== 0n); steps0++)
          row = row.slice(1).map((v, i) => rational.sub(v, row[i]!))
        expect(num).toBeGreaterThanOrEqual(Math.max(0, steps0 - 1))
      }),
      { seed: 63, numRuns: 800 },
    )
  })

  test.each<[string, Body, { num: number; den: number }]>([
    ['a constant', (F) => [F.constant('7')], { num: 0, den: 0 }],
    ['a³ b', (F, [a, b]) => [F.mul(F.pow(a!, 3), b!)], { num: 4, den: 0 }],
    ['a/b', (F, [a, b]) => [F.div(a!, b!)], { num: 1, den: 1 }],
    ['a/b + b/a', (F, [a, b]) => [F.add(F.div(a!, b!), F.div(b!, a!))], { num: 2, den: 2 }],
    [
      'a/b + 1/b, which share b',
      (F, [a, b]) => [F.add(F.div(a!, b!), F.div(F.constant('1'), b!))],
      { num: 1, den: 1 },
    ],
    ['(a/b)³', (F, [a, b]) => [F.pow(F.div(a!, b!), 3)], { num: 3, den: 3 }],
  ])('of %s', (_, body, expected) => {
    expect(degree(trace(['a', 'b'], body))).toEqual(expected)
  })
})

describe('the stated error', () => {
  test('is at least 2^{−bits}: (n/(|S| − d))^trials in exact integers, and meets what is asked', () => {
    for (const n of [1, 2, 3, 7, 50, 1000]) {
      const g = generalized(
        ['a', 'b'],
        (F, [a, b]) => [
          F.sub(F.pow(F.add(a!, b!), n), F.mul(F.pow(F.add(b!, a!), n), F.constant('1'))),
          F.sub(F.div(F.pow(a!, n), b!), F.mul(F.pow(a!, n), F.div(F.constant('1'), b!))),
        ],
        2,
      )
      const result = testIdentity(g)
      if (result.holds !== true) throw new Error('expected an identity')
      const { num, den } = degree(g.program)
      const miss = BigInt(num) ** BigInt(result.trials) * 2n ** BigInt(result.bits)
      expect(miss <= (2n ** 32n - BigInt(den)) ** BigInt(result.trials)).toBe(true)
      expect(result.bits).toBeGreaterThanOrEqual(100)
      expect(result.degree).toBe(num)
    }
  })
})
