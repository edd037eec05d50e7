/** The setting of reparameterisations w = f(α) v/‖v‖ of one weight vector. */
import type { Assumption } from '../claim/claim.ts'
import { generalize } from '../claim/generalize.ts'
import { testIdentity } from '../claim/identity.ts'
import { pick, type Random } from '../claim/random.ts'
import type { Assumed, Setting } from '../claim/setting.ts'
import { norm, scale, sum } from '../program/field.ts'
import { formulaProgram } from '../program/formula.ts'
import { grad, gradient } from '../program/grad.ts'
import { trace, type Expr, type Trace } from '../program/program.ts'
import { run } from '../program/run.ts'
import { velocity } from '../flow/field.ts'
import { timeDerivative } from './moves.ts'
import {
  drawValues,
  fewerDimensions,
  parseValues,
  simplerValues,
  unitsAmong,
  variableChart,
  variableInputs,
  variableSquares,
  variableValue,
  type Values,
  type Variables,
} from './variables.ts'

/** A radius function f as a formula of alpha, and a point (α, v) with the gradient g of L in w. */
export interface ReparameterizationCase {
  readonly f: string
  readonly dimension: number
  readonly variables: Values
}

const VARIABLES: Variables = { alpha: 'real', v: 'unit', g: 'vector', eta: 'positive' }
const ISOTROPIC = ['exp(alpha)', 'exp(-alpha)', '-exp(alpha)', '2*exp(alpha)', '-exp(-alpha)/3']
const OTHER = [
  'alpha',
  'alpha^2',
  'alpha^3',
  '1 + exp(alpha)',
  'exp(2*alpha)',
  'exp(alpha) + exp(-alpha)',
  'alpha*exp(alpha)',
]

/** Gradient flow in (α, v) with ‖v‖ = 1 is a scalar rate times −g at every α, v and g: f'² = f². */
export const isotropic: Assumption<ReparameterizationCase> = Object.freeze({
  id: 'isotropic',
  says: 'gradient flow in (α, v) is gradient flow in w with a scalar rate, at every point with ‖v‖ = 1',
  failure({ f }: ReparameterizationCase) {
    const residual = trace(['alpha'], (F, [alpha]) => {
      const [value, slope] = [
        run(formulaProgram(f, ['alpha']), F, [alpha!])[0]!,
        run(grad(formulaProgram(f, ['alpha'])), F, [alpha!])[0]!,
      ]
      return [F.sub(F.pow(slope, 2), F.pow(value, 2))]
    })
    const g = generalize(residual, [], (t) => ({
      inputs: new Map([['alpha', t.input('alpha')]]),
      exponentials: new Map(),
      roots: [],
    }))
    return testIdentity(g).holds === true ? undefined : `f'² ≠ f² for f = ${f}`
  },
})

/** The setting of one weight vector under an arbitrary radius function. */
export function reparameterization(): Setting<ReparameterizationCase> {
  const make = (random: Random, f: string, dimension: number, assumed: Assumed): ReparameterizationCase => ({
    f,
    dimension,
    variables: drawValues(random, VARIABLES, dimension, assumed),
  })
  const allowed = (assumed: Assumed): string[] =>
    assumed.has(isotropic) ? ISOTROPIC : [...ISOTROPIC, ...OTHER]
  const weight = (F: Trace, c: ReparameterizationCase): { w: Expr[]; f: Expr; leaves: Expr[] } => {
    const v = variableValue(F, c.variables, 'v') as readonly Expr[]
    const alpha = F.input('alpha')
    const f = run(formulaProgram(c.f, ['alpha']), F, [alpha])[0]!
    return { w: scale(F, F.div(f, norm(F, v)), v), f, leaves: [alpha, ...v] }
  }
  return {
    name: 'reparameterization',
    builtIn: [isotropic, ...unitsAmong(VARIABLES)],
    structure: (c) => `${c.f} ${c.dimension}`,
    chosen: () => ({}),
    scope(F, c) {
      const { w, f, leaves } = weight(F, c)
      const g = variableValue(F, c.variables, 'g') as readonly Expr[]
      const pulled = sum(
        F,
        w.map((e, i) => F.mul(e, g[i]!)),
      )
      const descent = gradient(F, pulled, leaves)
      const moves = velocity(F, new Map(leaves.map((leaf, i) => [leaf, descent[i]!])), F.input('eta'))
      return {
        F,
        sets: {},
        value: (base) => (base === 'w' ? w : variableValue(F, c.variables, base)),
        norm: (base) =>
          base === 'v' ? norm(F, variableValue(F, c.variables, 'v') as readonly Expr[]) : undefined,
        name: 'reparameterization',
        ddt: (e) => timeDerivative(F, e, moves, () => false, 'reparameterization'),
        apply: (base) =>
          base === 'f' ? f : base === 'fprime' ? gradient(F, f, [F.input('alpha')])[0] : undefined,
      }
    },
    values: (c) => new Map(variableInputs(c.variables)),
    generate: (random, assumed) =>
      make(random, pick(random, allowed(assumed)), random.integer(2, 3), assumed),
    family: (assumed) =>
      allowed(assumed).flatMap((f) => [1, 2, 3].map((n) => (random) => make(random, f, n, assumed))),
    chart(F, c, assumed) {
      const inputs = new Map(variableChart(F, VARIABLES, c.variables, assumed))
      const roots = [F.constant('1'), ...variableSquares(F, VARIABLES, inputs)]
      return { inputs, exponentials: new Map(), roots }
    },
    *simpler(c) {
      const all = [...ISOTROPIC, ...OTHER]
      for (const fewer of fewerDimensions(c.variables, c.dimension))
        yield { ...c, dimension: c.dimension - 1, variables: fewer }
      for (const f of all.slice(0, Math.max(0, all.indexOf(c.f)))) yield { ...c, f }
      for (const variables of simplerValues(VARIABLES, c.variables)) yield { ...c, variables }
    },
    labels: (c) => [
      ...(c.dimension > 1 ? ['two dimensions or more'] : []),
      ...(c.f.includes('-') ? ['falling or negative f'] : []),
      ...(Object.values(c.variables)
        .flat()
        .some((entry) => entry.startsWith('-'))
        ? ['negative entries']
        : []),
    ],
    coverage: () => ({
      'two dimensions or more': 0.4,
      'falling or negative f': 0.2,
      'negative entries': 0.4,
    }),
    describe: (c) => `f(α) = ${c.f} in dimension ${c.dimension}`,
    parse(json) {
      const { f, dimension, variables } = (json ?? {}) as ReparameterizationCase
      if (typeof f !== 'string')
        throw new SyntaxError(`case: expected "f" to be a formula of alpha, got ${String(f)}`)
      formulaProgram(f, ['alpha'])
      return { f, dimension, variables: parseValues(VARIABLES, variables, dimension) }
    },
  }
}
