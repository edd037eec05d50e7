/** Select: the claims that arguments ask for. */
import type { Claim } from '../claim/claim.ts'
import { addressOf } from '../claim/paper.ts'
import type { Status } from '../claim/verdict.ts'
import { statementOf, type Entry } from '../report/record.ts'
import { messageOf, UsageError } from './exit.ts'
import type { Failure } from './guard.ts'
import { parseStored } from '../report/corpus.ts'
import { readIfThere } from '../report/write.ts'
import { BUILT_IN, fileAndId, loadClaims, ourPapers, shownPath, type Origin } from './load.ts'
import { corpusPath, recordedEntries } from './paths.ts'
import { nearest } from './nearest.ts'

/** A claim, where it comes from, and its recorded verdict. */
export interface Selected {
  readonly claim: Claim
  readonly origin: Origin
  readonly expected: Status | null
  /** What is recorded of it, if it is a claim of the package. */
  readonly entry?: Entry | undefined
  /** Its stored counterexample, or the case that contradicts it on record, if there is one. */
  readonly known?: unknown
}

/** What is asked for, and what kept some of it from being a claim. */
export interface Selection {
  readonly selected: readonly Selected[]
  readonly failures: readonly Failure[]
}

/** How a claim is asked for, from the command line. */
export const askedAs = ({ claim, origin }: Pick<Selected, 'claim' | 'origin'>): string =>
  origin === BUILT_IN ? addressOf(claim) : `${shownPath(origin)}#${claim.id}`

/** The paper of a claim of the package; `undefined` for one of a file. */
export const paperOf = ({ claim, origin }: Pick<Selected, 'claim' | 'origin'>): string | undefined =>
  origin === BUILT_IN ? claim.of?.paper.key : undefined

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

/** The one claim with an id, or else the claims that are its cases, or those of a section. */
function claimsAskedFor(asked: string, claims: readonly Claim[]): readonly Claim[] {
  const exact = claims.filter(({ id }) => id === asked)
  if (exact.length > 0) return exact
  return claims.filter(({ id, section }) => asksFor(asked, id) || inSection(asked, section))
}

/** A paper by its key, and what is asked for in it, of `paper`, `paper/id` or `paper/section`. */
async function paperAndId(
  argument: string,
): Promise<{ readonly claims: readonly Claim[]; readonly key: string; readonly id?: string } | undefined> {
  const [, key, id] = /^([^/]+)(?:\/(.*))?$/.exec(argument) ?? []
  const found = (await ourPapers()).find(({ paper }) => paper.key === key)
  return found && { key: key!, claims: found.claims, ...(id && { id }) }
}

/**
 * The claims of the package that an argument asks for, which are of one paper: `id`, `paper/id`, a section or a paper.
 * @throws UsageError for an unknown claim, or a name that several papers have.
 */
async function selectOurs(argument: string): Promise<readonly Claim[]> {
  const place = await paperAndId(argument)
  const among = place?.claims ?? (await loadClaims(BUILT_IN)).claims
  if (place && place.id === undefined) return among
  const asked = place?.id ?? argument
  const found = claimsAskedFor(asked, among)
  if (found.length === 0)
    refuseUnknown(
      asked,
      among.map(({ id }) => id),
      place
        ? `\`lakatos list ${place.key}\` shows all`
        : '`lakatos list` shows all; a file ends in .ts, .js or .mjs',
    )
  const keys = [...new Set(found.flatMap(({ of }) => of?.paper.key ?? []))]
  if (keys.length > 1)
    throw new UsageError(
      `expected the claim of one paper, got "${asked}", which ${keys.length} papers have; write ${keys.map((key) => `${key}/${asked}`).join(' or ')}`,
    )
  return found
}

/** @throws UsageError naming the nearest ids. */
function refuseUnknown(asked: string, ids: readonly string[], remedy: string): never {
  const near = nearest(asked, [...new Set([...ids, ...ids.map((id) => id.replace(/:[^*]*/, ''))])])
  throw new UsageError(`unknown claim "${asked}"; nearest: ${near.join(', ')} (${remedy})`)
}

/** The claims of a file, or those that an id asks for in it. @throws UsageError for an unknown id. */
async function selectIn(file: string, id: string | undefined): Promise<Selection> {
  const { claims, failures } = await loadClaims(file)
  const asked = id === undefined ? claims : claimsAskedFor(id, claims)
  const failed = failures.filter((one) => id === undefined || one.id === id || one.name === id)
  if (asked.length + failed.length === 0)
    refuseUnknown(
      id!,
      [...claims, ...failures].flatMap((one) => one.id ?? []),
      `\`lakatos list ${shownPath(file)}\` shows all`,
    )
  return {
    selected: asked.map((claim) => ({ claim, origin: file, expected: null })),
    failures: failed,
  }
}

/**
 * What the arguments ask for, each claim once: the package's claims in their order, then those of files.
 * No argument asks for every claim of the package.
 * @throws UsageError for an unknown id or an unreadable file.
 */
export async function select(asked: readonly string[]): Promise<Selection> {
  const { claims: builtIn } = await loadClaims(BUILT_IN)
  const wanted = new Set<Claim>()
  const others: Selected[] = []
  const failures: Failure[] = []
  for (const argument of asked) {
    const place = (await paperAndId(argument)) ? undefined : fileAndId(argument)
    if (!place) {
      for (const claim of await selectOurs(argument)) wanted.add(claim)
      continue
    }
    const { selected, failures: failed } = await selectIn(place.file, place.id)
    for (const one of selected) {
      const twin = others.find(({ claim }) => claim.id === one.claim.id)
      if (builtIn.includes(one.claim)) wanted.add(one.claim)
      else if (!twin) others.push(one)
      else if (twin.claim !== one.claim)
        failures.push({
          ...{ file: one.origin, id: one.claim.id },
          message: `expected distinct ids, got that of a claim in ${shownPath(twin.origin)}`,
        })
    }
    failures.push(...failed.filter((one) => !failures.includes(one)))
  }
  const recorded = recordedEntries()
  const ours = builtIn.filter((claim) => asked.length === 0 || wanted.has(claim))
  return {
    selected: [
      ...ours.map((claim): Selected => {
        const entry = recorded(claim)
        return {
          ...{ claim, origin: BUILT_IN, entry, expected: entry?.verdict ?? null },
          known: storedCase(claim) ?? contradiction(claim, entry),
        }
      }),
      ...others,
    ],
    failures,
  }
}

/** The case that contradicts a claim on record, if it was found for this statement. */
function contradiction(claim: Claim, entry: Entry | undefined): unknown {
  if (entry?.verdict !== 'contradicted' || entry.statement !== statementOf(claim)) return undefined
  try {
    claim.given.parse(entry.counterexample?.case)
    return entry.counterexample?.case
  } catch {
    return undefined
  }
}

/** The stored counterexample of a claim of the package. @throws UsageError if it is unreadable. */
function storedCase({ id, given, of }: Claim): unknown {
  const path = corpusPath(of!.paper.key, id)
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
