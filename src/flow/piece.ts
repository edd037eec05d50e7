/** Pieces: a net between its kinks, as compiled code for its differences and their two derivatives. */
import { losses } from '../loss/loss.ts'
import { activation } from '../net/activation.ts'
import { wiring } from '../net/architecture.ts'
import { network } from '../net/network.ts'
import { compile, type Compiled } from '../program/compile.ts'
import { byRelu } from '../program/field.ts'
import { derivative } from '../program/grad.ts'
import { jacobian } from '../program/jacobian.ts'
import { newTrace, trace, type Expr, type Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { reluOnly } from './jet.ts'
import type { System } from './objective.ts'

/** The unit whose activation meets its kink at the argument of one `relu` or `step`; both from 1. */
export interface KinkUnit {
  readonly layer: number
  readonly unit: number
}

/**
 * One data point of a net whose kinks are switched by a pattern k ∈ {0, 1}^K: relu(z_j) reads k_j z_j, and
 * step(z_j) reads k_j. All functions take one vector: the weights of all nodes, x, k, then for the
 * derivatives coefficients c (one per difference) and velocities v (one per trained weight).
 */
export interface Piece {
  readonly differences: number
  readonly kinks: readonly KinkUnit[]
  /** The differences d_a of the loss, then the arguments z_j of the kinks. */
  readonly values: Compiled
  /** ∂d_a/∂w, row by row, for the trained weights. */
  readonly slopes: Compiled
  /** Σ_a c_a ∂²d_a/∂w², row by row, then (∂²d_a/∂w²) v for each a. */
  readonly bends: Compiled
  /** The velocities of the z_j when w moves with v. */
  readonly turns: Compiled
}

const pieces = new Map<string, Piece>()

/**
 * The piece of a net for points with one label. With its sides given, roots and quotients in its activations are
 * switched off with the kinks they stand behind: relu(z)^(3/2) has all derivatives 0 where z < 0.
 */
export function piece(
  { net, loss }: Pick<System, 'net' | 'loss'>,
  label: number,
  given?: ArrayLike<number>,
): Piece {
  const sides = given !== undefined && net.layers.some(isRough) ? Array.from(given) : undefined
  const key = JSON.stringify([net, loss, label, sides])
  let known = pieces.get(key)
  if (known === undefined) pieces.set(key, (known = build({ net, loss }, label, sides)))
  return known
}

/** Whether an activation has operations that may have no value or no derivative. */
const isRough = ({ activation: formula }: System['net']['layers'][number]): boolean =>
  activation(formula).ops.some(([name]) => name === 'sqrt' || name === 'div' || name === 'log')

function build(
  { net, loss }: Pick<System, 'net' | 'loss'>,
  label: number,
  sides: readonly number[] | undefined,
): Piece {
  const { nodes } = wiring(net)
  const named = nodes.map(({ fanIn }, u) => Array.from({ length: fanIn }, (_, i) => `w_${u + 1}_${i + 1}`))
  const trained = nodes.flatMap(({ frozen }, u) => (frozen ? [] : named[u]!))
  const x = Array.from({ length: net.inputs }, (_, j) => `x_${j + 1}`)

  const F = newTrace()
  const units = unitsOfKinks(net)
  const kinks: KinkUnit[] = []
  const at = new Map<Expr, Expr>()
  let calls = 0
  const pattern = (z: Expr): Expr => {
    const unit = units[calls++]!
    let k = at.get(z)
    if (k === undefined) {
      const side = sides?.[kinks.length]
      k = side === undefined ? F.input(`k_${kinks.length + 1}`) : F.constant(`${side}`)
      at.set(z, k)
      kinks.push(unit)
    }
    return k
  }
  const cut = { ...F, relu: (z: Expr) => F.mul(pattern(z), z), step: pattern }
  const smooth = { ...cut, ...byRelu(cut) }
  const outputs = network(
    smooth,
    net,
    named.map((names) => names.map(F.input)),
    x.map(F.input),
  )
  const d = losses[loss].differences(F, outputs, label)
  const k = kinks.map((_, j) => `k_${j + 1}`)
  const point = [...named.flat(), ...x, ...k]
  const values = F.program([...d, ...at.keys()], point)
  const differences = F.program(d, point)
  const slopes = jacobian(differences, trained)

  const c = d.map((_, a) => `c_${a + 1}`)
  const v = trained.map((name) => `v${name.slice(1)}`)
  const everything = [...point, ...c, ...v]
  const n = trained.length
  /** Values with what they become when the trained weights move with v. */
  const moving = (program: Program): Program =>
    trace(everything, (T) => {
      const velocities = new Map(trained.map((name, i): [Expr, Expr] => [T.input(name), T.input(v[i]!)]))
      return run(program, T, point.map(T.input)).map((e) => derivative(T, e, velocities))
    })
  const weighted = trace([...point, ...c], (T) => {
    const rows = run(slopes, T, point.map(T.input))
    return trained.map((_, i) =>
      c.map((name, a) => T.mul(T.input(name), rows[a * n + i]!)).reduce((p, q) => T.add(p, q)),
    )
  })
  const hessian = jacobian(weighted, trained)
  const bends = trace(everything, (T, inputs) => [
    ...run(hessian, T, inputs.slice(0, point.length + c.length)),
    ...run(moving(slopes), T, inputs),
  ])
  return {
    differences: d.length,
    kinks,
    values: compile(values),
    slopes: compile(slopes),
    bends: compile(bends),
    turns: compile(moving({ ...values, outputs: values.outputs.slice(d.length) })),
  }
}

/** The unit of each `relu` and `step` that a network evaluates, in the order of evaluation. */
function unitsOfKinks(net: System['net']): KinkUnit[] {
  return wiring(net).layers.flatMap((units, l) => {
    const kinks = reluOnly(activation(net.layers[l]!.activation)).ops.filter(
      ([name]) => name === 'relu' || name === 'step',
    )
    return units.flatMap((_, u) => kinks.map(() => ({ layer: l + 1, unit: u + 1 })))
  })
}
