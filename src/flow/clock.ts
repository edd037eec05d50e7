/** Clocks: gradient flow as a field x' = f(x) in real time t, loss time τ or log-loss time s. */
import { separating } from '../loss/loss.ts'
import { wiring } from '../net/architecture.ts'
import { normalizations, type NodeParameters } from '../normalization/normalization.ts'
import { fold } from '../program/constant.ts'
import { byRelu, dot, norm, scale, sum } from '../program/field.ts'
import { formulaProgram } from '../program/formula.ts'
import { derivative, gradient } from '../program/grad.ts'
import { newTrace, type Expr, type Program, type Trace } from '../program/program.ts'
import { run } from '../program/run.ts'
import { differences, objective, parameters, weights, type System } from './objective.ts'

/** Real time t; loss time τ, dτ = L dt; log-loss time s = −log L. */
export type Clock = 't' | 'tau' | 's'

/** A gradient flow: a system, its start and its data, all numbers exact literals. */
export interface GradientFlow {
  readonly system: System
  /** Parameters (α_u or γ_u, and v_u); or a vector alone, which is w_u itself, with ‖v_u‖ = 1. */
  readonly nodes: readonly NodeParameters<string>[]
  readonly data: readonly (readonly string[])[]
  /** The learning rate η > 0 as a formula of t and L; 1 if absent. */
  readonly rate?: string
}

/** A field, where it starts, and what its state means. */
export interface ClockedField {
  /** The clock in which x' = f(x) runs. */
  readonly clock: Clock
  /**
   * x' = f(x). The state, as its inputs name it, is the trained weights `w_u_i` (or parameters `alpha_u`,
   * `gamma_u`, `v_u_i`), then `lambda` = log L, then `L` where f needs it (cross-entropy, a learning rate,
   * or the clock t), the relative losses `p_i` (cross-entropy: `p_i_j`), and `q` = t·L.
   */
  readonly field: Program
  /** No inputs; the state at t = 0, then the clock there (0, or s = −λ). */
  readonly start: Program
  /** From the state: all weights w_u_i, node by node, frozen ones included. */
  readonly weights: Program
  /** From the state: log t = log q − λ, which exists for t > 0 and never overflows. */
  readonly logTime: Program
  /**
   * The operation of the field that is the rate η, if there is one: the argument of a `relu`, so that it is seen
   * where it ceases to be positive. The flow ends there.
   */
  readonly rate?: number
}

/** What a clock multiplies the velocities of the clock τ by, and dt/dclock in units of 1/L. */
interface Speed {
  readonly factor: Expr
  readonly time: Expr
}

/**
 * The field of gradient flow dθ/dt = −η ∇_θ L in a clock, followed in the weights or in the parameters.
 *
 * With λ = log L, relative losses p_ij = −(∂L/∂d_ij)/L of the differences d_ij (for exponential loss
 * p_i = e^{−m_i−λ}) and G = Σ p_ij ∇d_ij, so that −∇L = L·G, it reads in the clock τ
 *
 *     w_u' = η (‖w_u‖²/ν_u²) G_u + η c_u (w_uᵀG_u) w_u     c_u = 1 − 1/ν_u² (EWN), 1/‖w_u‖² − 1/ν_u² (SWN)
 *     λ' = −Σ p_ij d_ij' = −G·w',   L' = L λ',   q' = 1 + q λ'
 *     p_ij' = p_ij (−d_ij' − (3 − 2Σp) λ')                   exponential; 3 − 2Σp = 1 keeps Σp = 1 stable
 *     p_ij' = p_ij (−d_ij' − λ' + L Σ_k p_ik d_ik')          cross-entropy
 *
 * with ν_u = ‖v_u‖, which the flow conserves, and w_u' = η G_u for Unnorm. The clock t multiplies this by
 * dτ/dt = L, the clock s by dτ/ds = 1/(G·w'). It is polynomial in the clocks t and τ for EWN and Unnorm in
 * the weights of a polynomial net, and rational for SWN and in the clock s, as long as η is so in t and L;
 * in the parameters α, γ, v it has exponentials and square roots too. Nothing in it overflows or underflows as
 * L → 0. A rate η enters as relu(η), which is η as long as the flow goes on. Sums Σ p_ij are 1 (exponential) or at most 1 (cross-entropy).
 *
 * In absolute precision a digit is lost for each factor of ten by which a relative loss grows (exponential), or
 * by which L or some 1 − L p_ij falls below 1 (cross-entropy): ask for as many more.
 *
 * @throws RangeError for sizes that do not fit; SyntaxError for an unreadable rate.
 * Source: Theorem 1, eq. (5) and (6), for ν_u = 1; eq. (1)–(4) for the parameters.
 */
