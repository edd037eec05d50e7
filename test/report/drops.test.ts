/** The drop matrix says what was found and no more, and flags what turned out superfluous. */
import { describe, expect, test } from 'vitest'
import { claim, setting, type Claim } from '../../src/index.ts'
import type { Assumption } from '../../src/claim/claim.ts'
import { addressOf } from '../../src/claim/paper.ts'
import type { Status } from '../../src/claim/verdict.ts'
import { anchorOf, dropsPage, headingOf } from '../../src/report/drops-page.ts'
import { flags, outcomeOf, outcomeText, tally, type Tried } from '../../src/report/drops.ts'
import { page } from '../../src/report/page.ts'
import { entryOf, type DropEntry, type Refutation } from '../../src/report/record.ts'
import { shelfOf } from '../../src/report/shelf.ts'
import { siteOf } from '../../src/report/site.ts'
import { claims as everyClaim } from '../properties/loaded.ts'

const given = setting({ variables: { x: 'real' } })
const runs = {
  ...given,
  numerical: { evaluations: 1, decide: () => ({ status: 'undecided', reason: 'open' }) as const },
}
const positive: Assumption = { id: 'x>0', says: 'x is positive', formula: 'x > 0' }
const small: Assumption = { id: 'x<1', says: 'x is small', formula: 'x < 1' }
const make = (id: string, numerical = false): Claim =>
  claim({
    ...{ id, section: '1 Numbers', source: 'eq. (1)', says: 'Of numbers.', shows: 'x^2 > 0', wrong: {} },
    ...{ given: numerical ? runs : given, assume: [positive, small] },
  })

const found = (arithmetic: string): Refutation => ({
  ...{ case: { dimension: 2, variables: { x: '0' } }, formula: 'x² > 0', at: {} },
  ...{ slack: '0', left: '0', right: '0', arithmetic },
})
const drop = (assumption: string, rest: Partial<DropEntry> = {}): DropEntry => ({
  assumption,
  cases: 40,
  ...rest,
})
const tried = (id: string, verdict: Status, drops: readonly DropEntry[], numerical = false): Tried => ({
  ...{ claim: make(id, numerical), verdict, drops },
})
const said = (verdict: Status, entry: DropEntry): string => outcomeText(tried('a', verdict, []), entry)

describe('an outcome', () => {
  test.each([
    [drop('x>0', { counterexample: found('rational') }), 'needed'],
    [drop('x>0', { counterexample: found('limits, s to 10^6') }), 'needed (contradicted on a long run)'],
    [
      drop('x>0', { counterexample: found('two solutions in 20 digits') }),
      'needed (contradicted by two solutions in 20 digits)',
    ],
    [drop('x>0'), 'not needed as far as 40 cases show'],
    [drop('x>0', { cases: 1 }), 'not needed as far as 1 case shows'],
    [drop('x>0', { open: 10 }), 'not needed as far as 30 cases show; open in 10 more'],
    [drop('x>0', { meaningless: 'x has no meaning' }), 'makes the claim meaningless: x has no meaning'],
    [drop('x>0', { cases: 0, untested: 'no case fails it alone' }), 'no case fails it alone'],
  ])('of a claim that stands: %#', (entry, text) => {
    expect(said('certified', entry)).toBe(text)
  })

  test('of a claim that does not stand calls nothing needed or superfluous', () => {
    for (const verdict of ['refuted', 'contradicted', 'vacuous'] as const) {
      expect(said(verdict, drop('x>0', { counterexample: found('rational') }))).toBe(
        verdict === 'vacuous' ? 'false without it; with it vacuous' : 'false without it as well',
      )
      expect(said(verdict, drop('x>0'))).toBe('no counterexample without it in 40 cases')
    }
  })

  test('with no case at all is not taken for "not needed"', () => {
    expect(outcomeOf(drop('x>0', { cases: 0 }))).toBe('untested')
  })
})

