/** Limit: what an observable sampled along a run tends to, by one documented procedure. */

/**
 * An observable at geometrically spaced values of the clock s, so often per factor 10; `noise` says how far the error of
 * the run moves each value, `rounding` bounds what its evaluation adds, which neighbours do not share. `sizes` are the
 * logarithms of the absolute values (which may lie beyond the doubles).
 */
export interface Series {
  readonly s: readonly number[]
  readonly values: readonly number[]
  readonly sizes: readonly number[]
  readonly noise: readonly number[]
  readonly rounding: readonly number[]
}

/** A range of exponents: a fitted power of s with its confidence interval. */
export interface Power {
  readonly estimate: number
  readonly lo: number
  readonly hi: number
}

/**
 * What a series tends to. The true limit lies within `error` of `value` if the run goes on as it is read; `power` is
 * that of s at which the rest falls (none if the series stood still). A limit 0 of a falling power has the largest
 * absolute value of the tail as its `scale`: the error is to be compared with that, as 0 has no size. An infinite limit
 * comes with the power at which it grows; logarithmic growth has power 0, and `steady` if its gains per factor of s tend
 * to a constant as far as can be seen. `oscillating` has no limit: swings between lo and hi that stay level; if it
 * `drifts`, their middle moves. An open one `oscillates` where its swings are seen, but not what becomes of them.
 */
export type Limit =
  | {
      readonly kind: 'finite'
      readonly value: number
      readonly error: number
      readonly power?: Power
      readonly scale?: number
    }
  | { readonly kind: 'infinite'; readonly sign: 1 | -1; readonly power: Power; readonly steady?: boolean }
  | { readonly kind: 'oscillating'; readonly lo: number; readonly hi: number; readonly drifts: boolean }
  | { readonly kind: 'open'; readonly reason: string; readonly oscillates?: true }

/** A limit 0 of a falling power counts as exact if its error is within this part of what fell. */
const VANISHED = 0.02

/** Whether a limit is 0 as that of a falling power of s. */
export const vanishes = (limit: Limit): boolean =>
  limit.kind === 'finite' && limit.scale !== undefined && limit.error <= VANISHED * limit.scale

/** Whether swings are seen, be it known or not what becomes of them. */
export const oscillates = (limit: Limit): boolean =>
  limit.kind === 'oscillating' || (limit.kind === 'open' && limit.oscillates === true)

/** A limit in words. */
export function describeLimit(limit: Limit): string {
  const short = (x: number, n: number): string => `${Number(x.toPrecision(n))}`
  switch (limit.kind) {
    case 'open':
      return `open: ${limit.reason}`
    case 'oscillating':
      return `none: it swings between ${short(limit.lo, 3)} and ${short(limit.hi, 3)}`
    case 'infinite': {
      const { estimate } = limit.power
      return `${limit.sign < 0 ? '−' : ''}∞, ${estimate === 0 ? 'like log s' : `like s^${short(estimate, 3)}`}`
    }
    case 'finite':
      return vanishes(limit)
        ? `0, like s^−${short(limit.power!.estimate, 3)}`
        : `${short(limit.value, 6)} ± ${short(limit.error, 1)}`
  }
}

/** The tail on which everything is read, in factors of 10 of s. */
export const TAIL = 3
/** Standard errors on either side of a fitted slope. */
const DEVIATIONS = 3
/** Values closer than this many times the noise are not told apart. */
const ABOVE_NOISE = 4
/** Of the noise that neighbours share, this part counts against their difference. */
const COMMON = 0.01
/** A slope of log|f| flatter than this is no power. */
const LEAST_SLOPE = 0.08
/** A slope is steady if it falls no faster than log s to this power, and rises no more than by this factor. */
const STEADY = { fall: -1 / 4, rise: 1.25 }
/** Past this power of s, growth may quicken as it likes. */
const STEEP = 10
/** Gains per factor of s are equal if they change no faster than log s to this power. */
const FLAT = 1 / 8
/** They tend to a constant if that power falls nearly as fast as 1/log s. */
const DYING = 1.05
/** And if it is known to this. */
const UNSURE = 0.005
/** Logarithmic growth is called where the tail holds this part of the last value: less may be a drift of the run. */
const LEAST_GAIN = 0.05
/** The drift of an exponent counts this many times over. */
const SAFETY = 1.5
/** An exponent that rises faster and faster to this multiple may be on its way to a change of sign. */
const RISEN = 1.25
/** A drift that turns is taken to quicken at this part of the exponent. */
const TURNING = 2 / 3
/** A drift may be resting: one of this part of what it was before is reckoned with. */
const SLOWED = 2
/** With more of a drift, the sum of the differences may be infinite. */
const MOST_DRIFT = 0.8
/** An exponent drifts if it does so by more than this part of itself. */
const SETTLED = 1e-5
/** Points of a fitted slope. */
const LEAST_POINTS = 4
/** Differences are fitted over at least this part of the tail. */
const LEAST_PART = 1 / 3
/** Differences that change sign at least so often are bounded, not summed. */
const OSCILLATING = 3
/** Swings count from so many times what may be error. */
const SWING = 10
/** Swings are level if the later ones keep this part of the size of the earlier ones. */
const LEVEL = 0.9

