/** Linear systems: LU factors with partial pivoting, real and complex, in float64. */

/** PA = LU of a real n × n matrix (row by row); L has a unit diagonal, `pivots` are the row exchanges. */
export interface Factors {
  readonly n: number
  readonly lu: Float64Array
  readonly pivots: Int32Array
}

/** The same for a complex matrix. */
export interface ComplexFactors {
  readonly n: number
  readonly re: Float64Array
  readonly im: Float64Array
  readonly pivots: Int32Array
}

/** Overwrites an n × n matrix by its factors; `undefined` if a pivot is 0 or not finite. */
export function factor(lu: Float64Array, n: number): Factors | undefined {
  const pivots = new Int32Array(n)
  for (let k = 0; k < n; k++) {
    let p = k
    for (let i = k + 1; i < n; i++) if (Math.abs(lu[i * n + k]!) > Math.abs(lu[p * n + k]!)) p = i
    pivots[k] = p
    exchange(lu, n, k, p)
    const row = k * n
    const pivot = lu[row + k]!
    if (pivot === 0 || !Number.isFinite(pivot)) return undefined
    for (let i = k + 1; i < n; i++) {
      const at = i * n
      if (lu[at + k] === 0) continue
      const f = lu[at + k]! / pivot
      lu[at + k] = f
      for (let j = k + 1; j < n; j++) lu[at + j]! -= f * lu[row + j]!
    }
  }
  return { n, lu, pivots }
}

/** Overwrites b by the solution x of Ax = b. */
export function solve({ n, lu, pivots }: Factors, b: Float64Array): void {
  for (let k = 0; k < n; k++) swap(b, k, pivots[k]!)
  for (let i = 1; i < n; i++) {
    let sum = b[i]!
    for (let j = 0; j < i; j++) sum -= lu[i * n + j]! * b[j]!
    b[i] = sum
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!
    for (let j = i + 1; j < n; j++) sum -= lu[i * n + j]! * b[j]!
    b[i] = sum / lu[i * n + i]!
  }
}

/** Overwrites a complex n × n matrix by its factors; `undefined` if a pivot is 0 or not finite. */
export function factorComplex(re: Float64Array, im: Float64Array, n: number): ComplexFactors | undefined {
  const pivots = new Int32Array(n)
  const size = (i: number): number => Math.abs(re[i]!) + Math.abs(im[i]!)
  for (let k = 0; k < n; k++) {
    let p = k
    for (let i = k + 1; i < n; i++) if (size(i * n + k) > size(p * n + k)) p = i
    pivots[k] = p
    exchange(re, n, k, p)
    exchange(im, n, k, p)
    const row = k * n
    const [a, b] = [re[row + k]!, im[row + k]!]
    const square = a * a + b * b
    if (square === 0 || !Number.isFinite(square)) return undefined
    for (let i = k + 1; i < n; i++) {
      const at = i * n
      const [c, d] = [re[at + k]!, im[at + k]!]
      if (c === 0 && d === 0) continue
      const f = (c * a + d * b) / square
      const g = (d * a - c * b) / square
      re[at + k] = f
      im[at + k] = g
      for (let j = k + 1; j < n; j++) {
        const x = re[row + j]!
        const y = im[row + j]!
        re[at + j]! -= f * x - g * y
        im[at + j]! -= f * y + g * x
      }
    }
  }
  return { n, re, im, pivots }
}

/** Overwrites x + iy by the solution of A(x' + iy') = x + iy. */
export function solveComplex({ n, re, im, pivots }: ComplexFactors, x: Float64Array, y: Float64Array): void {
  for (let k = 0; k < n; k++) {
    swap(x, k, pivots[k]!)
    swap(y, k, pivots[k]!)
  }
  const eliminate = (i: number, from: number, to: number): void => {
    let [p, q] = [x[i]!, y[i]!]
    for (let j = from; j < to; j++) {
      const f = re[i * n + j]!
      const g = im[i * n + j]!
      p -= f * x[j]! - g * y[j]!
      q -= f * y[j]! + g * x[j]!
    }
    x[i] = p
    y[i] = q
  }
  for (let i = 1; i < n; i++) eliminate(i, 0, i)
  for (let i = n - 1; i >= 0; i--) {
    eliminate(i, i + 1, n)
    const [a, b] = [re[i * n + i]!, im[i * n + i]!]
    const square = a * a + b * b
    const [p, q] = [x[i]!, y[i]!]
    x[i] = (p * a + q * b) / square
    y[i] = (q * a - p * b) / square
  }
}

function exchange(a: Float64Array, n: number, i: number, j: number): void {
  if (i !== j) for (let k = 0; k < n; k++) swapAt(a, i * n + k, j * n + k)
}

function swap(a: Float64Array, i: number, j: number): void {
  if (i !== j) swapAt(a, i, j)
}

function swapAt(a: Float64Array, i: number, j: number): void {
  const t = a[i]!
  a[i] = a[j]!
  a[j] = t
}
