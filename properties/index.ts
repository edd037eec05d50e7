/** Every claim, section by section. */
export * from './1-identities.ts'
export * from './2-loss-to-zero.ts'
export * from './3-alignment.ts'
export * from './4-sparsity.ts'
export * from './7-beyond.ts'
