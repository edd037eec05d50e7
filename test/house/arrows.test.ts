/** The rooms import each other only along the arrows. */
import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { wrongImports } from './arrows.ts'

/** The source files of a folder; none if there is no such folder. */
function sources(folder: string): string[] {
  return readdirSync('.')
    .filter((name) => name === folder)
    .flatMap((name) => readdirSync(name, { recursive: true, encoding: 'utf8' }))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'))
}

/** The modules that a text imports, re-exports, requires, or imports while it runs. */
function importsOf(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
}

/** The statements of a text that are not `export … from '…'`. */
function notReExports(text: string): string[] {
  const file = ts.createSourceFile('index.ts', text, ts.ScriptTarget.Latest)
  const others = file.statements.filter(
    (s) => !(ts.isExportDeclaration(s) && s.moduleSpecifier !== undefined),
  )
  return others.map((s) => text.slice(s.pos, s.end).trim())
}

const files = [...sources('src'), ...sources('properties')]

test('there are files to check', () => {
  expect(files).toContain('src/program/program.ts')
  expect(importsOf(readFileSync('src/program/run.ts', 'utf8'))).toEqual(['./field.ts', './program.ts'])
})

test('every import follows an arrow', () => {
  expect(files.flatMap((path) => wrongImports(path, importsOf(readFileSync(path, 'utf8'))))).toEqual([])
})

test('the public door only re-exports', () => {
  const doors = files.filter((path) => path === 'src/index.ts')
  expect(doors.flatMap((path) => notReExports(readFileSync(path, 'utf8')))).toEqual([])
})

describe('the check catches planted imports', () => {
  const wrong: [path: string, name: string][] = [
    ['src/program/run.ts', '../number/rational.ts'],
    ['src/program/run.ts', 'mathjs'],
    ['src/number/rational.ts', 'decimal.js'],
    ['src/number/rational.ts', '../data/dataset.ts'],
    ['src/net/dense.ts', '../loss/exponential.ts'],
    ['src/net/dense.ts', '../number/rational.ts'],
    ['src/flow/jet.ts', '../setting/setting.ts'],
    ['src/flow/jet.ts', '../data/dataset.ts'],
    ['src/data/codec.ts', 'node:fs'],
    ['src/data/codec.ts', 'fs'],
    ['src/data/codec.ts', 'fs/promises'],
    ['src/data/codec.ts', '../claim/claim.ts'],
    ['src/claim/claim.ts', 'fast-check'],
    ['src/claim/claim.ts', 'pure-rand'],
    ['src/claim/claim.ts', '../hunt/check.ts'],
    ['src/certify/verify.ts', '../claim/claim.ts'],
    ['src/certify/verify.ts', '../data/dataset.ts'],
    ['src/setting/setting.ts', '../hunt/check.ts'],
    ['src/hunt/check.ts', '../report/pages.ts'],
    ['src/hunt/check.ts', 'vitest'],
    ['src/hunt/certify.ts', '../certify/verify.ts'],
    ['src/hunt/box.ts', '../certify/motion.ts'],
    ['src/report/pages.ts', 'node:fs'],
    ['src/report/pages.ts', '../hunt/check.ts'],
    ['src/report/pages.ts', '../index.ts'],
    ['src/report/pages.ts', '../cli.ts'],
    ['src/index.ts', './vitest.ts'],
    ['src/index.ts', './cli.ts'],
    ['src/index.ts', '../properties/index.ts'],
    ['src/vitest.ts', 'node:fs'],
    ['src/vitest.ts', 'fast-check'],
    ['src/cli.ts', '../properties/index.ts'],
    ['src/cli.ts', '../test/house/arrows.ts'],
    ['src/cli.ts', './vitest.ts'],
    ['src/cli.ts', 'vitest'],
    ['src/cli.ts', 'mathjs'],
    ['src/net/dense.ts', 'jiti'],
    ['src/net/dense.ts', './activation'],
    ['src/utils/lists.ts', './other.ts'],
    ['properties/ewn.ts', '../src/claim/claim.ts'],
    ['properties/ewn.ts', 'fast-check'],
    ['properties/ewn.ts', 'node:fs'],
    ['properties/ewn.ts', '../test/house/arrows.ts'],
  ]
  test.each(wrong)('%s may not import %s', (path, name) => {
    expect(wrongImports(path, [name])).toHaveLength(1)
  })

  const right: [path: string, name: string][] = [
    ['src/program/syntax.ts', 'mathjs'],
    ['src/program/syntax.ts', 'mathjs/number'],
    ['src/number/decimal.ts', 'decimal.js'],
    ['src/claim/random.ts', 'pure-rand/generator/xoroshiro128plus'],
    ['src/number/field.ts', '../program/field.ts'],
    ['src/flow/steps/taylor.ts', '../../number/interval.ts'],
    ['src/hunt/arbitraries/net.ts', 'fast-check'],
    ['src/hunt/certify.ts', '../certify/certificate.ts'],
    ['src/hunt/climb-worker.ts', 'node:worker_threads'],
    ['src/report/write.ts', 'node:fs/promises'],
    ['src/index.ts', './hunt/check.ts'],
    ['src/vitest.ts', 'vitest'],
    ['src/vitest.ts', './hunt/check.ts'],
    ['src/cli.ts', './index.ts'],
    ['src/cli.ts', './cli/check.ts'],
    ['src/cli-docs.ts', 'node:fs'],
    ['src/cli/check.ts', '../report/write.ts'],
    ['src/cli/check.ts', 'jiti'],
    ['properties/index.ts', './ewn.ts'],
    ['properties/ewn.ts', '../src/index.ts'],
  ]
  test.each(right)('%s may import %s', (path, name) => {
    expect(wrongImports(path, [name])).toEqual([])
  })

  test('however the import is written', () => {
    const text = `
      import a from 'a'
      import type { B } from 'b'
      import 'c'
      export * from 'd'
      export type { E } from 'e'
      const f = await import('f')
      const g = require('g')
      type H = import('h').H`
    expect(importsOf(text).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
  })

  test('a statement in the public door', () => {
    expect(notReExports(`export * from './a.ts'\nexport type { B } from './b.ts'`)).toEqual([])
    expect(notReExports(`export * from './a.ts'\nexport const b = 1`)).toEqual(['export const b = 1'])
    expect(notReExports(`import './a.ts'`)).toEqual([`import './a.ts'`])
    expect(notReExports(`const b = 1\nexport { b }`)).toEqual(['const b = 1', 'export { b }'])
  })
})
