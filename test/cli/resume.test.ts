/** An interrupted run resumes: nothing done is done again, nothing stale is used, nothing is left behind. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Journal } from '../../src/cli/journal.ts'
import type { Task, TaskResult } from '../../src/cli/task.ts'
import { claimSource, lakatos, newFolder, packageWith, type Run } from './lakatos.ts'

const folder = newFolder()
const root = folder.path
const cache = join(root, 'node_modules/.cache')
const go = join(root, 'go')

/** Five claims, and a last one that waits for a file before it is checked. */
const properties = [
  `import { existsSync } from 'node:fs'`,
  `import { claim, setting } from './section.js'`,
  ...['2*x*y', '-2*x*y', '2*x*y - 1', '2*x*y - 2', '2*x*y - 3'].map((right, i) =>
    claimSource(`quick${i}`, `a-quick-${i}`, `x^2 + y^2 >= ${right}`),
  ),
  `const { given } = quick0
  const generate = (...all) => {
    while (!existsSync(${JSON.stringify(go)})) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    return given.generate(...all)
  }
  export const slow = claim({ ...quick0, id: 'b-slow', shows: 'x^2 >= 0', given: { ...given, generate },
    wrong: { reversed: 'x^2 < 0' } })`,
].join('\n')

beforeAll(() => packageWith(root, properties))
afterAll(() => folder.remove())
beforeEach(() => rmSync(cache, { recursive: true, force: true }))

const journals = (): string[] =>
  existsSync(join(cache, 'lakatos'))
    ? readdirSync(join(cache, 'lakatos')).map((name) => join(cache, 'lakatos', name))
    : []
const finished = (): number =>
  journals().reduce((total, path) => total + readFileSync(path, 'utf8').split('\n').length - 1, 0)

/** Runs the command and stops it while the last claim waits. */
async function interrupted(signal: NodeJS.Signals, ...args: string[]): Promise<Run> {
  rmSync(go, { force: true })
  const run = await lakatos(args, {
    root,
    during(child) {
      const watch = setInterval(() => {
        if (finished() < 5) return
        clearInterval(watch)
        child.kill(signal)
      }, 20)
    },
  })
  writeFileSync(go, '')
  return run
}

const claimsIn = ({ out }: Run): unknown =>
  (JSON.parse(out) as { claims: { seconds: number }[] }).claims.map(({ seconds: _, ...claim }) => claim)
const resumed = 'resumed: 5 of 6 tasks were already done'

describe('a run that is stopped in the middle', () => {
  test('resumes after kill -9, with the output of one that was not stopped', async () => {
    const check = ['check', '--json', '--workers', '1']
    writeFileSync(go, '')
    const whole = await lakatos(check, { root })
    expect([whole.code, existsSync(cache)]).toEqual([0, false])
    expect((await interrupted('SIGKILL', ...check)).out).toBe('')
    const [again, more] = [await lakatos(check, { root }), await lakatos(check, { root })]
    expect(again.err).toContain(resumed)
    expect([claimsIn(again), again.code]).toEqual([claimsIn(whole), 0])
    expect(more.err).not.toContain('resumed')
    expect(existsSync(cache)).toBe(false)
  })

  test('resumes `docs` after an interrupt, with any number of workers', async () => {
    const stopped = await interrupted('SIGINT', 'docs', '--workers', '2')
    expect([stopped.code, stopped.out, existsSync(join(root, 'docs'))]).toEqual([130, '', false])
    const again = await lakatos(['docs', '--workers', '1'], { root })
    expect(again.err).toContain(resumed)
    expect([again.code, existsSync(cache)]).toEqual([0, false])
  })
})

test('two runs at once do not disturb each other', async () => {
  const check = (): Promise<Run> => lakatos(['check', '--json', '--workers', '1'], { root })
  writeFileSync(go, '')
  const [one, other] = await Promise.all([check(), check()])
  expect(claimsIn(one)).toEqual(claimsIn(other))
  expect(existsSync(cache)).toBe(false)
})

