/** Engine: a system file followed to its end, by Taylor series, by an enclosure or by the long-run integrator. */
import { clockedField, type Clock, type ClockedField } from '../flow/clock.ts'
import { course } from '../flow/course.ts'
import { enclose } from '../flow/enclose.ts'
import { decimalText } from '../flow/fixed.ts'
import { denseOutput } from '../flow/integrate.ts'
import { longRun, type RunError, type Sample } from '../flow/longrun.ts'
import { kinkPlaces, reader, type KinkPlace, type Reading } from '../flow/reading.ts'
import { wiring } from '../net/architecture.ts'
import { float64 } from '../number/float64.ts'
import { interval, type Interval } from '../number/interval.ts'
import type { NumberField } from '../number/field.ts'
import { parseRatio } from '../program/constant.ts'
import type { SystemFile } from './system.ts'

/** A sign change of a pre-activation; its place is `null` where only the rate has a kink. */
export interface FlowKink {
  readonly clock: Interval
  readonly place: KinkPlace | null
  readonly active: boolean
}

/** The flow at one value of its clock. */
export interface FlowSample {
  readonly clock: string
  readonly reading: Reading<Interval>
}

/** A flow that was followed. Intervals enclose (`rigorous`), or have the estimated error as their radius. */
export interface FlowRun {
  readonly clock: Clock
  readonly reached: string
  readonly reason: string
  readonly detail: string
  readonly digits: number
  readonly steps: number
  readonly rigorous: boolean
  readonly kinks: readonly FlowKink[]
  readonly end: Reading<Interval>
  /** `null` if there is no estimate: then the intervals are wide enough for three digits. */
  readonly errorEstimate: string | null
  /** The way there, if asked for: the steps, and between them enough for a picture. */
  readonly samples: readonly FlowSample[]
}

/** Told how far the flow is. */
export type Report = (line: string) => void

/** Digits shown where nothing is known of the error. */
const UNKNOWN = '5e-4'
/** How much larger the error of the clock of a kink may be than that of the state. */
const CLOCK_ERROR = '10'
/** A trajectory has at least this many intervals. */
const SAMPLES = 96

/** Follows the flow of a system file; with its samples on the way if `sampled`. */
export function follow(file: SystemFile, sampled: boolean, report: Report): FlowRun {
  return { taylor: byTaylor, enclosure: byEnclosure, doubles: byDoubles }[file.engine](file, sampled, report)
}

const bitsOf = (digits: number): number => Math.ceil(digits * Math.log2(10)) + 64
const between = (F: NumberField<Interval>, a: Interval, radius: Interval): Interval => ({
  lo: F.sub(a, radius).lo,
  hi: F.add(a, radius).hi,
})

const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

function kinksOf(
  file: SystemFile,
  own: ClockedField,
  kinks: readonly {
    readonly clock: Interval
    readonly argument: number
    readonly active: boolean
  }[],
): FlowKink[] {
  const places = kinkPlaces(file.flow, own)
  return kinks.flatMap(({ clock, argument, active }) => {
    const at = places.get(argument) ?? []
    return (at.length > 0 ? at : [null]).map((place) => ({ clock, place, active }))
  })
}

function byTaylor(file: SystemFile, sampled: boolean, report: Report): FlowRun {
  const { flow, clock, until, digits } = file
  const own = clockedField(flow, clock)
  const found = course(own, {
    until,
    digits,
    onProgress: ({ clock: at, steps, again }) =>
      report(
        `${clock} = ${at} of ${until} after ${steps} steps${again ? ', again for the error estimate' : ''}`,
      ),
  })
  const { bits, reason, detail, steps, errorEstimate, segments } = found
  const F = interval(bitsOf(digits))
  const { read } = reader(flow, own)
  const readingOf = (state: readonly bigint[]): Reading<Interval> => {
    const values = state.map((m): Interval => ({ lo: { m, e: -bits }, hi: { m, e: -bits } }))
    const [one, relative] = [F.constant('1'), errorEstimate === null]
    return read(
      F,
      values.map((v) => {
        const size = F.sign(v) === -1 ? F.neg(v) : v
        return between(F, v, F.mul(F.constant(errorEstimate ?? UNKNOWN), relative ? size : one))
      }),
    )
  }
  const kinks = found.kinks.map(({ clock: time, ...kink }) => ({
    ...kink,
    clock: between(F, F.constant(time), F.mul(F.constant(errorEstimate ?? UNKNOWN), F.constant(CLOCK_ERROR))),
  }))
  const reached = reason === 'end' ? until : trimmed(decimalText(found.clock, bits, digits))
  const whole = { ...found, reached, digits, order: 0, state: [], values: [] }
  const parts = Math.max(1, Math.ceil(SAMPLES / Math.max(1, segments.length)))
  const at = (state: readonly bigint[], time: bigint): FlowSample => ({
    clock: trimmed(decimalText(time, bits, digits)),
    reading: readingOf(state),
  })
  const samples = !sampled
    ? []
    : [
        ...segments.flatMap((segment) =>
          Array.from({ length: parts }, (_, k) => {
            const time = segment.from + ((segment.to - segment.from) * BigInt(k)) / BigInt(parts)
            const one = { ...whole, errorEstimate: '', segments: [segment] }
            return at(denseOutput(one, `${time}/${1n << BigInt(bits)}`), time)
          }),
        ),
        at(found.state, found.clock),
      ]
  return {
    ...{ clock, reached, reason, detail, digits, steps, rigorous: false },
    ...{ kinks: kinksOf(file, own, kinks), end: readingOf(found.state), errorEstimate, samples },
  }
}

