/** Charts: the coordinates in which each normalisation is integrated over long runs. */
import { dot, norm, scale } from '../program/field.ts'
import { compile, type Compiled } from '../program/compile.ts'
import { derivative } from '../program/grad.ts'
import { jacobian } from '../program/jacobian.ts'
import { newTrace, trace, type Expr, type Program, type Trace } from '../program/program.ts'
import type { Normalization } from '../normalization/normalization.ts'

/**
 * Coordinates θ of one node with f weights: w itself for Unnorm and EWN; (γ, v) with ‖v‖ = 1 for SWN, so that
 * γ may pass through 0. All flows have ‖v_u(0)‖ = 1.
 */
export interface Chart {
  readonly dimension: number
  /** θ at given weights, which for SWN must not all be 0. */
  start(w: readonly number[]): number[]
  /** θ ↦ w. */
  readonly weights: Compiled
  /** (θ, G) ↦ (θ', w') with dθ/dτ = θ', dw/dτ = w' in loss time, G = −∇_w log L. */
  readonly motion: Compiled
  /** The Jacobian of (w, θ', w') in (θ, G), row by row. */
  readonly slope: Compiled
  /** Puts θ back on its constraint, in place. */
  restore(theta: Float64Array): void
}

const charts = new Map<string, Chart>()

/** The chart of a node with f weights. */
export function chart(normalization: Normalization['name'], f: number): Chart {
  const key = `${normalization} ${f}`
  let known = charts.get(key)
  if (known === undefined) charts.set(key, (known = build(normalization, f)))
  return known
}

/** Loss-time velocities: Unnorm G; EWN ‖w‖² G; SWN (v·G, γ(G − (v·G)v)). */
function velocity(F: Trace, name: Normalization['name'], theta: readonly Expr[], G: readonly Expr[]): Expr[] {
  if (name === 'unnorm') return [...G]
  if (name === 'ewn') return scale(F, F.pow(norm(F, theta), 2), G)
  const [gamma, ...v] = theta
  const radial = dot(F, v, G)
  return [radial, ...G.map((g, i) => F.mul(gamma!, F.sub(g, F.mul(radial, v[i]!))))]
}

function build(name: Normalization['name'], f: number): Chart {
  const dimension = name === 'swn' ? f + 1 : f
  const names = (letter: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${letter}_${i}`)
  const inputs = [...names('t', dimension), ...names('G', f)]
  const weightsOf = (F: Trace, theta: readonly Expr[]): Expr[] =>
    name === 'swn' ? scale(F, theta[0]!, theta.slice(1)) : [...theta]
  const all = (): Program => {
    const F = newTrace()
    const x = inputs.map(F.input)
    const theta = x.slice(0, dimension)
    const w = weightsOf(F, theta)
    const moves = velocity(F, name, theta, x.slice(dimension))
    const along = new Map(theta.map((t, i): [Expr, Expr] => [t, moves[i]!]))
    return F.program([...w, ...moves, ...w.map((e) => derivative(F, e, along))], inputs)
  }
  const program = all()
  return {
    dimension,
    start(w) {
      if (name !== 'swn') return [...w]
      const gamma = Math.hypot(...w)
      return [gamma, ...w.map((x) => x / gamma)]
    },
    weights: compile(trace(inputs.slice(0, dimension), weightsOf)),
    motion: compile({ ...program, outputs: program.outputs.slice(f) }),
    slope: compile(jacobian(program)),
    restore(theta) {
      if (name !== 'swn') return
      const length = Math.hypot(...theta.subarray(1))
      for (let i = 1; i < dimension; i++) theta[i]! /= length
    },
  }
}
