/** The arrows of the house: which room may import which room, package or Node module. */
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'

/** Room -> rooms it may import, besides itself. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  program: [],
  number: ['program'],
  net: ['program'],
  loss: ['program'],
  model: ['program', 'number', 'net'],
  motion: ['program'],
  normalization: ['program'],
  flow: ['program', 'net', 'loss', 'normalization', 'number'],
  data: ['program', 'number'],
  claim: ['program', 'number', 'data'],
  setting: [
    ...['program', 'number', 'net', 'loss', 'normalization', 'model', 'motion', 'flow'],
    ...['data', 'claim'],
  ],
  certify: ['program', 'number'],
  hunt: [
    ...['claim', 'setting', 'program', 'number', 'net', 'loss', 'normalization', 'flow', 'data'],
    'certify',
  ],
  report: ['claim', 'program', 'number'],
}
const ROOMS = Object.keys(ARROWS)

/** What the files outside the rooms may import. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  index: ROOMS,
  vitest: [...ROOMS, 'index'],
  cli: [...ROOMS, 'index', 'cli'],
  properties: ['index'],
}

/** Package -> the files that may import it; any other package is for the command line only. */
const OWNERS: Readonly<Record<string, RegExp>> = {
  mathjs: /^src\/program\/(syntax|mathjs\.d)\.ts$/,
  'decimal.js': /^src\/number\/decimal\.ts$/,
  'pure-rand': /^src\/claim\/random\.ts$/,
  'fast-check': /^src\/hunt\//,
  vitest: /^src\/vitest\.ts$/,
}
const NODE = /^src\/(cli[^/]*\.ts|cli\/.*|report\/write\.ts|(.*\/)?[^/]*worker[^/]*\.ts)$/
const COMMAND_LINE = /^src\/(cli[^/]*\.ts|cli\/.*)$/

/** The room of a source file: a folder of src, `index`, `vitest`, `cli` or `properties`. */
function room(path: string): string {
  const [top, name = ''] = path.split('/')
  if (top !== 'src') return top ?? ''
  return COMMAND_LINE.test(path) ? 'cli' : name.replace(/\.ts$/, '')
}

/** The imports of one source file that break an arrow, each with the reason. */
export function wrongImports(path: string, imports: readonly string[]): string[] {
  const from = room(path)
  const allowed = ARROWS[from] ?? DOORS[from]
  if (allowed === undefined) return [`${path}: expected a known room, got ${from}`]
  return imports.flatMap((name) => {
    const reason = whyNot(path, from, allowed, name)
    return reason === undefined ? [] : [`${path}: ${name}: ${reason}`]
  })
}

/** What certificates are, which makers and checkers share; how they are checked, makers do not know. */
const CERTIFICATE = 'src/certify/certificate.ts'

function whyNot(path: string, from: string, allowed: readonly string[], name: string): string | undefined {
  if (isBuiltin(name)) return NODE.test(path) ? undefined : 'no Node module here: this file runs in a browser'
  if (!name.startsWith('.')) return whyNoPackage(path, name)
  if (!name.endsWith('.ts')) return 'expected a relative import with its .ts'
  const to = posix.join(posix.dirname(path), name)
  if (!/^(src|properties)\//.test(to)) return `${from} may not import ${to}`
  if (from === 'hunt' && room(to) === 'certify' && to !== CERTIFICATE)
    return 'who makes certificates does not import the checker'
  if (room(to) === from || allowed.includes(room(to))) return undefined
  return `${from} may not import ${room(to)}`
}

function whyNoPackage(path: string, name: string): string | undefined {
  const bare = name.split('/', name.startsWith('@') ? 2 : 1).join('/')
  const owner = OWNERS[bare]
  if (owner === undefined)
    return COMMAND_LINE.test(path) ? undefined : `only the command line imports ${bare}`
  return owner.test(path) ? undefined : `only ${owner.source.replaceAll('\\', '')} imports ${bare}`
}
