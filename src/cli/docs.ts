/** `lakatos docs`: everything checked, compared with the record, and published. */
import type { Unchecked } from '../report/index-page.ts'
import { existsSync, readdirSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { fileOf, pictureOf } from '../report/corpus.ts'
import { DROPS_PAGE } from '../report/drops-page.ts'
import { DOCUMENT, OWNED, publication } from '../report/publication.ts'
import {
  differences,
  FALSE,
  recorded,
  statementOf,
  type Entry,
  type VerdictDocument,
} from '../report/record.ts'
import { pageOf } from '../report/shelf.ts'
import { OURS, type Site } from '../report/site.ts'
import { verdictTable } from '../report/table.ts'
import { writeFiles, type OwnedFolder } from '../report/write.ts'
import { withCertificates } from './certify.ts'
import { summary, withFiles } from './check.ts'
import { exitCode, UsageError } from './exit.ts'
import { again } from './interrupt.ts'
import { absolute, BUILT_IN, fileAndId, shownPath } from './load.ts'
import { PROPERTIES, ROOT, readRecord } from './paths.ts'
import { closing, colourful, errorsOf, say, sayJson } from './print.ts'
import { checkDropAndHuntAll } from './run.ts'
import { select, type Selected, type Selection } from './select.ts'
import type { Options } from './arguments.ts'

/** What is published, where, and which files there are its own. */
interface Plan {
  readonly root: string
  readonly site: Site
  readonly record: VerdictDocument | undefined
  readonly selection: Selection
  readonly owned: readonly OwnedFolder[]
}

/**
 * Checks every claim and every drop, then writes pages, corpus and record, unless a verdict is not the
 * recorded one (or a new claim is refuted) and this is not accepted.
 */
export async function docs(asked: readonly string[], options: Options): Promise<number> {
  const { root, site, record, selection, owned } = await (asked.length === 0
    ? ours(options)
    : ownPlan(asked, options))
  const checked = await checkDropAndHuntAll(selection, { ...options, anew: options.accept })
  const entries = withFiles(checked, (origin) => relative(root, origin).replaceAll('\\', '/'))
  const { failures } = checked
  if (!options.json && entries.length > 0)
    say(`${verdictTable(entries, { colour: colourful() })}\n\n${summary(entries)}`)
  const changed = differences(entries)
  const refused = record !== undefined && changed.length > 0 && !options.accept
  const accepted = entries.map(recorded)
  const lines: string[] = []
  let files = { written: [] as readonly string[], removed: [] as readonly string[] }
  if (refused)
    lines.push(
      '',
      `Nothing was written: ${changed.length} verdict${changed.length === 1 ? ' is' : 's are'} not as recorded. ` +
        `If this is right, run \`${asked.length === 0 ? 'lakatos docs --accept' : `${again()} --accept`}\`.`,
    )
  else if (entries.length > 0) {
    const claims = checked.selected.map(({ claim }) => claim)
    const certified = withCertificates(claims, accepted, site.certificates)
    // Of a claim that could not be checked, what is there stays.
    const failed = (record?.claims ?? []).filter(({ id }) => failures.some((one) => one.id === id))
    const others = new Map(
      asked.length === 0 ? [] : readRecord()?.claims.map(({ id, verdict }) => [id, verdict]),
    )
    const { unchecked = [] } =
      asked.length === 0 ? ((await import(PROPERTIES)) as { readonly unchecked?: readonly Unchecked[] }) : {}
    files = writeFiles(
      root,
      new Map([
        ...publication(claims, { claims: [...certified.entries, ...failed] }, { site, others, unchecked }),
        ...certified.files,
      ]),
      failures.length === 0 ? owned : [],
    )
    lines.push(`${files.written.length} files written, ${files.removed.length} removed`)
    lines.push(...files.removed.map((path) => `removed: ${path}`))
  }
  if (options.json) sayJson({ claims: entries, ...files, errors: errorsOf(failures) })
  else if (lines.length > 0) say(lines.join('\n'))
  const judged = refused
    ? entries
    : options.accept
      ? accepted
      : record === undefined
        ? entries.map(asFirst)
        : entries
  return closing(exitCode(judged), failures)
}

/** Where there is no record yet, a refutation is no news. */
const asFirst = (entry: Entry): Entry => (FALSE.includes(entry.verdict) ? recorded(entry) : entry)

/** The pages of the package. @throws UsageError if they are asked for elsewhere. */
async function ours({ out }: Options): Promise<Plan> {
  if (out !== undefined)
    throw new UsageError(
      'docs: expected claim files beside --out, got none; the pages of the package have their place',
    )
  const record = readRecord()
  return {
    ...{ root: ROOT, site: OURS, record, selection: await select([], record) },
    owned: [...OWNED, { folder: OURS.certificates, pattern: /\.json$/ }],
  }
}

/** Pages of claim files of one's own, in a folder of their own. @throws UsageError if it is none. */
async function ownPlan(asked: readonly string[], { out }: Options): Promise<Plan> {
  const stray = asked.find((argument) => !fileAndId(argument))
  if (stray !== undefined)
    throw new UsageError(
      `docs: expected claim files such as claims.ts, got ${stray}; without one, all pages of the package`,
    )
  if (out === undefined)
    throw new UsageError(`docs: expected a folder to write to, got none; add --out pages`)
  const root = absolute(out)
  const record = readRecord(join(root, DOCUMENT))
  const taken = existsSync(root) && readdirSync(root).some((name) => !name.endsWith('.tmp'))
  if (taken && !record?.claims.every(({ file }) => file !== undefined))
    throw new UsageError(`docs: --out: expected a folder that is new or that this command wrote, got ${out}`)
  const { selected, failures } = await select(asked, undefined)
  const own = selected.filter(({ origin }) => origin !== BUILT_IN)
  if (own.length + failures.length === 0)
    throw new UsageError('docs: expected claims of your own, got claims of the package alone')
  refuseClashes(own)
  const files = own.map(({ origin }) => origin)
  return {
    ...{ root, record, selection: { selected: own.map((one) => withRecord(one, record)), failures } },
    site: {
      ...{ pages: '', corpus: 'corpus', certificates: 'certificates', record: ` --record ${DOCUMENT}` },
      verifier: 'node_modules/lakatos/src/certify/verify.py',
      command: `lakatos docs ${[...new Set(files)].map((file) => basename(file)).join(' ')}`,
      asked: (id) => `${relative(root, own.find(({ claim }) => claim.id === id)!.origin)}#${id}`,
    },
    // Only what an earlier run is known to have written is removed.
    owned: (record?.claims ?? []).flatMap(({ id }) => [
      ...[pageOf(id), pictureOf(id)].map((name) => ({ folder: '', pattern: exactly(name) })),
      ...['corpus', 'certificates'].map((folder) => ({ folder, pattern: exactly(`${fileOf(id)}.json`) })),
    ]),
  }
}

const exactly = (name: string): RegExp => new RegExp(`^${name.replaceAll('.', '\\.')}$`)

/** The claim with the verdict and the counterexample of a record. */
function withRecord(one: Selected, record: VerdictDocument | undefined): Selected {
  const entry = record?.claims.find(({ id }) => id === one.claim.id)
  if (!entry) return one
  const expected = entry.verdict
  if (!FALSE.includes(expected) || entry.statement !== statementOf(one.claim)) return { ...one, expected }
  try {
    return { ...one, expected, known: one.claim.given.parse(entry.counterexample?.case) }
  } catch {
    return { ...one, expected }
  }
}

/** @throws UsageError if two pages would have one name. */
function refuseClashes(selected: readonly Selected[]): void {
  const taken = new Map([DROPS_PAGE, 'index.md'].map((name) => [name, `the page ${name}`]))
  for (const { claim, origin } of selected) {
    const name = pageOf(claim.id).toLowerCase()
    const other = taken.get(name)
    if (other !== undefined)
      throw new UsageError(
        `${shownPath(origin)}: claim ${claim.id}: expected an id whose page is its own, got that of ${other}`,
      )
    taken.set(name, claim.id)
  }
}
