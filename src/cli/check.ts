/** `lakatos check`: verdicts of the claims asked for, against the record. */
import { counterexampleLines, MOST_OPEN, openLines } from '../report/counterexample.ts'
import { counts } from '../report/meaning.ts'
import { differences, survivors, unopposed, type Entry } from '../report/record.ts'
import { namesIn, verdictTable } from '../report/table.ts'
import { exitCode } from './exit.ts'
import { writeFind } from './find.ts'
import { BUILT_IN, shownPath } from './load.ts'
import { closing, colourful, errorsOf, indented, say, sayJson } from './print.ts'
import { checkAll, type Checked } from './run.ts'
import { askedAs, paperOf, select, type Selected } from './select.ts'
import type { Options } from './arguments.ts'

/** Checks claims and prints the table, the counterexamples asked for, and what is not as recorded. */
export async function check(asked: readonly string[], options: Options): Promise<number> {
  const checked = await checkAll(await select(asked), options)
  const { selected, entries, failures } = checked
  entries.forEach((entry, i) => keep(selected[i]!, entry))
  if (options.json) sayJson({ claims: withFiles(checked), errors: errorsOf(failures) })
  else if (entries.length > 0) {
    const listed = withFiles(checked)
    say(verdictTable(listed, { colour: colourful() }))
    if (asked.length > 0) sayCases(selected, listed)
    say(`\n${summary(listed)}`)
  }
  return closing(exitCode(entries), failures)
}

/** The entries, each with the paper or the claim file that it is from. */
export const withFiles = (
  { selected, entries }: Checked,
  shown: (origin: string) => string = shownPath,
): Entry[] =>
  entries.map((entry, i) => {
    const one = selected[i]!
    const paper = paperOf(one)
    return { ...(paper && { paper }), ...entry, ...(one.origin !== BUILT_IN && { file: shown(one.origin) }) }
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
  const nameOf = namesIn(entries)
  entries.forEach((entry, i) => {
    const { verdict, counterexample, evidence } = entry
    const [one, id, open] = [selected[i]!, nameOf(entry), evidence.open ?? []]
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
  const nameOf = namesIn(entries)
  return entries.flatMap((entry) => {
    const { verdict, expected, evidence } = entry
    const id = nameOf(entry)
    const [difference] = differences([entry])
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
