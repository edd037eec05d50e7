/** Asymptotic statements: limits, orders of growth and bounds, decided along one sampled run. */
import { Unknown } from '../number/bounded.ts'
import { Undefined } from '../number/conventions.ts'
import { evaluate, symbolOf, type Formula, type Node } from '../program/formula.ts'
import { assignments, freeIndices, type Indices, type Scope, type Value } from '../program/indices.ts'
import { slacks } from '../program/slacks.ts'
import type { Wide } from '../number/wide.ts'
import { newTrace, type Expr, type Trace } from '../program/program.ts'
import type { Evidence, Outcome } from './decide.ts'
import { all, either, fewest, joint, plain, swinging, within, type Judged, type Truth } from './judged.ts'
import { describeLimit, limitOf, oscillates, TAIL, vanishes, type Limit, type Series } from './limit.ts'
import { guarded } from './guards.ts'
import { relationsAlong, type When } from './relations.ts'
import { newSampler, Open, type Along, type Observation } from './sampled.ts'

export { Open, type Along, type Observation } from './sampled.ts'

/** A ratio keeps its order if its limit is known to this factor of e. */
const WITHIN = 1

/**
 * Whether all formulas hold along the run of a judge. A formula is a relation between limits,
 * `lim(f) == inf`, an order `f == Theta(g)`, `O(g)` or `o(g)`, `converges(f)`, several of these joined by `or`, a
 * relation between observables, meant at every sample, `some(relation)`, meant at one, or `eventually(relation)`, meant
 * from some sample on. Orders are taken literally: o(g) fails where f/g tends to a positive number.
 * O(g) also holds where f/g has no known limit but falls through the whole tail of the run.
 */
export function decideAlong(formulas: readonly Formula[], judge: AlongJudge, chosen: Indices): Outcome {
  const last = judge.observation.s.at(-1)!
  const clock = judge.observation.clock ?? 's'
  // A run that ends at once may do so at a log-loss below 0.
  const reached = last > 0 ? `10^${Math.round(10 * Math.log10(last)) / 10}` : `${Number(last.toPrecision(3))}`
  const arithmetic = `limits, ${clock} to ${reached}`
  const found: Judged[] = []
  for (const [f, formula] of formulas.entries()) {
    const free = freeIndices(formula, judge.scope).filter((letter) => !(letter in chosen))
    for (const indices of assignments(free, judge.scope, chosen)) {
      const judged = judge.statement(formula.root, indices)
      found.push(judged)
      if (judged.truth === false) {
        const { relation, slack, left, right } = judged
        const worst: Evidence = { relation, formula: f, indices, slack, left, right }
        return { status: 'violated', arithmetic, worst, ...joint(found.map(({ margin }) => margin)) }
      }
    }
  }
  const margin = joint(found.map((judged) => judged.margin))
  const open = found.filter(({ truth }) => truth === undefined)
  if (open.length > 0) {
    const reason = `${open[0]!.reason}, ${clock} to ${Number(last.toPrecision(3))}`
    return { status: 'undecided', reason, ...margin, ...swinging(open) }
  }
  const alternatives = [...new Set(found.flatMap(({ alternative }) => alternative ?? []))]
  return { status: 'holds', arithmetic, alternatives, ...margin, ...fewest(found) }
}

/** What is said of a violation that a longer run does not confirm: a transient may pass for a limit. */
export const UNCONFIRMED: Outcome = {
  status: 'undecided',
  reason: 'it fails on a run, but not on a longer one',
}

/** What judges statements along one run: those that it judges share their parts, each of which is read once. */
export interface AlongJudge {
  readonly observation: Observation
  readonly scope: Scope
  /** The values of an expression at all samples, `undefined` where it has none. @throws Open where a limit in it is not known. */
  values(e: Expr): readonly (Wide | undefined)[]
  statement(root: Node, indices: Indices): Judged
}

const SOME: Readonly<Record<string, When>> = { some: 'some', eventually: 'eventually' }

