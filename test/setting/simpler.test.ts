/** Simpler cases: valid, strictly simpler in the documented order, and finitely many in a row. */
import { describe, expect, test } from 'vitest'
import { seeded } from '../../src/claim/random.ts'
import type { PointCase } from '../../src/setting/point/case.ts'
import { INTEGRAL_PARAMETERS, SUM_PARAMETERS } from '../../src/setting/partial-sums.ts'
import { RATES } from '../../src/setting/paths.ts'
import { unitV } from '../../src/setting/assumptions.ts'
import { compileRelations } from '../../src/claim/decide.ts'
import { decimal } from '../../src/number/decimal.ts'
import { parseFormula } from '../../src/program/formula.ts'
import { run } from '../../src/program/run.ts'
import { nets } from '../../src/model/model.ts'
import { ewn, swn } from '../../src/model/parameterization.ts'
import { gradientFlow } from '../../src/motion/rule.ts'
import { setting as fourChoices } from '../../src/setting/setting.ts'
import { hasNorm, simplerNumbers, simplerVectors, without } from '../../src/setting/simpler.ts'
import { parseRatio } from '../../src/program/constant.ts'
import { assumedIn } from '../../src/hunt/arbitrary.ts'
import { drawn, settings } from './claims.ts'

const PLAIN = ['z', 'relu(z)', 'z^2', 'relu(z)^2', 'z^3', 'relu(z)^3', 'tanh(z)']

/** Every number of a case, as text. */
function numbers(json: unknown): string[] {
  if (typeof json === 'string') return /^-?\d+(\/\d+)?$/.test(json) ? [json] : []
  if (typeof json !== 'object' || json === null) return []
  return Object.values(json).flatMap(numbers)
}

/**
 * The documented order, most important first: points or steps, dimensions, layers, units, plainness of the layers,
 * denominators, then sizes and signs, of the net and its data, then of the variables.
 */
function rank(json: unknown): bigint[] {
  const c = json as Partial<PointCase> & { rate?: string }
  if ('power' in c) return [place(c as Record<string, string>)]
  const layers = c.net?.layers ?? []
  const count = (n: number | undefined): bigint => BigInt(n ?? 0)
  const plainness = layers.map(
    ({ activation, bias, connection, frozen }) =>
      PLAIN.indexOf(activation) +
      (bias ? 10 : 0) +
      (typeof connection === 'object' ? 10 : 0) +
      (frozen ? 10 : 0),
  )
  const { eta, ...own } = c.values ?? {}
  const net = [numbers(c.nodes), numbers(c.data?.map(({ x }) => x)), numbers(eta)]
  const ratios = [...net, numbers(c.until)].flat().map(parseRatio)
  const variables = numbers([own, c.later ?? []]).map(parseRatio)
  const size = ({ num }: { num: bigint }): bigint => (num < 0n ? 1n - 2n * num : 2n * num)
  const total = (list: bigint[]): bigint => list.reduce((n, v) => n + v, 0n)
  const labels = (c.data ?? []).map(({ y }) => BigInt(Number(y) < 0 ? 3 : y))
  return [
    count(c.data?.length ?? c.later?.length),
    count(c.net?.inputs ?? c.dimension),
    count(layers.length),
    layers.reduce((n, { width }) => n + BigInt(width), 0n),
    plainness.reduce((n, p) => n + BigInt(p), 0n),
    c.formulas?.['f'] === undefined ? 0n : BigInt(RADII.indexOf(c.formulas['f'])),
    c.rate === undefined ? 0n : BigInt(RATES.indexOf(c.rate)),
    total(ratios.map(({ den }) => den - 1n)),
    total([...labels, ...ratios.map(size)]),
    count(Object.values(c.counts ?? {}).reduce((n, k) => n + k, 0)),
    total(variables.map(({ den }) => den - 1n)),
    total(variables.map(size)),
  ]
}
/** How far down their lists the parameters of a family stand. */
function place(member: Record<string, string>): bigint {
  const lists = 'theta' in member ? SUM_PARAMETERS : INTEGRAL_PARAMETERS
  return BigInt(Object.entries(member).reduce((n, [key, value]) => n + lists[key]!.indexOf(value), 0))
}
const RADII = [
  ...[
    'exp(alpha)',
    'exp(-alpha)',
    '-exp(alpha)',
    '2*exp(alpha)',
    '-exp(-alpha)/3',
    'alpha',
    'alpha^2',
    'alpha^3',
  ],
  ...['1 + exp(alpha)', 'exp(2*alpha)', 'exp(alpha) + exp(-alpha)', 'alpha*exp(alpha)'],
]

