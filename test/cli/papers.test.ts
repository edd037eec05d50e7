/** Several papers: a claim is asked for by its address, and by its id where only one paper has it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  claimSource,
  HEAD,
  lakatos,
  lakatosHere,
  newFolder,
  packageWith,
  paperIn,
  type Run,
} from './lakatos.ts'

const folder = newFolder()
const root = folder.path
afterAll(() => folder.remove())
const ask = (...args: string[]): Promise<Run> => lakatosHere(args, root)
const text = (path: string): string => readFileSync(join(root, path), 'utf8')

const base = claimSource('base', 'base', 'x^2 + y^2 >= 2*x*y')
const shared = (right: string): string => claimSource('shared', 'shared', `x*y >= x - ${right}`)
let published: Run
beforeAll(async () => {
  packageWith(root, HEAD + base + shared('10'))
  const amended = `uses: [base], amends: { claim: shared, how: 'the square of a number' },`
  paperIn(
    root,
    'second-2026',
    `import { base } from '../sample/1-numbers.js'\n${HEAD}${shared('20')}` +
      claimSource('mended', 'shared*', 'x^2 >= 0', amended),
  )
  published = await lakatos(['docs', '--workers', '1'], { root })
}, 120_000)

test('each paper has pages, a record, a corpus and certificates of its own, and one page is above all', () => {
  expect([published.code, published.err.includes('lakatos:')]).toEqual([0, false])
  for (const key of ['sample', 'second-2026'])
    for (const path of [
      ...['index.md', 'drops.md', 'graph.svg', 'verdicts.json', 'shared.md'].map(
        (name) => `docs/claims/${key}/${name}`,
      ),
      ...['corpus', 'certificates'].map((name) => `properties/${key}/${name}/shared.json`),
    ])
      expect(existsSync(join(root, path)), path).toBe(true)
  const papers = text('docs/claims/index.md')
  expect(papers).toContain('2 papers, 4 claims: ')
  expect(papers).toContain('[shared](second-2026/shared.md)')
  expect(papers).toMatch(/\[shared\\\*\]\(second-2026\/shared-amended\.md\) \(\w+\): the square of a number/)
  expect(papers).toContain('no amended claim is known')
})

test('a page leads to the page of what its claim uses in another paper, with the verdict from there', () => {
  const page = text('docs/claims/second-2026/shared-amended.md')
  expect(page).toMatch(/\[sample\/base\]\(\.\.\/sample\/base\.md\) \((certified|proved)\)/)
  expect(page).toContain('nothing that it uses is refuted or open')
  const { claims } = JSON.parse(text('docs/claims/second-2026/verdicts.json')) as {
    claims: { id: string; uses: string[]; paper?: string }[]
  }
  expect(claims.map(({ id, uses, paper }) => [id, uses, paper])).toEqual([
    ['shared', [], undefined],
    ['shared*', ['sample/base'], undefined],
  ])
})

describe('a claim is asked for', () => {
  const idsIn = ({ out }: Run): string[] =>
    (JSON.parse(out) as { claims: { paper: string; id: string }[] }).claims.map(
      ({ paper, id }) => `${paper}/${id}`,
    )

  test('by its id where one paper has it, and by its address', async () => {
    expect(idsIn(await ask('list', 'base', '--json'))).toEqual(['sample/base'])
    expect(idsIn(await ask('list', 'second-2026/shared', '--json'))).toEqual(['second-2026/shared'])
    expect(idsIn(await ask('list', 'second-2026/1', '--json'))).toHaveLength(2)
    expect(idsIn(await ask('list', 'second-2026', 'sample/base', '--json'))).toHaveLength(3)
  })

  test('and an id or a section that several papers have is refused, with the addresses', async () => {
    for (const asked of ['shared', '1']) {
      const { code, out, err } = await ask('check', asked)
      expect([code, out, err.trimEnd().split('\n').length]).toEqual([2, '', 1])
      expect(err).toContain(`write sample/${asked} or second-2026/${asked}`)
    }
    expect((await ask('show', 'second-2026/base')).err).toContain('`lakatos list second-2026` shows all')
  })

  test('and is checked against the record of its paper, from its corpus', async () => {
    const { code, out } = await ask('check', 'sample/shared', 'second-2026/shared', '--workers', '1')
    expect(code).toBe(0)
    for (const address of ['sample/shared', 'second-2026/shared']) {
      expect(out).toContain(`${address} is refuted:`)
      expect(out).toContain(`again: lakatos replay ${address}`)
      expect((await ask('replay', address)).code).toBe(0)
    }
    const { out: byFile } = await ask('replay', join(root, 'properties/second-2026/corpus/shared.json'))
    expect(byFile).toBe((await ask('replay', 'second-2026/shared')).out)
  })

  test('and a counterexample elsewhere that does not say of which paper is refused', async () => {
    const path = join(root, 'found.json')
    writeFileSync(path, text('properties/second-2026/corpus/shared.json'))
    const { code, err } = await ask('replay', path)
    expect([code, err]).toEqual([2, expect.stringContaining('sample/shared and second-2026/shared')])
  })

  test('and its certificate is told from that of another paper by its statement', async () => {
    const paths = ['sample', 'second-2026'].map((key) =>
      join(root, `properties/${key}/certificates/shared.json`),
    )
    const { code, out } = await ask('verify', ...paths)
    expect([code, out.match(/the recorded statement/g)]).toMatchObject([0, { length: 2 }])
  })
})

test('one paper is published alone, and the page above all keeps the others', async () => {
  const before = text('docs/claims/index.md')
  const { code, out } = await lakatos(['docs', 'second-2026', '--workers', '1'], { root })
  expect([code, out]).toEqual([0, expect.stringContaining('0 files written, 0 removed')])
  expect(text('docs/claims/index.md')).toBe(before)
})

test('a section in a file of one’s own makes its claims, and a malformed one costs no other', async () => {
  const path = join(root, 'own.ts')
  const head = `import { section, setting } from 'lakatos'
const claim = section({ key: 'mine', cite: 'mine' }, '1 Numbers')\n`
  writeFileSync(
    path,
    `${head}${base.replace(`'base'`, `'own'`)}export const wrong = [claim({ id: 'wrong', source: 1 })]\n`,
  )
  const { code, out, err } = await lakatos(['check', path, '--json'], { root })
  expect([code, JSON.parse(out)]).toMatchObject([2, { claims: [{ id: 'own' }], errors: [{ id: 'wrong' }] }])
  expect(err).toContain('claim wrong: source: expected a text, got 1')
})

test('a malformed paper is an error that names it', async () => {
  const broken = newFolder()
  packageWith(broken.path, HEAD + base + base.replace('export const base', 'export const again'))
  const twice = await lakatos(['list'], { root: broken.path })
  expect([twice.code, twice.out]).toEqual([4, ''])
  expect(twice.err).toContain('claim base: expected an id of its own in "1 Numbers", got one that is taken')
  writeFileSync(
    join(broken.path, 'dist/properties/sample/paper.js'),
    `export const paper = { key: 'other' }\n`,
  )
  const other = await lakatos(['list'], { root: broken.path })
  expect(other.err).toContain(
    'properties/sample: expected paper.js to export a paper with the key "sample", got "other"',
  )
  broken.remove()
})
