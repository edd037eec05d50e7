/** Section 3: the lemmas on sequences behind the descent proof, in finitely many steps and in the limit. */
import {
  bounded,
  claim,
  diverges,
  gradientDescent,
  gradientFlow,
  nets,
  setting,
  swn,
  fDiverges,
  integrals,
  near,
  parseRatio,
  printRatio,
  ratioConverges,
  ratioDiverges,
  rational,
  sequence,
  sums,
  unitVectors,
  vanishes,
  type Assumed,
  type Assumption,
  type Claim,
  type Random,
  type SequenceCase,
  type Values,
} from '../src/index.ts'
import { gradSwn, vGrowSwn, vNormSwn } from './1-identities.ts'
import {
  belowDelta,
  ordered,
  thm3GdStepEwn,
  thm3GdStepEwnAmended,
  thm3GdStepSwn,
  thm3GdStepSwnAmended,
} from './3-alignment.ts'

const section = '3 Weights and gradients line up'

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

const positiveTerms: Assumption = { id: 'positive', says: 'a_k > 0', formula: 'a_l > 0' }
const boundedTerms: Assumption = { id: 'bounded', says: 'a_j ≤ ε from k₁ on', formula: 'a_j <= epsilon' }
const lateSquares: Assumption = {
  id: 'late',
  says: 'the squares from k₁ on add up to no less than those before',
  formula: 'sum(j, a_j^2) >= sum(i, a_i^2)',
}

/** Where both sides are equal: one late term, ε itself, after one like it. */
const EQUAL: SequenceCase = { sequences: { a: ['1', '1'] }, start: 1, variables: { epsilon: '1' } }

/** Terms at most ε: equal, falling, rising or any; early ones with no more squares, at times as many. */
function drawBounded(random: Random, assumed: Assumed, values: Values): SequenceCase {
  if (often(random, 12)) return EQUAL
  const epsilon = values['epsilon'] as string
  const n = random.integer(1, 4)
  const kind = random.integer(0, 3)
  const part = (i: number): string =>
    ['1', `1/${i + 1}`, `${i + 1}/${n}`, one(random, ['1', '1/2', '1/4', '3/4', '1/8'])][kind]!
  const beyond = (): string =>
    assumed.has(boundedTerms) || often(random, 2) ? '1' : one(random, ['4', '16'])
  const late = count(n).map((i) => mul(mul(part(i), epsilon), beyond()))
  const whole = Math.hypot(...late.map(double))
  const early = often(random, 3)
    ? [near(0.999 * whole, 64, 'down')].filter((a) => a !== '0')
    : late.slice(0, n > 1 ? random.integer(0, n) : 0)
  const heavier = (): string => (assumed.has(lateSquares) || often(random, 2) ? '1' : one(random, ['2', '8']))
  const signed = (a: string): string => (assumed.has(positiveTerms) || often(random, 2) ? a : sub('0', a))
  const a = [...early.map((e) => mul(e, heavier())), ...late].map(signed)
  return { sequences: { a }, start: early.length, variables: values }
}

const lateSum = 'sum(j, a_j/sqrt(sum(l in j, a_l^2)))'

export const lemma9Bound: Claim = claim({
  id: 'lemma-9.bound',
  section,
  source: 'Lemma 9, App. J',
  says: 'For positive a_0, …, a_k with a_j ≤ ε from k₁ on (indices j) and no more squares before (indices i), the sum from k₁ on is at least √(Σ_j a_j)/√(2ε); l ∈ j are the indices up to j.',
  given: sequence({ terms: ['a'], variables: { epsilon: 'positive' }, draw: drawBounded }),
  assume: [positiveTerms, boundedTerms, lateSquares],
  shows: `${lateSum} >= sqrt(sum(j, a_j))/sqrt(2*epsilon)`,
  wrong: {
    '1/√ε in place of 1/√(2ε)': `${lateSum} >= sqrt(sum(j, a_j))/sqrt(epsilon)`,
    'missing square root of the sum': `${lateSum} >= sum(j, a_j)/sqrt(2*epsilon)`,
    'without ε': `${lateSum} >= sqrt(sum(j, a_j))/sqrt(2)`,
    '1/(2ε)': `${lateSum} >= sqrt(sum(j, a_j))/(2*epsilon)`,
    'the root of all late squares under each term': `${lateSum} >= sum(j, a_j)/sqrt(sum(j, a_j^2))`,
    reversed: `${lateSum} <= sqrt(sum(j, a_j))/sqrt(2*epsilon)`,
  },
})

