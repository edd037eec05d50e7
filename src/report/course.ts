/** The picture of a long run: an observable of one case against the clock s, on a logarithmic axis. */
import type { DrawnCurve } from '../claim/verdict.ts'
import { axisAround, plot, short, type Tick } from './plot.ts'

/** Positive values that span more than this factor are drawn on a logarithmic axis. */
const WIDE = 100
const MOST_TICKS = 5

const SUPERSCRIPTS: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789-'].map((digit, i) => [digit, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁻'][i]!]),
)
const powerOfTen = (n: number): string => `10${[...`${n}`].map((digit) => SUPERSCRIPTS[digit]).join('')}`

/** Multiples of 1, 2 or 5 times a power of ten between two ends, at most so many. */
export function roundTicks(from: number, to: number): Tick[] {
  const rough = (to - from) / MOST_TICKS
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((m) => m * power).find((size) => size >= rough)!
  const first = Math.ceil(from / step)
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, k) => (first + k) * step).map(
    (at) => ({
      at,
      text: short(at),
    }),
  )
}

/** Whole powers of ten between two logarithms, at most so many. */
function decades(from: number, to: number): Tick[] {
  const every = Math.max(1, Math.ceil((to - from) / MOST_TICKS))
  const first = Math.ceil(from / every)
  return Array.from({ length: Math.floor(to / every) - first + 1 }, (_, k) => (first + k) * every).map(
    (n) => ({ at: n, text: powerOfTen(n) }),
  )
}

/** The curve as an SVG; `undefined` if it has no two points. */
export function coursePlot(id: string, { logarithmic, s, values }: DrawnCurve): string | undefined {
  if (s.length < 2) return undefined
  const positive = values.every((value) => value > 0)
  const wide = !logarithmic && positive && Math.max(...values) > WIDE * Math.min(...values)
  const drawn = wide ? values.map(Math.log10) : values
  const clocks = s.map(Math.log10)
  return plot({
    title: `${id}: ${logarithmic ? 'the logarithm of an observable' : 'an observable'} along one run`,
    x: { from: clocks[0]!, to: clocks.at(-1)!, ticks: decades(clocks[0]!, clocks.at(-1)!) },
    xLabel: 's = log 1/L',
    y: axisAround(drawn, (from, to) => {
      const whole = wide ? decades(from, to) : []
      return whole.length > 1
        ? whole
        : roundTicks(from, to).map(({ at, text }) => ({ at, text: wide ? short(10 ** at) : text }))
    }),
    lines: [{ name: '', colour: '#1b6ca8', dash: '', points: clocks.map((x, i) => [x, drawn[i]!]) }],
  })
}
