/** Shape: the parts that a certificate must have, and no others. */
import { demand, type Json } from './format.ts'

export type Fields<K extends string> = { readonly [key in K]: Json }

const seen = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 60)

/** An object with exactly these fields. */
export function fields<K extends string>(value: Json, ...names: readonly K[]): Fields<K> {
  demand(typeof value === 'object' && !Array.isArray(value), `expected an object, got ${seen(value)}`)
  const keys = Object.keys(value)
  for (const key of keys) demand(names.includes(key as K), `expected no field ${seen(key)}`)
  for (const name of names) demand(keys.includes(name), `expected the field "${name}"`)
  return value as Fields<K>
}

/** A list, up to a length, each item of which has a shape. */
export function list<T>(value: Json, item: (one: Json, i: number) => T, most: number = Infinity): T[] {
  if (!Array.isArray(value)) throw new Error(`expected a list, got ${seen(value)}`)
  demand(value.length <= most, `expected a list of at most ${most}`)
  return value.map((one: Json, i) => item(one, i))
}

export function text(value: Json): string {
  demand(typeof value === 'string', `expected a text, got ${seen(value)}`)
  return value
}

/** An integer from `least` to `most`; the reader gives no other numbers. */
export function whole(value: Json, least: number, most: number): number {
  const fits = typeof value === 'number' && least <= value && value <= most
  if (!fits) throw new Error(`expected an integer from ${least} to ${most}, got ${seen(value)}`)
  return value
}
export const integer = (least: number, most: number): ((value: Json) => number) => {
  return (value) => whole(value, least, most)
}

/** One of some texts. */
export const oneOf =
  <T extends string>(choices: readonly T[]) =>
  (value: Json): T => {
    demand(choices.includes(value as T), `expected ${choices.join(' or ')}, got ${seen(value)}`)
    return value as T
  }

/** An exact number: an integer or a quotient of integers, up to 1000 characters. */
export function literal(value: Json): string {
  const source = text(value)
  const plain = /^-?(0|[1-9][0-9]*)(\/[1-9][0-9]*)?$/.test(source) && source.length <= 1000
  demand(plain, `expected an exact number, got ${seen(value)}`)
  return source
}

/** A list without repetition. */
export function distinct<T>(items: readonly T[]): readonly T[] {
  demand(new Set(items).size === items.length, `expected no name twice, got ${seen(items)}`)
  return items
}

/** A name and what belongs to it, a table of such pairs. */
export function table<T>(value: Json, item: (one: Json) => T): Map<string, T> {
  const pairs = list(value, (pair): [string, T] => {
    const [name, one, ...rest] = list(pair, (part) => part)
    demand(one !== undefined && rest.length === 0, `expected a name and its value, got ${seen(pair)}`)
    return [text(name!), item(one)]
  })
  distinct(pairs.map(([name]) => name))
  return new Map(pairs)
}
