/** The setting of infinite sequences and integrals: parametric families, summed up along geometric indices. */
import {
  decideAlong,
  judgeAlong,
  UNCONFIRMED,
  type AlongJudge,
  type Along,
  type Observation,
} from '../claim/asymptotic.ts'
import type { Assumption } from '../claim/claim.ts'
import { curveAlong } from '../claim/curve.ts'
import { withDefinitions, type Definition } from '../claim/definitions.ts'
import { pick } from '../claim/random.ts'
import { recent } from '../claim/recent.ts'
import type { Setting } from '../claim/setting.ts'
import { measured, widened, type Bounded } from '../number/bounded.ts'
import { wide } from '../number/wide.ts'
import { rational } from '../number/rational.ts'
import { parseRatio } from '../program/constant.ts'
import type { Scope, Value } from '../program/indices.ts'
import { substitute } from '../program/grad.ts'
import { type Expr, type Trace } from '../program/program.ts'
import { inputsOf, timeDerivative } from './moves.ts'

/** The member of a family: one of the allowed values for each parameter. */
export type MemberCase = Readonly<Record<string, string>>

type Table = Readonly<Record<string, readonly number[]>>

/**
 * The value of every symbol at each sample; of a rougher computation too, which tells the error, and the sum of the
 * sizes of what is added up, of which rounding is a part.
 */
interface Sums {
  readonly at: readonly number[]
  readonly fine: Table
  readonly rough: Table
  readonly sizes: Table
}

/**
 * Rounding is within this part of the size. Terms are within 2^−45 of theirs (28 units of exp at most, those of the other
 * functions, and 2000 · 2^−53 of the phase of cos √t); up to 3000 cells add 2^−41, longer sums are compensated; and a relative error
 * of b shrinks from step to step, as b + c/b³ grows less than b in proportion.
 */
const ROUNDED = 2 ** -40

/** The allowed values of each parameter, the simplest first; those that come twice are drawn twice as often. */
type Parameters = Readonly<Record<string, readonly string[]>>

interface Family {
  readonly name: string
  readonly parameters: Parameters
  /** The values of some parameters that are drawn under an assumption. */
  readonly aims: readonly (readonly [Assumption, Readonly<Record<string, readonly string[]>>])[]
  readonly symbols: readonly string[]
  /** What counts the terms, or passes. */
  readonly clock: string
  /** The symbols that have a value one step later. */
  readonly later?: readonly string[]
  /** The derivatives in time, as symbols or numbers, of those that have one. */
  readonly moves?: Readonly<Record<string, string>>
  sums(c: MemberCase, until: number): Sums
}

const HORIZON = 1e6
const FURTHER = 4
const PER_DECADE = 24
const CASES = 60
const KEPT = 400
const KEPT_JUDGES = 4

const number = (text: string): number => rational.toNumber(parseRatio(text))

const next = (symbol: string): string => `${symbol}(t + 1)`

