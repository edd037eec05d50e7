/** Paths: one run of a gradient flow, by Taylor series and, where these are stiff, by collocation. */
import { Undefined } from '../number/conventions.ts'
import { interval } from '../number/interval.ts'
import { parseRatio } from '../program/constant.ts'
import { trace } from '../program/program.ts'
import { run } from '../program/run.ts'
import type { ClockedField } from './clock.ts'
import { collocate, EXTRA_BITS, rule, stretch, type Collocated, type Stretch } from './collocation.ts'
import { valueOn, type LegendreSegment, type Segment } from './dense.ts'
import { ending } from './ending.ts'
import { decimalText, fixed, fixedConstants, magnitude } from './fixed.ts'
import { bitsFor, solve, type Kink, type Reason, type Watched } from './integrate.ts'
import type { Pattern } from './jet.ts'
import { observed, smoothPiece } from './smooth.ts'

/** Where a flow is followed to: a value of its clock, or a time t as well, whichever comes first. */
export interface Goal {
  /** An exact literal. */
  readonly until: string
  /** t > 0, an exact literal. */
  readonly time?: string | undefined
  /** Whether the reader is told times t and not the clock. */
  readonly timed?: boolean
}

/** How a flow is followed. */
export interface PathOptions {
  readonly digits: number
  readonly maxSteps: number
  onProgress(clock: string, steps: number): void
}

/** A run; clock and state are in units of 2^−bits. */
export interface Path {
  readonly reason: Reason
  /** One sentence for the reader. */
  readonly detail: string
  readonly steps: number
  readonly kinks: readonly Kink[]
  readonly bits: number
  readonly clock: bigint
  readonly state: readonly bigint[]
  /** The polynomials of all steps. */
  readonly segments: readonly Segment[]
  /** Whether the clock was seen to end (`ending.ts`): a singularity that lies ahead. */
  readonly ends?: boolean
}

/** The pace is looked at after so many steps in 50 digits, and fewer in more. */
const SLICE = 16
/** A pace that leaves more Taylor steps than this is stiff, … */
const STIFF = 60
/** … and more than so many if the matrix of a step of collocation is as large as can be. */
const COSTLY = 600
/** After so many steps in 50 digits, where collocation does not help, a run is given up that needs as many more. */
const PATIENCE = 3000

/** The literal a/2^bits. */
export const exactly = (a: bigint, bits: number): string =>
  `${a}/${1n << BigInt(bits)}`.replace(/^(-?\d+)\/1$/, '$1')

