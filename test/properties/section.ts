/** The tests of the claims of one section: each has its recorded verdict, with the same evidence to the last digit. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as properties from '../../properties/index.ts'
import type { Claim } from '../../src/claim/claim.ts'
import type { Verdict } from '../../src/claim/verdict.ts'
import { judgeOf, type Judgement } from '../../src/hunt/judge.ts'
import { fileOf, parseStored } from '../../src/report/corpus.ts'
import { claimsOf } from '../../src/report/order.ts'
import { CORPUS, RECORD } from '../../src/report/publication.ts'
import { entryOf, parseDocument, recorded, type Entry, type Refutation } from '../../src/report/record.ts'
import { text } from '../../src/program/print.ts'
import { verify } from '../../src/vitest.ts'

/** The recorded verdicts by id. */
export const record: ReadonlyMap<string, Entry> = new Map(
  parseDocument(readFileSync(RECORD, 'utf8')).claims.map((entry) => [entry.id, entry]),
)
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Every claim, in order. */
export const claims: readonly Claim[] = claimsOf(properties)

/** The number with which a section starts. */
export const numberOf = ({ section }: Claim): string => section.split(' ')[0]!

/** The same cases, evidence and counterexample as recorded. */
function expectAsRecorded(claim: Claim, verdict: Verdict): void {
  const { drops: _, certificate: __, hunt: ___, ...entry } = record.get(claim.id)!
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
  of.filter((claim) => record.get(claim.id)?.verdict === verdict).map((claim) => [claim.id, claim])

const stored = (id: string): unknown => parseStored(readFileSync(`${CORPUS}/${fileOf(id)}.json`, 'utf8')).case
const known = Object.fromEntries(
  [...record.values()]
    .filter(({ verdict }) => verdict === 'refuted' || verdict === 'contradicted')
    .map(({ id, verdict, counterexample }) => [
      id,
      verdict === 'refuted' ? stored(id) : counterexample!.case,
    ]),
)

/** Declares the tests of the section with this number. */
export function verifySection(number: string): void {
  const section = claims.filter((claim) => numberOf(claim) === number)

  describe('every claim', () => {
    const expected = Object.fromEntries([...record].map(([id, { verdict }]) => [id, verdict]))
    verify(section, { expected, known, also: expectAsRecorded })
  })

  const refuted = withVerdict(section, 'refuted')
  describe.runIf(refuted.length > 0)('every stored counterexample', () => {
    test.each(refuted)('refutes %s', (id, claim) => {
      const stored = parseStored(readFileSync(`${CORPUS}/${fileOf(id)}.json`, 'utf8'))
      const { case: json, claim: name, statement: _, ...found } = stored
      expect(name).toBe(id)
      expect(numbers(claim, judgeOf(claim).judge(claim.given.parse(json)))).toMatchObject(found)
    })
  })

  const climbed = section.flatMap((claim) => {
    const found = record.get(claim.id)?.hunt?.mostViolated
    return found ? [[claim.id, claim, found] as const] : []
  })
  describe.runIf(climbed.length > 0)('every recorded most violated case', () => {
    test.each(climbed)('violates %s', (_, claim, { case: json, ...found }) => {
      expect(numbers(claim, judgeOf(claim).judge(claim.given.parse(json), true))).toEqual(found)
    })
  })

  const contradicted = withVerdict(section, 'contradicted')
  describe.runIf(contradicted.length > 0)('every recorded contradicting case', () => {
    test.each(contradicted)('contradicts %s', (id, claim) => {
      const { case: json, ...found } = record.get(id)!.counterexample!
      expect(numbers(claim, judgeOf(claim).judge(claim.given.parse(json)))).toEqual(found)
    })
  })

  const drops = section
    .flatMap((claim) =>
      (record.get(claim.id)?.drops ?? []).map(
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
