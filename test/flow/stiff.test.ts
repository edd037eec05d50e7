/** Stiff steps: LU factors, the Radau coefficients, orders and stability, softmax weights and the Jacobian in s. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { factor, factorComplex, solve, solveComplex } from '../../src/flow/linear.ts'
import { logClock, observe, type Start } from '../../src/flow/logclock.ts'
import { softmax } from '../../src/flow/logloss.ts'
import { radau } from '../../src/flow/radau.ts'
import { accept, type Pace } from '../../src/flow/stepsize.ts'
import { attempt, dense, end, linearize, type StiffProblem } from '../../src/flow/stiff.ts'
import type { Architecture } from '../../src/net/architecture.ts'
import { NORMALIZATIONS, randomWeights } from './longrun-systems.ts'

const entries = (n: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ noNaN: true, min: -1, max: 1 }), { minLength: n, maxLength: n })
const most = (values: Iterable<number>): number => Math.max(0, ...[...values].map(Math.abs))

describe('linear systems', () => {
  const n = 6

  test('Ax = b is solved with a residual of rounding size, real and complex', () => {
    let solved = 0
    fc.assert(
      fc.property(entries(2 * n * n), entries(2 * n), (matrix, right) => {
        const [a, c] = [Float64Array.from(matrix.slice(0, n * n)), Float64Array.from(matrix.slice(n * n))]
        const [b, d] = [Float64Array.from(right.slice(0, n)), Float64Array.from(right.slice(n))]
        const [real, complex] = [factor(a.slice(), n), factorComplex(a.slice(), c.slice(), n)]
        // A random matrix is all but never singular: a missing factorisation shows in the count.
        if (real === undefined || complex === undefined) return
        solved++
        const own = b.slice()
        solve(real, own)
        for (let i = 0; i < n; i++) {
          const sum = own.reduce((s, xj, j) => s + a[i * n + j]! * xj, 0)
          expect(Math.abs(sum - b[i]!)).toBeLessThan(1e-13 * (1 + most(own)))
        }
        const [x, y] = [b.slice(), d.slice()]
        solveComplex(complex, x, y)
        for (let i = 0; i < n; i++) {
          const re = x.reduce((s, xj, j) => s + a[i * n + j]! * xj - c[i * n + j]! * y[j]!, 0)
          const im = x.reduce((s, xj, j) => s + a[i * n + j]! * y[j]! + c[i * n + j]! * xj, 0)
          expect(Math.hypot(re - b[i]!, im - d[i]!)).toBeLessThan(1e-13 * (1 + most(x) + most(y)))
        }
      }),
      { seed: 71, numRuns: 500 },
    )
    expect(solved).toBeGreaterThan(400)
  })

  test('a singular matrix has no factors', () => {
    expect(factor(Float64Array.of(1, 2, 2, 4), 2)).toBeUndefined()
    expect(factorComplex(Float64Array.of(0, 0, 0, 1), Float64Array.of(0, 0, 0, 1), 2)).toBeUndefined()
    expect(factor(Float64Array.of(NaN), 1)).toBeUndefined()
  })
})

describe.each([1, 3, 5, 7])('Radau IIA with %i stages', (stages) => {
  const { nodes, differentiation: D, start, modes } = radau(stages)

  test('its nodes carry a quadrature of order 2ν − 1, and no more', () => {
    // The weights are the last row of D^{-1}.
    const transposed = Float64Array.from(
      { length: stages ** 2 },
      (_, k) => D[(k % stages) * stages + Math.floor(k / stages)]!,
    )
    const b = new Float64Array(stages)
    b[stages - 1] = 1
    solve(factor(transposed, stages)!, b)
    const moment = (k: number): number => b.reduce((sum, w, i) => sum + w * nodes[i]! ** (k - 1), 0) - 1 / k
    for (let k = 1; k <= 2 * stages - 1; k++) expect(Math.abs(moment(k))).toBeLessThan(1e-14)
    expect(Math.abs(moment(2 * stages))).toBeGreaterThan(1e-10)
    expect(nodes[stages - 1]).toBe(1)
  })

  test('D differentiates polynomials that vanish at 0, at the nodes and at 0', () => {
    for (let k = 1; k <= stages; k++) {
      const values = nodes.map((c) => c ** k)
      for (let i = 0; i < stages; i++) {
        const slope = values.reduce((sum, v, j) => sum + D[i * stages + j]! * v, 0)
        expect(Math.abs(slope - k * nodes[i]! ** (k - 1))).toBeLessThan(1e-12)
      }
      const first = values.reduce((sum, v, j) => sum + start[j]! * v, 0)
      expect(Math.abs(first - (k === 1 ? 1 : 0))).toBeLessThan(1e-12)
    }
  })

  test('its modes put D together again: D = Σ λ (right)(left)ᵀ', () => {
    for (let i = 0; i < stages; i++)
      for (let j = 0; j < stages; j++) {
        let sum = 0
        for (const { re, im, right, left } of modes) {
          const [a, b] = [
            right.re[i]! * left.re[j]! - right.im[i]! * left.im[j]!,
            right.re[i]! * left.im[j]! + right.im[i]! * left.re[j]!,
          ]
          sum += (im === 0 ? 1 : 2) * (re * a - im * b)
        }
        expect(Math.abs(sum - D[i * stages + j]!)).toBeLessThan(1e-11)
      }
    expect(modes.filter(({ im }) => im === 0).length).toBe(1)
    for (const { re } of modes) expect(re).toBeGreaterThan(0)
  })
})

test('radau: an even number of stages is refused', () => {
  expect(() => radau(4)).toThrow('radau: expected 1, 3, 5 or 7 stages, got 4')
})

/** A problem given by its field and Jacobian, with errors measured absolutely. */
const problem = (
  dimension: number,
  field: (s: number, y: Float64Array) => number[],
  jacobian: (s: number, y: Float64Array) => number[],
): StiffProblem => ({
  dimension,
  field: (s, y, out) => out.set(field(s, y)),
  jacobian: (s, y, out) => out.set(jacobian(s, y)),
  scale: (_, __, out) => out.fill(1),
})

