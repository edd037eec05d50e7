/** The claims that the guide shows can be pasted into a file and checked. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { lakatos, newFolder } from '../cli/lakatos.ts'

const folder = newFolder()
afterAll(() => folder.remove())

const examples = ['README.md', 'docs/writing-a-claim.md'].flatMap((path) =>
  [...readFileSync(path, 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)]
    .map(([, code]) => code!)
    .filter((code) => code.includes('claim({'))
    .map((code): [string, string] => [/id: '([^']*)'/.exec(code)![1]!, code]),
)

test('there are examples, of identities and of limits', () => {
  expect(examples.map(([id]) => id)).toEqual(expect.arrayContaining(['my-speed', 'my-norms']))
})

test.each([...new Map(examples)])('%s', { timeout: 120_000 }, async (id, code) => {
  const name = `${id}.ts`
  writeFileSync(join(folder.path, name), code)
  const run = await lakatos(['check', `./${name}`, '--json', '--cases', '60'], { cwd: folder.path })
  expect([run.code, run.err.includes('lakatos:')], run.err + run.out).toEqual([0, false])
})
