/** Paths: where the package keeps its claims, its pages and its record, seen from the built command. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseDocument, type VerdictDocument } from '../report/record.ts'
import { CORPUS, RECORD } from '../report/publication.ts'
import { readIfThere } from '../report/write.ts'
import { UsageError } from './exit.ts'

/** The root of the package, two levels above `dist/src`. */
export const ROOT: string = fileURLToPath(new URL('../../../', import.meta.url))

/** The module that exports every claim of the package. */
export const PROPERTIES: string = new URL('../../properties/index.js', import.meta.url).href

/** The version of the package. */
export function version(): string {
  return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version
}

/** Recorded verdicts, of the package or in a file, or `undefined` if there are none. @throws UsageError if they are unreadable. */
export function readRecord(file?: string): VerdictDocument | undefined {
  const text = readIfThere(file ?? join(ROOT, RECORD))
  if (text === undefined) return undefined
  try {
    return parseDocument(text, file ?? RECORD)
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error })
  }
}

/** The path of a stored counterexample. */
export function corpusPath(file: string): string {
  return join(ROOT, CORPUS, `${file}.json`)
}
