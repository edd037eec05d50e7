/** Draw: seeded random intervals, with exact points inside them. */
import type { Dyadic } from '../../src/number/dyadic.ts'
import type { Interval } from '../../src/number/interval.ts'

/** An exact fraction, not reduced; the tests' own arithmetic, independent of the source's. */
export interface Fraction {
  readonly num: bigint
  readonly den: bigint
}

export interface Draw {
  /** An integer from 0 to n − 1. */
  readonly below: (n: number) => number
  /** An integer of at most `bits` binary digits, its sign random. */
  readonly integer: (bits: number) => bigint
  /** An interval: a point, one unit wide, of any width, or around 0; and 9 evenly spaced points of it. */
  readonly interval: (bits: number, exponent: number) => Drawn
}

export interface Drawn {
  readonly value: Interval
  readonly at: (eighths: number) => Fraction
}

export const dyadic = (m: bigint, e: number): Fraction =>
  e >= 0 ? { num: m << BigInt(e), den: 1n } : { num: m, den: 1n << BigInt(-e) }

/** The sequence that belongs to a seed (mulberry32). */
export function draw(seed: number): Draw {
  let state = seed >>> 0
  const word = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (t ^ (t >>> 14)) >>> 0
  }
  const below = (n: number): number => Math.floor((word() / 2 ** 32) * n)
  const natural = (bits: number): bigint => {
    let value = 0n
    for (let left = bits; left > 0; left -= 32) {
      const take = Math.min(left, 32)
      value = (value << BigInt(take)) | BigInt(word() >>> (32 - take))
    }
    return value
  }
  const integer = (bits: number): bigint => (below(2) === 0 ? natural(bits) : -natural(bits))
  const between = (bits: number, exponent: number): Drawn => {
    const m = integer(1 + below(bits))
    const e = below(2 * exponent + 1) - exponent
    const kind = below(4)
    const wide = kind === 0 ? 0n : kind === 1 ? 1n : natural(1 + below(bits))
    const lo: Dyadic = { m: kind === 3 && m > 0n ? -m : m, e }
    const hi: Dyadic = wide === 0n ? lo : { m: lo.m + wide, e }
    return { value: { lo, hi }, at: (j) => dyadic(8n * lo.m + BigInt(j) * wide, e - 3) }
  }
  return { below, integer, interval: between }
}

/** A number with the sign of x − y, by exact cross-multiplication. */
export const difference = ({ m, e }: Dyadic, { num, den }: Fraction): bigint =>
  e >= 0 ? ((m * den) << BigInt(e)) - num : m * den - (num << BigInt(-e))

/** Whether a fraction lies in an interval. */
export const within = ({ lo, hi }: Interval, x: Fraction): boolean =>
  difference(lo, x) <= 0n && difference(hi, x) >= 0n

/** Whether hi − lo <= 2^(3-bits) |lo|: no wider than rounding to `bits` digits makes it. */
export function narrow({ lo, hi }: Interval, bits: number): boolean {
  const e = Math.min(lo.e, hi.e)
  const [a, b] = [lo.m << BigInt(lo.e - e), hi.m << BigInt(hi.e - e)]
  return (b - a) << BigInt(bits) <= 8n * (a < 0n ? -a : a)
}
