/** Motion: enclosures of the solutions of x' = f(x), step by step, from their Taylor coefficients (Moore 1966). */
import { hull, type Interval } from '../number/interval.ts'
import { isPositive, within } from './arithmetic.ts'
import { evaluate, type Code, type Field } from './code.ts'
import { demand } from './format.ts'

type Vector = readonly Interval[]

/** A field of velocities with its constants, and the arithmetic in which it is followed. */
export interface Motion {
  readonly field: Code
  readonly F: Field<Interval>
  readonly still: Vector
}

/** Boxes that are tried around a step. */
const TRIES = 20

/**
 * Encloses x(h), where x' = f(x) starts at X and h > 0. If X + [0,h] f(B) ⊆ B, the solution exists and stays in B, and with
 * its Taylor coefficients x_k(·) as functions of where it is, x(h) ∈ Σ_{k≤p} x_k(X) h^k + x_{p+1}(B) h^{p+1}.
 * @throws Error where no such B is found, or f is not certainly analytic on it.
 */
export function advance(motion: Motion, start: Vector, h: Interval, order: number): Interval[] {
  const { field, F, still } = motion
  const [span, quarter] = [hull(F.constant('0'), h), F.constant('1/4')]
  const reach = (box: Vector): Interval[] => {
    const values = evaluate(field, F, [...box, ...still])
    return start.map((x, i) => F.add(x, F.mul(span, values[field.outputs[i]!]!)))
  }
  let box = reach(start)
  for (let tries = 0; ; tries++) {
    demand(tries < TRIES, 'no box was found that holds the solution during a step')
    const wider = box.map((b) => F.add(b, F.mul(quarter, F.sub(b, b))))
    box = reach(wider)
    if (box.every((b, i) => within(b, wider[i]!))) break
  }
  const [near, far] = [jet(motion, start, order), jet(motion, box, order + 1)]
  return near.map((x, i) => {
    let sum = far[i]!(order + 1)
    for (let k = order; k >= 0; k--) sum = F.add(x(k), F.mul(h, sum))
    return sum
  })
}

/** The Taylor coefficients, by power, of a function of time. */
type Series = (k: number) => Interval

/** The solution of x' = f(x) through a point, or through any point of a box, up to an order. */
function jet({ field, F, still }: Motion, start: Vector, order: number): Series[] {
  const whole = (k: number): Interval => F.constant(`${k}`)
  const once = (coefficient: Series): Series => {
    const known: Interval[] = []
    return (k) => (known[k] ??= coefficient(k))
  }
  const constant = (a: Interval): Series => once((k) => (k === 0 ? a : whole(0)))
  const slope = (a: Series): Series => once((k) => F.mul(whole(k + 1), a(k + 1)))
  const total = (most: number, term: Series): Interval =>
    Array.from({ length: most + 1 }, (_, j) => term(j)).reduce(F.add, whole(0))
  const neg = (a: Series): Series => once((k) => F.neg(a(k)))
  const sub = (a: Series, b: Series): Series => once((k) => F.sub(a(k), b(k)))
  const mul = (a: Series, b: Series): Series => once((k) => total(k, (j) => F.mul(a(j), b(k - j))))
  const div = (a: Series, b: Series): Series => {
    const quotient: Series = once((k) => F.div(F.sub(a(k), earlier(k)), b(0)))
    const earlier: Series = (k) => total(k - 1, (j) => F.mul(quotient(j), b(k - j)))
    return quotient
  }
  const pow = (a: Series, n: number): Series => {
    if (n < 2) return n === 1 ? a : constant(whole(1))
    const half = pow(a, n >> 1)
    const product = n % 2 === 0 ? mul(half, half) : mul(a, mul(half, half))
    return once((k) => (k === 0 ? F.pow(a(0), n) : product(k)))
  }
  /** The function c with c' = rate(c) that starts at f(a). */
  const integral = (f: (a: Interval) => Interval, a: Series, rate: (c: Series) => Series): Series => {
    const c: Series = once((k) => (k === 0 ? f(a(0)) : F.div(speed(k - 1), whole(k))))
    const speed = rate(c)
    return c
  }
  /** One of two functions, as the sign of a third decides all along. */
  const either = (a: Series, positive: Series, other: Series): Series =>
    once((k) => {
      const side = isPositive(a(0))
      demand(side !== undefined, 'a kink is open during a step')
      return side ? positive(k) : other(k)
    })
  const max = (a: Series, b: Series): Series => either(sub(a, b), a, b)
  const series: Field<Series> = {
    ...{ neg, sub, mul, div, pow, max },
    constant: (number) => constant(F.constant(number)),
    add: (a, b) => once((k) => F.add(a(k), b(k))),
    exp: (a) => integral(F.exp, a, (c) => mul(slope(a), c)),
    log: (a) => integral(F.log, a, () => div(slope(a), a)),
    sqrt: (a) => integral(F.sqrt, a, (c) => div(slope(a), mul(constant(whole(2)), c))),
    abs: (a) => either(a, a, neg(a)),
    step: (a) =>
      once((k) => {
        const side = isPositive(a(0))
        demand(side === true || isPositive(F.neg(a(0))) === true, 'a jump is open during a step')
        return whole(side && k === 0 ? 1 : 0)
      }),
  }
  const x = start.map((value, i) => once((k) => (k === 0 ? value : F.div(v[i]!(k - 1), whole(k)))))
  const values = evaluate(field, series, [...x, ...still.map(constant)])
  const v: Series[] = field.outputs.map((e) => values[e]!)
  // In the order of the operations, so that no coefficient waits for a long chain of others.
  for (let k = 0; k < order; k++) for (const value of values) value(k)
  return x
}
