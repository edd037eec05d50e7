/** What a checker is made of is said with its true size. */
import { readFileSync } from 'node:fs'
import * as prettier from 'prettier'
import { expect, test } from 'vitest'
import { closureOf, closureText } from '../quality/closure.ts'

test('docs/guarantee.md has the files and lines that are there now (`npm run closure`)', async () => {
  const document = readFileSync('docs/guarantee.md', 'utf8')
  const [, found] = /<!-- closure -->\n\n([\s\S]*?)\n\n<!-- end -->/.exec(document) ?? []
  const options = { ...(await prettier.resolveConfig('docs/guarantee.md')), parser: 'markdown' }
  expect(found).toBe((await prettier.format(closureText(), options)).trimEnd())
})

test('the checker runs neither claims nor settings nor a package', () => {
  const rooms = [...closureOf('src/certify/verify.ts')].map((path) => path.split('/').slice(0, 2).join('/'))
  expect(new Set(rooms)).toEqual(new Set(['src/certify', 'src/number', 'src/program']))
})

test('verify.py imports the standard library only, and uses no float', () => {
  const source = readFileSync('src/certify/verify.py', 'utf8')
  const imports = [...source.matchAll(/^\s*(?:import|from) (\w+)/gm)].map(([, name]) => name)
  expect(imports).toEqual(['gc', 'json', 're', 'sys', 'decimal', 'fractions', 'hashlib', 'math'])
  expect(source).not.toMatch(/__import__|importlib|\bfloat\b|\d\.\d|[^/]\b1e\d|\bround\(/)
})
