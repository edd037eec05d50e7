/** Corpus: the stored counterexample of a refuted claim, as exact values. */
import { prettyJson } from './json.ts'
import type { Entry, Refutation } from './record.ts'

/** One file of `properties/corpus`. */
export interface StoredCounterexample extends Omit<Refutation, 'at'> {
  readonly claim: string
  readonly statement: string
}

/** The file name of a claim, without its ending: `thm-3:gd*` is `thm-3_gd-amended`. */
export function fileOf(id: string): string {
  return id.replaceAll(':', '_').replaceAll('*', '-amended')
}

/** The corpus file of a refuted claim; `undefined` for any other. */
export function storedText({ id, statement, counterexample }: Entry): string | undefined {
  if (!counterexample) return undefined
  const { case: c, formula, slack, left, right, arithmetic } = counterexample
  const stored: StoredCounterexample = {
    ...{ claim: id, statement, case: c, formula, slack, left, right, arithmetic },
  }
  return prettyJson(stored)
}

/** The counterexample in the text of a corpus file. @throws SyntaxError if it is none. */
export function parseStored(source: string): StoredCounterexample {
  const json = JSON.parse(source) as Partial<StoredCounterexample> | null
  if (typeof json?.claim !== 'string' || typeof json.case !== 'object')
    throw new SyntaxError('counterexample: expected { "claim": id, "case": {…}, … }, got something else')
  return json as StoredCounterexample
}
