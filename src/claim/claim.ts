/** Claim: a theorem about training dynamics as a value that can be printed, run and attacked. */
import { calls, parseFormula, type Formula } from '../program/formula.ts'
import { defining, definitionsIn, usedIn, type Definition } from './definitions.ts'
import { aFunction, aText, fields, listOf, optional, recordOf, such, type Check } from './form.ts'
import type { Draft } from './draft.ts'
import type { Section } from './paper.ts'
import type { Setting } from './setting.ts'

/** A named assumption; each can be dropped. */
export interface Assumption<C = never> {
  readonly id: string
  /** The assumption in words. */
  readonly says: string
  /** A relation that must hold in the case, decided rigorously. */
  readonly formula?: string
  /** A structural condition: why it fails in the case, or `undefined` if it holds. */
  failure?(c: C): string | undefined
  /** How a case in the making is changed so that the assumption holds in it; `undefined` to try another. */
  aim?(draft: Draft): Draft | undefined
  /** What the assumption implies: each is what may be left of it when it is weakened, not dropped altogether. */
  readonly weaker?: readonly Assumption<C>[]
  /** The assumption that certainly fails where this one holds, if this one is made to say so. */
  readonly negates?: Assumption<C>
}

/** What is wrong with a claim that does not stand as printed. */
export interface Flaw {
  /** The line, as the source prints it. */
  readonly printed: string
  /** The step of the argument that fails, and why; or which premise is never met, and why. */
  readonly breaks: string
}

/** What an author writes. */
export interface ClaimDefinition<C> {
  readonly id: string
  readonly section: string
  /** Theorem, equation and page of the source. */
  readonly source: string
  /** Whether the source prints this statement; false for ours. True if absent, except where it amends a claim. */
  readonly asPrinted?: boolean
  /** The claim in words, with its quantifiers. */
  readonly says: string
  /** Claims that the printed argument builds on. */
  readonly uses?: readonly Claim[]
  readonly given: Setting<C>
  readonly assume?: readonly Assumption<C>[]
  /** Names for parts of the statement, with their formulas; each may use those before it: `{ eps: 'min(i, m_i(t_0))' }`. */
  readonly where?: Readonly<Record<string, string>>
  /** The conclusion: one relation, or several that hold together. */
  readonly shows: string | readonly string[]
  /** What is varied in each wrong variant, and the conclusion that it becomes; all must be refuted. */
  readonly wrong: Readonly<Record<string, string | readonly string[]>>
  /** Of these variants, those that no case can refute as the claim implies them, each with the reason. */
  readonly implied?: Readonly<Record<string, string>>
  /** The printed claim that this one mends, and how. */
  readonly amends?: { readonly claim: Claim; readonly how: string }
  /** Why the claim does not stand, once that is known. */
  readonly flaw?: Flaw
}

/** A claim, checked for form. */
export interface Claim<C = unknown> {
  readonly id: string
  readonly section: string
  readonly source: string
  readonly asPrinted: boolean
  readonly says: string
  readonly uses: readonly Claim[]
  readonly given: Setting<C>
  readonly assume: readonly Assumption<C>[]
  /** The definitions that the claim uses. */
  readonly where: readonly Definition[]
  readonly shows: readonly Formula[]
  readonly wrong: Readonly<Record<string, readonly Formula[]>>
  readonly implied?: Readonly<Record<string, string>>
  readonly amends?: { readonly claim: Claim; readonly how: string }
  readonly flaw?: Flaw
  /** The section of a paper that made it; absent for a claim of one's own. */
  readonly of?: Section
}

const ID = /^[a-z0-9][\w.-]*(:[\w-]+)*\*?\d*$/

const meant = ({ formula, says }: Assumption): string => formula ?? says

const formulaText = such('the text of a formula', (value) => typeof value === 'string')
const formulaTexts: Check = (at, value) =>
  Array.isArray(value)
    ? listOf('formulas', formulaText)(at, value)
    : such('the text of a formula, or a list of such', (one) => typeof one === 'string')(at, value)
const aClaim = such('a claim, such as an import from lakatos/properties', (value) => isClaim(value))

