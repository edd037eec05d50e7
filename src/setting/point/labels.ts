/** Labels: what kinds of states a setting drew, and how many of each there must be at least. */
import type { Assumed, Coverage } from '../../claim/setting.ts'
import { describe, wiring } from '../../net/architecture.ts'
import { hasNorm } from '../simpler.ts'
import { lossCe, lossExp, unitV } from '../assumptions.ts'
import { stepsOf, type PointCase } from './case.ts'
import type { Drawing } from './draw.ts'
import type { Exact } from './kinds.ts'
import { momentText } from './run.ts'
import { outputsInDoubles } from './scale.ts'
import { alternativesOf, partsOf, runOf, type Spec } from './spec.ts'

const entriesOf = (c: PointCase): string[] =>
  [
    ...[c.values, ...(c.later ?? [])].flatMap((values) => Object.values(values)),
    ...c.nodes.flatMap((node) => Object.values(node)),
  ].flat(2)

const isVector = (value: Exact): value is readonly string[] => typeof value !== 'string'

/** The labels of a case. */
export function labelsOf(c: PointCase, spec: Spec): string[] {
  const entries = entriesOf(c)
  const has = (label: string, holds: boolean): string[] => (holds ? [label] : [])
  const negative = (list: readonly string[]): boolean => list.some((entry) => entry.startsWith('-'))
  const formulas = [
    ...Object.entries(c.formulas).map(([name, formula]) => `${name} = ${formula}`),
    ...has('a later step', (stepsOf(c) ?? 0) > 1),
  ]
  if (c.net === undefined)
    return [
      ...has('three dimensions or more', c.dimension > 2),
      ...has('negative entries', negative(entries)),
      ...has(
        'fractions',
        entries.some((entry) => entry.includes('/')),
      ),
      ...formulas,
    ]
  const { nodes, layers } = wiring(c.net)
  const outputs = outputsInDoubles(c, spec)
  const sizes = new Set(outputs.map((o) => o.map((v) => Math.abs(v).toFixed(9)).join(' ')))
  const vector = spec.weights?.radius?.vector
  return [
    ...has('several points', c.data!.length > 1),
    ...has('both labels', new Set(c.data!.map(({ y }) => y)).size > 1),
    ...has('unequal margins', sizes.size > 1),
    // Entries of vectors: a negative α_u, as log ‖w_u‖ is, makes no weight negative.
    ...has(
      'negative weights',
      negative(c.nodes.flatMap((node) => Object.values(node).filter(isVector)).flat()),
    ),
    ...has('several layers', c.net.layers.length > 1),
    ...has('several nodes', nodes.filter(({ frozen }) => !frozen).length > 1),
    ...has(
      'curved',
      c.net.layers.some(({ activation }) => activation !== 'z'),
    ),
    ...has('two inputs or more', c.net.inputs > 1),
    ...has('cross-entropy', c.loss === 'cross-entropy'),
    ...has(
      'frozen layer',
      nodes.some(({ frozen }) => frozen),
    ),
    ...has(
      'shared weights',
      layers.some((units) => new Set(units.map(({ node }) => node)).size < units.length),
    ),
    ...has(
      'v of norm other than 1',
      vector !== undefined &&
        c.nodes.some((node) => Array.isArray(node[vector]) && !hasNorm(node[vector], 'unit')),
    ),
    ...formulas,
  ]
}

/** The least share of the cases with a label, where what is drawn is left to chance. */
export function coverageOf({ spec, population }: Drawing, assumed: Assumed): Coverage {
  if (population !== undefined) return {}
  const kinds = Object.values(spec.variables)
  const inSteps = runOf(spec) === 'steps'
  const isOne = spec.moment?.horizon?.among.every((n) => n === '1') === true
  const run: Coverage = inSteps && !isOne ? { 'a later step': 0.2 } : {}
  const { named } = partsOf(spec)
  if (spec.model?.kind !== 'nets') {
    const signed = [...kinds, ...named.values()].some((kind) => kind === 'real' || kind === 'vector')
    const vectors = [...kinds, ...named.values()].includes('vector')
    return {
      ...run,
      ...(vectors && { 'three dimensions or more': 0.3 }),
      ...(signed && { 'negative entries': 0.2 }),
      fractions: 0.1,
    }
  }
  if (runOf(spec) === 'flow') return { 'several points': 0.4, 'several layers': 0.3, 'unequal margins': 0.3 }
  const { losses, anyLoss } = spec.model
  const chooses = anyLoss && !assumed.has(lossExp) && !assumed.has(lossCe)
  return {
    ...run,
    ...{ 'several points': 0.4, 'unequal margins': 0.25, 'negative weights': 0.5 },
    ...((anyLoss || losses.length > 0) && { 'both labels': 0.15 }),
    ...{ 'several layers': 0.4, curved: 0.25, 'two inputs or more': 0.4, 'shared weights': 0.02 },
    ...{ 'frozen layer': 0.03 },
    ...(chooses && { 'cross-entropy': 0.2 }),
    ...(spec.weights?.radius !== undefined && !assumed.has(unitV) && { 'v of norm other than 1': 0.3 }),
  }
}

/** A case in one line. */
export function describeCase(c: PointCase, spec: Spec): string {
  const angles = Object.values(spec.variables).includes('angle') ? ', angles φ as tan(φ/4)' : ''
  const formulas = Object.keys(alternativesOf(spec)).map((name) => `, ${name} = ${c.formulas[name]!}`)
  if (c.net === undefined) {
    const of = Object.values(c.values).some((value) => typeof value !== 'string')
    const names = Object.keys(c.values).join(', ')
    return `${names}${of ? ` in dimension ${c.dimension}` : ''}${angles}${formulas.join('')}${momentText(c)}`
  }
  const weights = spec.followed ?? spec.weights
  const weight = weights && weights.weight.source !== 'w_u' ? `w_u = ${weights.weight.source}, ` : ''
  const points = `${c.data!.length} point${c.data!.length === 1 ? '' : 's'}`
  return `${describe(c.net)}, ${c.loss!}, ${weight}${points}${angles}${formulas.join('')}${momentText(c)}`
}
