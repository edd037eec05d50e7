/** The Taylor integrator against reference values and closed forms. */
import { readFileSync } from 'node:fs'
import { Decimal } from 'decimal.js'
import { describe, expect, test } from 'vitest'
import { clockedField, type Clock, type ClockedField, type GradientFlow } from '../../src/flow/clock.ts'
import { decimalText } from '../../src/flow/fixed.ts'
import { denseOutput, integrate, type InitialValueProblem, type Solution } from '../../src/flow/integrate.ts'
import { trace, type Expr, type Trace } from '../../src/program/program.ts'

/** The initial value problem of a field written by hand. */
function problem(
  start: readonly string[],
  body: (F: Trace, x: readonly Expr[]) => readonly Expr[],
  from = '0',
): InitialValueProblem {
  return {
    field: trace(
      start.map((_, i) => `x_${i + 1}`),
      body,
    ),
    start: trace([], (F) => [...start, from].map((c) => F.constant(c))),
  }
}

/** log₁₀ |a − b|, −Infinity if they are equal. */
function gap(a: string, b: string | Decimal): number {
  const D = Decimal.clone({ precision: 1100 })
  const difference = new D(a).minus(new D(b)).abs()
  return difference.isZero() ? -Infinity : difference.e + 1
}
const at = (field: ClockedField, solution: Solution, name: string): string =>
  solution.state[field.field.inputs.indexOf(name)]!

interface Reference {
  readonly x: readonly number[][]
  readonly y: readonly number[]
  readonly w0: readonly number[][]
  readonly net: { readonly secondLayer: readonly number[] }
  readonly cases: readonly {
    readonly id: string
    readonly w0Scale: number
    readonly tau: string
    readonly final: Readonly<Record<string, string>>
  }[]
}

describe('the reference flow', () => {
  const reference = JSON.parse(readFileSync('test/vectors/ewn-flow-reference.json', 'utf8')) as Reference
  const flowOf = (scale: number): GradientFlow => ({
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
    nodes: [
      ...reference.w0.map((w) => ({ vector: w.map((entry) => `${entry * scale}`) })),
      { vector: reference.net.secondLayer.map(String) },
    ],
    data: reference.x.map((x) => x.map(String)),
  })
  const solve = (id: string, digits: number): { error: number } => {
    const { w0Scale, tau, final } = reference.cases.find((one) => one.id === id)!
    const flow = clockedField(flowOf(w0Scale), 'tau')
    const solution = integrate(flow, { until: tau, digits, estimate: false })
    expect(solution.reason).toBe('end')
    const errors = Object.entries(final).map(([key, value]) => {
      const name = key === 'lambda' ? key : `w_${key[1]}_${key[2]}`
      return gap(at(flow, solution, name), value)
    })
    expect(errors).toHaveLength(9)
    return { error: Math.max(...errors) }
  }

  test('there are two cases', () => {
    expect(reference.cases.map(({ id }) => id)).toEqual(['P1a', 'P1b'])
  })
  test.each(['P1a', 'P1b'])('%s in 50 digits', (id) => {
    expect(solve(id, 50).error).toBeLessThanOrEqual(-49)
  })
  test.each(['P1a', 'P1b'])('%s in 200 digits, to 190', (id) => {
    expect(solve(id, 200).error).toBeLessThanOrEqual(id === 'P1a' ? -199 : -190)
  })
})

