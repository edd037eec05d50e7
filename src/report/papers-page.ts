/** Papers page: all papers, and of all their statements those that fall, each with what stands in its place. */
import type { Paper } from '../claim/paper.ts'
import type { Status } from '../claim/verdict.ts'
import { pageOf } from './corpus.ts'
import { code, escape, link, markdownTable } from './markdown.ts'
import { counts, plural, STATUSES } from './meaning.ts'
import { originOf } from './origin.ts'
import { amendments, type Shelf, type Shelved } from './shelf.ts'

/** A paper with its claims and their verdicts; without these, if it has no record yet. */
export interface PublishedPaper {
  readonly paper: Paper
  readonly shelf?: Shelf | undefined
}

/** Verdicts with which a statement falls: it is false, or its premises are never met. */
const FALLEN: readonly Status[] = ['refuted', 'contradicted', 'vacuous']

/** The page above the folders of the papers. */
export function papersPage(papers: readonly PublishedPaper[], command: string): string {
  const entries = papers.flatMap(({ shelf }) => shelf?.all ?? []).map(({ entry }) => entry)
  const statuses = entries.map(({ verdict }) => verdict)
  const used = STATUSES.filter((status) => statuses.includes(status))
  const fallen = papers.flatMap(({ paper, shelf }) =>
    (shelf?.all ?? [])
      .filter(({ entry }) => FALLEN.includes(entry.verdict))
      .map((shelved) => fallenRow(paper, shelf!, shelved)),
  )
  return `${[
    '# Papers',
    `${plural(papers.length, 'paper')}, ${plural(entries.length, 'claim')}: ${counts(statuses)}.`,
    markdownTable(
      ['paper', 'authors and title', 'claims', ...used],
      papers.map((one) => paperRow(one, used)),
    ),
    `Written by ${code(command)}; never edited by hand.`,
    '## Statements that fall',
    fallen.length === 0
      ? 'None.'
      : markdownTable(['paper', 'claim', 'source', 'whose', 'verdict', 'what stands in its place'], fallen),
  ].join('\n\n')}\n`
}

function paperRow({ paper: { key, cite }, shelf }: PublishedPaper, used: readonly Status[]): string[] {
  if (!shelf) return [escape(key), escape(cite), 'not recorded', ...used.map(() => '')]
  const count = (status: Status): string =>
    `${shelf.all.filter(({ entry }) => entry.verdict === status).length}`
  return [link(key, `${key}/index.md`), escape(cite), `${shelf.all.length}`, ...used.map(count)]
}

function fallenRow({ key }: Paper, shelf: Shelf, { claim, entry }: Shelved): string[] {
  const to = ({ id }: Shelved['claim']): string => link(id, `${key}/${pageOf(id)}`)
  const repairs = amendments(shelf, claim).map(
    (other) => `${to(other.claim)} (${other.entry.verdict}): ${escape(other.claim.amends!.how)}`,
  )
  return [
    escape(key),
    to(claim),
    escape(claim.source),
    originOf(claim),
    `**${entry.verdict}**`,
    repairs.length === 0 ? 'no amended claim is known' : repairs.join('<br>'),
  ]
}
