/** Section 4, long runs: norm ratios and sparsity. */
import {
  section,
  etaConstant,
  labelsPositive,
  lossExp,
  onePoint,
  parseRatio,
  rational,
  zPositive,
  type Assumption,
  type Claim,
  type PointCase,
  type Rational,
} from '../../src/index.ts'
import { paper } from './paper.ts'
import { thm3Ewn, thm3EwnCe, thm3Swn, thm3SwnCe } from './3-limits.ts'
import { flowOf, weightsIn, A1, A2, gradientPart, grow, inLimit } from './premises.ts'
import { chains, diagonalLinear, growing, race } from './populations.ts'
import { prop5GfStep, prop6Invariant } from './4-sparsity.ts'

const claim = section(paper, '4 Norm ratios and sparsity')
const pairs = (flow: 'ewn' | 'swn', loss: 'exponential' | 'cross-entropy') =>
  inLimit(flow, loss, { choose: ['u', 'v'], population: { ...growing(loss), starts: 32 } })
const settings = {
  ewn: pairs('ewn', 'exponential'),
  swn: pairs('swn', 'exponential'),
  'ewn:ce': pairs('ewn', 'cross-entropy'),
  'swn:ce': pairs('swn', 'cross-entropy'),
}
const aligned = { ewn: thm3Ewn, swn: thm3Swn, 'ewn:ce': thm3EwnCe, 'swn:ce': thm3SwnCe }

const regime = (flow: 'ewn' | 'swn', cross: '' | ':ce') => [
  ...flowOf(flow, cross ? 'cross-entropy' : 'exponential'),
  ...[A1, A2],
]
const parts = [...regime('ewn', ''), gradientPart('u'), gradientPart('v')]
const both = (flow: 'ewn' | 'swn', cross: '' | ':ce' = '') => [
  ...[...regime(flow, cross), gradientPart('u'), gradientPart('v')],
  ...[grow('u'), grow('v')],
]
const ratio = 'norm(w_u)/norm(w_v)'
const c = 'norm(gtilde_u)/norm(gtilde_v)'
const inverse = 'norm(gtilde_v)/norm(gtilde_u)'
const nodes =
  'for nodes u, v with ‖g̃_u‖, ‖g̃_v‖ > 0 (in any order: no proof uses the one that is printed) whose norms grow without bound, c = ‖g̃_u‖/‖g̃_v‖'

const swnRatio = (cross: '' | ':ce'): Claim =>
  claim({
    id: `thm-4.swn${cross}`,
    source: cross
      ? 'Theorem 13 (i); Proposition 14 (ii)'
      : 'Theorem 4 (i); Proposition 5 (ii); proof in App. D.2',
    says: `SWN flow, ${nodes}: ‖w_u‖/‖w_v‖ → c.`,
    uses: [aligned[`swn${cross}`]],
    given: settings[`swn${cross}`],
    assume: both('swn', cross),
    shows: `lim(${ratio}) == ${c}`,
    wrong: {
      '1/c': `lim(${ratio}) == ${inverse}`,
      'c²': `lim(${ratio}) == (${c})^2`,
      '1': `lim(${ratio}) == 1`,
      'at all times': `${ratio} == ${c}`,
      '0 or ∞': `lim(${ratio}) == 0 or lim(${ratio}) == inf`,
    },
  })

const ewnRatio = (cross: '' | ':ce'): { readonly printed: Claim; readonly amended: Claim } => {
  const about = {
    source: cross ? 'Theorem 13 (ii)' : 'Theorem 4 (ii); proof in App. D.1',
    uses: [aligned[`ewn${cross}`]],
    given: settings[`ewn${cross}`],
    assume: both('ewn', cross),
  }
  const [zero, infinite] = [`lim(${ratio}) == 0`, `lim(${ratio}) == inf`]
  const printed = claim({
    ...about,
    id: `thm-4.ewn${cross}`,
    says: `EWN flow, ${nodes}: ‖w_u‖/‖w_v‖ → 0, ∞ or 1/c.`,
    shows: `${zero} or ${infinite} or lim(${ratio}) == ${inverse}`,
    wrong: {
      '0 or ∞ only': `${zero} or ${infinite}`,
      'c for 1/c': `${zero} or ${infinite} or lim(${ratio}) == ${c}`,
      '1/c² for 1/c': `${zero} or ${infinite} or lim(${ratio}) == (${inverse})^2`,
      '1 for 1/c': `${zero} or ${infinite} or lim(${ratio}) == 1`,
    },
  })
  const amended = claim({
    ...about,
    source: `amends ${about.source}`,
    id: `thm-4.ewn${cross}*`,
    says: `EWN flow, ${nodes}: ‖w_u‖/‖w_v‖ → 1/c; with both norms unbounded, 0 and ∞ do not occur.`,
    shows: `lim(${ratio}) == ${inverse}`,
    wrong: {
      '0': zero,
      '∞': infinite,
      c: `lim(${ratio}) == ${c}`,
      'at all times': `${ratio} == ${inverse}`,
      '1': `lim(${ratio}) == 1`,
    },
    amends: { claim: printed, how: 'leaves out the alternatives 0 and ∞' },
  })
  return { printed, amended }
}
const vanishingPart: Assumption = { id: 'gtilde_u=0', says: '‖g̃_u‖ = 0', formula: 'norm(gtilde_u) == 0' }
const [ewnRatioExp, ewnRatioCe] = [ewnRatio(''), ewnRatio(':ce')]

