/** Tape: the choices that a generator made, to be changed and played again. */
import { oneIn, type Random } from '../claim/random.ts'

/** One choice: an integer between two bounds. */
export interface Choice {
  readonly min: number
  readonly max: number
  readonly value: number
}

/** The choices of one case in their order. */
export type Tape = readonly Choice[]

/** What was made from a tape, and the tape that makes exactly this. */
export interface Played<T> {
  readonly made: T
  readonly tape: Tape
}

/**
 * Lets a generator choose from a tape, and from chance where the tape has ended. A choice out of its new bounds is
 * folded back into them, so whatever is done to a tape, what it makes is a valid case.
 */
export function play<T>(make: (random: Random) => T, random: Random, tape: Tape = []): Played<T> {
  const choices: Choice[] = []
  const made = make({
    integer(min, max) {
      const old = tape[choices.length]?.value
      const value =
        old === undefined
          ? random.integer(min, max)
          : min + ((((old - min) % (max - min + 1)) + max - min + 1) % (max - min + 1))
      choices.push({ min, max, value })
      return value
    },
  })
  return { made, tape: choices }
}

const redrawn = ({ min, max, value }: Choice, random: Random): Choice => ({
  min,
  max,
  value: oneIn(random, 2)
    ? random.integer(min, max)
    : Math.max(min, Math.min(max, value + (oneIn(random, 2) ? 1 : -1))),
})

/** A tape with some choices made anew, moved, repeated elsewhere, or forgotten from some place on. */
export function mutated(tape: Tape, random: Random): Tape {
  if (tape.length === 0) return tape
  const at = (): number => random.integer(0, tape.length - 1)
  const changed = [...tape]
  switch (random.integer(0, 7)) {
    case 0:
      return tape.slice(0, at())
    case 1: {
      const from = at()
      changed.splice(at(), 0, ...tape.slice(from, from + random.integer(1, 8)))
      return changed
    }
    case 2:
      changed.splice(at(), random.integer(1, 4))
      return changed
    case 3: {
      const [from, to] = [at(), at()]
      const length = Math.min(random.integer(1, 8), tape.length - Math.max(from, to))
      changed.splice(to, length, ...tape.slice(from, from + length))
      return changed
    }
    default:
      do {
        const i = at()
        changed[i] = redrawn(changed[i]!, random)
      } while (oneIn(random, 2))
      return changed
  }
}

/** The beginning of one tape and the rest of another. */
export function crossed(a: Tape, b: Tape, random: Random): Tape {
  const cut = random.integer(0, Math.min(a.length, b.length))
  return [...a.slice(0, cut), ...b.slice(cut)]
}
