/** `lakatos hunt`: what it prints, what it writes, how it refuses, and that an interruption keeps the best. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimSource, lakatos, lakatosHere, newFolder, packageWith, type Run } from './lakatos.ts'

const folder = newFolder()
const root = folder.path
const cache = join(root, 'node_modules/.cache')
const out = join(root, 'found.json')
afterAll(() => folder.remove())

const THIN = '(x - 0.37)^2 + (y + 1.21)^2 >= 1/100000'
const LONG = `export const long = claim({ id: 'long', section: '2 Runs', source: 'test', says: 'Of weights.',
  given: setting({ model: nets({ loss: exponential }), rule: gradientFlow({ rate: '1' }), moment: inTheLimit() }),
  shows: 'converges(norm(w))', wrong: {} })\n`
const LIBRARY = `import { claim, exponential, gradientFlow, inTheLimit, nets, setting } from './section.js'\n`

beforeAll(() => {
  const claims = claimSource('thin', 'thin', THIN) + claimSource('square', 'square', '(x - y)^2 >= 0') + LONG
  packageWith(root, LIBRARY + claims)
  writeFileSync(
    join(root, 'own.ts'),
    `import { claim, setting } from 'lakatos'\n${claimSource('own', 'own', THIN)}`,
  )
})

/** In a process of its own; `here` is the same in this one, and quicker. */
const ask = (...args: string[]): Promise<Run> => lakatos(args, { root, cwd: root })
const here = (...args: string[]): Promise<Run> => lakatosHere(args, root)
interface Found {
  readonly evaluation: number
  readonly case: { readonly variables: Record<string, string> }
}
interface Hunt {
  readonly id: string
  readonly evaluations: number
  readonly board: readonly { readonly slack: number }[]
  readonly found?: Found
  readonly simplest?: object
  readonly mostViolated?: Found
  readonly file?: string
}
const huntIn = (text: string): Hunt => (JSON.parse(text) as { hunts: Hunt[] }).hunts[0]!

describe('a claim that is false', () => {
  test('is reported in three forms, written, and replayed from there', async () => {
    const run = await ask('hunt', 'thin', '--evaluations', '4000', '--out', out)
    expect(run.code).toBe(1)
    for (const words of [
      'Refuted, as found by',
      'In its simplest form:',
      'Most violated',
      'lakatos replay found.json',
    ])
      expect(run.out).toContain(words)
    const stored = JSON.parse(readFileSync(out, 'utf8')) as { claim: string; case: unknown }
    expect(stored.claim).toBe('sample/thin')
    const again = await ask('replay', 'found.json')
    expect([again.code, again.out]).toEqual([
      0,
      expect.stringContaining('thin is still refuted by this case'),
    ])
  })

  test('is written to the cache if no file is asked for, and gives one document', async () => {
    const run = await here('hunt', 'thin', '--evaluations', '4000', '--seed', '7', '--json')
    const { found, simplest, mostViolated, file, evaluations, board } = huntIn(run.out)
    expect([run.code, evaluations]).toEqual([1, 4000])
    expect([found, simplest, mostViolated].every((form) => form !== undefined)).toBe(true)
    expect(mostViolated!.evaluation).toBeGreaterThanOrEqual(found!.evaluation)
    expect(file!.startsWith(cache) && existsSync(file!)).toBe(true)
    expect(board.length).toBeGreaterThan(0)
    const again = await here('hunt', 'thin', '--evaluations', '4000', '--seed', '7', '--json')
    expect(again.out).toBe(run.out)
  })

  test('may be in a file of one’s own, which the find names, wherever it is replayed', async () => {
    const run = await ask('hunt', './own.ts', '--evaluations', '4000', '--out', join(root, 'finds/own.json'))
    expect([run.code, run.out]).toEqual([1, expect.stringContaining('again: lakatos replay finds/own.json')])
    expect(JSON.parse(readFileSync(join(root, 'finds/own.json'), 'utf8'))).toMatchObject({
      ...{ claim: 'own', file: '../own.ts' },
    })
    const again = await lakatos(['replay', 'own.json'], { root, cwd: join(root, 'finds') })
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('own is still refuted by this case')])
  })

  test('is replayed by its name from the last find, also a find that no check makes', async () => {
    await here('hunt', join(root, 'own.ts'), '--evaluations', '4000')
    const run = await here('replay', `${join(root, 'own.ts')}#own`, '--json')
    expect(JSON.parse(run.out)).toMatchObject({ counterexamples: [{ id: 'own', refutes: true }], errors: [] })
  })
})

