/** Build: the command under test, built again if any source is newer. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Builds `dist` unless it is fresh; errors of type are for `npm run typecheck` to report. */
export default function build(): void {
  spawnSync(process.execPath, ['build.mjs'], { stdio: 'ignore' })
  if (!existsSync('dist/src/cli.js')) throw new Error('expected dist to be built; run `npm run typecheck`')
}
