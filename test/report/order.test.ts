/** The order of claims: a list that holds all of them stands as it is, whatever its claims use. */
import { expect, test } from 'vitest'
import { claim, setting, type Claim } from '../../src/index.ts'
import { claimsOf } from '../../src/report/order.ts'

const made = (id: string, section: string, uses: readonly Claim[] = []): Claim =>
  claim({
    ...{ id, section, source: 's', says: 's', uses, wrong: {} },
    ...{ given: setting({ variables: { x: 'real' } }), shows: 'x^2 >= 0' },
  })
const base = made('base', '2 Second')
const first = made('first', '2 Second', [base])
const early = made('early', '1 First')

test('without such a list, sections and what is used come first', () => {
  expect(claimsOf({ first, base, early }).map(({ id }) => id)).toEqual(['early', 'base', 'first'])
})

test('a list that holds all of them is their order', () => {
  const found = claimsOf({ claims: [first, base, early], others: [early], first })
  expect(found.map(({ id }) => id)).toEqual(['first', 'base', 'early'])
})

test('what is no list of claims changes nothing', () => {
  expect(claimsOf({ first, base, claims: 'none' }).map(({ id }) => id)).toEqual(['base', 'first'])
})
