/** Compile: a Program as one flat float64 function. */
import { parseRatio } from './constant.ts'
import { operands, type Op, type Program } from './program.ts'

/** The values of a Program at a point x; they are written to `out` (new by default), which is returned. */
export type Compiled = (x: ArrayLike<number>, out?: Float64Array) => Float64Array

/** Engines do not optimise very long functions, so the code is cut into blocks of this many operations. */
const BLOCK = 500

type Block = (x: ArrayLike<number>, out: Float64Array, shared: Float64Array) => void

/** The double near the q-th root of a >= 0; NaN below 0. One step of Newton's method mends the rounding of 1/q. */
export function rootOfDouble(a: number, q: number): number {
  if (q === 3 && a >= 0) return Math.cbrt(a)
  const root = a ** (1 / q)
  const better = root - (root - a / root ** (q - 1)) / q
  return a > 0 && Number.isFinite(better) ? better : root
}

/**
 * A Program as straight-line float64 code, R^inputs → R^outputs. Wherever `run(program, float64, x)` has a
 * value this is the same one, bit for bit; where `run` throws Undefined it returns what IEEE 754 gives
 * (NaN, ±Infinity, or a number where the undefined operation cancels out), so a caller checks the result.
 * The code is generated with `new Function`; where a content security policy forbids that, the same
 * operations are interpreted, with the same results, some twenty times slower.
 */
export function compile(program: Program): Compiled {
  const blocks = (generates() ? generate : interpret)(program)
  const shared = new Float64Array(program.ops.length)
  const count = program.outputs.length
  return (x, out = new Float64Array(count)) => {
    for (const block of blocks) block(x, out, shared)
    return out
  }
}

/** The same function without generated code: what `compile` falls back to. */
export function compileInterpreted(program: Program): Compiled {
  const [block] = interpret(program)
  const values = new Float64Array(program.ops.length)
  const count = program.outputs.length
  return (x, out = new Float64Array(count)) => {
    block!(x, out, values)
    return out
  }
}

/** Whether the platform lets a program make functions from text. */
function generates(): boolean {
  try {
    return new Function('return true')() === true
  } catch {
    return false
  }
}

function generate({ ops, outputs }: Program): Block[] {
  const blockOf = (e: number): number => Math.floor(e / BLOCK)
  const crossing = new Uint8Array(ops.length)
  ops.forEach((op, e) => {
    if (op[0] !== 'const')
      for (const a of operands(op)) if (ops[a]![0] !== 'const' && blockOf(a) !== blockOf(e)) crossing[a] = 1
  })
  const results = Array.from({ length: blockOf(ops.length - 1) + 1 }, (): string[] => [])
  outputs.forEach((e, k) => results[blockOf(e)]?.push(`o[${k}]=${reading(ops, e, blockOf(e))}`))
  return results.map((stores, b) => {
    const lines: string[] = []
    for (let e = b * BLOCK; e < Math.min(ops.length, (b + 1) * BLOCK); e++) {
      if (ops[e]![0] === 'const') continue
      lines.push(`const v${e}=${expression(ops, e, b)}`)
      if (crossing[e]) lines.push(`s[${e}]=v${e}`)
    }
    const code = new Function('x', 'o', 's', 'root', [...lines, ...stores].join('\n'))
    return (x, out, shared) => code(x, out, shared, rootOfDouble)
  })

  /** The text that reads the value of an operation from inside a block. */
  function reading(ops: readonly Op[], e: number, block: number): string {
    const op = ops[e]!
    if (op[0] === 'const') return literal(op[1])
    return blockOf(e) === block ? `v${e}` : `s[${e}]`
  }

  function expression(ops: readonly Op[], e: number, block: number): string {
    const op = ops[e]!
    const a = (): string => reading(ops, op[1] as number, block)
    const b = (): string => reading(ops, op[2] as number, block)
    switch (op[0]) {
      case 'input':
        return `x[${op[1]}]`
      case 'const':
        return literal(op[1])
      case 'add':
        return `${a()}+${b()}`
      case 'sub':
        return `${a()}-${b()}`
      case 'mul':
        return `${a()}*${b()}`
      case 'div':
        return `${a()}/${b()}`
      case 'neg':
        return `-${a()}`
      case 'pow':
        return op[2] === 2 ? `${a()}*${a()}` : `${a()}**${op[2]}`
      case 'root':
        return `root(${a()},${op[2]})`
      case 'relu':
        return `${a()}>0?${a()}:0`
      case 'step':
        return `(1+Math.sign(${a()}))/2`
      case 'max':
        return `Math.max(${a()},${b()})`
      default:
        return `Math.${op[0]}(${a()})`
    }
  }
}

function interpret({ ops, outputs }: Program): Block[] {
  const constants = ops.map((op) => (op[0] === 'const' ? toDouble(op[1]) : 0))
  return [
    (x, out, v) => {
      for (let e = 0; e < ops.length; e++) {
        const op = ops[e]!
        const a = v[op[1] as number]!
        switch (op[0]) {
          case 'input':
            v[e] = x[op[1]]!
            break
          case 'const':
            v[e] = constants[e]!
            break
          case 'add':
            v[e] = a + v[op[2]]!
            break
          case 'sub':
            v[e] = a - v[op[2]]!
            break
          case 'mul':
            v[e] = a * v[op[2]]!
            break
          case 'div':
            v[e] = a / v[op[2]]!
            break
          case 'neg':
            v[e] = -a
            break
          case 'pow':
            v[e] = a ** op[2]
            break
          case 'root':
            v[e] = rootOfDouble(a, op[2])
            break
          case 'relu':
            v[e] = a > 0 ? a : 0
            break
          case 'step':
            v[e] = (1 + Math.sign(a)) / 2
            break
          case 'max':
            v[e] = Math.max(a, v[op[2]]!)
            break
          default:
            v[e] = Math[op[0]](a)
        }
      }
      for (let k = 0; k < outputs.length; k++) out[k] = v[outputs[k]!]!
    },
  ]
}

/** Parenthesised, so that a sign neither meets another one nor the base of a power. */
const literal = (text: string): string => `(${toDouble(text)})`

/** The double that float64 uses for an exact constant, also where its parts exceed the range of doubles. */
function toDouble(text: string): number {
  const { num, den } = parseRatio(text)
  const direct = Number(num) / Number(den)
  if (Number.isFinite(direct) && (direct !== 0 || num === 0n)) return direct
  const bits = (n: bigint): number => (n < 0n ? -n : n).toString(2).length
  const shift = bits(num) - bits(den) - 64
  const scaled = Number(shift >= 0 ? num / (den << BigInt(shift)) : (num << BigInt(-shift)) / den)
  const half = shift >> 1
  return scaled * 2 ** half * 2 ** (shift - half)
}
