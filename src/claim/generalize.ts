/** Generalisation: a Program without kinks and transcendentals, for exact identity testing. */
import type { NumberField, Sign } from '../number/field.ts'
import { byRelu, sum } from '../program/field.ts'
import { newTrace, operands, trace, type Expr, type Program, type Trace } from '../program/program.ts'
import { substitute } from '../program/grad.ts'
import { run } from '../program/run.ts'
import type { Chart } from './setting.ts'

/** For each `relu` and `step` of a Program, in order: the sign of its argument. `abs` and `max` count as `byRelu` has them. */
export type Pattern = readonly Exclude<Sign, undefined>[]

/** The pattern of a Program at a point; `undefined` where the arithmetic cannot tell a sign. */
export function patternAt<T>(program: Program, F: NumberField<T>, x: readonly T[]): readonly Sign[] {
  const signs: Sign[] = []
  const note = (a: T): void => void signs.push(F.sign(a))
  const recording = {
    ...F,
    relu: (a: T) => (note(a), F.relu(a)),
    step: (a: T) => (note(a), F.step(a)),
  }
  run(program, { ...recording, ...byRelu(recording) }, x)
  return signs
}

/** The Program on one activation pattern: `relu` is the identity or 0, `step` is 1 or 0, or 1/2 at a tie. */
export function specialize(program: Program, pattern: Pattern): Program {
  return trace(program.inputs, (t, x) => run(program, onPattern(t, pattern, '0'), x))
}

/**
 * The Program with |a|^m, that is (relu(a) + relu(−a))^m, in place of each √(a^2m), also inside products,
 * quotients and sums of squares with a common factor, and with even powers of roots multiplied out: its
 * kinks in the open.
 */
export function withAbsoluteValues(program: Program): Program {
  return trace(program.inputs, (t, x) => {
    const sqrt = (a: Expr): Expr => squareRoot(t, a) ?? t.sqrt(a)
    const pow = (a: Expr, n: number): Expr => (n % 2 === 0 ? evenPower(t, a, n) : t.pow(a, n))
    return run(program, { ...t, ...byRelu(t), sqrt, pow }, x)
  })
}

/** a^n for an even n, distributed over a product or quotient with a square root among its factors. */
function evenPower(t: Trace, a: Expr, n: number): Expr {
  const op = t.ops[a]!
  return (op[0] === 'mul' || op[0] === 'div') && hasRoot(t, a)
    ? t[op[0]](evenPower(t, op[1] as Expr, n), evenPower(t, op[2] as Expr, n))
    : t.pow(a, n)
}

function hasRoot(t: Trace, e: number): boolean {
  const op = t.ops[e]!
  return op[0] === 'sqrt' || ((op[0] === 'mul' || op[0] === 'div') && operands(op).some((a) => hasRoot(t, a)))
}

/** √a for an even power, a product or quotient of squares, or Σ (c·k_i)² = c² Σ k_i²; else `undefined`. */
function squareRoot(t: Trace, a: Expr): Expr | undefined {
  const op = t.ops[a]!
  const absolute = (e: Expr): Expr => t.add(t.relu(e), t.relu(t.neg(e)))
  if (op[0] === 'pow' && op[2] % 2 === 0) return t.pow(absolute(op[1] as Expr), op[2] / 2)
  if (op[0] === 'mul' || op[0] === 'div') {
    const part = (e: Expr): Expr | undefined =>
      squareRoot(t, e) ?? (isSquareLike(t, e) ? t.sqrt(e) : undefined)
    const [left, right] = [part(op[1] as Expr), part(op[2] as Expr)]
    return left === undefined || right === undefined ? undefined : t[op[0]](left, right)
  }
  if (op[0] !== 'add') return undefined
  const bases = summands(t, a).map((e) => (t.ops[e]![0] === 'pow' && t.ops[e]![2] === 2 ? t.ops[e]![1] : -1))
  if (bases.includes(-1)) return undefined
  const cofactor = (base: number, c: number): Expr | undefined => {
    if (base === c) return t.constant('1')
    const product = t.ops[base]!
    if (product[0] !== 'mul') return undefined
    return product[1] === c ? (product[2] as Expr) : product[2] === c ? (product[1] as Expr) : undefined
  }
  const [first] = bases as [number]
  const candidates = t.ops[first]![0] === 'mul' ? [first, ...operands(t.ops[first]!)] : [first]
  for (const c of candidates) {
    const cofactors = bases.flatMap((base) => cofactor(base, c) ?? [])
    if (cofactors.length === bases.length) {
      const squares = cofactors.map((k) => t.pow(k, 2))
      return t.mul(absolute(c as Expr), t.sqrt(sum(t, squares)))
    }
  }
  return undefined
}

/** Whether a value is never negative, by its structure: a sum, product or quotient of even powers and roots. */
function isSquareLike(t: Trace, e: number): boolean {
  const op = t.ops[e]!
  if (op[0] === 'pow') return op[2] % 2 === 0
  if (op[0] === 'sqrt' || op[0] === 'exp') return true
  return ['add', 'mul', 'div'].includes(op[0]) && operands(op).every((a) => isSquareLike(t, a))
}

/** The terms of a nested sum. */
function summands(t: Trace, a: Expr): Expr[] {
  const op = t.ops[a]!
  return op[0] === 'add' ? [...summands(t, op[1] as Expr), ...summands(t, op[2] as Expr)] : [a]
}

/**
 * The trace with `relu` and `step` as a pattern has them, in the order in which a Program calls them. At a tie, where a = 0,
 * relu(a) is a multiple of a: of no matter which, and 1/2 makes its derivative step(0).
 */
function onPattern(t: Trace, pattern: Pattern, tie: '0' | '1/2'): Trace {
  let kink = 0
  const at = <T>(positive: T, zero: T, negative: T): T => {
    const sign = pattern[kink++]
    return sign === 1 ? positive : sign === 0 ? zero : negative
  }
  const smooth: Trace = {
    ...t,
    relu: (a) => at(a, t.mul(t.constant(tie), a), t.constant('0')),
    step: () => t.constant(at('1', '1/2', '0')),
  }
  return { ...smooth, ...byRelu(smooth) }
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
 * `step` is 1 or 0 (at a tie, half of each), and each exponential, logarithm or root (√ apart) of a distinct argument is a variable of its own
 * (positive for an exponential). What holds for all values of these variables holds for the true ones.
 */
export function generalize(program: Program, pattern: Pattern, chart: (F: Trace) => Chart): Generalized {
  const t = newTrace()
  const { inputs, exponentials, roots } = chart(t)
  const squareRoots = new Set<Expr>()
  const simple = (e: Expr): Expr | undefined => (t.ops[e]![0] === 'exp' ? undefined : e)
  const exp = (a: Expr): Expr => exponentials.get(a) ?? simple(t.exp(a)) ?? t.input(`+exp ${a}`)
  const field = {
    ...onPattern(t, pattern, '1/2'),
    exp,
    tanh(a: Expr) {
      const [e, one] = [exp(t.add(a, a)), t.constant('1')]
      return t.div(t.sub(e, one), t.add(e, one))
    },
    root: (a: Expr, q: number) => t.input(`root ${q} ${a}`),
    log: (a: Expr) => withoutLogarithms(t, t.log(a)),
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

/** The traced value with an input of its own in place of each logarithm. */
function withoutLogarithms(t: Trace, value: Expr): Expr {
  const logs = t.ops.flatMap((op, e): [Expr, Expr][] =>
    op[0] === 'log' ? [[e as Expr, t.input(`log ${op[1]}`)]] : [],
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
