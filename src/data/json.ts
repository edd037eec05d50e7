/** JSON text, read with the line of every value and the digits of every number. */

/** A JSON value as it stands in its file: numbers, strings and words (`true`, `false`, `null`) keep their text. */
export type Json = { readonly line: number } & (
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Json> }
  | { readonly kind: 'list'; readonly items: readonly Json[] }
  | { readonly kind: 'string' | 'number' | 'word'; readonly text: string }
)

interface Token {
  readonly text: string
  readonly line: number
}

const TOKEN =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]|[ \t]+|\n/y
const MAX_DEPTH = 100

/** One line break for all systems, and no byte order mark. */
export function plainText(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
}

/** The value of a JSON text (RFC 8259). @throws SyntaxError `data: line n: expected …, got …`. */
export function readJson(text: string): Json {
  const tokens = tokenize(plainText(text))
  let at = 0
  const peek = (): string => tokens[at]!.text
  const refuse = (expected: string): never => {
    const { text: got, line } = tokens[at]!
    throw new SyntaxError(`data: line ${line}: expected ${expected}, got ${got === '' ? 'the end' : got}`)
  }
  /** The parts between an opening token, which is next, and its `close`, with commas between them. */
  const series = (close: string, part: () => void): void => {
    at++
    if (peek() !== close) part()
    while (peek() === ',') {
      at++
      part()
    }
    if (peek() !== close) refuse(`"," or "${close}"`)
    at++
  }
  const value = (depth: number): Json => {
    const { text: head, line } = tokens[at]!
    if (depth > MAX_DEPTH) return refuse(`at most ${MAX_DEPTH} nested brackets`)
    if (head === '[') {
      const items: Json[] = []
      series(']', () => items.push(value(depth + 1)))
      return { kind: 'list', line, items }
    }
    if (head === '{') {
      const entries = new Map<string, Json>()
      series('}', () => {
        if (!peek().startsWith('"')) refuse('a name in double quotes')
        const name = JSON.parse(peek()) as string
        if (entries.has(name)) refuse('every name once')
        at++
        if (peek() !== ':') refuse('":"')
        at++
        entries.set(name, value(depth + 1))
      })
      return { kind: 'object', line, entries }
    }
    if (head === '' || '}],:'.includes(head)) return refuse('a value')
    at++
    if (head.startsWith('"')) return { kind: 'string', line, text: JSON.parse(head) as string }
    return { kind: /^[tfn]/.test(head) ? 'word' : 'number', line, text: head }
  }
  const result = value(0)
  if (peek() !== '') refuse('the end')
  return result
}

/** The tokens of a text, then one empty token at its end. */
function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let line = 1
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)?.[0]
    if (token === undefined) {
      const got = /[^\s,\]}]+|[^]/.exec(text.slice(at, at + 20))![0]
      throw new SyntaxError(`data: line ${line}: expected JSON, got ${got}`)
    }
    if (token === '\n') line++
    else if (!/^[ \t]/.test(token)) tokens.push({ text: token, line })
  }
  return [...tokens, { text: '', line }]
}
