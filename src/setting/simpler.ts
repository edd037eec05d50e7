/** The shrink order: what "simpler" means for numbers, vectors and cases, in one place. */
import { parseRatio, printRatio, type Ratio } from '../program/constant.ts'
import { rational } from '../number/rational.ts'

/*
 * A case is simpler than another if it has fewer points; else fewer dimensions; else a plainer loss; else fewer
 * layers; else fewer units; else plainer layers; else smaller denominators and then smaller numbers in its net
 * and data; else the same in its variables. Every step of a shrink lowers one of these and raises none
 * before it, so shrinking ends.
 */

/** How complicated a rational number is: denominators first, then size, then sign. */
export function cost(text: string): bigint {
  const { num, den } = parseRatio(text)
  return ((den - 1n) << 512n) + (num < 0n ? -num * 2n + 1n : num * 2n)
}

/** The cost of a vector: the sum over its entries. */
export function vectorCost(v: readonly string[]): bigint {
  return v.reduce((total, entry) => total + cost(entry), 0n)
}

/** The nearest multiples of 1/to towards 0 and away from it. */
function rounded({ num, den }: Ratio, to: bigint): string[] {
  const below = (num * to) / den
  const away = below + (num < 0n ? -1n : 1n)
  return [below, away].map((n) => printRatio({ num: n, den: to }))
}

/** Simpler numbers than the given one, the simplest first. */
export function simplerNumbers(text: string): string[] {
  const value = parseRatio(text)
  const positive = printRatio({ num: value.num < 0n ? -value.num : value.num, den: value.den })
  const half = value.den > 1n ? rounded(value, value.den / 2n) : rounded({ num: value.num, den: 2n }, 1n)
  const candidates = [
    '0',
    '1',
    '-1',
    '2',
    '1/2',
    ...rounded(value, 1n),
    ...rounded(value, 2n),
    positive,
    ...half,
  ]
  const below = cost(text)
  return [...new Set(candidates)].filter((c) => cost(c) < below)
}

/** What the norm of a vector must be: 1, rational, or anything. */
export type NormKind = 'unit' | 'rational' | 'any'

/** Whether the norm of a non-zero vector is as it must be. */
export function hasNorm(v: readonly string[], kind: NormKind): boolean {
  const square = v.map(parseRatio).reduce((sum, q) => rational.add(sum, rational.mul(q, q)), parseRatio('0'))
  if (square.num === 0n) return false
  if (kind === 'any') return true
  try {
    const root = rational.sqrt(square)
    return kind === 'rational' || root.num === root.den
  } catch {
    return false
  }
}

/** Simpler non-zero vectors of the same length and kind of norm, the simplest first. */
export function simplerVectors(v: readonly string[], kind: NormKind): string[][] {
  const axes = v.map((_, k) => v.map((entry, i) => (i === k ? (entry.startsWith('-') ? '-1' : '1') : '0')))
  const positive = v.map((entry) => entry.replace('-', ''))
  const pythagorean =
    v.length < 2
      ? []
      : [
          ['3/5', '4/5'],
          ['4/5', '3/5'],
        ].map(([a, b]) =>
          v.map((entry, i) => (i > 1 ? '0' : (entry.startsWith('-') ? '-' : '') + (i === 0 ? a : b))),
        )
  const entrywise =
    kind === 'unit'
      ? []
      : v.flatMap((entry, i) => simplerNumbers(entry).map((s) => v.map((e, j) => (i === j ? s : e))))
  const below = vectorCost(v)
  const all = [
    ...axes,
    ...axes.map((a) => a.map((e) => e.replace('-', ''))),
    positive,
    ...pythagorean,
    ...entrywise,
  ]
  const distinct = new Map(all.map((candidate) => [candidate.join(' '), candidate]))
  return [...distinct.values()].filter(
    (candidate) => vectorCost(candidate) < below && hasNorm(candidate, kind),
  )
}

/** The vector without one entry, replaced by an axis if its norm is then not as it must be. */
export function without(v: readonly string[], entry: number, kind: NormKind): string[] {
  const rest = v.filter((_, i) => i !== entry)
  return hasNorm(rest, kind) ? rest : rest.map((_, i) => (i === 0 ? '1' : '0'))
}
