/** A claim file of the user's own, anywhere on the disk. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { claimSource, lakatos, lakatosHere, newFolder, type Run } from './lakatos.ts'

const folder = newFolder()
afterAll(() => folder.remove())

const HEAD = `import { claim, setting, type Claim } from 'lakatos'\n`

function checkFile(name: string, source: string, ...more: string[]): Promise<Run> {
  writeFileSync(join(folder.path, name), source)
  return lakatos(['check', `./${name}`, ...more], { cwd: folder.path })
}

test('a true claim is exit 0, and what the file logs stays off stdout', async () => {
  const source = `${HEAD}console.log('loading')\nconst n: number = 1\n${claimSource('sum', 'sum', 'x^2 + y^2 >= 2*x*y')}`
  const { code, out, err } = await checkFile('sum.ts', source, '--json')
  expect(code).toBe(0)
  expect((JSON.parse(out) as { claims: unknown[] }).claims).toMatchObject([
    { id: 'sum', verdict: 'certified', expected: null },
  ])
  expect(err).toContain('loading')
})

test('a false claim is exit 1, with its simplest counterexample', async () => {
  const { code, out } = await checkFile('false.ts', HEAD + claimSource('sum', 'sum', 'x * y >= x - 10'))
  expect(code).toBe(1)
  expect(out).toContain('sum is refuted:')
  expect(out).toMatch(/^ {2}y += −?\d/m)
})

test('a wrong variant that survives is exit 1, by name', async () => {
  const source =
    HEAD + claimSource('sum', 'sum', 'x^2 + y^2 >= 2*x*y').replace('(x - y)^2 < 0', '(x - y)^2 >= 0')
  const { code, out } = await checkFile('survivor.ts', source)
  expect(code).toBe(1)
  expect(out).toContain('the wrong variant "reversed" survived')
})

test('assumptions that no case meets are exit 3', async () => {
  const never = `assume: [{ id: 'never', says: 'x² is negative', formula: 'x^2 < 0' }],`
  const { code, out } = await checkFile(
    'vacuous.ts',
    HEAD + claimSource('sum', 'sum', 'x^2 + y^2 >= 2*x*y', never),
  )
  expect(code).toBe(3)
  expect(out).toContain('vacuous')
})

test('a plain JavaScript file works too, and so do several claims and a claim that uses ours', async () => {
  const source = [
    `import { claim, setting } from 'lakatos'`,
    `import { hom1 } from 'lakatos/properties/morwani-ramaswamy-2022'`,
    claimSource('first', 'first', 'x^2 + y^2 >= 2*x*y', 'uses: [hom1],'),
    claimSource('second', 'second', '(x + y)^2 >= 4*x*y', 'uses: [first],'),
  ].join('\n')
  const { code, out } = await checkFile('several.mjs', source, '--json', '--cases', '100')
  expect((JSON.parse(out) as { claims: unknown[] }).claims).toMatchObject([
    { id: 'first', uses: ['morwani-ramaswamy-2022/hom-1'] },
    { id: 'second', uses: ['first'] },
  ])
  expect(code).toBe(0)
})

const wrong: [name: string, source: string, hint: string][] = [
  ['syntax.ts', `${HEAD}export const = 1`, 'syntax.ts'],
  [
    'formula.ts',
    HEAD + claimSource('sum', 'sum', 'x + > y'),
    'formula.ts:2: claim sum: formula: expected mathjs syntax',
  ],
  ['symbol.ts', HEAD + claimSource('sum', 'sum', 'x + z > y'), 'unknown symbol "z"'],
  ['none.ts', `${HEAD}export const claims: Claim[] = []`, 'expected it to export claims'],
  ['missing.ts', `import 'no-such-package-at-all'\n`, 'no-such-package-at-all'],
  ['throws.ts', `throw new Error('not today')`, 'not today'],
]
test.each(wrong)('%s is refused with its name and the reason', async (name, source, hint) => {
  writeFileSync(join(folder.path, name), source)
  const { code, out, err } = await lakatosHere(['check', join(folder.path, name)])
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(name)
  expect(err).toContain(hint)
  expect(err).not.toMatch(/^ +at /m)
})
