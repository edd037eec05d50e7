/** The planted claims: enough of both kinds, each with its reason. */
import { expect, test } from 'vitest'
import { PLANTED } from './all.ts'

test('at least 160 claims are false and 70 true', () => {
  expect(PLANTED.filter(({ truth }) => !truth).length).toBeGreaterThanOrEqual(160)
  expect(PLANTED.filter(({ truth }) => truth).length).toBeGreaterThanOrEqual(70)
})

test('ids are distinct, and each claim has a reason', () => {
  expect(new Set(PLANTED.map(({ id }) => id)).size).toBe(PLANTED.length)
  expect(PLANTED.filter(({ why }) => why === '').map(({ id }) => id)).toEqual([])
})
