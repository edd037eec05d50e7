/** Long runs: closed forms, a 200-digit reference, naive integration, conservation laws, kinks and stops. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { observe, type Start } from '../../src/flow/logclock.ts'
import { softmax } from '../../src/flow/logloss.ts'
import { longRun, type LongRun, type LongRunOptions } from '../../src/flow/longrun.ts'
import type { System } from '../../src/flow/objective.ts'
import { wiring, type Architecture } from '../../src/net/architecture.ts'
import { chain, deepLinear, NORMALIZATIONS, randomWeights, separable, xor } from './longrun-systems.ts'
import { naiveFlow } from './naive-flow.ts'

/** Nodes and weights of Gauss's quadrature with 10 points on [−1, 1], the positive half. */
const GAUSS = [
  [0.1488743389816312, 0.2955242247147529],
  [0.4333953941292472, 0.2692667193099963],
  [0.6794095682990244, 0.219086362515982],
  [0.8650633666889845, 0.1494513491505806],
  [0.9739065285171717, 0.0666713443086881],
] as const

/**
 * L·t for a chain with margin p: from p' = D p^k e^{−p} (k = 2 for EWN, 2 − 2/D for Unnorm and SWN)
 * t = ∫ e^x x^{−k} dx / D, so L·t = ∫_0^{p−p₀} e^{−y} (p − y)^{−k} dy / D: nothing grows with p. What lies
 * beyond y = 60 is less than e^{−60}.
 */
function product(p: number, p0: number, D: number, k: number): number {
  const length = Math.min(p - p0, 60)
  const panels = Math.ceil(4 * length)
  const h = length / panels
  let sum = 0
  for (let i = 0; i < panels; i++)
    for (const [x, weight] of GAUSS)
      for (const side of [-x, x]) {
        const y = h * (i + (1 + side) / 2)
        sum += ((weight * h) / 2) * Math.exp(-y) * (p - y) ** -k
      }
  return sum / D
}

/** Ei(p)e^{−p} − 1/p = Σ_{j=1}^{n} j!/p^{j+1} + R, 0 < R < 2 (n+1)!/p^{n+2} for p > 4n (integrate by parts). */
function exponentialIntegral(p: number): { readonly value: number; readonly remainder: number } {
  let [term, value] = [1 / p, 0]
  for (let j = 1; j <= 8; j++) value += term *= j / p
  return { value, remainder: (2 * 9 * term) / p }
}

const relative = (a: number, b: number): number => Math.abs(a / b - 1)
const most = (values: readonly number[]): number => Math.max(...values)

/** s = −log L straight from the weights of a sample. */
function logLoss(start: Start, weights: Start['weights']): number {
  const { differences, pointOf } = observe({ ...start, weights })
  return -softmax(start.system.loss, 0, differences, pointOf).logLoss
}

