/** The setting of states: any model, parameterisation and rule, at every state and across one step. */
import type { Aim } from '../../claim/draft.ts'
import type { Assumption } from '../../claim/claim.ts'
import { seeded, type Random } from '../../claim/random.ts'
import type { Program, Trace } from '../../program/program.ts'
import { PremiseFails, type Assumed, type Setting } from '../../claim/setting.ts'
import {
  butForBiases,
  etaConstant,
  etaOne,
  expOrCe,
  expOrSquared,
  gammaPositive,
  homogeneous,
  labelsPositive,
  lossCe,
  lossExp,
  noBiases,
  onePoint,
  smooth,
  unitStart,
  unitV,
  zPositive,
} from '../assumptions.ts'
import { familyShapes } from '../nets.ts'
import { chartOf } from './chart.ts'
import { heldIn, inputsOfCase, structureOf, type PointCase } from './case.ts'
import { caseOf, draftOf } from './draft.ts'
import { allowed, drawCase, hasNodes, type Drawing } from './draw.ts'
import { coverageOf, describeCase, labelsOf } from './labels.ts'
import { parsePoint } from './parse.ts'
import type { Start } from './population.ts'
import { nameOf, pointScope } from './scope.ts'
import { simplerCases, sizeOf } from './simpler.ts'
import { alternativesOf, runOf, vectorsIn, type Spec } from './spec.ts'
import { stepsScope, unrolled } from './steps.ts'
import { enclosuresOf, flowScope, flowValues, inDoubles, isLater, motionOf, startClock } from './flow.ts'
import { symbolsOf } from '../symbols.ts'
import { clockOf } from './run.ts'
import { near } from '../draw.ts'
import { rational } from '../../number/rational.ts'
import { parseRatio } from '../../program/constant.ts'

/** What the draw, the family and the chart of nets know. */
const BUILT_IN = [
  ...[unitV, etaOne, gammaPositive, smooth, homogeneous, butForBiases, noBiases],
  ...[lossExp, lossCe, expOrCe, expOrSquared, onePoint, labelsPositive, zPositive],
]
/** Where weights are followed by themselves, their parameters and a rate of 1 are a premise of the start. */
const BUILT_IN_WEIGHTS = [
  ...BUILT_IN.filter((assumption) => assumption !== unitV && assumption !== etaOne),
  ...[unitStart, etaConstant],
]
const TRIES = 400
/** Where nothing says which structures there are, those of so many draws are the family. */
const FAMILY_DRAWS = 200
/** Identities without a net are proved up to this dimension, and up to the number of the vectors. */
const MOST_DIMENSION = 4
/** How often a simplified case is aimed anew, as its bounds may have moved. */
const REDRAWS = 3

