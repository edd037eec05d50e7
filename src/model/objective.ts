/** The loss of a net on data, and its gradient in the weights, as traced code. */
import { network } from '../net/network.ts'
import { wiring, type Architecture } from '../net/architecture.ts'
import { grad } from '../program/grad.ts'
import { newTrace, type Expr, type Program, type Trace } from '../program/program.ts'
import { run } from '../program/run.ts'
import { sum } from '../program/field.ts'
import type { Loss } from './loss.ts'

type Vectors = readonly (readonly Expr[])[]

/** The differences at each point, of which the loss is made and the smallest is the margin. */
export function differencesAt(
  F: Trace,
  net: Architecture,
  loss: Loss,
  labels: readonly string[],
  w: Vectors,
  x: Vectors,
): Expr[][] {
  return labels.map((label, i) => loss.differences(F, network(F, net, w, x[i]!), label))
}

/** L = Σ_i ℓ_i at given weights and data. */
export function lossAt(
  F: Trace,
  net: Architecture,
  loss: Loss,
  labels: readonly string[],
  w: Vectors,
  x: Vectors,
): Expr {
  return sum(
    F,
    differencesAt(F, net, loss, labels, w, x).map((own) => loss.term(F, own)),
  )
}

const KEPT = 2000
const gradients = new Map<string, Program>()

/** g_u = ∇_{w_u} L at given weights and data, one vector per node; empty for a frozen node. */
export function weightGradientAt(
  F: Trace,
  net: Architecture,
  loss: Loss,
  labels: readonly string[],
  w: Vectors,
  x: Vectors,
): Expr[][] {
  const { nodes } = wiring(net)
  const entries = (name: string, of: Vectors): string[][] =>
    of.map((vector, k) => vector.map((_, i) => `${name}_${k + 1}_${i + 1}`))
  const [weights, points] = [entries('w', w), entries('x', x)]
  const key = JSON.stringify([net, loss.formula.source, labels])
  let program = gradients.get(key)
  if (program === undefined) {
    const t = newTrace()
    const inputs = (names: readonly string[][]): Expr[][] => names.map((list) => list.map((n) => t.input(n)))
    const value = lossAt(t, net, loss, labels, inputs(weights), inputs(points))
    program = grad(
      t.program([value]),
      nodes.flatMap(({ frozen }, u) => (frozen ? [] : weights[u]!)),
    )
    if (gradients.size >= KEPT) gradients.delete(gradients.keys().next().value!)
    gradients.set(key, program)
  }
  const at = new Map<string, Expr>()
  weights.forEach((names, u) => names.forEach((name, i) => at.set(name, w[u]![i]!)))
  points.forEach((names, p) => names.forEach((name, i) => at.set(name, x[p]![i]!)))
  const flat = run(
    program,
    F,
    program.inputs.map((name) => at.get(name)!),
  )
  let next = 0
  return nodes.map(({ fanIn, frozen }) => (frozen ? [] : flat.slice(next, (next += fanIn))))
}
