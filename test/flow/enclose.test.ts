/** The rigorous integrator: closed forms and far more precise solutions lie in its enclosures. */
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clockedField, type Clock, type GradientFlow } from '../../src/flow/clock.ts'
import { enclose, type Enclosure, type EncloseOptions } from '../../src/flow/enclose.ts'
import { integrate, type InitialValueProblem } from '../../src/flow/integrate.ts'
import type { Slack } from '../../src/flow/leap.ts'
import { wiring, type Layer } from '../../src/net/architecture.ts'
import { contains, interval, overlap, width, type Interval } from '../../src/number/interval.ts'
import { rational, type Rational } from '../../src/number/rational.ts'
import { parseRatio } from '../../src/program/constant.ts'
import { trace, type Expr, type Trace } from '../../src/program/program.ts'

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

const SOUND: Slack = { remainder: 1, rounding: 1, spread: 1 }
const sizeOf = (a: Interval): number => {
  const { num, den } = width(a)
  return Number(num) / Number(den)
}
const widest = ({ state }: Enclosure): number => Math.max(...state.map(sizeOf))

/** Fine intervals in which closed forms are computed. */
const X = interval(320)
const C = X.constant
const minus = (a: Interval, b: Interval): Interval => X.sub(a, b)

/** Whether a decimal with this many digits, within 10^(5−digits) of the truth, may lie in an interval. */
function admits(a: Interval, text: string, digits: number): boolean {
  const value = C(text)
  const error = X.constant(`1/1${'0'.repeat(digits - 5)}`)
  return overlap(a, { lo: X.sub(value, error).lo, hi: X.add(value, error).hi })
}

/** Whether an enclosure holds the far more precise values of `integrate` at the clock it reached. */
function agrees(flow: InitialValueProblem, found: Enclosure, digits = 80): boolean {
  const { state, reason } = integrate(flow, { until: found.reached, digits, estimate: false })
  expect(reason).toBe('end')
  return found.state.every((a, i) => admits(a, state[i]!, digits))
}

const grid = (least: number, most: number, over = 16): fc.Arbitrary<string> =>
  fc.integer({ min: least, max: most }).map((n) => `${n}/${over}`)

const scalarFlow = (weight: string, x: string, normalization: 'ewn' | 'unnorm'): GradientFlow => ({
  system: {
    net: { inputs: 1, layers: [{ width: 1, activation: 'z' }] },
    loss: 'exponential',
    normalization,
    labels: [1],
  },
  nodes: [{ vector: [weight] }],
  data: [[x]],
})

