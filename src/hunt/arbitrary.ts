/** Arbitraries: the cases of a setting for fast-check, valid by construction. */
import * as fc from 'fast-check'
import type { Assumption, Claim } from '../claim/claim.ts'
import type { Random } from '../claim/random.ts'
import type { Assumed, Setting } from '../claim/setting.ts'

/** So often a case is drawn anew of which a statement says nothing. */
const REDRAWS = 50

class CaseArbitrary<C> extends fc.Arbitrary<C> {
  readonly #setting: Setting<C>
  readonly #assumed: Assumed
  readonly #speaks: (c: C) => boolean
  constructor(setting: Setting<C>, assumed: Assumed, speaks: (c: C) => boolean) {
    super()
    this.#setting = setting
    this.#assumed = assumed
    this.#speaks = speaks
  }
  override generate(source: fc.Random): fc.Value<C> {
    const random: Random = { integer: (min, max) => source.nextInt(min, max) }
    let c = this.#setting.generate(random, this.#assumed)
    for (let i = 0; i < REDRAWS && !this.#speaks(c); i++) c = this.#setting.generate(random, this.#assumed)
    return new fc.Value(c, undefined)
  }
  override canShrinkWithoutContext(value: unknown): value is C {
    try {
      this.#setting.parse(value)
      return true
    } catch {
      return false
    }
  }
  override shrink(value: C): fc.Stream<fc.Value<C>> {
    const simpler = this.#setting.simpler(value, this.#assumed)
    return fc.stream(
      (function* () {
        for (const c of simpler) yield new fc.Value(c, undefined)
      })(),
    )
  }
}

/**
 * The cases of a setting that satisfy the assumptions, as a fast-check arbitrary; those of which a statement does not
 * speak are drawn anew. Shrinking needs
 * no history: any valid case, stored ones included, shrinks in the order of `setting/simpler.ts`.
 */
export function cases<C>(
  setting: Setting<C>,
  assumed: Iterable<Assumption> = [],
  speaks: (c: C) => boolean = () => true,
): fc.Arbitrary<C> {
  return new CaseArbitrary(setting, new Set(assumed), speaks)
}

/** The cases that a claim speaks about, as a fast-check arbitrary. */
export function casesOf(claim: Claim): fc.Arbitrary<unknown> {
  return cases(claim.given, assumedIn(claim.assume))
}

/** Some assumptions, as a generator or a chart is told of them. */
export function assumedIn(assumptions: readonly Assumption[]): Assumed {
  return new Set(assumptions)
}
