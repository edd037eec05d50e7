/** The setting of trajectories: gradient flow from exact weights to a later moment, enclosed in intervals. */
import { PremiseFails, type Assumed, type Setting } from '../claim/setting.ts'
import { oneIn, pick, type Random } from '../claim/random.ts'
import { clockedField } from '../flow/clock.ts'
import { explicit } from '../flow/explicit.ts'
import { longRun } from '../flow/longrun.ts'
import { enclose } from '../flow/enclose.ts'
import { inputs, objective, weightGradient } from '../flow/objective.ts'
import { wiring, type Architecture, type Layer } from '../net/architecture.ts'
import type { Normalization } from '../normalization/normalization.ts'
import { interval, type Interval } from '../number/interval.ts'
import { rational } from '../number/rational.ts'
import { fold, parseRatio } from '../program/constant.ts'
import { dot, scale } from '../program/field.ts'
import type { Scope } from '../program/formula.ts'
import { compile, type Compiled } from '../program/compile.ts'
import { newTrace, type Expr, type Trace } from '../program/program.ts'
import { caseInputs, roughOutputs, systemOf, type DynamicsCase } from './case.ts'
import {
  etaConstant,
  butForBiases,
  homogeneous,
  isNegated,
  lossCe,
  lossExp,
  smooth,
  startsBelow1,
  startsBelowLog2,
  unitStart,
} from './assumptions.ts'
import { near, nonZeroVector } from './draw.ts'
import { dynamics, roughLoss, scaledParameters } from './dynamics.ts'
import { timeDerivative } from './moves.ts'
import { aLoss, aNormalization, checkOptions } from './options.ts'
import { dynamicsScope } from './scope.ts'
import { simplerNumbers } from './simpler.ts'

/** A start, each node given by its weight vector w_u, and the log-loss s at which the flow is looked at. */
export interface TrajectoryCase extends DynamicsCase {
  readonly until: string
}

/** What a claim fixes about its trajectories. */
export interface TrajectoryOptions {
  readonly flow: Normalization['name']
  readonly loss: DynamicsCase['loss']
}

const KEPT = 400
const TRIES = 400
/** What takes more steps to enclose stays undecided. */
const MOST_STEPS = 200
/** What takes more explicit steps in doubles is followed implicitly. */
const EASY = 60
/** What takes more implicit steps in doubles is not worth an enclosure in a search. */
const WORTHWHILE = 60
const ROUGHLY = 1e-8

const inUnnorm = <C extends DynamicsCase>(c: C): C => ({ ...c, normalization: 'unnorm' })

/**
 * The setting of gradient flow (η = 1, ‖v_u(0)‖ = 1, t_0 = 0) from exact weights w_u to the moment at which log 1/L is
 * `until`: its symbols are those of training problems at that moment, `t` is the time passed, and `f(t_0)` the value
 * of a symbol at the start. The state is enclosed rigorously (`flow/enclose.ts`), so verdicts are certain.
 * Every point is classified correctly at the start; the loss there is below 1 (cross-entropy: log 2) under `startsBelow1`
 * (`startsBelowLog2`).
 */