const open = (reason: string): Limit => ({ kind: 'open', reason })
const last = (list: readonly number[]): number => list.at(-1)!
const digits = (x: number): string => x.toPrecision(3)
const largest = (list: readonly number[]): number => list.reduce((a, b) => Math.max(a, Math.abs(b)), 0)
const between = (x: number, y: number, z: number): Power => ({
  estimate: x,
  lo: Math.min(x, y, z),
  hi: Math.max(x, y, z),
})

interface Slope {
  readonly slope: number
  /** Three standard errors of the fit, and what the given errors of y can do to it. */
  readonly error: number
  readonly centre: number
}

/** Least squares of y over x, where each y may be off by `off`. */
function fit(x: readonly number[], y: readonly number[], off: readonly number[]): Slope {
  const n = x.length
  const mean = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0) / n
  const [mx, my] = [mean(x), mean(y)]
  let [sxx, sxy, syy, moved] = [0, 0, 0, 0]
  for (let i = 0; i < n; i++) {
    const [dx, dy] = [x[i]! - mx, y[i]! - my]
    sxx += dx * dx
    sxy += dx * dy
    syy += dy * dy
    moved += Math.abs(dx) * off[i]!
  }
  const slope = sxy / sxx
  const deviation = Math.sqrt(Math.max(0, syy - slope * sxy) / (Math.max(1, n - 2) * sxx))
  return { slope, error: DEVIATIONS * deviation + moved / sxx, centre: mx }
}

/** The slopes of y over x in the last three of so many equal parts. */
function lastThree(
  parts: number,
  x: readonly number[],
  y: readonly number[],
  off: readonly number[],
): [Slope, Slope, Slope] {
  const at = (k: number): number => Math.round((k * x.length) / parts)
  const part = (k: number): Slope =>
    fit(x.slice(at(k), at(k + 1)), y.slice(at(k), at(k + 1)), off.slice(at(k), at(k + 1)))
  return [part(parts - 3), part(parts - 2), part(parts - 1)]
}

/** The tail of a series; x = log s. */
interface Tail {
  readonly x: readonly number[]
  readonly f: readonly number[]
  readonly sizes: readonly number[]
  readonly noise: readonly number[]
  readonly rounding: readonly number[]
  /** How far the noise moves from one value to the next. */
  readonly jitter: readonly number[]
}

