/** Functions on the unit disc: Taylor polynomials with float64 bounds, and a bound of all that follows them. */
import { Undefined } from '../number/conventions.ts'
import { toDouble, type Dyadic } from '../number/dyadic.ts'
import { interval, type Interval } from '../number/interval.ts'
import type { Field } from '../program/field.ts'
import { down, up } from './ball.ts'

/**
 * The power series Σ a_k t^k with |a_k − c_k| <= r_k for k <= order and Σ_{k>order} |a_k| <= tail: they converge
 * on |t| <= 1, and with the norm Σ |a_k| they form a Banach algebra.
 */
export interface Germ {
  readonly c: Float64Array
  readonly r: Float64Array
  /** size_k >= |a_k|. */
  readonly size: Float64Array
  /** Coefficients from last+1 to the order are 0. */
  readonly last: number
  readonly tail: number
}

/** A bound of Σ_{k=from}^{order} |a_k|. */
export function mass({ size, last }: Germ, from: number): number {
  let total = 0
  for (let k = from; k <= last; k++) total += size[k]!
  return up(total)
}

/** A bound of Σ_{i+j>order} |a_i||b_j|, i, j <= order. */
function beyond(a: Float64Array, b: Float64Array): number {
  const order = a.length - 1
  let [suffix, total] = [0, 0]
  for (let i = 1; i <= order; i++) {
    suffix += b[order + 1 - i]!
    total += a[i]! * suffix
  }
  return up(up(total))
}

/** The relative error that `order`+8 operations in float64 stay below. */
const unitOf = (order: number): number => (2 * order + 16) * 2 ** -53

/** The germ with coefficients c_k ± r_k, where r_k misses only the relative error of 2·order roundings of c_k. */
export function germ(c: Float64Array, r: Float64Array, last: number, tail: number): Germ {
  const unit = unitOf(c.length - 1)
  const size = new Float64Array(c.length)
  for (let k = 0; k <= last; k++) {
    r[k] = up(r[k]! + unit * Math.abs(c[k]!))
    size[k] = up(Math.abs(c[k]!) + r[k]!)
  }
  return { c, r, size, last, tail }
}

const fine = interval(64)

/** A dyadic number on the given side of a double, equal to it if it is not too small. */
function dyadic(x: number, side: 1 | -1): Dyadic {
  if (!Number.isFinite(x)) throw new Undefined('disc', `${x}`)
  if (Math.abs(x) < 2 ** -900) return Math.sign(x) === side ? { m: BigInt(side), e: -900 } : { m: 0n, e: 0 }
  const e = Math.floor(Math.log2(Math.abs(x))) - 56
  // Scaled by powers of two in two parts, so that neither leaves the range of doubles.
  const part = Math.trunc(e / 2)
  return { m: BigInt(x * 2 ** -part * 2 ** (part - e)), e }
}

/**
 * The field of such series up to an order, in float64 with every error bounded: the value of a Program on
 * series is the series of the Program's value along them, its tail included.
 *
 * Source of the tails: from (a + α)(b + β) and the equations that define quotients, roots, exp and log, whose
 * coefficients up to the order cancel. Throws Undefined where the bounds do not close (the disc is too large).
 * Has no `relu`, `step`, `abs` and `max`: a Program is taken on one of its pieces.
 */
