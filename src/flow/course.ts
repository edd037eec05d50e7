/** Courses: a gradient flow followed slice by slice, so that its progress shows and the end of loss time is seen. */
import { trace, type Program } from '../program/program.ts'
import type { ClockedField } from './clock.ts'
import { decimalText, fixed, magnitude } from './fixed.ts'
import { denseOutput, integrate, type Kink, type Reason, type Segment, type Solution } from './integrate.ts'
import { switches } from './jet.ts'
import { patternAt } from './kinks.ts'

/** How to follow a flow. */
export interface CourseOptions {
  /** The clock to stop at, an exact literal. */
  readonly until: string
  /** Digits after the point that are aimed at, 16 to 1000. */
  readonly digits: number
  /** At most this many steps (default 100 000). */
  readonly maxSteps?: number
  /** Told of every slice. */
  onProgress?(at: Progress): void
}

/** How far a course is. */
export interface Progress {
  /** The clock, rounded for readers. */
  readonly clock: string
  readonly steps: number
  /** Whether this is the second run, which estimates the error. */
  readonly again: boolean
}

/** A flow that was followed; clock and state are in units of 2^−bits. */
export interface Course {
  readonly reason: Reason
  /** One sentence for the reader. */
  readonly detail: string
  readonly steps: number
  readonly kinks: readonly Kink[]
  readonly bits: number
  readonly clock: bigint
  readonly state: readonly bigint[]
  /** The Taylor polynomials of all steps. */
  readonly segments: readonly Segment[]
  /** As in a `Solution`; `null` if the second run did not come as far. */
  readonly errorEstimate: string | null
}

type Path = Omit<Course, 'errorEstimate'>

const MAX_STEPS = 100_000
/** A slice has this many steps in 50 digits, and fewer in more. */
const SLICE = 16
/** Loss time is seen to end once t > e^1000 and what is left of it is this many times too short. */
const LATE = 1000
const SHORT = 20
/**
 * After so many steps per digit a pace that keeps falling, and needs this many more steps, is hopeless: a geometric
 * approach to a singularity, or a passage close to one, takes fewer.
 */
const STEPS_PER_DIGIT = 20
const HOPELESS = 1e6
/** The least digits of `integrate`: below twice as many the second run has more digits than the first, not fewer. */
const LEAST = 16
/** Two solutions that agree to fewer digits say nothing about a more precise one. */
const LEAST_DIGITS = 3

/**
 * The flow in a clock up to `until`, by `integrate`, from slice to slice. In the clock τ it also stops, as at a
 * singularity, where τ is about to end: if L·t decays like (log t)^−a with a > 1, as it does for EWN and for nets
 * of order above 2, then ∫L dt converges and about L·t·log t of it is left; if that is far less than what `until`
 * asks for, no number of steps gets there. In any clock it gives up once steps have shrunk beyond hope. Heuristics,
 * like the error estimate.
 * @throws RangeError as `integrate`.
 */
export function course(own: ClockedField, options: CourseOptions): Course {
  const { until, digits } = options
  const found = path(own, until, digits, options, false)
  // Beside a kink on which the flow slides the second run may stop a little earlier.
  const early = found.reason === 'sliding' || found.reason === 'undefined'
  const last = found.segments.at(-1)
  const [at, state] =
    early && last ? [last.from, last.state.map((series) => series[0]!)] : [found.clock, found.state]
  const others = digits < 2 * LEAST ? digits + LEAST : Math.round(digits / 2)
  const other = path(own, found.reason === 'end' ? until : exact(at, found.bits), others, options, true)
  if (other.reason !== 'end') return { ...found, errorEstimate: null }
  const bits = Math.min(found.bits, other.bits)
  const gap = state
    .map((value, i) => (value >> BigInt(found.bits - bits)) - (other.state[i]! >> BigInt(other.bits - bits)))
    .reduce((most, d) => (d > most ? d : -d > most ? -d : most), 1n)
  const power = Math.ceil(magnitude(gap, bits) * Math.log10(2))
  const scaled = others < digits && power <= -LEAST_DIGITS ? power - digits + others : power
  return { ...found, errorEstimate: `1e${scaled}` }
}

/** The literal a/2^bits. */
const exact = (a: bigint, bits: number): string => `${a}/${1n << BigInt(bits)}`.replace(/^(-?\d+)\/1$/, '$1')

