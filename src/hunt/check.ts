/** Check: everything the suite can say about one claim, as a verdict. */
import type { Claim } from '../claim/claim.ts'
import type { Counterexample, IdentityProof, Status, VariantResult, Verdict } from '../claim/verdict.ts'
import type { Formula } from '../program/formula.ts'
import { text } from '../program/print.ts'
import { assumedIn } from './arbitrary.ts'
import { judgeOf, type Judgement } from './judge.ts'
import { prove, type Proof } from './prove.ts'
import { search } from './search.ts'
import { simplest, survey } from './survey.ts'

/** Seed and effort of a check. */
export interface CheckOptions {
  readonly seed?: number
  /** Random cases for inequalities, and at most this many for each wrong variant. */
  readonly cases?: number
  /** Called from time to time with the share of the work done. */
  onProgress?(done: number, stage: string): void
}

export const DEFAULT_SEED = 2022
export const DEFAULT_CASES = 200
const CASES_PER_STRUCTURE = 3
/** At least this share of the drawn cases must meet the assumptions, or the run is vacuous. */
const LEAST_ACCEPTED = 0.2

/** Whether a formula is an equation, or a chain of them. */
export const isEquation = (formula: Formula): boolean =>
  /==/.test(formula.source) && !/[<>]/.test(formula.source)

/** Checks a claim: proof or cases, coverage, wrong variants. Pure: same seed, same verdict, any machine. */
export function check(claim: Claim, options: CheckOptions = {}): Verdict {
  return claim.given.numerical ? checkNumerically(claim, options) : checkExactly(claim, options)
}

/** At least so many cases must meet the assumptions of a claim that is decided numerically. */
const LEAST_NUMERICAL = 5
/** And in at least this share of them the claim must be seen to hold. */
const LEAST_HELD = 0.8

/**
 * Judges all cases, and each wrong variant in the cases in which the claim holds: the variant is refuted if one of
 * them contradicts it.
 */
function checkNumerically(claim: Claim, options: CheckOptions): Verdict {
  const started = performance.now()
  const seed = options.seed ?? DEFAULT_SEED
  const { cases, shrinks, curve } = claim.given.numerical!
  const tally = newTally(claim)
  const surveyed = survey(claim, {
    seed,
    cases: options.cases ?? cases,
    onCase: (done) => options.onProgress?.(done / 2, 'cases'),
  })
  for (const { case: c, judgement } of surveyed) tally.add(c, judgement)
  const of = (status: Judgement['status']): typeof surveyed =>
    surveyed.filter(({ judgement }) => judgement.status === status)
  const [held, violated] = [of('holds'), of('violated')]
  const judged = [...held, ...violated, ...of('undecided')]

  const variants = Object.entries(claim.wrong).map(([name, shows], i): VariantResult => {
    options.onProgress?.(0.5 + i / Object.keys(claim.wrong).length / 2, `wrong variant: ${name}`)
    const judge = judgeOf(claim, shows, [])
    const rejections = judged.map(({ case: c }) => judge.judge(c).status === 'violated')
    const rejected = rejections.filter(Boolean).length
    const first = rejections.indexOf(true)
    return {
      ...{ name, formula: shows.map(text), refuted: rejected > 0 },
      ...{ cases: first < 0 ? judged.length : first + 1, rejected, judged: judged.length },
    }
  })
  const counterexample = violated[0] && simplest(claim, judgeOf(claim), violated[0].case, shrinks)
  const shown = (violated[0] ?? held[0])?.case
  const drawn = shown === undefined ? undefined : curve?.(shown, claim.shows)
  const { status, summary } = concludeNumerically(tally, held.length, violated.length)
  return {
    id: claim.id,
    verdict: status,
    evidence: {
      summary,
      arithmetic: tally.arithmetic,
      labels: tally.shares(),
      discards: Object.fromEntries(tally.discards),
      variants,
      seed,
      ...(drawn && { curve: drawn }),
    },
    cases: tally.decided,
    discarded: tally.discarded,
    seconds: (performance.now() - started) / 1000,
    ...(counterexample && { counterexample }),
  }
}

function concludeNumerically(
  { decided, discarded, undecided, reasons, discards }: Tally,
  held: number,
  violated: number,
): { readonly status: Status; readonly summary: string } {
  const counts = `it holds in ${held}, fails in ${violated} and stays open in ${undecided} of ${decided} cases`
  if (violated > 0) return { status: 'contradicted', summary: counts }
  if (decided < LEAST_NUMERICAL)
    return {
      status: 'vacuous',
      summary: `only ${decided} of ${decided + discarded} cases met the assumptions; failed or open: ${mostFrequent(discards)}`,
    }
  return held >= LEAST_HELD * decided
    ? { status: 'supported', summary: counts }
    : { status: 'undecided', summary: `${counts}: ${mostFrequent(reasons)}` }
}

