/** Stiff steps: one step of a Radau IIA method by simplified Newton iteration, with its error. */
import { factor, factorComplex, solve, solveComplex, type ComplexFactors, type Factors } from './linear.ts'
import type { Mode, Radau } from './radau.ts'

/** An initial value problem dy/ds = f(s, y) in R^dimension. Its functions write their last argument. */
export interface StiffProblem {
  readonly dimension: number
  field(s: number, y: Float64Array, out: Float64Array): void
  /** ∂f_i/∂y_j, row by row. */
  jacobian(s: number, y: Float64Array, out: Float64Array): void
  /** The positive size of each component, to which its errors are relative. */
  scale(s: number, y: Float64Array, out: Float64Array): void
}

/** The collocation polynomial of a step: y(s + θh) for 0 ≤ θ ≤ 1, with its increments at the nodes. */
export interface Step {
  readonly method: Radau
  readonly s: number
  readonly h: number
  readonly y: Float64Array
  /** y(s + c_i h) − y(s), one vector per stage; the last one leads to the end of the step. */
  readonly increments: readonly Float64Array[]
}

/** What a step needs from its starting point, whatever its length. */
export interface Linearization {
  readonly s: number
  readonly y: Float64Array
  readonly slope: Float64Array
  /** The Jacobian in units of `scale`. */
  readonly jacobian: Float64Array
  readonly scale: Float64Array
}

/** A step that was tried: converged with the estimated error in units of the tolerance, or not. */
export type Attempt =
  | { readonly converged: true; readonly step: Step; readonly error: number; readonly iterations: number }
  | { readonly converged: false }

/** Newton iterations after which a step counts as not converged. */
export const MOST_ITERATIONS = 12
/** Rounding may hold the iteration back: it is accepted when it stalls below this part of the estimate. */
const STALL = 1e-2

/** Field, Jacobian and scale at a point; `undefined` where one of them is not finite. */
export function linearize(problem: StiffProblem, s: number, y: Float64Array): Linearization | undefined {
  const n = problem.dimension
  const [slope, scale, jacobian] = [new Float64Array(n), new Float64Array(n), new Float64Array(n * n)]
  problem.field(s, y, slope)
  problem.scale(s, y, scale)
  problem.jacobian(s, y, jacobian)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) jacobian[i * n + j]! *= scale[j]! / scale[i]!
  return slope.every(Number.isFinite) && jacobian.every(Number.isFinite)
    ? { s, y, slope, jacobian, scale }
    : undefined
}

/**
 * One step of length h. The error estimate is the defect f − P' of the collocation polynomial at the start of
 * the step, filtered by (γ/h − J)^{-1} (Hairer & Wanner II, §IV.8): of order ν, where the step has order
 * 2ν − 1. So that errors relative to `scale` are about `tolerance`, the estimate is compared with
 * tolerance^{(ν+1)/(2ν)}/10, and the Newton iteration stops at tolerance/20. A heuristic, not a bound.
 */
export function attempt(
  problem: StiffProblem,
  method: Radau,
  from: Linearization,
  h: number,
  tolerance: number,
  before?: Step,
): Attempt {
  const { stages, nodes, differentiation: D, start, modes } = method
  const { s, y, scale, slope } = from
  const n = problem.dimension
  const estimateTolerance = 0.1 * tolerance ** ((stages + 1) / (2 * stages))
  const solvers = modes.map((mode) => modeSolver(from, mode, h, n))
  if (!solvers.every((solver) => solver !== undefined)) return { converged: false }

  const increments = Array.from(nodes, () => new Float64Array(n))
  if (before !== undefined)
    nodes.forEach((c, i) => {
      dense(before, s + c * h, increments[i]!)
      for (let k = 0; k < n; k++) increments[i]![k]! -= y[k]!
    })
  const values = increments.map(() => new Float64Array(n))
  const residuals = increments.map(() => new Float64Array(n))
  const point = new Float64Array(n)
  const target = tolerance / 20
  let iterations = 0
  let [norm, theta] = [Infinity, 1]
  for (;;) {
    for (let i = 0; i < stages; i++) {
      for (let k = 0; k < n; k++) point[k] = y[k]! + increments[i]![k]!
      problem.field(s + nodes[i]! * h, point, values[i]!)
    }
    for (let i = 0; i < stages; i++)
      for (let k = 0; k < n; k++) {
        let derivative = 0
        for (let j = 0; j < stages; j++) derivative += D[i * stages + j]! * increments[j]![k]!
        residuals[i]![k] = (values[i]![k]! - derivative / h) / scale[k]!
        values[i]![k] = 0
      }
    for (const solver of solvers) solver!.add(residuals, values)
    const previous = norm
    norm = 0
    for (let i = 0; i < stages; i++)
      for (let k = 0; k < n; k++) {
        const change = values[i]![k]!
        norm = Math.max(norm, Math.abs(change))
        if (Number.isNaN(change)) return { converged: false }
        increments[i]![k]! += change * scale[k]!
      }
    if (!Number.isFinite(norm)) return { converged: false }
    iterations++
    if (norm <= target * 0.05) break
    if (iterations === 1) continue
    const ratio = norm / previous
    theta = iterations === 2 ? ratio : Math.sqrt(ratio * theta)
    if (theta < 1 && (theta / (1 - theta)) * norm <= target) break
    if (ratio > 0.5 && norm < STALL * estimateTolerance && iterations > 3) break
    if (theta >= 1.5 || iterations === MOST_ITERATIONS) return { converged: false }
    if (
      theta < 1 &&
      (theta ** (MOST_ITERATIONS - iterations) / (1 - theta)) * norm > STALL * estimateTolerance
    )
      return { converged: false }
  }

  const defect = new Float64Array(n)
  const estimate = (slopes: Float64Array): number => {
    for (let k = 0; k < n; k++) {
      let derivative = 0
      for (let j = 0; j < stages; j++) derivative += start[j]! * increments[j]![k]!
      defect[k] = (slopes[k]! - derivative / h) / scale[k]!
    }
    solve(solvers[0]!.factors as Factors, defect)
    return defect.reduce((most, e) => Math.max(most, Math.abs(e)), 0) / estimateTolerance
  }
  let error = estimate(slope)
  if (error >= 1) {
    // A second filter: the first one leaves too much of the stiff components.
    for (let k = 0; k < n; k++) point[k] = y[k]! + defect[k]! * scale[k]!
    problem.field(s, point, residuals[0]!)
    error = Math.min(error, estimate(residuals[0]!))
  }
  if (!Number.isFinite(error)) return { converged: false }
  return { converged: true, step: { method, s, h, y, increments }, error, iterations }
}