describe('closed forms lie in the enclosure', () => {
  /** Whether the enclosed (w, λ, …) at τ satisfies w = w₀/(1 − w₀ x τ) (EWN) or w₀ + xτ (Unnorm), λ = −wx. */
  const scalarHolds = (
    [w0, x, tau, normalization]: readonly [string, string, string, 'ewn' | 'unnorm'],
    slack = SOUND,
  ): boolean => {
    const Q = rational
    const found = enclose(
      clockedField(scalarFlow(w0, x, normalization), 'tau'),
      { until: tau, bits: 128 },
      slack,
    )
    expect(found.reason).toBe('end')
    const [w, s, t] = [w0, x, tau].map((c) => Q.constant(c)) as [Rational, Rational, Rational]
    const one = Q.constant('1')
    const exact =
      normalization === 'ewn' ? Q.div(w, Q.sub(one, Q.mul(w, Q.mul(s, t)))) : Q.add(w, Q.mul(s, t))
    return contains(found.state[0]!, exact) && contains(found.state[1]!, Q.neg(Q.mul(exact, s)))
  }
  const scalarCase = fc.tuple(
    grid(4, 24),
    grid(4, 24),
    grid(1, 5, 19),
    fc.constantFrom('ewn' as const, 'unnorm' as const),
  )
  test('one linear neuron, one point', () => {
    fc.assert(
      fc.property(scalarCase, (one) => scalarHolds(one)),
      { seed: 1, numRuns: 40 },
    )
  })

  test('in real time e^p = e^{p₀} + t x² (Unnorm)', () => {
    fc.assert(
      fc.property(grid(4, 24), grid(4, 24), grid(1, 40), (w0, x, t) => {
        const found = enclose(clockedField(scalarFlow(w0, x, 'unnorm'), 't'), { until: t })
        const p0 = X.mul(C(w0), C(x))
        const p = X.log(X.add(X.exp(p0), X.mul(C(t), X.pow(C(x), 2))))
        return found.reason === 'end' && overlap(X.mul(found.state[0]!, C(x)), p) && widest(found) < 1e-45
      }),
      { seed: 2, numRuns: 20 },
    )
  })

  test('linear model with diagonal EWN weights, one point: 1/w_i = 1/w_i(0) − z_i τ, the invariant too', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(grid(4, 16), grid(2, 24)), { minLength: 2, maxLength: 4 }),
        grid(1, 9, 32),
        (units, tau) => {
          const n = units.length
          const flow: GradientFlow = {
            system: {
              net: {
                inputs: n,
                layers: [
                  { width: n, activation: 'z', connection: 'diagonal' },
                  { width: 1, activation: 'z', frozen: true },
                ],
              },
              loss: 'exponential',
              normalization: 'ewn',
              labels: [1],
            },
            nodes: [...units.map(([w]) => ({ vector: [w] })), { vector: units.map(() => '1') }],
            data: [units.map(([, z]) => z)],
          }
          const found = enclose(clockedField(flow, 'tau'), { until: tau })
          const Q = rational
          const exact = units.map(([w, z]) =>
            Q.div(
              Q.constant('1'),
              Q.sub(Q.div(Q.constant('1'), Q.constant(w)), Q.mul(Q.constant(z), Q.constant(tau))),
            ),
          )
          const invariant = (w: readonly Interval[]): Interval =>
            minus(X.div(C(units[1]![1]), w[0]!), X.div(C(units[0]![1]), w[1]!))
          return (
            exact.every((w, i) => contains(found.state[i]!, w)) &&
            overlap(invariant(found.state), invariant(units.map(([w]) => C(w))))
          )
        },
      ),
      { seed: 3, numRuns: 20 },
    )
  })

  test.each([1, 2, 3, 4])('EWN chain of %i balanced weights in the clock τ: m^−1 = m₀^−1 − Dτ', (depth) => {
    fc.assert(
      fc.property(grid(12, 20), grid(1, 3, 32), (w, tau) => {
        const flow: GradientFlow = {
          system: {
            net: { inputs: 1, layers: Array.from({ length: depth }, () => ({ width: 1, activation: 'z' })) },
            loss: 'exponential',
            normalization: 'ewn',
            labels: [1],
          },
          nodes: Array.from({ length: depth }, () => ({ vector: [w] })),
          data: [['1']],
        }
        const found = enclose(clockedField(flow, 'tau'), { until: tau, bits: 128 })
        const Q = rational
        const m0 = Q.pow(Q.constant(w), depth)
        // m' = Σ_u w_u² (m/w_u)² = D m²
        const m = Q.div(
          Q.constant('1'),
          Q.sub(Q.div(Q.constant('1'), m0), Q.mul(Q.constant(`${depth}`), Q.constant(tau))),
        )
        return found.reason === 'end' && contains(found.state[depth]!, Q.neg(m))
      }),
      { seed: 4, numRuns: 6 },
    )
  })

  /** e^{At} x₀ by its partial sum and the tail bound 2 ‖At‖^K/K! ‖x₀‖ < 4·24^140/140! < 10^−47. */
  const linearHolds = (
    { A, x0, t }: { A: readonly string[][]; x0: readonly string[]; t: string },
    slack = SOUND,
  ): boolean => {
    const rows = A.map((row) => row.map(C))
    let term = x0.map(C)
    let sum = term
    for (let k = 1; k < 140; k++) {
      const scale = X.div(C(t), C(`${k}`))
      term = rows.map((row) => X.mul(scale, row.map((a, j) => X.mul(a, term[j]!)).reduce(X.add)))
      sum = sum.map((s, i) => X.add(s, term[i]!))
    }
    const tail: Interval = { lo: C('-1e-47').lo, hi: C('1e-47').hi }
    const field = problem(x0, (F, x) =>
      A.map((row) => row.map((a, j) => F.mul(F.constant(a), x[j]!)).reduce(F.add)),
    )
    const found = enclose(field, { until: t, bits: 96 }, slack)
    expect(found.reason).toBe('end')
    return found.state.every((a, i) => overlap(a, X.add(sum[i]!, tail)))
  }
  const linearCase = fc.integer({ min: 2, max: 4 }).chain((n) =>
    fc.record({
      A: fc.array(fc.array(grid(-32, 32), { minLength: n, maxLength: n }), { minLength: n, maxLength: n }),
      x0: fc.array(grid(-32, 32), { minLength: n, maxLength: n }),
      t: grid(1, 48),
    }),
  )
  test('a linear field with rational coefficients', () => {
    fc.assert(
      fc.property(linearCase, (one) => linearHolds(one)),
      { seed: 5, numRuns: 40 },
    )
  })

  /** Whether 1/(1 − t) lies in the enclosure of x′ = x², x(0) = 1 at t = 1 − 1/d. */
  const poleHolds = ([d, order]: readonly [number, number], slack = SOUND): boolean => {
    const flow = problem(['1'], (F, [x]) => [F.pow(x!, 2)])
    const found = enclose(flow, { until: `${d - 1}/${d}`, bits: 96, order }, slack)
    expect(found.reason).toBe('end')
    return contains(found.state[0]!, { num: BigInt(d), den: 1n })
  }
  const poles = [2, 3, 10, 30, 100].flatMap((d) => [12, 20, 40].map((order) => [d, order] as const))
  test.each<[readonly (keyof Slack)[], number]>([
    [[], 0],
    [['remainder'], 4],
    [['remainder', 'rounding'], 15],
    [['spread'], 10],
  ])('an enclosure without %j misses closed forms (%i or more of 27; 0: none)', (dropped, least) => {
    const slack = { ...SOUND, ...Object.fromEntries(dropped.map((name) => [name, 0])) }
    const missed =
      poles.filter((one) => !poleHolds(one, slack)).length +
      fc.sample(linearCase, { seed: 5, numRuns: 6 }).filter((one) => !linearHolds(one, slack)).length +
      fc.sample(scalarCase, { seed: 1, numRuns: 6 }).filter((one) => !scalarHolds(one, slack)).length
    if (least === 0) expect(missed).toBe(0)
    else expect(missed).toBeGreaterThanOrEqual(least)
  })
})

