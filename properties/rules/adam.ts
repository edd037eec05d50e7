/** Adam without ε (Kingma & Ba 2015, Algorithm 1). */
import { claim, everyMoment, nets, next, setting, type Assumption, type Claim } from '../../src/index.ts'

const section = 'Adam'
const moments = { mu_u: 'b*mu_u + (1 - b)*g_u', nu_u: 'c*nu_u + (1 - c)*g_u.^2' }
const state = { mu_u: '0*w_u', nu_u: '0*w_u' }
const variables = { b: 'fraction', c: 'fraction' } as const
const adam = next(
  { ...moments, w_u: 'w_u - eta*(mu_u(t+1)/(1 - b^(t+1)))./sqrt(nu_u(t+1)/(1 - c^(t+1)))' },
  { state },
)
const nonZero: Assumption = {
  id: 'no zero',
  says: 'no entry of the gradient is 0',
  formula: 'min(abs(g_u)) > 0',
}
const along = (steps: number) =>
  setting({ model: nets(), rule: adam, moment: everyMoment({ steps }), variables })
const signs = 'w_u(t+1) == w_u - eta*sign(g_u)'
const wrong = {
  'the other way': 'w_u(t+1) == w_u + eta*sign(g_u)',
  'half a step': 'w_u(t+1) == w_u - eta*sign(g_u)/2',
  'the gradient': 'w_u(t+1) == w_u - eta*g_u',
}

export const adamAverage: Claim = claim({
  ...{ id: 'rules.adam-average', section, source: 'Algorithm 1' },
  says: 'Each step brings the first moment nearer to the gradient by the factor β₁.',
  given: setting({ model: nets(), rule: next(moments, { state }), variables }),
  shows: 'mu_u(t+1) - g_u == b*(mu_u - g_u)',
  wrong: {
    'by β₂': 'mu_u(t+1) - g_u == c*(mu_u - g_u)',
    'by 1 − β₁': 'mu_u(t+1) - g_u == (1 - b)*(mu_u - g_u)',
  },
})

export const adamFirst: Claim = claim({
  ...{ id: 'rules.adam-first', section, source: 'Algorithm 1', wrong },
  says: 'The first step is one of sign descent, whatever β₁ and β₂ are.',
  uses: [adamAverage],
  given: along(1),
  assume: [nonZero],
  shows: signs,
})

export const adamSecond: Claim = claim({
  ...{ id: 'rules.adam-second', section, source: 'Algorithm 1', asPrinted: false, wrong },
  says: 'Each of the first two steps is one of sign descent.',
  given: along(2),
  assume: [nonZero],
  shows: signs,
  flaw: {
    printed: 'The second step is one of sign descent too.',
    breaks: 'Its moments average two gradients, whose ratio β₁ and β₂ weigh in different ways.',
  },
})
