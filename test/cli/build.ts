/** Build: the command under test, built again if any source is newer. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'

const ENTRY = 'dist/src/cli.js'

/** The time of the last change in the sources of the package. */
function newestSource(): number {
  const paths = ['src', 'properties'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  return Math.max(...paths.filter((path) => path.endsWith('.ts')).map((path) => statSync(path).mtimeMs))
}

/** Builds `dist` unless it is newer than every source; errors of type are for `npm run typecheck` to report. */
export default function build(): void {
  if (existsSync(ENTRY) && statSync(ENTRY).mtimeMs >= newestSource()) return
  const compiler = 'node_modules/typescript/bin/tsc'
  spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { stdio: 'ignore' })
  if (existsSync(ENTRY)) spawnSync(process.execPath, ['dist/src/cli/link.js'])
  else throw new Error(`expected ${ENTRY} to be built; run \`npm run typecheck\``)
}
