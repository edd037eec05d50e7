/** Syntax: the tree of a formula, and the one gate that says which trees are formulas, before any of them is read. */
import mathjs from 'mathjs/lib/browser/math.js'
import { MAX_EXPONENT, quoted } from './constant.ts'
import { FUNCTIONS } from './functions.ts'

const own = mathjs.create()
own.config({ number: 'BigNumber' })

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
  readonly implicit?: boolean
  readonly comment?: string
  readonly value?: { readonly e: number; toFixed(): string; toExponential(): string; isFinite(): boolean }
  /** Of an entry such as `w[1]` its vector and index, and of `at(e, x = …)` what is set. */
  readonly object?: Node
  readonly index?: Node
  readonly dimensions?: readonly Node[]
  readonly args?: readonly Node[]
  readonly params?: readonly Node[]
  readonly conditionals?: readonly string[]
  readonly content?: Node
  readonly items?: readonly Node[]
  toString(): string
}

/** The relations, by mathjs's names: what the slack of each meets. */
export const RELATIONS: ReadonlyMap<string, '=' | '>=' | '>'> = new Map([
  ['equal', '='],
  ['smallerEq', '>='],
  ['largerEq', '>='],
  ['smaller', '>'],
  ['larger', '>'],
])

/** Refuses a node. */
export const fail = (node: Node, problem: string): never => {
  throw new SyntaxError(`formula: ${problem} in ${quoted(shown(node))}`)
}

/** The text of a node; mathjs writes it by recursion, which long sums exhaust. */
function shown(node: Node): string {
  try {
    return node.toString()
  } catch {
    return 'a long formula'
  }
}

/**
 * The formula in a text, which every interpreter of formulas can read, up to the meaning of its symbols.
 * @throws SyntaxError with the first thing that is no formula: an operator or construct that has no meaning here, a product
 * without its `*`, a relation inside an expression, a number with an exponent beyond 10 000.
 */
export function parseFormula(source: string): Formula {
  if (typeof source !== 'string') throw new SyntaxError(`formula: expected a text, got ${typeof source}`)
  checkNumbers(source)
  let root: Node
  try {
    root = own.parse(source) as unknown as Node
  } catch (error) {
    const problem = error instanceof RangeError ? 'brackets are nested too deeply' : (error as Error).message
    throw new SyntaxError(`formula: expected mathjs syntax, got ${quoted(source)}: ${problem}`, {
      cause: error,
    })
  }
  check(root)
  return { source, root }
}

const MOST_DIGITS = 20_000

/** Refuses numbers that would take long to be written out; mathjs rounds the smallest of them to 0. */
function checkNumbers(source: string): void {
  if (/^\s*$/.test(source))
    throw new SyntaxError(`formula: ${EXPECTED_RELATION} or an expression, got an empty text`)
  for (const { 0: text, 1: exponent, index } of source.matchAll(/[\d.][eE]([+-]?\d+)/g)) {
    if (Math.abs(Number(exponent)) <= MAX_EXPONENT) continue
    const number = `${/[\w.]*$/.exec(source.slice(Math.max(0, index - 60), index))![0]}${text}`
    if (/^[\d.]/.test(number))
      throw new SyntaxError(
        `formula: expected an exponent of at most ${MAX_EXPONENT} in size, got ${quoted(number)}`,
      )
  }
  const longest = Math.max(0, ...(source.match(/\d{1000,}/g) ?? []).map(({ length }) => length))
  if (longest > MOST_DIGITS)
    throw new SyntaxError(`formula: expected numbers of at most ${MOST_DIGITS} digits, got ${longest}`)
}

/** Functions of a relation, meant at one sample, or at all from one on. */
const STATEMENTS: ReadonlySet<string> = new Set(['some', 'eventually'])

/** What stands somewhere: a statement (a relation, or several with `or`), an expression, an index with its set, or a range of steps. */
type Role = 'statement' | 'expression' | 'index' | 'range'

