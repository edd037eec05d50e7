/**
 * Rounding: a Program each operation of which is off by a unit in its last place, up or down at random. Beside the
 * Program itself it shows what rounding in doubles may do to a value (Vignes 1993, stochastic arithmetic): where digits
 * cancel, both differ by all that is left.
 */
import { seeded } from '../../claim/random.ts'
import type { Field } from '../../program/field.ts'
import { newTrace, type Expr, type Program, type Trace } from '../../program/program.ts'
import { run } from '../../program/run.ts'

/** 1 ± 2^−52, which doubles hold. */
const BITS = 2n ** 52n
const FACTORS = [`${BITS + 1n}/${BITS}`, `${BITS - 1n}/${BITS}`] as const

/** The same Program with roundings drawn by `seed`; signs, maxima and the like are exact. */
export function jittered(program: Program, seed: number): Program {
  const F = newTrace()
  const random = seeded(seed, 'rounding')
  const off = (e: Expr): Expr =>
    F.ops[e]![0] === 'const' ? e : F.mul(F.constant(FACTORS[random.integer(0, 1)]!), e)
  const rounded: Pick<
    Trace,
    'add' | 'sub' | 'mul' | 'div' | 'pow' | 'root' | 'sqrt' | 'exp' | 'log' | 'tanh'
  > = {
    add: (a, b) => off(F.add(a, b)),
    sub: (a, b) => off(F.sub(a, b)),
    mul: (a, b) => off(F.mul(a, b)),
    div: (a, b) => off(F.div(a, b)),
    pow: (a, n) => off(F.pow(a, n)),
    root: (a, q) => off(F.root(a, q)),
    sqrt: (a) => off(F.sqrt(a)),
    exp: (a) => off(F.exp(a)),
    log: (a) => off(F.log(a)),
    tanh: (a) => off(F.tanh(a)),
  }
  const field: Field<Expr> = { ...F, ...rounded }
  const inputs = program.inputs.map((name) => F.input(name))
  return F.program(run(program, field, inputs), program.inputs)
}
