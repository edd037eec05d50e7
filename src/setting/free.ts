/** The setting of free vectors, numbers and angles, without a net. */
import type { Assumed, Coverage, Setting } from '../claim/setting.ts'
import { aFunction, optional } from '../claim/form.ts'
import type { Random } from '../claim/random.ts'
import { checkOptions, someKinds } from './options.ts'
import { probe, type Probe } from './probe.ts'
import {
  angleNote,
  checkNames,
  cosine,
  drawValues,
  fewerDimensions,
  parseValues,
  simplerValues,
  variableChart,
  variableInputs,
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
const DIMENSIONS = [1, 2, 3, 4]

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
  const signed = kinds.some((kind) => kind !== 'positive' && kind !== 'angle')
  const coverage: Coverage = {
    ...(kinds.some((kind) => kind === 'unit' || kind === 'vector') && { 'three dimensions or more': 0.3 }),
    ...(signed && { 'negative entries': 0.2 }),
    fractions: 0.1,
  }
  const setting: Setting<FreeCase> = {
    name: 'free',
    structure: (c) => `${c.dimension}`,
    scope: (F, c) => ({
      F,
      sets: {},
      value: (base, index) => (index.length === 0 ? variableValue(F, c.variables, base) : undefined),
      apply: (base, _, [a]) => (base === 'cos' ? cosine(F, variables, a) : undefined),
    }),
    chosen: () => ({}),
    values: (c) => new Map(variableInputs(c.variables)),
    generate: (random, assumed) => make(random, random.integer(2, DIMENSIONS.length), assumed),
    family: (assumed) => DIMENSIONS.map((n) => (random) => make(random, n, assumed)),
    chart: (F, c, assumed) => ({
      inputs: new Map(variableChart(F, variables, c.variables, assumed)),
      exponentials: new Map(),
      roots: [F.constant('1')],
    }),
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