describe('elementary functions in the field', () => {
  test.each<[string, string, string, (F: Trace, x: Expr) => Expr, (t: Interval) => Interval]>([
    ['x′ = e^−x: x = log(1 + t)', '0', '5', (F, x) => F.exp(F.neg(x)), (t) => X.log(X.add(C('1'), t))],
    [
      'x′ = √x: x = (1 + t/2)²',
      '1',
      '3',
      (F, x) => F.sqrt(x),
      (t) => X.pow(X.add(C('1'), X.div(t, C('2'))), 2),
    ],
    [
      'x′ = 1/x: x = √(1 + 2t)',
      '1',
      '4',
      (F, x) => F.div(F.constant('1'), x),
      (t) => X.sqrt(X.add(C('1'), X.mul(C('2'), t))),
    ],
    [
      'x′ = x log x: x = 2^{e^t}',
      '2',
      '3/2',
      (F, x) => F.mul(x, F.log(x)),
      (t) => X.exp(X.mul(X.log(C('2')), X.exp(t))),
    ],
    [
      'x′ = −x³: x = 1/√(1 + 2t)',
      '1',
      '7/3',
      (F, x) => F.neg(F.pow(x, 3)),
      (t) => X.div(C('1'), X.sqrt(X.add(C('1'), X.mul(C('2'), t)))),
    ],
  ])('%s', (_, x0, until, body, exact) => {
    for (const bits of [64, 128, 192]) {
      const found = enclose(
        problem([x0], (F, [x]) => [body(F, x!)]),
        { until, bits },
      )
      expect(found.reason).toBe('end')
      expect(overlap(found.state[0]!, exact(C(until)))).toBe(true)
      expect(widest(found)).toBeLessThan(2 ** (24 - bits))
    }
  })
})

