/** Angles: compared as angles, with 0 and π, and refused by name in any other place. */
import { describe, expect, test } from 'vitest'
import { compileRelations, decide } from '../../src/claim/decide.ts'
import { parseFormula } from '../../src/program/formula.ts'
import {
  anySequence,
  everyMoment,
  ewn,
  gradientFlow,
  nets,
  setting as fourChoices,
  type PointCase,
} from '../../src/index.ts'
import { seeded } from '../../src/claim/random.ts'

const variables = { phi: 'angle', psi: 'angle', x: 'real' } as const
const setting = fourChoices({ variables })
/** φ = 4 arctan(3/2), which is 3.93 and more than π; ψ = 4 arctan(1/2), which is 1.85. */
const caseOf = (values: PointCase['values']): PointCase => ({
  ...{ version: 2, dimension: 1, chosen: {}, formulas: {}, nodes: [], values },
})
const at = caseOf({ phi: '3/2', psi: '1/2', x: '3' })
const decided = (formula: string): string =>
  decide(compileRelations(setting, [parseFormula(formula)], at), setting.values(at)).status

describe('a comparison of angles', () => {
  test.each([
    ['psi < pi', 'holds'],
    ['phi <= pi', 'violated'],
    ['phi > pi', 'holds'],
    ['0 < psi < pi < phi', 'holds'],
    ['psi > phi', 'violated'],
    ['(psi) < (phi)', 'holds'],
    ['phi == pi', 'violated'],
    ['psi <= 0', 'violated'],
    ['pi <= phi', 'holds'],
    ['cos(pi) == -1', 'holds'],
    ['cos(phi) < cos(pi)', 'violated'],
    ['psi >= 0.0', 'holds'],
  ])('%s %s', (formula, status) => {
    expect(decided(formula)).toBe(status)
  })
})

describe('any other use of an angle is refused, and the angle named', () => {
  test.each([
    ['phi <= 3', 'phi'],
    ['3 >= phi', 'phi'],
    ['psi < phi < 3', 'psi'],
    ['phi <= x', 'phi'],
    ['phi + psi <= pi', 'phi'],
    ['phi <= 2*pi', 'pi'],
    ['phi <= pi/2', 'pi'],
    ['x*psi > 0', 'psi'],
    ['-phi < 0', 'phi'],
    ['abs(phi) > 0', 'phi'],
    ['max(phi, psi) > 0', 'phi'],
    ['cos(2*phi) <= 1', 'phi'],
    ['cos(phi + psi) <= 1', 'phi'],
    ['exp(psi) > 1', 'psi'],
    ['norm([phi, x]) > 0', 'phi'],
    ['x <= 3*pi', 'pi'],
    ['x == pi + 1', 'pi'],
  ])('%s', (formula, name) => {
    expect(() => decided(formula)).toThrow(new RegExp(`"${name}"`))
    expect(() => decided(formula)).toThrow(SyntaxError)
  })

  test.each([
    [
      'training problems',
      fourChoices({
        model: nets(),
        weights: ewn,
        rule: gradientFlow(),
        variables: { phi: 'angle', psi: 'angle' },
      }),
    ],
    [
      'sequences',
      fourChoices({ rule: anySequence({ a: 'real' }), moment: everyMoment({ steps: 2 }), variables }),
    ],
  ] as const)('in %s too', (_, other) => {
    const c = other.generate(seeded(1), new Set()) as never
    const compiled = (formula: string): unknown =>
      compileRelations(other as never, [parseFormula(formula)], c)
    expect(() => compiled('phi <= 3')).toThrow(/the angle "phi"/)
    expect(() => compiled('phi <= pi')).not.toThrow()
  })

  test('where no angle is a variable, pi is an unknown symbol', () => {
    const numbers = fourChoices({ variables: { x: 'real' } })
    const c = caseOf({ x: '1' })
    expect(() => compileRelations(numbers, [parseFormula('x <= pi')], c)).toThrow(/unknown symbol "pi"/)
  })
})
