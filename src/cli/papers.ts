/** Papers: the folders of a folder that hold one each, found by reading it, and their claims. */
import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { paperClaims, type Paper } from '../claim/paper.ts'
import type { Claim } from '../claim/claim.ts'

/** A paper with its claims in the order of its pages. */
export interface LoadedPaper {
  readonly paper: Paper
  readonly claims: readonly Claim[]
}

/** Names as people order them: 9-rates before 10-beyond. */
const { compare } = new Intl.Collator('en', { numeric: true })

/** The ending of the modules of a folder that holds a paper, built or as source; `undefined` if it holds none. */
const endingIn = (folder: string): string | undefined =>
  ['.js', '.ts'].find((ending) => existsSync(join(folder, `paper${ending}`)))

/** The folders below a folder that hold a paper, in the order of their names. */
export const paperFolders = (properties: string): string[] =>
  (existsSync(properties) ? readdirSync(properties) : [])
    .map((name) => join(properties, name))
    .filter((folder) => endingIn(folder) !== undefined)
    .toSorted(compare)

/**
 * The papers of a folder: each folder below it that has a module `paper`, with the claims of all its modules.
 * @throws RangeError for a paper whose key is not the name of its folder, or claims that are none of a paper's.
 */
export const loadPapers = (properties: string): Promise<LoadedPaper[]> =>
  Promise.all(paperFolders(properties).map(loadPaper))

async function loadPaper(folder: string): Promise<LoadedPaper> {
  const ending = endingIn(folder)!
  const load = async (name: string): Promise<object> =>
    (await import(/* @vite-ignore */ pathToFileURL(join(folder, name)).href)) as object
  const { paper } = (await load(`paper${ending}`)) as { readonly paper?: Paper }
  const key = basename(folder)
  if (paper?.key !== key)
    throw new RangeError(
      `properties/${key}: expected paper${ending} to export a paper with the key "${key}", got ${paper === undefined ? 'none' : `"${paper.key}"`}`,
    )
  const names = readdirSync(folder).filter((name) => name.endsWith(ending) && !/^index\.|\.d\.ts$/.test(name))
  const modules: object[] = []
  // One after another: an error names the first file that has one.
  for (const name of names.toSorted(compare)) modules.push(await load(name))
  return { paper, claims: paperClaims(paper, modules) }
}
