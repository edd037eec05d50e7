/** The setting of the limit: statements decided along long runs in doubles, which support or contradict and prove nothing. */
import {
  decideAlong,
  judgeAlong,
  UNCONFIRMED,
  type AlongJudge,
  type Observation,
} from '../../claim/asymptotic.ts'
import { curveAlong } from '../../claim/curve.ts'
import type { Outcome } from '../../claim/decide.ts'
import { withDefinitions, type Definition } from '../../claim/definitions.ts'
import { seeded, type Random } from '../../claim/random.ts'
import { recent } from '../../claim/recent.ts'
import type { Assumed, Numerical, Setting } from '../../claim/setting.ts'
import { wiring } from '../../net/architecture.ts'
import type { Formula } from '../../program/formula.ts'
import { symbolsOf } from '../symbols.ts'
import { lossName } from '../point/case.ts'
import type { PointCase } from '../point/case.ts'
import { parsePoint } from '../point/parse.ts'
import { points, startOf } from '../point/points.ts'
import type { Population, Start } from '../point/population.ts'
import { nameOf } from '../point/scope.ts'
import { simplerCases } from '../point/simpler.ts'
import type { Spec } from '../point/spec.ts'
import { generic } from './generic.ts'
import { logFlow, logFlowOf } from './log-flow.ts'
import { longFlow } from './long-flow.ts'
import { longSteps } from './long-steps.ts'
import type { LongMotion, LongRunOf } from './motion.ts'
import { outside, OUTSIDE_OF } from './outside.ts'

/** A population has so many starts: claims in one setting share its runs. */
const STARTS = 40
/** And so many outside of an assumption. */
const OUTSIDE = 8
/** The full profile has so many times the starts, and goes further by such a factor where nothing is decided. */
const FULL = 10
const FURTHER = 1e3
const KEPT_JUDGES = 4

/** What makes a setting in the limit. */
interface LimitDrawing {
  readonly spec: Spec
  readonly motion: LongMotion
  readonly population?: Population
  /** The name of the stream that starts are drawn from. */
  readonly stream: string
}

/** The setting of long runs of a specification. @throws TypeError for a horizon in a clock that the run does not have. */
export function limits(spec: Spec, population?: Population): Setting<PointCase> {
  const flow = logFlowOf(spec)
  if (flow === undefined) {
    if (spec.moment!.horizon?.of === 's')
      throw new TypeError(
        "setting: moment: expected a horizon { t } in the limit, got one in s, which gradient flow of nets at rate '1' under exponential loss or cross-entropy has alone",
      )
    const motion = spec.rule!.time === 'flow' ? longFlow(spec) : longSteps(spec)
    return limitSetting(
      { ...{ spec, motion, stream: nameOf(spec) }, ...(population && { population }) },
      population?.starts ?? STARTS,
      [],
    )
  }
  const loss = (spec.model as Extract<Spec['model'], { readonly kind: 'nets' }>).losses[0]!
  const drawn = population ?? generic(loss)
  return limitSetting(
    { ...{ spec, motion: logFlow(spec, flow), population: drawn }, stream: `${flow} ${lossName(loss)}` },
    drawn.starts ?? STARTS,
    [],
  )
}

function limitSetting(
  drawing: LimitDrawing,
  starts: number,
  definitions: readonly Definition[],
): Setting<PointCase> {
  const { spec, motion, population, stream } = drawing
  const whole: Spec = { ...spec, choose: [] }
  const base = points({ spec, ...(population && { population }) })
  const refuses = (c: PointCase): string | undefined => population?.refuses?.(startOf(c))

  /** One of few starts, so that claims and cases share runs. */
  const drawn = (random: Random, assumed: Assumed): PointCase => {
    const other =
      population && spec.model?.kind === 'nets' ? outside(population, assumed, spec.model.losses) : undefined
    const own = other
      ? seeded(random.integer(1, OUTSIDE), `${stream} ${other.name}`)
      : seeded(random.integer(1, starts), stream)
    const from = other ?? population
    const start: Start = from === undefined ? {} : from.draw(own, assumed)
    if (isWhole(start, spec)) return caseOf(start)
    const as = { ...from!, draw: () => start }
    const { held, ...c } = points({ spec: whole, ...(from && { population: as }) }).generate(own, assumed)
    return held === undefined || population?.refuses ? c : { ...c, held }
  }
  const caseOf = (start: Start): PointCase => {
    try {
      return parsePoint(wholeCase(start, spec), whole)
    } catch (error) {
      throw new RangeError(`population ${population!.name}: ${(error as Error).message}`, { cause: error })
    }
  }
  /** The nodes are chosen freely. */
  const withNodes = (random: Random, c: PointCase): PointCase | undefined => {
    if (c.net === undefined || spec.choose.length === 0) return c
    const rest = wiring(c.net).nodes.flatMap(({ frozen }, u) => (frozen ? [] : [u]))
    const chosen: Record<string, number> = {}
    for (const letter of spec.choose) {
      if (rest.length === 0) return undefined
      chosen[letter] = rest.splice(random.integer(0, rest.length - 1), 1)[0]!
    }
    return { ...c, chosen, dimension: wiring(c.net).nodes[chosen['u'] ?? Object.values(chosen)[0]!]!.fanIn }
  }

  return {
    ...base,
    name: `${base.name} in the limit`,
    symbols: symbolsOf(spec),
    builtIn: spec.model?.kind === 'nets' ? OUTSIDE_OF : [],
    cases: 2 * starts,
    shrinks: 40,
    numerical: numericalOf(drawing, starts, definitions),
    scope: (F, c) => motion.scope(F, c, { limit: (e) => e, supremum: (e) => e }),
    generate(random, assumed) {
      for (;;) {
        const c = withNodes(random, drawn(random, assumed))
        if (c !== undefined) return c
      }
    },
    family: () => [],
    *simpler(c) {
      for (const simple of simplerCases(c, spec))
        if (
          simple.loss === c.loss &&
          !losesDirection(simple, spec) &&
          (refuses(simple) === undefined || refuses(c) !== undefined)
        )
          yield simple
    },
    refuses,
    coverage: () => ({}),
    parse: (json) => parsePoint(json, spec),
  }
}

