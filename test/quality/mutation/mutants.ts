/** Mutants: the small changes of a source text, and the text that holds them all and makes the one asked for. */
import { createHash } from 'node:crypto'
import ts from 'typescript'

/** One change: the text from `start` to `end` becomes `to`; a `statement` goes. */
export interface Mutant {
  readonly file: string
  readonly line: number
  /** What stands there, and what comes in its place, as people read it. */
  readonly from: string
  readonly to: string
  readonly start: number
  readonly end: number
  readonly statement: boolean
  /** The same as long as the line stands in its file, whatever else changes. */
  readonly key: string
}

const SWAPS: Readonly<Record<string, readonly string[]>> = {
  ...{ '+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'], '%': ['*'], '**': ['*'] },
  ...{ '<<': ['>>'], '>>': ['<<'], '>>>': ['<<'], '&': ['|'], '|': ['&'], '^': ['&'] },
  ...{ '<': ['<=', '>='], '<=': ['<', '>'], '>': ['>=', '<='], '>=': ['>', '<'] },
  ...{ '===': ['!=='], '!==': ['==='], '&&': ['||'], '||': ['&&'] },
  ...{ '+=': ['-='], '-=': ['+='], '*=': ['/='], '/=': ['*='], '<<=': ['>>='], '>>=': ['<<='] },
}
/** Members whose other one is as easily meant: ends of an interval, parts of a fraction, ways to round, quantifiers. */
const OTHERS: Readonly<Record<string, string>> = pairs(
  ...['lo hi', 'num den', 'down up', 'floorShift ceilShift', 'min max', 'floor ceil', 'some every'],
  ...['add sub', 'mul div', 'startsWith endsWith'],
)
/** Calls that a list passes through, which may be left out. */
const PASSED = new Set(['filter', 'slice', 'toSorted', 'toReversed', 'sort', 'reverse', 'trim'])
/** Functions of two arguments that are not symmetric. */
const ORDERED = new Set(['sub', 'div', 'compare', 'quotient', 'pow', 'power', 'root', 'fold', 'concat'])

function pairs(...texts: string[]): Record<string, string> {
  return Object.fromEntries(
    texts.flatMap((text) => {
      const [a, b] = text.split(' ') as [string, string]
      return [
        [a, b],
        [b, a],
      ]
    }),
  )
}

/** Every mutant of a file. What is thrown is left alone, as its text decides nothing; so are types. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true)
  const found: Mutant[] = []
  const seen = new Map<string, number>()
  const textOf = (node: ts.Node): string => text.slice(node.getStart(source), node.end)

  const put = (node: ts.Node, to: string, statement = false): void => {
    const [start, end] = [node.getStart(source), node.end]
    const { line } = source.getLineAndCharacterOfPosition(start)
    const begin = source.getPositionOfLineAndCharacter(line, 0)
    const near = text.slice(begin, text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start))
    const place = `${file} ${near.trim()} ${start - begin} ${textOf(node)} ${to}`
    const nth = seen.get(place) ?? 0
    seen.set(place, nth + 1)
    const key = createHash('sha256').update(`${place} ${nth}`).digest('hex').slice(0, 12)
    const from = textOf(node).replace(/\s*;$/, '')
    found.push({ file, line: line + 1, from, to, start, end, statement, key })
  }
  const written = (node: ts.Node): boolean =>
    (ts.isBinaryExpression(node.parent) &&
      node.parent.left === node &&
      node.parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      node.parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment) ||
    ts.isDeleteExpression(node.parent) ||
    ts.isPostfixUnaryExpression(node.parent)

  const isName = (node: ts.Node): boolean =>
    (ts.isPropertyAssignment(node.parent) && node.parent.name === node) ||
    (ts.isBindingElement(node.parent) && node.parent.propertyName === node)

  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return
    if (ts.isThrowStatement(node)) return put(node, '', true)
    if (ts.isExpressionStatement(node) || ts.isContinueStatement(node) || ts.isBreakStatement(node))
      put(node, '', true)
    if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) {
      const condition = ts.isIfStatement(node) ? node.expression : node.condition
      put(condition, 'true')
      put(condition, 'false')
    }
    if (ts.isWhileStatement(node) || ts.isDoStatement(node)) put(node.expression, 'false')
    if (ts.isForStatement(node) && node.condition) put(node.condition, 'false')
    if (ts.isCaseClause(node)) put(node.expression, '"\\0"')
    if (ts.isBinaryExpression(node)) binary(node)
    if (ts.isPrefixUnaryExpression(node)) {
      const { operator, operand } = node
      if (operator === ts.SyntaxKind.PlusPlusToken) put(node, `--${textOf(operand)}`)
      else if (operator === ts.SyntaxKind.MinusMinusToken) put(node, `++${textOf(operand)}`)
      else put(node, textOf(operand))
    }
    if (ts.isPostfixUnaryExpression(node))
      put(node, `${textOf(node.operand)}${node.operator === ts.SyntaxKind.PlusPlusToken ? '--' : '++'}`)
    if (ts.isNumericLiteral(node) && !isName(node)) {
      const value = Number(textOf(node).replaceAll('_', ''))
      put(node, `${value + 1}`)
      put(node, `(${value - 1})`)
    }
    if (ts.isBigIntLiteral(node)) {
      const value = BigInt(textOf(node).replaceAll('_', '').slice(0, -1))
      put(node, `${value + 1n}n`)
      put(node, `(${value - 1n}n)`)
    }
    if (node.kind === ts.SyntaxKind.TrueKeyword) put(node, 'false')
    if (node.kind === ts.SyntaxKind.FalseKeyword) put(node, 'true')
    if (ts.isCallExpression(node)) call(node)
    if (ts.isPropertyAccessExpression(node) && Object.hasOwn(OTHERS, node.name.text)) {
      const isCallee = ts.isCallExpression(node.parent) && node.parent.expression === node
      const count = isCallee ? (node.parent as ts.CallExpression).arguments.length : 0
      const other = `${text.slice(node.getStart(source), node.name.getStart(source))}${OTHERS[node.name.text]}`
      if (isCallee && !lacks(node, count))
        put(node.parent, `${other}${text.slice(node.end, node.parent.end)}`)
      if (!isCallee && !written(node) && !lacks(node, 2)) put(node, other)
    }
    ts.forEachChild(node, visit)
  }

  /** Whether the object has no such other member: a set's `add`, a field's `max`. */
  const lacks = ({ name, expression }: ts.PropertyAccessExpression, count: number): boolean =>
    (['add', 'sub', 'mul', 'div'].includes(name.text) && count !== 2) ||
    (['min', 'max', 'floor', 'ceil'].includes(name.text) && textOf(expression) !== 'Math')
  const binary = (node: ts.BinaryExpression): void => {
    const [left, operator, right] = [textOf(node.left), textOf(node.operatorToken), textOf(node.right)]
    if (operator === '??') {
      put(node, left)
      put(node, right)
    }
    const joins = [node.left, node.right].some(
      (part) => ts.isStringLiteral(part) || ts.isTemplateLiteral(part),
    )
    if (!joins && Object.hasOwn(SWAPS, operator))
      for (const other of SWAPS[operator]!) put(node, `${left} ${other} ${right}`)
  }

  const call = (node: ts.CallExpression): void => {
    if (ts.isOptionalChain(node)) return
    const callee = node.expression
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : textOf(callee)
    if (ts.isPropertyAccessExpression(callee) && PASSED.has(name) && !ts.isExpressionStatement(node.parent))
      put(node, textOf(callee.expression))
    const [a, b, ...more] = node.arguments
    if (ORDERED.has(name) && a && b && more.length === 0)
      put(node, `${textOf(callee)}(${textOf(b)}, ${textOf(a)})`)
  }

  visit(source)
  return found
}

