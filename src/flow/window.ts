/** Windows: very short first-order steps, also across a kink. */
import { Undefined } from '../number/conventions.ts'
import { toDouble } from '../number/dyadic.ts'
import { interval, type Interval } from '../number/interval.ts'
import { derivative } from '../program/grad.ts'
import { trace, type Expr, type Program } from '../program/program.ts'
import { run } from '../program/run.ts'
import { ballOf, GUARD_BITS, intervalOf, up } from './ball.ts'
import { spread, widened, type Frame } from './frame.ts'
import { switches, type Pattern } from './jet.ts'
import { sides } from './smooth.ts'

/** The arguments of `relu` and `step`, then their velocities along the field. */
export function turning(field: Program): Program {
  const wanted = switches(field)
  return trace(field.inputs, (F, x) => {
    const values = run({ ...field, outputs: [...field.outputs, ...wanted] }, F, x)
    const moves = new Map<Expr, Expr>(x.map((e, i) => [e, values[i]!]))
    const z = values.slice(x.length)
    return [...z, ...z.map((e) => derivative(F, e, moves))]
  })
}

/** The box around a frame, in intervals. */
export function hullOf(frame: Frame, bits: number): Interval[] {
  const widths = spread(frame)
  return frame.center.map((m, i) => intervalOf({ m, r: widths[i]! }, bits))
}

/** The signs of the arguments on a box; `undefined` where it does not tell. step(0) = 0. */
export function signsOn(
  field: Program,
  box: readonly Interval[],
  bits: number,
): Map<number, boolean | undefined> {
  const F = interval(bits + GUARD_BITS)
  const wanted = switches(field)
  const values = run(sides(field), F, box)
  return new Map(
    wanted.map((e, i) => {
      const sign = F.sign(values[i]!)
      return [e, sign === undefined ? undefined : sign > 0]
    }),
  )
}

/** Boxes are first taken this many times as wide as the velocities in their middle ask for. */
const FIRST_WIDTH = 1.25
const MOST_BOXES = 8
/** A crossing is looked for within a time 2^k that of its first guess, k below this. */
const MOST_WINDOWS = 6

/**
 * The frame a short time η later, 0 <= η <= units·2^−bits: x(η) is in x + η f(B) for any box B that contains
 * x + [0, η] f(B), whatever f does inside B as long as `relu` and `step` are bounded there by intervals: f may
 * have kinks, and jumps (the solution is then Filippov's).
 * @param exact whether η is exactly `units`, not only at most. `undefined` if no such box is found.
 */
export function drift(
  field: Program,
  frame: Frame,
  units: bigint,
  exact: boolean,
  bits: number,
): { readonly frame: Frame; readonly box: readonly Interval[] } | undefined {
  const F = interval(bits + GUARD_BITS)
  const start = hullOf(frame, bits)
  const time: Interval = { lo: { m: 0n, e: 0 }, hi: { m: units, e: -bits } }
  const end: Interval = exact ? { lo: time.hi, hi: time.hi } : time
  const around = (v: Interval): Interval => {
    const { m, r } = ballOf(F.mul(time, v), bits)
    const size = BigInt(Math.ceil((Math.abs(Number(m)) + r) * FIRST_WIDTH)) + 2n
    return { lo: { m: -size, e: -bits }, hi: { m: size, e: -bits } }
  }
  let slopes = run(field, F, start)
  for (let i = 0; i < MOST_BOXES; i++) {
    const box = start.map((x, j) => F.add(x, around(slopes[j]!)))
    const next = run(field, F, box)
    const inside = box.every((b, j) => {
      const moved = F.add(start[j]!, F.mul(time, next[j]!))
      return (
        F.sign(F.sub(moved, { lo: b.lo, hi: b.lo })) === 1 &&
        F.sign(F.sub({ lo: b.hi, hi: b.hi }, moved)) === 1
      )
    })
    if (inside) {
      const moves = next.map((v) => ballOf(F.mul(end, v), bits))
      const center = frame.center.map((m, j) => m + moves[j]!.m)
      return {
        frame: widened(
          frame,
          center,
          moves.map(({ r }) => r),
        ),
        box,
      }
    }
    slopes = next
  }
  return undefined
}

/** What came of a crossing. */
export interface Crossing {
  readonly frame: Frame
  /** The time it took, in units of 2^−bits. */
  readonly units: bigint
  /** The arguments that changed sign. */
  readonly changed: readonly { readonly argument: number; readonly active: boolean }[]
}

/**
 * The frame behind the sign changes that some arguments are about to make: in a window in which the velocity of
 * every argument without a certain sign has a certain sign itself, on all pieces that meet there, so each of them
 * crosses 0 exactly once, transversally. `undefined` if there is no such window: an argument that touches 0, or a
 * kink that the solution may slide along.
 * @param held the signs before, as far as they are known. @param longest in units of 2^−bits.
 */
export function crossing(
  field: Program,
  turns: Program,
  frame: Frame,
  near: readonly number[],
  held: ReadonlyMap<number, boolean | undefined>,
  longest: bigint,
  bits: number,
): Crossing | undefined {
  const F = interval(bits + GUARD_BITS)
  const wanted = switches(field)
  try {
    const here = run(turns, F, hullOf(frame, bits))
    const slope = (e: number): Interval => here[wanted.length + wanted.indexOf(e)]!
    const times = near.map((e) => {
      const z = here[wanted.indexOf(e)]!
      const least = Math.min(Math.abs(toDouble(slope(e).lo)), Math.abs(toDouble(slope(e).hi)))
      return (2 * Math.max(Math.abs(toDouble(z.lo)), Math.abs(toDouble(z.hi)))) / least
    })
    const first = up(Math.max(...times)) * 2 ** bits
    if (!(first < 1e290) || near.some((e) => F.sign(slope(e)) === undefined)) return undefined
    let units = BigInt(Math.ceil(first)) + 1n
    for (let i = 0; i < MOST_WINDOWS; i++, units *= 2n) {
      const whole = units >= longest
      if (whole) units = longest
      const moved = drift(field, frame, units, true, bits)
      if (moved === undefined) return undefined
      const within = run(turns, F, moved.box)
      const before: Pattern = new Map(
        [...held].flatMap(([e, sign]) => (sign === undefined ? [] : [[e, sign]])),
      )
      const after = signsOn(field, hullOf(moved.frame, bits), bits)
      const open = wanted.filter((_, j) => F.sign(within[j]!) === undefined)
      const turn = (e: number): boolean | undefined => {
        const sign = F.sign(within[wanted.length + wanted.indexOf(e)]!)
        return sign === undefined || sign === 0 ? undefined : sign > 0
      }
      if (open.some((e) => turn(e) === undefined)) return undefined
      if (whole || open.every((e) => after.get(e) === turn(e))) {
        const changed = open.flatMap((argument) => {
          const active = after.get(argument)
          return active === undefined || before.get(argument) !== !active ? [] : [{ argument, active }]
        })
        return { frame: moved.frame, units, changed }
      }
    }
    return undefined
  } catch (problem) {
    if (problem instanceof Undefined) return undefined
    throw problem
  }
}
