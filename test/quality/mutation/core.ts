/** Core: the files whose mutants are drawn, and the tests that have to notice them. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

export const ROOMS: readonly string[] = ['number', 'program', 'claim']

/** The rule for limits reads the texts of expansions, which are doubles where they are no rationals: not exact. */
export const LEFT_OUT: readonly string[] = [
  'src/claim/asymptotic.ts',
  'src/claim/judged.ts',
  'src/claim/limit.ts',
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
