/** Jets equal exact rational recurrences, coefficient by coefficient. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clockedField, type Clock } from '../../src/flow/clock.ts'
import { fixedSeries, limbSeries, type Limbs } from '../../src/flow/fixed.ts'
import { jet, switches, type Pattern } from '../../src/flow/jet.ts'
import { seriesOver, type SeriesKernel, type Term } from '../../src/flow/series.ts'
import { rational, type Rational } from '../../src/number/rational.ts'
import { printRatio } from '../../src/program/constant.ts'
import { derivative } from '../../src/program/grad.ts'
import { trace, type Expr, type Program, type Trace } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'

const q = rational.constant
const exact = seriesOver(rational)

/** x_k = (f·∇)^k x / k! at x₀, by repeated Lie derivatives: no recurrence in sight. */
function lie(field: Program, x0: readonly Rational[], order: number): string[][] {
  const program = trace(field.inputs, (F, x) => {
    const velocity = run(field, F, x)
    const moves = new Map(x.map((e, i) => [e, velocity[i]!]))
    return x.flatMap((e) => {
      const list: Expr[] = [e]
      while (list.length <= order) list.push(derivative(F, list.at(-1)!, moves))
      return list
    })
  })
  const values = run(program, rational, x0)
  return x0.map((_, i) => {
    let factorial = 1n
    return Array.from({ length: order + 1 }, (_x, k) => {
      factorial *= BigInt(Math.max(1, k))
      const { num, den } = values[i * (order + 1) + k]!
      return printRatio({ num, den: den * factorial })
    })
  })
}

const text = (series: readonly (readonly Rational[])[]): string[][] =>
  series.map((one) => one.map((c) => printRatio(c)))

function coefficients(field: Program, x0: readonly Rational[], order: number, pattern?: Pattern): string[][] {
  return text(jet(field, exact, x0, order, pattern === undefined ? {} : { pattern }).state)
}

const scalar = (body: (F: Trace, x: Expr) => Expr): Program => trace(['x'], (F, [x]) => [body(F, x!)])

