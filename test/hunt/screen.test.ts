/** The screen of a form lets every violation through, and not much else. */
import { startsBelow1 } from '../../properties/morwani-ramaswamy-2022/premises.ts'
import { describe, expect, test } from 'vitest'
import { judgeOf, type Claim } from '../../src/index.ts'
import { formIn, toDouble } from '../../src/hunt/fillings.ts'
import { screenOf } from '../../src/hunt/screen.ts'
import { seeded } from '../../src/claim/random.ts'
import { papers } from '../properties/loaded.ts'

const { claims } = papers.find(({ paper }) => paper.key === 'morwani-ramaswamy-2022')!
const named = (id: string): Claim => claims.find((claim) => claim.id === id)!
const passes = (claim: Claim, c: unknown): boolean => {
  const form = formIn(c)
  return screenOf(claim, form)(Float64Array.from(form.values, toDouble))
}

describe.each([
  'thm-3.cone',
  'thm-3.gd-dot:ewn',
  'thm-3.unroll',
  'thm-3.gd-step:swn',
  'new-isotropic',
  'new-balance-l2:swn:gd',
])('%s', (id) => {
  test('violations pass, most cases that hold do not', () => {
    const claim = named(id)
    const judge = judgeOf(claim)
    const random = seeded(7, id)
    const assumed = new Set(claim.assume)
    const counts = { violated: 0, passed: 0, held: 0, heldPassed: 0 }
    for (let i = 0; i < 100; i++) {
      const c = claim.given.generate(random, assumed)
      const { status } = judge.judge(c)
      if (status === 'violated') counts.violated++
      if (status === 'violated' && passes(claim, c)) counts.passed++
      if (status === 'holds') counts.held++
      if (status === 'holds' && passes(claim, c)) counts.heldPassed++
    }
    expect(counts.violated).toBeGreaterThan(3)
    expect(counts.passed).toBe(counts.violated)
    expect(counts.heldPassed).toBeLessThan(counts.held / 2)
  })
})

test('along trajectories it looks at the assumptions and at the premise, not at the claim', () => {
  const claim = named('prop-2.margin:ewn')
  const found = {
    ...(claim.given.generate(seeded(1), new Set([startsBelow1])) as {
      until: unknown
      nodes: { w: string[] }[]
    }),
  }
  expect(passes(claim, found)).toBe(true)
  expect(passes(claim, { ...found, until: { s: '1/1000000' } })).toBe(false)
  const zero = { ...found, nodes: found.nodes.map((node) => ({ w: node.w.map(() => '0') })) }
  expect(passes({ ...claim, assume: [] }, { ...zero, until: { s: '100' } })).toBe(true)
  expect(passes(claim, { ...zero, until: { s: '100' } })).toBe(false)
})
