/** Courses: a gradient flow followed twice, in some digits and in more, so that its errors are seen. */
import { run } from '../program/run.ts'
import { interval } from '../number/interval.ts'
import type { ClockedField } from './clock.ts'
import { startOf, valueOn } from './dense.ts'
import { fixed, magnitude } from './fixed.ts'
import type { Reason } from './integrate.ts'
import { exactly, follow, productAbove, type Goal, type Path } from './path.ts'

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
  /** Whether this is the second run, in more digits. */
  readonly again: boolean
}

/** A state with the distances of the two runs, in units of 2^−bits; a component that is 0 in both is 0. */
export interface Compared {
  readonly state: readonly bigint[]
  readonly radii: readonly bigint[]
}

/** A flow that was followed; clock and state are in units of 2^−bits. */
export interface Course extends Compared {
  readonly reason: Reason | 'precision'
  /** One sentence for the reader. */
  readonly detail: string
  readonly steps: number
  /** The sign changes of arguments of `relu` and `step`; `error` is the distance of the two runs, if both saw it. */
  readonly kinks: readonly {
    readonly clock: bigint
    readonly error: bigint | null
    readonly argument: number
    readonly active: boolean
  }[]
  readonly bits: number
  readonly clock: bigint
  /** The clocks where steps begin. */
  readonly clocks: readonly bigint[]
  /** The state at a clock on the way. @throws RangeError for any other clock. */
  at(clock: bigint): Compared
  /** A power of ten above the largest distance of the two runs at the end. */
  readonly errorEstimate: string
}

const MAX_STEPS = 100_000
/** Digits of the second run beyond those of the first. */
const MORE = 10
/** A state is sound while its two runs agree in so many binary digits after the point. */
const SOUND_BITS = 20

/**
 * The flow in a clock up to `until`. The state is that of a run with 10 digits more than asked for; its error is
 * estimated by the distance to a run with as many as asked for, which exceeds it by about 10^10. Where one of the runs
 * stops early, both are read where the shorter one stopped.
 * @throws RangeError unless `digits` is an integer from 16 to 1000 and `until` does not lie before the start.
 */
export function course(own: ClockedField, options: CourseOptions): Course {
  return compared(own, { until: options.until }, options)
}

/**
 * The flow up to a time t >= 0, in the clock τ (`own` has that clock), where nothing underflows: it ends where
 * log t = log q − λ is the given one.
 * @throws RangeError as `course`.
 */
export function courseInTime(own: ClockedField, options: CourseOptions): Course {
  const F = interval(64)
  const start = run(own.start, F, [])
  const loss = F.exp(start[own.field.inputs.indexOf('lambda')]!)
  // L falls, so τ <= L(0) t.
  const most = productAbove(options.until, `${Math.ceil(F.toNumber(loss) * 1.01 * 2 ** 20) + 1}/${2 ** 20}`)
  const none = /^[+-]?0*(\.0*)?([eE].*)?(\/.*)?$/.test(options.until)
  return compared(
    own,
    { ...(none ? { until: '0' } : { until: most, time: options.until }), timed: true },
    options,
  )
}

function compared(own: ClockedField, goal: Goal, options: CourseOptions): Course {
  const { digits, maxSteps = MAX_STEPS, onProgress } = options
  if (!Number.isInteger(digits) || digits < 16 || digits > 1000)
    throw new RangeError(`course: expected 16 to 1000 digits, got ${digits}`)
  const told = (again: boolean) => (clock: string, steps: number) => onProgress?.({ clock, steps, again })
  const first = follow(own, goal, { digits, maxSteps, onProgress: told(false) })
  const second = follow(
    own,
    first.reason === 'end' ? goal : { ...goal, until: exactly(first.clock, first.bits), time: undefined },
    {
      digits: digits + MORE,
      maxSteps: 4 * maxSteps,
      onProgress: told(true),
    },
  )
  const shift = BigInt(second.bits - first.bits)
  const early = second.reason !== 'end'
  // Steps that shrink away before a singularity do so in more digits as well.
  const reach = second.segments.at(-1)
  const passed =
    first.reason === 'singularity' &&
    !early &&
    reach !== undefined &&
    first.ends !== true &&
    magnitude(second.clock - reach.from, second.bits) > -first.bits / 4
  const blurred = {
    reason: 'precision' as const,
    detail: `in ${digits} digits its steps shrink away, in ${digits + MORE} they do not: some quantity has become too small; ask for more digits`,
  }
  const stateOf = ({ segments, state, bits, clock: last }: Path, at: bigint): readonly bigint[] => {
    const segment = segments.find(({ from, to }) => from <= at && at <= to)
    if (at === last || segment === undefined) return state
    return at === segment.from ? startOf(segment) : valueOn(segment, at, bits)
  }
  const compare = (state: readonly bigint[], other: readonly bigint[]): Compared => {
    const gaps = state.map((value, i) => size(value - (other[i]! << shift)))
    const most = gaps.reduce((a, b) => (a > b ? a : b), 1n << shift)
    return { state, radii: state.map((value, i) => (value === 0n && other[i] === 0n ? 0n : most)) }
  }
  // The ends of both are one point, even where τ differs by an error because t is the same.
  const stopped = compare(second.state, early ? stateOf(first, second.clock >> shift) : first.state)
  const at = (time: bigint): Compared => compare(stateOf(second, time), stateOf(first, time >> shift))
  /** Where a run stops early, its last digits may be lost: then it is read at the last step before that. */
  const sound = ({ radii }: Compared): boolean => radii.every((r) => magnitude(r, second.bits) < -SOUND_BITS)
  const goesOn = first.reason === 'end' && !early
  const back =
    goesOn || sound(stopped) ? undefined : second.segments.findLast(({ from }) => sound(at(from)))?.from
  const [clock, end] = back === undefined ? [second.clock, stopped] : [back, at(back)]
  const largest = end.radii.reduce((a, b) => (a > b ? a : b), 1n << shift)
  const F = fixed(second.bits)
  const coarse = fixed(first.bits)
  return {
    ...(passed ? blurred : early ? said(second) : said(first)),
    steps: second.steps,
    kinks: second.kinks.flatMap(({ clock: text, argument, active }, k) => {
      const other = first.kinks[k]
      const [seen, also] = [F.constant(text), other && coarse.constant(other.clock) << shift]
      const same = also !== undefined && other!.argument === argument && other!.active === active
      if (seen > clock) return []
      const error = same ? size(seen - also) + (1n << shift) : null
      return [{ clock: seen, error, argument, active }]
    }),
    ...{ bits: second.bits, clock, at },
    clocks: second.segments.map(({ from }) => from).filter((from) => from < clock),
    ...end,
    errorEstimate: `1e${Math.ceil(magnitude(largest, second.bits) * Math.log10(2))}`,
  }
}

const said = ({ reason, detail }: Path): Pick<Path, 'reason' | 'detail'> => ({ reason, detail })

const size = (a: bigint): bigint => (a < 0n ? -a : a)
