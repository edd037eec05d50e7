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
  const unknown = inputsOf(F, e).find((name) => !velocities.has(F.input(name)) && !still(name))
  if (unknown !== undefined)
    throw new SyntaxError(`ddt: expected symbols with a derivative in ${setting}, got ${unknown}`)
  return derivative(F, e, velocities)
}

/** The names of the inputs that a traced value reads. */
export function inputsOf(F: Trace, e: Expr): readonly string[] {
  const { inputs, ops } = F.program([e])
  return ops.flatMap((op) => (op[0] === 'input' ? [inputs[op[1]]!] : []))
}
