/** Shrink: from a violation to the simplest one, the same from wherever the search came. */
import type { Assumption, Claim } from '../claim/claim.ts'
import { seeded } from '../claim/random.ts'
import { PremiseFails, type Assumed, type Setting } from '../claim/setting.ts'
import type { Counterexample } from '../claim/verdict.ts'
import { parseFormula } from '../program/formula.ts'
import { text } from '../program/print.ts'
import { relationsIn, strictText } from '../program/syntax.ts'
import { vectorCost } from '../setting/simpler.ts'
import { assumedIn } from './arbitrary.ts'
import { numbersIn } from './coordinates.ts'
import { firstFilling, formIn, formOf } from './fillings.ts'
import { judgeOf, type Judge } from './judge.ts'
import { screenOf } from './screen.ts'
import type { Stated } from './slack.ts'

/*
 * A case is a form (its JSON with the numbers left open) and numbers. Shrinking walks downhill along
 * `Setting.simpler` from the given violation and from others that the same random cases show to every start. Then it
 * looks through the forms below all ends, the simplest first, and in each through small numbers in one fixed order:
 * small denominators, then small numbers; furthest in the form of the simplest end. The first violation met, walked
 * downhill, is the normal form.
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
/**
 * At most so many fillings of one form and denominator are looked at, and judged: few in each form that may turn out to
 * hold a violation, many in the smallest that is known to.
 */
const BROAD = { most: 20_000, tries: 400 }
const DEEP = { most: 400_000, tries: 20_000 }
/** Shrinking starts from so many violations, if it meets them within so many random cases. */
const STARTS = 8
const DRAWS = 400
const MOST_FORMS = 200
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
  const violating =
    (judging: Judge, easily = false) =>
    (c: unknown): boolean =>
      left-- > 0 && judging.mayFail(c, easily) && judging.judge(c, true).status === 'violated'
  const downhill = (violates: (c: unknown) => boolean, start: unknown): unknown => {
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
  if (given.numerical) return counterexampleAt(claim, judge, downhill(violating(judge), from))

  const random = seeded(0)
  const drawn: unknown[] = []
  function* others(): Iterable<unknown> {
    for (let i = 0; i < draws; i++) yield (drawn[i] ??= given.generate(random, assumed))
  }
  const simplestOf = (judging: Judge, under: readonly Assumption<unknown>[]): unknown => {
    const [violates, easily] = [violating(judging), violating(judging, true)]
    const ends = violates(from) ? [downhill(violates, from)] : []
    for (const c of others()) {
      if (ends.length >= STARTS) break
      if (easily(c)) ends.push(downhill(easily, c))
    }
    if (ends.length === 0) return undefined
    const best = ends.reduce((least, end) => (isSimpler(given, end, least) ? end : least))
    const stated = { given, assume: under, shows: judging.shows }
    const found = normalForm(stated, easily, spent, best, ends, assumed)
    return found === undefined ? best : downhill(easily, found)
  }
  const strict = assume.map(strictly)
  const isStrict = ({ formula }: Assumption<unknown>): boolean =>
    formula === undefined || relationsIn(parseFormula(formula).root).every((kind) => !kind.endsWith('Eq'))
  const roomy = assume.every(isStrict) ? undefined : simplestOf(judgeOf(claim, judge.shows, strict), strict)
  const found = roomy ?? simplestOf(judge, assume) ?? from
  return counterexampleAt(claim, judge, found)
}

/** The assumption with > in place of ≥. */
function strictly({ formula, ...rest }: Assumption<unknown>): Assumption<unknown> {
  return { ...rest, ...(formula !== undefined && { formula: strictText(parseFormula(formula).root) }) }
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
  stated: Stated,
  violates: (c: unknown) => boolean,
  spent: () => boolean,
  best: unknown,
  ends: readonly unknown[],
  assumed: Assumed,
): unknown {
  const { given } = stated
  /** The case in a filling of a form, where the claim speaks of it. */
  const parsed = (json: unknown, of: unknown): unknown => {
    try {
      const c = given.parse(json)
      return given.refuses?.(c, of) === undefined ? c : undefined
    } catch {
      return undefined
    }
  }
  const accepts = (json: unknown, of: unknown): boolean => {
    try {
      const c = given.parse(json)
      return given.refuses?.(c, of) === undefined
    } catch (error) {
      return error instanceof PremiseFails
    }
  }
  const search = (template: unknown, { most, tries }: typeof BROAD): unknown => {
    const form = formIn(template)
    const plausible = screenOf(stated, form)
    for (const denominator of DENOMINATORS) {
      let tried = 0
      const found = firstFilling(form, {
        ...{ denominator, most, plausible },
        accepts: (json) => accepts(json, template),
        wanted(json) {
          if (tried++ >= tries || spent()) return undefined
          const c = parsed(json, template)
          return c !== undefined && violates(c)
        },
      })
      if (found !== undefined) return parsed(found, template)
    }
    return undefined
  }
  const size = sizeOf(given, best)
  const ordered = formsBelow(given, ends, assumed)
    .filter((c) => compare(sizeOf(given, c), size) <= 0)
    .toSorted((a, b) => compare(sizeOf(given, a), sizeOf(given, b)) || (formOf(a) < formOf(b) ? -1 : 1))
  for (const c of ordered) {
    const found = search(c, BROAD)
    if (found !== undefined) return found
  }
  return search(best, DEEP)
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
