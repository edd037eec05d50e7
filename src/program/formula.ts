/** Formulas: a syntax tree evaluated into a trace; `print.ts` prints the same tree. */
import { min, norm, scale, sum } from './field.ts'
import { FUNCTIONS } from './functions.ts'
import { power, product } from './power.ts'
import { trace, type Expr, type Program, type Trace } from './program.ts'
import { substitute } from './grad.ts'
import {
  calls,
  entryOf,
  fail,
  isCall,
  isInitial,
  isNext,
  isSetting,
  momentOf,
  nodesOf,
  overSetSyntax,
  parseFormula,
  rangeOf,
  row,
  STEP_LETTERS,
  symbolOf,
} from './syntax.ts'
import type { Formula, Node, StepRange } from './syntax.ts'
import {
  binder,
  ENTRY_LETTERS,
  isOrdinal,
  isOverSet,
  symbolParts,
  type Indices,
  type Scope,
  type Value,
} from './indices.ts'

export { calls, nodesOf, parseFormula, symbolOf, type Formula, type Node }

/** cos φ of an angle of the coordinate a = tan(φ/4): ((1 − a²)² − 4a²)/(1 + a²)². */
function cosine(F: Trace, a: Expr): Expr {
  const square = F.pow(a, 2)
  const one = F.constant('1')
  const top = F.sub(F.pow(F.sub(one, square), 2), F.mul(F.constant('4'), square))
  return F.div(top, F.pow(F.add(one, square), 2))
}

/** Evaluates a formula that is no relation, with the given index letters bound. */
export function evaluate(formula: Formula, scope: Scope, indices: Indices = {}): Value {
  return value(formula.root, scope, indices)
}

/** The names of the symbols that a formula reads, indices included. */
export function symbolsIn({ root }: Formula): ReadonlySet<string> {
  return new Set([...nodesOf(root)].flatMap(({ type, name }) => (type === 'SymbolNode' ? [name!] : [])))
}

/** The entries, from 0, of the first vector that a letter indexes in a tree; `undefined` if it indexes none. */
export function entriesOf(
  root: Node,
  letter: string,
  scope: Scope,
  at: Indices,
): readonly number[] | undefined {
  if (Object.hasOwn(scope.sets, letter) || !ENTRY_LETTERS.includes(letter)) return undefined
  for (const node of nodesOf(root))
    if (node.type === 'AccessorNode' && entryOf(node) === letter)
      return vector(node.object!, scope, at).map((_, i) => i)
  return undefined
}

function scalar(node: Node, scope: Scope, at: Indices): Expr {
  const v = value(node, scope, at)
  return Array.isArray(v) ? fail(node, 'expected a scalar, got a vector') : (v as Expr)
}

function vector(node: Node, scope: Scope, at: Indices): readonly Expr[] {
  const v = value(node, scope, at)
  return typeof v === 'number' ? fail(node, 'expected a vector, got a scalar') : v
}

export function value(node: Node, scope: Scope, at: Indices): Value {
  switch (node.type) {
    case 'ConstantNode':
      return scope.F.constant(node.value!.toFixed())
    case 'ParenthesisNode':
      return value(node.content!, scope, at)
    case 'SymbolNode':
      return symbolValue(node, node.name!, scope, at)
    case 'AccessorNode':
      return entryValue(node, scope, at)
    case 'ArrayNode':
      return node.items!.map((item) => scalar(item, scope, at))
    case 'OperatorNode':
      return operatorValue(node, scope, at)
    case 'FunctionNode':
      return functionValue(node, scope, at)
    default:
      return fail(node, `expected an expression, got a ${node.type}`)
  }
}

/** One entry of a vector; a letter of nodes counts them from 1, as entries are. */
function entryValue(node: Node, scope: Scope, at: Indices): Expr {
  const index = entryOf(node)!
  if (STEP_LETTERS.includes(index as string) && Object.hasOwn(at, index))
    return fail(node, `expected an entry, got the step "${index}"`)
  const entries = vector(node.object!, scope, at)
  const i = typeof index === 'number' ? index - 1 : bound(node, [index], at)[0]!
  return entries[i] ?? fail(node, `expected an entry from 1 to ${entries.length}, got ${i + 1}`)
}

