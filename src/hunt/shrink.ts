/** Shrink: from a violation to the simplest one, the same from wherever the search came. */
import type { Assumption, Claim } from '../claim/claim.ts'
import { seeded } from '../claim/random.ts'
import type { Assumed, Setting } from '../claim/setting.ts'
import type { Counterexample } from '../claim/verdict.ts'
import { parseRatio, printRatio } from '../program/constant.ts'
import { text } from '../program/print.ts'
import { vectorCost } from '../setting/simpler.ts'
import { assumedIn } from './arbitrary.ts'
import { numbersIn } from './coordinates.ts'
import { judgeOf, type Judge } from './judge.ts'

/*
 * A case is a form (its JSON with the numbers left open) and numbers. Shrinking walks downhill along
 * `Setting.simpler` from the given violation and from others that the same random cases show to every start. Then it
 * looks through the forms below all ends, the simplest first, and in each through small numbers in one fixed order:
 * small denominators, then small numbers. The first violation met, walked downhill, is the normal form.
 */

/** How to shrink. */
export interface ShrinkOptions {
  /** The assumptions that cases keep; the claim's own if absent. */
  readonly assume?: readonly Assumption<unknown>[]
  /** At most how many cases are judged; the claim's setting may set another bound. */
  readonly most?: number
  /** How many random cases are drawn in search of other starts. */
  readonly draws?: number
}

const MOST = 15_000
/** How many cases of one form with denominators up to one bound are judged: few in all forms, then more. */
const ROUNDS = [200, 1200]
/** Shrinking starts from so many violations, if it meets them within so many random cases. */
const STARTS = 8
const DRAWS = 400
const MOST_FORMS = 200
/** Numbers up to this size, with these denominators in turn. */
const LARGEST = 3
const DENOMINATORS = [1, 2, 4]

/**
 * The simplest violation found from one that is given. Where violations exist in which every assumed inequality is
 * strict, it is the simplest of these: around it there is room.
 */
export function simplest(
  claim: Claim,
  judge: Judge,
  from: unknown,
  { assume = claim.assume, most = claim.given.shrinks ?? MOST, draws = DRAWS }: ShrinkOptions = {},
): Counterexample {
  const { given } = claim
  const assumed = assumedIn(assume)
  let left = most
  const spent = (): boolean => left <= 0
  const violating = (judging: Judge) => (c: unknown) =>
    left-- > 0 && judging.mayFail(c) && judging.judge(c, true).status === 'violated'
  const descent =
    (violates: (c: unknown) => boolean) =>
    (start: unknown): unknown => {
      let at = start
      for (let next: unknown = start; next !== undefined;) {
        next = undefined
        for (const simple of given.simpler(at, assumed)) {
          if (spent()) break
          if (!violates(simple)) continue
          at = next = simple
          break
        }
      }
      return at
    }
  if (given.numerical) return counterexampleAt(claim, judge, descent(violating(judge))(from))

  const random = seeded(0)
  const others = Array.from({ length: draws }, () => given.generate(random, assumed))
  const simplestOf = (violates: (c: unknown) => boolean): unknown => {
    const downhill = descent(violates)
    const ends: unknown[] = []
    for (const c of [from, ...others]) if (ends.length < STARTS && violates(c)) ends.push(downhill(c))
    if (ends.length === 0) return undefined
    const best = ends.reduce((least, end) => (isSimpler(given, end, least) ? end : least))
    const found = normalForm(given, violates, spent, best, ends, assumed)
    return found === undefined ? best : downhill(found)
  }
  const strict = judgeOf(claim, judge.shows, assume.map(strictly))
  return counterexampleAt(claim, judge, simplestOf(violating(strict)) ?? simplestOf(violating(judge)) ?? from)
}

/** The assumption with > in place of ≥. */
function strictly({ formula, ...rest }: Assumption<unknown>): Assumption<unknown> {
  return { ...rest, ...(formula !== undefined && { formula: formula.replaceAll(/([<>])=/g, '$1') }) }
}

/** A violation with its numbers. @throws Error if it is none. */
export function counterexampleAt(claim: Claim, judge: Judge, c: unknown): Counterexample {
  const judgement = judge.judge(c)
  if (judgement.status !== 'violated') throw new Error(`${claim.id}: a violation did not replay`)
  const { arithmetic, worst } = judgement
  return { case: c, formula: text(judge.shows[worst.formula]!), arithmetic, evidence: worst }
}

