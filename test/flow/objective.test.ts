/** Objectives and flows: gradients in weights and parameters, and what gradient flow and descent do with them. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { step, velocity } from './by-hand.ts'
import {
  differences,
  inputs,
  objective,
  parameterGradient,
  parameters,
  weightGradient,
  weights,
  type System,
} from '../../src/flow/objective.ts'
import { wiring, type Architecture } from '../../src/net/architecture.ts'
import { float64 } from '../../src/number/float64.ts'
import { rational, type Rational } from '../../src/number/rational.ts'
import type { Field } from '../../src/program/field.ts'
import { gradient } from '../../src/program/grad.ts'
import { newTrace, type Expr, type Program, type Trace } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'

const q = rational.constant
const same = (a: Rational, b: Rational): boolean => a.num * b.den === b.num * a.den
/** Rationals with arbitrary exponentials and logarithms: derivatives that agree term by term agree here. */
const free: Field<Rational> = {
  ...rational,
  exp: (a) => rational.add(rational.mul(a, a), q('3/7')),
  log: (a) => rational.sub(rational.mul(a, a), q('5/11')),
}

const dense: Architecture = {
  inputs: 2,
  layers: [
    { width: 2, activation: 'z^2' },
    { width: 1, activation: 'z' },
  ],
}
const frozen: Architecture = { ...dense, layers: [dense.layers[0]!, { ...dense.layers[1]!, frozen: true }] }
const shared: Architecture = {
  inputs: 3,
  layers: [
    { width: 2, activation: 'relu(z)^2', connection: { convolution: 2 } },
    { width: 2, activation: 'z' },
  ],
}
const systems: readonly System[] = (['unnorm', 'swn', 'ewn'] as const).flatMap((normalization): System[] => [
  { net: dense, loss: 'exponential', normalization, labels: [1, -1] },
  { net: frozen, loss: 'exponential', normalization, labels: [-1] },
  { net: shared, loss: 'cross-entropy', normalization, labels: [0, 1, 1] },
])

/** A trace of a system with its parameters, weights, data and objective. */
function traced(system: System): {
  t: Trace
  theta: ReturnType<typeof parameters>
  w: readonly (readonly Expr[])[]
  x: Expr[][]
  L: Expr
} {
  const t = newTrace()
  const theta = parameters(t, system)
  const w = weights(t, system, theta)
  const x = inputs(t, system)
  return { t, theta, w, x, L: objective(t, system, w, x) }
}

/** Rational values of all inputs, the vectors of parameters having rational norms. */
type Draws = [number, bigint][]
const numbers: fc.Arbitrary<Draws> = fc.array(
  fc.tuple(fc.integer({ min: -6, max: 6 }), fc.constantFrom(1n, 2n, 3n)),
  {
    minLength: 12,
    maxLength: 12,
  },
)
function valuesOf(p: Program, list: readonly (readonly [number, bigint])[]): Rational[] {
  const pythagorean = [
    ['3/5', '4/5'],
    ['-12/13', '5/13'],
    ['8/3', '-2'],
    ['-7', '24'],
  ]
  return p.inputs.map((name, i) => {
    const [kind, u, k] = name.split('_')
    if (kind === 'v' || kind === 'w')
      return q(pythagorean[(Number(u) + list[0]![0] + 8) % 4]![Number(k) - 1] ?? '0')
    const [num, den] = list[i % list.length]!
    return { num: BigInt(num), den }
  })
}
/** Whether traced values equal others at random rational points. */
function equal(t: Trace, found: readonly Expr[], expected: readonly Expr[]): fc.IProperty<[Draws]> {
  const p = t.program([...found, ...expected])
  return fc.property(numbers, (list) => {
    const v = run(p, free, valuesOf(p, list))
    return found.length === expected.length && found.every((_, i) => same(v[i]!, v[found.length + i]!))
  })
}
const RUNS = { seed: 51, numRuns: 20 }

