/**
 * Two flows from one start: `w_u == path(w_u, f)` says that the weights w_u(t) of the rule equal the solution of dw_u/dt = f
 * from the same weights, where f speaks of w, g, eta and t. Both are integrated on their own in 50 digits: they agree where
 * they are no further apart than their estimated errors, which are at most 10^−45, and differ where they are more than
 * 1000 times as far apart.
 */
import { defining, withDefinitions, type Definition } from '../../claim/definitions.ts'
import { compileRelations, decide, type Outcome } from '../../claim/decide.ts'
import { oneIn, pick } from '../../claim/random.ts'
import { recent } from '../../claim/recent.ts'
import type { Numerical, Setting } from '../../claim/setting.ts'
import { fixed } from '../../flow/fixed.ts'
import { integrate, type InitialValueProblem, type Solution } from '../../flow/integrate.ts'
import { unnorm } from '../../model/parameterization.ts'
import { wiring } from '../../net/architecture.ts'
import { calls, evaluate, symbolOf, type Formula } from '../../program/formula.ts'
import { substitute } from '../../program/grad.ts'
import type { Scope } from '../../program/indices.ts'
import { newTrace, type Expr, type Program, type Trace } from '../../program/program.ts'
import { run } from '../../program/run.ts'
import { inputsOf } from '../moves.ts'
import { inputsOfCase, type PointCase } from './case.ts'
import { startScope } from './flow.ts'
import { movesIn } from './moves.ts'
import { parsePoint } from './parse.ts'
import { points } from './points.ts'
import { pointScope } from './scope.ts'
import { simplerCases } from './simpler.ts'
import type { Spec } from './spec.ts'

/** Two solutions in so many digits; both have to be known to so many. */
const DIGITS = 50
const KNOWN = 45
/** How many times the estimated errors a gap is that no error explains. */
const CERTAIN = 1000
/** A first comparison in fewer digits refutes what is wrong on sight. */
const GLANCE = 20
const TRIES = 200
const KEPT = 100
const MOST = { points: 2, entries: 8 }

/** The runs of a flow of nets up to times t, beside other flows of their weights. */
export function paths(spec: Spec): Setting<PointCase> {
  const { moment, ...rest } = spec
  // Premises speak of the start.
  const state: Setting<PointCase> = { ...points({ spec: rest }), scope: (F, c) => startScope(F, c, spec) }
  const times = moment!.horizon!.among
  const isSmall = ({ net, data, nodes }: PointCase): boolean =>
    data!.length <= MOST.points &&
    nodes
      .flatMap((node) => Object.values(node))
      .filter((value) => typeof value !== 'string')
      .flat().length <= MOST.entries &&
    net!.layers.every(({ activation }) => !/3|tanh/.test(activation))
  const setting: Setting<PointCase> = {
    ...state,
    name: `${state.name}, two paths`,
    // A claim that is spread into another has this setting already.
    paths: () => setting,
    cases: 8,
    shrinks: 40,
    numerical: beside(spec, state, []),
    generate(random, assumed) {
      const shared = oneIn(random, 3)
      for (let i = 0; i < TRIES; i++) {
        const c = state.generate(random, assumed)
        const isShared = c.net!.layers.some(({ connection }) => connection !== undefined)
        if (isSmall(c) && (!shared || isShared)) return { ...c, until: { t: pick(random, times) } }
      }
      throw new RangeError(`paths: no small case in ${TRIES} draws; widen the draw`)
    },
    family: () => [],
    *simpler(c) {
      for (const simple of simplerCases(c, spec)) if (isSmall(simple)) yield simple
    },
    coverage: () => ({}),
    describe: (c) => `${state.describe(c)}, to t = ${timeOf(c)}`,
    parse: (json) => parsePoint(json, spec),
  }
  return setting
}

const timeOf = (c: PointCase): string => (c.until as { readonly t: string }).t

/** How statements are decided: those on paths by two solutions, premises at the start. */
function beside(
  spec: Spec,
  state: Setting<PointCase>,
  definitions: readonly Definition[],
): Numerical<PointCase> {
  const solutions = recent<string, Solution>(KEPT)
  const compare = (
    c: PointCase,
    formula: Formula,
    digits: number,
  ): { readonly gap: number; readonly error: number } | string => {
    const solve = (problem: InitialValueProblem): Solution => integrate(problem, { until: timeOf(c), digits })
    const own = ownFlow(c, spec)
    const a = solutions(JSON.stringify([c, digits]), () => solve(own))
    const b = solve(otherFlow(c, spec, formula, definitions))
    for (const found of [a, b])
      if (found.reason !== 'end') return `the flow ends at t = ${found.reached}: ${found.reason}`
    const w = run(own.weights, fixed(a.bits), a.values)
    const gap = w.map((e, i) => {
      const shift = BigInt(a.bits - b.bits)
      const d = shift >= 0n ? (e >> shift) - b.values[i]! : e - (b.values[i]! >> -shift)
      return Number(d < 0n ? -d : d) / 2 ** b.bits
    })
    return {
      gap: gap.reduce((most, d) => Math.max(most, d), 0),
      error: Number(a.errorEstimate ?? 'NaN') + Number(b.errorEstimate ?? 'NaN'),
    }
  }

  const decideOne = (c: PointCase, formula: Formula, index: number): Outcome => {
    let outcome: Outcome = { status: 'undecided', reason: 'no digits' }
    for (const digits of [GLANCE, DIGITS]) {
      const found = compare(c, formula, digits)
      const arithmetic = `two solutions in ${digits} digits`
      if (typeof found === 'string') return { status: 'undecided', reason: found }
      const { gap, error } = found
      const shown = {
        left: `paths ${gap.toExponential(2)} apart`,
        right: `errors near ${error.toExponential(0)}`,
      }
      const reason = `${shown.left}, with ${shown.right}`
      if (Number.isNaN(error)) return { status: 'undecided', reason }
      const most = CERTAIN * error
      const margin = (most - gap) / (most + gap)
      if (gap > most) {
        const slack = gap.toExponential(2)
        const worst = { relation: '=' as const, formula: index, indices: {}, slack, ...shown }
        return { status: 'violated', arithmetic, worst, margin }
      }
      outcome =
        gap <= error && error <= 10 ** -KNOWN
          ? { status: 'holds', arithmetic, margin }
          : { status: 'undecided', reason, margin }
    }
    return outcome
  }

  return {
    evaluations: 20,
    decide(c, formulas) {
      if (!formulas.some((formula) => calls(formula, 'path')))
        return decide(compileRelations(defining(state, definitions), formulas, c), state.values(c))
      const other = formulas.find(({ root }) => !isPath(root))
      if (other !== undefined)
        throw new SyntaxError(
          `path: expected "w_u == path(w_u, f)" in each formula of the claim, got "${other.source}"`,
        )
      for (const [f, formula] of formulas.entries()) {
        const outcome = decideOne(c, formula, f)
        if (outcome.status !== 'holds' || f === formulas.length - 1) return outcome
      }
      return { status: 'undecided', reason: 'no formula' }
    },
    defining: (more) => beside(spec, state, [...definitions, ...more]),
  }
}

