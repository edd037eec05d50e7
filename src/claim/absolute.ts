/** Absolute values: the kinks that hide under square roots of squares. */
import { byRelu, sum } from '../program/field.ts'
import { operands, trace, type Expr, type Program, type Trace } from '../program/program.ts'
import { run } from '../program/run.ts'

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
export function summands(t: Trace, a: number): Expr[] {
  const op = t.ops[a]!
  return op[0] === 'add' ? [...summands(t, op[1]), ...summands(t, op[2])] : [a as Expr]
}
