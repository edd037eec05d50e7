/** Probe: the value of a formula in a case, in doubles, to aim a generator with; never for a verdict. */
import { run } from '../program/run.ts'
import { evaluate, parseFormula } from '../program/formula.ts'
import { newTrace } from '../program/program.ts'
import { parseRatio } from '../program/constant.ts'
import { float64 } from '../number/float64.ts'
import { rational } from '../number/rational.ts'
import type { Setting } from '../claim/setting.ts'
import type { Values } from './variables.ts'

/**
 * Evaluates a formula in the case being drawn, with the values drawn so far or others: the entries of
 * the result, NaN where it is undefined.
 */
export type Probe = (formula: string, values?: Values) => number[]

/** The entries of a formula's value in a case, in doubles. */
export function probe<C>(setting: Setting<C>, c: C, source: string): number[] {
  const F = newTrace()
  const value = evaluate(parseFormula(source), setting.scope(F, c), setting.chosen(c))
  const program = F.program(typeof value === 'number' ? [value] : value)
  const values = setting.values(c)
  const x = program.inputs.map((name) => rational.toNumber(parseRatio(values.get(name)!)))
  try {
    return run(program, float64, x)
  } catch {
    return program.outputs.map(() => NaN)
  }
}
