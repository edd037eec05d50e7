/** Gradient flow and descent by hand, for any parameters: what the rules written as formulas must equal. */
import type { Expr, Trace } from '../../src/program/program.ts'

type Gradient = ReadonlyMap<Expr, Expr>

/** dθ/dt = −η ∇_θ L. */
export function velocity(F: Trace, gradient: Gradient, eta: Expr): Map<Expr, Expr> {
  return new Map([...gradient].map(([theta, g]) => [theta, F.neg(F.mul(eta, g))]))
}

/** θ(t+1) = θ − η ∇_θ L. */
export function step(F: Trace, gradient: Gradient, eta: Expr): Map<Expr, Expr> {
  return new Map([...gradient].map(([theta, g]) => [theta, F.sub(theta, F.mul(eta, g))]))
}