function family(kind: Family, until = HORIZON, definitions: readonly Definition[] = []): Setting<MemberCase> {
  const { name, parameters, aims, symbols, clock, later = [], moves = {}, sums } = kind
  const observations = recent<string, Observation>(KEPT)
  const observe = (c: MemberCase): Observation =>
    observations(JSON.stringify(c), () => {
      const read = sums(c, until)
      const from =
        (table: Table) =>
        (input: string, j: number): Bounded =>
          widened(measured(table[input]![j]!), wide(ROUNDED * read.sizes[input]![j]!))
      return { s: read.at, clock, value: from(read.fine), rough: from(read.rough) }
    })
  const scopeOf = (F: Trace, along: Along): Scope => withDefinitions(plainScope(F, along), definitions)
  const plainScope = (F: Trace, along: Along): Scope => {
    const steps = new Map(later.map((s) => [F.input(s), F.input(next(s))]))
    const velocities = new Map(
      Object.entries(moves).map(([s, v]) => [F.input(s), symbols.includes(v) ? F.input(v) : F.constant(v)]),
    )
    const isLimit = (input: string): boolean => input.startsWith('lim(')
    const each = (f: (e: Expr) => Expr, v: Value): Value => (typeof v === 'number' ? f(v) : v.map(f))
    return {
      F,
      sets: {},
      symbols,
      value: (base, index) => (index.length === 0 && symbols.includes(base) ? F.input(base) : undefined),
      next(e) {
        const still = inputsOf(F, e).find((input) => !isLimit(input) && !steps.has(F.input(input)))
        if (still !== undefined)
          throw new SyntaxError(`next: expected symbols with a next value in ${name}, got ${still}`)
        return substitute(F, e, steps)
      },
      ddt: (e) => timeDerivative(F, e, velocities, isLimit, name),
      apply(base, _, args) {
        if (base === 'lim') return each((e) => along.limit(e), args[0]!)
        return base === 'sup' ? each((e) => along.supremum(e), args[0]!) : undefined
      },
    }
  }
  const judges = recent<string, AlongJudge>(KEPT_JUDGES)
  const judgeIn = (c: MemberCase): AlongJudge =>
    judges(JSON.stringify(c), () => judgeAlong(scopeOf, observe(c)))
  let further: Setting<MemberCase> | undefined
  const longer = (): Setting<MemberCase> => (further ??= family(kind, FURTHER * until, definitions))
  const setting: Setting<MemberCase> = {
    name,
    builtIn: aims.map(([assumption]) => assumption),
    cases: CASES,
    shrinks: 60,
    numerical: {
      evaluations: 60,
      decide(c, formulas, assumed) {
        const outcome = decideAlong(formulas, judgeIn(c), {})
        if (!assumed || outcome.status !== 'violated') return outcome
        const { decide } = longer().numerical!
        const again = decide(c, formulas)
        const counts = assumed.every((formula) => decide(c, [formula]).status === 'holds')
        return again.status === 'violated' && counts ? again : UNCONFIRMED
      },
      curve: (c, formulas) => curveAlong(formulas, judgeIn(c), {}),
      full: longer,
      defining: (more) => family(kind, until, [...definitions, ...more]).numerical!,
    },
    structure: (c) => JSON.stringify(c),
    scope: (F) => plainScope(F, { limit: (e) => e, supremum: (e) => e }),
    chosen: () => ({}),
    values: () => new Map(),
    generate: (random, assumed) =>
      Object.fromEntries(
        Object.entries(parameters).map(([key, values]) => {
          const aimed = aims.flatMap(([at, of]) => (assumed.has(at) ? (of[key] ?? []) : []))
          return [key, pick(random, aimed.length > 0 ? aimed : values)]
        }),
      ),
    family: () => [],
    chart: () => ({ inputs: new Map(), exponentials: new Map(), roots: [] }),
    *simpler(c) {
      for (const [key, values] of Object.entries(parameters))
        for (const value of values.slice(0, values.indexOf(c[key]!))) yield { ...c, [key]: value }
    },
    labels: () => [],
    coverage: () => ({}),
    describe: (c) =>
      `${name}: ${Object.entries(c)
        .map(([key, value]) => `${key} ${value}`)
        .join(', ')}`,
    parse(json) {
      const given = (json ?? {}) as Record<string, unknown>
      return Object.fromEntries(
        Object.entries(parameters).map(([key, values]) => {
          const value = values.find((v) => v === given[key])
          if (value !== undefined) return [key, value]
          const got = JSON.stringify(given[key])
          throw new SyntaxError(`case: expected "${key}" to be one of ${values.join(', ')}, got ${got}`)
        }),
      )
    },
  }
  return setting
}

/** Indices from 1 to the horizon: all of them at first, then so many per factor of 10. */
function geometric(until: number): number[] {
  const last = Math.round(PER_DECADE * Math.log10(until))
  const all = Array.from({ length: last + 1 }, (_, i) => Math.round(10 ** (i / PER_DECADE)))
  return [...new Set(all)]
}

/** A sum in two ways: with its rounding error carried along, and without. */
type Sum = [sum: number, carried: number, plain: number]
const newSum = (): Sum => [0, 0, 0]
const fine = (total: Sum): number => total[0] + total[1]

