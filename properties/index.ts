/** Every claim, section by section. */
export * from './1-identities.ts'
