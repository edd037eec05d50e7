/** Select: the claims that arguments ask for. */
import type { Claim } from '../claim/claim.ts'
import type { Status } from '../claim/verdict.ts'
import { statementOf, type VerdictDocument } from '../report/record.ts'
import { UsageError } from './exit.ts'
import { fileOf, parseStored } from '../report/corpus.ts'
import { readIfThere } from '../report/write.ts'
import { absolute, BUILT_IN, loadClaims, looksLikeFile, messageOf, shownPath, type Origin } from './load.ts'
import { corpusPath } from './paths.ts'
import { nearest } from './nearest.ts'

/** A claim, where it comes from, and its recorded verdict. */
export interface Selected {
  readonly claim: Claim
  readonly origin: Origin
  readonly expected: Status | null
  /** Its stored counterexample, or the case that contradicts it on record, if there is one. */
  readonly known?: unknown
}

/** The id without its amendment mark, and that mark: `thm-3.cone*2` is `thm-3.cone` and `*2`. */
function idParts(id: string): [base: string, mark: string] {
  const [, base = id, mark = ''] = /^([^*]*)(\*\d*)?$/.exec(id) ?? []
  return [base, mark]
}

/** Whether an id is the one asked for or one of its cases: `v-norm` asks for `v-norm:swn`, not `v-norm*`. */
export function asksFor(asked: string, id: string): boolean {
  const [base, mark] = idParts(asked)
  const [ownBase, ownMark] = idParts(id)
  return mark === ownMark && (ownBase === base || ownBase.startsWith(`${base}:`))
}

const inSection = (asked: string, section: string): boolean =>
  section === asked || section.split(' ')[0] === asked

/**
 * The built-in claims that an id (with all its cases) or a section asks for.
 * @throws UsageError naming the nearest ids if there are none.
 */
export function claimsAskedFor(asked: string, claims: readonly Claim[]): Claim[] {
  const found = claims.filter(({ id, section }) => asksFor(asked, id) || inSection(asked, section))
  if (found.length > 0) return found
  const groups = claims.map(({ id }) => id.replace(/:[^*]*/, ''))
  const near = nearest(asked, [...new Set([...claims.map(({ id }) => id), ...groups])])
  throw new UsageError(
    `unknown claim "${asked}"; nearest: ${near.join(', ')} (\`lakatos list\` shows all; a file ends in .ts, .js or .mjs)`,
  )
}

/**
 * What the arguments ask for, each claim once: the package's claims in their order, then those of files.
 * No argument asks for every claim of the package.
 * @throws UsageError for an unknown id or an unreadable file.
 */
export async function select(
  asked: readonly string[],
  record: VerdictDocument | undefined,
): Promise<Selected[]> {
  const builtIn = await loadClaims(BUILT_IN)
  const wanted = new Set<Claim>()
  const others: Selected[] = []
  for (const argument of asked) {
    if (!looksLikeFile(argument)) {
      for (const claim of claimsAskedFor(argument, builtIn)) wanted.add(claim)
      continue
    }
    const origin = absolute(argument)
    for (const claim of await loadClaims(origin))
      if (builtIn.includes(claim)) wanted.add(claim)
      else if (!others.some((other) => other.claim === claim)) others.push({ claim, origin, expected: null })
  }
  const entries = new Map(record?.claims.map((entry) => [entry.id, entry]))
  const contradiction = (claim: Claim): unknown => {
    const entry = entries.get(claim.id)
    if (entry?.verdict !== 'contradicted' || entry.statement !== statementOf(claim)) return undefined
    try {
      claim.given.parse(entry.counterexample?.case)
      return entry.counterexample?.case
    } catch {
      return undefined
    }
  }
  const ours = builtIn.filter((claim) => asked.length === 0 || wanted.has(claim))
  return [
    ...ours.map((claim) => ({
      ...{ claim, origin: BUILT_IN, expected: entries.get(claim.id)?.verdict ?? null },
      known: storedCase(claim) ?? contradiction(claim),
    })),
    ...others,
  ]
}

/** The stored counterexample of a claim of the package. @throws UsageError if it is unreadable. */
function storedCase({ id, given }: Claim): unknown {
  const path = corpusPath(fileOf(id))
  const source = readIfThere(path)
  if (source === undefined) return undefined
  try {
    const { case: json } = parseStored(source)
    given.parse(json)
    return json
  } catch (error) {
    throw new UsageError(
      `${shownPath(path)}: ${messageOf(error)}; restore it or remove it and run \`lakatos docs --accept\``,
      { cause: error },
    )
  }
}

/** The one claim that an id asks for, or all its cases. @throws UsageError if there is none. */
export async function selectById(asked: string, record: VerdictDocument | undefined): Promise<Selected[]> {
  if (looksLikeFile(asked))
    throw new UsageError(`expected the id of a claim, got the file ${shownPath(absolute(asked))}`)
  return select([asked], record)
}
