/** Decisions: signs that are certain, precision that rises, and no pass where nothing is certain. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileRelations, decide, exactInputs, type Outcome } from '../../src/claim/decide.ts'
import { fromEndpoints } from '../../src/number/interval.ts'
import { parseFormula } from '../../src/program/formula.ts'
import { parseRatio, printRatio, reduce } from '../../src/program/constant.ts'
import { setting as fourChoices } from '../../src/setting/setting.ts'

const setting = fourChoices({ variables: { x: 'real', y: 'real', z: 'real', v: 'vector' } })
type At = Partial<Record<'x' | 'y' | 'z', string>>
const caseOf = (at: At): Parameters<typeof setting.values>[0] => ({
  ...{ version: 2, dimension: 2, chosen: {}, formulas: {}, nodes: [] },
  values: { x: '0', y: '0', z: '0', ...at, v: ['3', '-4'] },
})

/** What is decided of some relations at x, y, z, and v = (3, −4). */
function decided(source: string | string[], at: At = {}, refuteOnly = false): Outcome {
  const c = caseOf(at)
  return decide(compileRelations(setting, [source].flat().map(parseFormula), c), setting.values(c), {
    refuteOnly,
  })
}
const status = (source: string | string[], at: At = {}): string => decided(source, at).status
const arithmetic = (outcome: Outcome): string =>
  outcome.status === 'undecided' ? outcome.reason : outcome.arithmetic

describe('in exact rationals', () => {
  test('a slack of exactly 0 meets = and >=, and violates >', () => {
    const at = { x: '1/3', y: '2/3' }
    for (const [relation, expected] of [
      ['==', 'holds'],
      ['>=', 'holds'],
      ['<=', 'holds'],
      ['>', 'violated'],
      ['<', 'violated'],
    ] as const) {
      const outcome = decided(`x + x ${relation} y`, at)
      expect([relation, outcome.status, arithmetic(outcome)]).toEqual([relation, expected, 'rational'])
    }
  })

  test('a slack of 10^{−300} is not 0', () => {
    const at = { x: '1', y: `1${'0'.repeat(299)}1/1${'0'.repeat(300)}` }
    expect(['x == y', 'x < y', 'x <= y', 'x > y', 'x >= y'].map((f) => status(f, at))).toEqual([
      ...['violated', 'holds', 'holds', 'violated', 'violated'],
    ])
  })

  test('every relation agrees with exact comparison', () => {
    const number = fc
      .tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: 1, max: 3 }))
      .map(([num, den]) => reduce(BigInt(num), BigInt(den)))
    fc.assert(
      fc.property(number, number, (a, b) => {
        const difference = a.num * b.den - b.num * a.den
        const at = { x: printRatio(a), y: printRatio(b) }
        const expected = [
          difference === 0n,
          difference <= 0n,
          difference < 0n,
          difference >= 0n,
          difference > 0n,
        ]
        expect(['==', '<=', '<', '>=', '>'].map((relation) => status(`x ${relation} y`, at))).toEqual(
          expected.map((holds) => (holds ? 'holds' : 'violated')),
        )
        expect(
          ['==', '<=', '<', '>=', '>'].map((relation) => status(`exp(x) ${relation} exp(y)`, at)),
        ).toEqual(expected.map((holds) => (holds ? 'holds' : 'violated')))
      }),
      { seed: 81, numRuns: 150 },
    )
  })

  test('all relations must hold: chains, components, several formulas', () => {
    const at = { x: '1', y: '2', z: '3' }
    expect([status('x < y < z', at), status('x < y > z', at)]).toEqual(['holds', 'violated'])
    expect([status('v == [3, -4]'), status('v == [3, -5]')]).toEqual(['holds', 'violated'])
    expect([status(['x < y', 'y < z'], at), status(['x < y', 'z < y'], at)]).toEqual(['holds', 'violated'])
    const outcome = decided(['x < y', 'z < y'], at)
    expect(outcome).toMatchObject({
      worst: { formula: 1, relation: '>', slack: '-1', left: '3', right: '2' },
    })
  })
})

