/** Stereographic: unit vectors of free variables as rational functions, so that norms in a proof are rational. */
import { sum } from '../../program/field.ts'
import type { Expr, Trace } from '../../program/program.ts'

/**
 * A unit vector of free variables: (t₀² − |t|², 2t₀t)/(t₀² + |t|²) as its integral numerator and its
 * denominator; in one dimension the sign of the given number.
 */
export function stereographic(
  F: Trace,
  name: string,
  entries: readonly string[],
): { readonly numerator: readonly Expr[]; readonly denominator: Expr } {
  if (entries.length === 1)
    return {
      numerator: [F.constant(entries[0]!.startsWith('-') ? '-1' : '1')],
      denominator: F.constant('1'),
    }
  // (t₀, t) and (−t₀, −t) are one vector, so that t₀ may be positive.
  const [first, ...rest] = entries.map((_, i) => F.input(i === 0 ? `+${name}.0` : `${name}.${i}`))
  const lead = F.pow(first!, 2)
  const square = sum(
    F,
    rest.map((t) => F.pow(t, 2)),
  )
  const twice = F.add(first!, first!)
  return {
    numerator: [F.sub(lead, square), ...rest.map((t) => F.mul(twice, t))],
    denominator: F.add(lead, square),
  }
}
