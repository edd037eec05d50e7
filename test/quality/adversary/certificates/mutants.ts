/** Mutants: every way in which one check, condition or statement of a TypeScript source is disabled. */
import ts from 'typescript'

export interface Mutant {
  readonly line: number
  readonly before: string
  readonly after: string
  readonly source: string
}

const TWINS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
  [ts.SyntaxKind.AsteriskToken, '+'],
])
const EITHER = [
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]

/** A function of one argument by the argument, and the shape of what a list or a table holds by any. */
function unchecked(node: ts.CallExpression, text: (of: ts.Node) => string): string[] {
  const [first, second, ...rest] = node.arguments
  if (first && !second)
    return ts.isFunctionLike(first) || ts.isSpreadElement(first) ? [] : [`(${text(first)})`]
  if (!second || !['list', 'table'].includes(text(node.expression)) || ts.isFunctionLike(second)) return []
  return [`${text(node.expression)}(${[text(first!), '(one) => one', ...rest.map(text)].join(', ')})`]
}

/**
 * The replacements of a node: a statement by nothing, a choice by each side, a comparison by its neighbour, a function by
 * its argument.
 */
function replacements(node: ts.Node, text: (of: ts.Node) => string): string[] {
  if (ts.isExpressionStatement(node) || ts.isThrowStatement(node) || ts.isBreakStatement(node)) return [';']
  if (ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isWhileStatement(node)) return [';']
  if (ts.isIfStatement(node)) {
    const other = node.elseStatement ? text(node.elseStatement) : ';'
    return [text(node.thenStatement), other]
  }
  if (ts.isConditionalExpression(node)) return [`(${text(node.whenTrue)})`, `(${text(node.whenFalse)})`]
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return [`(${text(node.operand)})`]
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken)
    return ts.isNumericLiteral(node.operand) ? [] : [`(${text(node.operand)})`]
  if (ts.isCallExpression(node)) return unchecked(node, text)
  if (!ts.isBinaryExpression(node)) return []
  const [left, right] = [text(node.left), text(node.right)]
  if (EITHER.includes(node.operatorToken.kind)) return [`(${left})`, `(${right})`]
  const twin = TWINS.get(node.operatorToken.kind)
  return twin === undefined ? [] : [`${left} ${twin} ${right}`]
}

/** All mutants of a source, in order. */
export function mutantsOf(source: string): Mutant[] {
  const file = ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true)
  const text = (node: ts.Node): string => node.getText(file)
  const found: Mutant[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return
    for (const after of replacements(node, text)) {
      const [start, end] = [node.getStart(file), node.getEnd()]
      found.push({
        line: file.getLineAndCharacterOfPosition(start).line + 1,
        ...{ before: text(node), after },
        source: source.slice(0, start) + after + source.slice(end),
      })
    }
    node.forEachChild(visit)
  }
  visit(file)
  return found
}
