/** Index page: every claim by section, with its verdict. */
import { DROPS_PAGE } from './drops-page.ts'
import { code, escape, link, markdownTable } from './markdown.ts'
import { counts, evidenceInBrief, STATUSES, MEANING } from './meaning.ts'
import { verdictLink } from './site.ts'
import { amendments, linkWithVerdict, pageOf, weakFoundations, type Shelf, type Shelved } from './shelf.ts'

/** The index of the claim pages, with the graph embedded. */
export function indexPage(shelf: Shelf): string {
  const statuses = shelf.all.map(({ entry }) => entry.verdict)
  const variants = shelf.all.flatMap(({ entry }) => entry.evidence.variants)
  const refuted = variants.filter((variant) => variant.refuted).length
  const sections = [...new Set(shelf.all.map(({ claim }) => claim.section))]
  const used = STATUSES.filter((status) => statuses.includes(status))
  return `${[
    '# Claims',
    `${statuses.length} claims: ${counts(statuses)}. ${refuted} of ${variants.length} wrong variants refuted.`,
    markdownTable(
      ['verdict', 'what it says'],
      used.map((status) => [verdictLink(shelf.site, status), escape(MEANING[status])]),
    ),
    `Written by ${code(shelf.site.command)}; never edited by hand. The same as data: [verdicts.json](verdicts.json).`,
    `Which assumption each claim needs, and which may be superfluous: ${link('the drop matrix', DROPS_PAGE)}.`,
    '![Which claim uses which, with the verdict of each](graph.svg)',
    ...sections.flatMap((section) => [
      `## ${escape(section)}`,
      markdownTable(
        ['claim', 'source', 'verdict', 'evidence', 'remarks'],
        shelf.all.filter(({ claim }) => claim.section === section).map((shelved) => row(shelf, shelved)),
      ),
    ]),
  ].join('\n\n')}\n`
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
    escape(claim.source),
    `**${entry.verdict}**`,
    escape(evidenceInBrief(entry)),
    remarks.join('; '),
  ]
}
