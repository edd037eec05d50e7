/** SHA-256 is that of the standard: Node's own implementation is the oracle. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sha256 } from '../../src/program/hash.ts'

const padded = Array.from({ length: 130 }, (_, n) => 'x'.repeat(n))

test.each(['', 'abc', 'é∞𝔽'.repeat(100), ...padded])('of %j', (message) => {
  expect(sha256(message)).toBe(createHash('sha256').update(message).digest('hex'))
})
