/** Engine: a system file followed to its end, by Taylor series, by an enclosure or by the long-run integrator. */
import { clockedField, type Clock, type ClockedField } from '../flow/clock.ts'
import { course, courseInTime, type Compared } from '../flow/course.ts'
import { enclose, type Enclosure } from '../flow/enclose.ts'
import { decimalText } from '../flow/fixed.ts'
import { longRun, type Sample } from '../flow/longrun.ts'
import { kinkPlaces, reader, type KinkPlace, type Reading } from '../flow/reading.ts'
import { wiring } from '../net/architecture.ts'
import { float64 } from '../number/float64.ts'
import { interval, type Interval } from '../number/interval.ts'
import type { NumberField } from '../number/field.ts'
import { parseRatio } from '../program/constant.ts'
import { run } from '../program/run.ts'
import { certain } from '../report/meant.ts'
import type { SystemFile } from './system.ts'

/** A sign change of a pre-activation; its place is `null` where only the rate has a kink. */
export interface FlowKink {
  /** `null` if nothing is known of its error. */
  readonly clock: Interval | null
  readonly place: KinkPlace | null
  readonly active: boolean
}

/** The flow at one value of its clock. */
export interface FlowSample {
  readonly clock: string
  readonly reading: Reading<Interval | null>
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
  readonly end: Reading<Interval | null>
  /** `null` if there is no estimate: then no number is known. */
  readonly errorEstimate: string | null
  /** The way there, if asked for: the steps, and between them enough for a picture. */
  readonly samples: readonly FlowSample[]
}

/** Told how far the flow is. */
export type Report = (line: string) => void

/** How much larger the error of the clock of a kink may be than that of the state. */
const CLOCK_ERROR = 10
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
    readonly clock: Interval | null
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

/** The state at the start as exact as intervals are, so that a zero is one. */
const startOf = (own: ClockedField, F: NumberField<Interval>): Interval[] =>
  run(own.start, F, []).slice(0, -1)