describe('the journal', () => {
  const open = async (tasks: readonly Task[]): Promise<Journal> => {
    const built = pathToFileURL(join(root, 'dist/src/cli/journal.js')).href
    return ((await import(built)) as { openJournal(tasks: readonly Task[]): Journal }).openJournal(tasks)
  }
  const task = (id: string, more: Partial<Task> = {}): Task =>
    ({ kind: 'check', origin: 'built-in', id, effort: {}, ...more }) as Task
  const tasks = [task('a'), task('b'), task('c')]
  const result = (cases: number): TaskResult => ({ assumption: 'x', cases }) as TaskResult
  const known = async (of: readonly Task[]): Promise<number[]> => [...(await open(of)).known.keys()]

  /** Finishes two of three tasks. */
  async function begin(of = tasks): Promise<Journal> {
    const journal = await open(of)
    journal.add(0, result(1))
    journal.add(2, result(2))
    return journal
  }

  test('keeps results, and close leaves nothing, not even of a process that is gone', async () => {
    const journal = await begin()
    expect([...(await open(tasks)).known]).toEqual([
      [0, result(1)],
      [2, result(2)],
    ])
    const [path] = journals()
    renameSync(path!, path!.replace(`${process.pid}.jsonl`, '999999999.jsonl'))
    journal.close()
    expect(existsSync(cache)).toBe(false)
  })

  test('leaves alone what another process still writes', async () => {
    const journal = await begin()
    const [path] = journals()
    renameSync(path!, path!.replace(`${process.pid}.jsonl`, `${process.ppid}.jsonl`))
    journal.close()
    expect(await known(tasks)).toEqual([0, 2])
  })

  test('reads over torn and foreign lines', async () => {
    await begin()
    const [path] = journals()
    const [, first, second] = readFileSync(path!, 'utf8').split('\n')
    const lines = [
      '',
      first!.slice(0, -5),
      'null',
      '{"index":3,"result":{}}',
      '[]',
      second!,
      second!.slice(0, 9),
    ]
    writeFileSync(path!, lines.join('\n'))
    expect(await known(tasks)).toEqual([2])
    ;(await open(tasks)).add(1, result(3))
    expect(await known(tasks)).toEqual([2, 1])
  })

  test.each<[what: string, other: readonly Task[]]>([
    ['a seed', tasks.map((one) => ({ ...one, effort: { seed: 7 } }))],
    ['a profile', tasks.map((one) => ({ ...one, effort: { profile: 'full' as const } }))],
    ['other claims', tasks.slice(0, 2)],
    ['another order', tasks.toReversed()],
  ])('is not used for %s', async (_, other) => {
    await begin()
    expect(await known(other)).toEqual([])
    expect(await known(tasks)).toEqual([0, 2])
  })

  test('is not used for another build', async () => {
    await begin()
    const extra = join(root, 'dist/src/extra.js')
    writeFileSync(extra, '')
    expect(await known(tasks)).toEqual([])
    rmSync(extra)
    expect(await known(tasks)).toEqual([0, 2])
  })

  test('is not used for a claim file that changed, itself or in a file that it names', async () => {
    const files = join(root, 'files')
    mkdirSync(files)
    const write = (name: string, text: string): void => writeFileSync(join(files, name), text)
    const of = tasks.map((one) => ({ ...one, origin: join(files, 'claims.ts') }))
    const start = `import { claim } from 'lakatos'\nimport { more } from './more.js'\n`
    write('claims.ts', start)
    write('more.ts', `const data = './data.json'`)
    write('data.json', '1')
    await begin(of)
    expect(await known(of)).toEqual([0, 2])
    const changes: [name: string, before: string, after: string][] = [
      ['claims.ts', start, `${start}// more`],
      ['more.ts', `const data = './data.json'`, `const data = './other.json'`],
      ['data.json', '1', '2'],
    ]
    for (const [name, before, after] of changes) {
      write(name, after)
      expect(await known(of), name).toEqual([])
      write(name, before)
      expect(await known(of), name).toEqual([0, 2])
    }
  })

  test.each([`import 'node:os'`, `await import(name)`, 'await import(`./${name}.ts`)', `require('x')`])(
    'is not kept for a claim file with %s: what it means may change unseen',
    async (line) => {
      const path = join(root, 'watched.ts')
      writeFileSync(path, line)
      await begin(tasks.map((one) => ({ ...one, origin: path })))
      expect(journals()).toEqual([])
    },
  )
})
