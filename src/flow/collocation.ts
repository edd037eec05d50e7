/**
 * Collocation: Radau IIA steps of any order in fixed point, for stretches of a flow that are stiff for Taylor series.
 *
 * In the clock s margins equalise and L·t settles at a rate of order 1, while everything else moves on a scale of s:
 * an explicit method takes of the order of s steps, in any number of digits. Radau IIA is L-stable at every order
 * (Hairer & Wanner, Solving Ordinary Differential Equations II, §IV.5), so its steps can grow with s.
 */
import { Undefined } from '../number/conventions.ts'
import { compile } from '../program/compile.ts'
import { trace } from '../program/program.ts'
import { run } from '../program/run.ts'
import { legendre, type LegendreSegment } from './dense.ts'
import { toDouble } from '../number/dyadic.ts'
import { fixed } from './fixed.ts'
import { factor, solve } from './linear.ts'
import { radau } from './radau.ts'
import type { SmoothPiece } from './smooth.ts'
import { accept, type Pace } from './stepsize.ts'
import { dense, end, linearize, type StiffProblem } from './stiff.ts'

/** The Radau quadrature of ν nodes on [0, 1] in units of 2^−bits. */
export interface Rule {
  readonly bits: number
  /** c_1 < … < c_ν = 1. */
  readonly nodes: readonly bigint[]
  /** ∫_0^{c_i} of the polynomial that is 1 at c_j and 0 at the other nodes, row by row. */
  readonly integration: readonly (readonly bigint[])[]
  /** From values at the nodes to Legendre coefficients, row by row. */
  readonly analysis: readonly (readonly bigint[])[]
}

const rules = new Map<string, Rule>()

/** The nodes are the zeros of P_ν − P_{ν−1} on [−1, 1]; values at them are Legendre series by discrete orthogonality. */
export function rule(count: number, bits: number): Rule {
  const key = `${count} ${bits}`
  let known = rules.get(key)
  if (known === undefined) rules.set(key, (known = newRule(count, bits)))
  return known
}

/** Binary digits that the evaluation of Legendre polynomials near ±1 may lose. */
const SPARE = 48

function newRule(count: number, bits: number): Rule {
  const fine = bits + SPARE
  const shift = BigInt(fine)
  const one = 1n << shift
  const times = (a: bigint, b: bigint): bigint => (a * b) >> shift
  const zeros = Array.from({ length: count }, (_, i) => {
    if (i === count - 1) return one
    const k = count - 1 - i
    let x = BigInt(Math.round(Math.cos(((2 * k + 0.5) * Math.PI) / (2 * count)) * 2 ** 52)) << (shift - 52n)
    for (let step = 0; step < 60; step++) {
      const P = legendre(x, count, fine)
      const slope = (n: number): bigint =>
        n === 0 ? 0n : (BigInt(n) * (times(x, P[n]!) - P[n - 1]!) * one) / (times(x, x) - one)
      const value = P[count]! - P[count - 1]!
      const change = (value << shift) / (slope(count) - slope(count - 1))
      x -= change
      if (change >> BigInt(SPARE / 2) === 0n || -change >> BigInt(SPARE / 2) === 0n) break
    }
    return x
  })
  const P = zeros.map((x) => legendre(x, count, fine))
  const weights = zeros.map((x, j) => {
    const square = times(P[j]![count - 1]!, P[j]![count - 1]!) * BigInt(count * count)
    return ((x + one) << shift) / (2n * square)
  })
  const down = (a: bigint): bigint => a >> BigInt(SPARE)
  return {
    bits,
    nodes: zeros.map((x) => down((x + one) >> 1n)),
    integration: zeros.map((x, i) =>
      zeros.map((_, j) => {
        let sum = x + one
        for (let k = 1; k < count; k++) sum += times(P[j]![k]!, P[i]![k + 1]! - P[i]![k - 1]!)
        return down(times(weights[j]!, sum) >> 1n)
      }),
    ),
    analysis: Array.from({ length: count }, (_, k) =>
      zeros.map((_x, j) => down(BigInt(2 * k + 1) * times(weights[j]!, P[j]![k]!))),
    ),
  }
}

/** A field on one piece, ready for collocation. */
export interface Stretch {
  readonly piece: SmoothPiece
  /** Groups of components to solve for together: one core, and alone each that no other one depends on. */
  readonly groups: readonly (readonly number[])[]
  readonly field: (x: ArrayLike<number>, out?: Float64Array) => Float64Array
  readonly slopes: (x: ArrayLike<number>, out?: Float64Array) => Float64Array
}

