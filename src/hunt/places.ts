/** Places: which number of a case is which input of its programs, found by putting tags for the numbers. */

const TAGS = 1_000_003

/** The text to be put for the number in a place. */
export const tag = (_: unknown, place: number): string => `${TAGS + place}`

/** For each input the place of its number, of so many, from the values in a tagged case; `undefined` if some input has none. */
export function placesOf(
  values: ReadonlyMap<string, string>,
  inputs: readonly string[],
  count: number,
): readonly number[] | undefined {
  const places = inputs.map((name) => Number(values.get(name)) - TAGS)
  return places.every((place) => place >= 0 && place < count) ? places : undefined
}
