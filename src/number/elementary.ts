/** Elementary functions: one-sided bounds of exp, log and tanh by series with proved tails. */
import { Undefined } from './conventions.ts'
import { bitLength, negate, ONE, product, toDouble, ZERO, type Dyadic, type Rounding } from './dyadic.ts'

/** Bounds whose relative error is below 2^-bits: an upper bound if `up`, else a lower one. */
export interface Elementary {
  /**
   * A bound of e^x. From a size of x on that lies between 2^33 and 2^35, the bounds for negative x are 0 and
   * 2^(−2^33). @throws Undefined for positive x of that size.
   */
  readonly exp: (x: Dyadic, bits: number, up: boolean) => Dyadic
  /** A bound of log x for x > 0. */
  readonly log: (x: Dyadic, bits: number, up: boolean) => Dyadic
  /** A bound of tanh x, of any size. */
  readonly tanh: (x: Dyadic, bits: number, up: boolean) => Dyadic
}

/** Arguments of exp reach to 2^33, so that exponents and the count of ln 2 stay exact as doubles. */
const REACH = 33

/** A series is cut once its terms are below this many units in the last place: the tail bounds the rest. */
const NEGLIGIBLE = 64n

/**
 * exp, log and tanh under one rounding.
 *
 * Numbers inside are integers in units of 2^-w, all non-negative; as sums, products and quotients of
 * non-negative numbers grow with their operands, rounding every step one way bounds the result that way.
 */
export function elementary(rounding: Rounding): Elementary {
  const shifted = (m: bigint, k: number, up: boolean): bigint =>
    k <= 0 ? m << BigInt(-k) : (up ? rounding.ceilShift : rounding.floorShift)(m, BigInt(k))
  const divided = (m: bigint, n: bigint, up: boolean): bigint => (up ? (m + n - 1n) / n : m / n)

  /*
   * atanh(s) = s (1 + z/3 + z²/5 + …) with z = s², for 0 < s = u/d <= 1/3.
   * Tail: the terms T_j = z^j/(2j+1) fall by a factor of at most z <= 1/9 each, so
   * T_n + T_{n+1} + … <= T_n/(1 − z) <= (9/8) T_n <= 2 T_n; it is never negative.
   * s is taken in units 2^-g that leave it at least w digits, so the error is relative also for tiny s.
   */
  function atanh(u: bigint, d: bigint, w: number, up: boolean): Dyadic {
    const g = w + 1 + bitLength(d) - bitLength(u)
    const s = divided(u << BigInt(g), d, up)
    const z = shifted(s * s, 2 * g - w, up)
    let total = 1n << BigInt(w)
    let power = z
    for (let n = 3n; ; n += 2n) {
      const term = divided(power, n, up)
      if (term <= NEGLIGIBLE) {
        if (up) total += rounding.tail(2n * term)
        return { m: s * total, e: -g - w }
      }
      total += term
      power = shifted(power * z, w, up)
    }
  }

  const cache = new Map<number, bigint>()

  /** A bound of ln 2 = 2 atanh(1/3) in units of 2^-w. */
  function ln2(w: number, up: boolean): bigint {
    const key = up ? w : -w
    let value = cache.get(key)
    if (value === undefined) {
      const { m, e } = atanh(1n, 3n, w + 10, up)
      cache.set(key, (value = shifted(m, -e - w - 1, up)))
    }
    return value
  }

  /*
   * e^x = 2^k (e^t)^(2^h) with t = (x − k ln 2)/2^h, where k is any integer that makes 0 <= t <= 1/2.
   * Tail of Σ T_j, T_j = t^j/j!: from T_1 on the terms fall by a factor of at most t/2 <= 1/4 each, so
   * T_n + T_{n+1} + … <= (4/3) T_n <= 2 T_n; it is never negative. h squarings double a relative error h
   * times, so the series runs in units of 2^-(w+h), in which t is the same integer as 2^h t is in 2^-w.
   */
  function exp(x: Dyadic, bits: number, up: boolean): Dyadic {
    if (x.m === 0n) return ONE
    const top = x.e + bitLength(x.m) // 2^(top−2) <= |x| < 2^top
    if (top >= REACH + 2) {
      if (x.m > 0n) throw new Undefined('exp', `an argument of 2^${REACH} or more`)
      return up ? { m: 1n, e: -(2 ** REACH) } : ZERO
    }
    const w = bits + 16 + Math.max(0, top)
    const h = Math.round(Math.sqrt(bits))
    let k = Math.floor(toDouble(x) / Math.LN2)
    let t = shifted(x.m, -x.e - w, up)
    t -= BigInt(k) * ln2(w, k < 0 === up)
    while (t < 0n) {
      k -= 1
      t += ln2(w, up)
    }
    const v = w + h
    let total = 1n << BigInt(v)
    let term = total
    for (let n = 1n; ; n++) {
      term = divided(shifted(term * t, v, up), n, up)
      if (term <= NEGLIGIBLE) break
      total += term
    }
    if (up) total += rounding.tail(2n * term)
    for (let i = 0; i < h; i++) total = shifted(total * total, v, up)
    return { m: total, e: k - v }
  }

  /*
   * log x = k ln 2 + log f with x = 2^k f and 3/4 <= f < 3/2, and log f = 2 atanh((f − 1)/(f + 1)), where
   * |(f − 1)/(f + 1)| <= 1/5. No cancellation: |log f| < 0.41 < ln 2 unless k = 0.
   */
  function log(x: Dyadic, bits: number, up: boolean): Dyadic {
    const w = bits + 16
    const length = bitLength(x.m)
    const j = 4n * x.m >= 3n << BigInt(length) ? length : length - 1
    const one = 1n << BigInt(j)
    const k = x.e + j
    const u = x.m - one
    const half = u === 0n ? ZERO : u > 0n ? atanh(u, x.m + one, w, up) : negate(atanh(-u, x.m + one, w, !up))
    if (k === 0) return u === 0n ? ZERO : { m: half.m, e: half.e + 1 }
    return { m: BigInt(k) * ln2(w, k > 0 === up) + shifted(half.m, -half.e - w - 1, up), e: -w }
  }

  /*
   * tanh x = (E − 1)/(E + 1) with E = e^{2x}, which grows with E. A relative error r of E makes one of about r/(2x), so
   * E has as many digits more as 1/x. Where x² < 2^{−bits−10}, x(1 − x²/3) < tanh x < x tells enough; and for
   * x > bits + 1, 1 − 2^{−2·bits} < 1 − 2e^{−2x} < tanh x < 1.
   */
  function tanh(x: Dyadic, bits: number, up: boolean): Dyadic {
    if (x.m === 0n) return ZERO
    if (x.m < 0n) return negate(tanh(negate(x), bits, !up))
    const top = x.e + bitLength(x.m) // 2^(top−2) <= x < 2^top
    const nearly = (k: number): Dyadic => ({ m: (1n << BigInt(k)) - 1n, e: -k })
    if (top - 2 > bitLength(BigInt(bits + 1))) return up ? ONE : nearly(2 * bits)
    if (2 * top < -bits - 10) return up ? x : product(x, nearly(bits + 10))
    const w = bits + 16 + Math.max(0, 2 - top)
    const { m, e } = exp({ m: x.m, e: x.e + 1 }, w, up)
    const [power, one] = e >= 0 ? [m << BigInt(e), 1n] : [m, 1n << BigInt(-e)]
    const g = w + bitLength(power + one) - bitLength(power - one)
    return { m: divided((power - one) << BigInt(g), power + one, up), e: -g }
  }

  return { exp, log, tanh }
}
