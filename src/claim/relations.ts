/** Relations along a run: between its limits, and between observables at its samples. */
import { signOf, type Bounded } from '../number/bounded.ts'
import { logSize, toDouble, wide, wideFloat, type Wide } from '../number/wide.ts'
import type { Slack } from '../program/slacks.ts'
import type { Expr, Trace } from '../program/program.ts'
import { decide } from './decide.ts'
import { meetsNeed, type Guard } from './guards.ts'
import { all, joint, plain, within, type Judged, type Truth } from './judged.ts'
import { describeLimit, TAIL, type Limit } from './limit.ts'
import { Open, START, type Observation, type Sampler, type Seen } from './sampled.ts'

/**
 * At every sample (`all`), at one (`some`), or from some sample on (`eventually`): throughout the tail on which limits are
 * read; it fails where the relation fails throughout the last factor 10 of s.
 */
export type When = 'all' | 'some' | 'eventually'

/** Sides agree only where their error is within this part of them: to two digits. */
const AGREED = 1 / 200
/** Of a measured error, so many times count as what may be off: two runs may agree by chance. */
const ABOVE = 4
/** A limit is beyond a bound if it is so by twice its error. */
const SURE = 2
/** The binary exponent that stands for infinity in a comparison with a number. */
const FAR = 2 ** 40

const three = (x: number): string => `${Number(x.toPrecision(3))}`
const six = (x: number): string => `${Number(x.toPrecision(6))}`
const brief = (a: Wide): string => (Math.abs(a.e) < 1000 ? six(toDouble(a)) : wideFloat.format(a))
const shown = ({ hi, err }: Bounded): string =>
  `${brief(hi)} ± ${err.m === 0 ? '0' : brief(wide(Number(err.m.toPrecision(1)), err.e))}`

const { sub, div } = wideFloat
const ZERO = wide(0)
const size = ({ m, e }: Wide): Wide => ({ m: Math.abs(m), e })
const larger = (a: Wide, b: Wide): Wide => (sub(a, b).m > 0 ? a : b)
const largest = (list: readonly Wide[]): Wide => list.map(size).reduce(larger, ZERO)
const times = (a: Wide, k: number): Wide => wide(a.m * k, a.e)
/** a/b as a double; 0/0 is 0. */
const ratio = (a: Wide, b: Wide): number => (a.m === 0 ? 0 : b.m === 0 ? Infinity : toDouble(div(a, b)))

/**
 * Whether a slack d that may be off by `error`, of sides with terms of size `scale`, meets its relation. Within its error it
 * agrees, unless this swallows the sides; > needs more.
 */
function holds(relation: Slack['relation'], d: Wide, error: Wide, scale: Wide, sure = 1): Truth {
  if (sub(size(d), times(error, sure)).m > 0) return relation !== '=' && d.m > 0
  if (sub(size(d), error).m > 0) return undefined
  if (error.m === 0) return relation !== '>'
  return relation !== '>' && sub(error, times(scale, AGREED)).m <= 0 ? true : undefined
}

/** How far inside its relation a slack lies, in [−1, 1]: 0 where its error ends. */
function marginOf(relation: Slack['relation'], d: Wide, error: Wide, scale: Wide): number {
  const whole = largest([scale, error, d])
  const [slack, most] = [ratio(d, whole), ratio(error, whole)]
  if (relation !== '=') return (slack + most) / (1 + Math.abs(slack))
  return Math.abs(slack) <= most
    ? within(most, Math.abs(slack))
    : (most - Math.abs(slack)) / (1 + Math.abs(slack))
}

/** To so many digits sides agree; none if they are the same for certain. */
const digitsOf = (error: Wide, scale: Wide): { readonly digits?: number } =>
  error.m === 0 || scale.m === 0 ? {} : { digits: Math.floor((logSize(scale) - logSize(error)) / Math.LN10) }

/** What the samples of a relation share: the sizes of its sides, and how far the run may move it, as a part of these. */
interface Sampled {
  readonly relation: Slack['relation']
  readonly when: When
  readonly scales: readonly Wide[]
  readonly off: readonly number[]
}

