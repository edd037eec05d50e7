/** Curve: what of a statement along one run is worth drawing, by name. A picture in doubles, never evidence. */
import { Undefined } from '../number/conventions.ts'
import { logSize, toDouble, type Wide } from '../number/wide.ts'
import { evaluate, symbolOf, type Formula, type Node } from '../program/formula.ts'
import { assignments, freeIndices, type Indices } from '../program/indices.ts'
import { text } from '../program/print.ts'
import { Open, ORDERS, type AlongJudge, type Observation } from './asymptotic.ts'
import type { Curve } from './decide.ts'

/** At most this many points of a curve are kept. */
const POINTS = 40
/** With fewer values there is nothing to see. */
const LEAST = 4

/** An expression along the run, by name; `undefined` where it has no value. */
interface Drawn {
  readonly name: string
  readonly values: readonly (Wide | undefined)[]
}
type Sides = readonly [observable: Drawn | undefined, against?: Drawn | undefined]

/**
 * The observable of the first of some formulas that can be drawn, along a run: of `lim(f) == a`, f beside a; of an order
 * of f in g, the ratio f/g; of a relation at every sample, both sides; of several alternatives, that of the first that
 * holds.
 */
export function curveAlong(
  formulas: readonly Formula[],
  judge: AlongJudge,
  chosen: Indices,
): Curve | undefined {
  for (const { root } of formulas) {
    const free = freeIndices({ source: '', root }, judge.scope).filter((letter) => !(letter in chosen))
    for (const indices of assignments(free, judge.scope, chosen)) {
      const drawn = (node: Node): Drawn | undefined => sampled(node, indices, chosen, judge)
      const curve = curveOf(compared(alternative(root, indices, judge), drawn), judge.observation)
      if (curve) return curve
    }
  }
  return undefined
}

const unwrap = (node: Node): Node => (node.type === 'ParenthesisNode' ? unwrap(node.content!) : node)

/** The first alternative that holds, else the first. */
function alternative(wrapped: Node, at: Indices, judge: AlongJudge): Node {
  const root = unwrap(wrapped)
  if (root.type !== 'OperatorNode' || root.op !== 'or') return root
  const parts = root.args!
  return alternative(parts.find((part) => judge.statement(part, at).truth === true) ?? parts[0]!, at, judge)
}

/** The observable of a statement, and what it is compared with. */
function compared(root: Node, drawn: (node: Node) => Drawn | undefined): Sides {
  const isCall = root.type === 'FunctionNode'
  if (isCall && ['some', 'eventually'].includes(symbolOf(root)))
    return compared(unwrap(root.args![0]!), drawn)
  if (isCall && symbolOf(root) === 'converges') return [drawn(root.args![0]!)]
  const [left, right] = (root.params ?? root.args) as [Node, Node]
  if (right.type === 'FunctionNode' && ORDERS.includes(symbolOf(right)))
    return [drawn(quotient(left, right.args![0]!))]
  const [l, r] = [drawn(atEachMoment(left)), right.name === 'inf' ? undefined : drawn(right)]
  return !hasLimit(left) && hasLimit(right) && isConstant(l) ? [drawn(atEachMoment(right)), l] : [l, r]
}

const isConstant = (drawn: Drawn | undefined): boolean =>
  drawn !== undefined && drawn.values.every((v) => v?.m === drawn.values[0]?.m && v?.e === drawn.values[0]?.e)
const hasLimit = (node: Node): boolean =>
  isLimit(node) || [...(node.args ?? []), ...(node.content ? [node.content] : [])].some(hasLimit)
const isLimit = (node: Node): boolean => node.type === 'FunctionNode' && symbolOf(node) === 'lim'

/** A copy of a node of mathjs, whose type lies in its prototype. */
const copy = (node: Node, changed: Partial<Node>): Node =>
  Object.assign(Object.create(Object.getPrototypeOf(node) as object) as Node, node, changed)

/** The expression whose limit a side is: outermost limits are left out. */
function atEachMoment(node: Node): Node {
  if (isLimit(node)) return node.args![0]!
  if (node.content) return copy(node, { content: atEachMoment(node.content) })
  return node.args ? copy(node, { args: node.args.map(atEachMoment) }) : node
}

/** f/g, or f·h if g is 1/h. */
function quotient(f: Node, wrapped: Node): Node {
  const g = unwrap(wrapped)
  const [one, h] = g.type === 'OperatorNode' && g.op === '/' ? g.args! : []
  const [op, fn, other] = one && `${one}` === '1' ? ['*', 'multiply', h!] : ['/', 'divide', g]
  return { type: 'OperatorNode', op: op as string, fn: fn as string, args: [f, other as Node] }
}

/** An expression at all samples; of a vector its first entry. */
function sampled(node: Node, at: Indices, chosen: Indices, judge: AlongJudge): Drawn | undefined {
  const formula: Formula = { source: '', root: node }
  try {
    const value = evaluate(formula, judge.scope, at)
    const [e, of] = typeof value === 'number' ? [value, ''] : [value[0]!, 'first entry of ']
    const letters = freeIndices(formula, judge.scope).filter((letter) => !(letter in chosen))
    const where = letters.map((letter) => `${letter} = ${at[letter]! + 1}`).join(', ')
    const name = `${of}${text(formula)}${where === '' ? '' : ` (${where})`}`
    return { name, values: judge.values(e) }
  } catch (error) {
    if (error instanceof Open || error instanceof Undefined) return undefined
    throw error
  }
}

/** The curve from the first sample at which all has a value, thinned so that the last is kept. */
function curveOf([drawn, other]: Sides, { s, clock }: Observation): Curve | undefined {
  if (!drawn) return undefined
  const first = drawn.values.findLastIndex((v) => v === undefined) + 1
  if (s.length - first < LEAST) return undefined
  const every = Math.max(1, Math.ceil((s.length - first) / POINTS))
  const kept = s.map((_, j) => j).filter((j) => j >= first && (s.length - 1 - j) % every === 0)
  const logarithmic = [drawn, ...(other ? [other] : [])].some(({ values }) =>
    kept.some((j) => lost(values[j])),
  )
  const numbers = ({ values }: Drawn, at: readonly number[]): number[] =>
    at.map((j) => (values[j] ? four(read(values[j], logarithmic)) : NaN))
  const finite = kept.filter((_, i) => Number.isFinite(numbers(drawn, kept)[i]))
  const beside = other && numbers(other, finite)
  return {
    logarithmic,
    s: finite.map((j) => four(s[j]!)),
    ...{ values: numbers(drawn, finite), observable: drawn.name },
    ...(clock !== undefined && { clock }),
    ...(beside?.every(Number.isFinite) && { against: { observable: other!.name, values: beside } }),
  }
}

/** Whether a number lies beyond the doubles. */
const lost = (v: Wide | undefined): boolean =>
  v !== undefined && (!Number.isFinite(toDouble(v)) || (toDouble(v) === 0 && v.m !== 0))
const read = (v: Wide, logarithmic: boolean): number => (logarithmic ? logSize(v) : toDouble(v))
const four = (x: number): number => Number(x.toPrecision(4))
