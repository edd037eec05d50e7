/** Drop: what becomes of a claim without one of its assumptions. */
import type { Assumption, Claim } from '../claim/claim.ts'
import type { Counterexample } from '../claim/verdict.ts'
import { effortOf, type CheckOptions, type Effort } from './check.ts'
import { judgeOf, type Judge } from './judge.ts'
import { search } from './search.ts'
import { simplest, survey } from './survey.ts'

/** The claim without an assumption, searched for counterexamples. */
export interface Drop {
  readonly id: string
  readonly assumption: string
  readonly says: string
  /** Cases judged: each fails the dropped assumption and meets all others. */
  readonly cases: number
  /** A case that fails the dropped assumption, meets all others, and violates the claim. */
  readonly counterexample?: Counterexample
}

/**
 * Searches for a counterexample among the cases that fail one assumption of a claim and meet the others.
 * @throws RangeError if the claim makes no such assumption.
 */
export function drop(claim: Claim, assumption: string, options: CheckOptions = {}): Drop {
  const dropped = claim.assume.find(({ id }) => id === assumption)
  if (!dropped) {
    const known = claim.assume.map(({ id }) => id)
    throw new RangeError(
      `drop: expected an assumption of ${claim.id} (${known.join(', ') || 'it makes none'}), got "${assumption}"`,
    )
  }
  const effort = effortOf(claim, options)
  const rest = claim.assume.filter((other) => other !== dropped)
  const alone = judgeOf(claim, claim.shows, [dropped])
  const where = (c: unknown): boolean => {
    const failed = alone.discard(c)
    return failed?.assumption === assumption && failed.certain
  }
  if (claim.given.numerical) return dropNumerically(effort, dropped, rest, where)
  const found = search(claim, {
    seed: effort.seed,
    cases: effort.cases,
    assume: rest,
    where,
    refuteOnly: true,
  })
  return {
    id: claim.id,
    assumption,
    says: dropped.says,
    cases: found.cases,
    ...(found.counterexample && { counterexample: found.counterexample }),
  }
}

function dropNumerically(
  { claim, seed, cases }: Effort,
  { id, says }: Assumption<unknown>,
  rest: readonly Assumption<unknown>[],
  where: (c: unknown) => boolean,
): Drop {
  const judged = survey(claim, { seed, cases, assume: rest, where }).filter(
    ({ judgement }) => judgement.status !== 'discarded',
  )
  const violated = judged.find(({ judgement }) => judgement.status === 'violated')
  const judge = judgeOf(claim, claim.shows, rest)
  const still: Judge = {
    ...judge,
    judge: (c, refuteOnly) =>
      where(c) ? judge.judge(c, refuteOnly) : { status: 'undecided', reason: 'the assumption holds' },
  }
  return {
    ...{ id: claim.id, assumption: id, says, cases: judged.length },
    ...(violated && { counterexample: simplest(claim, still, violated.case) }),
  }
}
