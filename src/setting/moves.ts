/** Moves: the derivative in time of a traced value whose inputs move. */
import { derivative } from '../program/grad.ts'
import type { Expr, Trace } from '../program/program.ts'

/**
 * d/dt of a traced value: Σ ∂e/∂x · ẋ over its inputs x, each of which has a velocity or stands still.
 * @throws SyntaxError naming the input that has neither, and the setting.
 */
export function timeDerivative(
  F: Trace,
  e: Expr,
  velocities: ReadonlyMap<Expr, Expr>,
  still: (name: string) => boolean,
  setting: string,
): Expr {
  const { inputs, ops } = F.program([e])
  for (const op of ops) {
    if (op[0] !== 'input') continue
    const name = inputs[op[1]]!
    if (!velocities.has(F.input(name)) && !still(name))
      throw new SyntaxError(`ddt: expected symbols with a derivative in ${setting}, got ${name}`)
  }
  return derivative(F, e, velocities)
}