function byTaylor(file: SystemFile, sampled: boolean, report: Report): FlowRun {
  const { flow, clock, until, digits } = file
  // In t the loss underflows; in τ nothing does.
  const inTime = clock === 't'
  const own = clockedField(flow, inTime ? 'tau' : clock)
  const found = (inTime ? courseInTime : course)(own, {
    until,
    digits,
    onProgress: ({ clock: at, steps, again }) =>
      report(
        `${own.clock} = ${at} after ${steps} steps on the way to ${clock} = ${until}${again ? ', again for the error' : ''}`,
      ),
  })
  const { bits, reason, detail, steps, errorEstimate, clocks } = found
  const F = interval(bitsOf(digits))
  const { read } = reader(flow, own)
  const [first, last] = [clocks[0] ?? found.clock, found.clock]
  const lambda = own.field.inputs.indexOf('lambda')
  const readingOf = ({ state, radii }: Compared, time: bigint): Reading<Interval> => {
    const values =
      time === first
        ? startOf(own, F)
        : state.map((m, i): Interval => ({
            lo: { m: m - radii[i]!, e: -bits },
            hi: { m: m + radii[i]!, e: -bits },
          }))
    // What the clock says of itself is exact.
    const ended = reason === 'end' && time === last
    if (ended && clock === 's') values[lambda] = F.neg(F.constant(until))
    const reading = read(F, values)
    return ended && inTime && time !== first ? { ...reading, logTime: F.log(F.constant(until)) } : reading
  }
  /** The clock of the file where that of the field is known. */
  const clockAt = (reading: Reading<Interval>, at: Interval): Interval =>
    !inTime ? at : reading.logTime === null ? F.constant('0') : F.exp(reading.logTime)
  const end = readingOf(found, last)
  const kinks = found.kinks.map(({ clock: at, error, ...kink }) => {
    const ball = { lo: { m: at - (error ?? 0n), e: -bits }, hi: { m: at + (error ?? 0n), e: -bits } }
    return { ...kink, clock: error === null ? null : clockAt(readingOf(found.at(at), at), ball) }
  })
  const text = (time: bigint): string => trimmed(decimalText(time, bits, digits))
  const spelled = (x: Interval): string => certain(x, digits) ?? `${F.toNumber(x)}`
  const reached =
    reason === 'end' ? until : inTime ? spelled(clockAt(end, F.constant(text(last)))) : text(last)
  const parts = Math.max(1, Math.ceil(SAMPLES / Math.max(1, clocks.length)))
  const borders = [...clocks, last]
  const samples = !sampled
    ? []
    : [
        ...clocks.flatMap((from, i) =>
          Array.from({ length: parts }, (_, k): FlowSample => {
            const time = from + ((borders[i + 1]! - from) * BigInt(k)) / BigInt(parts)
            const reading = readingOf(found.at(time), time)
            return { clock: inTime ? spelled(clockAt(reading, F.constant('0'))) : text(time), reading }
          }),
        ),
        { clock: reached, reading: end },
      ]
  return {
    ...{ clock, reached, reason, detail, digits, steps, rigorous: false },
    ...{ kinks: kinksOf(file, own, kinks), end, errorEstimate, samples },
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
  const found = enclose(own, { until, bits: bitsOf(digits), positive: own.rate })
  const F = interval(found.bits)
  return {
    reached: found.reason === 'end' ? until : exactText(found.reached),
    ...{ clock, reason: found.reason, detail: found.detail, digits, steps: found.steps },
    ...{ rigorous: true, kinks: kinksOf(file, own, found.kinks), errorEstimate: null, samples: [] },
    end: reader(flow, own).read(F, found.steps === 0 ? startOf(own, F) : exactClock(file, own, found, F)),
  }
}

/** The state of an enclosure, with log L where the clock s says it. */
function exactClock(
  { clock, until }: SystemFile,
  { field }: ClockedField,
  { state, reason }: Enclosure,
  F: NumberField<Interval>,
): readonly Interval[] {
  if (clock !== 's' || reason !== 'end') return state
  return state.with(field.inputs.indexOf('lambda'), F.neg(F.constant(until)))
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
  const F = interval(DOUBLE_BITS)
  const { read } = reader(flow, own)
  const begin = found.samples[0]!.s
  const readingOf = (sample: Sample): Reading<Interval | null> => {
    if (sample.s === begin) return read(F, startOf(own, F))
    const state = stateOf(file, own, sample)
    return state === undefined ? unknown(read(F, startOf(own, F)), double(-sample.s)) : read(F, state)
  }
  const sampleOf = (sample: Sample): FlowSample => ({ clock: `${sample.s}`, reading: readingOf(sample) })
  const { reached, reason, detail, steps, error } = found
  const largest = error && Math.max(error.weights, error.gaps, error.logTime, ROUNDING)
  const known = largest !== null && Number.isFinite(largest) ? largest : null
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
      clock: known === null ? null : ball(s, CLOCK_ERROR * Math.max(1, Math.abs(s)) * known),
      place: { point, layer, unit },
      active,
    })),
    end: readingOf(found.samples.at(-1)!),
    errorEstimate: known === null ? null : known.toExponential(0),
    samples: sampled ? found.samples.map(sampleOf) : [],
  }
}

/** A reading of which only the clock s is known. */
function unknown({ weights, nodes }: Reading<Interval>, logLoss: Interval): Reading<Interval | null> {
  return {
    ...{ logLoss, logTime: null, lossByTime: null },
    // What is frozen is known as it is given.
    weights: weights.map((w, u) => (nodes.some(({ id }) => id === u + 1) ? w.map(() => null) : w)),
    nodes: nodes.map(({ id, layer }) => ({
      ...{ id, layer, norm: null, gradientNorm: null, cosine: null, share: null },
    })),
  }
}

/** The state of the field in the clock s at a sample, with the estimated errors as radii; `undefined` without these. */
function stateOf(
  { flow: { system } }: SystemFile,
  { field }: ClockedField,
  sample: Sample,
): Interval[] | undefined {
  const F = interval(DOUBLE_BITS)
  const { error } = sample
  if (error === null || ![error.weights, error.gaps, error.logTime].every(Number.isFinite)) return undefined
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
