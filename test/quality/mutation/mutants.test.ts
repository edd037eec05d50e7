/** Mutation: one change at a time is made when it is asked for, and none when none is. */
import { readFileSync } from 'node:fs'
import { compileFunction } from 'node:vm'
import { describe, expect, test } from 'vitest'
import ts from 'typescript'
import { collector } from './collect.ts'
import { MUTATED } from './core.ts'
import { ASKED, draw, instrument, mutantsOf } from './mutants.ts'

const SOURCE = `
const width = (a: { lo: number; hi: number }): number => a.hi - a.lo
function clamp(x: number): number {
  let y = x
  if (y < 0) y = 0
  ;[y] = [y]
  if (y > 9) throw new RangeError(\`clamp: \${1 + 1}\`)
  y++
  return y
}
return [width({ lo: 1, hi: 5 }), clamp(-3), clamp(2)]
`
const COMPILER = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.CommonJS, isolatedModules: true }
const javascript = (text: string): string =>
  ts.transpileModule(text, { compilerOptions: COMPILER }).outputText

const mutants = mutantsOf('sample.ts', SOURCE)
const text = javascript(instrument('sample.ts', SOURCE, mutants, (m) => mutants.indexOf(m)))
const answer = (active: number): unknown => {
  try {
    return compileFunction(text, [ASKED])((id: number) => id === active)
  } catch (error) {
    return (error as Error).message
  }
}

test('no change is made when none is asked for', () => {
  expect(answer(-1)).toEqual([4, 1, 3])
})

test.each([
  ['a.hi - a.lo', 'a.hi + a.lo', [6, 1, 3]],
  ['a.hi', 'a.lo', [0, 1, 3]],
  ['y < 0', 'true', [4, 1, 1]],
  ['y < 0', 'false', [4, -2, 3]],
  ['y < 0', 'y >= 0', [4, -2, 1]],
  ['y = 0', '', [4, -2, 3]],
  ['y > 9', 'true', 'clamp: 2'],
  ['y++', 'y--', [4, -1, 1]],
  ['y++', '', [4, 0, 2]],
  ['-3', '3', [4, 4, 3]],
])('%s becomes %s', (from, to, expected) => {
  const at = mutants.findIndex((m) => m.from === from && m.to === to)
  expect(at).toBeGreaterThanOrEqual(0)
  expect(answer(at)).toEqual(expected)
})

test('what is thrown and what is a type stay as they are', () => {
  expect(mutants.filter(({ from }) => from === '1').map(({ to }) => to)).toEqual(['2', '(0)'])
})

describe('the exact core', () => {
  test.each(MUTATED)('%s compiles with all its mutants at once', (file) => {
    const source = readFileSync(file, 'utf8')
    const all = mutantsOf(file, source)
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length)
    compileFunction(javascript(instrument(file, source, all, (m) => all.indexOf(m))), [
      ASKED,
      'require',
      'exports',
    ])
  })
})

test('a draw depends on the seed and not on the order, and a longer one extends it', () => {
  const keys = (list: readonly { key: string }[]): string[] => list.map(({ key }) => key)
  const ten = keys(draw(mutants, '1', 10))
  expect(keys(draw(mutants.toReversed(), '1', 20)).slice(0, 10)).toEqual(ten)
  expect(keys(draw(mutants, '2', 10))).not.toEqual(ten)
})

test('a collector runs each row of a table, with its arguments', async () => {
  const { module, tests } = collector()
  const seen: unknown[] = []
  const { test: declare } = module as { test: typeof test }
  declare.each([
    [1, 2],
    [3, 4],
  ])('%s', (a, b) => void seen.push(a * b))
  declare.each(['x'])('%s', (a) => void seen.push(a))
  for (const { body } of tests) await body()
  expect(seen).toEqual([2, 12, 'x'])
})
