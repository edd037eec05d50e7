/** Ticks: round numbers on an axis, written as people write them. */

/** A place on an axis, and what is written there. */
export interface Tick {
  readonly at: number
  readonly text: string
}

const MOST_TICKS = 5
/** Numbers from 10^−3 up to 10^5 are written out. */
const PLAIN = { from: 1e-3, to: 1e5 }

const SUPERSCRIPTS: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789-'].map((digit, i) => [digit, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁻'][i]!]),
)
const powerOfTen = (n: number): string => `10${[...`${n}`].map((digit) => SUPERSCRIPTS[digit]).join('')}`

/** A number for an axis: `−0.25`, `2·10⁶`, `10⁻⁴`. */
export function tickText(x: number): string {
  const size = Math.abs(x)
  const sign = x < 0 ? '−' : ''
  if (size === 0 || (size >= PLAIN.from && size < PLAIN.to))
    return sign + String(Number(size.toPrecision(13)))
  const [digits, exponent] = size.toExponential(12).split('e') as [string, string]
  const power = powerOfTen(Number(exponent))
  return Number(digits) === 1 ? sign + power : `${sign}${Number(digits)}·${power}`
}

/** Whole multiples of a number between two ends. */
function multiples(of: number, from: number, to: number): number[] {
  const first = Math.ceil(from / of)
  return Array.from({ length: Math.max(0, Math.floor(to / of) - first + 1) }, (_, k) =>
    Number(((first + k) * of).toPrecision(14)),
  )
}

/** The smallest of 1, 2 and 5 times the powers of ten that is at least a fifth of a length. */
function step(length: number): number {
  const least = length / MOST_TICKS
  const power = 10 ** Math.floor(Math.log10(least))
  return [1, 2, 5, 10].map((m) => m * power).find((size) => size >= least)!
}

/** Multiples of 1, 2 or 5 times a power of ten between two ends, about five. */
export const roundTicks = (from: number, to: number): Tick[] =>
  multiples(step(to - from), from, to).map((at) => ({ at, text: tickText(at) }))

/**
 * Ticks of an axis of decimal logarithms, each at the logarithm of its number: powers of ten; if there are no two of them,
 * 1, 2 and 5 times these; if there are no two of those either, round numbers.
 */
export function logTicks(from: number, to: number): Tick[] {
  const powers = multiples(Math.max(1, step(to - from)), from, to)
  if (powers.length > 1) return powers.map((n) => ({ at: n, text: powerOfTen(n) }))
  const finer = multiples(1, Math.floor(from), to)
    .flatMap((n) => [1, 2, 5].map((m) => m * 10 ** n))
    .filter((x) => Math.log10(x) >= from && Math.log10(x) <= to)
  const numbers = finer.length > 1 ? finer : roundTicks(10 ** from, 10 ** to).map(({ at }) => at)
  return numbers.map((x) => ({ at: Math.log10(x), text: tickText(x) }))
}