function bound(node: Node, letters: readonly string[], at: Indices): number[] {
  return letters.map(
    (letter) =>
      (isOrdinal(letter) ? Number(letter) - 1 : at[letter]) ??
      fail(node, `expected the index ${letter} to be bound`),
  )
}

function symbolValue(node: Node, name: string, scope: Scope, at: Indices): Value {
  if (scope.angle?.(name) !== undefined)
    return fail(
      node,
      `expected the angle "${name}" to be compared with angles, 0 or pi, or to stand in cos()`,
    )
  if (scope.moment && Object.hasOwn(at, name)) return scope.F.constant(`${at[name]!}`)
  if (scope.now === name) return scope.value('t', [])!
  const [base, letters] = symbolParts(name, scope)
  const found = scope.value(base, bound(node, letters, at)) ?? fail(node, `unknown symbol "${name}"`)
  if (scope.now !== undefined && [found].flat().some((e) => scope.moves!(e as Expr)))
    return fail(node, `expected values at the step ${scope.now}, such as x(${scope.now}), got "${name}" at t`)
  return found
}

export const onAngles = (name: string): string =>
  `expected the angle "${name}" to be compared with angles, 0 or pi, or to stand in cos()`

export const unwrap = (node: Node): Node => (node.type === 'ParenthesisNode' ? unwrap(node.content!) : node)

/** The coordinate of an angle that stands by itself. */
export function angleOf(node: Node, scope: Scope): Expr | undefined {
  const { type, name } = unwrap(node)
  return type === 'SymbolNode' ? scope.angle?.(name!) : undefined
}

const mapped = (v: Value, f: (e: Expr) => Expr): Value => (typeof v === 'number' ? f(v as Expr) : v.map(f))

export function map2(node: Node, f: (a: Expr, b: Expr) => Expr, a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return f(a, b)
  if (typeof a === 'number' || typeof b === 'number' || a.length !== b.length)
    return fail(node, 'expected two scalars or two vectors of one length')
  return a.map((ai, i) => f(ai, b[i]!))
}

function operatorValue(node: Node, scope: Scope, at: Indices): Value {
  const { F } = scope
  const [left, right] = node.args!
  if (right === undefined) {
    if (node.op !== '-') return fail(node, `unknown operator "${node.op}"`)
    const a = value(left!, scope, at)
    return typeof a === 'number' ? F.neg(a) : a.map((e) => F.neg(e))
  }
  const refuse = (problem: string): never => fail(node, problem)
  if (node.op === '^') return power(F, scalar(left!, scope, at), scalar(right, scope, at), refuse)
  if (node.op === '.^') {
    const exponent = scalar(right, scope, at)
    return mapped(value(left!, scope, at), (e) => power(F, e, exponent, refuse))
  }
  const { first, steps } = row(node)
  if (steps.length === 0) return fail(node, `unknown operator "${node.op}"`)
  return steps.reduce(
    (a, step) => combined(step, F, a, value(step.args![1]!, scope, at)),
    value(first, scope, at),
  )
}

function combined(node: Node, F: Trace, a: Value, b: Value): Value {
  switch (node.op) {
    case '+':
      return map2(node, (x, y) => F.add(x, y), a, b)
    case '-':
      return map2(node, (x, y) => F.sub(x, y), a, b)
    case '.*':
    case './': {
      const of = (x: Expr, y: Expr): Expr => (node.op === '.*' ? product(F, x, y) : F.div(x, y))
      if (typeof a === 'number') return mapped(b, (y) => of(a as Expr, y))
      return typeof b === 'number' ? a.map((x) => of(x, b as Expr)) : map2(node, of, a, b)
    }
    case '*':
      if (typeof a === 'number') return typeof b === 'number' ? product(F, a, b) : scale(F, a, b)
      return typeof b === 'number' ? scale(F, b, a) : fail(node, 'use dot(a, b) for the product of vectors')
    default:
      if (typeof b !== 'number') return fail(node, 'expected to divide by a scalar, got a vector')
      return typeof a === 'number' ? F.div(a, b) : a.map((e) => F.div(e, b))
  }
}

