/** Streams and signals: who reads how far changes no exit code, and an interruption says what it leaves. */
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimSource, lakatos, newFolder } from './lakatos.ts'

const folder = newFolder()
afterAll(() => folder.remove())
beforeAll(() =>
  writeFileSync(
    join(folder.path, 'false.ts'),
    `import { claim, setting } from 'lakatos'\n${claimSource('a', 'a', 'x * y >= x - 10')}`,
  ),
)

/** Runs a shell line in which $L is the command; gives its exit code and what it says. */
function shell(line: string): { code: number | null; err: string } {
  const L = `${process.execPath} ${resolve('dist/src/cli.js')}`
  const run = spawnSync('bash', ['-c', `set -o pipefail; ${line}`], {
    ...{ cwd: folder.path, encoding: 'utf8', env: { ...process.env, L } },
  })
  return { code: run.status, err: run.stderr }
}

describe('a reader', () => {
  test.each([
    ['$L check false.ts | head -1', 1],
    ['$L check false.ts --json | head -c 1', 1],
    ['$L check false.ts | true', 1],
    ['$L list --json | head -c 1', 0],
    ['$L check false.ts 2>&1 >/dev/null | true', 1],
  ])('%s is exit %i', (line, code) => {
    expect(shell(line).code).toBe(code)
  })

  // A device that refuses every byte, as Linux has it.
  const FULL = '/dev/full'
  test
    .skipIf(!existsSync(FULL))
    .each([`$L list > ${FULL}`, `$L check false.ts --json > ${FULL}`, `$L help > ${FULL}`])(
    '%s fails with words',
    (line) => {
      const { code, err } = shell(line)
      expect([code, err]).toEqual([
        4,
        expect.stringContaining('lakatos: the result cannot be written: ENOSPC'),
      ])
    },
  )
})

describe('an interruption', () => {
  const five = ['0', '1', '2', '3', '4'].map((k) =>
    claimSource(`c${k}`, `c${k}`, `x^2 + y^2 >= 2*x*y - ${k}`),
  )
  const source = `import { claim, setting } from 'lakatos'\n${five.join('')}
    const { given } = c0
    export const slow = claim({ id: 'slow', section: '2', source: 'test', says: 'Waits.', shows: 'x^2 >= 0', wrong: { n: 'x^2 < 0' },
      given: { ...given, generate() { for (;;); } } })\n`

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s says what is kept, and which command resumes', async (signal, expected) => {
    writeFileSync(join(folder.path, 'slow.ts'), source)
    const { code, out, err } = await lakatos(['check', 'slow.ts', '--workers', '2', '--seed', '3'], {
      cwd: folder.path,
      // As soon as the five that end have ended; at the latest after 20 seconds.
      during(child) {
        let said = ''
        const end = (): unknown => child.kill(signal)
        const timer = setTimeout(end, 20_000)
        child.stderr!.on('data', (text: Buffer) => {
          if (!/\b5\/6\b/.test((said += text.toString()))) return
          clearTimeout(timer)
          end()
        })
        child.on('close', () => clearTimeout(timer))
      },
    })
    expect([code, out]).toEqual([expected, ''])
    expect(err).toMatch(
      /interrupted: \d+ results are kept for 7 days; resume with: .*lakatos check slow\.ts --workers 2 --seed 3/,
    )
  })
})
