/** Committed: the certificates in the repository, with their claims. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Certificate } from '../../src/certify/certificate.ts'
import type { Claim } from '../../src/claim/claim.ts'
import { siteOf } from '../../src/report/site.ts'
import { papers } from '../properties/loaded.ts'

export interface Committed {
  /** The paper of its claim. */
  readonly key: string
  readonly path: string
  readonly text: string
  readonly certificate: Certificate
}

/** Every certificate, paper by paper, in order. */
export const committed: readonly Committed[] = papers.flatMap(({ paper: { key } }) => {
  const folder = siteOf(key).certificates
  return (existsSync(folder) ? readdirSync(folder) : []).map((name) => {
    const path = `${folder}/${name}`
    const text = readFileSync(path, 'utf8')
    return { key, path, text, certificate: JSON.parse(text) as Certificate }
  })
})

/** The claim that a committed certificate, or one with its statement, is about. */
export function claimOf({ statement, statementHash }: Certificate): Claim {
  const { key } = committed.find(({ certificate }) => certificate.statementHash === statementHash)!
  return papers.find(({ paper }) => paper.key === key)!.claims.find(({ id }) => id === statement.claim)!
}