export function disc(order: number): Field<Germ> {
  const unit = unitOf(order)
  const fresh = (): Float64Array => new Float64Array(order + 1)
  const refuse = (name: string): never => {
    throw new Undefined(name, 'a disc that is too large')
  }
  const scalar = (name: 'sqrt' | 'exp' | 'log' | 'constant', value: Interval): { c: number; r: number } => {
    const [lo, hi] = [toDouble(value.lo), toDouble(value.hi)]
    if (!(Math.abs(lo) < 1e290 && Math.abs(hi) < 1e290)) refuse(name)
    return { c: lo / 2 + hi / 2, r: up((hi - lo) / 2 + 2 ** -50 * (Math.abs(lo) + Math.abs(hi))) }
  }
  const first = (name: 'sqrt' | 'exp' | 'log', a: Germ): { c: number; r: number } => {
    const radius = up(a.r[0]! + unit * Math.abs(a.c[0]!))
    return scalar(name, fine[name]({ lo: dyadic(a.c[0]! - radius, -1), hi: dyadic(a.c[0]! + radius, 1) }))
  }
  /** A lower bound of |a_0|. */
  const least = (a: Germ): number => down(down(Math.abs(a.c[0]!)) - a.r[0]!)
  /** A bound of the norm of 1/a, from |a_0| > Σ_{k>=1} |a_k|. */
  const inverse = (name: string, a: Germ, tail: number): number => {
    const rest = down(least(a)) - up(mass(a, 1) + tail)
    return rest > 0 ? up(1 / down(rest)) : refuse(name)
  }
  /** Σ_{j=from}^{to} a_j b_{k−j}, its error and the sum of its absolute values. */
  const sums = new Float64Array(3)
  const convolve = (
    a: { readonly c: Float64Array; readonly r: Float64Array },
    b: { readonly c: Float64Array; readonly r: Float64Array },
    k: number,
    from: number,
    to: number,
  ): void => {
    const [ac, ar, bc, br] = [a.c, a.r, b.c, b.r]
    let m = 0
    let e = 0
    let s = 0
    for (let j = from; j <= to; j++) {
      const x = ac[j]!
      const y = bc[k - j]!
      const rx = ar[j]!
      const ry = br[k - j]!
      const ay = Math.abs(y)
      const product = x * y
      m += product
      s += Math.abs(product)
      e += Math.abs(x) * ry + rx * (ay + ry)
    }
    sums[0] = m
    sums[1] = e + unit * s
    sums[2] = s
  }
  const derived = (a: Germ): { c: Float64Array; r: Float64Array; size: Float64Array } => {
    const times = (x: Float64Array): Float64Array => x.map((v, k) => k * v)
    return { c: times(a.c), r: times(a.r).map(up), size: times(a.size).map(up) }
  }
  /** Coefficients made one by one: each rule leaves its value and its error, which is completed here. */
  const grow = (last: number, tail: (g: Germ) => number, rule: (g: Germ, k: number) => void): Germ => {
    const g = { c: fresh(), r: fresh(), size: fresh(), last, tail: 0 }
    for (let k = 0; k <= last; k++) {
      rule(g, k)
      g.r[k] = up(g.r[k]! + unit * Math.abs(g.c[k]!))
      g.size[k] = up(Math.abs(g.c[k]!) + g.r[k]!)
    }
    return { ...g, tail: tail(g) }
  }

  const mul = (a: Germ, b: Germ): Germ => {
    const last = Math.min(order, a.last + b.last)
    const tail = up(
      (a.last + b.last > order ? beyond(a.size, b.size) : 0) +
        a.tail * up(mass(b, 0) + b.tail) +
        b.tail * mass(a, 0),
    )
    return grow(
      last,
      () => tail,
      (g, k) => {
        convolve(a, b, k, Math.max(0, k - b.last), Math.min(k, a.last))
        g.c[k] = sums[0]!
        g.r[k] = sums[1]!
      },
    )
  }
  const combine = (a: Germ, b: Germ, sign: 1 | -1): Germ =>
    grow(
      Math.max(a.last, b.last),
      () => up(a.tail + b.tail),
      (g, k) => {
        g.c[k] = a.c[k]! + sign * b.c[k]!
        g.r[k] = a.r[k]! + b.r[k]!
      },
    )

  const field: Field<Germ> = {
    constant(text) {
      const { c, r } = scalar('constant', fine.constant(text))
      return grow(
        0,
        () => 0,
        (g) => {
          g.c[0] = c
          g.r[0] = r
        },
      )
    },
    add: (a, b) => combine(a, b, 1),
    sub: (a, b) => combine(a, b, -1),
    mul,
    // c = a/b: b·tail(c) = tail(a) − tail(b·c)
    div(a, b) {
      const bound = inverse('div', b, b.tail)
      const low = least(b)
      return grow(
        b.last === 0 && b.tail === 0 ? a.last : order,
        (g) => up(bound * up(a.tail + beyond(b.size, g.size) + b.tail * mass(g, 0))),
        (g, k) => {
          convolve(b, g, k, 1, Math.min(k, b.last))
          g.c[k] = (a.c[k]! - sums[0]!) / b.c[0]!
          const error = a.r[k]! + sums[1]! + unit * (Math.abs(a.c[k]!) + sums[2]!)
          g.r[k] = (error + Math.abs(g.c[k]!) * (b.r[0]! + unit * Math.abs(b.c[0]!))) / low
        },
      )
    },
    neg: (a) => ({ ...a, c: a.c.map((x) => -x) }),
    pow(a, n) {
      if (n < 1) throw new RangeError(`disc: expected a power of at least 1, got ${n}`)
      let power = a
      for (const digit of n.toString(2).slice(1)) {
        power = mul(power, power)
        if (digit === '1') power = mul(power, a)
      }
      return power
    },
    // c² = a: tail(c)(2c + tail(c)) = tail(a) − tail(c²), so |tail(c)| <= 2Dg if 4D²g <= 1, D >= |1/2c|.
    sqrt(a) {
      const { c, r } = first('sqrt', a)
      const constant = a.last === 0 && a.tail === 0
      return grow(
        constant ? 0 : order,
        (g) => {
          if (constant) return 0
          const D = up(inverse('sqrt', g, 0) / 2)
          const rest = up(a.tail + beyond(g.size, g.size))
          return 4 * D * D * rest < 0.99 ? up(2 * D * rest) : refuse('sqrt')
        },
        (g, k) => {
          if (k === 0) {
            g.c[0] = c
            g.r[0] = r
            return
          }
          const low = least(g)
          if (!(low > 0)) refuse('sqrt')
          convolve(g, g, k, 1, k - 1)
          g.c[k] = (a.c[k]! - sums[0]!) / 2 / c
          const error = a.r[k]! + sums[1]! + unit * (Math.abs(a.c[k]!) + sums[2]!)
          g.r[k] = (error / 2 + Math.abs(g.c[k]!) * (g.r[0]! + unit * Math.abs(c))) / low
        },
      )
    },
    // c = e^a: k c_k = Σ j a_j c_{k−j} bounds the tail of e^polynomial; e^tail − 1 <= tail/(1 − tail).
    exp(a) {
      const { c, r } = first('exp', a)
      const slope = derived(a)
      const constant = a.last === 0 && a.tail === 0
      return grow(
        constant ? 0 : order,
        (g) => {
          if (constant) return 0
          const steep = up(slope.size.reduce((s, x) => s + x, 0))
          if (!(steep < order + 0.5 && a.tail < 0.5)) refuse('exp')
          const rest = up(beyond(slope.size, g.size) / down(order + 1 - steep))
          return up(rest + up(mass(g, 0) + rest) * up(a.tail / down(1 - a.tail)))
        },
        (g, k) => {
          if (k === 0) {
            g.c[0] = c
            g.r[0] = r
            return
          }
          convolve(slope, g, k, 1, Math.min(k, a.last))
          g.c[k] = sums[0]! / k
          g.r[k] = (sums[1]! + unit * sums[2]!) / k
        },
      )
    },
    root: (a, q) => field.exp(field.div(field.log(a), field.constant(`${q}`))),
    // tanh a = 1 − 2/(e^{2a} + 1), in which a occurs once
    tanh(a) {
      const [one, two] = [field.constant('1'), field.constant('2')]
      return field.sub(one, field.div(two, field.add(field.exp(field.mul(two, a)), one)))
    },
    // c = log a: a·θ(tail(c)) = −tail(a·θc) with θ = t d/dt; |log(1 + α/a)| <= u/(1 − u), u = |α||1/a|.
    log(a) {
      const { c, r } = first('log', a)
      const constant = a.last === 0 && a.tail === 0
      const low = least(a)
      if (!(low > 0)) refuse('log')
      const slope = { c: fresh(), r: fresh() }
      return grow(
        constant ? 0 : order,
        (g) => {
          if (constant) return 0
          const bound = inverse('log', a, 0)
          const u = up(a.tail * bound)
          if (!(u < 0.5)) refuse('log')
          return up((bound * beyond(a.size, derived(g).size)) / (order + 1) + up(u / down(1 - u)))
        },
        (g, k) => {
          if (k === 0) {
            g.c[0] = c
            g.r[0] = r
            return
          }
          convolve(slope, a, k, 1, k - 1)
          g.c[k] = (a.c[k]! - sums[0]! / k) / a.c[0]!
          const error = a.r[k]! + sums[1]! / k + unit * (Math.abs(a.c[k]!) + sums[2]! / k)
          g.r[k] = (error + Math.abs(g.c[k]!) * (a.r[0]! + unit * Math.abs(a.c[0]!))) / low
          slope.c[k] = k * g.c[k]!
          slope.r[k] = up(k * up(g.r[k]! + unit * Math.abs(g.c[k]!)) + unit * k * Math.abs(g.c[k]!))
        },
      )
    },
    relu: () => refuse('relu'),
    step: () => refuse('step'),
    abs: () => refuse('abs'),
    max: () => refuse('max'),
  }
  return field
}