describe('in intervals', () => {
  test('precision is raised until the sign is certain', () => {
    const powers = [-10, -30, -60, -120, -250]
    const found = powers.map((k) => arithmetic(decided('exp(x) > 1', { x: `1/1${'0'.repeat(-k)}` })))
    expect(found).toEqual(['interval(64)', 'interval(128)', ...Array<string>(3).fill('exact signs')])
  })

  test('a violation is found at the same precisions', () => {
    const found = [-10, -30, -60].map((k) => decided('exp(x) < 1', { x: `1/1${'0'.repeat(-k)}` }))
    expect(found.map((outcome) => [outcome.status, arithmetic(outcome)])).toEqual([
      ['violated', 'interval(64)'],
      ['violated', 'interval(128)'],
      ['violated', 'exact signs'],
    ])
  })

  test('what no precision up to the cap can tell is undecided, and never holds', () => {
    const tiny = { x: `1/1${'0'.repeat(3000)}` }
    for (const relation of ['==', '>', '<', '<='])
      expect([relation, status(`exp(x) ${relation} 1`, tiny)]).toEqual([relation, 'undecided'])
    expect(decided('exp(x) == 1', tiny)).toMatchObject({
      reason: expect.stringMatching(/straddles 0 in interval\(1024\)/),
    })
  })

  test('one undecided relation among certain ones leaves the claim undecided; one violation refutes it', () => {
    const tiny = { x: `1/1${'0'.repeat(3000)}` }
    expect(status(['x > 0', 'exp(x) > 1'], tiny)).toBe('undecided')
    expect(status(['exp(x) > 1', 'x < 0'], tiny)).toBe('violated')
  })

  test('a relation that is defined nowhere is undecided, with the reason', () => {
    for (const source of ['1/x >= 0', '1/x + x == 1/x + x', '1/x - 1/x >= 0', '0*(1/x) + x == 0*y + x'])
      expect([source, status(source)]).toEqual([source, 'undecided'])
    expect(decided('1/x == 1')).toMatchObject({ status: 'undecided', reason: /^div: expected a divisor/ })
    expect(decided('log(x) == 1')).toMatchObject({ status: 'undecided', reason: /^log: expected/ })
    expect(decided('sqrt(x - 1) >= 0')).toMatchObject({ status: 'undecided', reason: /^sqrt: expected/ })
  })
})

