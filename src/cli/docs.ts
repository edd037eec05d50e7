/** `lakatos docs`: everything checked, compared with the record, and published. */
import { publication, OWNED } from '../report/publication.ts'
import { differences, recorded, type Entry } from '../report/record.ts'
import { verdictTable } from '../report/table.ts'
import { writeFiles } from '../report/write.ts'
import { complaints, summary } from './check.ts'
import { EXIT, exitCode } from './exit.ts'
import { ROOT, readRecord } from './paths.ts'
import { colourful, say } from './print.ts'
import { checkAndDropAll } from './run.ts'
import { select } from './select.ts'
import type { Options } from './arguments.ts'

/**
 * Checks every claim and every drop, then writes pages, corpus and record, unless a verdict is not the
 * recorded one (or a new claim is refuted) and this is not accepted.
 */
export async function docs(_: readonly string[], options: Options): Promise<number> {
  const record = readRecord()
  const selected = await select([], record)
  const entries = await checkAndDropAll(selected, options)
  say(verdictTable(entries, { colour: colourful() }))
  say(`\n${summary(entries)}`)
  const changed = differences(entries)
  if (record !== undefined && changed.length > 0 && !options.accept) {
    say(
      `\nNothing was written: ${changed.length} verdict${changed.length === 1 ? ' is' : 's are'} not as recorded. ` +
        'If this is right, run `lakatos docs --accept`.',
    )
    return exitCode(entries)
  }
  const claims = selected.map(({ claim }) => claim)
  const accepted = entries.map(recorded)
  const { written, removed } = writeFiles(ROOT, publication(claims, { claims: accepted }), OWNED)
  say(`${written.length} files written, ${removed.length} removed`)
  removed.forEach((path) => say(`removed: ${path}`))
  return acceptedCode(entries, record === undefined || options.accept)
}

/** Accepted differences are no failure; surviving variants and open verdicts remain one. */
function acceptedCode(entries: readonly Entry[], accept: boolean): number {
  if (!accept) return exitCode(entries)
  const now = entries.map((entry) => (entry.verdict === 'undecided' ? entry : recorded(entry)))
  return complaints(now).length === 0 ? EXIT.agreed : exitCode(now)
}
