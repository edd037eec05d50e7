/** Meant: numbers known to an interval as decimals, with the digits that are certain or as certain bounds. */
import { bitLength, compare, negate, type Dyadic } from '../number/dyadic.ts'
import { endpoints, interval, type Interval } from '../number/interval.ts'
import type { Rational } from '../number/rational.ts'

const BITS_PER_DIGIT = Math.log2(10)
const significant = (text: string): number =>
  text.replace(/e.*$/, '').replaceAll(/[-.]/g, '').replace(/^0+/, '').length

/**
 * A decimal of at most `digits` significant digits that is within a unit of its last digit of every number of the
 * interval, the longest such to a digit or two; `0` where the interval is `noise` around 0 or less.
 * @returns `null` if not even the first digit is certain.
 */
export function certain(x: Interval, digits: number, noise = 0): string | null {
  const text = (spare: number): string =>
    interval(Math.max(2, Math.ceil((digits + spare) * BITS_PER_DIGIT))).format(x)
  const found = text(1)
  if (!found.startsWith('[')) {
    const shorter = [found, ...[0, -1, -2, -3].map(text)].filter((one) => !one.startsWith('['))
    const shown = shorter.find((one) => significant(one) <= digits) ?? shorter.at(-1)!
    return significant(shown) > digits ? nearest(shown, digits) : shown
  }
  if (isNoise(x, noise)) return '0'
  const [, lo, hi] = /^\[(.*), (.*)\]$/.exec(found)!
  for (const few of [2, 1]) {
    const [a, b] = [lo!, hi!].map((end) => nearest(end, few))
    if (a === b) return a!
  }
  return null
}

/** Whether no number of the interval is further from 0 than `noise`. */
function isNoise({ lo, hi }: Interval, noise: number): boolean {
  if (!(noise > 0 && noise < Infinity)) return false
  const { lo: most } = interval(64).constant(`${noise}`)
  return compare(hi, most) <= 0 && compare(negate(lo), most) <= 0
}

/** The nearest decimal of at most so many significant digits to a decimal, half away from 0; exact at any size. */
function nearest(text: string, digits: number): string {
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e(-?\d+))?$/.exec(text)!
  const n = BigInt(whole! + fraction)
  const cut = Math.max(0, `${n}`.length - digits)
  const unit = 10n ** BigInt(cut)
  const kept = (n + unit / 2n) / unit
  const power = Number(exponent) - fraction.length + cut
  // Zeros in front of the point would pass for digits that are certain.
  const shown = power > 0 ? scientific(kept, power) : decimal(kept, -power)
  return kept === 0n ? '0' : sign + shown
}

/** Two decimals of at most `digits` significant digits, rounded outwards: every number of the interval is between them. */
export function bounds(x: Interval, digits: number): { readonly lo: string; readonly hi: string } {
  const { lo, hi } = endpoints(x)
  return { lo: rounded(x.lo, lo, digits, false), hi: rounded(x.hi, hi, digits, true) }
}

/** The decimal of `digits` significant digits, or a few fewer, next to x on one side. */
function rounded(size: Dyadic, x: Rational, digits: number, up: boolean): string {
  if (x.num < 0n) {
    const text = rounded(size, { num: -x.num, den: x.den }, digits, !up)
    return text === '0' ? text : `-${text}`
  }
  if (x.num === 0n) return '0'
  const places = digits - Math.ceil((size.e + bitLength(size.m)) / BITS_PER_DIGIT)
  const tens = 10n ** BigInt(Math.abs(places))
  const [num, den] = places >= 0 ? [x.num * tens, x.den] : [x.num, x.den * tens]
  return decimal(up ? (num + den - 1n) / den : num / den, places)
}

/** The text of n·10^−places, n >= 0. */
function decimal(n: bigint, places: number): string {
  if (n === 0n) return '0'
  const text = `${n}`.replace(/0+$/, '')
  const point = `${n}`.length - places
  if (point > 21 || point < -5) return scientific(n, -places)
  if (point <= 0) return `0.${'0'.repeat(-point)}${text}`
  if (text.length <= point) return text + '0'.repeat(point - text.length)
  return `${text.slice(0, point)}.${text.slice(point)}`
}

/** The text of n·10^power, n > 0, with one digit in front of the point. */
function scientific(n: bigint, power: number): string {
  const text = `${n}`.replace(/0+$/, '')
  return `${text[0]}${text.length > 1 ? `.${text.slice(1)}` : ''}e${`${n}`.length - 1 + power}`
}
