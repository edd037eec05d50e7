/** Planted falsehoods, quiet ones included, that a hunt should find; and tight truths, in which it must find nothing. */
import {
  anySequence,
  claim,
  everyMoment,
  ewn as ewnWeights,
  exponential,
  gradientDescent,
  gradientFlow,
  homogeneous,
  lossCe,
  lossExp,
  nets,
  setting as fourChoices,
  smooth,
  swn as swnWeights,
  unitV,
  type Assumption,
  type Claim,
  type PointCase,
  type Setting,
} from '../../src/index.ts'
import { thm3ConeAmended } from '../../properties/morwani-ramaswamy-2022/3-alignment.ts'
import { lemma10Bound } from '../../properties/morwani-ramaswamy-2022/3-lemmas.ts'
import { thm3UnrollAmended } from '../../properties/morwani-ramaswamy-2022/3-unroll.ts'
import { prop5GdStepA, prop5GdStepB } from '../../properties/morwani-ramaswamy-2022/4-sparsity.ts'
import { prop2Descent } from '../../properties/morwani-ramaswamy-2022/2-loss-to-zero.ts'
import { newFiniteTime } from '../../properties/morwani-ramaswamy-2022/7-finite-time.ts'

/** A falsehood, and where it hides. */
export interface Planted {
  readonly claim: Claim
  readonly hides: string
  /** It is costly, so no strategy gets more than this many evaluations. */
  readonly cap?: number
}

/** A claim as tests need it: with an id and a sentence. */
const statement = (
  id: string,
  says: string,
  given: Setting<never>,
  shows: string | readonly string[],
  assume: readonly Assumption<never>[] = [],
): Claim =>
  claim({ id, section: '0', source: 'planted', says, given, shows, assume, wrong: {} } as Parameters<
    typeof claim
  >[0])

const setting = (given: unknown): Setting<never> => given as Setting<never>
const assuming = (id: string, formula: string): Assumption<never> => ({ id, says: formula, formula })
/** A structural condition on training problems. */
const where = (id: string, says: string, holds: (c: Required<PointCase>) => boolean): Assumption<never> => ({
  id,
  says,
  failure: (c: Required<PointCase>) => (holds(c) ? undefined : `not so: ${says}`),
})
/** A claim of the paper with another conclusion. */
const altered = (original: Claim, id: string, shows: string): Claim =>
  statement(
    id,
    original.says,
    setting(original.given),
    shows,
    original.assume as readonly Assumption<never>[],
  )

const vectors = (...names: string[]): Setting<never> =>
  setting(fourChoices({ variables: Object.fromEntries(names.map((name) => [name, 'vector' as const])) }))
const numbers = (kind: 'real' | 'positive' | 'angle', ...names: string[]): Setting<never> =>
  setting(fourChoices({ variables: Object.fromEntries(names.map((name) => [name, kind])) }))

const sumOf = (terms: readonly string[]): string => terms.join(' + ')
const letters = (n: number): string[] => [...'abcdefgh'].slice(0, n)

/** Descent: at a state, and across the step from it. */
const rule = gradientDescent()
const unnorm = setting(fourChoices({ model: nets(), rule }))
const ewn = setting(fourChoices({ model: nets(), weights: ewnWeights, rule }))
const swn = setting(fourChoices({ model: nets(), weights: swnWeights, rule }))
const pair = setting(fourChoices({ model: nets(), rule, choose: ['u', 'v'] }))

const several = where('several points', 'there are two points or more', ({ data }) => data.length > 1)
const three = where('three points', 'there are three points', ({ data }) => data.length === 3)
const linear = where('linear', 'every activation is z, without biases', ({ net }) =>
  net.layers.every(({ activation, bias }) => activation === 'z' && !bias),
)
const trained = where('trained', 'no layer is frozen', ({ net }) => net.layers.every(({ frozen }) => !frozen))
const dense = where('dense', 'no layer shares weights', ({ net }) =>
  net.layers.every(({ connection }) => connection === undefined),
)
const wide = where(
  'three nodes',
  'three nodes or more are trained',
  ({ net, nodes }) =>
    net.layers.some(({ frozen }) => !frozen) &&
    nodes.length >= 3 &&
    net.layers.every(({ frozen }) => !frozen),
)
const confident = assuming('s>0', 'L < 1')
/** ∏_l ‖w_l‖, the trained layers one after another. */
const product = 'exp(sum(l, log(sum(u in l, norm(w_u)^2)))/2)'
const radial = 'sum(u, dot(w_u, g_u))'

