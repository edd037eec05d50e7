/** Statements along a run: each form with instances that hold, fail and stay open, on functions of s. */
import { describe, expect, test } from 'vitest'
import {
  decideAlong,
  judgeAlong,
  type Along,
  type AlongJudge,
  type Observation,
} from '../../src/claim/asymptotic.ts'
import { Undefined } from '../../src/number/conventions.ts'
import type { Outcome } from '../../src/claim/decide.ts'
import { bounded, measured, type Bounded } from '../../src/number/bounded.ts'
import { parseFormula, type Formula } from '../../src/program/formula.ts'
import type { Scope, Value } from '../../src/program/indices.ts'
import type { Expr, Trace } from '../../src/program/program.ts'

const { log, sin } = Math

/** The observables of a run: by name, as functions of s; `w` is a vector, `x_u` one value per node. */
const OBSERVED: Readonly<Record<string, (s: number) => number>> = {
  s: (s) => s,
  one: (s) => 1 + 1 / (1 + s),
  half: (s) => 0.5 + (1 + s) ** -0.5,
  /** Off 1 by half a per cent. */
  near: (s) => 1.005 + 1 / (1 + s),
  zero: (s) => (1 + s) ** -0.4,
  none: () => 0,
  minus: (s) => -2 - 1 / (1 + s),
  logs: (s) => log(2 + s),
  loglog: (s) => log(log(9 + s)),
  corrected: (s) => 1 + log(2 + s) / (1 + s),
  weak: (s) => (1 + s) ** 0.02,
  wave: (s) => 2 + sin(2 * log(1 + s)),
  slow: (s) => 1 + 1 / log(3 + s),
  /** Swings that die away, or not. */
  fading: (s) => 2 + sin(2 * log(1 + s)) / log(3 + s),
  /** Without a value until s = 100. */
  late: (s) => (s > 100 ? 1 : NaN),
  bump2: (s) => (s > 1e5 ? 1 + (Math.round(8 * Math.log10(s)) % 2) : 2),
  w_1: (s) => 3 + 1 / (1 + s),
  w_2: (s) => 4 - 1 / (1 + s),
  x_1: () => 2,
  x_2: (s) => 1 / (1 + s),
  lazy: (s) => 1.005 + 2 * (1 + s) ** -0.1,
  /** A fall that may end above 0, as far as can be seen. */
  vague: (s) => (1 + s) ** -0.15 * log(3 + s) ** 0.3,
  tiny: (s) => 1e-6 * (1 + 1 / s),
  shy: (s) => 0.05 + (1 + s) ** -0.1,
  bump: (s) => (s > 100 && s < 1000 ? 2 : 1),
}
/** Observables beyond the doubles, by their logarithms. */
const FAR: Readonly<Record<string, (s: number) => number>> = { t: (s) => s, L: (s) => -s }

interface Options {
  readonly ended?: string
  /** The error of the run, relative; or none known past s = 1000. */
  readonly error?: number | 'lost'
  readonly chosen?: Readonly<Record<string, number>>
}

const GRID = Array.from({ length: 49 }, (_, k) => 10 ** (k / 8))

function observation({ ended, error = 1e-12 }: Options): Observation {
  const value = (input: string, j: number): Bounded => {
    if (input.endsWith('(t_0)')) return value(input.slice(0, -5), 0)
    const s = GRID[j]!
    if (OBSERVED[input] && Number.isNaN(OBSERVED[input](s))) throw new Undefined('log', '-1')
    return FAR[input] ? bounded.exp(measured(FAR[input](s))) : measured(OBSERVED[input]!(s), 8)
  }
  return {
    s: GRID,
    ...(ended !== undefined && { ended }),
    value,
    rough(input, j) {
      if (error === 'lost') return GRID[j]! > 1000 ? undefined : value(input, j)
      return bounded.mul(value(input, j), measured(1 + error * sin(j)))
    },
  }
}

const nodes = [0, 1]

