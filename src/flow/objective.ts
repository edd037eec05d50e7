/** The objective L of a system, as a function of its weights or of its parameters. */
import { sum } from '../program/field.ts'
import { grad, gradient } from '../program/grad.ts'
import { newTrace, type Expr, type Program, type Trace } from '../program/program.ts'
import { run } from '../program/run.ts'
import { losses, type Loss } from '../loss/loss.ts'
import { network } from '../net/network.ts'
import { wiring, type Architecture } from '../net/architecture.ts'
import { normalizations, type Normalization, type NodeParameters } from '../normalization/normalization.ts'

/** A net, a loss and a normalisation, with the labels of the data that it is trained on. */
export interface System {
  readonly net: Architecture
  readonly loss: Loss['name']
  readonly normalization: Normalization['name']
  /** One label per data point: ±1, or a class index. */
  readonly labels: readonly number[]
}

const list = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)
const vector = (F: Trace, name: string, n: number): Expr[] => list(n).map((i) => F.input(`${name}_${i}`))

/** The traced parameters of a system: `alpha_u`, `v_u_i` (or `gamma_u`, or only `w_u_i`), nodes from 1. */
export function parameters(F: Trace, system: System): NodeParameters<Expr>[] {
  const { radial, vector: name } = normalizations[system.normalization]
  return wiring(system.net).nodes.map((node, u) =>
    node.frozen || radial === undefined
      ? { vector: vector(F, `${node.frozen ? 'w' : name}_${u + 1}`, node.fanIn) }
      : { radial: F.input(`${radial}_${u + 1}`), vector: vector(F, `${name}_${u + 1}`, node.fanIn) },
  )
}

/** The traced weights of a system at given parameters; frozen nodes carry theirs as they are. */
export function weights(
  F: Trace,
  system: System,
  theta: readonly NodeParameters<Expr>[],
): readonly (readonly Expr[])[] {
  const { weight } = normalizations[system.normalization]
  return wiring(system.net).nodes.map((node, u) => (node.frozen ? theta[u]!.vector : weight(F, theta[u]!)))
}

/** The traced data inputs `x_i_j` of a system, one vector per point, points from 1. */
export function inputs(F: Trace, system: System): Expr[][] {
  return system.labels.map((_, i) => vector(F, `x_${i + 1}`, system.net.inputs))
}

/** The differences of outputs whose smallest is the margin, for each point. */
export function differences(
  F: Trace,
  system: System,
  w: readonly (readonly Expr[])[],
  x: readonly (readonly Expr[])[],
): Expr[][] {
  const loss = losses[system.loss]
  return system.labels.map((label, i) => loss.differences(F, network(F, system.net, w, x[i]!), label))
}

/** L = Σ_i ℓ_i at given weights and data. */
export function objective(
  F: Trace,
  system: System,
  w: readonly (readonly Expr[])[],
  x: readonly (readonly Expr[])[],
): Expr {
  const { term } = losses[system.loss]
  return sum(
    F,
    differences(F, system, w, x).map((d) => term(F, d)),
  )
}

const gradients = new Map<string, Program>()

/** g_u = ∇_{w_u} L at given weights and data, one vector per node; empty for a frozen node. */
export function weightGradient(
  F: Trace,
  system: System,
  w: readonly (readonly Expr[])[],
  x: readonly (readonly Expr[])[],
): Expr[][] {
  const { nodes } = wiring(system.net)
  const named = nodes.map(({ fanIn }, u) => list(fanIn).map((i) => `w_${u + 1}_${i}`))
  const key = JSON.stringify([system.net, system.loss, system.labels])
  let program = gradients.get(key)
  if (program === undefined) {
    const t = newTrace()
    const value = objective(
      t,
      system,
      named.map((names) => names.map((name) => t.input(name))),
      inputs(t, system),
    )
    program = grad(
      t.program([value]),
      nodes.flatMap(({ frozen }, u) => (frozen ? [] : named[u]!)),
    )
    gradients.set(key, program)
  }
  const at = new Map<string, Expr>()
  named.forEach((names, u) => names.forEach((name, i) => at.set(name, w[u]![i]!)))
  x.forEach((point, i) => point.forEach((e, j) => at.set(`x_${i + 1}_${j + 1}`, e)))
  const flat = run(
    program,
    F,
    program.inputs.map((name) => at.get(name)!),
  )
  let next = 0
  return nodes.map(({ fanIn, frozen }) => (frozen ? [] : flat.slice(next, (next += fanIn))))
}

/** ∇_θ L: the partial derivative of a traced objective at each trained parameter. */
export function parameterGradient(
  F: Trace,
  system: System,
  theta: readonly NodeParameters<Expr>[],
  value: Expr,
): Map<Expr, Expr> {
  const { nodes } = wiring(system.net)
  const leaves = theta.flatMap(({ radial, vector }, u) =>
    nodes[u]!.frozen ? [] : radial === undefined ? vector : [radial, ...vector],
  )
  const g = gradient(F, value, leaves)
  return new Map(leaves.map((leaf, i) => [leaf, g[i]!]))
}
