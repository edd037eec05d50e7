/** Derivatives: exactly those of mathjs, consistent with one another, and cheap. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { objective, inputs, type System } from '../../src/flow/objective.ts'
import { activation } from '../../src/net/activation.ts'
import { wiring, type Architecture } from '../../src/net/architecture.ts'
import { Undefined } from '../../src/number/conventions.ts'
import { interval, overlap } from '../../src/number/interval.ts'
import { rational, type Rational } from '../../src/number/rational.ts'
import type { Field } from '../../src/program/field.ts'
import { derivative, grad, gradient, substitute } from '../../src/program/grad.ts'
import { newTrace, size, trace, type Expr, type Program } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'
import { familyShapes } from '../../src/setting/nets.ts'
import { ALL, ARITHMETIC, code, NAMES, point, program, RATIONAL, values, type Step } from './draw.ts'
import { mathjsDerivative, mathjsTree, valueOf } from './oracle.ts'

const q = rational.constant
const same = (a: Rational, b: Rational): boolean => a.num * b.den === b.num * a.den

/**
 * Rationals in which exp, log and √ are arbitrary functions: a derivative that holds for every function
 * with exp' = exp, log' = 1/x and √' = 1/(2√) holds here exactly, term by term.
 */
const free: Field<Rational> = {
  ...rational,
  exp: (a) => rational.add(rational.mul(a, a), q('3/7')),
  log: (a) => rational.sub(rational.mul(a, a), q('5/11')),
  sqrt: (a) => rational.add(rational.mul(a, a), q('2/13')),
  root: (a, n) => rational.add(rational.mul(a, a), { num: 3n, den: BigInt(16 + n) }),
  tanh: (a) => rational.sub(rational.mul(a, a), q('4/19')),
}

/** Where a Program and its gradient differ from a formula of the same function and mathjs's derivatives. */
function disagreements(p: Program, formula: string, at: Readonly<Record<string, Rational>>): string[] {
  const x = p.inputs.map((name) => at[name]!)
  const slopes = p.inputs.map((name) => mathjsDerivative(formula, name))
  const ours = [...run(p, free, x), ...run(grad(p), free, x)]
  const theirs = [mathjsTree(formula), ...slopes].map((node) => valueOf(node, free, at))
  const exact = ours.map((v, i) => [rational.format(v), rational.format(theirs[i]!)] as const)
  const found = exact.flatMap(([a, b], i) => (a === b ? [] : [`${i}: ${a} is not ${b}`]))
  const enclosures = [interval(64), interval(300)].flatMap((F) => {
    const values = p.inputs.map((name) => F.constant(rational.format(at[name]!)))
    const named = Object.fromEntries(p.inputs.map((name, i) => [name, values[i]!]))
    return [run(grad(p), F, values), slopes.map((slope) => valueOf(slope, F, named))]
  })
  for (const [k, g] of enclosures.entries())
    for (const other of enclosures.slice(k + 1))
      if (g.length !== other.length || !g.every((v, i) => overlap(v, other[i]!)))
        found.push(`disjoint enclosures of a slope of ${formula}`)
  return found
}

const grid = ['-3', '-4/3', '-1', '-1/5', '2/7', '1', '5/2', '4']

describe('mathjs differentiates every activation as we do', () => {
  test.each([['z'], ['z^2'], ['z^3'], ['2*z - z^4/3'], ['(1 - z)/(2 + z^2)']])('%s', (formula) => {
    for (const z of grid) expect(disagreements(activation(formula), formula, { z: q(z) })).toEqual([])
  })

  test.each([
    ['relu(z)', 'z'],
    ['relu(z)^2', 'z^2'],
    ['relu(z)^3', 'z^3'],
    ['abs(z)', 'z'],
    ['max(z, 0)', 'z'],
  ])('%s on the positive side', (formula, piece) => {
    for (const z of grid.filter((text) => !text.startsWith('-')))
      expect(disagreements(activation(formula), piece, { z: q(z) })).toEqual([])
  })

  test.each([
    ['relu(z)', '0*z'],
    ['relu(z)^2', '0*z'],
    ['relu(z)^3', '0*z'],
    ['abs(z)', '-z'],
    ['min(z, 0)', 'z'],
  ])('%s on the negative side', (formula, piece) => {
    for (const z of grid.filter((text) => text.startsWith('-')))
      expect(disagreements(activation(formula), piece, { z: q(z) })).toEqual([])
  })

  test('tanh(z), to 300 binary digits', () => {
    const F = interval(300)
    for (const z of grid) {
      const slope = mathjsDerivative('(exp(z + z) - 1)/(exp(z + z) + 1)', 'z')
      const [ours] = run(grad(activation('tanh(z)')), F, [F.constant(z)])
      expect([z, overlap(ours!, valueOf(slope, F, { z: F.constant(z) }))]).toEqual([z, true])
    }
  })
})

