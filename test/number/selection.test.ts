/** Selections, roots and tanh: in every field what they are over the reals, with no rounding that is not needed. */
import { describe, expect, test } from 'vitest'
import { fixed } from '../../src/flow/fixed.ts'
import { Undefined } from '../../src/number/conventions.ts'
import { decimal } from '../../src/number/decimal.ts'
import type { NumberField } from '../../src/number/field.ts'
import { float64 } from '../../src/number/float64.ts'
import { contains, endpoints, hull, interval, overlap, width } from '../../src/number/interval.ts'
import { rational } from '../../src/number/rational.ts'
import { wideFloat } from '../../src/number/wide.ts'
import { compile } from '../../src/program/compile.ts'
import { formulaProgram } from '../../src/program/formula.ts'
import { run } from '../../src/program/run.ts'

const fields = [
  ...[float64, decimal(16), decimal(50), rational, interval(20), interval(128), wideFloat, fixed(200)],
] as unknown as readonly NumberField<unknown>[]
const value = (F: NumberField<unknown>, formula: string): number =>
  F.toNumber(run(formulaProgram(formula, ['x']), F, [F.constant('1')])[0])

describe.each(fields.map((F) => [F.name, F] as const))('in %s', (_, F) => {
  test.each([
    ['min(x, 1e20)', 1],
    ['min(1e20, x)', 1],
    ['max(x/1e20, -x)', 1e-20],
    ['max(-x, x/1e20)', 1e-20],
    ['max(x, 1e20*x)', 1e20],
    ['abs(-1e20*x)', 1e20],
    ['abs(x/1e20 - 0)', 1e-20],
    ['relu(-1e20*x)', 0],
    ['min(min(3*x, 2*x), 1e20)', 2],
    ['max(x, x)', 1],
  ])('%s = %s, one of its operands', (formula, expected) => {
    const close =
      Math.abs(value(F, formula) - expected) <=
      (F.name.startsWith('interval(20') ? 2 ** -17 : 2 ** -52) * expected
    expect([formula, close]).toEqual([formula, true])
  })

  test('a selection is exact: what it selects is there unchanged', () => {
    const [a, b] = [F.constant('1/3'), F.constant('-70000000001')]
    expect([F.max(a, b), F.max(b, a), F.abs(a), F.relu(a)]).toEqual([a, a, a, a])
    expect(F.format(F.abs(b))).toBe(F.format(F.neg(b)))
    expect(F.format(F.neg(F.max(F.neg(a), F.neg(b))))).toBe(F.format(b))
  })
})

describe('intervals of selections', () => {
  const F = interval(64)
  const c = F.constant
  const between = (lo: string, hi: string) => hull(c(lo), c(hi))

  test.each([
    ['-1', '2', '0', '1', '0', '2'],
    ['-1', '2', '-3', '5', '-1', '5'],
    ['1', '2', '3', '4', '3', '4'],
    ['-2', '-1', '-3', '0', '-2', '0'],
  ])('max of [%s, %s] and [%s, %s] is [%s, %s]', (a, b, d, e, lo, hi) => {
    for (const found of [F.max(between(a, b), between(d, e)), F.max(between(d, e), between(a, b))])
      expect(endpoints(found)).toEqual(endpoints(between(lo, hi)))
  })

  test('|·| of an interval around 0 begins at 0, and is no wider than it must be', () => {
    expect(endpoints(F.abs(between('-1', '2')))).toEqual(endpoints(between('0', '2')))
    expect(endpoints(F.abs(between('-3', '2')))).toEqual(endpoints(between('0', '3')))
    expect(endpoints(F.abs(between('-3', '-2')))).toEqual(endpoints(between('2', '3')))
  })
})

/** Arguments near every change of method, and far beyond. */
const HARD = [
  ...[
    '0',
    '1e-3000',
    '1e-300',
    '1e-40',
    '1e-20',
    '1e-17',
    '1e-9',
    '1e-5',
    '0.01',
    '0.3',
    '1',
    '7/3',
    '18.7',
    '19.1',
    '20',
  ],
  ...[
    '44.4',
    '64',
    '65',
    '100',
    '129',
    '130',
    '354',
    '355',
    '400',
    '709',
    '710',
    '800',
    '1e5',
    '1e10',
    '1e300',
    '1e9999',
  ],
].flatMap((x) => [x, `-${x}`])

