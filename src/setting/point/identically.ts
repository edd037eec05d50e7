/** Identically: a relation between unknown functions that holds for all arguments, tested as an identity. */
import { testIdentity } from '../../claim/identity.ts'
import { generalize } from '../../claim/generalize.ts'
import { formulaProgram, parseFormula, symbolsIn } from '../../program/formula.ts'
import { slacks } from '../../program/slacks.ts'
import { grad } from '../../program/grad.ts'
import { newTrace, type Expr } from '../../program/program.ts'
import { run } from '../../program/run.ts'
import type { PointCase } from './case.ts'

/**
 * Why an equation between the unknown functions of a case, such as `fprime(alpha)^2 == f(alpha)^2`, does not hold for all
 * values of what it reads; `undefined` if it does (error below 2^−100).
 */
export function identically(c: Pick<PointCase, 'formulas'>, equation: string): string | undefined {
  const F = newTrace()
  const variables = new Set<string>()
  const found = slacks(parseFormula(equation), {
    ...{ F, name: 'an identity of functions', sets: {} },
    value: (base, index) => (index.length === 0 ? (variables.add(base), F.input(base)) : undefined),
    apply(base, index, [at]) {
      const name = base.endsWith('prime') ? base.slice(0, -5) : base
      if (!Object.hasOwn(c.formulas, name) || index.length > 0 || typeof at !== 'number') return undefined
      const text = c.formulas[name]!
      const [of = 'x'] = symbolsIn(parseFormula(text))
      const own = formulaProgram(text, [of])
      return run(name === base ? own : grad(own), F, [at as Expr])[0]!
    },
  })
  const holds = found.every(({ relation, slack }) => {
    if (relation !== '=') throw new SyntaxError(`identically: expected an equation, got "${equation}"`)
    const g = generalize(F.program([slack]), [], (t) => ({
      inputs: new Map([...variables].map((name) => [name, t.input(name)])),
      exponentials: new Map(),
      roots: [],
    }))
    return testIdentity(g).holds === true
  })
  const functions = Object.entries(c.formulas).map(([name, formula]) => `${name} = ${formula}`)
  return holds ? undefined : `it does not hold for ${functions.join(', ')}`
}
