/** Dense output: the polynomials of the steps of a solution, and its value between them. */

/** A Taylor polynomial Σ X_k ((c − from)/2^exponent)^k per component; numbers in units of 2^−bits. */
export interface TaylorSegment {
  readonly from: bigint
  readonly to: bigint
  readonly exponent: number
  readonly state: readonly (readonly bigint[])[]
}

/** The velocity Σ a_k P_k(2(c − from)/length − 1) per component, P_k Legendre's, behind a given start. */
export interface LegendreSegment {
  readonly from: bigint
  readonly to: bigint
  readonly length: bigint
  readonly start: readonly bigint[]
  readonly velocity: readonly (readonly bigint[])[]
}

export type Segment = TaylorSegment | LegendreSegment

/** The state at a clock on a segment, in units of 2^−bits. */
export function valueOn(segment: Segment, clock: bigint, bits: number): bigint[] {
  if ('state' in segment) {
    const s = shifted(clock - segment.from, -segment.exponent)
    return segment.state.map((series) => evaluate(series, s, bits))
  }
  const { from, length, start, velocity } = segment
  const shift = BigInt(bits)
  const one = 1n << shift
  const x = ((clock - from) << (shift + 1n)) / length - one
  const count = velocity[0]!.length
  const P = legendre(x, count, bits)
  // ∫ P_k from −1 is (P_{k+1} − P_{k−1})/(2k + 1), and x + 1 for k = 0.
  const integrals = Array.from({ length: count }, (_, k) =>
    k === 0 ? x + one : (P[k + 1]! - P[k - 1]!) / BigInt(2 * k + 1),
  )
  return start.map((value, i) => {
    const sum = velocity[i]!.reduce((total, a, k) => total + a * integrals[k]!, 0n)
    return value + ((sum * length) >> (2n * shift + 1n))
  })
}

/** The state at the start of a segment. */
export const startOf = (segment: Segment): readonly bigint[] =>
  'state' in segment ? segment.state.map((series) => series[0]!) : segment.start

/** P_0 … P_n at x, in units of 2^−bits, by (k + 1) P_{k+1} = (2k + 1) x P_k − k P_{k−1}. */
export function legendre(x: bigint, n: number, bits: number): bigint[] {
  const shift = BigInt(bits)
  const P = [1n << shift, x]
  for (let k = 1; k < n; k++) {
    const next = ((BigInt(2 * k + 1) * x * P[k]!) >> shift) - BigInt(k) * P[k - 1]!
    P.push(next / BigInt(k + 1))
  }
  return P.slice(0, n + 1)
}

/** a·2^n, rounded down. */
export const shifted = (a: bigint, n: number): bigint => (n >= 0 ? a << BigInt(n) : a >> BigInt(-n))

/** Σ c_k s^k. */
export function evaluate(series: readonly bigint[], s: bigint, bits: number): bigint {
  const shift = BigInt(bits)
  let value = 0n
  for (let k = series.length - 1; k >= 0; k--) value = ((value * s) >> shift) + series[k]!
  return value
}
