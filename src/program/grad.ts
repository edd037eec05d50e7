/** Derivatives of traced code: gradients in reverse mode, derivatives along a field in forward mode. */
import type { Field } from './field.ts'
import { operands, trace, type Expr, type Program, type Trace } from './program.ts'
import { run } from './run.ts'

/**
 * The gradient Program ∇f of a Program f: R^n → R, with respect to all inputs or to those listed.
 * It has at most four times the operations of f (Baur & Strassen 1983), and relu'(0) = 0.
 * @throws RangeError if f has more than one output.
 */
export function grad(program: Program, wrt?: readonly string[]): Program {
  if (program.outputs.length !== 1)
    throw new RangeError(`grad: expected a program with one output, got ${program.outputs.length}`)
  return trace(program.inputs, (F, x) => {
    const [y] = run(program, F, x)
    return gradient(
      F,
      y!,
      (wrt ?? program.inputs).map((name) => F.input(name)),
    )
  })
}

/** The partial derivatives of a traced value y with respect to traced inputs. */
export function gradient(F: Trace, y: Expr, wrt: readonly Expr[]): Expr[] {
  const active = new Uint8Array(y + 1)
  for (const e of wrt) if (e <= y) active[e] = 1
  for (let e = 0; e <= y; e++) if (operands(F.ops[e]!).some((a) => active[a])) active[e] = 1

  const adjoint = new Array<Signed | undefined>(y + 1)
  adjoint[y] = { size: F.constant('1'), minus: false }
  const give = (a: number, amount: () => Expr, minus: boolean): void => {
    if (active[a]) adjoint[a] = addSigned(F, adjoint[a], { size: amount(), minus })
  }
  for (let e = y as number; e >= 0; e--) {
    const found = adjoint[e]
    if (found === undefined || !active[e]) continue
    const { size: g, minus } = found
    const op = F.ops[e]!
    const a = op[1] as Expr
    const b = op[2] as Expr
    switch (op[0]) {
      case 'add':
        give(a, () => g, minus)
        give(b, () => g, minus)
        break
      case 'sub':
        give(a, () => g, minus)
        give(b, () => g, !minus)
        break
      case 'mul':
        give(a, () => F.mul(g, b), minus)
        give(b, () => F.mul(g, a), minus)
        break
      case 'div': {
        const part = F.div(g, b)
        give(a, () => part, minus)
        give(b, () => F.mul(part, e as Expr), !minus)
        break
      }
      case 'neg':
        give(a, () => g, !minus)
        break
      case 'pow':
        give(a, () => F.mul(g, F.mul(F.constant(`${op[2]}`), F.pow(a, op[2] - 1))), minus)
        break
      case 'sqrt':
        give(a, () => F.div(g, F.add(e as Expr, e as Expr)), minus)
        break
      case 'exp':
        give(a, () => F.mul(g, e as Expr), minus)
        break
      case 'log':
        give(a, () => F.div(g, a), minus)
        break
      case 'relu':
        give(a, () => F.mul(g, F.step(a)), minus)
        break
    }
  }
  return wrt.map((e) => {
    const found = adjoint[e]
    return found === undefined ? F.constant('0') : found.minus ? F.neg(found.size) : found.size
  })
}

/** A value up to its sign, so that a chain of subtractions costs no negations. */
interface Signed {
  readonly size: Expr
  readonly minus: boolean
}

function addSigned(F: Trace, a: Signed | undefined, b: Signed): Signed {
  if (a === undefined) return b
  if (a.minus === b.minus) return { size: F.add(a.size, b.size), minus: a.minus }
  const [plus, minus] = a.minus ? [b, a] : [a, b]
  return { size: F.sub(plus.size, minus.size), minus: false }
}

/**
 * The derivative of a traced value y when traced inputs move with given velocities: Σ ∂y/∂x · ẋ.
 * Inputs without a velocity stand still.
 */
export function derivative(F: Trace, y: Expr, velocity: ReadonlyMap<Expr, Expr>): Expr {
  const zero = F.constant('0')
  const dots = new Map<number, Expr>()
  for (const e of reachable(F, y)) {
    const op = F.ops[e]!
    const a = op[1] as Expr
    const d = (i: number): Expr => dots.get(i)!
    const self = e as Expr
    let dot = zero
    switch (op[0]) {
      case 'input':
        dot = velocity.get(self) ?? zero
        break
      case 'add':
      case 'sub':
        dot = F[op[0]](d(op[1]), d(op[2]))
        break
      case 'mul':
        dot = F.add(F.mul(d(op[1]), op[2] as Expr), F.mul(a, d(op[2])))
        break
      case 'div':
        dot = F.div(F.sub(d(op[1]), F.mul(self, d(op[2]))), op[2] as Expr)
        break
      case 'neg':
        dot = F.neg(d(op[1]))
        break
      case 'pow':
        dot = F.mul(F.mul(F.constant(`${op[2]}`), F.pow(a, op[2] - 1)), d(op[1]))
        break
      case 'sqrt':
        dot = F.div(d(op[1]), F.add(self, self))
        break
      case 'exp':
        dot = F.mul(self, d(op[1]))
        break
      case 'log':
        dot = F.div(d(op[1]), a)
        break
      case 'relu':
        dot = F.mul(F.step(a), d(op[1]))
        break
    }
    dots.set(e, dot)
  }
  return dots.get(y)!
}

/** The traced value y with some inputs replaced by other traced values. */
export function substitute(F: Trace, y: Expr, by: ReadonlyMap<Expr, Expr>): Expr {
  const made = new Map<number, Expr>()
  for (const e of reachable(F, y))
    made.set(e, by.get(e as Expr) ?? rebuild(F, e as Expr, (a) => made.get(a)!))
  return made.get(y)!
}

function rebuild(F: Trace, e: Expr, at: (a: number) => Expr): Expr {
  const op = F.ops[e]!
  switch (op[0]) {
    case 'input':
    case 'const':
      return e
    case 'pow':
      return F.pow(at(op[1]), op[2])
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
      return F[op[0]](at(op[1]), at(op[2]))
    default:
      return (F[op[0]] as Field<Expr>['neg'])(at(op[1]))
  }
}

/** The operations that y depends on, itself included, in order. */
function reachable(F: Trace, y: Expr): number[] {
  const seen = new Uint8Array(y + 1)
  seen[y] = 1
  const list: number[] = []
  for (let e = y as number; e >= 0; e--) {
    if (!seen[e]) continue
    list.push(e)
    for (const a of operands(F.ops[e]!)) seen[a] = 1
  }
  return list.reverse()
}
