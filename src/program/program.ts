/** Program: a straight-line list of operations, traced from ordinary functions. */
import { canonical, fold, foldPower, quoted } from './constant.ts'
import type { Field } from './field.ts'

export type Unary = 'neg' | 'sqrt' | 'exp' | 'log' | 'tanh' | 'relu' | 'step' | 'abs'
export type Binary = 'add' | 'sub' | 'mul' | 'div' | 'max'
/** Operations with a natural number: the power, and the degree of the root. */
export type Graded = 'pow' | 'root'

/** One operation; numbers refer to earlier operations (or to an input, or are the number of `pow` and `root`). */
export type Op =
  | readonly ['input', number]
  | readonly ['const', string]
  | readonly [Graded, number, number]
  | readonly [Unary, number]
  | readonly [Binary, number, number]

/**
 * A function from R^inputs to R^outputs in static single assignment. It cannot branch on a value, it is
 * plain JSON, and every interpreter (`run`, `grad`, …) reads it the same way.
 */
export interface Program {
  readonly inputs: readonly string[]
  readonly ops: readonly Op[]
  readonly outputs: readonly number[]
}

/** A value inside a trace: the index of the operation that makes it. */
export type Expr = number & { readonly __expr: unique symbol }

/**
 * The Field whose values are operations of a growing Program. Equal operations are stored once, and the
 * simplifications hold as identities wherever both sides are defined (x·0 = 0, log eˣ = x, (√x)² = x for structurally non-negative x,
 * log(xy) = log x + log y for structurally positive x, y), so a trace may be defined on a larger domain
 * than the expression it came from.
 */
export interface Trace extends Field<Expr> {
  readonly ops: readonly Op[]
  /** The input of that name, made on first use. */
  input(name: string): Expr
  /** The name of an input; `undefined` of any other value. */
  nameOf(e: Expr): string | undefined
  /** Whether a value is never negative where it is defined, by its form. */
  isNonNegative(e: Expr): boolean
  /** Whether a value is positive where it is defined, by its form. */
  isPositive(e: Expr): boolean
  /** The Program that computes the given values and nothing else, with the inputs named (default: all). */
  program(outputs: readonly Expr[], inputs?: readonly string[]): Program
}

