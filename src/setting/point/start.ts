/** The start of a run: extra state has the value of its formula there, and is no number of the case. */
import { wiring } from '../../net/architecture.ts'
import { evaluate } from '../../program/formula.ts'
import type { Expr, Trace } from '../../program/program.ts'
import { namesOf, type PointCase, type Values } from './case.ts'
import { lengthOf, stateScope } from './length.ts'
import { partsOf, type Spec } from './spec.ts'

/** The case with zeros for extra state, which has the value of its formula at the start: for its shape alone. */
export function shaped(c: PointCase, spec: Spec): PointCase {
  const { nodeState, state } = partsOf(spec)
  if (nodeState.size + state.size === 0) return c
  const zeros = (n: number | undefined): Values[string] =>
    n === undefined ? '0' : Array.from({ length: n }, () => '0')
  const trained = c.net ? wiring(c.net).nodes.map(({ frozen }) => !frozen) : []
  const nodes = c.nodes.map((node, u): Values =>
    trained[u]
      ? {
          ...node,
          ...Object.fromEntries(
            [...nodeState].map(([name, f]) => [name, zeros(lengthOf(f, c, spec, { u }))]),
          ),
        }
      : node,
  )
  const values = Object.fromEntries(
    [...state].map(([name, f]) => [name, zeros(lengthOf(f, c, spec, {}))] as const),
  )
  return { ...c, nodes, values: { ...c.values, ...values } }
}

/** What is no number of the case at the start: extra state, by its formulas. */
export function startState(T: Trace, c: PointCase, spec: Spec): ReadonlyMap<string, Expr> {
  const { nodeState, state } = partsOf(spec)
  const scope = stateScope(T, c, spec)
  const trained = c.net ? wiring(c.net).nodes.flatMap(({ frozen }, u) => (frozen ? [] : [u])) : []
  const put = (name: string, value: Values[string], made: readonly Expr[]): [string, Expr][] =>
    namesOf(name, value).map((key, i) => [key, made[i]!])
  return new Map([
    ...[...nodeState].flatMap(([name, f]) =>
      trained.flatMap((u) =>
        put(`${name}_${u + 1}`, c.nodes[u]![name]!, [evaluate(f, scope, { u })].flat() as Expr[]),
      ),
    ),
    ...[...state].flatMap(([name, f]) => put(name, c.values[name]!, [evaluate(f, scope)].flat() as Expr[])),
  ])
}
