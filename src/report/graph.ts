/** Graph: which claim uses which, and what each verdict is, as an SVG. */
import type { Claim } from '../claim/claim.ts'
import type { Status } from '../claim/verdict.ts'
import { layered, type Edge, type Layers } from './layers.ts'
import { STATUSES } from './meaning.ts'
import type { Shelf, Shelved } from './shelf.ts'
import { fixed, svgText, xml, type Box } from './svg.ts'

/** Fill and stroke of each verdict; each is also written out, as colours alone do not reach everyone. */
const PAINT: Readonly<Record<Status, readonly [fill: string, stroke: string]>> = {
  proved: ['#d3f0dc', '#1d7a3e'],
  certified: ['#dbe9fb', '#2459a8'],
  supported: ['#e6e0f7', '#5b3fa0'],
  undecided: ['#fdf0c9', '#97710a'],
  vacuous: ['#ececec', '#6b6b6b'],
  contradicted: ['#fde5d2', '#a8490b'],
  refuted: ['#fbdcd9', '#b3261e'],
}
const [WIDTH, HEIGHT, GAP, CHANNEL, MARGIN] = [176, 36, 12, 74, 20]
/** The room that an edge takes where it passes a column. */
const WAYPOINT = 8
const PER_ROW = 4
const GREY = '#8894a2'
const RED = PAINT.refuted[1]
const DASHED = ' stroke-dasharray="5 4"'

/** The dependency graph: from what is used on the left to what uses it on the right. */
export function graph(shelf: Shelf): string {
  const ids = shelf.all.map(({ claim }) => claim.id)
  const edge = (from: Claim, to: Claim): Edge[] =>
    shelf.byId.has(to.id) ? [{ from: from.id, to: to.id }] : []
  const uses = shelf.all.flatMap(({ claim }) => claim.uses.flatMap((used) => edge(claim, used)))
  const amends = shelf.all.flatMap(({ claim }) => (claim.amends ? edge(claim, claim.amends.claim) : []))
  const layers = layered(ids, [...uses, ...amends])
  const at = places(layers, new Set(ids))
  const bottom = Math.max(MARGIN + 30, ...[...at.values()].map(({ y }) => y + HEIGHT))
  const alone = ids.filter((id) => !at.has(id))
  const perRow = Math.max(PER_ROW, layers.columns.length)
  alone.forEach((id, i) =>
    at.set(id, {
      x: MARGIN + (i % perRow) * (WIDTH + GAP),
      y: bottom + 44 + Math.floor(i / perRow) * (HEIGHT + GAP),
    }),
  )
  const width = Math.max(600, ...[...at.values()].map(({ x }) => x + WIDTH)) + MARGIN
  const height = Math.max(bottom, ...[...at.values()].map(({ y }) => y + HEIGHT)) + MARGIN
  const draw = (stroke: string, dash: string) => (one: Edge) =>
    curve(
      layers.route(one).map((name) => at.get(name)!),
      stroke,
      dash,
    )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${fixed(width)}" height="${fixed(height)}" viewBox="0 0 ${fixed(width)} ${fixed(height)}" role="img">`,
    '<title>Which claim uses which, with the verdict of each</title>',
    `<rect width="${fixed(width)}" height="${fixed(height)}" fill="#ffffff"/>`,
    ...legend(shelf, amends.length > 0),
    ...uses.map(draw(GREY, '')),
    ...amends.map(draw(RED, DASHED)),
    ...(alone.length > 0
      ? [svgText('Without dependencies', { x: MARGIN, y: bottom + 34 }, { weight: 'bold' })]
      : []),
    ...shelf.all.map((shelved) => node(shelved, at.get(shelved.claim.id)!)),
    '</svg>',
    '',
  ].join('\n')
}

/** The upper left corner of each node, and the start of each waypoint, every column centred. */
function places({ columns }: Layers, nodes: ReadonlySet<string>): Map<string, Box> {
  const size = (name: string): number => (nodes.has(name) ? HEIGHT : WAYPOINT) + GAP
  const heights = columns.map((column) => column.reduce((total, name) => total + size(name), 0))
  const tallest = Math.max(0, ...heights)
  return new Map(
    columns.flatMap((column, d) => {
      let y = MARGIN + 30 + (tallest - heights[d]!) / 2
      return column.map((name): [string, Box] => {
        const corner = {
          x: MARGIN + d * (WIDTH + CHANNEL),
          y: nodes.has(name) ? y : y + (WAYPOINT - HEIGHT) / 2,
        }
        y += size(name)
        return [name, corner]
      })
    }),
  )
}

function node({ claim, entry }: Shelved, { x, y }: Box): string {
  const [fill, stroke] = PAINT[entry.verdict]
  const middle = x + WIDTH / 2
  return [
    `<g><title>${xml(`${claim.id}: ${entry.verdict}`)}</title>`,
    `<rect x="${fixed(x)}" y="${fixed(y)}" width="${WIDTH}" height="${HEIGHT}" rx="6" fill="${fill}" stroke="${stroke}"/>`,
    svgText(claim.id, { x: middle, y: y + 15 }, { anchor: 'middle', size: 12, weight: 'bold' }),
    `${svgText(entry.verdict, { x: middle, y: y + 29 }, { anchor: 'middle', size: 11, fill: stroke })}</g>`,
  ].join('\n')
}

/** A curve from the right side of what is used, straight past waypoints, to the left side of what uses it. */
function curve(corners: readonly Box[], stroke: string, dash: string): string {
  const middle = ({ y }: Box): string => fixed(y + HEIGHT / 2)
  const bend = CHANNEL * 0.6
  const steps = corners.slice(1).map((corner, i) => {
    const before = corners[i]!
    const from = before.x + WIDTH
    const through = i < corners.length - 2 ? ` H${fixed(corner.x + WIDTH)}` : ''
    return `C${fixed(from + bend)},${middle(before)} ${fixed(corner.x - bend)},${middle(corner)} ${fixed(corner.x)},${middle(corner)}${through}`
  })
  const start = `M${fixed(corners[0]!.x + WIDTH)},${middle(corners[0]!)}`
  return `<path d="${start} ${steps.join(' ')}" fill="none" stroke="${stroke}"${dash}/>`
}

function legend(shelf: Shelf, amended: boolean): string[] {
  const present = STATUSES.filter((status) => shelf.all.some(({ entry }) => entry.verdict === status))
  const keys = present.map((status, i) => {
    const [fill, stroke] = PAINT[status]
    const x = MARGIN + i * 100
    return [
      `<rect x="${x}" y="${MARGIN - 6}" width="14" height="14" rx="3" fill="${fill}" stroke="${stroke}"/>`,
      svgText(status, { x: x + 20, y: MARGIN + 5 }),
    ].join('\n')
  })
  const x = MARGIN + present.length * 100
  const line = (at: number, dash: string, stroke: string): string =>
    `<path d="M${at},${MARGIN + 1} h28" stroke="${stroke}"${dash}/>`
  return [
    ...keys,
    line(x, '', GREY),
    svgText('uses', { x: x + 34, y: MARGIN + 5 }),
    ...(amended ? [line(x + 80, DASHED, RED), svgText('amends', { x: x + 114, y: MARGIN + 5 })] : []),
  ]
}
