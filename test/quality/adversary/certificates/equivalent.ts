/** Equivalent: mutants that no file can tell from the original, each with the reason. */

/** [file, before, after, reason] */
const EQUIVALENT: readonly (readonly [file: string, before: string, after: string, why: string])[] = [
  ['arithmetic.ts', 'sign(sub(a, b)) > 0', 'sign(sub(a, b)) >= 0', 'max(a, a) is either'],
  ['arithmetic.ts', 'a.m < 0n', 'a.m <= 0n', '-0 = 0'],
  ['arithmetic.ts', 'compare(a, b) > 0', 'compare(a, b) >= 0', 'the larger of two equal ends is either'],
]

/** Whether a mutant is one of these. */
export function isEquivalent(file: string, before: string, after: string): boolean {
  return EQUIVALENT.some(([f, b, a]) => f === file && b === before && a === after)
}