/**
 * What a series tends to, read from its last factor 10³ of s, with x = log s. The first of these that applies:
 *
 * 1. log|f| has a steady slope over x: in the last third of that tail as in the second (it rises by a quarter at most, and
 *    falls no faster than x^(−1/4)), and no flatter in the first. f grows like a power of s and tends to ±∞; or it falls
 *    like one, rule 4 allows the limit 0, and it tends to 0.
 * 2. The later half of the tail stands still, to 4 times the noise and the rounding: the last value is the limit. The
 *    error is what an unseen drift like 1/x could still add, the noise and the rounding.
 * 3. f moves away from 0, by gains per factor of s that stay equal (they change no faster than x^(±1/8)): it grows like
 *    log s, to ±∞.
 * 4. The differences d of f fall since their last maximum, over a third of the tail at least. With their local exponent
 *    p = −(log|d|)′ and its drift ρ = −p′/p², the rest of the way is exactly (d/p)/(1 − ρ̄), where ρ̄ is the average of ρ over
 *    the future, weighted by d. ρ is 0 for a power of s, dies away for a power times logarithms, and is 1/q for x^−q,
 *    which has a finite sum for q > 1 only. p and ρ are read from slopes in thirds (if that leaves it open, in the last
 *    three quarters). If ρ grows like e^{κx}, which it does when a slower power of s takes over, then ρ̄ = ρ p/(p − κ): so
 *    |ρ̄| is bounded by 3/2 of that. It is open if ρ̄ may exceed 0.8, if p − κ, the exponent of the slower power, is
 *    not above 1/x (it may be one that grows), or if p rises ever faster (d may change sign). The limit is the
 *    middle of the values so allowed, the error their full range and the noise.
 * 5. The differences change sign three times at least, and their size falls like a power in both halves of the tail:
 *    the last value, with the sum of that falling bound (at half the power) as its error.
 * 6. f swings to and fro three times at least in the whole run, by ten times its errors, and of three groups of these
 *    swings none has a largest one below nine tenths of an earlier one: it oscillates, and has no limit. Where they fall
 *    like a power in both halves instead, the last value is the limit, with the last swing as its error.
 *
 * Anything else is open: a longer run may decide it. Slopes carry 3 standard errors of their fit and what the noise
 * can do to them. A heuristic, like every statement on a limit from finitely many values: what begins after the run, or
 * is too small to bend p, is not seen.
 */
export function limitOf(series: Series): Limit {
  const end = last(series.s)
  const from = series.s.findIndex((s) => s >= Math.max(1, end / (10 ** TAIL * 1.001)))
  const cut = (list: readonly number[]): number[] => list.slice(from)
  const s = cut(series.s)
  if (from < 0 || !(Math.log10(end / s[0]!) > 0.9 * TAIL) || s.length < 12)
    return open(`the run spans s from ${digits(series.s[0] ?? NaN)} to ${digits(end)} only`)
  const x = s.map(Math.log)
  const raw = cut(series.noise)
  // A single difference between two runs may be small by chance.
  const around = (list: readonly number[]): number[] =>
    list.map((_, i) => largest(list.slice(Math.max(0, i - 2), i + 3)))
  const [noise, jitter] = [around(raw), around(raw.slice(1).map((n, i) => n - raw[i]!))]
  const tail = {
    ...{ x, f: cut(series.values), sizes: cut(series.sizes), noise, jitter },
    rounding: cut(series.rounding),
  }
  if (!tail.sizes.every((size) => size < 700)) return growth(tail) ?? open('it is large and grows unsteadily')
  const found = growth(tail) ?? standstill(tail) ?? logarithmic(tail) ?? convergence(tail)
  return found.kind === 'open' ? (oscillation(series) ?? found) : found
}

const quick = (slopes: readonly Slope[]): boolean => slopes.every(({ slope }) => Math.abs(slope) > STEEP)

/** Whether the slope of log|f| keeps its sign and, in the last two thirds, its size; the first may be steeper. */
function steady([first, second, third]: readonly [Slope, Slope, Slope]): boolean {
  if ([first, second, third].some(({ slope, error }) => Math.abs(slope) <= Math.max(error, LEAST_SLOPE)))
    return false
  const ratio = third.slope / second.slope
  const doubt = third.error / Math.abs(third.slope) + second.error / Math.abs(second.slope)
  const least = third.slope > 0 ? (third.centre / second.centre) ** STEADY.fall : 1 / STEADY.rise
  const grew =
    quick([first, second, third]) ||
    (ratio + doubt <= STEADY.rise && second.slope / first.slope <= STEADY.rise)
  return first.slope * second.slope > 0 && ratio - doubt >= least && grew
}

