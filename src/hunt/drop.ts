/** Drop: what becomes of a claim without one of its assumptions, or with a weaker one in its place. */
import type { Assumption, Claim } from '../claim/claim.ts'
import { compileRelations, exactInputs } from '../claim/decide.ts'
import type { Counterexample } from '../claim/verdict.ts'
import { NotExact, Undefined } from '../number/conventions.ts'
import { interval } from '../number/interval.ts'
import { rational } from '../number/rational.ts'
import { run } from '../program/run.ts'
import { effortOf, type CheckOptions, type Effort } from './check.ts'
import { hunt } from './hunt.ts'
import { judgeOf, type Judgement } from './judge.ts'
import { search } from './search.ts'
import { simplest } from './shrink.ts'
import { survey } from './survey.ts'

/** Seed and effort, and what is left of the assumption. */
export interface DropOptions extends CheckOptions {
  /** The id of a weaker form, which the cases then meet; none of it is left if absent. */
  readonly weaker?: string
}

/** The claim without an assumption, searched for counterexamples. */
export interface Drop {
  readonly id: string
  readonly assumption: string
  readonly weaker?: string
  readonly says: string
  /** Cases judged: each fails the dropped assumption and meets all others. */
  readonly cases: number
  /** How many of them say nothing: the limits of the run stay open, or a trajectory is too hard to follow. */
  readonly open?: number
  /** How many cases a guided search evaluated besides. */
  readonly evaluations?: number
  /** A case that fails the dropped assumption, meets all others, and violates the claim. */
  readonly counterexample?: Counterexample
  /** Why the conclusion means nothing in the cases without the assumption, if it does in none. */
  readonly meaningless?: string
  /** Why no case says anything, if none does. */
  readonly untested?: string
}

/** A case and what was found in it. */
interface Found {
  readonly case: unknown
  readonly judgement: Judgement
}

/** What a hunt found: every case drawn, and the simplest violation. */
interface Searched {
  readonly found: readonly Found[]
  readonly counterexample?: Counterexample
}

/**
 * Hunts a counterexample among the cases that fail one assumption of a claim and meet the others, and, where it is
 * not dropped but weakened, the weaker form.
 * @throws RangeError if the claim makes no such assumption, or it has no such weaker form.
 */
export function drop(claim: Claim, assumption: string, options: DropOptions = {}): Drop {
  const dropped = oneOf(claim.assume, assumption, `an assumption of ${claim.id}`)
  const left =
    options.weaker === undefined
      ? []
      : [oneOf(dropped.weaker ?? [], options.weaker, `a weaker form of ${assumption}`)]
  const effort = effortOf(claim, options)
  const { found, counterexample } = huntWithout(effort, dropped, left)
  const judged = found.filter(({ judgement }) => judgement.status !== 'discarded')
  const open = judged.filter(({ judgement }) => isOpen(claim, judgement))
  return {
    ...{ id: claim.id, assumption, ...(left[0] && { weaker: left[0].id }) },
    ...{ says: (left[0] ?? dropped).says, cases: judged.length },
    ...(open.length > 0 && { open: open.length }),
    ...(counterexample ? { counterexample } : silence(effort.claim, dropped, found)),
  }
}

/** Evaluations of the guided search that follows a random one without a find. */
const EVALUATIONS = 1000

/**
 * The same, and where random cases show no violation, a guided search for one (`hunt.ts`), unless the claim is decided on long runs.
 * @throws RangeError as `drop`.
 */
export async function dropGuided(claim: Claim, assumption: string, options: DropOptions = {}): Promise<Drop> {
  const dropped = drop(claim, assumption, options)
  const { counterexample, meaningless, untested, weaker } = dropped
  if ((counterexample ?? meaningless ?? untested) !== undefined || claim.given.numerical) return dropped
  const { seed } = effortOf(claim, options)
  const from = oneOf(claim.assume, assumption, `an assumption of ${claim.id}`)
  const left = (from.weaker ?? []).filter(({ id }) => id === weaker)
  const without = under(claim, from, left)
  const { evaluations, found } = await hunt(without, {
    ...{ seed, evaluations: EVALUATIONS, untilFound: true },
  })
  const simple =
    found &&
    simplest(without, judgeOf(without), found.counterexample.case, {
      ...briefly(without),
      assume: without.assume,
    })
  return { ...dropped, evaluations, ...(simple && { counterexample: simple }) }
}

