/** Exact constants: the decimal and rational literals of programs, formulas and data files. */

/** A rational number num/den with den > 0. */
export interface Ratio {
  readonly num: bigint
  readonly den: bigint
}

const LITERAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?(?:\/(0*[1-9]\d*))?$/
/** The largest decimal exponent of a literal, in size. */
export const MAX_EXPONENT = 10_000
/** The most digits of a literal: reducing a fraction of this size takes milliseconds. */
const MAX_DIGITS = 20_000

/** A text as errors quote it: its beginning, where it is long. */
export const quoted = (text: string): string => `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`

/** The greatest common divisor of two integers, non-negative. */
export function gcd(a: bigint, b: bigint): bigint {
  if (a < 0n) a = -a
  if (b < 0n) b = -b
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}

/** num/den in lowest terms with a positive denominator. @throws RangeError if den = 0. */
export function reduce(num: bigint, den: bigint): Ratio {
  if (den === 0n) throw new RangeError('number: expected a non-zero denominator, got 0')
  if (den < 0n) [num, den] = [-num, -den]
  const g = gcd(num, den)
  return g === 1n ? { num, den } : { num: num / g, den: den / g }
}

/**
 * The exact value of a literal: an integer, a decimal (`-0.125`, `1e-3`) or a fraction (`3/8`).
 * @throws SyntaxError if the text is none of these, its denominator is 0, its exponent exceeds 10 000 in size, or it
 * has more than 20 000 digits; before any of them is read.
 */
export function parseRatio(text: string): Ratio {
  if (text.length > MAX_DIGITS)
    throw new SyntaxError(`number: expected at most ${MAX_DIGITS} digits, got ${text.length}`)
  const match = LITERAL.exec(text.trim())
  if (!match || (match[5] !== undefined && (match[3] !== undefined || match[4] !== undefined)))
    throw new SyntaxError(`number: expected an exact literal such as 3, -0.125 or 3/8, got ${quoted(text)}`)
  const [, sign, whole, fraction = '', exponent = '0', divisor = '1'] = match
  const shift = Number(exponent) - fraction.length
  if (Math.abs(shift) > MAX_EXPONENT)
    throw new SyntaxError(
      `number: expected an exponent of at most ${MAX_EXPONENT} in size, got ${quoted(text)}`,
    )
  const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n)
  const scaled = 10n ** BigInt(Math.abs(shift))
  return shift >= 0 ? reduce(digits * scaled, BigInt(divisor)) : reduce(digits, BigInt(divisor) * scaled)
}

/** The canonical text of a rational number: `p` or `p/q` in lowest terms. */
export function printRatio({ num, den }: Ratio): string {
  const r = reduce(num, den)
  return r.den === 1n ? `${r.num}` : `${r.num}/${r.den}`
}

/** The canonical text of a literal. @throws SyntaxError as `parseRatio`. */
export function canonical(text: string): string {
  return printRatio(parseRatio(text))
}

/** Results longer than this stay operations, so that constants cannot grow without bound. */
const LONGEST_FOLDED = 10_000

/**
 * The exact result of an operation on two canonical literals; `undefined` for a division by zero, and for one too long to
 * be written out.
 */
export function fold(op: 'add' | 'sub' | 'mul' | 'div', left: string, right: string): string | undefined {
  if (left.length + right.length > LONGEST_FOLDED) return undefined
  const [a, b] = [parseRatio(left), parseRatio(right)]
  switch (op) {
    case 'add':
      return printRatio({ num: a.num * b.den + b.num * a.den, den: a.den * b.den })
    case 'sub':
      return printRatio({ num: a.num * b.den - b.num * a.den, den: a.den * b.den })
    case 'mul':
      return printRatio({ num: a.num * b.num, den: a.den * b.den })
    case 'div':
      return b.num === 0n ? undefined : printRatio(reduce(a.num * b.den, a.den * b.num))
  }
}

/** The exact power of a canonical literal, n >= 0; `undefined` for one too long to be written out. */
export function foldPower(text: string, n: number): string | undefined {
  if (text.length * n > LONGEST_FOLDED) return undefined
  const { num, den } = parseRatio(text)
  return printRatio({ num: num ** BigInt(n), den: den ** BigInt(n) })
}
