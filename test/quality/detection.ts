/** Detection: what each strategy found of the planted falsehoods, as a table. */
import { TURN } from '../../src/hunt/hunt.ts'
import { PLANTED } from './planted.ts'

export const BUDGETS: readonly number[] = [1_000, 10_000, 100_000]
/** Chosen before anything was measured: the seed of every command of the package. */
export const SEED = 2022
/** Further seeds, for the guided search alone. */
export const MORE_SEEDS: readonly number[] = [1, 2, 3]
export const STRATEGIES: readonly string[] = ['random', 'annealing', 'CMA-ES']
/** Both at once, as `lakatos hunt` runs them, in turns and with half the budget each. */
export const BOTH = 'both'

/** One strategy on one falsehood: its own evaluation at the first confirmed violation, `null` if there was none. */
export interface Outcome {
  readonly id: string
  readonly strategy: string
  readonly seed: number
  readonly found: number | null
  /** How many evaluations were made, and in how many seconds. */
  readonly evaluations: number
  readonly seconds: number
}

export type Find = (id: string, strategy: string, seed: number) => number | null

/** The evaluation, counted over all, of the n-th evaluation of a strategy that takes turns. */
const inTurns = (n: number, place: number, strategies: number): number =>
  (Math.floor((n - 1) / TURN) * strategies + place) * TURN + ((n - 1) % TURN) + 1

/** The first finds in some outcomes. Strategies do not see each other, so what both find follows from each alone. */
export function findsIn(outcomes: readonly Outcome[]): Find {
  const alone: Find = (id, strategy, seed) =>
    outcomes.find((o) => o.id === id && o.strategy === strategy && o.seed === seed)?.found ?? null
  return (id, strategy, seed) => {
    if (strategy !== BOTH) return alone(id, strategy, seed)
    const guided = STRATEGIES.slice(1)
    const finds = guided.flatMap((name, place) => {
      const n = alone(id, name, seed)
      return n === null ? [] : [inTurns(n, place, guided.length)]
    })
    return finds.length > 0 ? Math.min(...finds) : null
  }
}

const number = (n: number): string => `${n}`.replace(/(?<=\d)(?=(\d{3})+$)/g, ' ')
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** The document of the command. */
export function detectionText(outcomes: readonly Outcome[]): string {
  const find = findsIn(outcomes)
  const all = [...STRATEGIES, BOTH]
  const most = BUDGETS.at(-1)!
  const counted = (strategy: string, seed: number, budget: number): number =>
    PLANTED.filter(
      ({ claim, cap = most }) => (find(claim.id, strategy, seed) ?? Infinity) <= Math.min(budget, cap),
    ).length
  const capped = PLANTED.filter(({ cap }) => cap !== undefined)
  const speed = all.flatMap((strategy) => {
    const own = outcomes.filter((o) => o.strategy === strategy && o.seed === SEED)
    const [evaluations, seconds] = [0, 0].map((_, i) =>
      own.reduce((n, o) => n + (i === 0 ? o.evaluations : o.seconds), 0),
    )
    return seconds! > 0 ? [`${strategy} ${number(Math.round(evaluations! / seconds! / 100) * 100)}`] : []
  })
  const missed = PLANTED.filter(({ claim, cap = most }) => (find(claim.id, BOTH, SEED) ?? Infinity) > cap)
  return [
    '# What the hunt finds',
    '',
    `Written by \`npm run detect\`: every strategy on each of ${PLANTED.length} planted falsehoods (\`test/quality/planted.ts\`), seed ${SEED}.`,
    'A falsehood is found when the judge confirms a violation, exactly or in intervals; a violation in doubles alone counts',
    'for nothing. _Random_ draws cases as `lakatos check` does. _Both_ is what `lakatos hunt` runs: annealing and CMA-ES in',
    `turns of ${TURN} evaluations, with half of the budget each.`,
    '',
    row(['found within', ...BUDGETS.map(number)]),
    row(['---', ...BUDGETS.map(() => '---:')]),
    ...all.map((strategy) =>
      row([strategy, ...BUDGETS.map((budget) => `${counted(strategy, SEED, budget)} of ${PLANTED.length}`)]),
    ),
    '',
    `With other seeds, _both_ finds ${MORE_SEEDS.map((seed) => `${counted(BOTH, seed, most)} (seed ${seed})`).join(', ')} of ${PLANTED.length} within ${number(most)}.`,
    `Seeds 1 and 2 were looked at while the strategies were built; ${SEED} and 3 were not.`,
    ...(capped.length > 0
      ? [
          `${capped.map(({ claim }) => `\`${claim.id}\``).join(' and ')} follow trajectories, which is costly: no strategy gets more than ${number(capped[0]!.cap!)} evaluations there.`,
        ]
      : []),
    missed.length === 0
      ? `_Both_ misses none with seed ${SEED}.`
      : `_Both_ misses, with seed ${SEED}: ${missed.map(({ claim }) => `\`${claim.id}\``).join(', ')}.`,
    `Evaluations per second of one core, everything included: ${speed.join(', ')}.`,
    '',
    '## Each falsehood',
    '',
    `The evaluation at which each strategy first found it; – : not within ${number(most)}.`,
    '',
    row(['falsehood', 'it shows only', ...all]),
    row(['---', '---', ...all.map(() => '---:')]),
    ...PLANTED.map(({ claim, hides, cap = most }) =>
      row([
        `\`${claim.id}\``,
        hides,
        ...all.map((strategy) => {
          const n = find(claim.id, strategy, SEED)
          return n === null || n > cap ? '–' : number(n)
        }),
      ]),
    ),
    '',
  ].join('\n')
}
