/** Strategy: a way to look for small energies, as a process that proposes points and is told their energies. */
import type { Random } from '../claim/random.ts'
import type { Energy } from './slack.ts'
import type { Point, Space } from './space.ts'

/** How many proposed moves were taken, of how many. */
export interface Acceptance {
  moves: number
  accepted: number
}

/** A search without end: it yields points and receives the energy of each; `acceptance` is its own count. */
export interface Strategy {
  readonly name: string
  search(space: Space, random: Random, acceptance: Acceptance): Generator<Point, never, Energy>
}