/** What every setting can do. */
const ABILITIES: readonly (keyof Setting<unknown>)[] = [
  ...([
    'structure',
    'scope',
    'chosen',
    'values',
    'generate',
    'family',
    'chart',
    'simpler',
    'labels',
  ] as const),
  ...(['coverage', 'describe', 'parse'] as const),
]
const aSetting = such(
  'a setting, such as setting({ model: nets(), rule: gradientFlow() })',
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    ABILITIES.every((name) => typeof (value as Partial<Setting<unknown>>)[name] === 'function'),
)

const ASSUMPTION: Record<keyof Assumption, Check> = {
  id: such('a name', (value) => typeof value === 'string' && value !== ''),
  says: aText,
  formula: optional(formulaText),
  failure: optional(aFunction),
  aim: optional(aFunction),
  weaker: optional((at, value) => assumptions(at, value)),
  negates: optional((at, value) => fields('an assumption', ASSUMPTION)(at, value)),
}
const assumptions = listOf('a list of assumptions', fields('an assumption { id, says, formula }', ASSUMPTION))

const DEFINITION: Record<keyof ClaimDefinition<unknown>, Check> = {
  id: aText,
  section: aText,
  source: aText,
  says: aText,
  uses: optional(listOf('a list of claims', aClaim)),
  given: aSetting,
  assume: optional(assumptions),
  where: optional((at, value) => {
    if (!Array.isArray(value)) recordOf('an object of formulas by name', aText)(at, value)
  }),
  shows: formulaTexts,
  wrong: recordOf('an object of formulas by what is varied', formulaTexts),
  amends: optional(fields('{ claim, how }', { claim: aClaim, how: aText })),
  asPrinted: optional(such('true or false', (value) => typeof value === 'boolean')),
  implied: optional(recordOf('an object of reasons by wrong variant', aText)),
  flaw: optional(fields('{ printed, breaks }', { printed: aText, breaks: aText })),
}
const form = fields('a definition { id, section, source, says, given, shows, wrong }', DEFINITION)

/** The formulas of a field. @throws SyntaxError, RangeError naming the field. */
function formulasIn(at: string, text: string | readonly string[], none: string): Formula[] {
  const list = typeof text === 'string' ? [text] : text
  if (list.length === 0) throw new RangeError(`${at}${none}, got none`)
  return list.map((one) => {
    try {
      return parseFormula(one)
    } catch (error) {
      throw new SyntaxError(`${at}: ${(error as Error).message}`, { cause: error })
    }
  })
}

function checkAssumption<C>(at: string, { id, formula, weaker = [] }: Assumption<C>): void {
  if (formula !== undefined) formulasIn(`${at} "${id}"`, formula, '')
  for (const one of weaker) checkAssumption(`${at} "${id}": weaker`, one)
}

const speaksOfPaths = (formula: Formula): boolean => calls(formula, 'path')

/** The setting of a claim: that of two flows where its conclusion speaks of paths. */
function givenFor<C>(at: string, given: Setting<C>, formulas: readonly Formula[]): Setting<C> {
  if (!formulas.some(speaksOfPaths)) return given
  if (given.paths) return given.paths()
  throw new SyntaxError(
    `${at}: path: expected a flow of nets at every moment up to times { t }, got the setting ${given.name}`,
  )
}

/**
 * The claim of a definition.
 * @throws TypeError for a field that is unknown, missing or no such thing; SyntaxError for a malformed id or formula;
 * RangeError for an empty conclusion, repeated assumptions, an assumption that has the id of one that the setting
 * builds in and is another object, or a reason for a variant that is none.
 */
export function claim<C>(definition: ClaimDefinition<C>): Claim {
  return claimIn(definition)
}

/** A definition without the section of a paper that made the claim from which it is spread. */
function unplaced<C>(definition: ClaimDefinition<C>): ClaimDefinition<C> {
  const { of, ...rest } = (definition ?? {}) as ClaimDefinition<C> & { readonly of?: Partial<Section> }
  return Array.isArray(of?.claims) ? rest : definition
}

