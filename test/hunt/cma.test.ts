/** CMA-ES reaches the optimum of the usual test functions, and the eigenvectors it needs are right. */
import { describe, expect, test } from 'vitest'
import { seeded } from '../../src/claim/random.ts'
import { normal, uniform } from '../../src/hunt/chance.ts'
import { cma, defaultLambda } from '../../src/hunt/cma.ts'
import { eigen } from '../../src/hunt/symmetric.ts'

const N = 8
/** The functions of Hansen & Ostermeier (2001), and how many evaluations are allowed in dimension 8. */
const FUNCTIONS: Readonly<Record<string, readonly [most: number, f: (x: Float64Array) => number]>> = {
  sphere: [2500, (x) => x.reduce((sum, e) => sum + e * e, 0)],
  ellipsoid: [8000, (x) => x.reduce((sum, e, i) => sum + 1e6 ** (i / (N - 1)) * e * e, 0)],
  'rotated ellipsoid': [
    8000,
    (x) => x.reduce((sum, _, i) => sum + 1e6 ** (i / (N - 1)) * (x[i]! - x[(i + 1) % N]! / 2) ** 2, 0),
  ],
  Rosenbrock: [
    12_000,
    (x) => x.slice(1).reduce((sum, e, i) => sum + 100 * (e - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2, 0),
  ],
}

/** The evaluations until f < 1e-8, `Infinity` if they exceed the bound. */
function evaluations(f: (x: Float64Array) => number, most: number, seed: number): number {
  const run = cma(new Float64Array(N).fill(0.3), 0.5, seeded(seed))
  for (let n = 0; n < most;)
    for (const [k, values] of [run.ask()].map((p) => p.map(f)).entries()) {
      n += values.length - k
      if (Math.min(...values) < 1e-8) return n
      run.tell(values)
    }
  return Infinity
}

describe('a minimum is reached to 1e-8 in dimension 8', () => {
  test.each(Object.entries(FUNCTIONS))('%s', (_, [most, f]) => {
    const runs = [1, 2, 3, 4, 5].map((seed) => evaluations(f, most, seed))
    expect(runs.filter((n) => n <= most)).toHaveLength(5)
  })

  test('without covariance adaptation the ellipsoid would take far longer: the bound means something', () => {
    const [most, f] = FUNCTIONS['ellipsoid']!
    const random = seeded(1)
    let x = new Float64Array(N).fill(0.3)
    let sigma = 0.5
    for (let n = 0; n < most; n++) {
      const y = x.map((e) => e + sigma * normal(random))
      const better = f(y) < f(x)
      if (better) x = y
      sigma *= Math.exp((better ? 1 : -1 / 4) / N)
    }
    expect(f(x)).toBeGreaterThan(1e-8)
  })
})

test('a flat function stalls the run', () => {
  const run = cma(new Float64Array(3), 0.5, seeded(1))
  for (let i = 0; i < 60; i++) run.tell(run.ask().map(() => 1))
  expect(run.stalled()).toBe('values no longer differ')
})

test('the same seed asks for the same points', () => {
  const points = (seed: number): unknown => cma([0, 0], 1, seeded(seed)).ask()
  expect(points(5)).toEqual(points(5))
  expect(points(5)).not.toEqual(points(6))
})

test('population sizes are those of the tutorial', () => {
  expect([2, 8, 20].map(defaultLambda)).toEqual([6, 10, 12])
})

test('a symmetric matrix is B diag(d) Bᵀ, with B orthonormal', () => {
  const random = seeded(3)
  const A = Array.from({ length: 6 }, () => new Float64Array(6))
  for (let i = 0; i < 6; i++) for (let j = 0; j <= i; j++) A[i]![j] = A[j]![i] = normal(random)
  const { d, B } = eigen(A)
  for (let i = 0; i < 6; i++)
    for (let j = 0; j < 6; j++) {
      const [back, gram] = [0, 1].map((kind) =>
        Array.from(d).reduce(
          (sum, dk, k) => sum + (kind === 0 ? dk * B[i]![k]! * B[j]![k]! : B[k]![i]! * B[k]![j]!),
          0,
        ),
      )
      expect(Math.abs(back! - A[i]![j]!)).toBeLessThan(1e-12)
      expect(Math.abs(gram! - (i === j ? 1 : 0))).toBeLessThan(1e-12)
    }
})

test('normal numbers have mean 0, variance 1 and a tenth beyond 1.645', () => {
  const random = seeded(11)
  const z = Array.from({ length: 20_000 }, () => normal(random))
  const mean = z.reduce((a, b) => a + b, 0) / z.length
  const variance = z.reduce((a, b) => a + (b - mean) ** 2, 0) / z.length
  const tail = z.filter((e) => Math.abs(e) > 1.645).length / z.length
  expect(Math.abs(mean)).toBeLessThan(0.03)
  expect(Math.abs(variance - 1)).toBeLessThan(0.05)
  expect(Math.abs(tail - 0.1)).toBeLessThan(0.01)
  const u = Array.from({ length: 1000 }, () => uniform(random))
  expect(u.every((e) => e > 0 && e < 1)).toBe(true)
})
