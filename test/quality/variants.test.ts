/** Every claim kills its wrong variants. */
import { expect, test } from 'vitest'
import * as properties from '../../properties/index.ts'
import { isClaim, search, type Claim } from '../../src/index.ts'
import { isEquation } from '../../src/hunt/check.ts'
import { prove } from '../../src/hunt/prove.ts'

const claims: Claim[] = Object.values<unknown>(properties).filter(isClaim)
/** Those whose variants are searched again with another seed; the others' are judged in every case by their check. */
const exact = claims.filter(({ given }) => !given.numerical)

test('there are claims, with distinct ids', () => {
  expect(claims.length).toBeGreaterThan(30)
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length)
})

test.each(claims.map((c) => [c.id, c] as const))('%s: at least three wrong variants', (_, c) => {
  expect(Object.keys(c.wrong).length).toBeGreaterThanOrEqual(3)
})

test.each(exact.map((c) => [c.id, c] as const))('%s: all wrong variants refuted', (_, c) => {
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

test.each(varied.map((c) => [c.id, c] as const))('%s: no wrong equation passes the identity test', (_, c) => {
  const equations = equationsOf(c)
  const options = { seed: 7, casesPerStructure: 1, identitiesOnly: true }
  const proved = equations.filter(([, shows]) => prove(c, options, shows).gap === undefined)
  expect(proved.map(([name]) => name)).toEqual([])
})
