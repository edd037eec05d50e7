/** Kinks: found on the dense output, crossed, touched or slid along, and reported as what they are. */
import { Decimal } from 'decimal.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clockedField } from '../../src/flow/clock.ts'
import { fixed } from '../../src/flow/fixed.ts'
import { integrate, type InitialValueProblem, type Solution } from '../../src/flow/integrate.ts'
import { switches } from '../../src/flow/jet.ts'
import { firstZero } from '../../src/flow/kinks.ts'
import { trace, type Expr, type Trace } from '../../src/program/program.ts'

const D = Decimal.clone({ precision: 80 })

function problem(
  start: readonly string[],
  body: (F: Trace, x: readonly Expr[]) => readonly Expr[],
): InitialValueProblem {
  return {
    field: trace(
      start.map((_, i) => `x_${i + 1}`),
      body,
    ),
    start: trace([], (F) => [...start, '0'].map((c) => F.constant(c))),
  }
}
const far = (a: string, b: Decimal): number => new D(a).minus(b).abs().toNumber()
const one = (F: Trace): Expr => F.constant('1')

describe('the first zero of a polynomial', () => {
  const bits = 200
  const F = fixed(bits)
  /** The coefficients of Π (s − r). */
  const product = (roots: readonly string[]): bigint[] =>
    roots.reduce<bigint[]>(
      (c, r) => {
        const root = F.constant(r)
        return [...c, 0n].map((_, k) => (c[k - 1] ?? 0n) - F.mul(root, c[k] ?? 0n))
      },
      [F.constant('1')],
    )
  /** log₂ of the distance of the first zero from a root, in units of 2^−bits. */
  const distance = (roots: readonly string[], root: string): number => {
    const error = firstZero(product(roots), F.constant('1'), bits)! - F.constant(root)
    return Math.log2(Math.abs(Number(error)) + 1)
  }

  test('is the least root in (0, span], however close the next one', () => {
    const cases: [roots: string[], least: string, within: number][] = [
      [['1/3'], '1/3', 4],
      [['1/3', '1/2', '-1/2', '7'], '1/3', 20],
      [['501/1000', '1/2'], '1/2', 30],
      [['1/3', '333333333334/1000000000000'], '1/3', 60],
      [['1/3', '1/3', '1/3'], '1/3', 140],
      [['1'], '1', 4],
    ]
    for (const [roots, least, within] of cases) expect(distance(roots, least)).toBeLessThan(within)
  })
  test('is absent where there is none', () => {
    expect(firstZero(product(['3/2', '-1/1000']), F.constant('1'), bits)).toBeUndefined()
    expect(firstZero(product(['1/3']), F.constant('1/4'), bits)).toBeUndefined()
    expect(firstZero([F.constant('1'), 0n, F.constant('-1/2')], F.constant('1'), bits)).toBeUndefined()
  })
  test('a double zero is found as a touching', () => {
    expect(distance(['1/3', '1/3'], '1/3')).toBeLessThan(110)
  })
  test('random roots', () => {
    const root = fc
      .oneof(fc.integer({ min: -300, max: -1 }), fc.integer({ min: 1, max: 300 }))
      .map((a) => `${a}/128`)
    let seen = 0
    fc.assert(
      fc.property(fc.uniqueArray(root, { minLength: 1, maxLength: 6 }), (roots) => {
        const inside = roots
          .map((r) => Number(r.split('/')[0]))
          .filter((a) => a > 0 && a <= 128)
          .toSorted((a, b) => a - b)
        seen += inside.length > 0 ? 1 : 0
        if (inside.length > 0) expect(distance(roots, `${inside[0]}/128`)).toBeLessThan(60)
        else expect(firstZero(product(roots), F.constant('1'), bits)).toBeUndefined()
      }),
      { seed: 3, numRuns: 300 },
    )
    expect([seen > 100, seen < 290]).toEqual([true, true])
  })
})