/** Whether the tree is a formula. A walk without recursion, as sums may be long. */
function check(root: Node): void {
  const open: [Node, Role][] = [[root, 'statement']]
  const ask = (nodes: readonly Node[], role: Role): void =>
    void open.push(...nodes.map((n): [Node, Role] => [n, role]))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, role] = next
    if (node.comment) fail(node, `expected no comment, got ${quoted(node.comment)}`)
    if (rangeOf(node) !== undefined && (role === 'index' || role === 'range')) {
      ask(rangeOf(node)!.bounds, 'expression')
      continue
    }
    if (role === 'range') fail(node, EXPECTED_RANGE)
    if (role === 'index' && node.type !== 'SymbolNode' && node.op !== 'in') fail(node, 'expected an index')
    switch (node.type) {
      case 'SymbolNode':
        break
      case 'ConstantNode':
        if (typeof node.value?.isFinite !== 'function' || !node.value.isFinite())
          fail(node, 'expected a finite number')
        break
      case 'ParenthesisNode':
        ask([node.content!], role)
        break
      case 'ArrayNode':
        for (const item of node.items!)
          if (item.type === 'ArrayNode') fail(node, 'expected a vector of scalars')
        ask(node.items!, 'expression')
        break
      case 'RelationalNode':
        if (role !== 'statement' || !node.conditionals!.every((kind) => RELATIONS.has(kind)))
          fail(node, 'expected an expression, got relations')
        ask(node.params!, 'expression')
        break
      case 'FunctionNode':
        checkCall(node, role, ask)
        break
      case 'OperatorNode':
        checkOperator(node, role, ask)
        break
      case 'AccessorNode':
        if (entryOf(node) === undefined) fail(node, 'expected one entry of a vector, such as w[1] or x_1[u]')
        ask([node.object!], 'expression')
        break
      case 'AssignmentNode':
        fail(node, EXPECTED_RELATION)
        break
      default:
        fail(node, `expected an expression, got a ${node.type}`)
    }
  }
}

/** Whether an exponent as it is written is beyond what any power is raised to (`power.ts` has the finer bounds). */
function isHuge(exponent: Node): boolean {
  const { type, content, args, value } = exponent
  if (type === 'ParenthesisNode') return isHuge(content!)
  if (type === 'OperatorNode') return args!.length === 1 && isHuge(args![0]!)
  return type === 'ConstantNode' && typeof value?.toFixed === 'function' && Number(value) > MOST_DIGITS
}

/** Products, quotients and powers with a dot are entry by entry. */
const BINARY = ['+', '-', '*', '/', '^', '.*', './', '.^']

/** The index of an entry: a number from 1, or a letter; `undefined` for what is no entry. */
export function entryOf({ index }: Node): number | string | undefined {
  const [at, ...more] = index?.dimensions ?? []
  if (at === undefined || more.length > 0) return undefined
  if (at.type === 'SymbolNode') return at.name
  const text = at.type === 'ConstantNode' && typeof at.value?.toFixed === 'function' ? at.value.toFixed() : ''
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined
}

const EXPECTED_RELATION = 'expected a relation (==, <=, <, >=, >)'

const EXPECTED_RANGE = 'expected a range of steps such as r < t, r <= t or k <= r < t'

type Ask = (nodes: readonly Node[], role: Role) => void

/** Letters that stand for steps of a run. */
export const STEP_LETTERS: readonly string[] = ['r', 'q']

/** The steps `low <= r < high` that a letter runs over: from 0 if nothing bounds them below. */
export interface StepRange {
  readonly letter: string
  readonly low?: Node
  readonly high: Node
  /** Whether the bounds themselves are left out. */
  readonly open: readonly [low: boolean, high: boolean]
  readonly bounds: readonly Node[]
}

/** The range of steps that relations such as `r < t` or `k <= r <= t` name; `undefined` if they name none. */
export function rangeOf(node: Node): StepRange | undefined {
  const kinds = node.type === 'RelationalNode' ? node.conditionals! : [relationOf(node)]
  const sides = node.type === 'RelationalNode' ? node.params! : (node.args ?? [])
  if (sides.length !== kinds.length + 1 || !kinds.every((kind) => /^smaller(Eq)?$/.test(kind)))
    return undefined
  const [letter, high, low] =
    sides.length === 2 ? [sides[0]!, sides[1]!, undefined] : [sides[1]!, sides[2]!, sides[0]!]
  if (sides.length > 3 || letter.type !== 'SymbolNode' || !STEP_LETTERS.includes(letter.name!))
    return undefined
  return {
    ...{ letter: letter.name!, high, ...(low && { low }) },
    open: [kinds.length === 2 && kinds[0] === 'smaller', kinds.at(-1) === 'smaller'],
    bounds: low ? [low, high] : [high],
  }
}

