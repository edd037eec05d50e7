/** Symbols of long runs: each has its true derivative, and readings that hold what they promise. */
import { describe, expect, test } from 'vitest'
import { seeded } from '../../src/claim/random.ts'
import type { Along, Observation } from '../../src/claim/asymptotic.ts'
import { longRun, type LongRun } from '../../src/flow/longrun.ts'
import { bounded, Unknown } from '../../src/number/bounded.ts'
import { Undefined } from '../../src/number/conventions.ts'
import { rational } from '../../src/number/rational.ts'
import { toDouble } from '../../src/number/wide.ts'
import { parseRatio } from '../../src/program/constant.ts'
import { evaluate, parseFormula } from '../../src/program/formula.ts'
import { newTrace, type Expr, type Trace } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'
import { asymptotics } from '../../src/setting/asymptotics.ts'
import { systemOf, type DynamicsCase } from '../../src/setting/case.ts'
import { readings } from '../../src/setting/longrun-readings.ts'
import { longRunScope } from '../../src/setting/longrun-scope.ts'
import { inputsOf } from '../../src/setting/moves.ts'

const FLOWS = ['ewn', 'swn', 'unnorm'] as const
const LOSSES = ['exponential', 'cross-entropy'] as const
const none = new Set<never>()
const number = (text: string): number => rational.toNumber(parseRatio(text))

const observed = (c: DynamicsCase, until: number, samplesPerDecade: number): LongRun =>
  longRun(
    {
      system: systemOf(c),
      weights: c.nodes.map(({ vector }) => vector.map(number)),
      data: c.data.map(({ x }) => x.map(number)),
    },
    { until, samplesPerDecade, tolerance: 1e-12 },
  )

const along = (F: Trace): Along => {
  const named = (kind: string) => (e: Expr) => F.input(`${kind}(…) ${e}`)
  return { limit: named('lim'), supremum: named('sup') }
}

/** The value of a traced expression at a sample, in doubles. */
function valueAt(F: Trace, e: Expr, observation: Observation, j: number): number {
  const names = inputsOf(F, e)
  return toDouble(
    run(
      F.program([e], names),
      bounded,
      names.map((name) => observation.value(name, j)),
    )[0]!.hi,
  )
}

/** The derivative at the middle of three points, from the parabola through them. */
function slope(t: readonly number[], f: readonly number[]): number {
  const [h, k] = [t[1]! - t[0]!, t[2]! - t[1]!]
  return (((f[1]! - f[0]!) / h) * k + ((f[2]! - f[1]!) / k) * h) / (h + k)
}

/** Every component of every symbol of a table, with its name. */
function* components(c: DynamicsCase, F: Trace): Iterable<readonly [name: string, e: Expr]> {
  const scope = longRunScope(F, c, along(F))
  for (const symbol of scope.symbols!) {
    const [base, letter] = symbol.split('_') as [string, string?]
    const whole = scope.value(symbol, [])
    const values =
      whole !== undefined ? [whole] : letter ? scope.sets[letter]!.map((at) => scope.value(base, [at])) : []
    for (const value of values) for (const e of [value ?? []].flat() as Expr[]) yield [symbol, e]
  }
}

