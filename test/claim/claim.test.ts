/** Claims: what is written is kept, and what is malformed is refused. */
import { describe, expect, test } from 'vitest'
import { claim, isClaim, type Assumption, type ClaimDefinition } from '../../src/claim/claim.ts'
import { pick, oneIn, seeded } from '../../src/claim/random.ts'
import type { Setting } from '../../src/claim/setting.ts'
import { check } from '../../src/hunt/check.ts'
import { text } from '../../src/program/print.ts'
import { asymptotics } from '../../src/setting/asymptotics.ts'
import { integrals, sums } from '../../src/setting/partial-sums.ts'
import { paths } from '../../src/setting/paths.ts'
import {
  everyMoment,
  ewn,
  exponential,
  gradientFlow,
  nets,
  setting,
  unitVectors,
  type PointCase,
} from '../../src/index.ts'

const given = setting({ variables: { x: 'real' } })
const definition: ClaimDefinition<PointCase> = {
  id: 'square',
  section: '1',
  source: 'here',
  says: 'A square is not negative.',
  given,
  assume: [{ id: 'small', says: 'x is small', formula: 'x <= 4' }],
  shows: 'x^2 >= 0',
  wrong: { strict: 'x^2 > 0', two: ['x^2 >= 0', 'x >= 0'] },
}

describe('a claim', () => {
  test('keeps what was written, with its formulas parsed', () => {
    const made = claim(definition)
    expect(made.shows.map(text)).toEqual(['x² ≥ 0'])
    expect(Object.fromEntries(Object.entries(made.wrong).map(([name, f]) => [name, f.map(text)]))).toEqual({
      strict: ['x² > 0'],
      two: ['x² ≥ 0', 'x ≥ 0'],
    })
    expect([made.id, made.section, made.source, made.says]).toEqual([
      'square',
      '1',
      'here',
      'A square is not negative.',
    ])
    expect(made.assume.map(({ id }) => id)).toEqual(['small'])
    expect(made.given).toBe(given)
  })

  test('may show several relations, and need not assume or use anything', () => {
    const { assume: _, ...rest } = definition
    const made = claim({ ...rest, shows: ['x^2 >= 0', 'x^4 >= 0'] })
    expect([made.shows.length, made.assume, made.uses]).toEqual([2, [], []])
  })

  test('is told from other exports of a file', () => {
    expect(isClaim(claim(definition))).toBe(true)
    for (const field of ['id', 'given', 'shows', 'uses', 'assume'])
      expect([field, isClaim({ ...claim(definition), [field]: undefined })]).toEqual([field, false])
    expect(isClaim({ ...claim(definition), shows: ['x >= 0'] })).toBe(false)
    for (const other of [null, undefined, 3, 'claim', {}, [], given, { id: 'x', given }])
      expect(isClaim(other)).toBe(false)
  })
})

test('an assumption whose formula is none is refused with its name, weaker ones too', () => {
  const assume = (formula: string, weaker: string) => [
    { id: 'own', says: '', formula, weaker: [{ id: 'less', says: '', formula: weaker }] },
  ]
  expect(claim({ ...definition, assume: assume('x > 1', 'x > 0') }).assume).toHaveLength(1)
  expect(() => claim({ ...definition, assume: assume('x >', 'x > 0') })).toThrow('"own"')
  expect(() => claim({ ...definition, assume: assume('x > 1', 'x >') })).toThrow('weaker')
})

describe('ids', () => {
  test.each([
    ['hom-1'],
    ['prop-2.descent'],
    ['thm-3.cone*'],
    ['v-norm:ewn'],
    ['thm-3:ewn:gf'],
    ['new-balance-l2:gd*2'],
    ['2nd'],
  ])('%s is an id', (id) => {
    expect(claim({ ...definition, id }).id).toBe(id)
  })

  test.each([
    [''],
    ['Hom-1'],
    ['-x'],
    ['a b'],
    ['a/b'],
    ['../x'],
    ['a:'],
    ['a::b'],
    ['*'],
    ['a**'],
    ['a*b'],
    ['ü'],
    ['a\n'],
  ])('"%s" is none', (id) => {
    expect(() => claim({ ...definition, id })).toThrow(SyntaxError)
    expect(() => claim({ ...definition, id })).toThrow('claim: expected an id such as "thm-1-ewn"')
  })
})

