/** Digits: the decimal text of an interval, with no digit that is not certain. */
import {
  bitLength,
  compare,
  negate,
  OUTWARD,
  power,
  product,
  quotient,
  rounder,
  type Dyadic,
} from './dyadic.ts'

const TEN: Dyadic = { m: 10n, e: 0 }
const DIGITS_PER_BIT = Math.log10(2)
/** With fewer certain digits than this, both endpoints are printed. */
const FEW = 3

/**
 * The longest decimal to which every number from lo to hi rounds, or the exact decimal of a point if it is
 * short; `[lo, hi]` rounded outwards where fewer than three digits are certain.
 */
export function digits(lo: Dyadic, hi: Dyadic, bits: number): string {
  if (hi.m <= 0n && lo.m < 0n) {
    const text = digits(negate(hi), negate(lo), bits)
    const [, a, b] = /^\[(.*), (.*)\]$/.exec(text) ?? []
    return a === undefined ? `-${text}` : `[-${b}, ${a === '0' ? a : `-${a}`}]`
  }
  const most = Math.floor(bits * DIGITS_PER_BIT) + 2
  const places = most - magnitude(compare(negate(lo), hi) > 0 ? lo : hi)
  const least = scaled(lo, places, bits, false)
  const greatest = scaled(hi, places, bits, true)
  if (least === greatest) return render(least, places, true)
  if (lo.m > 0n) {
    for (let cut = 1; cut <= most - FEW; cut++) {
      const unit = 10n ** BigInt(cut)
      const nearest = (least + unit / 2n) / unit
      if (nearest === (greatest + unit / 2n) / unit) return render(nearest, places - cut, false)
    }
  }
  const shown = Math.max(FEW, most + 2 - `${greatest - least}`.length)
  const end = (x: Dyadic, up: boolean): string => {
    const own = shown - magnitude(x)
    return render(scaled(x, own, bits, up), own, true)
  }
  return `[${end(lo, false)}, ${end(hi, true)}]`
}

/** The number of decimal digits of |x| before the point, within one. */
const magnitude = (x: Dyadic): number => Math.ceil((x.e + bitLength(x.m)) * DIGITS_PER_BIT)

/** An integer at most x·10^s, or at least that if `up`: the nearest such one unless s far exceeds `bits`. */
function scaled(x: Dyadic, s: number, bits: number, up: boolean): bigint {
  if (x.m < 0n) return -scaled(negate(x), s, bits, !up)
  const wide = rounder(3 * bits + 128, OUTWARD)
  const towards = up === s > 0 ? wide.up : wide.down
  const tens = s === 0 ? null : power(TEN, Math.abs(s), towards)
  const value = tens === null ? x : s > 0 ? product(x, tens) : quotient(x, tens, wide.room)
  const { m, e } = up ? wide.up(value) : wide.down(value)
  if (e >= 0) return m << BigInt(e)
  return up ? OUTWARD.ceilShift(m, BigInt(-e)) : OUTWARD.floorShift(m, BigInt(-e))
}

/** The text of n·10^-s; zeros at the end are dropped from an `exact` one. */
function render(n: bigint, s: number, exact: boolean): string {
  if (n === 0n) return '0'
  const sign = n < 0n ? '-' : ''
  let text = `${n < 0n ? -n : n}`
  const point = text.length - s
  const trim = (length: number): void => {
    if (exact) while (text.length > length && text.endsWith('0')) text = text.slice(0, -1)
  }
  if (s >= 0 && point > -6 && point <= 21) {
    trim(Math.max(point, 0))
    if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${text}`
    return `${sign}${text.slice(0, point)}${text.length > point ? `.${text.slice(point)}` : ''}`
  }
  trim(1)
  return `${sign}${text[0]}${text.length > 1 ? `.${text.slice(1)}` : ''}e${point - 1}`
}
