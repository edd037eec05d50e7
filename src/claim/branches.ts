/** Branches: which side of each kink of a Program is taken, and the Program there. */
import type { NumberField, Sign } from '../number/field.ts'
import { byRelu, type Field } from '../program/field.ts'
import { operands, trace, type Expr, type Op, type Program, type Trace } from '../program/program.ts'
import { run } from '../program/run.ts'

/** The side of a kink: the sign of the value at which it switches. */
export type Side = -1 | 0 | 1

/** For each `relu` and `step` of a Program, in order, its side; `abs` and `max` count as `byRelu` has them. */
export type Pattern = readonly Side[]

/** Chooses the side of the kink of that number, which switches where a value changes sign. */
export type Choose = (F: Trace, value: Expr, kink: number) => Side

/** The choice that a pattern makes. */
export const patterned =
  (pattern: Pattern): Choose =>
  (_, __, kink) =>
    pattern[kink]!

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

/** The values at which the kinks of a Program switch, in order. */
export function switches({ ops }: Pick<Program, 'ops'>): number[] {
  return ops.flatMap((op) => (op[0] === 'relu' || op[0] === 'step' ? [op[1]] : []))
}

/** The values of a trace at which the kinks in some other values switch, made where they are no operations yet. */
export function switchesOf(t: Trace, values: readonly Expr[]): Expr[] {
  const used = new Uint8Array(t.ops.length)
  for (const e of values) used[e] = 1
  for (let e = used.length - 1; e >= 0; e--) if (used[e]) for (const a of operands(t.ops[e]!)) used[a] = 1
  const found = new Set<Expr>()
  for (const [e, op] of t.ops.slice(0, used.length).entries()) {
    if (!used[e]) continue
    const [a, b] = operands(op) as Expr[]
    if (op[0] === 'relu' || op[0] === 'step') found.add(a!)
    else if (op[0] === 'abs') found.add(a!).add(t.neg(a!))
    else if (op[0] === 'max') found.add(t.sub(a!, b!))
  }
  return [...found]
}

/**
 * The trace with the selections as a choice has them, in the order in which a Program calls them. At a tie, where a = 0,
 * relu(a) is a multiple of a: of no matter which, and 1/2 makes its derivative step(0). With `kept` the selections stay
 * operations, and their sides are noted there.
 */
export function selected(t: Trace, choose: Choose, tie: '0' | '1/2' = '0', kept?: Map<Expr, Side>): Trace {
  let kink = 0
  /** The selection as an operation, where it is one, with its side noted. */
  const keep = (e: Expr, name: 'relu' | 'step', side: Side): Expr => {
    if (t.ops[e]![0] === name) kept!.set(e, side)
    return e
  }
  const smooth: Trace = {
    ...t,
    relu(a) {
      const side = choose(t, a, kink++)
      if (kept) return keep(t.relu(a), 'relu', side)
      return side > 0 ? a : side === 0 ? t.mul(t.constant(tie), a) : t.constant('0')
    },
    step(a) {
      const side = choose(t, a, kink++)
      if (kept) return keep(t.step(a), 'step', side)
      return t.constant(side > 0 ? '1' : side === 0 ? '1/2' : '0')
    },
  }
  return { ...smooth, ...byRelu(smooth) }
}

/** The Program on one branch, without kinks. */
export function specialize(program: Program, pattern: Pattern): Program {
  return trace(program.inputs, (t, x) => run(program, selected(t, patterned(pattern)), x))
}

/** What the form of a value says of its sign, whatever the inputs are (those named `+…` are positive). */
export type Form = '>' | '>=' | '<' | '<=' | '0' | undefined

const turned: Readonly<Record<string, Form>> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=', '0': '0' }
const minus = (a: Form): Form => (a === undefined ? undefined : turned[a])
const strict = (a: Form): boolean => a === '>' || a === '<'
const below = (a: Form): boolean => a === '<' || a === '<='
const plus = (a: Form, b: Form): Form => {
  if (a === '0') return b
  if (b === '0') return a
  if (a === undefined || b === undefined || below(a) !== below(b)) return undefined
  const sharp = strict(a) || strict(b)
  return below(a) ? (sharp ? '<' : '<=') : sharp ? '>' : '>='
}
const times = (a: Form, b: Form): Form => {
  if (a === '0' || b === '0') return '0'
  if (a === undefined || b === undefined) return undefined
  const sharp = strict(a) && strict(b)
  return below(a) === below(b) ? (sharp ? '>' : '>=') : sharp ? '<' : '<='
}
const notBelow = (a: Form): Form => (a === '>' ? '>' : a === '0' ? '0' : '>=')

