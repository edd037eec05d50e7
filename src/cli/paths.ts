/** Paths: where the package keeps its papers, with their pages and records, seen from the built command. */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Claim } from '../claim/claim.ts'
import { fileOf } from '../report/corpus.ts'
import { recordOf } from '../report/publication.ts'
import { parseDocument, type Entry, type VerdictDocument } from '../report/record.ts'
import { siteOf } from '../report/site.ts'
import { readIfThere } from '../report/write.ts'
import { UsageError } from './exit.ts'

/** The root of the package, two levels above `dist/src`. */
export const ROOT: string = fileURLToPath(new URL('../../../', import.meta.url))

/** The folder of the built papers. */
export const PROPERTIES: string = fileURLToPath(new URL('../../properties/', import.meta.url))

/** The version of the package. */
export function version(): string {
  return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version
}

/** The verdicts in a record, or `undefined` if there is no such file. @throws UsageError if they are unreadable. */
export function readRecord(path: string, shown: string = path): VerdictDocument | undefined {
  const text = readIfThere(path)
  if (text === undefined) return undefined
  try {
    return parseDocument(text, shown)
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error })
  }
}

/** The recorded verdicts of a paper of the package, or `undefined` if it has none. @throws UsageError if unreadable. */
export const paperRecord = (key: string): VerdictDocument | undefined =>
  readRecord(join(ROOT, recordOf(key)), recordOf(key))

/** What is recorded of claims of the package, each record read once. @throws UsageError for an unreadable one. */
export function recordedEntries(): (claim: Claim) => Entry | undefined {
  const known = new Map<string, ReadonlyMap<string, Entry>>()
  return ({ id, of }) => {
    if (of === undefined) return undefined
    const { key } = of.paper
    const entries = known.get(key) ?? new Map(paperRecord(key)?.claims.map((entry) => [entry.id, entry]))
    known.set(key, entries)
    return entries.get(id)
  }
}

/** The path of the stored counterexample of a claim of a paper. */
export const corpusPath = (key: string, id: string): string =>
  join(ROOT, siteOf(key).corpus, `${fileOf(id)}.json`)

/** The paper in whose folder of sources a file is, such as one of its corpus; `undefined` if it is elsewhere. */
export function paperOfFile(path: string): string | undefined {
  const [folder, key, file] = relative(ROOT, path).split(/[/\\]/)
  return folder === 'properties' && file !== undefined ? key : undefined
}
