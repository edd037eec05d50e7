/** The published package: what it contains, and that its doors open. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { beforeAll, describe, expect, test } from 'vitest'

interface Manifest {
  readonly files: readonly string[]
  readonly bin: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
const REMEDY = 'the package is packed from dist: run `rm -rf dist && npm run prepare` first'

/** The paths that `npm pack` would put into the package. Its JSON is a list, or an object by name (npm 12). */
function packed(): string[] {
  const text = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  })
  const [pack] = Object.values(JSON.parse(text) as Record<string, { files: { path: string }[] }>)
  return pack!.files.map(({ path }) => path)
}

/** Whether a path is one of a pattern, in which each star stands for some characters. */
const matches = (pattern: string, path: string): boolean => {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.+')}$`).test(path)
}

let paths: readonly string[] = []
beforeAll(() => {
  paths = packed()
})

test('what a user needs is in the package', () => {
  const needed = [
    'package.json',
    'README.md',
    'LICENSE',
    'dist/src/index.js',
    'dist/src/index.d.ts',
    'dist/src/cli.js',
  ]
  expect(paths, REMEDY).toEqual(expect.arrayContaining(needed))
  for (const entry of manifest.files)
    expect(
      paths.some((path) => path.startsWith(`${entry}/`) || matches(entry, path)),
      `${entry} is published`,
    ).toBe(true)
})

test('nothing else is', () => {
  const wanted =
    /^(package\.json|README\.md|LICENSE|docs\/[\w-]+\.md|docs\/claims\/[\w-]+\/verdicts\.json|properties\/[\w-]+\/(corpus|certificates)\/[^/]+\.json|src\/certify\/verify\.py|dist\/(src|properties)\/.*\.(js|d\.ts))$/
  expect(paths.filter((path) => !wanted.test(path) || /node_modules|\.test\./.test(path))).toEqual([])
})

test('no built file outlives its source', () => {
  const built = paths.filter((path) => path.startsWith('dist/'))
  const stale = built.filter(
    (path) => !existsSync(path.replace(/^dist\//, '').replace(/(\.d\.ts|\.js)$/, '.ts')),
  )
  expect(stale, REMEDY).toEqual([])
})

describe('every door', () => {
  const doors = Object.entries(manifest.exports).flatMap(([name, door]) =>
    typeof door === 'string'
      ? [[name, door]]
      : [
          [name, door.types],
          [name, door.default],
        ],
  )
  test.each([...doors, ...Object.entries(manifest.bin)])('%s leads to %s', (_, target) => {
    const pattern = target!.replace('./', '')
    expect(
      paths.filter((path) => matches(pattern, path)),
      REMEDY,
    ).not.toEqual([])
  })

  test('of each paper is one that the package opens', () => {
    const papers = paths.flatMap((path) => /^dist\/properties\/([^/]+)\/paper\.js$/.exec(path)?.[1] ?? [])
    expect(papers).toContain('morwani-ramaswamy-2022')
    const { types, default: module } = manifest.exports['./properties/*'] as {
      types: string
      default: string
    }
    for (const key of papers)
      for (const target of [types, module])
        expect(paths, REMEDY).toContain(target.replace('./', '').replace('*', key))
  })

  test('has its types, except data', () => {
    for (const [name, door] of Object.entries(manifest.exports))
      if (typeof door === 'string') expect(name).toMatch(/\.json$/)
      else expect([door.types.endsWith('.d.ts'), door.default.endsWith('.js')]).toEqual([true, true])
  })
})

test('the command runs under node', () => {
  for (const target of Object.values(manifest.bin))
    expect(readFileSync(target, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node')
})

test('its first call by npx in a clone runs what is built, installs nothing and builds nothing', () => {
  const cache = mkdtempSync(join(tmpdir(), 'lakatos-npx-'))
  const built = statSync('dist/src/cli.js').mtimeMs
  const version = execFileSync('npx', ['lakatos', '--version'], {
    encoding: 'utf8',
    // A cache of its own is that of a first call; no registry is asked.
    env: { ...process.env, npm_config_cache: cache, npm_config_registry: 'http://127.0.0.1:9/' },
    shell: process.platform === 'win32',
  })
  rmSync(cache, { recursive: true, force: true })
  expect([version.trim(), statSync('dist/src/cli.js').mtimeMs]).toEqual([
    (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version,
    built,
  ])
})

test('publint has no complaint', async () => {
  const { messages, pkg } = await publint({ pkgDir: '.', strict: true, pack: 'npm' })
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
})
