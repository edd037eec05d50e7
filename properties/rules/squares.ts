/** w = p² − n², entry by entry: gradient flow conserves p n (Woodworth et al. 2020). */
import {
  claim,
  everyMoment,
  gradientFlow,
  objective,
  parameterization,
  setting,
  type Claim,
} from '../../src/index.ts'

const section = 'Squares'
const source = 'textbook'
const choices = {
  model: objective({ w: 'vector' }, '(dot(w, x) - y)^2/2'),
  weights: parameterization({ parameters: { p: 'vector', n: 'vector' }, w: 'p.^2 - n.^2' }),
  rule: gradientFlow(),
  variables: { x: 'vector', y: 'real' },
} as const
const wrong = {
  'p²': 'ddt(p[a]^2) == 0',
  'the weight': 'ddt(w[a]) == 0',
  'the quotient': 'ddt(p[a]/n[a]) == 0',
}

export const squaresProduct: Claim = claim({
  ...{ id: 'rules.squares-product', section, source, wrong },
  says: 'Gradient flow in p and n conserves their product, entry by entry.',
  given: setting(choices),
  shows: 'ddt(p[a]*n[a]) == 0',
})

export const squaresRun: Claim = claim({
  ...{ id: 'rules.squares-run', section, source },
  says: 'The loss does not rise above its start.',
  uses: [squaresProduct],
  given: setting({
    ...choices,
    rule: gradientFlow({ rate: '1/8' }),
    moment: everyMoment({ t: ['1/256', '1/64'] }),
  }),
  shows: 'L <= L(t_0)',
  wrong: { 'it rises': 'L >= L(t_0)', 'it halves': 'L <= L(t_0)/2' },
})

export const squaresSum: Claim = claim({
  ...{ id: 'rules.squares-sum', section, source, asPrinted: false, wrong },
  says: 'Gradient flow in p and n conserves p² + n², entry by entry.',
  given: setting(choices),
  shows: 'ddt(p[a]^2 + n[a]^2) == 0',
  flaw: {
    printed: 'p² + n² is conserved.',
    breaks: 'The sign: p p′ = −2η p² g and n n′ = 2η n² g, which do not cancel where p² ≠ n².',
  },
})
