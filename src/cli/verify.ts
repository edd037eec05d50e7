/** `lakatos verify`: certificates checked by `certify/verify.ts` alone, their statements compared with the record. */
import { isCertificate } from '../certify/certificate.ts'
import { FORMAT, verify as verdictOn, type Answer } from '../certify/verify.ts'
import type { VerdictDocument } from '../report/record.ts'
import { readIfThere } from '../report/write.ts'
import { EXIT, messageOf, UsageError } from './exit.ts'
import { absolute } from './load.ts'
import { readRecord } from './paths.ts'
import { say, sayJson } from './print.ts'
import type { Options } from './arguments.ts'

/** Verifies the certificates in files; none is read as one unless all are. */
export async function verify(paths: readonly string[], { json, record: named }: Options): Promise<number> {
  const certificates = paths.map((path) => ({ path, certificate: read(path) }))
  const record = readRecord(named === undefined ? undefined : absolute(named))
  if (named !== undefined && !record)
    throw new UsageError(
      `verify: --record: expected the verdicts.json of a record, got no such file: ${named}`,
    )
  const answers = certificates.map(({ path, certificate }) => {
    const answer = onRecord(verdictOn(certificate), record)
    if (!json) say(line(path, answer))
    return { path, ...answer }
  })
  if (json) sayJson({ certificates: answers })
  if (answers.some(({ accepted }) => !accepted)) return EXIT.differs
  return answers.some((answer) => answer.accepted && answer.remark !== RECORDED) ? EXIT.open : EXIT.agreed
}

/** The JSON of a certificate. @throws UsageError for a file that is none. */
function read(path: string): unknown {
  const foreign = (got: string): never => {
    throw new UsageError(`verify: ${path}: expected a certificate ("format": "${FORMAT}"), got ${got}`)
  }
  let source: string | undefined
  let certificate: unknown
  try {
    source = readIfThere(absolute(path))
    certificate = source === undefined ? undefined : JSON.parse(source)
  } catch (error) {
    return foreign(messageOf(error))
  }
  if (source === undefined) return foreign('no such file')
  return isCertificate(certificate) ? certificate : foreign('other JSON')
}

/** That the record vouches for the statement: else a reader must compare it with the claim. */
const RECORDED = 'the recorded statement'

type OnRecord = Answer & { readonly remark?: string }

/** The answer, rejected where the record has another statement, or another verdict, of a claim of that name. */
function onRecord(answer: Answer, record: VerdictDocument | undefined): OnRecord {
  if (!answer.accepted) return answer
  const { claim, kind, statementHash } = answer
  const entry = record?.claims.find(({ id }) => id === claim)
  if (!entry) return { ...answer, remark: 'no claim of this name is on record' }
  if (entry.verdict !== (kind === 'proof' ? 'proved' : 'refuted'))
    return { accepted: false, reason: `not the recorded verdict: ${claim} is ${entry.verdict}` }
  if (entry.certificate === undefined)
    return { ...answer, remark: `no statement of it is on record; compare with \`lakatos certify ${claim}\`` }
  return entry.certificate === statementHash
    ? { ...answer, remark: RECORDED }
    : { accepted: false, reason: `not the recorded statement of ${claim}, ${entry.certificate}` }
}

function line(path: string, answer: OnRecord): string {
  if (!answer.accepted) return `rejected  ${path}: ${answer.reason}`
  const { claim, kind, statementHash, unchecked, remark } = answer
  const open = unchecked.length > 0 ? `; not checked: ${unchecked.join(', ')}` : ''
  return `accepted  ${path}: ${kind} of ${claim}, statement ${statementHash} (${remark})${open}`
}