function path(
  own: ClockedField,
  until: string,
  digits: number,
  { maxSteps = MAX_STEPS, onProgress }: CourseOptions,
  again: boolean,
): Path {
  const slice = Math.max(1, Math.round((SLICE * 50) / digits))
  const segments: Segment[] = []
  const kinks: Kink[] = []
  const clocks: bigint[] = []
  let steps = 0
  let start = own.start
  for (;;) {
    const room = Math.min(slice, maxSteps - steps)
    const part = integrate(
      { field: own.field, start },
      { until, digits, dense: true, estimate: false, maxSteps: room },
    )
    const { bits, values } = part
    const before = segments.at(-1)
    const border = before?.to ?? part.segments[0]?.from ?? fixed(bits).constant(part.reached)
    if (before !== undefined) kinks.push(...crossed(own.field, { ...part, segments: [before] }, part, border))
    kinks.push(...part.kinks)
    segments.push(...part.segments)
    steps += part.steps
    const clock = segments.at(-1)?.to ?? border
    const here = { steps, kinks, bits, clock, state: values, segments }
    const reached = decimalText(clock, bits, 6)
    if (part.reason !== 'steps')
      return { ...here, reason: part.reason, detail: detailOf(part.reason, own, reached) }
    if (steps >= maxSteps)
      return { ...here, reason: 'steps', detail: `${maxSteps} steps did not reach ${own.clock} = ${until}` }
    const end = endOfLossTime(own, part, clock, until)
    if (end !== undefined) return { ...here, reason: 'singularity', detail: end }
    clocks.push(clock)
    if (steps >= STEPS_PER_DIGIT * digits && hopeless(clocks, fixed(bits).constant(until), slice))
      return {
        ...here,
        reason: 'steps',
        detail: `its steps keep shrinking: at their pace more than ${HOPELESS} are left to ${own.clock} = ${until}`,
      }
    onProgress?.({ clock: reached, steps, again })
    start = trace([], (F) => [...values, clock].map((value) => F.constant(exact(value, bits))))
  }
}

/** Whether no slice advanced less than the last one, half of them four times as much, and 10^6 steps are left. */
function hopeless(clocks: readonly bigint[], end: bigint, slice: number): boolean {
  const advances = clocks.slice(1).map((clock, k) => clock - clocks[k]!)
  const last = advances.at(-1)!
  const falls = advances.every((advance) => advance >= last) && 4n * last < advances[advances.length >> 1]!
  return falls && (end - clocks.at(-1)!) * BigInt(slice) > last * BigInt(HOPELESS)
}

const detailOf = (reason: Reason, { clock }: ClockedField, reached: string): string =>
  ({
    end: 'it came to the end',
    singularity: `its steps shrank away before a singularity near ${clock} = ${reached}`,
    undefined: `the field has no value near ${clock} = ${reached}`,
    sliding: `it slides along a kink from ${clock} = ${reached}: both sides push onto it`,
    steps: '',
  })[reason]

/** The kinks at the border of two slices, where neither records them. */
function crossed(field: Program, before: Solution, after: Solution, border: bigint): Kink[] {
  const next = after.segments[0]
  if (next === undefined || switches(field).length === 0) return []
  const sides = [before, { ...after, segments: [next] }].map((one) => {
    const { from, to } = one.segments[0]!
    return patternAt(field, denseOutput(one, exact(from + to, one.bits + 1)), one.bits)
  })
  const clock = decimalText(border, after.bits, after.digits)
  return [...sides[1]!].flatMap(([argument, active]) =>
    sides[0]!.get(argument) === active ? [] : [{ clock, argument, active }],
  )
}

/** The sentence that loss time ends before `until`, if it does. */
function endOfLossTime(
  own: ClockedField,
  { values, bits }: Solution,
  clock: bigint,
  until: string,
): string | undefined {
  if (own.clock !== 'tau') return undefined
  const F = fixed(bits)
  const q = F.toNumber(values[own.field.inputs.indexOf('q')]!)
  const lambda = F.toNumber(values[own.field.inputs.indexOf('lambda')]!)
  const logTime = Math.log(q) - lambda
  const left = q * logTime
  if (!(logTime > LATE && SHORT * left < F.toNumber(F.constant(until) - clock))) return undefined
  const end = (F.toNumber(clock) + left).toPrecision(5)
  return `loss time ends near tau = ${end}, as log t goes to infinity; the clock "s" goes on from there`
}
