/** The picture of a counterexample: both sides of the violated relation as the learning rate varies. */
import type { Claim } from '../claim/claim.ts'
import { compileRelations } from '../claim/decide.ts'
import { float64 } from '../number/float64.ts'
import { rational } from '../number/rational.ts'
import { parseRatio } from '../program/constant.ts'
import { text } from '../program/print.ts'
import { run } from '../program/run.ts'
import type { Refutation } from './record.ts'

const WIDTH = 560
const HEIGHT = 320
const MARGIN = { left: 64, right: 16, top: 40, bottom: 48 }
const SAMPLES = 96

interface Curve {
  readonly name: string
  readonly colour: string
  readonly dash: string
  readonly points: readonly (readonly [number, number])[]
}

/**
 * An SVG of the left and right side of the violated relation against η from 0 to three times its value
 * in the counterexample, which is marked. Doubles: a picture, not evidence. `undefined` if neither side
 * depends on η.
 */
export function sidesPlot(claim: Claim, found: Refutation): string | undefined {
  const c = claim.given.parse(found.case)
  const { program, relations } = compileRelations(claim.given, claim.shows, c)
  const at = program.inputs.indexOf('eta')
  const r = relations.findIndex(
    ({ formula, indices }) =>
      text(claim.shows[formula]!) === found.formula && JSON.stringify(indices) === JSON.stringify(found.at),
  )
  const values = claim.given.values(c)
  const exact = program.inputs.map((name) => rational.toNumber(parseRatio(values.get(name)!)))
  const eta = exact[at]
  if (r < 0 || eta === undefined) return undefined
  const n = relations.length
  const sides = (step: number): readonly [number, number] => {
    const outputs = run(
      program,
      float64,
      exact.map((value, i) => (i === at ? step : value)),
    )
    return [outputs[n + r]!, outputs[2 * n + r]!]
  }
  const samples = Array.from({ length: SAMPLES + 1 }, (_, i) => (3 * eta * i) / SAMPLES)
  const drawn = samples.map((step) => [step, ...sides(step)] as const)
  const curves: Curve[] = [
    { name: 'left side', colour: '#1b6ca8', dash: '', points: drawn.map(([x, y]) => [x, y]) },
    { name: 'right side', colour: '#b5442e', dash: '6 4', points: drawn.map(([x, , y]) => [x, y]) },
  ]
  const moving = curves.some(({ points }) => points.some(([, y]) => y !== points[0]![1]))
  return moving
    ? plot(`${claim.id} at its counterexample, learning rate varied`, curves, eta, sides(eta))
    : undefined
}

function plot(title: string, curves: readonly Curve[], eta: number, marked: readonly number[]): string {
  const all = curves.flatMap(({ points }) => points)
  const [lowest, highest] = [Math.min(...all.map(([, y]) => y)), Math.max(...all.map(([, y]) => y))]
  const pad = 0.06 * (highest - lowest)
  const [low, high] = [lowest - pad, highest + pad]
  const right = all.at(-1)![0]
  const px = (x: number): string =>
    (MARGIN.left + (x / right) * (WIDTH - MARGIN.left - MARGIN.right)).toFixed(1)
  const py = (y: number): string =>
    (HEIGHT - MARGIN.bottom - ((y - low) / (high - low)) * (HEIGHT - MARGIN.top - MARGIN.bottom)).toFixed(1)
  const label = (x: string | number, y: string | number, text: string, more = ''): string =>
    `<text x="${x}" y="${y}" font-size="12" ${more}>${text}</text>`
  const ticks = [0, 1, 2, 3].map((k) => {
    const [x, y] = [(right * k) / 3, low + ((high - low) * (k + 0.5)) / 4]
    return [
      label(px(x), HEIGHT - MARGIN.bottom + 18, round(x), 'text-anchor="middle"'),
      label(MARGIN.left - 8, py(y), round(y), 'text-anchor="end" dominant-baseline="middle"'),
      `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${py(y)}" y2="${py(y)}" stroke="#ddd"/>`,
    ].join('\n')
  })
  const lines = curves.map(({ colour, dash, points }) => {
    const path = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${px(x)} ${py(y)}`).join(' ')
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`
  })
  const dots = marked.map(
    (y, i) => `<circle cx="${px(eta)}" cy="${py(y)}" r="4" fill="${curves[i]!.colour}"/>`,
  )
  const legend = curves.map(
    ({ name, colour, dash }, i) =>
      `<line x1="${MARGIN.left + 120 * i}" x2="${MARGIN.left + 120 * i + 28}" y1="28" y2="28" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>` +
      label(MARGIN.left + 120 * i + 34, 32, name),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" role="img" aria-label="${title}">
<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>
${label(MARGIN.left, 16, title, 'font-weight="bold"')}
${legend.join('\n')}
${ticks.join('\n')}
<line x1="${px(eta)}" x2="${px(eta)}" y1="${MARGIN.top}" y2="${HEIGHT - MARGIN.bottom}" stroke="#999" stroke-dasharray="2 3"/>
<rect x="${MARGIN.left}" y="${MARGIN.top}" width="${WIDTH - MARGIN.left - MARGIN.right}" height="${HEIGHT - MARGIN.top - MARGIN.bottom}" fill="none" stroke="#444"/>
${lines.join('\n')}
${dots.join('\n')}
${label((WIDTH + MARGIN.left) / 2, HEIGHT - 10, 'learning rate η', 'text-anchor="middle"')}
</svg>
`
}

const round = (x: number): string => String(Number(x.toPrecision(3)))
