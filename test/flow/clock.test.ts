/** Clocks: one flow in t, τ and s, in the weights and in the parameters, is one path. */
import { Decimal } from 'decimal.js'
import { describe, expect, test } from 'vitest'
import { clockedField, type Clock, type GradientFlow } from '../../src/flow/clock.ts'
import { velocity } from './by-hand.ts'
import { decimalText, fixed } from '../../src/flow/fixed.ts'
import { integrate, type Solution } from '../../src/flow/integrate.ts'
import {
  differences,
  inputs,
  objective,
  parameterGradient,
  parameters,
  weights,
} from '../../src/flow/objective.ts'
import type { Architecture } from '../../src/net/architecture.ts'
import { decimal } from '../../src/number/decimal.ts'
import { sum } from '../../src/program/field.ts'
import { formulaProgram } from '../../src/program/formula.ts'
import { derivative } from '../../src/program/grad.ts'
import { newTrace, type Expr } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'

const F = decimal(60)
const small = (a: Decimal, b: Decimal, scale = '1e-50'): boolean =>
  a
    .minus(b)
    .abs()
    .lte(new Decimal(scale).times(b.abs().plus(1)))

const dense: Architecture = {
  inputs: 2,
  layers: [
    { width: 2, activation: 'z^2' },
    { width: 1, activation: 'z' },
  ],
}
const shared: Architecture = {
  inputs: 3,
  layers: [
    { width: 2, activation: 'relu(z)^2', connection: { convolution: 2 }, bias: true },
    { width: 3, activation: 'z', frozen: true },
  ],
}
const points = [
  ['5/4', '1/2', '-1'],
  ['-3/4', '1/4', '1/2'],
  ['1/3', '-1', '2'],
]
type Kind = GradientFlow['system']['normalization']
const flowOf = (net: Architecture, normalization: Kind, rate?: string): GradientFlow => {
  const polar = normalization !== 'unnorm'
  const node = (vector: readonly string[], size: string): { radial?: string; vector: readonly string[] } =>
    polar ? { radial: size, vector } : { vector }
  return {
    system: {
      net,
      loss: net === dense ? 'exponential' : 'cross-entropy',
      normalization,
      labels: net === dense ? [1, -1, 1] : [0, 2, 1],
    },
    nodes:
      net === dense
        ? [node(['3/5', '4/5'], '1/2'), node(['1', '-1/2'], '-1/3'), node(['3', '-4'], '1/4')]
        : [
            node(['1/2', '1/3', '1/4'], '-1/2'),
            node(['-1/2', '1', '1/5'], '-2/3'),
            { vector: ['1', '1/2', '-1/4', '1/3'] },
            { vector: ['-1/2', '1', '1', '-1'] },
            { vector: ['1/4', '-1', '1/2', '1'] },
          ],
    data: points.map((x) => x.slice(0, net.inputs)),
    ...(rate === undefined ? {} : { rate }),
  }
}
const cases = [dense, shared].flatMap((net) =>
  (['unnorm', 'swn', 'ewn'] as const).map(
    (kind) =>
      [`${net === dense ? 'exponential' : 'cross-entropy, shared weights'}, ${kind}`, net, kind] as const,
  ),
)

describe.each(cases)('%s', (_, net, kind) => {
  const RATE = '1 / (2 + t) + L^2'

  /** The flow by its definition, dθ/dt = −η ∇_θ L, and the time derivatives of w, λ and p along it, at t = 0. */
  const byDefinition = (flow: GradientFlow): { names: string[]; values: Decimal[] } => {
    const t = newTrace()
    const theta = parameters(t, flow.system)
    const x = inputs(t, flow.system)
    const w = weights(t, flow.system, theta)
    const L = objective(t, flow.system, w, x)
    const eta = run(formulaProgram(flow.rate ?? '1', ['t', 'L']), t, [t.constant('0'), L])[0]!
    const moves = velocity(t, parameterGradient(t, flow.system, theta, L), eta)
    const one = t.constant('1')
    const shares = differences(t, flow.system, w, x).flatMap((own, i) => {
      const odds = own.map((d) => t.exp(t.neg(d)))
      const total = net === dense ? L : t.mul(L, t.add(one, sum(t, odds)))
      return odds.map((e, j): [string, Expr] => [
        `p_${i + 1}${net === dense ? '' : `_${j + 1}`}`,
        t.div(e, total),
      ])
    })
    const named: [string, Expr][] = [
      ...w.flatMap((v, u) => v.map((e, i): [string, Expr] => [`w_${u + 1}_${i + 1}`, e])),
      ['lambda', t.log(L)],
      ['L', L],
      ...shares,
    ]
    const program = t.program(named.map(([, e]) => derivative(t, e, moves)))
    const known = new Map<string, string>()
    flow.nodes.forEach(({ radial, vector }, u) => {
      if (radial !== undefined) known.set(`${kind === 'ewn' ? 'alpha' : 'gamma'}_${u + 1}`, radial)
      vector.forEach((entry, i) => ['v', 'w'].forEach((v) => known.set(`${v}_${u + 1}_${i + 1}`, entry)))
    })
    flow.data.forEach((point, i) => point.forEach((entry, j) => known.set(`x_${i + 1}_${j + 1}`, entry)))
    const values = run(
      program,
      F,
      program.inputs.map((name) => F.constant(known.get(name)!)),
    )
    return { names: named.map(([name]) => name), values }
  }

  test.each<Clock>(['t', 'tau', 's'])(
    'in the clock %s it is −η∇L at the start, in weights and in parameters',
    (clock) => {
      for (const rate of [undefined, RATE]) {
        const flow = flowOf(net, kind, rate)
        const own = clockedField(flow, clock)
        const start = run(own.start, F, [])
        const at = clockedField(flow, 't')
        const L0 = run(at.start, F, [])[at.field.inputs.indexOf('L')]!
        const { names, values } = byDefinition(flow)
        const fall = values[names.indexOf('lambda')]!
        // d/dt to the clock: dτ = L dt, ds = −dλ.
        const perClock =
          clock === 't'
            ? new Decimal(1)
            : clock === 'tau'
              ? F.div(F.constant('1'), L0)
              : F.div(F.constant('-1'), fall)
        const moved = run(own.field, F, start.slice(0, -1))
        own.field.inputs.forEach((name, k) => {
          if (name === 'q') return expect(small(moved[k]!, F.mul(L0, perClock)), name).toBe(true)
          const want = F.mul(values[names.indexOf(name)]!, perClock)
          expect(small(moved[k]!, want), `${name}: ${moved[k]} ${want}`).toBe(true)
        })
        const polar = clockedField(flow, clock, 'parameters')
        const before = run(polar.start, F, []).slice(0, -1)
        const t = newTrace()
        const state = polar.field.inputs.map((name) => t.input(name))
        const speeds = new Map(run(polar.field, t, state).map((e, k) => [state[k]!, e]))
        const slopes = run(polar.weights, t, state).map((e) => derivative(t, e, speeds))
        const found = run(t.program(slopes), F, before)
        found.forEach((slope, k) =>
          expect(small(slope, F.mul(values[k]!, perClock)), `weight ${k}`).toBe(true),
        )
      }
    },
  )
})

