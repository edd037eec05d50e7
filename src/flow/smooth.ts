/** Smooth pieces: a field between its kinks, with its jets and its Jacobian. */
import { jacobian } from '../program/jacobian.ts'
import { trace, type Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { jet, switches, type Jet, type Pattern } from './jet.ts'
import type { SeriesKernel } from './series.ts'

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
  const values = observed(field, pattern)
  const own = trace(field.inputs, (F, x) => run(values, F, x).slice(0, field.outputs.length))
  const slopes = jacobian(own)
  const all = trace(field.inputs, (F, x) => [...run(values, F, x), ...run(slopes, F, x)])
  return { pattern, field: own, all }
}

const known = new WeakMap<Program, Map<string, Program>>()

/**
 * The field on one piece, then the arguments of its `relu` and `step`. What an inactive argument switches off is
 * left out, so that 0 times something without a value is 0: relu(z)^(3/2) has the slope 0 where z < 0.
 */
export function observed(field: Program, pattern: Pattern): Program {
  const wanted = switches(field)
  const key = wanted.map((e) => Number(pattern.get(e))).join('')
  const own = known.get(field) ?? new Map<string, Program>()
  known.set(field, own)
  let program = own.get(key)
  if (program === undefined) {
    const signs = field.ops.flatMap((op) =>
      op[0] === 'relu' || op[0] === 'step' ? [pattern.get(op[1])!] : [],
    )
    program = trace(field.inputs, (F, x) => {
      let next = 0
      const smooth: typeof F = {
        ...F,
        relu: (z) => (signs[next++] ? z : F.constant('0')),
        step: () => F.constant(signs[next++] ? '1' : '0'),
      }
      return run({ ...field, outputs: [...field.outputs, ...wanted] }, smooth, x)
    })
    own.set(key, program)
  }
  return program
}

const switchPrograms = new WeakMap<Program, Program>()

/** The arguments of `relu` and `step` of a Program, and nothing else that might have no value. */
export function sides(program: Program): Program {
  let known = switchPrograms.get(program)
  if (known === undefined) {
    known = trace(program.inputs, (F, x) => run({ ...program, outputs: switches(program) }, F, x))
    switchPrograms.set(program, known)
  }
  return known
}

/** The jet of a solution of x' = f(x) on the piece of f that a pattern names. @throws Undefined as `jet`. */
export function pieceJet<T, S>(
  field: Program,
  pattern: Pattern,
  kernel: SeriesKernel<T, S>,
  x0: readonly T[],
  order: number,
  exponent: number,
): Jet<S> {
  const wanted = switches(field)
  if (wanted.length === 0) return jet(field, kernel, x0, order, { exponent })
  const { state, observed: z } = jet(observed(field, pattern), kernel, x0, order, { exponent })
  return { state, observed: [], arguments: new Map(wanted.map((e, i) => [e, z[i]!])) }
}
