/** Publication: every file that the claims and their verdicts give, as texts by path. */
import type { Claim } from '../claim/claim.ts'
import { fileOf, storedText } from './corpus.ts'
import { printDocument, type VerdictDocument } from './record.ts'
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

/** The files of claims with their verdicts: pages, index, graph, record and corpus. */
export function publication(claims: readonly Claim[], document: VerdictDocument): Map<string, string> {
  const stored = document.claims.flatMap((entry): [string, string][] => {
    const text = storedText(entry)
    return text === undefined ? [] : [[`${CORPUS}/${fileOf(entry.id)}.json`, text]]
  })
  return new Map([[RECORD, printDocument(document)], ...stored])
}
