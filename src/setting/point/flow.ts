/**
 * Runs of a flow: the state at a later moment is enclosed rigorously (`flow/enclose.ts`) from the exact start, in the time
 * t or, where L falls, in s = log 1/L; formulas speak of that moment, and of the start as `e(t_0)`.
 */
import { guarded, type Guard } from '../../claim/guards.ts'
import { recent } from '../../claim/recent.ts'
import { enclose, type Enclosure } from '../../flow/enclose.ts'
import { explicit } from '../../flow/explicit.ts'
import { NotExact, Undefined } from '../../number/conventions.ts'
import { interval, type Interval } from '../../number/interval.ts'
import { rational } from '../../number/rational.ts'
import { compile, type Compiled } from '../../program/compile.ts'
import { parseRatio, printRatio } from '../../program/constant.ts'
import type { Scope } from '../../program/indices.ts'
import { newTrace, operands, select, type Expr, type Program, type Trace } from '../../program/program.ts'
import { run } from '../../program/run.ts'
import { inputsOf } from '../moves.ts'
import { inputsOfCase, structureOf, type PointCase } from './case.ts'
import { movesIn, movingNames } from './moves.ts'
import { pointScope } from './scope.ts'
import type { Spec } from './spec.ts'
import { shaped, startState } from './start.ts'

const KEPT = 400
/** What takes more steps to enclose stays undecided. */
const MOST_STEPS = 200
/** What takes more explicit steps in doubles is not easy to follow, and what takes many more is not followed. */
const [EASY, HARD] = [60, 400]
const ROUGHLY = 1e-8
/** The end of a run in s lies behind its start by this at least. */
const BEHIND = 1e-9

/** The input that is the value of another at the start. */
const startName = (name: string): string => `${name}(t_0)`
const double = (text: string): number => rational.toNumber(parseRatio(text))

/** The flow of one structure: velocities of what moves, of s = log 1/L in the clock s, and s itself, in time t. */
interface Flow {
  /** What moves, without the time. */
  readonly moving: readonly string[]
  /** What stands still, of all that a velocity reads. */
  readonly still: readonly string[]
  /** From what moves, then t, then what stands still. */
  readonly program: Program
  readonly run: Compiled
  /** Whether a divisor, radicand or argument of a logarithm cancels, so that following the Program does not ask for it. */
  readonly cancels: boolean
}

/** Whether some need of a trace is asked for by no operation that the values depend on. */
function cancelled(F: Trace, outputs: readonly Expr[], needs: readonly Guard[]): boolean {
  const used = new Set<Expr>()
  const open = [...outputs]
  for (let e = open.pop(); e !== undefined; e = open.pop()) {
    if (used.has(e)) continue
    used.add(e)
    open.push(...(operands(F.ops[e]!) as Expr[]))
  }
  const asked = new Set(
    [...used].flatMap((e) => {
      const [kind, a, b] = F.ops[e]!
      if (kind === 'div') return [`${b} not 0`]
      if (kind === 'log') return [`${a} positive`]
      return kind === 'sqrt' || kind === 'root' ? [`${a} not negative`] : []
    }),
  )
  return needs.some(
    ({ value, need }) =>
      !asked.has(`${value} ${need}`) &&
      !(need === 'not negative' ? F.isNonNegative(value) : F.isPositive(value)),
  )
}

const CANCELS = 'a velocity has a divisor, a root or a logarithm that cancels: whether it exists is not seen'

const flows = new WeakMap<Spec, (key: string, make: () => Flow) => Flow>()

function flowOf(c: PointCase, spec: Spec): Flow {
  if (!flows.has(spec)) flows.set(spec, recent(KEPT))
  return flows.get(spec)!(structureOf(c), () => {
    const { F, guards } = guarded(newTrace())
    const whole = shaped(c, spec)
    const t = F.input('t')
    const scope = pointScope(F, whole, spec, { t })
    const moves = [...movesIn(F, whole, spec, scope).moving()]
    const moving = moves.map(([input]) => F.nameOf(input)!)
    const outputs = moves.map(([, velocity]) => velocity)
    if ('s' in c.until!) {
      const s = scope.value('s', []) as Expr
      outputs.push(scope.ddt!(s), s)
    }
    const read = new Set(outputs.flatMap((e) => inputsOf(F, e)))
    const still = [...read].filter((name) => name !== 't' && !moving.includes(name))
    const program = F.program(outputs, [...moving, 't', ...still])
    const cancels = cancelled(F, outputs, guards())
    return { moving, still, program, run: compile(program), cancels }
  })
}

