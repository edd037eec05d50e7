/** What makes a point setting: the four choices, put together and checked against each other. */
import type { FunctionKind, Parameterization } from '../../model/parameterization.ts'
import type { Model } from '../../model/model.ts'
import type { Moment } from '../../motion/moment.ts'
import type { Rule, Time } from '../../motion/rule.ts'
import type { Formula } from '../../program/formula.ts'
import type { Kind } from './kinds.ts'

/** The choices of a point setting. */
export interface Spec {
  readonly model?: Model
  readonly weights?: Parameterization
  readonly rule?: Rule
  /** Every moment of a run, or the limit; at every state if absent. */
  readonly moment?: Moment
  /** The parameterisation of weights that a run follows by themselves: `weights` and `rule` are those of the weights then. */
  readonly followed?: Parameterization
  /** Variables, and the sequences of the rule. */
  readonly variables: Readonly<Record<string, Kind>>
  readonly functions: Readonly<Record<string, FunctionKind>>
  readonly choose: readonly ('u' | 'v')[]
}

/** The kinds of the parameters of each node, or of those by name, and of the extra state of a rule. */
export interface Parts {
  /** Parameters of each trained node. */
  readonly node: ReadonlyMap<string, Kind>
  /** Weights or parameters of an objective. */
  readonly named: ReadonlyMap<string, Kind>
  /** Extra state: of each node, or by name. */
  readonly nodeState: ReadonlyMap<string, Formula>
  readonly state: ReadonlyMap<string, Formula>
  /** Whether η is a positive number that is drawn. */
  readonly drawsRate: boolean
}

/** The parts of a specification. */
export function partsOf({ model, weights, rule }: Spec): Parts {
  const parameters: ReadonlyMap<string, Kind> = weights?.parameters ?? new Map()
  const named = new Map<string, Kind>(
    model?.kind !== 'objective' ? [] : weights ? parameters : Object.entries(model.weights),
  )
  const state = [...(rule?.state ?? [])]
  return {
    node: model?.kind === 'nets' ? parameters : new Map(),
    named,
    nodeState: new Map(
      state.flatMap(([key, f]) => (key.endsWith('_u') ? [[key.replace(/_u$/, ''), f] as const] : [])),
    ),
    state: new Map(state.filter(([key]) => !key.endsWith('_u'))),
    drawsRate: rule?.rate === undefined && model !== undefined,
  }
}

/** The formulas of which each case has one: unknown functions, rates and moves, each with its candidates. */
export function alternativesOf({ rule, functions }: Spec): Readonly<Record<string, readonly string[]>> {
  const moves = [...(rule?.moves ?? [])].filter(([, formulas]) => formulas.length > 1)
  return {
    ...Object.fromEntries(Object.entries(functions).map(([name, { among }]) => [name, among])),
    ...(rule?.rate && { eta: rule.rate.map(({ source }) => source) }),
    ...Object.fromEntries(
      moves.map(([key, formulas]) => [`next ${key}`, formulas.map(({ source }) => source)]),
    ),
  }
}

/** How time passes along the exact runs of a specification that has some. */
export const runOf = ({ moment, rule }: Spec): Time | undefined =>
  moment?.kind === 'every moment' ? rule!.time : undefined

/** What takes another value after each step of a run that no formula gives: sequences, and a rate that is drawn. */
export function sequencesOf(spec: Spec): ReadonlyMap<string, Kind> {
  if (runOf(spec) !== 'steps') return new Map()
  return new Map<string, Kind>([
    ...(spec.rule!.sequences ?? []),
    ...(partsOf(spec).drawsRate ? [['eta', 'positive'] as const] : []),
  ])
}

/** Whether a variable says what sums over steps run over, so that its value is known before all others. */
export const isCount = (spec: Spec, name: string): boolean =>
  runOf(spec) === 'steps' && spec.variables[name] === 'whole' && spec.rule!.sequences?.has(name) !== true

/** How many vectors there are without a node, those of extra state included, which may be numbers. */
export function vectorsIn(spec: Spec): number {
  const { named, state } = partsOf(spec)
  const vectors = [...Object.values(spec.variables), ...named.values()].filter((kind) => kind === 'vector')
  return vectors.length === 0 ? 0 : vectors.length + state.size
}