describe('a crossing', () => {
  test('ends the step at the sign change: x′ = 1 + relu(x) from −1', () => {
    const flow = problem(['-1'], (F, [x]) => [F.add(one(F), F.relu(x!))])
    const { state, kinks, reason, errorEstimate } = integrate(flow, { until: '5/2' })
    expect(reason).toBe('end')
    expect(kinks).toEqual([{ clock: `1.${'0'.repeat(50)}`, argument: switches(flow.field)[0], active: true }])
    expect(far(state[0]!, new D('1.5').exp().minus(1))).toBeLessThan(1e-49)
    expect(Number(errorEstimate)).toBeLessThan(1e-48)
  })
  test('each one is counted, at its time: an oscillator that is stiffer on one side', () => {
    // x″ = −x for x < 0 and −4x for x > 0: half periods π and π/2.
    const flow = problem(['0', '1'], (F, [x, v]) => [
      v!,
      F.neg(F.add(x!, F.mul(F.constant('3'), F.relu(x!)))),
    ])
    const { state, kinks } = integrate(flow, { until: '10', digits: 50, estimate: false })
    const pi = new D(-1).acos()
    const times = [0.5, 1.5, 2, 3].map((n) => pi.times(n))
    expect(kinks.map(({ active }) => active)).toEqual([false, true, false, true])
    kinks.forEach(({ clock }, i) => expect(far(clock, times[i]!)).toBeLessThan(1e-48))
    const phase = new D(10).minus(pi.times(3)).times(2)
    expect(far(state[0]!, phase.sin().div(2))).toBeLessThan(1e-48)
    expect(far(state[1]!, phase.cos())).toBeLessThan(1e-48)
  })
  test('two at once are both counted', () => {
    const flow = problem(['-1', '-2'], (F, [x, y]) => [
      F.add(one(F), F.relu(y!)),
      F.add(F.constant('2'), F.relu(x!)),
    ])
    const { kinks, state } = integrate(flow, { until: '2', digits: 30, estimate: false })
    expect(kinks.map(({ clock }) => Number(clock))).toEqual([1, 1])
    // then x″ = x with x = 0, x′ = 1, y = 0, y′ = 2: x + y = 3 sinh, … x′ = 1 + y, y′ = 2 + x
    const e = new D(1).exp()
    const sum = e.minus(1).times(3)
    const difference = new D(1).div(e).minus(1)
    expect(far(state[0]!, sum.plus(difference).div(2))).toBeLessThan(1e-28)
  })
  test('right at the start the piece is the one that the solution enters', () => {
    const up = problem(['0'], (F, [x]) => [F.add(one(F), F.step(x!))])
    expect(integrate(up, { until: '1', digits: 20, estimate: false })).toMatchObject({
      kinks: [],
      state: ['2.00000000000000000000'],
    })
    const down = problem(['0'], (F, [x]) => [F.sub(F.constant('-1'), F.step(x!))])
    expect(integrate(down, { until: '1', digits: 20, estimate: false }).state).toEqual([
      '-1.00000000000000000000',
    ])
  })
})

test('touching 0 is no crossing: relu((t − 1)²) and relu(−(t − 1)²)', () => {
  for (const sign of ['1', '-1']) {
    const flow = problem(['-1', '0'], (F, [x]) => [one(F), F.relu(F.mul(F.constant(sign), F.pow(x!, 2)))])
    const { kinks, state, reason } = integrate(flow, { until: '3', digits: 30, estimate: false })
    expect([reason, kinks]).toEqual(['end', []])
    expect(far(state[1]!, new D(sign === '1' ? 3 : 0))).toBeLessThan(1e-28)
  }
})

describe('a start on a kink', () => {
  const from = (body: Parameters<typeof problem>[1], start: readonly string[] = ['0']): Solution =>
    integrate(problem(start, body), { until: '1', digits: 20, estimate: false })

  test('leaves into the piece that leads away, whatever the spelling', () => {
    // The slope is 1 above 0, and 0 below it.
    const spellings: Parameters<typeof problem>[1][] = [
      (F, [x]) => [F.step(x!)],
      (F, [x]) => [F.sub(one(F), F.step(F.neg(x!)))],
      (F, [x]) => [F.div(F.add(one(F), F.sub(F.step(x!), F.step(F.neg(x!)))), F.constant('2'))],
    ]
    for (const body of spellings)
      expect(from(body)).toMatchObject({ reason: 'end', kinks: [], state: ['1.00000000000000000000'] })
  })
  test('stays where no piece leads away', () => {
    for (const body of [
      (F: Trace, [x]: readonly Expr[]) => [F.neg(F.step(x!))],
      (F: Trace, [x]: readonly Expr[]) => [F.sub(F.step(F.neg(x!)), one(F))],
    ])
      expect(from(body)).toMatchObject({ reason: 'end', state: ['0.00000000000000000000'] })
  })
  test('is ambiguous where two pieces lead away, and sliding where none can be stayed on', () => {
    const away = from((F, [x]) => [F.sub(F.mul(F.constant('2'), F.step(x!)), one(F))])
    expect([away.reason, away.steps]).toEqual(['ambiguous', 0])
    const onto = from((F, [x]) => [F.sub(one(F), F.mul(F.constant('2'), F.step(x!)))])
    expect([onto.reason, onto.steps]).toEqual(['sliding', 0])
  })
  test('what an inactive argument switches off need not have a value: relu(x)^(3/2) from −1', () => {
    const root = (F: Trace, x: Expr): Expr => F.sqrt(F.relu(x))
    // The derivative of √relu(x)³, as the chain rule writes it.
    const slope = (F: Trace, x: Expr): Expr =>
      F.mul(
        F.mul(F.constant('3'), F.pow(root(F, x), 2)),
        F.mul(F.div(F.constant('1'), F.mul(F.constant('2'), root(F, x))), F.step(x)),
      )
    const { reason, state } = from((F, [x, y]) => [slope(F, x!), F.mul(y!, slope(F, x!))], ['-1', '1'])
    expect([reason, state]).toEqual(['end', ['-1.00000000000000000000', '1.00000000000000000000']])
  })
})