/** An empty trace. */
export function newTrace(): Trace {
  const ops: Op[] = []
  const inputs: string[] = []
  const known = new Map<string | number, Expr>()
  const positive: boolean[] = []
  const nonNegative: boolean[] = []

  const put = (op: Op): Expr => {
    const key = keyOf(op)
    const found = known.get(key)
    if (found !== undefined) return found
    const e = ops.push(op) - 1
    positive[e] = isPositive(op, positive)
    nonNegative[e] = positive[e] || isNonNegative(op, nonNegative)
    known.set(key, e as Expr)
    return e as Expr
  }
  const is = (e: Expr, text: string): boolean => ops[e]![0] === 'const' && ops[e]![1] === text
  const argument = (e: Expr, name: Op[0]): Expr | undefined =>
    ops[e]![0] === name ? (ops[e]![1] as Expr) : undefined
  const constant = (text: string): Expr => put(['const', canonical(text)])
  const folded = (op: Exclude<Binary, 'max'>, a: Expr, b: Expr): Expr | undefined => {
    const [left, right] = [ops[a]!, ops[b]!]
    if (left[0] !== 'const' || right[0] !== 'const') return undefined
    const text = fold(op, left[1], right[1])
    return text === undefined ? undefined : put(['const', text])
  }

  /** The sign of a constant; `undefined` for what is none. */
  const signOf = (e: Expr): number | undefined => {
    const op = ops[e]!
    return op[0] !== 'const' ? undefined : op[1] === '0' ? 0 : op[1].startsWith('-') ? -1 : 1
  }

  const logarithms = new Map<Expr, Expr>()
  /** Whether log a is the sum or difference of the logarithms of two positive parts. */
  const splits = (a: Expr): boolean => {
    const op = ops[a]!
    return (op[0] === 'mul' || op[0] === 'div') && positive[op[1]]! && positive[op[2]]!
  }
  const logarithm = (a: Expr): Expr => {
    if (is(a, '1')) return constant('0')
    const op = ops[a]!
    if (op[0] === 'exp') return op[1] as Expr
    if (!splits(a)) return put(['log', a])
    const [left, right] = [logarithms.get(op[1] as Expr)!, logarithms.get(op[2] as Expr)!]
    return op[0] === 'mul' ? trace.add(left, right) : trace.sub(left, right)
  }

  const trace: Trace = {
    ops,
    constant,
    input(name) {
      let at = inputs.indexOf(name)
      if (at < 0) at = inputs.push(name) - 1
      return put(['input', at])
    },
    add(a, b) {
      if (is(a, '0')) return b
      if (is(b, '0')) return a
      const minusB = argument(b, 'neg')
      if (minusB !== undefined) return trace.sub(a, minusB)
      const minusA = argument(a, 'neg')
      if (minusA !== undefined) return trace.sub(b, minusA)
      return folded('add', a, b) ?? put(a < b ? ['add', a, b] : ['add', b, a])
    },
    sub(a, b) {
      if (a === b) return constant('0')
      if (is(b, '0')) return a
      if (is(a, '0')) return trace.neg(b)
      const minusB = argument(b, 'neg')
      if (minusB !== undefined) return trace.add(a, minusB)
      return folded('sub', a, b) ?? put(['sub', a, b])
    },
    mul(a, b) {
      if (is(a, '0') || is(b, '1') || is(b, '-1')) [a, b] = [b, a]
      if (is(b, '0')) return b
      if (is(a, '1')) return b
      if (is(a, '-1')) return trace.neg(b)
      if (a === b) return trace.pow(a, 2)
      return folded('mul', a, b) ?? put(a < b ? ['mul', a, b] : ['mul', b, a])
    },
    div(a, b) {
      if (is(b, '1') || (is(a, '0') && !is(b, '0'))) return a
      return folded('div', a, b) ?? put(['div', a, b])
    },
    neg(a) {
      if (ops[a]![0] === 'const') return constant(negated(ops[a]![1] as string))
      return argument(a, 'neg') ?? put(['neg', a])
    },
    pow(a, n) {
      if (!Number.isSafeInteger(n) || n < 0)
        throw new RangeError(`pow: expected an integer exponent >= 0, got ${n}`)
      if (n === 0) return constant('1')
      if (n === 1 || is(a, '0') || is(a, '1')) return a
      const negated = argument(a, 'neg')
      if (negated !== undefined && n % 2 === 0) return trace.pow(negated, n)
      const root = argument(a, 'sqrt')
      if (root !== undefined && nonNegative[root] && n % 2 === 0) return trace.pow(root, n / 2)
      const op = ops[a]!
      const text = op[0] === 'const' ? foldPower(op[1], n) : undefined
      return put(text === undefined ? ['pow', a, n] : ['const', text])
    },
    sqrt: (a) => (is(a, '0') || is(a, '1') ? a : put(['sqrt', a])),
    root(a, q) {
      if (!Number.isSafeInteger(q) || q < 1)
        throw new RangeError(`root: expected an integer degree >= 1, got ${q}`)
      if (q === 1 || is(a, '0') || is(a, '1')) return a
      return q === 2 ? trace.sqrt(a) : put(['root', a, q])
    },
    exp: (a) => (is(a, '0') ? constant('1') : put(['exp', a])),
    log(a) {
      // Parts first, without recursion: products may be long.
      for (const open = [a]; open.length > 0;) {
        const e = open.at(-1)!
        const parts = splits(e) ? (operands(ops[e]!) as Expr[]).filter((part) => !logarithms.has(part)) : []
        open.push(...parts)
        if (parts.length > 0) continue
        open.pop()
        if (!logarithms.has(e)) logarithms.set(e, logarithm(e))
      }
      return logarithms.get(a)!
    },
    tanh(a) {
      if (is(a, '0')) return a
      const opposite = argument(a, 'neg')
      return opposite === undefined ? put(['tanh', a]) : trace.neg(trace.tanh(opposite))
    },
    relu(a) {
      if (nonNegative[a]) return a
      return signOf(a) === -1 ? constant('0') : put(['relu', a])
    },
    step(a) {
      const sign = positive[a] ? 1 : signOf(a)
      return sign === undefined ? put(['step', a]) : constant(sign === 0 ? '1/2' : sign > 0 ? '1' : '0')
    },
    abs(a) {
      if (nonNegative[a]) return a
      const opposite = signOf(a) === -1 ? trace.neg(a) : argument(a, 'neg')
      return opposite === undefined ? put(['abs', a]) : trace.abs(opposite)
    },
    // One spelling of each function, as derivatives at ties depend on it where ties nest.
    max(a, b) {
      if (a > b) [a, b] = [b, a]
      const inside = (part: Expr, whole: Expr): boolean =>
        ['max', 'relu'].includes(ops[whole]![0]) && operands(ops[whole]!).includes(part)
      if (a === b || inside(a, b)) return b
      if (inside(b, a)) return a
      if (is(a, '0')) return trace.relu(b)
      if (is(b, '0')) return trace.relu(a)
      if (argument(a, 'neg') === b || argument(b, 'neg') === a) return trace.abs(a)
      const difference = folded('sub', a, b)
      if (difference !== undefined) return signOf(difference)! > 0 ? a : b
      return put(['max', a, b])
    },
    isNonNegative: (e) => nonNegative[e]!,
    isPositive: (e) => positive[e]!,
    nameOf(e) {
      const op = ops[e]!
      return op[0] === 'input' ? inputs[op[1]] : undefined
    },
    program: (outputs, names = inputs) => extract(ops, inputs, outputs, names),
  }
  return trace
}