describe('mathjs differentiates every loss as we do', () => {
  /** L as a Program of the weights of a linear net, whose outputs are w_1 x_1, w_2 x_1, … */
  const lossOf = (loss: System['loss'], outputs: number, labels: number[]): Program => {
    const net: Architecture = { inputs: 1, layers: [{ width: outputs, activation: 'z' }] }
    return objectiveProgram({ net, loss, normalization: 'unnorm', labels })
  }
  const points = [
    { w_1_1: '0', w_2_1: '0', w_3_1: '0', x_1_1: '1/2', x_2_1: '-3' },
    { w_1_1: '1/3', w_2_1: '-2', w_3_1: '5/4', x_1_1: '2', x_2_1: '-1/2' },
    { w_1_1: '-7/2', w_2_1: '3', w_3_1: '1', x_1_1: '-1', x_2_1: '3/5' },
  ].map((at) => Object.fromEntries(Object.entries(at).map(([name, text]) => [name, q(text)])))

  test('the exponential loss, both labels', () => {
    for (const at of points)
      expect(
        disagreements(lossOf('exponential', 1, [1, -1]), 'exp(-(w_1_1*x_1_1)) + exp(w_1_1*x_2_1)', at),
      ).toEqual([])
  })

  test('cross-entropy with two classes', () => {
    const formula = 'log(1 + exp(-(w_1_1*x_1_1 - w_2_1*x_1_1))) + log(1 + exp(-(w_2_1*x_2_1 - w_1_1*x_2_1)))'
    for (const at of points)
      expect(disagreements(lossOf('cross-entropy', 2, [0, 1]), formula, at)).toEqual([])
  })

  test('cross-entropy with three classes', () => {
    const formula = 'log(1 + exp(-(w_3_1*x_1_1 - w_1_1*x_1_1)) + exp(-(w_3_1*x_1_1 - w_2_1*x_1_1)))'
    for (const at of points) expect(disagreements(lossOf('cross-entropy', 3, [2]), formula, at)).toEqual([])
  })
})

/** L as a Program of all weights and data. */
function objectiveProgram(system: System): Program {
  const t = newTrace()
  const w = wiring(system.net).nodes.map(({ fanIn }, u) =>
    Array.from({ length: fanIn }, (_, i) => t.input(`w_${u + 1}_${i + 1}`)),
  )
  return t.program([objective(t, system, w, inputs(t, system))])
}

describe('mathjs differentiates small nets as we do', () => {
  const numbers = fc.array(
    fc.tuple(fc.integer({ min: -8, max: 8 }), fc.constantFrom(1n, 2n, 3n, 5n)).map(([n, den]) => ({
      num: BigInt(n),
      den,
    })),
    { minLength: 12, maxLength: 12 },
  )
  const everywhere = (net: Architecture, output: string): fc.IProperty<[Rational[]]> => {
    const system: System = { net, loss: 'exponential', normalization: 'unnorm', labels: [-1] }
    const p = objectiveProgram(system)
    return fc.property(numbers, (list) => {
      const at = Object.fromEntries(p.inputs.map((name, i) => [name, list[i]!]))
      expect(disagreements(p, `exp(${output})`, at)).toEqual([])
    })
  }
  const unit = (u: number): string => `(w_${u}_1*x_1_1 + w_${u}_2*x_1_2)`

  test.each([[2], [3]])('2-2-1 with z^%i', (power) => {
    const layers = [
      { width: 2, activation: `z^${power}` },
      { width: 1, activation: 'z' },
    ]
    fc.assert(everywhere({ inputs: 2, layers }, `w_3_1*${unit(1)}^${power} + w_3_2*${unit(2)}^${power}`), {
      seed: 11,
      numRuns: 15,
    })
  })

  test('deep linear 1-1-1', () => {
    const layer = { width: 1, activation: 'z' }
    fc.assert(everywhere({ inputs: 1, layers: [layer, layer, layer] }, 'w_3_1*(w_2_1*(w_1_1*x_1_1))'), {
      seed: 11,
      numRuns: 15,
    })
  })

  test('a kernel shared by two positions', () => {
    const layers = [
      { width: 1, activation: 'z^2', connection: { convolution: 1 } },
      { width: 1, activation: 'z' },
    ]
    fc.assert(everywhere({ inputs: 2, layers }, 'w_2_1*(w_1_1*x_1_1)^2 + w_2_2*(w_1_1*x_1_2)^2'), {
      seed: 11,
      numRuns: 15,
    })
  })

  test('random code without kinks', () => {
    /** The code as mathjs text. */
    const text = (steps: readonly Step[]): string =>
      values<string>(
        {
          constant: (c) => `(${c})`,
          add: (a, b) => `(${a} + ${b})`,
          sub: (a, b) => `(${a} - ${b})`,
          mul: (a, b) => `(${a} * ${b})`,
          div: (a, b) => `(${a} / ${b})`,
          neg: (a) => `(-${a})`,
          pow: (a, n) => `(${a} ^ ${n})`,
          sqrt: (a) => a,
          root: (a) => a,
          exp: (a) => a,
          log: (a) => a,
          tanh: (a) => a,
          relu: (a) => a,
          step: (a) => a,
          abs: (a) => a,
          max: (a) => a,
        },
        NAMES,
        steps,
      ).at(-1)!
    let compared = 0
    fc.assert(
      fc.property(code(ARITHMETIC, 7), point, (steps, x) => {
        const formula = text(steps)
        const at = Object.fromEntries(NAMES.map((name, i) => [name, x[i]!]))
        let slopes: string[]
        try {
          slopes = NAMES.map((name) =>
            rational.format(valueOf(mathjsDerivative(formula, name), rational, at)),
          )
        } catch (error) {
          if (error instanceof Undefined) return
          throw error
        }
        compared++
        expect(run(grad(program(steps)), rational, x).map(rational.format)).toEqual(slopes)
      }),
      { seed: 12, numRuns: 400 },
    )
    expect(compared).toBeGreaterThan(200)
  })
})

