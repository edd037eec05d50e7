/** Every claim kills its wrong variants. */
import { expect, test } from 'vitest'
import { search, type Claim } from '../../src/index.ts'
import { addressOf } from '../../src/claim/paper.ts'
import { isEquation } from '../../src/hunt/check.ts'
import { prove } from '../../src/hunt/prove.ts'
import { claims } from '../properties/loaded.ts'

/** Those whose variants are searched again with another seed; the others' are judged in every case by their check. */
const exact = claims.filter(({ given }) => !given.numerical)

test('there are claims, with distinct addresses', () => {
  expect(claims.length).toBeGreaterThan(30)
  expect(new Set(claims.map(addressOf)).size).toBe(claims.length)
})

test.each(claims.map((c) => [addressOf(c), c] as const))('%s: at least three wrong variants', (_, c) => {
  expect(Object.keys(c.wrong).length).toBeGreaterThanOrEqual(3)
})

test.each(exact.map((c) => [addressOf(c), c] as const))('%s: all wrong variants refuted', (_, c) => {
  const variants = Object.entries(c.wrong).filter(([name]) => !Object.hasOwn(c.implied ?? {}, name))
  const survivors = variants.filter(([, shows]) => {
    const found = search(c, { seed: 7, cases: 200, shows, refuteOnly: true, asFound: true })
    return found.counterexample === undefined
  })
  expect(survivors.map(([name]) => name)).toEqual([])
})

const equationsOf = (c: Claim) => Object.entries(c.wrong).filter(([, shows]) => shows.every(isEquation))
const varied = exact.filter((c) => equationsOf(c).length > 0)

test('there are wrong equations', () => {
  expect(varied.flatMap(equationsOf).length).toBeGreaterThan(60)
})

test.each(varied.map((c) => [addressOf(c), c] as const))(
  '%s: no wrong equation passes the identity test',
  (_, c) => {
    const equations = equationsOf(c)
    const options = { seed: 7, casesPerStructure: 1, identitiesOnly: true }
    const proved = equations.filter(([, shows]) => prove(c, options, shows).gap === undefined)
    expect(proved.map(([name]) => name)).toEqual([])
  },
)
