/** Section 3: the lemmas on sequences behind the descent proof, in finitely many steps and in the limit. */
import {
  anySequence,
  bounded,
  claim,
  diverges,
  everyMoment,
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
  sums,
  unitVectors,
  vanishes,
  type Aim,
  type Assumption,
  type Claim,
  type Random,
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

const positiveTerms: Assumption = { id: 'positive', says: 'a > 0', formula: 'all(r <= t, a(r) > 0)' }
const boundedTerms: Assumption = {
  id: 'bounded',
  says: 'a ≤ ε from k₁ on',
  formula: 'all(first <= r <= t, a(r) <= epsilon)',
}
const lateSquares: Assumption = {
  id: 'late',
  says: 'the squares from k₁ on add up to no less than those before',
  formula: 'sum(first <= r <= t, a(r)^2) >= sum(r < first, a(r)^2)',
}

/** The terms a(0), a(1), … of a sequence, by name. */
const terms = (name: string, list: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(list.map((value, r) => [`${name}(${r})`, value]))

/** Terms at most ε: equal, falling, rising or any; early ones with no more squares, at times as many. */
const underEpsilon: Aim = (draft) => {
  const { random } = draft
  const n = draft.evaluate('t')[0]! + 1
  // Where both sides are equal: one late term, ε itself, after one like it.
  if (n === 2 && often(random, 4)) return draft.set({ ...terms('a', ['1', '1']), first: '1', epsilon: '1' })
  const early = n > 1 && !often(random, 3) ? random.integer(1, n - 1) : 0
  const kind = random.integer(0, 3)
  const part = (i: number): string =>
    ['1', `1/${i + 1}`, `${i + 1}/${n - early}`, one(random, ['1', '1/2', '1/4', '3/4', '1/8'])][kind]!
  const beyond = (): string =>
    draft.assumes(boundedTerms) || often(random, 2) ? '1' : one(random, ['4', '16'])
  const late = count(n - early).map((i) => mul(part(i), beyond()))
  const whole = Math.hypot(...late.map(double))
  const heavier = (): string =>
    draft.assumes(lateSquares) || often(random, 2) ? '1' : one(random, ['2', '8'])
  const copied = early <= late.length && !often(random, 3)
  const most = draft.assumes(lateAlways) ? double(late[0]!) : whole
  const before = count(early).map((i) =>
    copied && most === whole ? late[i]! : near((0.999 * most) / Math.sqrt(early), 64, 'down'),
  )
  const signed = (a: string): string => (draft.assumes(positiveTerms) || often(random, 2) ? a : sub('0', a))
  const all = [...before.map((e) => mul(e, heavier())), ...late].map(signed)
  return draft.set({
    ...terms(
      'a',
      all.map((e) => `${e}*epsilon`),
    ),
    first: `${early}`,
  })
}

const lateSum = 'sum(first <= r <= t, a(r)/sqrt(sum(q <= r, a(q)^2)))'
const lateTerms = 'sum(first <= r <= t, a(r))'

export const lemma9Bound: Claim = claim({
  id: 'lemma-9.bound',
  section,
  source: 'Lemma 9, App. J',
  says: 'For positive a with a ≤ ε from k₁ on (`first`) and no more squares before, the sum from k₁ on, up to any t ≥ k₁, is at least √(Σ a)/√(2ε).',
  given: setting({
    rule: anySequence({ a: 'real' }),
    moment: everyMoment({ steps: [1, 2, 3, 4, 5] }),
    variables: { epsilon: 'positive', first: 'whole' },
    aim: underEpsilon,
  }),
  assume: [positiveTerms, boundedTerms, lateSquares],
  shows: `${lateSum} >= sqrt(${lateTerms})/sqrt(2*epsilon)`,
  wrong: {
    '1/√ε in place of 1/√(2ε)': `${lateSum} >= sqrt(${lateTerms})/sqrt(epsilon)`,
    'missing square root of the sum': `${lateSum} >= ${lateTerms}/sqrt(2*epsilon)`,
    'without ε': `${lateSum} >= sqrt(${lateTerms})/sqrt(2)`,
    '1/(2ε)': `${lateSum} >= sqrt(${lateTerms})/(2*epsilon)`,
    'the root of all late squares under each term': `${lateSum} >= ${lateTerms}/sqrt(sum(first <= r <= t, a(r)^2))`,
    reversed: `${lateSum} <= sqrt(${lateTerms})/sqrt(2*epsilon)`,
  },
})

const lateAlways: Assumption = {
  id: 'late',
  says: 'the squares from k₁ on add up to no less than those before, from k₁ itself on',
  formula: 'all(first <= r <= t, sum(first <= q <= r, a(q)^2) >= sum(q < first, a(q)^2))',
}
const chain9 = [
  lateSum,
  'sum(first <= r <= t, a(r)/sqrt(sum(first <= q <= r, a(q)^2)))/sqrt(2)',
  'sum(first <= r <= t, a(r)/sqrt(sum(first <= q <= r, epsilon*a(q))))/sqrt(2)',
  'sum(first <= r <= t, a(r)/sqrt(sum(first <= q <= t, a(q))))/sqrt(2*epsilon)',
] as const
const lemma9ChainOf = (late: Assumption, amends?: Claim): Claim =>
  claim({
    id: amends ? 'lemma-9.chain*' : 'lemma-9.chain',
    section,
    source: amends ? 'amends App. J' : 'Lemma 9, App. J',
    says: amends
      ? 'The steps to lemma-9.bound, with the premise on squares at every step from k₁ on.'
      : 'The three steps to lemma-9.bound, for k > k₂, from where on the squares from k₁ on add up to no less than those before.',
    given: setting({
      rule: anySequence({ a: 'real' }),
      moment: everyMoment({ steps: [1, 2, 3, 4, 5] }),
      variables: { epsilon: 'positive', first: 'whole' },
      aim: underEpsilon,
    }),
    assume: [positiveTerms, boundedTerms, late],
    shows: chain9.join(' >= '),
    wrong: {
      'without 1/√2 in the first step': `${chain9[0]} >= sqrt(2)*${chain9[1]}`,
      'squares in place of ε a in the second': `${chain9[1]} >= sqrt(2)*${chain9[2]}`,
      'the last one reversed': `${chain9[2]} <= ${chain9[3]}`,
      'without ε in the last': `${chain9[2]} >= sqrt(epsilon)*${chain9[3]}`,
    },
    ...(amends
      ? {
          amends: {
            claim: amends,
            how: 'asks for the premise on squares at every step from k₁ on, not at k alone',
          },
        }
      : {
          flaw: {
            printed:
              'For k > k₂: Σ_{j=k₁}^{k} a_j/√(Σ_{l≤j} a_l²) ≥ (1/√2) Σ_{j=k₁}^{k} a_j/√(Σ_{l=k₁}^{j} a_l²), as Σ_{j=k₁}^{k} a_j² ≥ Σ_{j<k₁} a_j² for k > k₂.',
            breaks:
              'The step bounds each term of the sum: Σ_{l≤j} a_l² ≤ 2 Σ_{l=k₁}^{j} a_l². That is the premise at j, which is known for j > k₂ only, while the sums start at k₁ < k₂. For j up to k₂ the squares before k₁ may be by far the greater part, and then the term on the left is much smaller than that on the right. What the chain leads to, lemma-9.bound, stands.',
          },
        }),
  })
export const lemma9Chain: Claim = lemma9ChainOf(lateSquares)
export const lemma9ChainAmended: Claim = lemma9ChainOf(lateAlways, lemma9Chain)

const positiveGains: Assumption = { id: 'positive', says: 'a > 0', formula: 'all(r <= t, a(r) > 0)' }
const positiveStart: Assumption = { id: 'b-positive', says: 'b > 0 at the start', formula: 'b(t_0) > 0' }
const increasing: Assumption = {
  id: 'increasing',
  says: 'b is increasing',
  formula: 'all(r <= t, b(r+1) >= b(r))',
}
const growing: Assumption = {
  id: 'growth',
  says: 'b(t+1)² ≤ b² + (a/b)²',
  formula: 'all(r <= t, b(r+1)^2 <= b(r)^2 + (a(r)/b(r))^2)',
}

/** Pythagorean steps: (a/b²)² + 1 = (b′/b)². */
const TIGHT = [
  ['3/4', '5/4'],
  ['4/3', '5/3'],
  ['5/12', '13/12'],
] as const

/** Increasing b with b(t+1)² at most, and at times exactly, b² + (a/b)². */
const growingBy: Aim = (draft) => {
  const { random } = draft
  const n = draft.evaluate('t')[0]! + 1
  const signed = (e: string, by: Assumption): string =>
    draft.assumes(by) || often(random, 2) ? e : sub('0', e)
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
    const falls = !draft.assumes(increasing) && often(random, 3)
    const leaps = !draft.assumes(growing) && often(random, 3)
    b.push(falls ? div(from, '2') : leaps ? add(up, size(random)) : up === '0' ? from : up)
  }
  const gains = a.map((e) => signed(e, positiveGains))
  return draft.set({ ...terms('a', gains), ...terms('b', b) })
}

const [gained2, squares] = ['sum(r <= t, (a(r)/b(r))^2)', 'sum(r <= t, a(r)^2)']

export const lemma10Bound: Claim = claim({
  id: 'lemma-10.bound',
  section,
  source: 'Lemma 10, App. J',
  says: 'For positive a and increasing b with b(0) > 0 and b(t+1)² ≤ b² + (a/b)², both bounds hold at every k = t + 1.',
  given: setting({
    rule: anySequence({ a: 'real', b: 'real' }),
    moment: everyMoment({ steps: [1, 2, 3, 4, 5] }),
    aim: growingBy,
  }),
  assume: [positiveGains, positiveStart, increasing, growing],
  shows: `b(t+1) <= sqrt(b(t_0)^2 + ${gained2}) <= sqrt(b(t_0)^2 + ${squares}/b(t_0)^2)`,
  wrong: {
    'b_0^{−1} in place of b_0^{−2}': `sqrt(b(t_0)^2 + ${gained2}) <= sqrt(b(t_0)^2 + ${squares}/b(t_0))`,
    'b_0^{−4} in place of b_0^{−2}': `sqrt(b(t_0)^2 + ${gained2}) <= sqrt(b(t_0)^2 + ${squares}/b(t_0)^4)`,
    'half the squares': `b(t+1) <= sqrt(b(t_0)^2 + ${gained2}/2)`,
    'missing b_0²': `b(t+1) <= sqrt(${gained2})`,
    'second bound reversed': `sqrt(b(t_0)^2 + ${gained2}) >= sqrt(b(t_0)^2 + ${squares}/b(t_0)^2)`,
    'Σ a_j²/b_0² added to b_0, without the root': `b(t+1) <= b(t_0) + ${squares}/b(t_0)^2`,
  },
})

const chain10 = (below: string): string =>
  `sum(r <= t, a(r)/sqrt(b(t_0)^2 + sum(q < ${below}, a(q)^2)/b(t_0)^2))`
const sumOfParts = 'sum(r <= t, a(r)/b(r))'
const afterK1: Assumption = {
  id: 'k>k1',
  says: 'k > k₁: the squares before k add up to b(0)⁴ at least',
  formula: 'sum(q < t, a(q)^2) >= b(t_0)^4',
}
const sequencesAB = setting({
  rule: anySequence({ a: 'real', b: 'real' }),
  moment: everyMoment({ steps: [1, 2, 3, 4, 5] }),
  aim: growingBy,
})
export const lemma10ChainA: Claim = claim({
  id: 'lemma-10.chain.a',
  section,
  source: 'Lemma 10, App. J',
  says: 'For a and b as in lemma-10.bound the first two steps of the chain hold at every k.',
  uses: [lemma10Bound],
  given: sequencesAB,
  assume: [positiveGains, positiveStart, increasing, growing],
  shows: `${sumOfParts} >= ${chain10('r')} >= ${chain10('t')}`,
  wrong: {
    'first step reversed': `${sumOfParts} <= ${chain10('r')}`,
    'b(0)^{−1} in place of b(0)^{−2}': `${sumOfParts} >= sum(r <= t, a(r)/sqrt(b(t_0)^2 + sum(q < r, a(q)^2)/b(t_0)))`,
    'half the squares': `${sumOfParts} >= sum(r <= t, a(r)/sqrt(b(t_0)^2 + sum(q < r, a(q)^2)/(2*b(t_0)^2)))`,
    'no squares': `${sumOfParts} >= sum(r <= t, a(r)/b(t_0))`,
  },
})
const tail = 'sum(r <= t, a(r)/sqrt(sum(q < t, a(q)^2)))'
export const lemma10ChainB: Claim = claim({
  id: 'lemma-10.chain.b',
  section,
  source: 'Lemma 10, App. J',
  says: 'For k > k₁, where Σ_{j<k} a_j² ≥ b(0)⁴, the next step of the chain holds.',
  uses: [lemma10ChainA],
  given: sequencesAB,
  assume: [positiveGains, positiveStart, increasing, growing, afterK1],
  shows: `${chain10('t')} >= b(t_0)/sqrt(2)*${tail}`,
  wrong: {
    'without 1/√2': `${chain10('t')} >= b(t_0)*${tail}`,
    'without b(0)': `${chain10('t')} >= ${tail}/sqrt(2)`,
    'b(0)² in place of b(0)': `${chain10('t')} >= b(t_0)^2/sqrt(2)*${tail}`,
    reversed: `${chain10('t')} <= b(t_0)/sqrt(2)*${tail}`,
  },
})

/** tan(φ/4), rounded so that the angle is not below (up) or not above (down) φ. */
const quarter = (angle: number, direction: 'up' | 'down'): string =>
  near(Math.tan(angle / 4), 1024, direction)

const unitG = unitVectors('ghat')

/** Descent of v under steps χ (I − vvᵀ/‖v‖²)n, and angles about v and n. */
const descending =
  ({ far, ahead }: { readonly far: Assumption; readonly ahead?: Assumption }): Aim =>
  (start) => {
    const { random } = start
    const n = start.evaluate('t')[0]! + 1
    const dimension = start.evaluate('ghat').length
    const holds = (assumption: Assumption): boolean => start.assumes(assumption) || often(random, 2)
    const sign = (): string => one(random, ['1', '-1'])
    const vector = (entry: () => string): string => `[${count(dimension).map(entry).join(', ')}]`
    const wide = one(random, ['narrow', 'wide']) === 'wide' ? ['1', '1/2', '3'] : ['0', '1/8', '1/4', '1/2']
    let draft = start.set({ 'v(0)': vector(() => mul(sign(), size(random))) })
    for (const r of count(n)) {
      // ĝ mirrored in the line of ĝ + e, for a small random e: at no great angle to ĝ.
      const axis = `(ghat + ${vector(() => mul(sign(), one(random, wide)))})`
      if (draft.evaluate(`norm(${axis})`)[0] === 0) return undefined
      // Of a ĝ of any length no mirror image is of norm 1: an axis is taken then.
      const mirrored = start.assumes(unitG)
        ? `2*dot(${axis}, ghat)/dot(${axis}, ${axis})*${axis} - ghat`
        : `[${count(dimension)
            .map((i) => (i === 0 ? sign() : '0'))
            .join(', ')}]`
      const moved = n > 2 ? div(size(random), '4') : size(random)
      draft = draft.set({
        [`n(${r})`]: holds(unitSteps) ? mirrored : `2*(${mirrored})`,
        [`chi(${r})`]: holds(positiveSteps) ? moved : sub('0', moved),
      })
      const off = holds(stepped) ? '0' : size(random)
      const [v, by] = [`v(${r})`, `n(${r})`]
      draft = draft.set({
        [`v(${r + 1})`]: `${v} + chi(${r})*(${by} - dot(${v}, ${by})/dot(${v}, ${v})*${v}) - [${count(
          dimension,
        )
          .map((i) => (i === 0 ? off : '0'))
          .join(', ')}]`,
      })
      if (draft.evaluate(`norm(v(${r + 1}))`)[0] === 0) return undefined
    }
    const at = (formula: (r: number) => string): number[] =>
      count(n).map((r) => draft.evaluate(formula(r))[0]!)
    const cosines = at((r) => `dot(ghat, v(${r}))/(norm(ghat)*norm(v(${r})))`)
    const turns = at((r) => `dot(ghat, n(${r}))`)
    const nearest = Math.acos(Math.max(-1, Math.min(1, ...turns)))
    const farthest = Math.acos(Math.min(1, Math.max(...cosines.map((q) => (ahead ? Math.abs(q) : q)))))
    const share = (): number => random.integer(0, 8) / 8
    const anything = (): string => quarter(0.1 + 6 * share(), 'up')
    const open = !start.assumes(belowDelta) && often(random, 2)
    if (start.assumes(ordered) && !open && farthest < nearest + 0.02) return undefined
    const tau = holds(nearSteps)
      ? quarter(nearest + 0.002 + share() * Math.max(0, farthest - nearest), 'up')
      : anything()
    const closest = open
      ? quarter(2 * Math.PI - farthest * share(), 'up')
      : quarter(farthest - 0.002 - 0.002 * share(), 'down')
    const kappa = holds(far) ? closest : anything()
    if (double(tau) <= 0 || double(kappa) <= 0 || double(kappa) > 1000) return undefined
    if (start.assumes(ordered) && double(tau) >= double(kappa)) return undefined
    if (start.assumes(belowDelta) && double(kappa) >= 1) return undefined
    const cosine = (tangent: string): number => Math.cos(4 * Math.atan(double(tangent)))
    if (start.assumes(nearSteps) && cosine(tau) > Math.cos(nearest)) return undefined
    if (start.assumes(far) && cosine(kappa) < Math.cos(farthest)) return undefined
    const [gain, along] = [cosine(tau) - cosine(kappa), draft.evaluate('dot(v(0), ghat)')[0]!]
    const moved = at((r) => `chi(${r})`).reduce((a, b) => a + b, 0)
    if (ahead && start.assumes(ahead) && along + gain * moved < 1e-9) return undefined
    return draft.set({ tau, kappa })
  }

const unrolled = (cones: { readonly far: Assumption; readonly ahead?: Assumption }) =>
  setting({
    rule: anySequence({ chi: 'real', n: 'vector', v: 'vector' }),
    moment: everyMoment({ steps: 4 }),
    variables: { ghat: 'vector', tau: 'angle', kappa: 'angle' },
    aim: descending(cones),
  })
const positiveSteps: Assumption = { id: 'positive', says: 'χ > 0', formula: 'all(r <= t, chi(r) > 0)' }
const unitSteps: Assumption = {
  id: 'unit',
  says: 'n = −g_u/‖g_u‖ is of norm 1',
  formula: 'all(r <= t, norm(n(r)) == 1)',
}
const stepped: Assumption = {
  id: 'step',
  says: 'v_u moves by χ times the part of n orthogonal to it',
  formula: 'all(r <= t, v(r+1) == v(r) + chi(r)*perp(v(r), n(r)))',
}
const nearSteps: Assumption = {
  id: 'near',
  says: '−g_u is within τ of ĝ at every step',
  formula: 'all(r <= t, dot(ghat, n(r)) >= cos(tau))',
}
const startsBeyond: Assumption = {
  id: 'kappa<Delta',
  says: 'κ < Δ, the angle between v_u(t₂) and ĝ',
  formula: 'dot(ghat, v(t_0))/norm(v(t_0)) < cos(kappa)',
}
const farSteps: Assumption = {
  id: 'far',
  says: 'v_u is at least κ away from ĝ at every step',
  formula: 'all(r <= t, dot(ghat, v(r))/norm(v(r)) <= cos(kappa))',
}
const farFromLine: Assumption = {
  id: 'far',
  says: 'v_u is at least κ away from ĝ and from −ĝ at every step',
  formula: 'all(r <= t, abs(dot(ghat, v(r)))/norm(v(r)) <= cos(kappa))',
}
const common: readonly Assumption[] = [
  ...[unitG, positiveSteps, unitSteps, stepped, ordered, belowDelta, startsBeyond, nearSteps],
]
const gained = '(cos(tau) - cos(kappa))*sum(r <= t, chi(r))'
const cosineAfter = 'dot(v(t+1), ghat)/norm(v(t+1))'
const sizeAfter = 'sqrt(norm(v(t_0))^2 + sum(r <= t, chi(r)^2))'
const numerator = `dot(v(t_0), ghat) + ${gained}`
const ahead: Assumption = {
  id: 'ahead',
  says: 'the numerator on the right is not negative',
  formula: `${numerator} >= 0`,
}
const unrolledWrong = {
  'norm not updated': `${cosineAfter} >= (${numerator})/norm(v(t_0))`,
  'without cos κ': `${cosineAfter} >= (dot(v(t_0), ghat) + cos(tau)*sum(r <= t, chi(r)))/${sizeAfter}`,
  'sum instead of difference': `${cosineAfter} >= (dot(v(t_0), ghat) + (cos(tau) + cos(kappa))*sum(r <= t, chi(r)))/${sizeAfter}`,
  reversed: `${cosineAfter} <= (${numerator})/${sizeAfter}`,
}

export const thm3Unroll: Claim = claim({
  id: 'thm-3.unroll',
  section,
  source: 'App. C.1.2, (22); App. C.2.2, (32), where ϵ stands for cos τ − cos κ',
  says: 'Steps of descent from t₂ = 0 on, all under the conditions of thm-3.gd-step, leave the cosine of v_u and ĝ at this bound or above it, for any directions n = −g_u/‖g_u‖ (in dimensions 1 to 4).',
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
  lemma9Chain,
  lemma9ChainAmended,
  lemma9,
  lemma10Bound,
  lemma10ChainA,
  lemma10ChainB,
  lemma10,
  stolz,
  stolzInfinite,
  swnLipschitzScaling,
  swnLipschitzGf,
  swnLipschitzGd,
]
