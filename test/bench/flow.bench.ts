/** Speed of the Taylor integrator: case P1a of the reference flow, and its jet alone. */
import { readFileSync } from 'node:fs'
import { bench, describe } from 'vitest'
import { clockedField } from '../../src/flow/clock.ts'
import { fixedConstants, fixedSeries, limbSeries } from '../../src/flow/fixed.ts'
import { integrate } from '../../src/flow/integrate.ts'
import { jet } from '../../src/flow/jet.ts'

const reference = JSON.parse(readFileSync('test/vectors/ewn-flow-reference.json', 'utf8')) as {
  readonly x: readonly number[][]
  readonly y: readonly number[]
  readonly w0: readonly number[][]
}
const flow = clockedField(
  {
    system: {
      net: {
        inputs: 2,
        layers: [
          { width: 4, activation: 'z^2' },
          { width: 1, activation: 'z', frozen: true },
        ],
      },
      loss: 'exponential',
      normalization: 'ewn',
      labels: reference.y,
    },
    nodes: [...reference.w0.map((w) => ({ vector: w.map(String) })), { vector: ['1', '1', '-1', '-1'] }],
    data: reference.x.map((x) => x.map(String)),
  },
  'tau',
)

describe('P1a to τ = 2', () => {
  for (const digits of [16, 30, 50, 100])
    bench(`${digits} digits`, () => void integrate(flow, { until: '2', digits, estimate: false }), {
      iterations: 5,
      time: 1000,
    })
})

describe('one jet of order 60', () => {
  for (const bits of [128, 204, 400]) {
    const x0 = fixedConstants(flow.start, bits).slice(0, -1)
    const options = { iterations: 5, time: 500 }
    bench(
      `${bits} bits, BigInt`,
      () => void jet(flow.field, fixedSeries(bits), x0, 60, { exponent: -3 }),
      options,
    )
    bench(
      `${bits} bits, doubles`,
      () => void jet(flow.field, limbSeries(bits), x0, 60, { exponent: -3 }),
      options,
    )
  }
})
