/** Moves: steps from one case to another near it, in its numbers or in the choices behind it. */
import { oneIn, pick, type Random } from '../claim/random.ts'
import { normal, uniform } from './chance.ts'
import { dyadic, type Group, type Origin } from './coordinates.ts'
import type { Point, Space } from './space.ts'
import { crossed, mutated } from './tape.ts'

/** Coordinates stay within ±`FAR`, positive ones above 1/`FAR` too, and unit vectors off the antipode of their pole. */
const FAR = 64
/** The coarsest and the finest grid of numbers, in binary digits. */
const COARSE = 3
const FINE = 40

/** The value on the grid that suits steps of a size, within bounds. */
export function settled(x: number, size: number, kind: Group['kind']): number {
  const bits = Math.max(COARSE, Math.min(FINE, Math.ceil(3 - Math.log2(Math.max(size, 1e-12)))))
  const bounded = Math.max(-FAR, Math.min(FAR, x))
  if (kind !== 'positive') return dyadic(bounded, bits)
  return Math.max(1 / FAR, dyadic(Math.max(1 / FAR, bounded), Math.max(bits, 6)))
}

/** A point chosen anew by a changed tape, or by one crossed with another point's. */
export function restructured(space: Space, point: Point, other: Point | undefined, random: Random): Point {
  const tape = other && oneIn(random, 4) ? crossed(point.tape, other.tape, random) : point.tape
  return space.draw(random, mutated(tape, random))
}

/**
 * A point with some numbers moved by steps of about the given size (relative to them), or, now and then, made special:
 * 0, 1, equal to one another, opposite, halved or doubled; a list made equal or parallel to another.
 */
export function nudged(space: Space, point: Point, size: number, random: Random): Point {
  const charted = space.charted(point)
  const { origin } = charted.moved
  const { groups, dimension } = origin.layout
  if (dimension === 0) return restructured(space, point, undefined, random)
  const at = Float64Array.from(charted.moved.at)
  const movable = groups.filter(({ count }) => count > 0)
  const group = pick(random, movable)
  const step = (g: Group, k: number): void => {
    const x = at[g.first + k]!
    const scale = g.kind === 'positive' ? Math.abs(x) : Math.max(Math.abs(x), 1 / 4)
    at[g.first + k] = settled(x + size * scale * normal(random), size * scale, g.kind)
  }
  switch (random.integer(0, 11)) {
    case 0:
      for (const g of movable) for (let k = 0; k < g.count; k++) step(g, k)
      break
    case 1:
    case 2:
      for (let k = 0; k < group.count; k++) step(group, k)
      break
    case 3: {
      const factor = Math.exp(size * normal(random))
      for (let k = 0; k < group.count; k++)
        at[group.first + k] = settled(at[group.first + k]! * factor, size / 4, group.kind)
      break
    }
    case 4:
      special(at, group, random)
      break
    case 5:
      alike(at, group, pick(random, movable), origin, size, random)
      break
    default:
      step(group, random.integer(0, group.count - 1))
      while (oneIn(random, 3)) {
        const g = pick(random, movable)
        step(g, random.integer(0, g.count - 1))
      }
  }
  for (const g of movable) restore(at, charted.moved.at, g)
  return { ...charted, moved: { origin, at } }
}

/** Takes back what became 0 and never is: numbers that the generator draws other than 0, and whole lists. */
function restore(at: Float64Array, before: Float64Array, { kind, role, zero, first, count }: Group): void {
  if (kind !== 'free') return
  const list = at.subarray(first, first + count)
  if (role.endsWith('#') && list.every((x) => x === 0)) list.set(before.subarray(first, first + count))
  if (!zero) list.forEach((x, k) => x === 0 && (list[k] = before[first + k]!))
}

/** One coordinate made special. */
function special(at: Float64Array, { kind, first, count }: Group, random: Random): void {
  const k = first + random.integer(0, count - 1)
  const x = at[k]!
  const another = at[first + random.integer(0, count - 1)]!
  const rounded = settled(x, 2 ** random.integer(-4, 2), kind)
  if (kind === 'positive')
    at[k] = pick(random, [1, settled(2 * x, x, kind), settled(x / 2, x / 8, kind), another, rounded])
  else at[k] = pick(random, [0, 1, -x, another, settled(2 * x, x, kind), x / 2, rounded])
}

/** A list made equal to another of its length, or parallel, or a mixture; numbers alone are tied in the same way. */
function alike(at: Float64Array, a: Group, b: Group, origin: Origin, size: number, random: Random): void {
  const [i, j] = [origin.layout.groups.indexOf(a), origin.layout.groups.indexOf(b)]
  const spheres = a.kind === 'sphere' && b.kind === 'sphere'
  const opposed =
    spheres &&
    (origin.poles[i]!.entry !== origin.poles[j]!.entry || origin.poles[i]!.sign !== origin.poles[j]!.sign)
  if (a.count !== b.count || opposed || (a.kind === 'sphere') !== (b.kind === 'sphere')) return
  const factor = a.kind === 'free' && b.kind === 'free' ? pick(random, [1, 1, -1, 2, -1 / 2]) : 1
  const share = oneIn(random, 2) ? 1 : uniform(random)
  for (let k = 0; k < a.count; k++) {
    const target = factor * at[b.first + k]!
    const mixed =
      share === 1 ? target : settled(at[a.first + k]! * (1 - share) + target * share, size / 4, a.kind)
    at[a.first + k] = a.kind === 'positive' ? Math.max(1 / FAR, mixed) : mixed
  }
}
