/** The curve of a statement is what its name says, at every clock, beside what it is compared with. */
import { describe, expect, test } from 'vitest'
import { judgeAlong, type Along, type Observation } from '../../src/claim/asymptotic.ts'
import { curveAlong } from '../../src/claim/curve.ts'
import type { Curve } from '../../src/claim/decide.ts'
import { bounded, measured } from '../../src/number/bounded.ts'
import { parseFormula } from '../../src/program/formula.ts'
import type { Scope, Value } from '../../src/program/indices.ts'
import type { Expr, Trace } from '../../src/program/program.ts'

const GRID = Array.from({ length: 49 }, (_, k) => 10 ** (k / 8))
const OBSERVED: Readonly<Record<string, (s: number) => number>> = {
  s: (s) => s,
  one: (s) => 1 + 1 / (1 + s),
  half: (s) => 0.5 + 1 / (1 + s),
  ripple: (s) => 2 + Math.sin(Math.log(s)),
  /** Without a value before s = 100. */
  late: (s) => (s < 100 ? -1 : 1),
  w_1: (s) => 3 + 1 / (1 + s),
  w_2: () => 4,
}
const observation: Observation = {
  s: GRID,
  clock: 'k',
  value: (name, j) => (name === 'L' ? bounded.exp(measured(-GRID[j]!)) : measured(OBSERVED[name]!(GRID[j]!))),
  rough: (name, j) => observation.value(name, j),
}
const scope = (F: Trace, along: Along): Scope => {
  const each = (f: (e: Expr) => Expr, v: Value): Value => (typeof v === 'number' ? f(v) : v.map(f))
  return {
    F,
    sets: { u: [0, 1] },
    value: (base, index) =>
      base === 'w' && index.length === 0
        ? [F.input('w_1'), F.input('w_2')]
        : F.input([base, ...index.map((u) => u + 1)].join('_')),
    apply: (base, _, args) => (base === 'lim' ? each((e) => along.limit(e), args[0]!) : undefined),
  }
}
const curve = (...sources: string[]): Curve | undefined =>
  curveAlong(sources.map(parseFormula), judgeAlong(scope, observation), {})
const last = ({ values, against }: Curve): (number | undefined)[] => [values.at(-1), against?.values.at(-1)]

describe('a curve', () => {
  test.each<[string, string, string | undefined, readonly (number | undefined)[]]>([
    ['lim(one) == 1', 'one', '1', [1, 1]],
    ['1/2 == lim(half)', 'half', '1/2', [0.5, 0.5]],
    ['2*lim(half) == lim(one)', '2 half', 'lim one', [1, 1]],
    ['lim(half*lim(one)) == 1/2', 'half lim one', '1/2', [0.5, 0.5]],
    ['lim(s) == inf', 's', undefined, [1e6, undefined]],
    ['one == Theta(half)', 'one/half', undefined, [2, undefined]],
    ['one == O(1/(s*half))', 'one s half', undefined, [5e5, undefined]],
    ['converges(w)', 'first entry of w', undefined, [3, undefined]],
    ['one >= half', 'one', 'half', [1, 0.5]],
    ['w_u >= 0', 'w_u (u = 1)', '0', [3, 0]],
    ['lim(one) == 2 or lim(half) == 1/2', 'half', '1/2', [0.5, 0.5]],
    ['lim(one) == 2 or lim(half) == 3', 'one', '2', [1, 2]],
    ['some(one > half)', 'one', 'half', [1, 0.5]],
    ['4 >= relu(one)', '4', 'relu(one)', [4, 1]],
  ])('of %s is %s beside %s', (source, observable, against, ends) => {
    const found = curve(source)!
    expect([found.observable, found.against?.observable, found.clock]).toEqual([observable, against, 'k'])
    expect(last(found)).toEqual(ends)
    expect(found.values).toHaveLength(found.s.length)
    expect(found.against?.values ?? found.s).toHaveLength(found.s.length)
  })

  test('is as long as the run, thinned, and ends where the run ends', () => {
    const { s } = curve('lim(one) == 1')!
    expect(s.length).toBeGreaterThan(20)
    expect([s.at(-1), s.length <= 40]).toEqual([1e6, true])
  })

  test('of numbers beyond the doubles is that of their logarithms', () => {
    const { logarithmic, values, observable } = curve('lim(L) == 0')!
    expect([logarithmic, values.at(-1), observable]).toEqual([true, -1e6, 'L'])
  })

  test('begins where the observable has a value', () => {
    expect(curve('lim(log(late)) == 0')!.s[0]).toBeGreaterThanOrEqual(100)
  })

  test('needs four values, and is that of the first formula that has them', () => {
    const short = (n: number): Curve | undefined =>
      curveAlong(
        [parseFormula('lim(one) == 1')],
        judgeAlong(scope, { ...observation, s: GRID.slice(0, n) }),
        {},
      )
    expect([short(3), short(4)?.values.length]).toEqual([undefined, 4])
    expect(curve('lim(log(-s)) == 0')).toBeUndefined()
    expect(curve('converges(one*lim(ripple))')).toBeUndefined()
    expect(curve('lim(log(-s)) == 0', 'lim(half) == 1/2')!.observable).toBe('half')
  })

  test('of an order is the ratio, or the product if it is compared with 1 over something', () => {
    expect(last(curve('one == O(2/s)')!)[0]).toBe(5e5)
    expect(curve('norm(w)*lim(one) >= 1')!.observable).toMatch(/one$/)
  })

  test('has no side that is not known: the limit of what goes up and down', () => {
    expect(curve('one >= lim(ripple)')!.against).toBeUndefined()
  })
})
