/**
 * Long runs of any flow in the time t, in doubles: the velocities as a compiled Program, followed by the stiff method of
 * `flow/stiff.ts` (Radau IIA of order 13; Hairer & Wanner II, §IV.8) with integrals for further components; a second run,
 * of order 9 at a hundred times the tolerance, with velocities that are rounded otherwise, tells the error.
 */
import type { Along } from '../../claim/asymptotic.ts'
import { recent } from '../../claim/recent.ts'
import { radau } from '../../flow/radau.ts'
import { accept, type Pace } from '../../flow/stepsize.ts'
import { end, linearize, type StiffProblem } from '../../flow/stiff.ts'
import { rational } from '../../number/rational.ts'
import { compile } from '../../program/compile.ts'
import { parseRatio } from '../../program/constant.ts'
import { substitute } from '../../program/grad.ts'
import type { Scope } from '../../program/indices.ts'
import { jacobian } from '../../program/jacobian.ts'
import { newTrace, type Expr, type Program, type Trace } from '../../program/program.ts'
import { run } from '../../program/run.ts'
import { inputsOf, timeDerivative } from '../moves.ts'
import { inputsOfCase, structureOf, type PointCase } from '../point/case.ts'
import { movesIn, movingNames } from '../point/moves.ts'
import { pointScope } from '../point/scope.ts'
import type { Spec } from '../point/spec.ts'
import { shaped } from '../point/start.ts'
import {
  atStart,
  briefly,
  givenIn,
  isStill,
  limitsIn,
  readColumns,
  refuseElsewhere,
  START,
  startInDoubles,
  SUNK,
  type Column,
} from './observables.ts'
import type { LongMotion, LongRunOf } from './motion.ts'
import { jittered } from './rounding.ts'

const HORIZON = 1e6
const FURTHER = 4
const PER_DECADE = 24
const FIRST = 1e-3
/** A run is seen over so many factors of 10, however short it is. */
const LEAST_DECADES = 4
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
    partial: false,
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
  const last = PER_DECADE * Math.max(LEAST_DECADES, Math.ceil(Math.log10(until / FIRST)))
  const times = [0, ...Array.from({ length: last + 1 }, (_, i) => until * 10 ** ((i - last) / PER_DECADE))]
  const own = integrated(whole, spec, times, new Map())
  let known: { readonly size: number; readonly columns: Columns } | undefined
  const columnOf = (name: string): Column | undefined => {
    if (moving.has(name)) return own.columns.get(name)!
    if (!integrals.has(name)) return undefined
    if (known?.size !== integrals.size)
      known = { size: integrals.size, columns: integralsAlong(whole, spec, times, integrals) }
    return known!.columns.get(name)!
  }
  const { ended } = own
  const reached = ended === undefined ? times : times.slice(0, Math.max(1, ended.samples))
  return {
    observation: {
      ...{ s: reached, clock: 't' },
      ...(ended && { ended: ended.reason }),
      ...readColumns(times, given, columnOf, () => ROUNDED),
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
  const name = `${state.name!} in the limit`
  const given = inputsOfCase(whole)
  const isOfMoment = (input: string): boolean =>
    input === 't' || given.has(input) || integrands.has(F.input(input))
  const elsewhere = (e: Expr): string | undefined => {
    const input = inputsOf(F, e).find(
      (one) => integrands.has(F.input(one)) || (!isOfMoment(one) && !one.endsWith(START)),
    )
    return input && briefly(input)
  }
  return {
    ...state,
    name,
    ddt: (e) =>
      timeDerivative(
        F,
        e,
        new Map([...moves.moving(), [t, F.constant('1')], ...integrands]),
        (name) => isStill(name) || given.has(name),
        name,
      ),
    initially: (e) => atStart(F, e),
    elsewhere,
    apply(base, index, args) {
      if (index.length > 0) return state.apply?.(base, index, args)
      if (base === 'integral' && args.length === 1 && typeof args[0] === 'number') {
        const e = args[0] as Expr
        const inputs = inputsOf(F, e)
        const still = inputs.find((input) => !isOfMoment(input))
        if (still !== undefined)
          throw new SyntaxError(`integral: expected a value of each moment, got one with ${briefly(still)}`)
        const program = F.program([e], inputs)
        const key = `integral ${JSON.stringify(program)}`
        integrals.set(key, program)
        integrands.set(F.input(key), e)
        return F.input(key)
      }
      if (base === 'grad') refuseElsewhere(elsewhere, args)
      return limitsIn(along, base, args) ?? state.apply?.(base, index, args)
    },
  }
}

type Columns = ReadonlyMap<string, Column>

/** All integrals at once; each by itself where one of them goes no further than to a pole. */
function integralsAlong(
  whole: PointCase,
  spec: Spec,
  times: readonly number[],
  integrals: ReadonlyMap<string, Program>,
): Columns {
  const all = integrated(whole, spec, times, integrals)
  if (all.ended === undefined) return all.columns
  /** An integral with those that it reads. */
  const withInner = (key: string): Map<string, Program> =>
    new Map([
      ...integrals.get(key)!.inputs.flatMap((name) => (integrals.has(name) ? [...withInner(name)] : [])),
      [key, integrals.get(key)!],
    ])
  return new Map(
    [...integrals.keys()].map((key) => [
      key,
      integrated(whole, spec, times, withInner(key)).columns.get(key)!,
    ]),
  )
}

interface Seen {
  readonly columns: Columns
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
    follow(problem('fine'), start, times, STAGES, TOLERANCE),
    follow(problem('rough'), start, times, COMPANION.stages, COMPANION.tolerance),
  ]
  const columns = new Map(
    names.map((name, i): [string, Column] => {
      const values = fine.states.map((y) => y[i]!)
      return [
        name,
        {
          ...{ fine: values, rough: rough.states.map((y) => y[i]!) },
          sizes: sizesOf(values),
        },
      ]
    }),
  )
  return {
    columns,
    ...(fine.reason !== undefined && { ended: { reason: fine.reason, samples: fine.states.length } }),
  }
}

