/** Printing: a formula in TeX and as a line of readable text, from the same syntax tree that is evaluated. */
import { isNext, symbolOf, type Formula, type Node } from './formula.ts'
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
  readonly relations: Readonly<Record<string, string>>
  group(inner: string): string
  greek(name: string): string
  subscript(base: string, index: string): string
  power(base: string, exponent: string): string
  fraction(a: string, b: string): string
  hat(inner: string): string
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
  relations: relations('\\le', '\\ge'),
  group: (inner) => `\\left(${inner}\\right)`,
  greek: (name) =>
    name in GREEK || name === 'cos' ? `\\${name}` : name.length > 1 ? `\\mathrm{${name}}` : name,
  subscript: (base, index) => `${base}_{${index}}`,
  power: (base, exponent) => `${base}^{${exponent}}`,
  fraction: (a, b) => `\\frac{${a}}{${b}}`,
  hat: (inner) => `\\hat{${inner}}`,
}

const TEXT: Style = {
  form: 'text',
  minus: '−',
  times: ' ',
  element: '∈',
  relations: relations('≤', '≥'),
  group: (inner) => `(${inner})`,
  greek: (name) => GREEK[name] ?? name,
  subscript: (base, index) => `${base}_${index}`,
  power: (base, exponent) => `${base}${SUPERSCRIPTS[exponent] ?? `^${exponent}`}`,
  fraction: (a, b) => `${a}/${b}`,
  hat: (inner) => `${inner}\u0302`,
}

/** A word of the formula language: a Greek name, a name under a hat, or the second layer index p as l′. */
function word(name: string, style: Style): string {
  if (name === 'p') return "l'"
  if (name === 'fprime') return "f'"
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

/** Whether the text ends with a prefix function or a quotient, which would swallow a factor behind it. */
function open(node: Node, style: Style): boolean {
  const plain = unwrap(node)
  if (plain.type === 'FunctionNode') return PREFIX.includes(symbolOf(plain))
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
    plain.type === 'FunctionNode' &&
    [...PREFIX, ...(style.form === 'tex' ? ['exp'] : [])].includes(symbolOf(plain))
  return plain.type === 'OperatorNode' || prefix ? style.group(print(node, style)) : print(node, style)
}

function printOperator(node: Node, style: Style): string {
  const kind = typeof node.fn === 'string' ? node.fn : ''
  if (kind in style.relations) return chain(node.args!, [kind], style)
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
const PREFIX = ['ddt', 'along', 'perp', 'sum', 'grad']

function printCall(node: Node, style: Style): string {
  const name = symbolOf(node)
  const args = node.args!
  if (isNext(node)) return `${symbol(name, style)}(t+1)`
  const inTex = style.form === 'tex'
  if (name === 'sum') {
    const [binder, body] = args
    const range = (binder!.type === 'OperatorNode' ? binder!.args! : [binder!])
      .map((part) => word(part.name!, style))
      .join(style.element)
    return `${inTex ? '\\sum_' : 'Σ_'}{${range}} ${factor(body!, style)}`
  }
  if (name === 'grad')
    return `${inTex ? '\\nabla_' : '∇_'}{${print(args[1]!, style)}} ${factor(args[0]!, style)}`
  const show = PREFIX.includes(name) ? factor : print
  const shown = args.map((arg) => show(arg, style))
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined
  return known ? known[style.form](...shown) : `${symbol(name, style)}(${shown.join(', ')})`
}
