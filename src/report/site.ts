/** Site: where the files of a publication are, and how its claims are asked for. */

import type { Status } from '../claim/verdict.ts'
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
}

/** The site of the package. */
export const OURS: Site = {
  pages: 'docs/claims',
  corpus: 'properties/corpus',
  certificates: 'properties/certificates',
  guarantee: 'docs/guarantee.md',
  record: '',
  verifier: 'src/certify/verify.py',
  command: 'npm start',
  asked: (id) => id,
}

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
