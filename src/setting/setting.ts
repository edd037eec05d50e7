/** Setting: the four choices (model, parameterisation, rule, moment), put together. */
import type { Aim } from '../claim/draft.ts'
import {
  aFunction,
  fields,
  listOf,
  oneOf,
  optional,
  recordOf,
  refuse,
  such,
  type Check,
} from '../claim/form.ts'
import type { Setting } from '../claim/setting.ts'
import type { FunctionKind, Parameterization } from '../model/parameterization.ts'
import { unnorm } from '../model/parameterization.ts'
import type { Model } from '../model/model.ts'
import type { Moment } from '../motion/moment.ts'
import type { Rule, Time } from '../motion/rule.ts'
import { symbolsIn } from '../program/formula.ts'
import type { PointCase } from './point/case.ts'
import type { Kind } from './point/kinds.ts'
import type { Population } from './point/population.ts'
import { limits } from './limit/limit.ts'
import { paths } from './point/paths.ts'
import { points } from './point/points.ts'
import { clashIn } from './names.ts'
import type { Spec } from './point/spec.ts'

/** What a claim speaks of; every field may be absent. */
export interface SettingDefinition<T extends Time = Time> {
  /** Nets on data, or an objective; plain variables if absent. */
  readonly model?: Model
  /** The weights as functions of parameters; the weights themselves if absent. */
  readonly weights?: Parameterization
  /** How the state moves; if absent, claims speak of states alone. */
  readonly rule?: Rule<T>
  /** When the claim speaks: at every state if absent. */
  readonly moment?: Moment<NoInfer<T>>
  readonly population?: Population
  readonly variables?: Readonly<Record<string, Kind | FunctionKind>>
  /** Letters that stand for one chosen node instead of ranging over all of them. */
  readonly choose?: readonly ('u' | 'v')[]
  /** Changes a case in the making so that premises that belong together hold; `undefined` to try another. */
  aim?: Aim
}

const KINDS: readonly string[] = ['real', 'positive', 'fraction', 'whole', 'angle', 'vector']
const aKind: Check = (at, value) => {
  if (typeof value === 'object' && value !== null && 'among' in value) return
  if (!KINDS.includes(value as string))
    refuse(at, `${KINDS.map((kind) => `"${kind}"`).join(', ')} or { of, among }`, value)
}
const made = (expected: string, field: string): Check =>
  such(expected, (value) => typeof value === 'object' && value !== null && Object.hasOwn(value, field))
const CHOICES: Record<keyof SettingDefinition, Check> = {
  model: optional(made('a model such as nets() or objective({ w: "vector" }, "dot(w, c)")', 'kind')),
  weights: optional(made('a parameterization such as ewn, swn or parameterization({ … })', 'weight')),
  rule: optional(
    made('a rule such as gradientFlow(), gradientDescent(), velocity({ … }) or next({ … })', 'moves'),
  ),
  moment: optional(made('a moment such as everywhere, everyMoment({ steps: 3 }) or inTheLimit()', 'kind')),
  population: optional(made('a population { name, draw } such as only({ net })', 'draw')),
  variables: optional(recordOf('an object of kinds by name, such as { x: "real" }', aKind)),
  choose: optional(listOf('a list of index letters', oneOf(['u', 'v']))),
  aim: optional(aFunction),
}

/**
 * The setting of the choices: at every state, with `ddt(e)` under a flow and `e(t+1)` under steps.
 * @throws TypeError naming the choice that does not fit.
 */
