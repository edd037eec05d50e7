/** The rigorous integrator: an enclosure of a solution of x' = f(x) at a later clock. */
import { Undefined } from '../number/conventions.ts'
import { bitLength, toDouble } from '../number/dyadic.ts'
import { endpoints, fromEndpoints, interval, type Interval } from '../number/interval.ts'
import { parseRatio, printRatio, reduce, type Ratio } from '../program/constant.ts'
import type { Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { ballOf, GUARD_BITS, type Ball } from './ball.ts'
import { box, spread, type Frame } from './frame.ts'
import type { InitialValueProblem } from './integrate.ts'
import { reluOnly, type Pattern } from './jet.ts'
import { firstScale, leap, type Course, type Slack } from './leap.ts'
import { smoothPiece, type SmoothPiece } from './smooth.ts'
import { crossing, drift, hullOf, signsOn, turning } from './window.ts'

export interface EncloseOptions {
  /** The clock to stop at, an exact literal. */
  readonly until: string
  /** Binary digits after the point of the ball arithmetic, 64 to 800 (default 192). */
  readonly bits?: number
  /** Order of the Taylor series, 8 to 1000 (default near ½ log 2^bits). */
  readonly order?: number
  /** At most this many steps (default 2000). */
  readonly maxSteps?: number
  /** The argument of a `relu` of the field that must stay positive: the enclosure ends where it may do so no longer. */
  readonly positive?: number | undefined
}

/**
 * Why an enclosure ends: at `until`; as its steps shrink away before a singularity; where the field has no bounded
 * value; at a kink that is touched or may be slid along; where `positive` may be so no longer; because it has grown
 * too wide; or after `maxSteps`.
 */
export type EnclosureReason = 'end' | 'blow-up' | 'undefined' | 'kink' | 'rate' | 'wide' | 'steps'

export interface Enclosure {
  /** The clock reached, an exact literal. */
  readonly reached: string
  readonly reason: EnclosureReason
  /** One sentence for the reader: how far it got and why it stopped. */
  readonly detail: string
  readonly steps: number
  readonly bits: number
  /** Encloses every component of the solution at `reached`. */
  readonly state: readonly Interval[]
  /** The sign changes of arguments of `relu` and `step`, in order, each with an enclosure of its clock. */
  readonly kinks: readonly {
    readonly clock: Interval
    /** The operation of the field that is the argument. */
    readonly argument: number
    /** Whether it is positive afterwards. */
    readonly active: boolean
  }[]
}

const SOUND: Slack = { remainder: 1, rounding: 1, spread: 1 }

/** A component wider than this part of it (or of 1) ends an enclosure. */
const WIDE = 2 ** -5
/** Steps this much shorter than the longest one before them have found a singularity. */
const VANISHING = 2 ** -40
/** An enclosure wider than this is the reason why its steps fail. */
const BROAD = 2 ** -12
/** The scale of the steps changes by at most this many powers of two at once. */
const LARGEST_CHANGE = 64

/**
 * An enclosure of the solution of an initial value problem at a later clock.
 *
 * Guarantee: from every point of the enclosure of the start, the solution exists until `reached` (Filippov's, where
 * the field jumps), and its value there lies in `state`; `reached` is `until` exactly if the reason is `end`.
 * Errors: a step adds some units 2^−bits, so the width of the result is absolute, and grows as the flow itself
 * spreads. Steps are those of `flow/leap.ts`, sets those of `flow/frame.ts`, kinks are crossed as in `flow/window.ts`.
 *
 * @param slack for tests only, which show that their checks fail when a bound is dropped.
 * @throws RangeError for an option out of range or an `until` that is not certainly behind the start; Undefined
 * where the start has no value.
 */
export function enclose(
  { field: given, start }: InitialValueProblem,
  options: EncloseOptions,
  slack: Slack = SOUND,
): Enclosure {
  const field = reluOnly(given)
  const { until, bits = 192, maxSteps = 2000, positive } = options
  const { order = Math.ceil((bits * Math.LN2) / 2) } = options
  check('bits', bits, 64, 800)
  check('order', order, 8, 1000)
  check('maxSteps', maxSteps, 0, 1e9)
  const end = parseRatio(until)
  const course: Course = { field, bits, order, slack }
  const turns = turning(field)
  const pieces = new Map<string, SmoothPiece>()
  const pieceOf = (pattern: Pattern): SmoothPiece => {
    const key = [...pattern.values()].map(Number).join('')
    let piece = pieces.get(key)
    if (piece === undefined) pieces.set(key, (piece = smoothPiece(field, pattern)))
    return piece
  }

  const begin = run(start, interval(bits + GUARD_BITS), [])
  const balls = begin.map((x) => ballOf(x, bits))
  const first = startClock(start, begin.at(-1)!, bits, end)
  const { late } = first
  let clock = first.clock
  let frame = box(
    balls.slice(0, -1).map(({ m }) => m),
    balls.slice(0, -1).map(({ r }) => r),
  )
  let steps = 0
  const kinks: Enclosure['kinks'][number][] = []
  const stop = (reason: EnclosureReason): Enclosure => ({
    ...{ reached: printRatio(clock), reason, detail: sentence(reason, clock, end, steps, kinks.length) },
    ...{ steps, bits, state: hullOf(frame, bits), kinks },
  })
  let exponent: number | undefined
  let longest = 0
  let held: ReadonlyMap<number, boolean | undefined> = new Map()
  /** Crosses what is about to change sign. */
  const cross = (near: readonly number[], before: typeof held): 'rate' | boolean => {
    const rest = difference(end, clock)
    const found = crossing(field, turns, frame, near, before, (rest.num << BigInt(bits)) / rest.den, bits)
    if (found === undefined || found.units === 0n) return false
    if (found.changed.some(({ argument }) => argument === positive)) return 'rate'
    const entered = clock
    clock = later(clock, found.units, -bits)
    frame = found.frame
    steps += 1
    const at = fromEndpoints(bits + GUARD_BITS, entered, clock)
    for (const one of found.changed) kinks.push({ clock: at, ...one })
    return true
  }
  try {
    if (late > 0n) {
      const moved = drift(field, frame, late, false, bits)
      if (moved === undefined) return stop('undefined')
      frame = moved.frame
    }
    while (difference(end, clock).num !== 0n) {
      if (steps >= maxSteps) return stop('steps')
      if (widest(frame, bits) > WIDE) return stop('wide')
      const signs = signsOn(field, hullOf(frame, bits), bits)
      const unsure = [...signs].flatMap(([e, sign]) => (sign === undefined ? [e] : []))
      if (positive !== undefined && signs.get(positive) !== true) return stop('rate')
      if (unsure.length > 0) {
        const before = new Map([...signs].map(([e, sign]) => [e, sign ?? held.get(e)]))
        const crossed = cross(unsure, before)
        if (crossed !== true) return stop(crossed || 'kink')
        continue
      }
      held = signs
      const piece = pieceOf(new Map([...signs].map(([e, sign]) => [e, sign!])))
      const rest = difference(end, clock)
      const all = scaleOf(rest)
      exponent = Math.min(all, exponent ?? firstScale(course, piece, frame, all))
      const limit = fraction(rest, exponent, bits)
      const taken = leap(course, piece, frame, exponent, limit)
      if (taken.kind === 'failed') return stop(taken.undefined ? 'undefined' : failure(frame, bits))
      if (taken.kind === 'kink') {
        if (positive !== undefined && taken.arguments.includes(positive)) return stop('rate')
        const crossed = cross(taken.arguments, signs)
        if (crossed !== true) return stop(crossed || 'kink')
        continue
      }
      const natural = 2 ** (exponent + Math.min(0, taken.ratio))
      if (natural < longest * VANISHING) return stop(failure(frame, bits))
      if (taken.kind === 'step') {
        longest = Math.max(longest, natural)
        frame = taken.frame
        clock = taken.landed ? end : later(clock, taken.s, exponent - bits)
        steps += 1
      }
      exponent += Math.max(-LARGEST_CHANGE, Math.min(LARGEST_CHANGE, Math.ceil(taken.ratio + 0.25)))
    }
  } catch (problem) {
    if (problem instanceof Undefined) return stop(widest(frame, bits) > BROAD ? 'wide' : 'undefined')
    throw problem
  }
  return stop('end')
}

function check(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`enclose: expected ${name} from ${least} to ${most}, got ${value}`)
}

