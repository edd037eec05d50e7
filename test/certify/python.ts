/** Python: the second verifier, where python3 is present. */
import { spawnSync } from 'node:child_process'

export const VERIFIER = 'src/certify/verify.py'

/** Whether python3 is there; in CI it is. */
export const hasPython: boolean = spawnSync('python3', ['--version']).status === 0

/** Runs python3, which leaves no files behind; gives the lines that it prints. */
export function python(
  args: readonly string[],
  input = '',
): { readonly code: number | null; readonly lines: string[] } {
  const { status, stdout, stderr } = spawnSync('python3', ['-B', ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const lines = (stdout + stderr).split('\n').filter((line) => line !== '')
  return { code: status, lines }
}

/** Runs a script that sees the verifier as the module `verify`; `altered` may change its source first. */
export function scripted(
  script: string,
  input: string,
  altered: (source: string) => string,
  source: string,
): string[] {
  const loader = [
    'import json, sys, types',
    'verify = types.ModuleType("verify")',
    `exec(${JSON.stringify(altered(source))}, verify.__dict__)`,
    script,
  ].join('\n')
  return python(['-c', loader], input).lines
}