export function clockedField(
  flow: GradientFlow,
  clock: Clock,
  space: 'weights' | 'parameters' = 'weights',
): ClockedField {
  const { system, rate } = flow
  check(flow)
  const { nodes } = wiring(system.net)
  const chart: System = space === 'weights' ? { ...system, normalization: 'unnorm' } : system
  const bounded = system.loss === 'cross-entropy'
  const T = newTrace()
  const F: Trace = { ...T, ...byRelu(T) }
  const theta = parameters(F, chart).map((own, u) =>
    nodes[u]!.frozen ? { vector: flow.nodes[u]!.vector.map((c) => F.constant(c)) } : own,
  )
  const w = weights(F, chart, theta)
  const d = differences(F, system, w, points(F, flow))
  const p = d.map((own, i) => own.map((_, j) => F.input(bounded ? `p_${i + 1}_${j + 1}` : `p_${i + 1}`)))
  const [lambda, q] = [F.input('lambda'), F.input('q')]
  const carriesLoss = bounded || clock === 't' || rate !== undefined
  const loss = carriesLoss ? F.input('L') : F.constant('1')

  const leaves = trained(flow, theta)
  const pull = gradient(F, dot(F, p.flat(), d.flat()), leaves)
  const eta =
    rate === undefined
      ? F.constant('1')
      : run(formulaProgram(rate, ['t', 'L']), F, [F.div(q, loss), loss])[0]!
  const direction = scale(
    F,
    rate === undefined ? eta : F.relu(eta),
    space === 'weights' ? steer(F, flow, w, leaves, pull) : pull,
  )
  const { factor, time } = speed(F, clock, loss, dot(F, pull, direction))
  const velocity = scale(F, factor, direction)

  const moves = new Map(leaves.map((leaf, k) => [leaf, velocity[k]!]))
  const slopes = d.map((own) => own.map((e) => derivative(F, e, moves)))
  const descent = clock === 's' ? F.constant('1') : dot(F, p.flat(), slopes.flat())
  const fall = bounded ? descent : F.mul(descent, pinned(F, p.flat()))
  const shares = p.flatMap((own, i) => {
    const coupling = bounded ? F.mul(loss, dot(F, own, slopes[i]!)) : F.constant('0')
    return own.map((e, j) => F.mul(e, F.add(F.sub(fall, slopes[i]![j]!), coupling)))
  })
  const state = [...leaves, lambda, ...(carriesLoss ? [loss] : []), ...p.flat(), q]
  const field = [
    ...velocity,
    F.neg(descent),
    ...(carriesLoss ? [F.neg(F.mul(loss, descent))] : []),
    ...shares,
    F.sub(time, F.mul(q, descent)),
  ]
  const named = F.program(state)
  const names = named.outputs.map((e) => named.inputs[named.ops[e]![1] as number]!)
  // Of a rate that is a relu itself, the argument is what comes to 0.
  const op = F.ops[eta]!
  const whole = F.program([...field, op[0] === 'relu' ? (op[1] as Expr) : eta], names)
  return {
    clock,
    field: rate === undefined ? F.program(field, names) : { ...whole, outputs: whole.outputs.slice(0, -1) },
    ...(rate !== undefined && { rate: whole.outputs.at(-1)! }),
    start: startOf(flow, chart, clock, carriesLoss),
    weights: F.program(w.flat(), names),
    logTime: F.program([F.sub(F.log(q), lambda)], names),
  }
}

/**
 * 3 − 2Σp, which is 1. Relative losses with Σp = 1 + δ would drift off by δ' = −λ'δ, that is like 1/L, if
 * p' = p(−d' − λ'); with this factor at λ' they return by δ' = λ'δ instead.
 */
function pinned(F: Trace, p: readonly Expr[]): Expr {
  return F.sub(F.constant('3'), F.mul(F.constant('2'), sum(F, p)))
}