/** The exact values of a case: of what moves, those at the start. */
export function flowValues(c: PointCase, spec: Spec): Map<string, string> {
  const F = newTrace()
  const whole = shaped(c, spec)
  const moves = new Set(movingNames(F, whole, spec))
  const given = inputsOfCase(c)
  const values = new Map([...given].map(([name, value]) => [moves.has(name) ? startName(name) : name, value]))
  const state = [...startState(F, whole, spec)]
  if (state.length === 0) return values
  const starts = state.map(([, e]) => e)
  const program = F.program(starts, [...new Set(starts.flatMap((e) => inputsOf(F, e)))])
  try {
    const found = run(
      program,
      rational,
      program.inputs.map((name) => parseRatio(given.get(name)!)),
    )
    state.forEach(([name], i) => values.set(moves.has(name) ? startName(name) : name, printRatio(found[i]!)))
  } catch (error) {
    if (!(error instanceof NotExact)) throw error
    throw new SyntaxError(
      `rule: expected state of exact value at the start of a flow, got an irrational one (${error.message})`,
      { cause: error },
    )
  }
  return values
}

/** The symbols of a flow at the moment looked at; `e(t_0)` is read at the start. */
export function flowScope(F: Trace, c: PointCase, spec: Spec): Scope {
  const whole = shaped(c, spec)
  const moves = new Set(movingNames(newTrace(), whole, spec))
  const S: Trace = { ...F, input: (name) => F.input(moves.has(name) ? startName(name) : name) }
  const { ddt: _, ...start } = pointScope(S, whole, spec, { t: F.constant('0') })
  const now = pointScope(F, whole, spec, { t: F.input('t') })
  return { ...now, name: `${now.name!} along a run`, start }
}

/** The scope of the start alone, to aim with. */
export const startScope = (F: Trace, c: PointCase, spec: Spec): Scope => {
  const scope = pointScope(F, shaped(c, spec), spec, { t: F.constant('0') })
  return { ...scope, start: scope }
}

/** s at the start in doubles; NaN where it has no value, or does not rise from there. */
export function startClock(c: PointCase, spec: Spec): number {
  const { moving, still, run: evaluate } = flowOf(c, spec)
  const at = doublesAt(c, spec)
  const x = Float64Array.from([...moving.map(startName), 't', ...still], (name) => at.get(name) ?? 0)
  const [speed, s] = evaluate(x).subarray(moving.length)
  return speed! > 0 ? s! : NaN
}

const doublesAt = (c: PointCase, spec: Spec): Map<string, number> =>
  new Map([...flowValues(c, spec)].map(([name, text]) => [name, double(text)]))

/** Whether the moment of a case lies behind its start. */
export const isLater = (c: PointCase, spec: Spec): boolean =>
  !('s' in c.until!) || double(c.until.s) > startClock(c, spec) + BEHIND

type Enclosed = ReadonlyMap<string, Interval> | { readonly reason: string }

const enclosed = new WeakMap<Spec, (key: string, make: () => Enclosed) => Enclosed>()

/** Enclosures of the state and of t at the moment of a case, or why there are none. */
export function enclosuresOf(c: PointCase, spec: Spec, bits: number): Enclosed {
  if (!enclosed.has(spec)) enclosed.set(spec, recent(KEPT))
  return enclosed.get(spec)!(JSON.stringify([c, bits]), () => enclosedAt(c, spec, bits + 32))
}

