/** Speed of the number fields at 50 digits, against plain fixed point on BigInt. */
import { bench, describe } from 'vitest'
import { decimal } from '../../src/number/decimal.ts'
import type { NumberField } from '../../src/number/field.ts'
import { interval, type Interval } from '../../src/number/interval.ts'
import { isqrt, rational } from '../../src/number/rational.ts'

/*
 * The reference: numbers are integers in units of 2^-BITS, every operation truncates, nothing is enclosed.
 * ln 2 is computed once; exp and log use the shortest series that 50 digits allow.
 */
const BITS = 176n
const ONE = 1n << BITS
const HALVINGS = 12n

/** atanh(s) for small s >= 0. */
function atanh(s: bigint): bigint {
  const z = (s * s) >> BITS
  let total = 0n
  let power = s
  for (let n = 1n; power !== 0n; n += 2n) {
    total += power / n
    power = (power * z) >> BITS
  }
  return total
}

const LN2 = 2n * atanh(ONE / 3n)

function fixedExp(x: bigint): bigint {
  const k = x / LN2
  const t = (x - k * LN2) >> HALVINGS
  let total = ONE
  let term = ONE
  for (let n = 1n; term !== 0n; n += 1n) {
    term = ((term * t) >> BITS) / n
    total += term
  }
  for (let i = 0n; i < HALVINGS; i++) total = (total * total) >> BITS
  return total << k
}

/** log x for x >= 1. */
function fixedLog(x: bigint): bigint {
  let k = 0n
  while (x >> k > (3n * ONE) / 2n) k += 1n
  const f = x >> k
  const s = f < ONE ? -atanh(((ONE - f) << BITS) / (f + ONE)) : atanh(((f - ONE) << BITS) / (f + ONE))
  return k * LN2 + 2n * s
}

interface Operations<T> {
  readonly values: readonly T[]
  readonly add: (a: T, b: T) => T
  readonly mul: (a: T, b: T) => T
  readonly div: (a: T, b: T) => T
  readonly sqrt?: (a: T) => T
  readonly exp?: (a: T) => T
  readonly log?: (a: T) => T
}

const COUNT = 64
const texts = Array.from({ length: COUNT }, (_, i) => `${(1000 + 13 * i) * 16 ** (i % 3)}/${997 + i}`)

/** Values of full length and different sizes, so that no field works on short mantissas. */
const roots = <T>(F: NumberField<T>): T[] => texts.map((text) => F.sqrt(F.constant(text)))

const fixed: Operations<bigint> = {
  values: texts.map((text) => {
    const { num, den } = rational.constant(text)
    return isqrt((num << (2n * BITS)) / den)
  }),
  add: (a, b) => a + b,
  mul: (a, b) => (a * b) >> BITS,
  div: (a, b) => (a << BITS) / b,
  sqrt: (a) => isqrt(a << BITS),
  exp: fixedExp,
  log: fixedLog,
}
const F = interval(170)
const point = ({ lo }: Interval): Interval => ({ lo, hi: lo })
const contenders: readonly (readonly [string, Operations<any>])[] = [
  ['BigInt fixed point, 176 bits', fixed],
  ['interval(170), narrow intervals', { values: roots(F), ...F }],
  ['interval(170), points', { values: roots(F).map(point), ...F }],
  ['decimal(50)', { values: roots(decimal(50)), ...decimal(50) }],
  [
    'rational, 64-bit parts',
    {
      values: texts.map((_, i) => ({ num: 7n ** 22n + BigInt(i), den: 3n ** 40n + BigInt(i * i) })),
      add: rational.add,
      mul: rational.mul,
      div: rational.div,
    },
  ],
]

/** Results go here, so that none is optimised away. */
const results: unknown[] = Array.from({ length: COUNT })

/** One bench iteration runs the operation on COUNT pairs. */
for (const operation of ['add', 'mul', 'div', 'sqrt', 'exp', 'log'] as const)
  describe(`${operation}, ${COUNT} operations`, () => {
    for (const [name, field] of contenders) {
      const run = field[operation]
      if (run === undefined) continue
      const { values } = field
      bench(name, () => {
        for (let i = 0; i < COUNT; i++) results[i] = run(values[i], values[(i + 1) % COUNT])
      })
    }
  })
