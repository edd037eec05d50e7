/** The page of the drop matrix: every claim against every assumption that it names. */
import { pageOf } from './corpus.ts'
import { code, escape, link, markdownTable } from './markdown.ts'
import {
  flags,
  nameOf,
  outcomeOf,
  reservation,
  shown,
  stands,
  tally,
  type Outcome,
  type Superfluous,
  type Tried,
} from './drops.ts'
import type { DropEntry } from './record.ts'
import type { Shelf, Shelved } from './shelf.ts'

/** The name of the page. */
export const DROPS_PAGE = 'drops.md'

/** The heading under which the page of a claim shows the counterexample of a drop. */
export const headingOf = ({ assumption, weaker }: DropEntry): string =>
  weaker === undefined
    ? `Without ${code(assumption)}`
    : `With ${code(weaker)} in place of ${code(assumption)}`

/** The anchor that a heading gets. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-')
}

/** What became of a claim without its assumptions. */
export const triedOf = ({ claim, entry }: Shelved): Tried => ({
  ...{ claim, verdict: entry.verdict, drops: entry.drops ?? [] },
})

/** The matrix, and what in it is flagged. */
export function dropsPage(shelf: Shelf): string {
  const all = shelf.all.map(triedOf).filter(({ drops }) => drops.length > 0)
  const sound = all.filter(stands)
  const rest = all.filter((tried) => !stands(tried))
  const sections = [...new Set(sound.map(({ claim }) => claim.section))]
  return `${[
    '# Which assumption is needed',
    `${link('All claims', 'index.md')}. Each assumption of each claim is dropped, and where it has weaker forms, weakened (${code('A → B')}: B is left of A); the hunt runs among cases that fail it and meet all others.`,
    markdownTable(
      [`of ${sound.length} claims that stand`, ...COLUMNS.map(({ head }) => head)],
      [false, true].map((weakened) => [weakened ? 'weakened' : 'dropped', ...countsOf(sound, weakened)]),
    ),
    markdownTable(
      ['column', 'it says'],
      COLUMNS.map(({ head, says }) => [head, says]),
    ),
    ...sections.flatMap((section) => [
      `## ${escape(section)}`,
      matrix(sound.filter(({ claim }) => claim.section === section)),
    ]),
    ...(rest.length > 0
      ? [
          '## Claims that do not stand with all their assumptions',
          `Of a claim that is refuted, contradicted or vacuous no assumption can be called needed. Where a hunt without one found a counterexample, it is on the page of the claim.`,
          markdownTable(
            [
              'claim',
              'verdict',
              'counterexample',
              'none, in so many cases',
              'meaningless',
              'nothing to test',
            ],
            rest.map((tried) => [
              claimLink(tried),
              `${tried.verdict}`,
              cell(tried, 'needed'),
              ...OTHERS.map((outcome) => cell(tried, outcome)),
            ]),
          ),
        ]
      : []),
    '## Flagged for the theorist',
    ...flagged(all),
  ].join('\n\n')}\n`
}

/** How many assumptions are in each column. */
function countsOf(sound: readonly Tried[], weakened: boolean): string[] {
  const counts = tally(sound, weakened)
  const reserved = sound
    .flatMap(({ drops }) => drops)
    .filter((drop) => (drop.weaker !== undefined) === weakened && reservation(drop) !== undefined).length
  return [counts.needed - reserved, reserved, ...OTHERS.map((outcome) => counts[outcome])].map(String)
}

const OTHERS = ['not needed', 'meaningless', 'untested'] as const
const COLUMNS = [
  { head: 'needed', says: 'A certified counterexample without it; the link leads to it.' },
  {
    head: 'needed (contradicted on a long run)',
    says: 'Without it, numerics contradict the claim beyond their measured errors; no certificate.',
  },
  {
    head: 'not needed as far as N cases show',
    says: 'No violation in N random cases that fail it, named with N, nor in 1000 guided evaluations where the claim is decided case by case: no proof that it is superfluous.',
  },
  {
    head: 'makes the claim meaningless',
    says: 'A symbol of the conclusion, or a side of it, has no meaning in the cases without it; the page of the claim says which.',
  },
  {
    head: 'nothing to test',
    says: 'No generated case fails it and meets all others, or all such cases stay open; the page of the claim says which.',
  },
]

function matrix(rows: readonly Tried[]): string {
  return markdownTable(
    ['claim', ...COLUMNS.map(({ head }) => head)],
    rows.map((tried) => [
      claimLink(tried),
      cell(tried, 'needed', (drop) => reservation(drop) === undefined),
      cell(tried, 'needed', (drop) => reservation(drop) !== undefined),
      ...OTHERS.map((outcome) => cell(tried, outcome)),
    ]),
  )
}

const claimLink = ({ claim: { id } }: Tried): string => link(id, pageOf(id))

/** The assumptions with one outcome, those with a counterexample linked to it. */
function cell(
  { claim, drops }: Tried,
  outcome: Outcome,
  which: (drop: DropEntry) => boolean = () => true,
): string {
  return drops
    .filter((drop) => outcomeOf(drop) === outcome && which(drop))
    .map((drop) => {
      if (drop.counterexample)
        return `[${code(nameOf(drop))}](${pageOf(claim.id)}#${anchorOf(headingOf(drop))})`
      return `${code(nameOf(drop))}${outcome === 'not needed' ? ` (${shown(drop)})` : ''}`
    })
    .join('<br>')
}

function flagged(all: readonly Tried[]): string[] {
  const { everywhere, here, weaken } = flags(all)
  const claims = (list: readonly Superfluous[]): string =>
    list.map(({ claim, drop }) => `${link(claim.id, pageOf(claim.id))} (${shown(drop)})`).join(', ')
  const rows = (list: readonly Superfluous[]): string[][] =>
    list.map(({ claim, drop }) => [link(claim.id, pageOf(claim.id)), code(nameOf(drop)), `${shown(drop)}`])
  const parts = [
    {
      says: 'Superfluous in every claim in which enough cases could be tried without it, as far as these show (in brackets: how many):',
      table: markdownTable(
        ['assumption', 'claims'],
        [...everywhere].map(([says, list]) => [escape(says), claims(list)]),
      ),
      any: everywhere.size > 0,
    },
    {
      says: 'Superfluous for one claim, as far as its cases show:',
      table: markdownTable(['claim', 'assumption', 'cases'], rows(here)),
      any: here.length > 0,
    },
    {
      says: 'Not shown to be superfluous, but a weaker form suffices as far as the cases show:',
      table: markdownTable(['claim', 'assumption → weaker form', 'cases'], rows(weaken)),
      any: weaken.length > 0,
    },
  ].filter(({ any }) => any)
  return parts.length === 0 ? ['None.'] : parts.flatMap(({ says, table }) => [says, table])
}
