/** A page says what was found of its claim, and of those that it rests on, and no more. */
import { describe, expect, test } from 'vitest'
import { claim, free, type Claim } from '../../src/index.ts'
import type { Status } from '../../src/claim/verdict.ts'
import { fileOf, parseStored, storedText } from '../../src/report/corpus.ts'
import { indexPage } from '../../src/report/index-page.ts'
import { claimsOf } from '../../src/report/order.ts'
import { page } from '../../src/report/page.ts'
import { publication } from '../../src/report/publication.ts'
import { entryOf, type DropEntry, type Entry } from '../../src/report/record.ts'
import { foundations, shelfOf } from '../../src/report/shelf.ts'

const given = free({ variables: { x: 'real', y: 'real' } })
const make = (id: string, more: Partial<Parameters<typeof claim>[0]> = {}): Claim =>
  claim({
    ...{ id, section: '1 Numbers', source: 'eq. (1)', says: 'Of numbers x_1 and |y|*.' },
    ...{ given, shows: 'x^2 >= y', wrong: { reversed: 'x^2 < y' }, ...more },
  } as Parameters<typeof claim>[0])

const base = make('base')
const middle = make('middle', { uses: [base] })
const top = make('top:a', { uses: [middle] })
const mended = make('base*', { amends: { claim: base, how: 'weaker' }, shows: 'x^2 + 1 > y - 2' })

const refuting = { case: { dimension: 2, variables: { x: '1/2', y: '-3' } } }
function entryWith(of: Claim, verdict: Status, drops?: readonly DropEntry[]): Entry {
  const entry = entryOf(
    of,
    {
      ...{ id: of.id, verdict, cases: 7, discarded: 2, seconds: 1 },
      evidence: {
        ...{ summary: 'some cases', arithmetic: { rational: 7 }, labels: { fractions: 0.5 }, seed: 1 },
        variants: [{ name: 'reversed', formula: ['x² < y'], refuted: true, cases: 4 }],
      },
      ...(verdict === 'refuted' && {
        counterexample: {
          ...{ ...refuting, formula: 'x² ≥ y', arithmetic: 'rational' },
          evidence: { relation: '>=', formula: 0, indices: { u: 1 }, slack: '-1', left: '2', right: '3' },
        },
      }),
    },
    verdict,
  )
  return { ...entry, ...(drops && { drops }) }
}

const claims = [base, mended, middle, top]
const entries = [
  entryWith(base, 'refuted'),
  entryWith(mended, 'certified'),
  entryWith(middle, 'proved'),
  entryWith(top, 'certified', [{ assumption: 'positive', cases: 12 }]),
]
const shelf = shelfOf(claims, { claims: entries })
const pageText = (id: string): string => page(shelf, shelf.byId.get(id)!)

describe('a page', () => {
  test('prints the statement from the formula that ran', () => {
    expect(pageText('middle')).toContain('$$\nx^{2} \\ge y\n$$')
    expect(pageText('middle')).toContain('```text\nx² ≥ y\n```')
  })

  test('names the verdict and, of all that it rests on, what is refuted or open', () => {
    expect(pageText('top:a')).toContain('**certified**; rests on [base](base.md) (refuted)')
    expect(pageText('top:a')).toContain('- [middle](middle.md) (proved)')
    expect(foundations(top).map(({ id }) => id)).toEqual(['middle', 'base'])
  })

  test('of a printed claim and of its amendment link to each other', () => {
    expect(pageText('base')).toContain('Amended by [base\\*](base-amended.md) (certified): weaker')
    expect(pageText('base*')).toContain('Amends [base](base.md) (refuted): weaker')
  })

  test('of a refuted claim shows exact values, both sides, the slack, and how to replay it', () => {
    for (const line of ['x  = 1/2', 'y  = −3', 'left        2', 'slack       −1', 'fails at    u = 2'])
      expect(pageText('base')).toContain(`\n${line}\n`)
    expect(pageText('base')).toContain('`lakatos replay base`')
  })

  test('counts wrong variants, and drops without a counterexample', () => {
    expect(pageText('top:a')).toContain('1 of 1 wrong variant refuted')
    expect(pageText('top:a')).toContain('| `positive` | not needed as far as 12 cases show |')
  })

  test('escapes what Markdown would take for markup', () => {
    expect(pageText('base')).toContain('Of numbers x_1 and \\|y\\|\\*.')
  })

  test('has no time in it', () => {
    expect(pageText('top:a')).not.toMatch(/second|\b20\d\d-/)
  })
})

test('the index counts verdicts and variants, and has a row for each claim', () => {
  const index = indexPage(shelf)
  expect(index).toContain('4 claims: 1 proved, 2 certified, 1 refuted. 4 of 4 wrong variants refuted.')
  expect(index.match(/^\| \[/gm)).toHaveLength(4 + 3)
})

test('the publication holds a page for each claim and a file for each counterexample', () => {
  const files = publication(claims, { claims: entries.toReversed() })
  expect([...files.keys()].toSorted()).toEqual([
    ...[
      ...['base-amended.md', 'base.md', 'drops.md', 'graph.svg', 'index.md', 'middle.md'],
      ...['top_a.md', 'verdicts.json'],
    ].map((name) => `docs/claims/${name}`),
    'properties/corpus/base.json',
  ])
  expect([fileOf('thm-3:gd*'), fileOf('a*2')]).toEqual(['thm-3_gd-amended', 'a-amended2'])
})

test('a stored counterexample comes back from its text', () => {
  expect(parseStored(storedText(entries[0]!)!)).toEqual({
    ...{ claim: 'base', statement: 'x² ≥ y', ...refuting, formula: 'x² ≥ y' },
    ...{ slack: '-1', left: '2', right: '3', arithmetic: 'rational' },
  })
  expect(storedText(entries[1]!)).toBeUndefined()
})

test('a claim without a verdict is refused by name', () => {
  expect(() => shelfOf(claims, { claims: entries.slice(1) })).toThrow(/expected a verdict of base, got none/)
})

describe('the order of claims', () => {
  test('does not depend on the order of exports, and puts what is used first', () => {
    const a = { top, base, mended, middle }
    const b = { middle, mended, top, base }
    expect(claimsOf(a).map(({ id }) => id)).toEqual(['base', 'base*', 'middle', 'top:a'])
    expect(claimsOf(b)).toEqual(claimsOf(a))
  })

  test('is by section, then as a list among the exports has it', () => {
    const tenth = make('tenth', { section: '10 Late' })
    const second = make('second', { section: '2 Early', uses: [tenth] })
    const module = { base, middle, second, tenth, order: [middle, mended] }
    expect(claimsOf(module).map(({ id }) => id)).toEqual(['base', 'middle', 'base*', 'second', 'tenth'])
  })
})
