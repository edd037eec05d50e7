/** Ending: whether loss time comes to an end, seen from the growth of the solution itself. */
import { fixed } from './fixed.ts'

/** Doublings of log 1/L that are looked at before an end is said to be near. */
const DOUBLINGS = 10
/** Each doubling takes at most this part of the loss time of the one before it, … */
const SHRINKING = 0.95
/** … and the parts agree this well. */
const STEADY = 0.01
/** The distance of two extrapolations is multiplied by this to bound the error of the later one. */
const CAUTION = 10

/**
 * A function to be told every clock τ with λ = log L there. Let τ_k be where log 1/L has doubled k times: if the
 * differences τ_{k+1} − τ_k fall by a steady factor r < 1, then τ_k converges to an end near
 * τ_k + (τ_k − τ_{k−1}) r/(1 − r) (Aitken), at which L = 0. It answers a sentence once that end lies before the goal,
 * by more than the last two extrapolations differ, to the digits that they share. For w = 1 + τ the differences double,
 * and there is no end.
 */
export function ending(bits: number, goal: bigint): (clock: bigint, lambda: bigint) => string | undefined {
  const F = fixed(bits)
  const target = F.toNumber(goal)
  const marks: number[] = []
  let level = 1
  let last: { readonly clock: number; readonly s: number } | undefined
  return (clock, lambda) => {
    const here = { clock: F.toNumber(clock), s: -F.toNumber(lambda) }
    const before = last ?? here
    for (; here.s >= level; level *= 2) {
      // Between two steps 1/s is nearly linear in τ where an end is near.
      const part = (1 / before.s - 1 / level) / (1 / before.s - 1 / here.s)
      if (before !== here && before.s > 0) marks.push(before.clock + part * (here.clock - before.clock))
    }
    last = here
    if (marks.length < DOUBLINGS) return undefined
    const gaps = marks.slice(1).map((mark, k) => mark - marks[k]!)
    const ratios = gaps
      .slice(1)
      .map((gap, k) => gap / gaps[k]!)
      .slice(-5)
    const steady = ratios.every((r) => r > 0 && r < SHRINKING && Math.abs(r - ratios.at(-1)!) < STEADY)
    if (!steady) return undefined
    const [earlier, now] = [2, 1].map(
      (k) => marks.at(-k)! + (gaps.at(-k)! * ratios.at(-k)!) / (1 - ratios.at(-k)!),
    )
    const end = now!
    const error = CAUTION * Math.abs(end - earlier!)
    if (!(end + error < target)) return undefined
    const known = Math.floor(-Math.log10(error / end))
    return `loss time ends near tau = ${end.toPrecision(Math.min(Math.max(known, 1), 15))}: each time log 1/L doubles, it takes ${ratios.at(-1)!.toPrecision(2)} of the loss time that the doubling before took; the clock "s" goes on from there`
  }
}
