/** Section 3: the lemmas on sequences behind the descent proof, in finitely many steps and in the limit. */
import {
  claim,
  dynamics,
  integrals,
  near,
  parseRatio,
  printRatio,
  rational,
  sequence,
  sums,
  type Assumption,
  type Claim,
  type Random,
  type SequenceCase,
  type Values,
} from '../src/index.ts'
import { gradSwn, vGrowSwn, vNormSwn } from './1-identities.ts'

const section = '3 Weights and gradients line up'

type Names = ReadonlySet<string>

const exact =
  (op: 'add' | 'sub' | 'mul' | 'div') =>
  (a: string, b: string): string =>
    printRatio(rational[op](parseRatio(a), parseRatio(b)))
const [add, sub, mul, div] = [exact('add'), exact('sub'), exact('mul'), exact('div')]
const double = (a: string): number => rational.toNumber(parseRatio(a))
const one = (random: Random, list: readonly string[]): string => list[random.integer(0, list.length - 1)]!
const often = (random: Random, n: number): boolean => random.integer(1, n) === 1
const size = (random: Random): string => div(`${random.integer(1, 8)}`, one(random, ['1', '2', '4', '8']))
const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

/** Where both sides are equal: one late term, ε itself, after one like it. */
const EQUAL: SequenceCase = { sequences: { a: ['1', '1'] }, start: 1, variables: { epsilon: '1' } }

/** Terms at most ε: equal, falling, rising or any; early ones with no more squares, at times as many. */
function drawBounded(random: Random, assumed: Names, values: Values): SequenceCase {
  if (often(random, 12)) return EQUAL
  const epsilon = values['epsilon'] as string
  const n = random.integer(1, 4)
  const kind = random.integer(0, 3)
  const part = (i: number): string =>
    ['1', `1/${i + 1}`, `${i + 1}/${n}`, one(random, ['1', '1/2', '1/4', '3/4', '1/8'])][kind]!
  const beyond = (): string => (assumed.has('bounded') || often(random, 2) ? '1' : one(random, ['4', '16']))
  const late = count(n).map((i) => mul(mul(part(i), epsilon), beyond()))
  const whole = Math.hypot(...late.map(double))
  const early = often(random, 3)
    ? [near(0.999 * whole, 64, 'down')].filter((a) => a !== '0')
    : late.slice(0, n > 1 ? random.integer(0, n) : 0)
  const heavier = (): string => (assumed.has('late') || often(random, 2) ? '1' : one(random, ['2', '8']))
  const signed = (a: string): string => (assumed.has('positive') || often(random, 2) ? a : sub('0', a))
  const a = [...early.map((e) => mul(e, heavier())), ...late].map(signed)
  return { sequences: { a }, start: early.length, variables: values }
}

const lateSum = 'sum(j, a_j/sqrt(sum(l in j, a_l^2)))'

export const lemma9Bound: Claim = claim({
  id: 'lemma-9.bound',
  section,
  source: 'Lemma 9, App. J',
  says: 'For positive a_0, …, a_k with a_j ≤ ε from k₁ on (indices j) and no more squares before (indices i), the sum from k₁ on is bounded below as stated; l ∈ j are the indices up to j.',
  given: sequence({ terms: ['a'], variables: { epsilon: 'positive' }, draw: drawBounded }),
  assume: [
    { id: 'positive', says: 'a_k > 0', formula: 'a_l > 0' },
    { id: 'bounded', says: 'a_j ≤ ε from k₁ on', formula: 'a_j <= epsilon' },
    {
      id: 'late',
      says: 'the squares from k₁ on add up to no less than those before',
      formula: 'sum(j, a_j^2) >= sum(i, a_i^2)',
    },
  ],
  shows: `${lateSum} >= sqrt(sum(j, a_j))/sqrt(2*epsilon)`,
  wrong: {
    '1/√ε in place of 1/√(2ε)': `${lateSum} >= sqrt(sum(j, a_j))/sqrt(epsilon)`,
    'missing square root of the sum': `${lateSum} >= sum(j, a_j)/sqrt(2*epsilon)`,
    'without ε': `${lateSum} >= sqrt(sum(j, a_j))/sqrt(2)`,
    '1/(2ε)': `${lateSum} >= sqrt(sum(j, a_j))/(2*epsilon)`,
    'all squares under the root, no early terms': `${lateSum} >= sum(j, a_j)/sqrt(sum(j, a_j^2))`,
    reversed: `${lateSum} <= sqrt(sum(j, a_j))/sqrt(2*epsilon)`,
  },
})

/** Pythagorean steps: (a/b²)² + 1 = (b′/b)². */
const TIGHT = [
  ['3/4', '5/4'],
  ['4/3', '5/3'],
  ['5/12', '13/12'],
] as const

