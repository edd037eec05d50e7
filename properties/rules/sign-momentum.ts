/** Sign descent with momentum: no weight moves by more than η in a step (Bernstein et al. 2018, signum). */
import { claim, everyMoment, nets, next, objective, setting, type Claim } from '../../src/index.ts'

const section = 'Sign descent with momentum'
const source = 'textbook'
const rule = next(
  { mu_u: 'b*mu_u + (1 - b)*g_u', w_u: 'w_u - eta*sign(mu_u(t+1))' },
  { state: { mu_u: '0*w_u' } },
)
const choices = { model: nets(), rule, variables: { b: 'fraction' } } as const

export const signStep: Claim = claim({
  ...{ id: 'rules.sign-step', section, source },
  says: 'A step on a linear loss moves each entry by η, up or down, where its new momentum is not 0.',
  given: setting({
    model: objective({ w: 'vector' }, 'dot(w, c)'),
    rule: next({ mu: 'b*mu + (1 - b)*g', w: 'w - eta*sign(mu(t+1))' }, { state: { mu: '0*w' } }),
    variables: { b: 'fraction', c: 'vector' },
  }),
  shows: '(at(w[a], t+1) - w[a])^2 == eta^2*sign(at(mu[a], t+1))^2',
  wrong: {
    'twice as far': '(at(w[a], t+1) - w[a])^2 == 4*eta^2*sign(at(mu[a], t+1))^2',
    'by the old momentum': 'at(w[a], t+1) - w[a] == -eta*sign(mu[a])',
    upwards: 'at(w[a], t+1) - w[a] == eta*sign(at(mu[a], t+1))',
  },
})

const travelled = 'max(abs(w_u(t+1) - w_u(t_0)))'
export const signRun: Claim = claim({
  ...{ id: 'rules.sign-run', section, source },
  says: 'Along a run no weight is further from its start than the rates add up to.',
  uses: [signStep],
  given: setting({ ...choices, moment: everyMoment({ steps: 3 }) }),
  shows: `${travelled} <= sum(r <= t, eta(r))`,
  wrong: {
    half: `${travelled} <= sum(r <= t, eta(r))/2`,
    'the last rate alone': `${travelled} <= eta`,
    'at least as far': `${travelled} >= sum(r <= t, eta(r))`,
  },
})

export const signShort: Claim = claim({
  ...{ id: 'rules.sign-short', section, source, asPrinted: false },
  says: 'Along a run no weight is further from its start than the rates before the last add up to.',
  given: setting({ ...choices, moment: everyMoment({ steps: 3 }) }),
  shows: `${travelled} <= sum(r < t, eta(r))`,
  wrong: { half: `${travelled} <= sum(r < t, eta(r))/2` },
  flaw: {
    printed: 'The bound without the last rate.',
    breaks: 'The last step moves each weight by its rate too.',
  },
})
