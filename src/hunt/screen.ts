/** Screen: which numbers of a form are worth an exact look, as far as doubles tell, without making the case. */
import type { Setting } from '../claim/setting.ts'
import type { Form } from './fillings.ts'
import { placesOf, tag } from './places.ts'
import { MISSED, slackOf, type Energy, type Stated } from './slack.ts'

/**
 * Whether values in the slots of a form may violate a claim; where some inputs are no numbers of the case, whether they
 * meet its assumptions, if these read none of the others. It may err where doubles do.
 */
export function screenOf(claim: Stated, form: Form): (values: Float64Array) => boolean {
  const indices = form.slots.flatMap(({ kind }, i) => (kind === 'index' ? [i] : []))
  const known = new Map<string, (values: Float64Array) => boolean>()
  return (values) => {
    const key = indices.map((i) => values[i]).join(' ')
    let screen = known.get(key)
    if (screen === undefined)
      known.set(
        key,
        (screen = screenIn(
          claim,
          form,
          indices.map((i) => values[i]!),
        )),
      )
    return screen(values)
  }
}

const anything = (): boolean => true

/** The setting with the inputs of its premise as symbols. */
export function withPremise(given: Setting<unknown>): Setting<unknown> {
  const { premise } = given
  if (!premise) return given
  return {
    ...given,
    scope(F, c) {
      const scope = given.scope(F, c)
      const own = premise.inputs(c)
      const isOwn = (base: string, index: readonly number[]): boolean => index.length === 0 && own.has(base)
      return {
        ...scope,
        value: (base, index) => (isOwn(base, index) ? F.input(base) : scope.value(base, index)),
      }
    },
  }
}

/** The screen of one structure: labels and chosen nodes are given. */
function screenIn(claim: Stated, form: Form, indices: readonly number[]): (values: Float64Array) => boolean {
  const { shows } = claim
  const { premise } = claim.given
  const given = withPremise(claim.given)
  const assume = [
    ...claim.assume,
    ...(premise ? [{ id: 'premise', says: '', formula: premise.formula }] : []),
  ]
  let next = 0
  const at = (number: (place: number) => string): unknown =>
    form.fill(
      form.slots.map(({ kind }, i) => (kind === 'index' ? indices[next++ % indices.length]! : number(i))),
    )
  const c = at((i) => `${form.values[i]}`)
  if (assume.some(({ failure }) => failure?.(c as never) !== undefined)) return anything
  const tagged = at((i) => tag(undefined, i))
  const values = new Map([...given.values(tagged), ...(premise?.inputs(tagged) ?? [])])
  for (const conclusion of [shows, []]) {
    const slack = slackOf({ given, assume, shows: conclusion })(c)
    const places = placesOf(values, slack.inputs, form.slots.length)
    if (!places) continue
    const x = new Float64Array(places.length)
    const mayBe = (energy: Energy): boolean => (conclusion === shows ? energy < 0 : energy <= MISSED)
    return (values) => {
      places.forEach((place, k) => (x[k] = values[place]!))
      return mayBe(slack.energy(x))
    }
  }
  return anything
}
