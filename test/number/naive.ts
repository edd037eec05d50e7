/** Naive twins: slow enclosures of exp and log by exact partial sums, each with its own bound of the rest. */
import type { Interval } from '../../src/number/interval.ts'
import { difference, type Fraction } from './draw.ts'

/** The numbers from lo to hi, as exact fractions. */
export interface Enclosure {
  readonly lo: Fraction
  readonly hi: Fraction
}

/** Σ_{j<n} x^j/j! ± 2|x|^n/n! in integers; the rest falls by half at each term once n >= 2|x|. */
export function naiveExp({ num, den }: Fraction, bits: number): Enclosure {
  const size = num < 0n ? -num : num
  let n = 1n
  let [power, factor] = [size, den] // |x|^n/n! = power/factor
  while (n * den < 2n * size || power << BigInt(bits) > factor) {
    n += 1n
    power *= size
    factor *= den * n
  }
  let [top, bottom] = [1n, 1n]
  for (let j = n - 1n; j > 0n; j--) [top, bottom] = [top * num + bottom * den * j, bottom * den * j]
  const rest = 2n * power
  return {
    lo: { num: top * factor - rest * bottom, den: bottom * factor },
    hi: { num: top * factor + rest * bottom, den: bottom * factor },
  }
}

/** log x = Σ_{j>=1} y^j/j with y = 1 − 1/x, for |y| <= 1/2; the rest after n terms is at most 2|y|^(n+1). */
export function naiveLog({ num, den }: Fraction, bits: number): Enclosure {
  const [p, q] = [num - den, num] // y = p/q
  const size = p < 0n ? -p : p
  if (2n * size > q) throw new RangeError('naiveLog: expected 2/3 <= x <= 2')
  const terms = bits + 1
  let [top, bottom] = [0n, 1n]
  for (let j = BigInt(terms); j > 0n; j--) [top, bottom] = [p * (top * j + bottom), q * j * bottom]
  const unit = 1n << BigInt(bits) // 2|y|^(terms+1) <= |y| 2^-bits
  return {
    lo: { num: top * unit * q - size * bottom, den: bottom * unit * q },
    hi: { num: top * unit * q + size * bottom, den: bottom * unit * q },
  }
}

/** Whether an interval meets an enclosure: what must hold if both contain one number. */
export const meets = (value: Interval, { lo, hi }: Enclosure): boolean =>
  difference(value.lo, hi) <= 0n && difference(value.hi, lo) >= 0n