/** The three most frequent of some reasons. */
function mostFrequent(reasons: ReadonlyMap<string, number>): string {
  const ranked = [...reasons].toSorted((a, b) => b[1] - a[1]).slice(0, 3)
  return ranked.map(([reason, n]) => `${reason} (${n})`).join(', ')
}

function checkExactly(claim: Claim, options: CheckOptions): Verdict {
  const started = performance.now()
  const seed = options.seed ?? DEFAULT_SEED
  const budget = options.cases ?? DEFAULT_CASES
  const tally = newTally(claim)

  const variantCount = Object.keys(claim.wrong).length
  const progress = (stage: string, step: number): void =>
    options.onProgress?.(step / (variantCount + 1), stage)

  progress('claim', 0)
  const equations = claim.shows.every(isEquation)
  const proof = equations
    ? prove(claim, { seed, casesPerStructure: CASES_PER_STRUCTURE, onCase: tally.add })
    : undefined
  const searched =
    proof && !proof.gap
      ? undefined
      : search(claim, { seed, cases: budget, onCase: tally.add, refuteOnly: proof !== undefined })
  const variants = Object.entries(claim.wrong).map(([name, shows], i): VariantResult => {
    progress(`wrong variant: ${name}`, i + 1)
    const result = search(claim, { seed, cases: budget, shows, refuteOnly: true, asFound: true })
    return {
      name,
      formula: shows.map(text),
      refuted: result.counterexample !== undefined,
      cases: result.cases,
    }
  })
  const counterexample = searched?.counterexample ?? violationIn(claim, proof)
  const { status, summary } = conclude(tally, proof, counterexample !== undefined, claim)
  return {
    id: claim.id,
    verdict: status,
    evidence: {
      summary,
      ...(proof && status === 'proved' && { identity: identityOf(proof) }),
      arithmetic: tally.arithmetic,
      labels: tally.shares(),
      variants,
      seed,
    },
    cases: tally.decided,
    discarded: tally.discarded,
    seconds: (performance.now() - started) / 1000,
    ...(counterexample && { counterexample }),
  }
}

const identityOf = ({ structures, patterns, trials, degree, errorBits, family }: Proof): IdentityProof => ({
  ...{ structures, patterns, trials, degree, errorBits, family },
})

/** The violation at which a proof stopped, if it did: certain, though not shrunk. */
function violationIn(claim: Claim, proof: Proof | undefined): Counterexample | undefined {
  const judgement = proof?.gap && judgeOf(claim).judge(proof.gap.case, true)
  if (judgement?.status !== 'violated') return undefined
  const { arithmetic, worst } = judgement
  return { case: proof!.gap!.case, formula: text(claim.shows[worst.formula]!), arithmetic, evidence: worst }
}

interface Tally {
  decided: number
  discarded: number
  undecided: number
  readonly arithmetic: Record<string, number>
  /** Why cases stay open, and which assumptions cases fail. */
  readonly reasons: Map<string, number>
  readonly discards: Map<string, number>
  add(c: unknown, judgement: Judgement): void
  shares(): Record<string, number>
}

function newTally(claim: Claim): Tally {
  const counts = new Map<string, number>()
  const tally: Tally = {
    ...{ decided: 0, discarded: 0, undecided: 0, arithmetic: {}, reasons: new Map(), discards: new Map() },
    add(c, judgement) {
      if (judgement.status === 'discarded') {
        tally.discarded++
        bump(tally.discards, judgement.assumption)
        return
      }
      tally.decided++
      if (judgement.status === 'undecided') {
        tally.undecided++
        bump(tally.reasons, judgement.reason)
      } else tally.arithmetic[judgement.arithmetic] = (tally.arithmetic[judgement.arithmetic] ?? 0) + 1
      const found = 'labels' in judgement ? (judgement.labels ?? []) : []
      for (const label of [...claim.given.labels(c), ...found]) bump(counts, label)
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
  if (proof)
    return {
      status: 'proved',
      summary:
        `identity on ${proof.structures} structures and ${proof.patterns} activation patterns, ` +
        `false with probability below 2^-${proof.errorBits} on each`,
    }
  if (undecided > 0)
    return {
      status: 'undecided',
      summary: `${undecided} of ${decided} cases: ${mostFrequent(tally.reasons)}`,
    }
  return { status: 'certified', summary: `each of ${decided} cases decided exactly or by intervals` }
}
