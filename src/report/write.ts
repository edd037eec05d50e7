/** Write: a set of files, all of them or none; the only file of this room that touches the disk. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

/** A folder in which files that match the pattern, and only these, belong to the set. */
export interface OwnedFolder {
  readonly folder: string
  readonly pattern: RegExp
}

/** What was done: paths below the root, in order. */
export interface Written {
  readonly written: readonly string[]
  readonly removed: readonly string[]
}

/**
 * Writes files (path below the root -> text) that differ from those on disk, and removes the files of
 * the owned folders that are not in the set. Every text is first written beside its place; only then are
 * all of them renamed, without a pause in which a signal could be handled. What a run that was killed
 * has left beside these places goes.
 * @throws Error of the file system, with nothing changed unless a rename fails.
 */
export function writeFiles(
  root: string,
  files: ReadonlyMap<string, string>,
  owned: readonly OwnedFolder[] = [],
): Written {
  removeLeftovers(root, files, owned)
  const changed = [...files].filter(([path, text]) => readIfThere(join(root, path)) !== text)
  const present = owned.flatMap(({ folder, pattern }) =>
    namesIn(join(root, folder))
      .filter((name) => pattern.test(name))
      .map((name) => posix.join(folder, name)),
  )
  const removed = [...new Set(present)].filter((path) => !files.has(path))
  const pending: string[] = []
  try {
    for (const [path, text] of changed) {
      const temporary = `${join(root, path)}.${process.pid}.tmp`
      mkdirSync(dirname(temporary), { recursive: true })
      pending.push(temporary)
      writeFileSync(temporary, text)
    }
    changed.forEach(([path], i) => renameSync(pending[i]!, join(root, path)))
  } finally {
    for (const temporary of pending) rmSync(temporary, { force: true })
  }
  for (const path of removed) rmSync(join(root, path))
  return { written: changed.map(([path]) => path), removed }
}

/** Removes temporary files for places of the set that no process writes any more. */
function removeLeftovers(
  root: string,
  files: ReadonlyMap<string, string>,
  owned: readonly OwnedFolder[],
): void {
  const folders = new Set([
    ...[...files.keys()].map((path) => posix.dirname(path)),
    ...owned.map((o) => o.folder),
  ])
  for (const folder of folders)
    for (const name of namesIn(join(root, folder))) {
      const [, place, pid] = /^(.+)\.(\d+)\.tmp$/.exec(name) ?? []
      if (place === undefined || isRunning(Number(pid))) continue
      const isOurs =
        files.has(posix.join(folder, place)) ||
        owned.some((one) => posix.join(one.folder) === posix.join(folder) && one.pattern.test(place))
      if (isOurs) rmSync(join(root, folder, name), { force: true })
    }
}

/** Whether a process runs; one of another user does. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : [])

/** The text of a file, or `undefined` if there is none. */
export function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
