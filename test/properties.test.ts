/** Every claim has its recorded verdict, with the same evidence to the last digit; every stored counterexample refutes. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as properties from '../properties/index.ts'
import type { Claim } from '../src/claim/claim.ts'
import type { Verdict } from '../src/claim/verdict.ts'
import { judgeOf, type Judgement } from '../src/hunt/judge.ts'
import { fileOf, parseStored } from '../src/report/corpus.ts'
import { claimsOf } from '../src/report/order.ts'
import { CORPUS, RECORD } from '../src/report/publication.ts'
import { entryOf, parseDocument, recorded, type Entry, type Refutation } from '../src/report/record.ts'
import { text } from '../src/program/print.ts'
import { verify } from '../src/vitest.ts'

const claims = claimsOf(properties)
const record = new Map<string, Entry>(
  parseDocument(readFileSync(RECORD, 'utf8')).claims.map((entry) => [entry.id, entry]),
)
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** The same cases, evidence and counterexample as recorded. */
function expectAsRecorded(claim: Claim, verdict: Verdict): void {
  const { drops: _, ...entry } = record.get(claim.id)!
  expect(plain(recorded(entryOf(claim, verdict, null)))).toEqual(entry)
}

describe('every claim', () => {
  const expected = Object.fromEntries([...record].map(([id, { verdict }]) => [id, verdict]))
  verify(claims, { expected, also: expectAsRecorded })
})

/** The numbers of a violation, in the form in which they are stored. */
function numbers(claim: Claim, judgement: Judgement): Omit<Refutation, 'case'> | undefined {
  if (judgement.status !== 'violated') return undefined
  const { arithmetic, worst } = judgement
  const { slack, left, right, indices } = worst
  return { formula: text(claim.shows[worst.formula]!), at: indices, slack, left, right, arithmetic }
}

const refuted = claims.filter((claim) => record.get(claim.id)?.verdict === 'refuted')

describe('every stored counterexample', () => {
  test.each(refuted.map((claim) => [claim.id, claim] as const))('refutes %s', (id, claim) => {
    const stored = parseStored(readFileSync(`${CORPUS}/${fileOf(id)}.json`, 'utf8'))
    const { case: json, claim: name, statement: _, ...found } = stored
    expect(name).toBe(id)
    expect(numbers(claim, judgeOf(claim).judge(claim.given.parse(json)))).toMatchObject(found)
  })
})

const drops = claims.flatMap((claim) =>
  (record.get(claim.id)?.drops ?? []).map(
    (drop) => [`${claim.id} without ${drop.assumption}`, claim, drop] as const,
  ),
)

describe('every counterexample to a claim without an assumption', () => {
  test.each(drops.filter(([, , { counterexample }]) => counterexample))('%s', (_, claim, drop) => {
    const { case: json, ...found } = drop.counterexample!
    const c = claim.given.parse(json)
    const others = claim.assume.filter(({ id }) => id !== drop.assumption)
    expect(numbers(claim, judgeOf(claim, claim.shows, others).judge(c))).toEqual(found)
    expect(judgeOf(claim).judge(c)).toMatchObject({ status: 'discarded', assumption: drop.assumption })
  })
})