const positiveGains: Assumption = { id: 'positive', says: 'a_k > 0', formula: 'a_j > 0' }
const positiveStart: Assumption = { id: 'b-positive', says: 'b_0 > 0', formula: 'b_0 > 0' }
const increasing: Assumption = { id: 'increasing', says: 'b is increasing', formula: 'b_j(t + 1) >= b_j' }
const growing: Assumption = {
  id: 'growth',
  says: 'b_{j+1}² ≤ b_j² + (a_j/b_j)²',
  formula: 'b_j(t + 1)^2 <= b_j^2 + (a_j/b_j)^2',
}

/** Pythagorean steps: (a/b²)² + 1 = (b′/b)². */
const TIGHT = [
  ['3/4', '5/4'],
  ['4/3', '5/3'],
  ['5/12', '13/12'],
] as const

/** Increasing b with b_{j+1}² at most, and at times exactly, b_j² + (a_j/b_j)². */
function drawGrowing(random: Random, assumed: Assumed): SequenceCase {
  const n = random.integer(1, 5)
  const signed = (e: string, by: Assumption): string =>
    assumed.has(by) || often(random, 2) ? e : sub('0', e)
  const a: string[] = []
  const b = [signed(size(random), positiveStart)]
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
    const falls = !assumed.has(increasing) && often(random, 3)
    const leaps = !assumed.has(growing) && often(random, 3)
    b.push(falls ? div(from, '2') : leaps ? add(up, size(random)) : up === '0' ? from : up)
  }
  return { sequences: { a: a.map((e) => signed(e, positiveGains)), b }, start: 0, variables: {} }
}

const [steps, terms] = ['sum(j in k, (a_j/b_j)^2)', 'sum(j in k, a_j^2)']

export const lemma10Bound: Claim = claim({
  id: 'lemma-10.bound',
  section,
  source: 'Lemma 10, App. J',
  says: 'For positive a and increasing b with b_0 > 0 and b_{j+1}² ≤ b_j² + (a_j/b_j)², both bounds hold at every k; j ∈ k are the indices below k.',
  given: sequence({ terms: ['a'], states: ['b'], draw: drawGrowing }),
  assume: [positiveGains, positiveStart, increasing, growing],
  shows: `b_k <= sqrt(b_0^2 + ${steps}) <= sqrt(b_0^2 + ${terms}/b_0^2)`,
  wrong: {
    'b_0^{−1} in place of b_0^{−2}': `sqrt(b_0^2 + ${steps}) <= sqrt(b_0^2 + ${terms}/b_0)`,
    'b_0^{−4} in place of b_0^{−2}': `sqrt(b_0^2 + ${steps}) <= sqrt(b_0^2 + ${terms}/b_0^4)`,
    'half the squares': `b_k <= sqrt(b_0^2 + ${steps}/2)`,
    'missing b_0²': `b_k <= sqrt(${steps})`,
    'second bound reversed': `sqrt(b_0^2 + ${steps}) >= sqrt(b_0^2 + ${terms}/b_0^2)`,
    'Σ a_j²/b_0² added to b_0, without the root': `b_k <= b_0 + ${terms}/b_0^2`,
  },
})

/** tan(φ/4), rounded so that the angle is not below (up) or not above (down) φ. */
const quarter = (angle: number, direction: 'up' | 'down'): string =>
  near(Math.tan(angle / 4), 1024, direction)

const dot = (a: readonly string[], b: readonly string[]): string => a.map((e, i) => mul(e, b[i]!)).reduce(add)

/** ĝ/‖ĝ‖ mirrored in the line of ĝ + e, for a small random e: at no great angle to ĝ. */
function closeTo(random: Random, vector: readonly string[], spread: readonly string[]): string[] {
  const norm = printRatio(rational.sqrt(parseRatio(dot(vector, vector))))
  const ghat = vector.map((e) => div(e, norm))
  const axis = ghat.map((e) => add(e, mul(one(random, ['1', '-1']), one(random, spread))))
  if (axis.every((e) => e === '0')) return ghat
  const twice = div(mul('2', dot(axis, ghat)), dot(axis, axis))
  return axis.map((e, i) => sub(mul(twice, e), ghat[i]!))
}

