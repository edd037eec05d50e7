/** Write: a set of files, all of them or none; the only file of this room that touches the disk. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

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
 * all of them renamed, without a pause in which a signal could be handled.
 * @throws Error of the file system, with nothing changed unless a rename fails.
 */
export function writeFiles(
  root: string,
  files: ReadonlyMap<string, string>,
  owned: readonly OwnedFolder[] = [],
): Written {
  const changed = [...files].filter(([path, text]) => readIfThere(join(root, path)) !== text)
  const removed = owned
    .flatMap(({ folder, pattern }) =>
      (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [])
        .filter((name) => pattern.test(name))
        .map((name) => `${folder}/${name}`),
    )
    .filter((path) => !files.has(path))
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

/** The text of a file, or `undefined` if there is none. */
export function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
