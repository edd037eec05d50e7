/** Judged: what one statement along a run comes to, by how much, and several of them together. */
import type { Node } from '../program/formula.ts'
import type { Slack } from '../program/slacks.ts'

/** true or false where decided. */
export type Truth = boolean | undefined

/** The truth of a statement, with the numbers behind it as text. */
export interface Judged {
  readonly truth: Truth
  /** Why it is open, or the numbers behind a violation. */
  readonly reason: string
  readonly left: string
  readonly right: string
  readonly slack: string
  readonly relation: Slack['relation']
  /** Which of several alternatives holds. */
  readonly alternative?: string
  /** See `Outcome`. */
  readonly oscillates?: true
  /** To so many decimal digits the sides of its equations agree. */
  readonly digits?: number
  /** See `Outcome`. */
  readonly margin?: number
}

/** How far a number is from a bound, relative to both: 1 at 0, 0 at the bound, and towards −1 beyond it. */
export const within = (bound: number, off: number): number => (bound - off) / (bound + off || 1)
/** The margin of what is decided with no number behind it. */
export const plain = (truth: Truth): { readonly margin?: number } =>
  truth === undefined ? {} : { margin: truth ? 1 : -1 }
/** The margin of several relations that hold together: the smallest; not known if any of them is not, and none fails. */
export function joint(margins: readonly (number | undefined)[]): { readonly margin?: number } {
  const known = margins.filter((margin) => margin !== undefined)
  if (known.length === 0) return {}
  const least = Math.min(...known)
  return known.length === margins.length || least < 0 ? { margin: least } : {}
}

/** All of several statements: the first that fails, else the first that is open. */
export function all(parts: readonly (() => Judged)[]): Judged {
  let found: Judged | undefined
  const seen: Judged[] = []
  for (const part of parts) {
    const judged = part()
    seen.push(judged)
    if (judged.truth === false) return { ...judged, ...joint(seen.map(({ margin }) => margin)) }
    if (found === undefined || (found.truth === true && judged.truth === undefined)) found = judged
  }
  if (!found) throw new RangeError('statement: expected at least one relation')
  const { margin: _, ...rest } = found
  return { ...rest, ...joint(seen.map(({ margin }) => margin)), ...swinging(seen), ...fewest(seen) }
}

/** Whether any of several open statements swings. */
export const swinging = (parts: readonly Pick<Judged, 'oscillates'>[]): { readonly oscillates?: true } =>
  parts.some(({ oscillates }) => oscillates) ? { oscillates: true } : {}

/** The fewest digits to which any of several statements agree. */
export function fewest(parts: readonly Pick<Judged, 'digits'>[]): { readonly digits?: number } {
  const known = parts.flatMap(({ digits }) => (digits === undefined ? [] : [digits]))
  return known.length === 0 ? {} : { digits: Math.min(...known) }
}

/** One of several alternatives. */
export function either(parts: readonly Judged[], root: Node): Judged {
  const holds = parts.findIndex(({ truth }) => truth === true)
  const found = parts[holds]
  const margin = Math.max(...parts.map((part) => part.margin ?? -1))
  if (found) return { ...found, alternative: found.alternative ?? root.args![holds]!.toString(), margin }
  const still = parts.find(({ truth }) => truth === undefined)
  if (still) return { ...still, ...swinging(parts) }
  return { ...parts.at(-1)!, right: 'none of the alternatives', margin }
}