/** Descent of v under steps χ_j (I − vvᵀ/‖v‖²)n_j, and angles about v and n. */
const drawSteps =
  ({ far, ahead }: { readonly far: Assumption; readonly ahead?: Assumption }) =>
  (random: Random, assumed: Assumed, values: Values): SequenceCase | undefined => {
    const n = Number(one(random, ['1', '2', '3', '4', '4', '4']))
    const holds = (assumption: Assumption): boolean => assumed.has(assumption) || often(random, 2)
    const sign = (): string => one(random, ['1', '-1'])
    const ghat = values['ghat'] as string[]
    const length = Math.sqrt(double(dot(ghat, ghat)))
    const v = [ghat.map(() => mul(sign(), size(random)))]
    const [chi, turn]: [string[], string[][]] = [[], []]
    const spread = one(random, ['narrow', 'wide']) === 'wide' ? ['1', '1/2', '3'] : ['0', '1/8', '1/4', '1/2']
    for (const j of count(n)) {
      const unit = closeTo(random, ghat, spread)
      turn.push(holds(unitSteps) ? unit : unit.map((e) => mul('2', e)))
      const moved = n > 2 ? div(size(random), '4') : size(random)
      chi.push(holds(positiveSteps) ? moved : sub('0', moved))
      const [from, by] = [v[j]!, turn[j]!]
      const along = div(dot(from, by), dot(from, from))
      const off = holds(stepped) ? '0' : size(random)
      const to = from.map((e, i) =>
        add(e, sub(mul(chi[j]!, sub(by[i]!, mul(along, e))), i === 0 ? off : '0')),
      )
      if (to.every((e) => e === '0')) return undefined
      v.push(to)
    }
    const angleTo = (w: readonly string[]): number =>
      double(dot(ghat, w)) / (length * Math.sqrt(double(dot(w, w))))
    const cosines = count(n).map((j) => angleTo(v[j]!))
    const nearest = Math.acos(Math.max(-1, Math.min(1, ...turn.map((w) => double(dot(ghat, w))))))
    const farthest = Math.acos(Math.min(1, Math.max(...cosines.map((q) => (ahead ? Math.abs(q) : q)))))
    const share = (): number => random.integer(0, 8) / 8
    const anything = (): string => quarter(0.1 + 6 * share(), 'up')
    const wide = !assumed.has(belowDelta) && often(random, 2)
    if (assumed.has(ordered) && !wide && farthest < nearest + 0.02) return undefined
    const tau = holds(nearSteps)
      ? quarter(nearest + 0.002 + share() * Math.max(0, farthest - nearest), 'up')
      : anything()
    const closest = wide
      ? quarter(2 * Math.PI - farthest * share(), 'up')
      : quarter(farthest - 0.002 - 0.002 * share(), 'down')
    const kappa = holds(far) ? closest : anything()
    if (double(tau) <= 0 || double(kappa) <= 0 || double(kappa) > 1000) return undefined
    if (assumed.has(ordered) && double(tau) >= double(kappa)) return undefined
    if (assumed.has(belowDelta) && double(kappa) >= 1) return undefined
    const cosine = (tangent: string): number => Math.cos(4 * Math.atan(double(tangent)))
    if (assumed.has(nearSteps) && cosine(tau) > Math.cos(nearest)) return undefined
    if (assumed.has(far) && cosine(kappa) < Math.cos(farthest)) return undefined
    const gain = cosine(tau) - cosine(kappa)
    let numerator = double(dot(ghat, v[0]!))
    for (const step of chi)
      if ((numerator += gain * double(step)) < 1e-9 && ahead && assumed.has(ahead)) return undefined
    return {
      ...{ sequences: { chi }, vectors: { n: turn, v }, start: 0 },
      variables: { ...values, tau, kappa },
    }
  }

const unrolled = (cones: { readonly far: Assumption; readonly ahead?: Assumption }) =>
  sequence({
    terms: ['chi', 'n'],
    states: ['v'],
    vectors: ['n', 'v'],
    variables: { ghat: 'unit', tau: 'angle', kappa: 'angle' },
    draw: drawSteps(cones),
  })
