#!/usr/bin/env node
/** The command `lakatos`. */
import { Console } from 'node:console'

/* stdout carries results only: what a claim file logs goes to stderr. */
globalThis.console = new Console(process.stderr, process.stderr)

/* All files of a run are written within one turn, so an interruption finds either none or all of them. */
process.on('SIGINT', () => {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K')
  process.exit(130)
})

/* A reader that has seen enough, such as `head`, is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 4)
})

/* Only now, so that an interruption is heard while the rest is loaded. */
const { main } = await import('./cli/main.ts')
process.exitCode = await main(process.argv.slice(2))
