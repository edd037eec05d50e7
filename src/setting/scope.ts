/** What the symbols of the paper mean in a training problem: w_u, g_u, L, d/dt, t+1, Φ, H, … */
import type { Scope, Value } from '../program/indices.ts'
import { dot, scale, sum } from '../program/field.ts'
import { gradient } from '../program/grad.ts'
import type { Expr, Trace } from '../program/program.ts'
import { step } from '../descent/step.ts'
import { velocity } from '../flow/field.ts'
import {
  differences,
  inputs,
  objective,
  parameterGradient,
  parameters,
  weightGradient,
  weights,
  type System,
} from '../flow/objective.ts'
import { losses, margin } from '../loss/loss.ts'
import { wiring } from '../net/architecture.ts'
import { network } from '../net/network.ts'
import { exactOrder, homogeneousPart } from '../net/order.ts'
import { printRatio } from '../program/constant.ts'
import { normalizations } from '../normalization/normalization.ts'
import { systemOf, type DynamicsCase } from './case.ts'
import { nextValue, timeDerivative } from './moves.ts'
import { outputAt } from './point/output.ts'
import { angleValue, variableInputs, variableValue, type Variables } from './variables.ts'

/** The index letter of each family of symbols that is none of nodes. */
const LETTERS: Readonly<Record<string, string>> = { x: 'i', m: 'i', q: 'i', H: 'l', k: 'l' }

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

const lazy = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/**
 * The scope of a training problem. Nodes `u`, `v` range over the trained nodes, layers `l`, `p` over
 * those with one, `i` over points, `j` over outputs; `z_u` is entry u of the first point. `batch` limits descent to the first points.
 */
export function dynamicsScope(F: Trace, c: DynamicsCase, variables: Variables, batch?: number): Scope {
  const system = systemOf(c)
  const { nodes, outputs } = wiring(c.net)
  const { radial, norm: closedNorm } = normalizations[c.normalization]
  const theta = parameters(F, system)
  const w = weights(F, system, theta)
  const x = inputs(F, system)
  const eta = F.input('eta')
  const number = (n: number): Expr => F.constant(`${n}`)

  const trained = nodes.flatMap((node, u) => (node.frozen ? [] : [u]))
  const layers = [...new Set(trained.map((u) => nodes[u]!.layer))]
  const inLayer = (l: number): number[] => trained.filter((u) => nodes[u]!.layer === l)
  const points = x.map((_, i) => i)
  const nominal = homogeneousPart(c.net)
  const orderOf = (layer?: number): Expr | undefined => {
    const H = exactOrder(nominal, layer)
    return 'reason' in H ? undefined : F.constant(printRatio(H))
  }

  const L = lazy(() => objective(F, system, w, x))
  const g = lazy(() => weightGradient(F, system, w, x))
  const leaves = lazy(() => parameterGradient(F, system, theta, L()))
  const velocities = lazy(() => velocity(F, leaves(), eta))
  const steps = lazy(() => {
    if (batch === undefined) return step(F, leaves(), eta)
    const part: System = { ...system, labels: system.labels.slice(0, batch) }
    return step(F, parameterGradient(F, part, theta, objective(F, part, w, x.slice(0, batch))), eta)
  })
  const margins = lazy(() => differences(F, system, w, x).map((d) => margin(F, d)))
  const softmax = lazy(() => {
    const terms = margins().map((m) => F.exp(F.neg(m)))
    const total = sum(F, terms)
    return terms.map((e) => F.div(e, total))
  })
  const entropy = lazy(() =>
    F.neg(
      sum(
        F,
        softmax().map((q) => F.mul(q, F.log(q))),
      ),
    ),
  )

  /** The softmax of −m belongs to losses that fall as the margins grow. */
  const { separates } = losses[c.loss]
  const scalars: Readonly<Record<string, () => Value | undefined>> = {
    L,
    eta: () => eta,
    s: () => F.neg(F.log(L())),
    Ent: () => (separates ? entropy() : undefined),
    k: () => number(trained.length),
    H: () => orderOf(),
    w: () => trained.flatMap((u) => w[u]!),
  }
  const families: Readonly<Record<string, (at: number) => Value | undefined>> = {
    w: (u) => w[u],
    g: (u) => g()[u],
    G: (u) => scale(F, F.neg(F.div(F.constant('1'), L())), g()[u]!),
    a: (u) => F.neg(F.div(dot(F, w[u]!, g()[u]!), L())),
    v: (u) => (radial === undefined ? undefined : theta[u]!.vector),
    alpha: (u) => (radial === 'alpha' ? theta[u]!.radial : undefined),
    gamma: (u) => (radial === 'gamma' ? theta[u]!.radial : undefined),
    x: (i) => x[i],
    m: (i) => margins()[i],
    q: (i) => (separates ? softmax()[i] : undefined),
    z: (u) => x[0]?.[u],
    H: (l) => orderOf(l),
    k: (l) => number(inLayer(l).length),
  }

  /** Data, frozen weights and the numbers of the claim stand still; of the learning rate nothing is known. */
  const fixed = new Set([
    ...x.flat().map((e) => F.nameOf(e)!),
    ...nodes.flatMap((node, u) => (node.frozen ? w[u]!.map((e) => F.nameOf(e)!) : [])),
    ...variableInputs(c.variables).map(([name]) => name),
  ])
  const still = (name: string): boolean => fixed.has(name)
  const outputsAt: Expr[] = []
  return {
    F,
    model: () => [...x.flatMap((point) => network(F, c.net, w, point)), ...outputsAt],
    sets: {
      ...{ u: trained, v: trained, l: layers, p: layers, i: points },
      j: Array.from({ length: outputs }, (_, j) => j),
    },
    members: (letter, group, at) =>
      (letter === 'u' || letter === 'v') && (group === 'l' || group === 'p') ? inLayer(at) : undefined,
    value: (base, index) =>
      index.length === 0
        ? (variableValue(F, c.variables, base) ?? own(scalars, base)?.())
        : index.length === 1
          ? own(families, base)?.(index[0]!)
          : undefined,
    angle: (name) => angleValue(F, variables, name),
    norm: (base, index) =>
      base === 'w' && index.length === 1 ? closedNorm(F, theta[index[0]!]!) : undefined,
    name: c.normalization,
    symbols: [
      ...Object.keys(scalars),
      ...Object.keys(families).map((base) => `${base}_${LETTERS[base] ?? 'u'}`),
    ],
    ddt: (e) => timeDerivative(F, e, velocities(), still, c.normalization),
    next: (e) => nextValue(F, e, steps(), still, c.normalization),
    apply(base, index, args) {
      if (base === 'grad') {
        const [y, by] = args as [Expr, Value]
        if ([by].flat().some((e) => F.ops[e]![0] !== 'input')) return undefined
        return typeof by === 'number' ? gradient(F, y, [by])[0] : gradient(F, y, by)
      }
      const value = outputAt(F, c.net, w, base, index, args)
      if (value !== undefined) outputsAt.push(...([value].flat() as Expr[]))
      return value
    },
  }
}
