/** Frames: sets { c + Q r : |r_j| <= radius_j } with nearly orthogonal axes, carried along without wrapping. */
import { down, up } from './ball.ts'

/** A set of points in units of 2^−bits; the axes are the columns of Q, row by row. */
export interface Frame {
  readonly center: readonly bigint[]
  readonly axes: Float64Array
  readonly radii: Float64Array
}

/** The n×n matrices at entrywise distance at most `rad` from `mid`, row by row. */
export interface MatrixBall {
  readonly mid: Float64Array
  readonly rad: Float64Array
}

/** The error of a dot product of n terms, relative to the sum of absolute values. */
const unitOf = (n: number): number => (n + 8) * 2 ** -53

const identity = (n: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0))

/** The box of points at distance at most radii_i from the centre. */
export function box(center: readonly bigint[], radii: ArrayLike<number>): Frame {
  return { center, axes: identity(center.length), radii: Float64Array.from(radii) }
}

/** For every component, a bound of its distance from the centre. */
export function spread({ axes, radii }: Frame): Float64Array {
  const n = radii.length
  return radii.map((_, i) => {
    let total = 0
    for (let j = 0; j < n; j++) total += Math.abs(axes[i * n + j]!) * radii[j]!
    return up(total)
  })
}

/** The frame {x + d} around another centre, for x in a frame and |d_i| <= error_i. */
export function widened(frame: Frame, center: readonly bigint[], error: ArrayLike<number>): Frame {
  const n = center.length
  const { axes } = frame
  const extra = solved(axes, n, projected(axes, n, error))
  return extra === undefined
    ? box(
        center,
        spread(frame).map((w, i) => up(w + error[i]!)),
      )
    : { center, axes, radii: frame.radii.map((r, i) => up(r + extra[i]!)) }
}

/**
 * A frame around { y + V(x − c) + d : x in the frame, V in the matrix ball, |d_i| <= error_i }, y its centre.
 * Its axes are the orthogonal factor of V Q, columns in the order of their lengths.
 * Source: R. Lohner, *Einschließung der Lösung gewöhnlicher Anfangs- und Randwertaufgaben* (1988); the inverse
 * of Q' is (Q'ᵀQ')⁻¹Q'ᵀ, a Neumann series around Q'ᵀ.
 */
export function carried(
  { axes, radii }: Frame,
  { mid, rad }: MatrixBall,
  center: readonly bigint[],
  error: ArrayLike<number>,
): Frame {
  const n = center.length
  const unit = unitOf(n)
  const image = { mid: new Float64Array(n * n), rad: new Float64Array(n * n) }
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let m = 0
      let e = 0
      for (let k = 0; k < n; k++) {
        const v = mid[i * n + k]!
        const q = axes[k * n + j]!
        m += v * q
        e += (unit * Math.abs(v) + rad[i * n + k]!) * Math.abs(q)
      }
      image.mid[i * n + j] = m
      image.rad[i * n + j] = up(e)
    }
  for (const turned of [orthogonal(image.mid, radii, n), identity(n)]) {
    const size = projected(turned, n, error)
    for (let i = 0; i < n; i++) {
      let total = size[i]!
      for (let j = 0; j < n; j++) {
        let m = 0
        let e = 0
        for (let k = 0; k < n; k++) {
          const q = turned[k * n + i]!
          const a = image.mid[k * n + j]!
          m += q * a
          e += Math.abs(q) * (unit * Math.abs(a) + image.rad[k * n + j]!)
        }
        total += up(Math.abs(m) + up(e)) * radii[j]!
      }
      size[i] = up(total)
    }
    const found = solved(turned, n, size)
    if (found !== undefined) return { center, axes: turned, radii: found }
  }
  throw new RangeError('frame: expected the identity to be orthogonal')
}

/** Bounds of Qᵀd for |d_i| <= error_i. */
function projected(Q: Float64Array, n: number, error: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    let total = 0
    for (let k = 0; k < n; k++) total += Math.abs(Q[k * n + i]!) * error[k]!
    return up(total)
  })
}

/** Bounds of (QᵀQ)⁻¹y for |y_i| <= size_i; `undefined` if Q is not orthogonal enough. */
function solved(Q: Float64Array, n: number, size: Float64Array): Float64Array | undefined {
  const unit = unitOf(n)
  let worst = 0
  for (let i = 0; i < n; i++) {
    let row = 0
    for (let j = 0; j < n; j++) {
      let [m, e] = [i === j ? -1 : 0, i === j ? unit : 0]
      for (let k = 0; k < n; k++) {
        const product = Q[k * n + i]! * Q[k * n + j]!
        m += product
        e += unit * Math.abs(product)
      }
      row += up(Math.abs(m) + e)
    }
    worst = Math.max(worst, up(row))
  }
  if (!(worst < 0.25)) return undefined
  const most = size.reduce((a, b) => Math.max(a, b), 0)
  const share = up((worst * most) / down(1 - worst))
  return size.map((s) => up(s + share))
}

/** Columns that are orthonormal up to rounding and span, in the order of |column_j|·radius_j, the given ones. */
function orthogonal(A: Float64Array, radii: Float64Array, n: number): Float64Array {
  const column = (j: number): Float64Array => Float64Array.from({ length: n }, (_, i) => A[i * n + j]!)
  const length = (v: Float64Array): number => Math.sqrt(v.reduce((s, x) => s + x * x, 0))
  const columns = Array.from({ length: n }, (_, j) => column(j))
  const order = columns
    .map((v, j) => ({ v, weight: length(v) * radii[j]! }))
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ v }) => v)
  const basis: Float64Array[] = []
  const reduced = (v: Float64Array): { v: Float64Array; kept: number } => {
    const before = length(v)
    const w = v.slice()
    for (let pass = 0; pass < 2; pass++)
      for (const b of basis) {
        let c = 0
        for (let i = 0; i < n; i++) c += b[i]! * w[i]!
        for (let i = 0; i < n; i++) w[i]! -= c * b[i]!
      }
    const after = length(w)
    return { v: w.map((x) => x / after), kept: after / before }
  }
  const units = Array.from({ length: n }, (_, j) => Float64Array.from({ length: n }, (_, i) => +(i === j)))
  for (const v of order) {
    const own = reduced(v)
    if (own.kept > 1e-10) basis.push(own.v)
    else
      basis.push(
        units.map(reduced).reduce((best, next) => (next.kept > best.kept || !(best.kept > 0) ? next : best))
          .v,
      )
  }
  return Float64Array.from({ length: n * n }, (_, k) => basis[k % n]![Math.floor(k / n)]!)
}
