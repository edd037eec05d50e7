/** The vector field of gradient flow, for any net, loss and normalisation. */
import type { Expr, Trace } from '../program/program.ts'

/** Gradient flow in the parameters: dθ/dt = −η ∇_θ L. */
export function velocity(F: Trace, gradient: ReadonlyMap<Expr, Expr>, eta: Expr): Map<Expr, Expr> {
  return new Map([...gradient].map(([theta, g]) => [theta, F.neg(F.mul(eta, g))]))
}