describe('more precise solutions lie in the enclosure', () => {
  test('random polynomial fields of degree 3', () => {
    const coefficient = grid(-16, 16)
    const field = fc.integer({ min: 1, max: 3 }).chain((n) =>
      fc.record({
        x0: fc.array(grid(-16, 16), { minLength: n, maxLength: n }),
        terms: fc.array(
          fc.array(fc.tuple(coefficient, fc.array(fc.integer({ min: 0, max: n - 1 }), { maxLength: 3 })), {
            minLength: 1,
            maxLength: 4,
          }),
          { minLength: n, maxLength: n },
        ),
      }),
    )
    let ended = 0
    fc.assert(
      fc.property(field, ({ x0, terms }) => {
        const flow = problem(x0, (F, x) =>
          terms.map((own) =>
            own
              .map(([c, factors]) =>
                factors.reduce<Expr>((product, i) => F.mul(product, x[i]!), F.constant(c)),
              )
              .reduce(F.add),
          ),
        )
        const found = enclose(flow, { until: '1', bits: 128, maxSteps: 40 })
        if (found.reason === 'end') ended += 1
        return agrees(flow, found, 46)
      }),
      { seed: 6, numRuns: 40 },
    )
    expect(ended).toBeGreaterThan(30)
  })

  const layer = (width: number, activation: string): Layer => ({ width, activation })
  const CLOCKS: readonly Clock[] = ['t', 'tau', 's']
  test.each(['ewn', 'swn', 'unnorm'] as const)('small nets, %s, in all clocks', (normalization) => {
    let ended = 0
    fc.assert(
      fc.property(
        fc.constantFrom('z', 'z^2', 'z^3'),
        fc.array(fc.integer({ min: -12, max: 12 }), { minLength: 10, maxLength: 10 }),
        fc.constantFrom(...CLOCKS),
        (activation, numbers, clock) => {
          const net = { inputs: 2, layers: [layer(2, activation), layer(1, 'z')] }
          let next = 0
          const draw = (): string => `${2 * numbers[next++ % 10]! + 1}/16`
          const flow = clockedField(
            {
              system: { net, loss: 'exponential', normalization, labels: [1, -1] },
              nodes: wiring(net).nodes.map(({ fanIn }) => ({ vector: Array.from({ length: fanIn }, draw) })),
              data: [
                [draw(), draw()],
                [draw(), draw()],
              ],
            },
            clock,
          )
          const begin =
            clock === 's' ? integrate(flow, { until: '20', maxSteps: 0, estimate: false }).reached : '0'
          const until = `${Math.ceil(Number(begin) * 64) + 16}/64`
          const found = enclose(flow, { until, bits: 96, maxSteps: 40 })
          if (found.reason === 'end') {
            ended += 1
            expect(widest(found)).toBeLessThan(1e-15)
          }
          return found.reached === begin || agrees(flow, found, 36)
        },
      ),
      { seed: 7, numRuns: 7 },
    )
    expect(ended).toBeGreaterThan(3)
  })

  interface Reference {
    readonly x: readonly number[][]
    readonly y: readonly number[]
    readonly w0: readonly number[][]
    readonly net: { readonly secondLayer: readonly number[] }
    readonly cases: readonly {
      readonly id: string
      readonly tau: string
      readonly final: Readonly<Record<string, string>>
    }[]
  }
  test('P1a: the reference in 200 digits, within 10^−25', () => {
    const reference = JSON.parse(readFileSync('test/vectors/ewn-flow-reference.json', 'utf8')) as Reference
    const { tau, final } = reference.cases.find(({ id }) => id === 'P1a')!
    const flow = clockedField(
      {
        system: {
          net: { inputs: 2, layers: [layer(4, 'z^2'), { width: 1, activation: 'z', frozen: true }] },
          loss: 'exponential',
          normalization: 'ewn',
          labels: reference.y,
        },
        nodes: [
          ...reference.w0.map((w) => ({ vector: w.map(String) })),
          { vector: reference.net.secondLayer.map(String) },
        ],
        data: reference.x.map((x) => x.map(String)),
      },
      'tau',
    )
    for (const bits of [128, 192]) {
      const found = enclose(flow, { until: tau, bits })
      expect(found).toMatchObject({ reason: 'end', reached: tau, kinks: [] })
      expect(widest(found)).toBeLessThan(bits === 128 ? 1e-30 : 1e-48)
      const inside = Object.entries(final).map(([key, value]) => {
        const name = key === 'lambda' ? key : `w_${key[1]}_${key[2]}`
        return admits(found.state[flow.field.inputs.indexOf(name)]!, value, 205)
      })
      expect(inside).toEqual(new Array(9).fill(true))
    }
  })
})