/** The field and its Jacobian in doubles beside the piece. */
export function stretch(piece: SmoothPiece): Stretch {
  const { field, all } = piece
  const n = field.inputs.length
  const slopes = trace(field.inputs, (F, x) => run({ ...all, outputs: all.outputs.slice(-n * n) }, F, x))
  const zero = (a: number, b: number): boolean => {
    const op = slopes.ops[slopes.outputs[a * n + b]!]!
    return op[0] === 'const' && op[1] === '0'
  }
  const each = field.inputs.map((_, b) => b)
  const followers = each.filter((b) => each.every((a) => a === b || zero(a, b)))
  const core = each.filter((b) => !followers.includes(b))
  const groups = [core, ...followers.map((b) => [b])].filter((group) => group.length > 0)
  return { piece, groups, field: compile(field), slopes: compile(slopes) }
}

/** A step, with the states at its nodes, the last of which is its end. */
export interface Collocated {
  readonly segment: LegendreSegment
  readonly states: readonly (readonly bigint[])[]
  /** log₂ of the last Legendre terms of the step relative to max(1, ‖x‖): what the polynomial leaves out. */
  readonly tail: number
  /** Binary digits by which the terms fall from one to the next, down to the tolerance. */
  readonly decay: number
}

/** The relative accuracy of the first guess, in doubles. */
const GUESS = 1e-9
const [MOST_STEPS, MOST_ATTEMPTS] = [300, 30]
const MOST_ITERATIONS = 30
/** Corrections below so many units of the state end the iteration. */
const ROUNDING_BITS = 8
/** Binary digits of a rule beyond those of the state: velocities are small differences of large terms. */
export const EXTRA_BITS = 64

/**
 * The step of length h from x by collocation at the nodes: ∫ of the interpolated velocity is the state at each node.
 * Newton's method, its residuals in fixed point and its one matrix in doubles, from a solution in doubles: every
 * iteration adds the digits that the matrix has.
 * @returns `undefined` where no first guess is found or the iteration does not converge.
 */
export function collocate(
  { piece, groups, field, slopes }: Stretch,
  x: readonly bigint[],
  clock: bigint,
  h: bigint,
  { nodes, integration, analysis, bits: fine }: Rule,
  toleranceBits: number,
): Collocated | undefined {
  const n = x.length
  const count = nodes.length
  const bits = fine - EXTRA_BITS
  const extra = BigInt(EXTRA_BITS)
  const shift = BigInt(fine)
  const F = fixed(fine)
  const [begin, step] = [x.map((value) => value << extra), h << extra]
  const length = F.toNumber(step)
  const start = Float64Array.from(begin, (value) => F.toNumber(value))
  const guess = guessed(start, length, field, slopes, nodes.map(F.toNumber))
  if (guess === undefined) return undefined
  const solvers = newton(
    groups,
    guess.map((state) => slopes(state)),
    n,
    integration.map((row) => row.map((a) => F.toNumber(a) * length)),
  )
  if (solvers === undefined) return undefined

  const states = guess.map((state) => Array.from(state, (value) => rounded(value, fine)))
  let velocities: bigint[][] = []
  const largest = Math.max(1, ...start.map(Math.abs))
  const enough = 2 ** (ROUNDING_BITS - bits) * largest
  let before = Infinity
  try {
    for (let i = 0; ; i++) {
      velocities = states.map((state) => run(piece.field, F, state))
      const residual = states.map((state, k) =>
        Float64Array.from(state, (value, a) => {
          let sum = 0n
          for (let j = 0; j < count; j++) sum += integration[k]![j]! * velocities[j]![a]!
          return F.toNumber(begin[a]! + ((sum * step) >> (2n * shift)) - value)
        }),
      )
      for (const improve of solvers) improve(residual)
      const change = Math.max(
        ...residual.map((own) => own.reduce((most, d) => Math.max(most, Math.abs(d)), 0)),
      )
      if (!Number.isFinite(change) || i >= MOST_ITERATIONS || (i > 2 && change > before / 2)) return undefined
      before = change
      states.forEach((state, k) => {
        for (let a = 0; a < n; a++) state[a]! += rounded(residual[k]![a]!, fine)
      })
      // The next change would be smaller by as much as this one is.
      if (change <= enough) return finished()
    }
  } catch (error) {
    if (error instanceof Undefined) return undefined
    throw error
  }

  function finished(): Collocated {
    const velocity = x.map((_, a) =>
      analysis.map((row) => row.reduce((sum, w, j) => sum + w * velocities[j]![a]!, 0n) >> (shift + extra)),
    )
    const term = (k: number): number =>
      Math.log2(
        velocity.reduce((most, own) => Math.max(most, Math.abs(toDouble({ m: own[k]!, e: -bits }))), 0) *
          length +
          2 ** -bits,
      )
    const terms = velocity[0]!.map((_, k) => term(k) - Math.log2(largest))
    /** The larger one of two terms: every other one may be 0 by symmetry. */
    const fallen = (k: number): number => Math.max(terms[k - 1]!, terms[k]!)
    const tail = fallen(count - 1)
    let k = 1
    while (k < count - 1 && fallen(k) > -toleranceBits) k++
    const decay = Math.max(0, -fallen(k)) / k
    const segment = { from: clock, to: clock + h, length: h, start: [...x], velocity }
    return { segment, states: states.map((state) => state.map((value) => value >> extra)), tail, decay }
  }
}

