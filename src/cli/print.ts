/** Print: the one place from which results reach stdout. */
import { prettyJson } from '../report/json.ts'

/** Prints a text and a newline. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Prints one JSON document. */
export function sayJson(value: unknown): void {
  process.stdout.write(prettyJson(value))
}

/** Whether colours are welcome: on a terminal that does not say otherwise. */
export function colourful(): boolean {
  return process.stdout.isTTY && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb'
}

/** Lines moved two columns to the right. */
export function indented(lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')
}
