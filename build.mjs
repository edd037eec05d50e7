/** Build: `dist` from the sources, unless it is newer than all of them; what is there is replaced at the end, at once. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'

const ENTRY = 'dist/src/cli.js'
const NEW = 'node_modules/.dist'

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`)

/** Whether `dist` comes from the sources as they are: no source is newer, and no built file has lost its source. */
function isFresh() {
  if (!existsSync(ENTRY)) return false
  const sources = ['src', 'properties'].flatMap(filesIn).filter((path) => path.endsWith('.ts'))
  const configuration = ['tsconfig.json', 'tsconfig.build.json', 'package.json', 'build.mjs']
  const built = statSync(ENTRY).mtimeMs
  return (
    [...sources, ...configuration].every((path) => statSync(path).mtimeMs <= built) &&
    filesIn('dist').every(
      (path) => !path.endsWith('.js') || sources.includes(path.slice('dist/'.length).replace(/js$/, 'ts')),
    )
  )
}

/** Builds; gives the exit code of the compiler. */
function build() {
  rmSync(NEW, { recursive: true, force: true })
  const compiler = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', NEW]
  const { status } = spawnSync(process.execPath, compiler, { stdio: 'inherit' })
  if (!existsSync(`${NEW}/src/cli.js`)) return status || 1
  rmSync('dist', { recursive: true, force: true })
  renameSync(NEW, 'dist')
  // The compiler makes no file executable.
  chmodSync(ENTRY, 0o755)
  // What has errors is never fresh.
  if (status !== 0) utimesSync(ENTRY, 0, 0)
  return status ?? 1
}

if (!isFresh()) process.exitCode = build()
