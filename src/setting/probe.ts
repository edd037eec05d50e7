/** Probe: the value of a formula in a case, in doubles, to aim a generator with; never for a verdict. */
import { run } from '../program/run.ts'
import { evaluate, parseFormula } from '../program/formula.ts'
import { newTrace, type Program } from '../program/program.ts'
import { parseRatio } from '../program/constant.ts'
import { Undefined } from '../number/conventions.ts'
import { float64 } from '../number/float64.ts'
import { rational } from '../number/rational.ts'
import type { Setting } from '../claim/setting.ts'
import type { Values } from './variables.ts'

/**
 * Evaluates a formula in the case being drawn, with the values drawn so far or others: the entries of
 * the result, NaN where it is undefined.
 */
export type Probe = (formula: string, values?: Values) => number[]

/** The probe of the cases of one structure: `at` is the case with the given values. */
export function probe<C>(setting: Setting<C>, at: (values: Values | undefined) => C): Probe {
  const programs = new Map<string, Program>()
  return (source, drawn) => {
    const c = at(drawn)
    let program = programs.get(source)
    if (program === undefined) {
      const F = newTrace()
      const value = evaluate(parseFormula(source), setting.scope(F, c), setting.chosen(c))
      program = F.program(typeof value === 'number' ? [value] : value)
      programs.set(source, program)
    }
    const values = setting.values(c)
    const x = program.inputs.map((name) => rational.toNumber(parseRatio(values.get(name)!)))
    try {
      return run(program, float64, x)
    } catch (error) {
      if (error instanceof Undefined) return program.outputs.map(() => NaN)
      throw error
    }
  }
}
