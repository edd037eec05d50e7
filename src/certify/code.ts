/** Code: a Program as a certificate has it, read operation by operation, and its value in any field. */
import { demand, type Json } from './format.ts'
import { distinct, fields, integer, list, literal, oneOf, text, whole } from './shape.ts'

const UNARY = ['neg', 'sqrt', 'exp', 'log', 'relu', 'step', 'abs'] as const
const BINARY = ['add', 'sub', 'mul', 'div', 'max', 'min'] as const
type Name = 'input' | 'const' | 'pow' | (typeof UNARY)[number] | (typeof BINARY)[number]
/** How many operands an operation has. */
const ARITY: ReadonlyMap<Name, number> = new Map<Name, number>([
  ...[...UNARY, 'input' as const, 'const' as const].map((name) => [name, 1] as const),
  ...[...BINARY, 'pow' as const].map((name) => [name, 2] as const),
])
const NAMES = [...ARITY.keys()]

/** An operation on earlier ones a and b; of `input` a is its index, of `pow` b the exponent. */
export interface Step {
  readonly name: Name
  readonly a: number
  readonly b: number
  /** The number of a constant. */
  readonly text: string
}

export interface Code {
  readonly inputs: readonly string[]
  readonly ops: readonly Step[]
  readonly outputs: readonly number[]
}

const MOST_EXPONENT = 1024

/** The Program in a JSON value: {inputs, ops, outputs} with operations [name, operands…]. */
export function codeOf(json: Json): Code {
  const parts = fields(json, 'inputs', 'ops', 'outputs')
  const inputs = distinct(list(parts.inputs, text))
  const step = (op: Json, e: number): Step => {
    const [head, a, b, ...more] = list(op, (part) => part)
    const name = oneOf(NAMES)(head!)
    const operands = ARITY.get(name)!
    const given = [a, b, ...more].filter((one) => one !== undefined).length
    demand(given === operands, `expected ${operands} operands of ${name}, got ${given}`)
    if (name === 'const') return { name, a: 0, b: 0, text: literal(a!) }
    const first = whole(a!, 0, (name === 'input' ? inputs.length : e) - 1)
    const second = operands === 1 ? 0 : whole(b!, 0, name === 'pow' ? MOST_EXPONENT : e - 1)
    return { name, a: first, b: second, text: '' }
  }
  const ops = list(parts.ops, step)
  return { inputs, ops, outputs: list(parts.outputs, integer(0, ops.length - 1)) }
}

/** What a Program is evaluated in; relu(a) = max(a, 0) and min(a, b) = −max(−a, −b) follow. */
export interface Field<T> {
  constant(text: string): T
  neg(a: T): T
  add(a: T, b: T): T
  sub(a: T, b: T): T
  mul(a: T, b: T): T
  div(a: T, b: T): T
  pow(a: T, n: number): T
  sqrt(a: T): T
  exp(a: T): T
  log(a: T): T
  max(a: T, b: T): T
  abs(a: T): T
  /** 1 where a > 0, else 0. */
  step(a: T): T
}

/** The values of all operations, in order, added to `values` one by one. */
export function evaluate<T>({ ops }: Code, F: Field<T>, x: readonly T[], values: T[] = []): T[] {
  for (const { name, a, b, text } of ops) {
    const [left, right] = [values[a]!, values[b]!]
    if (name === 'input') values.push(x[a]!)
    else if (name === 'const') values.push(F.constant(text))
    else if (name === 'pow') values.push(F.pow(left, b))
    else if (name === 'relu') values.push(F.max(left, F.constant('0')))
    else if (name === 'min') values.push(F.neg(F.max(F.neg(left), F.neg(right))))
    else values.push(F[name](left, right))
  }
  return values
}
