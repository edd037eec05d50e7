/** Form: values that an author writes, met by checks with the names of their fields, as types are stripped unseen. */

/** Checks a value, called `at` in messages. @throws TypeError naming it. */
export type Check = (at: string, value: unknown) => void

const LONGEST = 40

/** A value in a few words. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string')
    return `"${value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value}"`
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value !== 'object' || value === null) return String(value)
  return value instanceof Promise ? 'a promise' : 'an object'
}

/** What refuses a value. @throws TypeError always. */
export function refuse(at: string, expected: string, value: unknown): never {
  throw new TypeError(`${at}: expected ${expected}, got ${shown(value)}`)
}

/** The check that a value passes a test. */
export const such =
  (expected: string, test: (value: unknown) => boolean): Check =>
  (at, value) => {
    if (!test(value)) refuse(at, expected, value)
  }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const aText: Check = such('a text', (value) => typeof value === 'string')
export const aFunction: Check = such('a function', (value) => typeof value === 'function')

/** One of some names. */
export const oneOf = (names: readonly string[]): Check =>
  such(names.map((name) => `"${name}"`).join(' or '), (value) => names.includes(value as string))

/** Nothing, or what passes the check. */
export const optional =
  (check: Check): Check =>
  (at, value) => {
    if (value !== undefined) check(at, value)
  }

/** A list whose members all pass the check. */
export const listOf =
  (expected: string, check: Check): Check =>
  (at, value) => {
    if (!Array.isArray(value)) refuse(at, expected, value)
    // Not by `forEach`, which passes over holes.
    for (const [i, member] of (value as readonly unknown[]).entries()) check(`${at}[${i}]`, member)
  }

/** An object of any names, each of whose values passes the check. */
export const recordOf =
  (expected: string, check: Check): Check =>
  (at, value) => {
    if (!isObject(value)) return refuse(at, expected, value)
    for (const [name, member] of Object.entries(value)) check(`${at}.${name}`, member)
  }

/** An object with these fields and no others. */
export const fields =
  (expected: string, checks: Readonly<Record<string, Check>>): Check =>
  (at, value) => {
    if (!isObject(value)) return refuse(at, expected, value)
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(checks, name))
    if (unknown !== undefined)
      throw new TypeError(`${at}: unknown field "${unknown}"; expected ${Object.keys(checks).join(', ')}`)
    for (const [name, check] of Object.entries(checks)) check(`${at}: ${name}`, value[name])
  }
