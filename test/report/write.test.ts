/** Writing is all or nothing. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFiles } from '../../src/report/write.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lakatos-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const text = (path: string): string => readFileSync(join(root, path), 'utf8')

test('files and folders appear; what is unchanged is left alone', () => {
  const files = new Map([
    ['docs/a.md', 'a'],
    ['docs/b.md', 'b'],
  ])
  expect(writeFiles(root, files)).toEqual({ written: ['docs/a.md', 'docs/b.md'], removed: [] })
  const { mtimeMs } = statSync(join(root, 'docs/a.md'))
  expect(writeFiles(root, new Map([...files, ['docs/b.md', 'c']])).written).toEqual(['docs/b.md'])
  expect([text('docs/a.md'), text('docs/b.md')]).toEqual(['a', 'c'])
  expect(statSync(join(root, 'docs/a.md')).mtimeMs).toBe(mtimeMs)
  expect(readdirSync(join(root, 'docs'))).toEqual(['a.md', 'b.md'])
})

test('only files of an owned folder that match its pattern are removed', () => {
  mkdirSync(join(root, 'docs'))
  for (const name of ['old.md', 'data.json']) writeFileSync(join(root, 'docs', name), name)
  writeFileSync(join(root, 'other.md'), 'other')
  const { removed } = writeFiles(root, new Map([['docs/new.md', 'new']]), [
    { folder: 'docs', pattern: /\.md$/ },
  ])
  expect(removed).toEqual(['docs/old.md'])
  expect(readdirSync(join(root, 'docs'))).toEqual(['data.json', 'new.md'])
  expect(existsSync(join(root, 'other.md'))).toBe(true)
})

test('what a killed run has left goes, but not what a running one writes, nor anything else', () => {
  const gone = 2 ** 22 + 1
  const left = [`a.md.${gone}.tmp`, `old.md.${gone}.tmp`]
  const kept = [`a.md.${process.ppid}.tmp`, `notes.txt.${gone}.tmp`, 'a.md.tmp', `other.${gone}.tmp`]
  mkdirSync(join(root, 'docs'))
  for (const name of [...left, ...kept]) writeFileSync(join(root, 'docs', name), name)
  writeFiles(root, new Map([['docs/a.md', 'a']]), [{ folder: 'docs', pattern: /\.md$/ }])
  expect(readdirSync(join(root, 'docs'))).toEqual(['a.md', ...kept].toSorted())
})

test('where one file cannot be written, none is, and nothing is left behind', () => {
  mkdirSync(join(root, 'docs'))
  writeFileSync(join(root, 'docs/a.md'), 'old')
  writeFileSync(join(root, 'blocked'), 'a file where a folder should be')
  const files = new Map([
    ['docs/a.md', 'new'],
    ['blocked/b.md', 'b'],
  ])
  expect(() => writeFiles(root, files)).toThrow(/EEXIST|ENOTDIR/)
  expect(text('docs/a.md')).toBe('old')
  expect(readdirSync(join(root, 'docs'))).toEqual(['a.md'])
})
