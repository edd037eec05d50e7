/** Formulas: mathjs text evaluated into a trace; `print.ts` prints the same text. */
import mathjs from 'mathjs/lib/browser/math.js'
import { max, min, norm, scale, sum } from './field.ts'
import { FUNCTIONS } from './functions.ts'
import { trace, type Expr, type Program, type Trace } from './program.ts'

const own = mathjs.create()
own.config({ number: 'BigNumber' })

/** A scalar or a vector of traced values. */
export type Value = Expr | readonly Expr[]

/** The index letters in force and the element that each stands for. */
export type Indices = Readonly<Record<string, number>>

/** What the symbols of a formula mean. */
export interface Scope {
  readonly F: Trace
  /** The index letters that may be bound by a sum or left free, and the set each runs over. */
  readonly sets: Readonly<Record<string, readonly number[]>>
  /** The names of all symbols, with the index letters of each, for checks of the whole table. */
  readonly symbols?: readonly string[]
  /** The elements that `letter in group` runs over, for sums such as Σ_{u ∈ l}. */
  members?(letter: string, group: string, at: number): readonly number[] | undefined
  /** The value of `base` or of `base_{index…}`; `undefined` if there is none. */
  value(base: string, index: readonly number[]): Value | undefined
  /** A closed form of the norm of `base_{index…}`, where one is known. */
  norm?(base: string, index: readonly number[]): Expr | undefined
  /** The derivative in time of a traced value. */
  ddt?(e: Expr): Expr
  /** The traced value one step later. */
  next?(e: Expr): Expr
  /** The traced value at the start. */
  initially?(e: Expr): Expr
  /** A function of the setting, such as Φ(w, x); `undefined` if there is none. */
  apply?(base: string, index: readonly number[], args: readonly Value[]): Value | undefined
}

/** How far a relation holds: the slack is `= 0`, `>= 0` or `> 0` if and only if it does. */
export interface Slack {
  readonly relation: '=' | '>=' | '>'
  readonly slack: Expr
  /** The two sides, for printing; the slack of `a <= b` is b - a. */
  readonly left: Expr
  readonly right: Expr
  readonly indices: Indices
}

/** A parsed formula. */
export interface Formula {
  readonly source: string
  readonly root: Node
}

/** The part of mathjs's syntax tree that formulas use. */
export interface Node {
  readonly type: string
  readonly name?: string
  readonly fn?: Node | string
  readonly op?: string
  readonly value?: { toFixed(): string }
  readonly args?: readonly Node[]
  readonly params?: readonly Node[]
  readonly conditionals?: readonly string[]
  readonly content?: Node
  readonly items?: readonly Node[]
  toString(): string
}

/** The formula in a text. @throws SyntaxError with the place of the first error. */
export function parseFormula(source: string): Formula {
  try {
    return { source, root: own.parse(source) as unknown as Node }
  } catch (error) {
    throw new SyntaxError(`formula: expected mathjs syntax, got "${source}": ${(error as Error).message}`, {
      cause: error,
    })
  }
}

const RELATIONS: Readonly<Record<string, Slack['relation']>> = {
  equal: '=',
  smallerEq: '>=',
  largerEq: '>=',
  smaller: '>',
  larger: '>',
}

const fail = (node: Node, problem: string): never => {
  throw new SyntaxError(`formula: ${problem} in "${node.toString()}"`)
}

/** The base and the index letters of a symbol: `w_u` is w at u, `eta` is itself. */
export function symbolParts(name: string, scope: Pick<Scope, 'sets'>): [string, string[]] {
  const [base, ...suffix] = name.split('_')
  return suffix.length > 0 && suffix.every((letter) => letter in scope.sets) ? [base!, suffix] : [name, []]
}

const isAt =
  (moment: string) =>
  (node: Node): boolean =>
    node.type === 'FunctionNode' && node.args?.length === 1 && node.args[0]!.toString() === moment

/** Whether a call such as `v_u(t + 1)` means the value one step later. */
export const isNext: (node: Node) => boolean = isAt('t + 1')

/** Whether a call such as `m_i(t_0)` means the value at the start. */
export const isInitial: (node: Node) => boolean = isAt('t_0')

/** The name of a symbol or of a called function. */
export const symbolOf = (node: Node): string =>
  typeof node.fn === 'object' ? (node.fn.name ?? '') : (node.name ?? '')

/** Evaluates a formula that is no relation, with the given index letters bound. */
export function evaluate(formula: Formula, scope: Scope, indices: Indices = {}): Value {
  return value(formula.root, scope, indices)
}

function scalar(node: Node, scope: Scope, at: Indices): Expr {
  const v = value(node, scope, at)
  return Array.isArray(v) ? fail(node, 'expected a scalar, got a vector') : (v as Expr)
}

function vector(node: Node, scope: Scope, at: Indices): readonly Expr[] {
  const v = value(node, scope, at)
  return typeof v === 'number' ? fail(node, 'expected a vector, got a scalar') : v
}

