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

/** The text of a result, with its line end. */
export function flowText(file: SystemFile, found: FlowRun, format: Format): string {
  return { summary, json, csv, svg }[format](found, file)
}

/** Numbers below this many times the error are 0. */
const NOISE = 1000

type Shown = string | null | { readonly lo: string; readonly hi: string }

/** How numbers of a run are shown in at most so many digits. */
function shower({ rigorous, errorEstimate }: FlowRun, digits: number): (x: Interval | null) => Shown {
  if (rigorous) return (x) => x && bounds(x, digits)
  const noise = NOISE * Number(errorEstimate ?? 0)
  return (x) => x && certain(x, digits, noise)
}

/** By layer, as in the file: a layer that shares weights has none of its own. */
function byLayer<T>({ flow: { system } }: SystemFile, weights: readonly T[]): T[][] {
  const { nodes } = wiring(system.net)
  return system.net.layers.map((_, l) => weights.filter((_, u) => nodes[u]!.layer === l))
}

function json(found: FlowRun, file: SystemFile): string {
  const show = shower(found, found.digits)
  const { end } = found
  return prettyJson({
    ...{ reached: found.reached, reason: found.reason, detail: found.detail, clock: found.clock },
    ...{ digits: found.digits, steps: found.steps },
    kinks: found.kinks.map(({ clock, place, active }) => ({
      clock: show(clock),
      ...{ point: place?.point ?? null, layer: place?.layer ?? null, unit: place?.unit ?? null, active },
    })),
    ...{ logLoss: show(end.logLoss), logTime: show(end.logTime) },
    weights: byLayer(file, end.weights).map((layer) => layer.map((w) => w.map(show))),
    nodes: end.nodes.map(({ id, layer, norm, gradientNorm, cosine, share }) => ({
      ...{ id, layer, norm: show(norm), gradientNorm: show(gradientNorm) },
      ...{ cosine: show(cosine), share: show(share) },
    })),
    ...(found.rigorous ? { rigorous: true } : { errorEstimate: found.errorEstimate }),
  })
}

function csv(found: FlowRun): string {
  const show = shower(found, found.digits)
  const cell = (x: Interval | null): string => (show(x) as string | null) ?? ''
  const head = [
    ...['clock', 'logTime', 'logLoss'],
    ...found.end.nodes.flatMap(({ id }) => [
      `norm_${id}`,
      `gradientNorm_${id}`,
      `cosine_${id}`,
      `share_${id}`,
    ]),
  ]
  const rows = found.samples.map(({ clock, reading }) => [
    ...[clock, cell(reading.logTime), cell(reading.logLoss)],
    ...reading.nodes.flatMap((node) => [node.norm, node.gradientNorm, node.cosine, node.share].map(cell)),
  ])
  return [head, ...rows].map((cells) => `${cells.join()}\n`).join('')
}

function svg(found: FlowRun, { flow: { system } }: SystemFile): string {
  const { toNumber } = interval(64)
  const number = (x: Interval | null): number | null => x && toNumber(x)
  const points = found.samples.flatMap(({ reading }) => {
    const logTime = number(reading.logTime)
    if (logTime === null) return []
    return [
      {
        logTime,
        norms: reading.nodes.map(({ norm }) => number(norm)),
        cosines: reading.nodes.map(({ cosine }) => number(cosine)),
        product: productOf(reading, logTime),
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

/** L·t·(log t)². */
function productOf({ logLoss, logTime }: Reading<Interval>, log: number): number {
  const F = interval(128)
  return F.toNumber(F.exp(F.add(logLoss, logTime!))) * log ** 2
}

const short = (text: string): string => (text.length > 14 ? text.slice(0, 14) : text)
const BRIEF = 10

function summary(found: FlowRun, { flow: { system } }: SystemFile): string {
  const show = shower(found, BRIEF)
  const text = (x: Interval | null): string => {
    const shown = show(x)
    return shown === null ? '–' : typeof shown === 'string' ? shown : `[${shown.lo}, ${shown.hi}]`
  }
  const { end, clock, reached, reason, detail, steps, kinks } = found
  const certainty = found.rigorous
    ? 'every number lies in its interval'
    : found.errorEstimate === null
      ? 'no error estimate: three digits are shown'
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
    ]),
    '',
    ...table,
    '',
  ].join('\n')
}
