/** A page says what was found of its claim, and of those that it rests on, and no more. */
import { describe, expect, test } from 'vitest'
import { claim, setting, type Claim } from '../../src/index.ts'
import type { Status } from '../../src/claim/verdict.ts'
import { fileOf, parseStored, storedText } from '../../src/report/corpus.ts'
import { indexPage } from '../../src/report/index-page.ts'
import { claimsOf } from '../../src/report/order.ts'
import { fidelity } from '../../src/report/origin.ts'
import { page } from '../../src/report/page.ts'
import { publication } from '../../src/report/publication.ts'
import {
  entryOf,
  survivors,
  type DropEntry,
  type Entry,
  type VerdictDocument,
} from '../../src/report/record.ts'
import { foundations, shelfOf as shelfAt, type Shelf } from '../../src/report/shelf.ts'
import { siteOf } from '../../src/report/site.ts'

const site = siteOf('sample')
const shelfOf = (claims: readonly Claim[], record: VerdictDocument): Shelf => shelfAt(claims, record, site)

const given = setting({ variables: { x: 'real', y: 'real' } })
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
    expect(pageText('base')).toContain('`lakatos replay sample/base`')
  })

  test('counts wrong variants, and drops without a counterexample', () => {
    expect(pageText('top:a')).toContain('1 of 1 wrong variant refuted')
    expect(pageText('top:a')).toContain('| `positive` | not needed as far as 12 cases show |')
  })

  test('escapes what Markdown would take for markup', () => {
    expect(pageText('base')).toContain('Of numbers x_1 and \\|y\\|\\*.')
  })

  test('names the place of its statement, and says whether the source prints it', () => {
    const ours = make('ours', { asPrinted: false, source: 'conjecture on eq. (1)' })
    const own = shelfOf([ours], { claims: [entryWith(ours, 'proved')] })
    expect(page(own, own.all[0]!)).toContain(
      '\nThe formula: ours: not printed (conjecture; conjecture on eq. (1))\n',
    )
    expect(pageText('middle')).toContain('\nThe formula: as printed (eq. (1))\n')
    expect(pageText('base*')).toContain('\nThe formula: ours: not printed (amendment; eq. (1))\n')
    expect([page(own, own.all[0]!), pageText('base*')].join()).not.toMatch(/as printed/i)
    const plainly = (source: string, amends?: { claim: Claim; how: string }): string =>
      fidelity(make('x', { source, asPrinted: false, ...(amends && { amends }) }))
    expect(plainly('conjecture')).toBe('ours: not printed (conjecture)')
    expect(plainly('amends eq. (1)', { claim: base, how: 'weaker' })).toBe(
      'ours: not printed (amends eq. (1))',
    )
  })

  test('leads to the pages before and after it in the index', () => {
    const links = (id: string): string[] =>
      [...pageText(id).matchAll(/(?:before|after): \[[^\]]*\]\(([^)]*)\)/g)].map(([, to]) => to!)
    expect(claims.map(({ id }) => links(id))).toEqual([
      ['base-amended.md'],
      ['base.md', 'middle.md'],
      ['base-amended.md', 'top_a.md'],
      ['middle.md'],
    ])
  })

  test('of a conjecture that falls does not call its line printed', () => {
    const flaw = { printed: 'x² ≥ y', breaks: 'y may be large' }
    const [printed, ours] = [make('a', { flaw }), make('b', { flaw, asPrinted: false })]
    const own = shelfOf([printed, ours], { claims: [printed, ours].map((one) => entryWith(one, 'refuted')) })
    expect(page(own, own.all[0]!)).toContain('As printed: x² ≥ y')
    expect(page(own, own.all[1]!)).toContain('As conjectured: x² ≥ y')
  })

  describe('shows of each wrong variant', () => {
    const variants = [
      { name: 'found', formula: ['x = 1'], refuted: true, cases: 1 },
      { name: 'missed', formula: ['x = 2'], refuted: false, cases: 200 },
      { name: 'weaker', formula: ['x = 3'], refuted: false, implied: 'x² ≥ y', cases: 200 },
      { name: 'part', formula: ['x = 4'], refuted: true, cases: 2, rejected: 3, judged: 40 },
      { name: 'none', formula: ['x = 5'], refuted: false, cases: 40, rejected: 0, judged: 40 },
      { name: 'untried', formula: ['x = 6'], refuted: false, cases: 0, rejected: 0, judged: 0 },
    ]
    const one = make('one', {
      wrong: Object.fromEntries(variants.map(({ name }) => [name, 'x^2 < y'])),
      implied: { weaker: 'x² ≥ y' },
    })
    const { evidence, ...rest } = entryWith(one, 'certified')
    const seconds = 1
    const entry = entryOf(one, { ...rest, seconds, evidence: { ...evidence, variants } } as never, null)
    const own = shelfOf([one], { claims: [entry] })

    test.each([
      ['found', 'refuted after 1 case'],
      ['missed', '**not refuted** in 200 cases'],
      ['weaker', 'implied: x² ≥ y'],
      ['part', 'refuted in 3 of 40 cases'],
      ['none', '**not refuted** in 40 cases'],
      ['untried', 'not put to the test'],
    ])('%s: %s', (name, outcome) => {
      const row = page(own, own.all[0]!)
        .split('\n')
        .find((line) => line.startsWith(`| ${name} |`))!
      expect(row.split(' | ').at(-1)).toBe(`${outcome} |`)
    })

    test('and counts them; one that is implied has not survived', () => {
      expect(page(own, own.all[0]!)).toContain('2 of 6 wrong variants refuted, 1 implied.')
      expect(survivors(entry)).toEqual(['missed', 'none', 'untried'])
    })

    test('a reason for a variant that is none is refused', () => {
      expect(() => make('one', { implied: { toString: 'x' } })).toThrow(
        /expected "implied" to name a wrong variant/,
      )
    })
  })

  test('of open cases shows the first three with all their values', () => {
    const open = [1, 2, 3, 4].map((k) => ({
      ...{ case: { dimension: 2, variables: { x: `${k}/7`, y: '-3' } }, text: 'x, y' },
      reason: `straddles 0, ${k}`,
    }))
    const shownOf = (cases: typeof open): string => {
      const entry = entryWith(middle, 'undecided')
      const evidence = { ...entry.evidence, open: cases }
      const own = shelfOf([middle], { claims: [{ ...entry, evidence }] })
      return page(own, own.all[0]!)
    }
    const shown = shownOf(open)
    for (const k of [1, 2, 3]) {
      expect(shown).toContain(`\nx  = ${k}/7\ny  = −3\n`)
      expect(shown).toContain(`\nopen: straddles 0, ${k}\n`)
    }
    expect([shown.includes('4/7'), shown.includes('The first 3 cases that nothing')]).toEqual([false, true])
    expect(shownOf(open.slice(0, 1))).toContain('A case that nothing decided')
    expect(shownOf([])).not.toContain('Open cases')
  })

  describe('of a claim proved as an identity names the branches', () => {
    const shown = (
      family: readonly string[],
      branches: readonly string[],
      verdict: Status = 'proved',
    ): string => {
      const identity = {
        ...{ structures: 1, patterns: 3, trials: 4, degree: 2, errorBits: 100, family, branches },
      }
      const entry = entryWith(middle, verdict)
      const own = shelfOf([middle], { claims: [{ ...entry, evidence: { ...entry.evidence, identity } }] })
      return page(own, own.all[0]!)
    }

    test('in a sentence if they are few', () => {
      expect(shown(['one net'], ['one net, x > 0', 'one net, x < 0'])).toContain(
        '\nProved on these branches: one net, x \\> 0; one net, x \\< 0.\n',
      )
    })

    test('also where only the structures listed are certified', () => {
      expect(shown(['one net'], ['one net, x > 0'], 'certified')).toContain(
        'Proved on these branches: one net',
      )
    })

    test('by kinds of case if they are many, and says how many are left out', () => {
      const many = Array.from({ length: 15 }, (_, k) => `a, b, branch ${k}`)
      const text = shown(['a', 'a, b'], ['a', 'a, c', ...many])
      expect(text).toContain('<summary>Proved on these 17 branches of 2 kinds of case</summary>')
      expect(text).toContain('\n- a: c\n')
      const row = text.split('\n').find((line) => line.startsWith('- a, b: '))!
      expect(row.match(/branch \d+/g)).toHaveLength(12)
      expect(row).toMatch(/; and 3 more in the record$/)
    })

    test('and the family alone where an old record has no branches', () => {
      expect(shown(['one net'], [])).toContain('<summary>The family: 1 kind of case</summary>')
    })
  })

  test('has no time in it', () => {
    expect(pageText('top:a')).not.toMatch(/second|\b20\d\d-/)
  })
})

