/** Check: everything the suite can say about one claim, as a verdict. */
import type { Claim } from '../claim/claim.ts'
import type {
  Counterexample,
  Discards,
  DrawnCurve,
  IdentityProof,
  OpenCase,
  Outcomes,
  Status,
  VariantResult,
  Verdict,
} from '../claim/verdict.ts'
import type { Formula } from '../program/formula.ts'
import { text } from '../program/print.ts'
import { relationsIn } from '../program/syntax.ts'
import { assumedIn } from './arbitrary.ts'
import { judgeOf, type Judge, type Judgement } from './judge.ts'
import { prove, type Proof } from './prove.ts'
import { search } from './search.ts'
import { counterexampleAt, simplest } from './shrink.ts'
import { survey, type Surveyed } from './survey.ts'
import { visit } from './visit.ts'

/** How much is tried: `full` draws ten times the cases, and follows long runs further. */
export type Profile = 'default' | 'full'

/** Seed and effort of a check. */
export interface CheckOptions {
  readonly seed?: number
  /** Random cases for inequalities, and at most this many for each wrong variant; else the profile says. */
  readonly cases?: number
  readonly profile?: Profile
  /** A stored counterexample: judged first, and kept as it is if it still refutes the claim. */
  readonly known?: unknown
  /** Called from time to time with the share of the work done. */
  onProgress?(done: number, stage: string): void
}

export const DEFAULT_SEED = 2022
const DEFAULT_CASES = 200
const CASES_PER_STRUCTURE = 3
const FULL = 10
/** So many undecided cases are kept to be shown. */
const SHOWN = 3
/** At least this share of the drawn cases must meet the assumptions, or the run is vacuous. */
const LEAST_ACCEPTED = 0.2

/** Whether a formula is an equation, or a chain of them. */
export const isEquation = (formula: Formula): boolean =>
  relationsIn(formula.root).every((kind) => kind === 'equal') && relationsIn(formula.root).length > 0

/** The effort of a check in numbers, and the claim over all the cases that its profile draws from. */
export interface Effort {
  readonly claim: Claim
  readonly seed: number
  readonly cases: number
  /** Cases of each structure of a family. */
  readonly casesPerStructure: number
}

/** The effort that options ask for. */
export function effortOf(claim: Claim, { seed = DEFAULT_SEED, cases, profile }: CheckOptions): Effort {
  const times = profile === 'full' ? FULL : 1
  const { numerical } = claim.given
  const wider = profile === 'full' ? numerical?.full?.() : undefined
  return {
    claim: wider ? { ...claim, given: wider } : claim,
    seed,
    cases: cases ?? times * (claim.given.cases ?? DEFAULT_CASES),
    casesPerStructure: times * CASES_PER_STRUCTURE,
  }
}

/**
 * Checks a claim: proof or cases, coverage, wrong variants. Pure: same seed, same verdict, on any machine; long runs
 * are in doubles, whose elementary functions may differ between engines.
 */
export function check(claim: Claim, options: CheckOptions = {}): Verdict {
  const effort = effortOf(claim, options)
  return claim.given.numerical ? checkNumerically(effort, options) : checkExactly(effort, options)
}

/** The reason for which a claim implies one of its variants, if its author gives one. */
const impliedIn = ({ implied = {} }: Claim, name: string): Pick<VariantResult, 'implied'> =>
  Object.hasOwn(implied, name) ? { implied: implied[name]! } : {}

/** At least so many cases must meet the assumptions of a claim that is decided numerically. */
const LEAST_NUMERICAL = 5
/** And in at least this share of them the claim must be seen to hold. */
const LEAST_HELD = 0.8

/**
 * Judges all cases, and each wrong variant in the cases in which the claim holds: the variant is refuted if one of
 * them contradicts it.
 */
