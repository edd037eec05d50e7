/** Lakatos: the built command in a process of its own, and small packages for it to work on. */
import { spawn, type ChildProcess } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** What a run of the command gave. */
export interface Run {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the command of the package at `root` with `cwd`; `during` may act on the process. */
export function lakatos(
  args: readonly string[],
  {
    root = '.',
    cwd = '.',
    during,
  }: { root?: string; cwd?: string; during?: (child: ChildProcess) => void } = {},
): Promise<Run> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [resolve(root, 'dist/src/cli.js'), ...args], { cwd })
    let [out, err] = ['', '']
    child.stdout.on('data', (text: Buffer) => void (out += text.toString()))
    child.stderr.on('data', (text: Buffer) => void (err += text.toString()))
    child.on('error', fail)
    child.on('close', (code) => done({ code, out, err }))
    during?.(child)
  })
}

/** Runs the built command inside this process, which is quicker; the same but for the streams. */
export async function lakatosHere(args: readonly string[], root = '.'): Promise<Run> {
  const { main } = (await import(pathToFileURL(resolve(root, 'dist/src/cli/main.js')).href)) as {
    main(argv: readonly string[]): Promise<number>
  }
  const [out, err]: [string[], string[]] = [[], []]
  const capture = (stream: NodeJS.WriteStream, into: string[]): (() => void) => {
    const { write } = stream
    stream.write = (text: string | Uint8Array) => into.push(text.toString()) > 0
    return () => void (stream.write = write)
  }
  const restore = [capture(process.stdout, out), capture(process.stderr, err)]
  try {
    const code = await main(args)
    return { code, out: out.join(''), err: err.join('') }
  } finally {
    restore.forEach((undo) => undo())
  }
}

/** A new folder, and how to remove it. */
export function newFolder(): { readonly path: string; remove(): void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'lakatos-')))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** The key of the paper that a package for tests has. */
export const SAMPLE = 'sample'

/** The first line of its claims: `claim` makes those of its only section. */
export const HEAD = `import { claim, setting } from './section.js'\n`

/** A package of ours in a folder, with one paper: the text of its module of claims, which begins with HEAD. */
export function packageWith(path: string, claims: string): void {
  mkdirSync(join(path, 'dist', 'properties'), { recursive: true })
  cpSync('dist/src', join(path, 'dist/src'), { recursive: true })
  cpSync('package.json', join(path, 'package.json'))
  mkdirSync(join(path, 'node_modules'))
  for (const name of readdirSync('node_modules'))
    if (!name.startsWith('.'))
      symlinkSync(resolve('node_modules', name), join(path, 'node_modules', name), 'dir')
  paperIn(path, SAMPLE, claims)
}

/** Adds a built paper to a package for tests, or gives it other claims. */
export function paperIn(path: string, key: string, claims: string): void {
  const folder = join(path, 'dist/properties', key)
  mkdirSync(folder, { recursive: true })
  const paper = JSON.stringify({ key, cite: `A. Author, A Paper Called ${key}` })
  writeFileSync(join(folder, 'paper.js'), `export const paper = ${paper}\n`)
  writeFileSync(
    join(folder, 'section.js'),
    `import { section } from '../../src/index.js'\nimport { paper } from './paper.js'\n` +
      `export * from '../../src/index.js'\nexport const claim = section(paper, '1 Numbers')\n`,
  )
  writeFileSync(join(folder, '1-numbers.js'), claims)
}

/** A claim on real numbers as source text: `shows` of real x and y, with wrong variants. */
export function claimSource(name: string, id: string, shows: string, more = ''): string {
  return `export const ${name} = claim({
    id: '${id}', section: '1 Numbers', source: 'test', says: 'Of real numbers x and y.',
    given: setting({ variables: { x: 'real', y: 'real' } }),
    shows: '${shows}', wrong: { reversed: '(x - y)^2 < 0' }, ${more}
  })\n`
}
