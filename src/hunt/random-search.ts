/** Random search: cases as the generator draws them, the yardstick of the other strategies. */
import type { Strategy } from './strategy.ts'

export const randomSearch: Strategy = {
  name: 'random',
  *search(space, random) {
    for (;;) yield space.draw(random)
  },
}
