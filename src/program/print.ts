/** Printing: a formula in TeX and as a line of readable text, from the same syntax tree that is evaluated. */
import { FUNCTIONS } from './functions.ts'
import {
  entryOf,
  isAll,
  isInitial,
  isNext,
  isSetting,
  momentOf,
  rangeOf,
  relationOf,
  row,
  symbolOf,
  type Formula,
  type Node,
} from './syntax.ts'

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
  /** The product sign in front of a digit, where a space would make one number of two. */
  readonly dot: string
  readonly element: string
  readonly or: string
  readonly relations: ReadonlyMap<string, string>
  group(inner: string): string
  greek(name: string): string
  subscript(base: string, index: string): string
  power(base: string, exponent: string): string
  fraction(a: string, b: string): string
  hat(inner: string): string
  tilde(inner: string): string
}

const GREEK: ReadonlyMap<string, string> = mapOf({
  ...{ alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', eta: 'η', kappa: 'κ', lambda: 'λ' },
  ...{
    mu: 'μ',
    nu: 'ν',
    rho: 'ρ',
    sigma: 'σ',
    tau: 'τ',
    theta: 'θ',
    chi: 'χ',
    omega: 'ω',
    Phi: 'Φ',
    pi: 'π',
  },
})
const SUPERSCRIPTS: ReadonlyMap<string, string> = mapOf({ '2': '²', '3': '³', '4': '⁴' })
const relations = (le: string, ge: string): Style['relations'] =>
  mapOf({ equal: '=', smaller: '<', larger: '>', smallerEq: le, largerEq: ge })
/** A table in which names such as `constructor` are as unknown as others. */
function mapOf<T>(table: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(table))
}

const TEX: Style = {
  form: 'tex',
  minus: '-',
  times: '\\,',
  dot: ' \\cdot ',
  element: '\\in ',
  or: '\\;\\text{ or }\\; ',
  relations: relations('\\le', '\\ge'),
  group: (inner) => `\\left(${inner}\\right)`,
  greek: (name) =>
    GREEK.has(name) || name === 'cos'
      ? `\\${name}`
      : name.length > 1
        ? `\\mathrm{${name.replaceAll(/[_$]/g, '\\$&')}}`
        : name,
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
  dot: '·',
  element: '∈',
  or: ' or ',
  relations: relations('≤', '≥'),
  group: (inner) => `(${inner})`,
  greek: (name) => GREEK.get(name) ?? name,
  subscript: (base, index) => `${base}_${index}`,
  power: (base, exponent) => `${base}${SUPERSCRIPTS.get(exponent) ?? `^${exponent}`}`,
  fraction: (a, b) => `${a}/${b}`,
  hat: (inner) => `${inner}\u0302`,
  tilde: (inner) => `${inner}\u0303`,
}

/** The names that settings give to vectors under a hat or a tilde; a user's `that` is no t̂. */
const MARKED = mapOf<readonly ['hat' | 'tilde', string]>({
  ...{ ghat: ['hat', 'g'], nhat: ['hat', 'n'], vhat: ['hat', 'v'], what: ['hat', 'w'] },
  ...{ gtilde: ['tilde', 'g'], wtilde: ['tilde', 'w'] },
})
/** What a setting numbers by layers; there the index p is the second layer l′. */
const BY_LAYER = ['H', 'k', 'w']

/** A symbol of the settings in their notation, any other name as it is written, Greek letters apart. */
function word(name: string, style: Style): string {
  const [mark, base] = MARKED.get(name) ?? []
  if (mark !== undefined) return style[mark](style.greek(base!))
  return name === 'fprime' ? "f'" : style.greek(name)
}

/** An index, or a set of them, that a symbol or an operation over a set binds. */
const index = (name: string, style: Style): string => (name === 'p' ? "l'" : word(name, style))

/** A symbol with its indices; `gradPhi` is the gradient of Φ in the weights. */
function symbol(name: string, style: Style): string {
  const [base, ...indices] = name.split('_') as [string, ...string[]]
  if (base === '' || indices.includes('')) return style.greek(name)
  const nabla = style.form === 'tex' ? '\\nabla_w ' : '∇_w '
  const root = base === 'gradPhi' ? nabla + word('Phi', style) : word(base, style)
  if (indices.length === 0) return root
  const show = BY_LAYER.includes(base) ? index : word
  return style.subscript(root, indices.map((part) => show(part, style)).join(','))
}

const unwrap = (node: Node): Node => (node.type === 'ParenthesisNode' ? unwrap(node.content!) : node)
const isOperator = (node: Node, ...names: string[]): boolean =>
  node.type === 'OperatorNode' && names.includes(node.op!)

function print(wrapped: Node, style: Style): string {
  const node = unwrap(wrapped)
  switch (node.type) {
    case 'ConstantNode':
      return number(node, style)
    case 'SymbolNode':
      return symbol(node.name!, style)
    case 'RelationalNode':
      return chain(node.params!, node.conditionals!, style)
    case 'FunctionNode':
      return printCall(node, style)
    case 'OperatorNode':
      return printOperator(node, style)
    case 'AccessorNode':
      return entry(node, style)
    case 'ArrayNode':
      return style.group(node.items!.map((item) => print(item, style)).join(', '))
    default:
      throw new SyntaxError(`formula: expected an expression, got a ${node.type}`)
  }
}

