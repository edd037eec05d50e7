/** The adapter passes what is as expected, and fails everything else. */
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import type { Verdict } from '../../src/claim/verdict.ts'

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string
      readonly status: string
      readonly failureMessages: readonly string[]
      readonly meta: { readonly verdict?: Verdict }
    }[]
  }[]
}

test('planted claims pass and fail under stable titles, each with its verdict in the meta', () => {
  const config = ['--config', 'test/vitest/planted.config.ts', '--reporter', 'json']
  const { stdout } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...config], {
    encoding: 'utf8',
  })
  const results = (JSON.parse(stdout) as Report).testResults.flatMap((file) => file.assertionResults)
  expect(results.map(({ title, status, meta }) => [title, status, meta.verdict?.verdict])).toEqual([
    ['true is proved or certified or supported', 'passed', 'certified'],
    ['false is proved or certified or supported', 'failed', 'refuted'],
    ['known-false is refuted', 'passed', 'refuted'],
    ['survivor is proved or certified or supported', 'failed', 'certified'],
    ['untested is proved or certified or supported', 'failed', 'certified'],
    ['vacuous is vacuous', 'passed', 'vacuous'],
  ])
  const messages = results.map(({ failureMessages }) => failureMessages.join())
  expect(messages[1]).toContain('got refuted: {')
  expect(messages[3]).toContain('the wrong variant')
  expect(messages[4]).toContain('expected a wrong variant, got none')
})