/** The relations of one formula at one assignment of its letters. */
export function relationsAlong(F: Trace, sampler: Sampler, observation: Observation) {
  const { inputs, limit, finite } = sampler
  const clock = observation.clock ?? 's'

  const isStart = (name: string): boolean => name.endsWith(START)
  const isConstant = (e: Expr): boolean =>
    inputs(e).every((name) => limit(name) !== undefined || isStart(name))

  /** The terms that sums and differences add up, of both sides. */
  const terms = (e: Expr): readonly Expr[] => {
    const op = F.ops[e]!
    if (op[0] === 'neg') return terms(op[1] as Expr)
    return op[0] === 'add' || op[0] === 'sub' ? [...terms(op[1] as Expr), ...terms(op[2] as Expr)] : [e]
  }

  /** The limit that an expression is. */
  const single = (e: Expr): Limit | undefined => (F.ops[e]![0] === 'input' ? limit(inputs(e)[0]!) : undefined)

  /** The sizes of what an expression in limits adds up. */
  const sizes = (e: Expr): readonly Wide[] => terms(e).flatMap((term) => knownValue(sampler, term))
  /** The same behind its limits: of what the observables add up at the end of the run, and their largest values. */
  const behind = (e: Expr): readonly Wide[] =>
    terms(e).flatMap((term): readonly Wide[] => {
      if (single(term)?.kind !== 'finite') return []
      const of = sampler.observable(inputs(term)[0]!)
      const seen = sampler.sample(terms(of))
      const most = sampler.tail(of).values.reduce((a, b) => Math.max(a, Math.abs(b)), 0)
      const from = observation.s.findIndex((s) => s * 10 ** TAIL >= observation.s.at(-1)!)
      const [first, last] = [seen[from]!, seen.at(-1)!]
      // Terms that grow faster than s² say nothing of the limit of their sum: what is small beside them may be large.
      const grows = (i: number): boolean =>
        !('values' in first && 'values' in last) ||
        sub(size(last.values[i]!.hi), times(size(first.values[i]!.hi), 10 ** (2 * TAIL))).m > 0
      const added = 'values' in last ? last.values.flatMap(({ hi }, i) => (grows(i) ? [] : [hi])) : []
      return Number.isFinite(most) ? [...added, wide(most)] : added
    })

  /** A relation between numbers of the case alone, exactly. */
  const exactly = ({ relation, slack, left, right }: Slack): Truth => {
    const { given } = observation
    const names = [...new Set([slack, left, right].flatMap(inputs))]
    const values = new Map(names.map((name) => [name, given?.(name)]))
    if ([...values.values()].includes(undefined)) return undefined
    const program = F.program([slack, left, right], names)
    const compiled = { program, relations: [{ relation, formula: 0, indices: {} }], needs: [] }
    const { status } = decide(compiled, values as ReadonlyMap<string, string>)
    return status === 'undecided' ? undefined : status === 'holds'
  }

  /** A relation between expressions in limits and in numbers of the start. */
  const between = (found: Slack, vector: Wide): Judged => {
    const { relation, slack, left, right } = found
    const direct = endless(found)
    if (direct) return direct
    const [d, l, r] = sampler.constants([slack, left, right]) as [Bounded, Bounded, Bounded]
    // A limit that falls to 0 counts as 0, and as what it may still be where it is compared with something else.
    const falling = [slack, left, right].flatMap(inputs).flatMap((name): [string, Bounded][] => {
      const own = limit(name)
      return own?.kind === 'finite' && own.error > 0
        ? [[name, { ...finite(name), err: wide(own.error) }]]
        : []
    })
    let error = d.err
    if (d.hi.m !== 0) error = larger(error, sampler.constants([slack], new Map(falling))[0]!.err)
    let scale = largest([vector, ...sizes(left), ...sizes(right)])
    // Beside a number that is not 0, an error larger than both says nothing.
    const number = [left, right].some((e) => inputs(e).length === 0 && sampler.constants([e])[0]!.hi.m !== 0)
    if (relation === '=' && !number && sub(error, times(scale, AGREED)).m > 0)
      scale = largest([scale, ...behind(left), ...behind(right)])
    const sides = {
      ...{ left: shown(l), right: shown(r), slack: brief(d.hi), relation },
      reason: `${shown({ ...d, err: error })} is not decided`,
    }
    const truth = exactly(found) ?? holds(relation, d.hi, error, scale, SURE)
    const margin = marginOf(relation, d.hi, times(error, SURE), scale)
    // What its form alone decides lies on the boundary.
    const side = truth === undefined ? margin : truth ? Math.max(0, margin) : Math.min(0, margin)
    return { ...sides, truth, margin: side, ...(truth && relation === '=' && digitsOf(error, scale)) }
  }

  /** A relation in which a limit is infinite, or none at all. */
  const endless = ({ relation, slack, left, right }: Slack): Judged | undefined => {
    const [l, r] = [single(left), single(right)]
    const none = [l, r].find((own) => own?.kind === 'oscillating')
    if (none) {
      const text = (own: Limit | undefined, e: Expr): string =>
        own ? describeLimit(own) : shown(sampler.constants([e])[0]!)
      return {
        truth: false,
        reason: '',
        relation,
        slack: '',
        left: text(l, left),
        right: text(r, right),
        ...plain(false),
      }
    }
    const infinite = l?.kind === 'infinite' ? l : r?.kind === 'infinite' ? r : undefined
    if (!infinite || (l?.kind === 'infinite' && r?.kind === 'infinite')) return undefined
    const [own, other] = infinite === l ? [left, right] : [right, left]
    const far = { hi: { m: infinite.sign, e: FAR }, lo: ZERO, err: ZERO, nonNegative: infinite.sign > 0 }
    const positive = signOf(sampler.constants([slack], new Map([[inputs(own)[0]!, far]]))[0]!) === 1
    const sides = [describeLimit(infinite), brief(sampler.constants([other])[0]!.hi)]
    const [leftText, rightText] = infinite === l ? sides : sides.toReversed()
    const truth = relation === '=' ? false : positive
    return {
      ...{ truth, reason: '', relation, ...plain(truth) },
      ...{ left: leftText!, right: rightText!, slack: positive ? '∞' : '−∞' },
    }
  }

  /** A relation between observables, sample by sample. */
  const observed = (
    { relation, slack, left, right }: Slack,
    when: When,
    guards: readonly Guard[],
  ): Judged => {
    const parts = [...new Set([...terms(left), ...terms(right)])]
    const needed = sampler.sample(guards.map(({ value }) => value))
    const seen = sampler
      .sample([slack, left, right, ...parts])
      .map((at, j) => existing(needed[j]!, guards) ?? at)
    const scales = seen.map((at) => ('values' in at ? largest(at.values.slice(1).map(({ hi }) => hi)) : ZERO))
    /** How far the run may move the slack, as a part of its terms. */
    const off = seen.map((at, j) => {
      if (!('values' in at)) return 0
      if (!at.rough) return Infinity
      return ratio(size(sub(at.rough[0]!.hi, at.values[0]!.hi)), scales[j]!)
    })
    const judged = seen.map((at, j): Judged => judgedAt(at, j, { relation, when, scales, off }))
    return combined(judged, when, relation)
  }

  const judgedAt = (at: Seen, j: number, { relation, when, scales, off }: Sampled): Judged => {
    const moment = `${clock} = ${three(observation.s[j]!)}`
    const none = { left: '', right: '', slack: '', relation }
    if ('undefined' in at)
      return { ...none, truth: false, reason: at.undefined, left: `no value at ${moment}`, ...plain(false) }
    if ('unknown' in at) return { ...none, truth: undefined, reason: at.unknown }
    const [d, l, r] = at.values as [Bounded, Bounded, Bounded]
    const sides = { left: `${brief(l.hi)} at ${moment}`, right: brief(r.hi), slack: brief(d.hi), relation }
    // A single difference between two runs may be small by chance.
    const near = off.slice(Math.max(0, j - 2), j + 3).reduce((a, b) => Math.max(a, b))
    if (near === Infinity)
      return { ...sides, truth: undefined, reason: `the error of the run is not known at ${moment}` }
    const [scale, error] = [scales[j]!, wideFloat.add(times(scales[j]!, ABOVE * near), d.err)]
    // Within its error a relation may hold everywhere, but is not known to hold here.
    const sure = when === 'some' && error.m !== 0 && sub(size(d.hi), error).m <= 0
    const truth = sure ? undefined : holds(relation, d.hi, error, scale)
    const reason = `${shown({ ...d, err: error })} at ${moment} is not decided`
    const margin = marginOf(relation, d.hi, error, scale)
    return { ...sides, truth, reason, margin, ...(truth && relation === '=' && digitsOf(error, scale)) }
  }

  const combined = (judged: readonly Judged[], when: When, relation: Slack['relation']): Judged => {
    if (when === 'all') return all(judged.map((at) => () => at))
    const end = observation.s.at(-1)!
    const none = { left: 'never', right: 'never', slack: '', relation }
    if (when === 'some') {
      const found = judged.find(({ truth }) => truth === true)
      if (found) return { ...found, margin: Math.max(0, found.margin ?? 0) }
      const turned = joint(judged.map(({ margin }) => margin && -margin))
      const margin = turned.margin === undefined ? {} : { margin: -turned.margin }
      const open = judged.find(({ truth }) => truth === undefined)
      return { ...none, truth: open ? undefined : false, reason: open?.reason ?? '', ...margin }
    }
    if (observation.ended !== undefined) throw new Open(observation.ended)
    const from = (decades: number): readonly Judged[] =>
      judged.filter((_, j) => observation.s[j]! * 10 ** decades >= end)
    const tail = all(from(TAIL).map((at) => () => at))
    if (tail.truth !== false) return tail
    const late = from(1)
    if (late.every(({ truth }) => truth === false)) return late.at(-1)!
    return {
      ...none,
      truth: undefined,
      reason: `it does not hold from ${clock} = ${three(end / 10 ** TAIL)} on, but later at times`,
    }
  }

  /** The relations of one vector equation, each component against the size of all. */
  return (found: readonly Slack[], when: When, guards: readonly Guard[]): Judged => {
    // What cancels to numbers is still to exist at every sample.
    const cancelled = ({ left, right }: Slack): boolean =>
      guards.length > 0 && inputs(left).length + inputs(right).length === 0
    const ends = found.filter((one) => isConstant(one.left) && isConstant(one.right) && !cancelled(one))
    const sides = ends.flatMap(({ left, right }) => [left, right])
    const vector = ends.length < 2 ? ZERO : largest(sides.flatMap((e) => knownValue(sampler, e)))
    return all(
      found.map(
        (slack) => () => (ends.includes(slack) ? between(slack, vector) : observed(slack, when, guards)),
      ),
    )
  }
}

/** Why both sides do not exist at a sample, or are not known to, as they need; also where it cancels in them. */
function existing(at: Seen, guards: readonly Guard[]): Seen | undefined {
  if (!('values' in at)) return at
  for (const [i, { need }] of guards.entries()) {
    const value = at.values[i]!
    const met = (need === 'not negative' && value.nonNegative) || meetsNeed(need, signOf(value))
    if (met === false) return { undefined: `a side has no value where ${shown(value)} has to be ${need}` }
    if (met === undefined) return { unknown: `it is lost in its error whether ${shown(value)} is ${need}` }
  }
  return undefined
}

function knownValue(sampler: Sampler, e: Expr): readonly Wide[] {
  try {
    return sampler.constants([e]).map(({ hi }) => hi)
  } catch (error) {
    if (error instanceof Open) return []
    throw error
  }
}