/** The sizes that values are rounded to: what was small once is known to the least size that is followed. */
function sizesOf(values: readonly number[]): number[] {
  const first = values.findIndex((x) => x !== 0 && Math.abs(x) < SUNK.seen)
  const least = LEAST / ROUNDED
  return values.map((x, j) => (first >= 0 && j >= first ? Math.max(Math.abs(x), least) : Math.abs(x)))
}

/** The flow of the state, with its integrals behind it, as an initial value problem. */
function problemOf(
  whole: PointCase,
  spec: Spec,
  integrals: ReadonlyMap<string, Program>,
): {
  problem(rounding: 'fine' | 'rough'): StiffProblem
  readonly names: readonly string[]
  readonly start: Float64Array
} {
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
  const slopes = compile(jacobian(program, names))
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
    problem(rounding) {
      const velocity = compile(rounding === 'fine' ? program : jittered(program, 0))
      const field = (t: number, y: Float64Array, out: Float64Array): void => void velocity(at(t, y), out)
      return {
        ...{ dimension: n, field },
        jacobian: (t, y, out) => void slopes(at(t, y), out),
        scale: scaleOf(field, start, state.length),
      }
    },
  }
}

/** A component counts as no smaller than this part of the largest one of the state, and of what it was itself. */
const SMALL = { beside: 1e-6, before: 1e-3 }
/** And as no smaller than this; than the other where nothing is known of its size. */
const [LEAST, UNKNOWN] = [1e-100, 1e-12]

/**
 * The sizes of the components along one run: each is measured by itself, as a large one, or an integral beside the state,
 * tells nothing of how well the others have to be known. One that starts at 0 has the size that it comes to at first.
 */
function scaleOf(field: StiffProblem['field'], start: Float64Array, state: number): StiffProblem['scale'] {
  const n = start.length
  const most = start.map(Math.abs)
  const [y, slope] = [start.slice(), new Float64Array(n)]
  const h = (FIRST * SMALL.before) / 4
  for (let k = 0; k < 4; k++) {
    field(k * h, y, slope)
    for (let i = 0; i < n; i++) {
      y[i]! += h * slope[i]!
      if (Number.isFinite(y[i])) most[i] = Math.max(most[i]!, Math.abs(y[i]!))
    }
  }
  return (_, y, out) => {
    let largest = 0
    for (let i = 0; i < state; i++) largest = Math.max(largest, Math.abs(y[i]!))
    for (let i = 0; i < n; i++) {
      most[i] = Math.max(most[i]!, Math.abs(y[i]!))
      const before = SMALL.before * most[i]!
      const least = i < state && y[i] !== 0 ? Math.min(SMALL.beside * largest, before) : before
      out[i] = most[i] === 0 ? UNKNOWN : Math.max(Math.abs(y[i]!), least, LEAST)
    }
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