describe('the recurrence of', () => {
  const c = (F: Trace, value: string): Expr => F.constant(value)
  const cases: [name: string, x0: string, body: (F: Trace, x: Expr) => Expr][] = [
    ['add and neg: x′ = −x + 3', '2/5', (F, x) => F.add(F.neg(x), c(F, '3'))],
    ['sub: x′ = 1/3 − x', '2/5', (F, x) => F.sub(c(F, '1/3'), x)],
    ['mul: x′ = x (x + 1)', '-2/5', (F, x) => F.mul(x, F.add(x, c(F, '1')))],
    ['mul by a constant: x′ = 3x/7', '2/5', (F, x) => F.mul(c(F, '3/7'), x)],
    ['an even power: x′ = x²', '3/2', (F, x) => F.pow(x, 2)],
    ['an odd power: x′ = x⁷', '-1/2', (F, x) => F.pow(x, 7)],
    ['a power at 0: x′ = 1 + x³', '0', (F, x) => F.add(c(F, '1'), F.pow(x, 3))],
    ['a power 0: x′ = x⁰', '0', (F, x) => F.pow(x, 0)],
    ['div: x′ = (x − 2)/(x + 1)', '1/2', (F, x) => F.div(F.sub(x, c(F, '2')), F.add(x, c(F, '1')))],
    ['div of a constant: x′ = 2/x', '-1/2', (F, x) => F.div(c(F, '2'), x)],
    ['div by a constant: x′ = x²/7', '1/2', (F, x) => F.div(F.pow(x, 2), c(F, '7'))],
    ['sqrt: x′ = √(1 + x)', '5/4', (F, x) => F.sqrt(F.add(c(F, '1'), x))],
    ['exp: x′ = e^{x² − x} + x', '1', (F, x) => F.add(F.exp(F.sub(F.pow(x, 2), x)), x)],
    ['log: x′ = log x + 1', '1', (F, x) => F.add(F.log(x), c(F, '1'))],
    [
      'a sum of squares, products and sums: x′ = x² − (x(x + 1)² − (2x + 3 − (x/5 − x³)))',
      '2/5',
      (F, x) => {
        const cubic = F.mul(x, F.pow(F.add(x, c(F, '1')), 2))
        const rest = F.sub(F.div(x, c(F, '5')), F.pow(x, 3))
        const linear = F.add(F.mul(c(F, '2'), x), c(F, '3'))
        return F.sub(F.pow(x, 2), F.sub(cubic, F.sub(linear, rest)))
      },
    ],
    ['constants of constants: x′ = √(4/9) x', '1/2', (F, x) => F.mul(F.sqrt(c(F, '4/9')), x)],
    ['the zero field', '1/2', (F) => c(F, '0')],
    ['a product with 0', '1/2', (F, x) => F.add(F.mul(F.sub(x, x), x), c(F, '1'))],
  ]
  test.each(cases)('%s', (_, x0, body) => {
    const field = scalar(body)
    expect(coefficients(field, [q(x0)], 7)).toEqual(lie(field, [q(x0)], 7))
  })

  test('relu and step: on a piece they are the identity or 0, 1 or 0', () => {
    const body = (F: Trace, x: Expr): Expr =>
      F.add(F.pow(F.relu(F.sub(x, c(F, '1'))), 2), F.mul(F.step(F.sub(x, c(F, '1'))), F.pow(x, 3)))
    const field = scalar((F, x) => F.add(c(F, '1'), body(F, x)))
    const [argument] = switches(field)
    for (const [x, active] of [
      ['3/2', true],
      ['1/2', false],
    ] as const)
      expect(coefficients(field, [q(x)], 6, new Map([[argument!, active]]))).toEqual(lie(field, [q(x)], 6))
    const shut = jet(field, exact, [q('1/2')], 3, { pattern: new Map([[argument!, false]]) })
    expect(text([shut.arguments.get(argument!)!])).toEqual([['-1/2', '1', '0', '0']])
    expect(() => jet(field, exact, [q('1/2')], 3)).toThrow(RangeError)
  })
})

test('the coefficients are those of known functions', () => {
  const tangent = jet(
    scalar((F, x) => F.add(F.constant('1'), F.pow(x, 2))),
    exact,
    [q('0')],
    7,
  )
  expect(text(tangent.state)[0]).toEqual(['0', '1', '0', '1/3', '0', '2/15', '0', '17/315'])
  const logarithm = jet(
    scalar((F, x) => F.exp(x)),
    exact,
    [q('0')],
    5,
  )
  expect(text(logarithm.state)[0]).toEqual(['0', '1', '1/2', '1/3', '1/4', '1/5'])
})

test('random polynomial and rational fields in three variables', () => {
  const small = fc.integer({ min: -4, max: 4 })
  const term = fc.tuple(small, fc.nat(2), fc.nat(2), fc.nat(2), fc.boolean())
  const fields = fc.array(fc.array(term, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 3 })
  const start = fc.array(fc.tuple(small, fc.integer({ min: 1, max: 4 })), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(fields, start, (components, x0) => {
      const field = trace(['x', 'y', 'z'], (F, x) =>
        components.map((terms) =>
          terms
            .map(([coefficient, a, b, e, over]) => {
              const product = F.mul(F.mul(F.pow(x[0]!, a), F.pow(x[1]!, b)), F.pow(x[2]!, e))
              const scaled = F.mul(F.constant(`${coefficient}/3`), product)
              return over ? F.div(scaled, F.add(F.constant('1'), F.pow(x[a]!, 2))) : scaled
            })
            .reduce((left, right) => F.sub(left, right)),
        ),
      )
      const at = x0.map(([num, den]) => q(`${num}/${den}`))
      expect(coefficients(field, at, 4)).toEqual(lie(field, at, 4))
    }),
    { seed: 7, numRuns: 60 },
  )
})

