/** Claims of one's own in every command: what is found, drawn up, dropped, certified and published is as for ours. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimSource, lakatosHere, newFolder, type Run } from './lakatos.ts'

const folder = newFolder()
afterAll(() => folder.remove())
const file = join(folder.path, 'own.ts')
const pages = join(folder.path, 'pages')
const ORDER = `uses: [hom1], assume: [{ id: 'signs', says: 'x y is not negative', formula: 'x*y >= 0' }],`

const write = (more = ''): void =>
  writeFileSync(
    file,
    [
      `import { claim, setting } from 'lakatos'\nimport { hom1 } from 'lakatos/properties/morwani-ramaswamy-2022'\n`,
      claimSource('product', 'product', 'x * y >= -1', ORDER),
      claimSource('false_', 'false', 'x * y >= x - 10'),
      claimSource('binomial', 'binomial', '(x + y)^2 == x^2 + 2*x*y + y^2'),
      more,
    ].join(''),
  )
beforeAll(() => write())
const ask = (...args: string[]): Promise<Run> => lakatosHere(args)
const docs = (...more: string[]): Promise<Run> => ask('docs', file, '--out', pages, '--json', ...more)

test('list and show know the file and the one claim in it', async () => {
  const all = JSON.parse((await ask('list', file, '--json')).out) as { claims: { id: string }[] }
  expect(all.claims.map(({ id }) => id)).toEqual(['binomial', 'false', 'product'])
  const { code, out } = await ask('show', `${file}#product`)
  expect([code, out]).toEqual([0, expect.stringContaining('morwani-ramaswamy-2022/hom-1: proved')])
  expect(out).toMatch(/on no record; judge it with: lakatos check .*own\.ts#product/)
  expect(out).not.toContain('binomial')
})

test('drop judges the claim first, and so can say that an assumption is needed', async () => {
  const { code, out } = await ask('drop', `${file}#product`)
  expect([code, out]).toEqual([
    0,
    expect.stringContaining('product without signs (x y is not negative): needed'),
  ])
  expect(out).toMatch(/again: lakatos drop .*own\.ts#product signs/)
})

test('check names the line that replays what it found, and the line does', async () => {
  const checked = await ask('check', `${file}#false`)
  const [, target] = /again: lakatos replay (\S+)/.exec(checked.out)!
  const { code, out } = await ask('replay', target!)
  expect([checked.code, code, out]).toEqual([
    1,
    0,
    expect.stringContaining('false is still refuted by this case'),
  ])
})

test('replay of a claim that stands has nothing to replay', async () => {
  const { code, err } = await ask('replay', `${file}#product`)
  expect([code, err]).toEqual([2, expect.stringContaining('product: certified')])
})

test('certify gives what `verify` accepts, of a refutation and of a proof', async () => {
  for (const id of ['false', 'binomial']) {
    const path = join(folder.path, `${id}.json`)
    writeFileSync(path, (await ask('certify', `${file}#${id}`)).out)
    const { code, out } = await ask('verify', path)
    expect([code, out]).toEqual([3, expect.stringMatching(/^accepted .*no claim of this name is on record/)])
  }
  expect((await ask('certify', file)).err).toContain('expected one claim')
  expect((await ask('certify', `${file}#product`)).err).toContain('product: certified')
})

describe('docs writes pages of their own', () => {
  interface Written {
    readonly written: readonly string[]
    readonly removed: readonly string[]
  }
  const written = ({ out }: Run): Written => JSON.parse(out) as Written

  test('which name what is used, replay and verify by their own files, and are found unchanged', async () => {
    const first = await docs()
    expect([first.code, written(first).written.toSorted()]).toEqual([
      0,
      [
        ...['binomial.md', 'certificates/binomial.json', 'certificates/false.json', 'corpus/false.json'],
        ...['drops.md', 'false.md', 'graph.svg', 'index.md', 'product.md', 'verdicts.json'],
      ].toSorted(),
    ])
    expect(readFileSync(join(pages, 'product.md'), 'utf8')).toContain(
      '`morwani-ramaswamy-2022/hom-1` (proved)',
    )
    for (const name of readdirSync(pages).filter((one) => one.endsWith('.md')))
      for (const [, target] of readFileSync(join(pages, name), 'utf8').matchAll(/\]\(([^)#]+)\)/g))
        expect(existsSync(join(pages, target!)), `${name}: ${target}`).toBe(true)
    const replayed = await ask('replay', join(pages, 'corpus/false.json'))
    expect([replayed.code, replayed.out]).toEqual([0, expect.stringContaining('false is still refuted')])
    const verified = await ask(
      'verify',
      ...['false', 'binomial'].map((id) => join(pages, `certificates/${id}.json`)),
      ...['--record', join(pages, 'verdicts.json')],
    )
    expect([verified.code, verified.out.match(/the recorded statement/g)?.length]).toEqual([0, 2])
    expect(written(await docs())).toMatchObject({ written: [], removed: [] })
  })

  test('and changes no recorded verdict unasked', async () => {
    const record = join(pages, 'verdicts.json')
    const before = readFileSync(record, 'utf8')
    writeFileSync(record, before.replace('"verdict": "certified"', '"verdict": "proved"'))
    expect([(await docs()).code, readFileSync(record, 'utf8')]).toEqual([
      1,
      before.replace('"verdict": "certified"', '"verdict": "proved"'),
    ])
    expect([(await docs('--accept')).code, readFileSync(record, 'utf8')]).toEqual([0, before])
  })

  test('in no folder that holds other files, least of all those of the package', async () => {
    const other = join(folder.path, 'other')
    mkdirSync(other)
    writeFileSync(join(other, 'index.md'), 'mine')
    for (const out of [other, 'docs/claims', '.']) {
      const { code, err } = await ask('docs', file, '--out', out)
      expect([code, err]).toEqual([
        2,
        expect.stringContaining('expected a folder that is new or that this command wrote'),
      ])
    }
    expect(readdirSync(other)).toEqual(['index.md'])
  })
})
