/**
 * Long runs of any flow in the time t, in doubles: the velocities as a compiled Program, followed by the stiff method of
 * `flow/stiff.ts` (Radau IIA of order 13; Hairer & Wanner II, §IV.8) with integrals for further components; a second run,
 * of order 9 at a hundred times the tolerance, tells the error.
 */
import type { Along } from '../../claim/asymptotic.ts'
import { recent } from '../../claim/recent.ts'
import { radau } from '../../flow/radau.ts'
import { accept, type Pace } from '../../flow/stepsize.ts'
import { end, linearize, type StiffProblem } from '../../flow/stiff.ts'
import { rational } from '../../number/rational.ts'
import { compile } from '../../program/compile.ts'
import { parseRatio } from '../../program/constant.ts'
import { derivative, substitute } from '../../program/grad.ts'
import type { Scope } from '../../program/indices.ts'
import { jacobian } from '../../program/jacobian.ts'
import { newTrace, type Expr, type Program, type Trace } from '../../program/program.ts'
import { run } from '../../program/run.ts'
import { inputsOf } from '../moves.ts'
import { inputsOfCase, structureOf, type PointCase } from '../point/case.ts'
import { movesIn, movingNames } from '../point/moves.ts'
import { pointScope } from '../point/scope.ts'
import type { Spec } from '../point/spec.ts'
import { shaped } from '../point/start.ts'
import {
  atStart,
  givenIn,
  isStill,
  limitsIn,
  readColumns,
  startInDoubles,
  type Column,
} from './observables.ts'
import type { LongMotion, LongRunOf } from './motion.ts'

const HORIZON = 1e6
const FURTHER = 4
const PER_DECADE = 24
const FIRST = 1e-3
const KEPT = 400
const MOST_STEPS = 20_000
const TOLERANCE = 1e-10
/** The run that tells the error. */
const COMPANION = { stages: 5, tolerance: 1e-8 }
const STAGES = 7
/** What is sampled is rounded by so much of its size at least. */
const ROUNDED = 2 ** -50

const double = (text: string): number => rational.toNumber(parseRatio(text))

/** The motion of a flow in the time t. */
export function longFlow(spec: Spec): LongMotion {
  const runs = recent<string, LongRunOf>(KEPT)
  // Cases of one structure integrate the same: a run of a later case begins with what formulas asked for before.
  const asked = new Map<string, Map<string, Program>>()
  return {
    horizons: spec.moment!.horizon?.among.map(double) ?? [HORIZON],
    further: FURTHER,
    scope: (F, c, along) => flowInTheLimit(F, shaped(c, spec), spec, along, new Map()),
    follow: (c, until) =>
      runs(JSON.stringify([c, until]), () => {
        const key = structureOf(c)
        if (!asked.has(key)) asked.set(key, new Map())
        return followed(c, spec, until, asked.get(key)!)
      }),
  }
}

function followed(c: PointCase, spec: Spec, until: number, integrals: Map<string, Program>): LongRunOf {
  const whole = shaped(c, spec)
  const given = inputsOfCase(c)
  const moving = new Set(movingNames(newTrace(), whole, spec))
  const last = Math.round(PER_DECADE * Math.log10(until / FIRST))
  const times = [0, ...Array.from({ length: last + 1 }, (_, i) => until * 10 ** ((i - last) / PER_DECADE))]
  let known: { readonly size: number; readonly seen: Seen } | undefined
  const seen = (): Seen => {
    if (known?.size !== integrals.size)
      known = { size: integrals.size, seen: integrated(whole, spec, times, integrals) }
    return known!.seen
  }
  const { ended } = seen()
  const reached = ended === undefined ? times : times.slice(0, Math.max(1, ended.samples))
  return {
    observation: {
      ...{ s: reached, clock: 't' },
      ...(ended && { ended: ended.reason }),
      ...readColumns(
        times,
        given,
        (name) => (moving.has(name) || integrals.has(name) ? seen().columns.get(name)! : undefined),
        () => ROUNDED,
      ),
      given: givenIn(given, moving),
    },
    scope: (F, along) => flowInTheLimit(F, whole, spec, along, integrals),
  }
}

