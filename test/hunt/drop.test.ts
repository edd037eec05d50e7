/** Drops: an assumption is needed, superfluous, what gives the claim its meaning, or put to no test. */
import { describe, expect, test } from 'vitest'
import type { Assumption } from '../../src/claim/claim.ts'
import { seeded } from '../../src/claim/random.ts'
import { drop } from '../../src/hunt/drop.ts'
import { judgeOf } from '../../src/hunt/judge.ts'
import {
  butForBiases,
  etaOne,
  expOrSquared,
  homogeneous,
  lossCe,
  lossExp,
  noBiases,
  smooth,
  unitV,
} from '../../src/setting/assumptions.ts'
import { asymptotics } from '../../src/setting/asymptotics.ts'
import { inhomogeneity, kink } from '../../src/setting/regularity.ts'
import { setting } from '../../src/setting/setting.ts'
import { claimed, ewn, ewnSteps } from './settings.ts'

const numbers = setting({ variables: { x: 'real', y: 'real' } })
const assumption = (id: string, formula: string, weaker: readonly Assumption[] = []): Assumption => ({
  ...{ id, says: id, formula, weaker },
})
const without = (shows: string, assume: readonly Assumption[], id: string, weaker?: string) =>
  drop(claimed(numbers, shows, { assume }), id, { cases: 60, ...(weaker !== undefined && { weaker }) })

describe('a dropped assumption', () => {
  const positive = assumption('positive', 'x > 0', [assumption('not -1', 'x >= -1')])

  test('that is needed has a counterexample, which fails it and meets the others', () => {
    const found = without('x >= 0', [positive, assumption('y', 'y > 0')], 'positive')
    const { values } = found.counterexample!.case as { values: { x: string; y: string } }
    expect([values.x.startsWith('-'), values.y.startsWith('-')]).toEqual([true, false])
    expect([found.meaningless, found.untested]).toEqual([undefined, undefined])
  })

  test('that is superfluous has none, in the cases that fail it alone', () => {
    const found = without('x^2 >= 0', [positive], 'positive')
    expect(found).not.toHaveProperty('counterexample')
    expect(found.cases).toBeGreaterThan(10)
    expect(found).not.toHaveProperty('untested')
  })

  test('that all cases meet is put to no test, and the drop says so', () => {
    expect(without('x >= 0', [assumption('always', 'x^2 >= 0')], 'always')).toMatchObject({
      cases: 0,
      untested: 'no case fails it alone: of 60 drawn, it holds in 60',
    })
  })

  test('that no case fails alone is put to no test, and the others are named', () => {
    const { untested } = without(
      'x >= 0',
      [positive, assumption('square', 'x*y > 0'), assumption('y', 'y > 0')],
      'positive',
    )
    expect(untested).toMatch(
      /^no case fails it alone: of 60 drawn, .*fails in \d+, where also square \(\d+\), y \(\d+\)/,
    )
  })

  test('without which a side has no value in any case makes the claim meaningless', () => {
    expect(without('log(x) == log(x)', [positive], 'positive').meaningless).toMatch(
      /^a side is undefined in all \d+ cases: log: expected a certainly positive argument/,
    )
    expect(without('log(x + 1) == log(x + 1)', [positive], 'positive')).not.toHaveProperty('meaningless')
  })

  test('that the claim does not make is refused, and so is an unknown weaker form', () => {
    expect(() => without('x >= 0', [positive], 'negative')).toThrow(
      /expected an assumption of planted \(positive\)/,
    )
    expect(() => without('x >= 0', [positive], 'positive', 'none')).toThrow(
      /expected a weaker form of positive \(not -1\), got "none"/,
    )
  })
})

describe('a weakened assumption', () => {
  const positive = assumption('positive', 'x > 0', [assumption('at least -1', 'x >= -1')])

  test('is hunted among the cases that fail it and meet the weaker form', () => {
    const [dropped, weakened] = [undefined, 'at least -1'].map((weaker) =>
      without('x >= -1', [positive], 'positive', weaker),
    )
    expect(dropped!.counterexample).toBeDefined()
    expect(weakened).toMatchObject({ weaker: 'at least -1', says: 'at least -1' })
    expect(weakened).not.toHaveProperty('counterexample')
    expect(weakened!.cases).toBeGreaterThan(3)
  })

  test.each([smooth, homogeneous, unitV, lossExp, etaOne])(
    'of the paper has weaker forms that it implies: $id',
    (made) => {
      const claim = claimed(ewnSteps, 'L > 0', { assume: [made] })
      const assumed = new Set([made])
      expect(made.weaker!.length).toBeGreaterThan(0)
      const drawn = Array.from({ length: 20 }, (_, seed) => ewnSteps.generate(seeded(seed), assumed))
      const met = drawn.filter((c) => judgeOf(claim).discard(c) === undefined)
      expect(met.length).toBeGreaterThan(10)
      for (const weaker of made.weaker!)
        for (const c of met)
          expect(judgeOf(claim, claim.shows, [weaker]).discard(c), weaker.id).toBeUndefined()
    },
  )
})