const isPath = (root: Formula['root']): boolean => {
  const [left, right] = root.args ?? []
  // mathjs names a call such as w_u(t_0) like its symbol.
  const isWeight = (node: Formula['root'] | undefined): boolean =>
    node?.type === 'SymbolNode' && node.name === 'w_u'
  return (
    root.op === '==' &&
    isWeight(left) &&
    right?.type === 'FunctionNode' &&
    symbolOf(right) === 'path' &&
    right.args!.length === 2 &&
    isWeight(right.args![0])
  )
}

/** Values of a trace with every input a constant but those that move and t. */
function heldFast(F: Trace, c: PointCase, moving: readonly string[], values: readonly Expr[]): Expr[] {
  const given = inputsOfCase(c)
  const free = new Set([...moving, 't'])
  return values.map((e) => {
    const still = inputsOf(F, e).filter((name) => !free.has(name))
    return substitute(F, e, new Map(still.map((name) => [F.input(name), F.constant(given.get(name)!)])))
  })
}

const trainedIn = (c: PointCase): number[] =>
  wiring(c.net!).nodes.flatMap(({ frozen }, u) => (frozen ? [] : [u]))

/** The flow of the rule in its own parameters, with t as its last component; `weights` gives the trained w_u. */
function ownFlow(c: PointCase, spec: Spec): InitialValueProblem & { readonly weights: Program } {
  const F = newTrace()
  const scope = pointScope(F, c, spec, { t: F.input('t') })
  const moves = [...movesIn(F, c, spec, scope).moving()]
  const moving = moves.map(([input]) => F.nameOf(input)!)
  const weights = trainedIn(c).flatMap((u) => scope.value('w', [u]) as readonly Expr[])
  const velocities = moves.map(([, velocity]) => velocity)
  const given = inputsOfCase(c)
  const S = newTrace()
  const begin = moving.map((name) => S.constant(given.get(name)!))
  return {
    field: F.program([...heldFast(F, c, moving, velocities), F.constant('1')], [...moving, 't']),
    start: S.program([...begin, S.constant('0'), S.constant('0')], []),
    weights: F.program(heldFast(F, c, moving, weights), [...moving, 't']),
  }
}

/** dw_u/dt = f, with t as its last component, from the same weights. */
function otherFlow(
  c: PointCase,
  spec: Spec,
  formula: Formula,
  definitions: readonly Definition[],
): InitialValueProblem {
  const trained = trainedIn(c)
  const { nodes } = wiring(c.net!)
  const entries = (u: number): string[] => Array.from({ length: nodes[u]!.fanIn }, () => '0')
  const plain: PointCase = {
    ...c,
    nodes: c.nodes.map((node, u) => (trained.includes(u) ? { w: entries(u) } : node)),
  }
  const F = newTrace()
  // f is a field of the weights: no velocity of theirs is known before it is.
  const rule = { ...spec.rule!, moves: new Map(), state: new Map() }
  const { ddt: _, ...fieldScope } = pointScope(
    F,
    plain,
    { ...spec, weights: unnorm, rule },
    { t: F.input('t') },
  )
  const scope: Scope = withDefinitions(fieldScope, definitions)
  const moving = trained.flatMap((u) => entries(u).map((_, i) => `w_${u + 1}_${i + 1}`))
  const f: Formula = { source: formula.source, root: formula.root.args![1]!.args![1]! }
  const velocities = trained.flatMap((u) => {
    const found = evaluate(f, scope, { u })
    const n = entries(u).length
    if (typeof found === 'number' || found.length !== n)
      throw new SyntaxError(
        `path: expected a velocity of ${n} entries, as w_u has, got ${typeof found === 'number' ? 'a number' : `one of ${found.length}`}`,
      )
    return found
  })
  const S = newTrace()
  const own = pointScope(S, c, spec, { t: S.constant('0') })
  const begin = trained.flatMap((u) => own.value('w', [u]) as readonly Expr[])
  return {
    field: F.program([...heldFast(F, plain, moving, velocities), F.constant('1')], [...moving, 't']),
    start: S.program([...heldFast(S, c, [], begin), S.constant('0'), S.constant('0')], []),
  }
}