/** The integer nearest to a double in units of 2^−bits. */
function rounded(value: number, bits: number): bigint {
  if (value === 0) return 0n
  const places = Math.min(1000, 60 - Math.ceil(Math.log2(Math.abs(value))))
  const m = BigInt(Math.round(value * 2 ** places))
  return bits >= places ? m << BigInt(bits - places) : m >> BigInt(places - bits)
}

/** Per group of components, what replaces residuals at the nodes by their Newton corrections. */
function newton(
  groups: readonly (readonly number[])[],
  slopes: readonly Float64Array[],
  n: number,
  step: readonly (readonly number[])[],
): ((residual: readonly Float64Array[]) => void)[] | undefined {
  const solvers = groups.map((group) => {
    const m = group.length
    const size = m * slopes.length
    const matrix = new Float64Array(size * size)
    slopes.forEach((J, j) =>
      step.forEach((row, i) => {
        for (let a = 0; a < m; a++)
          for (let b = 0; b < m; b++)
            matrix[(i * m + a) * size + j * m + b] =
              (i === j && a === b ? 1 : 0) - row[j]! * J[group[a]! * n + group[b]!]!
      }),
    )
    const factors = matrix.every(Number.isFinite) ? factor(matrix, size) : undefined
    if (factors === undefined) return undefined
    const right = new Float64Array(size)
    return (residual: readonly Float64Array[]): void => {
      residual.forEach((own, i) => group.forEach((a, k) => void (right[i * m + k] = own[a]!)))
      solve(factors, right)
      residual.forEach((own, i) => group.forEach((a, k) => void (own[a] = right[i * m + k]!)))
    }
  })
  return solvers.every((solver) => solver !== undefined) ? solvers : undefined
}

/** States at the nodes, by Radau steps in doubles on [0, 1]. */
function guessed(
  start: Float64Array,
  length: number,
  field: Stretch['field'],
  slopes: Stretch['slopes'],
  nodes: readonly number[],
): Float64Array[] | undefined {
  const problem: StiffProblem = {
    dimension: start.length,
    field: (_, y, out) => {
      field(y, out)
      for (let i = 0; i < out.length; i++) out[i]! *= length
    },
    jacobian: (_, y, out) => {
      slopes(y, out)
      for (let i = 0; i < out.length; i++) out[i]! *= length
    },
    scale: (_, y, out) => y.forEach((value, i) => void (out[i] = Math.max(Math.abs(value), 1e-6))),
  }
  const method = radau(5)
  const states: Float64Array[] = []
  let y: Float64Array = start.slice()
  let s = 0
  let pace: Pace = { h: 1e-2 }
  for (let steps = 0; s < 1; steps++) {
    if (steps >= MOST_STEPS) return undefined
    const from = linearize(problem, s, y)
    const accepted = from && accept(problem, method, from, 1, GUESS, pace, MOST_ATTEMPTS)
    if (accepted === undefined) return undefined
    pace = accepted.pace
    const { step, landed } = accepted
    const to = landed ? 1 : s + step.h
    while (states.length < nodes.length && nodes[states.length]! <= to) {
      const at = new Float64Array(start.length)
      dense(step, nodes[states.length]!, at)
      states.push(at)
    }
    y = end(step)
    s = to
  }
  return states
}
