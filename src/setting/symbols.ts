/** Symbols: what each name of a setting means, in words; one table for the settings, the command and the guide. */
import type { SymbolEntry } from '../claim/setting.ts'
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

/** What long runs bring besides, where they have no other meaning. */
export const OF_LONG_RUNS: readonly SymbolEntry[] = [
  ...OF_NETS.filter(({ name }) => !/^(L_sep|x_i|y_i|Phi|gradPhi)/.test(name)),
  ...entries({
    eta: 'the learning rate, 1',
    t: 'time',
    'e(t_0)': 'the value of e at the start',
    'ddt(e)': 'the derivative of e in time',
    L_1: 'the loss below which every point is classified: 1, or log 2',
    z: 'the first point',
    z_u: 'the entry of the first point that node u sees',
    theta_u: 'the angle between w_u and z',
    wtilde: 'the limit of w/‖w‖',
    wtilde_u: 'the limit of w_u/‖w_u‖',
    gtilde: 'the limit of −g/‖g‖',
    gtilde_u: 'the limit of −g_u/‖g‖',
    rho: 'the limit of the least margin over ‖w‖^H',
    gamma: 'the limit of s/‖w‖^H',
    x_u: 'the limit of a_u/s',
    k_active: 'the number of nodes whose x_u is not 0',
    'lim(e)': 'the limit of e',
    'sup(e)': 'the largest value of e from this moment on',
  }),
]

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
    ...(moment && steps
      ? entries({
          'e(r)': 'the value of e after r steps',
          'sum(r <= t, e)': 'the sum over the steps r of a range; so min, max',
          'all(r <= t, relation)': 'a relation at each step of a range',
        })
      : []),
  ]
}

function rate({ rule, moment }: Spec): string {
  if (rule?.rate) return `the learning rate, ${rule.rate.map(({ source }) => source).join(' or ')}`
  if (moment === undefined) return 'the learning rate, a positive number'
  return rule!.time === 'flow'
    ? 'the learning rate, a positive number for the whole run'
    : 'the learning rate, a positive number for each step'
}