const scope = (F: Trace, along: Along): Scope => {
  const each = (f: (e: Expr) => Expr, v: Value): Value => (typeof v === 'number' ? f(v) : v.map(f))
  return {
    F,
    sets: { u: nodes, v: nodes },
    value(base, index) {
      const name = [base, ...index.map((u) => u + 1)].join('_')
      if (name === 'w') return [F.input('w_1'), F.input('w_2')]
      return name in OBSERVED || name in FAR ? F.input(name) : undefined
    },
    initially: (e) => F.input(`${F.nameOf(e)}(t_0)`),
    apply(base, _, args) {
      if (base === 'lim' && args.length === 1) return each((e) => along.limit(e), args[0]!)
      if (base === 'sup' && args.length === 1) return each((e) => along.supremum(e), args[0]!)
      return undefined
    },
  }
}

/** All that was decided here, each by a judge of its own. */
const decisions: {
  readonly formulas: readonly Formula[]
  readonly options: Options
  readonly outcome: Outcome
}[] = []

/** The outcome, whose margin must say the same. */
function decided(source: string | readonly string[], options: Options = {}): Outcome {
  const formulas = [source].flat().map(parseFormula)
  const outcome = decideAlong(formulas, judgeAlong(scope, observation(options)), options.chosen ?? {})
  decisions.push({ formulas, options, outcome })
  const { status, margin } = outcome
  if (margin !== undefined) {
    expect(Math.abs(margin)).toBeLessThanOrEqual(1)
    expect(status === 'violated' ? -margin : margin).toBeGreaterThanOrEqual(0)
  } else expect(status).toBe('undecided')
  return outcome
}
const status = (source: string, options: Options = {}): string => decided(source, options).status

describe('statements that hold', () => {
  test.each([
    'lim(one) == 1',
    'lim(2*one) == 4*lim(half)',
    'lim(one) > 0.99',
    'lim(one) >= 1',
    'lim(one) <= 1',
    'lim(log(1 + L)/L) == 1',
    'lim((1 - exp(-L))/L) == 1',
    'lim((sqrt(L + 1) - 1)/L) == 1/2',
    'lim((1/(1 - L) - 1)/L) == 1',
    'L/2 <= log(1 + L) <= L',
    'L <= exp(L) - 1 <= 2*L',
    'lim(log(1/L) - s) == 0',
    '1 + L - 1 == L',
    'wave == Theta(1)',
    'wave == O(1)',
    'logs == Theta(log(s))',
    'logs + 3 == Theta(2*log(s))',
    'logs == O(log(s))',
    'log(s) == O(logs)',
    'one == o(logs)',
    'logs*s == Theta(s*log(s))',
    'eventually(one < 1.01)',
    'eventually(late > 0)',
    'eventually(log(one - 1/2)/log(one - 1/2) == 1)',
    '0 <= lim(half) <= lim(one)',
    'lim(zero) == 0',
    'lim(zero) >= 0',
    'lim(none) >= 0',
    'lim(none) == 0',
    'lim(w/norm(w)) == [0.6, 0.8]',
    'lim(x_u) >= 0',
    'sum(u, lim(x_u)) == 2',
    'lim(s) == inf',
    'lim(t) == inf',
    'lim(logs) == inf',
    'lim(s) > 3',
    '3 < lim(s)',
    'lim(s) >= 0',
    '0 <= lim(s)',
    'lim(-s) < -5',
    '-5 > lim(-s)',
    'converges(one)',
    'converges(w)',
    's == Theta(one*s)',
    'corrected == Theta(1)',
    's*corrected == Theta(s)',
    'zero == O(1)',
    'one == O(2)',
    'one == o(s)',
    'logs == o(s)',
    'logs == O(s)',
    't == Theta(1/L)',
    'L == o(1/s)',
    '1/t == o(1/s^3)',
    'one <= 2',
    's*one >= s',
    'minus < 0',
    't >= 2*s',
    'L > 0',
    't > L',
    'one == one*one/one',
    'w_u <= 4',
    'sup(one) <= one',
    'sup(one) >= lim(one)',
    'some(s > 100)',
    'some(bump > 1.5)',
    'some(L < 1e-100)',
    'one <= one(t_0)',
    'lim(one) == 2 or lim(one) == 1',
    'lim(loglog) == 1 or lim(one) == 1',
    '(lim(x_u) > 1) or (lim(x_u) == 0)',
  ])('%s', (source) => {
    expect(decided(source)).toMatchObject({ status: 'holds', arithmetic: 'limits, s to 10^6' })
  })
})