/** The exact clock of the first frame, and how many units 2^−bits the start may lie before it. */
function startClock(
  start: Program,
  found: Interval,
  bits: number,
  end: Ratio,
): { clock: Ratio; late: bigint } {
  const op = start.ops[start.outputs.at(-1)!]!
  const { lo, hi } = op[0] === 'const' ? { lo: parseRatio(op[1]), hi: parseRatio(op[1]) } : endpoints(found)
  const { num, den } = difference(hi, lo)
  if (difference(end, hi).num < 0n)
    throw new RangeError(
      `enclose: expected an end after the start, got ${printRatio(end)} < ${Number(hi.num) / Number(hi.den)}`,
    )
  return { clock: hi, late: -((-num << BigInt(bits)) / den) + (num > 0n ? 1n : 0n) }
}

const difference = (a: Ratio, b: Ratio): Ratio => reduce(a.num * b.den - b.num * a.den, a.den * b.den)

/** clock + units·2^exponent. */
function later({ num, den }: Ratio, units: bigint, exponent: number): Ratio {
  const scaled = exponent >= 0 ? 0n : BigInt(-exponent)
  const step = exponent >= 0 ? units << BigInt(exponent) : units
  return reduce((num << scaled) + step * den, den << scaled)
}

/** The least integer n with rest <= 2^n, or one more. */
function scaleOf({ num, den }: Ratio): number {
  return bitLength(num) - bitLength(den) + 1
}

