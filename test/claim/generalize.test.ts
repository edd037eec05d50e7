/** Generalisation: activation patterns, and exponentials, logarithms and roots as variables of their own. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { patternAt, specialize, type Pattern } from '../../src/claim/branches.ts'
import { generalize } from '../../src/claim/generalize.ts'
import { testIdentity } from '../../src/claim/identity.ts'
import type { Chart } from '../../src/claim/setting.ts'
import { Undefined } from '../../src/number/conventions.ts'
import { interval } from '../../src/number/interval.ts'
import { rational, type Rational } from '../../src/number/rational.ts'
import { trace, type Expr, type Program, type Trace } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'
import { code, NAMES, point, program, RATIONAL } from '../program/draw.ts'

const q = rational.constant
const same = (a: Rational, b: Rational): boolean => a.num * b.den === b.num * a.den

/** The chart in which the inputs themselves are free. */
const plain =
  (inputs: readonly string[], roots: (F: Trace) => readonly Expr[] = () => []) =>
  (F: Trace): Chart => ({
    inputs: new Map(inputs.map((name) => [name, F.input(name)])),
    exponentials: new Map(),
    roots: roots(F),
  })
const holds = (p: Program, chart: (F: Trace) => Chart = plain(p.inputs)): boolean | undefined =>
  testIdentity(generalize(p, [], chart)).holds

describe('activation patterns', () => {
  const visit = (check: (p: Program, pattern: Pattern, x: readonly Rational[]) => void): number => {
    let visited = 0
    fc.assert(
      fc.property(code(RATIONAL, 12), point, (steps, x) => {
        const p = program(steps)
        let pattern: Pattern
        try {
          pattern = patternAt(p, rational, x).map((sign) => sign ?? 0)
        } catch (error) {
          if (error instanceof Undefined) return
          throw error
        }
        visited++
        check(p, pattern, x)
      }),
      { seed: 71, numRuns: 2000 },
    )
    return visited
  }

  test('the specialised code has no kinks and agrees with the original where the pattern is that of the point', () => {
    let kinked = 0
    const visited = visit((p, pattern, x) => {
      const smooth = specialize(p, pattern)
      kinked += pattern.length > 0 ? 1 : 0
      expect(smooth.ops.some(([name]) => ['relu', 'step', 'abs', 'max'].includes(name))).toBe(false)
      expect(same(run(smooth, rational, x)[0]!, run(p, rational, x)[0]!)).toBe(true)
    })
    expect(visited).toBeGreaterThan(1000)
    expect(kinked).toBeGreaterThan(500)
  })

  test('so does the generalised code', () => {
    const visited = visit((p, pattern, x) => {
      const g = generalize(p, pattern, plain(NAMES))
      const at = g.program.inputs.map((name) => x[NAMES.indexOf(name)]!)
      expect([g.outputs, g.roots]).toEqual([1, 0])
      expect(same(run(g.program, rational, at)[0]!, run(p, rational, x)[0]!)).toBe(true)
    })
    expect(visited).toBeGreaterThan(1000)
  })

  test('on another pattern the specialised code differs', () => {
    const p = trace(['x'], (F, [x]) => [F.relu(x!)])
    expect(run(specialize(p, [-1]), rational, [q('3')]).map(rational.format)).toEqual(['0'])
    expect(run(specialize(p, [1]), rational, [q('-3')]).map(rational.format)).toEqual(['-3'])
  })

  test('the signs are in the order of the operations, and unknown where intervals straddle 0', () => {
    const p = trace(['x', 'y'], (F, [x, y]) => [F.add(F.relu(x!), F.step(F.sub(F.exp(y!), F.constant('1'))))])
    const F = interval(64)
    expect(patternAt(p, F, [F.constant('-1'), F.constant('2')])).toEqual([-1, 1])
    expect(patternAt(p, F, [F.constant('2'), F.constant('1e-60')])).toEqual([1, undefined])
    expect(patternAt(p, F, [F.constant('0'), F.constant('0')])).toEqual([0, 0])
  })
})

