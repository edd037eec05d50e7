/** Format: the text of a certificate, read by rules that leave no choice to a reader, and its canonical form. */

/** The name of the format, with its number. */
export const FORMAT = 'lakatos-certificate-2'

/** What certificates are made of: no fractions, no true, false or null. */
export type Json = string | number | readonly Json[] | { readonly [key: string]: Json }

/** Larger files are refused: checking takes time in proportion. */
const MOST_BYTES = 10_000_000

/** Throws the reason unless the condition holds. */
export function demand(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Error(reason)
}

/**
 * The JSON value in a file (RFC 8259): UTF-8 without a mark in front, integers, no key twice, no lone surrogate.
 * @throws Error for anything else.
 */
export function readJson(bytes: Uint8Array): Json {
  demand(bytes.length <= MOST_BYTES, `expected at most ${MOST_BYTES} bytes`)
  const source = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  let at = 0
  const next = (): string => {
    while (' \t\n\r'.includes(source.charAt(at)) && at < source.length) at++
    return source.charAt(at)
  }
  const take = (mark: string): void => {
    demand(next() === mark, `expected ${mark} at ${at} in JSON`)
    at++
  }
  /** The items up to a closing mark. */
  const items = <T>(close: string, item: () => T): T[] => {
    const found: T[] = []
    at++
    if (next() !== close) {
      found.push(item())
      while (next() === ',') {
        at++
        found.push(item())
      }
    }
    take(close)
    return found
  }
  const text = (): string => {
    demand(next() === '"', `expected a text at ${at} in JSON`)
    const start = at++
    while (source.charAt(at) !== '"') {
      if (source.charAt(at) === '\\') at++
      demand(at++ < source.length, 'expected the end of a text')
    }
    const found = JSON.parse(source.slice(start, ++at)) as string
    demand(!LONE.test(found), 'expected no lone surrogate')
    return found
  }
  const pair = (): readonly [string, Json] => {
    const key = text()
    take(':')
    return [key, value()]
  }
  const value = (): Json => {
    const mark = next()
    if (mark === '"') return text()
    if (mark === '[') return items(']', value)
    if (mark === '{') {
      const pairs = items('}', pair)
      demand(new Set(pairs.map(([key]) => key)).size === pairs.length, 'expected no key twice')
      return Object.fromEntries(pairs)
    }
    INTEGER.lastIndex = at
    const [digits] = INTEGER.exec(source) ?? []
    demand(digits !== undefined, `expected a text, an integer, a list or an object at ${at} in JSON`)
    at += digits.length
    return Number(digits)
  }
  const whole = value()
  demand(next() === '', `expected the end at ${at} in JSON`)
  return whole
}
const INTEGER = /-?(?:0|[1-9]\d*)/y
const LONE = /\p{Surrogate}/u

/** The JSON text without space and with the keys of objects in order. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field as Json)}`).join(',')}}`
}