/** Positive sequences. */
const terms = (names: readonly string[]): Setting<never> =>
  setting(
    fourChoices({
      rule: anySequence(Object.fromEntries(names.map((name) => [name, 'positive' as const]))),
      moment: everyMoment({ steps: [2, 3, 4, 5, 6] }),
    }),
  )

const rosenbrock = (names: readonly string[], at: string): string =>
  sumOf(
    names.slice(1).map((y, i) => `10*(${y} - ${names[i]}^2 - ${at} + ${at}^2)^2 + (${names[i]} - ${at})^2`),
  )

const flow = setting(
  fourChoices({
    model: nets({ loss: exponential }),
    weights: ewnWeights,
    rule: gradientFlow({ rate: '1' }),
    moment: everyMoment(),
  }),
)
const A1 = (bound: string): readonly Assumption<never>[] => [assuming('start', `L(t_0) < ${bound}`)]

const lemma10Steps = 'sum(r <= t, (a(r)/b(r))^2)'
const unrolled = '(cos(tau) - cos(kappa))*sum(r <= t, chi(r))'
const unrolledSize = 'sqrt(norm(v(t_0))^2 + sum(r <= t, chi(r)^2))'
const r = '(norm(w_u)/norm(w_v))'
const next = 'norm(w_u(t+1))/norm(w_v(t+1))'
const rate = (u: string): string => `eta*norm(w_${u})*norm(g_${u})`
const X0 = 'sum(l, H_l^2/k_l)'

const plant = (
  id: string,
  hides: string,
  given: Setting<never>,
  shows: string,
  assume: readonly Assumption<never>[] = [],
  cap?: number,
): Planted => ({
  claim: statement(`planted-${id}`, hides, given, shows, assume),
  hides,
  ...(cap !== undefined && { cap }),
})
const alter = (id: string, hides: string, original: Claim, shows: string): Planted => ({
  claim: altered(original, `planted-${id}`, shows),
  hides,
})

const without = (claim: Claim, id: string): Claim => ({
  ...claim,
  assume: claim.assume.filter((assumption) => assumption.id !== id),
})

