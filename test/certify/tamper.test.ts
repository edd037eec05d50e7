/** Tampered certificates are rejected; one whose hashes are made to fit is accepted only where it is true. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Certificate, Refutation } from '../../src/certify/certificate.ts'
import { canonical, type Json as Read } from '../../src/certify/format.ts'
import { verify as verifyBytes, type Answer } from '../../src/certify/verify.ts'
import { pick, seeded, type Random } from '../../src/claim/random.ts'
import { fileOf, parseStored } from '../../src/report/corpus.ts'
import { siteOf } from '../../src/report/site.ts'
import { newFolder } from '../cli/lakatos.ts'
import { claimOf, committed } from './committed.ts'
import { hasPython, python, VERIFIER } from './python.ts'
import { rejudged } from './rejudge.ts'
import { KINDS, resealed, tampered, type Json } from './tamper.ts'

const all = committed.map(({ certificate }) => certificate)
const refutations = all.filter(({ statement }) => statement.kind === 'refutation') as Refutation[]
const folder = newFolder()
afterAll(() => folder.remove())

const verify = (json: unknown): Answer => verifyBytes(new TextEncoder().encode(JSON.stringify(json)))

/** Mostly refutations, as they are short. */
const draw = (random: Random): Certificate =>
  random.integer(0, 29) > 0 ? pick(random, refutations) : pick(random, all)

/** The verdicts of the second verifier, in order: whether it accepts. */
function second(name: string, certificates: readonly Json[]): boolean[] {
  const paths = certificates.map((json, i) => {
    const path = join(folder.path, `${name}-${i}.json`)
    writeFileSync(path, JSON.stringify(json))
    return path
  })
  const { lines } = python([VERIFIER, ...paths])
  const verdicts = lines.filter((line) => !line.startsWith('arithmetic accepted'))
  expect(verdicts.map((line) => line.split(' ')[1]!.replace(/:$/, ''))).toEqual(paths)
  return verdicts.map((line) => line.startsWith('accepted '))
}

describe('1000 random tamperings', () => {
  const random = seeded(1, 'tamper')
  const batch = Array.from({ length: 1000 }, () => {
    const original = draw(random) as unknown as Json
    return { original, ...tampered(random, original) }
  })

  test('are of every kind, and each changes something', () => {
    expect(new Set(batch.map(({ kind }) => kind))).toEqual(new Set(KINDS.map(({ name }) => name)))
    expect(
      batch.filter(({ original, json }) => canonical(original as Read) === canonical(json as Read)),
    ).toEqual([])
  })

  test('none is accepted', () => {
    expect(batch.filter(({ json }) => verify(json).accepted)).toEqual([])
  })

  test.runIf(hasPython)('none is accepted by the second verifier', { timeout: 300_000 }, () => {
    const accepted = second(
      'tampered',
      batch.map(({ json }) => json),
    )
    expect(batch.filter((_, i) => accepted[i])).toEqual([])
  })
})

describe('with both hashes made to fit', () => {
  test('no other statement has the hash of a statement that is recorded', () => {
    const random = seeded(2, 'statement')
    const known = new Set(all.map(({ statementHash }) => statementHash))
    const kinds = KINDS.filter(({ name }) => ['operation', 'operand', 'inequality', 'formula'].includes(name))
    const forged = Array.from({ length: 500 }, () => {
      return resealed(tampered(random, draw(random) as unknown as Json, kinds).json) as unknown as Certificate
    })
    expect(forged.filter(({ statementHash }) => known.has(statementHash))).toEqual([])
  })

  const random = seeded(3, 'content')
  const kinds = KINDS.filter(({ name }) => ['weight', 'step', 'digit'].includes(name))
  const forged = Array.from({ length: 400 }, () => {
    const original = pick(random, refutations)
    const { statement, format } = original
    const { kind, json } = tampered(random, original as unknown as Json, kinds)
    const content = { ...(json as { [key: string]: Json }), statement, format } as unknown as Json
    return { kind, certificate: resealed(content) as unknown as Refutation }
  })
  const judgement = ({ certificate }: { readonly certificate: Refutation }): string => {
    const claim = claimOf(certificate)
    const { corpus } = siteOf(claim.of!.paper.key)
    const stored = parseStored(readFileSync(`${corpus}/${fileOf(claim.id)}.json`, 'utf8'))
    return rejudged(claim, stored.case as Json, certificate)
  }

  test('the committed ones violate their claims', () => {
    expect(refutations.filter((certificate) => judgement({ certificate }) !== 'violated')).toEqual([])
  })

  test(
    'other numbers are accepted only where the claim itself says that they violate it',
    { timeout: 300_000 },
    () => {
      const accepted = forged.filter(({ certificate }) => verify(certificate).accepted)
      expect(forged.length - accepted.length).toBeGreaterThan(forged.length / 4)
      expect(accepted.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['weight', 'digit']))
      const others = accepted.filter((one) => judgement(one) !== 'violated')
      expect(
        others.map((one) => [
          one.kind,
          judgement(one),
          one.certificate.statement.claim,
          one.certificate.inputs,
        ]),
      ).toEqual([])
    },
  )

  test.runIf(hasPython)('and so it is with the second verifier', { timeout: 300_000 }, () => {
    const some = forged.filter(({ certificate: { motion } }) => !motion).slice(0, 40)
    const accepted = second(
      'forged',
      some.map(({ certificate }) => certificate as unknown as Json),
    )
    expect(some.filter((one, i) => accepted[i] && judgement(one) !== 'violated')).toEqual([])
  })
})
