/** Runs: the moment of a case, and what follows from no formula until then; drawn, read and made simpler. */
import { oneIn, pick, type Random } from '../../claim/random.ts'
import type { Batch } from '../../motion/rule.ts'
import { lossOf } from '../../model/loss.ts'
import { rational } from '../../number/rational.ts'
import { fold, parseRatio } from '../../program/constant.ts'
import { near, positiveNumber } from '../draw.ts'
import { isLater, startClock } from './flow.ts'
import { stepsOf, type PointCase, type Until, type Values } from './case.ts'
import { described, drawn, isOf, simplerThan, type Exact, type Kind } from './kinds.ts'
import { isCount, runOf, sequencesOf, type Spec } from './spec.ts'

const STEPS = ['1', '2', '3'] as const
const MOST_COUNT = 3

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

/** The horizons of a setting of runs of steps. */
const horizons = ({ moment }: Spec): readonly string[] => moment?.horizon?.among ?? STEPS

/** The clock of runs of a flow: s = log 1/L where gradient flow takes L to 0, else t, if no horizon says. */
export function clockOf({ model, rule, moment }: Spec): 't' | 's' {
  const { horizon } = moment!
  if (horizon !== undefined) return horizon.of as 't' | 's'
  const falls = model?.kind === 'nets' && model.losses.every((loss) => lossOf(loss).labels !== 'real')
  return falls && rule!.isGradient ? 's' : 't'
}

const TIMES = ['1/64', '1/16', '1/8', '1/4', '1/2', '1'] as const
const BEYOND = [1 / 64, 1 / 16, 1 / 16, 1 / 4, 1, 2] as const

/** The case with a moment of its flow; `undefined` where none of the horizon is behind its start. */
export function withTime(random: Random, spec: Spec, c: PointCase): PointCase | undefined {
  const among = spec.moment!.horizon?.among
  if (clockOf(spec) === 't') {
    if (among === undefined) return { ...c, until: { t: pick(random, TIMES) } }
    const whole = pick(random, among)
    const t = oneIn(random, 2) ? whole : fold('mul', whole, `${random.integer(1, 15)}/16`)!
    return { ...c, until: { t } }
  }
  const start = startClock({ ...c, until: { s: '0' } }, spec)
  if (!Number.isFinite(start)) return undefined
  const s =
    among === undefined
      ? near(start + pick(random, BEYOND), 64, 'up')
      : upTo(random, start, pick(random, among))
  const made = { ...c, until: { s } }
  return isLater(made, spec) ? made : undefined
}

/** A log-loss up to a horizon, at times the horizon itself. */
function upTo(random: Random, start: number, horizon: string): string {
  if (oneIn(random, 2)) return horizon
  const way = rational.toNumber(parseRatio(horizon)) - start
  return near(start + (way * random.integer(1, 15)) / 16, 64, 'down')
}

/** The case with a run of steps from it. */
export function withSteps(random: Random, spec: Spec, c: PointCase, unit: ReadonlySet<string>): PointCase {
  const most = Number(pick(random, horizons(spec)))
  const steps = oneIn(random, 2) ? most : random.integer(1, most)
  const sequences = [...sequencesOf(spec)]
  const later: Values[] = []
  let before: Values = c.values
  for (let m = 1; m <= steps; m++) {
    const now = Object.fromEntries(
      sequences.map(([name, kind]): [string, Exact] => {
        if (name !== 'eta')
          return [name, drawn(random, { kind, dimension: c.dimension, unit: unit.has(name) })]
        const same = c.held?.includes(name) === true || oneIn(random, 2)
        return [name, same ? before[name]! : positiveNumber(random)]
      }),
    )
    later.push(now)
    before = now
  }
  const names = Object.keys(spec.variables).filter((name) => isCount(spec, name))
  const { batch } = spec.rule!
  return {
    ...c,
    until: { steps },
    ...(sequences.length > 0 && { later }),
    ...(batch && { batches: batchesOf(random, batch, c.data!.length, steps + 1) }),
    ...(names.length > 0 && {
      counts: Object.fromEntries(names.map((name) => [name, random.integer(0, MOST_COUNT)])),
    }),
  }
}

/** The points that each of some steps sees. */
function batchesOf(random: Random, { size, order }: Batch, points: number, steps: number): number[][] {
  const taken = Math.min(size, points)
  const shuffled = (): number[] => {
    const rest = range(points)
    return range(points).map(() => rest.splice(random.integer(0, rest.length - 1), 1)[0]!)
  }
  if (order === 'random') return range(steps).map(() => shuffled().slice(0, taken))
  let queue: number[] = []
  return range(steps).map(() => {
    while (queue.length < taken) queue = [...queue, ...(order === 'cyclic' ? range(points) : shuffled())]
    const batch = queue.slice(0, taken)
    queue = queue.slice(taken)
    return batch
  })
}

const fail = (what: string): never => {
  throw new SyntaxError(`case: expected ${what}`)
}
const isObject = (v: unknown): v is Readonly<Record<string, unknown>> =>
  typeof v === 'object' && v !== null && !Array.isArray(v)
const shown = (v: unknown): string => JSON.stringify(v) ?? 'nothing'