describe('what a side needs, in intervals', () => {
  test.each([
    ['exp(x)/z > 0', '1', 'holds'],
    ['exp(x)/z < 0', '-1', 'holds'],
    ['exp(x)/z^2 > 0', '-1', 'holds'],
    ['exp(x) + log(z) > 0', '1', 'holds'],
    ['exp(x) + sqrt(z) > 0', '0', 'holds'],
    ['exp(x) + sqrt(z) > 0', '1', 'holds'],
    ['exp(x) + (1/z - 1/z) > 0', '0', 'undecided'],
    ['exp(x) + (log(z) - log(z)) > 0', '0', 'undecided'],
    ['exp(x) + (log(z) - log(z)) > 0', '-1', 'undecided'],
    ['exp(x) + (sqrt(z) - sqrt(z)) > 0', '-1', 'undecided'],
  ])('%s at z = %s: %s', (source, z, expected) => {
    const outcome = decided(source, { x: '1', z })
    expect(outcome.status).toBe(expected)
    if (expected === 'holds') expect(arithmetic(outcome)).toBe('interval(64)')
  })

  test('inputs that have no exact value are enclosed, in three precisions at most', () => {
    const c = caseOf({})
    const compiled = compileRelations(setting, [parseFormula('x > y')], c)
    const known = new Map([['y', '1']])
    const asked: number[] = []
    const at = (lo: string, hi: string) =>
      decide(compiled, known, {
        enclosures: (bits) => {
          asked.push(bits)
          return new Map([['x', fromEndpoints(bits, parseRatio(lo), parseRatio(hi))]])
        },
      })
    expect([at('2', '3'), at('-3', '0')].map((outcome) => outcome.status)).toEqual(['holds', 'violated'])
    expect(asked).toEqual([64, 64])
    expect(at('0', '2')).toMatchObject({
      status: 'undecided',
      reason: expect.stringMatching(/straddles 0 in interval\(256\)/),
    })
    expect(asked.slice(2)).toEqual([64, 128, 256])
    expect(
      decide(compiled, new Map([...known, ['x', '5']]), { enclosures: () => expect.unreachable() }),
    ).toMatchObject({
      ...{ status: 'holds', arithmetic: 'rational' },
    })
  })

  test('an input that cannot be enclosed ends the search, with its reason', () => {
    const compiled = compileRelations(setting, [parseFormula('x > y')], caseOf({}))
    let asked = 0
    const outcome = decide(compiled, new Map([['y', '1']]), {
      enclosures: () => (asked++, { reason: 'the flow ends before' }),
    })
    expect([outcome.status, arithmetic(outcome), asked]).toEqual(['undecided', 'the flow ends before', 1])
  })

  test('a slack that may be 0 but not less holds for >=', () => {
    const tiny = { x: `1/1${'0'.repeat(3000)}` }
    expect(status('relu(1 - exp(x)) >= 0', tiny)).toBe('holds')
    expect(status('relu(exp(x) - 1) >= 0', tiny)).toBe('holds')
    expect(status('relu(exp(x) - 1) > 0', tiny)).toBe('undecided')
  })

  test('each need is asked of its own value where signs are exact', () => {
    const at = { x: '2', y: '3', z: '5' }
    expect(status('sqrt(x)*sqrt(y)/z == sqrt(6)/z', at)).toBe('holds')
    expect(status(['sqrt(x)*sqrt(y)/z == sqrt(6)/z', 'sqrt(x)*sqrt(y)*log(z) >= sqrt(6)*log(z)'], at)).toBe(
      'holds',
    )
    expect(status('(sqrt(x)*sqrt(y) - sqrt(6))/(sqrt(x)*sqrt(y) - sqrt(6)) == 1', at)).toBe('undecided')
  })
})

describe('a zero slack that intervals cannot see', () => {
  const at = { x: '1/3', y: '2/7', z: '2/7' }
  test('is found where it vanishes whatever the exponentials in it are', () => {
    const zero = '(exp(x) + exp(y))^2 RELATION exp(x)^2 + 2*exp(x)*exp(z) + exp(z)^2'
    const outcomes = ['==', '>=', '<=', '>', '<'].map((r) => decided(zero.replace('RELATION', r), at))
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      ...['holds', 'holds', 'holds', 'violated', 'violated'],
    ])
    expect(new Set(outcomes.map(arithmetic))).toEqual(new Set(['exact signs']))
  })

  test('is not invented: off by 2^{−900}, the relation fails', () => {
    const close = { ...at, z: `${printRatio({ num: 2n * 2n ** 900n + 7n, den: 7n * 2n ** 900n })}` }
    expect(status('exp(y) - exp(x) == exp(z) - exp(x)', close)).toBe('violated')
    expect(status('exp(y) - exp(x) >= exp(z) - exp(x)', close)).toBe('violated')
    expect(status('exp(y) - exp(x) < exp(z) - exp(x)', close)).toBe('holds')
  })

  test('is not looked for when only violations count', () => {
    expect(decided('(exp(x) + exp(y))*exp(z) == exp(x)*exp(z) + exp(z)^2', at, true).status).toBe('undecided')
  })

  test('that the rules of exponents show holds, and what needs more stays undecided', () => {
    expect(status('exp(x)*exp(y) == exp(x + y)', at)).toBe('holds')
    expect(status('log(exp(x) + 1) == log(exp(2*x) + exp(x)) - x', at)).toBe('holds')
    expect(status('log(6) == log(2) + log(3)', at)).toBe('undecided')
  })

  test('with logarithms of products is undecided or decided, but no error', () => {
    expect(['holds', 'undecided']).toContain(status('log(x^2*y) == 2*log(x) + log(y)', { x: '3', y: '2' }))
  })
})

