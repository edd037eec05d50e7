/** Hunt: a guided search for a violation of a claim, with equal budgets for every strategy. */
import type { Claim } from '../claim/claim.ts'
import { seeded } from '../claim/random.ts'
import type { Counterexample } from '../claim/verdict.ts'
import { text } from '../program/print.ts'
import { annealing } from './anneal.ts'
import { newBoard, type Board } from './board.ts'
import { DEFAULT_SEED } from './check.ts'
import { cmaEs } from './evolve.ts'
import { judgeOf, type Judge } from './judge.ts'
import { MISSED, TIE, type Energy } from './slack.ts'
import { spaceOf, type Point, type Space } from './space.ts'
import type { Acceptance, Strategy } from './strategy.ts'

/** What a hunt runs unless it is told otherwise. */
export const GUIDED: readonly Strategy[] = [annealing, cmaEs]

/** Evaluations unless a hunt is told otherwise, or its setting has a number of its own. */
const DEFAULT_EVALUATIONS = 10_000
/** Strategies take turns of so many evaluations. */
export const TURN = 50
const PLACES = 8
/** Between two looks at the clock of the caller, in milliseconds. */
const BREATH = 40

/** Budget, seed and strategies of a hunt. */
export interface HuntOptions {
  /** Evaluations of all strategies together, split evenly. */
  readonly evaluations?: number
  readonly seed?: number
  readonly strategies?: readonly Strategy[]
  /** End at the first confirmed violation. */
  readonly untilFound?: boolean
  /** Called from time to time. */
  onProgress?(progress: Progress): void
  /** Asked from time to time; the hunt ends, with the best so far, once it is true. */
  stop?(): boolean
}

/** How a hunt is doing. */
export interface Progress {
  readonly evaluations: number
  /** The smallest relative slack seen in doubles where all assumptions hold, `undefined` before the first. */
  readonly slack: number | undefined
  /** The share of evaluated cases that met all assumptions, and the share of proposed moves that were taken. */
  readonly met: number
  readonly accepted: number
  readonly found: boolean
}

/** A confirmed violation: the judge's word, not that of doubles. */
export interface Find {
  readonly counterexample: Counterexample
  /** The relative slack in doubles. */
  readonly slack: number
  readonly strategy: string
  /** The evaluation at which it was met, of all, and of its strategy. */
  readonly evaluation: number
  readonly own: number
}

/** A case in which the claim holds by little. */
export interface NearMiss {
  readonly slack: number
  readonly case: unknown
  readonly formula: string
  /** Both sides, where these are numbers and not limits. */
  readonly left?: number
  readonly right?: number
  readonly strategy: string
}

/** What one strategy did. */
export interface StrategyReport {
  readonly name: string
  readonly evaluations: number
  readonly slack: number | undefined
  readonly met: number
  readonly accepted: number
  /** Its own evaluation at which it first met a violation. */
  readonly found?: number
}

/** What a hunt found. */
export interface HuntResult {
  readonly id: string
  readonly seed: number
  readonly evaluations: number
  readonly strategies: readonly StrategyReport[]
  readonly board: readonly NearMiss[]
  readonly found?: Find
  /** Further outside the claim than any other confirmed violation, `found` among them. */
  readonly mostViolated?: Find
  /** Cases that doubles call violations and the judge does not. */
  readonly unconfirmed: number
}

/**
 * Hunts a violation. Everything is decided by the seed: the same options give the same result, unless `stop` ends it.
 * Strategies do not see each other, and have equal budgets: each does with its n-th evaluation what it would do alone.
 * @throws RangeError if the budget is no positive integer.
 */
export async function hunt(claim: Claim, options: HuntOptions = {}): Promise<HuntResult> {
  const { seed = DEFAULT_SEED, strategies = GUIDED } = options
  const { evaluations = claim.given.numerical?.evaluations ?? DEFAULT_EVALUATIONS } = options
  if (!(evaluations === Infinity || Number.isInteger(evaluations)) || evaluations < 1)
    throw new RangeError(`hunt: expected a budget of at least 1 evaluation, got ${evaluations}`)
  const space = spaceOf(claim)
  const judge = judgeOf(claim)
  const climbs = strategies.map((strategy) => newClimb(claim, space, judge, strategy, seed))
  const done = (): number => climbs.reduce((n, climb) => n + climb.evaluations, 0)
  const ended = (): boolean =>
    (options.untilFound === true && climbs.some((climb) => climb.found)) || options.stop?.() === true
  let breath = performance.now()
  const share = (k: number): number =>
    evaluations === Infinity ? Infinity : Math.floor((evaluations + k) / climbs.length)
  for (let over = false; !over;) {
    over = true
    for (const [k, climb] of climbs.entries())
      for (let turn = 0; turn < TURN && climb.evaluations < share(climbs.length - 1 - k); turn++) {
        if (ended()) return resultOf()
        climb.step(done())
        over = false
        if (performance.now() - breath < BREATH) continue
        options.onProgress?.(progressOf(climbs))
        await new Promise((resume) => setTimeout(resume, 0))
        breath = performance.now()
      }
  }
  return resultOf()

  function resultOf(): HuntResult {
    options.onProgress?.(progressOf(climbs))
    const finds = climbs.flatMap(({ found }) => found ?? []).toSorted((a, b) => a.evaluation - b.evaluation)
    const worst = climbs.flatMap((climb) => climb.mostViolated() ?? []).toSorted((a, b) => a.slack - b.slack)
    const board = newBoard(PLACES)
    for (const climb of climbs) climb.board.places.forEach((place) => board.add(place))
    return {
      ...{ id: claim.id, seed, evaluations: done() },
      strategies: climbs.map((climb) => climb.report()),
      board: nearMisses(claim, space, board),
      ...(finds[0] && { found: finds[0], mostViolated: worst[0]! }),
      unconfirmed: climbs.reduce((n, { unconfirmed }) => n + unconfirmed, 0),
    }
  }
}

