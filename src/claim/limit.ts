/** Limit: what an observable sampled along a run tends to, by one documented procedure. */

/**
 * An observable at geometrically spaced values of the clock s, so often per factor 10; `noise` says how far each
 * value may be off, `sizes` are the logarithms of the absolute values (which may lie beyond the doubles).
 */
export interface Series {
  readonly s: readonly number[]
  readonly values: readonly number[]
  readonly sizes: readonly number[]
  readonly noise: readonly number[]
}

/** A range of exponents: a fitted power of s with its confidence interval. */
export interface Power {
  readonly estimate: number
  readonly lo: number
  readonly hi: number
}

/**
 * What a series tends to. A finite limit comes with an error and the power of s at which the rest falls (none if
 * the series stood still within its noise); 0 as the limit of a falling power of s has error 0. An infinite one
 * comes with the power at which it grows; `logarithmic` growth has power 0.
 */
export type Limit =
  | { readonly kind: 'finite'; readonly value: number; readonly error: number; readonly power?: Power }
  | { readonly kind: 'infinite'; readonly sign: 1 | -1; readonly power: Power }
  | { readonly kind: 'open'; readonly reason: string }

/** The tail on which everything is fitted, in factors of 10 of s. */
export const TAIL = 3
/** Standard errors on either side of a fitted slope. */
const DEVIATIONS = 3
/** The second half of the tail must keep this part of the slope of the first, or the slope itself is falling. */
const STEADY = 0.9
/** A slope flatter than this is no power. */
const LEAST_SLOPE = 0.02
/** Differences below this many times the noise say nothing. */
const ABOVE_NOISE = 4
/** A series stands still if it does so within this part of its size, over the last factor 10 of s. */
const STILL = 1e-6

interface Fit {
  readonly slope: number
  readonly error: number
}

/** Least squares. */
function fit(x: readonly number[], y: readonly number[]): Fit {
  const n = x.length
  const mean = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0) / n
  const [mx, my] = [mean(x), mean(y)]
  let [sxx, sxy, syy] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const [dx, dy] = [x[i]! - mx, y[i]! - my]
    sxx += dx * dx
    sxy += dx * dy
    syy += dy * dy
  }
  const slope = sxy / sxx
  return { slope, error: Math.sqrt(Math.max(0, syy - slope * sxy) / (Math.max(1, n - 2) * sxx)) }
}

interface Slope extends Power {
  /** The slopes of the earlier and of the later half. */
  readonly halves: readonly [number, number]
}

/** The slope of y over log s, with a confidence interval that spans both halves of the tail. */
function slopeOf(s: readonly number[], y: readonly number[]): Slope {
  const x = s.map(Math.log)
  const half = Math.floor(x.length / 2)
  const whole = fit(x, y)
  const early = fit(x.slice(0, half), y.slice(0, half)).slope
  const late = fit(x.slice(half), y.slice(half)).slope
  const spread = DEVIATIONS * whole.error
  return {
    estimate: late,
    lo: Math.min(whole.slope - spread, early, late),
    hi: Math.max(whole.slope + spread, early, late),
    halves: [early, late],
  }
}

const open = (reason: string): Limit => ({ kind: 'open', reason })
const last = (list: readonly number[]): number => list.at(-1)!
const digits = (x: number): string => x.toPrecision(3)

/** A slope that excludes 0 and does not die away. */
function isPower({ lo, hi, halves: [early, late] }: Slope): boolean {
  return (
    lo * hi > 0 &&
    Math.abs(late) >= STEADY * Math.abs(early) &&
    Math.min(Math.abs(lo), Math.abs(hi)) > LEAST_SLOPE
  )
}

/**
 * What a series tends to, from its last factor 10³ of s:
 *
 * 1. Where it stands still within its noise and 10^−6 of its size, that value is the limit.
 * 2. Where log|f| has a steady slope in log s whose confidence interval excludes 0, f grows or falls like that power
 *    of s: the limit is ±∞ or 0.
 * 3. Where f (or 1/f) gains as much in the later half of the tail as in the earlier, it grows like log s at least.
 * 4. Where the differences of f fall like a power of s whose confidence interval excludes 0, the limit is
 *    the sum of that geometric series; its error spans the powers of the interval, the change since the middle of
 *    the tail, and the noise.
 *
 * A confidence interval is that of the fit (3 standard errors) widened to the fits on both halves of the tail;
 * a small power that is itself falling is taken to fall further, to half. Anything else is open: a longer run
 * may decide it. A heuristic, like every statement on a limit from finitely many values.
 */
export function limitOf(series: Series): Limit {
  const end = last(series.s)
  const from = series.s.findIndex((s) => s >= Math.max(1, end / (10 ** TAIL * 1.001)))
  const cut = (list: readonly number[]): number[] => list.slice(from)
  const [s, f, sizes, noise] = [cut(series.s), cut(series.values), cut(series.sizes), cut(series.noise)]
  const perDecade = (s.length - 1) / Math.log10(last(s) / s[0]!)
  if (!(Math.log10(last(s) / s[0]!) > 0.9 * TAIL))
    return open(`the run spans s from ${digits(s[0]!)} to ${digits(last(s))} only`)
  if (!sizes.every((size) => size < 700))
    return growth(s, f, sizes) ?? open('it is large and grows unsteadily')

  const still = standstill(f, noise, Math.round(perDecade))
  if (still) return still
  if (noise.some((n, i) => n > 0.01 * Math.abs(f[i]!)) && noise.some((n) => n > 1e-3))
    return open('the error of the run is as large as what is observed')
  return growth(s, f, sizes) ?? logarithmic(f) ?? convergence(s, f, noise)
}