/** Whether a call is `all(range, statement)`. */
export const isAll = (node: Node): boolean => node.type === 'FunctionNode' && symbolOf(node) === 'all'

function checkOperator(node: Node, role: Role, ask: Ask): void {
  const { op, args = [] } = node
  if (node.implicit) fail(node, 'expected an operator between the factors of a product (write a * b)')
  if (op === 'in') {
    if (role !== 'index' || !args.every(({ type }) => type === 'SymbolNode'))
      fail(node, 'expected "in" between an index and a set, first in a sum, min or max')
  } else if (op === 'or' || RELATIONS.has(relationOf(node))) {
    if (role !== 'statement') fail(node, `unknown operator "${op}"`)
    ask(args, op === 'or' ? 'statement' : 'expression')
  } else {
    if (op === '!=' && role === 'statement') fail(node, EXPECTED_RELATION)
    if (!(args.length === 2 ? BINARY : ['-']).includes(op!)) fail(node, `unknown operator "${op}"`)
    if (op!.endsWith('^') && isHuge(args[1]!)) fail(node, 'expected a smaller exponent')
    ask(args, 'expression')
  }
}

function checkCall(node: Node, role: Role, ask: Ask): void {
  const args = node.args!
  const name = symbolOf(node)
  if (typeof node.fn !== 'object' || node.fn.type !== 'SymbolNode')
    fail(node, 'expected a function by its name')
  if (name === 'at') return checkAt(node, ask)
  if (name === 'all') {
    if (role !== 'statement' || args.length !== 2) fail(node, 'expected all(range, relation) as a statement')
    ask([args[0]!], 'range')
    return ask([args[1]!], 'statement')
  }
  const known = FUNCTIONS.get(name)
  const arity = known?.arity ?? (name === 'sum' || name === 'grad' ? 2 : undefined)
  const ofEntries = known?.ofEntries === true && args.length === 1
  if (arity !== undefined && args.length !== arity && !ofEntries)
    fail(node, OVER_SETS.includes(name) ? overSetSyntax(name) : `expected ${arity} argument(s) of ${name}`)
  const [first, ...rest] = args
  if (first === undefined) return
  const binds =
    name === 'sum' ||
    ((name === 'min' || name === 'max') && (first.op === 'in' || rangeOf(first) !== undefined))
  ask([first], binds ? 'index' : STATEMENTS.has(name) ? 'statement' : 'expression')
  ask(rest, 'expression')
}

/** `at(e, t+1)`, `at(e, t_0)`, or `at(e, x = …, …)`: what stands elsewhere. */
function checkAt(node: Node, ask: Ask): void {
  const [value, ...places] = node.args!
  const set = places.every(isSetting)
  if (
    value === undefined ||
    places.length === 0 ||
    !(set || (places.length === 1 && places[0]!.type !== 'AssignmentNode'))
  )
    fail(node, 'expected at(e, t+1), at(e, t_0), at(e, r) of an earlier step r, or at(e, name = value, …)')
  ask([value!], 'expression')
  if (!set) ask(places, 'expression')
  else
    ask(
      places.map(({ value: to }) => to as unknown as Node),
      'expression',
    )
}

export const isSetting = ({ type, object, index }: Node): boolean =>
  type === 'AssignmentNode' && object?.type === 'SymbolNode' && !index

/** The moment that a call `at(e, t+1)` or `at(e, t_0)` names; `undefined` if it sets values instead. */
export function momentOf({ args }: Node): 'next' | 'start' | undefined {
  const [, place, ...more] = args ?? []
  if (place === undefined || more.length > 0) return undefined
  if (place.name === 't_0') return 'start'
  const [t, one] = place.op === '+' ? place.args! : []
  return t?.name === 't' && one?.type === 'ConstantNode' && one.value!.toFixed() === '1' ? 'next' : undefined
}