describe('one step', () => {
  const rotation = problem(
    2,
    (s, [x, y]) => [-y! * x! + Math.cos(s), x! * x! - y!],
    (_, [x, y]) => [-y!, -x!, 2 * x!, -1],
  )

  test.each([
    [3, 5],
    [5, 9],
  ])('%i stages have order %i', (stages, order) => {
    const solveTo = (steps: number): Float64Array => {
      let y = Float64Array.of(0.7, -0.4)
      for (let k = 0; k < steps; k++) {
        const tried = attempt(
          rotation,
          radau(stages),
          linearize(rotation, (2 * k) / steps, y)!,
          2 / steps,
          1e-13,
        )
        if (!tried.converged) throw new Error('not converged')
        y = Float64Array.from(end(tried.step))
      }
      return y
    }
    const exact = solveTo(200)
    const error = (steps: number): number => most(solveTo(steps).map((v, i) => v - exact[i]!))
    const steps = stages === 5 ? 4 : 8
    expect(Math.log2(error(steps) / error(2 * steps))).toBeGreaterThan(order - 1)
  })

  test('is L-stable: a stiff component lands on its slow solution in one step, however stiff', () => {
    for (const lambda of [1e2, 1e6, 1e12]) {
      const relaxing = problem(
        1,
        (s, [y]) => [-lambda * (y! - Math.cos(s)) - Math.sin(s)],
        () => [-lambda],
      )
      const tried = attempt(relaxing, radau(7), linearize(relaxing, 0, Float64Array.of(5))!, 0.5, 1e-12)
      expect(tried.converged).toBe(true)
      if (tried.converged) expect(Math.abs(end(tried.step)[0]! - Math.cos(0.5))).toBeLessThan(60 / lambda)
    }
  })

  test('its polynomial meets the nodes, the start and the end', () => {
    const y = Float64Array.of(0.7, -0.4)
    const method = radau(5)
    const tried = attempt(rotation, method, linearize(rotation, 1, y)!, 0.3, 1e-12)
    if (!tried.converged) throw new Error('not converged')
    const at = (s: number): Float64Array => {
      const out = new Float64Array(2)
      dense(tried.step, s, out)
      return out
    }
    expect([...at(1)]).toEqual([...y])
    expect(most(at(1.3).map((v, i) => v - end(tried.step)[i]!))).toBeLessThan(1e-15)
    const near = 1 + 0.3 * method.nodes[2]!
    expect(most(at(near).map((v, i) => v - at(near + 1e-9)[i]!))).toBeLessThan(1e-7)
  })

  test('where the field is not finite there is no linearisation and no step', () => {
    const root = problem(
      1,
      (_, [y]) => [-Math.sqrt(y!)],
      (_, [y]) => [-0.5 / Math.sqrt(y!)],
    )
    expect(linearize(root, 0, Float64Array.of(-1))).toBeUndefined()
    expect(attempt(root, radau(5), linearize(root, 0, Float64Array.of(1e-3))!, 10, 1e-9).converged).toBe(
      false,
    )
  })

  test("Van der Pol's relaxation, ε = 10^-6, agrees between methods", () => {
    const vanDerPol = problem(
      2,
      (_, [x, v]) => [v!, ((1 - x! * x!) * v! - x!) / 1e-6],
      (_, [x, v]) => [0, 1, (-2 * x! * v! - 1) / 1e-6, (1 - x! * x!) / 1e-6],
    )
    const ends = [5, 7].map((stages) => {
      let [s, y, count] = [0, Float64Array.of(2, -0.66), 0]
      let pace: Pace = { h: 1e-6 }
      while (s < 2) {
        const accepted = accept(vanDerPol, radau(stages), linearize(vanDerPol, s, y)!, 2, 1e-9, pace, 1000)!
        count += accepted.attempts
        pace = accepted.pace
        y = Float64Array.from(end(accepted.step))
        s = accepted.landed ? 2 : s + accepted.step.h
      }
      expect(count).toBeLessThan(1500)
      return y
    })
    expect(most(ends[0]!.map((v, i) => v - ends[1]![i]!))).toBeLessThan(1e-9)
    // On the slow branch v is −x/(x² − 1) up to ε.
    const [x, v] = ends[0]!
    expect(Math.abs(v! + x! / (x! * x! - 1))).toBeLessThan(1e-5)
  })
})

