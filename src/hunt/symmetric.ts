/** Eigenvalues and eigenvectors of a symmetric matrix. */

const SWEEPS = 30

/**
 * A = B diag(d) Bᵀ by cyclic Jacobi rotations (Golub & Van Loan, Matrix Computations, §8.5): the eigenvalues d and the
 * columns of B, orthonormal up to rounding. Matrices are lists of rows.
 */
export function eigen(matrix: readonly Float64Array[]): {
  readonly d: Float64Array
  readonly B: Float64Array[]
} {
  const n = matrix.length
  const A = matrix.map((row) => Float64Array.from(row))
  const B = A.map((_, i) => Float64Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let [off, diagonal] = [0, 0]
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        if (i === j) diagonal += A[i]![i]! ** 2
        else off += A[i]![j]! ** 2
      }
    if (off <= 1e-28 * diagonal) break
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const apq = A[p]![q]!
        if (apq === 0) continue
        const theta = (A[q]![q]! - A[p]![p]!) / (2 * apq)
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const s = t * c
        for (let k = 0; k < n; k++) {
          const [x, y] = [A[k]![p]!, A[k]![q]!]
          A[k]![p] = c * x - s * y
          A[k]![q] = s * x + c * y
        }
        const [Ap, Aq] = [A[p]!, A[q]!]
        for (let k = 0; k < n; k++) {
          const [x, y] = [Ap[k]!, Aq[k]!]
          Ap[k] = c * x - s * y
          Aq[k] = s * x + c * y
        }
        for (let k = 0; k < n; k++) {
          const row = B[k]!
          const [x, y] = [row[p]!, row[q]!]
          row[p] = c * x - s * y
          row[q] = s * x + c * y
        }
      }
  }
  return { d: Float64Array.from(A, (row, i) => row[i]!), B }
}
