/** `lakatos verify`: certificates checked by `certify/verify.ts` alone, their statements compared with the record. */
import { readFileSync } from 'node:fs'
import { verify as verdictOn, type Answer } from '../certify/verify.ts'
import type { Entry } from '../report/record.ts'
import { EXIT, UsageError } from './exit.ts'
import { absolute, ourPapers } from './load.ts'
import { paperRecord, readRecord } from './paths.ts'
import { say, sayJson } from './print.ts'
import type { Options } from './arguments.ts'

/** Verifies the certificates in files; a file that cannot be read is wrong usage, and then none is. */
export async function verify(paths: readonly string[], { json, record: named }: Options): Promise<number> {
  const files = paths.map((path) => ({ path, bytes: read(path) }))
  const record = named === undefined ? await ourEntries() : entriesIn(named)
  const answers = files.map(({ path, bytes }) => {
    const answer = onRecord(verdictOn(bytes), record)
    if (!json) say(line(path, answer))
    return { path, ...answer }
  })
  if (json) sayJson({ certificates: answers })
  if (answers.some(({ accepted }) => !accepted)) return EXIT.differs
  return answers.some((answer) => answer.accepted && answer.remark !== RECORDED) ? EXIT.open : EXIT.agreed
}

/** What is recorded of the claims of all papers of the package. */
async function ourEntries(): Promise<readonly Entry[]> {
  return (await ourPapers()).flatMap(({ paper }) => paperRecord(paper.key)?.claims ?? [])
}

/** What is recorded in a file. @throws UsageError if there is none. */
function entriesIn(named: string): readonly Entry[] {
  const record = readRecord(absolute(named))
  if (record) return record.claims
  throw new UsageError(`verify: --record: expected the verdicts.json of a record, got no such file: ${named}`)
}

/** The bytes of a file. @throws UsageError if there is none. */
function read(path: string): Uint8Array {
  try {
    return readFileSync(absolute(path))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const got = code === 'ENOENT' ? 'no such file' : message
    throw new UsageError(`verify: ${path}: expected a certificate, got ${got}`)
  }
}

/** That the record vouches for the statement: else a reader must compare it with the claim. */
const RECORDED = 'the recorded statement'

type OnRecord = Answer & { readonly remark?: string }

/** The answer, rejected where the record has another statement, or another verdict, of a claim of that name. */
function onRecord(answer: Answer, record: readonly Entry[]): OnRecord {
  if (!answer.accepted) return answer
  const { claim, kind, statementHash } = answer
  // Claims of several papers may have one id: the certificate is of the one whose statement it has.
  const named = record.filter(({ id }) => id === claim)
  const entry = named.find(({ certificate }) => certificate === statementHash) ?? named[0]
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
  const { claim, kind, statementHash, shown, unchecked, remark } = answer
  const open = unchecked.length > 0 ? `; not checked: ${unchecked.join(', ')}` : ''
  const compared = remark === RECORDED ? '' : '\narithmetic accepted, statement not compared with a record'
  return `accepted  ${path}: ${kind} of ${claim}, statement ${statementHash} (${remark}): ${shown}${open}${compared}`
}
