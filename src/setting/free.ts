/** The setting of free vectors, numbers and angles, without a net. */
import type { Assumed, Coverage, Setting } from '../claim/setting.ts'
import { aFunction, optional } from '../claim/form.ts'
import type { Random } from '../claim/random.ts'
import { checkOptions, someKinds } from './options.ts'
import { probe, type Probe } from './probe.ts'
import {
  angleNote,
  angleValue,
  checkNames,
  drawValues,
  fewerDimensions,
  parseValues,
  simplerValues,
  variableChart,
  unitsAmong,
  variableInputs,
  variableSquares,
  variableValue,
  type Values,
  type Variables,
} from './variables.ts'

/** Exact values of the variables; all vectors have one dimension. */
export interface FreeCase {
  readonly dimension: number
  readonly variables: Values
}

/** What a claim about free variables fixes. */
export interface FreeOptions {
  readonly variables: Variables
  /** As in `dynamics`: values that meet the assumptions as far as possible, or `undefined`. */
  draw?(random: Random, probe: Probe, values: Values, assumed: Assumed): Values | undefined
}

const TRIES = 400
/** Identities are proved up to this dimension, and up to the number of the vectors: what they span has no more. */
const MOST = 4

/** The setting of free variables under the options. */
export function free(options: FreeOptions): Setting<FreeCase> {
  checkOptions('free', options, { variables: someKinds, draw: optional(aFunction) })
  const { variables, draw } = options
  checkNames(variables)
  const make = (random: Random, dimension: number, assumed: Assumed): FreeCase => {
    for (let i = 0; i < TRIES; i++) {
      const values = drawValues(random, variables, dimension, assumed)
      const measure = probe(setting, (at = values) => ({ dimension, variables: at }))
      const drawn = draw ? draw(random, measure, values, assumed) : values
      if (drawn !== undefined) return { dimension, variables: drawn }
    }
    throw new RangeError(`free: no values met the assumptions in ${TRIES} tries; widen the draw`)
  }
  const kinds = Object.values(variables)
  const count = kinds.filter((kind) => kind === 'unit' || kind === 'vector').length
  const vectors = count > 0
  const dimensions = Array.from({ length: vectors ? Math.max(MOST, count) : 1 }, (_, i) => i + 1)
  const signed = kinds.some((kind) => kind !== 'positive' && kind !== 'angle')
  const coverage: Coverage = {
    ...(vectors && { 'three dimensions or more': 0.3 }),
    ...(signed && { 'negative entries': 0.2 }),
    fractions: 0.1,
  }
  const setting: Setting<FreeCase> = {
    name: 'free',
    builtIn: unitsAmong(variables),
    structure: (c) => `${c.dimension}`,
    scope: (F, c) => ({
      F,
      name: 'free',
      sets: {},
      value: (base, index) => (index.length === 0 ? variableValue(F, c.variables, base) : undefined),
      angle: (name) => angleValue(F, variables, name),
    }),
    chosen: () => ({}),
    values: (c) => new Map(variableInputs(c.variables)),
    generate: (random, assumed) => make(random, random.integer(2, MOST), assumed),
    // Without vectors there is one structure, and it is all there is.
    wholeFamily: !vectors,
    family: (assumed) => dimensions.map((n) => (random) => make(random, n, assumed)),
    chart(F, c, assumed) {
      const inputs = new Map(variableChart(F, variables, c.variables, assumed))
      const roots = [F.constant('1'), ...variableSquares(F, variables, inputs)]
      return { inputs, exponentials: new Map(), roots }
    },
    *simpler(c) {
      for (const fewer of fewerDimensions(c.variables, c.dimension))
        yield { dimension: c.dimension - 1, variables: fewer }
      for (const values of simplerValues(variables, c.variables)) yield { ...c, variables: values }
    },
    labels: (c) => [
      ...(c.dimension > 2 ? ['three dimensions or more'] : []),
      ...(Object.values(c.variables)
        .flat()
        .some((entry) => entry.startsWith('-'))
        ? ['negative entries']
        : []),
      ...(Object.values(c.variables)
        .flat()
        .some((entry) => entry.includes('/'))
        ? ['fractions']
        : []),
    ],
    coverage: () => coverage,
    describe: (c) =>
      `${Object.keys(variables).join(', ')} in dimension ${c.dimension}${angleNote(variables)}`,
    parse(json) {
      const { dimension, variables: values } = (json ?? {}) as FreeCase
      if (!Number.isInteger(dimension) || dimension < 1)
        throw new SyntaxError(`case: expected "dimension" to be an integer >= 1, got ${String(dimension)}`)
      return { dimension, variables: parseValues(variables, values, dimension) }
    },
  }
  return setting
}
