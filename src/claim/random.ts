/** Random: the one source of chance, seeded and the same on every machine. */
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** A stream of uniform integers. */
export interface Random {
  /** A uniform integer between the bounds, both included. */
  integer(min: number, max: number): number
}

/** The stream of a seed and a label (two labels give unrelated streams). */
export function seeded(seed: number, label = ''): Random {
  let hash = seed | 0
  for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193)
  const generator = xoroshiro128plus(hash)
  return { integer: (min, max) => uniformInt(generator, min, max) }
}

/** A uniform element of a non-empty list. */
export function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.integer(0, list.length - 1)]!
}

/** True once in n on average. */
export function oneIn(random: Random, n: number): boolean {
  return random.integer(1, n) === 1
}