/** Signs by form alone. */
const FORMS: Field<Form> = {
  constant: (text) => (text === '0' ? '0' : text.startsWith('-') ? '<' : '>'),
  ...{ add: plus, sub: (a, b) => plus(a, minus(b)), neg: minus, mul: times },
  div: (a, b) => times(a, b === '>=' ? '>' : b === '<=' ? '<' : b),
  pow: (a, n) => (n % 2 === 1 ? a : a === undefined ? '>=' : strict(a) ? '>' : a === '0' ? '0' : '>='),
  sqrt: (a) => (a === '>' || a === '0' ? a : '>='),
  root: (a) => (a === '>' || a === '0' ? a : '>='),
  exp: () => '>',
  log: () => undefined,
  tanh: (a) => a,
  relu: (a) => (a === undefined || below(a) ? '>=' : notBelow(a)),
  step: (a) => (a === '>' ? '>' : '>='),
  abs: (a) => (strict(a) ? '>' : a === '0' ? '0' : '>='),
  max: (a, b) =>
    a === '>' || b === '>'
      ? '>'
      : a === '>=' || b === '>=' || a === '0' || b === '0'
        ? '>='
        : a !== undefined && b !== undefined
          ? a === b
            ? a
            : '<='
          : undefined,
}

/** The signs of the outputs of a Program, as far as their form and the known sides of some operations tell. */
export function formsOf(
  { inputs, ops, outputs }: Program,
  sides: ReadonlyMap<number, Side> = new Map(),
): Form[] {
  const forms: Form[] = []
  for (const [e, op] of ops.entries()) {
    const side = sides.get(e)
    if (side !== undefined) forms[e] = side > 0 ? '>' : side < 0 ? '<' : '0'
    else if (op[0] === 'input') forms[e] = inputs[op[1]]!.startsWith('+') ? '>' : undefined
    else forms[e] = applied(op, forms)
  }
  return outputs.map((e) => forms[e])
}

/** The form of an operation of earlier values. */
function applied(op: Op, forms: readonly Form[]): Form {
  if (op[0] === 'input') return undefined
  if (op[0] === 'const') return FORMS.constant(op[1])
  if (op[0] === 'pow' || op[0] === 'root') return FORMS[op[0]](forms[op[1]], op[2])
  return op.length === 3 ? FORMS[op[0]](forms[op[1]], forms[op[2]]) : FORMS[op[0] as 'neg'](forms[op[1]])
}

const LONGEST = 60
const PRECEDENCE: Readonly<Record<string, number>> = { add: 1, sub: 1, neg: 1, mul: 2, div: 2, pow: 3 }
const SIGN: Readonly<Record<string, string>> = { add: ' + ', sub: ' − ', mul: '·', div: '/' }

/** An operation of a Program as a formula, as far as it is short. */
export function infix({ inputs, ops }: Pick<Program, 'inputs' | 'ops'>, value: number): string {
  const written: string[] = []
  const tight: number[] = []
  for (const [e, op] of ops.slice(0, value + 1).entries()) {
    const part = (a: number, least: number): string => (tight[a]! < least ? `(${written[a]})` : written[a]!)
    const own = (tight[e] = PRECEDENCE[op[0]] ?? 4)
    const after = own + (op[0] === 'add' || op[0] === 'mul' ? 0 : 1)
    if (op[0] === 'input') written[e] = inputs[op[1]]!.replace(/^\+/, '')
    else if (op[0] === 'const') written[e] = op[1]
    else if (op[0] === 'neg') written[e] = `−${part(op[1], 2)}`
    else if (op[0] === 'pow') written[e] = `${part(op[1], 4)}^${op[2]}`
    else if (op[0] === 'root' || op[0] === 'max')
      written[e] =
        `${op[0]}(${op[0] === 'max' ? written[op[1]] : op[2]}, ${written[op[0] === 'max' ? op[2] : op[1]]})`
    else if (op.length === 3) written[e] = `${part(op[1], own)}${SIGN[op[0]]}${part(op[2], after)}`
    else written[e] = `${op[0]}(${written[op[1]]})`
    if (written[e]!.length > 4 * LONGEST) written[e] = '…'
  }
  const found = written[value]!
  return found.length > LONGEST ? `${found.slice(0, LONGEST - 1)}…` : found
}
