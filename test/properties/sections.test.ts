/** No section is left out. */
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { claims, numberOf } from './section.ts'

test('every section has a file of tests, and every file a section', () => {
  const files = readdirSync('test/properties').flatMap((name) => /^(\d+)\.test\.ts$/.exec(name)?.[1] ?? [])
  expect(files.toSorted()).toEqual([...new Set(claims.map(numberOf))].toSorted())
})