export const thm4Swn: Claim = swnRatio('')
export const thm4SwnCe: Claim = swnRatio(':ce')
export const thm4Ewn: Claim = ewnRatioExp.printed
export const thm4EwnAmended: Claim = ewnRatioExp.amended
export const thm4EwnUneven: Claim = claim({
  id: 'thm-4.ewn*2',
  source: 'amends Theorem 4 (ii)',
  says: 'EWN flow, for nodes u, v whose norms grow without bound, ‖g̃_u‖ = 0 and ‖g̃_v‖ > 0: ‖w_u‖/‖w_v‖ → ∞.',
  uses: [aligned.ewn],
  given: inLimit('ewn', 'exponential', { choose: ['u', 'v'], population: chains }),
  assume: [...regime('ewn', ''), gradientPart('v'), vanishingPart, grow('u'), grow('v')],
  shows: `lim(${ratio}) == inf`,
  wrong: {
    '0': `lim(${ratio}) == 0`,
    'a finite limit': `converges(${ratio})`,
    'of one order': 'norm(w_u) == Theta(norm(w_v))',
    'products balance': 'lim((norm(w_u)*norm(g_u))/(norm(w_v)*norm(g_v))) == 1',
  },
  amends: { claim: thm4Ewn, how: 'c = 0 in place of c > 0: there the alternatives 0 and ∞ do occur' },
})
export const thm4EwnCe: Claim = ewnRatioCe.printed
export const thm4EwnCeAmended: Claim = ewnRatioCe.amended

const finiteRatio: readonly Assumption[] = [
  {
    id: 'ratio finite',
    says: '‖w_u‖/‖w_v‖ has a finite limit',
    formula: `converges(${ratio})`,
  },
  { id: 'ratio > 0', says: 'that limit is not 0', formula: `lim(${ratio}) > 0` },
]
const product = '(norm(w_u)*norm(g_u))/(norm(w_v)*norm(g_v))'
const quotient = '(norm(w_u)/norm(g_u))/(norm(w_v)/norm(g_v))'

export const thm4K1Ewn: Claim = claim({
  id: 'thm-4.k1:ewn',
  source: '§4.2',
  says: `EWN flow, ${nodes}, the ratio of norms tending to a positive number: ‖w_u‖‖g_u‖/(‖w_v‖‖g_v‖) → 1.`,
  uses: [thm4Ewn],
  given: settings.ewn,
  assume: [...both('ewn'), ...finiteRatio],
  shows: `lim(${product}) == 1`,
  wrong: {
    'quotients, as for SWN': `lim(${quotient}) == 1`,
    'squares of the norms': 'lim((norm(w_u)^2*norm(g_u))/(norm(w_v)^2*norm(g_v))) == 1',
    'at all times': `${product} == 1`,
    'norms alone': `lim(${ratio}) == 1`,
  },
})

export const thm4K1Swn: Claim = claim({
  id: 'thm-4.k1:swn',
  source: '§4.2',
  says: `SWN flow, ${nodes}: (‖w_u‖/‖g_u‖)/(‖w_v‖/‖g_v‖) → 1.`,
  uses: [thm4Swn],
  given: settings.swn,
  assume: both('swn'),
  shows: `lim(${quotient}) == 1`,
  wrong: {
    'products, as for EWN': `lim(${product}) == 1`,
    'squares of the norms': 'lim((norm(w_u)^2/norm(g_u))/(norm(w_v)^2/norm(g_v))) == 1',
    'at all times': `${quotient} == 1`,
    'norms alone': `lim(${ratio}) == 1`,
  },
})

const cosine = (u: string): string => `-dot(w_${u}, g_${u})/(norm(w_${u})*norm(g_${u}))`
const gradients = 'norm(g_u)/norm(g_v)'

