/** Observables of a long run: how the values of a sampled state are read, and what moves from one moment to the next. */
import type { Along } from '../../claim/asymptotic.ts'
import { bounded, measured, Unknown, widened, type Bounded } from '../../number/bounded.ts'
import { Undefined } from '../../number/conventions.ts'
import { rational } from '../../number/rational.ts'
import { wide } from '../../number/wide.ts'
import { compile } from '../../program/compile.ts'
import { parseRatio } from '../../program/constant.ts'
import { substitute } from '../../program/grad.ts'
import type { Value } from '../../program/indices.ts'
import { newTrace, type Expr, type Trace } from '../../program/program.ts'
import { inputsOf } from '../moves.ts'
import { inputsOfCase, type PointCase } from '../point/case.ts'
import type { Spec } from '../point/spec.ts'
import { startState } from '../point/start.ts'

const double = (text: string): number => rational.toNumber(parseRatio(text))

/** How the names of values at the start end. */
export const START = '(t_0)'

/** Limits and what is read at the start do not move. */
export const isStill = (name: string): boolean => name.startsWith('lim(') || name.endsWith(START)

/** Whether an input is a supremum from a moment on. */
export const isSupremum = (name: string): boolean => name.startsWith('sup(')

/** What an input of a value is called in errors: of a sum its kind alone. */
export const briefly = (name: string): string => name.replace(/^(\w+)[ (].*/, '$1(…)')

/** A value at the start. @throws SyntaxError for one with a supremum, which is one of all moments from there. */
export function atStart(F: Trace, e: Expr): Expr {
  const names = inputsOf(F, e).filter((name) => !isStill(name))
  if (names.some(isSupremum))
    throw new SyntaxError('t_0: expected a value of each moment, got one with sup(…)')
  return substitute(F, e, new Map(names.map((name) => [F.input(name), F.input(`${name}${START}`)])))
}

export const each = (f: (e: Expr) => Expr, v: Value): Value => (typeof v === 'number' ? f(v) : v.map(f))

/** Refuses a gradient of what depends on the state at other moments. */
export function refuseElsewhere(elsewhere: (e: Expr) => string | undefined, [y]: readonly Value[]): void {
  const found = [y!].flat().flatMap((e) => elsewhere(e as Expr) ?? [])[0]
  if (found !== undefined)
    throw new SyntaxError(`grad: expected a function of the state at this moment, got one with ${found}`)
}

/** `lim(e)` and `sup(e)`, entry by entry; `undefined` for other functions. */
export function limitsIn(along: Along, base: string, args: readonly Value[]): Value | undefined {
  if (args.length !== 1) return undefined
  if (base === 'lim') return each((e) => along.limit(e), args[0]!)
  return base === 'sup' ? each((e) => along.supremum(e), args[0]!) : undefined
}

/** The values of a name at each sample, those of a rougher run, and how large what was added up to them is. */
export interface Column {
  readonly fine: readonly number[]
  readonly rough: readonly number[]
  readonly sizes: readonly number[]
  /** The first sample at which there is a value; 0 if absent. */
  readonly from?: number
  /** The sample from which small values may have lost digits, or themselves, below the doubles; none if absent. */
  readonly sunk?: number
}

/** What is no larger than the first has come near the end of the doubles; from then on less than the second is not told from 0. */
export const SUNK: { readonly seen: number; readonly lost: number } = { seen: 2 ** -300, lost: 2 ** -960 }

/** What an observation reads from columns, besides the clock t and the exact numbers of the case. */
export function readColumns(
  t: readonly number[],
  given: ReadonlyMap<string, string>,
  columnOf: (name: string) => Column | undefined,
  /** The part of its size within which a value is known. */
  rounded: (sample: number) => number,
): { value(input: string, j: number): Bounded; rough(input: string, j: number): Bounded | undefined } {
  const read = (name: string, j: number, of: 'fine' | 'rough'): Bounded | undefined => {
    if (name.endsWith(START)) return read(name.slice(0, -START.length), 0, of)
    if (name === 't') return measured(t[j]!)
    const column = columnOf(name)
    if (column === undefined) return bounded.constant(given.get(name)!)
    if (j < (column.from ?? 0)) throw new Undefined(name, 'nothing')
    const x = column[of][j]
    if (x === undefined && of === 'rough') return undefined
    // What overflows in doubles has a value that they do not hold.
    if (x === undefined || !Number.isFinite(x)) throw new Unknown(briefly(name))
    const known = widened(measured(x), wide(rounded(j) * column.sizes[j]!))
    return j >= (column.sunk ?? Infinity) && Math.abs(x) < SUNK.lost ? widened(known, wide(SUNK.lost)) : known
  }
  return { value: (name, j) => read(name, j, 'fine')!, rough: (name, j) => read(name, j, 'rough') }
}

/** The exact values of what does not move, and of the start. */
export function givenIn(
  given: ReadonlyMap<string, string>,
  moving: ReadonlySet<string>,
): (input: string) => string | undefined {
  return (input) => {
    const name = input.endsWith(START) ? input.slice(0, -START.length) : input
    return name === input && moving.has(name) ? undefined : given.get(name)
  }
}

/** The state at the start in doubles. */
export function startInDoubles(whole: PointCase, spec: Spec, names: readonly string[]): number[] {
  const F = newTrace()
  const extra = startState(F, whole, spec)
  const given = inputsOfCase(whole)
  return names.map((name) => {
    const e = extra.get(name)
    if (e === undefined) return double(given.get(name)!)
    const program = F.program([e], inputsOf(F, e))
    return compile(program)(program.inputs.map((input) => double(given.get(input)!)))[0]!
  })
}
