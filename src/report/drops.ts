/** Drops: which assumption each claim needs, as far as is known, and which turned out superfluous. */
import type { Claim } from '../claim/claim.ts'
import type { Status } from '../claim/verdict.ts'
import type { DropEntry } from './record.ts'

/** What a dropped or weakened assumption turned out to be. */
export type Outcome = 'needed' | 'not needed' | 'meaningless' | 'untested'

/** A claim with its verdict, and what became of it without its assumptions. */
export interface Tried {
  readonly claim: Claim
  readonly verdict: Status | null
  readonly drops: readonly DropEntry[]
}

/** An assumption of a claim without which, or with a weaker form of which, no case violates the claim. */
export interface Superfluous {
  readonly claim: Claim
  readonly drop: DropEntry
}

const SOUND: readonly (Status | null)[] = ['proved', 'certified', 'supported']
/** With fewer cases that say something, nothing is called superfluous: of exact claims, and of others. */
const ENOUGH = { exact: 20, numerical: 5 }

/** Whether the claim stands with all its assumptions; if not, none of them can be called needed. */
export const stands = ({ verdict }: Tried): boolean => SOUND.includes(verdict)

/** What a drop says of its assumption. */
export function outcomeOf({ counterexample, meaningless, untested, cases }: DropEntry): Outcome {
  if (counterexample) return 'needed'
  if (meaningless !== undefined) return 'meaningless'
  return untested !== undefined || cases === 0 ? 'untested' : 'not needed'
}

/** How many cases show that the claim holds without the assumption, or do not violate it. */
export const shown = ({ cases, open = 0 }: DropEntry): number => cases - open

const plural = (n: number): string => `${n} case${n === 1 ? '' : 's'}`

/** Where the counterexample comes from, if it is not certain; such as `contradicted on a long run`. */
export function reservation({ counterexample }: DropEntry): string | undefined {
  const { arithmetic } = counterexample ?? {}
  if (arithmetic === undefined || /^(?:rational|interval|identity)/.test(arithmetic)) return undefined
  return arithmetic.startsWith('limits') ? 'contradicted on a long run' : `contradicted by ${arithmetic}`
}

/** The outcome in words, and no more. */
export function outcomeText(tried: Tried, drop: DropEntry): string {
  const outcome = outcomeOf(drop)
  const reserved = reservation(drop)
  if (outcome === 'needed') {
    const found = stands(tried)
      ? 'needed'
      : tried.verdict === 'refuted' || tried.verdict === 'contradicted'
        ? 'false without it as well'
        : `false without it; with it ${tried.verdict ?? 'not judged'}`
    return reserved === undefined ? found : `${found} (${reserved})`
  }
  if (outcome === 'meaningless') return `makes the claim meaningless: ${drop.meaningless}`
  if (outcome === 'untested') return drop.untested ?? 'no case fails it alone'
  const found = stands(tried) ? 'not needed as far as' : 'no counterexample without it in'
  const open = drop.open ? `; open in ${drop.open} more` : ''
  const one = shown(drop) === 1 && drop.evaluations === undefined
  const guided = drop.evaluations === undefined ? '' : ` and ${drop.evaluations} guided evaluations`
  return `${found} ${plural(shown(drop))}${guided}${stands(tried) ? (one ? ' shows' : ' show') : ''}${open}`
}

/** The assumption, and what is left of it: `unit-v`, or `unit-v → v>=1`. */
export const nameOf = ({ assumption, weaker }: DropEntry): string =>
  weaker === undefined ? assumption : `${assumption} → ${weaker}`

const enough = ({ claim }: Tried, drop: DropEntry): boolean =>
  shown(drop) >= (claim.given.numerical ? ENOUGH.numerical : ENOUGH.exact)

/** All that claims which stand were put to enough cases without, and none of these violates them. */
export function superfluous(all: readonly Tried[]): Superfluous[] {
  return all
    .filter(stands)
    .flatMap((tried) =>
      tried.drops
        .filter((drop) => outcomeOf(drop) === 'not needed' && enough(tried, drop))
        .map((drop) => ({ claim: tried.claim, drop })),
    )
}

/** An assumption as claims state it: two with one id and other words are two. */
const keyOf = (claim: Claim, { assumption }: DropEntry): string =>
  `${assumption}: ${claim.assume.find(({ id }) => id === assumption)?.says}`

/** What is flagged for the theorist. */
export interface Flags {
  /** Assumptions that were dropped, and superfluous wherever there were enough cases, in two claims or more. */
  readonly everywhere: ReadonlyMap<string, readonly Superfluous[]>
  /** Assumptions that are superfluous for a claim, and needed for another or tried there alone. */
  readonly here: readonly Superfluous[]
  /** Assumptions that are needed for a claim, or open, where a weaker form is not refuted. */
  readonly weaken: readonly Superfluous[]
}

/** The assumptions that a theorist may try to do without. */
export function flags(all: readonly Tried[]): Flags {
  const found = superfluous(all)
  const bare = found.filter(({ drop }) => drop.weaker === undefined)
  const needed = new Set(
    all
      .filter(stands)
      .flatMap(({ claim, drops }) =>
        drops
          .filter((drop) => drop.weaker === undefined && outcomeOf(drop) === 'needed')
          .map((drop) => keyOf(claim, drop)),
      ),
  )
  const groups = new Map<string, Superfluous[]>()
  for (const one of bare) {
    const key = keyOf(one.claim, one.drop)
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const everywhere = new Map([...groups].filter(([key, list]) => list.length > 1 && !needed.has(key)))
  const dropped = new Set(bare.map(({ claim, drop }) => `${claim.id} ${drop.assumption}`))
  return {
    everywhere,
    here: bare.filter(({ claim, drop }) => !everywhere.has(keyOf(claim, drop))),
    weaken: found.filter(
      ({ claim, drop }) => drop.weaker !== undefined && !dropped.has(`${claim.id} ${drop.assumption}`),
    ),
  }
}

/** How many assumptions of claims that stand came out which way, dropped (or weakened). */
export function tally(all: readonly Tried[], weakened = false): Readonly<Record<Outcome, number>> {
  const counts: Record<Outcome, number> = { needed: 0, 'not needed': 0, meaningless: 0, untested: 0 }
  for (const { drops } of all.filter(stands))
    for (const drop of drops) if ((drop.weaker !== undefined) === weakened) counts[outcomeOf(drop)]++
  return counts
}
