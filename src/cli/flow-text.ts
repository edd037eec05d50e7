/** Flow text: a flow that was followed as JSON, CSV, a picture or a summary. */
import { flowPlot } from '../report/flow-plot.ts'
import { prettyJson } from '../report/json.ts'
import { bounds, certain } from '../report/meant.ts'
import { align } from '../report/table.ts'
import { describe, wiring } from '../net/architecture.ts'
import { interval, type Interval } from '../number/interval.ts'
import type { Reading } from '../flow/reading.ts'
import type { FlowRun } from './engine.ts'
import type { SystemFile } from './system.ts'

/** How a result is printed. */
export type Format = 'summary' | 'json' | 'csv' | 'svg'

/** A result as text, with its line end, and the reason that it states. */
export interface FlowText {
  readonly text: string
  readonly reason: string
}

/**
 * The text of a result. A number whose error exceeds a tenth of it, and a tenth of the largest entry of its vector
 * (for cosines: of 1), is left out; a run that came to its end with such numbers has the reason `precision`.
 */
export function flowText(file: SystemFile, found: FlowRun, format: Format): FlowText {
  const shower = newShower(found, format === 'summary' ? BRIEF : found.digits)
  const write = (run: FlowRun): string => ({ summary, json, csv, svg })[format](run, shower, file)
  const text = write(found)
  const { missing } = shower
  if (found.reason !== 'end' || missing() === 0) return { text, reason: found.reason }
  const detail = `it came to the end, but the error of ${missing()} numbers exceeds a tenth of them: they are left out; ask for more digits`
  return { text: write({ ...found, reason: 'precision', detail }), reason: 'precision' }
}

type Shown = string | null | { readonly lo: string; readonly hi: string }

/** What is shown of a reading, number by number. */
interface ShownReading {
  readonly logLoss: Shown
  readonly logTime: Shown
  readonly lossByTime: Shown
  readonly weights: readonly (readonly Shown[])[]
  readonly nodes: readonly ({ readonly id: number; readonly layer: number } & Readonly<
    Record<'norm' | 'gradientNorm' | 'cosine' | 'share', Shown>
  >)[]
}

interface Shower {
  one(x: Interval | null): Shown
  reading(reading: Reading<Interval | null>): ShownReading
  /** How many numbers exist and were not shown, since their errors are too large. */
  missing(): number
}

const COARSE = interval(64)
const half = (x: Interval): Interval => COARSE.mul(x, COARSE.constant('1/2'))
const middle = ({ lo, hi }: Interval): Interval => half(COARSE.add({ lo, hi: lo }, { lo: hi, hi }))
const radius = ({ lo, hi }: Interval): Interval => half(COARSE.sub({ lo: hi, hi }, { lo, hi: lo }))
const size = (x: Interval): Interval => (COARSE.sign(x) === -1 ? COARSE.neg(x) : x)
const isZero = (x: Interval | null): boolean => x !== null && COARSE.sign(x) === 0
/** Whether the error of a number is at most a tenth of a size. */
const within = (x: Interval, of: Interval): boolean =>
  COARSE.sign(COARSE.sub(of, COARSE.mul(COARSE.constant('10'), radius(x)))) !== -1

/** How numbers of a run are shown in at most so many digits. */
function newShower({ rigorous }: FlowRun, digits: number): Shower {
  let count = 0
  const miss = (): null => {
    count++
    return null
  }
  /** A number beside others of a size: one that is 0 as far as they can tell is shown as such. */
  const show = (x: Interval | null, beside?: Interval): Shown => {
    if (x === null) return miss()
    const known = within(x, size(middle(x)))
    if (!known && (beside === undefined || !within(x, beside))) return miss()
    if (rigorous) return bounds(x, digits)
    const text = known ? certain(x, digits) : COARSE.sign(x) === undefined ? '0' : certain(x, digits)
    return text ?? miss()
  }
  const largest = (entries: readonly (Interval | null)[]): Interval | undefined =>
    entries
      .flatMap((x) => (x === null ? [] : [size(middle(x))]))
      .reduce<Interval | undefined>(
        (most, x) => (most === undefined || COARSE.sign(COARSE.sub(x, most)) === 1 ? x : most),
        undefined,
      )
  /** A number that need not exist: no direction without a length, no log t at t = 0. */
  const unless = (absent: boolean, x: Interval | null, beside?: Interval): Shown =>
    absent && x === null ? null : show(x, beside)
  const unit = COARSE.constant('1')
  return {
    one: (x) => show(x),
    reading: ({ logLoss, logTime, lossByTime, weights, nodes }) => ({
      ...{ logLoss: show(logLoss), logTime: unless(isZero(lossByTime), logTime) },
      lossByTime: show(lossByTime),
      weights: weights.map((w) => w.map((x) => show(x, largest(w)))),
      nodes: nodes.map(({ id, layer, norm, gradientNorm, cosine, share }) => {
        const idle = isZero(norm) || isZero(gradientNorm)
        // The share is the cosine times ‖w‖‖G‖/s, so it is 0 where the cosine is.
        const straight = cosine !== null && share !== null && COARSE.sign(cosine) === undefined
        return {
          ...{ id, layer, norm: show(norm), gradientNorm: show(gradientNorm) },
          cosine: unless(idle, cosine, unit),
          share: straight && within(cosine, unit) && !rigorous ? '0' : unless(idle || isZero(logLoss), share),
        }
      }),
    }),
    missing: () => count,
  }
}

