/** Equivalent: mutants that no file can tell from the original, each with the reason. */

/** [file, before, after, reason] */
const EQUIVALENT: readonly (readonly [file: string, before: string, after: string, why: string])[] = [
  ['arithmetic.ts', 'sign(sub(a, b)) > 0', 'sign(sub(a, b)) >= 0', 'max(a, a) is either'],
  ['arithmetic.ts', 'a.m < 0n', 'a.m <= 0n', '-0 = 0'],
  ['arithmetic.ts', 'compare(a, b) > 0', 'compare(a, b) >= 0', 'the larger of two equal ends is either'],
  ['motion.ts', 'k < order', 'k <= order', 'a coefficient more is computed and not used'],
  ['prime.ts', 'odd < p - 1n', 'odd <= p - 1n', 'the last square is 1 and not p - 1'],
]

/** Whether a mutant is one of these. */
export function isEquivalent(file: string, before: string, after: string): boolean {
  return EQUIVALENT.some(([f, b, a]) => f === file && b === before && a === after)
}
