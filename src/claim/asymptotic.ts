/** Asymptotic statements: limits, orders of growth and bounds, decided along one sampled run. */
import { Undefined } from '../number/conventions.ts'
import { fromDouble, logSize, toDouble, wideFloat, type Wide } from '../number/wide.ts'
import {
  assignments,
  evaluate,
  freeIndices,
  slacks,
  symbolOf,
  type Formula,
  type Indices,
  type Node,
  type Scope,
  type Slack,
  type Value,
} from '../program/formula.ts'
import type { Expr, Program, Trace } from '../program/program.ts'
import { run } from '../program/run.ts'
import type { Evidence, Outcome } from './decide.ts'
import { all, either, joint, plain, within, type Judged, type Truth } from './judged.ts'
import { limitOf, TAIL, type Limit, type Series } from './limit.ts'

/** A run, seen through its samples: the value of every symbol at each, and in a less accurate run. */
export interface Observation {
  /** The clock at each sample, geometrically spaced. */
  readonly s: readonly number[]
  /** What the clock is, such as `k`; `s = log 1/L` if absent. */
  readonly clock?: string
  /** Why the run ended before its horizon, if it did: it has no limits then. */
  readonly ended?: string
  value(input: string, sample: number): Wide
  /** The same of the less accurate run; `undefined` where it did not come this far. */
  rough(input: string, sample: number): Wide | undefined
}

/** What turns an observable into a number of the run: its limit, or its supremum from a moment on. */
export interface Along {
  limit(e: Expr): Expr
  /** The largest value at this or a later sample. */
  supremum(e: Expr): Expr
}

/** An equation holds if its sides agree within their errors, and these within this part of their size. */
const RESOLUTION = 4e-3
/** A limit 0 of a falling power counts as exact if its error is within this part of what fell. */
const VANISHED = 0.02
/** A ratio keeps its order if its limit is known to this factor of e. */
const WITHIN = 1
/** Sides smaller than this count as of this size: observables compared with 0 are ratios of like things. */
const SMALL = 1e-5
/** An equation fails if its sides differ by twice their errors and by this part of their size. */
const CLEAR = 1e-3
/** A relation at every sample holds within this part of its size, beside the error of the run. */
const PRECISE = 1e-6

/** The same for a relation between numbers of the start alone. */
const ROUNDED = 1e-13

/** Thrown where a statement needs a limit that is not known. */
export class Open extends Error {
  override readonly name = 'Open'
}

const three = (x: number): string => `${Number(x.toPrecision(3))}`
const six = (x: number): string => `${Number(x.toPrecision(6))}`
const brief = (a: Wide): string => (Math.abs(a.e) < 1000 ? six(toDouble(a)) : wideFloat.format(a))

/** A limit in words. */
export function describeLimit(limit: Limit): string {
  if (limit.kind === 'open') return `open: ${limit.reason}`
  const { power } = limit
  if (limit.kind === 'infinite') {
    const rate = power!.estimate === 0 ? 'like log s' : `like s^${three(power!.estimate)}`
    return `${limit.sign < 0 ? '−' : ''}∞, ${rate}`
  }
  return vanishes(limit)
    ? `0, like s^−${three(power!.estimate)}`
    : `${six(limit.value)} ± ${Number(limit.error.toPrecision(1))}`
}

/** Whether a limit is 0 as that of a falling power of s. */
const vanishes = (limit: Limit): boolean =>
  limit.kind === 'finite' && limit.scale !== undefined && limit.error <= VANISHED * limit.scale

/**
 * Whether all formulas hold along a run, to which `scope` gives the symbols. A formula is a relation between limits,
 * `lim(f) == inf`, an order `f == Theta(g)`, `O(g)` or `o(g)`, `converges(f)`, several of these joined by `or`, a
 * relation between observables, meant at every sample, or `some(relation)`, meant at one. Orders are taken literally:
 * o(g) fails where f/g tends to a positive number.
 * O(g) also holds where f/g has no known limit but falls through the whole tail of the run.
 */