/** rest/2^exponent in units of 2^−bits. */
function fraction({ num, den }: Ratio, exponent: number, bits: number): Ball {
  const shift = bits - exponent
  const scaled = shift >= 0 ? num << BigInt(shift) : num
  const divisor = shift >= 0 ? den : den << BigInt(-shift)
  const m = scaled / divisor
  return { m, r: m * divisor === scaled ? 0 : 1 }
}

/** The largest radius of a component, relative to its size where that exceeds 1. */
function widest(frame: Frame, bits: number): number {
  const unit = 2 ** -bits
  return spread(frame).reduce((most, w, i) => {
    const own = (w * unit) / Math.max(1, Math.abs(Number(frame.center[i]!)) * unit)
    return own <= most ? most : own
  }, 0)
}

/** Why no step of any length was found. */
const failure = (frame: Frame, bits: number): EnclosureReason =>
  widest(frame, bits) > BROAD ? 'wide' : 'blow-up'

const STOPPED: Readonly<Record<Exclude<EnclosureReason, 'end'>, string>> = {
  'blow-up': 'the steps that can be proved shrink away, as before a singularity',
  undefined: 'no bounded value of the field could be proved around the solution',
  kink: 'an argument of relu or step touches 0, or the solution may slide along that kink',
  rate: 'from there on the rate is not certainly positive',
  wide: 'the enclosure has grown too wide; more bits may help',
  steps: 'the most steps allowed were taken',
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`

function sentence(reason: EnclosureReason, clock: Ratio, end: Ratio, steps: number, kinks: number): string {
  const number = ({ num, den }: Ratio): string => {
    const whole = Number(num) / Number(den)
    return Number.isFinite(whole) ? `${whole}` : toDouble({ m: (num << 64n) / den, e: -64 }).toString()
  }
  const course = `after ${count(steps, 'step')} and ${count(kinks, 'kink')}`
  return reason === 'end'
    ? `The solution is enclosed at the clock ${number(clock)}, ${course}.`
    : `The solution is enclosed at the clock ${number(clock)} of ${number(end)}, ${course}: ${STOPPED[reason]}.`
}
