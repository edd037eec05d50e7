/** Radau IIA: the coefficients of the collocation methods with an odd number of stages. */
import { factorComplex, solveComplex } from './linear.ts'

/** An eigenvalue of the differentiation matrix, with its right eigenvector and the left one dual to it. */
export interface Mode {
  readonly re: number
  readonly im: number
  readonly right: { readonly re: Float64Array; readonly im: Float64Array }
  readonly left: { readonly re: Float64Array; readonly im: Float64Array }
}

/**
 * The Radau IIA method of ν stages: the polynomial P of degree ν with P(0) = 0 whose derivative meets the
 * field at the nodes 0 < c_1 < … < c_ν = 1. It has order 2ν − 1, is L-stable and stiffly accurate.
 */
export interface Radau {
  readonly stages: number
  readonly nodes: Float64Array
  /** The matrix D = A^{-1}, row by row: P'(c_i) = Σ_j D_ij P(c_j). */
  readonly differentiation: Float64Array
  /** P'(0) = Σ_j start_j P(c_j). */
  readonly start: Float64Array
  /** The eigenvalues of D: the real one, and one of each conjugate pair. */
  readonly modes: readonly Mode[]
  /** Barycentric weights of the nodes 0, c_1, …, c_ν. */
  readonly barycentric: Float64Array
}

const methods = new Map<number, Radau>()

/**
 * The coefficients, computed from their definition to rounding error (Hairer & Wanner, Solving Ordinary
 * Differential Equations II, §IV.5 and §IV.8). @throws RangeError unless ν is 1, 3, 5 or 7.
 */
export function radau(stages: number): Radau {
  if (![1, 3, 5, 7].includes(stages))
    throw new RangeError(`radau: expected 1, 3, 5 or 7 stages, got ${stages}`)
  let method = methods.get(stages)
  if (method === undefined) methods.set(stages, (method = build(stages)))
  return method
}

function build(s: number): Radau {
  const nodes = Float64Array.from(radauNodes(s))
  const x = [0, ...nodes]
  const barycentric = Float64Array.from(x, (xi, i) =>
    x.reduce((product, xj, j) => (i === j ? product : product / (xi - xj)), 1),
  )
  const entry = (i: number, j: number): number => barycentric[j]! / barycentric[i]! / (x[i]! - x[j]!)
  const differentiation = new Float64Array(s * s)
  for (let i = 1; i <= s; i++)
    for (let j = 1; j <= s; j++)
      if (i !== j) differentiation[(i - 1) * s + j - 1] = entry(i, j)
      else
        differentiation[(i - 1) * s + i - 1] = -x.reduce(
          (sum, _, k) => (k === i ? sum : sum + entry(i, k)),
          0,
        )
  const start = Float64Array.from(nodes, (_, j) => entry(0, j + 1))
  return { stages: s, nodes, differentiation, start, modes: eigenmodes(nodes), barycentric }
}

/** The zeros of P_s(2x − 1) − P_{s−1}(2x − 1), P the Legendre polynomials: all lie in (0, 1]. */
function radauNodes(s: number): number[] {
  const value = (x: number): number => {
    let [before, now] = [1, 2 * x - 1]
    for (let k = 1; k < s; k++)
      [before, now] = [now, ((2 * k + 1) * (2 * x - 1) * now - k * before) / (k + 1)]
    return now - before
  }
  const nodes: number[] = []
  const cells = 200
  for (let k = 0; k < cells - 1; k++) {
    let [lo, hi] = [k / cells, (k + 1) / cells]
    const sign = Math.sign(value(lo))
    if (sign === Math.sign(value(hi))) continue
    for (let i = 0; i < 60; i++) {
      const middle = (lo + hi) / 2
      if (Math.sign(value(middle)) === sign) lo = middle
      else hi = middle
    }
    nodes.push((lo + hi) / 2)
  }
  return [...nodes, 1]
}

/**
 * The eigenvalues λ of D. With M(x) = Π(x − c_i), P' = λP at the nodes holds for P = Σ_k λ^{−k} M^{(k)}, and
 * P(0) = 0 is the characteristic equation.
 */
function eigenmodes(nodes: Float64Array): Mode[] {
  const s = nodes.length
  let M = [1]
  for (const c of nodes) M = [...M, 0].map((_, k) => (M[k - 1] ?? 0) - c * (M[k] ?? 0))
  const derivatives = [M]
  for (let k = 1; k <= s; k++) derivatives.push(derivatives[k - 1]!.slice(1).map((a, i) => a * (i + 1)))
  const roots = zeros(derivatives.map((d) => d[0]!))
  const real = roots.filter(({ im }) => Math.abs(im) < 1e-6).map(({ re }) => ({ re, im: 0 }))
  const upper = roots.filter(({ im }) => im >= 1e-6)
  const eigenvalues = [...real, ...upper, ...upper.map(({ re, im }) => ({ re, im: -im }))]

  const rights = eigenvalues.map((lambda) => {
    const square = lambda.re ** 2 + lambda.im ** 2
    const inverse = { re: lambda.re / square, im: -lambda.im / square }
    const values = Array.from(nodes, (c) => {
      let sum = { re: 0, im: 0 }
      for (let k = s; k >= 1; k--) {
        const value = derivatives[k]!.reduceRight((v, a) => v * c + a, 0)
        sum = times({ re: sum.re + value, im: sum.im }, inverse)
      }
      return sum
    })
    return { re: Float64Array.from(values, (v) => v.re), im: Float64Array.from(values, (v) => v.im) }
  })
  const at = (part: 're' | 'im'): Float64Array =>
    Float64Array.from({ length: s * s }, (_, k) => rights[k % s]![part][Math.floor(k / s)]!)
  const factors = factorComplex(at('re'), at('im'), s)!
  const lefts = eigenvalues.map(() => ({ re: new Float64Array(s), im: new Float64Array(s) }))
  for (let j = 0; j < s; j++) {
    const [re, im] = [new Float64Array(s), new Float64Array(s)]
    re[j] = 1
    solveComplex(factors, re, im)
    lefts.forEach((left, i) => {
      left.re[j] = re[i]!
      left.im[j] = im[i]!
    })
  }
  return eigenvalues
    .filter(({ im }) => im >= 0)
    .map((lambda, i) => ({ ...lambda, right: rights[i]!, left: lefts[i]! }))
}

interface Complex {
  readonly re: number
  readonly im: number
}

const times = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
})

/** The zeros of a real polynomial Σ a_k x^{n−k}, by Durand and Kerner's simultaneous iteration. */
function zeros(a: readonly number[]): Complex[] {
  const n = a.length - 1
  const radius = Math.abs(a[n]! / a[0]!) ** (1 / n)
  const z = Array.from({ length: n }, (_, i): Complex => {
    const angle = (2 * Math.PI * i) / n + 0.4
    return { re: radius * Math.cos(angle), im: radius * Math.sin(angle) }
  })
  for (let sweep = 0; sweep < 200; sweep++)
    z.forEach((zi, i) => {
      let value: Complex = { re: 0, im: 0 }
      for (const coefficient of a) {
        value = times(value, zi)
        value = { re: value.re + coefficient / a[0]!, im: value.im }
      }
      const others = z.reduce(
        (product, zj, j) => (j === i ? product : times(product, { re: zi.re - zj.re, im: zi.im - zj.im })),
        { re: 1, im: 0 },
      )
      const square = others.re ** 2 + others.im ** 2
      const step = times(value, { re: others.re / square, im: -others.im / square })
      z[i] = { re: zi.re - step.re, im: zi.im - step.im }
    })
  return z
}