const CODES = [
  ...['input', 'pow', 'root', 'neg', 'sqrt', 'exp', 'log', 'tanh', 'relu', 'step', 'abs'],
  ...['add', 'sub', 'mul', 'div', 'max'],
]
const CODE: ReadonlyMap<string, number> = new Map(CODES.map((name, code) => [name, code]))
const MOST_OPS = 2 ** 22

/** The Program of some values, whose inputs are those that they read. */
export function reading(F: Trace, outputs: readonly Expr[]): Program {
  const { ops, inputs } = F.program(outputs)
  return F.program(
    outputs,
    ops.flatMap((op) => (op[0] === 'input' ? [inputs[op[1]]!] : [])),
  )
}

/** A key that tells operations apart. @throws RangeError past 2^22 operations, where keys would collide. */
function keyOf(op: Op): string | number {
  if (op[0] === 'const') return op[1]
  const b = op[2] ?? 0
  if (op[1] >= MOST_OPS || b >= MOST_OPS)
    throw new RangeError(`trace: expected at most ${MOST_OPS} operations and exponents, got ${op.join(' ')}`)
  return (CODE.get(op[0])! * MOST_OPS + op[1]) * MOST_OPS + b
}

/** Whether an operation is positive wherever it is defined, whatever the inputs. */
function isPositive(op: Op, positive: readonly boolean[]): boolean {
  switch (op[0]) {
    case 'const':
      return !op[1].startsWith('-') && op[1] !== '0'
    case 'exp':
      return true
    case 'add':
    case 'mul':
    case 'div':
      return positive[op[1]]! && positive[op[2]]!
    case 'pow':
    case 'root':
    case 'sqrt':
    case 'tanh':
    case 'relu':
    case 'abs':
      return positive[op[1]]!
    case 'max':
      return positive[op[1]]! || positive[op[2]]!
    default:
      return false
  }
}

function negated(text: string): string {
  return text === '0' ? text : text.startsWith('-') ? text.slice(1) : `-${text}`
}

/** Whether an operation is never negative where it is defined, whatever the inputs. */
function isNonNegative(op: Op, nonNegative: readonly boolean[]): boolean {
  switch (op[0]) {
    case 'const':
      return !op[1].startsWith('-')
    case 'sqrt':
    case 'root':
    case 'relu':
    case 'step':
    case 'abs':
      return true
    case 'pow':
      return op[2] % 2 === 0 || nonNegative[op[1]]!
    case 'tanh':
      return nonNegative[op[1]]!
    case 'max':
      return nonNegative[op[1]]! || nonNegative[op[2]]!
    case 'add':
    case 'mul':
    case 'div':
      return nonNegative[op[1]]! && nonNegative[op[2]]!
    default:
      return false
  }
}

/** The earlier operations that an operation reads. */
export function operands(op: Op): readonly number[] {
  switch (op[0]) {
    case 'input':
    case 'const':
      return []
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'max':
      return [op[1], op[2]]
    default:
      return [op[1]]
  }
}