/** A flow from its start to a goal. Heuristic: the tail of every step is estimated, not enclosed. */
export function follow(own: ClockedField, goal: Goal, options: PathOptions): Path {
  const { digits, maxSteps, onProgress } = options
  const bits = bitsFor(digits)
  const F = fixed(bits)
  const end = F.constant(goal.until)
  const slice = Math.max(1, Math.round((SLICE * 50) / digits))
  const patience = Math.ceil(PATIENCE * Math.min(1, (50 / digits) ** 2))
  const begin = fixedConstants(own.start, bits)
  let clock = begin.pop()!
  let state: readonly bigint[] = begin
  const segments: Segment[] = []
  const kinks: Kink[] = []
  let [steps, held]: [number, Pattern | undefined] = [0, undefined]

  const target = goal.time === undefined ? undefined : logOf(goal.time, bits)
  const [q, lambda] = ['q', 'lambda'].map((name) => own.field.inputs.indexOf(name))
  /** log t, or a number below all others at t = 0. */
  const logTime = (x: readonly bigint[]): bigint =>
    x[q!]! <= 0n ? -(1n << BigInt(4 * bits)) : F.log(x[q!]!) - x[lambda!]!
  const arrived = (x: readonly bigint[]): boolean => target !== undefined && logTime(x) >= target
  /** The part of the way that is done, so that paces compare. */
  const place = (at: bigint, x: readonly bigint[]): bigint => (target === undefined ? at : logTime(x))
  const ends = own.clock === 'tau' && target === undefined ? ending(bits, end) : undefined

  const finish = (reason: Reason, detail: string): Path => ({
    ...{ reason, detail, steps, kinks, bits, clock, state, segments },
  })
  const stop = (found: Exclude<Reason, 'watched' | 'steps'>): Path => {
    const stuck = found === 'singularity' || found === 'undefined'
    const reason = stuck && own.rate !== undefined && isSpent(own, state, bits) ? 'rate' : found
    const log = goal.timed === true ? F.toNumber(logTime(state)) : 0
    const place =
      goal.timed !== true
        ? `${own.clock} = ${decimalText(clock, bits, 6)}`
        : log < -300 || log > 700
          ? `log t = ${log.toPrecision(7)}`
          : `t = ${Number(Math.exp(log).toPrecision(7))}`
    // An end of τ may be one of t, or t may go to infinity there.
    return reason === 'singularity' && goal.timed === true
      ? finish(
          'steps',
          'its steps in loss time shrank away: a singularity, an end of loss time, or too few digits',
        )
      : finish(reason, detailOf(reason, place))
  }
  /** Cuts the last step where t is reached. */
  const arrive = (): Path => {
    const last = segments.at(-1)!
    clock = timeOn(last, (at) => logTime(valueOn(last, at, bits)) - target!, bits)
    state = valueOn(last, clock, bits)
    segments[segments.length - 1] = { ...last, to: clock }
    return stop('end')
  }

  const unknowns = Math.min(1, (own.field.inputs.length * wanted(digits)) / MOST_UNKNOWNS)
  const costly = STIFF + COSTLY * unknowns ** 3
  /** The number of steps at which collocation is tried again, and how many pass until then. */
  let [next, wait] = [0, slice]
  for (;;) {
    let mark = { clock, at: place(clock, state), steps }
    let pace: { readonly advance: bigint; readonly left: number } | undefined
    let ended: string | undefined
    const watch = (at: Watched): boolean => {
      if (arrived(at.state)) return true
      const done = steps + at.steps
      ended = ends?.(at.clock, at.state[lambda!]!)
      if (ended !== undefined) return true
      if (done - mark.steps < slice) return false
      onProgress(decimalText(at.clock, bits, 6), done)
      const here = place(at.clock, at.state)
      const gain = here - mark.at
      const left = (target ?? end) - here
      const count = gain <= 0n ? Infinity : (Number((left << 20n) / gain) / 2 ** 20) * slice
      pace = { advance: at.clock - mark.clock, left: count }
      mark = { clock: at.clock, at: here, steps: done }
      if (count > costly && done >= next) return true
      return done > patience && count > patience
    }
    const start = trace([], (T) => [...state, clock].map((value) => T.constant(exactly(value, bits))))
    const part = solve(
      { field: own.field, start: segments.length === 0 ? own.start : start },
      { until: goal.until, dense: true, maxSteps: maxSteps - steps, positive: own.rate, held, watch },
      digits,
    )
    segments.push(...part.segments)
    kinks.push(...part.kinks)
    steps += part.steps
    clock = part.segments.at(-1)?.to ?? clock
    state = part.values
    held = part.held
    if (arrived(state)) return arrive()
    if (ended !== undefined) return { ...finish('singularity', ended), ends: true }
    if (part.reason === 'steps')
      return finish('steps', `${maxSteps} steps did not reach ${own.clock} = ${goal.until}`)
    if (part.reason !== 'watched') return stop(part.reason)
    if (steps < next)
      return finish(
        'steps',
        `its steps are too short: at their pace about ${pace!.left.toPrecision(1)} are left to ${goal.time === undefined ? `${own.clock} = ${goal.until}` : `t = ${goal.time}`}`,
      )

    const found = stretched(pace!.advance)
    if (found !== undefined) return found
  }

  /** Follows the flow by collocation as long as this is faster: to the end, or to just before a kink. */
  function stretched(advance: bigint): Path | undefined {
    const pattern = held!
    const piece = stretchOf(own, pattern)
    const n = state.length
    const sides = observed(own.field, pattern)
    const count = Math.max(12, Math.min(wanted(digits), Math.floor(MOST_UNKNOWNS / piece.groups[0]!.length)))
    const toleranceBits = bits - LOST_BITS
    next = steps + wait
    wait *= 2
    // With so few nodes steps would be no longer than those of a Taylor series.
    if (toleranceBits > MOST_BITS_PER_NODE * count) return undefined
    const signs = { ...sides, outputs: sides.outputs.slice(n) }
    const active = [...pattern.values()]
    const tolerance = 1n << BigInt(LOST_BITS + 14)
    const crosses = (x: readonly bigint[]): boolean =>
      run(signs, F, x).some((z, i) => (active[i]! ? z < -tolerance : z > tolerance))
    let h = advance * 2n
    let failures = 0
    let safety = CAREFUL
    for (;;) {
      if (steps >= maxSteps)
        return finish('steps', `${maxSteps} steps did not reach ${own.clock} = ${goal.until}`)
      if (magnitude(h, bits) < -bits / 2) return stop('singularity')
      const whole = h >= end - clock
      const length = whole ? end - clock : h
      const found = collocate(piece, state, clock, length, rule(count, bits + EXTRA_BITS), toleranceBits)
      if (found === undefined || found.tail > -toleranceBits) {
        h =
          found === undefined
            ? length / 4n
            : scaled(length, growth(found, toleranceBits, count, (safety = CAREFUL)))
        if (++failures > MOST_FAILURES || BigInt(slice) * h < advance) return undefined
        continue
      }
      const late = signs.outputs.length === 0 ? -1 : found.states.findIndex(crosses)
      if (late >= 0) {
        const cut = before(found.segment, (at) => crosses(valueOn(found.segment, at, bits)), late)
        // A kink so close is left to the Taylor series.
        if (16n * (cut - clock) < length) return undefined
        ;[next, wait] = [0, slice]
        push({ ...found.segment, to: cut }, valueOn(found.segment, cut, bits))
        return undefined
      }
      failures = 0
      ;[next, wait] = [0, slice]
      push(whole ? { ...found.segment, to: end } : found.segment, found.states.at(-1)!)
      if (arrived(state)) return arrive()
      if (clock === end) return stop('end')
      const ended = ends?.(clock, state[lambda!]!)
      if (ended !== undefined) return { ...finish('singularity', ended), ends: true }
      onProgress(decimalText(clock, bits, 6), steps)
      h = scaled(length, growth(found, toleranceBits, count, safety))
      safety = Math.min(BOLD, safety + 0.1)
    }
    function push(segment: LegendreSegment, to: readonly bigint[]): void {
      segments.push(segment)
      clock = segment.to
      state = to
      steps += 1
    }
    /** A clock a little before the first one at which something holds that holds at a node. */
    function before(segment: LegendreSegment, holds: (at: bigint) => boolean, node: number): bigint {
      const { nodes } = rule(count, bits + EXTRA_BITS)
      const at = (k: number): bigint =>
        k < 0 ? segment.from : segment.from + ((nodes[k]! * segment.length) >> BigInt(bits + EXTRA_BITS))
      let [lo, hi] = [at(node - 1), at(node)]
      const width = segment.length >> 30n
      while (hi - lo > width && hi - lo > 1n) {
        const middle = (lo + hi) / 2n
        if (holds(middle)) hi = middle
        else lo = middle
      }
      const cut = lo - (segment.length >> 24n)
      return cut > segment.from ? cut : segment.from
    }
  }
}

