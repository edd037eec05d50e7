/**
 * Charts: the inputs of a case as rational functions of free variables, all norms rational. A vector whose norm is taken
 * by a parameterisation, or that is itself the weight of a node, is ν · (a point of the sphere, stereographically), ν > 0;
 * where w = c·v/‖v‖ the radius is free, so that ‖w‖ is.
 */
import type { Assumed, Chart } from '../../claim/setting.ts'
import { wiring } from '../../net/architecture.ts'
import { sum } from '../../program/field.ts'
import type { Expr, Trace } from '../../program/program.ts'
import { etaOne, unitV, zPositive } from '../assumptions.ts'
import { stereographic } from './stereographic.ts'
import { namesOf, speaksOf, type PointCase } from './case.ts'
import { unitsIn } from './draw.ts'
import { freeOf, type Exact, type Kind } from './kinds.ts'
import { positiveIn } from './solved.ts'
import { partsOf, type Spec } from './spec.ts'

/** The chart around a case. */
export function chartOf(F: Trace, c: PointCase, spec: Spec, assumed: Assumed): Chart {
  const inputs = new Map<string, Expr>()
  const exponentials = new Map<Expr, Expr>()
  const roots: Expr[] = []
  const held = new Set(c.held)
  const positive = positiveIn(assumed)
  /** A premise speaks of the nodes for which its letter stands. */
  const isPositive = (name: string): boolean => {
    const [base, at] = name.split('_')
    return at === undefined
      ? positive.has(name)
      : ['u', 'v'].some(
          (letter) => positive.has(`${base}_${letter}`) && speaksOf(c.chosen, letter, Number(at) - 1),
        )
  }
  const constant = (text: string): Expr => F.constant(text)
  const put = (name: string, value: Exact, entries: readonly Expr[]): void =>
    namesOf(name, value).forEach((key, i) => inputs.set(key, entries[i]!))
  const hold = (name: string, value: Exact): void =>
    put(name, value, typeof value === 'string' ? [constant(value)] : value.map(constant))
  const free = (name: string, value: Exact, kind: Kind, unit = false): void => {
    if (held.has(name)) return hold(name, value)
    if (isPositive(name) && !unit && kind !== 'fraction')
      return put(
        name,
        value,
        namesOf(name, value).map((key) => F.input(`+${key}`)),
      )
    const dimension = typeof value === 'string' ? 1 : value.length
    put(name, value, freeOf(F, name, value, { kind, dimension, unit }))
  }

  /** The parameters of a weight c·v/‖v‖, or the weight itself: v on its sphere, c as its radius. */
  const onSphere = (id: string, of: Readonly<Record<string, Exact>>, fullLength: boolean): void => {
    const { radius } = spec.weights!
    const vector = radius?.vector ?? 'w'
    const entries = of[vector] as readonly string[]
    const t = id === '' ? 't' : `t_${id}`
    const { numerator, denominator } = stereographic(F, t, entries)
    const rho = F.mul(F.input(`+rho_${id}`), denominator)
    const key = (name: string): string => (id === '' ? name : `${name}_${id}`)
    if (radius === undefined) {
      roots.push(rho)
      put(
        key(vector),
        entries,
        numerator.map((n) => F.mul(F.input(`+rho_${id}`), n)),
      )
    } else {
      const nu = fullLength ? constant('1') : F.input(`+nu_${id}`)
      put(
        key(vector),
        entries,
        numerator.map((n) => F.div(F.mul(nu, n), denominator)),
      )
      roots.push(nu, rho)
      const c = radius.parameter
      if (c !== undefined && radius.log) {
        const log = F.input(key(c))
        inputs.set(key(c), log)
        exponentials.set(log, rho)
      } else if (c !== undefined) inputs.set(key(c), (of[c] as string).startsWith('-') ? F.neg(rho) : rho)
    }
  }

  const parts = partsOf(spec)
  const trained = c.net ? wiring(c.net).nodes.map(({ frozen }) => !frozen) : []
  const { radius } = spec.weights ?? {}
  const spherical = spec.weights?.radius !== undefined || spec.weights?.weight.source === 'w_u'
  const inRadius = (name: string): boolean =>
    spherical && (name === (radius?.vector ?? 'w') || name === radius?.parameter)
  c.nodes.forEach((node, u) => {
    const id = `${u + 1}`
    const vector = `${radius?.vector ?? 'w'}_${id}`
    if (spherical && trained[u] && !isPositive(vector) && ![...held].some((name) => name.endsWith(`_${id}`)))
      onSphere(id, node, assumed.has(unitV))
    for (const [name, value] of Object.entries(node))
      if (!inputs.has(namesOf(`${name}_${id}`, value)[0]!))
        free(`${name}_${id}`, value, parts.node.get(name) ?? (typeof value === 'string' ? 'real' : 'vector'))
  })
  c.data?.forEach(({ x }, i) =>
    put(
      `x_${i + 1}`,
      x,
      x.map((entry, j) =>
        held.has('data')
          ? constant(entry)
          : F.input(`${assumed.has(zPositive) ? '+' : ''}x_${i + 1}_${j + 1}`),
      ),
    ),
  )
  const units = unitsIn(assumed)
  const named = spec.model?.kind === 'objective' && radius !== undefined && !held.has(radius.vector)
  if (named) onSphere('', c.values, units.has(radius.vector))
  for (const [name, value] of Object.entries(c.values)) {
    if (named && inRadius(name)) continue
    const kind: Kind =
      spec.variables[name] ??
      parts.named.get(name) ??
      (name === 'eta' ? 'positive' : typeof value === 'string' ? 'real' : 'vector')
    if (name === 'eta' && assumed.has(etaOne)) inputs.set('eta', constant('1'))
    else free(name, value, kind, units.has(name))
    // No vector is 0: the square of its norm is positive.
    if (kind === 'vector' && (Object.hasOwn(spec.variables, name) || parts.named.has(name)))
      roots.push(
        sum(
          F,
          namesOf(name, value).map((key) => F.pow(inputs.get(key)!, 2)),
        ),
      )
  }
  if (spec.model?.kind !== 'nets') roots.unshift(constant('1'))
  return { inputs, exponentials, roots }
}
