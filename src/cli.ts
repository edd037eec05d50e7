#!/usr/bin/env node
/** The command `lakatos`. */
import { Console } from 'node:console'
import { interruption } from './cli/interrupt.ts'

/* stdout carries results only: what a claim file logs goes to stderr. */
globalThis.console = new Console(process.stderr, process.stderr)

const say = (line: string): void => void process.stderr.write(`lakatos: ${line}\n`)

/* All files of a run are written within one turn, so an interruption finds either none or all of them. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
for (const [signal, code] of Object.entries(SIGNALS))
  process.on(signal, () => {
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K')
    say(interruption())
    leave(code)
  })

/* A reader that has seen enough, such as `head`, is no error, and changes no exit code. */
const unread = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED'
process.stderr.on('error', () => undefined)
process.stdout.on('error', (error) => {
  if (unread(error)) return
  say(`the result cannot be written: ${error.message}`)
  leave(4)
})

/* A claim file may end the process, or break it, long after it was loaded: that is no pass. */
let left = false
function leave(code: number): void {
  left = true
  process.exit(code)
}
process.on('exit', (code) => {
  if (left) return
  say(
    `expected the command to come to its end, got an exit with code ${code} before; a claim file must not exit`,
  )
  process.exitCode = 2
})
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (error: unknown) => {
    say(`thrown where nothing catches it: ${error instanceof Error ? error.message : String(error)}`)
    leave(4)
  })

/* Only now, so that an interruption is heard while the rest is loaded. */
const { main } = await import('./cli/main.ts')
const code = await main(process.argv.slice(2))
process.removeAllListeners('exit')
process.exitCode = code
