/** The log-loss clock: gradient flow with s = −log L as its time, its field and its Jacobian in float64. */
import { wiring } from '../net/architecture.ts'
import { chart, type Chart } from './chart.ts'
import { softmax } from './logloss.ts'
import type { System } from './objective.ts'
import { piece } from './piece.ts'
import type { StiffProblem } from './stiff.ts'

/*
 * With d_a the differences of the loss, p_a = −(∂L/∂d_a)/L, G = Σ p_a ∇d_a = −∇ log L, w' the loss-time
 * velocity of the normalisation (a linear function of G), D_a = ∇d_a · w' and Q = Σ p_a D_a = −(dL/dt)/L²,
 *
 *     dθ/ds = θ'/Q,   dε_a/ds = D_a/Q − 1,   du/ds = −u + 1/Q,
 *
 * where ε_a = d_a − s and u = L·t. The weights p are functions of the ε alone: no digit is lost in d_a − s,
 * however large s is. d_a(w) = s + ε_a stays true along the exact flow, so it measures the error of a run.
 */

/** A system with its data and all its weights: one vector per node (frozen ones stay), one per point. */
export interface Start {
  readonly system: System
  readonly weights: readonly (readonly number[])[]
  readonly data: readonly (readonly number[])[]
}

/** Whether each kink of each point is on its positive side: 1 or 0. */
export type Pattern = readonly Uint8Array[]

/** What a state (θ, ε, u) means at clock s. */
export interface Reading {
  readonly weights: readonly (readonly number[])[]
  /** G_u = −∇_{w_u} log L, one vector per node; empty where frozen. */
  readonly gradient: readonly (readonly number[])[]
  /** m_i − s: the smallest excess of each point. */
  readonly gaps: readonly number[]
  /** d_a − s, for each difference. */
  readonly excess: readonly number[]
  readonly softmax: readonly number[]
  readonly Q: number
  readonly u: number
  /** max_a |d_a(w) − s − ε_a| / max(1, max_a |d_a(w)|). */
  readonly drift: number
}

/** Gradient flow in the clock s between two kinks. The state is (θ_1, …, θ_k, ε, u). */
export interface LogClock extends StiffProblem {
  /** The state at given differences. */
  state(weights: Start['weights'], excess: Float64Array, u: number): Float64Array
  read(s: number, y: Float64Array): Reading
  /** The arguments of the kinks of each point. */
  kinks(y: Float64Array): Float64Array[]
  /** Their velocities in s. */
  turns(s: number, y: Float64Array): Float64Array[]
  /** Puts a state back on the constraints of its charts, in place. */
  restore(y: Float64Array): void
}

/** The differences d_a at the start, the point of each, and the pattern of its kinks (z > 0). */
export function observe({ system, weights, data }: Start): {
  readonly differences: Float64Array
  readonly pointOf: Int32Array
  readonly pattern: Pattern
} {
  const differences: number[] = []
  const pointOf: number[] = []
  const pattern = data.map((x, i) => {
    const p = piece(system, system.labels[i]!)
    const z = new Uint8Array(p.kinks.length)
    let values: Float64Array = new Float64Array()
    // The sides of one layer are right once those of the layers below are.
    for (let pass = 0; pass <= system.net.layers.length; pass++) {
      values = p.values([...weights.flat(), ...x, ...z])
      z.forEach((_, j) => (z[j] = values[p.differences + j]! > 0 ? 1 : 0))
    }
    for (let a = 0; a < p.differences; a++) {
      differences.push(values[a]!)
      pointOf.push(i)
    }
    return z
  })
  return { differences: Float64Array.from(differences), pointOf: Int32Array.from(pointOf), pattern }
}

interface Node {
  readonly index: number
  readonly chart: Chart
  readonly fanIn: number
  /** Where its coordinates start in the state, its weights among the trained ones, and among all. */
  readonly theta: number
  readonly trained: number
  readonly all: number
}

