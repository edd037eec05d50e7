/**
 * Runs of steps: each state is a function of the start, by substitution of one step into the next, so that formulas on
 * several moments become Programs of the exact numbers of the start, which are decided like those of one state.
 */
import { guarded, type Need } from '../../claim/guards.ts'
import type { Scope } from '../../program/indices.ts'
import { newTrace, type Expr, type Program, type Trace } from '../../program/program.ts'
import { run } from '../../program/run.ts'
import { momentName, namesOf, stepsOf, type PointCase } from './case.ts'
import { movesIn, movingNames } from './moves.ts'
import { pointScope } from './scope.ts'
import { sequencesOf, type Spec } from './spec.ts'
import { shaped, startState } from './start.ts'

/** The trace in which the names that move are those of one moment. */
const traceAt = (F: Trace, names: ReadonlySet<string>, step: number): Trace => ({
  ...F,
  input: (name) => F.input(names.has(name) ? momentName(name, step) : name),
})

/** The names of all inputs that another moment has another value of. */
function changing(c: PointCase, spec: Spec): ReadonlySet<string> {
  const sequences = [...sequencesOf(spec).keys()].flatMap((name) => namesOf(name, c.values[name]!))
  return new Set([...movingNames(newTrace(), c, spec), ...sequences])
}

/** The scope of one moment, which knows of no other. */
function stateAt(F: Trace, c: PointCase, spec: Spec, names: ReadonlySet<string>, step: number): Scope {
  const batch = c.batches?.[step]
  const S = traceAt(F, names, step)
  return pointScope(S, c, spec, { t: F.constant(`${step}`), ...(batch && { batch }) })
}

/** The scope of the moment of a run, from which all others are read. */
export function stepsScope(F: Trace, c: PointCase, spec: Spec): Scope {
  const whole = shaped(c, spec)
  const names = changing(whole, spec)
  const last = stepsOf(c)!
  const known = new Map<number, Scope>()
  const at = (step: number): Scope | undefined => {
    if (!Number.isInteger(step) || step < 0 || step > last) return undefined
    let scope = known.get(step)
    if (scope === undefined) {
      const { next: _, ...state } = stateAt(F, whole, spec, names, step)
      known.set(step, (scope = { ...state, name: `${state.name!} along a run`, moment: at }))
    }
    return scope
  }
  return at(last - 1)!
}

const LATER = /^(.*)\((\d+)\)$/

/** The values of a Program of several moments, traced from the exact numbers of a case; the trace is asked for all that the steps need to exist. */
export function unrolled(T: Trace, program: Program, c: PointCase, spec: Spec): readonly Expr[] {
  const whole = shaped(c, spec)
  const names = changing(whole, spec)
  const given = new Set([...sequencesOf(spec).keys()].flatMap((name) => namesOf(name, c.values[name]!)))
  const states: ReadonlyMap<string, Expr>[] = [startState(T, whole, spec)]
  const valueOf = (name: string): Expr => {
    const [, base = name, step = '0'] = LATER.exec(name) ?? []
    if (given.has(base)) return T.input(name)
    return stateOf(Number(step)).get(base) ?? T.input(name)
  }
  const stateOf = (step: number): ReadonlyMap<string, Expr> => {
    for (let m = states.length; m <= step; m++) {
      // What a step divides by may cancel in its trace, and must not be 0 all the same.
      const { F, guards } = guarded(newTrace())
      const S = traceAt(F, names, m - 1)
      const scope = stateAt(F, whole, spec, names, m - 1)
      const moving = [...movesIn(S, whole, spec, scope).moving()]
      const needs = guards()
      const moved = F.program([...moving.map(([, next]) => next), ...needs.map(({ value }) => value)])
      const values = run(moved, T, moved.inputs.map(valueOf))
      needs.forEach(({ need }, i) => ASKS[need](T, values[moving.length + i]!))
      states.push(
        new Map(
          moving.map(([input, _], i) => [LATER.exec(F.nameOf(input)!)?.[1] ?? F.nameOf(input)!, values[i]!]),
        ),
      )
    }
    return states[step]!
  }
  return run(program, T, program.inputs.map(valueOf))
}

/** Operations that exist only where a need is met. */
const ASKS: Readonly<Record<Need, (T: Trace, value: Expr) => Expr>> = {
  'not 0': (T, value) => T.div(T.constant('1'), value),
  positive: (T, value) => T.log(value),
  'not negative': (T, value) => T.sqrt(value),
}