describe('wrapping', () => {
  test('a rotation by many turns widens its enclosure linearly, not exponentially', () => {
    const rotation = problem(['1', '0'], (F, [x, y]) => [F.neg(y!), x!])
    const [short, long] = ['10', '1000'].map((until) => enclose(rotation, { until, bits: 96, order: 24 }))
    expect([short!.reason, long!.reason]).toEqual(['end', 'end'])
    expect(agrees(rotation, long!, 60)).toBe(true)
    expect(widest(long!)).toBeLessThan(3000 * widest(short!))
  })
})

describe('a result says how far it got and why', () => {
  const pole = problem(['1'], (F, [x]) => [F.pow(x!, 2)])
  test('a pole: 1/(1 − t) is enclosed up to where the steps shrink away', () => {
    const found = enclose(pole, { until: '2' })
    expect(found.reason).toBe('blow-up')
    const reached = parseRatio(found.reached)
    expect(Number(reached.num) / Number(reached.den)).toBeGreaterThan(1 - 1e-9)
    expect(contains(found.state[0]!, { num: reached.den, den: reached.den - reached.num })).toBe(true)
    expect(found.detail).toMatch(/0\.99999.* of 2, after \d+ steps.*singularity/)
  })
  test('too few bits for the way to go: (e^−t, −e^−t), next to which solutions grow like e^t', () => {
    const saddle = problem(['1', '-1'], (_, [x, v]) => [v!, x!])
    const found = enclose(saddle, { until: '100', bits: 64 })
    expect(found.reason).toBe('wide')
    expect(widest(found)).toBeGreaterThan(2 ** -6)
    const exact = X.exp(X.neg(C(found.reached)))
    expect(overlap(found.state[0]!, exact) && overlap(found.state[1]!, X.neg(exact))).toBe(true)
    expect(enclose(saddle, { until: '100', bits: 256 }).reason).toBe('end')
  })
  test('a field without a value', () => {
    const empty = problem(['0'], (F, [x]) => [F.div(F.constant('1'), x!)])
    expect(enclose(empty, { until: '1' })).toMatchObject({ reason: 'undefined', steps: 0, reached: '0' })
  })
  test('too many steps', () => {
    const found = enclose(pole, { until: '9/10', maxSteps: 3 })
    expect(found).toMatchObject({ reason: 'steps', steps: 3 })
    const reached = parseRatio(found.reached)
    expect(contains(found.state[0]!, { num: reached.den, den: reached.den - reached.num })).toBe(true)
  })
  test('nothing to do, and options out of range', () => {
    const still = problem(['1/4'], (F) => [F.constant('0')], '1/3')
    expect(enclose(still, { until: '1/3' })).toMatchObject({ reason: 'end', steps: 0 })
    const late = enclose(still, { until: '1000000' })
    expect(late.reason).toBe('end')
    expect(contains(late.state[0]!, { num: 1n, den: 4n })).toBe(true)
    expect(() => enclose(still, { until: '0' })).toThrow(/end after the start/)
    const bad: EncloseOptions[] = [
      { until: '1', bits: 32 },
      { until: '1', order: 2 },
      { until: '1', maxSteps: -1 },
    ]
    for (const options of bad) expect(() => enclose(still, options)).toThrow(RangeError)
  })
})

