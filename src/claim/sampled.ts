/** Sampled: observables along one run, with the error of the run and of their evaluation, and their limits. */
import { bounded, measured, signOf, Unknown, widened, type Bounded } from '../number/bounded.ts'
import { Undefined } from '../number/conventions.ts'
import { logSize, toDouble, wide, wideFloat, type Wide } from '../number/wide.ts'
import { substitute } from '../program/grad.ts'
import type { Expr, Program, Trace } from '../program/program.ts'
import { run } from '../program/run.ts'
import { columnsOf, failureIn, type Store } from './columns.ts'
import { describeLimit, limitOf, oscillates, vanishes, type Limit, type Series } from './limit.ts'

/**
 * A run, seen through its samples: every symbol at each, bounded as the value of the sampled state, and the same of a
 * less accurate run. Inputs whose name ends with `(t_0)` are of the start alone.
 */
export interface Observation {
  /** The clock at each sample, geometrically spaced. */
  readonly s: readonly number[]
  /** What the clock is called; s = log 1/L if absent. */
  readonly clock?: string
  /** Why the run ended before its horizon, if it did: it has no limits then. */
  readonly ended?: string
  /** @throws Undefined where the symbol has no value. */
  value(input: string, sample: number): Bounded
  /** The same of the less accurate run; `undefined` where it did not come this far. */
  rough(input: string, sample: number): Bounded | undefined
  /** The exact value of an input, where it is a rational number of the case. */
  given?(input: string): string | undefined
}

/** What turns an observable into a number of the run: its limit, or its supremum from a moment on. */
export interface Along {
  limit(e: Expr): Expr
  /** The largest value at this or a later sample. */
  supremum(e: Expr): Expr
}

/** Thrown where a statement needs a limit or a value that is not known. */
export class Open extends Error {
  override readonly name = 'Open'
  readonly oscillates: boolean
  constructor(reason: string, oscillates = false) {
    super(reason)
    this.oscillates = oscillates
  }
}

/** Values of some expressions at one sample; why there are none, if the error does not leave it open. */
export type Seen =
  | { readonly values: readonly Bounded[]; readonly rough: readonly Bounded[] | undefined }
  | { readonly undefined: string }
  | { readonly unknown: string }

/** How far limits inside an observable are moved from their values. */
type Moves = ReadonlyMap<string, number>

/** What stands still has a limit if its error is within this part of what it adds up. */
const HIDDEN = 1e-4

const UNMOVED: Moves = new Map()

/** How the names of inputs of the start end. */
export const START = '(t_0)'

/** The limits and suprema that a scope asks for, and the values of everything along the run. */
export interface Sampler {
  readonly along: Along
  /** The limit behind an input that `along.limit` made, and its observable; `undefined` if it is another. */
  limit(name: string): Limit | undefined
  observable(name: string): Expr
  /** Its value and error. @throws Open unless it is finite. */
  finite(name: string): Bounded
  /** The inputs of an expression. */
  inputs(e: Expr): readonly string[]
  /** Expressions at all samples. */
  sample(of: readonly Expr[]): readonly Seen[]
  /** Expressions of which every input is a limit or of the start; `at` overrides inputs. @throws Open, Undefined, Unknown */
  constants(of: readonly Expr[], at?: ReadonlyMap<string, Bounded>): readonly Bounded[]
  /** The series of an observable, or of the logarithm of its size, along a run that goes on. @throws Open */
  tail(e: Expr, logarithmic?: boolean): Series
}