/** A steady power of s. */
function growth(tail: Tail): Limit | undefined {
  const { x, f, sizes, noise, rounding } = tail
  // What underflows has a size, and no sign.
  if (!sizes.every(Number.isFinite) || (f.some((v) => v > 0) && f.some((v) => v < 0))) return undefined
  const doubt = sizes.map((size, i) =>
    size < 700 && size > -700 ? (noise[i]! + rounding[i]!) / Math.exp(size) : 0,
  )
  if (doubt.some((d) => d > 0.01)) return undefined
  const slopes = lastThree(3, x, sizes, doubt)
  const late = slopes[2].slope
  if (!steady(slopes)) return undefined
  const bounds = slopes.flatMap(({ slope, error }) => [slope - error, slope + error])
  const [lo, hi] = [Math.min(...bounds), Math.max(...bounds)]
  if (late > 0) return { kind: 'infinite', sign: last(f) > 0 ? 1 : -1, power: { estimate: late, lo, hi } }
  const power = { estimate: -late, lo: -hi, hi: -lo }
  const rest = quick(slopes) ? undefined : convergence(tail)
  if (rest === undefined)
    return { kind: 'finite', value: 0, error: Math.exp(last(sizes)), power, scale: largest(f) }
  return rest.kind === 'finite' && Math.abs(rest.value) <= rest.error
    ? { kind: 'finite', value: 0, error: rest.error + Math.abs(rest.value), power, scale: largest(f) }
    : undefined
}

function standstill({ x, f, noise, rounding }: Tail): Limit | undefined {
  const half = Math.floor(f.length / 2)
  const value = last(f)
  const unseen = ABOVE_NOISE * largest(noise.slice(half)) + 2 * largest(rounding.slice(half))
  const moved = largest(f.slice(half).map((v) => v - value))
  const room = last(x) / (last(x) - x[half]!)
  return moved <= unseen ? { kind: 'finite', value, error: moved * room + unseen } : undefined
}

/** The differences of neighbours, where they lie, and how far each may be off. */
interface Differences {
  readonly x: readonly number[]
  readonly d: readonly number[]
  readonly off: readonly number[]
}

function differences({ x, f, noise, rounding, jitter }: Tail): Differences {
  const rounded = (i: number): number => rounding[i]! + rounding[i + 1]!
  return {
    x: x.slice(1).map((v, i) => (v + x[i]!) / 2),
    d: f.slice(1).map((v, i) => v - f[i]!),
    off: f.slice(1).map((_, i) => Math.max(jitter[i]!, COMMON * (noise[i]! + noise[i + 1]!)) + rounded(i)),
  }
}

/** The local exponents of differences of one sign, in the last three of so many equal parts. */
const exponents = (parts: number, { x, d, off }: Differences): [Slope, Slope, Slope] =>
  lastThree(
    parts,
    x,
    d.map((v) => -Math.log(Math.abs(v))),
    d.map((v, i) => off[i]! / Math.abs(v)),
  )

/** Growth by as much in each factor of s. */
function logarithmic(tail: Tail): Limit | undefined {
  const { f } = tail
  const all = differences(tail)
  const sign = Math.sign(last(f))
  if (!all.d.every((v, i) => v * sign > ABOVE_NOISE * all.off[i]!)) return undefined
  if (Math.abs(last(f) - f[0]!) <= LEAST_GAIN * Math.abs(last(f))) return undefined
  // The exponents of the gains, as powers of log s.
  const [second, third] = exponents(3, all).slice(1) as [Slope, Slope]
  const power = ({ slope, centre }: Slope): number => slope * centre
  const doubt = (slopes: readonly Slope[]): number =>
    slopes.reduce((sum, { error, centre }) => sum + error * centre, 0)
  if ([second, third].some((at) => Math.abs(power(at)) + doubt([at]) > FLAT)) return undefined
  // A power of log s other than the first keeps its exponent; what is added to log s lets it die away like 1/log s.
  const dying = (Math.abs(power(second)) * second.centre) / third.centre
  const unsure = doubt([second, third])
  const left = Math.abs(power(third))
  const steady = left <= unsure ? unsure <= UNSURE : left <= DYING * dying && unsure <= left / 4
  return { kind: 'infinite', sign: sign > 0 ? 1 : -1, power: { estimate: 0, lo: 0, hi: 0 }, steady }
}

