/** Index page: every claim in the order of the paper, with its verdict, and what of the paper is not checked. */
import type { Paper, Statement } from '../claim/paper.ts'
import type { Status } from '../claim/verdict.ts'
import { pageOf } from './corpus.ts'
import { DROPS_PAGE } from './drops-page.ts'
import { code, escape, link, markdownTable } from './markdown.ts'
import { counts, evidenceInBrief, plural, STATUSES, MEANING, variantCounts } from './meaning.ts'
import { originOf, ORIGINS, type Origin } from './origin.ts'
import { verdictLink } from './site.ts'
import { amendments, linkWithVerdict, weakFoundations, type Shelf, type Shelved } from './shelf.ts'

/** The index of the claim pages, with the graph embedded; of a paper, with what of it no claim checks. */
export function indexPage(shelf: Shelf, paper?: Paper): string {
  const unchecked = (paper?.statements ?? []).filter((one) => one.unchecked !== undefined)
  const entries = shelf.all.map(({ entry }) => entry)
  const statuses = entries.map(({ verdict }) => verdict)
  const sections = [...new Set(shelf.all.map(({ claim }) => claim.section))]
  const used = STATUSES.filter((status) => statuses.includes(status))
  return `${[
    '# Claims',
    ...(paper ? [`${escape(paper.cite)} · ${link('all papers', '../index.md')}`] : []),
    `${plural(statuses.length, 'claim')}: ${counts(statuses)}. ${variantCounts(entries)}.`,
    byOrigin(shelf, used),
    markdownTable(
      ['verdict', 'what it says'],
      used.map((status) => [verdictLink(shelf.site, status), escape(MEANING[status])]),
    ),
    `Written by ${code(shelf.site.command)}; never edited by hand. The same as data: [verdicts.json](verdicts.json).`,
    `Which assumption each claim needs, and which may be superfluous: ${link('the drop matrix', DROPS_PAGE)}.`,
    ...(unchecked.length > 0
      ? [
          `${plural(unchecked.length, 'statement')} not checked, or not in full: ${link('which', '#not-checked')}.`,
        ]
      : []),
    '![Which claim uses which, with the verdict of each](graph.svg)',
    ...sections.flatMap((section) => [
      `## ${escape(section)}`,
      markdownTable(
        ['claim', 'statement', 'source', 'verdict', 'evidence', 'remarks'],
        shelf.all.filter(({ claim }) => claim.section === section).map((shelved) => row(shelf, shelved)),
      ),
    ]),
    ...uncheckedParts(unchecked),
  ].join('\n\n')}\n`
}

/** How many claims of each origin have which verdict. */
function byOrigin(shelf: Shelf, used: readonly Status[]): string {
  const origins = (Object.keys(ORIGINS) as Origin[]).filter((origin) =>
    shelf.all.some(({ claim }) => originOf(claim) === origin),
  )
  const rows = origins.map((origin) => {
    const own = shelf.all.filter(({ claim }) => originOf(claim) === origin)
    const count = (status: Status): number => own.filter(({ entry }) => entry.verdict === status).length
    return [ORIGINS[origin], own.length, ...used.map(count)].map(String)
  })
  return markdownTable(['', 'claims', ...used], rows)
}

function uncheckedParts(unchecked: readonly Statement[]): string[] {
  if (unchecked.length === 0) return []
  return [
    '## Not checked',
    'What no claim here checks, of the paper and of our own conjectures, with the reason.',
    markdownTable(
      ['statement', 'where', 'why not'],
      unchecked.map(({ id, where = 'ours', unchecked: reason = '' }) => [id, where, reason].map(escape)),
    ),
  ]
}

function row(shelf: Shelf, { claim, entry }: Shelved): string[] {
  const mended = amendments(shelf, claim).map((other) => linkWithVerdict(shelf, claim, other.claim))
  const weak = weakFoundations(shelf, claim).map((used) => linkWithVerdict(shelf, claim, used))
  const remarks = [
    ...(claim.amends ? [`amends ${linkWithVerdict(shelf, claim, claim.amends.claim)}`] : []),
    ...(mended.length > 0 ? [`amended by ${mended.join(', ')}`] : []),
    ...(weak.length > 0 ? [`rests on ${weak.join(', ')}`] : []),
  ]
  return [
    link(claim.id, pageOf(claim.id)),
    originOf(claim),
    escape(claim.source),
    `**${entry.verdict}**`,
    escape(evidenceInBrief(entry)),
    remarks.join('; '),
  ]
}