/** The judge of statements along a run, to which `scopeOf` gives the symbols. */
export function judgeAlong(scopeOf: (F: Trace, along: Along) => Scope, observation: Observation): AlongJudge {
  const F = newTrace()
  const sampler = newSampler(F, observation)
  const { along, tail } = sampler
  const watched = guarded(F)
  // What a limit needs is seen in its tail.
  const past = (e: Expr): Expr => (watched.forget(), e)
  const own = scopeOf(F, {
    limit: (e) => past(along.limit(e)),
    supremum: (e) => past(along.supremum(e)),
  })
  const scope: Scope = { ...own, F: watched.F, unwatched: F }
  const relations = relationsAlong(F, sampler, observation)

  const open = (reason: string, swings = false): Judged => ({
    ...{ truth: undefined, reason, left: '', right: '', slack: '', relation: '=' },
    ...(swings && { oscillates: true }),
  })

  const relation = (root: Node, at: Indices, when: When): Judged => {
    watched.forget()
    const found = slacks({ source: root.toString(), root }, scope, at)
    return relations(found, when, watched.guards())
  }

  const order = (kind: string, f: Value, g: Value): Judged => {
    if (typeof f !== 'number' || typeof g !== 'number') throw new SyntaxError(`${kind}: expected scalars`)
    const ratio = tail(F.div(f, g), true)
    const found = limitOf(ratio)
    const words = `log(f/g) tends to ${describeLimit(found)}`
    const shown = { left: words, right: `${kind}(1)`, slack: describeLimit(found), relation: '=' as const }
    const decided = (towards: -1 | 0 | 1): Judged => {
      const truth = kind === 'Theta' ? towards === 0 : kind === 'O' ? towards <= 0 : towards < 0
      const known = truth && found.kind === 'finite' && found.error <= WITHIN
      return {
        ...shown,
        truth,
        reason: '',
        ...(known ? { margin: within(WITHIN, found.error) } : plain(truth)),
      }
    }
    if (found.kind === 'infinite') return decided(found.sign)
    // Bounded swings of f/g keep the order, though there is no limit.
    if (found.kind === 'oscillating' && !found.drifts) return decided(0)
    // The ratio of what grows like log s changes too slowly to be read: its sides tell more.
    const growths = [growthOf(f), growthOf(g)] as const
    const compared = compareGrowth(...growths)
    if (compared !== undefined)
      return { ...decided(compared), left: `f is ${growths[0]}, g is ${growths[1]}` }
    if (growths.includes(UNSTEADY)) return open('log(f/g) is open: a side grows nearly like log s')
    if (found.kind === 'finite' && found.error <= WITHIN) return decided(0)
    if (kind === 'O' && falls(ratio)) return { ...shown, truth: true, reason: '', ...plain(true) }
    return open(`log(f/g) is ${describeLimit(found)}`, oscillates(found))
  }

  /** Whether an observable grows just like log s, nearly so, or tends to a number other than 0. */
  const growthOf = (e: Expr): Growth | undefined => {
    try {
      const found = limitOf(tail(e))
      if (found.kind === 'infinite' && found.power.estimate === 0)
        return found.steady ? 'like log s' : UNSTEADY
      const constant = found.kind === 'finite' && !vanishes(found) && Math.abs(found.value) > 2 * found.error
      return constant ? 'bounded' : undefined
    } catch (error) {
      if (error instanceof Open) return undefined
      throw error
    }
  }

  const value = (node: Node, at: Indices): Value => evaluate({ source: '', root: node }, scope, at)
  const limitBehind = (e: Expr): Limit | undefined => {
    const [name] = F.ops[e]![0] === 'input' ? sampler.inputs(e) : []
    return name === undefined ? undefined : sampler.limit(name)
  }

  const statement = (wrapped: Node, at: Indices): Judged => {
    const root = wrapped.type === 'ParenthesisNode' ? wrapped.content! : wrapped
    const called = root.type === 'FunctionNode' ? symbolOf(root) : ''
    try {
      if (root.type === 'OperatorNode' && root.op === 'or')
        return either(
          root.args!.map((a) => statement(a, at)),
          root,
        )
      if (Object.hasOwn(SOME, called)) return relation(root.args![0]!, at, SOME[called]!)
      if (called === 'converges') {
        const components = [value(root.args![0]!, at)].flat() as Expr[]
        return all(components.map((e) => () => converges(limitBehind(along.limit(e))!)))
      }
      const [left, right] = root.args ?? []
      if (root.op === '==' && right?.type === 'FunctionNode' && ORDERS.includes(symbolOf(right)))
        return order(symbolOf(right), value(left!, at), value(right.args![0]!, at))
      if (root.op === '==' && right?.type === 'SymbolNode' && right.name === 'inf') {
        const e = value(left!, at)
        const found = typeof e === 'number' ? limitBehind(e) : undefined
        if (found === undefined) throw new SyntaxError('expected lim(…) == inf')
        return infinite(found)
      }
      return relation(root, at, 'all')
    } catch (error) {
      if (error instanceof Open) return open(error.message, error.oscillates)
      if (error instanceof Undefined || error instanceof Unknown) return open(error.message)
      throw error
    }
  }

  const converges = (found: Limit): Judged => {
    const shown = { left: describeLimit(found), right: 'a finite limit', slack: '', relation: '=' as const }
    if (found.kind === 'open') return { ...open(describeLimit(found), oscillates(found)), ...shown }
    const truth = found.kind === 'finite'
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
    // Swings around a middle that moves may be carried to infinity.
    const known = found.kind !== 'open' && !(found.kind === 'oscillating' && found.drifts)
    const truth: Truth = known ? found.kind === 'infinite' && found.sign > 0 : undefined
    const power = truth && found.kind === 'infinite' ? found.power.estimate : undefined
    const margin = power === undefined ? plain(truth) : { margin: power / (1 + power) }
    const swings = !known && oscillates(found)
    return { ...open(`a limit is ${describeLimit(found)}`, swings), ...shown, truth, ...margin }
  }

  return {
    ...{ scope, observation },
    values: (e) => sampler.sample([e]).map((seen) => ('values' in seen ? seen.values[0]!.hi : undefined)),
    statement,
  }
}

/** The orders of growth. */
export const ORDERS: readonly string[] = ['Theta', 'O', 'o']

const UNSTEADY = 'nearly like log s'
type Growth = 'like log s' | typeof UNSTEADY | 'bounded'

/** Where log(f/g) tends, as far as the growths of f and g alone tell; bounded sides leave it to their ratio. */
function compareGrowth(f: Growth | undefined, g: Growth | undefined): -1 | 0 | 1 | undefined {
  if (f === undefined || g === undefined) return undefined
  if (f === 'bounded') return g === 'bounded' ? undefined : -1
  if (g === 'bounded') return 1
  return f === UNSTEADY || g === UNSTEADY ? undefined : 0
}

/** Of a measured error, so many times count as what may be off. */
const ABOVE = 4

/** Whether a series falls, or stands still within its errors, through all of its tail. */
function falls({ s, values, noise, rounding }: Series): boolean {
  const from = s.findIndex((at) => at * 10 ** TAIL >= s.at(-1)!)
  const off = (j: number): number => ABOVE * noise[j]! + rounding[j]!
  return values.every((x, j) => j <= from || x <= values[j - 1]! + off(j) + off(j - 1))
}