describe('softmax weights in the log domain', () => {
  const spread = fc.array(fc.double({ noNaN: true, min: -20, max: 20 }), { minLength: 6, maxLength: 6 })

  test('are those of the definition where that is harmless', () => {
    fc.assert(
      fc.property(spread, fc.double({ noNaN: true, min: -5, max: 5 }), (d, s) => {
        const excess = d.map((x) => x - s)
        const L = d.reduce((sum, x) => sum + Math.exp(-x), 0)
        const exponential = softmax('exponential', s, excess, [0, 1, 2, 3, 4, 5])
        expect(exponential.logLoss).toBeCloseTo(Math.log(L) + s, 10)
        d.forEach((x, a) => expect(exponential.weights[a]! / (Math.exp(-x) / L) - 1).toBeCloseTo(0, 11))

        const pointOf = [0, 0, 1, 1, 1, 2]
        const sums = [0, 1, 2].map((i) =>
          d.reduce((sum, x, a) => sum + (pointOf[a] === i ? Math.exp(-x) : 0), 0),
        )
        const M = sums.reduce((sum, x) => sum + Math.log1p(x), 0)
        const cross = softmax('cross-entropy', s, excess, pointOf)
        expect(cross.logLoss).toBeCloseTo(Math.log(M) + s, 10)
        d.forEach((x, a) => {
          const share = Math.exp(-x) / (1 + sums[pointOf[a]!]!)
          expect(cross.shares[a]! / share - 1).toBeCloseTo(0, 11)
          expect(cross.weights[a]! / (share / M) - 1).toBeCloseTo(0, 11)
        })
      }),
      { seed: 72, numRuns: 500 },
    )
  })

  test('neither under- nor overflow at losses of e^{±10^6}', () => {
    const late = softmax('cross-entropy', 1e6, [0.3, 1.7, 0.1], [0, 0, 1])
    const expected = softmax('exponential', 1e6, [0.3, 1.7, 0.1], [0, 1, 2])
    late.weights.forEach((p, a) => expect(p / expected.weights[a]! - 1).toBeCloseTo(0, 14))
    expect([...late.shares]).toEqual([0, 0, 0])
    // One point wrong by 10^6: L = 10^6, and its weight is 1/L.
    const early = softmax('cross-entropy', 0, [-1e6, 3], [0, 1])
    expect(early.logLoss).toBeCloseTo(Math.log(1e6), 6)
    expect(early.weights[0]! * 1e6).toBeCloseTo(1, 6)
    expect(softmax('exponential', 0, [-1e6, 3], [0, 1]).logLoss).toBe(1e6)
  })
})

