/** Smooth pieces: a field between its kinks, with its Jacobian. */
import { jacobian } from '../program/jacobian.ts'
import { trace, type Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { switches, type Pattern } from './jet.ts'

/** A field on the piece where certain arguments of `relu` and `step` are positive: a smooth field. */
export interface SmoothPiece {
  readonly pattern: Pattern
  /** The field. */
  readonly field: Program
  /** The field, the arguments of `relu` and `step`, and the Jacobian of the field, row by row. */
  readonly all: Program
}

/** The piece of a field that a pattern names. */
export function smoothPiece(field: Program, pattern: Pattern): SmoothPiece {
  const signs = field.ops.flatMap((op) => (op[0] === 'relu' || op[0] === 'step' ? [pattern.get(op[1])!] : []))
  const values = trace(field.inputs, (F, x) => {
    let next = 0
    const smooth: typeof F = {
      ...F,
      relu: (z) => (signs[next++] ? z : F.constant('0')),
      step: () => F.constant(signs[next++] ? '1' : '0'),
    }
    return run({ ...field, outputs: [...field.outputs, ...switches(field)] }, smooth, x)
  })
  const own = trace(field.inputs, (F, x) => run(values, F, x).slice(0, field.outputs.length))
  const slopes = jacobian(own)
  const all = trace(field.inputs, (F, x) => [...run(values, F, x), ...run(slopes, F, x)])
  return { pattern, field: own, all }
}
