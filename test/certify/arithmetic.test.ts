/** The arithmetics of the two verifiers: both enclose the truth, and a wrong rounding or a lost remainder shows. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sealed, type Refutation } from '../../src/certify/certificate.ts'
import { advance, verify, type Motion } from '../../src/certify/verify.ts'
import { pick, seeded, type Random } from '../../src/claim/random.ts'
import { Undefined } from '../../src/number/conventions.ts'
import {
  contains,
  endpoints,
  fromEndpoints,
  interval,
  overlap,
  width,
  type Interval,
} from '../../src/number/interval.ts'
import { rational } from '../../src/number/rational.ts'
import { parseRatio, printRatio } from '../../src/program/constant.ts'
import { formulaProgram } from '../../src/program/formula.ts'
import { trace, type Expr, type Program } from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'
import { hasPython, scripted, VERIFIER } from './python.ts'

const source = readFileSync(VERIFIER, 'utf8')
const asIs = (text: string): string => text

/** A random Program of two variables, with every operation. */
function randomProgram(random: Random): Program {
  return trace(['x', 'y'], (F, [x, y]) => {
    const known: Expr[] = [x!, y!, F.constant('1/3'), F.constant('-5/2')]
    const one = (): Expr => pick(random, known)
    for (let i = 0; i < 12; i++) {
      const make = pick(random, [
        () => F.add(one(), one()),
        () => F.sub(one(), one()),
        () => F.mul(one(), one()),
        () => F.div(one(), F.add(F.constant('2'), F.pow(one(), 2))),
        () => F.pow(one(), random.integer(2, 5)),
        () => F.sqrt(F.add(F.constant('1/7'), F.pow(one(), 2))),
        () => F.exp(F.div(one(), F.add(F.constant('1'), F.pow(one(), 2)))),
        () => F.log(F.add(F.constant('1/9'), F.pow(one(), 2))),
        () => F.relu(one()),
        () => F.step(one()),
        () => F.abs(one()),
        () => F.max(one(), one()),
        () => F.tanh(one()),
        () => F.root(F.pow(one(), 2), random.integer(3, 7)),
      ])
      known.push(make())
    }
    return known.slice(-4)
  })
}

const ENCLOSE = `
for task in json.load(sys.stdin):
    F = verify.Numbers(task["bits"])
    x = [F.constant(verify.fraction(v)) for v in task["x"]]
    try:
        found = verify.run(verify.program_of(task["program"]), F, x)
        print(json.dumps([[f"{a.numerator}/{a.denominator}" for a in pair] for pair in found]))
    except Exception as error:
        print(json.dumps(f"{error}"))
`

describe.runIf(hasPython)('both arithmetics', () => {
  const random = seeded(4, 'arithmetic')
  const bits = 90
  const tasks = Array.from({ length: 150 }, () => ({
    program: randomProgram(random),
    x: Array.from({ length: 2 }, () =>
      printRatio({ num: BigInt(random.integer(-40, 40)), den: BigInt(random.integer(1, 12)) }),
    ),
    bits,
  }))
  const theirs = scripted(ENCLOSE, JSON.stringify(tasks), asIs, source).map(
    (line) => JSON.parse(line) as [string, string][],
  )

  test('enclose the same numbers on random Programs', { timeout: 120_000 }, () => {
    expect(theirs).toHaveLength(tasks.length)
    let compared = 0
    tasks.forEach(({ program, x }, i) => {
      const F = interval(bits)
      let ours: Interval[]
      try {
        ours = run(
          program,
          F,
          x.map((text) => F.constant(text)),
        )
      } catch (error) {
        if (error instanceof Undefined) return
        throw error
      }
      const pairs = theirs[i]!
      if (typeof pairs === 'string') return
      const fine = interval(400)
      const truth = run(
        program,
        fine,
        x.map((text) => fine.constant(text)),
      )
      pairs.forEach(([lo, hi], o) => {
        const their = fromEndpoints(1000, parseRatio(lo), parseRatio(hi))
        expect(overlap(their, ours[o]!) && overlap(their, truth[o]!), JSON.stringify([program, x])).toBe(true)
        compared++
      })
    })
    expect(compared).toBeGreaterThan(400)
  })
})