function functionValue(node: Node, scope: Scope, at: Indices): Value {
  const { F } = scope
  const name = symbolOf(node)
  const args = node.args!
  const each = (f: ((e: Expr) => Expr) | undefined, v: Value): Value => {
    if (!f) return fail(node, `"${name}" has no such value in the setting ${scope.name ?? 'of this formula'}`)
    return typeof v === 'number' ? f(v) : v.map(f)
  }
  if (name === 'at') return elsewhere(node, scope, at, each)
  const there = otherMoment(node, scope, at)
  if (there) return symbolValue(node, name, there, at)
  if (isNext(node)) return each(scope.next, symbolValue(node, name, scope, at))
  if (isInitial(node))
    return scope.start
      ? symbolValue(node, name, scope.start, at)
      : each(scope.initially, symbolValue(node, name, scope, at))
  if (isOverSet(node, scope)) return overSet(node, scope, at)
  if (name === 'cos' && args.length === 1) {
    const angle = angleOf(args[0]!, scope)
    if (angle !== undefined) return cosine(F, angle)
  }
  const own = FUNCTIONS.get(name)
  if (own) {
    if (name === 'norm') return normValue(args[0]!, scope, at)
    if (name === 'ddt') return each(scope.ddt, value(args[0]!, scope, at))
    if (own.ofEntries && args.length === 1) {
      const [first, ...rest] = vector(args[0]!, scope, at)
      const with2 = (a: Expr, b: Expr): Expr => own.value(F, (i) => [a, b][i]!, NO_VECTOR) as Expr
      return rest.reduce(with2, first!)
    }
    if (own.entrywise)
      return mapped(value(args[0]!, scope, at), (e) => own.value(F, () => e, NO_VECTOR) as Expr)
    return own.value(
      F,
      (i) => scalar(args[i]!, scope, at),
      (i) => vector(args[i]!, scope, at),
    )
  }
  if (name === 'batch' && args.length === 1) return value(args[0]!, scope.batch ?? scope, at)
  if (name === 'grad') {
    const y = scalar(args[0]!, scope, at)
    return (
      scope.apply?.('grad', [], [y, value(args[1]!, scope, at)]) ?? fail(node, 'no gradient in this setting')
    )
  }
  const [base, letters] = symbolParts(name, scope)
  const values = args.map((arg) => value(arg, scope, at))
  return (
    scope.apply?.(base, bound(node, letters, at), values) ??
    fail(node, `unknown function "${name}"${scope.name === undefined ? '' : ` of the setting ${scope.name}`}`)
  )
}

/** The whole number that a formula of steps gives. */
function stepOf(node: Node, scope: Scope, at: Indices): number {
  const op = scope.F.ops[scalar(node, scope, at)]!
  const number = op[0] === 'const' ? Number(op[1]) : NaN
  return Number.isInteger(number)
    ? number
    : fail(node, 'expected a step: whole numbers, whole variables, t, t_0 and letters that a range binds')
}

/** The scope of the moment at which a call such as `a(r)` reads a symbol of a run; `undefined` for other calls. */
function otherMoment(node: Node, scope: Scope, at: Indices): Scope | undefined {
  if (!isCall(node) || !(scope.moment || scope.gathered)) return undefined
  const [base, letters] = symbolParts(symbolOf(node), scope)
  if (scope.value(base, bound(node, letters, at)) === undefined) return undefined
  if (scope.moment) return momentIn(node.args![0]!, scope, at)
  return isNow(node.args![0]!, scope) ? thisMoment(scope) : undefined
}

/** Whether a step is the moment itself, on a long run of steps. */
const isNow = ({ type, name }: Node, { now, gathered }: Scope): boolean =>
  gathered !== undefined && type === 'SymbolNode' && name === (now ?? 't')

/** The scope of the moment itself, in a term of what is gathered up to it. */
const thisMoment = ({ now: _, ...scope }: Scope): Scope => scope