/** Operations over sets of indices. */
const OVER_SETS = ['sum', 'min', 'max']
export const overSetSyntax = (name: string): string =>
  `expected ${name}(index, term) or ${name}(index in set, term)`

/** mathjs's name of an operator. */
export const relationOf = (node: Node): string => (typeof node.fn === 'string' ? node.fn : '')

/** The name of a symbol or of a called function. */
export const symbolOf = (node: Node): string =>
  typeof node.fn === 'object' ? (node.fn.name ?? '') : (node.name ?? '')

/** Whether a call of one argument may be a value at another moment; exp(t + 1) is a function. */
export const isCall = (node: Node): boolean =>
  node.type === 'FunctionNode' && node.args?.length === 1 && !FUNCTIONS.has(symbolOf(node))

/** Whether a call such as `v_u(t + 1)` means the value one step later; exp(t + 1) is a function. */
export function isNext(node: Node): boolean {
  const [arg] = node.args ?? []
  return isCall(node) && momentOf({ ...node, args: [node, arg!] }) === 'next'
}

/** Whether a call such as `m_i(t_0)` means the value at the start. */
export const isInitial = (node: Node): boolean => isCall(node) && node.args![0]!.name === 't_0'

const ROWS = ['+', '-', '*', '/', '.*', './']

/** A sum or product in its left operand, as a row: a − b + c is a, then − b, then + c. Long ones nest deeply. */
export function row(
  node: Node,
  inner: (left: Node) => Node = (left) => left,
): { first: Node; steps: Node[] } {
  const steps: Node[] = []
  let first = node
  while (first.type === 'OperatorNode' && first.args!.length === 2 && ROWS.includes(first.op!)) {
    steps.push(first)
    first = inner(first.args![0]!)
  }
  return { first, steps: steps.reverse() }
}

/** The nodes directly below a node, in order. */
export const childrenOf = (node: Node): readonly Node[] =>
  [
    ...[node.args ?? [], node.params ?? [], node.items ?? [], node.content ?? [], node.object ?? []],
    node.type === 'AssignmentNode' ? (node.value as unknown as Node) : [],
  ].flat()

/** All nodes of a tree. A walk without recursion, as sums may be long. */
export function* nodesOf(root: Node): Iterable<Node> {
  const open = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node
    open.push(...childrenOf(node))
  }
}

/** The relations of a statement, by mathjs's names: not those that bound a range of steps. */
export function relationsIn(statement: Node): readonly string[] {
  if (statement.type === 'ParenthesisNode') return relationsIn(statement.content!)
  if (isAll(statement)) return relationsIn(statement.args![1]!)
  if (statement.type === 'RelationalNode') return statement.conditionals!
  if (statement.type === 'FunctionNode') return statement.args!.flatMap(relationsIn)
  if (statement.op === 'or') return statement.args!.flatMap(relationsIn)
  return RELATIONS.has(relationOf(statement)) ? [relationOf(statement)] : []
}

const SIGNS: Readonly<Record<string, string>> = {
  ...{ equal: '==', smaller: '<', larger: '>', smallerEq: '<=', largerEq: '>=' },
}

/** A statement as text, with > in place of ≥ in its relations, but not in the ranges of steps. */
export function strictText(statement: Node): string {
  const strict = (kind: string): string => SIGNS[kind]!.replace(/([<>])=/, '$1')
  if (statement.type === 'ParenthesisNode') return `(${strictText(statement.content!)})`
  if (isAll(statement)) return `all(${statement.args![0]!.toString()}, ${strictText(statement.args![1]!)})`
  if (statement.op === 'or') return statement.args!.map(strictText).join(' or ')
  if (statement.type === 'RelationalNode')
    return statement
      .params!.map(
        (side, i) => `${i === 0 ? '' : ` ${strict(statement.conditionals![i - 1]!)} `}${side.toString()}`,
      )
      .join('')
  if (!RELATIONS.has(relationOf(statement))) return statement.toString()
  return statement.args!.map((side) => side.toString()).join(` ${strict(relationOf(statement))} `)
}

/** Whether a formula calls a function of this name anywhere. */
export const calls = ({ root }: Formula, name: string): boolean =>
  [...nodesOf(root)].some((node) => node.type === 'FunctionNode' && symbolOf(node) === name)