describe('tanh', () => {
  test.each([16, 53, 128, 400])(
    'its enclosures of %s digits meet (1 − e^{−2x})/(1 + e^{−2x}) of far more',
    (bits) => {
      const [F, fine] = [interval(bits), interval(12_000)]
      for (const text of HARD) {
        const found = F.tanh(F.constant(text))
        const { lo, hi } = { lo: F.toNumber(found), hi: F.toNumber(found) }
        expect([text, Math.abs(lo) <= 1, Math.abs(hi) <= 1]).toEqual([text, true, true])
        const x = Number(text)
        if (Math.abs(x) > 2000 || (x !== 0 && Math.abs(x) < 1e-40)) continue
        const u = fine.exp(fine.mul(fine.constant('-2'), fine.constant(text)))
        const truth = fine.div(fine.sub(fine.constant('1'), u), fine.add(fine.constant('1'), u))
        expect([text, overlap(found, truth)]).toEqual([text, true])
        const size = Math.abs(F.toNumber(found))
        expect([text, rational.toNumber(width(found)) <= 2 ** (3 - bits) * size]).toEqual([text, true])
      }
    },
  )

  test('of a tiny x is between x − x³/3 and x', () => {
    const F = interval(128)
    for (const text of ['1e-3000', '1e-300', '1e-40']) {
      const x = rational.constant(text)
      const below = rational.sub(x, rational.div(rational.pow(x, 3), rational.constant('3')))
      const found = endpoints(F.tanh(F.constant(text)))
      expect(rational.sign(rational.sub(found.hi, below))).toBe(1)
      expect(rational.sign(rational.sub(x, found.lo))).not.toBe(-1)
      expect(rational.toNumber(rational.div(rational.sub(found.hi, found.lo), x))).toBeLessThan(2 ** -120)
    }
  })

  test('an enclosure of an interval is that of its ends', () => {
    const F = interval(64)
    const wide = F.tanh(hull(F.constant('-1'), F.constant('1000')))
    expect(contains(wide, rational.constant('0.9999'))).toBe(true)
    expect(overlap(wide, F.tanh(F.constant('-1')))).toBe(true)
    expect(rational.toNumber(endpoints(wide).hi)).toBe(1)
  })

  test.each([
    ['float64', float64, 4],
    ['wide', wideFloat, 4],
    ['decimal(50)', decimal(50), 1e-34],
    ['fixed(300)', fixed(300), 1e-60],
  ] as unknown as [string, NumberField<unknown>, number][])(
    'in %s it is within units of its last place',
    (_, F, most) => {
      const fine = interval(400)
      const error = most >= 1 ? most * 2 ** -53 : most
      for (const text of HARD.filter(
        (x) => Math.abs(Number(x)) < 1e300 && (Number(x) === 0 || Math.abs(Number(x)) > 1e-41),
      )) {
        const found = F.toNumber(F.tanh(F.constant(text)))
        const truth = fine.toNumber(fine.tanh(fine.constant(text)))
        const scale = F.name.startsWith('fixed') ? 1 : Math.abs(truth)
        expect([text, Math.abs(found - truth) <= (error + 2 ** -52) * scale]).toEqual([text, true])
      }
    },
  )

  test('of a variable in compiled code is the same as in the field', () => {
    const p = formulaProgram('tanh(x) + relu(x)^(4/3) + abs(x)^(1/3) + max(x, -3*x) + step(x)', ['x'])
    const compiled = compile(p)
    for (const x of [-800, -1, -1e-17, 0, 1e-17, 0.3, 1, 355, 800, 1e10])
      expect([x, compiled([x])[0]]).toEqual([x, run(p, float64, [x])[0]])
  })
})

describe('roots', () => {
  test.each([3, 4, 5, 7, 64])('the %sth power of an enclosure of a root holds the number', (q) => {
    for (const bits of [2, 53, 200]) {
      const F = interval(bits)
      for (const text of [
        '1e-3000',
        '1e-20',
        '1/7',
        '1',
        '2',
        '3',
        '8',
        '81',
        '1e20',
        '123456789/1000',
        '1e3000',
      ]) {
        const { lo, hi } = endpoints(F.root(F.constant(text), q))
        const x = rational.constant(text)
        const power = (y: typeof lo) => ({ num: y.num ** BigInt(q), den: y.den ** BigInt(q) })
        expect([text, rational.sign(rational.sub(x, power(lo))) !== -1]).toEqual([text, true])
        expect([text, rational.sign(rational.sub(power(hi), x)) !== -1]).toEqual([text, true])
      }
    }
  })

  test('a perfect power has its root exactly, in rationals and in intervals', () => {
    for (const q of [2, 3, 5, 8]) {
      const power = rational.pow(rational.constant('12/7'), q)
      expect(rational.format(rational.root(power, q))).toBe('12/7')
      const F = interval(64)
      expect(endpoints(F.root(F.pow(F.constant('12'), q), q))).toEqual(endpoints(F.constant('12')))
    }
    expect(() => rational.root(rational.constant('2'), 3)).toThrow('expected a rational value')
  })

  test('in floating fields roots are accurate to their last places', () => {
    const fine = interval(300)
    for (const q of [3, 5, 10, 63])
      for (const text of ['1e-300', '1/3', '2', '1e10', '1e300']) {
        const truth = fine.toNumber(fine.root(fine.constant(text), q))
        for (const F of [float64, decimal(30), wideFloat] as unknown as NumberField<unknown>[]) {
          const found = F.toNumber(F.root(F.constant(text), q))
          expect([F.name, q, text, Math.abs(found - truth) <= 2 ** -51 * truth]).toEqual([
            F.name,
            q,
            text,
            true,
          ])
        }
      }
  })

  test('of a negative number it is Undefined, of 0 it is 0', () => {
    for (const F of fields) {
      expect(() => F.root(F.constant('-8'), 3)).toThrow(Undefined)
      expect(F.toNumber(F.root(F.constant('0'), 3))).toBe(0)
    }
  })
})
