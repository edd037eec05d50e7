/** Arithmetic: exact rationals while they are short, and intervals; both say no where a value may not exist. */
import { compare, type Dyadic } from '../number/dyadic.ts'
import { interval, type Interval } from '../number/interval.ts'
import { isqrt } from '../number/rational.ts'
import { parseRatio, reduce, type Ratio } from '../program/constant.ts'
import type { Field } from './code.ts'
import { demand } from './format.ts'

/** Thrown where a value is irrational, or too long to be written out: intervals go on. */
export class Inexact extends Error {}

/** Hexadecimal digits that are written out in all, counting operands and results. */
const MOST_DIGITS = 2 ** 16
const length = (a: bigint): number => a.toString(16).replace('-', '').length
const size = (a: Ratio): number => length(a.num) + length(a.den)

export const ZERO: Ratio = { num: 0n, den: 1n }
export const sign = (a: Ratio): number => (a.num > 0n ? 1 : a.num < 0n ? -1 : 0)

/** The rational numbers, in lowest terms. */
export function exactField(): Field<Ratio> {
  let room = MOST_DIGITS
  const spend = (digits: number): void => {
    room -= digits
    if (room < 0) throw new Inexact()
  }
  const made = (a: Ratio, b: Ratio, num: bigint, den: bigint): Ratio => {
    spend(size(a) + size(b))
    return reduce(num, den)
  }
  const only = (a: Ratio, at: Ratio, value: Ratio): Ratio => {
    if (a.num * at.den !== at.num * a.den) throw new Inexact()
    return value
  }
  const [one, neg] = [parseRatio('1'), (a: Ratio): Ratio => ({ num: -a.num, den: a.den })]
  const sub = (a: Ratio, b: Ratio): Ratio => made(a, b, a.num * b.den - b.num * a.den, a.den * b.den)
  const max = (a: Ratio, b: Ratio): Ratio => (sign(sub(a, b)) > 0 ? a : b)
  return {
    ...{ constant: parseRatio, neg, sub, max, abs: (a) => max(a, neg(a)) },
    add: (a, b) => sub(a, neg(b)),
    mul: (a, b) => made(a, b, a.num * b.num, a.den * b.den),
    div(a, b) {
      demand(sign(b) !== 0, 'a division by 0')
      return made(a, b, a.num * b.den, a.den * b.num)
    },
    pow(a, n) {
      spend(size(a) * n)
      return { num: a.num ** BigInt(n), den: a.den ** BigInt(n) }
    },
    sqrt(a) {
      demand(sign(a) >= 0, 'a square root of what is negative')
      const root = { num: isqrt(a.num), den: isqrt(a.den) }
      return only({ num: root.num ** 2n, den: root.den ** 2n }, a, root)
    },
    exp: (a) => only(a, ZERO, one),
    log(a) {
      demand(sign(a) > 0, 'a logarithm of what is not positive')
      return only(a, one, ZERO)
    },
    step: (a) => (sign(a) > 0 ? one : sign(a) < 0 ? ZERO : parseRatio('1/2')),
  }
}

/** The digits of intervals; the second checker has its own. */
const BITS = 256
const LARGE: Dyadic = { m: 1n, e: 2 ** 16 }
const SMALL: Dyadic = { m: 1n, e: -(2 ** 16) }
const NOUGHT: Dyadic = { m: 0n, e: 0 }
const size2 = (a: Dyadic): Dyadic => (a.m < 0n ? { m: -a.m, e: a.e } : a)
const larger = (a: Dyadic, b: Dyadic): Dyadic => (compare(a, b) > 0 ? a : b)

/** Whether the first lies inside the second. */
export const within = (a: Interval, b: Interval): boolean =>
  compare(a.lo, b.lo) >= 0 && compare(a.hi, b.hi) <= 0

/** true if all of it is positive, false if none is, else undefined. */
export const isPositive = (a: Interval): boolean | undefined =>
  compare(a.lo, NOUGHT) > 0 ? true : compare(a.hi, NOUGHT) > 0 ? undefined : false

/** Intervals around real numbers of sizes from 2^−65536 to 2^65536. */
export function intervalField(): Field<Interval> {
  const F = interval(BITS)
  const kept = (a: Interval): Interval => {
    for (const end of [size2(a.lo), size2(a.hi)]) {
      demand(compare(end, LARGE) < 0, 'a number is too large')
      demand(end.m === 0n || compare(end, SMALL) > 0, 'a number is too close to 0')
    }
    return a
  }
  const max = (a: Interval, b: Interval): Interval => ({ lo: larger(a.lo, b.lo), hi: larger(a.hi, b.hi) })
  return {
    ...{ constant: F.constant, neg: F.neg, step: F.step, max, abs: (a) => max(a, F.neg(a)) },
    add: (a, b) => kept(F.add(a, b)),
    sub: (a, b) => kept(F.sub(a, b)),
    mul: (a, b) => kept(F.mul(a, b)),
    div: (a, b) => kept(F.div(a, b)),
    pow: (a, n) => kept(F.pow(a, n)),
    sqrt(a) {
      demand(compare(a.lo, NOUGHT) >= 0, 'a square root of what may be negative')
      return F.sqrt(a)
    },
    exp: (a) => kept(F.exp(a)),
    log: F.log,
  }
}
