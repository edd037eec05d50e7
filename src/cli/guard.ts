/** Guard: what throws while a claim file is loaded costs the value that it would have been, not the whole file. */
import type { Claim } from '../claim/claim.ts'
import { messageOf } from './exit.ts'

/** What is wrong with a claim of a file, and where. */
export interface Failure {
  readonly file: string
  readonly line?: number
  /** The id of the claim, or else the name of the constant. */
  readonly id?: string
  readonly name?: string
  readonly message: string
}

/** Where a guarded value is written. */
type Place = Omit<Failure, 'message'>

/** What was met while a file was loaded. */
export interface Guard {
  readonly failures: readonly Failure[]
  /** Whether a value stands for one that was never made. */
  isMissing(value: unknown): boolean
  /** What the top-level constants are. */
  readonly constants: readonly { readonly place: Place; readonly value: unknown }[]
  /** The module that guarded code imports, and the babel plugin that guards it. */
  readonly module: { guard(place: Place, make: () => unknown): unknown }
  readonly plugin: (babel: { readonly types: Builders }) => object
}

/** The name under which guarded code finds its guard. */
export const GUARD = 'lakatos/guard'

/** A new guard, for one loading of one file. */
export function newGuard(): Guard {
  const failures: Failure[] = []
  const constants: { place: Place; value: unknown }[] = []
  const missing = new WeakSet()
  const guard = (place: Place, make: () => unknown): unknown => {
    try {
      const value = make()
      if (place.name !== undefined) constants.push({ place, value })
      return value
    } catch (error) {
      failures.push({ ...place, message: messageOf(error) })
      // A claim of nothing: others may say that they use it.
      const stub: Claim = {
        ...{ id: place.id ?? place.name ?? '', section: '', source: '', says: '' },
        ...{
          uses: [],
          given: {} as Claim['given'],
          assume: [],
          where: [],
          shows: [],
          wrong: {},
          asPrinted: false,
        },
      }
      missing.add(stub)
      return stub
    }
  }
  const isMissing = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && missing.has(value)
  return { failures, isMissing, constants, module: { guard }, plugin }
}

/* The part of babel's interface that the plugin uses. */
interface Node {
  readonly type: string
  readonly name: string
  readonly source: { readonly value: string }
  readonly imported: { readonly name: string }
  readonly key?: Node
  readonly value?: Node | string
  readonly loc?: { readonly start: { readonly line: number } }
}
interface Path {
  readonly type: string
  readonly node: Node
  readonly parent: Node
  readonly scope: {
    getBinding(name: string): { readonly path: Path } | undefined
    generateUidIdentifier(name: string): Node
  }
  get(name: 'body' | 'declarations' | 'arguments' | 'properties'): Path[]
  get(name: string): Path
  traverse(visitor: object): void
  replaceWith(node: Node): void
  unshiftContainer(name: string, node: Node): void
}
type Builders = Readonly<Record<string, (...parts: unknown[]) => Node>>

/** Whether an expression waits, which no guard may come between. */
function waits(node: Node): boolean {
  if (node.type === 'AwaitExpression') return true
  if (/Function|Method/.test(node.type)) return false
  return Object.values(node)
    .flat()
    .some((part: unknown) => isNode(part) && waits(part))
}

const isNode = (value: unknown): value is Node =>
  typeof (value as Partial<Node> | null | undefined)?.type === 'string'

/** Whether `callee` is the `claim` of `lakatos`, under whatever name, or a constant that its `section` has made. */
function makesClaim(callee: Path): boolean {
  if (isOurs(callee, 'claim')) return true
  const from = callee.type === 'Identifier' ? callee.scope.getBinding(callee.node.name)?.path : undefined
  if (from?.type !== 'VariableDeclarator') return false
  const init = from.get('init')
  return init.type === 'CallExpression' && isOurs(init.get('callee'), 'section')
}

/** Whether `callee` is what `lakatos` exports by a name. */
function isOurs(callee: Path, exported: string): boolean {
  const member = callee.type === 'MemberExpression'
  const name = member ? callee.get('object') : callee
  const from = name.type === 'Identifier' ? name.scope.getBinding(name.node.name)?.path : undefined
  if (from?.parent.source?.value !== 'lakatos') return false
  if (member) return callee.get('property').node.name === exported
  return from.type === 'ImportSpecifier' && from.node.imported.name === exported
}

/** The id in the definition of a claim, where it stands there as text. */
function idIn(call: Path): string | undefined {
  const [definition] = call.get('arguments')
  if (definition?.type !== 'ObjectExpression') return undefined
  const id = definition.get('properties').find(({ node }) => node.key?.name === 'id')?.node.value
  return typeof id === 'object' && id.type === 'StringLiteral' ? String(id.value) : undefined
}

/** Puts a guard around every call of `claim`, every top-level constant and every statement that is an expression. */
function plugin({ types: t }: { readonly types: Builders }): object {
  return {
    visitor: {
      Program(program: Path) {
        const guarded = new WeakSet<Node>()
        const guard = program.scope.generateUidIdentifier('guard')
        const wrap = (path: Path, about: Readonly<Record<string, string | undefined>>): void => {
          if (/Function|Literal$/.test(path.type) || waits(path.node) || guarded.has(path.node)) return
          guarded.add(path.node)
          const facts: [string, Node][] = [
            ['file', t['identifier']!('__filename')],
            ['line', t['numericLiteral']!(path.node.loc?.start.line ?? 1)],
            ...Object.entries(about).flatMap(([name, text]): [string, Node][] =>
              text === undefined ? [] : [[name, t['stringLiteral']!(text)]],
            ),
          ]
          const place = t['objectExpression']!(
            facts.map(([name, value]) => t['objectProperty']!(t['identifier']!(name), value)),
          )
          const make = t['arrowFunctionExpression']!([], path.node)
          const call = t['callExpression']!(t['cloneNode']!(guard), [place, make])
          path.replaceWith(Object.assign(call, { loc: path.node.loc }))
        }
        program.traverse({
          CallExpression: {
            exit: (call: Path) => void (makesClaim(call.get('callee')) && wrap(call, { id: idIn(call) })),
          },
        })
        for (const statement of program.get('body')) {
          const inner = /^Export(Named|Default)/.test(statement.type)
            ? statement.get('declaration')
            : statement
          if (inner.type === 'VariableDeclaration')
            for (const one of inner.get('declarations'))
              if (one.get('id').type === 'Identifier' && one.get('init').node)
                wrap(one.get('init'), { name: one.get('id').node.name })
          if (inner.type === 'ExpressionStatement') wrap(inner.get('expression'), {})
          if (inner !== statement && inner.type?.endsWith('Expression')) wrap(inner, { name: 'default' })
        }
        program.unshiftContainer(
          'body',
          t['importDeclaration']!(
            [t['importSpecifier']!(guard, t['identifier']!('guard'))],
            t['stringLiteral']!(GUARD),
          ),
        )
      },
    },
  }
}