/** What is gathered up to a moment of a long run: its terms are read at the moment itself, as those before were. */
function gatheredUpTo(node: Node, range: StepRange, scope: Scope, at: Indices): Value {
  const name = symbolOf(node) as 'sum' | 'min' | 'max'
  const { letter, low, high, open } = range
  const now = scope.now ?? 't'
  if (!isNow(high, scope) || (open[1] && name !== 'sum'))
    return fail(
      node,
      `expected ${name} over the steps up to ${now}, such as ${name}(${letter} <= ${now}, …), in the limit`,
    )
  if (Object.hasOwn(at, letter)) return fail(node, `expected another letter, as "${letter}" is bound already`)
  const from = low === undefined ? 0 : stepOf(low, scope, at) + (open[0] ? 1 : 0)
  if (from < 0) return fail(node, `expected steps from 0 on, got ${from}`)
  // The letter stands for no number: an entry that it counts is refused.
  const { F, unwatched = F } = scope
  const inner: Scope = { ...scope, F: from > 0 ? unwatched : F, now: letter }
  const term = value(node.args![1]!, inner, { ...at, [letter]: 0 })
  return mapped(term, (e) => scope.gathered!(name, from, open[1], e))
}

/** Thrown where a formula reads a step that the run of a case does not have: it says nothing there. */
export class BeyondRun extends SyntaxError {
  override readonly name = 'BeyondRun'
}

function momentIn(node: Node, scope: Scope, at: Indices): Scope {
  const step = stepOf(node, scope, at)
  const there = scope.moment!(step)
  if (there === undefined) throw new BeyondRun(`it reads step ${step}, which the run does not have`)
  return there
}

/** The steps that a range runs over. */
export function stepsIn(
  { letter, low, high, open }: StepRange,
  scope: Scope,
  at: Indices,
): readonly number[] {
  const from = low === undefined ? 0 : stepOf(low, scope, at) + (open[0] ? 1 : 0)
  const end = stepOf(high, scope, at) + (open[1] ? 0 : 1)
  if (Object.hasOwn(at, letter)) return fail(high, `expected another letter, as "${letter}" is bound already`)
  return Array.from({ length: Math.max(0, end - from) }, (_, i) => from + i)
}

const NO_VECTOR = (): never => {
  throw new TypeError('formula: a function of numbers asked for a vector')
}

/** `at(e, t+1)`, `at(e, t_0)`, or e with other values of some inputs, all of them set at once. */
function elsewhere(
  node: Node,
  scope: Scope,
  at: Indices,
  each: (f: ((e: Expr) => Expr) | undefined, v: Value) => Value,
): Value {
  const [of, ...places] = node.args!
  if (scope.moment && places.length === 1 && !isSetting(places[0]!))
    return value(of!, momentIn(places[0]!, scope, at), at)
  if (places.length === 1 && isNow(places[0]!, scope)) return value(of!, thisMoment(scope), at)
  const moment = momentOf(node)
  if (moment !== undefined && scope.now !== undefined)
    return fail(node, `expected values at the step ${scope.now}, got one at another moment`)
  if (moment === 'start' && scope.start) return value(of!, scope.start, at)
  const here = value(of!, scope, at)
  if (moment !== undefined) return each(moment === 'start' ? scope.initially : scope.next, here)
  if (!places.every(isSetting))
    return fail(
      node,
      `expected at(e, t+1), at(e, t_0) or at(e, name = value, …), as ${scope.name ?? 'this formula'} has no other moments`,
    )
  const { F } = scope
  const beyond = [here].flat().flatMap((e) => scope.elsewhere?.(e as Expr) ?? [])[0]
  if (beyond !== undefined)
    return fail(node, `expected a value that other values give at this moment, got one with ${beyond}`)
  const set = new Map<Expr, Expr>()
  for (const { object, value: to } of places) {
    const [inputs, values] = [value(object!, scope, at), value(to as unknown as Node, scope, at)]
    map2(
      node,
      (input, v) => {
        if (set.has(input)) return fail(node, 'expected each name to be set once')
        set.set(input, v)
        return input
      },
      inputs,
      values,
    )
  }
  if ([...set.keys()].some((e) => F.ops[e]![0] !== 'input'))
    return fail(node, 'expected parameters or variables to be set, got a function of them')
  return mapped(here, (e) => substitute(F, e, set))
}

