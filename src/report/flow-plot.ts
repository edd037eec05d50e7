/** The picture of a flow: norms, cosines and L·t·(log t)² against log t. */
import { svgText, xml } from './svg.ts'
import { roundTicks } from './ticks.ts'

/** The flow at one time t > 0; `null` where a number does not exist. */
export interface FlowPoint {
  readonly logTime: number
  /** ‖w_u‖ of each node. */
  readonly norms: readonly (number | null)[]
  /** cos(w_u, −∇_{w_u}L) of each node. */
  readonly cosines: readonly (number | null)[]
  /** L·t·(log t)². */
  readonly product: number | null
}

const WIDTH = 640
const PANEL = 200
const GAP = 44
const MARGIN = { left: 72, right: 104, top: 48, bottom: 44 }
const HEIGHT = MARGIN.top + 3 * PANEL + 2 * GAP + MARGIN.bottom
const COLOURS = ['#1b6ca8', '#b5442e', '#3d8b40', '#8e5ea2', '#b8860b', '#2a9d8f', '#7a4b2b', '#d1477a']
/** More names than this would not fit beside a panel. */
const NAMES = 12

type Curve = readonly (readonly [number, number])[]

/** An SVG of three panels that share the axis log t; nodes are named by their ids. Doubles: a picture, not evidence. */
export function flowPlot(title: string, ids: readonly number[], points: readonly FlowPoint[]): string {
  const times = points.map(({ logTime }) => logTime)
  const curve = (value: (point: FlowPoint) => number | null | undefined): Curve =>
    points.flatMap((point): [number, number][] => {
      const y = value(point)
      return y === null || y === undefined || !Number.isFinite(y) ? [] : [[point.logTime, y]]
    })
  const panels: [string, readonly Curve[]][] = [
    ['norms ‖w_u‖', ids.map((_, k) => curve(({ norms }) => norms[k]))],
    ['cosines of w_u with −∇L', ids.map((_, k) => curve(({ cosines }) => cosines[k]))],
    ['L·t·(log t)²', [curve(({ product }) => product)]],
  ]
  const span = range(times)
  const right = WIDTH - MARGIN.right
  const px = scale(span, MARGIN.left, right)
  const bottom = HEIGHT - MARGIN.bottom
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" role="img" aria-label="${xml(title)}">
<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>
${svgText(title, { x: MARGIN.left, y: 20 }, { weight: 'bold' })}
${panels.map(([name, curves], k) => panel(name, curves, MARGIN.top + k * (PANEL + GAP), px, right)).join('\n')}
${legend(ids, right + 12)}
${roundTicks(...span)
  .map((x) => svgText(x.text, { x: px(x.at), y: bottom + 16 }, { anchor: 'middle', size: 11 }))
  .join('\n')}
${svgText('log t', { x: (MARGIN.left + right) / 2, y: bottom + 34 }, { anchor: 'middle' })}
</svg>
`
}

function panel(
  name: string,
  curves: readonly Curve[],
  top: number,
  px: (x: number) => number,
  right: number,
): string {
  const all = curves.flat().map(([, y]) => y)
  const [lowest, highest] = range(all)
  const pad = 0.06 * (highest - lowest)
  const [low, high] = [lowest - pad, highest + pad]
  const py = scale([low, high], top + PANEL, top)
  const grid = roundTicks(low, high).map(
    ({ at: y, text }) =>
      `<line x1="${MARGIN.left}" x2="${right}" y1="${at(py(y))}" y2="${at(py(y))}" stroke="#ddd"/>
<text x="${MARGIN.left - 8}" y="${at(py(y) + 4)}" font-size="11" text-anchor="end">${text}</text>`,
  )
  const lines = curves.flatMap((points, k) => {
    if (points.length === 0) return []
    const path = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${at(px(x))} ${at(py(y))}`).join(' ')
    const colour = COLOURS[k % COLOURS.length]!
    const dash = k < COLOURS.length ? '' : ' stroke-dasharray="5 3"'
    return [`<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.6"${dash}/>`]
  })
  return [
    svgText(name, { x: MARGIN.left, y: top - 8 }),
    ...grid,
    `<rect x="${MARGIN.left}" y="${top}" width="${right - MARGIN.left}" height="${PANEL}" fill="none" stroke="#444"/>`,
    ...lines,
  ].join('\n')
}

/** The names of the nodes beside the first panel. */
function legend(ids: readonly number[], x: number): string {
  return ids
    .slice(0, NAMES)
    .map((id, k) => {
      const y = MARGIN.top + 8 + 16 * k
      const last = k === NAMES - 1 && ids.length > NAMES
      const text = last ? `… ${ids.length - k} more` : `node ${id}`
      const line = `<line x1="${x}" x2="${x + 18}" y1="${y}" y2="${y}" stroke="${COLOURS[k % COLOURS.length]!}" stroke-width="2"/>\n`
      return (last ? '' : line) + svgText(text, { x: x + 24, y: y + 4 }, { size: 11 })
    })
    .join('\n')
}

function range(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const least = 1e-9 * Math.max(1, Math.abs(low))
  return high - low > least ? [low, high] : [low - Math.max(least, 0.5), high + Math.max(least, 0.5)]
}

const scale =
  ([low, high]: readonly [number, number], from: number, to: number) =>
  (value: number): number =>
    from + ((value - low) / (high - low)) * (to - from)

const at = (x: number): string => x.toFixed(1)