describe('closed forms', () => {
  const D = Decimal.clone({ precision: 70 })
  /** Ei(p) − e^p/p without Euler's constant, which no difference sees. */
  const excess = (p: Decimal, minus: Decimal): Decimal => {
    let term = new D(1)
    let sum = p.ln()
    for (let k = 1; k < 300; k++) {
      term = term.times(p).div(k)
      sum = sum.plus(term.div(k))
    }
    return sum.minus(minus)
  }
  const chain = (depth: number, normalization: 'ewn' | 'unnorm'): GradientFlow => ({
    system: {
      net: { inputs: 1, layers: Array.from({ length: depth }, () => ({ width: 1, activation: 'z' })) },
      loss: 'exponential',
      normalization,
      labels: [1],
    },
    nodes: Array.from({ length: depth }, () => ({ vector: ['5/4'] })),
    data: [['1']],
  })
  const marginOf = (flow: ClockedField, solution: Solution): Decimal =>
    new D(at(flow, solution, 'lambda')).neg()

  test.each([1, 2, 3, 5])('EWN chain of %i balanced weights: D·t = Ei(p) − e^p/p + c', (depth) => {
    const flow = clockedField(chain(depth, 'ewn'), 't')
    const solution = integrate(flow, { until: '7/2', digits: 50, estimate: false })
    const F = (p: Decimal): Decimal => excess(p, p.exp().div(p))
    const elapsed = F(marginOf(flow, solution)).minus(F(new D(5).div(4).pow(depth)))
    expect(gap('3.5', elapsed.div(depth))).toBeLessThanOrEqual(-48)
    // and q = t L
    const loss = new D(at(flow, solution, 'L'))
    expect(gap(at(flow, solution, 'q'), loss.times('3.5'))).toBeLessThanOrEqual(-49)
  })

  test('Unnorm: a weight has e^p = e^{p₀} + t, and a chain of two 2t = Ei(p) + c', () => {
    const one = clockedField(chain(1, 'unnorm'), 't')
    const p1 = marginOf(one, integrate(one, { until: '3', digits: 50, estimate: false }))
    expect(gap(p1.exp().toFixed(), new D('1.25').exp().plus(3))).toBeLessThanOrEqual(-48)
    const two = clockedField(chain(2, 'unnorm'), 't')
    const p2 = marginOf(two, integrate(two, { until: '3', digits: 50, estimate: false }))
    const zero = new D(0)
    expect(gap('6', excess(p2, zero).minus(excess(new D('1.5625'), zero)))).toBeLessThanOrEqual(-48)
  })

  test.each([3, 4])('Unnorm chain of %i balanced weights: p′ = D p^{2−2/D} e^{−p}', (depth) => {
    const flow = clockedField(chain(depth, 'unnorm'), 't')
    const solution = integrate(flow, { until: '2', digits: 40, estimate: false })
    const power = problem([`${5 ** depth}/${4 ** depth}`], (F, [p]) => {
      const exponent = F.sub(F.mul(F.constant(`${2 * depth - 2}/${depth}`), F.log(p!)), p!)
      return [F.mul(F.constant(`${depth}`), F.exp(exponent))]
    })
    const { state } = integrate(power, { until: '2', digits: 40, estimate: false })
    expect(gap(state[0]!, marginOf(flow, solution))).toBeLessThanOrEqual(-38)
  })

  test.each<Clock>(['t', 'tau', 's'])(
    'linear model, one datum, clock %s: z_j/w_i − z_i/w_j is constant',
    (clock) => {
      const z = ['3/2', '1/2', '2']
      const flow = clockedField(
        {
          system: {
            net: {
              inputs: 3,
              layers: [
                { width: 3, activation: 'z', connection: 'diagonal' },
                { width: 1, activation: 'z', frozen: true },
              ],
            },
            loss: 'exponential',
            normalization: 'ewn',
            labels: [1],
          },
          nodes: [{ vector: ['1/2'] }, { vector: ['3/4'] }, { vector: ['1/4'] }, { vector: ['1', '1', '1'] }],
          data: [z],
        },
        clock,
      )
      const solution = integrate(flow, { until: clock === 's' ? '9' : '9/10', digits: 50, estimate: false })
      expect(solution.reason).toBe('end')
      const zs = [new D('1.5'), new D('0.5'), new D(2)]
      const invariant = (w: readonly Decimal[], i: number, j: number): Decimal =>
        zs[j]!.div(w[i]!).minus(zs[i]!.div(w[j]!))
      const before = ['0.5', '0.75', '0.25'].map((c) => new D(c))
      const after = solution.state.slice(0, 3).map((c) => new D(c))
      for (const [i, j] of [
        [0, 1],
        [0, 2],
        [1, 2],
      ] as const)
        expect(gap(invariant(after, i, j).toFixed(), invariant(before, i, j))).toBeLessThanOrEqual(-48)
    },
  )

  const rotation = problem(['1', '0'], (F, [x, y]) => [F.neg(y!), x!])
  test('a linear field turns to (cos t, sin t), also between the steps', () => {
    const solution = integrate(rotation, { until: '7', digits: 50, dense: true })
    expect(gap(solution.state[0]!, new D(7).cos())).toBeLessThanOrEqual(-49)
    expect(gap(solution.state[1]!, new D(7).sin())).toBeLessThanOrEqual(-49)
    expect(Number(solution.errorEstimate)).toBeLessThan(1e-48)
    for (const clock of ['0', '1/3', '2.5', '6.999', '7']) {
      const [p, r = '1'] = clock.split('/')
      const cos = decimalText(denseOutput(solution, clock)[0]!, solution.bits, 50)
      expect(gap(cos, new D(p!).div(r).cos())).toBeLessThanOrEqual(-49)
    }
    expect(() => denseOutput(solution, '8')).toThrow(RangeError)
  })

  test.each([16, 120, 1000])('x′ = x in %i digits', (digits) => {
    const { state } = integrate(
      problem(['1'], (_, [x]) => [x!]),
      { until: '1', digits },
    )
    const E = Decimal.clone({ precision: digits + 20 })
    expect(
      gap(state[0]!, digits === 1000 ? Decimal.clone({ precision: 1010 }).exp(1) : new E(1).exp()),
    ).toBeLessThanOrEqual(1 - digits)
  })

  test('scales far from 1: x′ = −cx with c = 10^9 and with c = 10^−9', () => {
    for (const [rate, until] of [
      ['1000000000', '1/1000000000'],
      ['1/1000000000', '1000000000'],
    ] as const) {
      const decay = problem(['1'], (F, [x]) => [F.neg(F.mul(F.constant(rate), x!))])
      const { state, reason, steps } = integrate(decay, { until, digits: 30, estimate: false })
      expect([reason, steps < 20]).toEqual(['end', true])
      expect(gap(state[0]!, new D(-1).exp())).toBeLessThanOrEqual(-29)
    }
  })
})