describe('ties at kinks', () => {
  test('relu and step of a difference that is 0 take their values at 0', () => {
    const tie = { x: '1/3', y: '1/3' }
    expect(status('relu(exp(x) - exp(y)) == 0', tie)).toBe('holds')
    expect(status('step(exp(x) - exp(y)) == 1/2', tie)).toBe('holds')
    expect(status('step(exp(x) - exp(y)) == 1', tie)).toBe('violated')
    expect(status('max(exp(x), exp(y)) == exp(x)', tie)).toBe('holds')
    expect(status('min(exp(x), exp(y)) >= exp(y)', tie)).toBe('holds')
    expect(status('abs(exp(x) - exp(y)) > 0', tie)).toBe('violated')
  })

  test('next to a tie they take their values there', () => {
    const close = { x: '1/3', y: `${printRatio({ num: 2n ** 300n + 3n, den: 3n * 2n ** 300n })}` }
    expect(status('step(exp(y) - exp(x)) == 1', close)).toBe('holds')
    expect(status('step(exp(x) - exp(y)) == 0', close)).toBe('holds')
    expect(status('max(exp(x), exp(y)) > exp(x)', close)).toBe('holds')
  })

  test('a kink inside a kink is put on its pattern first', () => {
    const tie = { x: '2', y: '2' }
    expect(status('relu(relu(exp(x) - exp(y)) + exp(x) - exp(y)) == 0', tie)).toBe('holds')
    expect(status('relu(1 - relu(exp(x) - exp(y))) == 1', tie)).toBe('holds')
  })

  test('a tie in rationals needs no intervals', () => {
    expect(arithmetic(decided('step(x - y) == 1/2', { x: '5', y: '5' }))).toBe('rational')
  })
})

test('a violation shows a slack that is certainly of the wrong sign', () => {
  const forms = [
    'x + y',
    'exp(x)',
    'exp(x)*y',
    'log(1 + exp(y))',
    'relu(x - exp(y))',
    'sqrt(1 + x^2)',
    'x*y - z',
    'z',
  ]
  const relation = fc.constantFrom('==', '<=', '<', '>=', '>')
  const number = fc
    .tuple(fc.integer({ min: -9, max: 9 }), fc.constantFrom(1n, 2n, 3n))
    .map(([num, den]) => printRatio({ num: BigInt(num), den }))
  const counts = { holds: 0, violated: 0, undecided: 0 }
  fc.assert(
    fc.property(
      ...([fc.constantFrom(...forms), relation, fc.constantFrom(...forms), number, number, number] as const),
      (left, r, right, x, y, z) => {
        const outcome = decided(`${left} ${r} ${right}`, { x, y, z })
        counts[outcome.status]++
        const quick = decided(`${left} ${r} ${right}`, { x, y, z }, true)
        expect([outcome.status, 'undecided']).toContain(quick.status)
        if (outcome.status === 'violated') expect(quick.status).toBe('violated')
        if (outcome.status !== 'violated') return
        const { worst, arithmetic: by } = outcome
        if (by === 'identity test') return expect(worst.relation).toBe('>')
        const sign = by === 'rational' ? Math.sign(Number(parseRatio(worst.slack).num)) : signOf(worst.slack)
        expect(worst.slack).not.toContain('[')
        expect(worst.relation === '=' ? sign !== 0 : worst.relation === '>' ? sign <= 0 : sign < 0).toBe(true)
      },
    ),
    { seed: 82, numRuns: 500 },
  )
  expect(Math.min(counts.holds, counts.violated)).toBeGreaterThan(100)
})

const signOf = (digits: string): number => (digits === '0' ? 0 : digits.startsWith('-') ? -1 : 1)