describe('kinks', () => {
  const one = (F: Trace): Expr => F.constant('1')
  test('x′ = 1 + relu(x) from −1: e^{t−1} − 1 after t = 1', () => {
    const found = enclose(
      problem(['-1'], (F, [x]) => [F.add(one(F), F.relu(x!))]),
      { until: '5/2' },
    )
    expect(found.reason).toBe('end')
    expect(overlap(found.state[0]!, minus(X.exp(C('3/2')), C('1')))).toBe(true)
    expect(widest(found)).toBeLessThan(1e-50)
    expect(found.kinks.map(({ active }) => active)).toEqual([true])
    expect(contains(found.kinks[0]!.clock, { num: 1n, den: 1n })).toBe(true)
    expect(sizeOf(found.kinks[0]!.clock)).toBeLessThan(1e-40)
  })
  test('a jump crossed transversally: x′ = 1 + step(x) from −1', () => {
    const found = enclose(
      problem(['-1'], (F, [x]) => [F.add(one(F), F.step(x!))]),
      { until: '3' },
    )
    expect(found.reason).toBe('end')
    expect(contains(found.state[0]!, { num: 4n, den: 1n })).toBe(true)
    expect(widest(found)).toBeLessThan(1e-40)
  })
  test('an oscillator that is stiffer on one side crosses at π/2 and 3π/2 turns', () => {
    const flow = problem(['0', '1'], (F, [x, v]) => [
      v!,
      F.neg(F.add(x!, F.mul(F.constant('3'), F.relu(x!)))),
    ])
    const found = enclose(flow, { until: '10' })
    expect(found.reason).toBe('end')
    expect(found.kinks.map(({ active }) => active)).toEqual([false, true, false, true])
    expect(agrees(flow, found)).toBe(true)
    const wrong = problem(['0', '1'], (F, [x, v]) => [
      v!,
      F.neg(F.add(x!, F.mul(F.constant('3.0001'), F.relu(x!)))),
    ])
    expect(agrees(wrong, found)).toBe(false)
  })
  test('a kink that is touched, and one that is slid along, end the enclosure', () => {
    // x = (t − 1)² touches 0
    const touching = problem(['1', '-1'], (F, [x, u]) => [
      F.add(F.mul(F.constant('2'), u!), F.pow(F.relu(F.neg(x!)), 2)),
      one(F),
    ])
    expect(enclose(touching, { until: '2' }).reason).toBe('kink')
    const sliding = problem(['-1'], (F, [x]) => [F.sub(one(F), F.mul(F.constant('2'), F.step(x!)))])
    const found = enclose(sliding, { until: '3' })
    expect(found.reason).toBe('kink')
    const reached = parseRatio(found.reached)
    expect(Number(reached.num) / Number(reached.den)).toBeCloseTo(1, 12)
    expect(contains(found.state[0]!, rational.sub(reached, rational.constant('1')))).toBe(true)
    expect(found.detail).toMatch(/slide/)
  })
  // With plain ReLU a neuron often dies or slides: its argument reaches 0 and stays there.
  test.each([
    ['relu(z)^2', 10, 1],
    ['relu(z)', 5, 0],
  ] as const)('a net with %s whose neurons switch', (activation, leastEnded, leastCrossed) => {
    const net = {
      inputs: 2,
      layers: [
        { width: 3, activation },
        { width: 1, activation: 'z', frozen: true },
      ],
    }
    let [crossed, ended] = [0, 0]
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -12, max: 12 }), { minLength: 6, maxLength: 6 }), (w) => {
        const flow = clockedField(
          {
            system: { net, loss: 'exponential', normalization: 'ewn', labels: [1, -1] },
            nodes: [
              ...[0, 2, 4].map((k) => ({ vector: [`${2 * w[k]! + 1}/16`, `${2 * w[k + 1]! + 1}/16`] })),
              { vector: ['1', '1', '-1'] },
            ],
            data: [
              ['1', '1/4'],
              ['-1/8', '9/8'],
            ],
          },
          'tau',
        )
        const found = enclose(flow, { until: '1/2', bits: 96, maxSteps: 60 })
        crossed += found.kinks.length
        if (found.reason === 'end') ended += 1
        const rough = integrate(flow, { until: found.reached, digits: 36, estimate: false })
        expect(rough.kinks.filter(({ clock }) => Number(clock) > 0)).toHaveLength(found.kinks.length)
        return agrees(flow, found, 36)
      }),
      { seed: 8, numRuns: 15 },
    )
    expect(ended).toBeGreaterThan(leastEnded)
    expect(crossed).toBeGreaterThanOrEqual(leastCrossed)
  })
})
