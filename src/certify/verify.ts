/** Verify: whether a certificate holds, from its bytes alone; the statement is for the caller to compare. */
import { canonical, demand, FORMAT, readJson, type Json } from './format.ts'
import { checkProof } from './proof.ts'
import { checkRefutation } from './refutation.ts'
import { sha256 } from '../program/hash.ts'
import { fields, list, oneOf, text } from './shape.ts'

/** Whose statement is accepted, by its hash, what was shown, and the assumptions that nothing checks; or why not. */
export type Answer =
  | {
      readonly accepted: true
      readonly claim: string
      readonly kind: 'refutation' | 'proof'
      readonly statementHash: string
      readonly shown: string
      readonly unchecked: readonly string[]
    }
  | { readonly accepted: false; readonly reason: string }

const CHECKS = { refutation: checkRefutation, proof: checkProof }
const KINDS = ['refutation', 'proof'] as const

/** The answer to the bytes of a file; it never throws. */
export function verify(bytes: Uint8Array): Answer {
  try {
    const certificate = readJson(bytes)
    const { hash, statement = '', ...content } = certificate as { readonly [key: string]: Json }
    demand(content['format'] === FORMAT, `expected the format ${FORMAT}`)
    const statementHash = sha256(canonical(statement))
    demand(content['statementHash'] === statementHash, 'the statement is not the one of "statementHash"')
    demand(hash === sha256(canonical(content)), 'the content is not the one of "hash"')
    const head = statement as { readonly [key: string]: Json }
    const kind = oneOf(KINDS)(head['kind'] ?? '')
    const shown = CHECKS[kind](statement, content)
    text(head['says']!)
    const unchecked = list(head['unchecked']!, (one) => {
      const { id, says, why } = fields(one, 'id', 'says', 'why')
      return [id, says, why].map(text)[0]!
    })
    return { accepted: true, claim: text(head['claim']!), kind, statementHash, shown, unchecked }
  } catch (error) {
    return { accepted: false, reason: (error as Error).message }
  }
}