describe('what is refused', () => {
  test('a case without a value for an input', () => {
    const { program } = compileRelations(setting, [parseFormula('x == 1')], caseOf({}))
    expect(() => exactInputs(program, new Map())).toThrow('case: expected a value of "x", got none')
    expect(() => decide({ program, relations: [], needs: [] }, new Map())).toThrow(
      'case: expected a value of "x", got none',
    )
  })

  test('formulas that say nothing about the case are named', () => {
    const formulas = ['[] == []', 'x == 1'].map(parseFormula)
    const { silent, relations } = compileRelations(setting, formulas, caseOf({}))
    expect(silent).toEqual([formulas[0]])
    expect(relations.map(({ formula }) => formula)).toEqual([1])
  })
})

describe('alternatives', () => {
  const at = (x: string, y: string): Readonly<Record<string, string>> => ({ x, y })
  test.each([
    ['x > 0 or y == 0', ['1', '1'], 'holds'],
    ['x > 0 or y == 0', ['0', '0'], 'holds'],
    ['x > 0 or y == 0', ['0', '1/1000000'], 'violated'],
    ['x > 0 or y == 0', ['-1', '-1'], 'violated'],
    ['x > 0 or y > 0', ['0', '0'], 'violated'],
    ['x >= 0 or y >= 0', ['0', '-1'], 'holds'],
    ['x >= 0 or y >= 0', ['-1', '-1'], 'violated'],
    ['x > 0 or y >= 0', ['-1', '0'], 'holds'],
    ['x > 0 or y >= 0', ['0', '-1'], 'violated'],
    ['x == 1 or y == 1', ['2', '1'], 'holds'],
    ['x == 1 or y == 1', ['2', '2'], 'violated'],
    ['0 < x < 1 or y == 1', ['1/2', '0'], 'holds'],
    ['0 < x < 1 or y == 1', ['2', '0'], 'violated'],
    ['0 < x < 1 or y == 1', ['2', '1'], 'holds'],
    ['[x, y] == [1, 2] or x == 3', ['1', '2'], 'holds'],
    ['[x, y] == [1, 2] or x == 3', ['1', '3'], 'violated'],
    ['(x > 0) or (y > 0 or x == y)', ['-1', '-1'], 'holds'],
    ['exp(x) < exp(y) or log(exp(x) + exp(y)) == log(2) + x', ['1/3', '1/3'], 'holds'],
    ['exp(x) < exp(y) or log(exp(x) + exp(y)) == x', ['1/3', '1/3'], 'violated'],
  ] as const)('%s at %s: %s', (formula, [x, y], expected) => expect(status(formula, at(x, y))).toBe(expected))

  test('agree with the truth of their parts', () => {
    const parts = ['x > y', 'x >= 1', 'y == 0', 'x < y <= 1', 'y > 1']
    for (const a of parts)
      for (const b of parts)
        for (const x of ['-1', '0', '1', '2'])
          for (const y of ['0', '1', '3/2']) {
            const holds = [a, b].some((part) => status(part, at(x, y)) === 'holds')
            expect([a, b, x, y, status(`${a} or ${b}`, at(x, y))]).toEqual([
              a,
              b,
              x,
              y,
              holds ? 'holds' : 'violated',
            ])
          }
  })

  test('too many combinations are one clear error', () => {
    const vector = (name: string): string => `[${Array.from({ length: 9 }, () => name).join(', ')}]`
    expect(() =>
      status(`${vector('x')} == ${vector('y')} or ${vector('x')} == ${vector('1')}`, at('1', '2')),
    ).toThrow('expected alternatives between few numbers')
  })
})

describe('a search for violations', () => {
  test('sees a tie of a strict relation that only exact signs show', () => {
    const at = { x: '1/3' }
    for (const formula of ['log(exp(x) + exp(x)) > log(2) + x', 'sqrt(2)*sqrt(3)*exp(x) < sqrt(6)*exp(x)'])
      expect(decided(formula, at, true).status).toBe('violated')
    expect(decided('log(exp(x) + exp(x)) >= log(2) + x', at, true).status).toBe('undecided')
  })
})