function checkNumerically({ claim, seed, cases }: Effort, options: CheckOptions): Verdict {
  const started = performance.now()
  const tally = newTally(claim)
  const judge = judgeOf(claim)
  const stored = knownOf(claim, options)
  const known = stored !== undefined && judge.judge(stored, true).status === 'violated' ? stored : undefined
  const wrong = Object.entries(claim.wrong).map(([name, shows]) => ({
    ...{ name, shows, judge: judgeOf(claim, shows, []), rejecting: new Set<Surveyed>() },
  }))
  const surveyed = survey(claim, {
    ...{ seed, cases },
    // Statements along one run share what they read of it.
    onCase(done, one) {
      if (one.judgement.status !== 'discarded')
        for (const { judge: variant, rejecting } of wrong)
          if (variant.judge(one.case).status === 'violated') rejecting.add(one)
      options.onProgress?.(done, 'cases and wrong variants')
    },
  })
  for (const { case: c, judgement } of surveyed) tally.add(c, judgement)
  const of = (status: Judgement['status']): typeof surveyed =>
    surveyed.filter(({ judgement }) => judgement.status === status)
  const [held, violated] = [of('holds'), of('violated')]
  const judged = [...held, ...violated, ...of('undecided')]

  const variants = wrong.map(({ name, shows, rejecting }): VariantResult => {
    const first = judged.findIndex((one) => rejecting.has(one))
    const rejected = rejecting.size
    return {
      ...{ name, formula: shows.map(text), refuted: rejected > 0, ...impliedIn(claim, name) },
      ...{ cases: first < 0 ? judged.length : first + 1, rejected, judged: judged.length },
    }
  })
  const counterexample =
    known === undefined
      ? violated[0] && simplest(claim, judge, violated[0].case)
      : counterexampleAt(claim, judge, known)
  const curve = curveOf(claim, counterexample?.case ?? held[0]?.case)
  const outcomes: Outcomes = { holds: held.length, fails: violated.length, open: tally.undecided }
  const { status, summary } = concludeNumerically(tally, outcomes, known !== undefined)
  return {
    id: claim.id,
    verdict: status,
    evidence: {
      summary,
      arithmetic: tally.arithmetic,
      labels: tally.shares(),
      outcomes,
      alternatives: Object.fromEntries([...tally.alternatives].toSorted()),
      discards: Object.fromEntries(tally.fallen),
      ...(tally.open.length > 0 && { open: tally.open }),
      variants,
      seed,
      ...(curve && { curve }),
    },
    cases: tally.decided,
    discarded: tally.discarded,
    seconds: (performance.now() - started) / 1000,
    ...(counterexample && { counterexample }),
  }
}

/** The first observable whose limit the claim asks for, along the run of a case. */
function curveOf(claim: Claim, c: unknown): DrawnCurve | undefined {
  if (c === undefined) return undefined
  for (const formula of claim.shows) {
    const curve = claim.given.numerical!.curve?.(c, [formula])
    if (curve) return { ...curve, formula: text(formula), case: claim.given.describe(c) }
  }
  return undefined
}

function concludeNumerically(
  { decided, discarded, reasons, discards, oscillating, digits }: Tally,
  { holds, fails, open }: Outcomes,
  stored: boolean,
): { readonly status: Status; readonly summary: string } {
  const counts = `it holds in ${holds}, fails in ${fails} and stays open in ${open} of ${decided} cases`
  if (fails > 0) return { status: 'contradicted', summary: counts }
  if (stored) return { status: 'contradicted', summary: `${counts}; it fails in the case on record` }
  if (decided < LEAST_NUMERICAL)
    return {
      status: 'vacuous',
      summary: `only ${decided} of ${decided + discarded} cases met the assumptions; failed or open: ${mostFrequent(discards)}`,
    }
  if (holds < LEAST_HELD * decided)
    return { status: 'undecided', summary: `${counts}: ${mostFrequent(reasons)}` }
  // A case that swings may be a counterexample that no finite run shows.
  if (oscillating > 0)
    return {
      status: 'undecided',
      summary: `${counts}; in ${oscillating} of them an observable swings, and it is not seen whether for ever`,
    }
  const agreed = digits === undefined ? '' : `; the sides of its equations agree to ${digits} digits or more`
  return { status: 'supported', summary: `${counts}${agreed}` }
}

