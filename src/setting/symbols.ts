/** Symbols: what each name of a setting means, in words; one table for the settings, the command and the guide. */
import type { SymbolEntry } from '../claim/setting.ts'
import { logFlowOf } from './limit/log-flow.ts'
import { partsOf, sequencesOf, type Spec } from './point/spec.ts'

const entries = (table: Readonly<Record<string, string>>): SymbolEntry[] =>
  Object.entries(table).map(([name, means]) => ({ name, means }))

/** What every net on data brings. */
export const OF_NETS: readonly SymbolEntry[] = entries({
  L: 'the loss, a sum over all points',
  s: 'log 1/L',
  L_sep: 'the loss of one point of margin 0: below it every point is classified',
  w: 'all trained weights in a row',
  w_u: 'the weight vector of node u, which the net uses',
  g: 'the gradient of L in all trained weights',
  g_u: 'the gradient of L in w_u',
  G_u: '−g_u/L',
  a_u: 'the inner product of w_u and G_u',
  H: 'the order of homogeneity of the net',
  H_l: 'the order in the weights of layer l',
  k: 'the number of trained nodes',
  k_l: 'the number of trained nodes of layer l',
  x_i: 'the input of point i',
  y_i: 'the label of point i, where it is a number',
  m_i: 'the margin of point i; of several classes the least',
  q_i: 'the share of point i in the loss',
  Ent: 'the entropy of the shares q_i',
  'Phi_j(w, x_i)': 'output j of the net at weights and an input of your choice',
  'gradPhi_j(w, x_i)': 'its gradient in all trained weights',
})

/** What every objective brings. */
export const OF_OBJECTIVES: readonly SymbolEntry[] = entries({
  L: 'the objective',
  s: 'log 1/L',
  w: 'the weight, a function of the parameters where it has some',
  g: 'the gradient of L in w',
})

/** What statements on limits are made of. */
const OF_LIMITS: readonly SymbolEntry[] = entries({
  'lim(e)': 'the limit of e; lim(e) == inf where it grows without bound',
  'converges(e)': 'e has a finite limit',
  'e == Theta(f)': 'e is of the order of f; so O(f) and o(f)',
  'sup(e)': 'the largest value of e from this moment on',
  'some(relation)': 'a relation at some moment',
  'eventually(relation)': 'a relation from some moment on',
})

const KINDS = {
  ...{ real: 'a number', positive: 'a positive number', fraction: 'a number between 0 and 1' },
  ...{
    whole: 'a whole number',
    angle: 'an angle, compared with angles and π, or in cos()',
    vector: 'a vector',
  },
} as const

/** The symbols of a setting of four choices, in the order of the choices. */
export function symbolsOf(spec: Spec): SymbolEntry[] {
  const { model, rule, moment, variables, functions } = spec
  const { node, named, nodeState, state, drawsRate } = partsOf(spec)
  const core = model === undefined ? [] : model.kind === 'nets' ? OF_NETS : OF_OBJECTIVES
  const known = new Set(core.map(({ name }) => name))
  const own = (name: string, means: string): SymbolEntry[] => (known.has(name) ? [] : [{ name, means }])
  const flows = rule?.time === 'flow'
  const steps = rule?.time === 'steps'
  const inLimit = moment?.kind === 'in the limit'
  const isLog = inLimit && logFlowOf(spec) !== undefined
  return [
    ...core,
    ...[...node].flatMap(([name, kind]) => own(`${name}_u`, `a parameter of node u: ${KINDS[kind]}`)),
    ...[...named].flatMap(([name, kind]) => own(name, `a weight or parameter: ${KINDS[kind]}`)),
    ...[...nodeState.keys()].map((name) => ({ name: `${name}_u`, means: 'extra state of node u' })),
    ...[...state.keys()].map((name) => ({ name, means: 'extra state' })),
    ...Object.entries(variables).map(([name, kind]) => ({
      name,
      means: `${sequencesOf(spec).has(name) ? 'a sequence, each term ' : 'a variable: '}${KINDS[kind]}`,
    })),
    ...Object.entries(functions).flatMap(([name, { of, among }]) => [
      { name: `${name}(${of})`, means: `an unknown function, one of ${among.join(', ')}` },
      { name: `${name}prime(${of})`, means: 'its derivative' },
    ]),
    ...(rule?.rate || drawsRate ? [{ name: 'eta', means: rate(spec) }] : []),
    ...(flows ? [{ name: 'ddt(e)', means: 'the derivative of e in time' }] : []),
    ...(steps ? [{ name: 'e(t+1)', means: 'the value of e one step later' }] : []),
    ...(rule?.batch ? [{ name: 'batch(e)', means: 'e on the points that the step sees' }] : []),
    ...(moment
      ? entries({
          t: flows ? 'time' : 'the number of steps done',
          t_0: 'the start, 0',
          'e(t_0)': 'the value of e at the start',
        })
      : []),
    ...(moment && steps ? ofSteps(inLimit) : []),
    ...(inLimit ? OF_LIMITS : []),
    ...(inLimit && flows && !isLog ? entries({ 'integral(e)': 'the integral of e from the start' }) : []),
    ...(isLog ? entries({ 'angle(a, b)': 'the angle between two vectors' }) : []),
    ...(moment?.kind === 'every moment' && flows && moment.horizon?.of === 't' && model?.kind === 'nets'
      ? entries({ 'path(w_u, f)': 'the weights of the flow dw_u/dt = f from the same start' })
      : []),
  ]
}

function ofSteps(inLimit: boolean): SymbolEntry[] {
  const sums = { 'sum(r <= t, e)': 'the sum over the steps r of a range; so min, max' }
  if (inLimit) return entries(sums)
  return entries({
    'e(r)': 'the value of e after r steps',
    ...sums,
    'all(r <= t, relation)': 'a relation at each step of a range',
  })
}

function rate({ rule, moment }: Spec): string {
  if (rule?.rate) return `the learning rate, ${rule.rate.map(({ source }) => source).join(' or ')}`
  if (moment === undefined) return 'the learning rate, a positive number'
  return rule!.time === 'flow' || moment.kind === 'in the limit'
    ? 'the learning rate, a positive number for the whole run'
    : 'the learning rate, a positive number for each step'
}