test('several claims at once cannot be written to one file', async () => {
  writeFileSync(
    join(root, 'two.ts'),
    `import { claim, setting } from 'lakatos'\n${claimSource('a', 'a', THIN)}${claimSource('b', 'b', THIN)}`,
  )
  const run = await here('hunt', join(root, 'two.ts'), '--out', join(root, 'two.json'))
  expect([run.code, run.out, existsSync(join(root, 'two.json'))]).toEqual([2, '', false])
  expect(run.err).toContain('--out: expected one claim to hunt, got a, b')
})

test('a claim that is true leaves near misses, and no file', async () => {
  const run = await here('hunt', 'square', '--evaluations', '300', '--out', join(root, 'none.json'))
  expect([run.code, existsSync(join(root, 'none.json'))]).toEqual([0, false])
  expect(run.out).toContain('No violation was found; this proves nothing.')
})

test('a claim on limits is contradicted, in doubles', async () => {
  const run = await here('hunt', 'long', '--evaluations', '20', '--out', join(root, 'long.json'))
  // On a busy machine progress is reported meanwhile.
  expect([run.code, run.err.includes('lakatos:')]).toEqual([1, false])
  expect(run.out).toContain('Contradicted in doubles, as found by')
  expect(JSON.parse(readFileSync(join(root, 'long.json'), 'utf8'))).toMatchObject({ claim: 'sample/long' })
  const again = await here('replay', join(root, 'long.json'))
  expect([again.code, again.out]).toEqual([0, expect.stringContaining('still contradicted by this case')])
})

test('a hunt by the clock ends', async () => {
  const begun = performance.now()
  const run = await here('hunt', 'square', '--seconds', '1', '--json')
  expect(run.code).toBe(0)
  expect(huntIn(run.out).evaluations).toBeGreaterThan(100)
  expect(performance.now() - begun).toBeGreaterThan(1000)
})

test('an interrupted hunt prints the best so far and says so by its exit code', async () => {
  const run = await lakatos(['hunt', 'square', '--seconds', '100', '--json'], {
    root,
    during: (child) =>
      child.stderr!.on('data', (text: Buffer) => {
        if (text.toString().includes('evaluations')) child.kill('SIGINT')
      }),
  })
  expect(run.code).toBe(130)
  expect(run.err).toMatch(
    /square: \d+ evaluations, best slack \S+, \d+ % meet the assumptions, \d+ % of moves accepted/,
  )
  const { interrupted } = JSON.parse(run.out) as { interrupted: boolean }
  expect([interrupted, huntIn(run.out).board.length > 0]).toEqual([true, true])
})

describe('wrong usage is one clear line, and writes nothing', () => {
  test.each([
    [['nothing'], /unknown claim "nothing"; nearest: /],
    [['thin', '--evaluations', '0'], /hunt: --evaluations: expected an integer from 1 to /],
    [['thin', '--seconds', '0'], /hunt: --seconds: expected an integer from 1 to /],
    [['thin', '--evaluations', '5', '--seconds', '1'], /expected --evaluations or --seconds, got both/],
    [[], /hunt: expected 1 argument, got none/],
    [['missing.ts'], /no such file: missing\.ts/],
    [['thin', '--out'], /--out: expected a file to write, got nothing/],
  ])('hunt %j', async (args, message) => {
    const before = readdirSync(root).toSorted()
    const run = await here('hunt', ...args)
    expect([run.code, run.out]).toEqual([2, ''])
    expect(run.err).toMatch(message)
    expect(run.err.trimEnd().split('\n')).toHaveLength(1)
    expect(readdirSync(root).toSorted()).toEqual(before)
  })

  test('a place that cannot be written is named', async () => {
    const run = await here('hunt', 'thin', '--evaluations', '4000', '--out', join(root, 'found.json/x.json'))
    expect([run.code, run.out]).toEqual([2, ''])
    expect(run.err).toContain('hunt: the counterexample cannot be written')
  })
})
