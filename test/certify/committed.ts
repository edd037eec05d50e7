/** Committed: the certificates in the repository, with their claims. */
import { readdirSync, readFileSync } from 'node:fs'
import * as properties from '../../properties/index.ts'
import type { Certificate } from '../../src/certify/certificate.ts'
import type { Claim } from '../../src/claim/claim.ts'
import { CERTIFICATES } from '../../src/report/certificate.ts'
import { claimsOf } from '../../src/report/order.ts'
import { RECORD } from '../../src/report/publication.ts'
import { parseDocument, type Entry } from '../../src/report/record.ts'

export const claims: readonly Claim[] = claimsOf(properties)

export const record: readonly Entry[] = parseDocument(readFileSync(RECORD, 'utf8')).claims

export interface Committed {
  readonly path: string
  readonly text: string
  readonly certificate: Certificate
}

/** Every certificate, in order. */
export const committed: readonly Committed[] = readdirSync(CERTIFICATES).map((name) => {
  const path = `${CERTIFICATES}/${name}`
  const text = readFileSync(path, 'utf8')
  return { path, text, certificate: JSON.parse(text) as Certificate }
})
