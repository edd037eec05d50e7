/** Programs: traces compute what the code computes, and their JSON is checked operation by operation. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NotExact, Undefined } from '../../src/number/conventions.ts'
import { interval, overlap } from '../../src/number/interval.ts'
import { rational, type Rational } from '../../src/number/rational.ts'
import {
  newTrace,
  parseProgram,
  select,
  size,
  trace,
  type Expr,
  type Program,
  type Trace,
} from '../../src/program/program.ts'
import { run } from '../../src/program/run.ts'
import { ALL, code, NAMES, point, program, RATIONAL, values } from './draw.ts'

const same = (a: Rational, b: Rational): boolean => a.num * b.den === b.num * a.den

/** The value, or the error that says why there is none. */
function attempt<T>(f: () => T): T | NotExact | Undefined {
  try {
    return f()
  } catch (error) {
    if (error instanceof NotExact || error instanceof Undefined) return error
    throw error
  }
}
const failed = (v: unknown): v is NotExact | Undefined => v instanceof NotExact || v instanceof Undefined

describe('a trace computes what the code computes', () => {
  test('exactly, in rationals, wherever the code is defined', () => {
    let compared = 0
    fc.assert(
      fc.property(code(RATIONAL, 14), point, (steps, x) => {
        const direct = attempt(() => values(rational, x, steps).at(-1)!)
        fc.pre(!failed(direct))
        compared++
        expect(same(run(program(steps), rational, x)[0]!, direct)).toBe(true)
      }),
      { seed: 1, numRuns: 3000 },
    )
    expect(compared).toBe(3000)
  })

  test('with roots, exponentials and logarithms, wherever their values are rational', () => {
    let compared = 0
    fc.assert(
      fc.property(code(ALL, 10), point, (steps, x) => {
        const direct = attempt(() => values(rational, x, steps).at(-1)!)
        const traced = attempt(() => run(program(steps), rational, x)[0]!)
        if (failed(direct)) return
        expect(traced).not.toBeInstanceOf(Undefined)
        if (failed(traced)) return
        compared++
        expect(same(traced, direct)).toBe(true)
      }),
      { seed: 2, numRuns: 4000 },
    )
    expect(compared).toBeGreaterThan(1000)
  })

  test('in intervals: the enclosures of both overlap, and the trace is defined where the code is', () => {
    const F = interval(90)
    let compared = 0
    fc.assert(
      fc.property(code(ALL, 10), point, (steps, x) => {
        const at = x.map(({ num, den }) => F.constant(`${num}/${den}`))
        const direct = attempt(() => values(F, at, steps).at(-1)!)
        if (failed(direct)) return
        compared++
        const traced = attempt(() => run(program(steps), F, at)[0]!)
        expect(failed(traced)).toBe(false)
        if (!failed(traced)) expect(overlap(traced, direct)).toBe(true)
      }),
      { seed: 3, numRuns: 3000 },
    )
    expect(compared).toBeGreaterThan(1000)
  })

  test('at every operation, not only at the last', () => {
    fc.assert(
      fc.property(
        code(['add', 'sub', 'mul', 'neg', 'pow', 'const', 'relu', 'step'], 12),
        point,
        (steps, x) => {
          const all = trace(NAMES, (F, e) => values(F, e, steps))
          const direct = values(rational, x, steps)
          run(all, rational, x).forEach((v, i) => expect(same(v, direct[i]!)).toBe(true))
          const picked = select(all, [direct.length - 1, 0])
          expect(run(picked, rational, x).map(rational.format)).toEqual(
            [direct.at(-1)!, direct[0]!].map(rational.format),
          )
        },
      ),
      { seed: 4, numRuns: 500 },
    )
  })

  test('a point of the wrong length is refused, and so is an unknown input', () => {
    const p = trace(['a', 'b'], (F, [a, b]) => [F.add(a!, b!)])
    expect(() => run(p, rational, [rational.constant('1')])).toThrow('run: expected 2 inputs (a, b), got 1')
    const t = newTrace()
    const e = t.neg(t.input('a'))
    expect(() => t.program([e], ['b'])).toThrow('program: expected "a" among the inputs [b]')
  })
})

