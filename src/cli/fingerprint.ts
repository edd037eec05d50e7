/** Fingerprint: a hash of all code that a result depends on. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { BUILT_IN, type Origin } from './load.ts'
import { ROOT } from './paths.ts'

/** A module whose name is computed. */
const COMPUTED = /\b(?:import|require)\s*\(\s*[^'"`\s]|\$\{[^}]*\}[^`\n]*`\s*\)/
const IMPORT = /(?:\bfrom|\bimport|\brequire|\bresolve)\s*\(?\s*(['"`])([^'"`\n]*)\1/g
/** Any text that may be a path beside the file, to be imported or to be read. */
const BESIDE = /(['"`])(\.{1,2}\/[^'"`\n]*)\1/g
const OURS = /^lakatos(\/properties\/[^/]+)?$/

/**
 * A hash of the engine, the built package, the versions of its dependencies, and the claim files of some origins with
 * all files that they name by relative paths. `undefined` if a claim file imports another package, which may change
 * unseen.
 */
export function fingerprint(origins: readonly Origin[]): string | undefined {
  const hash = createHash('sha256').update(`${process.version} ${process.arch}\n`)
  const add = (name: string, text: string | Buffer): unknown =>
    hash.update(`${name} ${text.length}\n`).update(text)
  for (const name of readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' }).toSorted())
    if (name.endsWith('.js')) add(name, readFileSync(join(ROOT, 'dist', name)))
  const manifest = readFileSync(join(ROOT, 'package.json'), 'utf8')
  add('package.json', manifest)
  const { dependencies = {} } = JSON.parse(manifest) as { dependencies?: Record<string, string> }
  for (const name of Object.keys(dependencies).toSorted()) add(name, manifestOf(name))
  const files = new Set<string>()
  for (const origin of new Set(origins)) if (origin !== BUILT_IN && !gather(origin, files)) return undefined
  for (const path of [...files].toSorted()) add(path, readFileSync(path))
  return hash.digest('hex')
}

/** The manifest of an installed package, which tells its version. */
function manifestOf(name: string): string {
  for (let folder = ROOT; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name, 'package.json')
    if (existsSync(path)) return readFileSync(path, 'utf8')
    if (folder === dirname(folder)) return ''
  }
}

/** Adds a file and those beside it that it names; whether none of them imports anything else. */
function gather(path: string, files: Set<string>): boolean {
  if (files.has(path)) return true
  files.add(path)
  const text = readFileSync(path, 'utf8')
  if (COMPUTED.test(text)) return false
  const imports = [...text.matchAll(IMPORT)].map(([, , name]) => name!)
  if (imports.some((name) => !name.startsWith('.') && !OURS.test(name))) return false
  return [...text.matchAll(BESIDE)].every(([, , name]) => {
    const found = candidates(resolve(dirname(path), name!)).find((file) => isFile(file))
    return found === undefined || gather(found, files)
  })
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false

/** The files that a relative import may mean. */
function candidates(path: string): string[] {
  const endings = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json']
  const asSource = path.replace(/\.([cm]?)js$/, '.$1ts')
  return [
    path,
    asSource,
    ...endings.map((e) => `${path}.${e}`),
    ...endings.map((e) => join(path, `index.${e}`)),
  ]
}