/** The planted falsehoods. */
export const PLANTED: readonly Planted[] = [
  // A constant that is a little too large in a sharp inequality.
  plant(
    'cauchy-schwarz',
    '5 % too large: three vectors nearly parallel',
    vectors('a', 'b', 'c'),
    'dot(a, b) + dot(b, c) + dot(c, a) <= 0.95*(norm(a)*norm(b) + norm(b)*norm(c) + norm(c)*norm(a))',
  ),
  plant(
    'triangle',
    '0.2 % too large: four vectors nearly parallel',
    vectors('a', 'b', 'c', 'd'),
    'norm(a) + norm(b) + norm(c) + norm(d) >= 1.002*norm(a + b + c + d)',
  ),
  plant(
    'am-gm',
    '5 % too large: eight numbers nearly equal',
    numbers('positive', ...letters(8)),
    `(${sumOf(letters(8))})^8 >= 1.05*8^8*${letters(8).join('*')}`,
  ),
  plant(
    'log-sum-exp',
    '5 % too large: six numbers nearly equal',
    numbers('real', ...letters(6)),
    `log(${sumOf(letters(6).map((x) => `exp(${x})`))}) <= ${letters(6).reduce((m, x) => `max(${m}, ${x})`)} + 0.95*log(6)`,
  ),
  plant(
    'young',
    '0.05 % too large: three ratios off the generator’s grid at once',
    numbers('positive', ...letters(6)),
    'a*b + c*d + e*f <= 0.9995*(sum2)/2'.replace(
      'sum2',
      sumOf(['ab', 'cd', 'ef'].map(([x, y]) => `3.7249*${x}^2 + ${y}^2/3.7249`)),
    ),
  ),
  plant(
    'chebyshev',
    '1 % too large: sequences nearly constant',
    terms(['a', 'b']),
    'sum(r <= t, a(r)^2)*sum(r <= t, b(r)^2)*(t + 1) >= 1.01*(sum(r <= t, a(r))*sum(r <= t, b(r)))^2/(t + 1)',
    [assuming('four', 't >= 3')],
  ),
  plant(
    'power-mean',
    '5 % too large: five terms or more nearly equal',
    terms(['a']),
    'sum(r <= t, a(r)^3)*(t + 1)^2 >= 1.05*sum(r <= t, a(r))^3',
    [assuming('five', 't >= 4')],
  ),
  plant('euler', '5 % too large: one point carries nearly all the loss', unnorm, `${radial} <= -1.05*H*s*L`, [
    lossExp,
    homogeneous,
    several,
    confident,
  ] as never),
  plant(
    'margin',
    '3 % too small: three margins nearly equal and positive',
    unnorm,
    `min(i, m_i) <= s + 0.97*log(3)`,
    [lossExp, three, confident] as never,
  ),
  plant('entropy', '2 % too small: three margins nearly equal and positive', unnorm, 'Ent <= 0.98*log(3)', [
    lossExp,
    three,
    confident,
  ] as never),
  alter(
    'descent',
    '5 % too large: the nodes share the rate evenly',
    { ...prop2Descent, assume: [...prop2Descent.assume, wide as never] },
    'ddt(L) <= -(1.05/k)*sum(u, norm(w_u)*norm(g_u))^2',
  ),
  alter(
    'finite-time',
    '5 % too large: nodes of a layer share its rate evenly',
    { ...newFiniteTime, assume: [...newFiniteTime.assume, wide as never, several as never] },
    `ddt(L) <= -1.05*(${X0})*L^2*(s + Ent)^2`,
  ),
  alter(
    'gd-step-a',
    'an exponent 5 % too small',
    without(prop5GdStepA, 'above'),
    `${next} >= ${r}*(1 + cos(delta)*${rate('u')})*exp(-0.95*${rate('v')})`,
  ),
  alter(
    'gd-step-b',
    'an exponent 5 % too small',
    without(prop5GdStepB, 'below'),
    `${next} <= ${r}*exp(0.95*${rate('u')})/(1 + cos(delta)*${rate('v')})`,
  ),
  alter(
    'cone',
    '2 % too large: angles nearly as assumed',
    thm3ConeAmended,
    'dot(ghat, perp(v, nhat)) >= 1.02*(cos(tau) - cos(kappa))',
  ),
  alter(
    'unroll',
    '5 % too large: angles nearly as assumed, over several steps',
    thm3UnrollAmended,
    `dot(v(t+1), ghat)/norm(v(t+1)) >= (dot(v(t_0), ghat) + 1.05*${unrolled})/${unrolledSize}`,
  ),
  alter(
    'lemma-10',
    '5 % too small: few steps with b nearly constant',
    lemma10Bound,
    `sqrt(b(t_0)^2 + ${lemma10Steps}) <= sqrt(b(t_0)^2 + 0.95*sum(r <= t, a(r)^2)/b(t_0)^2)`,
  ),

  // Only for certain data.
  plant('conflict', 'only for conflicting data: gradients that cancel', unnorm, 'sum(u, norm(g_u)) >= L/20', [
    lossExp,
    homogeneous,
    smooth,
    assuming('margins', 'min(i, abs(m_i)) >= 1/2'),
  ] as never),
  plant(
    'conflict-tie',
    'only for conflicting data whose margins cancel exactly',
    unnorm,
    'abs(sum(i, m_i)) > 0',
    [lossExp, several, assuming('margins', 'min(i, abs(m_i)) >= 1/4')] as never,
  ),
  plant(
    'equal-margins',
    'only where two different margins are exactly equal',
    unnorm,
    'max(i, m_i) > min(i, m_i)',
    [lossExp, three, confident] as never,
  ),
  plant('radial', 'only where a point with a negative margin outweighs the rest', unnorm, `${radial} <= 0`, [
    lossExp,
    homogeneous,
    several,
    assuming('loss', 'L < 1.8'),
  ] as never),

  // Only for certain nets.
  plant(
    'shared-weights',
    'only with shared weights that overlap',
    unnorm,
    `abs(Phi_j(w, x_i)) <= norm(x_i)*${product}`,
    [linear, trained] as never,
  ),
  plant('frozen', 'only with a frozen layer', unnorm, `abs(Phi_j(w, x_i)) <= norm(x_i)*${product}`, [
    linear,
    dense,
  ] as never),
  plant('third-order', 'only for H = 3, with margins nearly equal', unnorm, 'H^2*s <= 2^H*max(i, m_i)', [
    lossExp,
    homogeneous,
    several,
    confident,
  ] as never),
  plant(
    'deep',
    'only for four trained layers, with margins nearly equal',
    unnorm,
    'sum(l, 1)*s <= 3*max(i, m_i)',
    [lossExp, homogeneous, several, confident] as never,
  ),
  plant('cross-entropy', 'only with cross-entropy', unnorm, `${radial} <= -0.9*H*min(i, m_i)*L`, [
    homogeneous,
    assuming('margins', 'min(i, m_i) > 0'),
  ] as never),
  plant(
    'three-classes',
    'only with three classes, all margins near 0',
    unnorm,
    `${radial} <= -0.62*H*min(i, m_i)*L`,
    [lossCe, homogeneous, assuming('margins', 'min(i, m_i) > 1/100')] as never,
  ),
  plant(
    'parallel-nodes',
    'only where two nodes are nearly, not exactly, parallel',
    pair,
    'dot(w_u, w_v)^2 <= 0.9999*norm(w_u)^2*norm(w_v)^2',
    [
      where('one layer', 'u and v read the same two inputs or more', ({ nodes, chosen }) => {
        const [u, v] = [nodes[chosen['u']!]!['w']!, nodes[chosen['v']!]!['w']!]
        return u.length > 1 && u.length === v.length
      }),
      assuming('apart', 'dot(w_u, w_v)^2 < 0.9999999*norm(w_u)^2*norm(w_v)^2'),
    ] as never,
  ),
  plant(
    'balanced',
    'only where all layers are nearly balanced',
    unnorm,
    'max(u, norm(w_u)) >= 1.01*min(u, norm(w_u))',
    [wide, trained, dense] as never,
  ),

  // Only for certain steps.
  plant(
    'small-step',
    'only for eta below the generator’s smallest',
    swn,
    '8*(norm(v_u(t+1))^2 - norm(v_u)^2) >= eta*norm(grad(L, v_u))^2',
    [],
  ),
  plant(
    'large-step',
    'only for eta above the generator’s largest',
    swn,
    'norm(v_u(t+1))^2 - norm(v_u)^2 <= 6*eta*norm(grad(L, v_u))^2',
    [],
  ),
  plant('unstable', 'only where the loss is small and steep', unnorm, 'L(t+1) <= L', [
    lossExp,
    assuming('loss', 'L < 1/2'),
    assuming('step', 'eta <= 1/4'),
  ] as never),
  plant(
    'ewn-growth',
    'only where w and g are nearly opposite and the step is large',
    ewn,
    'norm(w_u(t+1)) <= 20*norm(w_u)',
    [unitV, lossExp, assuming('step', 'eta <= 1'), assuming('loss', 'L < 4')] as never,
  ),

  // Only in a thin set of numbers.
  plant(
    'four-ties',
    'only at four ties at once',
    numbers('real', ...letters(8)),
    'abs(a - b) + abs(c - d) + abs(e - f) + abs(g - h) > 0',
  ),
  plant(
    'window',
    'only in a window of two angles',
    numbers('angle', 'alpha', 'beta'),
    'abs(cos(alpha) - 3/10) + abs(cos(beta) + 1/5) >= 1/300',
  ),
  plant(
    'thin-4',
    'only in a curved valley of 4 numbers',
    numbers('real', ...letters(4)),
    `${rosenbrock(letters(4), '0.7')} >= 1/1000`,
  ),
  plant(
    'thin-6',
    'only in a small ball of 6 numbers',
    numbers('real', ...letters(6)),
    `${sumOf(letters(6).map((x, i) => `(${x} - ${[0.37, -1.21, 2.13, 0.83, -0.55, 1.7][i]})^2`))} >= 1/1000`,
  ),
  plant(
    'thin-8',
    'only in a curved valley of 8 numbers',
    numbers('real', ...letters(8)),
    `${rosenbrock(letters(8), '0.7')} >= 1/1000`,
  ),
  plant(
    'well',
    'only in one of 64 wells',
    numbers('real', ...letters(6)),
    `${sumOf(letters(6).map((x) => `(${x}^2 - 1.69)^2`))} + (${sumOf(letters(6))})/40 + 0.19 >= 0`,
  ),
  plant(
    'shell',
    'only for vectors nearly, not exactly, parallel',
    vectors('a', 'b'),
    'norm(a/norm(a) - b/norm(b)) >= 1/100',
    [assuming('apart', 'norm(a/norm(a) - b/norm(b)) > 1/10000'), assuming('sizes', 'norm(a) >= 2*norm(b)')],
  ),
  plant(
    'orthogonal',
    'only where three vectors are nearly orthogonal',
    vectors('a', 'b', 'c'),
    'abs(dot(a, b))/(norm(a)*norm(b)) + abs(dot(b, c))/(norm(b)*norm(c)) + abs(dot(c, a))/(norm(c)*norm(a)) >= 1/200',
    [assuming('general', 'min(abs(dot(a, b)), min(abs(dot(b, c)), abs(dot(c, a)))) > 0')],
  ),
  plant(
    'geometric',
    'only for sequences near a geometric one of ratio 0.73',
    terms(['a', 'b']),
    'sum(r <= t, (b(r) - 0.73*a(r))^2) >= sum(r <= t, a(r)^2)/10000',
    [assuming('four', 't >= 3')],
  ),
  plant(
    'same-loss',
    'only where loss, entropy and margin take chosen values',
    unnorm,
    'abs(L - 0.77) + abs(Ent - 1.03) + abs(max(i, m_i) - 1.87) >= 1/200',
    [lossExp, several] as never,
  ),

  // Only after a long time.
  plant(
    'long-time',
    'only after a longer time than the generator follows',
    flow,
    'norm(w) <= 4*norm(w(t_0))',
    A1('1/3'),
    2000,
  ),
  plant('late-growth', 'only late, for one point and one node', flow, 's <= 5*s(t_0)', A1('1/2'), 2000),
]

