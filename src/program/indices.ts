/** Indices: what the symbols of a formula mean, and which elements their index letters take. */
import type { Expr, Trace } from './program.ts'
import {
  childrenOf,
  entryOf,
  isInitial,
  isNext,
  nodesOf,
  rangeOf,
  symbolOf,
  type Formula,
  type Node,
} from './syntax.ts'

/** A scalar or a vector of traced values. */
export type Value = Expr | readonly Expr[]

/** The index letters in force and the element that each stands for. */
export type Indices = Readonly<Record<string, number>>

/** What the symbols of a formula mean. */
export interface Scope {
  readonly F: Trace
  /** The name of the setting, for errors. */
  readonly name?: string
  /** The index letters that may be bound by a sum or left free, and the set each runs over. */
  readonly sets: Readonly<Record<string, readonly number[]>>
  /** Whether a number behind a name counts its elements from 1: `x_1` is the first point. */
  readonly counts?: boolean
  /** The names of all symbols, with the index letters of each, for checks of the whole table. */
  readonly symbols?: readonly string[]
  /** The elements that `letter in group` runs over, for sums such as Σ_{u ∈ l}. */
  members?(letter: string, group: string, at: number): readonly number[] | undefined
  /** The value of `base` or of `base_{index…}`; `undefined` if there is none. */
  value(base: string, index: readonly number[]): Value | undefined
  /** The order-preserving coordinate of the angle of that name, for comparisons and `cos`; `undefined` if it is none. */
  angle?(name: string): Expr | undefined
  /** A closed form of the norm of `base_{index…}`, where one is known. */
  norm?(base: string, index: readonly number[]): Expr | undefined
  /** The derivative in time of a traced value. */
  ddt?(e: Expr): Expr
  /** The traced value one step later. */
  next?(e: Expr): Expr
  /** The traced value at the start. */
  initially?(e: Expr): Expr
  /** On a run of steps: the scope of the state after so many of them; `undefined` beyond the run. */
  moment?(step: number): Scope | undefined
  /** On a long run of steps: the sum, least or greatest of a term over all steps from one on, up to this moment or before it. */
  gathered?(name: 'sum' | 'min' | 'max', from: number, before: boolean, term: Expr): Expr
  /** The trace without notes of what has to exist at every moment, for terms that begin at a later one. */
  readonly unwatched?: Trace
  /** In a term of these: the letter that stands for the step. */
  readonly now?: string
  /** On a long run: whether a value is another one at other moments. */
  moves?(e: Expr): boolean
  /** On a long run: what of a value comes from other moments, such as a sum or a limit; `undefined` if nothing does. */
  elsewhere?(e: Expr): string | undefined
  /** The scope of the start, where it is a state of its own: its values ask for nothing later. */
  readonly start?: Scope
  /** Values in which the kinks of the setting's own model lie, such as the outputs of a net. */
  model?(): readonly Expr[]
  /** The same scope on the batch of the step that leaves this state; absent where a step sees all points. */
  readonly batch?: Scope
  /** A function of the setting, such as Φ(w, x); `undefined` if there is none. */
  apply?(base: string, index: readonly number[], args: readonly Value[]): Value | undefined
}

export const isOrdinal = (index: string): boolean => /^[1-9]\d{0,5}$/.test(index)

/** The base and the indices of a symbol: `w_u` is w at u, `x_1` the first x, `eta` is itself. */
export function symbolParts(name: string, scope: Pick<Scope, 'sets' | 'counts'>): [string, string[]] {
  const [base, ...suffix] = name.split('_')
  return suffix.length > 0 &&
    suffix.every((index) => Object.hasOwn(scope.sets, index) || (scope.counts === true && isOrdinal(index)))
    ? [base!, suffix]
    : [name, []]
}

/** Letters that stand for entries of a vector. */
export const ENTRY_LETTERS: readonly string[] = ['a', 'b']

/** The letter and the set of `sum(u, e)` or `min(u in l, e)`. */
export function binder(node: Node): { readonly letter: string; readonly group?: string } {
  const [first] = node.args!
  if (first?.type !== 'OperatorNode' || first.op !== 'in') return { letter: first?.name ?? '' }
  return { letter: first.args![0]!.name ?? '', group: first.args![1]!.name ?? '' }
}

/** Operations over sets of indices. */
const OVER_SETS = ['sum', 'min', 'max']

/** Whether a call is a sum, minimum or maximum over a set of indices. */
export function isOverSet(node: Node, scope: Pick<Scope, 'sets'>): boolean {
  const name = symbolOf(node)
  if (!OVER_SETS.includes(name)) return false
  if (node.args![0] && rangeOf(node.args![0])) return true
  const { letter } = binder(node)
  return name === 'sum' || Object.hasOwn(scope.sets, letter) || indexes(node.args![1], letter)
}

/** Whether a letter of entries stands for an index in a tree. */
const indexes = (root: Node | undefined, letter: string): boolean =>
  root !== undefined &&
  ENTRY_LETTERS.includes(letter) &&
  [...nodesOf(root)].some((node) => node.type === 'AccessorNode' && entryOf(node) === letter)

/** The index letters that a formula leaves free, in order of appearance. */
export function freeIndices(formula: Formula, scope: Pick<Scope, 'sets' | 'counts'>): string[] {
  const free = new Set<string>()
  // Without recursion: the next node is the last of the list, with the letters that are bound there.
  const open: [Node, readonly string[]][] = [[formula.root, []]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, inner] = next
    const note = (letters: readonly string[]): void =>
      letters.forEach((letter) => isOrdinal(letter) || inner.includes(letter) || free.add(letter))
    if (node.type === 'SymbolNode' || node.type === 'FunctionNode')
      note(symbolParts(symbolOf(node), scope)[1])
    if (isNext(node) || isInitial(node)) continue
    if (
      node.type === 'FunctionNode' &&
      node.args!.length === 2 &&
      isOverSet(node, scope) &&
      !rangeOf(node.args![0]!)
    ) {
      const { letter, group } = binder(node)
      if (group) note([group])
      open.push([node.args![1]!, [...inner, letter]])
      continue
    }
    if (node.type === 'AccessorNode') {
      const letter = entryOf(node)
      if (typeof letter === 'string') note([letter])
    }
    for (const child of childrenOf(node).toReversed()) open.push([child, inner])
  }
  return [...free]
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
