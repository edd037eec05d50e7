/** The committed pages are the ones that the committed verdicts give. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as properties from '../../properties/index.ts'
import { anchorOf } from '../../src/report/drops-page.ts'
import { claimsOf } from '../../src/report/order.ts'
import { OWNED, publication, RECORD } from '../../src/report/publication.ts'
import { parseDocument } from '../../src/report/record.ts'

const REMEDY = 'run `npm start` and commit what it writes'
const files = publication(claimsOf(properties), parseDocument(readFileSync(RECORD, 'utf8')), {
  unchecked: properties.unchecked,
})

test('every claim has a recorded verdict, and no other claim has', () => {
  const { claims } = parseDocument(readFileSync(RECORD, 'utf8'))
  expect(
    claims.map(({ id }) => id),
    REMEDY,
  ).toEqual(claimsOf(properties).map(({ id }) => id))
})

test('the claims are in the order of the catalogue, which is that of the paper', () => {
  expect(claimsOf(properties).map(({ id }) => id)).toEqual(properties.claims.map(({ id }) => id))
})

describe('generated = committed', () => {
  test.each([...files.keys()])('%s', (path) => {
    expect(existsSync(path) ? readFileSync(path, 'utf8') : undefined, REMEDY).toBe(files.get(path))
  })

  test('no page or counterexample is left over', () => {
    const present = OWNED.flatMap(({ folder, pattern }) =>
      (existsSync(folder) ? readdirSync(folder) : [])
        .filter((name) => pattern.test(name))
        .map((name) => `${folder}/${name}`),
    )
    expect(
      present.filter((path) => !files.has(path)),
      REMEDY,
    ).toEqual([])
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

test('no page but that of a proved claim says that its claim is proved', () => {
  const { claims } = parseDocument(readFileSync(RECORD, 'utf8'))
  const others = claims.filter(({ verdict }) => verdict !== 'proved')
  expect(others.length).toBeGreaterThan(50)
  for (const { id } of others) {
    const page = files.get(`docs/claims/${id.replaceAll(':', '_').replaceAll('*', '-amended')}.md`)!
    expect(page).not.toMatch(/verified|\*\*proved\*\*|\[proved\]/)
  }
})
