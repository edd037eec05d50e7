/** Every claim of the package. */
export * from './morwani-ramaswamy-2022/index.ts'
