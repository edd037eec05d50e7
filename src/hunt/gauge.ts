/** Gauge: how far inside or outside a claim a case lies, where its setting decides numerically. */
import type { Claim } from '../claim/claim.ts'
import type { Outcome } from '../claim/decide.ts'
import { parseFormula, type Formula } from '../program/formula.ts'
import { MISSED, NOWHERE, TIE, type Energy, type Tightest } from './slack.ts'

/** The energy of cases, as in `slack.ts`, from the margins of what is decided. */
export interface Gauge {
  energy(c: unknown): Energy
  tightest(c: unknown): Tightest | undefined
}

/** An open assumption counts as missed by this much. */
const OPEN = 1

/** The gauge of a claim in a numerical setting. */
export function gaugeOf({ given, assume, shows }: Claim): Gauge {
  const { numerical } = given
  if (!numerical) throw new TypeError(`gauge: expected a numerical setting, got ${given.name}`)
  const conditions = assume.map(({ failure, formula }) => ({
    failure,
    formulas: formula === undefined ? undefined : [parseFormula(formula)],
  }))
  /** The outcome; `undefined` where the case is too extreme to be followed. */
  const outcomeOf = (c: unknown, formulas: readonly Formula[]): Outcome | undefined => {
    try {
      return numerical.decide(c, formulas)
    } catch (error) {
      if (error instanceof RangeError) return undefined
      throw error
    }
  }
  const missed = (c: unknown): number => {
    let total = 0
    for (const { formulas } of conditions) {
      if (formulas === undefined) continue
      const outcome = outcomeOf(c, formulas)
      if (outcome === undefined) return NaN
      if (outcome.status === 'undecided') total += OPEN
      if (outcome.status === 'violated') total += Math.max(-TIE, -(outcome.margin ?? -1))
    }
    return total
  }
  return {
    energy(c) {
      if (conditions.some(({ failure }) => failure?.(c as never) !== undefined)) return NOWHERE
      const miss = missed(c)
      if (Number.isNaN(miss)) return NOWHERE
      if (miss > 0) return MISSED + (2 * miss) / (1 + miss)
      const outcome = outcomeOf(c, shows)
      if (outcome === undefined) return NOWHERE
      const { status, margin } = outcome
      if (status === 'violated') return Math.min(TIE, margin ?? -1)
      return margin === undefined ? MISSED : Math.max(0, margin)
    },
    tightest(c) {
      const margins = shows.map((formula) => outcomeOf(c, [formula])?.margin ?? Infinity)
      const slack = Math.min(...margins)
      return Number.isFinite(slack) ? { formula: margins.indexOf(slack), slack } : undefined
    },
  }
}
