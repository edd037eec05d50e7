/** Main: from the words of the command line to an exit code. */
import { parseArguments } from './arguments.ts'
import { COMMANDS, helpText } from './commands.ts'
import { EXIT, messageOf, UsageError } from './exit.ts'
import { closeJournals } from './journal.ts'
import { nearest } from './nearest.ts'
import { version } from './paths.ts'
import { say } from './print.ts'

/** Runs a command; gives its exit code. Errors are printed to stderr, never thrown. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    return await dispatch(argv)
  } catch (error) {
    const debug = process.env['LAKATOS_DEBUG'] === '1' && error instanceof Error
    process.stderr.write(`lakatos: ${debug ? error.stack : messageOf(error)}\n`)
    if (error instanceof UsageError) return EXIT.usage
    if (!debug) process.stderr.write('This is an internal error; LAKATOS_DEBUG=1 prints where it happened.\n')
    return EXIT.internal
  }
}

async function dispatch([name, ...rest]: readonly string[]): Promise<number> {
  const help = ['help', '--help', '-h']
  if (name === '--version') {
    say(version())
    return EXIT.agreed
  }
  if (name === undefined) {
    process.stderr.write(`${helpText()}\n`)
    return EXIT.usage
  }
  if (help.includes(name) || rest.some((word) => word === '--help' || word === '-h')) {
    say(helpText())
    return EXIT.agreed
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) {
    const near = nearest(name, [...Object.keys(COMMANDS), 'help'], 2)
    throw new UsageError(`unknown command "${name}"; nearest: ${near.join(', ')} (see \`lakatos help\`)`)
  }
  const { positionals, options } = parseArguments(name, rest, command)
  const code = await command.run(positionals, options)
  closeJournals()
  return code
}
