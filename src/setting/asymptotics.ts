/** The setting of long runs: gradient flow from exact weights until log 1/L is a million and more. */
import {
  decideAlong,
  judgeAlong,
  UNCONFIRMED,
  type AlongJudge,
  type Observation,
} from '../claim/asymptotic.ts'
import { curveAlong } from '../claim/curve.ts'
import type { Curve, Outcome } from '../claim/decide.ts'
import { aCount, aFunction, optional } from '../claim/form.ts'
import { withDefinitions, type Definition } from '../claim/definitions.ts'
import { seeded } from '../claim/random.ts'
import { recent } from '../claim/recent.ts'
import type { Setting } from '../claim/setting.ts'
import { longRun, type LongRun } from '../flow/longrun.ts'
import { wiring } from '../net/architecture.ts'
import type { Normalization } from '../normalization/normalization.ts'
import { rational } from '../number/rational.ts'
import { parseRatio } from '../program/constant.ts'
import type { Formula } from '../program/formula.ts'
import { systemOf, type DynamicsCase } from './case.ts'
import { dynamics } from './dynamics.ts'
import { readings } from './longrun-readings.ts'
import { longRunScope } from './longrun-scope.ts'
import { aLoss, aNormalization, checkOptions, someHorizons, someLetters } from './options.ts'
import { outside, OUTSIDE_OF } from './outside.ts'
import { OF_LONG_RUNS } from './symbols.ts'
import { generic, type Population, type Start } from './population.ts'

/** What a claim fixes about its runs. */
export interface AsymptoticsOptions {
  readonly flow: Normalization['name']
  readonly loss?: DynamicsCase['loss']
  /** Index letters that stand for chosen nodes instead of ranging over all of them. */
  readonly choose?: readonly ('u' | 'v')[]
  /** The starts; `generic` ones if absent. */
  readonly population?: Population
  /** Values of s up to which a run goes, in turn, until a statement is decided. */
  readonly horizons?: readonly number[]
  /** How many starts there are to draw from. */
  readonly starts?: number
}

const HORIZONS: Readonly<Record<Normalization['name'], readonly number[]>> = {
  ewn: [1e6, 1e9],
  unnorm: [1e6, 1e9],
  swn: [1e4, 1e6, 1e8],
}
/** A population has so many starts; claims in one setting share its runs. */
const STARTS = 40
/** And so many outside of an assumption. */
const OUTSIDE = 8
/** The full profile has so many times the starts, and goes further by such a factor of s where nothing is decided. */
const FULL = 10
const FURTHER = 1e3
const KEPT_RUNS = 1200
const KEPT_JUDGES = 4
const TOLERANCE = 1e-10
/** Linear models under SWN grow stiff like s: they end here, and are read at the first horizon. */
const MOST_STEPS = 3000

const runs = recent<string, LongRun>(KEPT_RUNS)

function runOf(c: DynamicsCase, until: number): LongRun {
  const { net, loss, normalization, nodes, data } = c
  const number = (text: string): number => rational.toNumber(parseRatio(text))
  return runs(JSON.stringify([net, loss, normalization, nodes, data, until]), () =>
    longRun(
      {
        system: systemOf(c),
        weights: nodes.map(({ vector }) => vector.map(number)),
        data: data.map(({ x }) => x.map(number)),
      },
      { until, tolerance: TOLERANCE, maxSteps: MOST_STEPS },
    ),
  )
}

const inUnnorm = (c: DynamicsCase): DynamicsCase => ({ ...c, normalization: 'unnorm' })

/**
 * The setting of gradient flow (η = 1, ‖v_u(0)‖ = 1) from exact weights w_u, followed in the clock s in doubles.
 * Its formulas speak of limits (`claim/asymptotic.ts`); what it decides is supported at most.
 */
export function asymptotics(options: AsymptoticsOptions): Setting<DynamicsCase> {
  return longRuns(options, [])
}

