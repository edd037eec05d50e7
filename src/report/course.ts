/** The picture of a long run: an observable of one case against its clock, which is on a logarithmic axis. */
import type { DrawnCurve } from '../claim/verdict.ts'
import { axisAround, DASHED, plot, SOLID, type Line } from './plot.ts'
import { logTicks, roundTicks, tickText } from './ticks.ts'

/** Positive values that span more than this factor are drawn on a logarithmic axis. */
const WIDE = 100

/** A picture, and what it shows. */
export interface Course {
  readonly svg: string
  /** The observable, or its logarithm; the clock; and what is drawn beside it, dashed. */
  readonly observable: string
  readonly clock: string
  readonly beside?: string
}

/** What of a curve is drawn, by name; `undefined` if it has no two points. */
export function courseOf(id: string, curve: DrawnCurve): Course | undefined {
  const { logarithmic, clock = 's = log 1/L' } = curve
  // A logarithmic axis has no place for a clock at 0 or before.
  const from = curve.s.findLastIndex((at) => !(at > 0)) + 1
  const [s, values] = [curve.s.slice(from), curve.values.slice(from)]
  const against = curve.against && { ...curve.against, values: curve.against.values.slice(from) }
  if (s.length < 2) return undefined
  const wide = !logarithmic && isPositive(values) && Math.max(...values) > WIDE * Math.min(...values)
  const shown = (numbers: readonly number[]): readonly number[] => (wide ? numbers.map(Math.log10) : numbers)
  const named = (name: string): string => (logarithmic ? `log |${name}|` : name)
  const observable = named(curve.observable ?? 'an observable')
  // No power of ten is as low as 0.
  const other = against && (!wide || isPositive(against.values)) ? against : undefined
  const clocks = s.map(Math.log10)
  const line = (name: string, numbers: readonly number[], style: typeof SOLID): Line => ({
    ...{ ...style, name, points: clocks.map((x, i) => [x, shown(numbers)[i]!]) },
  })
  const beside = other && (logarithmic ? named(other.observable) : sideName(other))
  const svg = plot({
    title: `${id}: one run`,
    x: { from: clocks[0]!, to: clocks.at(-1)!, ticks: logTicks(clocks[0]!, clocks.at(-1)!) },
    xLabel: clock,
    y: axisAround(shown([...values, ...(other?.values ?? [])]), wide ? logTicks : roundTicks),
    yLabel: observable,
    lines: [
      line(other ? observable : '', values, SOLID),
      ...(other ? [line(beside!, other.values, DASHED)] : []),
    ],
  })
  return { ...{ svg, observable, clock }, ...(beside !== undefined && { beside }) }
}

const isPositive = (values: readonly number[]): boolean => values.every((value) => value > 0)
const isConstant = (values: readonly number[]): boolean => values.every((value) => value === values[0])

/** What an observable is compared with: a formula, and its number if it has one. */
function sideName({ observable, values }: NonNullable<DrawnCurve['against']>): string {
  const number = tickText(values[0]!)
  return isConstant(values) && observable !== number ? `${observable} ≈ ${number}` : observable
}
