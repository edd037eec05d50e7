/** Jacobians: all partial derivatives of a Program with many outputs. */
import { gradient, powerRule, slope } from './grad.ts'
import { operands, size, trace, type Expr, type Program, type Trace } from './program.ts'
import { run } from './run.ts'

/**
 * The Jacobian Program of f: R^n → R^m, row by row: output m·i + j is ∂f_i/∂x_j for the inputs listed
 * (default: all). Exact, at ties as in `grad`; the values of f are computed once for all
 * rows, and of forward mode (sparse: only inputs that a value depends on) and reverse mode it keeps the
 * one with fewer operations.
 */
export function jacobian(program: Program, wrt: readonly string[] = program.inputs): Program {
  const [forward, reverse] = [forwardRows, reverseRows].map((rows) =>
    trace(program.inputs, (F, x) => rows(F, run(program, F, x), wrt.map(F.input))),
  )
  return size(forward!) <= size(reverse!) ? forward! : reverse!
}

function reverseRows(F: Trace, outputs: readonly Expr[], wrt: readonly Expr[]): Expr[] {
  return outputs.flatMap((y) => gradient(F, y, wrt))
}

/** Forward mode in all directions at once: each operation carries its non-zero partial derivatives. */
function forwardRows(F: Trace, outputs: readonly Expr[], wrt: readonly Expr[]): Expr[] {
  const last = Math.max(-1, ...outputs)
  const needed = new Uint8Array(last + 1)
  for (const y of outputs) needed[y] = 1
  for (let e = last; e >= 0; e--) if (needed[e]) for (const a of operands(F.ops[e]!)) needed[a] = 1

  const partials = new Array<ReadonlyMap<number, Expr> | undefined>(last + 1)
  wrt.forEach((e, j) => {
    if (e <= last) partials[e] = new Map([...(partials[e] ?? []), [j, F.constant('1')]])
  })
  for (let e = 0; e <= last; e++) if (needed[e]) partials[e] ??= partialsOf(F, e, (a) => partials[a])
  const zero = F.constant('0')
  return outputs.flatMap((y) => wrt.map((_, j) => partials[y]?.get(j) ?? zero))
}

type Partials = ReadonlyMap<number, Expr> | undefined

function partialsOf(F: Trace, e: number, at: (a: number) => Partials): Partials {
  const op = F.ops[e]!
  const a = op[1] as Expr
  const b = op[2] as Expr
  const self = e as Expr
  switch (op[0]) {
    case 'add':
      return combine(
        at(a),
        at(b),
        (d) => d,
        (d) => d,
        F.add,
      )
    case 'sub':
      return combine(at(a), at(b), (d) => d, F.neg, F.add)
    case 'mul':
      return combine(
        at(a),
        at(b),
        (d) => F.mul(d, b),
        (d) => F.mul(a, d),
        F.add,
      )
    case 'div': {
      // The numerator first: one division for both parts.
      const top = combine(
        at(a),
        at(b),
        (d) => d,
        (d) => F.neg(F.mul(self, d)),
        F.add,
      )
      return each(top, (d) => F.div(d, b))
    }
    case 'neg':
      return each(at(a), F.neg)
    case 'pow':
    case 'sqrt':
    case 'root': {
      if (at(a) === undefined) return undefined
      const { base, times } = powerRule(F, e)
      return each(at(base), times)
    }
    case 'exp':
      return each(at(a), (d) => F.mul(self, d))
    case 'log':
      return each(at(a), (d) => F.div(d, a))
    case 'tanh':
    case 'relu':
    case 'abs': {
      if (at(a) === undefined) return undefined
      const steep = slope(F, e)
      return each(at(a), (d) => F.mul(steep, d))
    }
    case 'max': {
      if (at(a) === undefined && at(b) === undefined) return undefined
      const share = slope(F, e)
      const rest = F.sub(F.constant('1'), share)
      return combine(
        at(a),
        at(b),
        (d) => F.mul(share, d),
        (d) => F.mul(rest, d),
        F.add,
      )
    }
    default:
      return undefined
  }
}

function each(partials: Partials, f: (d: Expr) => Expr): Partials {
  return partials && new Map([...partials].map(([j, d]) => [j, f(d)]))
}

function combine(
  left: Partials,
  right: Partials,
  f: (d: Expr) => Expr,
  g: (d: Expr) => Expr,
  add: (p: Expr, q: Expr) => Expr,
): Partials {
  if (left === undefined || right === undefined) return each(left, f) ?? each(right, g)
  const sum = new Map(each(left, f))
  for (const [j, d] of right) {
    const before = sum.get(j)
    sum.set(j, before === undefined ? g(d) : add(before, g(d)))
  }
  return sum
}