/** Increasing b with b_{j+1}² at most, and at times exactly, b_j² + (a_j/b_j)². */
function drawGrowing(random: Random, assumed: Names): SequenceCase {
  const n = random.integer(1, 5)
  const signed = (e: string, id: string): string => (assumed.has(id) || often(random, 2) ? e : sub('0', e))
  const a: string[] = []
  const b = [signed(size(random), 'b-positive')]
  for (const j of count(n)) {
    const from = b[j]!
    const [gain, ratio] = TIGHT[random.integer(0, 2)]!
    const tight = n < 4 && often(random, 2)
    a.push(tight ? mul(gain, mul(from, from)) : j > 0 && often(random, 4) ? a[j - 1]! : size(random))
    const most = Math.hypot(double(from), double(a[j]!) / double(from))
    const reached = near(most, 16, 'down')
    const stays = double(reached) < double(from) || often(random, 4)
    const kept = double(from) < 0 ? div(from, '2') : stays ? from : reached
    const up = tight && double(from) > 0 ? mul(ratio, from) : kept
    const falls = !assumed.has('increasing') && often(random, 3)
    const leaps = !assumed.has('growth') && often(random, 3)
    b.push(falls ? div(from, '2') : leaps ? add(up, size(random)) : up === '0' ? from : up)
  }
  return { sequences: { a: a.map((e) => signed(e, 'positive')), b }, start: 0, variables: {} }
}

const [steps, terms] = ['sum(j in k, (a_j/b_j)^2)', 'sum(j in k, a_j^2)']

export const lemma10Bound: Claim = claim({
  id: 'lemma-10.bound',
  section,
  source: 'Lemma 10, App. J',
  says: 'For positive a and increasing b with b_0 > 0 and b_{j+1}² ≤ b_j² + (a_j/b_j)², both bounds hold at every k; j ∈ k are the indices below k.',
  given: sequence({ terms: ['a'], states: ['b'], draw: drawGrowing }),
  assume: [
    { id: 'positive', says: 'a_k > 0', formula: 'a_j > 0' },
    { id: 'b-positive', says: 'b_0 > 0', formula: 'b_0 > 0' },
    { id: 'increasing', says: 'b is increasing', formula: 'b_j(t + 1) >= b_j' },
    { id: 'growth', says: 'b_{j+1}² ≤ b_j² + (a_j/b_j)²', formula: 'b_j(t + 1)^2 <= b_j^2 + (a_j/b_j)^2' },
  ],
  shows: `b_k <= sqrt(b_0^2 + ${steps}) <= sqrt(b_0^2 + ${terms}/b_0^2)`,
  wrong: {
    'b_0^{−1} in place of b_0^{−2}': `sqrt(b_0^2 + ${steps}) <= sqrt(b_0^2 + ${terms}/b_0)`,
    'b_0^{−4} in place of b_0^{−2}': `sqrt(b_0^2 + ${steps}) <= sqrt(b_0^2 + ${terms}/b_0^4)`,
    'half the squares': `b_k <= sqrt(b_0^2 + ${steps}/2)`,
    'missing b_0²': `b_k <= sqrt(${steps})`,
    'second bound reversed': `sqrt(b_0^2 + ${steps}) >= sqrt(b_0^2 + ${terms}/b_0^2)`,
    'first powers': `b_k <= b_0 + ${terms}/b_0^2`,
  },
})

const vanishing: readonly Assumption[] = [
  { id: 'positive', says: 'a_k > 0', formula: 'a > 0' },
  { id: 'diverges', says: 'Σ a_k = ∞', formula: 'lim(A) == inf' },
  { id: 'vanishes', says: 'a_k → 0', formula: 'lim(peak) == 0' },
]
const families = sums()

export const lemma9: Claim = claim({
  id: 'lemma-9',
  section,
  source: 'Lemma 9, App. J',
  says: 'For a_k > 0 with a_k → 0 and A = Σ a_k = ∞, S = Σ_k a_k/√(Σ_{j≤k} a_j²) = ∞; A and S are partial sums, peak the largest recent term.',
  uses: [lemma9Bound],
  given: families,
  assume: vanishing,
  shows: 'lim(S) == inf',
  wrong: {
    'it tends to 0': 'lim(S) == 0',
    'it stays bounded': 'S == O(1)',
    'it converges': 'converges(S)',
    'it grows like Σ a_k': 'S == Theta(A)',
    'it grows like log Σ a_k at most': 'S == O(log(A))',
    'it grows faster than Σ a_k': 'lim(S/A) == inf',
  },
})