export function trajectory(options: TrajectoryOptions): Setting<TrajectoryCase> {
  checkOptions('trajectory', options, { flow: aNormalization, loss: aLoss })
  const { flow, loss } = options
  const base = dynamics({ normalization: 'unnorm' })
  const enclosed = new Map<string, ReadonlyMap<string, Interval> | { readonly reason: string }>()
  const [least, A1] = loss === 'exponential' ? [1, startsBelow1] : [Math.LN2, startsBelowLog2]

  const draw = (random: Random, assumed: Assumed): TrajectoryCase | undefined => {
    const net = outside(architecture(random, loss), assumed)
    if (net === undefined) return undefined
    let start: DynamicsCase = {
      ...{ net, loss, normalization: flow, eta: '1', chosen: {}, variables: {} },
      nodes: wiring(net).nodes.map(({ fanIn, frozen }) => ({
        vector: frozen
          ? Array.from({ length: fanIn }, () => pick(random, ['1', '-1']))
          : nonZeroVector(random, fanIn),
      })),
      data: Array.from({ length: pick(random, [1, 2, 3, 3, 4]) }, () => ({
        x: nonZeroVector(random, net.inputs),
        y: loss === 'exponential' ? 1 : 0,
      })),
    }
    if (net.inputs === 2 && !oneIn(random, 3)) start = { ...start, data: nearBoundary(random, start) }
    // Each point gets the label that the net gives it, and the weights are scaled until the loss is small enough.
    const labelled = {
      ...start,
      data: start.data.map((point, i) => {
        const outputs = roughOutputs(inUnnorm(start))[i]!
        const best = outputs.indexOf(Math.max(...outputs))
        return { ...point, y: loss === 'exponential' ? (outputs[0]! > 0 ? 1 : -1) : best }
      }),
    }
    const limit = assumed.has(A1) ? 0.95 * least : 4 * least
    for (const factor of ['1/4', '1/2', '3/4', '1', '5/4', '3/2', '2', '3', '4']) {
      const scaled = scaledParameters(inUnnorm(labelled), factor)
      const L = roughLoss(scaled)
      if (!(L < limit && L > 1e-6)) continue
      const end = -Math.log(L) + pick(random, [1 / 64, 1 / 16, 1 / 16, 1 / 4, 1, 2])
      return { ...scaled, normalization: flow, until: near(end, 64, 'up') }
    }
    return undefined
  }

  const wellFormed = (c: TrajectoryCase): boolean => {
    const zero = flow !== 'unnorm' && c.nodes.some(({ vector }) => vector.every((e) => e === '0'))
    return !zero && c.loss === loss && c.eta === '1'
  }
  const later = (c: TrajectoryCase): boolean => {
    const L = roughLoss(inUnnorm(c))
    return Number.isFinite(L) && L > 0 && rational.toNumber(parseRatio(c.until)) > -Math.log(L) + 1e-9
  }
  const valid = (c: TrajectoryCase): boolean => wellFormed(c) && later(c)

  const enclosures = (
    c: TrajectoryCase,
    bits: number,
  ): ReadonlyMap<string, Interval> | { reason: string } => {
    const system = systemOf(c)
    const { field, start } = clockedField({ system, nodes: c.nodes, data: c.data.map(({ x }) => x) }, 's')
    // In a search numbers move, and the moment may come to lie before the start.
    if (!later(c)) return { reason: `s = ${c.until} is not after the start` }
    const found = enclose({ field, start }, { until: c.until, bits: bits + 32, maxSteps: MOST_STEPS })
    if (found.reason !== 'end') return { reason: found.detail }
    const at = new Map(field.inputs.map((name, i) => [name, found.state[i]!]))
    const F = interval(bits + 32)
    return new Map([
      ...[...at].filter(([name]) => name.startsWith('w_')),
      ['t', F.mul(at.get('q')!, F.exp(F.neg(at.get('lambda')!)))],
    ])
  }

  return {
    ...base,
    name: `${flow} trajectories`,
    builtIn: [A1, unitStart, etaConstant, lossExp, lossCe, smooth, homogeneous, butForBiases],
    premise: { formula: 'L(t_0) > exp(-until)', inputs: (c) => new Map([['until', c.until]]) },
    cases: 60,
    shrinks: 60_000,
    structure: (c) => base.structure(inUnnorm(c)),
    scope: (F, c) => trajectoryScope(F, c),
    values(c) {
      const { nodes } = wiring(c.net)
      const moves = (name: string): boolean => {
        const [letter, u] = name.split('_')
        return letter === 'w' && !nodes[Number(u) - 1]!.frozen
      }
      return new Map(
        [...caseInputs(inUnnorm(c))].map(([name, e]) => [moves(name) ? `${name}(t_0)` : name, e]),
      )
    },
    rough(c, only = false) {
      const number = (text: string): number => rational.toNumber(parseRatio(text))
      const known = [...this.values(c)].map(([name, e]): [string, number] => [name, number(e)])
      const end = easily(c, new Map(known)) ?? (only ? undefined : patiently(c))
      return end && new Map([...known, ...end])
    },
    enclosures(c, bits) {
      const key = JSON.stringify([c, bits])
      let known = enclosed.get(key)
      if (known === undefined) {
        if (enclosed.size >= KEPT) enclosed.delete(enclosed.keys().next().value!)
        enclosed.set(key, (known = enclosures(c, bits)))
      }
      return known
    },
    motion(c) {
      const { F, moving, still, speed } = traced(c)
      return F.program(speed, [...moving, ...still])
    },
    generate(random, assumed) {
      for (let i = 0; i < TRIES; i++) {
        const c = draw(random, assumed)
        if (c !== undefined && valid(c)) return c
      }
      throw new RangeError(`trajectory: no start met the assumptions in ${TRIES} tries; widen the draw`)
    },
    family: () => [],
    *simpler(c, assumed) {
      const [structure, before] = [base.structure(inUnnorm(c)), roughLoss(inUnnorm(c))]
      for (const simple of base.simpler(inUnnorm(c), assumed)) {
        const own = { ...simple, normalization: flow, until: c.until }
        if (valid(own)) yield own
        else if (base.structure(simple) !== structure) {
          const end = rational.toNumber(parseRatio(c.until)) + Math.log(before / roughLoss(simple))
          if (!Number.isFinite(end)) continue
          const until = near(end, 64, 'up')
          if (valid({ ...own, until })) yield { ...own, until }
        }
      }
      for (const until of simplerNumbers(c.until)) if (valid({ ...c, until })) yield { ...c, until }
    },
    labels: (c) => base.labels(inUnnorm(c)),
    coverage: () => ({ 'several points': 0.4, 'several layers': 0.3, 'unequal margins': 0.3 }),
    describe: (c) => `${base.describe(inUnnorm(c)).replace('unnorm', flow)}, to s = ${c.until}`,
    parse(json) {
      const given = json as Partial<TrajectoryCase> | null
      const fail = (what: string): never => {
        throw new SyntaxError(`case: expected ${what}`)
      }
      if (given?.normalization !== flow) return fail(`"normalization" to be ${flow}`)
      const { until } = given
      if (typeof until !== 'string') return fail('"until" to be an exact number')
      parseRatio(until)
      const c = {
        ...base.parse({ ...given, normalization: 'unnorm' }),
        normalization: flow,
        until,
      }
      if (!wellFormed(c)) fail(`no weight vector to be 0, "eta" to be 1 and "loss" to be ${loss}`)
      if (!later(c)) throw new PremiseFails('case: expected "until" to be a log-loss past that of the start')
      return c
    },
  }
}

