/** Equivalent: mutants that no file can tell from the original, each with the reason. */

/** [file, before, after, reason] */
const EQUIVALENT: readonly (readonly [file: string, before: string, after: string, why: string])[] = [
  ['arithmetic.ts', 'sign(sub(a, b)) > 0', 'sign(sub(a, b)) >= 0', 'max(a, a) is either'],
  ['arithmetic.ts', 'a.m < 0n', 'a.m <= 0n', '-0 = 0'],
  ['arithmetic.ts', 'compare(a, b) > 0', 'compare(a, b) >= 0', 'the larger of two equal ends is either'],
  ['motion.ts', 'k < order', 'k <= order', 'a coefficient more is computed and not used'],
  ['proof.ts', 'left > right', 'left >= right', 'the larger of two equal bounds is either'],
  [
    'verify.py',
    'SMALL < end.copy_abs() < LARGE',
    'SMALL <= end.copy_abs() < LARGE',
    'no decimal of 96 digits is 2^-65536',
  ],
  [
    'verify.py',
    'SMALL < end.copy_abs() < LARGE',
    'SMALL < end.copy_abs() <= LARGE',
    'no decimal of 96 digits is 2^65536',
  ],
  ['verify.py', 'gc.disable()', 'pass', 'it costs time only'],
]

/** Those of a file: what stands there, and what the mutant has. */
export const equivalentIn = (file: string): (readonly [before: string, after: string])[] =>
  EQUIVALENT.filter(([where]) => where === file).map(([, before, after]) => [before, after])
