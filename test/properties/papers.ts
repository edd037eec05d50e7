/**
 * The tests of the claims of all papers: each has its recorded verdict, with the same evidence to the last digit. The
 * claims are dealt out to files, so that as many workers as there are test them at once: section by section, as the
 * claims of a section share long runs, and so do the files of papers that do not exist yet.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Claim } from '../../src/claim/claim.ts'
import type { Verdict } from '../../src/claim/verdict.ts'
import { judgeOf, type Judgement } from '../../src/hunt/judge.ts'
import { fileOf, parseStored, type StoredCounterexample } from '../../src/report/corpus.ts'
import { entryOf, recorded, type Refutation } from '../../src/report/record.ts'
import { siteOf } from '../../src/report/site.ts'
import { text } from '../../src/program/print.ts'
import { verify } from '../../src/vitest.ts'
import { papers, recordedOf } from './loaded.ts'

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** The files that have a share each, `papers-1.test.ts` and so on. */
export const shares: readonly number[] = readdirSync('test/properties')
  .flatMap((name) => /^papers-(\d+)\.test\.ts$/.exec(name)?.[1] ?? [])
  .map(Number)
  .toSorted((a, b) => a - b)

/** The sections of all papers, each with its claims. */
const sections: readonly (readonly Claim[])[] = papers.flatMap(({ claims }) =>
  [...new Set(claims.map(({ section }) => section))].map((title) =>
    claims.filter(({ section }) => section === title),
  ),
)

/** The sections of a share, from 1. */
export const shareOf = (share: number): readonly (readonly Claim[])[] =>
  sections.filter((_, i) => i % shares.length === share - 1)

/** The same cases, evidence and counterexample as recorded. */
function expectAsRecorded(claim: Claim, verdict: Verdict): void {
  const { drops: _, certificate: __, hunt: ___, ...entry } = recordedOf(claim)!
  delete (entry.counterexample as { box?: unknown } | undefined)?.box
  expect(plain(recorded(entryOf(claim, verdict, null)))).toEqual(entry)
}

/** The numbers of a violation, in the form in which they are stored. */
function numbers(claim: Claim, judgement: Judgement): Omit<Refutation, 'case'> | undefined {
  if (judgement.status !== 'violated') return undefined
  const { arithmetic, worst } = judgement
  const { slack, left, right, indices } = worst
  return { formula: text(claim.shows[worst.formula]!), at: indices, slack, left, right, arithmetic }
}

const withVerdict = (of: readonly Claim[], verdict: string): [string, Claim][] =>
  of.filter((claim) => recordedOf(claim)?.verdict === verdict).map((claim) => [claim.id, claim])

const storedOf = ({ id, of }: Claim): StoredCounterexample =>
  parseStored(readFileSync(`${siteOf(of!.paper.key).corpus}/${fileOf(id)}.json`, 'utf8'))

/** Declares the tests of a share of the claims. */
export function verifyShare(share: number): void {
  describe.each(
    shareOf(share).map(
      (section) => [`${section[0]!.of!.paper.key}/${section[0]!.section}`, section] as const,
    ),
  )('%s', (_, section) => {
    verifySection(section)
  })
}

/** Declares the tests of a section. */
function verifySection(section: readonly Claim[]): void {
  describe('every claim', () => {
    const entries = section.flatMap((claim) => recordedOf(claim) ?? [])
    const expected = Object.fromEntries(entries.map(({ id, verdict }) => [id, verdict]))
    const known = Object.fromEntries([
      ...withVerdict(section, 'refuted').map(([id, claim]) => [id, storedOf(claim).case]),
      ...withVerdict(section, 'contradicted').map(([id, claim]) => [
        id,
        recordedOf(claim)!.counterexample!.case,
      ]),
    ])
    verify(section, { expected, known, also: expectAsRecorded })
  })

  const refuted = withVerdict(section, 'refuted')
  describe.runIf(refuted.length > 0)('every stored counterexample', () => {
    test.each(refuted)('refutes %s', (id, claim) => {
      const { case: json, claim: name, statement: _, ...found } = storedOf(claim)
      expect(name).toBe(id)
      expect(numbers(claim, judgeOf(claim).judge(claim.given.parse(json)))).toMatchObject(found)
    })
  })

  const climbed = section.flatMap((claim) => {
    const found = recordedOf(claim)?.hunt?.mostViolated
    return found ? [[claim.id, claim, found] as const] : []
  })
  describe.runIf(climbed.length > 0)('every recorded most violated case', () => {
    test.each(climbed)('violates %s', (_, claim, { case: json, ...found }) => {
      expect(numbers(claim, judgeOf(claim).judge(claim.given.parse(json), true))).toEqual(found)
    })
  })

  const contradicted = withVerdict(section, 'contradicted')
  describe.runIf(contradicted.length > 0)('every recorded contradicting case', () => {
    test.each(contradicted)('contradicts %s', (_, claim) => {
      const { case: json, ...found } = recordedOf(claim)!.counterexample!
      expect(numbers(claim, judgeOf(claim).judge(claim.given.parse(json)))).toEqual(found)
    })
  })

  const drops = section
    .flatMap((claim) =>
      (recordedOf(claim)?.drops ?? []).map(
        (drop) => [`${claim.id} without ${drop.assumption}`, claim, drop] as const,
      ),
    )
    .filter(([, , { counterexample }]) => counterexample)
  describe.runIf(drops.length > 0)('every counterexample to a claim without an assumption', () => {
    test.each(drops)('%s', (_, claim, drop) => {
      const { case: json, ...found } = drop.counterexample!
      const c = claim.given.parse(json)
      const others = claim.assume.filter(({ id }) => id !== drop.assumption)
      expect(numbers(claim, judgeOf(claim, claim.shows, others).judge(c))).toEqual(found)
      expect(judgeOf(claim).judge(c)).toMatchObject({ status: 'discarded', assumption: drop.assumption })
    })
  })
}
