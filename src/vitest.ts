/** vitest: claims as tests. */
import { test } from 'vitest'
import type { Claim } from './claim/claim.ts'
import type { Status, Verdict } from './claim/verdict.ts'
import { check, type CheckOptions } from './hunt/check.ts'
import { survivors } from './report/record.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** What the check of a claim found, for reporters. */
    verdict?: Verdict
  }
}

/** Seed and effort, what is expected, and how long a check may take. */
export interface VerifyOptions extends CheckOptions {
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
  const { expected = {}, timeout = 120_000, also, ...effort } = options
  for (const claim of claims) {
    const wanted = expected[claim.id]
    test(`${claim.id} is ${wanted ?? STANDS.join(' or ')}`, { timeout }, ({ task }) => {
      const found = check(claim, effort)
      task.meta.verdict = found
      const complaint = complaintAbout(found, wanted)
      if (complaint !== undefined) throw new Error(`${claim.id}: ${complaint}`)
      also?.(claim, found)
    })
  }
}

function complaintAbout(found: Verdict, wanted: Status | undefined): string | undefined {
  const { verdict, evidence, counterexample } = found
  const right = wanted === undefined ? STANDS.includes(verdict) : verdict === wanted
  if (!right || verdict === 'vacuous') {
    const because = counterexample ? `: ${JSON.stringify(counterexample)}` : ` (${evidence.summary})`
    return `expected it to be ${wanted ?? STANDS.join(' or ')}, got ${verdict}${because}`
  }
  const alive = survivors(found)
  return alive.length === 0
    ? undefined
    : `expected every wrong variant to be refuted; survived: ${alive.join(', ')}`
}