describe('statements that fail', () => {
  test.each([
    'lim(one) == 2',
    'lim(near) == 1',
    'lim(near) == 1.01',
    'lim(one) == 1.0005',
    'lim(log(1 + L)/L) == 0',
    'lim((exp(L) - 1)/L) == 0',
    'lim((sqrt(L + 1) - 1)/L) == 1',
    'log(1 + L) == 0',
    'exp(L) - 1 == L',
    'L <= 2*(1 - exp(-L/2)) - L/100',
    's == s + s/10^7',
    's == s + 1/10^10',
    '1 == 1 + 10^(-10)',
    '1 == 1 + 1/10^40',
    'lim(one) == 1 + 10^(-9)',
    'lim(wave) == 2',
    'lim(wave) > 0',
    'lim(wave) == inf',
    'converges(wave)',
    'converges([wave, one])',
    'wave == o(1)',
    'logs == Theta(1)',
    'logs == O(1)',
    'logs == o(log(s))',
    'log(s) == o(logs)',
    'log(minus) > 0',
    'late > 0',
    'late/late == 1',
    'eventually(one > 1.01)',
    'eventually(log(minus) > 0)',
    'some(log(minus) > 0)',
    'lim(2*one) == 3*lim(half)',
    'lim(one) >= 1.01',
    'lim(one) > lim(near)',
    'lim(zero) > 0',
    'lim(none) > 0',
    'lim(zero) == 0.01',
    'lim(shy) == 0',
    'lim(tiny) == 0',
    'lim(w/norm(w)) == [0.8, 0.6]',
    'lim(x_u) > 0',
    'lim(one) == inf',
    'lim(-s) == inf',
    'lim(zero) == inf',
    'lim(s) == 3',
    'lim(s) < 3',
    '3 > lim(s)',
    'lim(s) <= 0',
    'lim(-s) > -5',
    '-5 <= lim(-s)',
    'converges(s)',
    'converges(logs)',
    's == Theta(1)',
    'weak == Theta(1)',
    'weak == O(1)',
    'zero == Theta(1)',
    's == O(logs)',
    's == o(s*one)',
    't == O(s)',
    't == Theta(1/L^2)',
    'one >= 2',
    'one < 1.4',
    't <= 1',
    't <= 2*s',
    'L >= 1/2',
    'one == 2',
    'w_u <= 3.5',
    'sup(bump) == 1',
    'some(one < 0.9)',
    'some(L > 1)',
    'some(t < 0)',
    'lim(one) == 2 or lim(one) == 3',
    'lim(x_u) > 1 or lim(x_u) < -1',
  ])('%s', (source) => {
    expect(status(source)).toBe('violated')
  })
})

describe('statements that stay open', () => {
  test.each([
    'lim(loglog) == inf',
    'lim(loglog) == 3',
    'loglog == o(1)',
    'lim(slow) == 1',
    'lim(slow) == 1.001',
    'lim(vague) == 0',
    'lim(vague) > 0',
    'lim(one) > 1',
    'lim(one) < 1',
    'one > one*one/one',
    '1/lim(zero) == 3',
    'lim(one) == 2 or lim(fading) == 2',
    'lim(fading) == 2',
    'converges(fading)',
    'log(one - 1 - 1/(1 + s)) > 0',
    'eventually(bump2 > 1.5)',
  ])('%s', (source) => {
    expect(status(source)).toBe('undecided')
  })

  test('orders of slowly varying ratios are never called wrongly', () => {
    for (const source of ['logs == Theta(1)', 'logs == O(1)', 'loglog == Theta(1)', 'loglog == O(1)'])
      expect([source, status(source)]).not.toEqual([source, 'holds'])
    for (const source of ['slow == Theta(1)', 'slow == O(1)'])
      expect([source, status(source)]).not.toEqual([source, 'violated'])
  })

  test('a relation as close as the error of the run', () => {
    expect(status('one <= 2', { error: 0.3 })).toBe('undecided')
    expect(status('one <= 20', { error: 0.3 })).toBe('holds')
    // An error that swallows the sides decides no equation.
    expect(status('one == 1', { error: 0.3 })).toBe('undecided')
    expect(status('one == 1 + 1/(1 + s)', { error: 0.3 })).toBe('undecided')
    expect(status('one == 1 + 1/(1 + s)', { error: 1e-5 })).toBe('holds')
    expect(status('half > 0.4', { error: 0.3 })).toBe('undecided')
    expect(status('lim(one) == 1', { error: 0.3 })).toBe('undecided')
  })

  test('a relation where the error of the run is not known', () => {
    for (const source of ['one <= 2', 'one > 0', 'one == one*one/one', 'some(bump > 3)'])
      expect([source, status(source, { error: 'lost' })]).toEqual([source, 'undecided'])
    expect(status('one < 1.4', { error: 'lost' })).toBe('violated')
    expect(status('some(s > 100)', { error: 'lost' })).toBe('holds')
  })
})

