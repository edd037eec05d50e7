/** Generalisation: a Program without kinks and transcendentals, for exact identity testing. */
import type { NumberField } from '../number/field.ts'
import { newTrace, operands, trace, type Expr, type Program, type Trace } from '../program/program.ts'
import { run } from '../program/run.ts'
import type { Chart } from './setting.ts'

/** For each `relu` and `step` of a Program, in order: whether its argument is positive. */
export type Pattern = readonly boolean[]

/** The pattern of a Program at a point; `undefined` where the arithmetic cannot tell a sign. */
export function patternAt<T>(
  program: Program,
  F: NumberField<T>,
  x: readonly T[],
): readonly (boolean | undefined)[] {
  const signs: (boolean | undefined)[] = []
  const note = (a: T): void => {
    const sign = F.sign(a)
    signs.push(sign === undefined ? undefined : sign > 0)
  }
  const recording = {
    ...F,
    relu: (a: T) => (note(a), F.relu(a)),
    step: (a: T) => (note(a), F.step(a)),
  }
  run(program, recording, x)
  return signs
}

/** The Program on one activation pattern: `relu` is the identity or 0, `step` is 1 or 0. */
export function specialize(program: Program, pattern: Pattern): Program {
  return trace(program.inputs, (t, x) => run(program, { ...t, ...kinks(t, pattern) }, x))
}

/**
 * The Program with |a|^m, that is (relu(a) + relu(−a))^m, in place of each √(a^2m), also inside products
 * and quotients of even powers: its kinks in the open.
 */
export function withAbsoluteValues(program: Program): Program {
  return trace(program.inputs, (t, x) => {
    const root = (a: Expr): Expr | undefined => {
      const op = t.ops[a]!
      if (op[0] === 'pow' && op[2] % 2 === 0) {
        const base = op[1] as Expr
        return t.pow(t.add(t.relu(base), t.relu(t.neg(base))), op[2] / 2)
      }
      if (op[0] !== 'mul' && op[0] !== 'div') return undefined
      const [left, right] = [root(op[1] as Expr), root(op[2] as Expr)]
      return left === undefined || right === undefined ? undefined : t[op[0]](left, right)
    }
    return run(program, { ...t, sqrt: (a: Expr) => root(a) ?? t.sqrt(a) }, x)
  })
}

/** `relu` and `step` as a pattern has them, in the order in which a Program calls them. */
function kinks(t: Trace, pattern: Pattern): Pick<Trace, 'relu' | 'step'> {
  let kink = 0
  return {
    relu: (a) => (pattern[kink++] ? a : t.constant('0')),
    step: () => t.constant(pattern[kink++] ? '1' : '0'),
  }
}

/** A Program of free variables whose outputs vanish identically only if those of the original do. */
export interface Generalized {
  readonly program: Program
  /** How many outputs are those of the original; then follow square roots, then candidates for them. */
  readonly outputs: number
  readonly roots: number
}

/**
 * The Program in the free variables of a chart, on one activation pattern: `relu` is the identity or 0,
 * `step` is 1 or 0, and each exponential or logarithm of a distinct argument is a variable of its own
 * (positive for an exponential). What holds for all values of these variables holds for the true ones.
 */
export function generalize(program: Program, pattern: Pattern, chart: (F: Trace) => Chart): Generalized {
  const t = newTrace()
  const { inputs, exponentials, roots } = chart(t)
  const squareRoots = new Set<Expr>()
  const simple = (e: Expr, name: 'exp' | 'log'): Expr | undefined => (t.ops[e]![0] === name ? undefined : e)
  const field = {
    ...t,
    ...kinks(t, pattern),
    exp: (a: Expr) => exponentials.get(a) ?? simple(t.exp(a), 'exp') ?? t.input(`+exp ${a}`),
    log: (a: Expr) => simple(t.log(a), 'log') ?? t.input(`log ${a}`),
    sqrt(a: Expr) {
      const root = t.sqrt(a)
      if (t.ops[root]![0] === 'sqrt') squareRoots.add(root)
      return root
    },
  }
  const outputs = run(
    program,
    field,
    program.inputs.map((name) => inputs.get(name)!),
  )
  const free = new Set<number>()
  t.ops.forEach((op, e) => {
    if (op[0] === 'input' || operands(op).some((a) => free.has(a))) free.add(e)
  })
  const varying = [...squareRoots].filter((root) => free.has(root))
  const used = t.program([...outputs, ...varying, ...roots])
  return { program: prune(used), outputs: outputs.length, roots: varying.length }
}

/** The Program without the inputs that nothing reads. */
function prune(program: Program): Program {
  const read = new Set(program.ops.flatMap((op) => (op[0] === 'input' ? [op[1]] : [])))
  const kept = program.inputs.flatMap((_, i) => (read.has(i) ? [i] : []))
  return {
    ...program,
    inputs: kept.map((i) => program.inputs[i]!),
    ops: program.ops.map((op) => (op[0] === 'input' ? ['input', kept.indexOf(op[1])] : op)),
  }
}