function enclosedAt(c: PointCase, spec: Spec, bits: number): Enclosed {
  // In a search numbers move, and the moment may come to lie before the start.
  if (!isLater(c, spec))
    return { reason: `${Object.entries(c.until!).flat().join(' = ')} is not after the start` }
  const { moving, still, program, cancels } = flowOf(c, spec)
  if (cancels) return { reason: CANCELS }
  const values = flowValues(c, spec)
  const inS = 's' in c.until!
  const F = interval(bits)
  const S = newTrace()
  const constants = (T: Trace): Expr[] => still.map((name) => T.constant(values.get(name)!))
  const begin = [...moving.map((name) => S.constant(values.get(startName(name))!)), S.constant('0')]
  try {
    if (inS) {
      const speed = select(program, [moving.length])
      const x = [...[...moving.map(startName), ...still].map((name) => F.constant(values.get(name)!))]
      x.splice(moving.length, 0, F.constant('0'))
      if (F.sign(run(speed, F, x)[0]!) !== 1) return { reason: 'L does not certainly fall at the start' }
    }
    const clock = inS ? run(program, S, [...begin, ...constants(S)]).at(-1)! : S.constant('0')
    // At the numbers of the case more may cancel: 0·log x, (x − a)/(x − b) for a = b.
    const { F: T, guards } = guarded(newTrace())
    const names = [...moving, 't']
    const found = run(program, T, [...names.map((name) => T.input(name)), ...constants(T)])
    const one = T.constant('1')
    const slower = (v: Expr): Expr => (inS ? T.div(v, found[moving.length]!) : v)
    const velocities = [...found.slice(0, moving.length), one].map(slower)
    if (cancelled(T, [...found, ...velocities], guards())) return { reason: CANCELS }
    const field = T.program(velocities, names)
    const until = 's' in c.until! ? c.until.s : (c.until as { readonly t: string }).t
    const follow = (digits: number): Enclosure =>
      enclose(
        { field, start: S.program([...begin, clock], []) },
        { until, bits: digits, maxSteps: MOST_STEPS },
      )
    const first = follow(bits)
    const end = first.reason === 'wide' ? follow(2 * bits) : first
    if (end.reason !== 'end') return { reason: end.detail }
    const state = names.map((name, i): [string, Interval] => [name, end.state[i]!])
    return new Map(inS ? state : [...state, ['t', F.constant(until)]])
  } catch (error) {
    if (!(error instanceof Undefined)) throw error
    return { reason: `the flow has no value at the start: ${error.message}` }
  }
}

/** All inputs in doubles at the moment of a case; `undefined` where it is hard to follow, or, if asked, not easy. */
export function inDoubles(c: PointCase, spec: Spec, easily = false): ReadonlyMap<string, number> | undefined {
  const { moving, still, run: evaluate } = flowOf(c, spec)
  const known = doublesAt(c, spec)
  const n = moving.length
  const at = Float64Array.from([...moving.map(startName), 't', ...still], (name) => known.get(name) ?? 0)
  const inS = 's' in c.until!
  const out = evaluate(at).slice()
  const length =
    's' in c.until! ? double(c.until.s) - out[n + 1]! : double((c.until as { readonly t: string }).t)
  if (!(length > 0)) return undefined
  const field = (x: Float64Array, velocity: Float64Array): void => {
    at.set(x.subarray(0, n + 1))
    evaluate(at, out)
    const slower = inS ? 1 / out[n]! : 1
    for (let i = 0; i < n; i++) velocity[i] = out[i]! * slower
    velocity[n] = slower
  }
  const start = at.slice(0, n + 1)
  const end = explicit(field, start, { length, tolerance: ROUGHLY, maxSteps: easily ? EASY : HARD })
  return end && new Map([...known, ...[...moving, 't'].map((name, i): [string, number] => [name, end[i]!])])
}

/** The velocities in time of what moves, as a Program of that and then of what stands still; absent where they read t. */
export function motionOf(c: PointCase, spec: Spec): Program | undefined {
  const { moving, still, program } = flowOf(c, spec)
  const F = newTrace()
  const names = [...moving, ...still]
  const inputs = new Map(names.map((name) => [name, F.input(name)]))
  const t = F.input('t')
  const velocities = run(
    program,
    F,
    program.inputs.map((name) => inputs.get(name) ?? t),
  ).slice(0, moving.length)
  if (velocities.some((e) => inputsOf(F, e).includes('t'))) return undefined
  return F.program(velocities, names)
}
