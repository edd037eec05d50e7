/** `lakatos certify`: the certificate of one claim, made on demand; and those that `lakatos docs` keeps. */
import { bytesOf, type Certificate } from '../certify/certificate.ts'
import { verify } from '../certify/verify.ts'
import type { Claim } from '../claim/claim.ts'
import { proofOf, refutationOf, type Checker } from '../hunt/certify.ts'
import { fileOf } from '../report/corpus.ts'
import { prettyJson } from '../report/json.ts'
import type { Entry } from '../report/record.ts'
import { judgeOf } from '../hunt/judge.ts'
import { EXIT, UsageError } from './exit.ts'
import { lastFind } from './find.ts'
import { BUILT_IN } from './load.ts'
import { closing, sayJson } from './print.ts'
import { checkAll } from './run.ts'
import { askedAs, select } from './select.ts'

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

/** Prints the certificate of the claim asked for: with the recorded verdict, or of one's own, as found now. */
export async function certify([asked]: readonly string[]): Promise<number> {
  const selection = await select([asked!])
  if (selection.selected.length === 0) return closing(EXIT.usage, selection.failures)
  const [one, ...others] = selection.selected
  if (others.length > 0)
    throw new UsageError(
      `certify: expected one claim, got ${selection.selected.map(askedAs).join(', ')}; name one of them`,
    )
  const { claim, origin } = one!
  const known = origin === BUILT_IN ? undefined : refutationBy(claim, lastFind(one!))
  const checked =
    origin === BUILT_IN || known ? undefined : await checkAll({ selected: [one!], failures: [] }, {})
  if (checked && checked.failures.length > 0) return closing(EXIT.usage, checked.failures)
  const entry = checked?.entries[0] ?? one!.entry
  const found = known ?? (entry && certificateOf(claim, entry))
  if (!found)
    throw new UsageError(
      `certify: expected a claim ${origin === BUILT_IN ? 'recorded as ' : ''}refuted or proved, got ${askedAs(one!)}: ${entry?.verdict ?? 'not recorded'}`,
    )
  sayJson(found)
  return EXIT.agreed
}

/** The certificate that a case refutes a claim, if it does so for certain. */
function refutationBy(claim: Claim, c: unknown): Certificate | undefined {
  if (c === undefined || claim.given.numerical || judgeOf(claim).judge(c, true).status !== 'violated')
    return undefined
  return refutationOf(claim, c, check)
}

/** The certificate of a claim; `undefined` also where the checkers accept none, as of a long flow. */
function certificateIfAny(claim: Claim, entry: Entry): Certificate | undefined {
  try {
    return certificateOf(claim, entry)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The entries with the hashes of their certified statements, and the certificates as files. */
export function withCertificates(
  claims: readonly Claim[],
  entries: readonly Entry[],
  folder: string,
): { readonly entries: Entry[]; readonly files: Map<string, string> } {
  const files = new Map<string, string>()
  const certified = entries.map((entry): Entry => {
    const { identity } = entry.evidence
    const kept = entry.verdict === 'refuted' || (identity !== undefined && identity.patterns <= MOST_KEPT)
    const found = kept
      ? certificateIfAny(
          claims.find(({ id }) => id === entry.id)!,
          entry,
        )
      : undefined
    if (!found) return entry
    files.set(`${folder}/${fileOf(entry.id)}.json`, prettyJson(found))
    return { ...entry, certificate: found.statementHash }
  })
  return { entries: certified, files }
}