describe('a gradient costs at most four times its program, five times where it selects', () => {
  const ratio = (p: Program, most = 4): string =>
    size(grad(p)) <= most * size(p) ? `at most ${most}` : `${size(grad(p))} > ${most} · ${size(p)}`

  test('for every net and loss of the family', () => {
    const shapes = familyShapes(new Set(), ['exponential', 'cross-entropy'] as const)
    expect(shapes.length).toBeGreaterThan(200)
    for (const { net, loss, points } of shapes) {
      const labels = Array.from({ length: points }, (_, i) =>
        loss === 'exponential' ? (i % 2 ? 1 : -1) : i % 2,
      )
      const p = objectiveProgram({ net, loss, normalization: 'unnorm', labels })
      expect([net, ratio(p)]).toEqual([net, 'at most 4'])
    }
  })

  test.each([[RATIONAL.filter((op) => op !== 'div')], [ALL.filter((op) => op !== 'div')], [ALL]])(
    'for random code of %s',
    (ops) => {
      fc.assert(
        fc.property(code(ops, 25), (steps) => {
          const p = program(steps)
          const inTerms = trace(NAMES, (F, x) => [run(p, F, x)[0]!])
          expect(ratio(inTerms, 5)).toBe('at most 5')
        }),
        { seed: 13, numRuns: 3000 },
      )
    },
  )

  test('for continued fractions x/(x/(…/y))', () => {
    for (const n of [1, 2, 3, 10]) {
      const p = trace(['x', 'y'], (F, [x, y]) => {
        let e = y!
        for (let i = 0; i < n; i++) e = F.div(x!, e)
        return [e]
      })
      expect([n, ratio(p)]).toEqual([n, 'at most 4'])
    }
  })

  test('for powers of a product of roots', () => {
    const names = Array.from({ length: 10 }, (_, i) => `x_${i}`)
    const p = trace(names, (F, x) => {
      const product = x.map((e) => F.sqrt(e)).reduce((a, b) => F.mul(a, b))
      return [[3, 5, 7, 9, 11, 13, 15].map((n) => F.pow(product, n)).reduce((a, b) => F.add(a, b))]
    })
    expect(ratio(p)).toBe('at most 4')
  })

  test('a program of two outputs has no gradient', () => {
    const p = trace(['x'], (_, [x]) => [x!, x!])
    expect(() => grad(p)).toThrow('grad: expected a program with one output, got 2')
  })
})

