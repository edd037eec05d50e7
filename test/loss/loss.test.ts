/** Losses: their values, their margins, and what is refused. */
import { describe, expect, test } from 'vitest'
import { crossEntropy, exponential, losses, margin, separating, squared } from '../../src/loss/loss.ts'
import { interval, overlap } from '../../src/number/interval.ts'
import { rational } from '../../src/number/rational.ts'
import { grad } from '../../src/program/grad.ts'
import { trace } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'

const q = rational.constant
const texts = (list: readonly ReturnType<typeof q>[]): string[] => list.map(rational.format)
const outputs = ['3', '-1/2', '5'].map(q)
const F = interval(120)

describe('differences and margins', () => {
  test('of labels ±1 are yΦ', () => {
    expect(texts(exponential.differences(rational, [q('3')], 1))).toEqual(['3'])
    expect(texts(exponential.differences(rational, [q('3')], -1))).toEqual(['-3'])
  })

  test('of classes are Φ_y − Φ_j over the other classes', () => {
    expect(texts(crossEntropy.differences(rational, outputs, 0))).toEqual(['7/2', '-2'])
    expect(texts(crossEntropy.differences(rational, outputs, 2))).toEqual(['2', '11/2'])
  })

  test('the margin is the smallest difference', () => {
    expect(
      [0, 1, 2].map((y) => rational.format(margin(rational, crossEntropy.differences(rational, outputs, y)))),
    ).toEqual(['-2', '-11/2', '2'])
    expect(rational.format(margin(rational, [q('4')]))).toBe('4')
    expect(rational.format(margin(rational, [q('2'), q('2')]))).toBe('2')
  })
})

describe('values', () => {
  test('at margin 0: 1 for the exponential loss, log c for c classes', () => {
    expect(rational.format(exponential.term(rational, [q('0')]))).toBe('1')
    for (const classes of [2, 3, 5]) {
      const value = crossEntropy.term(
        F,
        Array.from({ length: classes - 1 }, () => F.constant('0')),
      )
      expect(overlap(value, F.log(F.constant(`${classes}`)))).toBe(true)
    }
  })

  test('the squared loss is ½(Φ − y)², and 0 where the output is the label', () => {
    for (const [output, label, value] of [
      ['3', 1, '2'],
      ['3', -1, '8'],
      ['1/2', 1, '1/8'],
      ['-1', -1, '0'],
    ] as const)
      expect(rational.format(squared.term(rational, squared.differences(rational, [q(output)], label)))).toBe(
        value,
      )
  })

  test('those of the losses that separate fall to 0 as the margins grow; that of the others does not', () => {
    const at = (name: keyof typeof losses, m: string): number =>
      rational.toNumber(q(F.format(losses[name].term(F, [F.constant(m)]))))
    expect(separating).toEqual(['exponential', 'cross-entropy'])
    for (const name of separating) expect(at(name, '40')).toBeLessThan(1e-15)
    expect(at('squared', '40')).toBeGreaterThan(700)
  })

  test('cross-entropy is −log of the softmax of the label', () => {
    for (const label of [0, 1, 2]) {
      const at = outputs.map((v) => F.constant(rational.format(v)))
      const terms = at.map((v) => F.exp(v))
      const softmax = F.div(terms[label]!, F.add(F.add(terms[0]!, terms[1]!), terms[2]!))
      expect(
        overlap(crossEntropy.term(F, crossEntropy.differences(F, at, label)), F.neg(F.log(softmax))),
      ).toBe(true)
    }
  })

  test('cross-entropy of two classes is log(1 + e^{−m}), less than the exponential loss', () => {
    for (const m of ['-4', '0', '1/3', '20']) {
      const d = [F.constant(m)]
      const value = crossEntropy.term(F, d)
      expect(overlap(F.sub(F.exp(value), F.constant('1')), exponential.term(F, d))).toBe(true)
      expect(F.sign(F.sub(exponential.term(F, d), value))).toBe(1)
    }
  })

  test('both losses fall in every difference', () => {
    const slopes = [
      grad(trace(['d'], (t, [d]) => [exponential.term(t, [d!])])),
      grad(trace(['d', 'e'], (t, d) => [crossEntropy.term(t, d)])),
    ]
    for (const m of ['-3', '0', '7'])
      for (const p of slopes) {
        const at = p.inputs.map((_, i) => F.constant(i === 0 ? m : '1/2'))
        expect(run(p, F, at).map(F.sign)).toEqual(p.inputs.map(() => -1))
      }
  })
})

describe('what is refused', () => {
  test('labels other than ±1 and several outputs, by the exponential loss', () => {
    for (const [o, y] of [
      [[q('1')], 0],
      [[q('1')], 2],
      [outputs, 1],
      [[], 1],
    ] as const)
      expect(() => exponential.differences(rational, o, y)).toThrow(
        'exponential: expected one output and a label ±1',
      )
  })

  test('a single output and labels out of range, by cross-entropy', () => {
    for (const [o, y] of [
      [[q('1')], 0],
      [outputs, 3],
      [outputs, -1],
      [outputs, 0.5],
    ] as const)
      expect(() => crossEntropy.differences(rational, o, y)).toThrow(
        'cross-entropy: expected at least 2 outputs and a label among them',
      )
  })
})

test('the losses are known by their names', () => {
  for (const [name, loss] of Object.entries(losses)) expect(loss.name).toBe(name)
})