describe('scalar chains to s = 10^6', () => {
  const p0 = 2
  const runs = NORMALIZATIONS.flatMap((normalization) =>
    [1, 2, 3, 4, 5, 6].map((D) => {
      const run = longRun(chain(normalization, D, p0), { until: 1e6 })
      const power = normalization === 'ewn' ? 2 : 2 - 2 / D
      return [`${normalization}, D = ${D}`, { normalization, D, run, power }] as const
    }),
  )

  test.each(runs)('%s: margin and log t follow the closed form to 10^-8', (_, { D, run, power }) => {
    expect(run.reason).toBe('horizon')
    expect(run.samples.at(-1)!.s).toBe(1e6)
    expect(run.samples.length).toBeGreaterThan(45)
    for (const { s, weights, margins, logTime, u, error } of run.samples.slice(1)) {
      const Lt = product(s, p0, D, power)
      expect(
        relative(
          weights.flat().reduce((a, b) => a * b),
          s,
        ),
      ).toBeLessThan(1e-8)
      expect(relative(margins[0]!, s)).toBeLessThan(1e-15)
      for (const [w] of weights) expect(relative(w!, s ** (1 / D))).toBeLessThan(1e-8)
      expect(relative(logTime, s + Math.log(Lt))).toBeLessThan(1e-8)
      expect(relative(u, Lt)).toBeLessThan(3e-8)
      // What the run says of its error is no less than half the error, up to rounding.
      expect(relative(u, Lt)).toBeLessThan(2 * error!.logTime + 1e-13)
    }
  })

  test.each(runs.filter(([, { D }]) => D > 1))('%s: no other exponent fits', (_, { D, run, power }) => {
    const { s, u } = run.samples.at(-1)!
    for (const wrong of [2, 2 - 2 / D, 2 - 1 / D, 2 - 2 / (D + 1), 1])
      if (wrong !== power) expect(relative(u, product(s, p0, D, wrong))).toBeGreaterThan(0.5)
    expect(relative(u, product(s, p0, D + 1, power))).toBeGreaterThan(0.1)
  })

  test('the quadrature is D·L·t = e^{-p}(Ei(p) - e^p/p) where that has an asymptotic series', () => {
    for (const p of [60, 200, 1e4, 1e6]) {
      const { value, remainder } = exponentialIntegral(p)
      const difference = product(p, 2, 1, 2) - value
      const rounding = 1e-14 * value
      expect(difference).toBeGreaterThan(-rounding - Math.exp(-50))
      expect(difference).toBeLessThan(remainder + rounding)
    }
  })

  test('a chain with two different weights keeps w_1^2 - w_2^2 (Unnorm) and log w_1 - log w_2 (EWN)', () => {
    for (const normalization of NORMALIZATIONS) {
      const start = { ...chain(normalization, 2, 2), weights: [[3], [0.5]] }
      for (const { weights } of longRun(start, { until: 1e5 }).samples) {
        const [a, b] = [weights[0]![0]!, weights[1]![0]!]
        if (normalization === 'ewn') expect(relative(a / b, 6)).toBeLessThan(1e-9)
        else expect(Math.abs(a * a - b * b - 8.75) / (a * a)).toBeLessThan(1e-9)
      }
    }
  })
})

describe('one linear classifier with two classes has a closed form', () => {
  const net: Architecture = { inputs: 1, layers: [{ width: 2, activation: 'z' }] }
  const start: Start = {
    system: { net, loss: 'cross-entropy', normalization: 'unnorm', labels: [0] },
    weights: [[-0.5], [1]],
    data: [[1]],
  }

  test('d = -log(e^L - 1) and t = (d - d0 + e^d - e^d0)/2, from a loss of 1.7 to one of e^{-10^5}', () => {
    const d0 = -1.5
    const run = longRun(start, { until: 1e5 })
    expect(run.samples[0]!.s).toBeCloseTo(-Math.log(Math.log1p(Math.exp(1.5))), 14)
    for (const { s, margins, weights, logTime } of run.samples.slice(1)) {
      const d = s > 40 ? s : -Math.log(Math.expm1(Math.exp(-s)))
      const logT = s > 40 ? s - Math.log(2) : Math.log((d - d0 + Math.exp(d) - Math.exp(d0)) / 2)
      expect(relative(margins[0]!, d)).toBeLessThan(1e-9)
      expect(relative(weights[0]![0]! - weights[1]![0]!, d)).toBeLessThan(1e-9)
      expect(Math.abs(logTime - logT)).toBeLessThan(1e-8 * Math.max(1, logT))
    }
  })
})

test.each(['P1a', 'P1b'])('the EWN flow %s agrees with its 200-digit reference', (id) => {
  const reference = JSON.parse(readFileSync('test/vectors/ewn-flow-reference.json', 'utf8'))
  const { w0Scale, final } = reference.cases.find((c: { id: string }) => c.id === id)
  const layers = [
    { width: 4, activation: 'z^2' },
    { width: 1, activation: 'z', frozen: true },
  ]
  const hidden = reference.w0.map((w: number[]) => w.map((x) => x * Number(w0Scale)))
  const run = longRun(
    {
      system: { net: { inputs: 2, layers }, loss: 'exponential', normalization: 'ewn', labels: reference.y },
      weights: [...hidden, reference.net.secondLayer],
      data: reference.x,
    },
    { until: -Number(final.lambda), tolerance: 1e-12 },
  )
  const end = run.samples.at(-1)!
  for (const u of [1, 2, 3, 4])
    for (const i of [1, 2])
      expect(Math.abs(end.weights[u - 1]![i - 1]! - Number(final[`w${u}${i}`]))).toBeLessThan(1e-10)
  expect(end.weights[4]).toEqual(reference.net.secondLayer)
  expect(run.error!.weights).toBeLessThan(1e-9)
})

