/**
 * Long runs of steps, in doubles: the state and all that is gathered up to a moment (sums, least and greatest terms)
 * are one compiled Program that is iterated. Sums carry their rounding errors along (Neumaier 1974); a second run sums
 * plainly and moves the state after each step by a unit in its last place, so that their difference shows what rounding does.
 */
import type { Along } from '../../claim/asymptotic.ts'
import { recent } from '../../claim/recent.ts'
import { compile } from '../../program/compile.ts'
import { substitute } from '../../program/grad.ts'
import type { Scope } from '../../program/indices.ts'
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
  briefly,
  each,
  givenIn,
  isStill,
  isSupremum,
  limitsIn,
  readColumns,
  refuseElsewhere,
  START,
  startInDoubles,
  type Column,
} from './observables.ts'
import type { LongMotion, LongRunOf } from './motion.ts'

const HORIZON = 1e6
const FURTHER = 4
const PER_DECADE = 24
const KEPT = 400
/** Sums with carried errors are known to this part of the sum of the sizes of their terms. */
const SUMMED = 2 ** -40
/** A step may round the state by so much. */
const STEPPED = 2 ** -51
/** And the second run does move it by so much. */
const UNIT = 2 ** -52

/** What is gathered along a run: terms from a step on, up to a moment or before it, or since the sample before. */
interface Gathered {
  readonly kind: 'sum' | 'min' | 'max' | 'peak'
  readonly from: number
  readonly before: boolean
  readonly term: Program
}

/** The motion of a rule of steps. */
export function longSteps(spec: Spec): LongMotion {
  const runs = recent<string, LongRunOf>(KEPT)
  // Cases of one structure gather the same: a run of a later case begins with what formulas asked for before.
  const asked = new Map<string, Map<string, Gathered>>()
  return {
    horizons: spec.moment!.horizon?.among.map(Number) ?? [HORIZON],
    further: FURTHER,
    scope: (F, c, along) => stepsInTheLimit(F, shaped(c, spec), spec, along, new Map()),
    follow: (c, until) =>
      runs(JSON.stringify([c, until]), () => {
        const key = structureOf(c)
        if (!asked.has(key)) asked.set(key, new Map())
        return followed(c, spec, until, asked.get(key)!)
      }),
  }
}

function followed(c: PointCase, spec: Spec, until: number, gathered: Map<string, Gathered>): LongRunOf {
  const whole = shaped(c, spec)
  const given = inputsOfCase(c)
  const moving = new Set(movingNames(newTrace(), whole, spec))
  const samples = [0, ...geometric(until)]
  let known: { readonly size: number; readonly seen: Seen } | undefined
  const seen = (): Seen => {
    if (known?.size !== gathered.size)
      known = { size: gathered.size, seen: iterated(whole, spec, samples, gathered) }
    return known!.seen
  }
  const read = readColumns(
    samples,
    given,
    (name) => (moving.has(name) || gathered.has(name) ? seen().columns.get(name)! : undefined),
    (j) => (samples[j]! + 1) * STEPPED + SUMMED,
  )
  const { ended } = seen()
  return {
    observation: {
      s: ended === undefined ? samples : samples.slice(0, ended.samples),
      clock: 't',
      ...(ended && { ended: `a value is lost at step ${ended.step}` }),
      ...read,
      given: givenIn(given, moving),
    },
    scope: (F, along) => stepsInTheLimit(F, whole, spec, along, gathered),
  }
}

/** Indices from 1 to the horizon: all of them at first, then so many per factor of 10. */
function geometric(until: number): number[] {
  const last = Math.round(PER_DECADE * Math.log10(until))
  const all = Array.from({ length: last + 1 }, (_, i) => Math.round(10 ** (i / PER_DECADE)))
  return [...new Set(all)]
}

