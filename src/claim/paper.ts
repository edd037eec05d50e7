/**
 * Paper: a source with its claims. A section of it makes claims and keeps them in the order of definition, so that no
 * list is written by hand; a claim knows its section, so that whoever has one claim of a section has all of them.
 */
import { claimIn, isClaim, type Claim, type ClaimDefinition } from './claim.ts'
import { definitionsIn } from './definitions.ts'
import { aText, fields, listOf, optional, recordOf, such, type Check } from './form.ts'

/** A statement of a paper: the claims that check it have its id, with a case or a step after it. */
export interface Statement {
  readonly id: string
  /** Theorem, display or appendix; absent for conjectures of ours. */
  readonly where?: string
  /** What of it no claim checks, and why; all of it if it has no claim. */
  readonly unchecked?: string
}

/** A paper: who wrote it, what its letters mean, and what it states. */
export interface Paper {
  /** The name of its folder, with which the addresses of its claims begin, as in `author-author-year/thm-1`. */
  readonly key: string
  /** Authors, title, place and year. */
  readonly cite: string
  /** Formulas by name, which every claim of the paper may use as it does those of its own `where`. */
  readonly notation?: Readonly<Record<string, string>>
  /** Its statements in the order of the pages. Without them, claims come file by file, as they are defined. */
  readonly statements?: readonly Statement[]
}

/** A section of a paper with its claims in the order of definition. */
export interface Section {
  readonly paper: Paper
  readonly title: string
  readonly claims: readonly Claim[]
}

const STATEMENT: Record<keyof Statement, Check> = {
  id: aText,
  where: optional(aText),
  unchecked: optional(aText),
}
const PAPER: Record<keyof Paper, Check> = {
  key: such(
    'the name of its folder, such as "lyu-li-2020"',
    (value) => typeof value === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value),
  ),
  cite: aText,
  notation: optional(recordOf('an object of formulas by name', aText)),
  statements: optional(
    listOf('a list of statements', fields('a statement { id, where, unchecked }', STATEMENT)),
  ),
}
const aPaper = fields('a paper { key, cite, notation, statements }', PAPER)

/**
 * What makes the claims of a section of a paper, and remembers them: `claim` without its field `section`.
 * @throws TypeError, SyntaxError for a malformed paper; what it gives throws as `claim` does, and RangeError for an id
 * that the section has already.
 * @example const claim = section(paper, '2 Loss goes to zero')
 */
export function section(
  paper: Paper,
  title: string,
): <C>(definition: Omit<ClaimDefinition<C>, 'section'>) => Claim {
  aPaper('section: paper', paper)
  such('the title of a section', (value) => typeof value === 'string' && value !== '')('section', title)
  const notation = definitionsIn(`paper ${paper.key}`, paper.notation ?? {})
  const claims: Claim[] = []
  const own: Section = { paper, title, claims }
  return <C>(definition: Omit<ClaimDefinition<C>, 'section'>): Claim => {
    const made = claimIn<C>({ ...definition, section: title }, own, notation)
    if (claims.some(({ id }) => id === made.id))
      throw new RangeError(`claim ${made.id}: expected an id of its own in "${title}", got one that is taken`)
    claims.push(made)
    return made
  }
}

/** A claim as it is asked for among those of several papers: `paper/id`; its id, if it is of no paper. */
export const addressOf = ({ id, of }: Pick<Claim, 'id' | 'of'>): string =>
  of === undefined ? id : `${of.paper.key}/${id}`

/** A claim as another one names it: by its id within one paper, else by its address. */
export const namedBy = (from: Pick<Claim, 'of'>, to: Claim): string =>
  from.of?.paper === to.of?.paper ? to.id : addressOf(to)

/** The statement of a paper that a claim checks: the one with the longest id that begins its own. */
export function statementFor({ statements = [] }: Paper, { id }: Pick<Claim, 'id'>): Statement | undefined {
  const own = id.replace(/\*\d*$/, '')
  const fits = statements.filter(
    (at) => own === at.id || own.startsWith(`${at.id}.`) || own.startsWith(`${at.id}:`),
  )
  return fits.toSorted((a, b) => b.id.length - a.id.length)[0]
}

/**
 * All claims of a paper, from the modules of its folder in their order: every claim of a section of which a module
 * exports one, by statement, and those of one statement, or of a paper without statements, as they are defined.
 * @throws RangeError for two claims with one id, one that no section made, or one of no statement.
 */
export function paperClaims(paper: Paper, modules: readonly object[]): Claim[] {
  const at = `paper ${paper.key}`
  const exported = modules.flatMap((module) => Object.values(module).flat() as unknown[]).filter(isClaim)
  const stray = exported.find(({ of }) => of === undefined)
  if (stray !== undefined)
    throw new RangeError(
      `${at}: expected ${stray.id} to be made by section(paper, title), got one made by claim`,
    )
  const sections = new Set(exported.flatMap(({ of }) => (of!.paper === paper ? [of!] : [])))
  const claims = [...sections].flatMap((one) => one.claims)
  const first = new Map<string, Claim>()
  for (const claim of claims) {
    const other = first.get(claim.id)
    if (other !== undefined)
      throw new RangeError(
        `${at}: expected distinct ids, got ${claim.id} in "${other.section}" and in "${claim.section}"`,
      )
    first.set(claim.id, claim)
  }
  const { statements } = paper
  if (statements === undefined) return claims
  const place = new Map(
    claims.map((claim) => {
      const statement = statementFor(paper, claim)
      if (statement === undefined)
        throw new RangeError(
          `${at}: expected a statement for ${claim.id}, got none; add it to the statements`,
        )
      return [claim, statements.indexOf(statement)]
    }),
  )
  return claims.toSorted((a, b) => place.get(a)! - place.get(b)!)
}
