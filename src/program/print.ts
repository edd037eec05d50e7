/** Printing: a formula in TeX and as a line of readable text, from the same syntax tree that is evaluated. */
import { isInitial, isNext, symbolOf, type Formula, type Node } from './formula.ts'
import { FUNCTIONS } from './functions.ts'

/** The formula in TeX. */
export function tex(formula: Formula): string {
  return print(formula.root, TEX)
}

/** The formula as a line of readable text. */
export function text(formula: Formula): string {
  return print(formula.root, TEXT)
}

/** The ways in which TeX and plain text differ. */
interface Style {
  readonly form: 'tex' | 'text'
  readonly minus: string
  readonly times: string
  readonly element: string
  readonly or: string
  readonly relations: Readonly<Record<string, string>>
  group(inner: string): string
  greek(name: string): string
  subscript(base: string, index: string): string
  power(base: string, exponent: string): string
  fraction(a: string, b: string): string
  hat(inner: string): string
  tilde(inner: string): string
}

const GREEK: Readonly<Record<string, string>> = {
  ...{ alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', eta: 'η', kappa: 'κ', lambda: 'λ' },
  ...{ mu: 'μ', nu: 'ν', rho: 'ρ', sigma: 'σ', tau: 'τ', theta: 'θ', chi: 'χ', omega: 'ω', Phi: 'Φ' },
}
const SUPERSCRIPTS: Readonly<Record<string, string>> = { '2': '²', '3': '³', '4': '⁴' }
const relations = (le: string, ge: string): Style['relations'] => ({
  ...{ equal: '=', smaller: '<', larger: '>', smallerEq: le, largerEq: ge },
})

const TEX: Style = {
  form: 'tex',
  minus: '-',
  times: '\\,',
  element: '\\in ',
  or: '\\;\\text{ or }\\; ',
  relations: relations('\\le', '\\ge'),
  group: (inner) => `\\left(${inner}\\right)`,
  greek: (name) =>
    name in GREEK || name === 'cos' ? `\\${name}` : name.length > 1 ? `\\mathrm{${name}}` : name,
  subscript: (base, index) => `${base}_{${index}}`,
  power: (base, exponent) => `${base}^{${exponent}}`,
  fraction: (a, b) => `\\frac{${a}}{${b}}`,
  hat: (inner) => `\\hat{${inner}}`,
  tilde: (inner) => `\\tilde{${inner}}`,
}

const TEXT: Style = {
  form: 'text',
  minus: '−',
  times: ' ',
  element: '∈',
  or: ' or ',
  relations: relations('≤', '≥'),
  group: (inner) => `(${inner})`,
  greek: (name) => GREEK[name] ?? name,
  subscript: (base, index) => `${base}_${index}`,
  power: (base, exponent) => `${base}${SUPERSCRIPTS[exponent] ?? `^${exponent}`}`,
  fraction: (a, b) => `${a}/${b}`,
  hat: (inner) => `${inner}\u0302`,
  tilde: (inner) => `${inner}\u0303`,
}

/** A word of the formula language: a Greek name, a name under a hat, or the second layer index p as l′. */
function word(name: string, style: Style): string {
  if (name === 'p') return "l'"
  if (name === 'fprime') return "f'"
  if (name === 'inf') return style.form === 'tex' ? '\\infty' : '∞'
  if (name.endsWith('tilde')) return style.tilde(word(name.slice(0, -5), style))
  return name.endsWith('hat') ? style.hat(word(name.slice(0, -3), style)) : style.greek(name)
}

/** A symbol with its indices; `gradPhi` is the gradient of Φ in the weights. */
function symbol(name: string, style: Style): string {
  const [base, ...indices] = name.split('_') as [string, ...string[]]
  const nabla = style.form === 'tex' ? '\\nabla_w ' : '∇_w '
  const root = base.startsWith('grad') ? nabla + word(base.slice(4), style) : word(base, style)
  return indices.length === 0
    ? root
    : style.subscript(root, indices.map((index) => word(index, style)).join(','))
}

const unwrap = (node: Node): Node => (node.type === 'ParenthesisNode' ? unwrap(node.content!) : node)
const isOperator = (node: Node, ...names: string[]): boolean =>
  node.type === 'OperatorNode' && names.includes(node.op!)

function print(wrapped: Node, style: Style): string {
  const node = unwrap(wrapped)
  switch (node.type) {
    case 'ConstantNode':
      return node.value!.toFixed()
    case 'SymbolNode':
      return symbol(node.name!, style)
    case 'RelationalNode':
      return chain(node.params!, node.conditionals!, style)
    case 'FunctionNode':
      return printCall(node, style)
    case 'OperatorNode':
      return printOperator(node, style)
    case 'ArrayNode':
      return style.group(node.items!.map((item) => print(item, style)).join(', '))
    default:
      throw new SyntaxError(`formula: expected an expression, got "${node.toString()}"`)
  }
}

function chain(parts: readonly Node[], kinds: readonly string[], style: Style): string {
  const rest = kinds.map((kind, i) => `${style.relations[kind]} ${print(parts[i + 1]!, style)}`)
  return [print(parts[0]!, style), ...rest].join(' ')
}

/** Parenthesised if a sum or a difference: safe as a factor. */
function factor(node: Node, style: Style): string {
  const inner = print(node, style)
  return isOperator(unwrap(node), '+', '-') ? style.group(inner) : inner
}

/** Whether the text begins with a minus sign. */
function negated(node: Node): boolean {
  const plain = unwrap(node)
  if (isOperator(plain, '-')) return plain.args!.length === 1
  return isOperator(plain, '*') && negated(plain.args![0]!)
}

/** Whether a call is printed as an operator in front of its last argument. */
const isPrefix = (node: Node): boolean =>
  PREFIX.includes(symbolOf(node)) || (symbolOf(node) in OVER && isIndex(node.args![0]!))

/** Whether the text ends with a prefix function or a quotient, which would swallow a factor behind it. */
function open(node: Node, style: Style): boolean {
  const plain = unwrap(node)
  if (plain.type === 'FunctionNode') return isPrefix(plain)
  if (isOperator(plain, '/')) return style.form === 'text'
  if (isOperator(plain, '*')) return open(plain.args![1]!, style)
  return isOperator(plain, '-') && plain.args!.length === 1 && open(plain.args![0]!, style)
}

/** Safe in front of a further factor. */
function left(node: Node, style: Style): string {
  const inner = print(node, style)
  const plain = unwrap(node)
  const sum = isOperator(plain, '+') || (isOperator(plain, '-') && plain.args!.length === 2)
  return sum || open(node, style) ? style.group(inner) : inner
}

/** Safe behind another factor. */
function right(node: Node, style: Style): string {
  return negated(node) && !isOperator(unwrap(node), '-')
    ? style.group(print(node, style))
    : factor(node, style)
}

/** Parenthesised if any operator (or, in front of a power, any prefix function): safe everywhere. */
function atom(node: Node, style: Style): string {
  const plain = unwrap(node)
  const prefix =
    plain.type === 'FunctionNode' && (isPrefix(plain) || (style.form === 'tex' && symbolOf(plain) === 'exp'))
  return plain.type === 'OperatorNode' || prefix ? style.group(print(node, style)) : print(node, style)
}

function printOperator(node: Node, style: Style): string {
  const kind = typeof node.fn === 'string' ? node.fn : ''
  if (kind in style.relations) return chain(node.args!, [kind], style)
  if (node.op === 'or') return node.args!.map((part) => print(part, style)).join(style.or)
  const [a, b] = node.args!
  if (b === undefined) return `${style.minus}${factor(a!, style)}`
  const negative = isOperator(unwrap(b), '-') && unwrap(b).args!.length === 1
  switch (node.op) {
    case '+':
      return `${print(a!, style)} + ${negative ? factor(b, style) : print(b, style)}`
    case '-':
      return `${print(a!, style)} ${style.minus} ${factor(b, style)}`
    case '*':
      return `${left(a!, style)}${style.times}${right(b, style)}`
    case '/':
      if (style.form === 'tex') return style.fraction(print(a!, style), print(b, style))
      return style.fraction(
        open(a!, TEX) ? style.group(print(a!, style)) : factor(a!, style),
        isOperator(unwrap(b), '^') ? print(b, style) : atom(b, style),
      )
    case '^':
      return style.power(atom(a!, style), style.form === 'tex' ? print(b, style) : atom(b, style))
    default:
      throw new SyntaxError(`formula: unknown operator "${node.op}"`)
  }
}

/** Functions printed as an operator in front of their last argument. */
const PREFIX = ['ddt', 'along', 'perp', 'sum', 'grad', 'lim', 'sup']

/** What is said of an observable along a run: the argument as it stands, and safe as a factor. */
const ALONG: Readonly<
  Record<string, Readonly<Record<Style['form'], (plain: string, safe: string) => string>>>
> = {
  lim: { tex: (_, e) => `\\lim_{t \\to \\infty} ${e}`, text: (_, e) => `lim ${e}` },
  sup: { tex: (_, e) => `\\sup_{t' \\ge t} ${e}`, text: (_, e) => `sup_{t′≥t} ${e}` },
  some: { tex: (e) => `\\exists\\, t:\\; ${e}`, text: (e) => `for some t: ${e}` },
  eventually: { tex: (e) => `\\text{eventually } ${e}`, text: (e) => `eventually ${e}` },
  converges: { tex: (e) => `${e} \\text{ converges}`, text: (e) => `${e} converges` },
  Theta: { tex: (e) => `\\Theta\\left(${e}\\right)`, text: (e) => `Θ(${e})` },
  O: { tex: (e) => `O\\left(${e}\\right)`, text: (e) => `O(${e})` },
  o: { tex: (e) => `o\\left(${e}\\right)`, text: (e) => `o(${e})` },
}

/** Operations over sets of indices. */
const OVER: Readonly<Record<string, { readonly tex: string; readonly text: string }>> = {
  sum: { tex: '\\sum', text: 'Σ' },
  min: { tex: '\\min', text: 'min' },
  max: { tex: '\\max', text: 'max' },
}

/** Whether a node binds an index: one of the letters of nodes, layers, points and outputs, or one in a set. */
const isIndex = (node: Node): boolean =>
  (node.type === 'SymbolNode' && /^[uvlpij]$/.test(node.name!)) || isOperator(node, 'in')

function printCall(node: Node, style: Style): string {
  const name = symbolOf(node)
  const args = node.args!
  const inTex = style.form === 'tex'
  if (isNext(node)) return `${symbol(name, style)}(t+1)`
  if (isInitial(node)) return `${symbol(name, style)}(${inTex ? 't_0' : 't₀'})`
  if (name in OVER && isIndex(args[0]!)) {
    const [binder, body] = args
    const range = (binder!.type === 'OperatorNode' ? binder!.args! : [binder!])
      .map((part) => word(part.name!, style))
      .join(style.element)
    return `${OVER[name]![style.form]}_{${range}} ${factor(body!, style)}`
  }
  if (name in ALONG) return ALONG[name]![style.form](print(args[0]!, style), factor(args[0]!, style))
  if (name === 'grad')
    return `${inTex ? '\\nabla_' : '∇_'}{${print(args[1]!, style)}} ${factor(args[0]!, style)}`
  const show = PREFIX.includes(name) ? factor : print
  const shown = args.map((arg) => show(arg, style))
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined
  return known ? known[style.form](...shown) : `${symbol(name, style)}(${shown.join(', ')})`
}
