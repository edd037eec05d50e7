/** Explicit Runge–Kutta steps in doubles, for short and easy stretches of a flow: an aid to searches, never evidence. */

/** x' = f(x), written to `out`. */
export type DoubleField = (x: Float64Array, out: Float64Array) => void

/** The pair of orders 5 and 4 of Dormand & Prince (1980): nodes below the diagonal; the last row gives order 5. */
const A: readonly (readonly number[])[] = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
]
/** The weights of order 5 minus those of order 4. */
const ERROR: readonly number[] = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40]

/** How far and how finely to follow a field. */
export interface ExplicitOptions {
  readonly length: number
  /** Error of each step relative to max(1, |x|). */
  readonly tolerance: number
  /** Most steps, rejected ones included. */
  readonly maxSteps: number
}

/** x after the given length of time; `undefined` if that takes too many steps or leaves the doubles. */
export function explicit(
  f: DoubleField,
  start: ArrayLike<number>,
  { length, tolerance, maxSteps }: ExplicitOptions,
): Float64Array | undefined {
  const n = start.length
  let [x, next] = [Float64Array.from(start), new Float64Array(n)]
  const k = Array.from({ length: 7 }, () => new Float64Array(n))
  f(x, k[0]!)
  let h = length / 8
  for (let done = 0, step = 0; done < length; step++) {
    if (step >= maxSteps) return undefined
    h = Math.min(h, length - done)
    for (let stage = 0; stage < A.length; stage++) {
      const row = A[stage]!
      for (let i = 0; i < n; i++) {
        let sum = 0
        for (let j = 0; j <= stage; j++) sum += row[j]! * k[j]![i]!
        next[i] = x[i]! + h * sum
      }
      f(next, k[stage + 1]!)
    }
    let error = 0
    for (let i = 0; i < n; i++) {
      let off = 0
      for (let j = 0; j < ERROR.length; j++) off += ERROR[j]! * k[j]![i]!
      error = Math.max(error, Math.abs(h * off) / (tolerance * Math.max(1, Math.abs(x[i]!))))
    }
    if (Number.isNaN(error)) error = Infinity
    if (error <= 1) {
      done = h === length - done ? length : done + h
      ;[x, next] = [next, x]
      ;[k[0], k[6]] = [k[6]!, k[0]!]
    }
    h *= Math.min(5, Math.max(0.2, 0.9 * error ** -0.2))
  }
  return x.every(Number.isFinite) ? x : undefined
}