const near = (flow: 'ewn' | 'swn', cross: '' | ':ce'): Claim =>
  claim({
    id: `prop-5.i:${flow}${cross}`,
    source: cross ? 'Proposition 14 (i), which prints 0 < δ < 2π' : 'Proposition 5 (i)',
    says: `${flow.toUpperCase()} flow, ${nodes}: for any 0 < ε < c and 0 < δ < π/2, from some t₁ on ‖g_u‖/‖g_v‖ is within ε of c and both cosines of w and −g are at least cos δ; that is, these have the limits c and 1.`,
    uses: [aligned[`${flow}${cross}`]],
    given: settings[`${flow}${cross}`],
    assume: both(flow, cross),
    shows: [`lim(${gradients}) == ${c}`, `lim(${cosine('u')}) == 1`, `lim(${cosine('v')}) == 1`],
    wrong: {
      '1/c': `lim(${gradients}) == ${inverse}`,
      'cosine of w and g': `lim(-(${cosine('u')})) == 1`,
      'cosines at all times': `${cosine('u')} == 1`,
      'gradients of equal size': `lim(${gradients}) == 1`,
      'ratio at all times': `${gradients} == ${c}`,
    },
  })

export const prop5iEwn: Claim = near('ewn', '')
export const prop5iSwn: Claim = near('swn', '')
export const prop5iEwnCe: Claim = near('ewn', ':ce')
export const prop5iSwnCe: Claim = near('swn', ':ce')

const contest = inLimit('ewn', 'exponential', { choose: ['u', 'v'], population: race })
/** ε(t) and cos δ(t): the best with which the bounds of (i) hold from t on. */
const epsilon = `sup(abs(${gradients} - ${c}))`
const cosDelta = `(-sup(max(-(${cosine('u')}), -(${cosine('v')}))))`
const above = `some(${ratio} * max(0, ${c} - ${epsilon}) * max(0, ${cosDelta}) > 1)`
const below = `some(${ratio} * (${c} + ${epsilon}) < ${cosDelta})`

const oneGrows: Assumption = {
  id: 'grow(u or v)',
  says: '‖w_u(t)‖ → ∞ or ‖w_v(t)‖ → ∞',
  formula: 'lim(norm(w_u)) == inf or lim(norm(w_v)) == inf',
}
/** The ratio stays on this side of its threshold, which is moved by a factor. */
const under = (factor: string): string =>
  `${ratio} * max(0, ${c} - ${epsilon}) * max(0, ${cosDelta}) <= ${factor}`
const over = (factor: string): string => `${ratio} * (${c} + ${epsilon}) >= ${cosDelta} / ${factor}`

