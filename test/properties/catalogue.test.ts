/** The catalogue: each statement has its claims, or says why it has none, and the pages follow its order. */
import { expect, test } from 'vitest'
import { statements } from '../../properties/morwani-ramaswamy-2022/catalogue.ts'
import { paper } from '../../properties/morwani-ramaswamy-2022/paper.ts'
import type { Claim } from '../../src/claim/claim.ts'
import { statementFor, type Statement } from '../../src/claim/paper.ts'
import { papers } from './loaded.ts'

const { claims } = papers.find((one) => one.paper === paper)!
const rowOf = (claim: Claim): Statement | undefined => statementFor(paper, claim)
const checked = new Set(claims.map((claim) => rowOf(claim)?.id))

test('every statement is listed once', () => {
  const ids = statements.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBe(119)
})

test('the statements are those of the claims and those that are said to be unchecked, and no others', () => {
  expect(checked).not.toContain(undefined)
  const without = statements.filter(({ id }) => !checked.has(id))
  expect(without.filter(({ unchecked }) => unchecked === undefined)).toEqual([])
  expect(without.length + checked.size).toBe(statements.length)
})

test('the claims stand in the order of the statements, each printed one before what amends it', () => {
  const places = claims.map((claim) => statements.indexOf(rowOf(claim)!))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  const place = new Map(claims.map(({ id }, i) => [id, i]))
  for (const { amends, id } of claims)
    if (amends) expect(place.get(amends.claim.id)).toBeLessThan(place.get(id)!)
})

test('what the paper does not print is not said to be printed', () => {
  for (const claim of claims) {
    const { where } = rowOf(claim)!
    if (where === undefined || claim.amends) expect([claim.id, claim.asPrinted]).toEqual([claim.id, false])
  }
  const ours = claims.filter(({ asPrinted, amends }) => !asPrinted && !amends).map(({ id }) => id)
  expect(ours.filter((id) => !id.startsWith('new-')).toSorted()).toEqual([
    ...['prop-2.euler:swn', 'prop-2.margin:swn', 'rate-depth:swn', 'rate-depth:unnorm'],
  ])
})
