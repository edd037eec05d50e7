/** Publication: every file that the claims and their verdicts give, as texts by path. */
import type { Claim } from '../claim/claim.ts'
import { fileOf, pictureOf, storedText } from './corpus.ts'
import { courseOf } from './course.ts'
import { DROPS_PAGE, dropsPage } from './drops-page.ts'
import { graph } from './graph.ts'
import { indexPage, type Unchecked } from './index-page.ts'
import { page } from './page.ts'
import { printDocument, type Entry, type VerdictDocument } from './record.ts'
import { pageOf, shelfOf } from './shelf.ts'
import { sidesOf } from './sides.ts'
import type { OwnedFolder } from './write.ts'

/** Where the pages are. */
export const PAGES = 'docs/claims'
/** Where the recorded verdicts are. */
export const RECORD = 'docs/claims/verdicts.json'
/** Where the counterexamples of refuted claims are. */
export const CORPUS = 'properties/corpus'

/** The folders whose files are all written here. */
export const OWNED: readonly OwnedFolder[] = [
  { folder: PAGES, pattern: /\.(md|svg)$/ },
  { folder: CORPUS, pattern: /\.json$/ },
]

/**
 * The files of claims with their verdicts: pages, pictures, index, graph, record and corpus; the index also lists the
 * statements of the paper that are not checked.
 * @throws RangeError if a claim has no verdict.
 */
export function publication(
  claims: readonly Claim[],
  document: VerdictDocument,
  unchecked: readonly Unchecked[] = [],
): Map<string, string> {
  const shelf = shelfOf(claims, document)
  return new Map([
    [RECORD, printDocument({ claims: shelf.all.map(({ entry }) => entry) })],
    [`${PAGES}/index.md`, indexPage(shelf, unchecked)],
    [`${PAGES}/${DROPS_PAGE}`, dropsPage(shelf)],
    [`${PAGES}/graph.svg`, graph(shelf)],
    ...shelf.all.map((shelved): [string, string] => [
      `${PAGES}/${pageOf(shelved.claim.id)}`,
      page(shelf, shelved),
    ]),
    ...shelf.all.flatMap(({ claim, entry }): [string, string][] => {
      const picture = pictureText(claim, entry)
      return picture === undefined ? [] : [[`${PAGES}/${pictureOf(claim.id)}`, picture]]
    }),
    ...shelf.all.flatMap(({ claim, entry }): [string, string][] => {
      const stored = storedText(entry)
      return stored === undefined ? [] : [[`${CORPUS}/${fileOf(claim.id)}.json`, stored]]
    }),
  ])
}

/** The picture on the page of a claim: the course of a run, or both sides at a counterexample. */
function pictureText(claim: Claim, { evidence: { curve }, counterexample }: Entry): string | undefined {
  if (curve) return courseOf(claim.id, curve)?.svg
  return counterexample && sidesOf(claim, counterexample)?.svg
}
