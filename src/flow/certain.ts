/** Certain signs: how far along a step the argument of a `relu` or `step` provably keeps its sign. */
import { evaluateBall, TINY, up, type BallSeries } from './ball.ts'

/** A value this many times its own radius is worth no further step towards its zero. */
const NEAR = 16
/** Radii below this many units count as that many. */
const NEAR_UNITS = 64
/** Points that are looked at before a sign is given up. */
const MOST_POINTS = 400

/** Whether the value at the start of a step is 0 as far as its radius can tell. */
export function isNear({ m, r }: BallSeries): boolean {
  return Math.abs(Number(m[0])) <= NEAR * (r[0]! + NEAR_UNITS / NEAR)
}

/**
 * A point t of [0, s] such that Σ z_k u^k > 0 (or <= 0, if not `active`) for all u in [0, t] and all choices of
 * the z_k and of later terms with Σ |z_k| s^k <= tail; s itself wherever this is easy to prove. From each point
 * whose value is certain, its slope and a bound K of the curvature tell how far that lasts:
 * |z(u + d)| >= |z(u)| − v d − K d²/2 − tail, where v >= 0 is how fast |z| may shrink at u.
 */
export function certainUntil(z: BallSeries, tail: number, active: boolean, s: bigint, bits: number): bigint {
  const order = z.m.length - 1
  if (!active && tail <= 0 && z.size.every((size) => size === 0)) return s
  const unit = 2 ** -bits
  const end = Number(s) * unit
  let curvature = 0
  for (let k = order; k >= 2; k--) curvature = up(curvature * end + k * (k - 1) * z.size[k]!)
  const slopes: BallSeries = {
    m: z.m.slice(1).map((m, k) => m * BigInt(k + 1)),
    r: z.r.slice(1).map((r, k) => up(r * (k + 1))),
    size: z.size,
  }
  const later = (t: bigint): number =>
    up(up(tail) * Math.min(1, up((Number(t) * unit) / end)) ** (order + 1) * (1 + 1e-9))
  /** A lower bound of the size, in units of 1, of what has the right sign. */
  const sure = (series: BallSeries, t: bigint): number => {
    const { m, r } = evaluateBall(series, { m: t, r: 0 }, bits)
    const value = Number(active ? m : -m)
    return (value - Math.abs(value) * 1e-12 - up(r)) * unit
  }
  let t = 0n
  for (let points = 0; points < MOST_POINTS && t < s; points++) {
    const margin = sure(z, t)
    if (!(margin > later(t))) return t
    const fall = Math.max(0, -sure(slopes, t))
    const root = Math.sqrt(fall * fall + 2 * curvature * margin)
    let d = BigInt(Math.floor(Math.min((1.8 * margin) / (fall + root + TINY) / unit, 1e290)))
    let to = t
    for (let i = 0; i < 3 && d > 0n && to === t; i++, d >>= 3n) {
      const next = t + d < s ? t + d : s
      const width = Number(next - t) * unit
      if (margin > up(up(fall * width) + up((curvature * width * width) / 2) + later(next))) to = next
    }
    if (to === t) return t
    t = to
  }
  return t
}
