/** Solved premises: those whose form says how a chart meets them throughout. What is not solved is dropped from a proof. */
import type { Assumed } from '../../claim/setting.ts'
import { parseFormula, symbolOf, type Node } from '../../program/formula.ts'

const plain = (node: Node): Node => (node.type === 'ParenthesisNode' ? plain(node.content!) : node)
const isZero = (node: Node): boolean => node.type === 'ConstantNode' && node.value!.toFixed() === '0'

/** The inputs that premises of the form `x > 0`, `min(x) > 0` or `0 < x` keep positive, by name (`w`, `gamma_u`). */
export function positiveIn(assumed: Assumed): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { formula } of assumed) {
    const root = formula === undefined ? undefined : plain(parseFormula(formula).root)
    if (root?.type !== 'OperatorNode' || (root.op !== '>' && root.op !== '<')) continue
    const [left, right] = root.args!.map(plain) as [Node, Node]
    const [greater, less] = root.op === '>' ? [left, right] : [right, left]
    const of = greater.type === 'FunctionNode' && symbolOf(greater) === 'min' ? greater.args! : [greater]
    if (isZero(less) && of.length === 1 && plain(of[0]!).type === 'SymbolNode') names.add(plain(of[0]!).name!)
  }
  return names
}
