/** Survey: all of a claim's random cases judged, for settings that decide numerically. */
import type { Assumption, Claim } from '../claim/claim.ts'
import { seeded } from '../claim/random.ts'
import { assumedIn } from './arbitrary.ts'
import { judgeOf, type Judgement } from './judge.ts'

/** A case and what was found in it. */
export interface Surveyed {
  readonly case: unknown
  readonly judgement: Judgement
}

/** What to survey. */
export interface SurveyOptions {
  readonly seed: number
  /** Distinct cases to draw. */
  readonly cases: number
  readonly assume?: readonly Assumption<unknown>[]
  /** Called after each case with the share done. */
  onCase?(done: number, surveyed: Surveyed): void
}

/** Draws are repeated at most this often per distinct case wanted. */
const MOST_DRAWS = 4

/** Judges distinct random cases of a claim, in the order in which they are drawn; the first violation is confirmed. */
export function survey(claim: Claim, options: SurveyOptions): Surveyed[] {
  const assume = options.assume ?? claim.assume
  const judge = judgeOf(claim, claim.shows, assume)
  const assumed = assumedIn(assume)
  const random = seeded(options.seed)
  const seen = new Set<string>()
  const found: Surveyed[] = []
  let confirmed = false
  for (let drawn = 0; drawn < MOST_DRAWS * options.cases && seen.size < options.cases; drawn++) {
    const c = claim.given.generate(random, assumed)
    const key = JSON.stringify(c)
    if (seen.has(key)) continue
    seen.add(key)
    let judgement = judge.judge(c)
    if (judgement.status === 'violated' && !confirmed) {
      judgement = judge.judge(c, true)
      confirmed = judgement.status === 'violated'
    }
    const surveyed = { case: c, judgement }
    found.push(surveyed)
    options.onCase?.(seen.size / options.cases, surveyed)
  }
  return found
}
