/** Long runs: how a setting in the limit follows a case, and what symbols mean along its run. */
import type { Along, Observation } from '../../claim/asymptotic.ts'
import type { Scope } from '../../program/indices.ts'
import type { Trace } from '../../program/program.ts'
import type { PointCase } from '../point/case.ts'

/** One run, seen through its samples. */
export interface LongRunOf {
  readonly observation: Observation
  scope(F: Trace, along: Along): Scope
}

/** How far runs go in their clock, and how they are followed. */
export interface LongMotion {
  /** The clock at which a run ends: until a statement is decided, the next one. */
  readonly horizons: readonly number[]
  /** A contradiction on the last of them is confirmed on a run longer by this factor. */
  readonly further: number
  /** What symbols mean along a run of a case, before any is followed. */
  scope(F: Trace, c: PointCase, along: Along): Scope
  /** The same run for the same case and end. */
  follow(c: PointCase, until: number): LongRunOf
}