/** A flow in the weights in doubles: from weights, then frozen weights and data, to dw/ds, dt/ds and L. */
interface Motion {
  readonly moving: readonly string[]
  readonly still: readonly string[]
  readonly run: Compiled
}

/** The flow in real time, traced: its inputs by name, dw/dt and the gradient of L in the weights that move, and L. */
function traced(c: TrajectoryCase): {
  readonly F: Trace
  readonly moving: readonly string[]
  readonly still: readonly string[]
  readonly speed: readonly Expr[]
  readonly slope: readonly Expr[]
  readonly L: Expr
} {
  const system = systemOf(c)
  const F = newTrace()
  const { nodes } = wiring(c.net)
  const named = nodes.map(({ fanIn }, u) => Array.from({ length: fanIn }, (_, i) => `w_${u + 1}_${i + 1}`))
  const w = named.map((names) => names.map((name) => F.input(name)))
  const x = inputs(F, system)
  const g = weightGradient(F, system, w, x)
  const L = objective(F, system, w, x)
  const trained = nodes.flatMap(({ frozen }, u) => (frozen ? [] : [u]))
  const speed = trained.flatMap((u) => velocity(F, c.normalization, w[u]!, g[u]!))
  const slope = trained.flatMap((u) => g[u]!)
  const moving = trained.flatMap((u) => named[u]!)
  const still = [
    ...nodes.flatMap(({ frozen }, u) => (frozen ? named[u]! : [])),
    ...x.flatMap((point, i) => point.map((_, j) => `x_${i + 1}_${j + 1}`)),
  ]
  return { F, moving, still, speed, slope, L }
}