function check({ system, nodes, data }: GradientFlow): void {
  if (!separating.includes(system.loss))
    throw new RangeError(`flow: expected the loss ${separating.join(' or ')}, got ${system.loss}`)
  const wired = wiring(system.net).nodes
  if (nodes.length !== wired.length)
    throw new RangeError(`flow: expected ${wired.length} nodes, got ${nodes.length}`)
  wired.forEach(({ fanIn }, u) => {
    const length = nodes[u]!.vector.length
    if (length !== fanIn) throw new RangeError(`flow: expected node ${u + 1} in R^${fanIn}, got R^${length}`)
  })
  if (data.length === 0 || data.length !== system.labels.length)
    throw new RangeError(`flow: expected one label per data point, got ${system.labels.length} labels`)
}

const points = (F: Trace, { data }: GradientFlow): Expr[][] =>
  data.map((x) => x.map((entry) => F.constant(entry)))

/** The traced parameters that move, in order. */
function trained({ system }: GradientFlow, theta: readonly NodeParameters<Expr>[]): Expr[] {
  const { nodes } = wiring(system.net)
  return theta.flatMap(({ radial, vector }, u) =>
    nodes[u]!.frozen ? [] : radial === undefined ? vector : [radial, ...vector],
  )
}

/** w_u' at η = 1 in the clock τ, from G_u and the constant ν_u² = ‖v_u‖². */
function steer(
  F: Trace,
  { system, nodes }: GradientFlow,
  w: readonly (readonly Expr[])[],
  leaves: readonly Expr[],
  pull: readonly Expr[],
): Expr[] {
  if (system.normalization === 'unnorm') return [...pull]
  const at = new Map(leaves.map((leaf, k) => [leaf, pull[k]!]))
  const one = F.constant('1')
  return wiring(system.net).nodes.flatMap(({ frozen }, u) => {
    if (frozen) return []
    const G = w[u]!.map((e) => at.get(e)!)
    const { radial, vector } = nodes[u]!
    const square =
      radial === undefined ? '1' : vector.reduce((s, v) => fold('add', s, fold('mul', v, v)!)!, '0')
    const inverse = F.div(one, F.constant(square))
    const length = dot(F, w[u]!, w[u]!)
    const along = F.sub(system.normalization === 'ewn' ? one : F.div(one, length), inverse)
    const radially = scale(F, F.mul(along, dot(F, w[u]!, G)), w[u]!)
    return scale(F, F.mul(length, inverse), G).map((e, i) => F.add(e, radially[i]!))
  })
}

function speed(F: Trace, clock: Clock, loss: Expr, fall: Expr): Speed {
  if (clock === 'tau') return { factor: F.constant('1'), time: F.constant('1') }
  if (clock === 't') return { factor: loss, time: loss }
  const inverse = F.div(F.constant('1'), fall)
  return { factor: inverse, time: inverse }
}

/** The state at t = 0 and the clock there. */
function startOf(flow: GradientFlow, chart: System, clock: Clock, carriesLoss: boolean): Program {
  const { system } = flow
  const { weight, radial: kind } = normalizations[system.normalization]
  const F = newTrace()
  const theta = flow.nodes.map(({ radial, vector: entries }, u): NodeParameters<Expr> => {
    const vector = entries.map((c) => F.constant(c))
    if (wiring(system.net).nodes[u]!.frozen || kind === undefined) return { vector }
    if (radial !== undefined) {
      const own = { radial: F.constant(radial), vector }
      return chart.normalization === 'unnorm' ? { vector: weight(F, own) } : own
    }
    if (chart.normalization === 'unnorm') return { vector }
    const length = norm(F, vector)
    return {
      radial: kind === 'alpha' ? F.log(length) : length,
      vector: vector.map((e) => F.div(e, length)),
    }
  })
  const w = weights(F, chart, theta)
  const x = points(F, flow)
  const L = objective(F, system, w, x)
  const lambda = F.log(L)
  const p = differences(F, system, w, x).flatMap((own) => {
    if (system.loss === 'exponential') return own.map((d) => F.exp(F.neg(F.add(d, lambda))))
    const odds = own.map((d) => F.exp(F.neg(d)))
    const total = F.mul(F.add(F.constant('1'), sum(F, odds)), L)
    return odds.map((e) => F.div(e, total))
  })
  const zero = F.constant('0')
  const state = [...trained(flow, theta), lambda, ...(carriesLoss ? [L] : []), ...p, zero]
  return F.program([...state, clock === 's' ? F.neg(lambda) : zero], [])
}
