/** Random exact data sets for the tests of this room. */
import fc from 'fast-check'
import type { Dataset } from '../../src/data/dataset.ts'
import { reduce } from '../../src/program/constant.ts'
import type { Rational } from '../../src/number/rational.ts'

/** A fraction in lowest terms, of any size that a file may hold. */
export const fraction: fc.Arbitrary<Rational> = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 30n }))
  .map(([num, den]) => reduce(num, den))

/** A coordinate from a small grid, so that duplicates, zeros and collinear points are common. */
export const small: fc.Arbitrary<Rational> = fc
  .tuple(fc.integer({ min: -3, max: 3 }), fc.constantFrom(1n, 1n, 1n, 2n, 3n))
  .map(([num, den]) => reduce(BigInt(num), den))

/** Up to 8 points of one dimension up to 4. */
export function datasets(
  coordinate: fc.Arbitrary<Rational>,
  label: fc.Arbitrary<number>,
): fc.Arbitrary<Dataset> {
  const rows = fc.array(fc.tuple(fc.tuple(coordinate, coordinate, coordinate, coordinate), label), {
    minLength: 1,
    maxLength: 8,
  })
  return fc
    .tuple(fc.integer({ min: 1, max: 4 }), rows)
    .map(([d, points]) => points.map(([x, y]) => ({ x: x.slice(0, d), y })))
}

export const sign: fc.Arbitrary<number> = fc.constantFrom(1, -1)
