/** Values: what a symbol is in a case, in doubles, at the first elements of its index letters; to show, never to judge. */
import type { Setting } from '../claim/setting.ts'
import { NotExact, Undefined } from '../number/conventions.ts'
import { float64 } from '../number/float64.ts'
import { rational } from '../number/rational.ts'
import { parseRatio } from '../program/constant.ts'
import { evaluate, parseFormula } from '../program/formula.ts'
import { freeIndices } from '../program/indices.ts'
import { newTrace, reading, type Expr } from '../program/program.ts'
import { run } from '../program/run.ts'

const DIGITS = 4

/** The value as text; `undefined` where the symbol has none in this case, or none in doubles. */
export function valuesIn(given: Setting<unknown>, c: unknown, symbol: string): string | undefined {
  if (given.numerical) return undefined
  try {
    const F = newTrace()
    const scope = given.scope(F, c)
    const formula = parseFormula(symbol)
    const chosen = given.chosen(c)
    const at = Object.fromEntries(
      freeIndices(formula, scope).map((letter) => [letter, chosen[letter] ?? scope.sets[letter]![0]!]),
    )
    const angle = scope.angle?.(symbol)
    const value = angle ?? evaluate(formula, scope, at)
    const traced = F.program([value].flat() as Expr[])
    const T = newTrace()
    const program = given.unroll ? reading(T, given.unroll(T, traced, c)) : traced
    const exact = [...given.values(c)].map(([name, e]): [string, number] => [
      name,
      rational.toNumber(parseRatio(e)),
    ])
    const inputs = new Map([...exact, ...(given.rough?.(c) ?? [])])
    const found = run(
      program,
      float64,
      program.inputs.map((name) => inputs.get(name) ?? NaN),
    ).map((e) => `${Number((angle === undefined ? e : 4 * Math.atan(e)).toPrecision(DIGITS))}`)
    if (found.includes('NaN')) return undefined
    return typeof value === 'number' ? found[0]! : `(${found.join(', ')})`
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Undefined || error instanceof NotExact)
      return undefined
    throw error
  }
}
