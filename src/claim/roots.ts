/**
 * Roots: the exact sign of a number made of rationals, exponentials and square roots.
 *
 * Intervals never see that √2·√3 − √6 is 0. With r = √A the last root in a value, the value is (P + Q r)/D, and
 * (P + Q r)(P − Q r) = P² − Q² A has one root less. So the value is 0 if and only if P² = Q² A and P and Q have opposite
 * signs (or both vanish), which is decided in turn; signs of what is not 0 come from intervals of rising precision.
 * Exponentials and logarithms are brought to one form first (exponentials.ts), and are free variables in the last step:
 * what vanishes for all their values vanishes for the true ones, and what does not is not known to vanish.
 */
import { NotExact, Undefined } from '../number/conventions.ts'
import { interval } from '../number/interval.ts'
import { rational } from '../number/rational.ts'
import type { Sign } from '../number/field.ts'
import {
  newTrace,
  operands,
  trace,
  type Expr,
  type Op,
  type Program,
  type Trace,
} from '../program/program.ts'
import { run } from '../program/run.ts'
import { selected, type Choose, type Pattern, type Side } from './branches.ts'
import { exponentials } from './exponentials.ts'
import { generalize } from './generalize.ts'
import { testIdentity } from './identity.ts'
import type { Chart } from './setting.ts'

/** Binary digits at which the sign of a number other than 0 is looked for. */
const DIGITS = [128, 512, 2048, 4096]
/** Values with more operations than this are left open. */
const MOST_OPS = 20_000
/** So are those that ask for more operations in intervals: every root multiplies what is left to look at. */
const MOST_WORK = 100_000

/**
 * Whether an output of a Program without kinks is exactly 0 at a point: true or false for certain (true but for a chance
 * below 2^−100), `undefined` where it stays open or has no value.
 */
export function isZero(
  program: Program,
  output: number,
  values: ReadonlyMap<string, string>,
): boolean | undefined {
  const t = newTrace()
  const x = program.inputs.map((name) => t.constant(values.get(name)!))
  try {
    const { exp, log, cancels } = exponentials(
      t,
      (e) => t.isPositive(e) || signIn(t, e, DIGITS.slice(0, 1)) === 1,
    )
    const field = {
      ...t,
      ...{ exp, log },
      sqrt: (a: Expr) => rationalRoot(t, a, 2) ?? t.sqrt(a),
      root: (a: Expr, q: number) => rationalRoot(t, a, q) ?? t.root(a, q),
    }
    const value = run(program, field, x)[output]!
    return cancels(value) || zero(t, value)
  } catch (error) {
    if (error instanceof Undefined || error instanceof TooLong) return undefined
    throw error
  }
}

/** The q-th root of a constant where it is rational: such a root has no conjugate. */
function rationalRoot(t: Trace, a: Expr, q: number): Expr | undefined {
  const op = t.ops[a]!
  if (op[0] !== 'const' || op[1].startsWith('-')) return undefined
  try {
    return t.constant(rational.format(rational.root(rational.constant(op[1]), q)))
  } catch (error) {
    if (error instanceof NotExact) return undefined
    throw error
  }
}

class TooLong extends Error {
  override readonly name = 'TooLong'
}

function zero(t: Trace, value: Expr): boolean | undefined {
  if (t.ops.length > MOST_OPS) throw new TooLong('too many operations')
  const op = t.ops[value]!
  if (op[0] === 'const') return op[1] === '0'
  if (signIn(t, value, DIGITS.slice(0, 1)) !== undefined) return false
  const root = lastRoot(t, value)
  if (root === undefined)
    return vanishes(t.program([value], [])) ? true : signIn(t, value) === undefined ? undefined : false
  const radicand = t.ops[root]![1] as Expr
  const [p, q, d] = split(t, value, root)
  // The conjugate of a divisor may be 0 though the divisor is not.
  if (zero(t, d) !== false) return undefined
  const [noRoot, noP, noQ] = [zero(t, radicand), zero(t, p), zero(t, q)]
  if (noRoot === undefined || noP === undefined || noQ === undefined) return undefined
  if (noRoot || noQ) return noP
  if (noP) return false
  const [a, b] = [signIn(t, p), signIn(t, q)]
  if (a === undefined || b === undefined) return undefined
  if (a === b) return false
  return zero(t, t.sub(t.pow(p, 2), t.mul(t.pow(q, 2), radicand)))
}

/** How many operations were run in intervals for the values of a trace. */
const worked = new WeakMap<Trace, number>()

/** The sign of a value other than 0. */
function signIn(t: Trace, value: Expr, digits: readonly number[] = DIGITS): Sign {
  const program = t.program([value], [])
  for (const bits of digits) {
    const work = (worked.get(t) ?? 0) + program.ops.length
    if (work > MOST_WORK) throw new TooLong('too much work')
    worked.set(t, work)
    const F = interval(bits)
    try {
      const sign = F.sign(run(program, F, [])[0]!)
      if (sign !== undefined && sign !== 0) return sign
    } catch (error) {
      if (!(error instanceof Undefined)) throw error
    }
  }
  return undefined
}

/** Operations that are numbers of their own here. */
const TRANSCENDENTAL: ReadonlySet<Op[0]> = new Set<Op[0]>(['exp', 'log', 'tanh', 'root'])

/** The operations that a value depends on by the operations of a field and square roots, in order. */
function algebraic(t: Trace, value: Expr): number[] {
  const used = new Uint8Array(value + 1)
  used[value] = 1
  for (let e: number = value; e >= 0; e--) {
    const op = t.ops[e]!
    if (used[e] && !TRANSCENDENTAL.has(op[0])) for (const a of operands(op)) used[a] = 1
  }
  return [...used.keys()].filter((e) => used[e])
}