/** The first `count` mutants in the order of a hash of the seed and their keys: a uniform draw without repetition. */
export function draw(mutants: readonly Mutant[], seed: string, count: number): Mutant[] {
  const rank = (m: Mutant): string => createHash('sha256').update(`${seed} ${m.key}`).digest('hex')
  const ranked = mutants.map((m) => [rank(m), m] as const)
  return ranked
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, count)
    .map(([, m]) => m)
}

/** The name under which instrumented code asks whether the mutant of a number is the one to be. */
export const ASKED = '$mutant'

/** The text with each mutant behind the question `$mutant(its number)`; it does as before if none is asked for. */
export function instrument(
  file: string,
  text: string,
  mutants: readonly Mutant[],
  numberOf: (m: Mutant) => number,
): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true)
  const at = new Map<string, Mutant[]>()
  for (const m of mutants) {
    const place = `${m.start} ${m.end} ${m.statement}`
    at.set(place, [...(at.get(place) ?? []), m])
  }

  const render = (node: ts.Node): string => {
    const [start, end] = [node.getStart(source), node.end]
    let own = ''
    let from = start
    const children: ts.Node[] = []
    ts.forEachChild(node, (child) => void children.push(child))
    for (const child of children.toSorted((a, b) => a.pos - b.pos)) {
      const begin = child.getStart(source)
      own += text.slice(from, begin) + render(child)
      from = child.end
    }
    own += text.slice(from, end)
    const isStatement = ts.isStatement(node) && !ts.isBlock(node)
    const here = at.get(`${start} ${end} ${isStatement}`) ?? []
    // The layout has no semicolons, so what now starts with "(" or "{" is kept apart from the line before.
    const isInList =
      isStatement &&
      (ts.isBlock(node.parent) || ts.isSourceFile(node.parent) || ts.isCaseOrDefaultClause(node.parent))
    if (isStatement && (here.length > 0 || ts.isExpressionStatement(node)))
      return `${isInList ? ';' : ''}{${here.length === 0 ? '' : `if(!${ASKED}(${numberOf(here[0]!)}))`}{${own}\n}}`
    if (isStatement || here.length === 0) return own
    at.delete(`${start} ${end} false`) // so that a node of one child is not wrapped twice
    return `(${here.map((m) => `${ASKED}(${numberOf(m)})?(${m.to}):`).join('')}(${own}))`
  }
  return mutants.length === 0 ? text : render(source)
}
