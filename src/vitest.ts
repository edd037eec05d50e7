/** vitest: claims as tests. */
import { expect, test } from 'vitest'
import type { Claim } from './claim/claim.ts'
import type { Status, Verdict } from './claim/verdict.ts'
import { check, type CheckOptions } from './hunt/check.ts'
import { survivors, unopposed } from './report/record.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** What the check of a claim found, for reporters. */
    verdict?: Verdict
  }
}

/** Seed and effort, what is expected, and how long a check may take. */
export interface VerifyOptions extends Omit<CheckOptions, 'known'> {
  /** Claim id -> a stored counterexample, which must still refute the claim. */
  readonly known?: Readonly<Record<string, unknown>>
  /** Claim id -> the verdict it must have; any other claim must be neither refuted nor left open. */
  readonly expected?: Readonly<Record<string, Status>>
  /** Milliseconds for each claim; two minutes if not said. */
  readonly timeout?: number
  /** Further expectations on a verdict; throws if one fails. */
  also?(claim: Claim, verdict: Verdict): void
}

const STANDS: readonly Status[] = ['proved', 'certified', 'supported']

/**
 * Declares a test for each claim, which fails if the verdict is not the expected one, if a wrong variant
 * survives, or if the cases lack variety. The verdict is in the `meta` of the test.
 * @example verify([myClaim], { expected: { 'my-claim': 'proved' } })
 */
export function verify(claims: Iterable<Claim>, options: VerifyOptions = {}): void {
  const { known = {}, expected = {}, timeout = 120_000, also, ...effort } = options
  for (const claim of claims) {
    const wanted = expected[claim.id]
    test(`${claim.id} is ${wanted ?? STANDS.join(' or ')}`, { timeout }, ({ task }) => {
      const found = check(claim, { ...effort, known: known[claim.id] })
      task.meta.verdict = found
      const wrong = complaints(found, wanted)
      expect(wrong, `${claim.id}: ${wrong.join('; ')}`).toEqual([])
      also?.(claim, found)
    })
  }
}

function complaints(found: Verdict, wanted: Status | undefined): string[] {
  const { verdict, evidence, counterexample } = found
  const right = wanted === undefined ? STANDS.includes(verdict) : verdict === wanted
  const because = counterexample ? JSON.stringify(counterexample) : evidence.summary
  return [
    ...(right ? [] : [`expected it to be ${wanted ?? STANDS.join(' or ')}, got ${verdict}: ${because}`]),
    ...(unopposed(found)
      ? ['expected a wrong variant, got none: nothing shows that the check could fail']
      : []),
    ...survivors(found).map((name) => `expected the wrong variant "${name}" to be refuted`),
  ]
}
