/** What a formula of extra state may read: the state without it, of which nothing moves yet; and how long its value is. */
import { evaluate, type Formula } from '../../program/formula.ts'
import type { Scope } from '../../program/indices.ts'
import { newTrace, type Trace } from '../../program/program.ts'
import type { PointCase } from './case.ts'
import { pointScope } from './scope.ts'
import type { Spec } from './spec.ts'

/** The scope of formulas of extra state: with the rate, without derivatives and next values. */
export function stateScope(F: Trace, c: PointCase, spec: Spec): Scope {
  const still: Spec = { ...spec, ...(spec.rule && { rule: { ...spec.rule, moves: new Map() } }) }
  const { ddt: _, next: __, ...scope } = pointScope(F, c, still)
  return scope
}

/** The length of the vector that a formula of extra state gives in a case; `undefined` for a number. */
export function lengthOf(
  formula: Formula,
  c: PointCase,
  spec: Spec,
  at: Readonly<Record<string, number>>,
): number | undefined {
  const value = evaluate(formula, stateScope(newTrace(), c, spec), at)
  return typeof value === 'number' ? undefined : value.length
}
