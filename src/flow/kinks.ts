/** Kinks: where the argument of a relu changes sign along a solution, and which piece of the field follows. */
import { Undefined } from '../number/conventions.ts'
import type { Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { fixed, fixedJet } from './fixed.ts'
import { switches, type Jet, type Pattern } from './jet.ts'
import { sides } from './smooth.ts'

/** A piece of the field, and the jet of the solution on it. */
export interface Piece {
  readonly pattern: Pattern
  readonly jet: Jet<bigint[]>
  /** For each argument, the first coefficient that tells its sign; −1 if none does. */
  readonly leading: ReadonlyMap<number, number>
}

/** A point from which a piece is looked for. */
export interface Departure {
  readonly x: readonly bigint[]
  readonly order: number
  readonly exponent: number
  readonly bits: number
  /** The size up to which a coefficient may be 0. */
  readonly tolerance: bigint
  /** The signs that arguments have while nothing tells otherwise. */
  readonly held: Pattern
  /** The arguments whose sign may change here. */
  readonly zeros: ReadonlySet<number>
}

/** The signs of the arguments at a point, with step(0) = 0. */
export function patternAt(field: Program, x: readonly bigint[], bits: number): Pattern {
  const found = switches(field)
  const values = run(sides(field), fixed(bits), x)
  return new Map(found.map((e, i) => [e, values[i]! > 0n]))
}

/**
 * The piece of the field that the solution enters from a point: its pattern agrees with the sign, right after
 * the point, of every argument; one that comes to 0 and stays there is inactive (step(0) = 0), one that is merely
 * too small to tell keeps its sign. Patterns are tried from `first` on, each next one corrected by the signs that
 * the last one led to.
 * @returns `undefined` if they contradict each other: no piece leads away from the kink, the solution slides.
 */
export function enter(field: Program, from: Departure, first: Pattern): Piece | undefined {
  const { x, order, exponent, bits, tolerance, held, zeros } = from
  const tried = new Set<string>()
  for (let pattern = first; ;) {
    const key = [...pattern.values()].map(Number).join('')
    if (tried.has(key)) return undefined
    tried.add(key)
    const found = fixedJet(field, bits, x, order, { pattern, exponent })
    const leading = new Map<number, number>()
    const next = new Map<number, boolean>()
    for (const [e, z] of found.arguments) {
      const k = (zeros.has(e) ? z : z.slice(0, 1)).findIndex((c) => size(c) > tolerance)
      leading.set(e, k)
      next.set(e, k >= 0 ? z[k]! > 0n : !zeros.has(e) && held.get(e)!)
    }
    if ([...next].every(([e, active]) => pattern.get(e) === active)) return { pattern, jet: found, leading }
    pattern = next
  }
}

/** So many arguments that are 0 at a start are tried on all sides. */
const MOST_TIES = 10
/** Terms of the jets that tell apart the pieces behind a start. */
const START_ORDER = 10

/**
 * The piece that a solution enters from a start on some kinks: the one on which every argument that is 0 there
 * moves to the side that its pattern names, whatever the spelling of the field. An argument may also stay 0, where
 * no piece leads away from it. Several pieces that lead away make the start ambiguous, none a sliding one; so
 * x' = step(x) leaves 0 upwards.
 */
export function depart(
  field: Program,
  from: Omit<Departure, 'held' | 'zeros'>,
): Piece | 'sliding' | 'ambiguous' {
  const { x, order, exponent, bits, tolerance } = from
  const found = switches(field)
  const values = run(sides(field), fixed(bits), x)
  const ties = found.filter((_, i) => size(values[i]!) <= tolerance)
  if (ties.length > MOST_TIES) return 'ambiguous'
  const pieceOf = (pattern: Pattern, terms: number): Piece => {
    const own = fixedJet(field, bits, x, terms, { pattern, exponent })
    const leading = new Map([...own.arguments].map(([e, z]) => [e, z.findIndex((c) => size(c) > tolerance)]))
    return { pattern, jet: own, leading }
  }
  const pieces: (Piece & { readonly resting: number })[] = []
  for (let sides = 0; sides < 2 ** ties.length; sides++) {
    const pattern = new Map(found.map((e, i) => [e, values[i]! > 0n]))
    ties.forEach((e, i) => pattern.set(e, ((sides >> i) & 1) === 1))
    let piece: Piece
    try {
      piece = pieceOf(pattern, Math.min(order, START_ORDER))
    } catch (error) {
      if (error instanceof Undefined && ties.length > 0) continue
      throw error
    }
    const { jet, leading } = piece
    const right = ([e, z]: [number, readonly bigint[]]): boolean =>
      leading.get(e)! < 0 || z[leading.get(e)!]! > 0n === pattern.get(e)
    if (![...jet.arguments].every(right)) continue
    const resting = ties.filter((e) => leading.get(e)! < 0).length
    pieces.push({ ...piece, resting })
  }
  const least = Math.min(...pieces.map(({ resting }) => resting))
  const leaving = pieces.filter(({ resting }) => resting === least)
  if (leaving.length === 0) return 'sliding'
  const [first, ...others] = leaving.map(({ jet }) => jet.state)
  const same = (state: readonly (readonly bigint[])[]): boolean =>
    state.every((own, i) => own.every((c, k) => size(c - first![i]![k]!) >> BigInt(bits >> 1) === 0n))
  return others.every(same) ? pieceOf(leaving[0]!.pattern, order) : 'ambiguous'
}

/** A sign change: where, in units of σ·2^−bits, and of which argument. */
export interface Crossing {
  readonly at: bigint
  readonly argument: number
}

/**
 * The first sign change of an argument within [0, span] on a piece, by bisection: an interval is left only once
 * its Taylor bound excludes a zero or shows the argument monotone. A sign counts as changed once the argument is
 * past 0 by more than the tolerance, so touching 0 up to errors ends no step.
 */
export function firstCrossing(
  piece: Piece,
  span: bigint,
  tolerance: bigint,
  bits: number,
): Crossing | undefined {
  let first: Crossing | undefined
  for (const [argument, z] of piece.jet.arguments) {
    const own = z.slice(Math.max(0, piece.leading.get(argument)!))
    const past = own.with(0, own[0]! + (piece.pattern.get(argument)! ? tolerance : -tolerance))
    const at = firstZero(past, first?.at ?? span, bits)
    if (at !== undefined) first = { at: zeroBefore(own, at, bits), argument }
  }
  return first
}

/** Steps of Newton's method from where a sign has changed back to the zero. */
const POLISHING = 3

/** The simple zero just before s that Newton's method leads to, or s itself. */
function zeroBefore(series: readonly bigint[], s: bigint, bits: number): bigint {
  let zero = s
  for (let i = 0; i < POLISHING; i++) {
    const [value, slope] = valueAndSlope(series, zero, bits)
    if (slope === 0n) return s
    zero -= (value << BigInt(bits)) / slope
    if (zero <= 0n || size(s - zero) >> BigInt(bits >> 1) !== 0n) return s
  }
  return zero < s ? zero : s
}

function valueAndSlope(series: readonly bigint[], s: bigint, bits: number): [bigint, bigint] {
  const shift = BigInt(bits)
  let value = 0n
  let slope = 0n
  for (let k = series.length - 1; k >= 0; k--) {
    slope = ((slope * s) >> shift) + value
    value = ((value * s) >> shift) + series[k]!
  }
  return [value, slope]
}

const size = (a: bigint): bigint => (a < 0n ? -a : a)

/** The first zero in (0, span] of Σ c_k s^k, c_0 ≠ 0, all in units 2^−bits; `undefined` if there is none. */
export function firstZero(series: readonly bigint[], span: bigint, bits: number): bigint | undefined {
  const shift = BigInt(bits)
  const scaled: bigint[] = []
  for (let k = 0, power = 1n << shift; k < series.length; k++, power = (power * span) >> shift)
    scaled.push((series[k]! * power) >> shift)
  const at = zeroIn(scaled, bits, 0)
  return at === undefined ? undefined : (at * span) >> shift
}

/** The first zero in [0, 1]; an interval of 2^(−bits/2) that still may hold one is taken to touch 0. */
function zeroIn(c: readonly bigint[], bits: number, depth: number): bigint | undefined {
  let value = 0n
  let slope = 0n
  for (let k = 1; k < c.length; k++) {
    value += size(c[k]!)
    if (k > 1) slope += BigInt(k) * size(c[k]!)
  }
  if (size(c[0]!) > value) return undefined
  const one = 1n << BigInt(bits)
  if (size(c[1] ?? 0n) > slope) {
    const end = c.reduce((sum, term) => sum + term, 0n)
    const crosses = c[0] === 0n || end === 0n || c[0]! > 0n !== end > 0n
    return crosses ? monotoneZero(c, bits) : undefined
  }
  if (depth >= bits / 2) return 0n
  const left = c.map((term, k) => term >> BigInt(k))
  const found = zeroIn(left, bits, depth + 1)
  if (found !== undefined) return found >> 1n
  const later = zeroIn(shiftByOne(left), bits, depth + 1)
  return later === undefined ? undefined : (later + one) >> 1n
}

/** The coefficients of p(s + 1). */
function shiftByOne(c: readonly bigint[]): bigint[] {
  const shifted = [...c]
  for (let i = 0; i < c.length - 1; i++)
    for (let k = c.length - 2; k >= i; k--) shifted[k]! += shifted[k + 1]!
  return shifted
}

/** The zero in [0, 1] of a monotone polynomial that changes sign there, by Newton's method inside a bracket. */
function monotoneZero(c: readonly bigint[], bits: number): bigint {
  const shift = BigInt(bits)
  let [lo, hi] = [0n, 1n << shift]
  const rising = c[1]! > 0n
  let s = hi >> 1n
  while (hi - lo > 1n) {
    const [value, slope] = valueAndSlope(c, s, bits)
    if (value === 0n) return s
    if (value < 0n === rising) lo = s
    else hi = s
    const next = slope === 0n ? lo : s - (value << shift) / slope
    if (next === s) return s
    s = next > lo && next < hi ? next : (lo + hi) >> 1n
  }
  return hi
}