/** What a case says of its run, from plain JSON. @throws SyntaxError naming the first thing that does not fit. */
export function runIn(
  given: Readonly<Record<string, unknown>>,
  spec: Spec,
  c: PointCase,
): Pick<PointCase, 'until' | 'later' | 'batches' | 'counts'> {
  if (runOf(spec) === undefined) return {}
  const { until } = given
  if (runOf(spec) === 'flow') return { until: timeIn(until, clockOf(spec), spec.moment!.horizon?.among) }
  const steps = isObject(until) ? until['steps'] : undefined
  if (!Number.isSafeInteger(steps) || Number(steps) < 1)
    return fail(`"until" to be { "steps": 1 } or more, got ${shown(until)}`)
  const n = steps as number
  const most = Math.max(...horizons(spec).map(Number))
  if (n > most) return fail(`"until" to be at most the horizon of ${most} steps, got ${n}`)
  const names = Object.keys(spec.variables).filter((name) => isCount(spec, name))
  return {
    until: { steps: n },
    ...(sequencesOf(spec).size > 0 && { later: laterIn(given['later'], spec, c.dimension, n) }),
    ...(spec.rule!.batch && { batches: batchesIn(given['batches'], c.data!.length, n) }),
    ...(names.length > 0 && { counts: countsIn(given['counts'], names) }),
  }
}

/** Whether a time or a log-loss lies beyond every horizon. */
const isBeyond = (value: string, horizons: readonly string[] | undefined): boolean =>
  horizons?.every((horizon) => parseRatio(fold('sub', value, horizon)!).num > 0n) === true

function timeIn(until: unknown, of: 't' | 's', horizons: readonly string[] | undefined): Until {
  const value = isObject(until) && Object.keys(until).join() === of ? until[of] : undefined
  if (!isOf(value, { kind: 'real', dimension: 1 }))
    return fail(`"until" to be { "${of}": "1/4" }, an exact number, got ${shown(until)}`)
  if (isBeyond(value as string, horizons))
    return fail(`"until" to be at most the horizon ${of} = ${horizons!.join(' or ')}, got ${shown(until)}`)
  if (of === 's') return { s: value as string }
  return parseRatio(value as string).num > 0n ? { t: value as string } : fail('"until" to be after t = 0')
}

function laterIn(later: unknown, spec: Spec, dimension: number, steps: number): Values[] {
  if (!Array.isArray(later) || later.length !== steps)
    return fail(`"later" to be a list of ${steps}, one for each step, got ${shown(later)}`)
  return later.map((values: unknown, m) =>
    Object.fromEntries(
      [...sequencesOf(spec)].map(([name, kind]) => {
        const value = isObject(values) ? values[name] : undefined
        return isOf(value, { kind, dimension })
          ? [name, value]
          : fail(
              `"${name}" after ${m + 1} steps to be ${described({ kind, dimension })}, got ${shown(value)}`,
            )
      }),
    ),
  )
}

function batchesIn(batches: unknown, points: number, steps: number): number[][] {
  const isBatch = (batch: unknown): batch is number[] =>
    Array.isArray(batch) &&
    batch.length > 0 &&
    batch.every((i) => Number.isInteger(i) && 0 <= i && i < points)
  return Array.isArray(batches) && batches.length === steps + 1 && batches.every(isBatch)
    ? batches
    : fail(`"batches" to be ${steps + 1} lists of points from 0 to ${points - 1}, got ${shown(batches)}`)
}

function countsIn(counts: unknown, names: readonly string[]): Record<string, number> {
  const given = isObject(counts) ? counts : {}
  return Object.fromEntries(
    names.map((name) => {
      const count = given[name]
      return Number.isSafeInteger(count) && Number(count) >= 0
        ? [name, count as number]
        : fail(`"counts" to give "${name}" a whole number, got ${shown(count)}`)
    }),
  )
}

/** The case with fewer steps: without its last one, or, where no formula leads from state to state, without an earlier one. */
export function* fewerSteps(c: PointCase, spec: Spec): Iterable<PointCase> {
  const steps = stepsOf(c)
  if (steps === undefined || steps < 2) return
  const { later, batches } = c
  const fewer = { ...c, until: { steps: steps - 1 } }
  yield {
    ...fewer,
    ...(later && { later: later.slice(0, -1) }),
    ...(batches && { batches: batches.slice(0, -1) }),
  }
  if (spec.rule!.moves.size > 0 || later === undefined) return
  for (let m = steps - 1; m >= 1; m--) yield { ...fewer, later: later.filter((_, i) => i !== m - 1) }
  const [first, ...rest] = later
  yield { ...fewer, values: { ...c.values, ...first }, later: rest }
}

/** The case with simpler numbers after its start. */
export function* simplerRun(c: PointCase, spec: Spec): Iterable<PointCase> {
  const kinds: ReadonlyMap<string, Kind> = sequencesOf(spec)
  for (const [m, values] of (c.later ?? []).entries())
    for (const [name, value] of Object.entries(values))
      for (const simple of simplerThan(value, { kind: kinds.get(name)!, dimension: c.dimension }))
        yield { ...c, later: c.later!.with(m, { ...values, [name]: simple }) }
  for (const [of, value] of Object.entries(c.until ?? {}))
    if (typeof value === 'string')
      for (const simple of simplerThan(value, { kind: of === 't' ? 'positive' : 'real', dimension: 1 }))
        if (!isBeyond(simple as string, spec.moment!.horizon?.among))
          yield { ...c, until: { [of]: simple } as unknown as Until }
  for (const [name, count] of Object.entries(c.counts ?? {}))
    if (count > 0) yield { ...c, counts: { ...c.counts, [name]: count - 1 } }
}

/** The moment of a case in words. */
export function momentText(c: PointCase): string {
  if (c.until === undefined) return ''
  const counts = Object.entries(c.counts ?? {}).map(([name, count]) => `, ${name} = ${count}`)
  const batches =
    c.batches && `, batches ${c.batches.map((batch) => batch.map((i) => i + 1).join(' ')).join(' | ')}`
  if ('steps' in c.until) return `, at t = ${c.until.steps - 1}${counts.join('')}${batches ?? ''}`
  return 't' in c.until ? `, at t = ${c.until.t}` : `, at s = ${c.until.s}`
}
