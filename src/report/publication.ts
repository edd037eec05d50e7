/** Publication: every file that the claims and their verdicts give, as texts by path. */
import type { Claim } from '../claim/claim.ts'
import type { Paper } from '../claim/paper.ts'
import type { Status } from '../claim/verdict.ts'
import { fileOf, pageOf, pictureOf, storedText } from './corpus.ts'
import { courseOf } from './course.ts'
import { DROPS_PAGE, dropsPage } from './drops-page.ts'
import { graph } from './graph.ts'
import { indexPage } from './index-page.ts'
import { page } from './page.ts'
import { printDocument, type Entry, type VerdictDocument } from './record.ts'
import { shelfOf } from './shelf.ts'
import { sidesOf } from './sides.ts'
import { below, siteOf, type Site } from './site.ts'
import type { OwnedFolder } from './write.ts'

/** The name of the record, which is among the pages. */
export const DOCUMENT = 'verdicts.json'
/** Where the recorded verdicts of a paper of the package are. */
export const recordOf = (key: string): string => below(siteOf(key).pages, DOCUMENT)

/** The folders of a paper whose files are all written here, but for its record. */
export function ownedBy({ pages, corpus, certificates }: Site): readonly OwnedFolder[] {
  return [
    { folder: pages, pattern: /\.(md|svg)$/ },
    ...[corpus, certificates].map((folder) => ({ folder, pattern: /\.json$/ })),
  ]
}

/** Where claims are published, of which paper they are, and the verdicts of claims elsewhere, by address. */
export interface PublicationOptions {
  readonly site: Site
  readonly paper?: Paper
  readonly others?: ReadonlyMap<string, Status> | undefined
}

/**
 * The files of claims with their verdicts: pages, pictures, index, graph, record and corpus. The record keeps entries
 * without a claim; the index also lists the statements of the paper that are not checked.
 * @throws RangeError if a claim has no verdict.
 */
export function publication(
  claims: readonly Claim[],
  document: VerdictDocument,
  { site, paper, others }: PublicationOptions,
): Map<string, string> {
  const shelf = shelfOf(claims, document, site, others)
  const at = (name: string): string => below(site.pages, name)
  return new Map([
    [
      at(DOCUMENT),
      printDocument({
        claims: [
          ...shelf.all.map(({ entry }) => entry),
          ...document.claims.filter(({ id }) => !shelf.byId.has(id)),
        ],
      }),
    ],
    [at('index.md'), indexPage(shelf, paper)],
    [at(DROPS_PAGE), dropsPage(shelf)],
    [at('graph.svg'), graph(shelf)],
    ...shelf.all.map((shelved): [string, string] => [at(pageOf(shelved.claim.id)), page(shelf, shelved)]),
    ...shelf.all.flatMap(({ claim, entry }): [string, string][] => {
      const picture = pictureText(claim, entry)
      return picture === undefined ? [] : [[at(pictureOf(claim.id)), picture]]
    }),
    ...shelf.all.flatMap(({ claim, entry }): [string, string][] => {
      const up = '../'.repeat(site.corpus.split('/').length)
      const stored = storedText(entry, entry.file === undefined ? undefined : `${up}${entry.file}`)
      return stored === undefined ? [] : [[below(site.corpus, `${fileOf(claim.id)}.json`), stored]]
    }),
  ])
}

/** The picture on the page of a claim: the course of a run, or both sides at a counterexample. */
function pictureText(claim: Claim, { evidence: { curve }, counterexample }: Entry): string | undefined {
  if (curve) return courseOf(claim.id, curve)?.svg
  return counterexample && sidesOf(claim, counterexample)?.svg
}