describe('naive integration from the objective agrees', () => {
  const frozenTop: Architecture = {
    inputs: 2,
    layers: [
      { width: 3, activation: 'relu(z)^2', bias: true },
      { width: 1, activation: 'z', frozen: true },
    ],
  }
  const convolution: Architecture = {
    inputs: 4,
    layers: [
      { width: 2, activation: 'z^2', connection: { convolution: 2 } },
      { width: 1, activation: 'z' },
    ],
  }
  const classes: Architecture = {
    inputs: 2,
    layers: [
      { width: 4, activation: 'relu(z)^2' },
      { width: 3, activation: 'z' },
    ],
  }
  const plane = [
    [1, 0.6],
    [-0.4, 1.2],
    [0.9, -1.1],
  ]
  const cases: readonly (readonly [string, Omit<System, 'normalization'>, number[][], number])[] = [
    ['frozen second layer and biases', { net: frozenTop, loss: 'exponential', labels: [1, -1, 1] }, plane, 3],
    [
      'shared weights',
      { net: convolution, loss: 'exponential', labels: [1, -1] },
      [
        [1, 0.5, -0.3, 0.2],
        [-0.2, 0.4, 1, 0.7],
      ],
      4,
    ],
    ['cross-entropy of three classes', { net: classes, loss: 'cross-entropy', labels: [0, 1, 2] }, plane, 8],
  ]
  test.each(cases.flatMap((c) => NORMALIZATIONS.map((n) => [`${c[0]}, ${n}`, c, n] as const)))(
    '%s',
    (_, [, rest, data, seed], normalization) => {
      const start = { system: { ...rest, normalization }, weights: randomWeights(rest.net, seed, 0.6), data }
      const s0 = logLoss(start, start.weights)
      const run = longRun(start, { until: s0 + 1.5 })
      expect(run.reason).toBe('horizon')
      const naive = naiveFlow(start, s0 + 1.5, 3000)
      const { weights, logTime } = run.samples.at(-1)!
      expect(naive.s).toBeCloseTo(s0 + 1.5, 6)
      naive.weights.forEach((w, u) =>
        w.forEach((x, i) => expect(Math.abs(weights[u]![i]! - x)).toBeLessThan(5e-7)),
      )
      expect(Math.abs(logTime - Math.log(naive.t))).toBeLessThan(2e-6)
    },
  )
})