/** The norm of a symbol (or of its next value) in closed form where the setting knows one. */
function normValue(arg: Node, scope: Scope, at: Indices): Expr {
  const there = otherMoment(arg, scope, at)
  if (there) {
    const [base, letters] = symbolParts(symbolOf(arg), there)
    const closed = there.norm?.(base, bound(arg, letters, at))
    if (closed !== undefined) return closed
  }
  const [later, before] = [isNext(arg), isInitial(arg)]
  if (scope.now === undefined && (later || before || arg.type === 'SymbolNode')) {
    const [base, letters] = symbolParts(symbolOf(arg), scope)
    const closed = scope.norm?.(base, bound(arg, letters, at))
    if (closed !== undefined && !later && !before) return closed
    if (closed !== undefined && later && scope.next) return scope.next(closed)
    if (closed !== undefined && before && scope.initially && !scope.start) return scope.initially(closed)
  }
  const v = value(arg, scope, at)
  return norm(scope.F, typeof v === 'number' ? [v] : v)
}

const OVER_SETS: ReadonlyMap<string, (F: Trace, terms: readonly Expr[]) => Expr> = new Map([
  ['sum', sum],
  ['min', (F, terms) => terms.reduce((a, b) => min(F, a, b))],
  ['max', (F, terms) => terms.reduce((a, b) => F.max(a, b))],
])

/** `sum(u, e)` over the whole set of u; `sum(u in l, e)` over the members of l; so `min` and `max`. */
function overSet(node: Node, scope: Scope, at: Indices): Value {
  const name = symbolOf(node)
  const body = node.args![1] ?? fail(node, overSetSyntax(name))
  const steps = rangeOf(node.args![0]!)
  if (steps !== undefined) {
    if (scope.gathered) return gatheredUpTo(node, steps, scope, at)
    if (!scope.moment) return fail(node, `expected an index, as ${scope.name ?? 'this formula'} has no steps`)
    const range = stepsIn(steps, scope, at)
    if (name !== 'sum' && range.length === 0) return fail(node, `expected ${name} over steps, got none`)
    return gathered(
      node,
      scope.F,
      name,
      range.map((r) => value(body, scope, { ...at, [steps.letter]: r })),
    )
  }
  const { letter, group } = binder(node)
  const entries = entriesOf(body, letter, scope, at)
  for (const index of entries ? [group] : [letter, group])
    if (index !== undefined && !Object.hasOwn(scope.sets, index))
      return fail(node, `unknown symbol "${index}": ${overSetSyntax(name)}`)
  const range =
    group === undefined
      ? (entries ?? scope.sets[letter]!)
      : (scope.members?.(letter, group, bound(node, [group], at)[0]!) ?? fail(node, `unknown set "${group}"`))
  if (name !== 'sum' && range.length === 0) return fail(node, `expected ${name} over a set that is not empty`)
  return gathered(
    node,
    scope.F,
    name,
    range.map((element) => value(body, scope, { ...at, [letter]: element })),
  )
}

/** The sum, least or greatest of terms; a sum may be one of vectors. */
function gathered(node: Node, F: Trace, name: string, terms: readonly Value[]): Value {
  const fold = OVER_SETS.get(name)!
  if (terms.every((term) => typeof term === 'number')) return fold(F, terms as readonly Expr[])
  const [first] = terms
  if (name !== 'sum') return fail(node.args![1]!, 'expected a scalar, got a vector')
  const add = (a: Value, b: Value): Value => map2(node, (x, y) => F.add(x, y), a, b)
  return terms.slice(1).reduce(add, first!)
}

/** The Program of a formula of scalar variables, for instance an activation in z. */
export function formulaProgram(source: string, variables: readonly string[]): Program {
  const formula = parseFormula(source)
  return trace(variables, (F, x) => {
    const v = evaluate(formula, { F, sets: {}, value: (base) => x[variables.indexOf(base)] })
    return typeof v === 'number' ? [v] : v
  })
}
