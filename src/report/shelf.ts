/** Shelf: the claims with their entries, and what each says of those it rests on. */
import type { Claim } from '../claim/claim.ts'
import { addressOf, namedBy } from '../claim/paper.ts'
import type { Status } from '../claim/verdict.ts'
import { pageOf } from './corpus.ts'
import { code, link } from './markdown.ts'
import type { Entry, VerdictDocument } from './record.ts'
import type { Site } from './site.ts'

/** A claim with its entry. */
export interface Shelved {
  readonly claim: Claim
  readonly entry: Entry
}

/** All claims, in order, and by id; with the verdicts of others that they use, by address. */
export interface Shelf {
  readonly all: readonly Shelved[]
  readonly byId: ReadonlyMap<string, Shelved>
  readonly others: ReadonlyMap<string, Status>
  readonly site: Site
}

/** The claims with their entries, beside the verdicts of others. @throws RangeError if a claim has none. */
export function shelfOf(
  claims: readonly Claim[],
  { claims: entries }: VerdictDocument,
  site: Site,
  others: ReadonlyMap<string, Status> = new Map(),
): Shelf {
  const found = new Map(entries.map((entry) => [entry.id, entry]))
  const all = claims.map((claim): Shelved => {
    const entry = found.get(claim.id)
    if (!entry)
      throw new RangeError(`record: expected a verdict of ${claim.id}, got none; run \`lakatos docs\``)
    return { claim, entry }
  })
  return { all, byId: new Map(all.map((shelved) => [shelved.claim.id, shelved])), others, site }
}

/** The claims that a claim uses, directly or through others, each once. */
export function foundations(claim: Claim): Claim[] {
  const found = new Set<Claim>()
  const visit = ({ uses }: Claim): void => {
    for (const used of uses)
      if (!found.has(used)) {
        found.add(used)
        visit(used)
      }
  }
  visit(claim)
  return [...found]
}

/** Verdicts on which an argument cannot rest. */
const WEAK: readonly Status[] = ['undecided', 'vacuous', 'contradicted', 'refuted']

/** A claim on the shelf; one of another paper may have the same id. */
function onShelf({ byId }: Shelf, claim: Claim): Shelved | undefined {
  const found = byId.get(claim.id)
  return found && addressOf(found.claim) === addressOf(claim) ? found : undefined
}

/** The verdict of a claim on the shelf or beside it. */
const verdictOf = (shelf: Shelf, claim: Claim): Status | undefined =>
  onShelf(shelf, claim)?.entry.verdict ?? shelf.others.get(addressOf(claim))

/** The claims that a claim rests on whose own verdict is undecided, vacuous or refuted, or not known. */
export function weakFoundations(shelf: Shelf, claim: Claim): Claim[] {
  return foundations(claim).filter((used) => {
    const verdict = verdictOf(shelf, used)
    return verdict === undefined || WEAK.includes(verdict)
  })
}

/** The claims that amend a claim. */
export function amendments(shelf: Shelf, claim: Claim): Shelved[] {
  return shelf.all.filter(({ claim: { amends } }) => amends && addressOf(amends.claim) === addressOf(claim))
}

/** A link to the page of a claim, where it has one, followed by its verdict. */
export function linkWithVerdict(shelf: Shelf, from: Claim, to: Claim): string {
  const verdict = verdictOf(shelf, to)
  const name = namedBy(from, to)
  const page = onShelf(shelf, to) ? pageOf(to.id) : verdict && shelf.site.elsewhere?.(to)
  return `${page === undefined ? code(name) : link(name, page)} (${verdict ?? 'not judged'})`
}
