/** Generalisation: a Program without kinks and transcendentals, for exact identity testing. */
import { parseRatio } from '../program/constant.ts'
import { newTrace, operands, type Expr, type Program, type Trace } from '../program/program.ts'
import { substitute } from '../program/grad.ts'
import { run } from '../program/run.ts'
import { formsOf, patterned, selected, type Choose, type Pattern, type Side } from './branches.ts'
import { summands } from './absolute.ts'
import type { Need } from './guards.ts'
import type { Chart } from './setting.ts'

/** A Program of free variables whose outputs vanish identically only if those of the original do. */
export interface Generalized {
  readonly program: Program
  /** How many outputs are those of the original; then follow square roots, then candidates for them. */
  readonly outputs: number
  readonly roots: number
  /** What must hold of the last of the outputs, for the others to exist; those before them are to vanish. */
  readonly needs?: readonly Need[]
}

/**
 * The Program in the free variables of a chart, on one branch: each selection is the operand on its side, and each
 * exponential, logarithm or root (√ apart) of a distinct argument is a variable of its own (positive for an exponential), but for
 * e^−a = 1/e^a and the exponentials of sums of inputs. What holds for all values of these variables holds for the true
 * ones. With `freeRoots` a square root of a distinct argument is such a variable too; with
 * `kept` the selections stay operations, and `sides` has the side of each, in order.
 */
export function generalize(
  program: Program,
  branch: Pattern | Choose,
  chart: (F: Trace) => Chart,
  { freeRoots = false, kept }: { readonly freeRoots?: boolean; readonly kept?: Map<Expr, Side> } = {},
): Generalized & { readonly sides: readonly Side[] } {
  const t = newTrace()
  const { inputs, exponentials, roots } = chart(t)
  const squareRoots = new Set<Expr>()
  const exp = (a: Expr): Expr => exponentials.get(a) ?? product(a) ?? t.input(`+exp ${a}`)
  /** e^a by the rules of powers, where a is 0, negative, or a sum of inputs and constants. */
  const product = (a: Expr): Expr | undefined => {
    const op = t.ops[a]!
    const over = (b: Expr): Expr => t.div(t.constant('1'), exp(b))
    if (op[0] === 'const')
      return op[1] === '0' ? t.constant('1') : op[1].startsWith('-') ? over(t.neg(a)) : undefined
    if (op[0] === 'neg') return over(op[1] as Expr)
    if (op[0] !== 'add' && op[0] !== 'sub') return undefined
    const [left, right] = [op[1] as Expr, op[2] as Expr]
    if (![left, right].every((e) => isSumOfInputs(t, e))) return undefined
    return op[0] === 'add' ? t.mul(exp(left), exp(right)) : t.div(exp(left), exp(right))
  }
  const field = {
    ...selected(t, typeof branch === 'function' ? branch : patterned(branch), '1/2', kept),
    exp,
    tanh(a: Expr) {
      const [e, one] = [exp(t.add(a, a)), t.constant('1')]
      return t.div(t.sub(e, one), t.add(e, one))
    },
    root: (a: Expr, q: number) => t.input(`root ${q} ${a}`),
    log: (a: Expr) => withoutLogarithms(t, t.log(a)),
    sqrt(a: Expr) {
      const root = t.sqrt(a)
      if (t.ops[root]![0] !== 'sqrt') return root
      if (freeRoots) return t.input(`+root ${a}`)
      squareRoots.add(root)
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
  const wanted = [...outputs, ...varying, ...roots]
  const found = prune(t.program([...wanted, ...(kept?.keys() ?? [])]))
  const at = new Map([...(kept?.values() ?? [])].map((side, i) => [found.outputs[wanted.length + i]!, side]))
  return {
    program: { ...found, outputs: found.outputs.slice(0, wanted.length) },
    ...{ outputs: outputs.length, roots: varying.length },
    sides: found.ops.flatMap((_, e) => at.get(e) ?? []),
  }
}

/** Whether a value is greater than 1 by its form, a number and positive terms, so that its logarithm is positive. */
function exceedsOne(t: Trace, e: number): boolean {
  const terms = summands(t, e)
  const at = terms.findIndex((term) => t.ops[term]![0] === 'const')
  if (at < 0) return false
  const { num, den } = parseRatio(t.ops[terms[at]!]![1] as string)
  const others = terms.toSpliced(at, 1)
  return (
    (others.length > 0 ? num >= den : num > den) &&
    others.every((term) => formsOf(t.program([term]))[0] === '>')
  )
}

/** Whether a value is an input, a constant, or a sum or difference of such. */
function isSumOfInputs(t: Trace, e: Expr): boolean {
  const op = t.ops[e]!
  if (op[0] === 'input' || op[0] === 'const') return true
  return ['add', 'sub', 'neg'].includes(op[0]) && operands(op).every((a) => isSumOfInputs(t, a as Expr))
}

/** The traced value with an input of its own in place of each logarithm. */
function withoutLogarithms(t: Trace, value: Expr): Expr {
  const logs = t.ops.flatMap((op, e): [Expr, Expr][] =>
    op[0] === 'log' ? [[e as Expr, t.input(`${exceedsOne(t, op[1]) ? '+' : ''}log ${op[1]}`)]] : [],
  )
  return substitute(t, value, new Map(logs))
}

/** The Program without the inputs that nothing reads. */
export function prune(program: Program): Program {
  const read = new Set(program.ops.flatMap((op) => (op[0] === 'input' ? [op[1]] : [])))
  const kept = program.inputs.flatMap((_, i) => (read.has(i) ? [i] : []))
  return {
    ...program,
    inputs: kept.map((i) => program.inputs[i]!),
    ops: program.ops.map((op) => (op[0] === 'input' ? ['input', kept.indexOf(op[1])] : op)),
  }
}