/** The claim of a definition, made by a section of a paper whose notation it may use. @throws as `claim`. */
export function claimIn<C>(
  spread: ClaimDefinition<C>,
  of?: Section,
  notation: readonly Definition[] = [],
): Claim {
  const definition = unplaced(spread)
  const name: unknown = (definition as Partial<ClaimDefinition<C>> | undefined)?.id
  if (typeof name === 'string' && !ID.test(name))
    throw new SyntaxError(`claim: expected an id such as "thm-1-ewn" or "thm-3.cone*", got "${name}"`)
  const at = typeof name === 'string' ? `claim ${name}` : 'claim'
  form(at, definition)
  const { shows, assume = [], uses = [], wrong } = definition
  const formulas = formulasIn(at, shows, ': expected a conclusion')
  const given = givenFor(at, definition.given, formulas)
  const names = assume.map((a) => a.id)
  if (new Set(names).size !== names.length)
    throw new RangeError(`${at}: expected distinct assumptions, got ${names.join(', ')}`)
  for (const made of assume.flatMap((a) => [a, ...(a.weaker ?? [])])) {
    const built = given.builtIn?.find((other) => other.id === made.id)
    if (built !== undefined && built !== made)
      throw new RangeError(
        `${at}: expected the assumption "${made.id}" to be the one that its setting builds in (${meant(built)}), got another object of this id (${meant(made)}); import that one, or choose another id`,
      )
  }
  const strange = Object.keys(definition.implied ?? {}).find((name) => !Object.hasOwn(wrong, name))
  if (strange !== undefined)
    throw new RangeError(`${at}: expected "implied" to name a wrong variant, got "${strange}"`)
  for (const one of assume) checkAssumption(`${at}: assume`, one)
  // A claim that is spread into another brings its definitions, which its setting knows already.
  const { where: stated = {} } = definition as { where?: Readonly<Record<string, string>> | Definition[] }
  const inherited = Array.isArray(stated) ? stated : []
  const own = Array.isArray(stated) ? [] : definitionsIn(at, stated)
  const taken = own.find(({ name }) => notation.some((other) => other.name === name))
  if (taken !== undefined)
    throw new RangeError(
      `${at}: where: expected a name that the notation of its paper does not have, got "${taken.name}"; choose another`,
    )
  const known = new Set(inherited.map(({ name }) => name))
  const defined = [...notation.filter(({ name }) => !known.has(name)), ...own]
  const varied = Object.entries(wrong).map(([what, text]): [string, Formula[]] => [
    what,
    formulasIn(`${at}: wrong.${what}`, text, ': expected a formula'),
  ])
  const premises = assume
    .flatMap((a) => [a, ...(a.weaker ?? [])])
    .flatMap(({ formula }) => (formula === undefined ? [] : [parseFormula(formula)]))
  const conclusions = [...formulas, ...varied.flatMap(([, list]) => list)]
  const where = usedIn(defined, [...conclusions, ...premises])
  // A path is compared along the run, all else at one moment of it: no statement speaks of both.
  const misplaced =
    [...premises, ...where.map(({ formula }) => formula)].find(speaksOfPaths) ??
    conclusions.find((formula) => speaksOfPaths(formula) !== speaksOfPaths(formulas[0]!))
  if (misplaced !== undefined)
    throw new SyntaxError(
      `${at}: path: expected it in each formula of the conclusion and of the wrong variants, or in none, and nowhere else; got "${misplaced.source}"`,
    )
  const made: Claim<C> = {
    ...definition,
    given: defining(given, where),
    where: [...inherited, ...where],
    asPrinted: definition.asPrinted ?? definition.amends === undefined,
    // Frozen: a claim that came to use itself would have no end.
    uses: Object.freeze([...uses]),
    assume: Object.freeze([...assume]),
    shows: formulas,
    wrong: Object.fromEntries(varied),
    ...(of && { of }),
  }
  return Object.freeze(made) as unknown as Claim
}

/** Whether a value, such as an export of a claim file, is a claim. */
export function isClaim(value: unknown): value is Claim {
  const c = value as Partial<Claim> | null
  return (
    typeof c === 'object' &&
    c !== null &&
    typeof c.id === 'string' &&
    typeof c.given === 'object' &&
    [c.shows, c.uses, c.assume].every(Array.isArray) &&
    c.shows!.every((formula) => typeof formula === 'object')
  )
}
