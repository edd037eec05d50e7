/** `lakatos check`: verdicts of the claims asked for, against the record. */
import { counterexampleLines, MOST_OPEN, openLines } from '../report/counterexample.ts'
import { counts } from '../report/meaning.ts'
import { differences, survivors, type Entry } from '../report/record.ts'
import { verdictTable } from '../report/table.ts'
import { exitCode } from './exit.ts'
import { readRecord } from './paths.ts'
import { colourful, indented, say, sayJson } from './print.ts'
import { checkAll } from './run.ts'
import { select, type Selected } from './select.ts'
import type { Options } from './arguments.ts'

/** Checks claims and prints the table, the counterexamples asked for, and what is not as recorded. */
export async function check(asked: readonly string[], options: Options): Promise<number> {
  const selected = await select(asked, readRecord())
  const entries = await checkAll(selected, options)
  if (options.json) sayJson({ claims: entries })
  else {
    say(verdictTable(entries, { colour: colourful() }))
    if (asked.length > 0) sayCases(selected, entries)
    say(`\n${summary(entries)}`)
  }
  return exitCode(entries)
}

function sayCases(selected: readonly Selected[], entries: readonly Entry[]): void {
  entries.forEach(({ id, verdict, counterexample, evidence: { open = [] } }, i) => {
    const { claim } = selected[i]!
    if (counterexample) {
      say(`\n${id} is ${verdict}:`)
      say(indented(counterexampleLines(claim, counterexample)))
    }
    open.slice(0, MOST_OPEN).forEach((one, k) => {
      say(`\n${id}: open case ${k + 1}:`)
      say(indented(openLines(claim, one)))
    })
  })
}

/** The counts, and a line for everything that is not as it should be. */
export function summary(entries: readonly Entry[]): string {
  const claims = `${entries.length} claim${entries.length === 1 ? '' : 's'}`
  return [`${claims}: ${counts(entries.map(({ verdict }) => verdict))}`, ...complaints(entries)].join('\n')
}

/** A line for each verdict that is not the recorded one, is open, or has a wrong variant that survived. */
function complaints(entries: readonly Entry[]): string[] {
  const changed = new Map(differences(entries).map((difference) => [difference.id, difference]))
  return entries.flatMap((entry) => {
    const { id, verdict, expected, evidence } = entry
    const difference = changed.get(id)
    const open = verdict === 'vacuous' || verdict === 'undecided'
    return [
      ...(difference
        ? [
            `${id}: ${verdict}, ${difference.recorded === null ? 'no verdict is recorded' : `recorded as ${expected}`}`,
          ]
        : []),
      ...(open ? [`${id}: ${verdict}: ${evidence.summary}`] : []),
      ...survivors(entry).map((name) => `${id}: the wrong variant "${name}" survived`),
    ]
  })
}
