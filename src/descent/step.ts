/** One step of gradient descent, for any net, loss and normalisation. */
import type { Expr, Trace } from '../program/program.ts'

/** Gradient descent in the parameters: θ(t+1) = θ − η ∇_θ L; on a batch, with L the loss of the batch. */
export function step(F: Trace, gradient: ReadonlyMap<Expr, Expr>, eta: Expr): Map<Expr, Expr> {
  return new Map([...gradient].map(([theta, g]) => [theta, F.sub(theta, F.mul(eta, g))]))
}