/** The first violation in order of simplicity, among the forms below some ends and no larger than the best one. */
function normalForm(
  given: Setting<unknown>,
  violates: (c: unknown) => boolean,
  spent: () => boolean,
  best: unknown,
  ends: readonly unknown[],
  assumed: Assumed,
): unknown {
  const parsed = (json: unknown): unknown => {
    try {
      return given.parse(json)
    } catch {
      return undefined
    }
  }
  const ordered = formsBelow(given, ends, assumed)
    .filter((c) => compare(sizeOf(given, c), sizeOf(given, best)) <= 0)
    .toSorted((a, b) => compare(sizeOf(given, a), sizeOf(given, b)) || (formOf(a) < formOf(b) ? -1 : 1))
  for (const tries of ROUNDS)
    for (const template of ordered)
      for (const denominator of DENOMINATORS) {
        let tried = 0
        for (const json of fillings(template, denominator, parsed)) {
          if (tried++ >= tries || spent()) break
          const c = parsed(json)
          if (c !== undefined && violates(c)) return c
        }
      }
  return undefined
}

/** A case of each form that comes from the given ones by steps of `Setting.simpler`, at most so many. */
function formsBelow(given: Setting<unknown>, from: readonly unknown[], assumed: Assumed): unknown[] {
  const known = new Map(from.map((c) => [formOf(c), c]))
  for (const [form, template] of known)
    for (const simple of given.simpler(template, assumed)) {
      if (known.size >= MOST_FORMS) break
      const simpler = formOf(simple)
      if (simpler === form) break
      if (!known.has(simpler)) known.set(simpler, simple)
    }
  return [...known.values()]
}

const sizeOf = (given: Setting<unknown>, c: unknown): readonly number[] =>
  given.size?.(c) ?? [formOf(c).length]

/** Whether a case comes before another in the shrink order: a smaller form, else simpler numbers. */
function isSimpler(given: Setting<unknown>, a: unknown, b: unknown): boolean {
  const forms = compare(sizeOf(given, a), sizeOf(given, b))
  if (forms !== 0) return forms < 0
  const [x, y] = [vectorCost(numbersIn(a).texts), vectorCost(numbersIn(b).texts)]
  return x === y ? JSON.stringify(a) < JSON.stringify(b) : x < y
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, x] of a.entries()) if (x !== b[i]) return x - b[i]!
  return 0
}

/** A place of a number in a case: of an exact one, or of an index or label; `vector` tells which share a vector. */
interface Slot {
  readonly kind: 'number' | 'index'
  readonly vector?: number
}
type Leaf = string | number

/** The JSON value with each number replaced, in order. */
function withNumbers(json: unknown, replace: (slot: Slot, value: Leaf) => Leaf): unknown {
  let vectors = 0
  const walk = (value: unknown, key: string, vector?: number): unknown => {
    if (typeof value === 'string' && isNumber(value))
      return replace({ kind: 'number', ...(vector !== undefined && { vector }) }, value)
    if (typeof value === 'number' && key === 'index') return replace({ kind: 'index' }, value)
    if (Array.isArray(value)) {
      const own = ++vectors
      return value.map((entry) => walk(entry, '', own))
    }
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
    const walked = new Map(
      entries.map(([name, inner]) => [name, walk(inner, name === 'y' || key === 'chosen' ? 'index' : name)]),
    )
    return Object.fromEntries(Object.keys(value).map((name) => [name, walked.get(name)]))
  }
  return walk(json, '')
}

function isNumber(value: string): boolean {
  if (!/^[+-]?\d/.test(value)) return false
  try {
    parseRatio(value)
    return true
  } catch {
    return false
  }
}

/** A case without its numbers. */
function formOf(c: unknown): string {
  return JSON.stringify(withNumbers(c, ({ kind }) => kind))
}

/** A value that a slot may take and its price: cheap ones are tried first. */
interface Choice {
  readonly value: Leaf
  readonly price: number
}

const INDICES: readonly Choice[] = [0, 1, -1, 2, 3].map((value, price) => ({ value, price }))

