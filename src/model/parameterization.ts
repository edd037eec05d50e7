/** Parameterisations: the weights as formulas of the parameters, node by node or by name. */
import { parseFormula, type Formula, type Node } from '../program/formula.ts'
import { freeIndices } from '../program/indices.ts'

/** What a parameter may be. */
export type Range = 'real' | 'positive' | 'vector'

/** An unknown function of one variable: each case has one of these formulas. It brings its derivative, `fprime` for `f`. */
export interface FunctionKind {
  readonly of: string
  readonly among: readonly [string, ...string[]]
}

/** What an author writes: parameters and weights by name, `w_u` and keys in `_u` for each node of a net. */
export interface ParameterizationDefinition {
  readonly parameters: Readonly<Record<string, Range>>
  readonly w?: string
  readonly w_u?: string
  readonly functions?: Readonly<Record<string, FunctionKind>>
  /** Where `when` holds, gradient flow moves the weights alone by this velocity. */
  readonly closed?: { readonly when: string; readonly w_u: string }
}

/**
 * A weight of the form c·v/‖v‖: its norm is |c|, whatever the vector parameter v is. `log` says that c = e^p for a real
 * parameter p, and `parameter` names p, or c itself where that is a parameter.
 */
export interface Radius {
  readonly formula: Formula
  readonly vector: string
  readonly parameter?: string
  readonly log: boolean
}

/** The weights as functions of the parameters. */
export interface Parameterization {
  /** Whether each node of a net has parameters of its own. */
  readonly perNode: boolean
  /** The parameters by name, without the `_u`. */
  readonly parameters: ReadonlyMap<string, Range>
  readonly weight: Formula
  readonly radius?: Radius
  readonly functions: Readonly<Record<string, FunctionKind>>
  readonly closed?: { readonly when: Formula; readonly velocity: Formula }
}

const RANGES: readonly string[] = ['real', 'positive', 'vector']
const NAME = /^[A-Za-z][A-Za-z]*$/

/**
 * The parameterisation of a definition, such as `{ parameters: { p: 'vector', n: 'vector' }, w: 'p.^2 - n.^2' }`.
 * @throws TypeError, SyntaxError naming the field that is no such thing.
 */
export function parameterization(definition: ParameterizationDefinition): Parameterization {
  const { parameters, w, w_u: node, functions = {}, closed } = definition ?? {}
  const fail = (problem: string): never => {
    throw new TypeError(`parameterization: ${problem}`)
  }
  const text = w ?? node
  if (text === undefined || (w !== undefined && node !== undefined))
    return fail('expected the weights as "w_u" (of each node of a net) or as "w" (of an objective)')
  const perNode = node !== undefined
  if (typeof parameters !== 'object' || Object.keys(parameters).length === 0)
    return fail('expected "parameters", such as { alpha_u: "real", v_u: "vector" }')
  const made = new Map<string, Range>()
  for (const [key, range] of Object.entries(parameters)) {
    const name = perNode ? key.replace(/_u$/, '') : key
    if (!NAME.test(name) || (perNode && name === key))
      return fail(
        perNode
          ? `expected the parameter "${key}" of each node to end in _u, as in "${key}_u"`
          : `expected letters only in the parameter "${key}"`,
      )
    if (!RANGES.includes(range))
      return fail(`${key}: expected "real", "positive" or "vector", got ${JSON.stringify(range)}`)
    made.set(name, range)
  }
  const weight = parseFormula(text)
  const radius = radiusOf(weight.root, perNode, made)
  const free = freeIndices(weight, { sets: { u: [], v: [], i: [], j: [], l: [] } })
  if (free.some((letter) => !perNode || letter !== 'u'))
    return fail(`expected no free index but ${perNode ? 'u' : 'none'}, got ${free.join(', ')} in "${text}"`)
  return Object.freeze({
    ...{ perNode, parameters: made, weight, functions },
    ...(radius && { radius }),
    ...(closed && { closed: { when: parseFormula(closed.when), velocity: parseFormula(closed.w_u) } }),
  })
}

const plain = (node: Node): Node => (node.type === 'ParenthesisNode' ? plain(node.content!) : node)

/** The factors of a product or quotient, and those that divide. */
function factorsOf(root: Node): { readonly above: readonly Node[]; readonly below: readonly Node[] } {
  const node = plain(root)
  if (node.type !== 'OperatorNode' || !'*/'.includes(node.op!) || node.args!.length !== 2)
    return { above: [node], below: [] }
  const [left, right] = node.args!.map(factorsOf) as [
    ReturnType<typeof factorsOf>,
    ReturnType<typeof factorsOf>,
  ]
  return node.op === '*'
    ? { above: [...left.above, ...right.above], below: [...left.below, ...right.below] }
    : { above: [...left.above, ...right.below], below: [...left.below, ...right.above] }
}

/** The factor c of c·v/‖v‖, where a weight is of this form with c free of v. */
function radiusOf(root: Node, perNode: boolean, parameters: ReadonlyMap<string, Range>): Radius | undefined {
  const key = (name: string): string => (perNode ? `${name}_u` : name)
  const { above, below } = factorsOf(root)
  for (const [vector, range] of parameters) {
    if (range !== 'vector') continue
    const direction = above.findIndex(({ name, type }) => type === 'SymbolNode' && name === key(vector))
    const length = below.findIndex((node) => plainText(node) === `norm(${key(vector)})`)
    if (direction < 0 || length < 0) continue
    const [c, d] = [above.toSpliced(direction, 1), below.toSpliced(length, 1)].map((nodes) =>
      nodes.map((node) => `(${node.toString()})`).join(' * '),
    ) as [string, string]
    const text = `${c === '' ? '1' : c}${d === '' ? '' : ` / (${d})`}`
    if (new RegExp(`\\b${key(vector)}\\b`).test(text)) continue
    const formula = parseFormula(text)
    const bare = plain(formula.root)
    const log = bare.type === 'FunctionNode' && plainText(bare).startsWith('exp(')
    const inner = log ? plain(bare.args![0]!) : bare
    const parameter = [...parameters.keys()].find(
      (name) => inner.type === 'SymbolNode' && inner.name === key(name) && parameters.get(name) !== 'vector',
    )
    return { formula, vector, log, ...(parameter !== undefined && { parameter }) }
  }
  return undefined
}

const plainText = (node: Node): string => node.toString().replaceAll(' ', '')

/** w_u = w_u: the parameters are the weights. */
export const unnorm: Parameterization = parameterization({ parameters: { w_u: 'vector' }, w_u: 'w_u' })

/** w_u = γ_u v_u/‖v_u‖, for any real γ_u ≠ 0: standard weight normalisation (Salimans & Kingma 2016). */
export const swn: Parameterization = parameterization({
  parameters: { gamma_u: 'real', v_u: 'vector' },
  w_u: 'gamma_u*v_u/norm(v_u)',
  closed: {
    when: 'norm(v_u) == 1',
    w_u: '-eta*(norm(w_u)^2*g_u + (1/norm(w_u)^2 - 1)*dot(w_u, g_u)*w_u)',
  },
})

/** w_u = e^{α_u} v_u/‖v_u‖: exponential weight normalisation (Morwani & Ramaswamy 2022). */
export const ewn: Parameterization = parameterization({
  parameters: { alpha_u: 'real', v_u: 'vector' },
  w_u: 'exp(alpha_u)*v_u/norm(v_u)',
  closed: { when: 'norm(v_u) == 1', w_u: '-eta*norm(w_u)^2*g_u' },
})