/** Adds a term, which may be known less well to the plain sum. */
function plus(total: Sum, x: number, rough = x): void {
  const sum = total[0]
  const next = sum + x
  total[1] += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum
  total[0] = next
  total[2] += rough
}

/** A value, that of the rougher computation, and the size of what it adds up if it is not the value. */
type Entry = readonly [fine: number, rough: number, size?: number]

/** Records the values of symbols, sample by sample. */
function recorder(symbols: readonly string[]) {
  const table = (): Record<string, number[]> => Object.fromEntries(symbols.map((s) => [s, []]))
  const [exact, rough, sizes] = [table(), table(), table()]
  return {
    fine: exact,
    rough,
    sizes,
    add: (values: Readonly<Record<string, Entry>>): void =>
      Object.entries(values).forEach(([s, [value, other, size = Math.abs(value)]]) => {
        exact[s]!.push(value)
        rough[s]!.push(other)
        sizes[s]!.push(size)
      }),
  }
}

/** The factor of the term k. */
const FACTORS: Readonly<Record<string, (k: number) => number>> = {
  none: () => 1,
  alternating: (k) => (k % 2 === 0 ? 1 : 1 / 8),
  periodic: (k) => [1, 1 / 2, 1 / 16][k % 3]!,
  sparse: (k) => (k % 10 === 0 ? 8 : 1 / 8),
  blocks: (k) => (Math.floor(Math.sqrt(k)) % 2 === 0 ? 1 : 1 / 4),
  growing: (k) => 1 + k,
}

/** The parameters of `sums` and their values. */
export const SUM_PARAMETERS: Parameters = {
  power: ['1', '1/2', '1/4', '3/4', '1/3', '2/3', '1/6', '4/5', '0', '3/2', '2'],
  logarithm: ['0', '0', '0', '1', '-1'],
  factor: ['none', 'none', 'alternating', 'periodic', 'sparse', 'blocks', 'growing'],
  scale: ['1', '1/4', '4'],
  first: ['1', '4', '1/4'],
  theta: ['1', '1', '1/2', '0', 'alternating', 'beyond'],
  b: ['1', '1/4', '4'],
}
const TERMS = ['time', 'a', 'peak', 'A', 'S', 'b', 'T']
/** All but the peak, which is one of the samples. */
const STEPPED = TERMS.filter((s) => s !== 'peak')

/** Σ a_k = ∞. */
export const diverges: Assumption = Object.freeze({
  id: 'diverges',
  says: 'Σ a_k = ∞',
  formula: 'lim(A) == inf',
})
/** a_k → 0. */
export const vanishes: Assumption = Object.freeze({
  id: 'vanishes',
  says: 'a_k → 0',
  formula: 'lim(peak) == 0',
})
/** b grows by no more than a lets it. */
export const bounded: Assumption = Object.freeze({
  id: 'growth',
  says: 'b_{k+1}² ≤ b_k² + (a_k/b_k)²',
  formula: 'b(t + 1)^2 <= b^2 + (a/b)^2',
})

/**
 * Sequences a_k = c (k+1)^{−p} (1 + log(k+1))^{−q} times a factor, k >= 1, the first term at will, and b with
 * b_{k+1}² = b_k² + θ (a_k/b_k)², or b = (1 + Σ_{j<k} a_j)². Symbols at index k: `time` = k, `a`, `peak` (the largest term since the
 * sample before), `A` = Σ_{j≤k} a_j, `S` = Σ_{j≤k} a_j/√(Σ_{l≤j} a_l²), `b`, `T` = Σ_{j≤k} a_j/b_j; all but `peak` also one step later.
 */