export function setting<T extends Time = Time>(definition: SettingDefinition<T>): Setting<PointCase> {
  const fail = (problem: string): never => {
    throw new TypeError(`setting: ${problem}`)
  }
  fields('choices such as { model: nets(), rule: gradientFlow() }', CHOICES)('setting', definition)
  const { model, weights, rule, moment, population, variables = {}, choose = [], aim } = definition
  const kinds: Record<string, Kind> = {}
  const functions: Record<string, FunctionKind> = { ...weights?.functions }
  for (const [name, kind] of Object.entries(variables)) {
    if (!/^[A-Za-z]+$/.test(name)) return fail(`variables: expected names of letters, got "${name}"`)
    if (typeof kind === 'object') functions[name] = kind
    else kinds[name] = kind
  }
  if (weights?.perNode && model?.kind !== 'nets')
    return fail('expected a model nets() for weights of each node (w_u), got none')
  if (weights && !weights.perNode && model?.kind !== 'objective')
    return fail('expected a model objective() for weights by name (w), got none')
  if (weights && model?.kind === 'objective' && Object.keys(model.weights).join() !== 'w')
    return fail(
      `expected an objective of the one weight "w" for a parameterization of it, got ${Object.keys(model.weights).join(', ')}`,
    )
  if (choose.length > 0 && model?.kind !== 'nets')
    return fail('choose: expected a model nets(), whose nodes the letters stand for')
  const isRun = moment !== undefined && moment.kind !== 'everywhere'
  if (isRun && rule === undefined) return fail('moment: expected a rule for a run, got none')
  if (isRun && moment.time !== undefined && moment.time !== rule!.time)
    return fail(
      rule!.time === 'flow'
        ? 'moment: expected a horizon { t } or { s } for a flow, got { steps }'
        : 'moment: expected a horizon { steps } for a rule of steps, got one in time',
    )
  if (isRun && moment.horizon?.of === 's' && model === undefined)
    return fail('moment: expected a model with a loss for a horizon in s = log 1/L, got none')
  if (rule?.sequences && !isRun)
    return fail('moment: expected everyMoment({ steps }) for a sequence, whose terms are those of a run')
  if (rule?.sequences && moment!.kind === 'in the limit')
    return fail(
      'moment: expected everyMoment({ steps }) for a sequence of any values, which no formula leads to a limit',
    )
  const twice = [...(rule?.sequences?.keys() ?? [])].find((name) => Object.hasOwn(variables, name))
  if (twice !== undefined)
    return fail(`variables: expected names that the sequences do not have, got "${twice}"`)
  for (const [name, kind] of rule?.sequences ?? []) kinds[name] = kind
  const closed = isRun && rule!.isGradient === true ? weights?.closed : undefined
  const spec: Spec = {
    ...(model && { model }),
    ...(isRun && { moment }),
    ...(model?.kind === 'nets' ? { weights: closed || !weights ? unnorm : weights } : weights && { weights }),
    // Where the weights move by themselves, a run starts at exact weights and follows them.
    ...(closed && { followed: weights! }),
    ...(rule && { rule: closed ? { ...rule, moves: new Map([['w_u', [closed.velocity]]]) } : rule }),
    ...{ variables: kinds, functions, choose },
  }
  const clash = clashIn(spec)
  if (clash !== undefined) return fail(clash)
  const angle = [...(rule?.moves.keys() ?? [])].find((name) => kinds[name] === 'angle')
  if (angle !== undefined)
    return fail(
      `rule: expected numbers and vectors to move, got the angle "${angle}"; move its cosine and sine`,
    )
  if (rule?.rate?.some((formula) => symbolsIn(formula).has('eta')))
    return fail('rule: expected a rate in other symbols, got one that reads "eta", which is the rate itself')
  if (rule?.batch && model?.kind !== 'nets')
    return fail('rule: expected a model nets() for a batch of its data')
  if (moment?.kind === 'in the limit') {
    if (rule!.batch) return fail('moment: expected a rule without a batch in the limit, got stochastic steps')
    if (aim) return fail('aim: expected none in the limit, whose starts a population draws')
    return limits(spec, population)
  }
  const given = points({ spec, ...(population && { population }), ...(aim && { aim }) })
  const isFlow = isRun && rule!.time === 'flow' && model?.kind === 'nets' && moment.horizon?.of === 't'
  if (!isFlow || population) return given
  // Two flows are compared from parameters, whether or not the weights could be followed by themselves.
  const { followed: _, ...own } = { ...spec, weights: weights ?? unnorm, rule: rule! }
  return { ...given, paths: () => paths(own) }
}
