/** Corpus: the stored counterexample of a refuted claim, as exact values. */
import { prettyJson } from './json.ts'
import type { Entry, Refutation } from './record.ts'

/** One file of the corpus of a paper, `properties/<paper>/corpus`. */
export interface StoredCounterexample extends Omit<Refutation, 'at'> {
  /** The id of the claim; outside the folder of its paper, its address. */
  readonly claim: string
  readonly statement: string
  /** The claim file, from the folder of this file, of a claim that is none of the package. */
  readonly file?: string
}

/** The file name of a claim, without its ending: `thm-3:gd*` is `thm-3_gd-amended`. */
export function fileOf(id: string): string {
  return id.replaceAll(':', '_').replaceAll('*', '-amended')
}

/** The name of the page of a claim. */
export const pageOf = (id: string): string => `${fileOf(id)}.md`

/** The file name of the picture on the page of a claim. */
export const pictureOf = (id: string): string => `${fileOf(id)}.svg`

/** The corpus file of a refuted claim; `undefined` for any other. The corpus holds certain counterexamples only. */
export function storedText(
  { id, statement, verdict, counterexample }: Entry,
  file?: string,
): string | undefined {
  if (!counterexample || verdict !== 'refuted') return undefined
  return counterexampleText(id, statement, counterexample, file)
}

/** A counterexample as a file. */
export function counterexampleText(
  claim: string,
  statement: string,
  found: Refutation,
  file?: string,
): string {
  const { case: c, formula, slack, left, right, arithmetic } = found
  const stored: StoredCounterexample = {
    ...{ claim, ...(file !== undefined && { file }), statement },
    ...{ case: c, formula, slack, left, right, arithmetic },
  }
  return prettyJson(stored)
}

/** The counterexample in the text of a corpus file. @throws SyntaxError if it is none. */
export function parseStored(source: string): StoredCounterexample {
  const json = JSON.parse(source) as Partial<StoredCounterexample> | null
  if (
    typeof json?.claim !== 'string' ||
    typeof json.case !== 'object' ||
    !/^(undefined|string)$/.test(typeof json.file)
  )
    throw new SyntaxError('counterexample: expected { "claim": id, "case": {…}, … }, got something else')
  return json as StoredCounterexample
}