describe('exponentials and logarithms', () => {
  test('equal arguments give one variable, so what holds for all values of it is found', () => {
    const p = trace(['x', 'y'], (F, [x, y]) => {
      const e = F.exp(F.mul(x!, y!))
      return [F.sub(F.mul(F.add(e, x!), F.sub(e, x!)), F.sub(F.pow(e, 2), F.pow(x!, 2)))]
    })
    expect(holds(p)).toBe(true)
  })

  test('different arguments give different variables, and nothing false is found', () => {
    const p = trace(['x', 'y'], (F, [x, y]) => [F.sub(F.exp(x!), F.exp(y!))])
    const g = generalize(p, [], plain(p.inputs))
    expect(g.program.inputs).toHaveLength(2)
    expect(g.program.inputs.every((name) => name.startsWith('+'))).toBe(true)
    expect(holds(p)).toBe(false)
  })

  test('the inputs under an exponential are gone, unless they are read elsewhere', () => {
    const p = trace(['x', 'y'], (F, [x, y]) => [F.mul(F.exp(F.mul(x!, y!)), y!)])
    const { inputs } = generalize(p, [], plain(p.inputs)).program
    expect(inputs).toHaveLength(2)
    expect(inputs).toContain('y')
    expect(inputs).not.toContain('x')
  })

  test('the chart may name the exponential of an input', () => {
    const chart = (F: Trace): Chart => {
      const x = F.input('x')
      return { inputs: new Map([['x', x]]), exponentials: new Map([[x, F.input('+rho')]]), roots: [] }
    }
    const p = trace(['x'], (F, [x]) => [F.mul(F.exp(x!), F.constant('3'))])
    expect(generalize(p, [], chart).program.inputs).toEqual(['+rho'])
  })

  test('logarithms are variables of both signs', () => {
    const p = trace(['x', 'y'], (F, [x, y]) => [F.sub(F.mul(F.log(x!), y!), F.mul(y!, F.log(x!)))])
    expect(holds(p)).toBe(true)
    const other = trace(['x', 'y'], (F, [x, y]) => [F.sub(F.log(x!), F.log(y!))])
    const g = generalize(other, [], plain(other.inputs))
    expect(g.program.inputs.every((name) => name.startsWith('log'))).toBe(true)
    expect(holds(other)).toBe(false)
  })

  test('a positive exponential satisfies √(e²) = e with itself as a candidate', () => {
    const p = trace(['x'], (F, [x]) => [F.sub(F.sqrt(F.pow(F.exp(x!), 2)), F.exp(x!))])
    const chart = (F: Trace): Chart => {
      const x = F.input('x')
      const rho = F.input('+rho')
      return { inputs: new Map([['x', x]]), exponentials: new Map([[x, rho]]), roots: [rho] }
    }
    expect(holds(p, chart)).toBe(true)
    expect(holds(p)).toBe(undefined)
  })

  test('e⁰ = 1 and log 1 = 0 once the chart makes the argument constant', () => {
    const p = trace(['x'], (F, [x]) => [
      F.add(F.sub(F.exp(x!), F.constant('1')), F.log(F.add(x!, F.constant('1')))),
    ])
    const chart = (F: Trace): Chart => ({
      inputs: new Map([['x', F.constant('0')]]),
      exponentials: new Map(),
      roots: [],
    })
    expect(holds(p, chart)).toBe(true)
  })

  test('a logarithm of a product of positive constants is no error', () => {
    const p = trace(['x', 'y'], (F, [x, y]) => [F.sub(F.log(F.mul(F.pow(x!, 2), y!)), F.log(y!))])
    const chart = (F: Trace): Chart => ({
      inputs: new Map([
        ['x', F.constant('3')],
        ['y', F.constant('2')],
      ]),
      exponentials: new Map(),
      roots: [],
    })
    expect(holds(p, chart)).not.toBe(true)
  })
})

describe('square roots', () => {
  test('of what varies are outputs of their own, before the candidates', () => {
    const p = trace(['x', 'y'], (F, [x, y]) => [F.add(F.sqrt(F.pow(x!, 4)), F.sqrt(F.pow(y!, 2)))])
    const g = generalize(
      p,
      [],
      plain(['x', 'y'], (F) => [F.pow(F.input('x'), 2)]),
    )
    expect([g.outputs, g.roots, g.program.outputs.length]).toEqual([1, 2, 4])
    const at = g.program.inputs.map((name) => q(name === 'x' ? '3' : '-5'))
    expect(run(g.program, rational, at).map(rational.format)).toEqual(['14', '9', '5', '9'])
  })

  test('of constants are not', () => {
    const p = trace(['x'], (F, [x]) => [F.mul(x!, F.sqrt(F.constant('2')))])
    expect(generalize(p, [], plain(['x'])).roots).toBe(0)
  })
})