const threshold = (part: 'a' | 'b'): { readonly printed: Claim; readonly amended: Claim } => {
  const passes: Assumption =
    part === 'a'
      ? { id: 'above', says: 'some t₂ > t₁ has ‖w_u‖/‖w_v‖ > 1/((c − ε) cos δ)', formula: above }
      : { id: 'below', says: 'some t₂ > t₁ has ‖w_u‖/‖w_v‖ < cos δ/(c + ε)', formula: below }
  const end = part === 'a' ? 'inf' : '0'
  const bound = part === 'a' ? under : over
  const shows = `lim(${ratio}) == ${end}`
  const wrong = {
    'the other way': `lim(${ratio}) == ${part === 'a' ? '0' : 'inf'}`,
    '1/c': `lim(${ratio}) == ${inverse}`,
    c: `lim(${ratio}) == ${c}`,
    'of one order': 'norm(w_u) == Theta(norm(w_v))',
  }
  const words = part === 'a' ? '∞' : '0'
  const printed = claim({
    id: `prop-5.iii.${part}`,
    source: 'Proposition 5 (iii)',
    says: `EWN flow, ${nodes}: if ‖w_u‖/‖w_v‖ once passes its threshold after t₁, it tends to ${words} (after t₁: with the least ε and δ for which the bounds of (i) hold from that moment to the end of the run).`,
    uses: [prop5GfStep],
    given: contest,
    assume: [...both('ewn'), passes],
    shows,
    wrong,
    flaw: {
      printed: `Some t₂ > t₁ with ‖w_u(t₂)‖/‖w_v(t₂)‖ ${part === 'a' ? '> 1/((c − ε) cos δ)' : '< cos δ/(c + ε)'} ⟹ the ratio tends to ${words}.`,
      breaks: `Together with ‖w_u‖ → ∞ and ‖w_v‖ → ∞ the premise "${part === 'a' ? 'above' : 'below'}" is never met. EWN flow gives d(1/‖w_u‖)/dt = −η‖g_u‖cos θ_u, θ_u the angle between w_u and −g_u. If both norms grow without bound, then 1/‖w_u(t)‖ = ∫_t^∞ η‖g_u‖cos θ_u, and likewise for v. After t₁ ${
        part === 'a'
          ? '‖g_u‖cos θ_u ≥ (c − ε) cos δ ‖g_v‖cos θ_v, hence ‖w_u‖/‖w_v‖ ≤ 1/((c − ε) cos δ)'
          : '‖g_v‖cos θ_v ≥ (cos δ/(c + ε)) ‖g_u‖cos θ_u, hence ‖w_u‖/‖w_v‖ ≥ cos δ/(c + ε)'
      } at every moment: the ratio passes the threshold only if one of the norms stays bounded.`,
    },
  })
  const meets = (bound: string): string => `${shows} or ${bound}`
  const amended = claim({
    id: `prop-5.iii.${part}*`,
    source: 'amends Proposition 5 (iii)',
    says: `EWN flow, for nodes u, v with ‖g̃_u‖, ‖g̃_v‖ > 0, one of which at least grows without bound: ‖w_u‖/‖w_v‖ tends to ${words}, or never passes the threshold of Proposition 5 (iii), with the least ε and δ for which the bounds of (i) hold from that moment to the end of the run.`,
    uses: [prop5GfStep],
    given: contest,
    assume: [...parts, oneGrows],
    shows: meets(bound('1')),
    wrong: {
      [part === 'a' ? 'half the threshold' : 'twice the threshold']: meets(bound('(1/2)')),
      'the other way': `lim(${ratio}) == ${part === 'a' ? '0' : 'inf'} or ${bound('1')}`,
      'c for 1/c': meets(
        part === 'a'
          ? `${ratio} * max(0, ${cosDelta}) <= ${c} - ${epsilon}`
          : `${ratio} >= ${cosDelta} * (${c} + ${epsilon})`,
      ),
      'without cos δ': meets(
        part === 'a' ? `${ratio} * (${c} - ${epsilon}) <= 1` : `${ratio} * (${c} + ${epsilon}) >= 1`,
      ),
      'never passed': bound('1'),
      'the limit in any case': shows,
    },
    amends: {
      claim: printed,
      how: 'asks one of the two nodes to grow; where both do, the threshold is never passed',
    },
  })
  return { printed, amended }
}
const [passesAbove, passesBelow] = [threshold('a'), threshold('b')]
export const prop5iiiA: Claim = passesAbove.printed
export const prop5iiiAAmended: Claim = passesAbove.amended
export const prop5iiiB: Claim = passesBelow.printed
export const prop5iiiBAmended: Claim = passesBelow.amended

const diagonal = inLimit('ewn', 'exponential', { choose: ['u', 'v'], population: diagonalLinear })
const single = inLimit('ewn', 'exponential', { choose: ['u'], population: diagonalLinear })
const model = 'Linear model, w_i = e^{α_i}, one point z ≻ 0 labelled +1, exponential loss, gradient flow'
const linearModel: Assumption<PointCase> = {
  id: 'linear-model',
  says: 'Φ(w, x) = wᵀx with a node e^{α_i} for each weight w_i > 0',
  failure({ net, nodes }) {
    const { layers } = net!
    const [weights, sum] = layers
    const linear = layers.length === 2 && layers.every(({ activation, bias }) => activation === 'z' && !bias)
    if (!linear || weights!.connection !== 'diagonal' || weights!.frozen || !sum!.frozen)
      return 'it is no linear model'
    if (
      weightsIn(nodes)
        .at(-1)!
        .some((e) => e !== '1')
    )
      return 'an output weight is not 1'
    return weightsIn(nodes).every((w) => w.every((e) => parseRatio(e).num > 0n))
      ? undefined
      : 'a weight is not positive'
  },
}
const prop6 = [lossExp, linearModel, onePoint, labelsPositive, zPositive, etaConstant]
/** The exact w_u(0) z_u, and the nodes for which it is the greatest. */
const potentials = ({ nodes, data }: PointCase): Rational[] =>
  data![0]!.x.map((z, u) => rational.mul(parseRatio(z), parseRatio(weightsIn(nodes)[u]![0]!)))