describe('the field in s', () => {
  const hidden = { width: 3, activation: 'relu(z)^2', bias: true }
  const nets: Readonly<Record<'exponential' | 'cross-entropy', Architecture>> = {
    exponential: {
      inputs: 2,
      layers: [hidden, { width: 2, activation: 'z', frozen: true }, { width: 1, activation: 'z' }],
    },
    'cross-entropy': { inputs: 2, layers: [hidden, { width: 3, activation: 'z' }] },
  }
  const data = [
    [1, 0.5],
    [-0.3, 1],
    [0.7, -0.9],
  ]
  const cases = NORMALIZATIONS.flatMap((normalization) =>
    (['exponential', 'cross-entropy'] as const).map((loss): [string, Start] => [
      `${normalization}, ${loss}`,
      {
        system: {
          net: nets[loss],
          loss,
          normalization,
          labels: loss === 'exponential' ? [1, -1, 1] : [0, 1, 2],
        },
        weights: randomWeights(nets[loss], 3, 0.7),
        data,
      },
    ]),
  )

  test.each(cases)('%s: the Jacobian is the slope of the field, and -log L grows at rate 1', (_, start) => {
    const { differences, pointOf, pattern } = observe(start)
    const s = -softmax(start.system.loss, 0, differences, pointOf).logLoss
    const clock = logClock(start, pattern)
    const n = clock.dimension
    const y = clock.state(
      start.weights,
      differences.map((d) => d - s),
      0.3,
    )
    const J = new Float64Array(n * n)
    clock.jacobian(s, y, J)
    const field = (at: Float64Array): Float64Array => {
      const out = new Float64Array(n)
      clock.field(s, at, out)
      return out
    }
    const h = 1e-4
    for (let j = 0; j < n; j++) {
      const moved = (by: number): Float64Array => field(y.map((v, k) => (k === j ? v + by : v)))
      const [a, b, c, d] = [moved(-2 * h), moved(-h), moved(h), moved(2 * h)]
      for (let i = 0; i < n; i++) {
        const slope = (a[i]! - 8 * b[i]! + 8 * c[i]! - d[i]!) / (12 * h)
        expect(Math.abs(slope - J[i * n + j]!)).toBeLessThan(1e-8 * (1 + Math.abs(slope)))
      }
    }
    const f = field(y)
    const ahead = (by: number): number => {
      const { weights } = clock.read(
        s + by,
        y.map((v, i) => v + by * f[i]!),
      )
      const moved = observe({ ...start, weights })
      return -softmax(start.system.loss, 0, moved.differences, pointOf).logLoss
    }
    expect((ahead(1e-5) - ahead(-1e-5)) / 2e-5).toBeCloseTo(1, 7)
  })
})