/** The setting of states. */
export function points(drawing: Drawing): Setting<PointCase> {
  const { spec, population, aim } = drawing
  const name = nameOf(spec)
  const isNet = spec.model?.kind === 'nets'
  const [inSteps, inTime] = [runOf(spec) === 'steps', runOf(spec) === 'flow']
  const combinations = Object.entries(alternativesOf(spec)).reduce<PointCase['formulas'][]>(
    (all, [key, among]) => all.flatMap((one) => among.map((formula) => ({ ...one, [key]: formula }))),
    [{}],
  )
  /** Where formulas are chosen, those that an assumption excludes are none of the choice. */
  const excluded = (c: PointCase, assumed: Assumed): boolean =>
    combinations.length > 1 &&
    [...assumed].some((assumption) => (assumption as Assumption<PointCase>).failure?.(c) !== undefined)
  /** The case, if what its population gives is of the right names, kinds and lengths. */
  const checked = (c: PointCase): PointCase => {
    if (population === undefined) return c
    const { values } = startOf(c)
    const unknown = c.held?.find((one) => !['net', 'loss', 'data', ...Object.keys(values!)].includes(one))
    if (unknown !== undefined)
      throw new RangeError(
        `population ${population.name}: expected values among ${Object.keys(values!).join(', ')}, got "${unknown}"`,
      )
    try {
      parsePoint(c, spec)
    } catch (error) {
      throw new RangeError(`population ${population.name}: ${(error as Error).message}`, { cause: error })
    }
    return c
  }
  const attempt = (assumed: Assumed, make: () => PointCase | undefined): PointCase => {
    for (let i = 0; i < TRIES; i++) {
      const c = make()
      if (c !== undefined && !excluded(c, assumed)) return checked(c)
    }
    throw new RangeError(`${name}: no case met the assumptions in ${TRIES} tries; aim the draw at them`)
  }
  const vectors = vectorsIn(spec)

  /** Why the population has no such case, or none that comes from another by a search. */
  const refuses = (c: PointCase, from: PointCase = c): string | undefined =>
    population?.refuses?.(startOf(c)) ??
    (heldIn(c) === heldIn(from) ? undefined : 'expected what the population holds')

  /** The structures that the population draws, or all of the family: every shape with every choice of formulas. */
  const family = (assumed: Assumed): ((random: Random) => PointCase)[] => {
    // What holds along runs of some lengths is no proof for all.
    if (spec.moment !== undefined) return []
    if (population !== undefined) return drawnFamily(assumed)
    return combinations.flatMap((formulas) => {
      const own = { ...drawing, formulas }
      if (isExcluded(own, assumed)) return []
      if (!isNet) {
        const most = vectors > 0 ? Math.max(MOST_DIMENSION, vectors) : 1
        return Array.from({ length: most }, (_, i) => (random: Random) => {
          const ofDimension = { ...own, dimension: i + 1 }
          return attempt(assumed, () => drawCase(random, assumed, ofDimension))
        })
      }
      return familyShapes(assumed, allowed(spec, assumed))
        .filter(({ net }) => hasNodes(net, spec.choose))
        .map(
          (shape) => (random: Random) =>
            attempt(assumed, () => drawCase(random, assumed, own, shape, seeded(0, JSON.stringify(shape)))),
        )
    })
  }
  /** Whether the assumptions exclude these formulas: whatever is drawn with them. */
  const isExcluded = (own: Drawing, assumed: Assumed): boolean => {
    if (combinations.length === 1) return false
    const random = seeded(0, `${name} ${JSON.stringify(own.formulas)}`)
    let made = 0
    for (let i = 0; i < TRIES; i++) {
      const c = drawCase(random, assumed, own)
      if (c !== undefined && !excluded(c, assumed)) return false
      if (c !== undefined) made++
    }
    return made > 0
  }
  /** The structures of some draws of a population; what a start holds stays. */
  const drawnFamily = (assumed: Assumed): ((random: Random) => PointCase)[] => {
    const found = new Map<string, PointCase>()
    const random = seeded(0, `${name} ${population!.name}`)
    for (let i = 0; i < FAMILY_DRAWS; i++) {
      const c = attempt(assumed, () => drawCase(random, assumed, drawing))
      if (!found.has(structureOf(c))) found.set(structureOf(c), c)
    }
    // Of numbers that are fixed at random there is no end: no proof on some of them is one for all.
    const shapes = new Set([...found.values()].map((c) => structureOf({ ...c, held: [] })))
    if (shapes.size < found.size) return []
    return [...found].map(([key, first]) => {
      const { net, loss, data, values } = startOf(first)
      const held = Object.entries(values!).filter(([one]) => first.held?.includes(one))
      const start: Start = {
        ...(net && { net, loss: loss! }),
        ...(first.held?.includes('data') && { data: data! }),
        values: Object.fromEntries(held),
      }
      const own = {
        ...{ ...drawing, formulas: first.formulas, dimension: first.dimension },
        population: { ...population!, draw: () => start },
      }
      return (again) => {
        for (let i = 0; i < TRIES; i++) {
          const c = drawCase(again, assumed, own)
          if (c !== undefined && structureOf(c) === key) return c
        }
        return first
      }
    })
  }

  return {
    name,
    symbols: symbolsOf(spec),
    builtIn: spec.followed ? BUILT_IN_WEIGHTS : BUILT_IN,
    structure: structureOf,
    scope: (F, c) =>
      inSteps ? stepsScope(F, c, spec) : inTime ? flowScope(F, c, spec) : pointScope(F, c, spec),
    ...(inTime && flowParts(spec)),
    ...(inSteps && {
      unroll: (F: Trace, program: Program, c: PointCase) => unrolled(F, program, c, spec),
    }),
    chosen: (c) => c.chosen,
    values: (c) => (inTime ? flowValues(c, spec) : inputsOfCase(c)),
    generate: (random, assumed) => attempt(assumed, () => drawCase(random, assumed, drawing)),
    wholeFamily:
      !isNet &&
      spec.moment === undefined &&
      population === undefined &&
      vectors === 0 &&
      Object.keys(alternativesOf(spec)).length === 0,
    family,
    chart: (F, c, assumed) => chartOf(F, c, spec, assumed),
    *simpler(c, assumed) {
      const aims: Aim[] = [...[...assumed].flatMap((a) => (a.aim ? [a.aim] : [])), ...(aim ? [aim] : [])]
      for (const simple of inTime ? laterCases(c, spec) : simplerCases(c, spec)) {
        if ((simple.net && !hasNodes(simple.net, spec.choose)) || refuses(simple, c) !== undefined) continue
        yield simple
        // An aim at sequences makes all of them anew.
        if (aims.length === 0 || simple.values !== c.values || spec.rule?.sequences) continue
        const random = seeded(0, structureOf(simple))
        for (let i = 0; i < REDRAWS; i++) {
          const draft = aims.reduce<ReturnType<Aim>>(
            (at, own) => at && own(at),
            draftOf(simple, spec, random, assumed),
          )
          const made = draft && caseOf(draft)
          // What an aim changes beside the variables need not be simpler.
          if (made && keyOf(made) === keyOf(simple)) yield made
        }
      }
    },
    size: (c) => sizeOf(c, spec),
    labels: (c) => labelsOf(c, spec),
    coverage: (assumed) => coverageOf(drawing, assumed),
    ...(population && { refuses }),
    describe: (c) => describeCase(c, spec),
    parse(json) {
      const c = parsePoint(json, spec)
      const reason = refuses(c)
      if (reason !== undefined) throw new PremiseFails(`case: ${reason}`)
      if (inTime && !isLater(c, spec))
        throw new PremiseFails('case: expected "until" to be a log-loss past that of the start')
      return c
    },
  }
}

