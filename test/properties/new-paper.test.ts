/** A new paper is a new folder: in a copy of the sources it is built, listed, checked, published and imported. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lakatos, newFolder } from '../cli/lakatos.ts'

const folder = newFolder()
const root = folder.path
afterAll(() => folder.remove())

const KEY = 'author-2026'
const files: Readonly<Record<string, string>> = {
  'paper.ts': `/** The paper. */
import type { Paper } from '../../src/index.ts'

export const paper: Paper = { key: '${KEY}', cite: 'A. Author, On Squares, 2026', notation: { gap: 'x - y' } }
`,
  '1-squares.ts': `/** Section 1: squares. */
import { section, setting, type Claim } from '../../src/index.ts'
import { paper } from './paper.ts'

const claim = section(paper, '1 Squares')

export const thm1: Claim = claim({
  id: 'thm-1',
  source: 'Theorem 1',
  says: 'The square of the gap is at least −1.',
  given: setting({ variables: { x: 'real', y: 'real' } }),
  shows: 'gap^2 >= -1',
  wrong: { 'at least 1': 'gap^2 >= 1' },
})
`,
  'index.ts': `/** The door of the paper. */
export * from './paper.ts'
export * from './1-squares.ts'
`,
}

/** What the sources, the pages and the manifest were, by path. */
function hashes(): Map<string, string> {
  const paths = ['src', 'properties', 'docs'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' }).map((name) => `${top}/${name}`),
  )
  return new Map(
    [...paths, 'package.json', 'build.mjs', 'tsconfig.json', 'tsconfig.build.json']
      .filter((path) => statSync(join(root, path)).isFile())
      .map((path) => [
        path,
        createHash('sha256')
          .update(readFileSync(join(root, path)))
          .digest('hex'),
      ]),
  )
}

let before = new Map<string, string>()
beforeAll(() => {
  for (const name of [
    'src',
    'properties',
    'docs/claims',
    'package.json',
    'build.mjs',
    'tsconfig.json',
    'tsconfig.build.json',
  ])
    cpSync(name, join(root, name), { recursive: true })
  mkdirSync(join(root, 'node_modules'))
  for (const name of readdirSync('node_modules'))
    if (!name.startsWith('.'))
      symlinkSync(resolve('node_modules', name), join(root, 'node_modules', name), 'dir')
  before = hashes()
  mkdirSync(join(root, 'properties', KEY))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'properties', KEY, name), text)
  execFileSync(process.execPath, ['build.mjs'], { cwd: root })
}, 180_000)

test(
  'it is listed beside the others, checked by its address, and published',
  { timeout: 120_000 },
  async () => {
    const listed = await lakatos(['list', '--json'], { root })
    const { claims } = JSON.parse(listed.out) as {
      claims: { paper: string; id: string; expected: unknown }[]
    }
    expect(claims.filter(({ paper }) => paper === KEY)).toMatchObject([{ id: 'thm-1', expected: null }])
    expect(claims.length).toBeGreaterThan(100)
    const checked = await lakatos(['check', `${KEY}/thm-1`, '--json'], { root })
    expect([checked.code, JSON.parse(checked.out)]).toMatchObject([
      0,
      {
        claims: [
          { paper: KEY, id: 'thm-1', statement: expect.stringContaining('where gap = x − y') as string },
        ],
      },
    ])
    expect(await lakatos(['docs', KEY], { root })).toMatchObject({ code: 0 })
    expect(readFileSync(join(root, `docs/claims/${KEY}/index.md`), 'utf8')).toContain(
      'A. Author, On Squares, 2026',
    )
    expect(readFileSync(join(root, 'docs/claims/index.md'), 'utf8')).toContain(`[${KEY}](${KEY}/index.md)`)
  },
)

test('its claims are imported by name from the package', () => {
  const script = `import('lakatos/properties/${KEY}').then(({ thm1 }) => console.log(thm1.id))`
  expect(execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' })).toBe('thm-1\n')
})

test('no file that was there is touched, but the page of all papers', () => {
  const after = hashes()
  const changed = [...before].filter(([path, hash]) => after.get(path) !== hash).map(([path]) => path)
  expect(changed).toEqual(['docs/claims/index.md'])
  const added = [...after.keys()].filter((path) => !before.has(path))
  expect(added.every((path) => path.includes(`/${KEY}/`))).toBe(true)
  expect(added).toContain(`docs/claims/${KEY}/thm-1.md`)
})