const below = (a: bigint[], b: bigint[]): boolean => {
  const at = a.findIndex((v, i) => v !== b[i])
  return at >= 0 && a[at]! < b[at]!
}

describe.each(settings.map((claim) => [claim.id, claim] as const))('from the cases of %s', (_, claim) => {
  const { given } = claim
  const assumed = assumedIn(claim.assume)
  test('every simpler case is valid and strictly simpler', () => {
    let seen = 0
    for (const c of drawn(claim, 5, 2)) {
      let left = 45
      for (const simpler of given.simpler(c, assumed)) {
        if (left-- === 0) break
        seen++
        const json: unknown = JSON.parse(JSON.stringify(simpler))
        expect(given.parse(json)).toEqual(simpler)
        if (!below(rank(simpler), rank(c))) expect([simpler, rank(simpler)]).toEqual([c, rank(c)])
      }
    }
    expect(seen).toBeGreaterThan(10)
  })

  test.each([[1], [4]])('always taking the %sth one, or the last, ends at a case that has none', (nth) => {
    let c = drawn(claim, 6, 1)[0]
    for (let steps = 0; ; steps++) {
      expect(steps).toBeLessThan(500)
      let next: unknown
      let seen = 0
      for (const simpler of given.simpler(c, assumed)) {
        next = simpler
        if (++seen === nth) break
      }
      if (next === undefined) break
      c = next
    }
  })
})

test('always taking the last one ends as well', () => {
  const setting = fourChoices({
    ...{ model: nets(), weights: ewn, rule: gradientFlow() },
    variables: { c: 'real', phi: 'angle', z: 'vector' },
  })
  const random = seeded(13)
  for (let i = 0; i < 3; i++) {
    let c = setting.generate(random, new Set())
    let steps = 0
    for (let list = [c]; list.length > 0; list = [...setting.simpler(c, new Set())]) {
      c = list.at(-1)!
      expect(steps++).toBeLessThan(1000)
    }
  }
})

describe('what must hold of a case holds of every simpler one', () => {
  test('norms of 1 stay 1, rational norms stay rational, chosen nodes stay trained, labels stay in range', () => {
    const setting = fourChoices({ model: nets(), weights: swn, rule: gradientFlow(), choose: ['u'] })
    const random = seeded(11)
    let seen = 0
    for (let i = 0; i < 40; i++) {
      const c = setting.generate(random, new Set(i % 2 ? [unitV] : []))
      for (const simpler of setting.simpler(c, new Set(i % 2 ? [unitV] : []))) {
        for (const { v } of simpler.nodes)
          if (v !== undefined) {
            expect(hasNorm(v as string[], i % 2 ? 'unit' : 'rational')).toBe(true)
            seen++
          }
        expect(simpler.nodes[simpler.chosen['u']!]!['gamma']).toBeDefined()
        expect(simpler.nodes.every(({ gamma }) => gamma !== '0')).toBe(true)
        for (const { y } of simpler.data!)
          expect(
            simpler.loss === 'exponential'
              ? y === 1 || y === -1
              : Number(y) >= 0 && Number(y) < simpler.net!.layers.at(-1)!.width,
          ).toBe(true)
      }
    }
    expect(seen).toBeGreaterThan(1000)
  })

  test('a case keeps its meaning: its simpler cases can be evaluated', () => {
    const setting = fourChoices({ model: nets(), weights: ewn, rule: gradientFlow() })
    const random = seeded(12)
    const F = decimal(30)
    let seen = 0
    for (let i = 0; i < 25; i++)
      for (const simpler of setting.simpler(setting.generate(random, new Set()), new Set())) {
        if (seen++ % 10 > 0) continue
        const { program } = compileRelations(setting, [parseFormula('L > 0')], simpler)
        const values = setting.values(simpler)
        const inputs = program.inputs.map((name) => F.constant(values.get(name)!))
        // Not in doubles, where the loss may underflow to 0 or overflow.
        expect(run(program, F, inputs)[0]!.gt(0)).toBe(true)
      }
    expect(seen).toBeGreaterThan(500)
  })
})

