/** The usual losses, parameterisations and rules, written as formulas, are the functions that were written by hand. */
import { expect, test } from 'vitest'
import { step, velocity as flowVelocity } from '../flow/by-hand.ts'
import {
  objective,
  parameterGradient,
  parameters,
  weightGradient,
  weights,
} from '../../src/flow/objective.ts'
import { losses } from '../../src/loss/loss.ts'
import { crossEntropy, exponential, logistic, lossOf, squared } from '../../src/model/loss.ts'
import { nets, objective as anObjective } from '../../src/model/model.ts'
import { ewn, parameterization, swn, unnorm } from '../../src/model/parameterization.ts'
import { gradientDescent, gradientFlow, next, velocity } from '../../src/motion/rule.ts'
import type { Architecture } from '../../src/net/architecture.ts'
import { float64 } from '../../src/number/float64.ts'
import { newTrace, trace, type Expr, type Trace } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'
import { movesIn } from '../../src/setting/point/moves.ts'
import { pointScope } from '../../src/setting/point/scope.ts'
import type { Spec } from '../../src/setting/point/spec.ts'
import type { PointCase } from '../../src/setting/point/case.ts'

const net: Architecture = {
  inputs: 2,
  layers: [
    { width: 2, activation: 'relu(z)^2', connection: { convolution: 2 } },
    { width: 2, activation: 'z', frozen: true },
    { width: 1, activation: 'z' },
  ],
}
const instances = { unnorm, swn, ewn }
const PARAMETERS = { unnorm: ['w'], swn: ['gamma', 'v'], ewn: ['alpha', 'v'] } as const
const fanIns = [2, 2, 2, 2, 2]

function caseOf(name: 'unnorm' | 'swn' | 'ewn', loss: string): PointCase {
  const vector = (k: number): string[] => [`${k}/3`, `${-k}/2`]
  return {
    ...{ version: 2, dimension: 2, chosen: {}, formulas: {}, net, loss },
    data: [
      { x: ['1', '2'], y: 1 },
      { x: ['-1', '1/2'], y: -1 },
    ],
    nodes: fanIns.map((_, u) =>
      u === 2 || u === 3
        ? { w: vector(u + 1) }
        : Object.fromEntries(
            PARAMETERS[name].map((p) => [p, p === 'w' || p === 'v' ? vector(u + 1) : `${u + 1}/4`]),
          ),
    ),
    values: { eta: '1/5' },
  }
}

/** Both sides at one point of doubles, input by input. */
function agree(F: Trace, pairs: readonly (readonly [Expr, Expr])[]): void {
  expect(pairs.length).toBeGreaterThan(0)
  const program = F.program(pairs.flat())
  const at = program.inputs.map((_, i) => Math.sin(1 + 3 * i) / 3 + 0.6)
  const values = run(program, float64, at)
  for (let i = 0; i < values.length; i += 2) expect(values[i]).toBeCloseTo(values[i + 1]!, 12)
}

test.each(['unnorm', 'swn', 'ewn'] as const)('%s: weights, loss, gradient, velocity and step', (name) => {
  const c = caseOf(name, 'exponential')
  const system = { net, loss: 'exponential', normalization: name, labels: [1, -1] } as const
  const F = newTrace()
  const theta = parameters(F, system)
  const w = weights(F, system, theta)
  const x = c.data!.map((_, i) => [F.input(`x_${i + 1}_1`), F.input(`x_${i + 1}_2`)])
  const L = objective(F, system, w, x)
  const g = weightGradient(F, system, w, x)
  const eta = F.input('eta')
  const slopes = parameterGradient(F, system, theta, L)
  const spec = (rule: Spec['rule']): Spec => ({
    ...{ model: nets(), weights: instances[name], variables: {}, functions: {}, choose: [] },
    ...(rule && { rule }),
  })
  const scope = pointScope(F, c, spec(gradientFlow()))
  const trained = [0, 1, 4]
  agree(F, [
    [scope.value('L', []) as Expr, L],
    ...trained.flatMap((u) => (scope.value('w', [u]) as Expr[]).map((e, i): [Expr, Expr] => [e, w[u]![i]!])),
    ...trained.flatMap((u) => (scope.value('g', [u]) as Expr[]).map((e, i): [Expr, Expr] => [e, g[u]![i]!])),
  ])
  for (const [rule, moved] of [
    [gradientFlow(), flowVelocity(F, slopes, eta)],
    [gradientDescent(), step(F, slopes, eta)],
  ] as const) {
    const found = movesIn(F, c, spec(rule), pointScope(F, c, spec(rule))).moving()
    expect(found.size).toBe(moved.size)
    agree(
      F,
      [...moved].map(([input, e]) => [found.get(input)!, e]),
    )
  }
})

