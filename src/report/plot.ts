/** Plot: curves over two axes that name their quantities, as an SVG that every machine writes the same. */
import { xml } from './svg.ts'
import type { Tick } from './ticks.ts'
import { shorten, width } from './width.ts'

/** A curve with its place in the legend; one without a name has none. */
export interface Line {
  readonly name: string
  readonly colour: string
  readonly dash: string
  readonly points: readonly (readonly [number, number])[]
}

/** The first curve of a plot is solid, what it is compared with dashed. */
export const SOLID = { colour: '#1b6ca8', dash: '' }
export const DASHED = { colour: '#b5442e', dash: '6 4' }

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
  /** What the axes show. */
  readonly xLabel: string
  readonly y: Axis
  readonly yLabel: string
  readonly lines: readonly Line[]
  /** A place on the x-axis with a vertical line, and a dot on each curve. */
  readonly mark?: { readonly at: number; readonly values: readonly number[] }
}

const WIDTH = 560
const HEIGHT = 320
const MARGIN = { left: 92, right: 16, top: 40, bottom: 48 }
/** How wide a character of 12 pixels is, about: where the next name of the legend starts. */
const CHARACTER = 6.8
const KEY = 34
/** So many characters fit beside an axis, over the plot, and in each of two names of the legend. */
const LONGEST = { yLabel: 36, title: 66, name: 30 }
/** The range of the values is extended by this part of it at either end. */
const PAD = 0.06
/** Values that differ by less than this part of their size are drawn as one. */
const STILL = 1e-6

/** The smallest axis on which some values do not touch the ends. */
export function axisAround(values: readonly number[], ticks: (from: number, to: number) => Tick[]): Axis {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)]
  const size = Math.max(Math.abs(lowest), Math.abs(highest))
  const spread = highest - lowest
  const pad = PAD * (spread > STILL * size ? spread : size || 1)
  const [from, to] = [lowest - pad, highest + pad]
  return { from, to, ticks: ticks(from, to) }
}

/** The plot as an SVG. */
export function plot({ title, x, xLabel, y, yLabel, lines, mark }: Plot): string {
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
  let start = left
  const legend = lines.flatMap(({ name, colour, dash }) => {
    if (name === '') return []
    const shown = shorten(name, LONGEST.name)
    const at = start
    start += KEY + Math.ceil(CHARACTER * width(shown)) + 16
    const stroke = `stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"`
    return [`<line x1="${at}" x2="${at + 28}" y1="28" y2="28" ${stroke}/>${label(at + KEY, 32, shown)}`]
  })
  const marked = mark && {
    line: `<line x1="${px(mark.at)}" x2="${px(mark.at)}" y1="${top}" y2="${bottom}" stroke="#999" stroke-dasharray="2 3"/>`,
    dots: mark.values.map(
      (value, i) => `<circle cx="${px(mark.at)}" cy="${py(value)}" r="4" fill="${lines[i]!.colour}"/>`,
    ),
  }
  const middle = (top + bottom) / 2
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" role="img" aria-label="${xml(title)}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    label(left, 16, shorten(title, LONGEST.title), 'font-weight="bold"'),
    ...legend,
    ...ticks,
    ...(marked ? [marked.line] : []),
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" fill="none" stroke="#444"/>`,
    ...paths,
    ...(marked ? marked.dots : []),
    label((left + right) / 2, HEIGHT - 10, xLabel, 'text-anchor="middle"'),
    label(
      16,
      middle,
      shorten(yLabel, LONGEST.yLabel),
      `text-anchor="middle" transform="rotate(-90 16 ${middle})"`,
    ),
    '</svg>',
    '',
  ].join('\n')
}