/** Differences that fall like a power of s. */
function convergence(tail: Tail): Limit {
  const { x, f, noise, rounding } = tail
  const all = differences(tail)
  const seen = (i: number): boolean => Math.abs(all.d[i]!) > ABOVE_NOISE * all.off[i]!
  // Once at the noise, the rest of the tail adds nothing.
  let n = all.d.length
  while (n > 0 && !seen(n - 1)) n--
  const changes = all.d.flatMap((v, i) => (i > 0 && i < n && v > 0 !== all.d[i - 1]! > 0 ? [i] : []))
  let from = changes.at(-1) ?? 0
  for (let i = from; i < n; i++) if (Math.abs(all.d[i]!) > Math.abs(all.d[from]!)) from = i
  if (n - from < LEAST_PART * all.d.length) {
    if (changes.length >= OSCILLATING) return settling(tail, all)
    return open(
      n < LEAST_PART * all.d.length
        ? 'its differences are lost in the error of the run'
        : changes.length > 0
          ? 'its differences changed sign late'
          : 'its differences grew until late',
    )
  }
  const part = (list: readonly number[]): number[] => list.slice(from, n)
  const of: Differences = { x: part(all.x), d: part(all.d), off: part(all.off) }
  if (!of.d.every((v, i) => Math.abs(v) > of.off[i]!))
    return open('its differences are lost in the error of the run')
  const inThirds = remainder(of, exponents(3, of), last(x))
  const rest =
    typeof inThirds === 'string' && of.d.length >= 4 * LEAST_POINTS
      ? remainder(of, exponents(4, of), last(x))
      : inThirds
  if (typeof rest === 'string') return open(rest)
  const { lo, hi, power } = rest
  const value = f[n]! + (lo + hi) / 2
  const left = n < all.d.length ? Math.abs(value - last(f)) : 0
  const error = Math.abs(hi - lo) + ABOVE_NOISE * noise[n]! + left + rounding[n]!
  return { kind: 'finite', value, error, power }
}

/** What falling differences of one sign will still add up to, or why this is open. */
function remainder(
  of: Differences,
  [first, second, third]: readonly [Slope, Slope, Slope],
  end: number,
): { readonly lo: number; readonly hi: number; readonly power: Power } | string {
  const p = third.slope
  const gap = third.centre - second.centre
  const ahead = last(of.x) - third.centre
  const [before, drift] = [first.slope - second.slope, second.slope - p]
  const doubt = second.error + third.error
  const power = between(p, p - (drift * ahead) / gap + third.error, p - (drift * ahead) / gap - third.error)
  const uncertain = `its differences fall like s^${digits(-p)} with no certain sign of the power`
  if (!(power.lo > 0 && second.slope > 0)) return uncertain
  const step = last(of.x) - of.x.at(-2)!
  const d = last(of.d)
  const wrong = last(of.off) / Math.abs(d)
  const sum = (exponent: number): number => Math.abs(d) / Math.expm1(exponent * step)
  let [lo, hi] = [sum(power.hi) * (1 - wrong), sum(power.lo) * (1 + wrong)]

  const most = Math.max(Math.abs(drift), Math.abs(before) / SLOWED) + doubt
  const rho = most / (gap * Math.min(first.slope, second.slope) * power.lo)
  const ratio = (drift / before) * Math.max(1, first.slope / p)
  const rate =
    Math.abs(drift) <= doubt + SETTLED * p ? 0 : ratio > 0 ? Math.max(0, Math.log(ratio) / gap) : p * TURNING
  if (drift < -doubt && rate > 0 && p > RISEN * first.slope) return 'its differences may change sign'
  const slowest = Math.min(first.slope, p) - rate
  if (!(slowest > 1 / end)) return 'a slower change grows under the one that dies away'
  const onward = Math.exp(rate * (last(of.x) - (second.centre + third.centre) / 2))
  const mean = (SAFETY * rho * onward * p) / slowest
  const falls = drift > -doubt
  if (falls && mean > MOST_DRIFT) return uncertain
  if (falls || before > 0) hi /= 1 - Math.min(mean, MOST_DRIFT)
  lo *= 1 - mean
  const sign = Math.sign(d)
  return { lo: sign * lo, hi: sign * hi, power }
}

