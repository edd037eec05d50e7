/** `lakatos check`: verdicts of the claims asked for, against the record. */
import { counterexampleLines, MOST_OPEN, openLines } from '../report/counterexample.ts'
import { counts } from '../report/meaning.ts'
import { differences, survivors, unopposed, type Entry } from '../report/record.ts'
import { verdictTable } from '../report/table.ts'
import { exitCode } from './exit.ts'
import { writeFind } from './find.ts'
import { BUILT_IN, shownPath } from './load.ts'
import { readRecord } from './paths.ts'
import { closing, colourful, errorsOf, indented, say, sayJson } from './print.ts'
import { checkAll, type Checked } from './run.ts'
import { askedAs, select, type Selected } from './select.ts'
import type { Options } from './arguments.ts'

/** Checks claims and prints the table, the counterexamples asked for, and what is not as recorded. */
export async function check(asked: readonly string[], options: Options): Promise<number> {
  const checked = await checkAll(await select(asked, readRecord()), options)
  const { selected, entries, failures } = checked
  entries.forEach((entry, i) => keep(selected[i]!, entry))
  if (options.json) sayJson({ claims: withFiles(checked), errors: errorsOf(failures) })
  else if (entries.length > 0) {
    say(verdictTable(entries, { colour: colourful() }))
    if (asked.length > 0) sayCases(selected, entries)
    say(`\n${summary(entries)}`)
  }
  return closing(exitCode(entries), failures)
}

/** The entries, each with the claim file that it is from. */
export const withFiles = (
  { selected, entries }: Checked,
  shown: (origin: string) => string = shownPath,
): Entry[] =>
  entries.map((entry, i) => {
    const { origin } = selected[i]!
    return { ...entry, ...(origin !== BUILT_IN && { file: shown(origin) }) }
  })

/** Keeps a counterexample that is on no record, for `lakatos replay`. */
function keep(selected: Selected, { counterexample, verdict, expected }: Entry): void {
  if (!counterexample || verdict === expected) return
  try {
    writeFind(selected, counterexample)
  } catch {
    // There is no place for it; `lakatos replay` will look for it again.
  }
}

function sayCases(selected: readonly Selected[], entries: readonly Entry[]): void {
  entries.forEach(({ id, verdict, counterexample, evidence: { open = [] } }, i) => {
    const one = selected[i]!
    if (counterexample) {
      say(`\n${id} is ${verdict}:`)
      say(indented([...counterexampleLines(one.claim, counterexample), '', `again: ${replayOf(one)}`]))
    }
    open.slice(0, MOST_OPEN).forEach((left, k) => {
      say(`\n${id}: open case ${k + 1}:`)
      say(indented(openLines(one.claim, left)))
    })
  })
}

/** The line that replays what was found of a claim. */
const replayOf = (selected: Selected): string => `lakatos replay ${askedAs(selected)}`

/** The counts, and a line for everything that is not as it should be. */
export function summary(entries: readonly Entry[]): string {
  const claims = `${entries.length} claim${entries.length === 1 ? '' : 's'}`
  return [`${claims}: ${counts(entries.map(({ verdict }) => verdict))}`, ...complaints(entries)].join('\n')
}

/** A line for each verdict that is not the recorded one, is open, or has no wrong variant, or one that survived. */
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
      ...(unopposed(entry)
        ? [`${id}: it has no wrong variant, so nothing shows that its check could fail; add one to "wrong"`]
        : []),
      ...survivors(entry).map((name) => `${id}: the wrong variant "${name}" survived`),
    ]
  })
}
