/** Plot: curves over an x-axis with ticks, as an SVG that every machine writes the same. */
import { xml } from './svg.ts'

/** A curve with its place in the legend; one without a name has none. */
export interface Line {
  readonly name: string
  readonly colour: string
  readonly dash: string
  readonly points: readonly (readonly [number, number])[]
}

/** A place on an axis, and what is written there. */
export interface Tick {
  readonly at: number
  readonly text: string
}

/** An axis from end to end. */
export interface Axis {
  readonly from: number
  readonly to: number
  readonly ticks: readonly Tick[]
}

/** What is drawn. */
export interface Plot {
  readonly title: string
  readonly x: Axis
  readonly xLabel: string
  readonly y: Axis
  readonly lines: readonly Line[]
  /** A place on the x-axis that is marked, and the value of each line there. */
  readonly mark?: { readonly at: number; readonly values: readonly number[] }
}

const WIDTH = 560
const HEIGHT = 320
const MARGIN = { left: 64, right: 16, top: 40, bottom: 48 }
const LEGEND_COLUMN = 120
/** The range of the values is extended by this part of it at either end. */
const PAD = 0.06

/** The smallest axis on which some values do not touch the ends. */
export function axisAround(values: readonly number[], ticks: (from: number, to: number) => Tick[]): Axis {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)]
  const pad = PAD * (highest - lowest || Math.abs(highest) || 1)
  const [from, to] = [lowest - pad, highest + pad]
  return { from, to, ticks: ticks(from, to) }
}

/** The plot as an SVG. */
export function plot({ title, x, xLabel, y, lines, mark }: Plot): string {
  const [left, right] = [MARGIN.left, WIDTH - MARGIN.right]
  const [top, bottom] = [MARGIN.top, HEIGHT - MARGIN.bottom]
  const px = (at: number): string => (left + ((at - x.from) / (x.to - x.from)) * (right - left)).toFixed(1)
  const py = (at: number): string => (bottom - ((at - y.from) / (y.to - y.from)) * (bottom - top)).toFixed(1)
  const label = (at: string | number, height: string | number, text: string, more = ''): string =>
    `<text x="${at}" y="${height}" font-size="12" ${more}>${xml(text)}</text>`
  const ticks = Array.from({ length: Math.max(x.ticks.length, y.ticks.length) }, (_, k) => [
    ...x.ticks
      .slice(k, k + 1)
      .map(({ at, text }) => label(px(at), bottom + 18, text, 'text-anchor="middle"')),
    ...y.ticks
      .slice(k, k + 1)
      .flatMap(({ at, text }) => [
        label(left - 8, py(at), text, 'text-anchor="end" dominant-baseline="middle"'),
        `<line x1="${left}" x2="${right}" y1="${py(at)}" y2="${py(at)}" stroke="#ddd"/>`,
      ]),
  ]).flat()
  const paths = lines.map(({ colour, dash, points }) => {
    const path = points.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${px(a)} ${py(b)}`).join(' ')
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`
  })
  const legend = lines.flatMap(({ name, colour, dash }, i) => {
    const start = left + LEGEND_COLUMN * i
    const stroke = `stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"`
    const key = `<line x1="${start}" x2="${start + 28}" y1="28" y2="28" ${stroke}/>`
    return name === '' ? [] : [key + label(start + 34, 32, name)]
  })
  const marked = mark && {
    line: `<line x1="${px(mark.at)}" x2="${px(mark.at)}" y1="${top}" y2="${bottom}" stroke="#999" stroke-dasharray="2 3"/>`,
    dots: mark.values.map(
      (value, i) => `<circle cx="${px(mark.at)}" cy="${py(value)}" r="4" fill="${lines[i]!.colour}"/>`,
    ),
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" role="img" aria-label="${xml(title)}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    label(left, 16, title, 'font-weight="bold"'),
    ...legend,
    ...ticks,
    ...(marked ? [marked.line] : []),
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" fill="none" stroke="#444"/>`,
    ...paths,
    ...(marked ? marked.dots : []),
    label((WIDTH + left) / 2, HEIGHT - 10, xLabel, 'text-anchor="middle"'),
    '</svg>',
    '',
  ].join('\n')
}

/** A number for an axis. */
export const short = (x: number): string => String(Number(x.toPrecision(3)))