function extract(
  ops: readonly Op[],
  known: readonly string[],
  outputs: readonly Expr[],
  names: readonly string[],
): Program {
  const used = new Uint8Array(ops.length)
  for (const e of outputs) used[e] = 1
  for (let e = ops.length - 1; e >= 0; e--) if (used[e]) for (const a of operands(ops[e]!)) used[a] = 1
  const at = new Map<number, number>()
  const kept: Op[] = []
  ops.forEach((op, e) => {
    if (!used[e]) return
    at.set(e, kept.length)
    const to = (a: number): number => at.get(a)!
    if (op[0] === 'const') kept.push(op)
    else if (op[0] === 'input') {
      const name = known[op[1]]!
      const index = names.indexOf(name)
      if (index < 0)
        throw new RangeError(`program: expected "${name}" among the inputs [${names.join(', ')}]`)
      kept.push(['input', index])
    } else if (op[0] === 'pow' || op[0] === 'root') kept.push([op[0], to(op[1]), op[2]])
    else if (op.length === 3) kept.push([op[0], to(op[1]), to(op[2])])
    else kept.push([op[0], to(op[1])])
  })
  return { inputs: [...names], ops: kept, outputs: outputs.map((e) => at.get(e)!) }
}

/** The Program of a function written against a Field. */
export function trace(
  inputs: readonly string[],
  body: (F: Trace, x: readonly Expr[]) => readonly Expr[],
): Program {
  const t = newTrace()
  const x = inputs.map((name) => t.input(name))
  return t.program(body(t, x), inputs)
}

/** The number of operations of a Program; inputs and constants are free. */
export function size(program: Program): number {
  return program.ops.filter(([name]) => name !== 'input' && name !== 'const').length
}

/** The Program with only the named outputs, and only what they need. */
export function select(program: Program, outputs: readonly number[]): Program {
  const indices = program.ops.map((_, e) => e as Expr)
  return extract(
    program.ops,
    program.inputs,
    outputs.map((o) => indices[program.outputs[o]!]!),
    program.inputs,
  )
}

const ARITY: Readonly<Record<string, number>> = {
  ...{ neg: 1, sqrt: 1, exp: 1, log: 1, tanh: 1, relu: 1, step: 1, abs: 1 },
  ...{ add: 2, sub: 2, mul: 2, div: 2, max: 2 },
}

/**
 * The Program in a JSON value (the inverse of `JSON.stringify`), checked operation by operation.
 * @throws SyntaxError naming the first thing that is not as it must be.
 */
export function parseProgram(json: unknown): Program {
  const fail = (what: string): never => {
    throw new SyntaxError(`program: expected ${what}`)
  }
  const { inputs, ops, outputs } = (json ?? {}) as Record<string, unknown>
  if (!Array.isArray(inputs) || !inputs.every((name) => typeof name === 'string'))
    return fail('"inputs" to be a list of names')
  if (new Set(inputs).size !== inputs.length) return fail('"inputs" to be distinct')
  if (!Array.isArray(ops)) return fail('"ops" to be a list')
  const index = (n: unknown, below: number): boolean =>
    Number.isInteger(n) && 0 <= Number(n) && Number(n) < below
  ops.forEach((op: unknown, e) => {
    if (!Array.isArray(op))
      return fail(`operation ${e} to be a list, got ${quoted(`${JSON.stringify(op)}`).slice(1, -1)}`)
    const [name, a, b] = op as unknown[]
    const shape = `${quoted(JSON.stringify(op)).slice(1, -1)} at ${e}`
    if (name === 'input') {
      if (op.length !== 2 || !index(a, inputs.length))
        fail(`an input index below ${inputs.length}, got ${shape}`)
    } else if (name === 'const') {
      if (op.length !== 2 || typeof a !== 'string' || canonical(a) !== a)
        fail(`a constant "p" or "p/q" in lowest terms, got ${shape}`)
    } else if (name === 'pow' || name === 'root') {
      const least = name === 'pow' ? 0 : 1
      if (op.length !== 3 || !index(a, e) || !index(b, MOST_OPS) || Number(b) < least)
        fail(`["${name}", earlier, n >= ${least}], got ${shape}`)
    } else {
      const arity = typeof name === 'string' && Object.hasOwn(ARITY, name) ? ARITY[name] : undefined
      if (arity === undefined) fail(`a known operation, got ${shape}`)
      if (op.length !== arity! + 1 || !op.slice(1).every((x: unknown) => index(x, e)))
        fail(`${arity} earlier operand(s), got ${shape}`)
    }
  })
  if (!Array.isArray(outputs) || !outputs.every((o) => index(o, ops.length)))
    return fail('"outputs" to be indices of operations')
  return { inputs, ops, outputs } as Program
}
