/** Code: a Program as a certificate has it, read operation by operation, and its value in any field. */
import { demand, type Json } from './format.ts'
import { distinct, fields, integer, list, literal, oneOf, text } from './shape.ts'

/** How many operands an operation has. */
const ARITY = {
  ...{ neg: 1, sqrt: 1, exp: 1, log: 1, relu: 1, step: 1, abs: 1 },
  ...{ add: 2, sub: 2, mul: 2, div: 2, max: 2, min: 2 },
} as const
type Name = keyof typeof ARITY | 'input' | 'const' | 'pow'
const NAMES = ['input', 'const', 'pow', ...Object.keys(ARITY)] as Name[]

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

const MOST_OPS = 8192
const MOST_EXPONENT = 1024

/** The Program in a JSON value: {inputs, ops, outputs} with operations [name, operands…]. */
export function codeOf(json: Json): Code {
  const parts = fields(json, 'inputs', 'ops', 'outputs')
  const inputs = distinct(list(parts.inputs, text))
  const ops = list(parts.ops, (op) => list(op, (part) => part)).map(([head, ...rest], e): Step => {
    const name = oneOf(NAMES)(head!)
    const below = (end: number) => integer(0, end - 1)
    const shapes = {
      input: [below(inputs.length)],
      const: [literal],
      pow: [below(e), integer(0, MOST_EXPONENT)],
    }
    const known: readonly ((one: Json) => unknown)[] =
      name in shapes
        ? shapes[name as keyof typeof shapes]
        : Array.from({ length: ARITY[name as keyof typeof ARITY] }, () => below(e))
    demand(rest.length === known.length, `expected ${known.length} operands of ${name}, got ${rest.length}`)
    const [a, b] = known.map((shape, i) => shape(rest[i]!))
    return { name, a: a as number, b: b as number, text: a as string }
  })
  demand(ops.length <= MOST_OPS, `expected at most ${MOST_OPS} operations in a program`)
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