/** By layer, as in the file: a layer that shares weights has none of its own. */
function byLayer<T>({ flow: { system } }: SystemFile, weights: readonly T[]): T[][] {
  const { nodes } = wiring(system.net)
  return system.net.layers.map((_, l) => weights.filter((_, u) => nodes[u]!.layer === l))
}

function json(found: FlowRun, show: Shower, file: SystemFile): string {
  const end = show.reading(found.end)
  return prettyJson({
    ...{ reached: found.reached, reason: found.reason, detail: found.detail, clock: found.clock },
    ...{ digits: found.digits, steps: found.steps },
    kinks: found.kinks.map(({ clock, place, active }) => ({
      clock: show.one(clock),
      ...{ point: place?.point ?? null, layer: place?.layer ?? null, unit: place?.unit ?? null, active },
    })),
    ...{ logLoss: end.logLoss, logTime: end.logTime, lossByTime: end.lossByTime },
    weights: byLayer(file, end.weights),
    nodes: end.nodes,
    ...(found.rigorous ? { rigorous: true } : { errorEstimate: found.errorEstimate }),
  })
}

function csv(found: FlowRun, show: Shower): string {
  const cell = (x: Shown): string => (x as string | null) ?? ''
  const head = [
    ...['clock', 'logTime', 'logLoss', 'lossByTime'],
    ...found.end.nodes.flatMap(({ id }) => [
      `norm_${id}`,
      `gradientNorm_${id}`,
      `cosine_${id}`,
      `share_${id}`,
    ]),
  ]
  const rows = found.samples.map(({ clock, reading }) => {
    const { logTime, logLoss, lossByTime, nodes } = show.reading(reading)
    return [
      ...[clock, ...[logTime, logLoss, lossByTime].map(cell)],
      ...nodes.flatMap((node) => [node.norm, node.gradientNorm, node.cosine, node.share].map(cell)),
    ]
  })
  return [head, ...rows].map((cells) => `${cells.join()}\n`).join('')
}

function svg(found: FlowRun, show: Shower, { flow: { system } }: SystemFile): string {
  // What is not shown as a number is not drawn, either.
  const number = (x: Interval | null, beside?: string): number | null =>
    x === null || (!within(x, size(middle(x))) && !(beside && within(x, COARSE.constant(beside))))
      ? null
      : COARSE.toNumber(x)
  show.reading(found.end)
  const points = found.samples.flatMap(({ reading }) => {
    const [logTime, lossByTime] = [number(reading.logTime), number(reading.lossByTime)]
    if (logTime === null) return []
    return [
      {
        logTime,
        norms: reading.nodes.map(({ norm }) => number(norm)),
        cosines: reading.nodes.map(({ cosine }) => number(cosine, '1')),
        product: lossByTime === null ? null : lossByTime * logTime ** 2,
      },
    ]
  })
  const title = `${describe(system.net)}, ${system.normalization}, ${system.loss}: ${found.clock} to ${short(found.reached)}`
  return flowPlot(
    title,
    found.end.nodes.map(({ id }) => id),
    points,
  )
}

const short = (text: string): string => (text.length > 14 ? text.slice(0, 14) : text)
const BRIEF = 10

function summary(found: FlowRun, show: Shower, { flow: { system } }: SystemFile): string {
  const text = (shown: Shown): string => {
    return shown === null ? '–' : typeof shown === 'string' ? shown : `[${shown.lo}, ${shown.hi}]`
  }
  const { clock, reached, reason, detail, steps, kinks } = found
  const end = show.reading(found.end)
  const certainty = found.rigorous
    ? 'every number lies in its interval'
    : found.errorEstimate === null
      ? 'no error estimate'
      : `estimated error ${found.errorEstimate}`
  const rows = end.nodes.map(({ id, layer, norm, gradientNorm, cosine, share }) => [
    ...[`${id}`, `${layer}`],
    ...[norm, gradientNorm, cosine, share].map(text),
  ])
  const table = align([['node', 'layer', '‖w‖', '‖∇L‖', 'cosine', 'share'], ...rows])
  return [
    `${describe(system.net)}, ${system.normalization}, ${system.loss} loss, ${system.labels.length} points`,
    reason === 'end'
      ? `reached ${clock} = ${reached} in ${steps} steps${kinks.length > 0 ? `, across ${kinks.length} kinks` : ''}; ${certainty}`
      : `stopped at ${clock} = ${short(reached)} after ${steps} steps (${reason}): ${detail}; ${certainty}`,
    '',
    ...align([
      ['log L', text(end.logLoss)],
      ['log t', text(end.logTime)],
      ['L·t', text(end.lossByTime)],
    ]),
    '',
    ...table,
    '',
  ].join('\n')
}
