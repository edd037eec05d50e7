/** Table: verdicts for a terminal, aligned. */
import type { Status } from '../claim/verdict.ts'
import { evidenceInBrief } from './meaning.ts'
import { survivors, type Entry } from './record.ts'
import { shorten, width } from './width.ts'

/** How a table is printed. */
export interface TableOptions {
  readonly colour?: boolean
}

/** ANSI colours: green for what holds, yellow for what is open, red for what fails. */
const COLOURS: Readonly<Record<Status, number>> = {
  ...{ proved: 32, certified: 32, supported: 36, undecided: 33, vacuous: 33 },
  ...{ contradicted: 31, refuted: 31 },
}
const LONGEST_EVIDENCE = 68

/** The name of a claim among entries: its id, or its address if they are of several papers. */
export function namesIn(entries: readonly Entry[]): (entry: Entry) => string {
  const papers = new Set(entries.flatMap(({ paper }) => paper ?? []))
  return ({ id, paper }) => (papers.size > 1 && paper !== undefined ? `${paper}/${id}` : id)
}

/** One line per claim: id, source, verdict (and the recorded one, if another), evidence, cases, time. */
export function verdictTable(entries: readonly Entry[], options: TableOptions = {}): string {
  const name = namesIn(entries)
  const rows = entries.map((entry) => [
    name(entry),
    entry.source,
    verdictCell(entry),
    shorten(evidenceCell(entry), LONGEST_EVIDENCE),
    `${entry.cases}`,
    entry.seconds === undefined ? '' : `${entry.seconds.toFixed(1)} s`,
  ])
  const heads = ['id', 'source', 'verdict', 'evidence', 'cases', 'time']
  const lines = align([heads, ...rows], ['left', 'left', 'left', 'left', 'right', 'right'])
  if (!options.colour) return lines.join('\n')
  return lines
    .map((line, i) => {
      const entry = entries[i - 1]
      if (!entry) return `\u001B[1m${line}\u001B[0m`
      return line.replace(` ${entry.verdict}`, ` \u001B[${COLOURS[entry.verdict]}m${entry.verdict}\u001B[0m`)
    })
    .join('\n')
}

function verdictCell({ verdict, expected }: Entry): string {
  return expected === null || expected === verdict ? verdict : `${verdict} (recorded: ${expected})`
}

function evidenceCell(entry: Entry): string {
  const alive = survivors(entry).length
  const brief = evidenceInBrief(entry)
  return alive === 0 ? brief : `${alive} wrong variant${alive === 1 ? '' : 's'} survived; ${brief}`
}

/** Rows of cells as lines with aligned columns, two spaces apart. */
export function align(
  rows: readonly (readonly string[])[],
  sides: readonly ('left' | 'right')[] = [],
): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, c) =>
    Math.max(...rows.map((row) => width(row[c] ?? ''))),
  )
  return rows.map((row) =>
    row
      .map((cell, c) => {
        const space = ' '.repeat(widths[c]! - width(cell))
        return sides[c] === 'right' ? space + cell : cell + space
      })
      .join('  ')
      .trimEnd(),
  )
}
