/** The door of the paper: its claims by name, section by section. */
export * from './paper.ts'
export * from './along-flow.ts'
export * from './limits.ts'