const flow = {
  system: {
    net: {
      inputs: 2,
      layers: [
        { width: 2, activation: 'relu(z)^2' },
        { width: 2, activation: 'z' },
      ],
    },
    loss: 'cross-entropy',
    normalization: 'swn',
    labels: [0, 1],
  },
  nodes: [
    { vector: ['1', '1/2'] },
    { vector: ['-1/2', '1'] },
    { vector: ['1', '1/3'] },
    { vector: ['1/4', '-1'] },
  ],
  data: [
    ['1', '1/2'],
    ['-1/2', '2'],
  ],
} as const

test.each<Clock>(['t', 'tau', 's'])('the field of gradient flow in the clock %s', (clock) => {
  for (const loss of ['cross-entropy', 'exponential'] as const)
    for (const normalization of ['unnorm', 'swn', 'ewn'] as const) {
      const one = loss === 'exponential'
      const net = one
        ? { ...flow.system.net, layers: [flow.system.net.layers[0], { width: 1, activation: 'z' }] }
        : flow.system.net
      const { field } = clockedField(
        {
          ...flow,
          system: { net, loss, normalization, labels: one ? [1, -1] : [0, 1] },
          nodes: one ? flow.nodes.slice(0, 3) : flow.nodes,
          ...(one ? {} : { rate: '1 / (1 + t^2)' }),
        },
        clock,
      )
      const x0 = field.inputs.map((_, i) => q(`${((i * 7) % 11) + 1}/${(i % 3) + 2}`))
      const found = switches(field)
      const signs = run({ ...field, outputs: found }, rational, x0)
      const pattern = new Map(found.map((e, i) => [e, signs[i]!.num > 0n]))
      expect(coefficients(field, x0, 2, pattern)).toEqual(lie(field, x0, 2))
    }
})

describe('in fixed point', () => {
  const bits = 200
  const field = trace(['x', 'y'], (F, [x, y]) => [
    F.div(F.mul(x!, y!), F.add(F.constant('3'), F.pow(x!, 2))),
    F.sub(F.pow(y!, 3), F.mul(x!, y!)),
  ])
  const start = ['1/3', '-2/7']
  const order = 12
  const want = jet(field, exact, start.map(q), order).state
  const errors = <S>(K: SeriesKernel<bigint, S>, exponent: number): bigint[] => {
    const x0 = start.map((c) => {
      const { num, den } = q(c)
      return (num << BigInt(bits)) / den
    })
    return jet(field, K, x0, order, { exponent }).state.flatMap((series, i) =>
      want[i]!.map(({ num, den }, k) => {
        const scale = exponent * k + bits
        const value = scale >= 0 ? (num << BigInt(scale)) / den : num / (den << BigInt(-scale))
        return K.get(series, k) - value
      }),
    )
  }
  test.each([0, -1, -5, 3])('the jet is the exact one, coefficient k scaled by 2^(%i k)', (exponent) => {
    const limit = 64n << BigInt(Math.max(0, exponent * order))
    for (const found of [errors(fixedSeries(bits), exponent), errors(limbSeries(bits), exponent)]) {
      expect(found).toHaveLength(2 * (order + 1))
      for (const error of found) expect(error < limit && -error < limit, `${error}`).toBe(true)
    }
  })
})