describe('flags', () => {
  const needed = drop('x>0', { counterexample: found('rational') })

  test('an assumption that is superfluous in two claims and needed in none, by its words', () => {
    const { everywhere, here } = flags([
      tried('a', 'proved', [drop('x>0'), drop('x<1')]),
      tried('b', 'certified', [drop('x>0'), drop('x<1', { counterexample: found('rational') })]),
    ])
    expect([...everywhere.keys()]).toEqual(['x>0: x is positive'])
    expect(here.map((one) => [one.claim.id, one.drop.assumption])).toEqual([['a', 'x<1']])
  })

  test('nothing that was needed elsewhere, or tried in too few cases, or in a claim that does not stand', () => {
    const { everywhere, here } = flags([
      tried('a', 'certified', [drop('x>0'), drop('x<1', { cases: 19 })]),
      tried('b', 'certified', [needed]),
      tried('c', 'refuted', [drop('x<1')]),
      tried('d', 'supported', [drop('x<1', { cases: 7, open: 3 })], true),
    ])
    expect([everywhere.size, here.map((one) => one.claim.id)]).toEqual([0, ['a']])
    const { here: enough } = flags([tried('d', 'supported', [drop('x<1', { cases: 8, open: 3 })], true)])
    expect(enough).toHaveLength(1)
  })

  test('a weaker form that suffices where the assumption itself cannot be left out', () => {
    const weaker = drop('x>0', { weaker: 'x>=0' })
    expect(flags([tried('a', 'certified', [needed, weaker])]).weaken).toHaveLength(1)
    expect(flags([tried('a', 'certified', [drop('x>0'), weaker])]).weaken).toHaveLength(0)
  })
})

test('the tally counts claims that stand only', () => {
  const drops = [drop('x>0'), drop('x<1', { cases: 0 })]
  const all = [
    tried('a', 'proved', [...drops, drop('x>0', { weaker: 'x>=0' })]),
    tried('b', 'refuted', drops),
  ]
  expect(tally(all)).toEqual({ needed: 0, 'not needed': 1, meaningless: 0, untested: 1 })
  expect(tally(all, true)).toEqual({ needed: 0, 'not needed': 1, meaningless: 0, untested: 0 })
})

describe('the page', () => {
  const drops = [
    drop('x>0', { counterexample: found('rational'), failure: 'x > 0 fails' }),
    drop('x>0', { weaker: 'x>=0', counterexample: found('rational') }),
    drop('x<1'),
  ]
  const claims = [make('a'), make('b')]
  const entries = claims.map((one, i) => ({
    ...entryOf(
      one,
      {
        ...{ id: one.id, cases: 7, discarded: 0, seconds: 1, verdict: i === 0 ? 'certified' : 'refuted' },
        evidence: { summary: 'some cases', arithmetic: {}, labels: {}, variants: [], seed: 1 },
      },
      null,
    ),
    drops,
  }))
  const shelf = shelfOf(claims, { claims: entries }, siteOf('sample'))
  const text = dropsPage(shelf)

  test('links what is needed to its counterexample on the page of the claim', () => {
    const links = [...text.matchAll(/\]\(a\.md#([^)]*)\)/g)].map(([, anchor]) => anchor!)
    expect(links).toEqual(drops.slice(0, 2).map((one) => anchorOf(headingOf(one))))
    const headings = [...page(shelf, shelf.byId.get('a')!).matchAll(/^### (.*)$/gm)].map(([, heading]) =>
      anchorOf(heading!),
    )
    expect(headings).toEqual(links)
    expect(new Set(links).size).toBe(2)
  })

  const assuming = everyClaim.filter(({ assume }) => assume.length > 0)
  test('is about claims that assume something', () => {
    expect(assuming.length).toBeGreaterThan(50)
  })

  test.each(assuming.map((one): [string, Claim] => [addressOf(one), one]))(
    'has an anchor of its own for each drop of %s',
    (_, { assume }) => {
      const all = assume.flatMap(({ id, weaker = [] }) => [
        drop(id),
        ...weaker.map((left) => drop(id, { weaker: left.id })),
      ])
      const anchors = all.map((one) => anchorOf(headingOf(one)))
      expect(new Set(anchors).size).toBe(anchors.length)
    },
  )

  test('keeps claims apart that do not stand', () => {
    const [sound, rest] = text.split('## Claims that do not stand') as [string, string]
    expect([
      sound.includes('b.md'),
      rest.split('## Flagged')[0]!.includes('| [b](b.md) | refuted |'),
    ]).toEqual([...[false, true]])
  })

  test('flags what is superfluous', () => {
    expect(text.split('## Flagged')[1]).toContain('| [a](a.md) | `x<1` | 40 |')
  })
})