interface ModeSolver {
  readonly factors: Factors | ComplexFactors
  /** Adds this mode's part of the Newton correction. */
  add(residuals: readonly Float64Array[], corrections: readonly Float64Array[]): void
}

/** Solves (λ/h − J) δ = (the residuals along one eigenvector of the differentiation matrix). */
function modeSolver(
  { jacobian }: Linearization,
  { re, im, left, right }: Mode,
  h: number,
  n: number,
): ModeSolver | undefined {
  const matrix = new Float64Array(n * n)
  for (let k = 0; k < n * n; k++) matrix[k] = -jacobian[k]!
  for (let i = 0; i < n; i++) matrix[i * n + i]! += re / h
  const [a, b] = [new Float64Array(n), new Float64Array(n)]
  if (im === 0) {
    const factors = factor(matrix, n)
    return factors && { factors, add: real(factors) }
  }
  const imaginary = new Float64Array(n * n)
  for (let i = 0; i < n; i++) imaginary[i * n + i] = im / h
  const factors = factorComplex(matrix, imaginary, n)
  return factors && { factors, add: complex(factors) }

  function real(factors: Factors): ModeSolver['add'] {
    return (residuals, corrections) => {
      a.fill(0)
      residuals.forEach((r, i) => {
        for (let k = 0; k < n; k++) a[k]! += left.re[i]! * r[k]!
      })
      solve(factors, a)
      corrections.forEach((c, i) => {
        for (let k = 0; k < n; k++) c[k]! += right.re[i]! * a[k]!
      })
    }
  }

  function complex(factors: ComplexFactors): ModeSolver['add'] {
    return (residuals, corrections) => {
      a.fill(0)
      b.fill(0)
      residuals.forEach((r, i) => {
        for (let k = 0; k < n; k++) {
          a[k]! += left.re[i]! * r[k]!
          b[k]! += left.im[i]! * r[k]!
        }
      })
      solveComplex(factors, a, b)
      corrections.forEach((c, i) => {
        for (let k = 0; k < n; k++) c[k]! += 2 * (right.re[i]! * a[k]! - right.im[i]! * b[k]!)
      })
    }
  }
}

/** The end of a step. */
export function end({ y, increments }: Step): Float64Array {
  const last = increments.at(-1)!
  return y.map((value, k) => value + last[k]!)
}

/** Writes the collocation polynomial of a step at any s: of order ν inside the step, a guess beyond it. */
export function dense({ method, s, h, y, increments }: Step, at: number, out: Float64Array): void {
  const theta = (at - s) / h
  const { nodes, barycentric } = method
  const node = nodes.indexOf(theta)
  out.set(y)
  if (theta === 0) return
  const factors = nodes.map((c, i) => (node >= 0 ? (i === node ? 1 : 0) : barycentric[i + 1]! / (theta - c)))
  const total = node >= 0 ? 1 : factors.reduce((a, b) => a + b, barycentric[0]! / theta)
  factors.forEach((f, i) => {
    const increment = increments[i]!
    for (let k = 0; k < out.length; k++) out[k]! += (f / total) * increment[k]!
  })
}
