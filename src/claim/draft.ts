/** Drafts: a case in the making, which assumptions and settings aim before it is drawn to the end. */
import type { Assumption } from './claim.ts'
import type { Random } from './random.ts'

/** A case in the making. */
export interface Draft {
  readonly random: Random
  /** The entries of a formula in doubles, NaN where it is undefined: to aim with, never for a verdict. */
  evaluate(formula: string): number[]
  assumes(assumption: Assumption): boolean
  /**
   * The draft with other values, by name (`tau`, `w`, `alpha_u` of the chosen node, or of every node that is not chosen): exact numbers, or
   * formulas of exact value.
   * @throws RangeError for a name that has no value here, or a formula whose value is irrational.
   */
  set(values: Readonly<Record<string, string | readonly string[]>>): Draft
  /** The draft in which every point has the label that the net gives it. */
  labelled(): Draft
  /** The draft with larger weights. */
  larger(): Draft
}

/** How an assumption or a setting changes a draft so that it is met; `undefined` to try another case. */
export type Aim = (draft: Draft) => Draft | undefined
