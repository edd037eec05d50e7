/** Core: the files whose mutants are drawn, and the tests that have to notice them. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

export const ROOMS: readonly string[] = ['number', 'program', 'claim']

/** The rule for limits, and the doubles with error bounds that only it uses: no exact arithmetic. */
export const LEFT_OUT: readonly string[] = [
  ...['asymptotic', 'columns', 'judged', 'limit', 'relations', 'sampled'].map(
    (name) => `src/claim/${name}.ts`,
  ),
  'src/number/bounded.ts',
]

const filesOf = (folder: string, ending: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name))
    .toSorted()

/** The exact core. */
export const MUTATED: readonly string[] = ROOMS.flatMap((room) => filesOf(join('src', room), '.ts')).filter(
  (file) => !LEFT_OUT.includes(file),
)

/** The test files in two lines; the second, of whole claims, meets only what the first lets through. */
export function testFiles(): readonly (readonly string[])[] {
  return [
    ROOMS.flatMap((room) => filesOf(join('test', room), '.test.ts')),
    ['test/quality/soundness.test.ts', ...filesOf('test/quality/adversary/claims', '.test.ts')],
  ]
}