describe('a step in time', () => {
  const F = interval(128)
  const motion = (formula: string): Motion => ({ program: formulaProgram(formula, ['x']), F, still: [] })
  const fine = interval(400)
  const sinhOne = fine.div(
    fine.sub(fine.exp(fine.constant('1')), fine.exp(fine.constant('-1'))),
    fine.constant('2'),
  )
  const asinh = (y: Interval): Interval =>
    fine.log(fine.add(y, fine.sqrt(fine.add(fine.pow(y, 2), fine.constant('1')))))
  // x' = f(x), x(0) = 1, and the solution at 1/8.
  const known: [string, Interval][] = [
    ['-x', fine.exp(fine.constant('-1/8'))],
    ['x^2', fine.constant('8/7')],
    ['x^3', fine.div(fine.constant('1'), fine.sqrt(fine.constant('3/4')))],
    ['exp(-x)', fine.log(fine.add(fine.exp(fine.constant('1')), fine.constant('1/8')))],
    ['1/x', fine.sqrt(fine.constant('5/4'))],
    ['sqrt(x)', fine.constant('289/256')],
    ['relu(x)', fine.exp(fine.constant('1/8'))],
    ['step(x)', fine.constant('9/8')],
    ['relu(-x)', fine.constant('1')],
    ['abs(-x)', fine.exp(fine.constant('1/8'))],
    ['max(x, -2)', fine.exp(fine.constant('1/8'))],
    ['min(x^2, 9)', fine.constant('8/7')],
    // x^(2/3) = 1 + t/3
    ['x^(1/3)', fine.mul(fine.constant('13/12'), fine.sqrt(fine.constant('13/12')))],
    // sinh x = e^t sinh 1
    ['tanh(x)', asinh(fine.mul(fine.exp(fine.constant('1/8')), sinhOne))],
  ]
  test.each(known)('of %s encloses the solution', (formula, truth) => {
    for (const order of [1, 3, 12]) {
      const [x] = advance(motion(formula), [F.constant('1')], F.constant('1/8'), order)
      const { lo, hi } = endpoints(truth)
      expect(contains(x!, lo) && contains(x!, hi), `order ${order}`).toBe(true)
      expect(rational.toNumber(width(x!)), `order ${order}`).toBeLessThan(2 ** -order)
    }
  })

  test('of x log x encloses the solution, too', () => {
    // (log x)' = log x: from e^(1/2), log x = e^t/2.
    const start = F.exp(F.constant('1/2'))
    const [x] = advance(motion('x*log(x)'), [start], F.constant('1/8'), 10)
    expect(overlap(x!, fine.exp(fine.div(fine.exp(fine.constant('1/8')), fine.constant('2'))))).toBe(true)
  })

  test.each([
    ['relu(x - 1) + 1', 'a kink that the start touches', '1/4', 'the sign of an argument'],
    ['relu(x - 9/8) + 1', 'a kink that is crossed', '1/4', 'the sign of an argument'],
    ['x^2', 'a step beyond the blow-up', '1', 'no box was found'],
    ['x', 'a step backwards', '-1/4', 'expected steps forward'],
  ])('of %s is refused: %s', (formula, _, h, reason) => {
    expect(() => advance(motion(formula), [F.constant('1')], F.constant(h), 4)).toThrow(reason)
  })
})

/** A certificate that says of x' = −x from 1, or of e^x, that it lies in some bounds. */
function claimOf(
  program: Program,
  extra: Partial<Refutation> & { readonly field?: Program },
  slack: readonly [string, string],
): Refutation {
  const { field, ...rest } = extra
  const zero: [string, string] = ['0', '0']
  return sealed<Refutation>({
    statement: {
      ...{
        kind: 'refutation',
        claim: 'test',
        says: 'test',
        formula: 'x > 9',
        at: {},
        relation: '>',
        program,
      },
      ...{ assumptions: [], positive: [], unchecked: [], ...(field && { field }) },
    },
    ...{ inputs: {}, bits: 64, claimed: { slack, left: zero, right: zero } },
    ...rest,
  })
}