/** |p| + (q − 1) for p/q > 0, and one more below 0. */
function numbersUpTo(denominator: number): Choice[] {
  const found: Choice[] = [{ value: '0', price: 0 }]
  for (let q = 1; q <= denominator; q++)
    for (let p = 1; p <= LARGEST * q; p++) {
      if (
        denominator % q !== 0 ||
        printRatio({ num: BigInt(p), den: BigInt(q) }) !== (q === 1 ? `${p}` : `${p}/${q}`)
      )
        continue
      const value = q === 1 ? `${p}` : `${p}/${q}`
      found.push({ value, price: p + q - 1 }, { value: `-${value}`, price: p + q })
    }
  return found.toSorted((a, b) => a.price - b.price)
}

/**
 * The template with other numbers, by rising price. Of denominators it uses the divisors of the one given, and that
 * one at least once. A number that the template refuses alone, such as 0 or −1, is left out of its slot.
 */
function* fillings(
  template: unknown,
  denominator: number,
  parsed: (json: unknown) => unknown,
): Iterable<unknown> {
  const slots: Slot[] = []
  withNumbers(template, (slot, value) => (slots.push(slot), value))
  const ones = withNumbers(template, ({ kind }, value) => (kind === 'number' ? '1' : value))
  const put = (json: unknown, at: number, value: Leaf): unknown => {
    let i = 0
    return withNumbers(json, (_, old) => (i++ === at ? value : old))
  }
  const bases = [template, ones].filter((base) => parsed(base) !== undefined)
  const accepts = (at: number, value: Leaf): boolean =>
    bases.some((base) => parsed(put(base, at, value)) !== undefined)
  const numbers = numbersUpTo(denominator)
  const choices = slots.map(({ kind }, at): Choice[] => {
    if (kind === 'index') return cheapest(INDICES.filter(({ value }) => accepts(at, value)))
    const [zero, negative] = [accepts(at, '0'), accepts(at, '-1')]
    return cheapest(
      numbers.filter(({ value }) => (value === '0' ? zero : negative || !(value as string).startsWith('-'))),
    )
  })
  const isFine = ({ value }: Choice): boolean => denominator === 1 || `${value}`.endsWith(`/${denominator}`)
  const priceOf = (own: readonly Choice[], is: (choice: Choice) => boolean): number =>
    own.find(is)?.price ?? Infinity
  /** From each slot on: the highest price in all, the lowest of the vectors that begin there, none of them 0, and the
   * lowest of one number with the denominator. */
  const [highest, lowest, finest] = [[0], [0], [Infinity]]
  for (let at = slots.length - 1; at >= 0; at--) {
    const { vector } = slots[at]!
    const begins = vector !== undefined && slots[at - 1]?.vector !== vector
    const entries = choices.filter((_, i) => slots[i]!.vector === vector)
    const nonZero = Math.min(...entries.map((own) => priceOf(own, ({ value }) => value !== '0')))
    highest.unshift(highest[0]! + (choices[at]!.at(-1)?.price ?? 0))
    lowest.unshift(lowest[0]! + (begins ? nonZero : 0))
    finest.unshift(Math.min(finest[0]!, priceOf(choices[at]!, isFine)))
  }
  const chosen: Leaf[] = []
  const nonZero = (at: number): boolean => {
    const { vector } = slots[at]!
    if (vector === undefined || slots[at + 1]?.vector === vector) return true
    for (let i = at; i >= 0 && slots[i]!.vector === vector; i--) if (chosen[i] !== '0') return true
    return false
  }
  function* from(at: number, price: number, fine: boolean): Iterable<unknown> {
    if (price > highest[at]! || price < lowest[at]! || (!fine && price < finest[at]!)) return
    if (at === slots.length) {
      let i = 0
      yield withNumbers(template, () => chosen[i++]!)
      return
    }
    for (const choice of choices[at]!) {
      if (choice.price > price) break
      chosen[at] = choice.value
      if (nonZero(at)) yield* from(at + 1, price - choice.price, fine || isFine(choice))
    }
  }
  for (let price = lowest[0]!; price <= highest[0]!; price++) yield* from(0, price, denominator === 1)
}

/** Choices by price, the cheapest for nothing. */
function cheapest(choices: readonly Choice[]): Choice[] {
  const [first] = choices
  return choices.map(({ value, price }) => ({ value, price: price - first!.price }))
}