describe('a run that ended early', () => {
  const ended = { ended: 'the loss stands still' }
  test.each(['lim(one) == 1', 'lim(one) == 2', 'converges(s)', 'one == Theta(s)', 'lim(s) == inf'])(
    'has no limits: %s',
    (source) => {
      expect(decided(source, ended)).toMatchObject({
        status: 'undecided',
        reason: expect.stringContaining('the loss stands still'),
      })
    },
  )

  test('has values at its samples', () => {
    expect(status('one <= 2', ended)).toBe('holds')
    expect(status('one >= 2', ended)).toBe('violated')
  })
})

describe('several statements', () => {
  test('all must hold, and one violation decides', () => {
    expect(decided(['lim(one) == 1', 'lim(s) == inf']).status).toBe('holds')
    expect(decided(['lim(slow) == 1', 'lim(one) == 2'])).toMatchObject({
      status: 'violated',
      worst: { formula: 1, relation: '=', right: '2 ± 0' },
    })
    expect(decided(['lim(one) == 1', 'lim(slow) == 1']).status).toBe('undecided')
  })

  test('free letters range over their sets, chosen ones do not', () => {
    expect(decided('lim(x_u) == 2')).toMatchObject({ status: 'violated', worst: { indices: { u: 1 } } })
    expect(status('lim(x_u) == 2', { chosen: { u: 0 } })).toBe('holds')
    expect(status('lim(x_u) < lim(x_v)', { chosen: { u: 1 } })).toBe('holds')
  })

  test('an alternative that holds is named, node by node, without repetition', () => {
    expect(decided('lim(one) == 2 or lim(one) == 1')).toMatchObject({ alternatives: ['lim(one) == 1'] })
    expect(decided('lim(one) == 2 or lim(one) == 3 or lim(one) == 1')).toMatchObject({
      alternatives: ['lim(one) == 1'],
    })
    expect(decided('lim(one) == 1 or lim(one) == 3 or lim(one) == 4')).toMatchObject({
      alternatives: ['lim(one) == 1'],
    })
    expect(decided(['lim(x_u) > 1 or lim(x_u) == 0', 'lim(x_u) > 1 or lim(x_u) == 0'])).toMatchObject({
      alternatives: ['lim(x_u) > 1', 'lim(x_u) == 0'],
    })
  })

  test('an infinite vector component is found', () => {
    expect(status('converges([one, s])')).toBe('violated')
    expect(status('converges([wave, s])')).toBe('violated')
    expect(status('converges([one, fading])')).toBe('undecided')
  })
})

describe('what is no statement', () => {
  test.each([
    ['w == Theta(s)', /scalars/],
    ['s == O(w)', /scalars/],
    ['s == inf', /expected lim/],
    ['lim(w) == inf', /expected lim/],
    ['lim(s) > inf', /unknown symbol "inf"/],
    ['1/inf == lim(zero)', /unknown symbol "inf"/],
    ['Theta(s) == s', /unknown function/],
    ['lim(one)', /expected a relation/],
    ['some(one)', /expected a relation/],
    ['lim(w) <= lim(w)', /scalars in an inequality/],
    ['lim(unknown) == 1', /unknown symbol/],
  ])('%s', (source, message) => {
    expect(() => decided(source)).toThrow(SyntaxError)
    expect(() => decided(source)).toThrow(message)
  })
})

