/** Places: which number of a case is which input of its programs, found by putting tags for the numbers. */
import type { Setting } from '../claim/setting.ts'

const TAGS = 1_000_003

/** The text to be put for the number in a place. */
export const tag = (_: unknown, place: number): string => `${TAGS + place}`

/** For each input the place of its number in a tagged case; `undefined` if some input is no number of the case. */
export function placesOf(
  given: Setting<unknown>,
  tagged: unknown,
  inputs: readonly string[],
): readonly number[] | undefined {
  const values = given.values(tagged)
  const places = inputs.map((name) => Number(values.get(name)) - TAGS)
  return places.every((place) => place >= 0) ? places : undefined
}