describe.each(
  systems.map(
    (s) => [`${s.normalization}, ${s.loss}, ${s.net === frozen ? 'frozen' : 'trained'}`, s] as const,
  ),
)('%s', (_, system) => {
  const { nodes } = wiring(system.net)

  test('g_u is the gradient of the objective in weights that are free, and empty where frozen', () => {
    const raw: System = { ...system, normalization: 'unnorm' }
    const { t, w, x, L } = traced(raw)
    const g = weightGradient(t, raw, w, x)
    expect(g.map((part) => part.length)).toEqual(nodes.map((node) => (node.frozen ? 0 : node.fanIn)))
    const leaves = w.flatMap((v, u) => (nodes[u]!.frozen ? [] : v))
    fc.assert(equal(t, g.flat(), gradient(t, L, leaves)), RUNS)
  })

  test('the gradient in the parameters follows from g_u by the chain rule', () => {
    const { t, theta, w, x, L } = traced(system)
    const g = weightGradient(t, system, w, x)
    const found = parameterGradient(t, system, theta, L)
    const leaves = [...found.keys()]
    expect(leaves).toEqual(
      theta.flatMap(({ radial, vector }, u) =>
        nodes[u]!.frozen ? [] : radial === undefined ? vector : [radial, ...vector],
      ),
    )
    const chain = leaves.map((leaf) => {
      const terms = w.flatMap((v, u) =>
        nodes[u]!.frozen ? [] : v.map((e, i) => t.mul(g[u]![i]!, gradient(t, e, [leaf])[0]!)),
      )
      return terms.reduce((a, b) => t.add(a, b))
    })
    fc.assert(equal(t, [...found.values()], chain), RUNS)
  })

  test('gradient flow is −η∇L, and a step of descent moves by it', () => {
    const { t, theta, L } = traced(system)
    const eta = t.input('eta')
    const slope = parameterGradient(t, system, theta, L)
    const [flow, next] = [velocity(t, slope, eta), step(t, slope, eta)]
    expect([...flow.keys()]).toEqual([...slope.keys()])
    expect([...next.keys()]).toEqual([...slope.keys()])
    const [leaves, gradients] = [[...slope.keys()], [...slope.values()]]
    const minusEta = gradients.map((g) => t.mul(t.mul(t.constant('-1'), eta), g))
    fc.assert(equal(t, [...flow.values()], minusEta), RUNS)
    fc.assert(
      equal(
        t,
        [...next.values()],
        leaves.map((leaf, i) => t.add(leaf, minusEta[i]!)),
      ),
      RUNS,
    )
  })

  test('the gradient is the slope of the objective, measured in doubles', () => {
    const { t, theta, L } = traced(system)
    const slope = parameterGradient(t, system, theta, L)
    const value = t.program([L])
    const all = t.program([...slope.values()], value.inputs)
    const at = value.inputs.map((name, i) => (/^(x|w|v)/.test(name) ? ((i * 37) % 11) / 7 - 0.7 : -0.3))
    const exact = run(all, float64, at)
    ;[...slope.keys()].forEach((leaf, k) => {
      const name = t.program([leaf]).inputs[0]!
      const i = value.inputs.indexOf(t.ops[leaf]![0] === 'input' ? inputName(t, leaf) : name)
      const shifted = (h: number): number =>
        run(
          value,
          float64,
          at.map((v, j) => (j === i ? v + h : v)),
        )[0]!
      const h = 1e-4
      const measured = (8 * (shifted(h) - shifted(-h)) - (shifted(2 * h) - shifted(-2 * h))) / (12 * h)
      expect(Math.abs(measured - exact[k]!)).toBeLessThan(1e-6 * (1 + Math.abs(exact[k]!)))
    })
  })
})

/** The name of a traced input. */
function inputName(t: Trace, e: Expr): string {
  const { inputs: names } = t.program([])
  return names[t.ops[e]![1] as number]!
}

describe('shared weights', () => {
  test('the gradient of a kernel is the sum of the gradients of its untied copies', () => {
    const conv: Architecture = {
      inputs: 3,
      layers: [
        { width: 1, activation: 'z^2', connection: { convolution: 2 } },
        { width: 1, activation: 'z' },
      ],
    }
    const untied: Architecture = { inputs: 3, layers: [{ width: 2, activation: 'z^2' }, conv.layers[1]!] }
    const base = { loss: 'exponential', normalization: 'unnorm', labels: [1] } as const
    const t = newTrace()
    const [a, b] = [t.input('w_1_1'), t.input('w_1_2')]
    const out = [t.input('w_2_1'), t.input('w_2_2')]
    const x = inputs(t, { ...base, net: conv })
    const zero = t.constant('0')
    const tied = weightGradient(t, { ...base, net: conv }, [[a, b], out], x)
    const copies = [[a, b, zero], [zero, a, b], out]
    const g = weightGradient(t, { ...base, net: untied }, copies, x)
    const sums = [t.add(g[0]![0]!, g[1]![1]!), t.add(g[0]![1]!, g[1]![2]!)]
    fc.assert(equal(t, [...tied[0]!, ...tied[1]!], [...sums, ...g[2]!]), RUNS)
  })
})

describe('the objective', () => {
  test('is a sum over the points, not a mean', () => {
    const system: System = { net: dense, loss: 'exponential', normalization: 'unnorm', labels: [1, -1, 1] }
    const { t, L } = traced(system)
    const p = t.program([L])
    expect(
      rational.format(
        run(
          p,
          rational,
          p.inputs.map(() => q('0')),
        )[0]!,
      ),
    ).toBe('3')
  })

  test('sees each label: differences change sign with it', () => {
    const t = newTrace()
    const system = (labels: number[]): System => ({
      net: dense,
      loss: 'exponential',
      normalization: 'unnorm',
      labels,
    })
    const w = weights(t, system([1]), parameters(t, system([1])))
    const x = inputs(t, system([1]))
    const [plus, minus] = [differences(t, system([1]), w, x), differences(t, system([-1]), w, x)]
    expect(minus[0]![0]).toBe(t.neg(plus[0]![0]!))
  })

  test('two systems of one net with different labels keep gradients of their own', () => {
    const at = (label: number): string[] => {
      const t = newTrace()
      const system: System = { net: dense, loss: 'exponential', normalization: 'unnorm', labels: [label] }
      const w = weights(t, system, parameters(t, system))
      const p = t.program(weightGradient(t, system, w, inputs(t, system)).flat())
      return run(
        p,
        free,
        valuesOf(p, [
          [1, 1n],
          [2, 1n],
          [3, 1n],
          [-1, 2n],
        ]),
      ).map(rational.format)
    }
    const [first, second, again] = [at(1), at(-1), at(1)]
    expect(first).not.toEqual(second)
    expect(again).toEqual(first)
  })
})
