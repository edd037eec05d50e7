/** Origin: whether the source prints a statement, or it is ours. */
import type { Claim } from '../claim/claim.ts'

/** Printed in the source; our amendment of another claim; a conjecture or variant of our own. */
export type Origin = 'printed' | 'amended' | 'conjectured'

/** Every origin, with what claims of it are called. */
export const ORIGINS: Readonly<Record<Origin, string>> = {
  printed: 'printed in the paper',
  amended: 'amendments of ours',
  conjectured: 'conjectures and variants of ours',
}

/** Where a statement comes from. */
export const originOf = ({ asPrinted, amends }: Claim): Origin =>
  asPrinted ? 'printed' : amends ? 'amended' : 'conjectured'

/** What a formula was compared with, and where in the source that is: `as printed (Theorem 1, eq. (5))`. */
export function fidelity(claim: Claim): string {
  const origin = originOf(claim)
  if (origin === 'printed') return `as printed (${claim.source})`
  const kind = origin === 'amended' ? 'amendment' : 'conjecture'
  const repeated = claim.source.startsWith('amends ') || claim.source === kind
  return `ours: not printed (${repeated ? '' : `${kind}; `}${claim.source})`
}
