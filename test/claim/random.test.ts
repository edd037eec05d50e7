/** Random: the stream of a seed and a label is the same on every machine and in every version. */
import { expect, test } from 'vitest'
import { oneIn, pick, seeded } from '../../src/claim/random.ts'

const first = (seed: number, label?: string): number[] => {
  const random = seeded(seed, label)
  return Array.from({ length: 4 }, () => random.integer(0, 999))
}

test('the streams of four seeds', () => {
  expect([first(0), first(1), first(1, 'a'), first(-7, 'lemma')]).toEqual([
    [647, 111, 432, 982],
    [646, 328, 81, 997],
    [223, 475, 589, 452],
    [72, 869, 888, 920],
  ])
})

test('labels and seeds give other streams', () => {
  const all = [first(0), first(1), first(2), first(1, 'a'), first(1, 'b'), first(1, 'ab'), first(1, 'ba')]
  expect(new Set(all.map((list) => list.join())).size).toBe(all.length)
})

test('an element of a list and one in n are uniform', () => {
  const random = seeded(5)
  const counts = new Map<string, number>()
  for (let i = 0; i < 3000; i++) {
    const letter = pick(random, ['a', 'b', 'c'])
    counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  // Six standard deviations of a fair draw: √(3000·(1/3)·(2/3)) = 26.
  for (const letter of ['a', 'b', 'c']) expect(Math.abs(counts.get(letter)! - 1000)).toBeLessThan(156)
  const hits = Array.from({ length: 3000 }, () => oneIn(random, 3)).filter(Boolean).length
  expect(Math.abs(hits - 1000)).toBeLessThan(156)
})
