/** Journal: the finished tasks of a run on disk, so that the same run resumes after an interruption. */
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fingerprint } from './fingerprint.ts'
import { keep } from './interrupt.ts'
import { isRunning } from '../report/write.ts'
import { ROOT } from './paths.ts'
import type { Task, TaskResult } from './task.ts'

/** The results that earlier runs left, and a place for new ones. */
export interface Journal {
  readonly known: ReadonlyMap<number, TaskResult>
  add(index: number, result: TaskResult): void
  /** Removes what this run and interrupted ones before it have written. */
  close(): void
}

const opened: Journal[] = []

/** Closes the journals of a command that has come to its end. */
export function closeJournals(): void {
  for (const journal of opened.splice(0)) journal.close()
  keep()
}

/** What an interrupted run leaves is kept for so long. */
const KEPT_MS = 7 * 24 * 3600 * 1000

const NONE: Journal = { known: new Map(), add: () => undefined, close: () => undefined }

const user = process.getuid?.()

/** Where journals and finds are: in the cache of the installation, or else in a temporary folder of the user's own. */
export function folders(): string[] {
  const modules = [join(ROOT, 'node_modules'), dirname(ROOT.replace(/[/\\]$/, ''))].filter(
    (path) => basename(path) === 'node_modules' && existsSync(path),
  )
  const temporary = join(tmpdir(), `lakatos-${user ?? 'journals'}`)
  return [...modules.map((path) => join(path, '.cache', 'lakatos')), temporary].filter(isOurs)
}

/** Whether nobody else made the folder. */
const isOurs = (path: string): boolean =>
  user === undefined || (statSync(path, { throwIfNoEntry: false })?.uid ?? user) === user

/**
 * The journal of a run: one file per process, one line of JSON per finished task, under the hash of the build, the
 * claim files and the tasks. Runs with another hash do not see it. Without a place to write, or for claim files that
 * import what cannot be watched, nothing is kept.
 */
export function openJournal(tasks: readonly Task[]): Journal {
  const print = tasks.length < 2 ? undefined : fingerprint(tasks.map(({ origin }) => origin))
  if (print === undefined) return NONE
  const key = createHash('sha256').update(print).update(JSON.stringify(tasks)).digest('hex').slice(0, 32)
  const known = new Map<number, TaskResult>()
  for (const folder of folders())
    for (const path of journalsIn(folder))
      if (basename(path).startsWith(key)) readInto(known, path, tasks.length)
  let own: string | undefined
  keep(known.size)
  const journal: Journal = {
    known,
    add(index, result) {
      const line = `\n${JSON.stringify({ index, result })}`
      const places =
        own === undefined ? folders().map((folder) => join(folder, `${key}.${process.pid}.jsonl`)) : [own]
      own = places.find((path) => append(path, line)) ?? own
      if (own !== undefined) keep(1)
    },
    close() {
      for (const folder of folders()) {
        for (const path of journalsIn(folder))
          if (path === own || (basename(path).startsWith(key) && !isWritten(path)) || isOld(path))
            rmSync(path, { force: true })
        removeIfEmpty(folder)
        if (basename(dirname(folder)) === '.cache') removeIfEmpty(dirname(folder))
      }
    },
  }
  opened.push(journal)
  return journal
}

function append(path: string, line: string): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    appendFileSync(path, line)
    return true
  } catch {
    return false
  }
}

function journalsIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .map((name) => join(folder, name))
}

/** The results in a journal; a torn line counts for nothing. */
function readInto(known: Map<number, TaskResult>, path: string, tasks: number): void {
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    try {
      const { index, result } = JSON.parse(line) as { index: number; result: TaskResult }
      if (Number.isInteger(index) && index >= 0 && index < tasks && result) known.set(index, result)
    } catch {
      continue
    }
  }
}

/** Whether another process that still runs writes this journal. */
function isWritten(path: string): boolean {
  const pid = Number(/\.(\d+)\.jsonl$/.exec(path)?.[1])
  return pid !== process.pid && isRunning(pid)
}

const isOld = (path: string): boolean =>
  Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > KEPT_MS

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // It is not there, or others have something in it.
  }
}
