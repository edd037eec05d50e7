/** Long runs: gradient flow to any log-loss s = −log L, with its kinks and an estimate of its error. */
import { wiring } from '../net/architecture.ts'
import { depart, firstCrossing, settle, type Crossing, type Settled } from './crossing.ts'
import { logClock, observe, type Start } from './logclock.ts'
import { separating } from '../loss/loss.ts'
import { softmax } from './logloss.ts'
import { radau } from './radau.ts'
import { accept, type Pace } from './stepsize.ts'
import { attempt, end, linearize } from './stiff.ts'

/** How to run. */
export interface LongRunOptions {
  /** The log-loss s to reach. */
  readonly until: number
  /** Relative tolerance of each step; default 1e-10. */
  readonly tolerance?: number
  /** Samples per factor 10 of s; default 8. */
  readonly samplesPerDecade?: number
  /** Most steps, rejected ones included; default 20 000. */
  readonly maxSteps?: number
  /** Whether to run a second time, less accurately, to estimate the error; default true. */
  readonly estimateError?: boolean
}

/** Differences between the run and a less accurate one: as a rule they exceed the errors of the run. */
export interface RunError {
  /** max_u ‖Δw_u‖/‖w_u‖. */
  readonly weights: number
  /** max |Δ(m_i − s)| / max(1, m_i − s). */
  readonly gaps: number
  /** |Δ log(L·t)|, which is |Δ log t| at one s. */
  readonly logTime: number
}

/** The flow at one value of the clock. */
export interface Sample {
  readonly s: number
  /** log t = s + log u; −∞ at the start, where t = 0. */
  readonly logTime: number
  /** u = L·t. */
  readonly u: number
  /** Q = −(dL/dt)/L². */
  readonly Q: number
  readonly weights: readonly (readonly number[])[]
  /** G_u = −∇_{w_u} log L, one vector per node; empty where frozen. */
  readonly gradient: readonly (readonly number[])[]
  readonly margins: readonly number[]
  /** m_i − s, with digits that the difference of the two would lose. */
  readonly gaps: readonly number[]
  /** d_a − s, for each difference of each point. */
  readonly excess: readonly number[]
  /** p_a = −(∂L/∂d_a)/L, for each of them. */
  readonly softmax: readonly number[]
  /** The estimated errors up to here; `null` if the second run did not come this far. */
  readonly error: RunError | null
}

/** A change of side of a pre-activation; layer, unit and point count from 1. */
export interface Kink extends Crossing {
  readonly s: number
}

/** A run of gradient flow in the clock s; plain data. */
export interface LongRun {
  readonly reached: number
  /** `horizon`, or why the run ended before it. */
  readonly reason: 'horizon' | 'sliding' | 'ambiguous' | 'stalled' | 'steps'
  /** One sentence for the reader. */
  readonly detail: string
  readonly steps: number
  readonly rejected: number
  readonly kinks: readonly Kink[]
  /** The start, a geometric grid of s, and the end. */
  readonly samples: readonly Sample[]
  /** The largest difference between the margins of the weights and those of the state, over the largest margin. */
  readonly drift: number
  /** The estimated errors over the whole run; `null` if the second run did not come as far. */
  readonly error: RunError | null
  /** The samples of the second, less accurate run; none if errors are not estimated. */
  readonly companion: readonly Sample[]
}

type Run = Omit<LongRun, 'error' | 'companion'>

const STAGES = 7
/**
 * The second run. Its order is lower too: between close samples both runs take the same steps, and with one
 * method they would share their errors.
 */
const COMPANION = { stages: 5, tolerance: 100 }
/** So many attempts without an advance of s by this part of it: the loss tends to a positive limit. */
const STANDSTILL = { attempts: 600, advance: 1e-6 }
/** A gradient of log L this small is one that vanishes, for the reader. */
const FLAT = 1e-6
/** A kink within this part of s is where the step begins. */
const NEAR = 1e-13

/**
 * Gradient flow (learning rate 1, ‖v_u(0)‖ = 1) from given weights until the log-loss reaches `until`,
 * t = 0 at the start: any net, loss and normalisation, in float64, by the Radau IIA method of order 13 with
 * the exact Jacobian, cut at every kink of the activations. A heuristic: errors are estimated by a second
 * run, of order 9 at 100 times the tolerance, and not bounded; a kink crossed twice between two nodes of one step
 * goes unseen. Along a path that slides on a kink the field has no classical solution, and the run ends.
 * @throws RangeError if the data do not fit the system, the start lies past `until`, or an SWN node is 0.
 */
