/** The picture of a counterexample: both sides of the violated relation on a line of cases through it. */
import type { Claim } from '../claim/claim.ts'
import { compileRelations } from '../claim/decide.ts'
import { Undefined } from '../number/conventions.ts'
import { float64 } from '../number/float64.ts'
import { rational } from '../number/rational.ts'
import { parseRatio } from '../program/constant.ts'
import { parseFormula } from '../program/formula.ts'
import { text } from '../program/print.ts'
import { run } from '../program/run.ts'
import { lineOf } from './lines.ts'
import { axisAround, DASHED, plot, SOLID, type Line } from './plot.ts'
import type { Refutation } from './record.ts'
import { roundTicks } from './ticks.ts'

const SAMPLES = 96
/** A table has every so many of them. */
const EVERY = 12

/** Both sides along a line of cases, in doubles: a picture, not evidence. */
export interface Sides {
  readonly title: string
  /** What is varied. */
  readonly label: string
  readonly svg: string
  /** The varied number, the left and the right side; for trajectories the time passed before them. */
  readonly rows: readonly (readonly string[])[]
  readonly timed: boolean
  /** Both sides at the counterexample. */
  readonly marked: readonly [number, number]
}

type Numbers = ReadonlyMap<string, number>

/** The inputs of a case in doubles; `undefined` if some cannot be followed. */
function inputsOf({ given }: Claim, json: unknown): Numbers | undefined {
  try {
    const c = given.parse(json)
    const exact = [...given.values(c)].map(([name, e]): [string, number] => [
      name,
      rational.toNumber(parseRatio(e)),
    ])
    if (!given.rough) return new Map(exact)
    const rough = given.rough(c)
    return rough && new Map([...exact, ...rough])
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** The log-loss at the start of the trajectory of a case. */
function startOf(claim: Claim, json: unknown): number | undefined {
  const at = inputsOf(claim, json)
  if (!claim.given.premise || !at) return undefined
  const { program } = compileRelations(claim.given, [parseFormula('s(t_0) >= 0')], claim.given.parse(json))
  return run(
    program,
    float64,
    program.inputs.map((name) => at.get(name)!),
  )[1]
}

/**
 * The left and right side of the violated relation along a line of cases through the counterexample, which is marked.
 * `undefined` if there is no such line, neither side changes along it, or the verdict is numerical.
 */
export function sidesOf(claim: Claim, found: Refutation): Sides | undefined {
  if (claim.given.numerical) return undefined
  const line = lineOf(found, startOf(claim, found.case))
  if (!line) return undefined
  const { from, to } = line.axis
  const { program, relations } = compileRelations(
    claim.given,
    claim.shows,
    claim.given.parse(line.case(line.at)),
  )
  const r = relations.findIndex(
    ({ formula, indices }) =>
      text(claim.shows[formula]!) === found.formula && JSON.stringify(indices) === JSON.stringify(found.at),
  )
  if (r < 0) return undefined
  const n = relations.length
  const sidesAt = (x: number): readonly [number, number, number] | undefined => {
    const at = inputsOf(claim, line.case(x))
    if (!at) return undefined
    try {
      const outputs = run(
        program,
        float64,
        program.inputs.map((name) => at.get(name)!),
      )
      return [outputs[n + r]!, outputs[2 * n + r]!, at.get('t') ?? 0]
    } catch (error) {
      if (error instanceof Undefined) return undefined
      throw error
    }
  }
  const samples = Array.from({ length: SAMPLES + 1 }, (_, i) => from + ((to - from) * i) / SAMPLES)
  const drawn = samples.flatMap((x) => {
    const sides = sidesAt(x)
    return sides ? [[x, ...sides] as const] : []
  })
  const marked = sidesAt(line.at)
  const lines: Line[] = [
    { ...SOLID, name: 'left side', points: drawn.map(([x, y]) => [x, y]) },
    { ...DASHED, name: 'right side', points: drawn.map(([x, , y]) => [x, y]) },
  ]
  if (!marked || drawn.length < 2) return undefined
  if (lines.every(({ points }) => points.every(([, y]) => y === points[0]![1]))) return undefined
  const timed = drawn.some(([, , , t]) => t > 0)
  const row = ([x, left, right, t]: readonly [number, number, number, number]): string[] =>
    [x, ...(timed ? [t] : []), left, right].map(five)
  const svg = plot({
    title: `${claim.id}: counterexample, ${line.title}`,
    x: line.axis,
    xLabel: line.label,
    y: axisAround(
      drawn.flatMap(([, left, right]) => [left, right]),
      roundTicks,
    ),
    yLabel: `sides of ${found.formula}`,
    lines,
    mark: { at: line.at, values: marked.slice(0, 2) },
  })
  const rows = drawn.filter((_, i) => i % EVERY === 0).map(row)
  return { title: line.title, label: line.label, svg, rows, timed, marked: [marked[0], marked[1]] }
}

const five = (x: number): string => `${Number(x.toPrecision(5))}`.replaceAll('-', '−')
