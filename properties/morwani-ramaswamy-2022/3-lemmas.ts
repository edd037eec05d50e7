/** Section 3: the lemmas on sequences behind the descent proof, in finitely many steps. */
import {
  anySequence,
  section,
  everyMoment,
  near,
  setting,
  type Aim,
  type Assumption,
  type Claim,
} from '../../src/index.ts'
import { paper } from './paper.ts'
import { add, count, div, double, mul, often, one, size, sub } from './numbers.ts'

const claim = section(paper, '3 Weights and gradients line up')

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