function value(node: Node, scope: Scope, at: Indices): Value {
  switch (node.type) {
    case 'ConstantNode':
      return scope.F.constant(literal(node))
    case 'ParenthesisNode':
      return value(node.content!, scope, at)
    case 'SymbolNode':
      return symbolValue(node, node.name!, scope, at)
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

function literal(node: Node): string {
  const { value } = node
  const text = typeof value?.toFixed === 'function' ? value.toFixed() : ''
  return /^[\d.]+$/.test(text) ? text : fail(node, 'expected a finite number')
}

function bound(node: Node, letters: readonly string[], at: Indices): number[] {
  return letters.map((letter) => at[letter] ?? fail(node, `expected the index ${letter} to be bound`))
}

function symbolValue(node: Node, name: string, scope: Scope, at: Indices): Value {
  const [base, letters] = symbolParts(name, scope)
  return scope.value(base, bound(node, letters, at)) ?? fail(node, `unknown symbol "${name}"`)
}

function map2(node: Node, f: (a: Expr, b: Expr) => Expr, a: Value, b: Value): Value {
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
  if (node.op === '^') return power(F, scalar(left!, scope, at), scalar(right, scope, at))
  const a = value(left!, scope, at)
  const b = value(right, scope, at)
  switch (node.op) {
    case '+':
      return map2(node, (x, y) => F.add(x, y), a, b)
    case '-':
      return map2(node, (x, y) => F.sub(x, y), a, b)
    case '*':
      if (typeof a === 'number') return typeof b === 'number' ? F.mul(a, b) : scale(F, a, b)
      return typeof b === 'number' ? scale(F, b, a) : fail(node, 'use dot(a, b) for the product of vectors')
    case '/':
      if (typeof b !== 'number') return fail(node, 'expected to divide by a scalar, got a vector')
      return typeof a === 'number' ? F.div(a, b) : a.map((e) => F.div(e, b))
    default:
      return fail(node, `unknown operator "${node.op}"`)
  }
}

/** a^e; where e is no constant half-integer, a must be positive. */
function power(F: Trace, a: Expr, exponent: Expr): Expr {
  const op = F.ops[exponent]!
  if (op[0] !== 'const') return F.exp(F.mul(exponent, F.log(a)))
  const [p, q = '1'] = op[1].split('/')
  const n = Math.abs(Number(p))
  if (q !== '1' && q !== '2') return F.exp(F.mul(exponent, F.log(a)))
  const size = F.pow(q === '2' ? F.sqrt(a) : a, n)
  return p!.startsWith('-') ? F.div(F.constant('1'), size) : size
}

function functionValue(node: Node, scope: Scope, at: Indices): Value {
  const { F } = scope
  const name = symbolOf(node)
  const args = node.args!
  const each = (f: ((e: Expr) => Expr) | undefined, v: Value): Value => {
    if (!f) return fail(node, `"${name}" has no meaning in this setting`)
    return typeof v === 'number' ? f(v) : v.map(f)
  }
  if (isNext(node)) return each(scope.next, symbolValue(node, name, scope, at))
  if (isInitial(node)) return each(scope.initially, symbolValue(node, name, scope, at))
  if (isOverSet(node, scope)) return overSet(node, scope, at)
  const own = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined
  if (own) {
    if (args.length !== own.arity) return fail(node, `expected ${own.arity} argument(s) of ${name}`)
    if (name === 'norm') return normValue(args[0]!, scope, at)
    if (name === 'ddt') return each(scope.ddt, value(args[0]!, scope, at))
    return own.value(
      F,
      (i) => scalar(args[i]!, scope, at),
      (i) => vector(args[i]!, scope, at),
    )
  }
  if (name === 'grad') {
    if (args.length !== 2) return fail(node, 'expected grad(scalar, variable)')
    const y = scalar(args[0]!, scope, at)
    return (
      scope.apply?.('grad', [], [y, value(args[1]!, scope, at)]) ?? fail(node, 'no gradient in this setting')
    )
  }
  const [base, letters] = symbolParts(name, scope)
  const values = args.map((arg) => value(arg, scope, at))
  return scope.apply?.(base, bound(node, letters, at), values) ?? fail(node, `unknown function "${name}"`)
}

/** The norm of a symbol (or of its next value) in closed form where the setting knows one. */
function normValue(arg: Node, scope: Scope, at: Indices): Expr {
  const [later, before] = [isNext(arg), isInitial(arg)]
  if (later || before || arg.type === 'SymbolNode') {
    const [base, letters] = symbolParts(symbolOf(arg), scope)
    const closed = scope.norm?.(base, bound(arg, letters, at))
    if (closed !== undefined && !later && !before) return closed
    if (closed !== undefined && later && scope.next) return scope.next(closed)
    if (closed !== undefined && before && scope.initially) return scope.initially(closed)
  }
  const v = value(arg, scope, at)
  return norm(scope.F, typeof v === 'number' ? [v] : v)
}

/** The letter and the set of `sum(u, e)` or `min(u in l, e)`. */
function binder(node: Node): { readonly letter: string; readonly group?: string } {
  const [first] = node.args!
  if (first?.type !== 'OperatorNode' || first.op !== 'in') return { letter: first?.name ?? '' }
  return { letter: first.args![0]!.name ?? '', group: first.args![1]!.name ?? '' }
}

const OVER_SETS: Readonly<Record<string, (F: Trace, terms: readonly Expr[]) => Expr>> = {
  sum: (F, terms) => sum(F, terms),
  min: (F, terms) => terms.reduce((a, b) => min(F, a, b)),
  max: (F, terms) => terms.reduce((a, b) => max(F, a, b)),
}

/** Whether a call is a sum, minimum or maximum over a set of indices. */
function isOverSet(node: Node, scope: Pick<Scope, 'sets'>): boolean {
  const name = symbolOf(node)
  return name === 'sum' || (Object.hasOwn(OVER_SETS, name) && binder(node).letter in scope.sets)
}

/** `sum(u, e)` over the whole set of u; `sum(u in l, e)` over the members of l; so `min` and `max`. */
function overSet(node: Node, scope: Scope, at: Indices): Expr {
  const name = symbolOf(node)
  const { letter, group } = binder(node)
  const body = node.args![1]
  if (!body || !(letter in scope.sets) || (group !== undefined && !(group in scope.sets)))
    return fail(node, `expected ${name}(index, term) or ${name}(index in set, term)`)
  const range =
    group === undefined
      ? scope.sets[letter]!
      : (scope.members?.(letter, group, bound(node, [group], at)[0]!) ?? fail(node, `unknown set "${group}"`))
  if (name !== 'sum' && range.length === 0) return fail(node, `expected ${name} over a set that is not empty`)
  const terms = range.map((element) => scalar(body, scope, { ...at, [letter]: element }))
  return OVER_SETS[name]!(scope.F, terms)
}

/** The index letters that a formula leaves free, in order of appearance. */
export function freeIndices(formula: Formula, scope: Pick<Scope, 'sets'>): string[] {
  const free = new Set<string>()
  const visit = (node: Node, inner: readonly string[]): void => {
    const note = (letters: readonly string[]): void =>
      letters.forEach((letter) => inner.includes(letter) || free.add(letter))
    if (node.type === 'SymbolNode') note(symbolParts(node.name!, scope)[1])
    if (node.type === 'FunctionNode') {
      note(symbolParts(symbolOf(node), scope)[1])
      if (isNext(node) || isInitial(node)) return
      if (isOverSet(node, scope)) {
        const { letter, group } = binder(node)
        if (group) note([group])
        if (node.args![1]) visit(node.args![1], [...inner, letter])
        return
      }
    }
    for (const child of [
      ...(node.args ?? []),
      ...(node.params ?? []),
      ...(node.content ? [node.content] : []),
    ])
      visit(child, inner)
  }
  visit(formula.root, [])
  return [...free]
}

/**
 * The slacks of a relation (a chain such as a = b <= c has two), one per component and per assignment of
 * the free index letters; two letters of one set take distinct elements unless bound in `indices`.
 * @throws SyntaxError if the formula is no relation, or a symbol has no meaning in the scope.
 */
export function slacks(formula: Formula, scope: Scope, indices: Indices = {}): Slack[] {
  const root = formula.root
  const [sides, kinds] =
    root.type === 'RelationalNode'
      ? [root.params!, root.conditionals!]
      : [root.args ?? [], [typeof root.fn === 'string' ? root.fn : '']]
  if (kinds.some((kind) => !(kind in RELATIONS))) return fail(root, 'expected a relation (==, <=, <, >=, >)')
  const free = freeIndices(formula, scope).filter((letter) => !(letter in indices))
  return assignments(free, scope, indices).flatMap((at) => {
    const values = sides.map((side) => value(side, scope, at))
    return kinds.flatMap((kind, r) => {
      const relation = RELATIONS[kind]!
      const [a, b] = [values[r]!, values[r + 1]!]
      const pairs: [Expr, Expr][] = []
      map2(root, (x, y) => (pairs.push([x, y]), x), a, b)
      if (relation !== '=' && typeof a !== 'number') return fail(root, 'expected scalars in an inequality')
      const turned = kind === 'largerEq' || kind === 'larger'
      return pairs.map(([left, right]) => ({
        relation,
        slack: turned ? scope.F.sub(left, right) : scope.F.sub(right, left),
        left,
        right,
        indices: at,
      }))
    })
  })
}

/** The ways to give elements to letters beyond those fixed; two letters of one set take distinct ones. */
export function assignments(letters: readonly string[], scope: Scope, fixed: Indices): Indices[] {
  let all: Indices[] = [fixed]
  for (const letter of letters)
    all = all.flatMap((at) =>
      scope.sets[letter]!.filter((element) =>
        Object.keys(at).every((other) => scope.sets[other] !== scope.sets[letter] || at[other] !== element),
      ).map((element) => ({ ...at, [letter]: element })),
    )
  return all
}

/** The Program of a formula of scalar variables, for instance an activation in z. */
export function formulaProgram(source: string, variables: readonly string[]): Program {
  const formula = parseFormula(source)
  return trace(variables, (F, x) => {
    const v = evaluate(formula, { F, sets: {}, value: (base) => x[variables.indexOf(base)] })
    return typeof v === 'number' ? [v] : v
  })
}
