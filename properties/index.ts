/** Every claim, section by section. */
import type { Claim } from '../src/index.ts'
import { identities } from './1-identities.ts'
import { lossToZero } from './2-loss-to-zero.ts'
import { alignment } from './3-alignment.ts'
import { sparsity } from './4-sparsity.ts'
import { beyond } from './7-beyond.ts'

export * from './1-identities.ts'
export * from './2-loss-to-zero.ts'
export * from './3-alignment.ts'
export * from './4-sparsity.ts'
export * from './7-beyond.ts'

/** All claims in the order of the paper. */
export const claims: readonly Claim[] = [...identities, ...lossToZero, ...alignment, ...sparsity, ...beyond]