describe('the index', () => {
  test('counts verdicts and variants, and has a row for each claim', () => {
    const index = indexPage(shelf)
    expect(index).toContain('4 claims: 1 proved, 2 certified, 1 refuted. 4 of 4 wrong variants refuted.')
    expect(index.match(/^\| \[/gm)).toHaveLength(4 + 3)
  })

  test("counts the paper's statements apart from ours", () => {
    const ours = make('ours', { asPrinted: false })
    const own = shelfOf([...claims, ours], { claims: [...entries, entryWith(ours, 'refuted')] })
    const rows = indexPage(own).split('\n')
    for (const row of [
      '|  | claims | proved | certified | refuted |',
      '| printed in the paper | 3 | 1 | 1 | 1 |',
      '| amendments of ours | 1 | 0 | 1 | 0 |',
      '| conjectures and variants of ours | 1 | 0 | 0 | 1 |',
    ])
      expect(rows).toContain(row)
    const statement = (id: string): string =>
      rows.find((row) => row.startsWith(`| [${id}](`))!.split(' | ')[1]!
    expect(['base', 'base\\*', 'ours'].map(statement)).toEqual(['printed', 'amended', 'conjectured'])
  })

  test('lists what of the paper is not checked, with the reason', () => {
    const statements = [
      { id: 'exp-traj', where: 'Fig. 2', unchecked: 'an experiment | a picture' },
      { id: 'base', where: 'eq. (1)' },
    ]
    const index = indexPage(shelf, { key: 'sample', cite: 'A. Author, 2026', statements })
    expect(index).toContain('A. Author, 2026 · [all papers](../index.md)')
    expect(index).toContain('1 statement not checked, or not in full: [which](#not-checked).')
    expect(index).toContain('| exp-traj | Fig. 2 | an experiment \\| a picture |')
    expect(indexPage(shelf)).not.toMatch(/not checked/i)
  })

  test('has the claims in the order in which they are given', () => {
    const turned = [top, base, mended, middle]
    const index = indexPage(shelfOf(turned, { claims: entries }))
    const rows = [...index.matchAll(/^\| \[[^\]]*\]\(([^)]*)\) \| (?:printed|amended)/gm)].map(([, to]) => to)
    expect(rows).toEqual(['top_a.md', 'base.md', 'base-amended.md', 'middle.md'])
  })
})

test('the publication holds a page for each claim and a file for each counterexample', () => {
  const files = publication(claims, { claims: entries.toReversed() }, { site })
  expect([...files.keys()].toSorted()).toEqual([
    ...[
      ...['base-amended.md', 'base.md', 'drops.md', 'graph.svg', 'index.md', 'middle.md'],
      ...['top_a.md', 'verdicts.json'],
    ].map((name) => `docs/claims/sample/${name}`),
    'properties/sample/corpus/base.json',
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

  test('is that of a list that holds all of them, as a paper has it', () => {
    const paper = [top, mended, base, middle]
    const module = { base, early: [middle, base], mended, middle, paper, top, unchecked: [{ id: 'x' }] }
    expect(claimsOf(module)).toEqual(paper)
  })

  test('is by section, then as a list among the exports has it', () => {
    const tenth = make('tenth', { section: '10 Late' })
    const second = make('second', { section: '2 Early', uses: [tenth] })
    const module = { base, middle, second, tenth, order: [middle, mended] }
    expect(claimsOf(module).map(({ id }) => id)).toEqual(['base', 'middle', 'base*', 'second', 'tenth'])
  })
})
