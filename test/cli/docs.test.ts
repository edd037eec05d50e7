/** `lakatos docs`: it publishes all or nothing, and changes no recorded verdict unasked. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimSource, HEAD, lakatos, newFolder, packageWith, paperIn, SAMPLE, type Run } from './lakatos.ts'

const sum = claimSource(
  'sum',
  'sum',
  'x^2 + y^2 >= 2*x*y',
  `assume: [{ id: 'order', says: 'x < y', formula: 'x < y' }],`,
)
const product = claimSource('product', 'product', 'x * y >= x - 10')

const folder = newFolder()
afterAll(() => folder.remove())
beforeAll(() => packageWith(folder.path, HEAD + sum + product))

const root = folder.path
const claims = (source: string): void => paperIn(root, SAMPLE, HEAD + source)
const docs = (...args: string[]): Promise<Run> =>
  lakatos(['docs', ...(args.includes('--workers') ? [] : ['--workers', '1']), ...args], { root })

/** Every file that a run may write, with its text. */
function published(): Record<string, string> {
  return Object.fromEntries(
    ['docs/claims', 'docs/claims/sample', 'properties/sample/corpus'].flatMap((path) =>
      (existsSync(join(root, path)) ? readdirSync(join(root, path), { withFileTypes: true }) : [])
        .filter((one) => one.isFile())
        .map(({ name }) => [`${path}/${name}`, readFileSync(join(root, path, name), 'utf8')]),
    ),
  )
}

test('the first run records what it finds, refutations too; the second changes nothing', async () => {
  const first = await docs()
  expect(first).toMatchObject({ code: 0 })
  expect(first.out).toContain('2 claims: 1 certified, 1 refuted')
  const files = published()
  expect(Object.keys(files).toSorted()).toEqual([
    'docs/claims/index.md',
    ...['drops.md', 'graph.svg', 'index.md', 'product.md', 'sum.md', 'verdicts.json'].map(
      (name) => `docs/claims/sample/${name}`,
    ),
    'properties/sample/corpus/product.json',
  ])
  expect(files['docs/claims/sample/sum.md']).toContain('`order`')
  expect(files['docs/claims/sample/verdicts.json']).not.toContain('seconds')
  const second = await docs('--workers', '1')
  expect(second.code).toBe(0)
  expect(second.out).toContain('0 files written')
  expect(published()).toEqual(files)
})

test('a verdict that differs is exit 1 and writes nothing, until it is accepted', async () => {
  const path = join(root, 'docs/claims/sample/verdicts.json')
  const before = readFileSync(path, 'utf8')
  const altered = before.replace(/"verdict": "certified"/, '"verdict": "proved"')
  writeFileSync(path, altered)
  const refused = await docs()
  expect(refused.code).toBe(1)
  expect(refused.out).toContain('sum: certified, recorded as proved')
  expect(refused.out).toContain('lakatos docs --accept')
  expect(readFileSync(path, 'utf8')).toBe(altered)
  expect((await docs('--accept')).code).toBe(0)
  expect(readFileSync(path, 'utf8')).toBe(before)
})

test('a new claim is added, but a new refutation must be accepted', async () => {
  const square = claimSource('square', 'square', '(x + y)^2 >= 4*x*y')
  claims(sum + product + square)
  expect((await docs()).code).toBe(0)
  expect(Object.keys(published())).toContain('docs/claims/sample/square.md')
  claims(sum + product + square + claimSource('ratio', 'ratio:a*', 'x > y - 1'))
  const files = published()
  const refused = await docs()
  expect(refused.code).toBe(1)
  expect(refused.out).toContain('ratio:a*: refuted, no verdict is recorded')
  expect(published()).toEqual(files)
  expect((await docs('--accept')).code).toBe(0)
  expect(Object.keys(published())).toEqual(
    expect.arrayContaining([
      'docs/claims/sample/ratio_a-amended.md',
      'properties/sample/corpus/ratio_a-amended.json',
    ]),
  )
})

test('the files of a claim that is gone are removed', async () => {
  claims(sum)
  const { code, out } = await docs()
  expect(code).toBe(0)
  expect(out).toContain('removed: properties/sample/corpus/product.json')
  expect(Object.keys(published()).toSorted()).toEqual(
    [
      'docs/claims/index.md',
      ...['drops.md', 'graph.svg', 'index.md', 'sum.md', 'verdicts.json'].map(
        (name) => `docs/claims/sample/${name}`,
      ),
    ].toSorted(),
  )
})

test('a damaged record is refused with its name, and nothing is written', async () => {
  const path = join(root, 'docs/claims/sample/verdicts.json')
  const before = readFileSync(path, 'utf8')
  writeFileSync(path, before.slice(0, -20))
  const { code, err } = await docs()
  expect(code).toBe(2)
  expect(err).toContain('docs/claims/sample/verdicts.json: expected JSON')
  writeFileSync(path, before)
})

test('an interruption is exit 130 and leaves everything as it was', async () => {
  claims(`import { writeSync } from 'node:fs'
    ${sum}
    export const endless = claim({ ...sum, id: 'endless', shows: 'x^2 >= 0', wrong: {},
      given: { ...sum.given, generate() { writeSync(2, 'busy'); for (;;) {} } } })\n`)
  const files = published()
  const { code, out } = await lakatos(['docs', '--workers', '2'], {
    root,
    during: (child) => child.stderr!.on('data', () => child.kill('SIGINT')),
  })
  expect([code, out]).toEqual([130, ''])
  expect(published()).toEqual(files)
})
