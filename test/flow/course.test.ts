/** Courses: slices of a flow are the flow. */
import { describe, expect, test } from 'vitest'
import { clockedField, type Clock, type ClockedField, type GradientFlow } from '../../src/flow/clock.ts'
import { course, courseInTime } from '../../src/flow/course.ts'
import { enclose } from '../../src/flow/enclose.ts'
import { decimalText } from '../../src/flow/fixed.ts'
import { integrate } from '../../src/flow/integrate.ts'
import { parseRatio } from '../../src/program/constant.ts'
import { trace, type Expr, type Trace } from '../../src/program/program.ts'

const net = {
  inputs: 2,
  layers: [
    { width: 2, activation: 'relu(z)^3' },
    { width: 1, activation: 'z', frozen: true },
  ],
}
const flowOf = (normalization: 'unnorm' | 'ewn'): GradientFlow => ({
  system: { net, loss: 'exponential', normalization, labels: [1, -1, 1] },
  nodes: [{ vector: ['1/2', '1/4'] }, { vector: ['-3/8', '5/8'] }, { vector: ['1', '-1'] }],
  data: [
    ['5/4', '1/2'],
    ['1/2', '3/2'],
    ['1/4', '-1'],
  ],
})
/** A field written by hand, in the place of a flow. */
const field = (
  start: readonly string[],
  body: (F: Trace, x: readonly Expr[]) => readonly Expr[],
): ClockedField => ({
  clock: 't' as Clock,
  field: trace(
    start.map((_, i) => `x_${i + 1}`),
    body,
  ),
  start: trace([], (F) => [...start, '0'].map((c) => F.constant(c))),
  ...{ weights: trace([], () => []), logTime: trace([], () => []) },
})

describe('in slices', () => {
  test.each<[Clock, string, number]>([
    ['t', '3', 40],
    ['s', '4', 16],
  ])('the flow in %s to %s is the one in one piece', (clock, until, digits) => {
    const own = clockedField(flowOf('ewn'), clock)
    const found = course(own, { until, digits })
    const whole = integrate(own, { until, digits })
    expect([found.reason, found.kinks.length]).toEqual(['end', whole.kinks.length])
    expect(found.steps).toBeGreaterThan(20)
    found.state.forEach((value, k) => {
      expect(
        Math.abs(
          Number(decimalText(value - (whole.values[k]! << BigInt(found.bits - whole.bits)), found.bits, 60)),
        ),
      ).toBeLessThan(1e6 * 10 ** -digits)
    })
    expect(Number(found.errorEstimate)).toBeLessThan(1e7 * 10 ** -digits)
  })

  test('every kink is counted, with the distance of the two runs', () => {
    const oscillator = field(['0', '1'], (F, [x, v]) => [
      v!,
      F.neg(F.add(x!, F.mul(F.constant('3'), F.relu(x!)))),
    ])
    // Half periods are π/2 and π.
    for (const digits of [20, 120]) {
      const { kinks, bits } = course(oscillator, { until: '5', digits })
      expect(kinks.map(({ active }) => active)).toEqual([false, true])
      expect(Number(decimalText(kinks[0]!.clock, bits, 20))).toBeCloseTo(Math.PI / 2, 12)
      expect(Number(kinks[0]!.error! >> BigInt(bits - 40))).toBe(0)
    }
  })

  test('progress tells how far both runs are', () => {
    const seen: boolean[] = []
    course(clockedField(flowOf('ewn'), 't'), {
      ...{ until: '1', digits: 100 },
      onProgress: ({ again }) => seen.push(again),
    })
    expect(new Set(seen)).toEqual(new Set([false, true]))
  })
})

