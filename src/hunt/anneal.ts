/** Simulated annealing over cases: their numbers and their discrete structure together. */
import { oneIn, pick, type Random } from '../claim/random.ts'
import { uniform } from './chance.ts'
import { nudged, restructured } from './moves.ts'
import { MISSED, touches, type Energy } from './slack.ts'
import type { Point, Space } from './space.ts'
import type { Acceptance, Strategy } from './strategy.ts'

interface Seen {
  readonly point: Point
  readonly energy: Energy
}

/** The end of a round, and how many rounds from it have led no further. */
interface End extends Seen {
  readonly fruitless: number
}

/** Draws that compete for the start of a round. */
export const STARTS = 48
/** Moves per round: short rounds meet many structures, long ones go deep. */
const ROUNDS = [200, 200, 800, 200, 200, 800, 3200]
/** Temperatures at the ends of a round, in units of `height`. */
const HOT = 0.3
const COLD = 1e-6
/** A round ends early after this share of its moves without a new best, and after so few where the sides touch. */
const PATIENCE = 0.3
const TOUCHED = 40
/** The best ends of rounds, from which later rounds are heated again. */
const ELITE = 8
/** Rounds that lead no further before a start is given up, and its structure with it. */
export const FRUITLESS = 3

/**
 * Simulated annealing (Kirkpatrick, Gelatt & Vecchi 1983): a worse point is taken with probability e^{−Δ/T}, T falling
 * geometrically. Every second round starts from one of the best points seen, the others from the best of some draws.
 */
export const annealing: Strategy = {
  name: 'annealing',
  *search(space, random, acceptance) {
    let elite: End[] = []
    const spent = new Set<string>()
    for (let round = 0; ; round++) {
      const old = round % 2 === 1 && elite.length > 0 ? pick(random, elite) : undefined
      const start = old ?? (yield* bestOfDraws(space, random, spent))
      const length = ROUNDS[round % ROUNDS.length]!
      const best = yield* anneal(space, random, acceptance, {
        start,
        elite,
        length,
        hot: old ? HOT / 10 : HOT,
      })
      const fruitless = old && best.energy === old.energy ? old.fruitless + 1 : 0
      const rival = elite.find(({ point }) => point.structure === best.point.structure)
      const dull = touches(best.energy) || fruitless > FRUITLESS
      if (dull) spent.add(best.point.structure)
      if (!dull && rival && rival !== old && rival.energy <= best.energy) continue
      elite = [
        ...elite.filter((end) => end !== old && end !== rival),
        ...(dull ? [] : [{ ...best, fruitless }]),
      ]
        .toSorted((a, b) => a.energy - b.energy)
        .slice(0, ELITE)
    }
  },
}

/**
 * The best of some draws. Structures that are spent, as searches in them end where both sides touch, come after all
 * others, but for every fourth time.
 */
export function* bestOfDraws(
  space: Space,
  random: Random,
  spent: ReadonlySet<string>,
): Generator<Point, Seen, Energy> {
  const forgive = oneIn(random, 4)
  let [best, rank]: [Seen | undefined, number] = [undefined, Infinity]
  for (let i = 0; i < STARTS; i++) {
    const point = space.draw(random)
    const energy = yield point
    const own = touches(energy) ? 2 : !forgive && spent.has(point.structure) ? 1 : 0
    if (own > rank || (own === rank && energy >= best!.energy)) continue
    best = { point, energy }
    rank = own
  }
  return best!
}

/**
 * What is annealed: of a relative slack (b − a)/(a + b) the logarithm of b/a, so that cases far from a violation differ
 * too. Above it, by as much as they miss, come cases that miss an assumption.
 */
function height(energy: Energy): number {
  return energy < MISSED ? Math.min(HIGH, 2 * Math.atanh(Math.max(-1, energy))) : HIGH + energy
}
const HIGH = 40

interface Round {
  readonly start: Seen
  readonly elite: readonly Seen[]
  readonly length: number
  readonly hot: number
}

function* anneal(
  space: Space,
  random: Random,
  acceptance: Acceptance,
  { start, elite, length, hot }: Round,
): Generator<Point, Seen, Energy> {
  let [now, best] = [start, start]
  let since = 0
  const patience = (): number => (touches(best.energy) ? TOUCHED : Math.max(100, PATIENCE * length))
  for (let step = 0; step < length && since < patience(); step++, since++) {
    const cooled = step / length
    const temperature = hot * (COLD / hot) ** cooled
    const other = elite.length > 0 ? elite[random.integer(0, elite.length - 1)]!.point : undefined
    const point = oneIn(random, cooled < 0.5 ? 5 : 20)
      ? restructured(space, now.point, other, random)
      : nudged(space, now.point, 2 ** (-1 - 20 * cooled * uniform(random) - 3 * uniform(random)), random)
    const energy = yield point
    acceptance.moves++
    const higher = height(energy) - height(now.energy)
    if (higher > 0 && uniform(random) >= Math.exp(-higher / temperature)) continue
    acceptance.accepted++
    now = { point, energy }
    if (energy >= best.energy) continue
    best = now
    since = 0
  }
  return best
}
