/** Loaded: the papers of the repository with their claims, and what is recorded of them. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Claim } from '../../src/claim/claim.ts'
import { loadPapers, type LoadedPaper } from '../../src/cli/papers.ts'
import { recordOf } from '../../src/report/publication.ts'
import { parseDocument, type Entry } from '../../src/report/record.ts'

/** Every paper, with its claims in the order of its pages. */
export const papers: readonly LoadedPaper[] = await loadPapers(resolve('properties'))

/** The claims of all papers. */
export const claims: readonly Claim[] = papers.flatMap((one) => one.claims)

/** The record of a paper; empty for one that is not published yet. */
export const recordIn = (key: string): readonly Entry[] =>
  existsSync(recordOf(key)) ? parseDocument(readFileSync(recordOf(key), 'utf8')).claims : []

const records = new Map(
  papers.map(({ paper: { key } }) => [key, new Map(recordIn(key).map((entry) => [entry.id, entry]))]),
)

/** What is recorded of a claim of a paper. */
export const recordedOf = ({ id, of }: Claim): Entry | undefined => records.get(of!.paper.key)?.get(id)
