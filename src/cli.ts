#!/usr/bin/env node
/** The command `lakatos`. */
import { Console } from 'node:console'
import { EXIT } from './cli/exit.ts'
import { main } from './cli/main.ts'

/* stdout carries results only: what a claim file logs goes to stderr. */
globalThis.console = new Console(process.stderr, process.stderr)

/* All files of a run are written within one turn, so an interruption finds either none or all of them. */
process.on('SIGINT', () => {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K')
  process.exit(EXIT.interrupted)
})

/* A reader that has seen enough, such as `head`, is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.agreed : EXIT.internal)
})

process.exitCode = await main(process.argv.slice(2))