/** The symbols at a moment of a long run. */
function stepsInTheLimit(
  F: Trace,
  whole: PointCase,
  spec: Spec,
  along: Along,
  gathered: Map<string, Gathered>,
): Scope {
  const t = F.input('t')
  const { ddt: _, next: __, ...state } = pointScope(F, whole, spec, { t })
  const moves = movesIn(F, whole, spec, pointScope(F, whole, spec, { t }))
  const terms = new Map<string, { readonly of: Gathered; readonly term: Expr }>()
  const name = `${state.name!} in the limit`
  const given = inputsOfCase(whole)
  const moving = new Set(movingNames(F, whole, spec))
  /** Whether a value of a moment is known from its state and what was gathered up to it. */
  const isOfStep = (input: string): boolean => {
    const known = terms.get(input)
    return known ? known.of.kind !== 'peak' : input === 't' || given.has(input)
  }
  const beyond = (e: Expr): string | undefined => {
    const input = inputsOf(F, e).find((one) => !isOfStep(one))
    return input && briefly(input)
  }
  const gather = (kind: Gathered['kind'], from: number, before: boolean, term: Expr): Expr => {
    const other = beyond(term)
    if (other !== undefined)
      throw new SyntaxError(
        `${kind === 'peak' ? 'sup' : kind}: expected terms that read their own step alone, got one with ${other}`,
      )
    const of: Gathered = { kind, from, before, term: F.program([term], inputsOf(F, term)) }
    const key = `${kind} ${JSON.stringify(of)}`
    if (!gathered.has(key)) gathered.set(key, of)
    terms.set(key, { of, term })
    return F.input(key)
  }
  /** A value one step later. */
  const next = (e: Expr): Expr => {
    const later = new Map<Expr, Expr>([...moves.moving(), [t, F.add(t, F.constant('1'))]])
    for (const input of inputsOf(F, e)) {
      const known = terms.get(input)
      if (isSupremum(input) || known?.of.kind === 'peak' || (known && known.of.from > 0))
        throw new SyntaxError(
          `next: expected symbols with a next value in ${name}, got ${briefly(input).replace('peak', 'sup')}`,
        )
      if (known === undefined) continue
      const { of, term } = known
      const added = of.before ? term : next(term)
      const grown = { sum: F.add, min: minimum(F), max: F.max, peak: F.max }[of.kind]
      later.set(F.input(input), grown(F.input(input), added))
    }
    return substitute(F, e, later)
  }
  const elsewhere = (e: Expr): string | undefined => {
    const input = inputsOf(F, e).find((one) => terms.has(one) || (!isOfStep(one) && !one.endsWith(START)))
    return input && briefly(input)
  }
  return {
    ...state,
    name,
    next,
    initially: (e) => atStart(F, e),
    gathered: gather,
    moves: (e) => inputsOf(F, e).some((input) => !isStill(input) && (moving.has(input) || !given.has(input))),
    elsewhere,
    apply(base, index, args) {
      if (index.length > 0) return state.apply?.(base, index, args)
      // The supremum is one over all steps, not over the samples.
      if (base === 'sup' && args.length === 1)
        return each((e) => along.supremum(gather('peak', 0, false, e)), args[0]!)
      if (base === 'grad') refuseElsewhere(elsewhere, args)
      return limitsIn(along, base, args) ?? state.apply?.(base, index, args)
    },
  }
}

const minimum =
  (F: Trace) =>
  (a: Expr, b: Expr): Expr =>
    F.neg(F.max(F.neg(a), F.neg(b)))

interface Seen {
  readonly columns: ReadonlyMap<string, Column>
  readonly ended?: { readonly step: number; readonly samples: number }
}