describe('a path', () => {
  const digits = 30
  const final = (
    flow: GradientFlow,
    clock: Clock,
    until: string,
    space?: 'parameters',
  ): Solution & { w: string[]; logTime: string } => {
    const own = clockedField(flow, clock, space)
    const solution = integrate(own, { until, digits, estimate: false })
    expect(solution.reason).toBe('end')
    const G = fixed(solution.bits)
    const texts = (values: bigint[]): string[] => values.map((v) => decimalText(v, solution.bits, 40))
    return {
      ...solution,
      w: texts(run(own.weights, G, solution.values)),
      logTime: texts(run(own.logTime, G, solution.values))[0]!,
    }
  }
  const lambdaOf = (flow: GradientFlow, solution: Solution): string =>
    solution.state[clockedField(flow, 'tau').field.inputs.indexOf('lambda')]!
  const apart = (a: readonly string[], b: readonly string[]): number =>
    Math.max(...a.map((text, i) => new Decimal(text).minus(b[i]!).abs().toNumber()))

  const flows: [string, GradientFlow][] = [
    ['EWN, exponential, η(t)', flowOf(dense, 'ewn', '1 / (1 + t)')],
    ['SWN, cross-entropy, shared weights', flowOf(shared, 'swn')],
    ['EWN, cross-entropy, η(L)', flowOf(shared, 'ewn', '1 + L')],
  ]
  test.each(flows)('%s: is the same in every clock and in the parameters', (_, flow) => {
    const tau = final(flow, 'tau', '1/4')
    expect(apart(final(flow, 'tau', '1/4', 'parameters').w, tau.w)).toBeLessThan(1e-27)
    const s = final(
      flow,
      's',
      lambdaOf(flow, tau).startsWith('-') ? lambdaOf(flow, tau).slice(1) : `-${lambdaOf(flow, tau)}`,
    )
    expect(apart([...s.w, s.logTime], [...tau.w, tau.logTime])).toBeLessThan(1e-27)
    const T = Decimal.clone({ precision: 60 })
    const t = final(flow, 't', `${new T(tau.logTime).exp()}`)
    expect(apart([...t.w, t.logTime], [...tau.w, tau.logTime])).toBeLessThan(1e-27)
  })

  test('relative losses stay on Σp = 1 to s = 60, where t is e^{60}', () => {
    const own = clockedField(flowOf(dense, 'unnorm'), 's')
    const solution = integrate(own, { until: '60', digits: 50 })
    expect(solution.reason).toBe('end')
    const D = Decimal.clone({ precision: 60 })
    const p = solution.state.filter((_, k) => own.field.inputs[k]!.startsWith('p'))
    const total = p.reduce((sum, text) => sum.plus(text), new D(0))
    expect(total.minus(1).abs().toNumber()).toBeLessThan(1e-49)
    expect(Number(solution.errorEstimate)).toBeLessThan(1e-46)
  })
})

test('sizes that do not fit are refused', () => {
  const flow = flowOf(dense, 'ewn')
  expect(() => clockedField({ ...flow, nodes: flow.nodes.slice(1) }, 't')).toThrow(/3 nodes/)
  expect(() => clockedField({ ...flow, data: [['1', '2']] }, 't')).toThrow(/one label per data point/)
  expect(() => clockedField({ ...flow, nodes: flow.nodes.map(() => ({ vector: ['1'] })) }, 't')).toThrow(
    /R\^2/,
  )
})
