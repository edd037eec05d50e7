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
import { inputsOf } from '../../src/setting/moves.ts'
import { crossEntropy, exponential } from '../../src/model/loss.ts'
import { nets } from '../../src/model/model.ts'
import * as parameterizations from '../../src/model/parameterization.ts'
import { inTheLimit } from '../../src/motion/moment.ts'
import { gradientFlow } from '../../src/motion/rule.ts'
import { readings } from '../../src/setting/limit/log-readings.ts'
import { logScope } from '../../src/setting/limit/log-scope.ts'
import { systemOf } from '../../src/setting/limit/system.ts'
import type { PointCase } from '../../src/setting/point/case.ts'
import type { Spec } from '../../src/setting/point/spec.ts'
import { inLimit } from './in-limit.ts'

const FLOWS = ['ewn', 'swn', 'unnorm'] as const
const LOSSES = ['exponential', 'cross-entropy'] as const
const none = new Set<never>()
const number = (text: string): number => rational.toNumber(parseRatio(text))

/** The choices of a flow whose weights are followed by themselves. */
function specOf(flow: (typeof FLOWS)[number]): Spec {
  const { unnorm, [flow]: followed } = parameterizations
  const rule = gradientFlow({ rate: '1' })
  const base = { model: nets({ loss: [exponential, crossEntropy] }), moment: inTheLimit(), weights: unnorm }
  const rest = { variables: {}, functions: {}, choose: [] }
  return flow === 'unnorm'
    ? { ...base, ...rest, rule }
    : {
        ...{ ...base, ...rest, followed },
        rule: { ...rule, moves: new Map([['w_u', [followed.closed!.velocity]]]) },
      }
}