describe('the derivatives agree with one another', () => {
  const steps = code(RATIONAL, 10)
  const guarded = (f: () => void): void => {
    try {
      f()
    } catch (error) {
      if (!(error instanceof Undefined)) throw error
    }
  }

  test('the derivative along a direction is the gradient times the direction', () => {
    let compared = 0
    fc.assert(
      fc.property(steps, point, point, (c, x, direction) => {
        const both = trace([...NAMES, 'dx', 'dy', 'dz'], (F, e) => {
          const y = values(F, e.slice(0, 3), c).at(-1)!
          const moves = new Map(e.slice(0, 3).map((input, i): [Expr, Expr] => [input, e[3 + i]!]))
          const g = gradient(F, y, e.slice(0, 3))
          const along = g.map((gi, i) => F.mul(gi, e[3 + i]!)).reduce((a, b) => F.add(a, b))
          return [derivative(F, y, moves), along]
        })
        guarded(() => {
          const [forward, reverse] = run(both, rational, [...x, ...direction])
          compared++
          expect(same(forward!, reverse!)).toBe(true)
        })
      }),
      { seed: 14, numRuns: 1500 },
    )
    expect(compared).toBeGreaterThan(1000)
  })

  test('with roots, exponentials and logarithms as well', () => {
    let compared = 0
    fc.assert(
      fc.property(code(ALL, 8), point, point, (c, x, direction) => {
        const p = program(c)
        const plain = p.ops.every(([name]) => name !== 'log' && name !== 'sqrt')
        if (!plain) return
        const t = newTrace()
        const e = NAMES.map((name) => t.input(name))
        const y = run(p, t, e)[0]!
        const moves = new Map(e.map((input, i): [Expr, Expr] => [input, t.input(`d${i}`)]))
        const forward = t.program([derivative(t, y, moves)], [...NAMES, 'd0', 'd1', 'd2'])
        guarded(() => {
          const g = run(grad(p), free, x)
          const along = g.reduce((a, gi, i) => rational.add(a, rational.mul(gi, direction[i]!)), q('0'))
          compared++
          expect(same(run(forward, free, [...x, ...direction])[0]!, along)).toBe(true)
        })
      }),
      { seed: 15, numRuns: 1500 },
    )
    expect(compared).toBeGreaterThan(400)
  })

  test('inputs without a velocity stand still, and the gradient may leave inputs out', () => {
    const p = trace(['x', 'y'], (F, [x, y]) => [F.mul(F.pow(x!, 2), y!)])
    const t = newTrace()
    const [x, y] = [t.input('x'), t.input('y')]
    const value = run(p, t, [x, y])[0]!
    expect(derivative(t, value, new Map([[y, t.constant('1')]]))).toBe(t.pow(x, 2))
    expect(derivative(t, value, new Map())).toBe(t.constant('0'))
    expect(run(grad(p, ['y']), rational, [q('3'), q('5')]).map(rational.format)).toEqual(['9'])
    expect(run(grad(p, ['y', 'x']), rational, [q('3'), q('5')]).map(rational.format)).toEqual(['9', '30'])
    expect(run(grad(p, ['elsewhere']), rational, [q('3'), q('5')]).map(rational.format)).toEqual(['0'])
  })

  test('a substituted value is the value at the substituted point', () => {
    let compared = 0
    fc.assert(
      fc.property(steps, code(RATIONAL, 4), code(RATIONAL, 4), point, (outer, forX, forY, x) => {
        const t = newTrace()
        const e = NAMES.map((name) => t.input(name))
        const y = values(t, e, outer).at(-1)!
        const by = [values(t, e, forX).at(-1)!, values(t, e, forY).at(-1)!]
        const p = t.program(
          [
            substitute(
              t,
              y,
              new Map([
                [e[0]!, by[0]!],
                [e[1]!, by[1]!],
              ]),
            ),
          ],
          NAMES,
        )
        guarded(() => {
          const inner = [forX, forY].map((c) => values(rational, x, c).at(-1)!)
          const direct = values(rational, [...inner, x[2]!], outer).at(-1)!
          compared++
          expect(same(run(p, rational, x)[0]!, direct)).toBe(true)
        })
      }),
      { seed: 16, numRuns: 1000 },
    )
    expect(compared).toBeGreaterThan(600)
  })

  test('the chain rule: the gradient of a substituted value', () => {
    let compared = 0
    fc.assert(
      fc.property(steps, code(RATIONAL, 4), point, (outer, forX, x) => {
        const t = newTrace()
        const e = NAMES.map((name) => t.input(name))
        const y = values(t, e, outer).at(-1)!
        const inner = values(t, e, forX).at(-1)!
        const by = new Map([[e[0]!, inner]])
        const at = (part: Expr): Expr => substitute(t, part, by)
        const [dx, dy, dz] = gradient(t, y, e).map(at)
        const [ix, iy, iz] = gradient(t, inner, e)
        const chain = [t.mul(dx!, ix!), t.add(t.mul(dx!, iy!), dy!), t.add(t.mul(dx!, iz!), dz!)]
        const p = t.program([...gradient(t, at(y), e), ...chain], NAMES)
        guarded(() => {
          const g = run(p, rational, x)
          compared++
          g.slice(0, 3).forEach((part, i) => expect(same(part, g[3 + i]!)).toBe(true))
        })
      }),
      { seed: 17, numRuns: 1000 },
    )
    expect(compared).toBeGreaterThan(600)
  })
})
