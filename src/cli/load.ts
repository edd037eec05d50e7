/** Load: the claims of the package, or of a file of the user's own. */
import { existsSync, statSync } from 'node:fs'
import { basename, isAbsolute, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isMainThread, Worker } from 'node:worker_threads'
import { createJiti } from 'jiti'
import { isClaim, type Claim } from '../claim/claim.ts'
import { claimsOf, cycleOf } from '../report/order.ts'
import { messageOf, UsageError } from './exit.ts'
import { GUARD, newGuard, type Failure, type Guard } from './guard.ts'
import { loadPapers, paperFolders, type LoadedPaper } from './papers.ts'
import { PROPERTIES, ROOT } from './paths.ts'

/** Where claims come from: the package itself, or the absolute path of a file. */
export type Origin = string
export const BUILT_IN: Origin = 'built-in'

/** The claims of an origin, in order, and what kept others from being any. */
export interface Loaded {
  readonly claims: readonly Claim[]
  readonly failures: readonly Failure[]
}

/** The file in the user's words. */
export function shownPath(file: string): string {
  const path = relative(process.cwd(), file)
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path
}

const cache = new Map<Origin, Promise<Loaded>>()

/**
 * The claims of an origin. A claim of a file that is malformed, or throws, is a failure and costs no other.
 * @throws UsageError if a file cannot be read as claims; RangeError if a paper of the package is malformed.
 */
export function loadClaims(origin: Origin): Promise<Loaded> {
  const known = cache.get(origin)
  if (known) return known
  const loaded = origin === BUILT_IN ? importBuiltIn() : importFile(origin)
  cache.set(origin, loaded)
  return loaded
}

let papers: Promise<readonly LoadedPaper[]> | undefined

/** The papers of the package. @throws RangeError if one of them is malformed. */
export const ourPapers = (): Promise<readonly LoadedPaper[]> => (papers ??= loadPapers(PROPERTIES))

const importBuiltIn = async (): Promise<Loaded> => ({
  claims: (await ourPapers()).flatMap(({ claims }) => claims),
  failures: [],
})

async function importFile(file: string): Promise<Loaded> {
  const name = shownPath(file)
  if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`no such file: ${name}`)
  const builtHere = relative(join(ROOT, 'properties'), file)
  if (!builtHere.startsWith('..') && !isAbsolute(builtHere)) {
    const built = pathToFileURL(join(PROPERTIES, builtHere.replace(/\.ts$/, '.js')))
    return { claims: claimsOf((await import(built.href)) as object), failures: [] }
  }
  if (isMainThread) await tryOut(file)
  const guard = newGuard()
  let module: object
  try {
    module = (await importAs(file, guard)) as object
  } catch (error) {
    throw new UsageError(`${name}: ${messageOf(error)}`, { cause: error })
  }
  const loaded = judged(file, module, guard, (await loadClaims(BUILT_IN)).claims)
  if (loaded.claims.length + loaded.failures.length === 0)
    throw new UsageError(`${name}: expected it to export claims, got none; write export const c = claim({…})`)
  return loaded
}

/** The doors of the papers, by the names under which they are imported. */
async function doors(): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {}
  for (const folder of paperFolders(PROPERTIES)) {
    const door = join(folder, 'index.js')
    if (existsSync(door))
      found[`lakatos/properties/${basename(folder)}`] = await import(pathToFileURL(door).href)
  }
  return found
}

/** Imports a file in which `lakatos` and the papers below `lakatos/properties` are those of this very package. */
async function importAs(file: string, { module, plugin }: Guard): Promise<unknown> {
  const jiti = createJiti(pathToFileURL(file).href, {
    fsCache: false,
    virtualModules: {
      lakatos: await import('../index.ts'),
      ...(await doors()),
      [GUARD]: module,
    },
    transformOptions: { babel: { plugins: [plugin] } } as never,
  })
  return jiti.import(file)
}

/** Milliseconds in which a file must be loaded. */
const PATIENCE = 60_000

/**
 * Loads a file in a thread of its own, where it may exit or never end as it likes.
 * @throws UsageError if it does not come to an end, or not by itself.
 */
