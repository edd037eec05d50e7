/** Chance: uniform and normal numbers from the one stream of integers. */
import type { Random } from '../claim/random.ts'

const STEPS = 2 ** 31 - 1

/** A number uniform in (0, 1). */
export function uniform(random: Random): number {
  return (random.integer(0, STEPS - 1) + 0.5) / STEPS
}

/** A standard normal number (Box & Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(uniform(random))) * Math.cos(2 * Math.PI * uniform(random))
}
