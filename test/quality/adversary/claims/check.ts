/** Check: declares a test for each planted claim, which fails if the verdict on it is wrong. */
import { expect, test } from 'vitest'
import * as lib from '../../../../src/index.ts'
import { answer, type Planted } from './planted.ts'

const LIMIT = 30_000

/** Declares one test for each claim. */
export function checkAll(planted: readonly Planted[]): void {
  for (const one of planted)
    test(
      `${one.id}: ${[one.shows].flat().join(' and ').slice(0, 100)} is ${one.truth}`,
      { timeout: LIMIT },
      () => {
        const { result, right, words } = answer(lib, one)
        expect(right, `${result}: ${words}; but it is ${one.truth}: ${one.why}`).toBe(true)
      },
    )
}