async function tryOut(file: string): Promise<void> {
  const name = shownPath(file)
  const worker = new Worker(new URL('./trial-worker.js', import.meta.url), { workerData: file, stdout: true })
  worker.stdout.pipe(process.stderr, { end: false })
  let timer: NodeJS.Timeout | undefined
  try {
    await new Promise<void>((loaded, refuse) => {
      const because = (why: string): void => refuse(new UsageError(`${name}: ${why}`))
      worker.on('message', (error: string | null) =>
        error === null ? loaded() : refuse(new UsageError(error)),
      )
      worker.on('error', (error) => because(`threw where nothing catches it: ${messageOf(error)}`))
      worker.on('exit', (code) =>
        because(`expected a file that exports claims, got one that ends the process with code ${code}`),
      )
      timer = setTimeout(
        () => because(`expected it to be loaded within ${PATIENCE / 1000} s, got no end`),
        PATIENCE,
      )
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

/** The claims of a module that are fit to be checked, and a failure for each of the others. */
function judged(file: string, module: object, guard: Guard, builtIn: readonly Claim[]): Loaded {
  const failures: Failure[] = [...guard.failures]
  const exports = Object.entries(module).flatMap(([name, value]: [string, unknown]) =>
    (Array.isArray(value) ? value : [value]).map((one: unknown) => ({ name, value: one })),
  )
  for (const { name, value } of exports) {
    const wrong = lookalike(value)
    if (wrong !== undefined) failures.push({ file, name, message: wrong })
  }
  const exported = claimsOf(module).filter((claim) => !guard.isMissing(claim))
  const reached = new Set(exported.flatMap((claim) => [...claim.uses, claim.amends?.claim, claim]))
  for (const { place, value } of guard.constants)
    if (place.file === file && isClaim(value) && !guard.isMissing(value) && !reached.has(value))
      failures.push({ ...place, id: value.id, message: `expected it to be exported; write export const` })
  const claims: Claim[] = []
  for (const claim of exported) {
    const cycle = cycleOf(claim)
    const message = cycle
      ? `uses: expected no cycle, got ${cycle.join(' → ')}`
      : !builtIn.includes(claim) && builtIn.some(({ id }) => id === claim.id)
        ? 'expected an id of its own, got that of a claim of the package'
        : claims.some(({ id }) => id === claim.id)
          ? `expected distinct ids, got ${claim.id} twice`
          : undefined
    if (message === undefined) claims.push(claim)
    else failures.push({ file, id: claim.id, message })
  }
  return { claims, failures }
}

/** Why a value is no claim though its author may think so. */
function lookalike(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || isClaim(value)) return undefined
  if (value instanceof Promise) return 'expected a claim, got a promise; await it'
  const { id, shows } = value as Partial<Claim>
  return id !== undefined && shows !== undefined
    ? 'expected claim({ … }), got a definition that is in no claim'
    : undefined
}

/** A failure in one line. */
export function failureText({ file, line, id, name, message }: Failure): string {
  const place = line === undefined ? shownPath(file) : `${shownPath(file)}:${line}`
  const what = id === undefined ? name : message.startsWith(`claim ${id}:`) ? undefined : `claim ${id}`
  return [place, ...(what === undefined || message.startsWith('claim') ? [] : [what]), message].join(': ')
}

/** The file and the id of an argument such as `file.ts#id`; `undefined` if it means no file. */
export function fileAndId(argument: string): { readonly file: string; readonly id?: string } | undefined {
  const [, path, id] = /^(.*\.[cm]?[jt]sx?)#(.*)$/.exec(argument) ?? []
  if (path !== undefined && !existsSync(argument)) return { file: absolute(path), id: id! }
  return looksLikeFile(argument) ? { file: absolute(argument) } : undefined
}

/** Whether an argument means a file rather than a claim or a section. */
function looksLikeFile(argument: string): boolean {
  return /\.([cm]?[jt]s)$/.test(argument) || /[/\\]/.test(argument)
}

/** The absolute path that an argument means. */
export const absolute = (argument: string): string => resolve(argument)