describe('a result says how far it got and why', () => {
  test('a pole', () => {
    const blowUp = problem(['1'], (F, [x]) => [F.pow(x!, 2)])
    const { reason, reached } = integrate(blowUp, { until: '2', digits: 20, estimate: false })
    expect(reason).toBe('singularity')
    expect(gap(reached, '1')).toBeLessThan(-9)
  })
  test('a field without a value', () => {
    const empty = problem(['0'], (F, [x]) => [F.div(F.constant('1'), x!)])
    expect(integrate(empty, { until: '1' })).toMatchObject({ reason: 'undefined', steps: 0 })
  })
  test('too many steps', () => {
    const slow = problem(['1'], (F, [x]) => [F.neg(F.pow(x!, 2))])
    expect(integrate(slow, { until: '1000', maxSteps: 2 })).toMatchObject({ reason: 'steps', steps: 2 })
  })
  test('nothing to do', () => {
    const still = problem(['1/4'], (F) => [F.constant('0')], '5')
    expect(integrate(still, { until: '5', digits: 16 })).toMatchObject({ reason: 'end', steps: 0 })
    expect(integrate(still, { until: '1e6', digits: 16 }).state).toEqual(['0.2500000000000000'])
    expect(() => integrate(still, { until: '4' })).toThrow(/end after the start/)
    expect(() => integrate(still, { until: '6', digits: 8 })).toThrow(/16 to 1000/)
  })
  test('the error estimate is of the size of the error, and grows with the conditioning', () => {
    // x′ = x² to near its pole: errors grow like 1/(1 − t)².
    const blowUp = problem(['1'], (F, [x]) => [F.pow(x!, 2)])
    const { state, errorEstimate } = integrate(blowUp, { until: '0.999999', digits: 40 })
    const error = gap(state[0]!, '1000000')
    expect(error).toBeGreaterThan(-38)
    const estimate = Number(errorEstimate!.slice(2))
    expect(Math.abs(estimate - error)).toBeLessThanOrEqual(4)
  })
})
