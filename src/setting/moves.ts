/** Moves: derivatives and next values of traced values, refused where those of an input are not known. */
import { derivative, substitute } from '../program/grad.ts'
import type { Expr, Trace } from '../program/program.ts'

/** What of the inputs moves, what stands still, and the setting that says so. */
interface Motion {
  readonly moving: ReadonlyMap<Expr, Expr>
  still(name: string): boolean
  readonly setting: string
}

/** @throws SyntaxError naming the first input of a value that neither moves nor stands still, and the setting. */
function demand(F: Trace, e: Expr, { moving, still, setting }: Motion, what: string, has: string): void {
  const unknown = inputsOf(F, e).find((name) => !moving.has(F.input(name)) && !still(name))
  if (unknown !== undefined)
    throw new SyntaxError(`${what}: expected symbols with ${has} in ${setting}, got ${unknown}`)
}

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
  demand(F, e, { moving: velocities, still, setting }, 'ddt', 'a derivative')
  return derivative(F, e, velocities)
}

/**
 * A traced value one step later: each of its inputs has a next value or stands still.
 * @throws SyntaxError naming the input that has neither, and the setting.
 */
export function nextValue(
  F: Trace,
  e: Expr,
  steps: ReadonlyMap<Expr, Expr>,
  still: (name: string) => boolean,
  setting: string,
): Expr {
  demand(F, e, { moving: steps, still, setting }, 'next', 'a next value')
  return substitute(F, e, steps)
}

/** The names of the inputs that a traced value reads. */
export function inputsOf(F: Trace, e: Expr): readonly string[] {
  const { inputs, ops } = F.program([e])
  return ops.flatMap((op) => (op[0] === 'input' ? [inputs[op[1]]!] : []))
}
