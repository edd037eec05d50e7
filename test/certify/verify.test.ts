/** Two verifiers accept every certificate in the repository, and each is the one that its claim gives now. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { canonical, sha256, verify } from '../../src/certify/verify.ts'
import { withCertificates } from '../../src/cli/certify.ts'
import { claims, committed, record } from './committed.ts'
import { hasPython, python, VERIFIER } from './python.ts'

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

test.each(committed.map(({ path, certificate }) => [path, certificate] as const))(
  '%s is accepted',
  (_, certificate) => {
    const { claim, kind } = certificate.statement
    const { statementHash } = certificate
    expect(verify(certificate)).toMatchObject({ accepted: true, claim, kind, statementHash })
  },
)

test('python3 is there in CI', () => {
  expect(hasPython || process.env['CI'] === undefined).toBe(true)
})

test.runIf(hasPython)('all are accepted by the second verifier', { timeout: 300_000 }, () => {
  const { code, lines } = python([VERIFIER, ...committed.map(({ path }) => path)])
  expect(lines).toEqual(
    committed.map(({ path, certificate: { statement, statementHash } }) => {
      return `accepted ${path}: ${statement.kind} of ${statement.claim}, statement ${statementHash}`
    }),
  )
  expect(code).toBe(0)
})

describe('the verifiers are small and stand alone', () => {
  const lines = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n')

  test('verify.ts reads program, run, rational and interval, in fewer than 340 lines', () => {
    const path = 'src/certify/verify.ts'
    const { importedFiles } = ts.preProcessFile(readFileSync(path, 'utf8'), true, true)
    expect(importedFiles.map(({ fileName }) => fileName)).toEqual([
      '../number/interval.ts',
      '../number/rational.ts',
      '../program/program.ts',
      '../program/run.ts',
    ])
    expect(lines(path).length).toBeLessThan(340)
  })

  test('verify.py imports json, sys and fractions only, and uses no float', () => {
    const source = readFileSync(VERIFIER, 'utf8')
    const imports = lines(VERIFIER).filter((line) => /^\s*(import|from)\b|__import__|importlib/.test(line))
    expect(imports).toEqual(['import json', 'import sys', 'from fractions import Fraction'])
    expect(lines(VERIFIER).length).toBeLessThan(340)
    expect(source).not.toMatch(/\bfloat\b|\d\.\d|[^/]\b1e\d|\bround\(/)
  })
})

describe('the seal', () => {
  const texts = ['', 'abc', 'ε‖w‖² — 𝒪', 'a'.repeat(55), 'a'.repeat(56), 'a'.repeat(64), 'b'.repeat(1000)]

  test.each(texts)('is SHA-256 (%#)', (text) => {
    expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'))
  })

  test('does not depend on the order of keys', () => {
    expect(canonical({ b: [1, 'é"\n'], a: {} })).toBe('{"a":{},"b":[1,"é\\"\\n"]}')
    expect(canonical({ a: {}, b: [1, 'é"\n'] })).toBe(canonical({ b: [1, 'é"\n'], a: {} }))
  })

  test.each([[1.5], [null], [true], [{ a: 2 ** 53 }], [[Number.NaN]]])(
    'covers texts and integers only: %j',
    (value) => {
      expect(() => canonical(value)).toThrow('expected')
    },
  )
})

describe('what is no certificate is rejected with a reason', () => {
  const { certificate } = committed[0]!
  const foreign = [null, 1, 'x', [], {}, { ...certificate, statement: [] }, { ...certificate, format: 'x' }]
  test.each(foreign.map((value) => [value]))('%#', (value) => {
    const answer = verify(value)
    expect(answer.accepted).toBe(false)
    expect(!answer.accepted && answer.reason).toMatch(/^expected|^the /)
  })
})
