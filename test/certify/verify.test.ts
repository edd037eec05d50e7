/** Two verifiers accept every certificate in the repository, and each is the one that its claim gives now. */
import { writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../src/certify/format.ts'
import { verify } from '../../src/certify/verify.ts'
import { withCertificates } from '../../src/cli/certify.ts'
import { recordOf } from '../../src/report/publication.ts'
import { siteOf } from '../../src/report/site.ts'
import { newFolder } from '../cli/lakatos.ts'
import { papers, recordIn } from '../properties/loaded.ts'
import { committed } from './committed.ts'
import { hasPython, python, VERIFIER } from './python.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const REMEDY = 'run `npm start` and commit what it writes'

/** The papers by key, each with its record and its certificates. */
const shelves = papers.map(({ paper: { key }, claims }) => {
  const own = committed.filter((one) => one.key === key)
  return [key, { key, claims, record: recordIn(key), own }] as const
})

test.each(shelves)('every refuted claim of %s has a certificate', (_, { record, own }) => {
  const certified = own.map(({ certificate: { statement } }) => statement.claim)
  const refuted = record.filter(({ verdict }) => verdict === 'refuted').map(({ id }) => id)
  expect(certified, REMEDY).toEqual(expect.arrayContaining(refuted))
})

test('there are certificates of refutations and of short proofs', () => {
  const kinds = committed.map(({ certificate: { statement } }) => statement.kind)
  expect(new Set(kinds).size).toBe(2)
})

test.each(shelves)(
  'each of %s is what the claim and its counterexample give now, its Programs traced again',
  (_, { key, claims, record, own }) => {
    const { files, entries } = withCertificates(claims, record, siteOf(key).certificates)
    expect(new Map(own.map(({ path, text }) => [path, text])), REMEDY).toEqual(files)
    const hashes = record.map(({ id, certificate }) => [id, certificate])
    expect(hashes, REMEDY).toEqual(entries.map(({ id, certificate }) => [id, certificate]))
  },
)

test.each(committed.map(({ path, certificate, text }) => [path, certificate, text] as const))(
  '%s is accepted',
  (_, certificate, text) => {
    const { claim, kind } = certificate.statement
    const { statementHash } = certificate
    expect(verify(bytes(text))).toMatchObject({ accepted: true, claim, kind, statementHash })
  },
)

test('python3 is there in CI', () => {
  expect(hasPython || process.env['CI'] === undefined).toBe(true)
})

test.runIf(hasPython).each(shelves.filter(([, { own }]) => own.length > 0))(
  'all of %s are accepted by the second verifier, in the same words',
  { timeout: 300_000 },
  (key, { own }) => {
    const paths = own.map(({ path }) => path)
    const { code, lines } = python([VERIFIER, '--record', recordOf(key), ...paths])
    expect(lines).toEqual(
      own.map(({ path, text }) => {
        const answer = verify(bytes(text))
        if (!answer.accepted) return `rejected ${path}: ${answer.reason}`
        const { kind, claim, statementHash, shown, unchecked } = answer
        const open = unchecked.length > 0 ? `; not checked: ${unchecked.join(', ')}` : ''
        return `accepted ${path}: ${kind} of ${claim}, statement ${statementHash}: ${shown}${open}`
      }),
    )
    expect(code).toBe(0)
  },
)

describe.runIf(hasPython)('the second verifier ends with', () => {
  const { path: first, key } = committed[0]!
  const record = recordIn(key)
  const uncompared = 'arithmetic accepted, statement not compared with a record'

  test('0 after comparison with a record, and 3 without', () => {
    expect(python([VERIFIER, '--record', recordOf(key), first]).code).toBe(0)
    const { code, lines } = python([VERIFIER, first])
    expect([code, lines.at(-1)]).toEqual([3, uncompared])
  })

  test('1 where the record has another statement, or another verdict', () => {
    const folder = newFolder()
    const changed = (change: object): string => {
      const path = `${folder.path}/verdicts.json`
      const { statement } = committed[0]!.certificate
      const claims = record.map((entry) => (entry.id === statement.claim ? { ...entry, ...change } : entry))
      writeFileSync(path, JSON.stringify({ claims }))
      return path
    }
    const ask = (change: object) => python([VERIFIER, '--record', changed(change), first])
    expect(ask({ certificate: 'another' })).toMatchObject({
      code: 1,
      lines: [expect.stringContaining('not the recorded statement')],
    })
    expect(ask({ verdict: 'supported' })).toMatchObject({
      code: 1,
      lines: [expect.stringContaining('not the recorded verdict')],
    })
    expect(ask({ id: 'other' })).toMatchObject({ code: 3 })
    folder.remove()
  })

  test('2 for wrong usage: no file, or none that can be read', () => {
    for (const args of [
      [],
      ['--record'],
      ['--record', recordOf(key)],
      ['nowhere.json'],
      ['--record', 'no.json', first],
    ])
      expect(python([VERIFIER, ...args]), args.join(' ')).toMatchObject({
        code: 2,
        lines: [expect.stringMatching(/^(usage|verify.py): /)],
      })
  })
})

describe('the seal', () => {
  test('does not depend on the order of keys', () => {
    expect(canonical({ b: [1, 'é"\n'], a: {} })).toBe('{"a":{},"b":[1,"é\\"\\n"]}')
    expect(canonical({ a: {}, b: [1, 'é"\n'] })).toBe(canonical({ b: [1, 'é"\n'], a: {} }))
  })

  test('refuses what UTF-8 cannot write', () => {
    expect(() => canonical('\ud800')).toThrow('lone surrogate')
  })
})

describe('what is no certificate is rejected with a reason', () => {
  const { certificate } = committed[0]!
  const foreign = [null, 1, 'x', [], {}, { ...certificate, statement: [] }, { ...certificate, format: 'x' }]
  test.each(foreign.map((value) => [value]))('%#', (value) => {
    const answer = verify(bytes(JSON.stringify(value)))
    expect(answer.accepted).toBe(false)
    expect(!answer.accepted && answer.reason).toMatch(/^expected|^the /)
  })
})
