/** Exit: the codes of the command, and the errors that lead to them. */
import { differences, survivors, unopposed, type Entry } from '../report/record.ts'

/** Exit codes, documented in `lakatos help`. */
export const EXIT = {
  /** Every verdict is the recorded one. */
  agreed: 0,
  /** A verdict differs from the record, or a wrong variant survived. */
  differs: 1,
  /** Wrong usage, or a malformed claim; whatever the others came to. */
  usage: 2,
  /** A verdict is undecided or vacuous, and not recorded as such; or a certificate proves what is on no record. */
  open: 3,
  internal: 4,
  interrupted: 130,
} as const

/** Wrong usage: its message is all that the user sees. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, '; ')
}

/** Whether a verdict leaves its claim open, or says nothing at all, and is not recorded as such; or nothing tests it. */
function isOpen(entry: Entry): boolean {
  const { verdict, expected } = entry
  if (unopposed(entry)) return true
  return (verdict === 'vacuous' || verdict === 'undecided') && expected !== verdict
}

/** The exit code of some verdicts: what contradicts the record weighs more than what is left open. */
export function exitCode(entries: readonly Entry[]): number {
  const contradicted = differences(entries).some(({ found }) => found !== 'undecided' && found !== 'vacuous')
  if (contradicted || entries.some((entry) => survivors(entry).length > 0)) return EXIT.differs
  return entries.some(isOpen) ? EXIT.open : EXIT.agreed
}