describe('simpler numbers', () => {
  const cost = (text: string): [bigint, bigint] => {
    const { num, den } = parseRatio(text)
    return [den, num < 0n ? 1n - 2n * num : 2n * num]
  }
  const smaller = (a: string, b: string): boolean => {
    const [[d, n], [e, m]] = [cost(a), cost(b)]
    return d < e || (d === e && n < m)
  }

  test('of 0 there are none, of anything else 0 is the first', () => {
    expect(simplerNumbers('0')).toEqual([])
    for (const text of ['1', '-1', '7/3', '-1000', '1/1000']) expect(simplerNumbers(text)[0]).toBe('0')
  })

  test('have a smaller denominator, or the same and a smaller size, or the same and no minus', () => {
    for (let den = 1; den < 12; den++)
      for (let num = -40; num < 40; num++)
        for (const simpler of simplerNumbers(`${num}/${den}`))
          expect([`${num}/${den}`, simpler, smaller(simpler, `${num}/${den}`)]).toEqual([
            `${num}/${den}`,
            simpler,
            true,
          ])
  })

  test('of a large number have no larger denominator', () => {
    for (const text of ['1000', '-513', '100000000000000000000', '12345678901234567890/7']) {
      const found = simplerNumbers(text)
      expect(found.length).toBeGreaterThan(2)
      for (const simpler of found)
        expect([text, simpler, smaller(simpler, text)]).toEqual([text, simpler, true])
    }
  })

  test('are canonical', () => {
    for (const text of ['9/4', '-17/8', '41/6'])
      for (const simpler of simplerNumbers(text)) expect(simpler).toMatch(/^-?\d+(\/([2-9]|\d{2,}))?$/)
  })
})

describe('simpler vectors', () => {
  test('are not zero and keep their kind of norm', () => {
    const vectors = [
      ['3/5', '-4/5'],
      ['2/3', '-2/3', '1/3'],
      ['6', '8'],
      ['-1'],
      ['5/13', '0', '12/13'],
      ['1', '1'],
    ]
    const seen = { unit: 0, rational: 0, any: 0 }
    for (const v of vectors)
      for (const kind of ['unit', 'rational', 'any'] as const) {
        if (!hasNorm(v, kind)) continue
        for (const simpler of simplerVectors(v, kind)) {
          expect(simpler).toHaveLength(v.length)
          expect(hasNorm(simpler, kind)).toBe(true)
          seen[kind]++
        }
      }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(5)
  })

  test('of the first axis there are none of norm 1', () => {
    expect(simplerVectors(['1', '0'], 'unit')).toEqual([])
    expect(new Set(simplerVectors(['-1'], 'unit').map(String))).toEqual(new Set(['1']))
  })

  test('without an entry a vector keeps its kind of norm', () => {
    expect(without(['3/5', '4/5'], 0, 'unit')).toEqual(['1'])
    expect(without(['0', '1'], 0, 'unit')).toEqual(['1'])
    expect(without(['1', '2', '3'], 1, 'any')).toEqual(['1', '3'])
    expect(without(['0', '5', '0'], 1, 'any')).toEqual(['1', '0'])
  })

  test('norms are told exactly', () => {
    expect(hasNorm(['3/5', '4/5'], 'unit')).toBe(true)
    expect(hasNorm(['3/5', `4000000000000000000001/5000000000000000000000`], 'unit')).toBe(false)
    expect([hasNorm(['1', '1'], 'rational'), hasNorm(['1', '1'], 'any'), hasNorm(['0', '0'], 'any')]).toEqual(
      [false, true, false],
    )
  })
})
