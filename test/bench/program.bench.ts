/** Programs in each arithmetic: tracing, running and differentiating one ReLU² net. */
import { bench, describe } from 'vitest'
import {
  decimal,
  float64,
  grad,
  interval,
  network,
  rational,
  run,
  trace,
  type Program,
} from '../../src/index.ts'
import { exactInputs } from '../../src/claim/decide.ts'

const net = {
  inputs: 2,
  layers: [
    { width: 4, activation: 'relu(z)^2' },
    { width: 4, activation: 'relu(z)^2' },
    { width: 1, activation: 'z' },
  ],
}
const fanIns = [2, 2, 2, 2, 4, 4, 4, 4, 4]
const names = fanIns.flatMap((n, u) => Array.from({ length: n }, (_, i) => `w_${u}_${i}`))
const build = (): Program =>
  trace(names, (F, w) => {
    let at = 0
    const nodes = fanIns.map((n) => w.slice(at, (at += n)))
    return network(F, net, nodes, [F.constant('3/4'), F.constant('-1/2')])
  })
const program = build()
const gradient = grad(program)
const values = new Map(names.map((name, i) => [name, `${(i % 7) - 3}/4`]))
const exact = exactInputs(program, values)
const in50 = decimal(50)
const in170 = interval(170)

describe('a 2-4-4-1 net', () => {
  bench('trace', () => void build())
  bench('grad', () => void grad(program))
  bench('run in float64', () => void run(program, float64, exact.map(rational.toNumber)))
  bench('run in rationals', () => void run(program, rational, exact))
  bench('run in decimal(50)', () => void run(program, in50, [...values.values()].map(in50.constant)))
  bench('run in interval(170)', () => void run(program, in170, [...values.values()].map(in170.constant)))
  bench('gradient in rationals', () => void run(gradient, rational, exact))
})
