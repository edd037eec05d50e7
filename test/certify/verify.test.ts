/** Two verifiers accept every certificate in the repository, and each is the one that its claim gives now. */
import { writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../src/certify/format.ts'
import { verify } from '../../src/certify/verify.ts'
import { withCertificates } from '../../src/cli/certify.ts'
import { RECORD } from '../../src/report/publication.ts'
import { newFolder } from '../cli/lakatos.ts'
import { claims, committed, record } from './committed.ts'
import { hasPython, python, VERIFIER } from './python.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const REMEDY = 'run `npm start` and commit what it writes'

test('every refuted claim has a certificate, and short proofs have', () => {
  const certified = committed.map(({ certificate: { statement } }) => statement.claim)
  const refuted = record.filter(({ verdict }) => verdict === 'refuted').map(({ id }) => id)
  expect(certified, REMEDY).toEqual(expect.arrayContaining(refuted))
  expect(committed.some(({ certificate: { statement } }) => statement.kind === 'proof')).toBe(true)
})

test('each is what the claim and its counterexample give now, its Programs traced again', () => {
  const { files, entries } = withCertificates(claims, record)
  expect(new Map(committed.map(({ path, text }) => [path, text])), REMEDY).toEqual(files)
  const hashes = record.map(({ id, certificate }) => [id, certificate])
  expect(hashes, REMEDY).toEqual(entries.map(({ id, certificate }) => [id, certificate]))
})

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

test.runIf(hasPython)(
  'all are accepted by the second verifier, in the same words',
  { timeout: 300_000 },
  () => {
    const paths = committed.map(({ path }) => path)
    const { code, lines } = python([VERIFIER, '--record', RECORD, ...paths])
    expect(lines).toEqual(
      committed.map(({ path, text }) => {
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
  const [first] = committed.map(({ path }) => path)
  const uncompared = 'arithmetic accepted, statement not compared with a record'

  test('0 after comparison with a record, and 3 without', () => {
    expect(python([VERIFIER, '--record', RECORD, first!]).code).toBe(0)
    const { code, lines } = python([VERIFIER, first!])
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
    const ask = (change: object) => python([VERIFIER, '--record', changed(change), first!])
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
      ['--record', RECORD],
      ['nowhere.json'],
      ['--record', 'no.json', first!],
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
