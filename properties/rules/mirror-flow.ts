/** Entropic mirror flow on one datum: the dual variable log w moves by −g (Nemirovski & Yudin 1983). */
import {
  claim,
  everyMoment,
  objective,
  setting,
  velocity,
  type Assumption,
  type Claim,
} from '../../src/index.ts'

const section = 'Mirror flow'
const source = 'textbook'
const choices = {
  model: objective({ w: 'vector' }, '(dot(w, x) - y)^2/2'),
  rule: velocity({ w: '-w.*g' }),
  variables: { x: 'vector', y: 'real' },
} as const
const positive: Assumption = {
  id: 'w>0',
  says: 'w has positive entries',
  formula: 'min(w) > 0',
  aim: (draft) => draft.set({ w: 'abs(w)' }),
}
const wrong = { 'twice as fast': 'ddt(log(w[a])) == -2*g[a]', 'w itself': 'ddt(w[a]) == -g[a]' }

export const mirrorDual: Claim = claim({
  ...{ id: 'rules.mirror-dual', section, source, wrong },
  says: 'The dual variable log w moves by −g.',
  given: setting(choices),
  assume: [positive],
  shows: 'ddt(log(w[a])) == -g[a]',
})

/** How far the dual variable has moved since the start. */
const moved = (a: string): string => `log(w[${a}]/at(w[${a}], t_0))`
export const mirrorSpan: Claim = claim({
  ...{ id: 'rules.mirror-span', section, source },
  says: 'At every moment the dual variable has moved along x, to nine digits.',
  uses: [mirrorDual],
  given: setting({ ...choices, moment: everyMoment({ t: '1/4' }) }),
  assume: [{ ...positive, says: 'w has positive entries at the start', formula: 'min(w(t_0)) > 0' }],
  shows: `abs(x[b]*${moved('a')} - x[a]*${moved('b')}) <= 10^(-9)`,
  wrong: {
    'it stays': `abs(${moved('a')}) <= 10^(-9)`,
    'w moves along x': 'abs(x[b]*(w[a] - at(w[a], t_0)) - x[a]*(w[b] - at(w[b], t_0))) <= 10^(-9)',
  },
})

export const mirrorSign: Claim = claim({
  ...{ id: 'rules.mirror-sign', section, source, asPrinted: false, wrong },
  says: 'The dual variable log w moves by g.',
  given: setting(choices),
  assume: [positive],
  shows: 'ddt(log(w[a])) == g[a]',
  flaw: { printed: 'The dual variable moves by g.', breaks: 'The sign: d/dt log w = w′/w = −g.' },
})
