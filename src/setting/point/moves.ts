/** Moves: velocities or next values of all that a rule moves, from its formulas. */
import { evaluate, type Formula } from '../../program/formula.ts'
import type { Indices, Scope, Value } from '../../program/indices.ts'
import { wiring } from '../../net/architecture.ts'
import { substitute } from '../../program/grad.ts'
import type { Expr, Trace } from '../../program/program.ts'
import { inputsOf } from '../moves.ts'
import type { PointCase } from './case.ts'
import { inputsAt, nodeInput } from './scope.ts'
import { partsOf, type Spec } from './spec.ts'

/** What moves, and what stands still: all else, but a rate that is drawn, of which nothing is known later. */
export interface Moves {
  moving(): ReadonlyMap<Expr, Expr>
  still(name: string): boolean
}

/** One parameter, variable or piece of state that a formula moves. */
interface Target {
  readonly label: string
  readonly value: Value
  readonly formula: Formula
  readonly at: Indices
  readonly isTheta: boolean
}

const flat = (v: Value): readonly Expr[] => (typeof v === 'number' ? [v] : (v as readonly Expr[]))

/** The inputs that a rule moves, by name. */
export const movingNames = (F: Trace, c: PointCase, spec: Spec): string[] =>
  spec.rule ? targetsOf(F, c, spec).flatMap(({ value }) => flat(value).map((e) => F.nameOf(e)!)) : []

/** The velocities (of a flow) or next values (of steps) in one state. @throws SyntaxError for a key that names nothing. */
export function movesIn(F: Trace, c: PointCase, spec: Spec, scope: Scope): Moves {
  const { rule } = spec
  if (rule === undefined) return { moving: () => new Map(), still: () => true }
  const targets = targetsOf(F, c, spec)
  const byInput = new Map<Expr, Target>()
  for (const target of targets)
    for (const e of flat(target.value)) {
      const other = byInput.get(e)
      if (other !== undefined)
        throw new SyntaxError(
          `rule: expected one formula for ${F.nameOf(e)}, got those of ${other.label} and ${target.label}`,
        )
      byInput.set(e, target)
    }
  const made = new Map<Target, readonly Expr[]>()
  const open = new Set<Target>()
  const moved = (target: Target): readonly Expr[] => {
    const known = made.get(target)
    if (known) return known
    if (open.has(target))
      throw new SyntaxError(
        `rule: expected no circle among next values, got one through ${[...open].map(({ label }) => label).join(', ')}`,
      )
    open.add(target)
    const value = flat(evaluate(target.formula, readAt(target), target.at))
    open.delete(target)
    if (value.length !== flat(target.value).length)
      throw new SyntaxError(
        `rule: expected the formula of ${target.label} to have ${flat(target.value).length} entries as it has itself, got ${value.length}`,
      )
    made.set(target, value)
    return value
  }
  const after = (e: Expr): Expr =>
    substitute(
      F,
      e,
      new Map(
        inputsOf(F, e).flatMap((name): [Expr, Expr][] => {
          const input = F.input(name)
          const target = byInput.get(input)
          return target === undefined ? [] : [[input, moved(target)[flat(target.value).indexOf(input)]!]]
        }),
      ),
    )
  const readAt = ({ isTheta, value }: Target): Scope => {
    const { ddt: _, next: __, moment: ___, batch, ...rest } = scope
    const reading = (inner: Scope): Scope => ({
      ...inner,
      ...(rule.time === 'steps' && { next: after }),
      name: `the rule of ${scope.name}`,
      value: (base, index) =>
        isTheta && base === 'theta' && index.length === 0 ? value : inner.value(base, index),
    })
    return { ...reading(rest), ...(batch && { batch: reading(batch) }) }
  }
  let all: Map<Expr, Expr> | undefined
  return {
    moving: () =>
      (all ??= new Map(
        targets.flatMap((target) => flat(target.value).map((e, i): [Expr, Expr] => [e, moved(target)[i]!])),
      )),
    still: (name) => name !== 'eta' || Object.hasOwn(c.formulas, 'eta'),
  }
}

function targetsOf(F: Trace, c: PointCase, spec: Spec): Target[] {
  const { moves } = spec.rule!
  const parts = partsOf(spec)
  const trained = c.net ? wiring(c.net).nodes.flatMap(({ frozen }, u) => (frozen ? [] : [u])) : []
  return [...moves].flatMap(([key, formulas]): Target[] => {
    const chosen = c.formulas[`next ${key}`]
    const formula = formulas.find(({ source }) => source === chosen) ?? formulas[0]!
    const ofNode = (name: string, isTheta: boolean): Target[] =>
      trained.map((u) => ({
        ...{ label: `${name}_u`, value: nodeInput(F, c, name, u)!, formula, at: { u }, isTheta },
      }))
    const named = (name: string, isTheta: boolean): Target => ({
      ...{ label: name, value: inputsAt(F, name, c.values[name]!), formula, at: {}, isTheta },
    })
    if (key === 'theta')
      return [
        ...[...parts.node.keys()].flatMap((name) => ofNode(name, true)),
        ...[...parts.named.keys()].map((name) => named(name, true)),
      ]
    const base = key.replace(/_u$/, '')
    if (base !== key && (parts.node.has(base) || parts.nodeState.has(base))) return ofNode(base, false)
    if (base === key && Object.hasOwn(c.values, key)) return [named(key, false)]
    const known = [
      ...[...parts.node.keys(), ...parts.nodeState.keys()].map((name) => `${name}_u`),
      ...Object.keys(c.values),
    ]
    throw new SyntaxError(`rule: expected one of ${known.join(', ')}, theta to move, got "${key}"`)
  })
}