describe('an end that no number of steps reaches', () => {
  test.each([1, 2, 3])('of loss time: an EWN chain of %i weights has p = p₀/(1 − D p₀ τ)', (depth) => {
    const chain: GradientFlow = {
      system: {
        net: { inputs: 1, layers: Array.from({ length: depth }, () => ({ width: 1, activation: 'z' })) },
        ...{ loss: 'exponential', normalization: 'ewn', labels: [1] },
      },
      nodes: Array.from({ length: depth }, () => ({ vector: ['5/4'] })),
      data: [['1']],
    }
    const { reason, detail } = course(clockedField(chain, 'tau'), { until: '2', digits: 16 })
    expect(reason).toBe('singularity')
    expect(Number(/tau = ([\d.]+)/.exec(detail)![1])).toBeCloseTo(1 / (depth * 1.25 ** depth), 3)
  })

  test('not of w = 1 + τ, which goes on for ever', () => {
    const line: GradientFlow = {
      system: {
        net: { inputs: 1, layers: [{ width: 1, activation: 'z' }] },
        ...{ loss: 'exponential', normalization: 'unnorm', labels: [1] },
      },
      nodes: [{ vector: ['1'] }],
      data: [['1']],
    }
    const own = clockedField(line, 'tau')
    const { reason, state, radii, bits } = course(own, { until: '1000000', digits: 50 })
    expect(reason).toBe('end')
    expect(state[0]! - (1000001n << BigInt(bits)) <= radii[0]!).toBe(true)
    expect((1000001n << BigInt(bits)) - state[0]! <= radii[0]!).toBe(true)
    expect(Number(radii[0]!) / 2 ** bits).toBeLessThan(1e-40)
  })

  test('in 16 digits the error estimate comes from a finer run', () => {
    const { errorEstimate } = course(clockedField(flowOf('unnorm'), 't'), { until: '1', digits: 16 })
    expect(Number(errorEstimate)).toBeLessThan(1e-14)
  })

  test('steps that run out are the reason', () => {
    const { reason, detail } = course(clockedField(flowOf('ewn'), 's'), {
      until: '1000',
      digits: 16,
      maxSteps: 20,
    })
    expect([reason, detail]).toEqual(['steps', '20 steps did not reach s = 1000'])
  })
})

describe('a rate is followed only while it is positive', () => {
  const line = (rate: string): GradientFlow => ({
    system: {
      net: { inputs: 1, layers: [{ width: 1, activation: 'z' }] },
      ...{ loss: 'exponential', normalization: 'unnorm', labels: [1] },
    },
    ...{ nodes: [{ vector: ['1'] }], data: [['1']], rate },
  })
  // w = log(e + ∫ η dt) up to where η comes to 0.
  test.each([
    ['1-t', Math.log(Math.E + 0.5)],
    ['relu(1-t)', Math.log(Math.E + 0.5)],
    ['1-2*step(t-1)', Math.log(Math.E + 1)],
    ['log(3-t)', Math.log(Math.E + 3 * Math.log(3) - 2)],
  ])('%s', (rate, w) => {
    const own = clockedField(line(rate), 'tau')
    const found = courseInTime(own, { until: '3', digits: 20 })
    expect(found.reason).toBe('rate')
    expect(Number(decimalText(found.state[0]!, found.bits, 20))).toBeCloseTo(w, 8)
  })
  test('in the clock s, where it comes to 0 only as steps shrink away', () => {
    const found = course(clockedField(line('1-t'), 's'), { until: '3', digits: 20 })
    expect(found.reason).toBe('rate')
    expect(Number(decimalText(found.clock, found.bits, 20))).toBeCloseTo(Math.log(Math.E + 0.5), 8)
  })
  test('and an enclosure ends before it, certainly', () => {
    const own = clockedField(line('1-t'), 't')
    const found = enclose(own, { until: '3', bits: 128, positive: own.rate })
    expect(found.reason).toBe('rate')
    const { num, den } = parseRatio(found.reached)
    expect(num < den && 100n * (den - num) < den).toBe(true)
  })
  test('a rate that stays positive is no obstacle', () => {
    const found = courseInTime(clockedField(line('1/(1+t)'), 'tau'), { until: '3', digits: 20 })
    expect(found.reason).toBe('end')
    expect(Number(decimalText(found.state[0]!, found.bits, 20))).toBeCloseTo(
      Math.log(Math.E + Math.log(4)),
      14,
    )
  })
})
