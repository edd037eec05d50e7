/** Closure: `npm run closure` prints the files that each checker is made of, with their lines; docs/guarantee.md has the same. */
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import ts from 'typescript'

/** The files that run when one is imported, itself included: types are erased. */
export function closureOf(path: string, known: Set<string> = new Set()): Set<string> {
  if (known.has(path)) return known
  known.add(path)
  const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), {
    compilerOptions: {
      ...{ module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, verbatimModuleSyntax: true },
    },
  })
  for (const { fileName } of ts.preProcessFile(outputText, true, true).importedFiles) {
    if (fileName.startsWith('.')) closureOf(posix.join(posix.dirname(path), fileName), known)
    else known.add(fileName)
  }
  return known
}

const lines = (path: string): number => readFileSync(path, 'utf8').trimEnd().split('\n').length

/** A table of files and lines, and their sum. */
function table(paths: readonly string[]): string[] {
  const sum = paths.reduce((all, path) => all + lines(path), 0)
  return [
    ...['| file | lines |', '| --- | ---: |'],
    ...paths.toSorted().map((path) => `| \`${path}\` | ${lines(path)} |`),
    `| **${paths.length} file${paths.length === 1 ? '' : 's'}** | **${sum}** |`,
  ]
}

export const CHECKERS: readonly string[] = ['src/certify/verify.ts', 'src/certify/verify.py']

/** What each checker is made of, in Markdown. */
export function closureText(): string {
  const [first, second] = CHECKERS as [string, string]
  const imports = [...readFileSync(second, 'utf8').matchAll(/^(?:import|from) (\w+)/gm)].map(
    ([, name]) => name,
  )
  return [
    `\`lakatos verify\` runs these files of the package, Node's BigInt, JSON and TextDecoder, and nothing else:`,
    '',
    ...table([...closureOf(first)]),
    '',
    `\`verify.py\` runs one file and ${imports.map((name) => `\`${name}\``).join(', ')} of Python's standard library:`,
    '',
    ...table([second]),
  ].join('\n')
}

if (process.argv[1]?.endsWith('closure.ts')) console.log(closureText())
