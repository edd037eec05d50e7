/** Search: random cases through fast-check until one violates a conclusion, then its simplest form. */
import * as fc from 'fast-check'
import type { Assumption, Claim } from '../claim/claim.ts'
import type { Counterexample } from '../claim/verdict.ts'
import type { Formula } from '../program/formula.ts'
import { assumedIn, cases } from './arbitrary.ts'
import { judgeOf, type Judgement } from './judge.ts'
import { counterexampleAt, simplest, type ShrinkOptions } from './shrink.ts'

/** Where to search and how far. */
export interface SearchOptions {
  readonly shows?: readonly Formula[]
  readonly assume?: readonly Assumption<unknown>[]
  readonly seed: number
  readonly cases: number
  /** Stop at violations only, without deciding the cases that hold. */
  readonly refuteOnly?: boolean
  /** Skip shrinking. */
  readonly asFound?: boolean
  /** How far to shrink. */
  readonly shrink?: Omit<ShrinkOptions, 'assume'>
  /** Called for each judged case, before any shrinking. */
  onCase?(c: unknown, judgement: Judgement): void
}

/** How many cases were judged, and the violation, if any, in its simplest form found. */
export interface SearchResult {
  /** Cases judged, discarded ones excluded. */
  readonly cases: number
  readonly counterexample?: Counterexample
}

/** Searches a claim's setting for a case in which the conclusion is certainly false. */
export function search(claim: Claim, options: SearchOptions): SearchResult {
  const shows = options.shows ?? claim.shows
  const assume = options.assume ?? claim.assume
  const judge = judgeOf(claim, shows, assume)
  let judged = 0
  const property = fc.property(cases(claim.given, assumedIn(assume), judge.speaks), (c) => {
    const judgement = judge.judge(c, options.refuteOnly)
    options.onCase?.(c, judgement)
    if (judgement.status === 'discarded') return
    judged++
    if (judgement.status === 'violated') throw new Error('violated')
  })
  const details = fc.check(property, { seed: options.seed, numRuns: options.cases, endOnFailure: true })
  if (!details.failed) return { cases: judged }
  const found = details.counterexample?.[0]
  if (judge.judge(found).status !== 'violated')
    throw details.errorInstance ?? new Error(`${claim.id}: a violation did not replay`)
  if (options.asFound) return { cases: judged, counterexample: counterexampleAt(claim, judge, found) }
  return { cases: judged, counterexample: simplest(claim, judge, found, { ...options.shrink, assume }) }
}
