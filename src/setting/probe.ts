/** Probe: the value of a formula in a case, in doubles, to aim a generator with; never for a verdict. */
import { run } from '../program/run.ts'
import { evaluate, parseFormula } from '../program/formula.ts'
import { newTrace } from '../program/program.ts'
import { parseRatio } from '../program/constant.ts'
import { float64 } from '../number/float64.ts'
import { rational } from '../number/rational.ts'
import type { Setting } from '../claim/setting.ts'

/** Evaluates a formula in the case at hand: the entries of its value; NaN where it is undefined. */
export type Probe = (formula: string) => number[]

/** The probe of a case. */
export function probe<C>(setting: Setting<C>, c: C): Probe {
  return (source) => {
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
}
