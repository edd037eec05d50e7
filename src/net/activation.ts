/** Activations: formulas of z as Programs. */
import { formulaProgram } from '../program/formula.ts'
import type { Program } from '../program/program.ts'

const known = new Map<string, Program>()

/** The Program of an activation such as `relu(z)^2`. @throws SyntaxError if it is no formula of z. */
export function activation(formula: string): Program {
  let program = known.get(formula)
  if (program === undefined) {
    program = formulaProgram(formula, ['z'])
    if (program.outputs.length !== 1) throw new SyntaxError(`activation: expected a scalar, got "${formula}"`)
    known.set(formula, program)
  }
  return program
}
