/** The committed pages are the ones that the committed verdicts give. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as properties from '../../properties/index.ts'
import { claimsOf } from '../../src/report/order.ts'
import type { Unchecked } from '../../src/report/index-page.ts'
import { OWNED, publication, RECORD } from '../../src/report/publication.ts'
import { parseDocument } from '../../src/report/record.ts'

const REMEDY = 'run `npm start` and commit what it writes'
const { unchecked } = properties as { readonly unchecked?: readonly Unchecked[] }
const files = publication(claimsOf(properties), parseDocument(readFileSync(RECORD, 'utf8')), unchecked)

test('every claim has a recorded verdict, and no other claim has', () => {
  const { claims } = parseDocument(readFileSync(RECORD, 'utf8'))
  expect(
    claims.map(({ id }) => id),
    REMEDY,
  ).toEqual(claimsOf(properties).map(({ id }) => id))
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

test('every link on a page leads somewhere', () => {
  for (const [path, text] of files) {
    if (!path.endsWith('.md')) continue
    for (const [, target] of text.matchAll(/\]\(([^)#]+)\)/g)) {
      const url = new URL(target!, `https://x/${path}`)
      expect(existsSync(`.${decodeURI(url.pathname)}`), `${path}: ${target}`).toBe(true)
    }
  }
})

test('no page but that of a proved claim says that its claim is proved', () => {
  for (const { id, verdict } of parseDocument(readFileSync(RECORD, 'utf8')).claims) {
    if (verdict === 'proved') continue
    const page = files.get(`docs/claims/${id.replaceAll(':', '_').replaceAll('*', '-amended')}.md`)!
    expect(page).not.toMatch(/verified|\*\*proved\*\*|\[proved\]/)
  }
})