export function sums(): Setting<MemberCase> {
  return family({
    ...{ name: 'sums', clock: 'k' },
    parameters: SUM_PARAMETERS,
    aims: [
      [diverges, { power: ['1', '1/2', '1/4', '3/4', '1/3', '2/3', '4/5'], logarithm: ['0', '0', '0', '1'] }],
      [vanishes, { factor: ['none', 'none', 'alternating', 'periodic', 'sparse', 'blocks'] }],
      [bounded, { theta: ['1', '1', '1/2', '0', 'alternating'] }],
    ],
    symbols: TERMS,
    later: STEPPED,
    sums(c, until) {
      const [p, q, scale, first] = ['power', 'logarithm', 'scale', 'first'].map((key) => number(c[key]!))
      const rule = c['theta']!
      const theta = Number.isNaN(Number(rule[0])) ? [0, 1] : [number(rule), number(rule)]
      const factor = FACTORS[c['factor']!]!
      const term = (k: number): number => {
        const l = Math.log(k + 1)
        return scale! * factor(k) * Math.exp(-p! * l) * (q === 0 ? 1 : (1 + l) ** -q!)
      }
      const at = geometric(until)
      const [A, squares, S, B, T] = [newSum(), newSum(), newSum(), newSum(), newSum()]
      const start = number(c['b']!)
      plus(B, start * start)
      const beyond = rule === 'beyond'
      const bFine = (): number => (beyond ? (start + fine(A)) ** 2 : Math.sqrt(fine(B)))
      const bRough = (): number => (beyond ? (start + A[2]) ** 2 : Math.sqrt(B[2]))
      const record = recorder([...TERMS, ...STEPPED.map(next)])
      let [b, rough, peak, sampled] = [bFine(), bRough(), 0, 0]
      for (let k = 1; k <= until + 1; k++) {
        const a = k === 1 ? first! : term(k)
        peak = Math.max(peak, a)
        plus(A, a)
        plus(squares, a * a)
        plus(S, a / Math.sqrt(fine(squares)), a / Math.sqrt(squares[2]))
        plus(T, a / b, a / rough)
        plus(B, theta[k % 2]! * (a / b) ** 2)
        const [before, roughBefore] = [b, rough]
        b = bFine()
        rough = bRough()
        const entries = (): Readonly<Record<string, Entry>> => ({
          ...{ time: [k, k], a: [a, a], A: [fine(A), A[2]], S: [fine(S), S[2]] },
          ...{ b: [before, roughBefore], T: [fine(T), T[2]] },
        })
        if (k === at[sampled - 1]! + 1) {
          const now = entries()
          record.add(Object.fromEntries(STEPPED.map((s) => [next(s), now[s]!])))
        }
        if (k === at[sampled]) {
          record.add({ ...entries(), peak: [peak, peak] })
          peak = 0
          sampled++
        }
      }
      return { at, ...record }
    },
  })
}

/** Nodes and weights of the Gauss–Legendre rule with n points on [−1, 1], by Newton's method. */
function gaussLegendre(n: number): readonly (readonly [number, number])[] {
  return Array.from({ length: n }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5))
    let slope = 1
    for (let round = 0; round < 50; round++) {
      let [before, value] = [1, x]
      for (let m = 2; m <= n; m++) [before, value] = [value, ((2 * m - 1) * x * value - (m - 1) * before) / m]
      slope = (n * (x * value - before)) / (x * x - 1)
      const moved = value / slope
      x -= moved
      if (Math.abs(moved) < 1e-16) break
    }
    return [x, 2 / ((1 - x * x) * slope * slope)] as const
  })
}
const [FINE, ROUGH] = [gaussLegendre(12), gaussLegendre(8)]
/** Cells are cut so that √t moves by no more than this in each part. */
const PART = 2

/** What f/g adds to its limit, before it is scaled. */
const WAVES: Readonly<Record<string, (t: number) => number>> = {
  none: () => 1,
  root: (t) => Math.cos(Math.sqrt(t)),
  log: (t) => Math.cos(Math.log(t)),
}

/** The parameters of `integrals` and their values. */
export const INTEGRAL_PARAMETERS: Parameters = {
  power: ['0', '1', '-1/2', '1/2', '2', '-3/4', '-1', '-3/2', '-2'],
  logarithm: ['0', '1', '-1'],
  limit: ['1', '2', '1/2', '0'],
  excess: ['1', '1/4', '4'],
  decay: ['1', '2', '3/2', '1/2', '0', '-1/2', '-1', '-1/4'],
  wave: Object.keys(WAVES),
  from: ['1', '2', '10'],
}
const INTEGRALS = ['f', 'g', 'F', 'G', 'time']