/** The setting of long runs with defined names. */
function longRuns(options: AsymptoticsOptions, definitions: readonly Definition[]): Setting<DynamicsCase> {
  checkOptions('asymptotics', options, {
    ...{ flow: aNormalization, loss: optional(aLoss), choose: optional(someLetters) },
    ...{ population: optional(aFunction), horizons: optional(someHorizons), starts: optional(aCount) },
  })
  const { flow, loss = 'exponential', choose = [], horizons = HORIZONS[flow], starts = STARTS } = options
  const population = options.population ?? generic(loss)
  const base = dynamics({ normalization: 'unnorm', choose })

  const caseOf = ({ net, loss, weights, data }: Start, chosen: DynamicsCase['chosen']): DynamicsCase => ({
    ...{ net, loss, normalization: flow, nodes: weights.map((vector) => ({ vector })), data },
    ...{ eta: '1', chosen, variables: {} },
  })
  const refuses = ({ net, loss, nodes, data }: DynamicsCase): string | undefined =>
    population.refuses?.({ net, loss, weights: nodes.map(({ vector }) => vector), data })
  const judges = recent<LongRun, AlongJudge>(KEPT_JUDGES)
  const judgeIn = (c: DynamicsCase, run: LongRun): AlongJudge =>
    judges(run, () =>
      judgeAlong((F, along) => withDefinitions(longRunScope(F, c, along), definitions), observe(c, run)),
    )
  const defined = definitions.map(({ name, formula }) => `${name} = ${formula.source}`).join()

  const decideOn = (c: DynamicsCase, run: LongRun, formulas: readonly Formula[]): Outcome => {
    const key = `${defined} ${JSON.stringify(c.chosen)} ${formulas.map(({ source }) => source).join(' and ')}`
    return decided(run, key, () => decideAlong(formulas, judgeIn(c, run), c.chosen))
  }

  const decideFurther = (
    c: DynamicsCase,
    formulas: readonly Formula[],
    assumed?: readonly Formula[],
  ): Outcome => {
    let outcome: Outcome = { status: 'undecided', reason: 'no horizon' }
    for (const [i, until] of horizons.entries()) {
      const run = runOf(c, until)
      outcome = decideOn(c, run, formulas)
      const ended = run.reason !== 'horizon'
      if (assumed && outcome.status === 'violated' && !ended) {
        const longer = runOf(c, horizons[i + 1] ?? FURTHER * until)
        const again = decideOn(c, longer, formulas)
        const counts = assumed.every((formula) => decideOn(c, longer, [formula]).status === 'holds')
        return again.status === 'violated' && counts ? again : UNCONFIRMED
      }
      if (outcome.status !== 'undecided' || ended) return outcome
    }
    return outcome
  }

  /** In a search formulas of another dimension than a simpler case say nothing. */
  const decide = (c: DynamicsCase, formulas: readonly Formula[], assumed?: readonly Formula[]): Outcome => {
    try {
      return decideFurther(c, formulas, assumed)
    } catch (error) {
      if (assumed && error instanceof SyntaxError) return { status: 'undecided', reason: error.message }
      throw error
    }
  }

  return {
    ...base,
    name: `${flow} long runs`,
    symbols: OF_LONG_RUNS,
    builtIn: OUTSIDE_OF,
    cases: 2 * starts,
    shrinks: 40,
    numerical: {
      evaluations: 100,
      decide,
      curve: (c, formulas): Curve | undefined =>
        curveAlong(formulas, judgeIn(c, runOf(c, horizons[0]!)), c.chosen),
      full: () =>
        longRuns(
          { ...options, starts: FULL * starts, horizons: [...horizons, FURTHER * horizons.at(-1)!] },
          definitions,
        ),
      defining: (more) => longRuns(options, [...definitions, ...more]).numerical!,
    },
    structure: (c) => base.structure(inUnnorm(c)),
    scope: (F, c) => longRunScope(F, c, { limit: (e) => e, supremum: (e) => e }),
    values: (c) => base.values(inUnnorm(c)),
    generate(random, assumed) {
      // One of few starts, so that claims and cases share runs; the nodes are chosen freely.
      const other = outside(population, assumed)
      const start = other
        ? other.population(seeded(random.integer(1, OUTSIDE), `${flow} ${loss} ${other.name}`))
        : population(seeded(random.integer(1, starts), `${flow} ${loss}`))
      const rest = wiring(start.net).nodes.flatMap(({ frozen }, u) => (frozen ? [] : [u]))
      const chosen = Object.fromEntries(
        choose.flatMap((letter) => {
          const [u] = rest.length > 0 ? rest.splice(random.integer(0, rest.length - 1), 1) : []
          return u === undefined ? [] : [[letter, u]]
        }),
      )
      return Object.keys(chosen).length === choose.length
        ? caseOf(start, chosen)
        : this.generate(random, assumed)
    },
    family: () => [],
    *simpler(c, assumed) {
      for (const simple of base.simpler(inUnnorm(c), assumed)) {
        const swn = flow === 'swn' && simple.nodes.some(({ vector }) => vector.every((e) => e === '0'))
        if (!swn && simple.loss === c.loss && (refuses(simple) === undefined || refuses(c) !== undefined))
          yield { ...simple, normalization: flow }
      }
    },
    refuses,
    labels: (c) => base.labels(inUnnorm(c)),
    coverage: () => ({}),
    describe: (c) => base.describe(inUnnorm(c)).replace('unnorm', flow),
    parse(json) {
      const given = json as Partial<DynamicsCase> | null
      if (given?.normalization !== flow)
        throw new SyntaxError(
          `case: expected "normalization" to be ${flow}, got ${JSON.stringify(given?.normalization)}`,
        )
      return { ...base.parse({ ...given, normalization: 'unnorm' }), normalization: flow }
    },
  }
}

/** What was decided along a run: claims in one setting share their assumptions. */
const decisions = new WeakMap<LongRun, Map<string, Outcome>>()

function decided(run: LongRun, key: string, decide: () => Outcome): Outcome {
  const known = decisions.get(run) ?? new Map<string, Outcome>()
  decisions.set(run, known)
  const outcome = known.get(key) ?? decide()
  known.set(key, outcome)
  return outcome
}

/** The symbols at each sample of a run. */
function observe(c: DynamicsCase, run: LongRun): Observation {
  let known = observations.get(run)
  if (known === undefined) observations.set(run, (known = readings(c, run, TOLERANCE)))
  return known
}

const observations = new WeakMap<LongRun, Observation>()
