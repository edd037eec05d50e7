/**
 * Mutate: `npm run mutate-checkers` disables every check, condition and statement of both checkers, one at a time, and shows
 * which certificate of the arena then comes out otherwise: a bad one accepted, a good one rejected, or another reason.
 * `-- ts` or `-- py` asks for one of the checkers, `-- ts proof.ts` for one file; with `-v` it lists the mutants that only
 * change a reason. Both checkers are tried at once, behind all other processes.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setPriority, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import ts from 'typescript'
import { bad, good, listed } from './arena.ts'
import { equivalentIn } from './equivalent.ts'
import { mutantsOf } from './mutants.ts'
import { vectors, type Modules } from './vectors.ts'

const ROOM = 'src/certify'
/** Milliseconds after which a mutant counts as one that never ends on a file. */
const PATIENCE = 10_000
const here = dirname(fileURLToPath(import.meta.url))
const files = readdirSync(ROOM).filter((name) => name.endsWith('.ts'))
const sources = new Map(files.map((name) => [name, readFileSync(join(ROOM, name), 'utf8')]))

const others: Record<string, unknown> = {
  '../number/interval.ts': await import('../../../../src/number/interval.ts'),
  '../number/dyadic.ts': await import('../../../../src/number/dyadic.ts'),
  '../number/rational.ts': await import('../../../../src/number/rational.ts'),
  '../program/constant.ts': await import('../../../../src/program/constant.ts'),
  '../program/hash.ts': await import('../../../../src/program/hash.ts'),
}
const compiled = new Map<string, vm.Script>()
const script = (source: string): vm.Script => {
  let found = compiled.get(source)
  if (found === undefined) {
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
    })
    found = new vm.Script(`(exports, require) => {${outputText}}`)
    if ([...sources.values()].includes(source)) compiled.set(source, found)
  }
  return found
}

/** The room with one file as the mutant has it. */
function load(name = '', source = ''): Modules {
  const known = new Map<string, object>()
  const require = (path: string): unknown => {
    if (path in others) return others[path]
    const file = path.replace('./', '')
    const found = known.get(file)
    if (found) return found
    const exports = {}
    known.set(file, exports)
    const text = file === name ? source : sources.get(file)!
    ;(script(text).runInThisContext() as (exports: object, require: unknown) => void)(exports, require)
    return exports
  }
  return Object.fromEntries(files.map((file) => [file, require(`./${file}`)])) as unknown as Modules
}

const original = load()
const say = (answer: unknown): string => JSON.stringify(answer)
const listedFiles = [...good, ...bad.map(({ name, bytes }) => [name, bytes] as const)]
/** Runs something in the time that it has. @throws Error where it does not end. */
function within<T>(run: () => T): T {
  Object.assign(globalThis, { run })
  return vm.runInThisContext('run()', { timeout: PATIENCE }) as T
}

/** Quick ones first; what has shown a mutant comes before all others. */
const arena = listedFiles
  .map(([name, bytes]) => {
    const start = performance.now()
    const wanted = original['verify.ts'].verify(bytes)
    return { name, bytes, good: wanted.accepted, wanted: say(wanted), time: performance.now() - start }
  })
  .toSorted((a, b) => a.time - b.time)

/** What shows that the room is not as it should be; with `thorough`, something worse than another reason if there is any. */
function killer(
  modules: Modules,
  thorough: boolean,
): readonly [name: string, kind: keyof typeof KINDS] | undefined {
  let weak: readonly [string, 'reason'] | undefined
  for (const [at, { name, bytes, good: accepted, wanted }] of arena.entries()) {
    const answer = within(() => modules['verify.ts'].verify(bytes))
    if (say(answer) === wanted) continue
    arena.unshift(...arena.splice(at, 1))
    if (answer.accepted && !accepted) return [name, 'accepts']
    if (accepted) return [name, 'rejects']
    if (!thorough) return [name, 'reason']
    weak ??= [name, 'reason']
  }
  const failed = within(() => vectors(modules))
  return weak ?? (failed === undefined ? undefined : [failed, 'vector'])
}
const KINDS = {
  accepts: 'accept something bad',
  rejects: 'reject something good',
  reason: 'give another reason',
  vector: 'fail a vector',
  fails: 'end in an error or never',
}
/** The same for a mutant, which may throw anything. */
function tried(name: string, source: string, thorough: boolean): ReturnType<typeof killer> {
  try {
    return killer(
      within(() => load(name, source)),
      thorough,
    )
  } catch (error) {
    return [(error as Error).message, 'fails']
  }
}

const [asked = 'both', ...names] = process.argv.slice(2).filter((one) => one !== '-v')
const thorough = process.argv.includes('-v')
let survived = 0
setPriority(15)
const folder = mkdtempSync(join(tmpdir(), 'mutants-'))
const second = asked === 'ts' ? undefined : startSecond()

/** Starts on the second checker, with the arena and what is equivalent on its input. */
function startSecond(): ReturnType<typeof spawn> {
  const path = join(folder, 'arena.json')
  writeFileSync(path, `{"equivalent":${JSON.stringify(equivalentIn('verify.py'))},"arena":${listed()}}`)
  return spawn('python3', ['-B', join(here, 'mutate.py'), `${ROOM}/verify.py`, ...(thorough ? ['-v'] : [])], {
    stdio: [openSync(path, 'r'), 'inherit', 'inherit'],
  })
}

if (asked !== 'py') {
  if (killer(original, true)) throw new Error('the checker is not as it should be')
  const counts = { accepts: 0, rejects: 0, reason: 0, vector: 0, fails: 0 }
  let equivalent = 0
  for (const [name, source] of sources) {
    if (names.length > 0 && !names.includes(name)) continue
    const all = mutantsOf(source)
    const same = equivalentIn(name)
    for (const { line, before, after, source: mutant } of all) {
      const where = `${ROOM}/${name}:${line}`
      if (same.some(([b, a]) => b === before && a === after)) {
        equivalent++
        continue
      }
      const found = tried(name, mutant, thorough)
      if (found) counts[found[1]]++
      else survived++
      if (!found) console.log(`${where} survived: ${before.slice(0, 160)} -> ${after.slice(0, 100)}`)
      if (thorough && found?.[1] === 'reason')
        console.log(
          `${where} only another reason: ${before.slice(0, 90)} -> ${after.slice(0, 60)}; ${found[0]}`,
        )
    }
    console.error(`${name}: ${all.length} mutants`)
  }
  const total = Object.values(counts).reduce((a, b) => a + b)
  const words = Object.entries(KINDS).map(([kind, says]) => `${counts[kind as keyof typeof KINDS]} ${says}`)
  console.log(
    `TypeScript: ${total} of ${total + survived} killed: ${words.join(', ')}; ${equivalent} are equivalent`,
  )
}
if (second && (await once(second, 'exit'))[0] !== 0) survived++
rmSync(folder, { recursive: true })
process.exit(survived > 0 ? 1 : 0)
