/** Record: the verdicts of a paper as one document, in the form that `lakatos check --json` prints. */
import { printed } from '../claim/definitions.ts'
import type { Claim } from '../claim/claim.ts'
import { namedBy } from '../claim/paper.ts'
import type { Box, Counterexample, Status, Verdict, VerdictEvidence } from '../claim/verdict.ts'
import type { Indices } from '../program/indices.ts'
import { text } from '../program/print.ts'
import { prettyJson } from './json.ts'
import { originOf, type Origin } from './origin.ts'

/** A counterexample with its numbers: the slack and both sides of the formula that fails. */
export interface Refutation {
  readonly case: unknown
  readonly formula: string
  /** The element that each index letter takes, from 0. */
  readonly at: Indices
  readonly slack: string
  readonly left: string
  readonly right: string
  readonly arithmetic: string
  /** How far its inputs may move while it stays a counterexample. */
  readonly box?: Box
}

/** What became of a claim without one of its assumptions. */
export interface DropEntry {
  readonly assumption: string
  /** What is left of the assumption, if it is not dropped but weakened. */
  readonly weaker?: string
  /** How many cases fail this assumption and meet all others. */
  readonly cases: number
  /** How many of them say nothing: the limits of the run stay open, or a trajectory is too hard to follow. */
  readonly open?: number
  /** How many cases a guided search evaluated besides. */
  readonly evaluations?: number
  /** Why the conclusion means nothing without the assumption, or why no case says anything. */
  readonly meaningless?: string
  readonly untested?: string
  /** How the counterexample fails the dropped assumption. */
  readonly failure?: string
  readonly counterexample?: Refutation
}

/** What a guided search found. */
export interface HuntEntry {
  readonly evaluations: number
  readonly seed: number
  readonly strategies: readonly string[]
  /** The smallest relative slack seen where all assumptions hold, in doubles; absent if they hold nowhere. */
  readonly slack?: string
  /** Who confirmed a violation first, and after how many evaluations in all. */
  readonly found?: { readonly strategy: string; readonly evaluation: number }
  /** The confirmed violation with the smallest relative slack. */
  readonly mostViolated?: Refutation
}

/** One claim with its verdict. */
export interface Entry {
  readonly id: string
  readonly section: string
  readonly source: string
  /** Whether the source prints it, or it is ours; absent in old records. */
  readonly origin?: Origin
  readonly statement: string
  readonly assumptions: readonly string[]
  /** By id within its paper, else by address. */
  readonly uses: readonly string[]
  readonly verdict: Status
  /** The recorded verdict; null for a claim without one. */
  readonly expected: Status | null
  readonly evidence: VerdictEvidence
  readonly cases: number
  readonly discarded: number
  /** Left out of the record, which is the same on every machine. */
  readonly seconds?: number
  readonly counterexample?: Refutation
  /** The hash of the statement that its certificate certifies; written by `lakatos docs`. */
  readonly certificate?: string
  /** Written by `lakatos docs`. */
  readonly drops?: readonly DropEntry[]
  /** Written by `lakatos docs`, for claims that are not proved. */
  readonly hunt?: HuntEntry
  /** The paper, where entries of several are listed; a record is that of one. */
  readonly paper?: string
  /** The claim file, of a claim that is none of the package. */
  readonly file?: string
}

/** The document. */
export interface VerdictDocument {
  readonly claims: readonly Entry[]
}

/** The numbers of a counterexample on one level. */
export function refutation(found: Counterexample): Refutation {
  const { slack, left, right, indices } = found.evidence
  return {
    ...{ case: found.case, formula: found.formula, at: indices },
    ...{ slack, left, right, arithmetic: found.arithmetic },
    ...(found.box && { box: found.box }),
  }
}

/** The conclusion as text: its formulas, joined by semicolons, and what the names in them stand for. */
export function statementOf(claim: Claim): string {
  return [claim.shows.map(text).join('; '), ...printed(claim.where)].join(', where ')
}

/** The entry of a claim whose verdict was found. */
export function entryOf(claim: Claim, found: Verdict, expected: Status | null): Entry {
  const { verdict, evidence, cases, discarded, seconds, counterexample } = found
  return {
    ...{ id: claim.id, section: claim.section, source: claim.source, origin: originOf(claim) },
    statement: statementOf(claim),
    assumptions: claim.assume.map(({ id }) => id),
    uses: claim.uses.map((used) => namedBy(claim, used)),
    ...{ verdict, expected, evidence, cases, discarded },
    seconds: Math.round(seconds * 1000) / 1000,
    ...(counterexample && { counterexample: refutation(counterexample) }),
  }
}

/** The entry as the record keeps it: without time and paper, and expecting what was found. */
export function recorded(entry: Entry): Entry {
  const { seconds: _, paper: __, ...kept } = entry
  return { ...kept, expected: entry.verdict }
}

/** The text of a document. */
export function printDocument(document: VerdictDocument): string {
  return prettyJson(document)
}

/** The document in a text. @throws SyntaxError if it is none. */
export function parseDocument(source: string, name = 'verdicts.json'): VerdictDocument {
  const remedy = 'restore it from version control or delete it and run `lakatos docs`'
  let json: Partial<VerdictDocument> | null
  try {
    json = JSON.parse(source) as Partial<VerdictDocument> | null
  } catch (error) {
    const { message } = error as Error
    throw new SyntaxError(`${name}: expected JSON, got ${message}; ${remedy}`, { cause: error })
  }
  const claims = json?.claims
  if (!Array.isArray(claims) || claims.some((c: Partial<Entry>) => typeof c?.verdict !== 'string'))
    throw new SyntaxError(`${name}: expected { "claims": [...] } with a verdict each; ${remedy}`)
  return { claims: claims as Entry[] }
}

/** A claim whose verdict is not the recorded one; `recorded` is null for a claim without one. */
export interface Difference {
  readonly id: string
  readonly recorded: Status | null
  readonly found: Status
}

/** Verdicts that say a claim is false. */
export const FALSE: readonly Status[] = ['refuted', 'contradicted']

/** The claims whose verdict is not the recorded one; without a recorded one, the false claims. */
export function differences(entries: readonly Entry[]): Difference[] {
  return entries
    .filter(({ verdict, expected }) => (expected === null ? FALSE.includes(verdict) : verdict !== expected))
    .map(({ id, verdict, expected }) => ({ id, recorded: expected, found: verdict }))
}

/** Whether a claim that stands has no wrong variant: then nothing shows that its check could fail. */
export const unopposed = ({ verdict, evidence }: Pick<Entry, 'verdict' | 'evidence'>): boolean =>
  evidence.variants.length === 0 &&
  (verdict === 'proved' || verdict === 'certified' || verdict === 'supported')

/** The wrong variants that were neither refuted nor are implied; in a vacuous run none was put to the test. */
export function survivors({ verdict, evidence }: Pick<Entry, 'verdict' | 'evidence'>): string[] {
  if (verdict === 'vacuous') return []
  return evidence.variants.flatMap(({ name, refuted, implied }) =>
    refuted || implied !== undefined ? [] : [name],
  )
}