export function longRun(start: Start, options: LongRunOptions): LongRun {
  const tolerance = options.tolerance ?? 1e-10
  if (!(tolerance >= 1e-13 && tolerance <= 1e-3))
    throw new RangeError(`longRun: expected a tolerance from 1e-13 to 1e-3, got ${tolerance}`)
  refuse(start)
  const run = integrate(start, options, STAGES, tolerance)
  if (options.estimateError === false) return { ...run, error: null, companion: [] }
  const companion = integrate(
    start,
    options,
    COMPANION.stages,
    Math.min(1e-2, COMPANION.tolerance * tolerance),
  )
  // The largest difference so far: a single one may be small by chance.
  let error: RunError | null = { weights: 0, gaps: 0, logTime: 0 }
  const samples = run.samples.map((sample) => {
    const other = companion.samples.find(({ s }) => s === sample.s)
    error = error === null || other === undefined ? null : larger(error, difference(sample, other))
    return { ...sample, error }
  })
  return { ...run, samples, error, companion: companion.samples }
}

function refuse({ system, weights, data }: Start): void {
  const { nodes } = wiring(system.net)
  if (!separating.includes(system.loss))
    throw new RangeError(`longRun: expected the loss ${separating.join(' or ')}, got ${system.loss}`)
  if (data.length === 0) throw new RangeError('longRun: expected at least one data point, got none')
  if (data.length !== system.labels.length)
    throw new RangeError(
      `longRun: expected ${system.labels.length} data points, one per label, got ${data.length}`,
    )
  data.forEach((x, i) => {
    if (x.length !== system.net.inputs || !x.every(Number.isFinite))
      throw new RangeError(
        `longRun: expected point ${i + 1} to be ${system.net.inputs} finite numbers, got [${x.join(', ')}]`,
      )
  })
  if (weights.length !== nodes.length)
    throw new RangeError(`longRun: expected ${nodes.length} weight vectors, got ${weights.length}`)
  weights.forEach((w, u) => {
    if (w.length !== nodes[u]!.fanIn || !w.every(Number.isFinite))
      throw new RangeError(
        `longRun: expected node ${u + 1} to have ${nodes[u]!.fanIn} finite weights, got [${w.join(', ')}]`,
      )
    if (system.normalization === 'swn' && !nodes[u]!.frozen && w.every((x) => x === 0))
      throw new RangeError(`longRun: expected SWN node ${u + 1} to have a direction, got weight 0`)
  })
  if (nodes.every(({ frozen }) => frozen)) throw new RangeError('longRun: expected a trained node, got none')
}