const observed = (
  c: PointCase,
  flow: (typeof FLOWS)[number],
  until: number,
  samplesPerDecade: number,
): LongRun =>
  longRun(
    {
      system: systemOf(c, flow),
      weights: c.nodes.map(({ w }) => (w as readonly string[]).map(number)),
      data: c.data!.map(({ x }) => x.map(number)),
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
function* components(
  c: PointCase,
  flow: (typeof FLOWS)[number],
  F: Trace,
): Iterable<readonly [name: string, e: Expr]> {
  const scope = logScope(F, c, specOf(flow), along(F))
  for (const symbol of scope.symbols!) {
    const [base, letter] = symbol.split('_') as [string, string?]
    const whole = scope.value(symbol, [])
    const values =
      whole !== undefined ? [whole] : letter ? scope.sets[letter]!.map((at) => scope.value(base, [at])) : []
    for (const value of values) for (const e of [value ?? []].flat() as Expr[]) yield [symbol, e]
  }
  const other = (formula: string): Expr => [evaluate(parseFormula(formula), scope)].flat()[0] as Expr
  yield ['Phi', other('Phi_1(w, x_1)')]
  const [u] = scope.sets['u']!
  const [w, x] = [scope.value('w', [u!]), scope.value('x', [0])] as [readonly Expr[], readonly Expr[]]
  if (w.length !== x.length) return
  yield ['angle', scope.apply!('angle', [], [w, x]) as Expr]
  yield ['angle', scope.apply!('angle', [], [x, w]) as Expr]
}

describe.each(FLOWS.flatMap((flow) => LOSSES.map((loss) => [flow, loss] as const)))(
  '%s, %s',
  (flow, loss) => {
    const setting = inLimit(flow, { loss })
    const random = seeded(5, `${flow} ${loss}`)
    const cases = Array.from({ length: 6 }, () => setting.generate(random, none))

    test('the derivative of every symbol is that of finite differences along a run', () => {
      const [seen, moving] = [new Set<string>(), new Set<string>()]
      for (const c of cases) {
        const first = observed(c, flow, 1e3, 1).samples[0]!.s
        const found = observed(c, flow, Math.max(first, 1) * 1.02, 2000)
        const observation = readings(c, found, 1e-12)
        const F = newTrace()
        const scope = logScope(F, c, specOf(flow), along(F))
        const j = found.samples.length - 3
        if (j < 2 || found.reason !== 'horizon' || found.kinks.length > 0) continue
        const t = [j - 1, j, j + 1].map((k) => valueAt(F, F.input('t'), observation, k))
        for (const [name, e] of components(c, flow, F)) {
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
            if (!(error instanceof Unknown) || name !== 'angle') throw error
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
      const scope = logScope(newTrace(), cases[0]!, specOf(flow), along(newTrace()))
      const absent = loss === 'exponential' ? [] : ['y_i']
      expect([...seen].toSorted()).toEqual(
        [...scope.symbols!.filter((name) => !absent.includes(name)), 'Phi', 'angle'].toSorted(),
      )
      // None of them passes only because it stands still.
      const still = ['k', 'H', 'eta', 'L_sep', 'H_l', 'k_l', 't_0', 'x_i', 'y_i']
      for (const name of seen) if (!still.includes(name)) expect([...moving]).toContain(name)
    })

    test('what has no derivative is refused by name and setting', () => {
      const F = newTrace()
      const scope = logScope(F, cases[0]!, specOf(flow), along(F))
      const refused =
        (formula: string): (() => unknown) =>
        () =>
          evaluate(parseFormula(formula), scope)
      expect(refused('ddt(sup(L))')).toThrow(
        /ddt: expected symbols with a derivative in .* in the limit, got sup\(…\)/,
      )
      expect(refused('ddt(L + F)')).toThrow(/F/)
      expect(refused('L(t + 1)')).toThrow(/no such value/)
    })

    test('the value at the start is that of the exact case, and limits keep theirs', () => {
      const c = cases[0]!
      const observation = readings(c, observed(c, flow, 1e3, 1), 1e-12)
      const F = newTrace()
      const scope = logScope(F, c, specOf(flow), along(F))
      for (const [name, e] of components(c, flow, F)) {
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

    test('margins, shares and entropy are those of the outputs and labels', () => {
      let compared = 0
      for (const c of cases) {
        const observation = readings(c, observed(c, flow, 1e3, 1), 1e-12)
        const F = newTrace()
        const scope = logScope(F, c, specOf(flow), along(F))
        const { i: points, j: outputs } = scope.sets as {
          readonly i: readonly number[]
          j: readonly number[]
        }
        for (const sample of [0, 1]) {
          const at = (formula: string, index: Readonly<Record<string, number>> = {}): number =>
            valueAt(F, evaluate(parseFormula(formula), scope, index) as Expr, observation, sample)
          const near = (name: string, a: number, b: number): void =>
            expect([name, Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)), a, b]).toEqual([
              name,
              true,
              a,
              b,
            ])
          const margins = points.map((i) => {
            const y = Number(c.data![i]!.y)
            const phi = outputs.map((j) => at('Phi_j(w, x_i)', { i, j }))
            if (loss === 'exponential') near('y_i', at('y_i', { i }), y)
            return loss === 'exponential'
              ? [y * phi[0]!]
              : phi.flatMap((other, j) => (j === y ? [] : [phi[y]! - other]))
          })
          const lost = margins.map((own) => {
            const sum = own.reduce((total, d) => total + Math.exp(-d), 0)
            return loss === 'exponential' ? sum : Math.log1p(sum)
          })
          const L = lost.reduce((total, one) => total + one, 0)
          if (!(L > 1e-200)) continue
          near('L', at('L') / L, 1)
          near('L_sep', at('L_sep'), loss === 'exponential' ? 1 : Math.log(2))
          for (const i of points) {
            near('m_i', at('m_i', { i }), Math.min(...margins[i]!))
            near('q_i', at('q_i', { i }), lost[i]! / L)
          }
          const shares = lost.map((one) => one / L).filter((q) => q > 0)
          near('Ent', at('Ent'), -shares.reduce((total, q) => total + q * Math.log(q), 0))
          compared++
        }
      }
      expect(compared).toBeGreaterThan(5)
    })

    test('m_i − s, L, t and the relative losses keep their digits far out', () => {
      let far = 0
      for (const c of cases) {
        const found = observed(c, flow, 1e4, 2)
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
          const shares = c.data!.map((_, i) => toDouble(at(`q_${i + 1}`).hi))
          expect(shares.reduce((total, q) => total + q, 0)).toBeCloseTo(1, 12)
        }
      }
      expect(far).toBeGreaterThan(10)
    })
  },
)
