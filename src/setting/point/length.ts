/** The length of a vector that a formula gives in a case; `undefined` for a number. */
import { evaluate, type Formula } from '../../program/formula.ts'
import { newTrace } from '../../program/program.ts'
import type { PointCase } from './case.ts'
import { pointScope } from './scope.ts'
import type { Spec } from './spec.ts'

export function lengthOf(
  formula: Formula,
  c: PointCase,
  spec: Spec,
  at: Readonly<Record<string, number>>,
): number | undefined {
  const F = newTrace()
  const { rule: _, ...still } = spec
  const value = evaluate(formula, pointScope(F, c, still), at)
  return typeof value === 'number' ? undefined : value.length
}