/** One run, by one method at one tolerance. */
function integrate(start: Start, options: LongRunOptions, stages: number, tolerance: number): Run {
  const { until, maxSteps = 20_000, samplesPerDecade = 8 } = options
  const method = radau(stages)
  const { differences, pointOf, pattern: first } = observe(start)
  let s = -softmax(start.system.loss, 0, differences, pointOf).logLoss
  if (!(until > s))
    throw new RangeError(`longRun: expected a horizon past the start at s = ${s}, got ${until}`)

  let pattern = first
  let clock = logClock(start, pattern)
  const excess = differences.map((d) => d - s)
  let y = clock.state(start.weights, excess, 0)
  const kinks: Kink[] = []
  const samples: Sample[] = []
  let [steps, attempts, drift] = [0, 0, 0]
  const sample = (): void => {
    const { drift: here, ...reading } = clock.read(s, y)
    drift = Math.max(drift, here)
    const { gaps, u } = reading
    samples.push({ s, logTime: s + Math.log(u), ...reading, margins: gaps.map((g) => s + g), error: null })
  }
  const finish = (reason: LongRun['reason'], detail: string): Run => {
    if (samples.at(-1)!.s !== s) sample()
    return { reached: s, reason, detail, steps, rejected: attempts - steps, kinks, samples, drift }
  }
  const still = (): Run => {
    const { Q, gradient } = clock.read(s, y)
    const slope = Math.hypot(...gradient.flat())
    return finish(
      'stalled',
      slope <= FLAT
        ? `the loss stands still at e^${-s}: ‖∇ log L‖ = ${slope}, Q = ${Q}`
        : `no step was found that goes on from s = ${s}, where ‖∇ log L‖ = ${slope} and Q = ${Q}`,
    )
  }
  /** Switches to the pattern behind the crossings, unless the flow slides on one of them. */
  const enter = (settled: Settled): Run | undefined => {
    if (settled === 'ambiguous')
      return finish('ambiguous', `at s = ${s} the flow is on a kink from which several pieces lead away`)
    if (!('sliding' in settled)) {
      ;({ pattern, clock } = settled)
      return undefined
    }
    const { unit, layer, point } = settled.sliding
    const where = `the kink of unit ${unit} of layer ${layer} at point ${point}`
    return finish('sliding', `at s = ${s} the flow slides along ${where}: both sides push onto it`)
  }

  sample()
  const resting = enter(depart(start, clock, pattern, s, y))
  if (resting) return resting
  const grid = gridOf(s, until, samplesPerDecade)
  let pace: Pace = { h: 1e-3 }
  let mark = { s, attempts: 0 }
  while (s < until) {
    if (s - mark.s > STANDSTILL.advance * Math.max(1, Math.abs(s))) mark = { s, attempts }
    if (attempts - mark.attempts >= STANDSTILL.attempts) return still()
    if (attempts >= maxSteps) return finish('steps', `${maxSteps} steps did not reach s = ${until}`)
    const from = linearize(clock, s, y)
    if (from === undefined) return still()
    const target = grid.find((g) => g > s) ?? until
    const accepted = accept(clock, method, from, target, tolerance, pace, maxSteps - attempts)
    if (accepted === undefined) return still()
    attempts += accepted.attempts
    pace = accepted.pace
    const crossing = firstCrossing(start, clock, pattern, accepted.step)
    if (crossing === undefined) {
      steps++
      y = end(accepted.step)
      s = accepted.landed ? target : s + accepted.step.h
      clock.restore(y)
      if (accepted.landed) sample()
      continue
    }
    const length = crossing.s - s
    if (length > NEAR * Math.max(1, Math.abs(s))) {
      // The same step again, up to the kink: its end is more accurate than its inside.
      const cut = attempt(clock, method, from, length, tolerance, accepted.step)
      attempts++
      if (!cut.converged) {
        pace = { h: length / 2 }
        continue
      }
      steps++
      y = end(cut.step)
      s = crossing.s
      clock.restore(y)
    }
    pace = { ...pace, before: undefined }
    for (const c of crossing.crossings) kinks.push({ s, ...c })
    const sliding = enter(settle(start, clock, pattern, crossing.crossings, s, y))
    if (sliding) return sliding
  }
  return finish('horizon', `reached s = ${until}`)
}

/** A geometric grid of s, with `perDecade` values per factor 10, between the start and the horizon. */
function gridOf(from: number, until: number, perDecade: number): number[] {
  const first = Math.floor(perDecade * Math.log10(Math.max(from, 1)))
  const grid: number[] = []
  for (let k = first; 10 ** (k / perDecade) < until; k++) {
    const s = 10 ** (k / perDecade)
    if (s > from) grid.push(s)
  }
  return [...grid, until]
}

function difference(a: Sample, b: Sample): RunError {
  const most = (values: readonly number[]): number => values.reduce((x, y) => Math.max(x, y), 0)
  return {
    weights: most(
      a.weights.map((w, u) => {
        const distance = Math.hypot(...w.map((x, i) => x - b.weights[u]![i]!))
        return distance === 0 ? 0 : distance / Math.hypot(...w)
      }),
    ),
    gaps: most(a.gaps.map((gap, i) => Math.abs(gap - b.gaps[i]!) / Math.max(1, gap))),
    logTime: a.u === b.u ? 0 : Math.abs(Math.log(a.u / b.u)),
  }
}

const larger = (a: RunError, b: RunError): RunError => ({
  weights: Math.max(a.weights, b.weights),
  gaps: Math.max(a.gaps, b.gaps),
  logTime: Math.max(a.logTime, b.logTime),
})