/** ∫f = ∞. */
export const fDiverges: Assumption = Object.freeze({
  id: 'f-diverges',
  says: '∫f = ∞',
  formula: 'lim(F) == inf',
})
/** f/g has a finite limit. */
export const ratioConverges: Assumption = Object.freeze({
  id: 'ratio',
  says: 'f/g has a finite limit',
  formula: 'converges(f/g)',
})

/** f/g tends to ∞. */
export const ratioDiverges: Assumption = Object.freeze({
  id: 'ratio-diverges',
  says: 'f/g → ∞',
  formula: 'lim(f/g) == inf',
})

/**
 * Functions g = (1 + t)^p log(e + t)^q and f = g (ℓ + c t^{−r} h(t)) for t >= 1, with h = 1, or cos √t or cos log t
 * where ℓ > 0.
 * Symbols at t >= c: `f`, `g`, their integrals from c `F`, `G`, and `time` = t; of the last three `ddt`.
 */
export function integrals(): Setting<MemberCase> {
  return family({
    ...{ name: 'integrals', clock: 't' },
    parameters: INTEGRAL_PARAMETERS,
    aims: [
      [fDiverges, { power: ['0', '1', '-1/2', '1/2', '2', '-3/4'] }],
      [ratioConverges, { decay: ['1', '2', '3/2', '1/2'], wave: ['none', 'none', 'root'] }],
      [ratioDiverges, { decay: ['-1/2', '-1', '-1/4'], wave: ['none'] }],
    ],
    symbols: INTEGRALS,
    moves: { F: 'f', G: 'g', time: '1' },
    sums(c, until) {
      const [p, q, limit, excess, decay, from] = [
        ...['power', 'logarithm', 'limit', 'excess', 'decay', 'from'],
      ].map((key) => number(c[key]!))
      // f stays positive: waves are damped or level, and there are none about 0.
      const still = limit === 0 || decay! < 0
      const wave = still ? WAVES['none']! : WAVES[c['wave']!]!
      const height = still || c['wave'] === 'none' ? excess! : Math.min(excess!, limit! / 2)
      const g = (t: number): number => (1 + t) ** p! * Math.log(Math.E + t) ** q!
      const f = (t: number): number => g(t) * (limit! + height * t ** -decay! * wave(t))
      const sizeOf = (t: number): number => g(t) * (limit! + height * t ** -decay!)
      const over = (of: (t: number) => number, rule: typeof FINE, from: number, to: number): number => {
        const [half, middle] = [(to - from) / 2, (to + from) / 2]
        return half * rule.reduce((sum, [x, weight]) => sum + weight * of(middle + half * x), 0)
      }
      const at = Array.from(
        { length: Math.round(PER_DECADE * Math.log10(until / from!)) + 1 },
        (_, i) => from! * 10 ** (i / PER_DECADE),
      )
      const record = recorder(INTEGRALS)
      const totals = { F: [0, 0], G: [0, 0], size: [0, 0] } satisfies Record<string, [number, number]>
      at.forEach((t, i) => {
        const before = at[i - 1] ?? t
        const parts = Math.max(1, Math.ceil((Math.sqrt(t) - Math.sqrt(before)) / PART))
        for (let part = 0; part < parts; part++) {
          const end = (k: number): number => before + ((t - before) * k) / parts
          for (const [total, of] of [
            [totals.F, f],
            [totals.G, g],
            [totals.size, sizeOf],
          ] as const)
            [FINE, ROUGH].forEach((rule, r) => (total[r]! += over(of, rule, end(part), end(part + 1))))
        }
        record.add({
          ...{ f: [f(t), f(t), sizeOf(t)], g: [g(t), g(t)], time: [t, t] },
          ...{ F: [totals.F[0]!, totals.F[1]!, totals.size[0]!], G: [totals.G[0]!, totals.G[1]!] },
        })
      })
      return { at, ...record }
    },
  })
}