export function decideAlong(
  formulas: readonly Formula[],
  scope: (F: Trace, along: Along) => Scope,
  chosen: Indices,
  F: Trace,
  observation: Observation,
): Outcome {
  const last = observation.s.at(-1)!
  const arithmetic = `limits, s to 10^${Math.round(10 * Math.log10(last)) / 10}`
  const judge = judgeAlong(F, scope, observation)
  const alternatives: string[] = []
  const margins: (number | undefined)[] = []
  let undecided: string | undefined
  for (const [f, formula] of formulas.entries()) {
    const free = freeIndices(formula, judge.scope).filter((letter) => !(letter in chosen))
    for (const indices of assignments(free, judge.scope, chosen)) {
      const found = judge.statement(formula.root, indices)
      margins.push(found.margin)
      if (found.truth === false) {
        const { relation, slack, left, right } = found
        const worst: Evidence = { relation, formula: f, indices, slack, left, right }
        return { status: 'violated', arithmetic, worst, ...joint(margins) }
      }
      if (found.truth === undefined) undecided ??= `${found.reason}, s to ${three(last)}`
      if (found.alternative !== undefined) alternatives.push(found.alternative)
    }
  }
  const margin = joint(margins)
  if (undecided !== undefined) return { status: 'undecided', reason: undecided, ...margin }
  return { status: 'holds', arithmetic, alternatives: [...new Set(alternatives)], ...margin }
}

/** What is said of a violation that a longer run does not confirm: a transient may pass for a limit. */
export const UNCONFIRMED: Outcome = {
  status: 'undecided',
  reason: 'it fails on a run, but not on a longer one',
}

interface Sampled {
  readonly run: (Wide | undefined)[]
  readonly rough: (Wide | undefined)[]
}

/** How far limits inside an observable are moved from their values. */
type Moves = ReadonlyMap<string, number>

/** What judges statements along one run. */
export interface AlongJudge {
  readonly scope: Scope
  /** The values of an expression at all samples, `undefined` where it has none. @throws Open where a limit in it is not known. */
  values(e: Expr): readonly (Wide | undefined)[]
  statement(root: Node, indices: Indices): Judged
}

