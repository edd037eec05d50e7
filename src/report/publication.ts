/** Publication: every file that the claims and their verdicts give, as texts by path. */
import type { Claim } from '../claim/claim.ts'
import type { Status } from '../claim/verdict.ts'
import { fileOf, pictureOf, storedText } from './corpus.ts'
import { courseOf } from './course.ts'
import { DROPS_PAGE, dropsPage } from './drops-page.ts'
import { graph } from './graph.ts'
import { indexPage, type Unchecked } from './index-page.ts'
import { page } from './page.ts'
import { printDocument, type Entry, type VerdictDocument } from './record.ts'
import { pageOf, shelfOf } from './shelf.ts'
import { sidesOf } from './sides.ts'
import { below, OURS, type Site } from './site.ts'
import type { OwnedFolder } from './write.ts'

/** The name of the record, which is among the pages. */
export const DOCUMENT = 'verdicts.json'
/** Where the recorded verdicts of the package are. */
export const RECORD: string = below(OURS.pages, DOCUMENT)
/** Where the counterexamples of refuted claims of the package are. */
export const CORPUS: string = OURS.corpus

/** The folders whose files are all written here. */
export const OWNED: readonly OwnedFolder[] = [
  { folder: OURS.pages, pattern: /\.(md|svg)$/ },
  { folder: OURS.corpus, pattern: /\.json$/ },
]

/** Where claims are published, verdicts of claims elsewhere, and statements of the paper that no claim checks. */
export interface PublicationOptions {
  readonly site?: Site
  readonly others?: ReadonlyMap<string, Status> | undefined
  readonly unchecked?: readonly Unchecked[]
}

/**
 * The files of claims with their verdicts: pages, pictures, index, graph, record and corpus. The record keeps entries
 * without a claim; the index also lists the statements of the paper that are not checked.
 * @throws RangeError if a claim has no verdict.
 */
export function publication(
  claims: readonly Claim[],
  document: VerdictDocument,
  { site = OURS, others, unchecked = [] }: PublicationOptions = {},
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
    [at('index.md'), indexPage(shelf, unchecked)],
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
