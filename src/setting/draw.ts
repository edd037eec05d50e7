/** Random rational numbers and vectors, small enough to read. */
import { parseRatio, printRatio } from '../program/constant.ts'
import { rational, type Rational } from '../number/rational.ts'
import { oneIn, pick, type Random } from '../claim/random.ts'

/** A rational p/q with |p/q| <= 4 and q in {1, 2, 4}; 0 is rare. */
export function smallNumber(random: Random): string {
  const q = pick(random, [1, 1, 2, 4])
  const p = random.integer(1, 4 * Math.min(q, 2))
  if (oneIn(random, 24)) return '0'
  return printRatio({ num: BigInt(oneIn(random, 2) ? p : -p), den: BigInt(q) })
}

/** A positive rational between 1/4 and 4. */
export function positiveNumber(random: Random): string {
  const q = pick(random, [1, 1, 2, 4])
  return printRatio({ num: BigInt(random.integer(1, q === 1 ? 4 : 2 * q)), den: BigInt(q) })
}

/** A vector of small numbers that is not zero. */
export function nonZeroVector(random: Random, n: number): string[] {
  const v = Array.from({ length: n }, () => smallNumber(random))
  return v.every((entry) => entry === '0') ? v.map((_, i) => (i === 0 ? '1' : '0')) : v
}

/** A rational point of the unit sphere, by stereographic projection from a random pole; an axis at times. */
export function unitVector(random: Random, n: number): string[] {
  const sign = oneIn(random, 2) ? '1' : '-1'
  const pole = random.integer(0, n - 1)
  if (n === 1 || oneIn(random, 12)) return Array.from({ length: n }, (_, i) => (i === pole ? sign : '0'))
  const t = Array.from({ length: n - 1 }, (): Rational => parseRatio(smallNumber(random)))
  const square = t.reduce((sum, ti) => rational.add(sum, rational.mul(ti, ti)), parseRatio('0'))
  const one = parseRatio('1')
  const d = rational.add(one, square)
  const tangent = t.map((ti) => rational.div(rational.add(ti, ti), d))
  const top = rational.div(rational.sub(one, square), d)
  return [...tangent.slice(0, pole), top, ...tangent.slice(pole)].map((entry) =>
    printRatio(rational.mul(parseRatio(sign), entry)),
  )
}

/** A rational point of the sphere of a random rational radius. */
export function rationalVector(random: Random, n: number): string[] {
  const radius = parseRatio(positiveNumber(random))
  return unitVector(random, n).map((entry) => printRatio(rational.mul(radius, parseRatio(entry))))
}

/** A random double rounded to a rational with the given denominator, never past the double downwards. */
export function near(x: number, denominator: number, direction: 'down' | 'up'): string {
  const n = direction === 'down' ? Math.floor(x * denominator) : Math.ceil(x * denominator)
  return printRatio({ num: BigInt(n), den: BigInt(denominator) })
}
