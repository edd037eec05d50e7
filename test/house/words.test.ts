/** Words that no tracked file may contain: places of one machine, and things left undone. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** Assembled from parts, so that this file does not contain them. */
const folders = ['work', 'home', 'root', 'tmp', 'Users', 'private'].join('|')
const PLACE = new RegExp(`(?<![\\w.~$})/-])/(?:${folders})/|\\b[A-Z]:\\\\+Users\\b|\\bfile:/{2}`)
const HOST =
  /\bregistry\.[\w-]+\.\w+|https?:\/\/[^\s/"']*(?:registry|artifact|jfrog|mirror|npm\.pkg)|"resolved": *"http/
const UNDONE = new RegExp(`\\b(?:TO_DO|FIX_ME|X_XX)\\b|\\.(?:on_ly|sk_ip)\\b`.replaceAll('_', ''))

/** The tracked files; in an unpacked archive, all files but the installed and the built ones. */
function trackedFiles(): string[] {
  if (existsSync('.git'))
    return execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(existsSync)
  return readdirSync('.')
    .filter((name) => !['node_modules', 'dist', 'coverage'].includes(name))
    .flatMap((name) =>
      statSync(name).isFile()
        ? [name]
        : readdirSync(name, { recursive: true, encoding: 'utf8' }).map((path) => `${name}/${path}`),
    )
    .filter((path) => statSync(path).isFile())
}

const tracked = trackedFiles()

/** `path:line: text` for every line of the files that holds the word. */
function lines(paths: readonly string[], word: RegExp): string[] {
  return paths.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((text, i) => (word.test(text) ? [`${path}:${i + 1}: ${text.trim().slice(0, 120)}`] : [])),
  )
}

test('there are files to check', () => {
  expect(tracked).toContain('package.json')
  expect(tracked).toContain('src/program/program.ts')
})

test('no file names a place of one machine', () => {
  expect(lines(tracked, PLACE)).toEqual([])
})

test('no file names a package registry', () => {
  expect(lines(tracked, HOST)).toEqual([])
})

test('nothing is left undone, and no test is left out', () => {
  const ours = tracked.filter((path) => /^(src|properties|test|docs)\//.test(path))
  expect(lines(ours, UNDONE)).toEqual([])
})

describe('the words are recognised', () => {
  const join = (...parts: string[]): string => parts.join('')
  test.each([
    [join('cd /', 'work/main')],
    [join("'/", "home/x/y'")],
    [join('C:\\', 'Users\\x')],
    [join('file:', '///x')],
  ])('place: %s', (text) => {
    expect(PLACE.test(text)).toBe(true)
  })
  test.each([['src/work/main.ts'], ['./tmp/x'], ['$HOME/work/x'], ['m/work/s'], ['../home/x']])(
    'no place: %s',
    (text) => {
      expect(PLACE.test(text)).toBe(false)
    },
  )
  test.each([
    [join('https://reg', 'istry.npmjs.org/vitest')],
    [join('"resolved', '": "https://x')],
    [join('http://npm-mir', 'ror.example:4873/')],
  ])('registry: %s', (text) => {
    expect(HOST.test(text)).toBe(true)
  })
  test.each([[join('// TO', 'DO: later')], [join('test.on', "ly('x')")], [join('describe.sk', 'ip(')]])(
    'undone: %s',
    (text) => {
      expect(UNDONE.test(text)).toBe(true)
    },
  )
})
