/** No section is left out. */
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { claims, numberOf, record } from './section.ts'

test('every section has a file of tests, and every file a section', () => {
  const files = readdirSync('test/properties').flatMap((name) => /^(\d+)\.test\.ts$/.exec(name)?.[1] ?? [])
  expect(files.toSorted()).toEqual([...new Set(claims.map(numberOf))].toSorted())
})

test('there is something of every kind that the sections test by the record', () => {
  const entries = [...record.values()]
  const count = (of: (entry: (typeof entries)[number]) => unknown): number => entries.filter(of).length
  expect(count(({ verdict }) => verdict === 'refuted')).toBeGreaterThan(5)
  expect(count(({ verdict }) => verdict === 'contradicted')).toBeGreaterThan(0)
  expect(count(({ hunt }) => hunt?.mostViolated)).toBeGreaterThan(5)
  expect(count(({ drops = [] }) => drops.some(({ counterexample }) => counterexample))).toBeGreaterThan(20)
})
