/** The setting of states: any model, parameterisation and rule, at every state and across one step. */
import type { Aim } from '../../claim/draft.ts'
import type { Assumption } from '../../claim/claim.ts'
import { seeded, type Random } from '../../claim/random.ts'
import type { Assumed, Setting } from '../../claim/setting.ts'
import {
  butForBiases,
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
  unitV,
  zPositive,
} from '../assumptions.ts'
import { familyShapes } from '../nets.ts'
import { chartOf } from './chart.ts'
import { inputsOfCase, structureOf, type PointCase } from './case.ts'
import { caseOf, draftOf } from './draft.ts'
import { allowed, drawCase, hasNodes, type Drawing } from './draw.ts'
import { coverageOf, describeCase, labelsOf } from './labels.ts'
import { parsePoint } from './parse.ts'
import { nameOf, pointScope } from './scope.ts'
import { simplerCases, sizeOf } from './simpler.ts'
import { alternativesOf, hasVectors } from './spec.ts'

/** What the draw, the family and the chart of nets know. */
const BUILT_IN = [
  ...[unitV, etaOne, gammaPositive, smooth, homogeneous, butForBiases, noBiases],
  ...[lossExp, lossCe, expOrCe, expOrSquared, onePoint, labelsPositive, zPositive],
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
  const alternatives = Object.keys(alternativesOf(spec)).length
  /** Where formulas are chosen, those that an assumption excludes are none of the choice. */
  const excluded = (c: PointCase, assumed: Assumed): boolean =>
    alternatives > 0 &&
    [...assumed].some((assumption) => (assumption as Assumption<PointCase>).failure?.(c) !== undefined)
  const attempt = (assumed: Assumed, make: () => PointCase | undefined): PointCase => {
    for (let i = 0; i < TRIES; i++) {
      const c = make()
      if (c !== undefined && !excluded(c, assumed)) return c
    }
    throw new RangeError(`${name}: no case met the assumptions in ${TRIES} tries; aim the draw at them`)
  }
  const vectors = Object.values(spec.variables).filter((kind) => kind === 'vector').length

  /** The structures that the population draws, or all of the family. */
  const family = (assumed: Assumed): ((random: Random) => PointCase)[] => {
    if (population !== undefined || alternatives > 0) {
      const found = new Map<string, PointCase>()
      const random = seeded(0, `${name} ${population?.name ?? ''}`)
      for (let i = 0; i < FAMILY_DRAWS; i++) {
        const c = attempt(assumed, () => drawCase(random, assumed, drawing))
        if (!found.has(structureOf(c))) found.set(structureOf(c), c)
      }
      // Of numbers that are fixed at random there is no end: no proof on some of them is one for all.
      const shapes = new Set([...found.values()].map((c) => structureOf({ ...c, held: [] })))
      if (shapes.size < found.size) return []
      return [...found].map(([key, first]) => (random) => {
        for (let i = 0; i < TRIES; i++) {
          const c = drawCase(random, assumed, drawing)
          if (c !== undefined && structureOf(c) === key) return c
        }
        return first
      })
    }
    if (!isNet) {
      const most = hasVectors(spec) ? Math.max(MOST_DIMENSION, vectors) : 1
      return Array.from({ length: most }, (_, i) => (random: Random) => ofDimension(random, i + 1, assumed))
    }
    return familyShapes(assumed, allowed(spec, assumed))
      .filter(({ net }) => hasNodes(net, spec.choose))
      .map(
        (shape) => (random) =>
          attempt(assumed, () => drawCase(random, assumed, drawing, shape, seeded(0, JSON.stringify(shape)))),
      )
  }
  const ofDimension = (random: Random, dimension: number, assumed: Assumed): PointCase =>
    attempt(assumed, () => drawCase(random, assumed, { ...drawing, dimension }))

  return {
    name,
    builtIn: BUILT_IN,
    structure: structureOf,
    scope: (F, c) => pointScope(F, c, spec),
    chosen: (c) => c.chosen,
    values: inputsOfCase,
    generate: (random, assumed) => attempt(assumed, () => drawCase(random, assumed, drawing)),
    wholeFamily: !isNet && population === undefined && alternatives === 0 && !hasVectors(spec),
    family,
    chart: (F, c, assumed) => chartOf(F, c, spec, assumed),
    *simpler(c, assumed) {
      const aims: Aim[] = [...[...assumed].flatMap((a) => (a.aim ? [a.aim] : [])), ...(aim ? [aim] : [])]
      for (const simple of simplerCases(c, spec)) {
        if (simple.net && !hasNodes(simple.net, spec.choose)) continue
        yield simple
        if (aims.length === 0 || simple.values !== c.values) continue
        const random = seeded(0, structureOf(simple))
        for (let i = 0; i < REDRAWS; i++) {
          const draft = aims.reduce<ReturnType<Aim>>(
            (at, own) => at && own(at),
            draftOf(simple, spec, random, assumed),
          )
          if (draft) yield caseOf(draft)
        }
      }
    },
    size: (c) => sizeOf(c, spec),
    labels: (c) => labelsOf(c, spec),
    coverage: (assumed) => coverageOf(drawing, assumed),
    ...(population?.refuses && {
      refuses: (c: PointCase) =>
        population.refuses!({
          ...(c.net && { net: c.net, loss: c.loss!, data: c.data! }),
          values: {
            ...c.values,
            ...Object.fromEntries(
              c.nodes.flatMap((node, u) =>
                Object.entries(node).map(([key, value]) => [`${key}_${u + 1}`, value]),
              ),
            ),
          },
        }),
    }),
    describe: (c) => describeCase(c, spec),
    parse: (json) => parsePoint(json, spec),
  }
}
