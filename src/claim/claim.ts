/** Claim: a theorem about training dynamics as a value that can be printed, run and attacked. */
import { parseFormula, type Formula } from '../program/formula.ts'
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
  readonly shows: readonly Formula[]
  readonly wrong: Readonly<Record<string, readonly Formula[]>>
  readonly implied?: Readonly<Record<string, string>>
  readonly amends?: { readonly claim: Claim; readonly how: string }
  readonly flaw?: Flaw
}

const ID = /^[a-z0-9][\w.-]*(:[\w-]+)*\*?\d*$/

const meant = ({ formula, says }: Assumption): string => formula ?? says

const list = (text: string | readonly string[]): readonly string[] =>
  typeof text === 'string' ? [text] : text

/**
 * The claim of a definition.
 * @throws SyntaxError for a malformed id or formula; RangeError for an empty conclusion, repeated
 * assumptions, an assumption that has the id of one that the setting builds in and is another object, or a reason for a
 * variant that is none.
 */
export function claim<C>(definition: ClaimDefinition<C>): Claim {
  const { id, shows, assume = [], uses = [], wrong } = definition
  if (!ID.test(id))
    throw new SyntaxError(`claim: expected an id such as "thm-1-ewn" or "thm-3.cone*", got "${id}"`)
  const formulas = list(shows).map(parseFormula)
  if (formulas.length === 0) throw new RangeError(`claim ${id}: expected a conclusion, got none`)
  const names = assume.map((a) => a.id)
  if (new Set(names).size !== names.length)
    throw new RangeError(`claim ${id}: expected distinct assumptions, got ${names.join(', ')}`)
  for (const made of assume.flatMap((a) => [a, ...(a.weaker ?? [])])) {
    const built = definition.given.builtIn?.find((other) => other.id === made.id)
    if (built !== undefined && built !== made)
      throw new RangeError(
        `claim ${id}: expected the assumption "${made.id}" to be the one that its setting builds in (${meant(built)}), got another object of this id (${meant(made)}); import that one, or choose another id`,
      )
  }
  const strange = Object.keys(definition.implied ?? {}).find((name) => !Object.hasOwn(wrong, name))
  if (strange !== undefined)
    throw new RangeError(`claim ${id}: expected "implied" to name a wrong variant, got "${strange}"`)
  const made: Claim<C> = {
    ...definition,
    asPrinted: definition.asPrinted ?? definition.amends === undefined,
    uses,
    assume,
    shows: formulas,
    wrong: Object.fromEntries(
      Object.entries(wrong).map(([name, text]) => [name, list(text).map(parseFormula)]),
    ),
  }
  return made as unknown as Claim
}

/** Whether a value, such as an export of a claim file, is a claim. */
export function isClaim(value: unknown): value is Claim {
  const c = value as Partial<Claim> | null
  return (
    typeof c === 'object' && c !== null && typeof c.id === 'string' && 'given' in c && Array.isArray(c.shows)
  )
}