describe('what else is said of an outcome', () => {
  test('an open case that swings says so, through alternatives and conjunctions', () => {
    for (const source of [
      'converges(fading)',
      'lim(fading) == 2',
      'converges([one, fading])',
      'lim(one) == 2 or lim(fading) == 2',
    ])
      expect(decided(source)).toMatchObject({ status: 'undecided', oscillates: true })
    expect(decided('lim(slow) == 1.001')).not.toHaveProperty('oscillates')
  })

  test('to how many digits the sides of equations agree: the fewest', () => {
    const digits = (source: string, error: number): unknown => {
      const outcome = decided(source, { error })
      return outcome.status === 'holds' && outcome.digits
    }
    expect(digits('one == 1 + 1/(1 + s)', 1e-7)).toBeGreaterThanOrEqual(5)
    expect(digits('one == 1 + 1/(1 + s)', 1e-7)).toBeLessThanOrEqual(7)
    expect(digits('one == 1 + 1/(1 + s)', 1e-10)).toBeGreaterThanOrEqual(8)
    expect(digits('lim(one) == 1', 1e-10)).toBeGreaterThanOrEqual(6)
  })
})

describe('margins', () => {
  const margin = (source: string | readonly string[], options: Options = {}): number =>
    decided(source, options).margin!

  test('shrink towards a violation and go on beyond it', () => {
    for (const family of [
      [
        'lim(near) == 1.005',
        'lim(near) == 1.0049',
        'lim(near) == 1.003',
        'lim(near) == 1',
        'lim(near) == 0.5',
      ],
      ['lim(one) > 0.5', 'lim(one) > 0.9', 'lim(one) > 0.999', 'lim(one) > 1.1', 'lim(one) > 2'],
      ['one > 1/10', 'one > 1/2', 'one > 0.99', 'one > 1.4', 'one > 1.5', 'one > 4'],
      ['some(bump > 1)', 'some(bump > 1.9)', 'some(bump > 2.1)', 'some(bump > 4)'],
    ]) {
      const found = family.map((source) => margin(source))
      expect(found).toEqual(found.toSorted((a, b) => b - a))
      expect(new Set(found).size).toBe(found.length)
    }
  })

  test('of statements that hold together the smallest counts, of alternatives the largest', () => {
    const [wide, narrow, wrong] = ['lim(one) > 0.5', 'lim(one) > 0.99', 'lim(one) > 2'].map((s) => margin(s))
    expect(margin(['lim(one) > 0.5', 'lim(one) > 0.99'])).toBe(Math.min(wide!, narrow!))
    expect(margin('lim(one) > 2 or lim(one) > 0.99')).toBe(narrow)
    expect(margin('lim(one) > 0.99 or lim(one) > 0.5')).toBe(wide)
    expect(margin('lim(one) > 2 or lim(one) > 3')).toBe(wrong)
  })

  test('are not known where a limit stays open', () => {
    expect(margin('lim(slow) == 1.001')).toBe(undefined)
    expect(margin('lim(one) == 1', { ended: 'it stopped' })).toBe(undefined)
  })
})

describe('one judge of many statements decides each as a judge of its own does', () => {
  test.each([
    ['in order', (list: typeof decisions) => list],
    ['backwards', (list: typeof decisions) => list.toReversed()],
    ['twice', (list: typeof decisions) => [...list, ...list]],
  ])('%s', (_, arranged) => {
    const judges = new Map<string, AlongJudge>()
    expect(decisions.length).toBeGreaterThan(150)
    for (const { formulas, options, outcome } of arranged(decisions)) {
      const key = JSON.stringify([options.ended, options.error])
      const judge = judges.get(key) ?? judgeAlong(scope, observation(options))
      judges.set(key, judge)
      expect(decideAlong(formulas, judge, options.chosen ?? {}), formulas[0]!.source).toEqual(outcome)
    }
  })
  test('what a statement needs to exist is asked of each of them', () => {
    const judge = judgeAlong(scope, observation({}))
    const outcome = (source: string): string => decideAlong([parseFormula(source)], judge, {}).status
    for (const source of ['none/none == 1', '0*log(minus) == 0', 'sqrt(minus) - sqrt(minus) == 0'])
      expect([outcome(source), outcome(source), outcome(`${source} or 1 == 2`)], source).not.toContain(
        'holds',
      )
  })
})
