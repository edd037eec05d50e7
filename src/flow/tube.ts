/** Tubes: bounds of all solutions near one, on a disc of times, and of how they depend on where they start. */
import { Undefined } from '../number/conventions.ts'
import type { Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { down, TINY, up, type BallSeries } from './ball.ts'
import { disc, germ, type Germ } from './disc.ts'
import type { MatrixBall } from './frame.ts'

/** How often a bound of the tails is enlarged. */
const MOST_GUESSES = 4

/** The series Σ x_k s^k t^k on the unit disc. */
export function germOf({ m, r, size }: BallSeries, s: number, bits: number): Germ {
  const order = m.length - 1
  const unit = 2 ** -bits
  const c = new Float64Array(order + 1)
  const error = new Float64Array(order + 1)
  let last = 0
  for (let k = 0, power = 1; k <= order; k++, power *= s) {
    if (size[k] === 0) continue
    last = k
    c[k] = Number(m[k]) * unit * power
    error[k] = up(r[k]! * unit * power) + size[k]! * TINY
  }
  return germ(c, error, last, 0)
}

/** The series with tails that the field proves; `undefined` if it proves none near the guess. */
export function tailsOf(
  field: Program,
  path: readonly Germ[],
  guess: readonly number[],
  h: number,
  most: number,
): readonly Germ[] | undefined {
  const order = path[0]!.c.length - 1
  const F = disc(order)
  let tails = guess
  for (let i = 0; i < MOST_GUESSES; i++) {
    const slopes = run(
      field,
      F,
      path.map((g, j) => ({ ...g, tail: tails[j]! })),
    )
    // ∫ moves t^k to t^(k+1)/(k+1).
    const proved = slopes.map(({ size, tail }) =>
      up(h * up(size[order]! / down(order + 1) + tail / down(order + 2))),
    )
    if (proved.every((t, j) => t <= tails[j]!)) return path.map((g, j) => ({ ...g, tail: proved[j]! }))
    tails = tails.map((t, j) => Math.max(t, 2 * proved[j]!))
    if (!tails.every((t) => t < most)) return undefined
  }
  return undefined
}

/**
 * V(h) for V' = J(t) V, V(0) = I: the Taylor polynomial, and its tail W by ‖W‖ <= h/(M+1) (Σ_{i+j>=M}
 * ‖J_i‖‖V_j‖ + ‖tail(J)‖ Σ‖V_j‖ + ‖J‖‖W‖) in the norm of the largest row sum.
 */
export function flowJacobian(J: readonly Germ[], n: number, order: number, h: number): MatrixBall {
  const unit = (n * (order + 1) + 16) * 2 ** -53
  const at = (pick: (g: Germ) => Float64Array): Float64Array[] =>
    Array.from({ length: order + 1 }, (_, k) => Float64Array.from(J, (g) => pick(g)[k]!))
  const [mids, rads, sizes] = [at(({ c }) => c), at(({ r }) => r), at(({ size }) => size)]
  const rowSum = (entries: ArrayLike<number>): number => {
    let most = 0
    for (let i = 0; i < n; i++) {
      let row = 0
      for (let j = 0; j < n; j++) row += entries[i * n + j]!
      most = Math.max(most, up(row))
    }
    return most
  }
  const V: MatrixBall[] = [
    {
      mid: Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0)),
      rad: new Float64Array(n * n),
    },
  ]
  const sum = { mid: V[0]!.mid.slice(), rad: new Float64Array(n * n) }
  for (let k = 0; k < order; k++) {
    const [mid, rad] = [new Float64Array(n * n), new Float64Array(n * n)]
    for (let i = 0; i <= k; i++) {
      const [a, ra, v] = [mids[i]!, rads[i]!, V[k - i]!]
      for (let p = 0; p < n; p++)
        for (let q = 0; q < n; q++) {
          const x = a[p * n + q]!
          const rx = ra[p * n + q]!
          if (x === 0 && rx === 0) continue
          const ax = Math.abs(x) * (1 + unit) + rx
          for (let j = 0; j < n; j++) {
            const y = v.mid[q * n + j]!
            mid[p * n + j]! += x * y
            rad[p * n + j]! += ax * v.rad[q * n + j]! + (unit * ax + rx) * Math.abs(y)
          }
        }
    }
    const factor = h / (k + 1)
    for (let e = 0; e < n * n; e++) {
      mid[e]! *= factor
      rad[e] = up(up(rad[e]!) * factor + unit * Math.abs(mid[e]!))
      sum.mid[e]! += mid[e]!
      sum.rad[e]! += rad[e]! + unit * (Math.abs(mid[e]!) + Math.abs(sum.mid[e]!))
    }
    V.push({ mid, rad })
  }
  const alpha = sizes.map(rowSum)
  const beta = V.map(({ mid, rad }) => rowSum(mid.map((x, e) => up(Math.abs(x) + rad[e]!))))
  const total = (list: readonly number[]): number => up(list.reduce((a, b) => a + b, 0))
  const outer = rowSum(J.map(({ tail }) => tail))
  let last = up(outer * total(beta))
  for (let i = 0; i <= order; i++)
    for (let j = Math.max(0, order - i); j <= order; j++) last = up(last + alpha[i]! * beta[j]!)
  const step = up(h / down(order + 1))
  const room = down(1 - up(step * up(total(alpha) + outer)))
  if (!(room > 0)) throw new Undefined('leap', 'a Jacobian that is too large')
  const tail = up(up(step * last) / room)
  return { mid: sum.mid, rad: sum.rad.map((r) => up(r + tail)) }
}