describe('equal operations are stored once', () => {
  test('no program holds the same operation twice', () => {
    fc.assert(
      fc.property(code(ALL, 25), (steps) => {
        const ops = program(steps).ops.map((op) => op.join(' '))
        expect(new Set(ops).size).toBe(ops.length)
      }),
      { seed: 5, numRuns: 500 },
    )
  })

  test('tracing the same code again adds no operation', () => {
    fc.assert(
      fc.property(code(ALL, 25), (steps) => {
        const t = newTrace()
        const x = NAMES.map((name) => t.input(name))
        const once = values(t, x, steps)
        const length = t.ops.length
        expect(values(t, x, steps)).toEqual(once)
        expect(t.ops.length).toBe(length)
      }),
      { seed: 6, numRuns: 500 },
    )
  })

  test('sums and products do not depend on the order of their two terms', () => {
    const t = newTrace()
    const [a, b] = [t.input('a'), t.input('b')]
    expect(t.add(a, b)).toBe(t.add(b, a))
    expect(t.mul(a, b)).toBe(t.mul(b, a))
    expect(t.sub(a, b)).not.toBe(t.sub(b, a))
  })

  test('a program holds only what its outputs need', () => {
    fc.assert(
      fc.property(code(ALL, 25), (steps) => {
        const { ops, outputs } = program(steps)
        const used = new Set(outputs)
        ops.forEach((op) =>
          op[0] === 'input' || op[0] === 'const'
            ? undefined
            : op.slice(1, op[0] === 'pow' || op[0] === 'root' ? 2 : 3).forEach((a) => used.add(a as number)),
        )
        expect(used.size).toBe(ops.length)
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})

describe('simplifications', () => {
  const F: Trace = newTrace()
  const [x, y] = [F.input('x'), F.input('y')]
  const c = (text: string): Expr => F.constant(text)
  const [ex, ey] = [F.exp(x), F.exp(y)]
  test.each<[string, Expr, Expr]>([
    ['x + 0 = x', F.add(x, c('0')), x],
    ['0 + x = x', F.add(c('0'), x), x],
    ['x + (−y) = x − y', F.add(x, F.neg(y)), F.sub(x, y)],
    ['−x + y = y − x', F.add(F.neg(x), y), F.sub(y, x)],
    ['x − x = 0', F.sub(x, x), c('0')],
    ['x − 0 = x', F.sub(x, c('0')), x],
    ['0 − x = −x', F.sub(c('0'), x), F.neg(x)],
    ['x − (−y) = x + y', F.sub(x, F.neg(y)), F.add(x, y)],
    ['x · 0 = 0', F.mul(x, c('0')), c('0')],
    ['0 · x = 0', F.mul(c('0'), x), c('0')],
    ['1 · x = x', F.mul(c('1'), x), x],
    ['x · (−1) = −x', F.mul(x, c('-1')), F.neg(x)],
    ['x · x = x²', F.mul(x, x), F.pow(x, 2)],
    ['x / 1 = x', F.div(x, c('1')), x],
    ['0 / x = 0', F.div(c('0'), x), c('0')],
    ['−(−x) = x', F.neg(F.neg(x)), x],
    ['x⁰ = 1', F.pow(x, 0), c('1')],
    ['x¹ = x', F.pow(x, 1), x],
    ['(√x²)² = x²', F.pow(F.sqrt(F.pow(x, 2)), 2), F.pow(x, 2)],
    ['(√eˣ)⁶ = (eˣ)³', F.pow(F.sqrt(F.exp(x)), 6), F.pow(F.exp(x), 3)],
    ['(−x)⁴ = x⁴', F.pow(F.neg(x), 4), F.pow(x, 4)],
    ['2³ = 8', F.pow(F.constant('2'), 3), F.constant('8')],
    ['log eˣ = x', F.log(ex), x],
    ['log (eˣ eʸ) = x + y', F.log(F.mul(ex, ey)), F.add(x, y)],
    ['log (eˣ / eʸ) = x − y', F.log(F.div(ex, ey)), F.sub(x, y)],
    ['relu(eˣ) = eˣ', F.relu(ex), ex],
    ['step(eˣ + 1) = 1', F.step(F.add(ex, c('1'))), c('1')],
    ['1/2 + 1/3 = 5/6', F.add(c('1/2'), c('1/3')), c('5/6')],
    ['2/3 − 1/6 = 0.5', F.sub(c('2/3'), c('1/6')), c('0.5')],
    ['3/4 · 2/9 = 1/6', F.mul(c('3/4'), c('2/9')), c('1/6')],
    ['1 / −4 = −0.25', F.div(c('1'), c('-4')), c('-0.25')],
  ])('%s', (_, found, expected) => {
    expect(found).toBe(expected)
  })

  test.each<[string, Expr, string]>([
    ['√(x²) is not x', F.sqrt(F.pow(x, 2)), 'sqrt'],
    ['(√x)³ is no power of x', F.pow(F.sqrt(x), 3), 'pow'],
    ['(√x)² is undefined for negative x', F.pow(F.sqrt(x), 2), 'pow'],
    ['log(x y) is no sum, for x and y may be negative', F.log(F.mul(x, y)), 'log'],
    ['log(eˣ y) is no sum', F.log(F.mul(ex, y)), 'log'],
    ['relu(x) is kept', F.relu(x), 'relu'],
    ['relu(eˣ − 1) is kept', F.relu(F.sub(ex, c('1'))), 'relu'],
    ['step(x²) is kept, for x may be 0', F.step(F.pow(x, 2)), 'step'],
    ['1 / 0 is kept, to be Undefined when it is run', F.div(c('1'), c('0')), 'div'],
    ['x / x is kept, for x may be 0', F.div(x, x), 'div'],
  ])('%s', (_, e, op) => {
    expect(F.ops[e]![0]).toBe(op)
  })

  test('an exponent that is no integer >= 0 is refused', () => {
    for (const n of [-1, 0.5, NaN, 2 ** 60])
      expect(() => F.pow(x, n)).toThrow('pow: expected an integer exponent >= 0')
  })
})

describe('JSON', () => {
  test('every program comes back from its JSON text', () => {
    fc.assert(
      fc.property(code(ALL, 20), (steps) => {
        const p = program(steps)
        expect(parseProgram(JSON.parse(JSON.stringify(p)))).toEqual(p)
      }),
      { seed: 8, numRuns: 500 },
    )
  })

  const valid = {
    inputs: ['x', 'y'],
    ops: [
      ['input', 0],
      ['const', '1/2'],
      ['add', 0, 1],
    ],
    outputs: [2],
  }
  test('the program that the malformed ones are made of is well formed', () => {
    expect(parseProgram(valid)).toEqual(valid)
  })

  const withOp = (op: unknown): unknown => ({ ...valid, ops: [...valid.ops, op] })
  test.each<[string, unknown, string]>([
    ['nothing', undefined, '"inputs" to be a list of names'],
    ['null', null, '"inputs" to be a list of names'],
    ['a list', [], '"inputs" to be a list of names'],
    ['a text', 'x', '"inputs" to be a list of names'],
    ['a number among the inputs', { ...valid, inputs: ['x', 3] }, '"inputs" to be a list of names'],
    ['equal inputs', { ...valid, inputs: ['x', 'x'] }, '"inputs" to be distinct'],
    ['no operations', { inputs: [], outputs: [] }, '"ops" to be a list'],
    ['no outputs', { inputs: [], ops: [] }, '"outputs" to be indices of operations'],
    ['an output out of range', { ...valid, outputs: [3] }, '"outputs" to be indices of operations'],
    ['a negative output', { ...valid, outputs: [-1] }, '"outputs" to be indices of operations'],
    ['a fractional output', { ...valid, outputs: [0.5] }, '"outputs" to be indices of operations'],
    ['an output in a text', { ...valid, outputs: ['2'] }, '"outputs" to be indices of operations'],
    ['an operation that is no list', withOp('neg'), 'operation 3 to be a list, got "neg"'],
    ['null as an operation', withOp(null), 'operation 3 to be a list, got null'],
    ['an empty operation', withOp([]), 'a known operation, got [] at 3'],
    ['an input out of range', withOp(['input', 2]), 'an input index below 2, got ["input",2] at 3'],
    ['an input by name', withOp(['input', 'x']), 'an input index below 2, got ["input","x"] at 3'],
    ['a forward operand', withOp(['neg', 3]), '1 earlier operand(s), got ["neg",3] at 3'],
    ['a negative operand', withOp(['neg', -1]), '1 earlier operand(s), got ["neg",-1] at 3'],
    ['an operand missing', withOp(['add', 0]), '2 earlier operand(s), got ["add",0] at 3'],
    ['an operand too many', withOp(['exp', 0, 1]), '1 earlier operand(s), got ["exp",0,1] at 3'],
    ['an unknown operation', withOp(['sin', 0]), 'a known operation, got ["sin",0] at 3'],
    ['constructor', withOp(['constructor', 0]), 'a known operation, got ["constructor",0] at 3'],
    ['__proto__', withOp(['__proto__', 0]), 'a known operation, got ["__proto__",0] at 3'],
    ['toString', withOp(['toString', 0]), 'a known operation, got ["toString",0] at 3'],
    ['an operation in a list', withOp([['neg'], 0]), 'a known operation, got [["neg"],0] at 3'],
    [
      'an object that hides its text',
      withOp([{ toString: 1, valueOf: 1 }, 0]),
      'a known operation, got [{"toString":1,"valueOf":1},0] at 3',
    ],
    ['a number as a constant', withOp(['const', 2]), 'a constant "p" or "p/q" in lowest terms'],
    ['2/4', withOp(['const', '2/4']), 'a constant "p" or "p/q" in lowest terms, got ["const","2/4"] at 3'],
    ['0.5', withOp(['const', '0.5']), 'a constant "p" or "p/q" in lowest terms, got ["const","0.5"] at 3'],
    ['-0', withOp(['const', '-0']), 'a constant "p" or "p/q" in lowest terms, got ["const","-0"] at 3'],
    ['3/1', withOp(['const', '3/1']), 'a constant "p" or "p/q" in lowest terms, got ["const","3/1"] at 3'],
    ['a space', withOp(['const', ' 1']), 'a constant "p" or "p/q" in lowest terms, got ["const"," 1"] at 3'],
    ['a negative power', withOp(['pow', 0, -1]), '["pow", earlier, n >= 0], got ["pow",0,-1] at 3'],
    ['a fractional power', withOp(['pow', 0, 0.5]), '["pow", earlier, n >= 0], got ["pow",0,0.5] at 3'],
    ['a huge power', withOp(['pow', 0, 2 ** 31]), '["pow", earlier, n >= 0], got ["pow",0,2147483648] at 3'],
  ])('%s is refused with what was expected', (_, json, expected) => {
    expect(() => parseProgram(json)).toThrow(SyntaxError)
    expect(() => parseProgram(json)).toThrow(`program: expected ${expected}`)
  })

  test.each([['x'], [''], ['1/0'], ['1e99999'], ['0x10'], ['½'], ['1/-2']])(
    'the constant "%s" is refused as a SyntaxError',
    (text) => {
      expect(() => parseProgram(withOp(['const', text]))).toThrow(SyntaxError)
    },
  )

  type Json = { inputs: unknown[]; ops: unknown[][]; outputs: unknown[] }
  const damages: readonly ((p: Json, e: number) => boolean)[] = [
    (p) => p.outputs.push(p.ops.length) > 0,
    (p) => p.inputs.push(p.inputs[0]) > 0,
    (p) => p.ops.push(['mul', 0, p.ops.length]) > 0,
    (p, e) => p.ops[e]!.push(0) > 0,
    (p, e) => p.ops[e]!.pop() !== undefined,
    (p, e) => ((p.ops[e]![0] = 'constructor'), true),
    (p, e) => ((p.ops[e]![0] = '__proto__'), true),
    (p, e) => ((p.ops[e]![1] = p.ops[e]![0] === 'const' ? '4/6' : e), p.ops[e]![0] !== 'input'),
    (p, e) => ((p.ops[e]![1] = null), true),
    (p, e) => ((p.ops[e]![1] = p.ops[e]![0] === 'const' ? '01' : -1), true),
    (p, e) => ((p.ops[e] = { ...p.ops[e] } as unknown as unknown[]), true),
  ]
  test('any random program is refused once it is damaged in one place', () => {
    let refused = 0
    fc.assert(
      fc.property(
        code(ALL, 12),
        fc.nat({ max: damages.length - 1 }),
        fc.nat({ max: 11 }),
        (steps, damage, at) => {
          const json = JSON.parse(JSON.stringify(program(steps))) as Json
          if (!damages[damage]!(json, at % json.ops.length)) return
          refused++
          expect(() => parseProgram(json)).toThrow(/^program: expected /)
        },
      ),
      { seed: 9, numRuns: 1000 },
    )
    expect(refused).toBeGreaterThan(900)
  })
})

describe('size', () => {
  test('counts operations; inputs and constants are free', () => {
    const p: Program = trace(['x'], (F, [e]) => [F.add(F.pow(e!, 2), F.mul(F.constant('3'), e!))])
    expect([size(p), p.ops.length]).toEqual([3, 5])
  })
})
