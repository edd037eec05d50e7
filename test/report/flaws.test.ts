/** Every claim that does not stand says where it breaks, shows it, and has an amended claim. */
import { describe, expect, test } from 'vitest'
import { interval } from '../../src/number/interval.ts'
import { flawParts } from '../../src/report/evidence.ts'
import { addressOf } from '../../src/claim/paper.ts'
import { FALSE } from '../../src/report/record.ts'
import { amendments, shelfOf } from '../../src/report/shelf.ts'
import { sidesOf } from '../../src/report/sides.ts'
import { siteOf } from '../../src/report/site.ts'
import { claims, papers, recordIn } from '../properties/loaded.ts'

const all = papers.flatMap(({ paper: { key }, claims: own }) => {
  const shelf = shelfOf(own, { claims: recordIn(key) }, siteOf(key))
  return shelf.all.map((shelved) => ({ shelf, ...shelved }))
})
const fallen = all.filter(({ entry }) => [...FALSE, 'vacuous'].includes(entry.verdict))
const refuted = all.filter(({ entry }) => entry.verdict === 'refuted')
const named = (of: typeof all): [string, (typeof all)[number]][] =>
  of.map((one) => [addressOf(one.claim), one])

describe.each(named(fallen))('%s', (_, { shelf, ...shelved }) => {
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
  const standing = claims.filter((claim) => !fallen.some((one) => one.claim === claim))
  expect(standing.filter(({ flaw }) => flaw).map(addressOf)).toEqual([])
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