function nearMisses({ shows }: Claim, space: Space, board: Board): NearMiss[] {
  return board.places.flatMap(({ point, strategy }) => {
    const [c, sides] = [space.caseOf(point), space.tightest(point)]
    if (c === undefined || !sides) return []
    const { formula, ...numbers } = sides
    return [{ ...numbers, case: c, formula: text(shows[formula]!), strategy }]
  })
}

/** One strategy at work. */
interface Climb {
  readonly evaluations: number
  readonly acceptance: Acceptance
  readonly met: number
  readonly least: Energy | undefined
  readonly found: Find | undefined
  readonly unconfirmed: number
  readonly board: Board
  step(before: number): void
  mostViolated(): Find | undefined
  report(): StrategyReport
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

function progressOf(climbs: readonly Climb[]): Progress {
  const total = (of: (climb: Climb) => number): number => climbs.reduce((n, climb) => n + of(climb), 0)
  const least = climbs.flatMap((climb) => climb.least ?? [])
  return {
    evaluations: total(({ evaluations }) => evaluations),
    slack: least.length > 0 ? Math.min(...least) : undefined,
    met: share(
      total(({ met }) => met),
      total(({ evaluations }) => evaluations),
    ),
    accepted: share(
      total(({ acceptance }) => acceptance.accepted),
      total(({ acceptance }) => acceptance.moves),
    ),
    found: climbs.some(({ found }) => found !== undefined),
  }
}

/** What a strategy is told of a case that doubles call a violation and the judge does not: go elsewhere. */
const REFUSED: Energy = MISSED / 2
/** After a violation, the judge is asked again only about cases that are this much more violated. */
const WORSE = 1.05
/** So many ties are put to the judge in one structure, and of long runs so many cases. */
const MOST_TIES = 20

function newClimb(claim: Claim, space: Space, judge: Judge, strategy: Strategy, seed: number): Climb {
  const acceptance: Acceptance = { moves: 0, accepted: 0 }
  const random = seeded(seed, `hunt ${strategy.name} ${claim.id}`)
  const process = strategy.search(space, random, acceptance)
  const board = newBoard(PLACES)
  let proposal = process.next()
  let [evaluations, met, unconfirmed] = [0, 0, 0]
  let least: Energy | undefined
  let found: Find | undefined
  let worst: Find | undefined
  /** Per structure: the energy below which a violation in doubles is worth the judge's time, and the ties judged. */
  const doubted = new Map<string, { threshold: Energy; ties: number }>()

  /** The violation, if the judge confirms it. */
  const confirmed = (point: Point, energy: Energy, before: number): Find | undefined => {
    const doubt = doubted.get(point.structure) ?? { threshold: 0, ties: 0 }
    doubted.set(point.structure, doubt)
    const counted = energy === TIE || claim.given.numerical !== undefined
    if (counted ? doubt.ties++ >= MOST_TIES : energy >= doubt.threshold) return undefined
    const c = space.caseOf(point)
    const judgement = c === undefined ? undefined : judge.judge(c, true)
    if (judgement?.status !== 'violated') {
      unconfirmed++
      const noise = !counted && judgement !== undefined && judgement.status !== 'discarded'
      if (noise) doubt.threshold = 2 * energy
      return undefined
    }
    const { arithmetic, worst: evidence } = judgement
    const formula = text(claim.shows[evidence.formula]!)
    return {
      counterexample: { case: c, formula, arithmetic, evidence },
      ...{ slack: energy, strategy: strategy.name, evaluation: before + 1, own: evaluations },
    }
  }

  /** The energy of a point as the strategy is told it. */
  const told = (point: Point, before: number): Energy => {
    const energy = space.energy(point)
    if (energy > MISSED) return energy
    met++
    if (energy >= 0) {
      if (least === undefined || energy < least) least = energy
      if (energy < MISSED) board.add({ energy, point, strategy: strategy.name })
      return energy
    }
    if (worst && energy >= worst.slack * WORSE) return energy
    const find = confirmed(point, energy, before)
    if (!find) return REFUSED
    found ??= find
    worst = find
    least = energy
    return energy
  }

  return {
    acceptance,
    board,
    get evaluations() {
      return evaluations
    },
    get met() {
      return met
    },
    get least() {
      return least
    },
    get found() {
      return found
    },
    get unconfirmed() {
      return unconfirmed
    },
    step(before) {
      const point = proposal.value
      evaluations++
      proposal = process.next(told(point, before))
    },
    mostViolated: () => worst,
    report: () => ({
      ...{ name: strategy.name, evaluations, slack: least, met: share(met, evaluations) },
      ...{ accepted: share(acceptance.accepted, acceptance.moves), ...(found && { found: found.own }) },
    }),
  }
}
