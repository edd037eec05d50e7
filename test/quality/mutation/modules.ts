/** Modules: TypeScript as functions that make their module anew at each call, so that no mutant leaves a trace. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileFunction } from 'node:vm'
import ts from 'typescript'

/** CommonJS texts by path, relative to the root of the project. */
export type Texts = Readonly<Record<string, string>>

/** Every TypeScript file below the folders, `change` applied to its text. */
export function transpiled(
  folders: readonly string[],
  change: (file: string, text: string) => string,
): Texts {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
      .map((name) => join(folder, name)),
  )
  return Object.fromEntries(
    files.map((file) => {
      const url = JSON.stringify(pathToFileURL(resolve(file)).href)
      const text = change(file, readFileSync(file, 'utf8')).replaceAll('import.meta', `({url:${url}})`)
      const compilerOptions = {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.CommonJS,
        isolatedModules: true,
        esModuleInterop: true,
        removeComments: true,
      }
      return [file, ts.transpileModule(text, { compilerOptions, fileName: file }).outputText]
    }),
  )
}

/**
 * A function that loads a file and what it imports, all anew at each call, with `globals` in the scope of each. Packages
 * are shared, but for those that `instead` has something for.
 */
export function loader(
  texts: Texts,
  instead: (name: string) => unknown,
  globals: Readonly<Record<string, unknown>>,
): (file: string) => void {
  const names = Object.keys(globals)
  const functions = new Map<string, Function>()
  const native = createRequire(resolve('package.json'))
  return (file) => {
    const made = new Map<string, { exports: unknown }>()
    const load = (path: string): unknown => {
      const known = made.get(path)
      if (known) return known.exports
      const module = { exports: {} }
      made.set(path, module)
      let run = functions.get(path)
      if (!run) {
        const text = texts[path]
        if (text === undefined) throw new Error(`loader: expected a TypeScript file, got ${path}`)
        run = compileFunction(text, ['exports', 'module', 'require', ...names], { filename: resolve(path) })
        functions.set(path, run)
      }
      const require = (name: string): unknown =>
        name.startsWith('.')
          ? load(relative('.', resolve(dirname(path), name)))
          : (instead(name) ?? native(name))
      run(module.exports, module, require, ...Object.values(globals))
      return module.exports
    }
    load(file)
  }
}
