/** Derivatives of traced code: gradients in reverse mode, derivatives along a field in forward mode. */
import type { Field } from './field.ts'
import { operands, trace, type Expr, type Program, type Trace } from './program.ts'
import { run } from './run.ts'

/**
 * The gradient Program ∇f of a Program f: R^n → R, with respect to all inputs or to those listed.
 * It has at most five times the operations of f (Baur & Strassen 1983: four, without `max`); at ties as in
 * `number/conventions.ts`.
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
      case 'sqrt':
      case 'root': {
        const { base, times } = powerRule(F, e)
        give(base, () => times(g), minus)
        break
      }
      case 'exp':
        give(a, () => F.mul(g, e as Expr), minus)
        break
      case 'log':
        give(a, () => F.div(g, a), minus)
        break
      case 'tanh':
      case 'relu':
      case 'abs':
        give(a, () => F.mul(g, slope(F, e)), minus)
        break
      case 'max': {
        const share = F.mul(g, slope(F, e))
        give(a, () => share, minus)
        give(b, () => F.sub(g, share), minus)
        break
      }
    }
  }
  return wrt.map((e) => {
    const found = adjoint[e]
    return found === undefined ? F.constant('0') : found.minus ? F.neg(found.size) : found.size
  })
}

/**
 * The slope of tanh, relu or |·| in its argument, or of max in its first one. At a tie it is the mean of the slopes on
 * both sides, the one choice for which it does not matter how a function is written: as relu(x), x − min(x, 0), …
 */
export function slope(F: Trace, e: number): Expr {
  const [name, a, b] = F.ops[e] as readonly [string, Expr, Expr]
  const one = F.constant('1')
  switch (name) {
    case 'tanh':
      return F.mul(F.sub(one, e as Expr), F.add(one, e as Expr))
    case 'relu':
      return F.step(a)
    case 'abs':
      return signOf(F, a)
    default:
      return F.step(F.sub(a, b))
  }
}

/** The sign of a, 2 step(a) − 1: exact in every field, with the one switch a. */
const signOf = (F: Trace, a: Expr): Expr => F.sub(F.mul(F.constant('2'), F.step(a)), F.constant('1'))

/**
 * The derivative of a power b^(p/q), q >= 1, as a function of that of its base b, in one step from the base: through the
 * root, b^(3/2) would have the slope 0 · ∞ at b = 0. Below its zero relu(x)^(p/q) is constant, so what divides
 * there is a root of |x|.
 */
export function powerRule(F: Trace, e: number): { readonly base: Expr; times(d: Expr): Expr } {
  const op = F.ops[e]!
  const isRoot = (at: number): boolean => F.ops[at]![0] === 'sqrt' || F.ops[at]![0] === 'root'
  const p = op[0] === 'pow' ? op[2] : 1
  const root = op[0] !== 'pow' ? e : isRoot(op[1]) ? op[1] : undefined
  if (root === undefined) {
    const base = op[1] as Expr
    return { base, times: (d) => F.mul(d, F.mul(F.constant(`${p}`), F.pow(base, p - 1))) }
  }
  const rooted = F.ops[root]!
  const q = rooted[0] === 'root' ? rooted[2] : 2
  const base = rooted[1] as Expr
  if (p >= q)
    return { base, times: (d) => F.mul(d, F.mul(F.constant(`${p}/${q}`), F.pow(root as Expr, p - q))) }
  const cut = F.ops[base]!
  const size = (a: Expr): Expr => F.root(F.mul(a, signOf(F, a)), q)
  const y = cut[0] === 'relu' ? size(cut[1] as Expr) : (root as Expr)
  const divisor = q === 2 ? F.add(y, y) : F.mul(F.constant(`${q}/${p}`), F.pow(y, q - p))
  return { base, times: (d) => F.div(d, divisor) }
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
      case 'sqrt':
      case 'root': {
        const { base, times } = powerRule(F, e)
        dot = times(d(base))
        break
      }
      case 'exp':
        dot = F.mul(self, d(op[1]))
        break
      case 'log':
        dot = F.div(d(op[1]), a)
        break
      case 'tanh':
      case 'relu':
      case 'abs':
        dot = F.mul(slope(F, e), d(op[1]))
        break
      case 'max': {
        const share = slope(F, e)
        dot = F.add(F.mul(share, d(op[1])), F.mul(F.sub(F.constant('1'), share), d(op[2])))
        break
      }
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
    case 'root':
      return F[op[0]](at(op[1]), op[2])
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'max':
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