/** The symbols at a moment of a long run. */
function flowInTheLimit(
  F: Trace,
  whole: PointCase,
  spec: Spec,
  along: Along,
  integrals: Map<string, Program>,
): Scope {
  const t = F.input('t')
  const { ddt: _, ...state } = pointScope(F, whole, spec, { t })
  const moves = movesIn(F, whole, spec, pointScope(F, whole, spec, { t }))
  const integrands = new Map<Expr, Expr>()
  return {
    ...state,
    name: `${state.name!} in the limit`,
    ddt: (e) => derivative(F, e, new Map([...moves.moving(), [t, F.constant('1')], ...integrands])),
    initially: (e) => atStart(F, e),
    apply(base, index, args) {
      if (index.length > 0) return state.apply?.(base, index, args)
      if (base === 'integral' && args.length === 1 && typeof args[0] === 'number') {
        const e = args[0] as Expr
        const inputs = inputsOf(F, e)
        const still = inputs.find((name) => isStill(name) || name.startsWith('sup('))
        if (still !== undefined)
          throw new SyntaxError(`integral: expected a value of each moment, got one with ${still}`)
        const program = F.program([e], inputs)
        const key = `integral ${JSON.stringify(program)}`
        integrals.set(key, program)
        integrands.set(F.input(key), e)
        return F.input(key)
      }
      return limitsIn(along, base, args) ?? state.apply?.(base, index, args)
    },
  }
}

interface Seen {
  readonly columns: ReadonlyMap<string, Column>
  readonly ended?: { readonly reason: string; readonly samples: number }
}

/** The state and its integrals at some times, as far as the flow goes. */
function integrated(
  whole: PointCase,
  spec: Spec,
  times: readonly number[],
  integrals: ReadonlyMap<string, Program>,
): Seen {
  const { problem, names, start } = problemOf(whole, spec, integrals)
  const [fine, rough] = [
    follow(problem, start, times, STAGES, TOLERANCE),
    follow(problem, start, times, COMPANION.stages, COMPANION.tolerance),
  ]
  const columns = new Map(
    names.map((name, i): [string, Column] => {
      const values = fine.states.map((y) => y[i]!)
      return [
        name,
        { fine: values, rough: rough.states.map((y) => y[i]!), sizes: values.map((x) => Math.abs(x)) },
      ]
    }),
  )
  return {
    columns,
    ...(fine.reason !== undefined && { ended: { reason: fine.reason, samples: fine.states.length } }),
  }
}

/** The flow of the state, with its integrals behind it, as an initial value problem. */
function problemOf(
  whole: PointCase,
  spec: Spec,
  integrals: ReadonlyMap<string, Program>,
): { readonly problem: StiffProblem; readonly names: readonly string[]; readonly start: Float64Array } {
  const given = inputsOfCase(whole)
  const T = newTrace()
  const scope = pointScope(T, whole, spec, { t: T.input('t') })
  const moves = [...movesIn(T, whole, spec, scope).moving()]
  const state = moves.map(([input]) => T.nameOf(input)!)
  const names = [...state, ...integrals.keys()]
  const known = new Set([...names, 't'])
  const valueOf = (name: string): Expr => (known.has(name) ? T.input(name) : T.constant(given.get(name)!))
  const fixed = (e: Expr): Expr =>
    substitute(T, e, new Map(inputsOf(T, e).map((name) => [T.input(name), valueOf(name)])))
  const velocities = [
    ...moves.map(([, velocity]) => fixed(velocity)),
    ...[...integrals.values()].map((program) => run(program, T, program.inputs.map(valueOf))[0]!),
  ]
  const program = T.program(velocities, [...names, 't'])
  const [field, slopes] = [compile(program), compile(jacobian(program, names))]
  const n = names.length
  const x = new Float64Array(n + 1)
  const at = (t: number, y: Float64Array): Float64Array => {
    x.set(y)
    x[n] = t
    return x
  }
  const start = new Float64Array(n)
  start.set(startInDoubles(whole, spec, state))
  return {
    names,
    start,
    problem: {
      dimension: n,
      field: (t, y, out) => void field(at(t, y), out),
      jacobian: (t, y, out) => void slopes(at(t, y), out),
      scale(_, y, out) {
        const largest = y.reduce((most, e) => Math.max(most, Math.abs(e)), 0)
        for (let i = 0; i < n; i++) out[i] = Math.max(Math.abs(y[i]!), 1e-6 * largest, 1e-100)
      },
    },
  }
}

/** The states at some times from the first one, or as far as steps are found. */
function follow(
  problem: StiffProblem,
  start: Float64Array,
  times: readonly number[],
  stages: number,
  tolerance: number,
): { readonly states: readonly Float64Array[]; readonly reason?: string } {
  const method = radau(stages)
  const states = [start]
  let [y, t, attempts] = [start, times[0]!, 0]
  let pace: Pace = { h: 1e-4 }
  if (problem.dimension === 0) return { states: times.map(() => start) }
  for (const target of times.slice(1)) {
    while (t < target) {
      const from = linearize(problem, t, y)
      const accepted = from && accept(problem, method, from, target, tolerance, pace, MOST_STEPS - attempts)
      if (accepted === undefined) return { states, reason: `no step was found that goes on from t = ${t}` }
      attempts += accepted.attempts
      pace = accepted.pace
      y = end(accepted.step)
      t = accepted.landed ? target : t + accepted.step.h
    }
    states.push(y)
  }
  return { states }
}