test.each([
  ['exponential', exponential, 1],
  ['cross-entropy', crossEntropy, 3],
  ['squared', '(m - 1)^2/2', 1],
] as const)('the loss %s', (name, formula, n) => {
  const names = Array.from({ length: n }, (_, i) => `d${i}`)
  const program = trace(names, (F, d) => [losses[name].term(F, d), lossOf(formula).term(F, d)])
  for (const t of [0.3, -1.2, 2.5]) {
    const [a, b] = run(
      program,
      float64,
      names.map((_, i) => t + i),
    )
    expect(a).toBeCloseTo(b!, 12)
  }
})

test('labels follow from what a loss reads', () => {
  expect([exponential, logistic, crossEntropy, squared, 'exp(-m^3)'].map((f) => lossOf(f).labels)).toEqual([
    ...['sign', 'sign', 'class', 'real', 'sign'],
  ])
  expect(lossOf(squared).differences(float64, [3], '1')).toEqual([2])
  expect(lossOf(crossEntropy).differences(float64, [3, 1, 0], '1')).toEqual([-2, 1])
})

test.each([
  ['m + r', 'of the residual r'],
  ['q', 'of the margin m'],
  ['1', 'of the margin m'],
  ['m_j', 'of the margin m'],
  ['[m, m]', 'a number for each point'],
])('%s is no loss', (formula, message) => {
  expect(() => lossOf(formula)).toThrow(message)
})

test.each<[() => unknown, string]>([
  [() => parameterization({ parameters: { alpha: 'real' }, w_u: 'alpha*g' } as never), 'to end in _u'],
  [() => parameterization({ parameters: { p: 'vektor' }, w: 'p' } as never), 'expected "real", "positive"'],
  [() => parameterization({ parameters: { p: 'vector' } }), 'expected the weights as "w_u"'],
  [() => parameterization({ parameters: {}, w: 'p' }), 'expected "parameters"'],
  [() => parameterization({ parameters: { v_u: 'vector' }, w_u: 'v_v' }), 'no free index but u'],
  [() => anObjective({}, 'x'), 'expected weights by name'],
  [() => anObjective({ w: 'matrix' } as never, 'x'), 'expected "real", "positive"'],
  [() => nets({ los: 'exp(-m)' } as never), 'unknown field "los"'],
  [() => velocity({ 'w v': 'w' }), 'expected names such as'],
  [() => velocity({ w: [] as never }), 'expected a formula'],
  [() => velocity({ w: 'w +' }), 'velocity: w: formula'],
  [() => next({ theta: 'theta' }, { state: { p: '0' } }), 'write the rule for w_u'],
  [() => gradientDescent({ batch: { size: 0, order: 'cyclic' } }), 'expected a positive "size"'],
])('what is no choice is refused by name: %#', (make, message) => {
  expect(make).toThrow(message)
})

test('a radius is read off the formula, however it is written', () => {
  const radius = (w_u: string): [string | undefined, boolean | undefined] => {
    const found = parameterization({ parameters: { r_u: 'real', v_u: 'vector' }, w_u }).radius
    return [found?.parameter, found?.log]
  }
  expect(radius('exp(r_u)*v_u/norm(v_u)')).toEqual(['r', true])
  expect(radius('v_u/norm(v_u)*r_u')).toEqual(['r', false])
  expect(radius('(r_u/norm(v_u))*v_u')).toEqual(['r', false])
  expect(radius('(r_u + 1)*v_u/norm(v_u)')).toEqual([undefined, false])
  expect(radius('norm(v_u)*r_u*v_u/norm(v_u)')).toEqual([undefined, undefined])
  expect(radius('r_u*v_u')).toEqual([undefined, undefined])
})
