/** Origin: whether the source prints a statement, or it is ours. */
import type { Claim } from '../claim/claim.ts'

/** Printed by the source; our amendment of a printed statement; a conjecture of our own, or an amendment of one. */
export type Origin = 'printed' | 'amended' | 'conjectured'

/** Every origin, with what statements of it are called. */
export const ORIGINS: Readonly<Record<Origin, string>> = {
  printed: 'statements that the paper prints',
  amended: 'amendments of ours',
  conjectured: 'conjectures and variants of ours',
}

/** Where a statement comes from. */
export const originOf = ({ asPrinted, amends }: Claim): Origin =>
  asPrinted ? 'printed' : amends && originOf(amends.claim) === 'printed' ? 'amended' : 'conjectured'
