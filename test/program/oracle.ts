/** Oracle: mathjs's symbolic derivative of a formula, and the value of a mathjs formula in any Field. */
import { create, derivativeDependencies, parseDependencies, type MathNode } from 'mathjs'
import type { Field } from '../../src/program/field.ts'

const math = create({ ...derivativeDependencies, ...parseDependencies }, { number: 'BigNumber' })

interface Node {
  readonly type: string
  readonly name?: string
  readonly value?: { toFixed(): string }
  readonly op?: string
  readonly fn?: { readonly name: string }
  readonly args?: readonly Node[]
  readonly content?: Node
  toString(): string
}

/** ∂/∂variable of a formula, as mathjs differentiates it. */
export function mathjsDerivative(formula: string, variable: string): Node {
  return math.derivative!(formula, variable, { simplify: false }) as MathNode as unknown as Node
}

/** The tree of a formula. */
export function mathjsTree(formula: string): Node {
  return math.parse!(formula) as unknown as Node
}

/** The value of a tree. */
export function valueOf<T>(node: Node, F: Field<T>, at: Readonly<Record<string, T>>): T {
  const v = (i: number): T => valueOf(node.args![i]!, F, at)
  switch (node.type) {
    case 'ParenthesisNode':
      return valueOf(node.content!, F, at)
    case 'ConstantNode':
      return F.constant(node.value!.toFixed())
    case 'SymbolNode':
      if (at[node.name!] === undefined) throw new Error(`no value of ${node.name}`)
      return at[node.name!]!
    case 'FunctionNode':
      return F[node.fn!.name as 'exp' | 'log' | 'sqrt'](v(0))
    case 'OperatorNode':
      switch (node.op) {
        case '+':
          return F.add(v(0), v(1))
        case '-':
          return node.args!.length === 1 ? F.neg(v(0)) : F.sub(v(0), v(1))
        case '*':
          return F.mul(v(0), v(1))
        case '/':
          return F.div(v(0), v(1))
        case '^':
          return F.pow(v(0), exponent(node.args![1]!))
      }
  }
  throw new Error(`no value of ${node.toString()}`)
}

/** A constant natural exponent, such as 3 or 3 − 1. */
function exponent(node: Node): number {
  const [a, b] = (node.args ?? []).map(exponent)
  const n =
    node.type === 'ParenthesisNode'
      ? exponent(node.content!)
      : node.op === '-'
        ? a! - b!
        : Number(node.value?.toFixed())
  if (!Number.isInteger(n) || n < 0) throw new Error(`no natural exponent: ${node.toString()}`)
  return n
}
