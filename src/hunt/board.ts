/** Board: the near misses of a hunt, the smallest slack of each kind of case first. */
import type { Energy } from './slack.ts'
import type { Point } from './space.ts'

/** A place on the board. */
export interface Place {
  readonly energy: Energy
  readonly point: Point
  readonly strategy: string
}

/** The cases with the smallest energies, one of each structure. */
export interface Board {
  readonly places: readonly Place[]
  add(place: Place): void
}

/** A board with so many places. */
export function newBoard(size: number): Board {
  let places: Place[] = []
  return {
    get places() {
      return places
    },
    add(place) {
      const last = places.at(-1)
      if (places.length >= size && last && place.energy >= last.energy) return
      const rival = places.find(({ point }) => point.structure === place.point.structure)
      if (rival && rival.energy <= place.energy) return
      places = [...places.filter((other) => other !== rival), place]
        .toSorted((a, b) => a.energy - b.energy)
        .slice(0, size)
    },
  }
}
