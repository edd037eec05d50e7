/** The picture of a counterexample: both sides of the violated relation as the learning rate varies. */
import type { Claim } from '../claim/claim.ts'
import { compileRelations } from '../claim/decide.ts'
import { float64 } from '../number/float64.ts'
import { rational } from '../number/rational.ts'
import { parseRatio } from '../program/constant.ts'
import { text } from '../program/print.ts'
import { run } from '../program/run.ts'
import { axisAround, plot, short, type Line } from './plot.ts'
import type { Refutation } from './record.ts'

const SAMPLES = 96

/**
 * An SVG of the left and right side of the violated relation against η from 0 to three times its value
 * in the counterexample, which is marked. Doubles: a picture, not evidence. `undefined` if neither side
 * depends on η, or an input has no exact value.
 */
export function sidesPlot(claim: Claim, found: Refutation): string | undefined {
  if (claim.given.numerical) return undefined
  const c = claim.given.parse(found.case)
  const { program, relations } = compileRelations(claim.given, claim.shows, c)
  const at = program.inputs.indexOf('eta')
  const r = relations.findIndex(
    ({ formula, indices }) =>
      text(claim.shows[formula]!) === found.formula && JSON.stringify(indices) === JSON.stringify(found.at),
  )
  const values = claim.given.values(c)
  if (r < 0 || at < 0 || program.inputs.some((name) => !values.has(name))) return undefined
  const exact = program.inputs.map((name) => rational.toNumber(parseRatio(values.get(name)!)))
  const eta = exact[at]!
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
  const lines: Line[] = [
    { name: 'left side', colour: '#1b6ca8', dash: '', points: drawn.map(([x, y]) => [x, y]) },
    { name: 'right side', colour: '#b5442e', dash: '6 4', points: drawn.map(([x, , y]) => [x, y]) },
  ]
  if (lines.every(({ points }) => points.every(([, y]) => y === points[0]![1]))) return undefined
  const ends = samples.at(-1)!
  const tick = (at: number): { at: number; text: string } => ({ at, text: short(at) })
  return plot({
    title: `${claim.id} at its counterexample, learning rate varied`,
    x: { from: 0, to: ends, ticks: [0, 1, 2, 3].map((k) => tick((ends * k) / 3)) },
    xLabel: 'learning rate η',
    y: axisAround(
      drawn.flatMap(([, ...both]) => both),
      (low, high) => [0, 1, 2, 3].map((k) => tick(low + ((high - low) * (k + 0.5)) / 4)),
    ),
    lines,
    mark: { at: eta, values: sides(eta) },
  })
}
