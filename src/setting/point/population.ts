/** Populations: what of a case is fixed, or drawn in an author's own way; the rest is drawn at random. */
import type { Assumed } from '../../claim/setting.ts'
import type { Random } from '../../claim/random.ts'
import { wiring, type Architecture } from '../../net/architecture.ts'
import { lossName, type LabelledPoint } from './case.ts'
import type { Exact } from './kinds.ts'

/** What is fixed: a net, a loss, data, and values by name, such as `w_1`, `alpha_2`, `eta` or a variable. */
export interface Start {
  readonly net?: Architecture
  readonly loss?: string
  readonly data?: readonly LabelledPoint[]
  readonly values?: Readonly<Record<string, Exact>>
}

/** Which starts a setting draws. What they give is fixed for proofs and searches; in the limit only if nothing is refused. */
export interface Population {
  readonly name: string
  draw(random: Random, assumed: Assumed): Start
  /** Why claims of this population do not speak of a start, though it is one. */
  refuses?(start: Start): string | undefined
  /** How many starts there are to draw from in the limit, where claims share the runs from them; 40 if absent. */
  readonly starts?: number
}

/** The weights w_1, w_2, … of the nodes as values of a start. */
export const weightValues = (weights: readonly (readonly string[])[]): NonNullable<Start['values']> =>
  Object.fromEntries(weights.map((w, u) => [`w_${u + 1}`, w]))

/** The weights of all nodes of a start that gives them. */
export const weightsOf = ({ net, values }: Start): (readonly string[])[] =>
  wiring(net!).nodes.map((_, u) => values![`w_${u + 1}`] as readonly string[])

/** One start, or one net, or one set of data: what is not given is drawn. */
export function only(start: Start): Population {
  const { values = {}, loss, ...rest } = start
  const fixed = Object.entries({ ...rest, ...(loss !== undefined && { loss: lossName(loss) }), ...values })
  return {
    name: 'one start',
    draw: () => start,
    refuses(other) {
      const found: Readonly<Record<string, unknown>> = { ...other, ...other.values }
      const changed = fixed.find(([name, value]) => canonical(found[name]) !== canonical(value))
      return changed && `expected ${changed[0]} as the population fixes it`
    },
  }
}

/** Equal for equal values, whatever the order of their fields, and whether a label is written as a number or a text. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'number') return `${inner}`
    return typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner
  })