const positiveSteps: Assumption = { id: 'positive', says: 'χ > 0', formula: 'chi_j > 0' }
const unitSteps: Assumption = { id: 'unit', says: 'n = −g_u/‖g_u‖ is of norm 1', formula: 'norm(n_j) == 1' }
const stepped: Assumption = {
  id: 'step',
  says: 'v_u moves by χ times the part of n orthogonal to it',
  formula: 'v_j(t + 1) == v_j + chi_j*perp(v_j, n_j)',
}
const nearSteps: Assumption = {
  id: 'near',
  says: '−g_u is within τ of ĝ at every step',
  formula: 'dot(ghat, n_j) >= cos(tau)',
}
const startsBeyond: Assumption = {
  id: 'kappa<Delta',
  says: 'κ < Δ, the angle between v_u(t₂) and ĝ',
  formula: 'dot(ghat, v_0)/norm(v_0) < cos(kappa)',
}
const farSteps: Assumption = {
  id: 'far',
  says: 'v_u is at least κ away from ĝ at every step',
  formula: 'dot(ghat, v_j)/norm(v_j) <= cos(kappa)',
}
const farFromLine: Assumption = {
  id: 'far',
  says: 'v_u is at least κ away from ĝ and from −ĝ at every step',
  formula: 'abs(dot(ghat, v_j))/norm(v_j) <= cos(kappa)',
}
const common: readonly Assumption[] = [
  ...[unitVectors('ghat'), positiveSteps, unitSteps, stepped, ordered, belowDelta, startsBeyond, nearSteps],
]
const gained = '(cos(tau) - cos(kappa))*sum(j in k, chi_j)'
const cosineAfter = 'dot(v_k, ghat)/norm(v_k)'
const sizeAfter = 'sqrt(norm(v_0)^2 + sum(j in k, chi_j^2))'
const numerator = `dot(v_0, ghat) + ${gained}`
const ahead: Assumption = {
  id: 'ahead',
  says: 'the numerator on the right is not negative',
  formula: `${numerator} >= 0`,
}
const unrolledWrong = {
  'norm not updated': `${cosineAfter} >= (${numerator})/norm(v_0)`,
  'without cos κ': `${cosineAfter} >= (dot(v_0, ghat) + cos(tau)*sum(j in k, chi_j))/${sizeAfter}`,
  'sum instead of difference': `${cosineAfter} >= (dot(v_0, ghat) + (cos(tau) + cos(kappa))*sum(j in k, chi_j))/${sizeAfter}`,
  reversed: `${cosineAfter} <= (${numerator})/${sizeAfter}`,
}

export const thm3Unroll: Claim = claim({
  id: 'thm-3.unroll',
  section,
  source: 'App. C.1.2, (22); App. C.2.2, (32), where ϵ stands for cos τ − cos κ',
  says: 'Steps of descent from t₂ on (j = 0), all under the conditions of thm-3.gd-step, leave the cosine of v_u and ĝ at this bound or above it, for any directions n = −g_u/‖g_u‖ (in dimensions 1 to 4).',
  uses: [thm3GdStepEwn, thm3GdStepSwn],
  given: unrolled({ far: farSteps }),
  assume: [...common, farSteps],
  shows: `${cosineAfter} >= (${numerator})/${sizeAfter}`,
  wrong: unrolledWrong,
  flaw: {
    printed:
      'v_u(t+1)ᵀĝ/‖v_u(t+1)‖ ≥ (v_u(t₂)ᵀĝ + (cos τ − cos κ)Σχ)/√(‖v_u(t₂)‖² + Σχ²), if the conditions of a step hold from t₂ to t.',
    breaks:
      'The steps of thm-3.gd-step do not chain up. Their gains add up to (cos τ − cos κ)Σχ only if each is as thm-3.gd-dot has it, which fails; and the last norm is replaced by its upper bound √(‖v_u(t₂)‖² + Σχ²), which lowers the quotient only if the numerator is not negative: while v_u still points away from ĝ, it raises it.',
  },
})

export const thm3UnrollAmended: Claim = claim({
  id: 'thm-3.unroll*',
  section,
  source: 'amends (22), (32)',
  says: 'As printed, with v_u at least κ away from the line of ĝ and a numerator that is not negative.',
  uses: [thm3GdStepEwnAmended, thm3GdStepSwnAmended],
  given: unrolled({ far: farFromLine, ahead }),
  assume: [...common, farFromLine, ahead],
  shows: `${cosineAfter} >= (${numerator})/${sizeAfter}`,
  wrong: unrolledWrong,
  amends: {
    claim: thm3Unroll,
    how: 'bounds |ĝᵀv_u| in place of ĝᵀv_u, and asks for a non-negative numerator',
  },
})

