/**
 * Run: checks planted claims, each within a time limit, and counts.
 * `npx jiti test/quality/adversary/claims/run.ts [--json] [--src DIR] [--jobs N] [id or kind …]`; with `--src` the
 * library is that of another checkout. The exit code is 0 if all are right.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { PLANTED } from './all.ts'
import { answer, isRight, STANDS, type Answer, type Library, type Planted } from './planted.ts'

/** Seconds for each claim. */
const LIMIT = 30
const SELF = fileURLToPath(import.meta.url)
const JITI = fileURLToPath(new URL('../../../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url))

const words = process.argv.slice(2)
const option = (name: string): string | undefined => {
  const at = words.indexOf(name)
  return at < 0 ? undefined : words.splice(at, 2)[1]
}
const flag = (name: string): boolean => {
  const at = words.indexOf(name)
  return at >= 0 && words.splice(at, 1).length > 0
}
const [root, jobs, json, child] = [
  resolve(option('--src') ?? fileURLToPath(new URL('../../../..', import.meta.url))),
  Number(option('--jobs') ?? 1),
  flag('--json'),
  flag('--child'),
]

if (child) await serve()
else process.exitCode = await main()

/** Answers one claim for each id that the parent sends. */
async function serve(): Promise<void> {
  const lib = (await import(pathToFileURL(resolve(root, 'src/index.ts')).href)) as Library
  process.on('message', (id) => {
    const planted = PLANTED.find((p) => p.id === id)!
    process.send!(answer(lib, planted))
  })
  process.send!('ready')
}

async function main(): Promise<number> {
  const chosen = PLANTED.filter(
    ({ id, kind }) => words.length === 0 || words.some((word) => id.includes(word) || kind === word),
  )
  const answers = new Map<string, Answer>()
  const queue = [...chosen]
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      let worker: ChildProcess | undefined
      for (let next = queue.shift(); next; next = queue.shift()) {
        worker ??= await start()
        const got = await ask(worker, next)
        answers.set(next.id, got)
        if (got.result === 'timeout') worker = undefined
        process.stdout.write(line(next, got))
      }
      worker?.kill()
    }),
  )
  const of = (list: readonly Planted[]): string =>
    `${list.filter(({ id }) => !answers.get(id)!.right).length} of ${list.length}`
  const [no, yes] = [chosen.filter(({ truth }) => !truth), chosen.filter(({ truth }) => truth)]
  const [noWrong, yesWrong] = [of(no), of(yes)]
  if (!json) {
    process.stdout.write('\n')
    for (const kind of [...new Set(chosen.map((p) => p.kind))].toSorted())
      process.stdout.write(
        `${kind.padEnd(26)} false and misjudged ${of(no.filter((p) => p.kind === kind)).padStart(8)}   true and misjudged ${of(yes.filter((p) => p.kind === kind)).padStart(8)}\n`,
      )
    const stand = no.filter(({ id }) => STANDS.includes(answers.get(id)!.result)).length
    process.stdout.write(`\nfalse claims that are misjudged: ${noWrong}, of which ${stand} stand\n`)
    process.stdout.write(`true claims that fall, or are not decided as they have to be: ${yesWrong}\n`)
  }
  return [...answers.values()].every(({ right }) => right) ? 0 : 1
}

/** A child process that has loaded the library. */
function start(): Promise<ChildProcess> {
  return new Promise((done, failed) => {
    const worker = fork(JITI, [SELF, '--child', '--src', root])
    worker.once('message', () => done(worker))
    worker.once('exit', (code) =>
      failed(new Error(`the library of ${root} did not load (exit code ${code})`)),
    )
  })
}

/** The answer of a child, which is ended at the time limit. */
function ask(worker: ChildProcess, planted: Planted): Promise<Answer> {
  return new Promise((done) => {
    const finish = (got: Answer): void => {
      clearTimeout(timer)
      worker.off('message', finish)
      done(got)
    }
    const timer = setTimeout(() => {
      worker.kill('SIGKILL')
      const result = 'timeout'
      finish({ id: planted.id, result, right: isRight(planted, result), words: '', seconds: LIMIT })
    }, LIMIT * 1000)
    worker.on('message', finish)
    worker.send(planted.id)
  })
}

function line({ truth, kind, shows }: Planted, { id, result, right, words, seconds }: Answer): string {
  if (json) return `${JSON.stringify({ id, kind, truth, result, right, seconds, words })}\n`
  const mark = right ? 'right' : 'WRONG'
  return `${mark}  ${result.padEnd(12)} ${seconds.toFixed(2).padStart(6)} s  ${id.padEnd(44)} ${[shows].flat().join(' and ')}${right ? '' : `   [${words.slice(0, 150)}]`}\n`
}
