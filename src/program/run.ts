/** Run: the value of a Program in any Field. */
import type { Field } from './field.ts'
import type { Op, Program } from './program.ts'

/**
 * The outputs of a Program at the point x, computed in the Field F (exact, enclosing or rounded as F is).
 * @param x one value per input. @throws RangeError if their number differs from the Program's inputs.
 */
export function run<T>(program: Program, F: Field<T>, x: readonly T[]): T[] {
  if (x.length !== program.inputs.length)
    throw new RangeError(
      `run: expected ${program.inputs.length} inputs (${program.inputs.join(', ')}), got ${x.length}`,
    )
  const v = new Array<T>(program.ops.length)
  program.ops.forEach((op, e) => {
    v[e] = op[0] === 'input' ? x[op[1]]! : applied(F, op, v)
  })
  return program.outputs.map((e) => v[e]!)
}

/** The value of an operation that is no input, at those of earlier ones. */
export function applied<T>(F: Field<T>, op: Exclude<Op, readonly ['input', number]>, v: readonly T[]): T {
  switch (op[0]) {
    case 'const':
      return F.constant(op[1])
    case 'pow':
    case 'root':
      return F[op[0]](v[op[1]]!, op[2])
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'max':
      return F[op[0]](v[op[1]]!, v[op[2]]!)
    default:
      return F[op[0]](v[op[1]]!)
  }
}
