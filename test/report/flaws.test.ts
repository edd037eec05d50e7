/** Every claim that does not stand says where it breaks, shows it, and has an amended claim. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as properties from '../../properties/index.ts'
import { interval } from '../../src/number/interval.ts'
import { claimsOf } from '../../src/report/order.ts'
import { flawParts } from '../../src/report/evidence.ts'
import { RECORD } from '../../src/report/publication.ts'
import { FALSE, parseDocument } from '../../src/report/record.ts'
import { amendments, shelfOf } from '../../src/report/shelf.ts'
import { sidesOf } from '../../src/report/sides.ts'

const claims = claimsOf(properties)
const shelf = shelfOf(claims, parseDocument(readFileSync(RECORD, 'utf8')))
const fallen = shelf.all.filter(({ entry }) => [...FALSE, 'vacuous'].includes(entry.verdict))
const refuted = shelf.all.filter(({ entry }) => entry.verdict === 'refuted')
const named = (of: typeof fallen): [string, (typeof fallen)[number]][] => of.map((one) => [one.claim.id, one])

describe.each(named(fallen))('%s', (_, shelved) => {
  test('has its printed line, the step that breaks, and on its page what stands in its place', () => {
    const { flaw } = shelved.claim
    expect(flaw!.printed.length).toBeGreaterThan(10)
    expect(flaw!.breaks.length).toBeGreaterThan(100)
    const parts = flawParts(shelf, shelved).join('\n')
    const mended = amendments(shelf, shelved.claim)
    expect(mended.length).toBeGreaterThan(0)
    for (const { claim, entry } of mended) {
      expect(['proved', 'certified', 'supported']).toContain(entry.verdict)
      expect(parts).toContain(`| ${entry.verdict} |`)
      expect(Object.keys(claim.wrong).length).toBeGreaterThanOrEqual(3)
    }
  })
})

test('there are such claims, and pictures of them', () => {
  expect(fallen.length).toBeGreaterThan(refuted.length)
  expect(refuted.length).toBeGreaterThan(5)
})

test('no claim that stands has a flaw', () => {
  const ids = new Set(fallen.map(({ claim }) => claim.id))
  expect(claims.filter(({ id, flaw }) => flaw && !ids.has(id)).map(({ id }) => id)).toEqual([])
})

describe('the picture of a refuted claim', () => {
  test.each(named(refuted))(
    'passes through the counterexample, and shows it violated: %s',
    (_, { claim, entry }) => {
      const found = entry.counterexample!
      const sides = sidesOf(claim, found)!
      expect(sides.rows.length).toBeGreaterThanOrEqual(7)
      const number = (text: string): number =>
        Number(
          text.includes('/')
            ? interval(60).format(interval(60).constant(text))
            : text.replace(/^\[/, '').split(/[ ,]/)[0],
        )
      for (const [shown, exact] of [
        [sides.marked[0], found.left],
        [sides.marked[1], found.right],
      ] as const)
        expect(Math.abs(shown - number(exact))).toBeLessThan(1e-6 * Math.max(1, Math.abs(number(exact))))
      expect(sides.svg.match(/<path /g)).toHaveLength(2)
      expect(sides.svg.match(/<circle /g)).toHaveLength(2)
    },
  )
})