const ASK = `
for certificate in json.load(sys.stdin):
    try:
        print("accepted", verify.check(certificate))
    except Exception as error:
        print("rejected", error)
`
const asked = (certificates: readonly Refutation[], altered: (text: string) => string): string[] =>
  scripted(ASK, JSON.stringify(certificates), altered, source).map((line) => line.split(' ')[0]!)

/** The source with one place changed, which must be there once. */
const replacing = (place: string, by: string) => (text: string) => {
  expect(text.split(place)).toHaveLength(2)
  return text.replace(place, by)
}

describe.runIf(hasPython)('a wrong second verifier accepts what is false', () => {
  const out = (formula: string): Program =>
    trace(['x'], (F, [x]) => [
      run(formulaProgram(formula, ['x']), F, [x!])[0]!,
      F.constant('0'),
      F.constant('0'),
    ])
  const falling = formulaProgram('-x', ['x'])
  const step = {
    field: falling,
    inputs: { 'x(t_0)': '1' },
    motion: { steps: ['1/4'], order: 2 },
  }
  // e^(−1/4) − 9 lies at −8.2211992169…
  const truth: [string, string] = ['-8.23', '-8.21']
  const moved = out('x - 9')
  const lost: [string, string] = ['-8.21876', '-8.21874'] // without the remainder: 1 − 1/4 + 1/32 − 9 = −8.21875
  const third = out('x - 1/3 - 9')
  // 1/3 − 1/3 = 0 is exact only without rounding: an inward rounding misses −9.
  const point = { inputs: { x: '1/3' }, bits: 64 }

  test('the sound one accepts the truth and rejects the rest, as does the first verifier', () => {
    const certificates = [claimOf(moved, step, truth), claimOf(moved, step, lost)]
    expect(asked(certificates, asIs)).toEqual(['accepted', 'rejected'])
    expect(certificates.map((one) => verify(one).accepted)).toEqual([true, false])
    expect(asked([claimOf(third, point, ['-9', '-9'])], asIs)).toEqual(['accepted'])
  })

  test('without the remainder of the Taylor series', () => {
    const certificate = claimOf(moved, step, lost)
    expect(asked([certificate], replacing('x + y[order + 1 :] for', 'x for'))).toEqual(['accepted'])
  })

  test('without the box around the solution', () => {
    const certificate = claimOf(moved, { ...step, motion: { steps: ['1/4'], order: 1 } }, [
      '-8.2188',
      '-8.2187',
    ])
    expect(asked([certificate], asIs)).toEqual(['rejected'])
    expect(
      asked(
        [certificate],
        replacing('taylor(program, F, box, still, order + 1)', 'taylor(program, F, start, still, order + 1)'),
      ),
    ).toEqual(['accepted'])
  })

  test('with ends rounded inwards', () => {
    // √2 − 9 in 32 digits: the inner interval misses the truth.
    const root = { inputs: { x: '2' }, bits: 32 }
    const inner: [string, string] = ['-7.5857864378', '-7.5857864376']
    const program = out('sqrt(x) - 9')
    expect(asked([claimOf(program, root, inner)], asIs)).toEqual(['rejected'])
    const inwards = replacing(
      '(below(lo, self.bits), -below(-hi, self.bits))',
      '(-below(-lo, self.bits), below(hi, self.bits))',
    )
    const found = scripted(
      'F = verify.Numbers(32)\na = F.sqrt(F.constant(2))\nprint(a[0] * a[0] <= 2 <= a[1] * a[1])',
      '',
      inwards,
      source,
    )
    expect(found).toEqual(['False'])
  })
})