function standstill(f: readonly number[], noise: readonly number[], decade: number): Limit | undefined {
  const [tail, value] = [f.slice(-decade - 1), last(f)]
  const moved = Math.max(...tail.map((x) => Math.abs(x - value)))
  const largest = Math.max(...f.map(Math.abs))
  const near = Math.max(...noise.slice(-decade - 1))
  const allowed = Math.min(ABOVE_NOISE * near + 1e-13 * largest, STILL * Math.max(largest, 1e-300))
  return moved <= allowed ? { kind: 'finite', value, error: moved + ABOVE_NOISE * near } : undefined
}

/** A steady power of s. */
function growth(s: readonly number[], f: readonly number[], sizes: readonly number[]): Limit | undefined {
  if (!sizes.every(Number.isFinite) || !f.every((x) => x > 0 === last(f) > 0)) return undefined
  const power = slopeOf(s, sizes)
  if (!isPower(power)) return undefined
  const { estimate, lo, hi } = power
  return estimate > 0
    ? { kind: 'infinite', sign: last(f) > 0 ? 1 : -1, power: { estimate, lo, hi } }
    : { kind: 'finite', value: 0, error: 0, power: { estimate: -estimate, lo: -hi, hi: -lo } }
}

const increments = (f: readonly number[]): number[] => f.slice(1).map((x, i) => x - f[i]!)

/** Growth by at least as much in each later factor of s, of f or of 1/f. */
function logarithmic(f: readonly number[]): Limit | undefined {
  const steady = (g: readonly number[]): boolean => {
    const d = increments(g)
    const sign = Math.sign(last(g))
    const half = Math.floor(d.length / 2)
    const gain = (part: readonly number[]): number => part.reduce((a, b) => a + b, 0) / part.length
    const [early, late] = [gain(d.slice(0, half)), gain(d.slice(half))]
    // A gain over the tail that is small against the value itself may be the start of a convergence.
    const share = Math.abs(last(g) - g[0]!) / Math.abs(last(g))
    return sign !== 0 && d.every((x) => x * sign > 0) && late * sign >= STEADY * early * sign && share > 0.05
  }
  const power = { estimate: 0, lo: 0, hi: 0 }
  if (steady(f)) return { kind: 'infinite', sign: last(f) > 0 ? 1 : -1, power }
  return f.every((x) => x !== 0) && steady(f.map((x) => 1 / x))
    ? { kind: 'finite', value: 0, error: 0, power }
    : undefined
}

/** Differences that fall like a power of s. */
function convergence(s: readonly number[], f: readonly number[], noise: readonly number[]): Limit {
  const all = increments(f)
  const size = Math.max(...f.map(Math.abs))
  const floor = all.map((_, i) => ABOVE_NOISE * (noise[i]! + noise[i + 1]!) + 1e-14 * size)
  // Once at the noise, the rest of the tail adds nothing.
  let n = all.length
  while (n > 0 && Math.abs(all[n - 1]!) <= floor[n - 1]!) n--
  if (n < all.length / 3) return open('its differences are lost in the error of the run')
  const d = all.slice(0, n)
  if (!d.every((x) => x !== 0 && x > 0 === d[0]! > 0))
    return open('it does not settle: its differences change sign')
  const slope = slopeOf(
    s.slice(1, n + 1),
    d.map((x) => Math.log(Math.abs(x))),
  )
  const [early, late] = [-slope.halves[0], -slope.halves[1]]
  const falling = late < early
  const lo = Math.min(-slope.hi - (falling ? early - late : 0), falling && late < 0.3 ? late / 2 : Infinity)
  const power = { estimate: late, lo, hi: -slope.lo }
  if (!(lo > 0)) return open(`its differences fall like s^${digits(-late)} with no certain sign of the power`)
  const rest = (p: number, from: number): number => {
    const ratio = (s[from + 1]! / s[from]!) ** p
    return d[from]! / (ratio - 1)
  }
  const at = n - 1
  const middle = Math.floor(n / 2)
  const value = f[at + 1]! + rest(late, at)
  const before = f[middle + 1]! + rest(early, middle)
  const error =
    Math.max(Math.abs(rest(lo, at) - rest(late, at)), Math.abs(rest(power.hi, at) - rest(late, at))) +
    Math.abs(value - before) * Math.min(1, (s[middle]! / s[at]!) ** late * 3) +
    ABOVE_NOISE * noise[at + 1]! +
    (n < all.length ? Math.abs(f[at + 1]! + rest(late, at) - last(f)) : 0)
  return { kind: 'finite', value, error, power }
}