/** Nodes of a step of collocation: enough for so many digits, as long as their rule is soon made. */
const wanted = (digits: number): number => Math.min(160, Math.ceil(1.3 * digits))
/** Unknowns of one step of collocation at most: the matrix has their square. */
const MOST_UNKNOWNS = 640
/** Binary digits of a step of collocation that may be wrong at its end. */
const LOST_BITS = 20
const MOST_FAILURES = 12
const MOST_BITS_PER_NODE = 10
/** What the expected length of the next step is multiplied by, behind a step that failed and behind others. */
const [CAREFUL, BOLD] = [0.6, 1]

/**
 * How much longer the next step may be. Behind or before a singularity at a distance R, Legendre coefficients fall by
 * ρ = z + √(z² − 1) per term with z = 1 + 2R/h (Bernstein).
 */
function growth({ decay }: Collocated, toleranceBits: number, count: number, safety: number): number {
  const distance = (bits: number): number => Math.cosh(Math.min(bits, 30) * Math.LN2) - 1
  return Math.min(
    4,
    Math.max(0.2, (safety * distance(Math.max(0.01, decay))) / distance(toleranceBits / count)),
  )
}

const scaled = (h: bigint, factor: number): bigint => (h * BigInt(Math.round(factor * 1024))) >> 10n

