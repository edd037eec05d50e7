/** Print: the one place from which results reach stdout, and complaints stderr. */
import { prettyJson } from '../report/json.ts'
import { EXIT } from './exit.ts'
import type { Failure } from './guard.ts'
import { failureText, shownPath } from './load.ts'

/** Prints a text and a newline. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Prints one JSON document. */
export function sayJson(value: unknown): void {
  process.stdout.write(prettyJson(value))
}

/** Failures as JSON has them. */
export const errorsOf = (failures: readonly Failure[]): object[] =>
  failures.map((failure) => ({ ...failure, file: shownPath(failure.file) }))

/** Names what could not be done, if anything, on stderr; gives the exit code, that of wrong usage in this case. */
export function closing(code: number, failures: readonly Failure[]): number {
  for (const text of new Set(failures.map(failureText))) process.stderr.write(`lakatos: ${text}\n`)
  return failures.length > 0 ? EXIT.usage : code
}

/** Whether colours are welcome: on a terminal that does not say otherwise. */
export function colourful(): boolean {
  return process.stdout.isTTY && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb'
}

/** Lines moved two columns to the right. */
export function indented(lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')
}
