/** Run: the value of a Program in any Field. */
import type { Field } from './field.ts'
import type { Program } from './program.ts'

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
    switch (op[0]) {
      case 'input':
        v[e] = x[op[1]]!
        break
      case 'const':
        v[e] = F.constant(op[1])
        break
      case 'pow':
      case 'root':
        v[e] = F[op[0]](v[op[1]]!, op[2])
        break
      case 'add':
      case 'sub':
      case 'mul':
      case 'div':
      case 'max':
        v[e] = F[op[0]](v[op[1]]!, v[op[2]]!)
        break
      default:
        v[e] = F[op[0]](v[op[1]]!)
    }
  })
  return program.outputs.map((e) => v[e]!)
}