describe('series on doubles', () => {
  const filled = (K: SeriesKernel<bigint, Limbs>, values: readonly bigint[]): Limbs => {
    const series = K.series(values.length - 1)
    values.forEach((value, k) => K.set(series, k, value))
    return series
  }
  const product = (a: readonly bigint[], b: readonly bigint[], k: number): bigint =>
    a.slice(0, k + 1).reduce((sum, value, j) => sum + value * b[k - j]!, 0n)
  const size = (a: bigint): bigint => (a < 0n ? -a : a)
  /** Asserts that a number in units of 2^−bits is within one unit of one in units of 2^(−2 bits). */
  const near = (found: bigint, want: bigint, bits: number): void =>
    expect(size((found << BigInt(bits)) - want) < 1n << BigInt(bits), `${found}`).toBe(true)

  /** A number whose limbs are all as large as limbs get, where bits is a multiple of 22. */
  const full = (length: number): bigint => {
    let value = 0n
    for (let at = 0; at < length; at += 22) value = (value << 22n) + 2097151n
    return value
  }
  const number = (most: number): fc.Arbitrary<bigint> =>
    fc.oneof(
      fc.bigInt({ min: -(1n << BigInt(most)), max: 1n << BigInt(most) }),
      fc.integer({ min: 0, max: most }).chain((length) => fc.constantFrom(full(length), -full(length))),
      fc.constant(0n),
    )
  const cases = fc
    .constantFrom(64, 97, 204, 400)
    .chain((bits) =>
      fc.tuple(
        fc.constant(bits),
        fc.array(fc.tuple(number(bits + 60), number(bits + 60)), { minLength: 1, maxLength: 24 }),
      ),
    )

  test('sums of products are those of integers, within a unit', () => {
    fc.assert(
      fc.property(cases, ([bits, pairs]) => {
        const K = limbSeries(bits)
        const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)]
        const [x, y] = [filled(K, a), filled(K, b)]
        const out = K.series(a.length - 1)
        const terms: Term<Limbs>[] = [
          { minus: true, a: x, b: y },
          { minus: false, a: x },
          { minus: true, a: y, b: y },
          { minus: false, a: y, b: x, scaled: true },
        ]
        a.forEach((_, k) => {
          expect([K.get(x, k), K.get(y, k)]).toEqual([a[k], b[k]])
          K.dot(out, k, x, y, 0, k)
          near(K.get(out, k), product(a, b, k), bits)
          K.square(out, k, x, 1)
          near(K.get(out, k), product(a.with(0, 0n), a.with(0, 0n), k), bits)
          K.sub(out, k, y, x)
          expect(K.get(out, k)).toBe(b[k]! - a[k]!)
          K.sum!(out, k, terms)
          const rest = (a[k]! << BigInt(bits)) + b[k]! * a[0]!
          near(K.get(out, k), rest - product(a, b, k) - product(b, b, k), bits)
        })
      }),
      { seed: 5, numRuns: 100 },
    )
  })

  test('so are the longest sums, of limbs as large as they get', () => {
    const bits = 1012
    const K = limbSeries(bits)
    const values = new Array<bigint>(1001).fill(full(bits))
    const [x, out] = [filled(K, values), K.series(1000)]
    K.sum!(out, 1000, [
      { minus: false, a: x, b: filled(K, values) },
      { minus: false, a: x, b: x },
      { minus: false, a: x, b: filled(K, values) },
    ])
    near(K.get(out, 1000), 3n * product(values, values, 1000), bits)
    expect(() => K.series(1001)).toThrow(/at most 1000/)
  })

  test('multiples, and coefficients of a solution, are scaled and divided within a unit', () => {
    fc.assert(
      fc.property(number(300), fc.integer({ min: -300, max: 300 }), fc.nat(60), (value, exponent, k) => {
        const bits = 204
        const K = limbSeries(bits)
        const [a, out] = [K.series(k), K.series(k + 1)]
        K.set(a, k, value)
        K.ratio(out, k, a, exponent, k + 1)
        expect(size(K.get(out, k) * BigInt(k + 1) - value * BigInt(exponent)) <= BigInt(k + 1)).toBe(true)
        K.advance(out, k, a, exponent)
        const found = K.get(out, k + 1) * BigInt(k + 1)
        const gap = exponent < 0 ? (found << BigInt(-exponent)) - value : found - (value << BigInt(exponent))
        expect(size(gap) <= BigInt(k + 1) << BigInt(Math.max(0, -exponent))).toBe(true)
      }),
      { seed: 6, numRuns: 300 },
    )
  })
})

test('a field has one output per input', () => {
  const half = trace(['x', 'y'], (_, [x]) => [x!])
  expect(() => jet(half, exact, [q('1'), q('1')], 3)).toThrow(/as many outputs/)
})
