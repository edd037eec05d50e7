/** The rules of a user's own: of each file a true claim is proved, one along runs certified, and a false one refuted. */
import { describe, expect, test } from 'vitest'
import * as adam from '../../properties/rules/adam.ts'
import * as mirrorFlow from '../../properties/rules/mirror-flow.ts'
import * as signMomentum from '../../properties/rules/sign-momentum.ts'
import * as squares from '../../properties/rules/squares.ts'
import * as weightDecay from '../../properties/rules/weight-decay.ts'
import { check } from '../../src/hunt/check.ts'

const files = { adam, mirrorFlow, signMomentum, squares, weightDecay }

describe.each(Object.entries(files))('%s', (_, claims) => {
  const verdicts = Object.values(claims).map((claim) => ({ claim, ...check(claim, { cases: 60 }) }))

  test('is proved at every state, certified along runs, and its false claim refuted', () => {
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['proved', 'certified', 'refuted'])
    expect(verdicts.map(({ claim: { flaw } }) => flaw !== undefined)).toEqual([false, false, true])
  })

  test.each(verdicts.slice(0, 2))('$claim.id rejects its wrong variants', ({ evidence: { variants } }) => {
    expect(variants.filter(({ refuted }) => !refuted).map(({ name }) => name)).toEqual([])
    expect(variants.length).toBeGreaterThan(1)
  })
})
