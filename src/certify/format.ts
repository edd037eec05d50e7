/** Format: the text of a certificate, read by rules that leave no choice to a reader, and its canonical form. */

/** The name of the format, with its number. */
export const FORMAT = 'lakatos-certificate-2'

/** What certificates are made of: no fractions, no true, false or null. */
export type Json = string | number | readonly Json[] | { readonly [key: string]: Json }

/** Larger files are refused: checking takes time in proportion. */
const MOST_BYTES = 10_000_000
/** The length of a list; a Program has no more operations. */
const MOST_ITEMS = 8192

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
  /** The code of the next character that is no space; NaN at the end. */
  const next = (): number => {
    let code = source.charCodeAt(at)
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = source.charCodeAt(++at)
    return code
  }
  const take = (mark: string): void => {
    demand(next() === mark.charCodeAt(0), `expected ${mark} at ${at} in JSON`)
    at++
  }
  /** The items up to a closing mark. */
  const items = <T>(close: string, item: () => T): T[] => {
    const found: T[] = []
    at++
    if (next() !== close.charCodeAt(0)) {
      found.push(item())
      while (next() === COMMA) {
        at++
        found.push(item())
        demand(found.length <= MOST_ITEMS, `expected at most ${MOST_ITEMS} items`)
      }
    }
    take(close)
    return found
  }
  const text = (): string => {
    demand(next() === QUOTE, `expected a text at ${at} in JSON`)
    const start = at++
    for (let code = source.charCodeAt(at); code !== QUOTE; code = source.charCodeAt(++at)) {
      demand(!Number.isNaN(code), 'expected the end of a text')
      if (code === BACKSLASH) at++
    }
    return JSON.parse(source.slice(start, ++at)) as string
  }
  const pair = (): readonly [string, Json] => {
    const key = text()
    take(':')
    return [key, value()]
  }
  const value = (): Json => {
    const code = next()
    if (code === QUOTE) return text()
    if (code === 0x5b) return items(']', value)
    if (code === 0x7b) {
      const pairs = items('}', pair)
      const found = Object.fromEntries(pairs)
      demand(Object.keys(found).length === pairs.length, 'expected no key twice')
      return found
    }
    INTEGER.lastIndex = at
    demand(INTEGER.test(source), `expected a text, an integer, a list or an object at ${at} in JSON`)
    const start = at
    at = INTEGER.lastIndex
    return Number(source.slice(start, at))
  }
  const whole = value()
  demand(Number.isNaN(next()), `expected the end at ${at} in JSON`)
  return whole
}
const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c]
const INTEGER = /-?(?:0|[1-9][0-9]*)/y

/** The JSON text without space and with the keys of objects in order; a lone surrogate is an error. */
export function canonical(value: Json): string {
  if (typeof value === 'number') return `${value}`
  if (typeof value === 'string') {
    demand(!LONE.test(value), 'expected no lone surrogate')
    return JSON.stringify(value)
  }
  const parts: string[] = []
  if (Array.isArray(value)) for (const one of value) parts.push(canonical(one as Json))
  else {
    const fields = value as { readonly [key: string]: Json }
    for (const key of Object.keys(fields).toSorted())
      parts.push(`${canonical(key)}:${canonical(fields[key]!)}`)
  }
  return Array.isArray(value) ? `[${parts.join(',')}]` : `{${parts.join(',')}}`
}
const LONE = /\p{Surrogate}/u
