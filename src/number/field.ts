/** NumberField: a Field whose values are numbers, with signs and printing. */
import type { Field } from '../program/field.ts'

/** -1, 0 or 1; `undefined` where the arithmetic cannot tell. */
export type Sign = -1 | 0 | 1 | undefined

/** A Field of numbers. What `sign` answers is certain when `rigorous`, else a rounded guess. */
export interface NumberField<T> extends Field<T> {
  /** Name for reports, such as `rational` or `interval(128)`. */
  readonly name: string
  /** Whether every value is exact or encloses the exact value. */
  readonly rigorous: boolean
  sign(a: T): Sign
  /** A nearby double, for pictures and labels only. */
  toNumber(a: T): number
  /** Readable text; decimal digits that are all meant. */
  format(a: T): string
}
