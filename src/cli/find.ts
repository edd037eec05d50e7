/** Find: a counterexample that a command found, kept as a file, so that one line replays it. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { addressOf } from '../claim/paper.ts'
import { counterexampleText, fileOf, parseStored } from '../report/corpus.ts'
import { statementOf, type Refutation } from '../report/record.ts'
import { readIfThere } from '../report/write.ts'
import { messageOf, UsageError } from './exit.ts'
import { folders } from './journal.ts'
import { absolute, BUILT_IN } from './load.ts'
import { paperOf, type Selected } from './select.ts'

/** Where the last find of a claim is, if it was not written elsewhere. */
function places({ claim, origin }: Selected): string[] {
  const from = paperOf({ claim, origin }) ?? createHash('sha256').update(origin).digest('hex').slice(0, 12)
  return folders().map((folder) => join(folder, 'found', `${from}-${fileOf(claim.id)}.json`))
}

/**
 * Writes a find as the corpus has it, with its claim file, to a file asked for or in the cache; gives its path.
 * @throws UsageError if there is no place to write.
 */
export function writeFind(selected: Selected, found: Refutation, out?: string): string {
  const { claim, origin } = selected
  let failure: unknown
  for (const path of out === undefined ? places(selected) : [absolute(out)])
    try {
      const near = out === undefined ? origin : relative(dirname(path), origin).replaceAll('\\', '/')
      const file = origin === BUILT_IN ? undefined : near
      mkdirSync(dirname(path), { recursive: true, mode: out === undefined ? 0o700 : 0o777 })
      writeFileSync(
        path,
        counterexampleText(
          origin === BUILT_IN ? addressOf(claim) : claim.id,
          statementOf(claim),
          found,
          file,
        ),
      )
      return path
    } catch (error) {
      failure = error
    }
  throw new UsageError(`hunt: the counterexample cannot be written: ${messageOf(failure)}`)
}

/** The case of the last find of a claim, if it was a find of this very statement. */
export function lastFind(selected: Selected): unknown {
  for (const path of places(selected)) {
    const source = readIfThere(path)
    if (source === undefined) continue
    try {
      const stored = parseStored(source)
      if (stored.statement === statementOf(selected.claim)) return selected.claim.given.parse(stored.case)
    } catch {
      continue
    }
  }
  return undefined
}
