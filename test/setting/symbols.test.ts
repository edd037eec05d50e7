/** The whole table of symbols of training problems: derivatives against differences, next values against one step. */
import { describe, expect, test } from 'vitest'
import { seeded } from '../../src/claim/random.ts'
import { decimal, type Decimal } from '../../src/number/decimal.ts'
import { evaluate, parseFormula } from '../../src/program/formula.ts'
import { freeIndices, assignments } from '../../src/program/indices.ts'
import { newTrace, type Expr } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'
import { smooth } from '../../src/setting/assumptions.ts'
import { inputsOf } from '../../src/setting/moves.ts'
import { nets } from '../../src/model/model.ts'
import { ewn, swn, unnorm } from '../../src/model/parameterization.ts'
import { gradientDescent, gradientFlow } from '../../src/motion/rule.ts'
import { setting } from '../../src/setting/setting.ts'

const F = decimal(80)
const instances = { ewn, swn, unnorm }
/** Differences of this step err by its square. */
const STEP = F.constant(`1/1${'0'.repeat(25)}`)
/** The parameters: what gradient flow and descent move. */
const isParameter = (name: string): boolean => /^(alpha|gamma|v|w)_/.test(name)

describe.each(['ewn', 'swn', 'unnorm'] as const)('%s', (normalization) => {
  const [flow, steps] = [gradientFlow(), gradientDescent()].map((rule) =>
    setting<'flow' | 'steps'>({
      ...{ model: nets(), weights: instances[normalization], variables: { c: 'real' } },
      rule,
    }),
  ) as [ReturnType<typeof setting>, ReturnType<typeof setting>]
  const random = seeded(7, normalization)
  const seen = { moved: new Set<string>(), stepped: new Set<string>(), refused: new Set<string>() }

  for (let n = 0; n < 6; n++) {
    // Where Φ is C¹: differences across a kink are no derivative.
    const c = flow.generate(random, new Set([smooth]))
    const t = newTrace()
    const scope = flow.scope(t, c)
    const { next } = steps.scope(t, steps.parse(c))
    // Small steps, that no loss explodes in.
    const given = new Map(
      [...flow.values(c), ['eta', '1/256']].map(([name, text]) => [name!, F.constant(text!)]),
    )
    const at = (e: Expr, x: ReadonlyMap<string, Decimal>): Decimal => {
      const program = t.program([e])
      return run(
        program,
        F,
        program.inputs.map((name) => x.get(name) ?? F.constant('0')),
      )[0]!
    }
    const L = scope.value('L', []) as Expr
    const trained = (scope.value('w', []) as readonly Expr[]).flatMap((e) => inputsOf(t, e))
    const moving = [...given.keys()].filter((name) => isParameter(name) && trained.includes(name))
    const shifted = (by: (name: string) => Decimal): Map<string, Decimal> =>
      new Map([...given].map(([name, x]) => [name, moving.includes(name) ? F.add(x, by(name)) : x]))
    const slope = (e: Expr, towards: (name: string) => Decimal): Decimal => {
      const [ahead, behind] = [STEP, F.neg(STEP)].map((h) =>
        at(
          e,
          shifted((name) => F.mul(h, towards(name))),
        ),
      )
      return F.div(F.sub(ahead!, behind!), F.add(STEP, STEP))
    }
    /** −η ∂L/∂θ, by differences of the loss. */
    const pull = new Map(
      moving.map((name) => {
        const one = slope(L, (other) => F.constant(other === name ? '1' : '0'))
        return [name, F.neg(F.mul(given.get('eta')!, one))] as const
      }),
    )
    const pulled = (name: string): Decimal => pull.get(name)!
    const close = (a: Decimal, b: Decimal, what: string): void =>
      expect(Number(F.sub(a, b).abs()), what).toBeLessThan(1e-20 * (1 + Number(b.abs())))

    test(`every symbol, case ${n}`, () => {
      for (const symbol of new Set(scope.symbols)) {
        const formula = parseFormula(symbol)
        for (const indices of assignments(freeIndices(formula, scope), scope, {})) {
          let value
          try {
            value = [evaluate(formula, scope, indices)].flat() as Expr[]
          } catch (error) {
            if (!/unknown symbol/.test((error as Error).message)) throw error
            continue
          }
          for (const e of value) {
            const what = `${symbol} ${JSON.stringify(indices)}`
            if (symbol === 'eta') {
              expect(() => scope.ddt!(e)).toThrow(/ddt: expected symbols with a derivative in .*, got eta/)
              expect(() => next!(e)).toThrow(/next: expected symbols with a next value in .*, got eta/)
              seen.refused.add(symbol)
              continue
            }
            close(at(scope.ddt!(e), given), slope(e, pulled), `ddt ${what}`)
            close(at(next!(e), given), at(e, shifted(pulled)), `next ${what}`)
            if (!at(scope.ddt!(e), given).isZero()) seen.moved.add(symbol)
            seen.stepped.add(symbol)
          }
        }
      }
    })
  }

  test('none was left out, and what moves moved', () => {
    const own = { ewn: ['alpha_u', 'v_u'], swn: ['gamma_u', 'v_u'], unnorm: [] }[normalization]
    const table = flow.symbols!.map(({ name }) => name).filter((name) => /^\w+$/.test(name))
    expect(table).toEqual(expect.arrayContaining(['c', ...own]))
    expect([...seen.stepped, ...seen.refused].toSorted()).toEqual(table.toSorted())
    for (const name of ['L', 's', 'Ent', 'w', 'w_u', 'g', 'g_u', 'G_u', 'a_u', 'm_i', 'q_i', ...own])
      expect(seen.moved, name).toContain(name)
    for (const name of ['c', 'k', 'H', 'x_i', 'y_i', 'L_sep', 'H_l', 'k_l'])
      expect(seen.moved).not.toContain(name)
  })
})
