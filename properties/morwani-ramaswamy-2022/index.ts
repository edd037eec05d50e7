/** Every claim, section by section. */
import type { Claim } from '../../src/index.ts'
import { inOrder } from './catalogue.ts'
import { identities } from './1-identities.ts'
import { pathClaims } from './1-paths.ts'
import { finiteTime } from './2-finite-time.ts'
import { lossLimits } from './2-limits.ts'
import { lossToZero } from './2-loss-to-zero.ts'
import { alignment } from './3-alignment.ts'
import { alignmentLimits } from './3-limits.ts'
import { lemmas } from './3-lemmas.ts'
import { sequences } from './3-sequences.ts'
import { unrolling } from './3-unroll.ts'
import { sparsityLimits } from './4-limits.ts'
import { sparsity } from './4-sparsity.ts'
import { rates } from './5-rates.ts'
import { beyond } from './7-beyond.ts'
import { beyondFiniteTime } from './7-finite-time.ts'
import { beyondLimits } from './7-limits.ts'

export * from './1-identities.ts'
export * from './1-paths.ts'
export * from './2-finite-time.ts'
export * from './2-limits.ts'
export * from './2-loss-to-zero.ts'
export * from './3-alignment.ts'
export * from './3-limits.ts'
export * from './3-lemmas.ts'
export * from './3-sequences.ts'
export * from './3-unroll.ts'
export * from './4-limits.ts'
export * from './4-sparsity.ts'
export * from './5-rates.ts'
export * from './7-beyond.ts'
export * from './7-finite-time.ts'
export * from './7-limits.ts'
export { CATALOGUE, rowOf, unchecked, type Row } from './catalogue.ts'

/** All claims in the order of the catalogue. */
export const claims: readonly Claim[] = inOrder([
  ...identities,
  ...pathClaims,
  ...lossToZero,
  ...finiteTime,
  ...lossLimits,
  ...alignment,
  ...alignmentLimits,
  ...unrolling,
  ...lemmas,
  ...sequences,
  ...sparsity,
  ...sparsityLimits,
  ...rates,
  ...beyond,
  ...beyondFiniteTime,
  ...beyondLimits,
])