/** An entry of a vector: its index beside those of the vector, or behind it. */
function entry(node: Node, style: Style): string {
  const of = node.object!
  const at = `${entryOf(node)!}`
  if (style.form === 'text') return `${atom(of, style)}[${at}]`
  return of.type === 'SymbolNode' ? symbol(`${of.name!}_${at}`, style) : style.subscript(atom(of, style), at)
}

/** Whether a number has so many zeros that it is printed with a power of ten. */
const isScientific = ({ type, value }: Node): boolean =>
  type === 'ConstantNode' && value!.toFixed().length - value!.toExponential().indexOf('e') > 12

function number(node: Node, style: Style): string {
  if (!isScientific(node)) return node.value!.toFixed()
  const [digits, exponent] = node.value!.toExponential().split('e') as [string, string]
  const tens = style.power('10', exponent.replace('+', '').replace('-', style.minus))
  return digits === '1' ? tens : `${digits}${style.dot}${tens}`
}

function chain(parts: readonly Node[], kinds: readonly string[], style: Style): string {
  const rest = kinds.map((kind, i) => `${style.relations.get(kind)} ${print(parts[i + 1]!, style)}`)
  return [print(parts[0]!, style), ...rest].join(' ')
}

/** Parenthesised if a sum or a difference: safe as a factor. */
function factor(node: Node, style: Style): string {
  const inner = print(node, style)
  return isOperator(unwrap(node), '+', '-') ? style.group(inner) : inner
}

/** Whether the text begins with a minus sign. */
function negated(node: Node): boolean {
  let plain = unwrap(node)
  while (isOperator(plain, '*')) plain = unwrap(plain.args![0]!)
  return isOperator(plain, '-') && plain.args!.length === 1
}

/** Whether a call is printed as an operator in front of its last argument. */
const isPrefix = (node: Node): boolean => PREFIX.includes(symbolOf(node)) || isOverSet(node)

/** Whether the text ends with a prefix function or a quotient, which would swallow a factor behind it. */
function open(node: Node, style: Style): boolean {
  const plain = unwrap(node)
  if (plain.type === 'FunctionNode') return isPrefix(plain)
  if (isOperator(plain, '/')) return style.form === 'text'
  if (isOperator(plain, '*')) return open(plain.args![1]!, style)
  return isOperator(plain, '-') && plain.args!.length === 1 && open(plain.args![0]!, style)
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
  return plain.type === 'OperatorNode' || prefix || isScientific(plain)
    ? style.group(print(node, style))
    : print(node, style)
}

function printOperator(node: Node, style: Style): string {
  const kind = relationOf(node)
  if (style.relations.has(kind)) {
    const [side, end] = node.args!
    const infinite =
      end!.name === 'inf' && unwrap(side!).type === 'FunctionNode' && symbolOf(unwrap(side!)) === 'lim'
    if (infinite)
      return `${print(side!, style)} ${style.relations.get(kind)} ${style.form === 'tex' ? '\\infty' : '∞'}`
    return chain(node.args!, [kind], style)
  }
  if (node.op === 'or') return node.args!.map((part) => print(part, style)).join(style.or)
  const [a, b] = node.args!
  if (b === undefined) return `${style.minus}${factor(a!, style)}`
  if (node.op === '^' || node.op === '.^') {
    const exponent = style.form === 'tex' ? print(b, style) : atom(b, style)
    const entrywise = style.form === 'tex' ? '\\circ ' : '∘'
    return style.power(atom(a!, style), node.op === '^' ? exponent : `${entrywise}${exponent}`)
  }
  const { first, steps } = row(node, unwrap)
  return steps.reduce((before, step) => joined(step, before, style), print(first, style))
}

/** A sum, difference, product or quotient, its left operand printed already. */
function joined(node: Node, before: string, style: Style): string {
  const [a, b] = node.args!.map(unwrap) as [Node, Node]
  const isSum = isOperator(a, '+') || (isOperator(a, '-') && a.args!.length === 2)
  switch (node.op) {
    case '+':
      return `${before} + ${isOperator(b, '-') && b.args!.length === 1 ? factor(b, style) : print(b, style)}`
    case '-':
      return `${before} ${style.minus} ${factor(b, style)}`
    case '.*':
    case './': {
      const signs = { '.*': { tex: ' \\odot ', text: ' ⊙ ' }, './': { tex: ' \\oslash ', text: ' ⊘ ' } }
      const left = isSum || open(a, style) ? style.group(before) : before
      const second = node.op === '.*' ? right(b, style) : atom(b, style)
      return `${left}${signs[node.op as '.*' | './'][style.form]}${second}`
    }
    case '*': {
      const second = right(b, style)
      const sign = /^\d/.test(second) ? style.dot : style.times
      return `${isSum || open(a, style) ? style.group(before) : before}${sign}${second}`
    }
    default: {
      if (style.form === 'tex') return style.fraction(before, print(b, style))
      const over = open(a, TEX) || isOperator(a, '+', '-') ? style.group(before) : before
      return style.fraction(over, isOperator(b, '^') ? print(b, style) : atom(b, style))
    }
  }
}

