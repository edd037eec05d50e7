/** `lakatos docs`: everything checked, compared with the record, and published. */
import { CERTIFICATES } from '../report/certificate.ts'
import type { Unchecked } from '../report/index-page.ts'
import { publication, OWNED } from '../report/publication.ts'
import { differences, FALSE, recorded, type Entry } from '../report/record.ts'
import { verdictTable } from '../report/table.ts'
import { writeFiles } from '../report/write.ts'
import { withCertificates } from './certify.ts'
import { summary } from './check.ts'
import { exitCode } from './exit.ts'
import { PROPERTIES, ROOT, readRecord } from './paths.ts'
import { colourful, say } from './print.ts'
import { checkDropAndHuntAll } from './run.ts'
import { select } from './select.ts'
import type { Options } from './arguments.ts'

/**
 * Checks every claim and every drop, then writes pages, corpus and record, unless a verdict is not the
 * recorded one (or a new claim is refuted) and this is not accepted.
 */
export async function docs(_: readonly string[], options: Options): Promise<number> {
  const record = readRecord()
  const selected = await select([], record)
  const entries = await checkDropAndHuntAll(selected, { ...options, anew: options.accept })
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
  const certified = withCertificates(claims, accepted)
  const { unchecked } = (await import(PROPERTIES)) as { readonly unchecked?: readonly Unchecked[] }
  const { written, removed } = writeFiles(
    ROOT,
    new Map([...publication(claims, { claims: certified.entries }, unchecked), ...certified.files]),
    [...OWNED, { folder: CERTIFICATES, pattern: /\.json$/ }],
  )
  say(`${written.length} files written, ${removed.length} removed`)
  removed.forEach((path) => say(`removed: ${path}`))
  return exitCode(options.accept ? accepted : record === undefined ? entries.map(asFirst) : entries)
}

/** Where there is no record yet, a refutation is no news. */
const asFirst = (entry: Entry): Entry => (FALSE.includes(entry.verdict) ? recorded(entry) : entry)
