/** Planted: claims whose truth is known, each with the reason, and whether a verdict on one of them is right. */
import type { Assumption, Claim, CheckOptions, Setting, Status, Verdict } from '../../../../src/index.ts'

/** The package, from whatever checkout it is loaded. */
export type Library = typeof import('../../../../src/index.ts')

/** The way in which a claim tries to be misjudged. */
export type Kind =
  | 'rounding'
  | 'unknown value'
  | 'meaning'
  | 'call as product'
  | 'assumption by id'
  | 'branch'
  | 'undefined side'
  | 'chosen points'
  | 'family'
  | 'negative radicand'
  | 'angle'
  | 'tie'
  | 'root sum'
  | 'equation along trajectory'
  | 'tolerance'
  | 'selection'
  | 'oscillation'
  | 'slow growth'
  | 'order'
  | 'early sample'
  | 'quiet'

/** A claim of known truth; its id ends in the truth, so that twins share the rest. */
export interface Planted {
  readonly id: string
  readonly kind: Kind
  readonly truth: boolean
  readonly shows: string | readonly string[]
  /** Why it is true or false. */
  readonly why: string
  /** A true claim that must also be decided. */
  readonly decided: boolean
  /** Verdicts that are right besides those that follow from the truth, or wrong though they would be right. */
  readonly but: Readonly<Partial<Record<Status | 'error', 'right' | 'wrong'>>>
  readonly effort: CheckOptions
  claim(lib: Library): Claim
}

/** What the claims of a group share. */
export interface Shared {
  given(lib: Library, shows: string): Setting<never>
  assume?(lib: Library): readonly Assumption<never>[]
  readonly where?: Readonly<Record<string, string>>
  /** Random cases; few are enough. */
  readonly cases?: number
  readonly but?: Planted['but']
}

/** One claim of a group: its name, formula and reason, and what is its own. */
export type Item = readonly [
  name: string,
  shows: string | readonly string[],
  why: string,
  own?: Partial<Shared> & { readonly decided?: boolean },
]

/** The planted claims of a group: false ones, and true ones, which share the name of a false one where they are its twin. */
export function planted(
  setting: string,
  kind: Kind,
  shared: Shared,
  lists: { readonly no?: readonly Item[]; readonly yes?: readonly Item[] },
): readonly Planted[] {
  const all = [
    ...(lists.no ?? []).map((item) => [false, item] as const),
    ...(lists.yes ?? []).map((item) => [true, item] as const),
  ]
  return all.map(([truth, [name, shows, why, own = {}]]): Planted => {
    const id = `${setting}.${kind.replaceAll(' ', '-')}.${name}:${truth ? 'yes' : 'no'}`
    const { given, assume, where, cases = 24, but = {} } = { ...shared, ...own }
    return {
      ...{ id, kind, truth, shows, why, decided: truth && own.decided === true, but },
      effort: { cases },
      claim: (lib) =>
        lib.claim({
          ...{ id, section: 'planted', source: kind, says: why },
          // Few cases may sit in a corner: that is not what is tried here.
          given: { ...given(lib, [shows].flat().join()), coverage: () => ({}) },
          ...(assume && { assume: assume(lib) }),
          ...(where && { where }),
          shows,
          // A path stands in each formula of a claim or in none.
          wrong: { 'nothing holds': setting === 'paths' ? 'w_u == path(w_u, g_u)' : '1 == 0' },
        }),
    }
  })
}

/** What came out for one claim: a verdict, `error` for a clear error, or `crash` for any other. */
export type Result = Status | 'error' | 'crash' | 'timeout'

/** A result with the words that came with it. */
export interface Answer {
  readonly id: string
  readonly result: Result
  readonly right: boolean
  readonly words: string
  readonly seconds: number
}

/** What says that a claim stands. */
export const STANDS: readonly Result[] = ['proved', 'certified', 'supported']
const FALLS: readonly Result[] = ['refuted', 'contradicted']

/** What is made once for each library, so that claims share its runs. */
export function once<T>(make: (lib: Library) => T): (lib: Library) => T {
  const made = new WeakMap<Library, { readonly value: T }>()
  return (lib) => {
    const known = made.get(lib) ?? { value: make(lib) }
    made.set(lib, known)
    return known.value
  }
}

/**
 * Whether a result is right: what is false may not stand; what is true may not fall, and stands where it has to be
 * decided. A false claim may meet a clear error, a true one that need not be decided too.
 */
export function isRight({ truth, decided, but }: Planted, result: Result): boolean {
  if (result === 'crash' || result === 'timeout') return false
  const own = but[result]
  if (own) return own === 'right'
  if (!truth) return !STANDS.includes(result)
  return decided ? STANDS.includes(result) : !FALLS.includes(result)
}

/** Checks one planted claim with a library. */
export function answer(lib: Library, planted: Planted): Answer {
  const started = performance.now()
  const [result, words] = resultOf(lib, planted)
  return {
    ...{ id: planted.id, result, right: isRight(planted, result), words },
    seconds: (performance.now() - started) / 1000,
  }
}

function resultOf(lib: Library, { claim, effort }: Planted): readonly [Result, string] {
  let found: Verdict
  try {
    found = lib.check(claim(lib), effort)
  } catch (error) {
    const { name, message } = error as Error
    // A clear error is of the library: it says where, what was expected, and is short.
    const clear =
      (error instanceof SyntaxError || error instanceof RangeError) &&
      /^[\w. :-]+: /.test(message) &&
      message.length < 600
    return [clear ? 'error' : 'crash', `${name}: ${message}`]
  }
  const { summary } = found.evidence
  const at = found.counterexample && ` ${JSON.stringify(found.counterexample.evidence)}`
  return [found.verdict, `${summary}${at ?? ''}`]
}