const winners = (c: PointCase): number[] => {
  const all = potentials(c)
  const beats = (a: Rational, b: Rational): boolean => rational.sign(rational.sub(a, b)) === 1
  return all.flatMap((p, u) => (all.some((q) => beats(q, p)) ? [] : [u]))
}
const potential = (u: string): string => `norm(w_${u}(t_0))*z_${u}`
const greatest = `max(v, ${potential('v')})`
const among = (u: 'u' | 'v', over: 'u' | 'v'): Assumption => ({
  id: `${u} in I*`,
  says: `${u} ∈ I*: w_${u}(0) z_${u} is the greatest`,
  formula: `${potential(u)} >= max(${over}, ${potential(over)})`,
})

export const prop6i: Claim = claim({
  id: 'prop-6:i',
  source: 'Proposition 6 (i); proof in App. F',
  says: `${model}: w_u → ∞ for u ∈ I*, the class of the greatest w_u(0) z_u.`,
  uses: [prop6Invariant],
  given: single,
  assume: [...prop6, among('u', 'v')],
  shows: 'lim(norm(w_u)) == inf',
  wrong: {
    'it converges': 'converges(norm(w_u))',
    'slower than log t': 'norm(w_u) == o(log(t))',
    'as √log t': 'norm(w_u) == Theta(sqrt(log(t)))',
    'it alone': 'lim(norm(w_u)/norm(w)) == 1',
  },
})

export const prop6ii: Claim = claim({
  id: 'prop-6:ii',
  source: 'Proposition 6 (ii); proof in App. F',
  says: `${model}: w_u/w_v = z_v/z_u for u, v ∈ I*.`,
  uses: [prop6Invariant],
  given: diagonal,
  assume: [...prop6, among('u', 'v'), among('v', 'u')],
  shows: 'norm(w_u)/norm(w_v) == z_v/z_u',
  wrong: {
    'z_u/z_v': 'norm(w_u)/norm(w_v) == z_u/z_v',
    '1': 'norm(w_u)/norm(w_v) == 1',
    squares: 'norm(w_u)/norm(w_v) == (z_v/z_u)^2',
    'ratio 0 or ∞': 'lim(norm(w_u)/norm(w_v)) == 0 or lim(norm(w_u)/norm(w_v)) == inf',
  },
})

const limitOf = (by: string): string => `lim(norm(w_u)) == 1/(1/norm(w_u(t_0)) - ${by})`
export const prop6iii: Claim = claim({
  id: 'prop-6:iii',
  source: 'Proposition 6 (iii); proof in App. F (the main text prints x for z)',
  says: `${model}: w_u → (1/w_u(0) − z_u/(w_v(0) z_v))^{−1} for u ∉ I*, v ∈ I*.`,
  uses: [prop6Invariant],
  given: single,
  assume: [
    ...prop6,
    {
      id: 'u not in I*',
      says: 'u ∉ I*: w_u(0) z_u is not the greatest',
      failure: (c: PointCase) => (winners(c).includes(c.chosen['u']!) ? 'u is in I*' : undefined),
      formula: `${potential('u')} < ${greatest}`,
    },
  ],
  shows: limitOf(`z_u/${greatest}`),
  wrong: {
    'plus for minus': `lim(norm(w_u)) == 1/(1/norm(w_u(t_0)) + z_u/${greatest})`,
    'without z_u': limitOf(`1/${greatest}`),
    'z_u squared': limitOf(`z_u^2/${greatest}`),
    'grows without bound': 'lim(norm(w_u)) == inf',
    'stays at its start': 'lim(norm(w_u)) == norm(w_u(t_0))',
  },
})

const largestShare = 'max(u, norm(w_u)/norm(w))'
export const sparse1: Claim = claim({
  id: 'sparse-1',
  source: '§4.3',
  says: `${model}: if one w_u(0) z_u is greater than all others, w/‖w‖ tends to a vector with one non-zero entry. (Printed: with probability 1 if w(0) has a continuous distribution; that ties then have probability 0 is not checked.)`,
  uses: [prop6i, prop6iii],
  given: inLimit('ewn', 'exponential', { population: diagonalLinear }),
  assume: [
    ...prop6,
    {
      id: 'one in I*',
      says: '|I*| = 1: one w_u(0) z_u is greater than all others',
      failure: (c) => (winners(c).length === 1 ? undefined : `${winners(c).length} of them are the greatest`),
    } satisfies Assumption<PointCase>,
  ],
  shows: ['converges(w/norm(w))', `lim(${largestShare}) == 1`],
  wrong: {
    'at all times': `${largestShare} == 1`,
    'all entries alike': `lim(${largestShare}) == 1/sqrt(k)`,
    'two entries alike': `lim(${largestShare}) == 1/sqrt(2)`,
    'the direction of the start': 'wtilde == w(t_0)/norm(w(t_0))',
  },
})
