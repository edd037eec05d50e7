/** The committed pages are the ones that the committed verdicts give. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { addressOf } from '../../src/claim/paper.ts'
import { pageOf } from '../../src/report/corpus.ts'
import { anchorOf } from '../../src/report/drops-page.ts'
import { papersPage } from '../../src/report/papers-page.ts'
import { ownedBy, publication } from '../../src/report/publication.ts'
import { shelfOf } from '../../src/report/shelf.ts'
import { PAGES, siteOf } from '../../src/report/site.ts'
import { claims, papers, recordedOf, recordIn } from '../properties/loaded.ts'

const REMEDY = 'run `npm start` and commit what it writes'
const others = new Map(
  claims.flatMap((claim) => {
    const entry = recordedOf(claim)
    return entry ? [[addressOf(claim), entry.verdict] as const] : []
  }),
)
const shelves = papers.map(({ paper, claims: own }) => {
  const [record, site] = [{ claims: recordIn(paper.key) }, siteOf(paper.key)]
  return {
    ...{ paper, site, record, own, shelf: shelfOf(own, record, site, others) },
    files: publication(own, record, { site, paper, others }),
  }
})
const files = new Map([
  [`${PAGES}/index.md`, papersPage(shelves, 'npm start')],
  ...shelves.flatMap((one) => [...one.files]),
])

test.each(shelves)(
  'every claim of $paper.key has a recorded verdict, in its order, and no other has',
  (one) => {
    expect(
      one.record.claims.map(({ id }) => id),
      REMEDY,
    ).toEqual(one.own.map(({ id }) => id))
  },
)

describe('generated = committed', () => {
  test.each([...files.keys()])('%s', (path) => {
    expect(existsSync(path) ? readFileSync(path, 'utf8') : undefined, REMEDY).toBe(files.get(path))
  })

  test('no page or counterexample is left over', () => {
    const certificates = new Set(shelves.map(({ site }) => site.certificates))
    const owned = shelves
      .flatMap(({ site }) => ownedBy(site))
      .filter(({ folder }) => !certificates.has(folder))
    const present = owned.flatMap(({ folder, pattern }) =>
      (existsSync(folder) ? readdirSync(folder) : [])
        .filter((name) => pattern.test(name))
        .map((name) => `${folder}/${name}`),
    )
    expect(
      present.filter((path) => !files.has(path)),
      REMEDY,
    ).toEqual([])
    expect(readdirSync(PAGES).toSorted(), REMEDY).toEqual(
      ['index.md', ...papers.map(({ paper }) => paper.key)].toSorted(),
    )
  })
})

const anchorsIn = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading!))

test('every link on a page leads somewhere, to a heading where it names one', () => {
  const followed = { files: 0, headings: 0 }
  for (const [path, text] of [...files].filter(([name]) => name.endsWith('.md')))
    for (const [, target] of text.matchAll(/\]\(([^)]+)\)/g)) {
      const url = new URL(target!, `https://x/${path}`)
      const to = decodeURI(url.pathname).slice(1)
      expect(existsSync(to) || files.has(to), `${path}: ${target}`).toBe(true)
      followed.files++
      if (url.hash === '') continue
      expect(anchorsIn(files.get(to)!), `${path}: ${target}`).toContain(decodeURI(url.hash).slice(1))
      followed.headings++
    }
  expect(followed.files).toBeGreaterThan(1000)
  expect(followed.headings).toBeGreaterThan(20)
})

test('the page of all papers names each statement that falls, with a link to its page', () => {
  const rows = files
    .get(`${PAGES}/index.md`)!
    .split('\n')
    .filter((line) => /\*\*(refuted|contradicted|vacuous)\*\*/.test(line))
  const fallen = claims.filter((claim) =>
    ['refuted', 'contradicted', 'vacuous'].includes(recordedOf(claim)!.verdict),
  )
  expect(fallen.length).toBeGreaterThan(20)
  expect(rows.map((row) => /\]\(([^)]*)\)/.exec(row)![1])).toEqual(
    fallen.map(({ id, of }) => `${of!.paper.key}/${pageOf(id)}`),
  )
})

test('no page but that of a proved claim says that its claim is proved', () => {
  const unproved = claims.filter((claim) => recordedOf(claim)!.verdict !== 'proved')
  expect(unproved.length).toBeGreaterThan(50)
  for (const { id, of } of unproved) {
    const page = files.get(`${siteOf(of!.paper.key).pages}/${pageOf(id)}`)!
    expect(page).not.toMatch(/verified|\*\*proved\*\*|\[proved\]/)
  }
})