/** What to read along a run: `F` is the trace of the observables. */
export function newSampler(F: Trace, observation: Observation): Sampler {
  const limits = new Map<string, { readonly of: Expr; found?: Limit }>()
  const suprema = new Map<string, { readonly of: Expr; found?: readonly Seen[] }>()
  const named = (kind: string, known: Map<string, { readonly of: Expr }>, e: Expr): Expr => {
    const name = `${kind}(…) ${e}`
    if (!known.has(name)) known.set(name, { of: e })
    return F.input(name)
  }

  /** The Program of some expressions, with the inputs that they read. */
  const programOf = (of: readonly Expr[]): Program => {
    const { ops, inputs } = F.program(of)
    return F.program(
      of,
      ops.flatMap((op) => (op[0] === 'input' ? [inputs[op[1]]!] : [])),
    )
  }
  const read = new Map<Expr, readonly string[]>()
  const inputs = (e: Expr): readonly string[] => {
    const known = read.get(e) ?? programOf([e]).inputs
    read.set(e, known)
    return known
  }

  const limit = (name: string): Limit | undefined => {
    const own = limits.get(name)
    return own && (own.found ??= withNested(own.of))
  }
  /** The limit of an observable in which other limits occur: its error counts how far each of theirs moves it. */
  const withNested = (e: Expr): Limit => {
    const nested = inputs(e).filter((name) => limits.has(name) && finite(name).err.m !== 0)
    const found = trusted(e, limitOf(tail(e, false, UNMOVED)))
    if (found.kind !== 'finite') return found
    let { error } = found
    for (const name of nested) {
      const other = limitOf(tail(e, false, new Map([[name, toDouble(finite(name).err)]])))
      if (other.kind !== 'finite') return other
      error += Math.abs(other.value - found.value)
    }
    return { ...found, error }
  }
  /** How large an observable may be along the run where nothing that it adds up cancels. */
  const sizeOf = (e: Expr): number => {
    const op = F.ops[e]!
    switch (op[0]) {
      case 'neg':
      case 'abs':
      case 'relu':
        return sizeOf(op[1] as Expr)
      case 'add':
      case 'sub':
      case 'max':
        return Math.max(sizeOf(op[1] as Expr), sizeOf(op[2] as Expr))
      case 'mul':
        return sizeOf(op[1] as Expr) * sizeOf(op[2] as Expr)
      case 'pow':
        return sizeOf(op[1] as Expr) ** op[2]
      case 'sqrt':
        return Math.sqrt(sizeOf(op[1] as Expr))
      default:
        return tail(e).values.reduce((a, b) => Math.max(a, Math.abs(b)), 0)
    }
  }
  /** A limit; none where an observable only stands still in an error that hides swings, or growth. */
  const trusted = (e: Expr, found: Limit): Limit =>
    found.kind === 'finite' && found.power === undefined && found.error > HIDDEN * sizeOf(e)
      ? { kind: 'open', reason: `it stands still within its error: ${describeLimit(found)}` }
      : found
  const finite = (name: string): Bounded => {
    const found = limit(name)!
    if (found.kind !== 'finite') throw new Open(`a limit is ${describeLimit(found)}`, oscillates(found))
    return vanishes(found) ? measured(0) : widened(measured(found.value), wide(found.error))
  }

  const supremumAt = (name: string, j: number, rough: boolean): Bounded => {
    const own = suprema.get(name)!
    own.found ??= beyond(own.of, later(sample([own.of])))
    const seen = own.found[j]!
    if ('undefined' in seen) throw new Undefined('sup', seen.undefined)
    if ('unknown' in seen || (rough && !seen.rough)) throw new Unknown('sup')
    return (rough ? seen.rough! : seen.values)[0]!
  }

  /** Suprema of the samples, with what the observable may still come to after the run: its limit. */
  const beyond = (e: Expr, found: readonly Seen[]): readonly Seen[] => {
    const limit = trusted(e, limitOf(tail(e)))
    if (limit.kind === 'infinite' && limit.sign < 0) return found
    if (limit.kind !== 'finite')
      throw new Open(`a supremum goes beyond the run, where the observable is ${describeLimit(limit)}`)
    const last = widened(measured(limit.value), wide(limit.error))
    return found.map((seen) =>
      'values' in seen
        ? {
            values: seen.values.map((v) => bounded.max(v, last)),
            rough: seen.rough?.map((v) => bounded.max(v, last)),
          }
        : seen,
    )
  }

  const inputAt = (
    name: string,
    j: number,
    rough: boolean,
    moves: Moves | undefined,
  ): Bounded | undefined => {
    if (limits.has(name)) {
      const value = finite(name)
      return moves === undefined ? value : measured(toDouble(value.hi) + (moves.get(name) ?? 0))
    }
    if (suprema.has(name)) return supremumAt(name, j, rough)
    return rough ? observation.rough(name, j) : observation.value(name, j)
  }

  const free: Store = new Map()
  const [exact, withErrors]: Store[] = [new Map(), new Map()]
  const table = { F, samples: observation.s.length, free }

  /** Expressions at all samples; limits in them are exact and moved as told, or else carry their errors. */
  const sample = (of: readonly Expr[], moves?: Moves): readonly Seen[] => {
    const first = of.map(atStart)
    const read = {
      isTied: (name: string): boolean => limits.has(name),
      value: (name: string, j: number, rough: boolean) => inputAt(name, j, rough, moves),
    }
    const tied = moves === undefined ? withErrors! : moves.size === 0 ? exact! : new Map()
    const column = columnsOf(table, [...of, ...first], read, tied)
    return observation.s.map((s, j): Seen => {
      const here = (j === 0 ? first : of).map(column)
      const values = here.map((own) => own.values[j]!)
      const failure = failureIn(values)
      if (failure === undefined) {
        const rough = here.map((own) => own.rough[j])
        const known = !rough.includes(undefined) && !failureIn(rough)
        return { values: values as Bounded[], rough: known ? (rough as Bounded[]) : undefined }
      }
      const { error } = failure
      const where = `at ${observation.clock ?? 's'} = ${Number(s.toPrecision(3))}: ${error.message}`
      if (error instanceof Undefined) return { undefined: `it has no value ${where}` }
      if (error instanceof Unknown) return { unknown: `it is lost in its error ${where}` }
      throw error
    })
  }

  const starts = new Map<Expr, Expr>()
  /** At the start f(t_0) is f itself. */
  const atStart = (e: Expr): Expr => {
    const known = starts.get(e)
    if (known !== undefined) return known
    const names = inputs(e).filter((name) => name.endsWith(START))
    const now = (name: string): Expr => F.input(name.slice(0, -START.length))
    const made =
      names.length === 0 ? e : substitute(F, e, new Map(names.map((name) => [F.input(name), now(name)])))
    starts.set(e, made)
    return made
  }

  const constants: Sampler['constants'] = (of, at) => {
    const program = programOf(of)
    return run(
      program,
      bounded,
      program.inputs.map((name) => at?.get(name) ?? inputAt(name, 0, false, undefined)!),
    )
  }

  const tails = new Map<string, Series>()
  const tail = (e: Expr, logarithmic = false, moves: Moves = UNMOVED): Series => {
    const key = `${e} ${logarithmic} ${[...moves].join(' ')}`
    const known = tails.get(key)
    if (known) return known
    if (observation.ended !== undefined) throw new Open(observation.ended)
    const seen = sample([e], moves)
    const first = seen.findLastIndex((at) => !('values' in at)) + 1
    if (observation.s.length - first < 4) {
      const last = seen.at(-1)!
      throw new Open('unknown' in last ? last.unknown : 'the observable has no value along the run')
    }
    const series = seriesOf(observation.s.slice(first), seen.slice(first) as Value[], logarithmic)
    tails.set(key, series)
    return series
  }

  return {
    along: {
      limit: (e) => named('lim', limits, e),
      supremum: (e) => named('sup', suprema, e),
    },
    limit,
    observable: (name) => limits.get(name)!.of,
    finite,
    inputs,
    sample,
    constants,
    tail: (e, logarithmic) => tail(e, logarithmic),
  }
}