/** Functions printed as an operator in front of their last argument. */
const PREFIX = ['ddt', 'along', 'perp', 'sum', 'grad', 'lim', 'sup']

/** What is said of an observable along a run: the argument as it stands, and safe as a factor. */
const ALONG = mapOf<Readonly<Record<Style['form'], (plain: string, safe: string) => string>>>({
  lim: { tex: (_, e) => `\\lim_{t \\to \\infty} ${e}`, text: (_, e) => `lim ${e}` },
  sup: { tex: (_, e) => `\\sup_{t' \\ge t} ${e}`, text: (_, e) => `sup_{t′≥t} ${e}` },
  some: { tex: (e) => `\\exists\\, t:\\; ${e}`, text: (e) => `for some t: ${e}` },
  eventually: { tex: (e) => `\\text{eventually } ${e}`, text: (e) => `eventually ${e}` },
  converges: { tex: (e) => `${e} \\text{ converges}`, text: (e) => `${e} converges` },
  Theta: { tex: (e) => `\\Theta\\left(${e}\\right)`, text: (e) => `Θ(${e})` },
  O: { tex: (e) => `O\\left(${e}\\right)`, text: (e) => `O(${e})` },
  o: { tex: (e) => `o\\left(${e}\\right)`, text: (e) => `o(${e})` },
})

/** Operations over sets of indices. */
const OVER = mapOf<Readonly<Record<Style['form'], string>>>({
  sum: { tex: '\\sum', text: 'Σ' },
  min: { tex: '\\min', text: 'min' },
  max: { tex: '\\max', text: 'max' },
})

/** Whether a call is over a set: a sum is; a min or max is if its first argument is an index of what follows. */
function isOverSet(node: Node): boolean {
  const [first, body] = node.args!
  if (!OVER.has(symbolOf(node)) || body === undefined) return false
  return (
    symbolOf(node) === 'sum' ||
    first!.op === 'in' ||
    rangeOf(first!) !== undefined ||
    (first!.type === 'SymbolNode' && bears(body, first!.name!))
  )
}

/** Whether some symbol bears an index. */
function bears(node: Node, letter: string): boolean {
  const open = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (symbolOf(next).split('_').slice(1).includes(letter)) return true
    open.push(...[next.args ?? [], next.items ?? [], next.content ?? []].flat())
  }
  return false
}

/** A value at another moment, or with other values of what it depends on. */
function elsewhere(node: Node, style: Style): string {
  const [of, ...places] = node.args!
  const moment = momentOf(node)
  const value = atom(of!, style)
  if (moment === undefined && !places.every(isSetting)) return `${value}(${print(places[0]!, style)})`
  if (moment !== undefined)
    return `${value}(${moment === 'next' ? 't+1' : style.form === 'tex' ? 't_0' : 't₀'})`
  const set = places.map(
    ({ object, value: to }) => `${print(object!, style)} = ${print(to as unknown as Node, style)}`,
  )
  return style.form === 'tex'
    ? `\\left.${value}\\right|_{${set.join(',\\, ')}}`
    : `${value} at ${set.join(', ')}`
}

function printCall(node: Node, style: Style): string {
  const name = symbolOf(node)
  const args = node.args!
  const inTex = style.form === 'tex'
  if (isNext(node)) return `${symbol(name, style)}(t+1)`
  if (isInitial(node)) return `${symbol(name, style)}(${inTex ? 't_0' : 't₀'})`
  if (isOverSet(node)) {
    const [binder, body] = args
    const range =
      rangeOf(binder!) !== undefined
        ? print(binder!, style)
        : (binder!.type === 'OperatorNode' ? binder!.args! : [binder!])
            .map((part) => index(part.name!, style))
            .join(style.element)
    return `${OVER.get(name)![style.form]}_{${range}} ${factor(body!, style)}`
  }
  if (name === 'at') return elsewhere(node, style)
  if (isAll(node)) {
    const [range, inner] = args.map((arg) => print(arg, style)) as [string, string]
    return inTex ? `${inner} \\;\\text{ for all }\\; ${range}` : `${inner} for all ${range}`
  }
  const along = args.length === 1 ? ALONG.get(name) : undefined
  if (along) return along[style.form](print(args[0]!, style), factor(args[0]!, style))
  if (name === 'grad')
    return `${inTex ? '\\nabla_' : '∇_'}{${print(args[1]!, style)}} ${factor(args[0]!, style)}`
  const show = PREFIX.includes(name) ? factor : print
  const shown = args.map((arg) => show(arg, style))
  const known = FUNCTIONS.get(name)
  return known ? known[style.form](...shown) : `${symbol(name, style)}(${shown.join(', ')})`
}
