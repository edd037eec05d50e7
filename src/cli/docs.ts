/** `lakatos docs`: everything checked, compared with the record, and published. */
import { existsSync, readdirSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import type { Claim } from '../claim/claim.ts'
import { addressOf, type Paper } from '../claim/paper.ts'
import type { Status } from '../claim/verdict.ts'
import { fileOf, pageOf, pictureOf } from '../report/corpus.ts'
import { DROPS_PAGE } from '../report/drops-page.ts'
import { papersPage, type PublishedPaper } from '../report/papers-page.ts'
import { DOCUMENT, ownedBy, publication } from '../report/publication.ts'
import {
  differences,
  FALSE,
  recorded,
  statementOf,
  type Entry,
  type VerdictDocument,
} from '../report/record.ts'
import { foundations, shelfOf, type Shelf } from '../report/shelf.ts'
import { below, PAGES, siteOf, type Site } from '../report/site.ts'
import { verdictTable } from '../report/table.ts'
import { writeFiles, type OwnedFolder } from '../report/write.ts'
import { withCertificates } from './certify.ts'
import { summary, withFiles } from './check.ts'
import { exitCode, UsageError } from './exit.ts'
import { again } from './interrupt.ts'
import { absolute, BUILT_IN, fileAndId, ourPapers, shownPath } from './load.ts'
import { nearest } from './nearest.ts'
import { paperRecord, readRecord, recordedEntries, ROOT } from './paths.ts'
import type { LoadedPaper } from './papers.ts'
import { closing, colourful, errorsOf, say, sayJson } from './print.ts'
import { checkDropAndHuntAll } from './run.ts'
import { paperOf, select, type Selected, type Selection } from './select.ts'
import type { Options } from './arguments.ts'

/** What is published together: the claims of one paper, or those of files of one's own. */
interface Part {
  readonly site: Site
  readonly paper?: Paper
  readonly record: VerdictDocument | undefined
  /** Which files in its folders are its own. */
  readonly owned: readonly OwnedFolder[]
}

/** All that is published, and where. */
interface Plan {
  readonly root: string
  readonly selection: Selection
  readonly parts: readonly Part[]
  /** The papers of the package, for the page above theirs, and the folders of papers that are gone. */
  readonly papers?: readonly LoadedPaper[]
  readonly gone: readonly OwnedFolder[]
}

/** Claims with their entries as they are recorded. */
interface Accepted {
  readonly selected: readonly Selected[]
  readonly entries: readonly Entry[]
}

/**
 * Checks every claim and every drop, then writes pages, corpus and record, unless a verdict is not the
 * recorded one (or a new claim is refuted) and this is not accepted.
 */
export async function docs(asked: readonly string[], options: Options): Promise<number> {
  const keys = (await ourPapers()).map(({ paper }) => paper.key)
  const ours = asked.every((argument) => keys.includes(argument))
  const plan = ours ? await ourPlan(asked, options) : await ownPlan(asked, keys, options)
  const { root, selection } = plan
  const checked = await checkDropAndHuntAll(selection, { ...options, anew: options.accept })
  const entries = withFiles(checked, (origin) => relative(root, origin).replaceAll('\\', '/'))
  const { failures } = checked
  if (!options.json && entries.length > 0)
    say(`${verdictTable(entries, { colour: colourful() })}\n\n${summary(entries)}`)
  // Where there is no record yet, a refutation is no news.
  const known = checked.selected.map((one) => partOf(plan, one).record !== undefined)
  const changed = differences(entries.filter((_, i) => known[i]))
  const refused = changed.length > 0 && !options.accept
  const lines: string[] = []
  let files = { written: [] as readonly string[], removed: [] as readonly string[] }
  if (refused)
    lines.push(
      '',
      `Nothing was written: ${changed.length} verdict${changed.length === 1 ? ' is' : 's are'} not as recorded. ` +
        `If this is right, run \`${asked.length === 0 ? 'lakatos docs --accept' : `${again()} --accept`}\`.`,
    )
  else if (entries.length > 0) {
    const failed = new Set(failures.flatMap(({ id }) => id ?? []))
    files = writeFiles(
      root,
      filesOf(plan, { selected: checked.selected, entries: entries.map(recorded) }, failed),
      failures.length === 0 ? [...plan.parts.flatMap(({ owned }) => owned), ...plan.gone] : [],
    )
    lines.push(`${files.written.length} files written, ${files.removed.length} removed`)
    lines.push(...files.removed.map((path) => `removed: ${path}`))
  }
  if (options.json) sayJson({ claims: entries, ...files, errors: errorsOf(failures) })
  else if (lines.length > 0) say(lines.join('\n'))
  const judged = entries.map((entry, i) =>
    (options.accept && !refused) || (!known[i] && FALSE.includes(entry.verdict)) ? recorded(entry) : entry,
  )
  return closing(exitCode(judged), failures)
}

/** The part to which a claim belongs. */
const partOf = ({ parts }: Plan, one: Selected): Part =>
  parts.find(({ paper }) => paper?.key === paperOf(one)) ?? parts[0]!

/** The files of all parts, and the page above those of papers. */
function filesOf(
  plan: Plan,
  { selected, entries }: Accepted,
  failed: ReadonlySet<string>,
): Map<string, string> {
  const fresh = new Map(selected.map((one, i) => [addressOf(one.claim), entries[i]!]))
  const onRecord = recordedEntries()
  const others = new Map<string, Status>()
  for (const claim of selected.flatMap((one) => [one.claim, ...foundations(one.claim)])) {
    const verdict = (fresh.get(addressOf(claim)) ?? onRecord(claim))?.verdict
    if (verdict !== undefined) others.set(addressOf(claim), verdict)
  }
  const files = new Map<string, string>()
  const shelves = new Map<string, Shelf>()
  const add = (more: ReadonlyMap<string, string>): void => more.forEach((text, path) => files.set(path, text))
  for (const part of plan.parts) {
    const { site, paper, record } = part
    const own = selected.filter((one) => partOf(plan, one) === part)
    const claims = own.map(({ claim }) => claim)
    const certified = withCertificates(
      claims,
      entries.filter((_, i) => partOf(plan, selected[i]!) === part),
      site.certificates,
    )
    // Of a claim that could not be checked, what is there stays.
    const kept = (record?.claims ?? []).filter(({ id }) => failed.has(id))
    const document = { claims: [...certified.entries, ...kept] }
    add(publication(claims, document, { site, others, ...(paper && { paper }) }))
    add(certified.files)
    if (paper) shelves.set(paper.key, shelfOf(claims, document, site, others))
  }
  if (plan.papers) {
    const all = plan.papers.map(({ paper, claims }): PublishedPaper => ({
      paper,
      shelf: shelves.get(paper.key) ?? recordedShelf(paper, claims),
    }))
    files.set(below(PAGES, 'index.md'), papersPage(all, 'npm start'))
  }
  return files
}

/** The claims of a paper as they are recorded; `undefined` if some of them are not. */
function recordedShelf({ key }: Paper, claims: readonly Claim[]): Shelf | undefined {
  const record = paperRecord(key)
  const ids = new Set(record?.claims.map(({ id }) => id))
  return record && claims.every(({ id }) => ids.has(id)) ? shelfOf(claims, record, siteOf(key)) : undefined
}

/** The pages of the package, or of some of its papers. @throws UsageError if they are asked for elsewhere. */
async function ourPlan(asked: readonly string[], { out }: Options): Promise<Plan> {
  if (out !== undefined)
    throw new UsageError(
      'docs: expected claim files beside --out, got none; the pages of the package have their place',
    )
  const papers = await ourPapers()
  const parts = papers
    .filter(({ paper }) => asked.length === 0 || asked.includes(paper.key))
    .map(({ paper }): Part => {
      const site = siteOf(paper.key)
      return { site, paper, record: paperRecord(paper.key), owned: ownedBy(site) }
    })
  const folders = existsSync(join(ROOT, PAGES)) ? readdirSync(join(ROOT, PAGES), { withFileTypes: true }) : []
  const isGone = (name: string): boolean => !papers.some(({ paper }) => paper.key === name)
  return {
    ...{ root: ROOT, selection: await select(asked), parts, papers },
    gone: [
      { folder: PAGES, pattern: /\.(md|svg)$|^verdicts\.json$/ },
      ...folders
        .filter((one) => one.isDirectory() && isGone(one.name))
        .map(({ name }) => ({ folder: below(PAGES, name), pattern: /\.(md|svg)$|^verdicts\.json$/ })),
    ],
  }
}

/** Pages of claim files of one's own, in a folder of their own. @throws UsageError if it is none. */
async function ownPlan(asked: readonly string[], keys: readonly string[], { out }: Options): Promise<Plan> {
  const stray = asked.find((argument) => !fileAndId(argument) || keys.includes(argument))
  if (stray !== undefined)
    throw new UsageError(
      `docs: expected claim files such as claims.ts, or papers such as ${nearest(stray, keys, 1).join('')}, got ${stray}; without one, all pages of the package`,
    )
  if (out === undefined)
    throw new UsageError(`docs: expected a folder to write to, got none; add --out pages`)
  const root = absolute(out)
  const record = readRecord(join(root, DOCUMENT))
  const taken = existsSync(root) && readdirSync(root).some((name) => !name.endsWith('.tmp'))
  if (taken && !record?.claims.every(({ file }) => file !== undefined))
    throw new UsageError(`docs: --out: expected a folder that is new or that this command wrote, got ${out}`)
  const { selected, failures } = await select(asked)
  const own = selected.filter(({ origin }) => origin !== BUILT_IN)
  if (own.length + failures.length === 0)
    throw new UsageError('docs: expected claims of your own, got claims of the package alone')
  refuseClashes(own)
  const files = own.map(({ origin }) => origin)
  const site: Site = {
    ...{ pages: '', corpus: 'corpus', certificates: 'certificates', record: ` --record ${DOCUMENT}` },
    verifier: 'node_modules/lakatos/src/certify/verify.py',
    command: `lakatos docs ${[...new Set(files)].map((file) => basename(file)).join(' ')}`,
    asked: (id) => `${relative(root, own.find(({ claim }) => claim.id === id)!.origin)}#${id}`,
  }
  // Only what an earlier run is known to have written is removed.
  const owned = (record?.claims ?? []).flatMap(({ id }) => [
    ...[pageOf(id), pictureOf(id)].map((name) => ({ folder: '', pattern: exactly(name) })),
    ...['corpus', 'certificates'].map((folder) => ({ folder, pattern: exactly(`${fileOf(id)}.json`) })),
  ])
  return {
    ...{ root, selection: { selected: own.map((one) => withRecord(one, record)), failures } },
    ...{ parts: [{ site, record, owned }], gone: [] },
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