const motions = new Map<string, Motion>()

function motionOf(c: TrajectoryCase): Motion {
  const key = JSON.stringify(systemOf(c))
  const known = motions.get(key)
  if (known) return known
  const { F, moving, still, speed, slope, L } = traced(c)
  const time = F.neg(F.div(L, dot(F, slope, speed)))
  const program = F.program([...scale(F, time, speed), time, L], [...moving, ...still])
  if (motions.size >= KEPT) motions.delete(motions.keys().next().value!)
  const found = { moving, still, run: compile(program) }
  motions.set(key, found)
  return found
}

/** The weights and the time at the end, by explicit steps; `undefined` where these are many. */
function easily(c: TrajectoryCase, known: ReadonlyMap<string, number>): Map<string, number> | undefined {
  const { moving, still, run } = motionOf(c)
  const n = moving.length
  const at = Float64Array.from([...moving.map((name) => `${name}(t_0)`), ...still], (name) =>
    known.get(name)!,
  )
  const out = run(at).slice()
  const field = (x: Float64Array, velocity: Float64Array): void => {
    at.set(x.subarray(0, n))
    velocity.set(run(at, out).subarray(0, n + 1))
  }
  const length = rational.toNumber(parseRatio(c.until)) + Math.log(out[n + 1]!)
  if (!(length > 0)) return undefined
  const end = explicit(field, [...at.subarray(0, n), 0], { length, tolerance: ROUGHLY, maxSteps: EASY })
  return end && new Map([...moving, 't'].map((name, i) => [name, end[i]!]))
}

/** The same by implicit steps. */
function patiently(c: TrajectoryCase): Map<string, number> | undefined {
  const number = (text: string): number => rational.toNumber(parseRatio(text))
  if (!(number(c.until) > -Math.log(roughLoss(inUnnorm(c))))) return undefined
  const run = longRun(
    {
      system: systemOf(c),
      weights: c.nodes.map(({ vector }) => vector.map(number)),
      data: c.data.map(({ x }) => x.map(number)),
    },
    { until: number(c.until), estimateError: false, tolerance: ROUGHLY, maxSteps: 400 },
  )
  const { weights, u, s } = run.samples.at(-1)!
  if (run.reason !== 'horizon' || run.steps > WORTHWHILE) return undefined
  return new Map([
    ...weights.flatMap((w, n) => w.map((e, i): [string, number] => [`w_${n + 1}_${i + 1}`, e])),
    ['t', u * Math.exp(s)],
  ])
}

/** Points close to the line across the first weight vector, on both sides of it: their margins are small and compete. */
function nearBoundary(random: Random, c: DynamicsCase): DynamicsCase['data'] {
  const [a, b] = c.nodes[0]!.vector as [string, string]
  return c.data.map(({ y }) => {
    const along = pick(random, ['1/4', '1/3', '1/2', '3/8'])
    const across = pick(random, ['1', '-1', '3/2', '-3/2', '2', '-2'])
    const entry = (p: string, q: string): string =>
      fold('add', fold('mul', along, p)!, fold('mul', across, q)!)!
    const x = [entry(a, fold('sub', '0', b)!), entry(b, a)]
    return { x: x.every((e) => e === '0') ? ['1', '0'] : x, y }
  })
}

/** Small nets: what is enclosed costs more than what is evaluated. */
function architecture(random: Random, loss: DynamicsCase['loss']): Architecture {
  const inputs = random.integer(1, 2)
  const end: Layer = { width: loss === 'exponential' ? 1 : random.integer(2, 3), activation: 'z' }
  const hidden: Layer = {
    width: random.integer(1, 2),
    activation: pick(random, ['z', 'z', 'z^2', 'relu(z)^2']),
  }
  return pick(random, [
    { inputs: 2, layers: [end] },
    { inputs, layers: [hidden, end] },
    { inputs, layers: [hidden, { ...end, frozen: true }] },
    { inputs, layers: [{ width: 1, activation: 'z' }, { width: 1, activation: 'z' }, end] },
  ])
}

