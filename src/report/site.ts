/** Site: where the files of a publication are, and how its claims are asked for. */
import type { Claim } from '../claim/claim.ts'
import type { Status } from '../claim/verdict.ts'
import { pageOf } from './corpus.ts'
import { link } from './markdown.ts'

/** The folders and files of a publication, below its root. */
export interface Site {
  readonly pages: string
  readonly corpus: string
  readonly certificates: string
  /** The long form of what verdicts mean, where the site has it. */
  readonly guarantee?: string
  /** What is said of its record to `lakatos verify`, which knows that of the package; and where `verify.py` is. */
  readonly record: string
  readonly verifier: string
  /** The command that writes it. */
  readonly command: string
  /** How a claim is asked for on the command line. */
  asked(id: string): string
  /** Where the page of a claim of another paper is, seen from a page here, if it has one. */
  elsewhere?(claim: Claim): string | undefined
}

/** The folder of the pages of the package, with one folder for each paper. */
export const PAGES = 'docs/claims'

/** The site of a paper of the package: each paper has pages, a record, a corpus and certificates of its own. */
export const siteOf = (key: string): Site => ({
  pages: `${PAGES}/${key}`,
  corpus: `properties/${key}/corpus`,
  certificates: `properties/${key}/certificates`,
  guarantee: 'docs/guarantee.md',
  record: '',
  verifier: 'src/certify/verify.py',
  command: 'npm start',
  asked: (id) => `${key}/${id}`,
  elsewhere: ({ id, of }) => of && `../${of.paper.key}/${pageOf(id)}`,
})

/** A path below the root. */
export const below = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`)

/** A path below the root as a page refers to it. */
export function fromPage({ pages }: Site, path: string): string {
  const [from, to] = [pages === '' ? [] : pages.split('/'), path.split('/')]
  let common = 0
  while (common < from.length && from[common] === to[common]) common++
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/')
}

/** A verdict, linked to what it means where the site has that. */
export const verdictLink = (site: Site, verdict: Status): string =>
  site.guarantee === undefined ? verdict : link(verdict, fromPage(site, site.guarantee))
