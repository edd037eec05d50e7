/** Truncated power series: the arithmetic that the recurrences of a jet are written in. */
import type { NumberField } from '../number/field.ts'

/** The term ±a or ±ab of a sum of series. */
export interface Term<S> {
  readonly minus: boolean
  readonly a: S
  readonly b?: S
  /** Whether b is constant, so that (ab)_k = a_k b_0. */
  readonly scaled?: boolean
}

/**
 * Series with coefficients of type T, kept as values of type S whose coefficients are filled in one by one.
 * Each operation writes coefficient k of `out` (or coefficient 0) and reads only what is already known, so a
 * kernel may keep its series where it likes; sums of products are the only costly operation.
 */
export interface SeriesKernel<T, S> {
  /** A series of zeros with coefficients 0 … order. */
  series(order: number): S
  get(a: S, k: number): T
  set(out: S, k: number, value: T): void
  /** out₀ = the exact rational number written as `p` or `p/q`. */
  constant(out: S, text: string): void
  /** out_k = a_k + b_k */
  add(out: S, k: number, a: S, b: S): void
  /** out_k = a_k − b_k */
  sub(out: S, k: number, a: S, b: S): void
  /** out_k = a_k num/den for integers num and den > 0 */
  ratio(out: S, k: number, a: S, num: number, den: number): void
  /** out_k = Σ_{j=from}^{to} a_j b_{k−j}; 0 if from > to */
  dot(out: S, k: number, a: S, b: S, from: number, to: number): void
  /** out_k = Σ_{j=from}^{k−from} a_j a_{k−j}, by symmetry in half the products */
  square(out: S, k: number, a: S, from: number): void
  /** out_k = Σ ±a_k or ±(ab)_k over the terms; absent if summing them at once gains nothing over one by one */
  sum?(out: S, k: number, terms: readonly Term<S>[]): void
  /** out_k = out_k/a₀ @throws Undefined if a₀ = 0 */
  divide(out: S, k: number, a: S): void
  /** out₀ = the q-th root of a₀ @throws Undefined if a₀ < 0 */
  root(out: S, a: S, q: number): void
  /** out₀ = tanh a₀ */
  tanh(out: S, a: S): void
  /** out₀ = e^{a₀} */
  exp(out: S, a: S): void
  /** out₀ = log a₀ @throws Undefined if a₀ <= 0 */
  log(out: S, a: S): void
  /** out_{k+1} = 2^exponent a_k/(k+1): one more coefficient of a solution of x' = a */
  advance(out: S, k: number, a: S, exponent: number): void
}

/** The kernel's `sum`, or one that adds term after term to an out_k that is still 0. */
export function summation<T, S>(kernel: SeriesKernel<T, S>, order: number): NonNullable<typeof kernel.sum> {
  if (kernel.sum !== undefined) return kernel.sum
  const product = kernel.series(order)
  return (out, k, terms) => {
    for (const { minus, a, b, scaled = false } of terms) {
      if (b === a && !scaled) kernel.square(product, k, a, 0)
      else if (b !== undefined) kernel.dot(product, k, a, b, scaled ? k : 0, k)
      kernel[minus ? 'sub' : 'add'](out, k, out, b === undefined ? a : product)
    }
  }
}

/** The series over a NumberField: exact over `rational`, enclosing over `interval`. */
export function seriesOver<T>(F: NumberField<T>): SeriesKernel<T, T[]> {
  const zero = F.constant('0')
  const total = (k: number, a: readonly T[], b: readonly T[], from: number, to: number): T => {
    let sum = zero
    for (let j = from; j <= to; j++) sum = F.add(sum, F.mul(a[j]!, b[k - j]!))
    return sum
  }
  return {
    series: (order) => Array.from({ length: order + 1 }, () => zero),
    get: (a, k) => a[k]!,
    set: (out, k, value) => void (out[k] = value),
    constant: (out, text) => void (out[0] = F.constant(text)),
    add: (out, k, a, b) => void (out[k] = F.add(a[k]!, b[k]!)),
    sub: (out, k, a, b) => void (out[k] = F.sub(a[k]!, b[k]!)),
    ratio(out, k, a, num, den) {
      const product = num === 1 ? a[k]! : F.mul(a[k]!, F.constant(`${num}`))
      out[k] = den === 1 ? product : F.div(product, F.constant(`${den}`))
    },
    dot: (out, k, a, b, from, to) => void (out[k] = total(k, a, b, from, to)),
    square(out, k, a, from) {
      const half = total(k, a, a, from, Math.ceil(k / 2) - 1)
      const twice = F.add(half, half)
      out[k] = k % 2 === 0 && from <= k / 2 ? F.add(twice, F.pow(a[k / 2]!, 2)) : twice
    },
    divide: (out, k, a) => void (out[k] = F.div(out[k]!, a[0]!)),
    root: (out, a, q) => void (out[0] = q === 2 ? F.sqrt(a[0]!) : F.root(a[0]!, q)),
    tanh: (out, a) => void (out[0] = F.tanh(a[0]!)),
    exp: (out, a) => void (out[0] = F.exp(a[0]!)),
    log: (out, a) => void (out[0] = F.log(a[0]!)),
    advance(out, k, a, exponent) {
      const power = F.pow(F.constant('2'), Math.abs(exponent))
      const scaled = exponent < 0 ? F.div(a[k]!, power) : F.mul(a[k]!, power)
      out[k + 1] = F.div(scaled, F.constant(`${k + 1}`))
    },
  }
}