const stretches = new WeakMap<ClockedField['field'], Map<string, Stretch>>()

function stretchOf({ field }: ClockedField, pattern: Pattern): Stretch {
  const key = [...pattern.values()].map(Number).join('')
  const own = stretches.get(field) ?? new Map<string, Stretch>()
  stretches.set(field, own)
  const known = own.get(key) ?? stretch(smoothPiece(field, pattern))
  own.set(key, known)
  return known
}

/** log of a positive literal in units of 2^−bits. */
function logOf(text: string, bits: number): bigint {
  const G = interval(bits + 96)
  const { m, e } = G.log(G.constant(text)).lo
  return e + bits >= 0 ? m << BigInt(e + bits) : m >> BigInt(-e - bits)
}

/** The clock on a segment at which an increasing function comes to 0: bisection, then the secant inside its bracket. */
function timeOn(segment: Segment, f: (at: bigint) => bigint, bits: number): bigint {
  let [lo, hi] = [segment.from, segment.to]
  let [below, above] = [f(lo), f(hi)]
  for (let i = 0; hi - lo > 1n && i < 2 * bits; i++) {
    const width = hi - lo
    const spread = above - below
    // Every third point halves, so that the bracket shrinks from both sides.
    const secant = spread > 0n && i % 3 !== 2 ? lo + (-below * width) / spread : lo + width / 2n
    const at = secant <= lo ? lo + 1n : secant >= hi ? hi - 1n : secant
    const value = f(at)
    if (value === 0n) return at
    if (value < 0n) [lo, below] = [at, value]
    else [hi, above] = [at, value]
  }
  return hi
}

/** Whether the rate has fallen to this part of what it was at the start. */
const SPENT = 1e-6

/** Whether the rate has nearly come to 0: in the clock s it does so only as its steps shrink away. */
function isSpent({ field, rate, start }: ClockedField, state: readonly bigint[], bits: number): boolean {
  const F = fixed(bits)
  const eta = trace(field.inputs, (T, x) => run({ ...field, outputs: [rate!] }, T, x))
  try {
    const [first, last] = [fixedConstants(start, bits).slice(0, -1), state].map((x) =>
      F.toNumber(run(eta, F, x)[0]!),
    )
    return last! < SPENT * first!
  } catch (error) {
    if (error instanceof Undefined) return false
    throw error
  }
}

/** What a reason says to the reader. */
function detailOf(reason: Exclude<Reason, 'watched' | 'steps'>, place: string): string {
  return {
    end: 'it came to the end',
    singularity: `its steps shrank away before a singularity of the solution near ${place}`,
    undefined: `the field has no value near ${place}`,
    sliding: `it slides along a kink from ${place}: both sides push onto it`,
    ambiguous: `at ${place} it is on a kink from which several pieces of the field lead away, or on too many kinks to tell`,
    rate: `the rate is positive only up to ${place}, and the flow ends there`,
  }[reason]
}

/** The exact product of two literals, rounded up to an integer. */
export function productAbove(a: string, b: string): string {
  const [p, r] = [parseRatio(a), parseRatio(b)]
  return `${(p.num * r.num) / (p.den * r.den) + 1n}`
}
