/** The record: what differs from it, and its text. */
import { describe, expect, test } from 'vitest'
import type { Status } from '../../src/claim/verdict.ts'
import { exitCode } from '../../src/cli/exit.ts'
import { prettyJson } from '../../src/report/json.ts'
import {
  differences,
  parseDocument,
  printDocument,
  recorded,
  survivors,
  type Entry,
} from '../../src/report/record.ts'

const entry = (
  verdict: Status,
  expected: Status | null,
  alive: readonly string[] = [],
  dead: readonly string[] = ['dead'],
): Entry => ({
  ...{ id: 'a:b*', section: '1 Numbers', source: 'eq. (1)', statement: 'x = x' },
  ...{ assumptions: [], uses: [], verdict, expected, cases: 3, discarded: 0, seconds: 1.25 },
  evidence: {
    ...{ summary: 'three cases', arithmetic: { rational: 3 }, labels: {}, seed: 1 },
    variants: [...alive, ...dead].map((name) => ({
      ...{ name, formula: ['x = 0'], refuted: dead.includes(name), cases: 3 },
    })),
  },
})

describe('exit codes', () => {
  test.each<[found: Status, expected: Status | null, code: number]>([
    ['proved', 'proved', 0],
    ['refuted', 'refuted', 0],
    ['undecided', 'undecided', 0],
    ['certified', null, 0],
    ['refuted', null, 1],
    ['certified', 'proved', 1],
    ['refuted', 'certified', 1],
    ['certified', 'refuted', 1],
    ['undecided', null, 3],
    ['undecided', 'proved', 3],
    ['vacuous', 'certified', 3],
    ['vacuous', 'vacuous', 0],
  ])('%s where %s is recorded is %i', (found, expected, code) => {
    expect(exitCode([entry('proved', 'proved'), entry(found, expected)])).toBe(code)
  })

  test('a claim that stands without a wrong variant is open, whatever is recorded; a refuted one is refuted', () => {
    expect(exitCode([entry('proved', 'proved', [], [])])).toBe(3)
    expect(exitCode([entry('certified', null, [], [])])).toBe(3)
    expect(exitCode([entry('refuted', null, [], [])])).toBe(1)
  })

  test('a contradiction weighs more than what is open', () => {
    expect(exitCode([entry('undecided', 'proved'), entry('refuted', 'proved')])).toBe(1)
  })

  test('a wrong variant that survived is 1, unless nothing was put to the test', () => {
    expect(exitCode([entry('proved', 'proved', ['sign'])])).toBe(1)
    expect(survivors(entry('proved', 'proved', ['sign']))).toEqual(['sign'])
    expect(exitCode([entry('vacuous', null, ['sign'])])).toBe(3)
  })
})

test('the record has no time, and expects what was found', () => {
  const kept = recorded(entry('refuted', null))
  expect(kept).not.toHaveProperty('seconds')
  expect(kept.expected).toBe('refuted')
  expect(differences([kept])).toEqual([])
})

describe('the document', () => {
  test('comes back from its text', () => {
    const document = {
      claims: [recorded(entry('proved', null, ['sign'])), recorded(entry('refuted', 'proved'))],
    }
    const text = printDocument(document)
    expect(parseDocument(text)).toEqual(document)
    expect(text.endsWith('}\n')).toBe(true)
  })

  test.each([['{'], ['[]'], ['null'], ['{ "claims": [{}] }']])('is refused with its name: %s', (text) => {
    expect(() => parseDocument(text, 'record.json')).toThrow(/^record\.json: expected .*lakatos docs/)
  })
})

test('JSON for people means the same, and keeps short values on one line', () => {
  const value = { a: [1, [], {}], b: { c: 'x'.repeat(200), d: null }, e: undefined }
  expect(JSON.parse(prettyJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
  expect(prettyJson({ x: ['1', '2/3'] })).toBe('{ "x": ["1", "2/3"] }\n')
  expect(prettyJson(value).split('\n')[1]).toBe('  "a": [1, [], {}],')
})