/** The state and what is gathered at the samples. */
function iterated(
  whole: PointCase,
  spec: Spec,
  samples: readonly number[],
  gathered: ReadonlyMap<string, Gathered>,
): Seen {
  const given = inputsOfCase(whole)
  const T = newTrace()
  const scope = pointScope(T, whole, spec, { t: T.input('t') })
  const moves = [...movesIn(T, whole, spec, scope).moving()]
  const names = moves.map(([input]) => T.nameOf(input)!)
  const moving = new Set(names)
  const list = [...gathered]
  const place = new Map(list.map(([key], k) => [key, k]))
  const term = (k: number): Expr => {
    const { term: program } = list[k]![1]
    return run(program, T, program.inputs.map(valueOf))[0]!
  }
  const valueOf = (name: string): Expr => {
    if (name === 't' || moving.has(name)) return T.input(name)
    const k = place.get(name)
    if (k === undefined) return T.constant(given.get(name)!)
    const { kind, before } = list[k]![1]
    const so = T.input(`gathered ${k}`)
    return before ? so : { sum: T.add, min: minimum(T), max: T.max, peak: T.max }[kind](so, term(k))
  }
  const constant = new Map(
    moves.flatMap(([, next]) =>
      inputsOf(T, next)
        .filter((name) => name !== 't' && !moving.has(name))
        .map((name): [Expr, Expr] => [T.input(name), T.constant(given.get(name)!)]),
    ),
  )
  const outputs = [...moves.map(([, next]) => substitute(T, next, constant)), ...list.map((_, k) => term(k))]
  const step = compile(T.program(outputs, [...names, 't', ...list.map((_, k) => `gathered ${k}`)]))
  const start = startInDoubles(whole, spec, names)

  const n = names.length
  const column = (from = 0): Recorded => ({ fine: [], rough: [], sizes: [], from })
  const columns = new Map([
    ...names.map((name): [string, Recorded] => [name, column()]),
    ...list.map(([key, { kind, from }]): [string, Recorded] => [
      key,
      // An empty sum is 0.
      column(kind === 'sum' ? 0 : samples.findIndex((t) => t >= from)),
    ]),
  ])
  let ended: Seen['ended']
  // The peak from the last sample on is seen so far as those before are.
  const hasPeak = list.some(([, { kind }]) => kind === 'peak')
  const last = Math.ceil(samples.at(-1)! * (hasPeak ? 10 ** (1 / PER_DECADE) : 1))
  for (const isRough of [false, true]) {
    const x = new Float64Array(n + 1 + list.length)
    x.set(start)
    const of = (make: (kind: Gathered['kind']) => number): Float64Array =>
      Float64Array.from(list, ([, { kind }]) => make(kind))
    const [so, carried, sizes] = [of((kind) => REST[kind]), of(() => 0), of(() => 0)]
    const out = new Float64Array(outputs.length)
    let at = 0
    for (let t = 0; t <= last; t++) {
      x[n] = t
      for (let k = 0; k < list.length; k++) x[n + 1 + k] = so[k]! + carried[k]!
      step(x, out)
      const isSample = t === samples[at]
      if (isSample)
        for (let i = 0; i < n; i++) record(columns.get(names[i]!)!, isRough, x[i]!, Math.abs(x[i]!))
      for (let k = 0; k < list.length; k++) {
        const [key, { kind, from, before }] = list[k]!
        const into = columns.get(key)!
        const size = sizes[k]!
        // A peak is that of the steps from one sample on, up to the next.
        if (kind === 'peak' && isSample && at > 0) {
          record(into, isRough, so[k]!, size)
          so[k] = REST.peak
        }
        if (t >= from) {
          const [old, added] = [so[k]!, out[n + k]!]
          so[k] = kind === 'sum' ? old + added : kind === 'min' ? Math.min(old, added) : Math.max(old, added)
          if (kind === 'sum' && !isRough)
            carried[k]! += Math.abs(old) >= Math.abs(added) ? old - so[k]! + added : added - so[k]! + old
          sizes[k] = kind === 'sum' ? size + Math.abs(added) : Math.abs(so[k]!)
        }
        if (kind === 'peak' ? t < last : !isSample) continue
        if (before) record(into, isRough, x[n + 1 + k]!, size)
        else record(into, isRough, so[k]! + carried[k]!, sizes[k]!)
      }
      if (isSample) at++
      for (let i = 0; i < n; i++) {
        x[i] = isRough ? out[i]! * (1 + ((t + i) % 2 === 0 ? UNIT : -UNIT)) : out[i]!
        if (!Number.isFinite(x[i]!) && ended === undefined && t < last) ended = { step: t + 1, samples: at }
      }
      if (ended !== undefined) break
    }
    if (ended !== undefined) break
  }
  return { columns, ...(ended && { ended }) }
}

/** What a sum, a least or a greatest term is before the first one. */
const REST = { sum: 0, min: Infinity, max: -Infinity, peak: -Infinity } as const

type Recorded = { [list in 'fine' | 'rough' | 'sizes']: number[] } & { readonly from: number }

function record(column: Recorded, isRough: boolean, value: number, size: number): void {
  if (isRough) column.rough.push(value)
  else {
    column.fine.push(value)
    column.sizes.push(size)
  }
}