/** Whether a trained node has weight 0, from which a normalised weight has no direction to move in. */
const losesDirection = ({ net, nodes }: PointCase, { followed }: Spec): boolean =>
  followed !== undefined &&
  wiring(net!).nodes.some(
    ({ frozen }, u) => !frozen && (nodes[u]!['w'] as readonly string[]).every((e) => e === '0'),
  )

/** How statements of a setting are decided. */
function numericalOf(
  drawing: LimitDrawing,
  starts: number,
  definitions: readonly Definition[],
): Numerical<PointCase> {
  const { motion } = drawing
  const { horizons, further } = motion
  const judges = recent<LongRunOf, AlongJudge>(KEPT_JUDGES)
  const judgeOf = (run: LongRunOf): AlongJudge =>
    judges(run, () =>
      judgeAlong((F, along) => withDefinitions(run.scope(F, along), definitions), run.observation),
    )
  const defined = definitions.map(({ name, formula }) => `${name} = ${formula.source}`).join()
  const decideOn = (c: PointCase, run: LongRunOf, formulas: readonly Formula[]): Outcome => {
    const key = `${defined} ${JSON.stringify(c.chosen)} ${formulas.map(({ source }) => source).join(' and ')}`
    return decided(run.observation, key, () => {
      const outcome = decideAlong(formulas, judgeOf(run), c.chosen)
      const { ended } = run.observation
      return ended === undefined || motion.partial ? outcome : { status: 'undecided', reason: ended }
    })
  }

  const decideFurther = (
    c: PointCase,
    formulas: readonly Formula[],
    assumed?: readonly Formula[],
  ): Outcome => {
    let outcome: Outcome = { status: 'undecided', reason: 'no horizon' }
    for (const [i, until] of horizons.entries()) {
      const run = motion.follow(c, until)
      outcome = decideOn(c, run, formulas)
      const ended = run.observation.ended !== undefined
      if (assumed && outcome.status === 'violated' && !ended) {
        const longer = motion.follow(c, horizons[i + 1] ?? further * until)
        const again = decideOn(c, longer, formulas)
        const counts = assumed.every((formula) => decideOn(c, longer, [formula]).status === 'holds')
        return again.status === 'violated' && counts ? again : UNCONFIRMED
      }
      if (outcome.status !== 'undecided' || ended) return outcome
    }
    return outcome
  }

  return {
    evaluations: 100,
    /** In a search formulas of another dimension than a simpler case say nothing. */
    decide(c, formulas, assumed) {
      try {
        return decideFurther(c, formulas, assumed)
      } catch (error) {
        if (assumed && error instanceof SyntaxError) return { status: 'undecided', reason: error.message }
        throw error
      }
    },
    curve: (c, formulas) => curveAlong(formulas, judgeOf(motion.follow(c, horizons[0]!)), c.chosen),
    full: () =>
      limitSetting(
        { ...drawing, motion: { ...motion, horizons: [...horizons, FURTHER * horizons.at(-1)!] } },
        FULL * starts,
        definitions,
      ) as Setting<unknown>,
    defining: (more) => numericalOf(drawing, starts, [...definitions, ...more]),
  }
}

/** Whether a start leaves nothing to be drawn: a net at weights of its own, under a setting without further numbers. */
function isWhole({ net, loss, data, values = {} }: Start, spec: Spec): boolean {
  const isPlain =
    spec.weights?.weight.source === 'w_u' &&
    spec.rule!.rate?.length === 1 &&
    Object.keys(spec.variables).length + Object.keys(spec.functions).length === 0
  if (!isPlain || net === undefined || loss === undefined || data === undefined) return false
  return wiring(net).nodes.every((_, u) => `w_${u + 1}` in values)
}

/** The case of a start of a net that leaves nothing to be drawn. */
function wholeCase({ net, loss, data, values = {} }: Start, spec: Spec): PointCase {
  const { nodes } = wiring(net!)
  const { rule } = spec
  return {
    version: 2,
    dimension: 1,
    chosen: {},
    formulas: rule?.rate ? { eta: rule.rate[0]!.source } : {},
    ...{ net: net!, loss: lossName(loss!), data: data! },
    nodes: nodes.map((_, u) => ({ w: values[`w_${u + 1}`]! })),
    values: {},
  }
}

/** What was decided along a run: claims in one setting share their assumptions. */
const decisions = new WeakMap<Observation, Map<string, Outcome>>()

function decided(run: Observation, key: string, decide: () => Outcome): Outcome {
  const known = decisions.get(run) ?? new Map<string, Outcome>()
  decisions.set(run, known)
  const outcome = known.get(key) ?? decide()
  known.set(key, outcome)
  return outcome
}