/** The last square root in a value. */
const lastRoot = (t: Trace, value: Expr): Expr | undefined =>
  algebraic(t, value).findLast((e) => t.ops[e]![0] === 'sqrt') as Expr | undefined

/** P, Q and D with value = (P + Q r)/D for the root r. */
function split(t: Trace, value: Expr, root: Expr): readonly [Expr, Expr, Expr] {
  const [nought, one] = [t.constant('0'), t.constant('1')]
  const radicand = t.ops[root]![1] as Expr
  type Parts = readonly [p: Expr, q: Expr, d: Expr]
  const times = (a: Parts, b: Parts): Parts => [
    t.add(t.mul(a[0], b[0]), t.mul(t.mul(a[1], b[1]), radicand)),
    t.add(t.mul(a[0], b[1]), t.mul(a[1], b[0])),
    t.mul(a[2], b[2]),
  ]
  const known = new Map<number, Parts>()
  const make = (e: number): Parts => {
    const op = t.ops[e]!
    const part = (a: number): Parts => known.get(a)!
    if (e === root) return [nought, one, one]
    switch (op[0]) {
      case 'neg': {
        const [p, q, d] = part(op[1])
        return [t.neg(p), t.neg(q), d]
      }
      case 'add':
      case 'sub': {
        const [a, b] = [part(op[1]), part(op[2])]
        const join = (i: 0 | 1): Expr => t[op[0]](t.mul(a[i], b[2]), t.mul(b[i], a[2]))
        return a[2] === b[2]
          ? [t[op[0]](a[0], b[0]), t[op[0]](a[1], b[1]), a[2]]
          : [join(0), join(1), t.mul(a[2], b[2])]
      }
      case 'mul':
        return times(part(op[1]), part(op[2]))
      case 'div': {
        // 1/((p + q r)/d) = d/p, or d (p − q r)/(p² − q² A).
        const [p, q, d] = part(op[2])
        const inverse: Parts =
          q === nought
            ? [d, nought, p]
            : [t.mul(p, d), t.neg(t.mul(q, d)), t.sub(t.pow(p, 2), t.mul(t.pow(q, 2), radicand))]
        return times(part(op[1]), inverse)
      }
      case 'pow': {
        let [power, square, n]: [Parts, Parts, number] = [[one, nought, one], part(op[1]), op[2]]
        for (; n > 0; n = Math.floor(n / 2), square = times(square, square))
          if (n % 2 === 1) power = times(power, square)
        return power
      }
      default:
        return [e as Expr, nought, one]
    }
  }
  for (const e of algebraic(t, value)) known.set(e, make(e))
  return known.get(value)!
}

/** A chart of one point: only the exponentials are free. */
const pointChart = (): Chart => ({ inputs: new Map(), exponentials: new Map(), roots: [] })

/** Whether a value without inputs vanishes whatever its exponentials are. */
const vanishes = (program: Program): boolean =>
  testIdentity(generalize({ ...program, inputs: [] }, [], pointChart)).holds === true

/** The sign of an output at a point: exact, or `undefined` where it stays open or the output has no value. */
export const exactSign = (program: Program, output: number, values: ReadonlyMap<string, string>): Sign =>
  exactSigns({ ...program, outputs: [program.outputs[output]!] }, values)[0]

/** The signs of all outputs at a point. */
export function exactSigns(program: Program, values: ReadonlyMap<string, string>): Sign[] {
  const signsAt = (bits: number, one: Program): Sign[] => {
    const F = interval(bits)
    try {
      const x = one.inputs.map((name) => F.constant(values.get(name)!))
      return run(one, F, x).map((value) => F.sign(value))
    } catch (error) {
      if (error instanceof Undefined) return one.outputs.map(() => undefined)
      throw error
    }
  }
  const [low, ...high] = DIGITS
  return signsAt(low!, program).map((found, output) => {
    if (found !== undefined) return found
    const one = { ...program, outputs: [program.outputs[output]!] }
    const nought = isZero(one, 0, values)
    if (nought === true) return 0
    return high.reduce<Sign>(
      (sign, bits) => sign ?? (nought === false ? signsAt(bits, one)[0] : undefined),
      undefined,
    )
  })
}

/** A Program without kinks that has the value of another at a point, and the side of each kink of that one there. */
export interface Settled {
  readonly program: Program
  readonly sides: Pattern
}

/**
 * The Program with each selection settled by the exact sign at a point, and each square root of what is exactly 0 replaced
 * by 0. @throws Undefined where a sign stays open, or a radicand is negative.
 */
export function settle(program: Program, values: ReadonlyMap<string, string>): Settled {
  const sides: Side[] = []
  const settled = trace(program.inputs, (t, x) => {
    const signOf = (operation: string, value: Expr): Side => {
      const sign = exactSign(t.program([value], program.inputs), 0, values)
      if (sign === undefined) throw new Undefined(operation, 'a number whose sign stays open')
      return sign
    }
    const choose: Choose = (_, value) => {
      sides.push(signOf('relu', value))
      return sides.at(-1)!
    }
    const sqrt = (a: Expr): Expr => {
      const sign = t.isNonNegative(a) ? 1 : signOf('sqrt', a)
      if (sign < 0) throw new Undefined('sqrt', 'a negative number')
      return sign === 0 ? t.constant('0') : t.sqrt(a)
    }
    return run(program, { ...selected(t, choose), sqrt }, x)
  })
  return { program: settled, sides }
}