/** The flow of a system in the clock s for one pattern of its kinks. */
export function logClock({ system, weights: given, data }: Start, pattern: Pattern): LogClock {
  const nodes: Node[] = []
  let [theta, trained, all] = [0, 0, 0]
  wiring(system.net).nodes.forEach(({ fanIn, frozen }, index) => {
    if (!frozen) {
      const own = chart(system.normalization, fanIn)
      nodes.push({ index, chart: own, fanIn, theta, trained, all })
      theta += own.dimension
      trained += fanIn
    }
    all += fanIn
  })
  const [T, n] = [theta, trained]
  const points = data.map((x, i) => {
    const p = piece(system, system.labels[i]!, pattern[i]!)
    const input = Float64Array.from([
      ...given.flat(),
      ...x,
      ...pattern[i]!,
      ...new Array<number>(p.differences + n).fill(0),
    ])
    const [coefficients, velocity] = [input.length - p.differences - n, input.length - n]
    return { p, input, coefficients, velocity, bends: new Float64Array(n * n + p.differences * n) }
  })
  const pointOf = Int32Array.from(points.flatMap(({ p }, i) => new Array<number>(p.differences).fill(i)))
  const P = pointOf.length
  const dimension = T + P + 1

  const C = new Float64Array(P * n)
  const rows = points.map(({ p }, i) => C.subarray(pointOf.indexOf(i) * n).subarray(0, p.differences * n))
  const [G, V, N, D] = [new Float64Array(n), new Float64Array(n), new Float64Array(T), new Float64Array(P)]
  const argument = nodes.map(({ chart, fanIn }) => new Float64Array(chart.dimension + fanIn))
  const motion = nodes.map(({ chart, fanIn }) => new Float64Array(chart.dimension + fanIn))
  const buffer = nodes.map(({ fanIn }) => new Float64Array(fanIn))

  const place = (y: Float64Array): void =>
    nodes.forEach(({ chart, theta, all }, u) => {
      const own = argument[u]!
      for (let i = 0; i < chart.dimension; i++) own[i] = y[theta + i]!
      const w = chart.weights(own, buffer[u])
      for (const { input } of points) input.set(w, all)
    })

  /** Everything at one state; the arrays above hold C, G, V, N and D afterwards. */
  const evaluate = (s: number, y: Float64Array): { p: Float64Array; shares: Float64Array; Q: number } => {
    const { weights: p, shares } = softmax(system.loss, s, y.subarray(T, T + P), pointOf)
    place(y)
    points.forEach(({ p: { slopes }, input }, i) => slopes(input, rows[i]))
    G.fill(0)
    for (let a = 0; a < P; a++) if (p[a] !== 0) for (let j = 0; j < n; j++) G[j]! += p[a]! * C[a * n + j]!
    nodes.forEach(({ chart, fanIn, theta, trained }, u) => {
      const own = argument[u]!
      for (let i = 0; i < fanIn; i++) own[chart.dimension + i] = G[trained + i]!
      const moves = chart.motion(own, motion[u])
      for (let i = 0; i < chart.dimension; i++) N[theta + i] = moves[i]!
      for (let i = 0; i < fanIn; i++) V[trained + i] = moves[chart.dimension + i]!
    })
    let Q = 0
    for (let a = 0; a < P; a++) {
      let sum = 0
      for (let j = 0; j < n; j++) sum += C[a * n + j]! * V[j]!
      D[a] = sum
      Q += p[a]! * sum
    }
    return { p, shares, Q }
  }

  return {
    dimension,
    state(weights, excess, u) {
      const y = new Float64Array(dimension)
      for (const { index, chart, theta } of nodes) y.set(chart.start(weights[index]!), theta)
      y.set(excess, T)
      y[T + P] = u
      return y
    },
    field(s, y, out) {
      const { Q } = evaluate(s, y)
      for (let i = 0; i < T; i++) out[i] = N[i]! / Q
      for (let a = 0; a < P; a++) out[T + a] = D[a]! / Q - 1
      out[T + P] = 1 / Q - y[T + P]!
    },
    jacobian(s, y, out) {
      const { p, shares, Q } = evaluate(s, y)
      jacobianAt(p, shares, Q, out)
    },
    scale(_, y, out) {
      nodes.forEach(({ chart, fanIn, theta }) => {
        const radial = chart.dimension - fanIn
        const length = Math.hypot(...y.subarray(theta + radial, theta + chart.dimension))
        for (let i = radial; i < chart.dimension; i++)
          out[theta + i] = Math.max(Math.abs(y[theta + i]!), 1e-3 * (length || 1), 1e-100)
      })
      const radii = nodes.filter(({ chart, fanIn }) => chart.dimension > fanIn).map(({ theta }) => theta)
      const largest = radii.reduce((most, i) => Math.max(most, Math.abs(y[i]!)), 0)
      for (const i of radii) out[i] = Math.max(Math.abs(y[i]!), 1e-3 * largest)
      for (let a = 0; a < P; a++) out[T + a] = Math.max(1, y[T + a]!, -1e-3 * y[T + a]!)
      out[T + P] = Math.max(Math.abs(y[T + P]!), 1e-6)
    },
    read(s, y) {
      const { p, Q } = evaluate(s, y)
      const gaps = points.map(() => Infinity)
      for (let a = 0; a < P; a++) gaps[pointOf[a]!] = Math.min(gaps[pointOf[a]!]!, y[T + a]!)
      const w = given.map((vector) => [...vector])
      const g = given.map((): readonly number[] => [])
      for (const { index, fanIn, trained, all } of nodes) {
        w[index] = [...points[0]!.input.subarray(all, all + fanIn)]
        g[index] = [...G.subarray(trained, trained + fanIn)]
      }
      const d = points.flatMap(({ p: piece, input }) => [
        ...piece.values(input).subarray(0, piece.differences),
      ])
      const size = d.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
      const drift = d.reduce((most, value, a) => Math.max(most, Math.abs(value - s - y[T + a]!)), 0) / size
      return {
        ...{ weights: w, gradient: g, gaps, excess: [...y.subarray(T, T + P)], softmax: [...p] },
        ...{ Q, u: y[T + P]!, drift },
      }
    },
    kinks(y) {
      place(y)
      return points.map(({ p, input }) => p.values(input).subarray(p.differences))
    },
    turns(s, y) {
      const { Q } = evaluate(s, y)
      return points.map(({ p, input, velocity }) => {
        input.set(V, velocity)
        return p.turns(input).map((turn) => turn / Q)
      })
    },
    restore(y) {
      for (const { chart, theta } of nodes) chart.restore(y.subarray(theta, theta + chart.dimension))
    },
  }

  /** The chain rule through G, the charts and Q; `evaluate` has just run at the same state. */
  function jacobianAt(p: Float64Array, shares: Float64Array, Q: number, out: Float64Array): void {
    const m = T + P
    const H = new Float64Array(n * n)
    const bend = new Float64Array(P * n)
    let first = 0
    points.forEach(({ p: piece, input, coefficients, velocity, bends }) => {
      input.set(p.subarray(first, first + piece.differences), coefficients)
      input.set(V, velocity)
      piece.bends(input, bends)
      for (let k = 0; k < n * n; k++) H[k]! += bends[k]!
      bend.set(bends.subarray(n * n), first * n)
      first += piece.differences
    })

    // dG, dθ' and dw' in the directions of the state; dD and dQ follow.
    const [dG, dN, dV] = [new Float64Array(n * m), new Float64Array(T * m), new Float64Array(n * m)]
    const slopes = nodes.map(({ chart }, u) => chart.slope(argument[u]!))
    nodes.forEach(({ chart, fanIn, theta, trained }, u) => {
      const width = chart.dimension + fanIn
      for (let i = 0; i < n; i++)
        for (let j = 0; j < fanIn; j++) {
          const h = H[i * n + trained + j]!
          if (h !== 0)
            for (let k = 0; k < chart.dimension; k++) dG[i * m + theta + k]! += h * slopes[u]![j * width + k]!
        }
    })
    const perPoint = points.map(() => ({ G: new Float64Array(n), Q: 0 }))
    for (let a = 0; a < P; a++) {
      const own = perPoint[pointOf[a]!]!
      own.Q += p[a]! * D[a]!
      for (let i = 0; i < n; i++) own.G[i]! += p[a]! * C[a * n + i]!
    }
    for (let b = 0; b < P; b++) {
      const own = perPoint[pointOf[b]!]!
      for (let i = 0; i < n; i++) dG[i * m + T + b] = p[b]! * (G[i]! - C[b * n + i]!) + shares[b]! * own.G[i]!
    }
    nodes.forEach(({ chart, fanIn, theta, trained }, u) => {
      const { dimension: t } = chart
      const width = t + fanIn
      const slope = slopes[u]!
      const fill = (target: Float64Array, row: number, from: number): void => {
        for (let k = 0; k < t; k++) target[row * m + theta + k]! += slope[from * width + k]!
        for (let j = 0; j < fanIn; j++) {
          const g = slope[from * width + t + j]!
          if (g === 0) continue
          const source = (trained + j) * m
          for (let k = 0; k < m; k++) target[row * m + k]! += g * dG[source + k]!
        }
      }
      for (let i = 0; i < t; i++) fill(dN, theta + i, fanIn + i)
      for (let i = 0; i < fanIn; i++) fill(dV, trained + i, fanIn + t + i)
    })
    const dD = new Float64Array(P * m)
    const dQ = new Float64Array(m)
    for (let a = 0; a < P; a++) {
      for (let i = 0; i < n; i++) {
        const c = C[a * n + i]!
        if (c !== 0) for (let k = 0; k < m; k++) dD[a * m + k]! += c * dV[i * m + k]!
      }
      nodes.forEach(({ chart, fanIn, theta, trained }, u) => {
        const width = chart.dimension + fanIn
        for (let j = 0; j < fanIn; j++)
          for (let k = 0; k < chart.dimension; k++)
            dD[a * m + theta + k]! += bend[a * n + trained + j]! * slopes[u]![j * width + k]!
      })
      for (let k = 0; k < m; k++) dQ[k]! += p[a]! * dD[a * m + k]!
    }
    for (let b = 0; b < P; b++) dQ[T + b]! += p[b]! * (Q - D[b]!) + shares[b]! * perPoint[pointOf[b]!]!.Q

    out.fill(0)
    const row = (i: number, value: number, derivative: Float64Array, from: number): void => {
      for (let k = 0; k < m; k++)
        out[i * dimension + k] = (derivative[from * m + k]! - (value / Q) * dQ[k]!) / Q
    }
    for (let i = 0; i < T; i++) row(i, N[i]!, dN, i)
    for (let a = 0; a < P; a++) row(T + a, D[a]!, dD, a)
    row(m, 1, new Float64Array(m), 0)
    out[m * dimension + m] = -1
  }
}
