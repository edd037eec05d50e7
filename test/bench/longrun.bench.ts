/** Long runs: nets and chains to s = 10^6, the cost of the error estimate, and compiled programs. */
import { bench, describe } from 'vitest'
import { float64, grad, network, run, trace } from '../../src/index.ts'
import { longRun } from '../../src/flow/longrun.ts'
import { compile, compileInterpreted } from '../../src/program/compile.ts'
import { jacobian } from '../../src/program/jacobian.ts'
import { chain, deepLinear, NORMALIZATIONS, separable, xor } from '../flow/longrun-systems.ts'

const few = { iterations: 3, warmupIterations: 1, time: 0, warmupTime: 0 }

describe.each(NORMALIZATIONS)('to s = 10^6, error estimate included, %s', (normalization) => {
  bench('scalar chain, D = 3', () => void longRun(chain(normalization, 3, 2), { until: 1e6 }), few)
  bench('8 neurons of relu^2, separable', () => void longRun(separable(normalization), { until: 1e6 }), few)
  bench('20 neurons of relu^2, XOR', () => void longRun(xor(normalization), { until: 1e6 }), few)
  for (const depth of [2, 3, 4, 5])
    bench(
      `deep linear, ${depth} layers`,
      () => void longRun(deepLinear(normalization, depth), { until: 1e6 }),
      few,
    )
})

describe('20 neurons of relu^2 on XOR, EWN, to s = 10^6', () => {
  for (const tolerance of [1e-8, 1e-10, 1e-12])
    bench(`tolerance ${tolerance}`, () => void longRun(xor('ewn'), { until: 1e6, tolerance }), few)
  bench(
    'without an error estimate',
    () => void longRun(xor('ewn'), { until: 1e6, estimateError: false }),
    few,
  )
})

const layers = [
  { width: 4, activation: 'relu(z)^2' },
  { width: 4, activation: 'relu(z)^2' },
  { width: 1, activation: 'z' },
]
const fanIns = [2, 2, 2, 2, 4, 4, 4, 4, 4]
const names = fanIns.flatMap((n, u) => Array.from({ length: n }, (_, i) => `w_${u}_${i}`))
const program = trace(names, (F, w) => {
  let at = 0
  const nodes = fanIns.map((n) => w.slice(at, (at += n)))
  return network(F, { inputs: 2, layers }, nodes, [F.constant('3/4'), F.constant('-1/2')])
})
const gradient = grad(program)
const hessian = jacobian(gradient)
const x = names.map((_, i) => ((i % 7) - 3) / 4)
const [generated, interpreted, compiledHessian] = [
  compile(gradient),
  compileInterpreted(gradient),
  compile(hessian),
]
const out = new Float64Array(names.length)
const square = new Float64Array(names.length ** 2)

describe('the gradient of a 2-4-4-1 net in float64', () => {
  bench('run', () => void run(gradient, float64, x))
  bench('compiled', () => void generated(x, out))
  bench('compiled, interpreting', () => void interpreted(x, out))
  bench('its Hessian, compiled', () => void compiledHessian(x, square))
  bench('tracing the Hessian', () => void jacobian(gradient))
  bench('compiling the gradient', () => void compile(gradient))
})