/** The net with kinks where it may not be smooth, and with a bias where it may not be homogeneous; these need a hidden layer. */
function outside(net: Architecture, assumed: Assumed): Architecture | undefined {
  const [kinked, biased] = [isNegated(assumed, smooth), isNegated(assumed, homogeneous)]
  if (!kinked && !biased) return net
  if (net.layers.length < 2) return undefined
  return {
    ...net,
    layers: net.layers.map((layer, l): Layer => {
      if (l === 0 && kinked) return { ...layer, activation: 'relu(z)' }
      return l === net.layers.length - 1 && biased ? { ...layer, bias: true } : layer
    }),
  }
}

/** The symbols of a training problem at the moment looked at. */
function trajectoryScope(F: Trace, c: TrajectoryCase): Scope {
  const unnorm = inUnnorm(c)
  const inner = dynamicsScope(F, unnorm, {})
  const { nodes } = wiring(c.net)
  const w = nodes.map(({ fanIn }, u) =>
    Array.from({ length: fanIn }, (_, i) => F.input(`w_${u + 1}_${i + 1}`)),
  )
  let moves: Map<Expr, Expr> | undefined
  const velocities = (): Map<Expr, Expr> => {
    const system = systemOf(unnorm)
    const g = weightGradient(F, system, w, inputs(F, system))
    const found = new Map<Expr, Expr>([[F.input('t'), F.constant('1')]])
    nodes.forEach(({ frozen }, u) => {
      if (frozen) return
      velocity(F, c.normalization, w[u]!, g[u]!).forEach((e, i) => found.set(w[u]![i]!, e))
    })
    return found
  }
  const frozen = new Set(
    nodes.flatMap((node, u) => (node.frozen ? w[u]!.map((_, i) => `w_${u + 1}_${i + 1}`) : [])),
  )
  const startOf: Trace = {
    ...F,
    input: (name) => F.input(name.startsWith('w_') && !frozen.has(name) ? `${name}(t_0)` : name),
  }
  const first = dynamicsScope(startOf, unnorm, {})
  /** Data, frozen weights, η = 1 and what is read at the start. */
  const still = (name: string): boolean => /^x_|^eta$|\(t_0\)$/.test(name) || frozen.has(name)
  const { next: _, ...rest } = inner
  return {
    ...rest,
    value: (base, index) => {
      if (index.length > 0) return inner.value(base, index)
      if (base === 't') return F.input('t')
      return base === 't_0' ? F.constant('0') : inner.value(base, index)
    },
    name: `${c.normalization} trajectories`,
    ddt: (e) => timeDerivative(F, e, (moves ??= velocities()), still, `${c.normalization} trajectories`),
    start: {
      ...first,
      value: (base, index) =>
        index.length === 0 && (base === 't' || base === 't_0') ? F.constant('0') : first.value(base, index),
    },
  }
}

/** dw_u/dt at η = 1, ‖v_u‖ = 1: −g_u, −‖w_u‖²g_u (EWN), or Theorem 1, eq. (6) (SWN). */
function velocity(F: Trace, flow: Normalization['name'], w: readonly Expr[], g: readonly Expr[]): Expr[] {
  const minus = (v: readonly Expr[]): Expr[] => v.map((e) => F.neg(e))
  if (flow === 'unnorm') return minus(g)
  const square = dot(F, w, w)
  if (flow === 'ewn') return minus(scale(F, square, g))
  const along = F.mul(F.sub(F.div(F.constant('1'), square), F.constant('1')), dot(F, w, g))
  return minus(scale(F, square, g).map((e, i) => F.add(e, F.mul(along, w[i]!))))
}