/** Claims that are true and tight: the slack comes to 0, or as near as one likes. */
export const TIGHT: readonly Claim[] = [
  statement('tight-cauchy-schwarz', 'Cauchy–Schwarz', vectors('a', 'b'), 'dot(a, b) <= norm(a)*norm(b)'),
  statement(
    'tight-triangle',
    'the triangle inequality',
    vectors('a', 'b', 'c'),
    'norm(a + b + c) <= norm(a) + norm(b) + norm(c)',
  ),
  statement(
    'tight-am-gm',
    'means of four numbers',
    numbers('positive', ...letters(4)),
    '(a + b + c + d)^4 >= 256*a*b*c*d',
  ),
  statement(
    'tight-log-sum-exp',
    'log Σ eˣ is at most the maximum and log n',
    numbers('real', ...letters(4)),
    'log(exp(a) + exp(b) + exp(c) + exp(d)) <= max(max(a, b), max(c, d)) + log(4)',
  ),
  statement('tight-margin', 'no margin is below log 1/L', unnorm, 'min(i, m_i) >= s', [lossExp] as never),
  statement('tight-entropy', 'the entropy of three points', unnorm, 'Ent <= log(3)', [
    lossExp,
    three,
  ] as never),
  statement('tight-euler', 'Euler’s identity and Ent ≥ 0', unnorm, `${radial} <= -H*s*L`, [
    lossExp,
    homogeneous,
  ] as never),
  altered(
    prop2Descent,
    'tight-descent',
    '-sum(u, norm(w_u)^2*norm(g_u)^2) <= -(1/k)*sum(u, norm(w_u)*norm(g_u))^2',
  ),
  altered(thm3ConeAmended, 'tight-cone', 'dot(ghat, perp(v, nhat)) >= cos(tau) - cos(kappa)'),
  altered(
    lemma10Bound,
    'tight-lemma-10',
    `sqrt(b(t_0)^2 + ${lemma10Steps}) <= sqrt(b(t_0)^2 + sum(r <= t, a(r)^2)/b(t_0)^2)`,
  ),
]