/** The literal as a decimal, where it has one: the clock of an enclosure is dyadic. */
function exactText(literal: string): string {
  const { num, den } = parseRatio(literal)
  const bits = den.toString(2).length - 1
  return den === 1n << BigInt(bits) ? trimmed(decimalText(num, bits, bits)) : literal
}

function byEnclosure(file: SystemFile, _: boolean, report: Report): FlowRun {
  const { flow, clock, until, digits } = file
  const own = clockedField(flow, clock)
  report('enclosing')
  const found = enclose(own, { until, bits: bitsOf(digits) })
  const F = interval(found.bits)
  return {
    reached: found.reason === 'end' ? until : exactText(found.reached),
    ...{ clock, reason: found.reason, detail: found.detail, digits, steps: found.steps },
    ...{ rigorous: true, kinks: kinksOf(file, own, found.kinks), errorEstimate: null, samples: [] },
    end: reader(flow, own).read(F, found.state),
  }
}

const DOUBLE_BITS = 128
/** What rounding alone makes uncertain in a double. */
const ROUNDING = 1e-15

function byDoubles(file: SystemFile, sampled: boolean, report: Report): FlowRun {
  const { flow, clock, until, digits } = file
  const { system } = flow
  const number = (text: string): number => float64.constant(text)
  report('a long run in doubles')
  const start = {
    system,
    weights: flow.nodes.map(({ vector }) => vector.map(number)),
    data: flow.data.map((x) => x.map(number)),
  }
  const found = longRun(start, { until: number(until), tolerance: 1e-11 })
  const own = clockedField(flow, clock)
  const { read } = reader(flow, own)
  const sampleOf = (sample: Sample): FlowSample => ({
    clock: `${sample.s}`,
    reading: read(interval(DOUBLE_BITS), stateOf(file, own, sample)),
  })
  const { reached, reason, detail, steps, error } = found
  const largest = error && Math.max(error.weights, error.gaps, error.logTime, ROUNDING)
  return {
    ...{
      clock,
      reached: reason === 'horizon' ? until : `${reached}`,
      detail,
      digits,
      steps,
      rigorous: false,
    },
    reason: reason === 'horizon' ? 'end' : reason,
    kinks: found.kinks.map(({ s, point, layer, unit, active }) => ({
      clock: ball(s, Number(CLOCK_ERROR) * Math.max(1, Math.abs(s)) * (largest ?? Number(UNKNOWN))),
      place: { point, layer, unit },
      active,
    })),
    end: sampleOf(found.samples.at(-1)!).reading,
    errorEstimate: largest === null ? null : largest.toExponential(0),
    samples: sampled ? found.samples.map(sampleOf) : [],
  }
}

/** The state of the field in the clock s at a sample, with the estimated errors as radii. */
function stateOf({ flow: { system } }: SystemFile, { field }: ClockedField, sample: Sample): Interval[] {
  const F = interval(DOUBLE_BITS)
  const unknown: RunError = { weights: Number(UNKNOWN), gaps: Number(UNKNOWN), logTime: Number(UNKNOWN) }
  const error = sample.error ?? unknown
  const known = new Map<string, Interval>([['q', ball(sample.u, sample.u * (error.logTime + ROUNDING))]])
  const lambda = double(-sample.s)
  known.set('lambda', lambda)
  known.set('L', F.exp(lambda))
  const { nodes } = wiring(system.net)
  sample.weights.forEach((w, u) => {
    if (nodes[u]!.frozen) return
    const radius = (error.weights + ROUNDING) * Math.hypot(...w)
    w.forEach((x, i) => known.set(`w_${u + 1}_${i + 1}`, ball(x, radius)))
  })
  const softmax = sample.softmax.values()
  sample.gaps.forEach((gap, i) => {
    const names = field.inputs.filter((name) => name === `p_${i + 1}` || name.startsWith(`p_${i + 1}_`))
    const relative = Math.min(1, error.gaps * Math.max(1, gap) + ROUNDING)
    for (const name of names) {
      const p = softmax.next().value!
      known.set(name, ball(p, p * relative))
    }
  })
  return field.inputs.map((name) => known.get(name)!)
}

/** The numbers within a distance of a double. */
const ball = (x: number, radius: number): Interval =>
  between(interval(DOUBLE_BITS), double(x), double(radius))

const double = (x: number): Interval => interval(DOUBLE_BITS).constant(exactDouble(x))

/** The exact value of a double as a fraction. */
function exactDouble(x: number): string {
  let power = 0
  while (!Number.isInteger(x)) {
    x *= 2
    power++
  }
  return `${BigInt(x)}/${1n << BigInt(power)}`
}
