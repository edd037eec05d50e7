/** Order: the claims of a module as a reader meets them. */
import { isClaim, type Claim } from '../claim/claim.ts'

/**
 * The claims that a module exports, each once. A list that holds all of them is their order, such as that of a paper.
 * Else they come by section number, and inside each, after those that they use or amend. Loaders disagree on the order
 * of exports: it is by name, lists of claims first.
 */
export function claimsOf(module: object): Claim[] {
  const exports = Object.entries(module)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]: [string, unknown]) => value)
  const lists = exports.filter((value): value is readonly unknown[] => Array.isArray(value))
  const claims = [...new Set([...lists.flat(), ...exports].filter(isClaim))]
  const whole = lists.find((list) => claims.every((claim) => list.includes(claim)))
  if (whole) return [...new Set(whole.filter(isClaim))]
  const placed = new Set<Claim>()
  const visited = new Set<Claim>()
  const place = (claim: Claim): void => {
    if (visited.has(claim)) return
    visited.add(claim)
    const before = [...claim.uses, ...(claim.amends ? [claim.amends.claim] : [])]
    before.filter((other) => claims.includes(other) && compareSections(other, claim) <= 0).forEach(place)
    placed.add(claim)
  }
  claims.forEach(place)
  return [...placed].toSorted(compareSections)
}

/** The ids along a way from a claim through what it uses back to itself, if there is one. */
export function cycleOf(claim: Claim): string[] | undefined {
  const visited = new Set<Claim>()
  const back = (from: Claim): string[] | undefined => {
    for (const used of from.uses) {
      if (used === claim) return [from.id, claim.id]
      if (visited.has(used)) continue
      visited.add(used)
      const way = back(used)
      if (way) return [from.id, ...way]
    }
    return undefined
  }
  return back(claim)
}

/** Negative if the section of `a` comes before that of `b`; sections without a number come last. */
function compareSections(a: Claim, b: Claim): number {
  const [m, n] = [sectionNumber(a), sectionNumber(b)]
  return m === n ? 0 : m < n ? -1 : 1
}

const sectionNumber = ({ section }: Claim): number => Number(/^\d+/.exec(section)?.[0] ?? Infinity)