describe('sliding', () => {
  test('is reported where it begins', () => {
    const flow = problem(['-1/3'], (F, [x]) => [F.sub(one(F), F.mul(F.constant('2'), F.step(x!)))])
    const { reason, reached, kinks } = integrate(flow, { until: '1', digits: 40, estimate: false })
    expect(reason).toBe('sliding')
    expect(far(reached, new D(1).div(3))).toBeLessThan(1e-39)
    expect(kinks).toEqual([])
  })
  test('nor for a stop: a unit that dies on its kink stays there, inactive', () => {
    // x′ = −step(x): the piece x < 0 stands still, so x comes to 0 and stays.
    const flow = problem(['1/3', '0'], (F, [x]) => [F.neg(F.step(x!)), F.step(x!)])
    const { reason, kinks, state } = integrate(flow, { until: '1', digits: 40, estimate: false })
    expect(reason).toBe('end')
    expect(kinks.map(({ active }) => active)).toEqual([false])
    expect(far(state[0]!, new D(0))).toBeLessThan(1e-39)
    expect(far(state[1]!, new D(1).div(3))).toBeLessThan(1e-39)
  })
  test('and is not mistaken for a crossing with another slope', () => {
    const flow = problem(['-1/3'], (F, [x]) => [F.sub(one(F), F.div(F.step(x!), F.constant('2')))])
    const { reason, state } = integrate(flow, { until: '1', digits: 40, estimate: false })
    expect(reason).toBe('end')
    expect(far(state[0]!, new D(1).div(3))).toBeLessThan(1e-39)
  })
})

describe('a relu net', () => {
  const STARTS = [
    ['1/2', '1/3'],
    ['1/4', '-1/2'],
    ['-1/3', '1/5'],
    ['1/7', '2/3'],
  ]
  const flow = (
    activation: string,
    normalization: 'unnorm' | 'swn' | 'ewn',
    points: readonly (readonly [x: string, y: string, label: 1 | -1])[],
  ): InitialValueProblem =>
    clockedField(
      {
        system: {
          net: {
            inputs: 2,
            layers: [
              { width: 4, activation },
              { width: 1, activation: 'z', frozen: true },
            ],
          },
          loss: 'exponential',
          normalization,
          labels: points.map(([, , label]) => label),
        },
        nodes: [...STARTS.map((vector) => ({ vector })), { vector: ['1', '-1', '1', '-1'] }],
        data: points.map(([x, y]) => [x, y]),
      },
      's',
    )
  const SEPARABLE = [
    ['5/4', '1/2', 1],
    ['-3/4', '1/4', 1],
    ['1', '-1/2', 1],
    ['1/2', '3/2', -1],
    ['-1/4', '-1', -1],
    ['3/8', '-3/4', -1],
  ] as const
  const XOR = [
    ['1', '1', 1],
    ['-1', '-1', 1],
    ['1', '-1', -1],
    ['-1', '1', -1],
  ] as const
  test.each(['relu(z)', 'relu(z)^2', 'relu(z)^3'])(
    '%s crosses kinks in s, and two precisions agree',
    (phi) => {
      const found = integrate(flow(phi, 'unnorm', SEPARABLE), { until: '3', digits: 40 })
      const coarse = integrate(flow(phi, 'unnorm', SEPARABLE), { until: '3', digits: 24, estimate: false })
      expect(found.reason).toBe('end')
      expect(found.kinks.length).toBe(phi === 'relu(z)' ? 3 : 2)
      expect(coarse.kinks.length).toBe(found.kinks.length)
      found.kinks.forEach(({ clock, argument, active }, i) => {
        expect(coarse.kinks[i]).toMatchObject({ argument, active })
        expect(far(clock, new D(coarse.kinks[i]!.clock))).toBeLessThan(1e-22)
      })
      found.state.forEach((value, i) => expect(far(value, new D(coarse.state[i]!))).toBeLessThan(1e-22))
      expect(Number(found.errorEstimate)).toBeLessThan(1e-38)
    },
  )
  test('on XOR, relu slides under every normalisation', () => {
    for (const normalization of ['unnorm', 'swn', 'ewn'] as const) {
      const { reason, steps } = integrate(flow('relu(z)', normalization, XOR), { until: '6', digits: 30 })
      expect([reason, steps < 20]).toEqual(['sliding', true])
    }
  })
  test('an argument that decays to 0 without reaching it is no kink', () => {
    const { reason, kinks, errorEstimate } = integrate(flow('relu(z)^2', 'swn', XOR), {
      until: '40',
      digits: 30,
    })
    expect([reason, kinks]).toEqual(['end', []])
    expect(Number(errorEstimate)).toBeLessThan(1e-28)
  })
})