/** What a setting of runs of a flow has besides: where its inputs are, and how they move. */
const flowParts = (
  spec: Spec,
): Pick<Setting<PointCase>, 'premise' | 'cases' | 'shrinks' | 'enclosures' | 'motion' | 'rough'> => ({
  ...(clockOf(spec) === 's' && {
    premise: {
      formula: 'L(t_0) > exp(-until)',
      inputs: (c: PointCase) => new Map(Object.entries({ until: (c.until as { readonly s: string }).s })),
    },
  }),
  ...{ cases: 60, shrinks: 60_000 },
  enclosures: (c, bits) => enclosuresOf(c, spec, bits),
  motion: (c) => motionOf(c, spec),
  rough: (c, easily) => inDoubles(c, spec, easily),
})

/** Simpler cases whose moment lies behind their start: as far behind it as before, where the start is another. */
function* laterCases(c: PointCase, spec: Spec): Iterable<PointCase> {
  const behind = 's' in c.until! ? startClock(c, spec) : 0
  for (const simple of simplerCases(c, spec)) {
    if (isLater(simple, spec)) yield simple
    else if (structureOf(simple) !== structureOf(c)) {
      const end = rational.toNumber(parseRatio((c.until as { readonly s: string }).s)) - behind
      const s = end + startClock(simple, spec)
      const moved = Number.isFinite(s) && { ...simple, until: { s: near(s, 64, 'up') } }
      if (moved && isLater(moved, spec)) yield moved
    }
  }
}

const keyOf = (c: PointCase): string => `${structureOf(c)} ${JSON.stringify([c.nodes, c.data])}`

/** A case as the start that a population may have given. */
export function startOf(c: PointCase): Start {
  const nodes = c.nodes.flatMap((node, u) =>
    Object.entries(node).map(([key, value]) => [`${key}_${u + 1}`, value] as const),
  )
  return {
    ...(c.net && { net: c.net, loss: c.loss!, data: c.data! }),
    values: { ...c.values, ...Object.fromEntries(nodes) },
  }
}