describe.each(NORMALIZATIONS)('small nets, %s', (normalization) => {
  const until = normalization === 'swn' ? 1e4 : 1e6
  const starts: readonly (readonly [string, Start, number])[] = [
    ['8 neurons of relu^2 on separable data', separable(normalization), 3],
    ['20 neurons of relu^2 on XOR', xor(normalization), 3],
    ...[2, 3, 4, 5].map(
      (depth) => [`deep linear, ${depth} layers`, deepLinear(normalization, depth), depth] as const,
    ),
  ]

  test.each(starts)('%s: the horizon within 10 seconds, and every invariant kept', (_, start, H) => {
    const before = performance.now()
    const run = longRun(start, { until })
    expect(performance.now() - before).toBeLessThan(10_000)
    expect([run.reason, run.reached]).toEqual(['horizon', until])
    expect(run.steps).toBeLessThan(200)
    expect(run.error!.weights).toBeLessThan(1e-8)
    expect(run.error!.gaps).toBeLessThan(1e-7)
    expect(run.error!.logTime).toBeLessThan(2e-6)
    expect(run.drift).toBeLessThan(1e-9)
    for (const { s, weights, gradient, softmax: p, gaps, Q, u } of run.samples) {
      // The weights have the loss that the clock shows.
      expect(Math.abs(logLoss(start, weights) - s)).toBeLessThan(1e-9 * Math.max(1, s))
      // The softmax weights are those of the gaps; Σ_{u in layer} a_u = H_l (s + Ent).
      expect(Math.abs(p.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-12)
      gaps.forEach((gap, i) => expect(Math.abs(p[i]! - Math.exp(-gap))).toBeLessThan(1e-9))
      const entropy = p.reduce((sum, q) => (q > 0 ? sum - q * Math.log(q) : sum), 0)
      const shares = weights.map((w, k) => w.reduce((sum, x, i) => sum + x * gradient[k]![i]!, 0))
      const total = shares.reduce((a, b) => a + b)
      expect(Math.abs(total - H * (s + entropy))).toBeLessThan(1e-8 * Math.max(1, H * s, most(shares)))
      // Q is the squared speed of log L in the metric of the normalisation.
      if (normalization !== 'swn') {
        const square = weights.reduce((sum, w, k) => {
          const scale = normalization === 'ewn' ? Math.hypot(...w) ** 2 : 1
          return sum + scale * Math.hypot(...gradient[k]!) ** 2
        }, 0)
        expect(relative(Q, square)).toBeLessThan(1e-9)
      }
      expect(u).toBeGreaterThanOrEqual(0)
    }
    balanced(start, run)
  })

  /** new-balance: Σ_{layer} log‖w‖ / H_l (EWN) or ‖w‖² / H_l (Unnorm, SWN) differ by a constant. */
  function balanced(start: Start, run: LongRun): void {
    const { nodes } = wiring(start.system.net)
    const sums = run.samples.map(({ weights }) =>
      start.system.net.layers.map(({ activation }, l) => {
        const order = activation === 'relu(z)^2' ? 2 : 1
        const own = weights.filter((_, u) => nodes[u]!.layer === l).map((w) => Math.hypot(...w))
        return own.reduce((sum, r) => sum + (normalization === 'ewn' ? Math.log(r) : r * r), 0) / order
      }),
    )
    for (const now of sums)
      now.forEach((value, l) => {
        const constant = sums[0]![l]! - sums[0]![0]!
        expect(Math.abs(value - now[0]! - constant)).toBeLessThan(1e-8 * Math.max(1, most(now)))
      })
  }
})

describe('the limits that theory predicts', () => {
  test('EWN: L t s^2 approaches 1/Σ x_u^2, x_u = a_u/s', () => {
    const { s, u, weights, gradient } = longRun(separable('ewn'), { until: 1e6 }).samples.at(-1)!
    const x = weights.map((w, k) => w.reduce((sum, value, i) => sum + value * gradient[k]![i]!, 0) / s)
    const limit = 1 / x.reduce((sum, value) => sum + value * value, 0)
    expect(relative(u * s * s, limit)).toBeLessThan(1e-3)
  })

  test('the margins of the support points equalise: their softmax weights settle', () => {
    const samples = longRun(xor('ewn'), { until: 1e6 }).samples
    const [before, last] = [samples.at(-9)!, samples.at(-1)!]
    last.softmax.forEach((p, i) => {
      expect(p).toBeGreaterThan(1e-3)
      expect(relative(p, before.softmax[i]!)).toBeLessThan(1e-2)
    })
  })
})

describe('cross-entropy without underflow', () => {
  test('three classes to s = 10^4 under each normalisation, the loss recovered from the weights', () => {
    const net: Architecture = {
      inputs: 2,
      layers: [
        { width: 6, activation: 'relu(z)^2' },
        { width: 3, activation: 'z' },
      ],
    }
    const data = [0, 1, 2, 3, 4, 5].map((i) => [Math.cos(i + 0.2), Math.sin(i + 0.2)])
    for (const normalization of NORMALIZATIONS) {
      const start: Start = {
        system: { net, loss: 'cross-entropy', normalization, labels: [0, 0, 1, 1, 2, 2] },
        weights: randomWeights(net, 21, 0.6),
        data,
      }
      const run = longRun(start, { until: 1e4 })
      expect([normalization, run.reason]).toEqual([normalization, 'horizon'])
      expect(run.error!.weights).toBeLessThan(1e-7)
      for (const { s, weights, softmax: p } of run.samples) {
        expect(Math.abs(logLoss(start, weights) - s)).toBeLessThan(1e-9 * Math.max(1, Math.abs(s)))
        expect(p.length).toBe(12)
        if (s > 40) expect(Math.abs(p.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-9)
      }
    }
  })
})

describe('kinks', () => {
  const relu = (normalization: System['normalization'], seed: number): Start => {
    const start = separable(normalization, 3, seed)
    const layers = [
      { width: 3, activation: 'relu(z)' },
      { width: 1, activation: 'z' },
    ]
    return { ...start, system: { ...start.system, net: { inputs: 2, layers } } }
  }

  test.each(NORMALIZATIONS)('plain relu crossed on the way: naive small steps agree, %s', (normalization) => {
    const start = relu(normalization, 8)
    const run = longRun(start, { until: 0 })
    expect(run.reason).toBe('horizon')
    expect(run.kinks.length).toBeGreaterThanOrEqual(4)
    const naive = naiveFlow(start, 0, 6000)
    naive.weights.forEach((w, u) =>
      w.forEach((x, i) => expect(Math.abs(run.samples.at(-1)!.weights[u]![i]! - x)).toBeLessThan(3e-4)),
    )
  })

  test('each kink is reported once, in order, at a time that does not depend on the tolerance', () => {
    const [fine, coarse] = [1e-11, 1e-8].map((tolerance) =>
      longRun(relu('ewn', 16), { until: 1e3, tolerance }),
    )
    expect(fine!.kinks.length).toBe(13)
    expect(coarse!.kinks.length).toBe(13)
    fine!.kinks.forEach((kink, i) => {
      expect({ ...coarse!.kinks[i]!, s: 0 }).toEqual({ ...kink, s: 0 })
      expect(Math.abs(coarse!.kinks[i]!.s - kink.s)).toBeLessThan(1e-5)
      if (i > 0) expect(kink.s).toBeGreaterThan(fine!.kinks[i - 1]!.s)
    })
    expect(fine!.error!.weights).toBeLessThan(1e-6)
  })

  test('the sides of all units at the end follow from those at the start and the kinks between', () => {
    for (const start of [relu('unnorm', 33), relu('swn', 31), separable('unnorm')]) {
      const run = longRun(start, { until: 1e3, estimateError: false })
      const expected = observe(start).pattern.map((sides) => [...sides])
      for (const { point, kink, active } of run.kinks) expected[point - 1]![kink - 1] = active ? 1 : 0
      const end = observe({ ...start, weights: run.samples.at(-1)!.weights })
      expect(run.kinks.length).toBeGreaterThan(0)
      expect(end.pattern.map((sides) => [...sides])).toEqual(expected)
    }
  })

  test('a sign change at s in the hundreds is found', () => {
    expect(longRun(relu('unnorm', 33), { until: 1e3, estimateError: false }).kinks.at(-1)!.s).toBeGreaterThan(
      500,
    )
  })

  test.each(NORMALIZATIONS)(
    'XOR with plain relu slides along a kink, and the run says so, %s',
    (normalization) => {
      const run = longRun(xor(normalization, 'relu(z)'), { until: 1e4 })
      expect(run.reason).toBe('sliding')
      expect(run.detail).toMatch(
        /slides along the kink of unit \d+ of layer 1 at point \d: both sides push onto it/,
      )
      expect(run.steps + run.rejected).toBeLessThan(100)
      expect(run.reached).toBe(run.samples.at(-1)!.s)
      const { unit, point } = run.kinks.at(-1)!
      const w = run.samples.at(-1)!.weights[unit - 1]!
      const x = xor(normalization).data[point - 1]!
      expect(Math.abs(w[0]! * x[0]! + w[1]! * x[1]!)).toBeLessThan(1e-9)
      // Small explicit steps chatter about the same kink: they do not leave it.
      const { weights } = naiveFlow(xor(normalization, 'relu(z)'), run.reached + 0.02, 4000)
      const z = weights[unit - 1]![0]! * x[0]! + weights[unit - 1]![1]! * x[1]!
      expect(Math.abs(z)).toBeLessThan(1e-3 * Math.hypot(...w))
    },
  )

  test('relu^2 passes where relu slides', () => {
    for (const normalization of NORMALIZATIONS)
      expect(longRun(xor(normalization), { until: 100, estimateError: false }).reason).toBe('horizon')
  })

  test('a start at rest on a kink leaves it on the side to which the flow points', () => {
    const net: Architecture = {
      inputs: 2,
      layers: [
        { width: 1, activation: 'relu(z)' },
        { width: 1, activation: 'z', frozen: true },
      ],
    }
    const system: System = { net, loss: 'exponential', normalization: 'unnorm', labels: [1, 1] }
    const data = [
      [1, 0],
      [1, 1],
    ]
    const run = longRun({ system, weights: [[1, -1], [1]], data }, { until: 5 })
    expect(run.reason).toBe('horizon')
    expect(run.drift).toBeLessThan(1e-9)
    expect(Math.min(...run.samples.at(-1)!.margins)).toBeGreaterThan(4)
  })
})

describe('a run that cannot go on says why', () => {
  const line: Architecture = { inputs: 1, layers: [{ width: 1, activation: 'z' }] }
  const conflict: Start = {
    system: { net: line, loss: 'exponential', normalization: 'unnorm', labels: [1, -1] },
    weights: [[1]],
    data: [[1], [1]],
  }

  test('conflicting labels: the loss stands still at its minimum 2', () => {
    const run = longRun(conflict, { until: 10 })
    expect(run.reason).toBe('stalled')
    expect(run.reached).toBeCloseTo(-Math.log(2), 9)
    expect(run.samples.at(-1)!.weights[0]![0]).toBeCloseTo(0, 5)
    expect(run.detail).toMatch(/^the loss stands still at e\^0\.69/)
  })

  test('a dead net: the gradient is 0 from the start', () => {
    const net: Architecture = { inputs: 1, layers: [{ width: 1, activation: 'relu(z)' }] }
    const start: Start = { ...conflict, system: { ...conflict.system, net, labels: [1, 1] }, weights: [[-1]] }
    expect(longRun(start, { until: 10 })).toMatchObject({ reason: 'stalled', steps: 0 })
  })

  test('too few steps', () => {
    const run = longRun(xor('ewn'), { until: 1e6, maxSteps: 20 })
    expect([run.reason, run.steps + run.rejected]).toEqual(['steps', 20])
    expect(run.samples.at(-1)!.s).toBe(run.reached)
  })

  const start = chain('swn', 2, 2)
  const refusals: readonly (readonly [string, Start, LongRunOptions, string])[] = [
    ['a horizon behind the start', start, { until: 1 }, 'expected a horizon past the start at s = 2'],
    ['a wild tolerance', start, { until: 9, tolerance: 1 }, 'expected a tolerance from 1e-13 to 1e-3, got 1'],
    ['no data', { ...start, data: [] }, { until: 9 }, 'expected at least one data point, got none'],
    [
      'too many data',
      { ...start, data: [[1], [2]] },
      { until: 9 },
      'expected 1 data points, one per label, got 2',
    ],
    ['a long point', { ...start, data: [[1, 2]] }, { until: 9 }, 'expected point 1 to be 1 finite numbers'],
    ['a missing node', { ...start, weights: [[1]] }, { until: 9 }, 'expected 2 weight vectors, got 1'],
    [
      'NaN',
      { ...start, weights: [[1], [NaN]] },
      { until: 9 },
      'expected node 2 to have 1 finite weights, got [NaN]',
    ],
    [
      'no direction',
      { ...start, weights: [[1], [0]] },
      { until: 9 },
      'expected SWN node 2 to have a direction',
    ],
  ]
  test.each(refusals)('%s is refused', (_, bad, options, message) => {
    expect(() => longRun(bad, options)).toThrow(`longRun: ${message}`)
  })
})

describe('the result is plain data', () => {
  test('it survives a structured clone, and the same run gives the same numbers', () => {
    const run = longRun(separable('unnorm'), { until: 100 })
    expect(structuredClone(run)).toEqual(run)
    expect(longRun(separable('unnorm'), { until: 100 })).toEqual(run)
  })

  test('samples lie on a geometric grid between the start and the horizon', () => {
    const s = longRun(chain('ewn', 2, 2), { until: 1e3, samplesPerDecade: 4 }).samples.map(
      (sample) => sample.s,
    )
    expect(s[0]).toBeCloseTo(2, 14)
    expect(s.at(-1)).toBe(1e3)
    s.slice(2, -1).forEach((value, i) => expect(value / s[i + 1]!).toBeCloseTo(10 ** 0.25, 10))
  })

  test('without a second run there is no error estimate', () => {
    const run = longRun(chain('ewn', 2, 2), { until: 10, estimateError: false })
    expect(run.error).toBeNull()
    expect(run.samples.every(({ error }) => error === null)).toBe(true)
  })
})