/** Differences whose size falls, whatever their sign. */
function settling({ f, noise, rounding, x }: Tail, { x: at, d, off }: Differences): Limit {
  const window = Math.ceil(d.length / 6)
  const starts = Array.from({ length: 6 }, (_, k) => Math.max(0, d.length - (6 - k) * window))
  const sizes = starts.map((k) =>
    largest(d.slice(k, k + window).map((v, i) => Math.max(Math.abs(v), ABOVE_NOISE * off[k + i]!))),
  )
  const centres = starts.map((k) => at[k]!)
  const logs = sizes.map((v) => -Math.log(v))
  const slopes = [
    fit(centres.slice(0, 3), logs.slice(0, 3), [0, 0, 0]).slope,
    fit(centres.slice(3), logs.slice(3), [0, 0, 0]).slope,
  ]
  const p = Math.min(...slopes) / 2
  if (!(p > 1 / last(x))) return open('it does not settle: its differences change sign')
  const bound = Math.max(sizes[4]!, sizes[5]!) / Math.expm1(p * (last(at) - at.at(-2)!))
  return {
    ...{ kind: 'finite', value: last(f), error: bound + ABOVE_NOISE * last(noise) + last(rounding) },
    power: { estimate: 2 * p, lo: p, hi: Math.max(...slopes) },
  }
}

/** Swings to and fro: what becomes of them, or `undefined` if there are too few. */
function oscillation(series: Series): Limit | undefined {
  const from = series.s.findIndex((at) => at >= 1)
  const [values, noise, rounding] = [series.values, series.noise, series.rounding].map((v) => v.slice(from))
  const at = extremes(values!, SWING * (ABOVE_NOISE * largest(noise!) + largest(rounding!)))
  const turns = at.map((i) => values![i]!)
  const swings = turns.slice(1).map((v, i) => Math.abs(v - turns[i]!))
  if (swings.length < OSCILLATING) return undefined
  const third = Math.floor(swings.length / 3)
  const group = (k: number): { readonly swing: number; readonly lo: number; readonly hi: number } => {
    const at = swings.length - k * third
    const own = turns.slice(at, at + third + 1)
    return { swing: largest(swings.slice(at, at + third)), lo: Math.min(...own), hi: Math.max(...own) }
  }
  const [first, second, final] = [group(3), group(2), group(1)]
  if (final.swing < LEVEL * Math.max(first.swing, second.swing) || second.swing < LEVEL * first.swing) {
    const x = at.slice(1).map((i) => Math.log(series.s[from + i]!))
    const falling = fading(x, swings, last(series.s))
    if (falling)
      return {
        kind: 'finite',
        value: last(values!),
        error: last(swings) + ABOVE_NOISE * last(noise!),
        power: falling,
      }
    const reason = 'it swings to and fro, and it is not seen whether for ever'
    return { kind: 'open', reason, oscillates: true }
  }
  const drifts = Math.abs(final.lo + final.hi - first.lo - first.hi) > final.swing
  return { kind: 'oscillating', lo: final.lo, hi: final.hi, drifts }
}

/** The power of s like which swings fall, the same in both halves as `settling` asks; `undefined` if they do not. */
function fading(x: readonly number[], swings: readonly number[], end: number): Power | undefined {
  const half = Math.floor(swings.length / 2)
  const logs = swings.map((v) => -Math.log(v))
  const flat = x.map(() => 0)
  const slopes = [
    fit(x.slice(0, half + 1), logs.slice(0, half + 1), flat).slope,
    fit(x.slice(half), logs.slice(half), flat).slope,
  ]
  const p = Math.min(...slopes) / 2
  return p > 1 / Math.log(end) ? { estimate: 2 * p, lo: p, hi: Math.max(...slopes) } : undefined
}

/** Where a list turns, each turn confirmed by a way back of more than the threshold; not its two ends. */
function extremes(values: readonly number[], threshold: number): readonly number[] {
  const found: number[] = []
  let [low, high, direction] = [0, 0, 0]
  values.forEach((v, i) => {
    if (v > values[high]!) high = i
    if (v < values[low]!) low = i
    const [falls, rises] = [values[high]! - v > threshold, v - values[low]! > threshold]
    if ((direction >= 0 && falls) || (direction <= 0 && rises)) {
      if (direction !== 0) found.push(falls && direction > 0 ? high : low)
      direction = direction > 0 || (direction === 0 && falls) ? -1 : 1
      low = high = i
    } else if (direction > 0) low = i
    else if (direction < 0) high = i
  })
  return found
}
