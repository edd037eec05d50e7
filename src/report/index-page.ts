/** Index page: every claim in the order of the paper, with its verdict, and what of the paper is not checked. */
import type { Status } from '../claim/verdict.ts'
import { DROPS_PAGE } from './drops-page.ts'
import { code, escape, link, markdownTable } from './markdown.ts'
import { counts, evidenceInBrief, plural, STATUSES, MEANING, variantCounts } from './meaning.ts'
import { originOf, ORIGINS, type Origin } from './origin.ts'
import { verdictLink } from './site.ts'
import { amendments, linkWithVerdict, pageOf, weakFoundations, type Shelf, type Shelved } from './shelf.ts'

/** A statement of the paper without a claim here, and why. */
export interface Unchecked {
  readonly id: string
  /** Where the paper prints it. */
  readonly where: string
  readonly reason: string
}

/** The index of the claim pages, with the graph embedded. */
export function indexPage(shelf: Shelf, unchecked: readonly Unchecked[] = []): string {
  const entries = shelf.all.map(({ entry }) => entry)
  const statuses = entries.map(({ verdict }) => verdict)
  const sections = [...new Set(shelf.all.map(({ claim }) => claim.section))]
  const used = STATUSES.filter((status) => statuses.includes(status))
  return `${[
    '# Claims',
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

function uncheckedParts(unchecked: readonly Unchecked[]): string[] {
  if (unchecked.length === 0) return []
  return [
    '## Not checked',
    'What no claim here checks, of the paper and of our own conjectures, with the reason.',
    markdownTable(
      ['statement', 'where', 'why not'],
      unchecked.map(({ id, where, reason }) => [id, where, reason].map(escape)),
    ),
  ]
}

function row(shelf: Shelf, { claim, entry }: Shelved): string[] {
  const mended = amendments(shelf, claim).map((other) => linkWithVerdict(shelf, other.claim.id))
  const weak = weakFoundations(shelf, claim).map(({ id }) => linkWithVerdict(shelf, id))
  const remarks = [
    ...(claim.amends ? [`amends ${linkWithVerdict(shelf, claim.amends.claim.id)}`] : []),
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