describe('what is refused', () => {
  test('no conclusion', () => {
    expect(() => claim({ ...definition, shows: [] })).toThrow('claim square: expected a conclusion, got none')
  })

  test('the same assumption twice', () => {
    const [small] = definition.assume!
    expect(() => claim({ ...definition, assume: [small!, { ...small!, says: 'again' }] })).toThrow(
      'claim square: expected distinct assumptions, got small, small',
    )
  })

  describe('another object with the id of an assumption that the setting builds in', () => {
    const units = setting({ variables: { v: 'vector', g: 'vector' } })
    const problems = setting({
      ...{ model: nets(), weights: ewn, rule: gradientFlow(), variables: { z: 'vector' } },
    })
    const settings = [
      ...[units, problems, sums(), integrals(), paths('swn')],
      setting({
        model: nets({ loss: exponential }),
        weights: ewn,
        rule: gradientFlow({ rate: '1' }),
        moment: everyMoment(),
      }),
      asymptotics({ flow: 'ewn' }),
    ] as readonly Setting<unknown>[]

    test.each(settings.map((setting) => [setting.name, setting] as const))('%s', (_, setting) => {
      expect(setting.builtIn!.length).toBeGreaterThan(0)
      for (const built of setting.builtIn!) {
        const own = { ...definition, given: setting } as ClaimDefinition<unknown>
        expect(claim({ ...own, assume: [built] }).assume).toEqual([built])
        const others: Assumption[] = [
          { ...built },
          { id: built.id, says: 'another', formula: '1 >= 0' },
          { id: 'mine', says: 'mine', formula: '1 >= 0', weaker: [{ ...built }] },
        ]
        for (const other of others)
          expect(() => claim({ ...own, assume: [other] })).toThrow(
            `expected the assumption "${built.id}" to be the one that its setting builds in`,
          )
        expect(() => Object.assign(built, { formula: '1 >= 0' })).toThrow(TypeError)
      }
    })

    test('means its own formula where nothing of that id is built in', () => {
      const unit = { id: 'unit-vectors', says: 'any norm', formula: 'norm(g) >= 0' }
      const vectors = setting({ variables: { v: 'vector', g: 'vector' } })
      const made = claim({
        ...{ id: 'x', section: 's', source: 's', says: 's', given: vectors, assume: [unit], wrong: {} },
        shows: 'norm(v) == 1',
      })
      expect(check(made, { seed: 1, cases: 20 }).verdict).toBe('refuted')
      expect(() => Object.assign(unitVectors('v'), { formula: '1 >= 0' })).toThrow(TypeError)
    })
  })

  test('an unreadable conclusion, or wrong variant', () => {
    expect(() => claim({ ...definition, shows: 'x^2 >= ' })).toThrow(
      'formula: expected mathjs syntax, got "x^2 >= "',
    )
    expect(() => claim({ ...definition, wrong: { bad: '(x' } })).toThrow(
      'formula: expected mathjs syntax, got "(x"',
    )
  })
})

describe('chance', () => {
  const draws = (seed: number, label?: string): number[] => {
    const random = seeded(seed, label)
    return Array.from({ length: 20 }, () => random.integer(-1000, 1000))
  }

  test('is the same for the same seed and label, and another for another', () => {
    expect(draws(1, 'a')).toEqual(draws(1, 'a'))
    expect(draws(1, 'a')).not.toEqual(draws(2, 'a'))
    expect(draws(1, 'a')).not.toEqual(draws(1, 'b'))
    expect(draws(1)).toEqual([...DRAWN])
  })

  test('reaches both bounds and nothing beyond them', () => {
    const random = seeded(5)
    const found = new Set(Array.from({ length: 200 }, () => random.integer(-2, 2)))
    expect([...found].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2])
    expect(new Set(Array.from({ length: 100 }, () => pick(random, ['a', 'b', 'c'])))).toEqual(
      new Set(['a', 'b', 'c']),
    )
    const ones = Array.from({ length: 4000 }, () => oneIn(random, 4)).filter(Boolean).length
    expect(ones).toBeGreaterThan(850)
    expect(ones).toBeLessThan(1150)
  })
})

/** The first draws of seed 1: they are the same on every machine. */
const DRAWN: readonly number[] = [
  -559, -427, 164, 407, 299, 580, 477, -839, 507, 489, -223, -596, -574, -143, 528, -901, 342, 716, 898, 255,
]