/** The three most frequent of some reasons. */
function mostFrequent(reasons: ReadonlyMap<string, number>): string {
  const ranked = [...reasons].toSorted((a, b) => b[1] - a[1]).slice(0, 3)
  return ranked.map(([reason, n]) => `${reason} (${n})`).join(', ')
}

function checkExactly(effort: Effort, options: CheckOptions): Verdict {
  const started = performance.now()
  const { claim, seed, cases: budget, casesPerStructure } = effort
  const tally = newTally(claim)
  const judge = judgeOf(claim)
  const known = knownOf(claim, options)
  if (known !== undefined && judge.judge(known, true).status !== 'violated') return stale(claim, seed)

  const variantCount = Object.keys(claim.wrong).length
  const progress = (stage: string, step: number): void =>
    options.onProgress?.(step / (variantCount + 1), stage)

  progress('claim', 0)
  const attempted = claim.shows.every(isEquation)
    ? prove(claim, { seed, casesPerStructure, onCase: tally.add })
    : undefined
  // Along trajectories there is no family to prove anything for: equations are tried like inequalities.
  const proof =
    attempted && (attempted.gap || attempted.structures + attempted.vacuous.length > 0)
      ? attempted
      : undefined
  const constructed = proof?.gap && visit(claim, judge, proof.gap.case)
  const searched =
    (proof && !proof.gap) || constructed !== undefined
      ? undefined
      : search(claim, {
          ...{ seed, cases: budget, onCase: tally.add },
          ...{ refuteOnly: proof !== undefined, asFound: known !== undefined },
        })
  const variants = Object.entries(claim.wrong).map(([name, shows], i): VariantResult => {
    progress(`wrong variant: ${name}`, i + 1)
    const result = search(claim, { seed, cases: budget, shows, refuteOnly: true, asFound: true })
    return {
      name,
      formula: shows.map(text),
      refuted: result.counterexample !== undefined,
      ...impliedIn(claim, name),
      cases: result.cases,
    }
  })
  const counterexample = known
    ? counterexampleAt(claim, judge, known)
    : (searched?.counterexample ?? violationIn(claim, judge, constructed ?? proof?.gap?.case))
  const { status, summary } = conclude(tally, proof, counterexample !== undefined, claim)
  return {
    id: claim.id,
    verdict: status,
    evidence: {
      summary,
      ...(proof && !proof.gap && status !== 'vacuous' && { identity: identityOf(proof) }),
      arithmetic: tally.arithmetic,
      labels: tally.shares(),
      ...(tally.open.length > 0 && { open: tally.open }),
      variants,
      seed,
    },
    cases: tally.decided,
    discarded: tally.discarded,
    seconds: (performance.now() - started) / 1000,
    ...(counterexample && {
      counterexample: { ...counterexample, case: claim.given.parse(counterexample.case) },
    }),
  }
}

const knownOf = ({ given }: Claim, { known }: CheckOptions): unknown =>
  known === undefined ? undefined : given.parse(known)

const identityOf = ({ gap: _, vacuous: __, ...proof }: Proof): IdentityProof => proof

/** What is said of a claim whose stored counterexample does not refute it. */
const stale = (claim: Claim, seed: number): Verdict => ({
  ...{ id: claim.id, verdict: 'undecided', cases: 0, discarded: 0, seconds: 0 },
  evidence: {
    ...{ summary: 'the stored counterexample does not refute it', arithmetic: {}, labels: {} },
    ...{ variants: [], seed },
  },
})

/** The simplest form of a case, if it is a violation. */
function violationIn(claim: Claim, judge: Judge, c: unknown): Counterexample | undefined {
  return c !== undefined && judge.judge(c, true).status === 'violated' ? simplest(claim, judge, c) : undefined
}

interface Tally {
  decided: number
  discarded: number
  undecided: number
  /** How many of these swing. */
  oscillating: number
  /** The fewest digits to which the sides of an equation agree. */
  digits?: number
  readonly arithmetic: Record<string, number>
  /** Why cases stay open, and which assumptions cases fail. */
  readonly reasons: Map<string, number>
  readonly discards: Map<string, number>
  /** The same, with those cases apart that certainly fail it. */
  readonly fallen: Map<string, Discards>
  readonly alternatives: Map<string, number>
  /** The first cases that stay undecided. */
  readonly open: OpenCase[]
  add(c: unknown, judgement: Judgement): void
  shares(): Record<string, number>
}