describe('the squared loss', () => {
  const conserved = 'ddt(norm(v_u)) == 0'

  test('is drawn only where it is asked for', () => {
    const losses = (assumed: readonly Assumption[]): string[] => [
      ...new Set(Array.from({ length: 60 }, (_, seed) => ewn.generate(seeded(seed), new Set(assumed)).loss!)),
    ]
    expect(losses([]).toSorted()).toEqual(['cross-entropy', 'exponential'])
    expect(losses([expOrSquared])).toEqual(['squared'])
  })

  test('keeps what holds for every loss', () => {
    const found = drop(claimed(ewn, conserved, { assume: [lossExp] }), 'loss-exp', {
      ...{ cases: 30, weaker: 'exp-or-squared' },
    })
    expect([found.cases, found.counterexample, found.meaningless]).toEqual([30, undefined, undefined])
  })

  test('has shares of points, which sum to 1 like those of any loss, and are no longer exponential', () => {
    const [sum, exponential] = ['sum(i, q_i) == 1', 'q_i == exp(-m_i)/L'].map((shows) =>
      drop(claimed(ewn, shows, { assume: [lossExp] }), 'loss-exp', {
        ...{ cases: 10, weaker: 'exp-or-squared' },
      }),
    )
    expect([sum!.cases, sum!.counterexample, sum!.meaningless]).toEqual([10, undefined, undefined])
    expect(exponential!.counterexample!.case).toMatchObject({ loss: 'squared' })
  })

  test('has a counterexample to what needs the exponential loss', () => {
    const found = drop(claimed(ewn, 'L >= exp(-m_i)', { assume: [lossExp] }), 'loss-exp', {
      ...{ cases: 30, weaker: 'exp-or-squared' },
    })
    expect(found.counterexample!.case).toMatchObject({ loss: 'squared' })
  })
})

test('a loss of classes gives labels no meaning as numbers, and the drop says so', () => {
  const found = drop(claimed(ewn, 'y_i^2 == 1', { assume: [lossExp] }), 'loss-exp', {
    ...{ cases: 10, weaker: 'exp-or-ce' },
  })
  expect(found).toMatchObject({ cases: 0, meaningless: 'y_i has no meaning where the loss is cross-entropy' })
})

describe('long runs outside of an assumption', () => {
  const runs = asymptotics({ flow: 'ewn' })
  const not = (negates: Assumption): Assumption => ({ id: 'not', says: 'not', negates })
  const drawn = (...assumed: Assumption[]) =>
    Array.from({ length: 12 }, (_, seed) => runs.generate(seeded(seed), new Set(assumed)))

  test('are drawn where its negation is asked for, and nowhere else, whatever the id says', () => {
    expect(drawn({ id: 'not smooth', says: '' }).every(({ net }) => kink(net) === undefined)).toBe(true)
    expect(drawn().every(({ net }) => kink(net) === undefined && inhomogeneity(net) === undefined)).toBe(true)
    expect(drawn(not(smooth)).every(({ net }) => kink(net) !== undefined)).toBe(true)
    expect(drawn(not(homogeneous)).every(({ net }) => inhomogeneity(net) !== undefined)).toBe(true)
    expect(drawn(not(lossExp)).every(({ loss }) => loss === 'cross-entropy')).toBe(true)
    expect(drawn(not(lossCe)).every(({ loss }) => loss === 'exponential')).toBe(true)
  })

  test('meet the weaker form that is asked for', () => {
    const biases = ({ net }: ReturnType<typeof runs.generate>): boolean => net.layers.some(({ bias }) => bias)
    expect(drawn(not(homogeneous), butForBiases).every(biases)).toBe(true)
    expect(drawn(not(homogeneous), noBiases).some(biases)).toBe(false)
  })
})