export const lemma10: Claim = claim({
  id: 'lemma-10',
  section,
  source: 'Lemma 10, App. J',
  says: 'For a as in Lemma 9 and increasing b with b_0 > 0 and b_{k+1}² ≤ b_k² + (a_k/b_k)², T = Σ a_k/b_k = ∞; A and T are partial sums, peak the largest recent term.',
  uses: [lemma9, lemma10Bound],
  given: families,
  assume: [
    ...vanishing,
    { id: 'b-positive', says: 'b > 0', formula: 'b > 0' },
    { id: 'increasing', says: 'b is increasing', formula: 'b(t + 1) >= b' },
    { id: 'growth', says: 'b_{k+1}² ≤ b_k² + (a_k/b_k)²', formula: 'b(t + 1)^2 <= b^2 + (a/b)^2' },
  ],
  shows: 'lim(T) == inf',
  wrong: {
    'it tends to 0': 'lim(T) == 0',
    'it stays bounded': 'T == O(1)',
    'it converges': 'converges(T)',
    'it grows like Σ a_k/√(Σ a_j²)': 'T == Theta(S)',
    'it grows faster than Σ a_k': 'lim(T/A) == inf',
    'b stays bounded': 'b == O(1)',
  },
})

export const stolz: Claim = claim({
  id: 'stolz',
  section,
  source: 'App. K',
  says: 'Integral Stolz–Cesàro: for f, g > 0 whose integrals F and G both diverge, f/g → ℓ implies F/G → ℓ.',
  given: integrals(),
  assume: [
    { id: 'positive', says: 'f, g > 0', formula: 'min(f, g) > 0' },
    { id: 'f-diverges', says: '∫f = ∞', formula: 'lim(F) == inf' },
    { id: 'g-diverges', says: '∫g = ∞', formula: 'lim(G) == inf' },
    { id: 'ratio', says: 'f/g has a limit', formula: 'converges(f/g)' },
  ],
  shows: 'lim(F/G) == lim(f/g)',
  wrong: {
    'twice the limit': 'lim(F/G) == 2*lim(f/g)',
    'the inverse': 'lim(G/F) == lim(f/g)',
    'equal at all times': 'F/G == f/g',
    'the difference F − ℓG vanishes': 'lim(F - lim(f/g)*G) == 0',
    'always 1': 'lim(F/G) == 1',
  },
})

const swn = dynamics({ normalization: 'swn' })
const swnGradient = 'grad(L, v_u)'

export const swnLipschitzScaling: Claim = claim({
  id: 'swn-lipschitz:scaling',
  section,
  source: 'App. L',
  says: 'Under SWN ‖∇_{v_u}L‖ ‖v_u‖ does not change as v_u is scaled: where it is not 0, the gradient is unbounded near v_u = 0, and L is not locally Lipschitz there.',
  uses: [gradSwn],
  given: swn,
  shows: `dot(v_u, grad(dot(${swnGradient}, ${swnGradient})*dot(v_u, v_u), v_u)) == 0`,
  wrong: {
    'the gradient itself does not change': `dot(v_u, grad(dot(${swnGradient}, ${swnGradient}), v_u)) == 0`,
    'it falls like ‖v_u‖²': `dot(v_u, grad(dot(${swnGradient}, ${swnGradient})*dot(v_u, v_u)^2, v_u)) == 0`,
    'it does not change in any direction': `grad(dot(${swnGradient}, ${swnGradient})*dot(v_u, v_u), v_u) == 0*v_u`,
    'it does not change with γ_u': `grad(dot(${swnGradient}, ${swnGradient})*dot(v_u, v_u), gamma_u) == 0`,
  },
})

export const swnLipschitzGf: Claim = claim({
  id: 'swn-lipschitz:gf',
  section,
  source: 'App. L',
  says: 'Along gradient flow of SWN ‖v_u‖ does not decrease: it stays at or above its start.',
  uses: [vNormSwn],
  given: swn,
  shows: 'ddt(norm(v_u)) >= 0',
  wrong: {
    'strictly increasing': 'ddt(norm(v_u)) > 0',
    'the weight norm stays above its start too': 'ddt(norm(w_u)) >= 0',
    'faster than γ_u': 'ddt(norm(v_u)) >= ddt(gamma_u)',
    'every entry increases': 'dot(v_u, ddt(v_u)) >= norm(ddt(v_u))',
  },
})

export const swnLipschitzGd: Claim = claim({
  id: 'swn-lipschitz:gd',
  section,
  source: 'App. L',
  says: 'A step of gradient descent of SWN does not decrease ‖v_u‖: it stays at or above its start.',
  uses: [vGrowSwn],
  given: swn,
  shows: 'norm(v_u(t + 1)) >= norm(v_u)',
  wrong: {
    'never increases': 'norm(v_u(t + 1)) <= norm(v_u)',
    'strictly increasing': 'norm(v_u(t + 1)) > norm(v_u)',
    'the weight norm stays above its start too': 'norm(w_u(t + 1)) >= norm(w_u)',
    'increases by the length of the step': `norm(v_u(t + 1)) >= norm(v_u) + eta*norm(${swnGradient})`,
  },
})

/** The claims of this file in the order of the paper. */
export const sequences: readonly Claim[] = [
  lemma9Bound,
  lemma9,
  lemma10Bound,
  lemma10,
  stolz,
  swnLipschitzScaling,
  swnLipschitzGf,
  swnLipschitzGd,
]
