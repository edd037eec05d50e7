/** Arbitraries: the cases of a setting for fast-check, valid by construction. */
import * as fc from 'fast-check'
import type { Assumption, Claim } from '../claim/claim.ts'
import type { Random } from '../claim/random.ts'
import type { Assumed, Setting } from '../claim/setting.ts'

class CaseArbitrary<C> extends fc.Arbitrary<C> {
  readonly #setting: Setting<C>
  readonly #assumed: Assumed
  constructor(setting: Setting<C>, assumed: Assumed) {
    super()
    this.#setting = setting
    this.#assumed = assumed
  }
  override generate(source: fc.Random): fc.Value<C> {
    const random: Random = { integer: (min, max) => source.nextInt(min, max) }
    return new fc.Value(this.#setting.generate(random, this.#assumed), undefined)
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
 * The cases of a setting that satisfy the assumptions, as a fast-check arbitrary. Shrinking needs
 * no history: any valid case, stored ones included, shrinks in the order of `setting/simpler.ts`.
 */
export function cases<C>(setting: Setting<C>, assumed: Iterable<Assumption> = []): fc.Arbitrary<C> {
  return new CaseArbitrary(setting, new Set(assumed))
}

/** The cases that a claim speaks about, as a fast-check arbitrary. */
export function casesOf(claim: Claim): fc.Arbitrary<unknown> {
  return cases(claim.given, assumedIn(claim.assume))
}

/** Some assumptions, as a generator or a chart is told of them. */
export function assumedIn(assumptions: readonly Assumption[]): Assumed {
  return new Set(assumptions)
}
