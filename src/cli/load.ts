/** Load: the claims of the package, or of a file of the user's own. */
import { existsSync, statSync } from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createJiti } from 'jiti'
import type { Claim } from '../claim/claim.ts'
import { claimsOf } from '../report/order.ts'
import { UsageError } from './exit.ts'
import { PROPERTIES, ROOT } from './paths.ts'

/** Where claims come from: the package itself, or the absolute path of a file. */
export type Origin = string
export const BUILT_IN: Origin = 'built-in'

/** The file in the user's words. */
export function shownPath(file: string): string {
  const path = relative(process.cwd(), file)
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path
}

const cache = new Map<Origin, Promise<Claim[]>>()

/**
 * The claims of an origin, in order.
 * @throws UsageError if a file cannot be read as claims; RangeError if the package repeats an id.
 */
export function loadClaims(origin: Origin): Promise<Claim[]> {
  const known = cache.get(origin)
  if (known) return known
  const loaded = origin === BUILT_IN ? importBuiltIn() : importFile(origin)
  cache.set(origin, loaded)
  return loaded
}

async function importBuiltIn(): Promise<Claim[]> {
  const claims = claimsOf((await import(PROPERTIES)) as object)
  const twice = repeated(claims)
  if (twice !== undefined) throw new RangeError(`properties: expected distinct ids, got ${twice} twice`)
  return claims
}

async function importFile(file: string): Promise<Claim[]> {
  const name = shownPath(file)
  if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`no such file: ${name}`)
  let module: object
  try {
    module = (await importAs(file)) as object
  } catch (error) {
    throw new UsageError(`${name}: ${messageOf(error)}`, { cause: error })
  }
  const claims = claimsOf(module)
  if (claims.length === 0)
    throw new UsageError(`${name}: expected it to export claims, got none; write export const c = claim({…})`)
  const twice = repeated(claims)
  if (twice !== undefined) throw new UsageError(`${name}: expected distinct ids, got ${twice} twice`)
  return claims
}

/** Imports a file in which `lakatos` and `lakatos/properties` mean this very package. */
async function importAs(file: string): Promise<unknown> {
  const builtHere = relative(join(ROOT, 'properties'), file)
  if (!builtHere.startsWith('..') && !isAbsolute(builtHere)) {
    const built = new URL(builtHere.replaceAll('\\', '/').replace(/\.ts$/, '.js'), PROPERTIES)
    return import(built.href)
  }
  const jiti = createJiti(pathToFileURL(file).href, {
    fsCache: false,
    virtualModules: {
      lakatos: await import('../index.ts'),
      'lakatos/properties': await import(PROPERTIES),
    },
  })
  return jiti.import(file)
}

const repeated = (claims: readonly Claim[]): string | undefined =>
  claims.map(({ id }) => id).find((id, i, ids) => ids.indexOf(id) !== i)

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, '; ')
}

/** Whether an argument means a file rather than a claim or a section. */
export function looksLikeFile(argument: string): boolean {
  return /\.([cm]?[jt]s)$/.test(argument) || /[/\\]/.test(argument)
}

/** The absolute path that an argument means. */
export const absolute = (argument: string): string => resolve(argument)