/** The claim for cases that certainly fail `dropped`, and meet `left` and all other assumptions. */
function under(
  claim: Claim,
  dropped: Assumption<unknown>,
  left: readonly Assumption<unknown>[],
  ...first: Assumption<unknown>[]
): Claim {
  const rest = claim.assume.filter((other) => other !== dropped)
  return { ...claim, assume: [not(claim, dropped), ...left, ...first, ...rest] }
}

/**
 * Whether a case was judged and says nothing. Exact claims are searched for violations only: what is left undecided
 * shows none to 128 bits, nor a trajectory in doubles.
 */
function isOpen({ given }: Claim, judgement: Judgement): boolean {
  if (judgement.status !== 'undecided') return false
  return given.numerical !== undefined || (given.rough !== undefined && judgement.reason !== PASSED)
}
const PASSED = 'no violation in doubles'

function oneOf<A extends Assumption<unknown>>(all: readonly A[], id: string, what: string): A {
  const known = all.map((other) => other.id)
  const at = known.indexOf(id)
  if (at < 0)
    throw new RangeError(`drop: expected ${what} (${known.join(', ') || 'there is none'}), got "${id}"`)
  return all[at]!
}

/** The hunt among the cases that certainly fail `dropped`, and meet `left` and all other assumptions. */
function huntWithout(
  { claim, seed, cases }: Effort,
  dropped: Assumption<unknown>,
  left: readonly Assumption<unknown>[],
): Searched {
  try {
    return searched(under(claim, dropped, left), seed, cases)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return searched(under(claim, dropped, left, meaning(claim)), seed, cases)
  }
}

/** There are many of these counterexamples: each is made simple, not the simplest; where a case is enclosed, in fewer tries. */
const briefly = ({ given }: Claim): { readonly most: number; readonly draws: number } => ({
  most: given.enclosures ? 50 : 1000,
  draws: 0,
})

/** Random cases until one violates the claim, then a simple form of it. */
function searched(claim: Claim, seed: number, cases: number): Searched {
  const found: Found[] = []
  if (!claim.given.numerical) {
    const onCase = (c: unknown, judgement: Judgement): unknown => found.push({ case: c, judgement })
    const { counterexample } = search(claim, {
      seed,
      cases,
      refuteOnly: true,
      onCase,
      shrink: briefly(claim),
    })
    return { found, ...(counterexample && { counterexample }) }
  }
  found.push(...survey(claim, { seed, cases }))
  const violated = found.find(({ judgement }) => judgement.status === 'violated')
  return {
    found,
    ...(violated && { counterexample: simplest(claim, judgeOf(claim), violated.case) }),
  }
}

const [MET, OPEN] = ['it holds', 'it stays open whether it fails']
const MEANING = 'meaning'

/** The certain failure of an assumption. */
function not(claim: Claim, assumption: Assumption<unknown>): Assumption<unknown> {
  const judge = judgeOf(claim, [], [assumption])
  return {
    id: `not ${assumption.id}`,
    says: `not: ${assumption.says}`,
    negates: assumption,
    failure(c) {
      const failed = judge.discard(c)
      return failed === undefined ? MET : failed.certain ? undefined : OPEN
    },
  }
}

/** That every symbol of the conclusion has a meaning. */
function meaning({ given, shows }: Claim): Assumption<unknown> {
  const known = new Map<string, string | undefined>()
  return {
    id: MEANING,
    says: 'every symbol of the conclusion has a meaning',
    failure(c) {
      const key = given.structure(c)
      if (!known.has(key))
        known.set(
          key,
          whyMeaningless(() => compileRelations(given, shows, c)),
        )
      return known.get(key)
    },
  }
}

function whyMeaningless(compile: () => unknown): string | undefined {
  try {
    compile()
    return undefined
  } catch (error) {
    if (error instanceof SyntaxError)
      return error.message.replace(/^formula: (?:unknown symbol "([^"]*)".*)?/, (_, symbol) =>
        symbol === undefined ? '' : `${symbol} has no meaning`,
      )
    throw error
  }
}

