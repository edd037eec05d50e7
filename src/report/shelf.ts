/** Shelf: the claims with their entries, and what each says of those it rests on. */
import type { Claim } from '../claim/claim.ts'
import type { Status } from '../claim/verdict.ts'
import { fileOf } from './corpus.ts'
import { link } from './markdown.ts'
import type { Entry, VerdictDocument } from './record.ts'

/** A claim with its entry. */
export interface Shelved {
  readonly claim: Claim
  readonly entry: Entry
}

/** All claims, in order, and by id. */
export interface Shelf {
  readonly all: readonly Shelved[]
  readonly byId: ReadonlyMap<string, Shelved>
}

/** The claims with their entries. @throws RangeError if a claim has none. */
export function shelfOf(claims: readonly Claim[], { claims: entries }: VerdictDocument): Shelf {
  const found = new Map(entries.map((entry) => [entry.id, entry]))
  const all = claims.map((claim): Shelved => {
    const entry = found.get(claim.id)
    if (!entry)
      throw new RangeError(`record: expected a verdict of ${claim.id}, got none; run \`lakatos docs\``)
    return { claim, entry }
  })
  return { all, byId: new Map(all.map((shelved) => [shelved.claim.id, shelved])) }
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

/** The claims that a claim rests on whose own verdict is undecided, vacuous or refuted. */
export function weakFoundations(shelf: Shelf, claim: Claim): Shelved[] {
  return foundations(claim)
    .flatMap(({ id }) => shelf.byId.get(id) ?? [])
    .filter(({ entry }) => WEAK.includes(entry.verdict))
}

/** The claims that amend a claim. */
export function amendments(shelf: Shelf, claim: Claim): Shelved[] {
  return shelf.all.filter((other) => other.claim.amends?.claim.id === claim.id)
}

/** The name of the page of a claim. */
export function pageOf(id: string): string {
  return `${fileOf(id)}.md`
}

/** A link to the page of a claim, followed by its verdict. */
export function linkWithVerdict(shelf: Shelf, id: string): string {
  const shelved = shelf.byId.get(id)
  return shelved ? `${link(id, pageOf(id))} (${shelved.entry.verdict})` : `${link(id, pageOf(id))}`
}
