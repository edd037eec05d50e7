/** Link: the last step of a build, after which `npx lakatos` in this checkout means this build and installs nothing. */
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.ts'

const COMMAND = 'dist/src/cli.js'
const bin = join(ROOT, 'node_modules', '.bin')

// tsc makes no file executable, and npm links the commands of dependencies only.
chmodSync(join(ROOT, COMMAND), 0o755)
mkdirSync(bin, { recursive: true })
rmSync(join(bin, 'lakatos'), { force: true })
if (process.platform === 'win32')
  writeFileSync(join(bin, 'lakatos.cmd'), `@node "%~dp0\\..\\..\\${COMMAND.replaceAll('/', '\\')}" %*\r\n`)
else symlinkSync(join('..', '..', COMMAND), join(bin, 'lakatos'))