/** Why a hunt without a counterexample says nothing, or that the conclusion means nothing. */
function silence(
  claim: Claim,
  dropped: Assumption<unknown>,
  found: readonly Found[],
): Pick<Drop, 'meaningless' | 'untested'> {
  const fallen = found.flatMap(({ case: c, judgement }) =>
    judgement.status === 'discarded' ? [{ ...judgement, case: c }] : [],
  )
  const judged = found.filter(({ judgement }) => judgement.status !== 'discarded')
  const open = judged.filter(({ judgement }) => judgement.status === 'undecided')
  const idle = judged.filter(({ judgement }) => isOpen(claim, judgement))
  if (judged.length === 0) {
    const empty = fallen.filter(({ assumption }) => assumption === MEANING || assumption === 'statement')
    if (empty.length === 0) return { untested: whyNone(fallen) }
    const reasons = empty.map(({ case: c, reason }) => {
      const why = dropped.failure?.(c as never)
      return why === undefined ? reason : `${reason} where ${why}`
    })
    return { meaningless: mostFrequent(reasons) }
  }
  if (open.length < judged.length) return {}
  const reasons = open.flatMap(({ judgement }) => ('reason' in judgement ? [judgement.reason] : []))
  const unread = claim.given.numerical
    ? reasons.filter((reason) => UNDEFINED.test(reason))
    : open.flatMap(({ case: c }) => whyUndefined(claim, c) ?? [])
  if (unread.length === judged.length)
    return { meaningless: `a side is undefined in ${inAll(judged.length)}: ${mostFrequent(unread)}` }
  return idle.length === judged.length
    ? { untested: `open in ${inAll(judged.length)}: ${mostFrequent(reasons)}` }
    : {}
}

/** How the message of an operation without a value begins. */
const UNDEFINED = /^(?:div|log|sqrt): /

const inAll = (n: number): string => (n === 1 ? 'the one case' : `all ${n} cases`)

/** Why no case fails the assumption alone. */
function whyNone(fallen: readonly { readonly assumption: string; readonly reason: string }[]): string {
  const total = fallen.length
  const of = (reason: string): number => fallen.filter((other) => other.reason === reason).length
  const [met, open] = [of(MET), of(OPEN)]
  const others = fallen.filter(({ reason }) => reason !== MET && reason !== OPEN)
  const failing = counted(others.map(({ assumption }) => assumption))
  const parts = [
    ...(met > 0 ? [`it holds in ${met}`] : []),
    ...(open > 0 ? [`stays open in ${open}`] : []),
    ...(others.length > 0
      ? [
          `fails in ${others.length}, where also ${failing.map(([id, n]) => `${id} (${n})`).join(', ')} ${others.length === 1 ? 'fails or stays' : 'fail or stay'} open`,
        ]
      : []),
  ]
  return `no case fails it alone: of ${total} drawn, ${parts.join(', ')}`
}

function counted(list: readonly string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const entry of list) counts.set(entry, (counts.get(entry) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])
}

const mostFrequent = (reasons: readonly string[]): string => counted(reasons)[0]![0]

const FINEST = 1024

/** Why a side of the conclusion has no value at a case, or none that 1024 bits can tell. */
function whyUndefined({ given, shows }: Claim, c: unknown): string | undefined {
  const { program } = compileRelations(given, shows, c)
  const values = given.values(c)
  if (program.inputs.some((name) => !values.has(name))) return undefined
  const attempt = (evaluate: () => unknown): 'irrational' | string | undefined => {
    try {
      evaluate()
      return undefined
    } catch (error) {
      if (error instanceof NotExact) return 'irrational'
      if (error instanceof Undefined) return error.message
      throw error
    }
  }
  const exact = attempt(() => run(program, rational, exactInputs(program, values)))
  if (exact !== 'irrational') return exact
  const F = interval(FINEST)
  return attempt(() =>
    run(
      program,
      F,
      program.inputs.map((name) => F.constant(values.get(name)!)),
    ),
  )
}