function newTally(claim: Claim): Tally {
  const counts = new Map<string, number>()
  const tally: Tally = {
    ...{ decided: 0, discarded: 0, undecided: 0, oscillating: 0, arithmetic: {} },
    ...{ reasons: new Map(), discards: new Map() },
    ...{ fallen: new Map(), alternatives: new Map(), open: [] },
    add(c, judgement) {
      if (judgement.status === 'discarded') {
        tally.discarded++
        bump(tally.discards, judgement.assumption)
        const { failed, open } = tally.fallen.get(judgement.assumption) ?? { failed: 0, open: 0 }
        const { certain } = judgement
        tally.fallen.set(
          judgement.assumption,
          certain ? { failed: failed + 1, open } : { failed, open: open + 1 },
        )
        return
      }
      tally.decided++
      if (judgement.status === 'undecided') {
        tally.undecided++
        if (judgement.oscillates) tally.oscillating++
        bump(tally.reasons, judgement.reason)
        if (tally.open.length < SHOWN)
          tally.open.push({ case: c, text: claim.given.describe(c), reason: judgement.reason })
      } else tally.arithmetic[judgement.arithmetic] = (tally.arithmetic[judgement.arithmetic] ?? 0) + 1
      if (judgement.status === 'holds' && judgement.digits !== undefined)
        tally.digits = Math.min(judgement.digits, tally.digits ?? Infinity)
      if (judgement.status === 'holds')
        for (const held of judgement.alternatives ?? []) bump(tally.alternatives, held)
      for (const label of claim.given.labels(c)) bump(counts, label)
    },
    shares: () =>
      Object.fromEntries(
        [...counts].toSorted().map(([label, n]) => [label, Math.round((1000 * n) / tally.decided) / 1000]),
      ),
  }
  return tally
}

const bump = (counts: Map<string, number>, key: string): unknown =>
  counts.set(key, (counts.get(key) ?? 0) + 1)

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

function conclude(
  tally: Tally,
  proof: Proof | undefined,
  refuted: boolean,
  claim: Claim,
): { readonly status: Status; readonly summary: string } {
  const { decided, discarded, undecided } = tally
  if (refuted) return { status: 'refuted', summary: 'a counterexample, exact and shrunk' }
  if (decided < LEAST_ACCEPTED * (decided + discarded) || decided === 0)
    return {
      status: 'vacuous',
      summary: `${discarded} cases failed an assumption: ${mostFrequent(tally.discards)}`,
    }
  const shares = tally.shares()
  const low = Object.entries(claim.given.coverage(assumedIn(claim.assume))).filter(
    ([label, least]) => (shares[label] ?? 0) < least,
  )
  if (low.length > 0)
    return {
      status: 'vacuous',
      summary: `the cases sit in a corner: ${low
        .map(([label, least]) => `"${label}" in ${shares[label] ?? 0} of them, at least ${least} expected`)
        .join('; ')}`,
    }
  if (proof?.gap)
    return {
      status: 'undecided',
      summary: `no proof (${proof.gap.reason}) and no counterexample in ${decided} cases`,
    }
  if (proof) {
    const { structures, patterns, errorBits, vacuous } = proof
    const whole = vacuous.length === 0 && (structures > 1 || claim.given.wholeFamily === true)
    const none = vacuous.length > 0 ? `; no case met the assumptions in ${vacuous.join('; ')}` : ''
    return {
      status: whole ? 'proved' : 'certified',
      summary:
        `identity on ${count(structures, 'structure')} and ${count(patterns, 'branch', 'branches')}${whole ? '' : ' listed'}, ` +
        `false with probability below 2^-${errorBits} on each${none}`,
    }
  }
  if (undecided > 0)
    return {
      status: 'undecided',
      summary: `${undecided} of ${decided} cases: ${mostFrequent(tally.reasons)}`,
    }
  return { status: 'certified', summary: `each of ${decided} cases decided exactly or by intervals` }
}
