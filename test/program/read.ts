/** Read: printed mathematics back to a value, by the habits of a reader and with none of the printer's code. */
import type { Field } from '../../src/program/field.ts'

/** What the letters and functions of a printed text are; `prefix` functions apply to all that follows in a product. */
export interface Reading<T> {
  readonly F: Field<T>
  readonly letters: Readonly<Record<string, T>>
  readonly functions: Readonly<Record<string, (...args: T[]) => T>>
  /** Whether a b/c d is (a b)/(c d), as some readers have it, instead of ((a b)/c) d. */
  readonly tight: boolean
}

/** TeX as the text that it shows: fractions in parentheses, `*` for a thin space. */
export function shown(tex: string): string {
  let s = tex
  for (;;) {
    const at = s.indexOf('\\frac{')
    if (at < 0) break
    const [a, next] = braced(s, at + 5)
    const [b, end] = braced(s, next)
    s = `${s.slice(0, at)}((${a})/(${b}))${s.slice(end)}`
  }
  s = s
    .replaceAll('\\left(', '(')
    .replaceAll('\\right)', ')')
    .replaceAll('\\,', '*')
    .replaceAll(' \\cdot ', '*')
    .replaceAll(/\\operatorname\{(\w+)\}/g, '$1')
    .replaceAll(/\\(max|min|log)(?=\()/g, '$1')
    .replaceAll('{', '(')
    .replaceAll('}', ')')
  if (s.includes('\\')) throw new SyntaxError(`unread TeX in "${s}"`)
  return s
}

/** The group after position `at`, and where it ends. */
function braced(s: string, at: number): [string, number] {
  if (s[at] !== '{') throw new SyntaxError(`expected { at ${at} in "${s}"`)
  let depth = 0
  for (let i = at; i < s.length; i++) {
    if (s[i] === '{') depth++
    if (s[i] === '}' && --depth === 0) return [s.slice(at + 1, i), i + 1]
  }
  throw new SyntaxError(`expected } in "${s}"`)
}

const TOKEN = /\s*(\d+(?:\.\d+)?|[A-Za-z]\w*\(|[A-Za-z]\w*|[²³⁴]|[-+−*·/^(),])/y
const RAISED: Readonly<Record<string, number>> = { '²': 2, '³': 3, '⁴': 4 }

/** The value of a printed text. @throws SyntaxError where it cannot be read. */
export function read<T>(text: string, { F, letters, functions, tight }: Reading<T>): T {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) tokens.push(match[1]!)
  if (tokens.join('').length !== text.replaceAll(/\s/g, '').length)
    throw new SyntaxError(`unread characters in "${text}"`)
  let at = 0
  const peek = (): string => tokens[at] ?? ''
  const take = (token: string): void => {
    if (peek() !== token) throw new SyntaxError(`expected ${token} at ${at} in "${text}"`)
    at++
  }
  const isMinus = (): boolean => peek() === '-' || peek() === '−'
  const isTimes = (): boolean => peek() === '*' || peek() === '·'
  const startsFactor = (): boolean => /^[\w(]/.test(peek())

  const total = (): T => {
    let v = signed()
    while (peek() === '+' || isMinus()) {
      const minus = isMinus()
      at++
      const next = signed()
      v = minus ? F.sub(v, next) : F.add(v, next)
    }
    return v
  }
  const signed = (): T => {
    if (!isMinus()) return product()
    at++
    return F.neg(signed())
  }
  const juxtaposed = (): T => {
    let v = power()
    while (isTimes() || startsFactor()) {
      if (isTimes()) at++
      v = F.mul(v, power())
    }
    return v
  }
  const product = (): T => {
    let v = tight ? juxtaposed() : power()
    for (;;) {
      if (peek() === '/') {
        at++
        v = F.div(v, tight ? juxtaposed() : power())
      } else if (!tight && (isTimes() || startsFactor())) {
        if (isTimes()) at++
        v = F.mul(v, power())
      } else return v
    }
  }
  const power = (): T => {
    let v: T
    if (peek() === 'e') {
      at++
      take('^')
      v = functions['exp']!(atom())
    } else {
      v = atom()
      if (peek() in RAISED) v = F.pow(v, RAISED[tokens[at++]!]!)
      else if (peek() === '^') {
        at++
        v = F.pow(v, natural())
      } else return v
    }
    if (peek() === '^' || peek() in RAISED) throw new SyntaxError(`double superscript in "${text}"`)
    return v
  }
  const natural = (): number => {
    const inParentheses = peek() === '('
    if (inParentheses) at++
    const n = Number(tokens[at++])
    if (!Number.isInteger(n)) throw new SyntaxError(`expected a natural exponent in "${text}"`)
    if (inParentheses) take(')')
    return n
  }
  const atom = (): T => {
    const token = tokens[at++] ?? ''
    if (/^\d/.test(token)) return F.constant(token)
    if (token.endsWith('(')) {
      const name = token.slice(0, -1)
      const args: T[] = []
      if (name !== '' && !Object.hasOwn(functions, name)) throw new SyntaxError(`unknown function ${name}`)
      do args.push(total())
      while (peek() === ',' && ++at)
      take(')')
      if (name !== '') return functions[name]!(...args)
      if (args.length !== 1) throw new SyntaxError(`unexpected comma in "${text}"`)
      return args[0]!
    }
    if (!Object.hasOwn(letters, token)) throw new SyntaxError(`unexpected "${token}" at ${at} in "${text}"`)
    return letters[token]!
  }
  const v = total()
  if (at !== tokens.length) throw new SyntaxError(`unexpected "${peek()}" at ${at} in "${text}"`)
  return v
}