const vanishing: readonly Assumption[] = [
  { id: 'positive', says: 'a_k > 0', formula: 'a > 0' },
  diverges,
  vanishes,
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
    bounded,
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

const divergent: readonly Assumption[] = [
  { id: 'positive', says: 'f, g > 0', formula: 'min(f, g) > 0' },
  fDiverges,
  { id: 'g-diverges', says: '∫g = ∞', formula: 'lim(G) == inf' },
]
const stolzCesaro = (id: string, limit: '' | '∞'): Claim =>
  claim({
    id,
    section,
    source: 'App. K',
    says: `Integral Stolz–Cesàro: for f, g > 0 with finite integrals over finite intervals, F and G those from any c on, both divergent, f/g → ${limit || 'ℓ, finite,'} implies F/G → ${limit || 'ℓ'}.`,
    given: areas,
    assume: [...divergent, limit ? ratioDiverges : ratioConverges],
    ...(limit
      ? {
          shows: 'lim(F/G) == inf',
          wrong: {
            'a finite limit': 'converges(F/G)',
            'the inverse': 'lim(G/F) == inf',
            'as fast as f/g, with the same constant': 'lim((F/G)/(f/g)) == 1',
            'faster than f/g': 'lim((F/G)/(f/g)) == inf',
          },
        }
      : {
          shows: 'lim(F/G) == lim(f/g)',
          wrong: {
            'twice the limit': 'lim(F/G) == 2*lim(f/g)',
            'the inverse': 'lim(G/F) == lim(f/g)',
            'equal at all times': 'F/G == f/g',
            'the difference F − ℓG vanishes': 'lim(F - lim(f/g)*G) == 0',
            'always 1': 'lim(F/G) == 1',
          },
        }),
  })
const areas = integrals()
export const stolz: Claim = stolzCesaro('stolz', '')
export const stolzInfinite: Claim = stolzCesaro('stolz:inf', '∞')

const choices = { model: nets(), weights: swn }
const swnGradient = 'grad(L, v_u)'
const square = (v: string): string => `dot(${v}, ${v})`

export const swnLipschitzScaling: Claim = claim({
  id: 'swn-lipschitz:scaling',
  section,
  source: 'App. L',
  says: 'Under SWN ‖∇_{v_u}L‖ ‖v_u‖ does not change as v_u is scaled: where it is not 0, the gradient is unbounded near v_u = 0, and L is not locally Lipschitz there.',
  uses: [gradSwn],
  given: setting(choices),
  shows: `dot(v_u, grad(${square(`norm(v_u)*${swnGradient}`)}, v_u)) == 0`,
  wrong: {
    'the gradient itself does not change': `dot(v_u, grad(${square(swnGradient)}, v_u)) == 0`,
    '‖∇_{v_u}L‖ falls like 1/‖v_u‖²': `dot(v_u, grad(${square(`dot(v_u, v_u)*${swnGradient}`)}, v_u)) == 0`,
    'it does not change in any direction': `grad(${square(`norm(v_u)*${swnGradient}`)}, v_u) == 0*v_u`,
    'it does not change with γ_u': `grad(${square(`norm(v_u)*${swnGradient}`)}, gamma_u) == 0`,
  },
})

export const swnLipschitzGf: Claim = claim({
  id: 'swn-lipschitz:gf',
  section,
  source: 'App. L',
  says: 'Along gradient flow of SWN ‖v_u‖ does not decrease: it stays at or above its start.',
  uses: [vNormSwn],
  given: setting({ ...choices, rule: gradientFlow() }),
  shows: 'ddt(norm(v_u)) >= 0',
  wrong: {
    'strictly increasing': 'ddt(norm(v_u)) > 0',
    'the weight norm stays above its start too': 'ddt(norm(w_u)) >= 0',
    'faster than γ_u': 'ddt(norm(v_u)) >= ddt(gamma_u)',
    'as fast as v_u moves': 'ddt(norm(v_u)) >= norm(ddt(v_u))',
  },
})

export const swnLipschitzGd: Claim = claim({
  id: 'swn-lipschitz:gd',
  section,
  source: 'App. L',
  says: 'A step of gradient descent of SWN does not decrease ‖v_u‖: it stays at or above its start.',
  uses: [vGrowSwn],
  given: setting({ ...choices, rule: gradientDescent() }),
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
  thm3Unroll,
  thm3UnrollAmended,
  lemma9Bound,
  lemma9,
  lemma10Bound,
  lemma10,
  stolz,
  stolzInfinite,
  swnLipschitzScaling,
  swnLipschitzGf,
  swnLipschitzGd,
]
