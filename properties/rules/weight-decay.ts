/** Descent with weight decay (Krogh & Hertz 1991), on batches. */
import { claim, everyMoment, nets, next, setting, squared, type Claim } from '../../src/index.ts'

const section = 'Weight decay'
const source = 'textbook'
const choices = {
  model: nets(),
  rule: next(
    { theta: 'theta - eta*(batch(grad(L, theta)) + lambda*theta)' },
    { batch: { size: 1, order: 'shuffled' } },
  ),
  variables: { lambda: 'positive' },
} as const
const wrong = {
  'without decay': 'w_u(t+1) == w_u - eta*batch(g_u)',
  'decay without the rate': 'w_u(t+1) == (1 - lambda)*w_u - eta*batch(g_u)',
  'the gradient of all points': 'w_u(t+1) == (1 - eta*lambda)*w_u - eta*g_u',
}

export const decayStep: Claim = claim({
  ...{ id: 'rules.decay-step', section, source, wrong },
  says: 'A step shrinks the weights by 1 − ηλ and then descends on its batch.',
  given: setting(choices),
  shows: 'w_u(t+1) == (1 - eta*lambda)*w_u - eta*batch(g_u)',
})

const bound = '2*(1 - eta*lambda)^2*dot(w_u, w_u) + 2*eta^2*dot(batch(g_u), batch(g_u))'
const after = 'dot(w_u(t+1), w_u(t+1))'
export const decayRun: Claim = claim({
  ...{ id: 'rules.decay-run', section, source },
  says: 'At every step of a run ‖w_u‖² is at most twice the squares of its shrunk norm and of the step, under squared loss.',
  uses: [decayStep],
  given: setting({ ...choices, model: nets({ loss: squared }), moment: everyMoment({ steps: 2 }) }),
  shows: `${after} <= ${bound}`,
  wrong: {
    'a quarter': `${after} <= (${bound})/4`,
    'without the step': `${after} <= 2*(1 - eta*lambda)^2*dot(w_u, w_u)`,
    'it never grows': `${after} <= dot(w_u, w_u)`,
  },
})

export const decaySign: Claim = claim({
  ...{ id: 'rules.decay-sign', section, source, asPrinted: false, wrong },
  says: 'A step stretches the weights by 1 + ηλ and then descends on its batch.',
  given: setting(choices),
  shows: 'w_u(t+1) == (1 + eta*lambda)*w_u - eta*batch(g_u)',
  flaw: { printed: 'The factor 1 + ηλ.', breaks: 'The sign: the penalty λ‖w‖²/2 pulls the weights to 0.' },
})