/** The judge of statements along a run. */
export function judgeAlong(
  F: Trace,
  scopeOf: (F: Trace, along: Along) => Scope,
  observation: Observation,
): AlongJudge {
  const limits = new Map<string, { readonly of: Expr; found?: Limit }>()
  const suprema = new Map<string, { readonly of: Expr; run?: Wide[]; rough?: (Wide | undefined)[] }>()
  const named = (kind: string, known: Map<string, { readonly of: Expr }>, e: Expr): Expr => {
    const name = `${kind} ${e}`
    if (!known.has(name)) known.set(name, { of: e })
    return F.input(name)
  }
  const along: Along = {
    limit: (e) => named('lim', limits, e),
    supremum: (e) => named('sup', suprema, e),
  }
  const scope = scopeOf(F, along)

  /** The Program of an expression, with the inputs that it reads. */
  const programOf = (e: Expr): Program => {
    const { ops, inputs } = F.program([e])
    return F.program(
      [e],
      ops.flatMap((op) => (op[0] === 'input' ? [inputs[op[1]]!] : [])),
    )
  }

  const limit = (name: string): Limit => {
    const own = limits.get(name)!
    return (own.found ??= withNested(own.of))
  }
  /** The limit of an observable in which other limits occur: its error counts how far each of theirs moves it. */
  const withNested = (e: Expr): Limit => {
    const nested = programOf(e).inputs.flatMap((name) => {
      const { error } = limits.has(name) ? finite(name) : { error: 0 }
      return error > 0 ? [{ name, error }] : []
    })
    const found = limitOf(tail(e, false, new Map()))
    if (found.kind !== 'finite') return found
    let { error } = found
    for (const moved of nested) {
      const other = limitOf(tail(e, false, new Map([[moved.name, moved.error]])))
      if (other.kind !== 'finite') return other
      error += Math.abs(other.value - found.value)
    }
    return { ...found, error }
  }
  const finite = (name: string): { readonly value: number; readonly error: number } => {
    const found = limit(name)
    if (found.kind !== 'finite') throw new Open(`a limit is ${describeLimit(found)}`)
    return vanishes(found) ? { value: 0, error: 0 } : found
  }
  const later = (values: readonly (Wide | undefined)[]): (Wide | undefined)[] => {
    let most: Wide | undefined
    return values
      .toReversed()
      .map(
        (v) => (most = v && (most === undefined || wideFloat.sign(wideFloat.sub(v, most)) === 1) ? v : most),
      )
      .toReversed()
  }

  /**
   * The values of an expression at all samples, of the run and of the rougher one. Limits in it are moved as told; if
   * nothing is told, by their error in the rougher run.
   */
  const sample = (e: Expr, moves?: Moves): Sampled => {
    const program = programOf(e)
    const at = (j: number, rough: boolean): Wide | undefined => {
      const x = program.inputs.map((name): Wide | undefined => {
        if (limits.has(name)) {
          const { value, error } = finite(name)
          return fromDouble(value + (moves === undefined ? (rough ? error : 0) : (moves.get(name) ?? 0)))
        }
        const own = suprema.get(name)
        if (own) {
          if (!own.run) {
            const values = sample(own.of)
            own.run = later(values.run) as Wide[]
            own.rough = later(values.rough)
          }
          return rough ? own.rough![j] : own.run[j]
        }
        return rough ? observation.rough(name, j) : observation.value(name, j)
      })
      if (x.includes(undefined)) return undefined
      try {
        return run(program, wideFloat, x as Wide[])[0]!
      } catch (error) {
        if (error instanceof Undefined) return undefined
        throw error
      }
    }
    const indices = observation.s.map((_, j) => j)
    return { run: indices.map((j) => at(j, false)), rough: indices.map((j) => at(j, true)) }
  }

  /** The series of an expression, from the first sample at which it has a value. */
  const series = (e: Expr, logarithmic = false, moves?: Moves): Series => {
    const { run: values, rough } = sample(e, moves)
    const first = values.findLastIndex((v) => v === undefined) + 1
    const read = logarithmic ? logSize : toDouble
    const kept = values.slice(first) as Wide[]
    const numbers = kept.map(read)
    const made: Series = {
      s: observation.s.slice(first),
      values: numbers,
      sizes: logarithmic ? numbers.map((x) => Math.log(Math.abs(x))) : kept.map(logSize),
      noise: numbers.map((x, j) => {
        const other = rough[first + j]
        return other === undefined ? Infinity : Math.abs(read(other) - x)
      }),
    }
    if (made.s.length < 4) throw new Open('the observable has no value along the run')
    return made
  }

  /** The series of a run that goes on. */
  const tail = (e: Expr, logarithmic = false, moves?: Moves): Series => {
    if (observation.ended !== undefined) throw new Open(observation.ended)
    return series(e, logarithmic, moves)
  }

  const isLimit = (e: Expr): boolean => {
    return programOf(e).inputs.every((name) => limits.has(name))
  }

  /** The value of an expression in limits, and its error to first order. */
  const atLimits = (e: Expr): { readonly value: number; readonly error: number } => {
    const program = programOf(e)
    const known = program.inputs.map(finite)
    const at = (x: readonly number[]): number => toDouble(run(program, wideFloat, x.map(fromDouble))[0]!)
    const centre = known.map(({ value }) => value)
    const value = at(centre)
    let error = 1e-12 * Math.abs(value)
    known.forEach(({ error: own }, k) => {
      if (own === 0) return
      const moved = [own, -own].map((d) => Math.abs(at(centre.with(k, centre[k]! + d)) - value))
      error += Math.max(...moved)
    })
    return { value, error }
  }

  const open = (reason: string): Judged => ({
    ...{ truth: undefined, reason, left: '', right: '', slack: '', relation: '=' },
  })

  /** A relation between expressions in limits. */
  const between = ({ relation, slack, left, right }: Slack, size: number): Judged => {
    const direct = whole(left, right, relation, slack)
    if (direct) return direct
    const [l, r, d] = [atLimits(left), atLimits(right), atLimits(slack)]
    const scale = Math.max(size, Math.abs(l.value), Math.abs(r.value), SMALL)
    const shown = {
      ...{ left: `${six(l.value)} ± ${three(l.error)}`, right: `${six(r.value)} ± ${three(r.error)}` },
      ...{ slack: six(d.value), relation, reason: `${six(d.value)} ± ${three(d.error)} is not decided` },
    }
    const off = Math.abs(d.value)
    if (relation === '=') {
      const agree = off <= d.error + 1e-9 * scale && d.error <= RESOLUTION * scale
      const most = 2 * d.error + CLEAR * scale
      return { ...shown, truth: agree ? true : off > most ? false : undefined, margin: within(most, off) }
    }
    const exact = d.error <= 1e-12 * scale && off <= 1e-12 * scale
    const truth = d.value > 2 * d.error && !exact ? true : d.value < -2 * d.error ? false : undefined
    if (exact) return { ...shown, truth: relation === '>=', margin: 0 }
    return { ...shown, truth, margin: (d.value + 2 * d.error) / (2 * d.error + scale + off) }
  }

  /** A relation with one side a single limit that is infinite. */
  const whole = (left: Expr, right: Expr, relation: Slack['relation'], slack: Expr): Judged | undefined => {
    const single = (e: Expr): Limit | undefined => {
      const [name] = F.ops[e]![0] === 'input' ? programOf(e).inputs : []
      return name !== undefined && limits.has(name) ? limit(name) : undefined
    }
    const [l, r] = [single(left), single(right)]
    const infinite = l?.kind === 'infinite' ? l : r?.kind === 'infinite' ? r : undefined
    if (!infinite || (l?.kind === 'infinite' && r?.kind === 'infinite')) return undefined
    const other = infinite === l ? right : left
    const { value } = atLimits(other)
    const program = programOf(slack)
    const far = program.inputs.map((name) =>
      limit(name) === infinite ? { m: infinite.sign, e: FAR } : fromDouble(finite(name).value),
    )
    const positive = wideFloat.sign(run(program, wideFloat, far)[0]!) === 1
    const sides = [describeLimit(infinite), six(value)]
    const [leftText, rightText] = infinite === l ? sides : sides.toReversed()
    const truth = relation === '=' ? false : positive
    return {
      ...{ truth, reason: '', relation, ...plain(truth) },
      ...{ left: leftText!, right: rightText!, slack: positive ? '∞' : '−∞' },
    }
  }

  /** A relation between observables, at every sample or (`some`) at one. */
  const everywhere = ({ relation, slack, left, right }: Slack, some: boolean): Judged => {
    const [d, l, r] = [slack, left, right].map((e) => sample(e)) as [Sampled, Sampled, Sampled]
    series(slack)
    const first = 1 + observation.s.findLastIndex((_, j) => !d.run[j] || !l.run[j] || !r.run[j])
    const { sub, mul, div, neg, sign } = wideFloat
    const size = (a: Wide): Wide => (sign(a) === -1 ? neg(a) : a)
    const larger = (a: Wide, b: Wide): Wide => (sign(sub(a, b)) === 1 ? a : b)
    /** How far the slack may be off at a sample, as a part of the larger side. */
    const off = observation.s.map((_, j) => {
      const [other, value] = [d.rough[j], d.run[j]]
      if (j < first || !other || !value) return Infinity
      const moved = size(sub(other, value))
      const whole = larger(size(l.run[j]!), size(r.run[j]!))
      return sign(moved) === 0 ? 0 : sign(whole) === 0 ? Infinity : toDouble(div(moved, whole))
    })
    // What is given is known exactly.
    const given = programOf(slack).inputs.every((name) => name.endsWith('(t_0)'))
    const precise = given ? ROUNDED : PRECISE
    let open = ''
    const margins: (number | undefined)[] = []
    for (let j = first; j < observation.s.length; j++) {
      const [value, a, b] = [d.run[j]!, l.run[j]!, r.run[j]!]
      // A single difference between two runs may be small by chance.
      const near = Math.max(...off.slice(Math.max(first, j - 2), j + 3))
      const shown = {
        ...{ left: `${brief(a)} at s = ${three(observation.s[j]!)}`, right: brief(b), slack: brief(value) },
        ...{ reason: '', relation },
      }
      let truth: Truth
      if (near < Infinity) {
        const error = mul(fromDouble(ABOVE * near + precise), larger(size(a), size(b)))
        const beyond = sign(sub(size(value), error)) === 1
        const part = (x: Wide): number => {
          const whole = larger(larger(size(a), size(b)), error)
          return sign(whole) === 0 ? 0 : toDouble(div(x, whole))
        }
        const [slack, most] = [part(value), part(error)]
        margins.push(
          relation === '=' ? within(most, Math.abs(slack)) : (slack + most) / (1 + Math.abs(slack)),
        )
        if (relation === '=') truth = !beyond
        else truth = beyond ? sign(value) === 1 : relation === '>=' && !some ? true : undefined
      }
      if (near === Infinity) margins.push(undefined)
      if (truth === some)
        return { ...shown, truth, ...(some ? { margin: Math.max(0, margins.at(-1)!) } : joint(margins)) }
      if (truth === undefined && open === '')
        open =
          near === Infinity
            ? `the error of the run is not known at s = ${three(observation.s[j]!)}`
            : `${brief(value)} is not certainly ${relation === '>' ? 'positive' : 'of one sign'}`
    }
    const shown = { ...{ left: 'never', right: 'never', slack: '', reason: open, relation } }
    const turned = joint(margins.map((margin) => margin && -margin))
    const margin = !some ? joint(margins) : turned.margin === undefined ? {} : { margin: -turned.margin }
    return { ...shown, truth: open === '' ? !some : undefined, ...margin }
  }

  const relation = (root: Node, at: Indices, some: boolean): Judged => {
    const found = slacks({ source: root.toString(), root }, scope, at)
    const ends = found.filter(({ left, right }) => isLimit(left) && isLimit(right))
    const size = Math.max(
      0,
      ...ends.flatMap(({ left, right }) =>
        [left, right].map((e) => {
          try {
            return Math.abs(atLimits(e).value)
          } catch (error) {
            if (error instanceof Open) return 0
            throw error
          }
        }),
      ),
    )
    return all(
      found.map(
        (slack) => () =>
          isLimit(slack.left) && isLimit(slack.right) ? between(slack, size) : everywhere(slack, some),
      ),
    )
  }

  const order = (kind: string, f: Value, g: Value): Judged => {
    if (typeof f !== 'number' || typeof g !== 'number') throw new SyntaxError(`${kind}: expected scalars`)
    const ratio = tail(F.div(f, g), true)
    const found = limitOf(ratio)
    const words = `log(f/g) tends to ${describeLimit(found)}`
    const shown = { left: words, right: `${kind}(1)`, slack: describeLimit(found), relation: '=' as const }
    if (found.kind === 'open')
      return kind === 'O' && falls(ratio)
        ? { ...shown, truth: true, reason: '', ...plain(true) }
        : open(`log(f/g) is ${describeLimit(found)}`)
    if (found.kind === 'finite' && found.error > WITHIN) return open(`log(f/g) is ${describeLimit(found)}`)
    const towards = found.kind === 'finite' ? 0 : found.sign
    const truth = kind === 'Theta' ? towards === 0 : kind === 'O' ? towards <= 0 : towards < 0
    const known = truth && found.kind === 'finite'
    return {
      ...shown,
      truth,
      reason: '',
      ...(known ? { margin: within(WITHIN, found.error) } : plain(truth)),
    }
  }

  const value = (node: Node, at: Indices): Value => evaluate({ source: '', root: node }, scope, at)

  const statement = (wrapped: Node, at: Indices): Judged => {
    const root = wrapped.type === 'ParenthesisNode' ? wrapped.content! : wrapped
    try {
      if (root.type === 'OperatorNode' && root.op === 'or')
        return either(
          root.args!.map((a) => statement(a, at)),
          root,
        )
      if (root.type === 'FunctionNode' && symbolOf(root) === 'some') return relation(root.args![0]!, at, true)
      if (root.type === 'FunctionNode' && symbolOf(root) === 'converges') {
        const components = [value(root.args![0]!, at)].flat() as Expr[]
        return all(components.map((e) => () => converges(along.limit(e))))
      }
      const [left, right] = root.args ?? []
      if (root.op === '==' && right?.type === 'FunctionNode' && ORDERS.includes(symbolOf(right)))
        return order(symbolOf(right), value(left!, at), value(right.args![0]!, at))
      if (root.op === '==' && right?.type === 'SymbolNode' && right.name === 'inf') {
        const e = value(left!, at)
        const name = typeof e === 'number' ? programOf(e).inputs[0] : undefined
        if (name === undefined || !limits.has(name)) throw new SyntaxError('expected lim(…) == inf')
        return infinite(limit(name))
      }
      return relation(root, at, false)
    } catch (error) {
      if (error instanceof Open) return open(error.message)
      if (error instanceof Undefined) return open(error.message)
      throw error
    }
  }

  const converges = (e: Expr): Judged => {
    const found = limit(programOf(e).inputs[0]!)
    const shown = { left: describeLimit(found), right: 'a finite limit', slack: '', relation: '=' as const }
    const truth = found.kind === 'open' ? undefined : found.kind === 'finite'
    const known = found.kind === 'finite' && within(Math.max(1, Math.abs(found.value)), found.error)
    return {
      ...shown,
      truth,
      reason: describeLimit(found),
      ...(known === false ? plain(truth) : { margin: Math.max(0, known) }),
    }
  }

  const infinite = (found: Limit): Judged => {
    const shown = { left: describeLimit(found), right: '∞', slack: '', relation: '=' as const }
    const truth = found.kind === 'open' ? undefined : found.kind === 'infinite' && found.sign > 0
    const power = truth && found.kind === 'infinite' ? found.power.estimate : undefined
    const margin = power === undefined ? plain(truth) : { margin: power / (1 + power) }
    return { ...shown, truth, reason: `a limit is ${describeLimit(found)}`, ...margin }
  }

  return {
    scope,
    values: (e) => sample(e).run,
    statement,
  }
}

const ABOVE = 4
/** The binary exponent that stands for infinity in a comparison with a double. */
const FAR = 10_000
/** The functions that name an order of growth. */
export const ORDERS: readonly string[] = ['Theta', 'O', 'o']

/** Whether a series falls, or stands still within its noise, through all of its tail. */
function falls({ s, values, noise }: Series): boolean {
  const from = s.findIndex((at) => at * 10 ** TAIL >= s.at(-1)!)
  return values.every((x, j) => j <= from || x <= values[j - 1]! + ABOVE * Math.max(noise[j]!, noise[j - 1]!))
}
