/** Interrupt: what an interrupted command says of what is kept, and how it is asked again. */

/** Results of the running command that its next run finds. */
const kept = { count: 0 }

/** Counts results that an interruption leaves to the next run; without a number, none is left any more. */
export function keep(count?: number): void {
  kept.count = count === undefined ? 0 : kept.count + count
}

const quoted = (word: string): string =>
  /^[\w./:=@#%*,+-]+$/.test(word) && !/[*#]/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

/** The command line that asks for the same again. */
export function again(argv: readonly string[] = process.argv.slice(2)): string {
  if (process.env['npm_lifecycle_event'] === 'start') return 'npm start'
  const called = process.env['npm_command'] === 'exec' ? 'npx lakatos' : 'lakatos'
  return [called, ...argv.map(quoted)].join(' ')
}

/** What is kept of an interrupted command. */
export function interruption(): string {
  const { count } = kept
  return count === 0
    ? `interrupted: nothing is kept; begin anew with: ${again()}`
    : `interrupted: ${count} result${count === 1 ? ' is' : 's are'} kept for 7 days; resume with: ${again()}`
}
