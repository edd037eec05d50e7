/** `lakatos certify`: the certificate of one claim, made on demand; and those that `lakatos docs` keeps. */
import { bytesOf, type Certificate } from '../certify/certificate.ts'
import { verify } from '../certify/verify.ts'
import type { Claim } from '../claim/claim.ts'
import { proofOf, refutationOf, type Checker } from '../hunt/certify.ts'
import { CERTIFICATES } from '../report/certificate.ts'
import { fileOf } from '../report/corpus.ts'
import { prettyJson } from '../report/json.ts'
import type { Entry } from '../report/record.ts'
import { EXIT, UsageError } from './exit.ts'
import { readRecord } from './paths.ts'
import { sayJson } from './print.ts'
import { selectById } from './select.ts'

/** Proofs of more identities are not kept, but made when they are asked for. */
const MOST_KEPT = 64

/** The checker of this package, which `hunt` does not know. */
const check: Checker = (certificate) => {
  const answer = verify(bytesOf(certificate))
  return answer.accepted ? undefined : answer.reason
}

/** The certificate of a claim with its verdict; `undefined` where the verdict is neither refuted nor proved. */
function certificateOf(claim: Claim, { verdict, counterexample }: Entry): Certificate | undefined {
  if (verdict === 'refuted' && counterexample) return refutationOf(claim, counterexample.case, check)
  return verdict === 'proved' ? proofOf(claim, check) : undefined
}

/** Prints the certificate of the claim with this id. */
export async function certify([id]: readonly string[]): Promise<number> {
  const record = readRecord()
  const selected = await selectById(id!, record)
  if (selected.length > 1)
    throw new UsageError(
      `certify: expected one claim, got ${selected.map(({ claim }) => claim.id).join(', ')}`,
    )
  const { claim } = selected[0]!
  const entry = record?.claims.find((one) => one.id === claim.id)
  const found = entry && certificateOf(claim, entry)
  if (!found)
    throw new UsageError(
      `certify: expected a claim recorded as refuted or proved, got ${claim.id}: ${entry?.verdict ?? 'not recorded'}`,
    )
  sayJson(found)
  return EXIT.agreed
}

/** The entries with the hashes of their certified statements, and the certificates as files. */
export function withCertificates(
  claims: readonly Claim[],
  entries: readonly Entry[],
): { readonly entries: Entry[]; readonly files: Map<string, string> } {
  const files = new Map<string, string>()
  const certified = entries.map((entry): Entry => {
    const { identity } = entry.evidence
    const kept = entry.verdict === 'refuted' || (identity !== undefined && identity.patterns <= MOST_KEPT)
    const found = kept
      ? certificateOf(
          claims.find(({ id }) => id === entry.id)!,
          entry,
        )
      : undefined
    if (!found) return entry
    files.set(`${CERTIFICATES}/${fileOf(entry.id)}.json`, prettyJson(found))
    return { ...entry, certificate: found.statementHash }
  })
  return { entries: certified, files }
}