describe.each(FLOWS.flatMap((flow) => LOSSES.map((loss) => [flow, loss] as const)))(
  '%s, %s',
  (flow, loss) => {
    const setting = asymptotics({ flow, loss })
    const random = seeded(5, `${flow} ${loss}`)
    const cases = Array.from({ length: 6 }, () => setting.generate(random, none))

    test('the derivative of every symbol is that of finite differences along a run', () => {
      const [seen, moving] = [new Set<string>(), new Set<string>()]
      for (const c of cases) {
        const first = observed(c, 1e3, 1).samples[0]!.s
        const found = observed(c, Math.max(first, 1) * 1.02, 2000)
        const observation = readings(c, found, 1e-12)
        const F = newTrace()
        const scope = longRunScope(F, c, along(F))
        const j = found.samples.length - 3
        if (j < 2 || found.reason !== 'horizon' || found.kinks.length > 0) continue
        const t = [j - 1, j, j + 1].map((k) => valueAt(F, F.input('t'), observation, k))
        for (const [name, e] of components(c, F)) {
          const derivative = scope.ddt!(e)
          seen.add(name)
          if (inputsOf(F, e).some((input) => input.startsWith('lim('))) {
            expect([name, F.ops[derivative]]).toEqual([name, ['const', '0']])
            continue
          }
          const f = [j - 1, j, j + 1].map((k) => valueAt(F, e, observation, k))
          let exact: number
          try {
            exact = valueAt(F, derivative, observation, j)
          } catch (error) {
            // An angle of 0 has no derivative.
            if (!(error instanceof Unknown) || name !== 'theta_u') throw error
            continue
          }
          const approximate = slope(t, f)
          // Differences of values known to 1e-11 or so over a step of the time.
          const off = 1e-3 * Math.abs(exact) + (1e-10 * Math.max(...f.map(Math.abs), 1)) / (t[2]! - t[0]!)
          expect([name, Math.abs(exact - approximate) <= off, exact, approximate]).toEqual([
            name,
            true,
            exact,
            approximate,
          ])
          if (Math.abs(exact) > 10 * off) moving.add(name)
        }
      }
      const scope = longRunScope(newTrace(), cases[0]!, along(newTrace()))
      const absent = loss === 'exponential' ? [] : ['Ent', 'q_i']
      expect([...seen].toSorted()).toEqual(scope.symbols!.filter((name) => !absent.includes(name)).toSorted())
      // None of them passes only because it stands still.
      const still = ['k', 'H', 'eta', 'z', 'L_1', 'k_active', 'H_l', 'k_l', 'z_u', 'x_u', 'rho', 'gamma']
      const limits = ['wtilde', 'gtilde', 'wtilde_u', 'gtilde_u']
      for (const name of seen) if (![...still, ...limits].includes(name)) expect([...moving]).toContain(name)
    })

    test('what has no derivative is refused by name and setting', () => {
      const F = newTrace()
      const scope = longRunScope(F, cases[0]!, along(F))
      const refused =
        (formula: string): (() => unknown) =>
        () =>
          evaluate(parseFormula(formula), scope)
      expect(refused('ddt(sup(L))')).toThrow(
        `ddt: expected symbols with a derivative in ${flow} long runs, got sup(…)`,
      )
      expect(refused('ddt(L + F)')).toThrow(/F/)
      expect(refused('L(t + 1)')).toThrow(/no such value/)
    })

    test('the value at the start is that of the exact case, and limits keep theirs', () => {
      const c = cases[0]!
      const observation = readings(c, observed(c, 1e3, 1), 1e-12)
      const F = newTrace()
      const scope = longRunScope(F, c, along(F))
      for (const [name, e] of components(c, F)) {
        const start = scope.initially!(e)
        if (inputsOf(F, e).some((input) => input.startsWith('lim('))) expect([name, start]).toEqual([name, e])
        else
          for (const j of [0, 3]) {
            try {
              expect(valueAt(F, start, observation, j)).toBe(valueAt(F, e, observation, 0))
            } catch (error) {
              if (!(error instanceof Undefined)) throw error
            }
          }
      }
    })

    test('m_i − s, L, t and the relative losses keep their digits far out', () => {
      let far = 0
      for (const c of cases) {
        const found = observed(c, 1e4, 2)
        if (found.reason !== 'horizon') continue
        const observation = readings(c, found, 1e-12)
        const { samples } = found
        for (const [j, { s, gaps, u, gradient, softmax }] of samples.entries()) {
          if (j === 0) continue
          far++
          const at = (name: string) => observation.value(name, j)
          expect(toDouble(bounded.sub(at('m_1'), at('s')).hi)).toBe(gaps[0])
          expect(toDouble(bounded.mul(at('L'), at('t')).hi)).toBeCloseTo(u, 12)
          expect(toDouble(bounded.log(at('L')).hi)).toBeCloseTo(-s, 9)
          gradient.forEach((node, k) =>
            node.forEach((x, i) => {
              const G = at(`G_${k + 1}_${i + 1}`)
              const size = Math.max(...gradient.flat().map(Math.abs))
              expect(Math.abs(toDouble(G.hi) - x)).toBeLessThanOrEqual(1e-9 * size)
              expect(toDouble(G.err)).toBeLessThan(1e-11 * size)
            }),
          )
          if (loss === 'exponential') expect(toDouble(at('q_1').hi)).toBeCloseTo(softmax[0]!, 9)
        }
      }
      expect(far).toBeGreaterThan(10)
    })
  },
)
