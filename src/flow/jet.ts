/** Jets: the Taylor coefficients of a solution of x' = f(x), from f's Program, one recurrence per operation. */
import { byRelu } from '../program/field.ts'
import { operands, trace, type Op, type Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { summation, type SeriesKernel, type Term } from './series.ts'

/** Which arguments of `relu` and `step` (by operation) are positive: the piece of f that is differentiated. */
export type Pattern = ReadonlyMap<number, boolean>

/** Taylor coefficients, those of power k multiplied by 2^(k·exponent). */
export interface Jet<S> {
  /** One series per component of x. */
  readonly state: readonly S[]
  /** One series per output beyond those of the field. */
  readonly observed: readonly S[]
  /** The series of each argument of `relu` and `step`, by operation. */
  readonly arguments: ReadonlyMap<number, S>
}

export interface JetOptions {
  /** The piece to follow; needed if the Program has a `relu` or a `step`. */
  readonly pattern?: Pattern
  /** Coefficient k is scaled by σ^k with σ = 2^exponent (default 0). */
  readonly exponent?: number
}

/** The operations whose sign decides the piece: the arguments of `relu` and `step`, in order. */
export function switches(program: Program): number[] {
  const found = program.ops.flatMap((op) => (op[0] === 'relu' || op[0] === 'step' ? [op[1]] : []))
  return [...new Set(found)].toSorted((a, b) => a - b)
}

/** The Program with `abs` and `max` written by `relu`, so that `switches` finds all its switches; itself if it has none. */
export function reluOnly(program: Program): Program {
  if (!program.ops.some(([name]) => name === 'abs' || name === 'max')) return program
  return trace(program.inputs, (F, x) => run(program, { ...F, ...byRelu(F) }, x))
}

/** A term, and whether it varies or is constant. */
interface Summand<S> extends Term<S> {
  readonly varies: boolean
}

/** An operation as a sum: no term if it is 0, one term without a factor b if it has a series of its own. */
type Value<S> = readonly Summand<S>[]

/**
 * The Taylor coefficients x₀ … x_order of the solution of x' = f(x), x(0) = x₀, as exact as the kernel is;
 * every operation of the Program is expanded once, in O(order²) products at most.
 * @param program f, with one output per input, on the piece that `pattern` names; further outputs are observed.
 * @throws RangeError if f is no field or the pattern misses an argument; Undefined where f is not analytic
 * at x₀. Source of the method: R. E. Moore, *Interval Analysis* (1966), ch. 11; Jorba & Zou (2005).
 */
export function jet<T, S>(
  program: Program,
  kernel: SeriesKernel<T, S>,
  x0: readonly T[],
  order: number,
  { pattern = new Map(), exponent = 0 }: JetOptions = {},
): Jet<S> {
  const n = program.inputs.length
  if (program.outputs.length < n || x0.length !== n)
    throw new RangeError(
      `jet: expected as many outputs and initial values as inputs (${n}), got ${program.outputs.length} and ${x0.length}`,
    )
  const state = x0.map((value) => {
    const series = kernel.series(order)
    kernel.set(series, 0, value)
    return series
  })
  const { series, rules } = expand(program, kernel, state, order, pattern)
  for (let k = 0; k < order; k++) {
    for (const { compute } of rules) compute(k)
    state.forEach((own, i) => kernel.advance(own, k, series(program.outputs[i]!), exponent))
  }
  const wanted = switches(program)
  const others = program.outputs.slice(n)
  const needed = new Set([...wanted, ...others])
  for (let e = program.ops.length - 1; e >= 0; e--)
    if (needed.has(e)) for (const a of operands(program.ops[e]!)) needed.add(a)
  for (const { op, compute } of rules) if (needed.has(op)) compute(order)
  return { state, observed: others.map(series), arguments: new Map(wanted.map((e) => [e, series(e)])) }
}

/** A recurrence: it computes coefficient k of one operation, all coefficients below k being known. */
interface Rule {
  readonly op: number
  readonly compute: (k: number) => void
}

/** The operations that are nothing but one summand of one sum. */
function summands({ ops, outputs }: Program): ReadonlySet<number> {
  const uses = new Uint32Array(ops.length)
  const summed = new Set<number>()
  for (const e of outputs) uses[e]! += 1
  for (const op of ops)
    for (const a of operands(op)) {
      uses[a]! += 1
      if (op[0] === 'add' || op[0] === 'sub' || op[0] === 'neg') summed.add(a)
    }
  const joins = ([name]: Op): boolean => name === 'add' || name === 'sub' || name === 'neg' || name === 'mul'
  return new Set([...summed].filter((e) => uses[e] === 1 && joins(ops[e]!)))
}

function expand<T, S>(
  program: Program,
  kernel: SeriesKernel<T, S>,
  state: readonly S[],
  order: number,
  pattern: Pattern,
): { series: (e: number) => S; rules: readonly Rule[] } {
  const K = kernel
  const rules: Rule[] = []
  const values: Value<S>[] = []
  const powers = new Map<string, Value<S>>()
  const joined = summands(program)
  const nothing = K.series(order)
  const add = summation(K, order)
  const seriesOf = (value: Value<S>): S => (value.length === 0 ? nothing : value[0]!.a)
  const varies = (value: Value<S>): boolean => value.some((term) => term.varies)
  const negative = (value: Value<S>): Value<S> => value.map((term) => ({ ...term, minus: !term.minus }))
  const constant = (text: string): Value<S> => {
    const series = K.series(order)
    K.constant(series, text)
    return [{ minus: false, a: series, varies: false }]
  }
  const zero: Value<S> = []
  const one = constant('1')

  const make = (e: number, reads: readonly Value<S>[], rule: (out: S, k: number) => void): Value<S> => {
    const series = K.series(order)
    const moves = reads.some(varies)
    rules.push({ op: e, compute: (k) => void ((moves || k === 0) && rule(series, k)) })
    return [{ minus: false, a: series, varies: moves }]
  }

  // (a ± b)_k = a_k ± b_k, all terms of a sum at once
  const sum = (e: number, value: Value<S>): Value<S> => {
    if (value.length === 0 || (value.length === 1 && !value[0]!.minus && value[0]!.b === undefined))
      return value
    const later = value.filter((term) => term.varies)
    return make(e, [value], (out, k) => add(out, k, k === 0 ? value : later))
  }

  // (ab)_k = Σ_{j=0}^{k} a_j b_{k−j}; with b constant only a_k b_0 remains.
  const mul = (a: Value<S>, b: Value<S>): Value<S> => {
    if (a.length === 0 || b === one) return a
    if (b.length === 0 || a === one) return b
    if (!varies(a)) [a, b] = [b, a]
    return [{ minus: false, a: seriesOf(a), b: seriesOf(b), scaled: !varies(b), varies: varies(a) }]
  }

  // a^n by squares and products, which is exact and needs no a_0 ≠ 0; powers of one a are shared.
  const pow = (e: number, a: Value<S>, base: number, n: number): Value<S> => {
    if (n === 0) return one
    if (n === 1 || a.length === 0) return a
    const key = `${base} ${n}`
    const known = powers.get(key)
    if (known !== undefined) return known
    const half = pow(e, a, base, n % 2 === 0 ? n / 2 : n - 1)
    const value = sum(e, mul(half, n % 2 === 0 ? half : a))
    powers.set(key, value)
    return value
  }

  // c = a/b: from cb = a, c_k b_0 = a_k − Σ_{j=1}^{k} b_j c_{k−j}.
  const div = (e: number, a: Value<S>, b: Value<S>): Value<S> => {
    if (a.length === 0) return a
    const [num, den, last] = [seriesOf(a), seriesOf(b), varies(b)]
    return make(e, [a, b], (out, k) => {
      K.dot(out, k, den, out, 1, last ? k : 0)
      K.sub(out, k, num, out)
      K.divide(out, k, den)
    })
  }

  // c = √a: from c² = a, 2 c_0 c_k = a_k − Σ_{j=1}^{k−1} c_j c_{k−j}.
  const sqrt = (e: number, a: Value<S>): Value<S> => {
    const square = seriesOf(a)
    const twice = K.series(0)
    return make(e, [a], (out, k) => {
      if (k === 0) {
        K.root(out, square, 2)
        return K.add(twice, 0, out, out)
      }
      K.square(out, k, out, 1)
      K.sub(out, k, square, out)
      K.divide(out, k, twice)
    })
  }

  // c = a^{1/q}: from q a c' = a' c, q k a_0 c_k = (1 + q) Σ_{j=1}^{k} j a_j c_{k−j} − q k Σ_{j=1}^{k} a_j c_{k−j}.
  const root = (e: number, a: Value<S>, q: number): Value<S> => {
    if (a.length === 0) return a
    const power = seriesOf(a)
    const [slope, rest] = [K.series(order), K.series(order)]
    return make(e, [a], (out, k) => {
      if (k === 0) return K.root(out, power, q)
      K.ratio(slope, k, power, k, 1)
      K.dot(rest, k, power, out, 1, k)
      K.dot(out, k, slope, out, 1, k)
      K.ratio(out, k, out, 1 + q, q * k)
      K.sub(out, k, out, rest)
      K.divide(out, k, power)
    })
  }

  // c = tanh a: from c' = (1 − c²) a', k c_k = Σ_{j=1}^{k} j a_j d_{k−j} with d = 1 − c².
  const tanh = (e: number, a: Value<S>): Value<S> => {
    if (a.length === 0) return a
    const argument = seriesOf(a)
    const [slope, square, rest] = [K.series(order), K.series(order), K.series(order)]
    return make(e, [a], (out, k) => {
      if (k === 0) K.tanh(out, argument)
      else {
        K.ratio(slope, k, argument, k, 1)
        K.dot(out, k, slope, rest, 1, k)
        K.ratio(out, k, out, 1, k)
      }
      K.square(square, k, out, 0)
      K.sub(rest, k, seriesOf(one), square)
    })
  }

  // c = e^a: from c' = a'c, k c_k = Σ_{j=1}^{k} j a_j c_{k−j}.
  const exp = (e: number, a: Value<S>): Value<S> => {
    const exponent = seriesOf(a)
    const slope = K.series(order)
    return make(e, [a], (out, k) => {
      if (k === 0) return K.exp(out, exponent)
      K.ratio(slope, k, exponent, k, 1)
      K.dot(out, k, slope, out, 1, k)
      K.ratio(out, k, out, 1, k)
    })
  }

  // c = log a: from a c' = a', a_0 c_k = a_k − (1/k) Σ_{j=1}^{k−1} j c_j a_{k−j}.
  const log = (e: number, a: Value<S>): Value<S> => {
    const argument = seriesOf(a)
    const slope = K.series(order)
    return make(e, [a], (out, k) => {
      if (k === 0) return K.log(out, argument)
      K.dot(out, k, slope, argument, 1, k - 1)
      K.ratio(out, k, out, 1, k)
      K.sub(out, k, argument, out)
      K.divide(out, k, argument)
      K.ratio(slope, k, out, k, 1)
    })
  }

  const isActive = (argument: number): boolean => {
    const active = pattern.get(argument)
    if (active === undefined)
      throw new RangeError(`jet: expected the pattern to say whether operation ${argument} is positive`)
    return active
  }

  const valueOf = (op: Op, e: number): Value<S> => {
    if (op[0] === 'input') return [{ minus: false, a: state[op[1]]!, varies: true }]
    if (op[0] === 'const') return op[1] === '0' ? zero : op[1] === '1' ? one : constant(op[1])
    const a = values[op[1]]!
    const b = op.length === 3 && op[0] !== 'pow' && op[0] !== 'root' ? values[op[2]]! : a
    switch (op[0]) {
      case 'add':
        return [...a, ...b]
      case 'sub':
        return [...a, ...negative(b)]
      case 'neg':
        return negative(a)
      case 'mul':
        return mul(a, b)
      case 'div':
        return div(e, a, b)
      case 'pow':
        return pow(e, a, op[1], op[2])
      case 'sqrt':
        return sqrt(e, a)
      case 'root':
        return root(e, a, op[2])
      case 'tanh':
        return tanh(e, a)
      case 'exp':
        return exp(e, a)
      case 'log':
        return log(e, a)
      // On one piece relu is the identity or 0, and step is 1 or 0.
      case 'relu':
        return isActive(op[1]) ? a : zero
      case 'step':
        return isActive(op[1]) ? one : zero
      case 'abs':
      case 'max':
        throw new RangeError(`jet: expected ${op[0]} written by relu (\`reluOnly\`), got operation ${e}`)
    }
  }
  program.ops.forEach((op, e) => {
    const value = valueOf(op, e)
    values.push(joined.has(e) ? value : sum(e, value))
  })
  return { series: (e) => seriesOf(values[e]!), rules }
}