/** From the end back, the largest value so far; nothing before a sample at which there is none. */
function later(seen: readonly Seen[]): readonly Seen[] {
  const most = (a: Bounded | undefined, b: Bounded | undefined): Bounded | undefined => {
    if (!a || !b) return undefined
    const sign = signOf(bounded.sub(a, b))
    if (sign !== undefined) return sign > 0 ? a : b
    return wideFloat.sub(a.hi, b.hi).m > 0 ? widened(a, b.err) : widened(b, a.err)
  }
  const found: Seen[] = []
  let above: Seen | undefined
  for (const at of seen.toReversed()) {
    if (above !== undefined && 'values' in above && 'values' in at) {
      const rough = most(at.rough?.[0], above.rough?.[0])
      above = { values: [most(at.values[0], above.values[0])!], rough: rough && [rough] }
    } else if (above === undefined || 'values' in above) above = at
    found.push(above)
  }
  return found.toReversed()
}

type Value = Extract<Seen, { values: unknown }>

/** A relative rounding of a double. */
const HALF_ULP = 2 ** -53

function seriesOf(s: readonly number[], seen: readonly Value[], logarithmic: boolean): Series {
  const read = (a: Bounded): number => (logarithmic ? logSize(a.hi) : toDouble(a.hi))
  const values = seen.map((at) => read(at.values[0]!))
  const rounding = seen.map(({ values: [a] }, j) => {
    const own = logarithmic ? part(a!) : toDouble(a!.err)
    return own + HALF_ULP * Math.abs(values[j]!)
  })
  return {
    ...{ s, values, rounding },
    sizes: logarithmic
      ? values.map((x) => Math.log(Math.abs(x)))
      : seen.map((at) => logSize(at.values[0]!.hi)),
    noise: seen.map(({ rough }, j) =>
      rough === undefined ? Infinity : Math.abs(read(rough[0]!) - values[j]!),
    ),
  }
}

/** How far log|a| may be off. */
function part({ hi, err }: Bounded): number {
  if (err.m === 0) return 0
  const share: Wide = hi.m === 0 ? { m: 1, e: 0 } : wideFloat.div(err, hi)
  const off = Math.abs(toDouble(share))
  return off < 0.5 ? 2 * off : Infinity
}
