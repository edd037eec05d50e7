/** Programs of values in a case, to aim and to label with: traced once for each structure. */
import { newTrace, reading, type Expr, type Program, type Trace } from '../../program/program.ts'
import { stepsOf, structureOf, type PointCase } from './case.ts'
import type { Spec } from './spec.ts'
import { unrolled } from './steps.ts'

const KEPT = 2000
const known = new WeakMap<Spec, Map<string, Program>>()

/** The Program of some values in the structure of a case; `name` tells them from others. */
export function programIn(
  c: PointCase,
  spec: Spec,
  name: string,
  values: (F: Trace) => readonly Expr[],
): Program {
  const own = known.get(spec) ?? new Map<string, Program>()
  known.set(spec, own)
  const key = `${structureOf(c)} ${name}`
  let program = own.get(key)
  if (program === undefined) {
    const F = newTrace()
    const found = F.program(values(F))
    program = found
    if (stepsOf(c) !== undefined) {
      const T = newTrace()
      program = reading(T, unrolled(T, found, c, spec))
    }
    if (own.size >= KEPT) own.delete(own.keys().next().value!)
    own.set(key, program)
  }
  return program
}
