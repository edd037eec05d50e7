/** Gradient flow of nets followed in the clock s = log 1/L, in which exponential tails are free of underflow. */
import { recent } from '../../claim/recent.ts'
import { longRun } from '../../flow/longrun.ts'
import { ewn, swn } from '../../model/parameterization.ts'
import type { Normalization } from '../../normalization/normalization.ts'
import { rational } from '../../number/rational.ts'
import { parseRatio } from '../../program/constant.ts'
import { lossName, type PointCase } from '../point/case.ts'
import type { Spec } from '../point/spec.ts'
import { readings } from './log-readings.ts'
import { logScope } from './log-scope.ts'
import type { LongMotion, LongRunOf } from './motion.ts'
import { systemOf } from './system.ts'

const HORIZONS: Readonly<Record<Normalization['name'], readonly number[]>> = {
  ewn: [1e6, 1e9],
  unnorm: [1e6, 1e9],
  swn: [1e4, 1e6, 1e8],
}
const FURTHER = 1e3
const KEPT = 1200
const TOLERANCE = 1e-10
/** Linear models under SWN grow stiff like s: they end here, and are read at the first horizon. */
const MOST_STEPS = 3000

/** The normalisation of a flow that the clock s can follow: of rate 1, with losses that fall to 0; else `undefined`. */
export function logFlowOf({
  model,
  weights,
  followed,
  rule,
  moment,
}: Spec): Normalization['name'] | undefined {
  const of = moment?.horizon?.of
  const isUsual = model?.kind === 'nets' && model.losses.every((loss) => USUAL.includes(lossName(loss)))
  if (!isUsual || !rule?.isGradient || (of !== undefined && of !== 's')) return undefined
  if (rule.rate?.length !== 1 || rule.rate[0]!.source !== '1') return undefined
  if (followed !== undefined) return followed === ewn ? 'ewn' : followed === swn ? 'swn' : undefined
  return weights?.weight.source === 'w_u' ? 'unnorm' : undefined
}
const USUAL = ['exponential', 'cross-entropy']

const number = (text: string): number => rational.toNumber(parseRatio(text))

const runs = recent<string, LongRunOf>(KEPT)

/** The motion of such a flow. */
export function logFlow(spec: Spec, normalization: Normalization['name']): LongMotion {
  return {
    horizons: spec.moment!.horizon?.among.map(number) ?? HORIZONS[normalization],
    further: FURTHER,
    scope: (F, c, along) => logScope(F, c, spec, along),
    follow: (c, until) => follow(c, spec, normalization, until),
  }
}

function follow(c: PointCase, spec: Spec, normalization: Normalization['name'], until: number): LongRunOf {
  const { net, loss, nodes, data } = c
  return runs(JSON.stringify([net, loss, normalization, nodes, data, until]), () => {
    const run = longRun(
      {
        system: systemOf(c, normalization),
        weights: nodes.map(({ w }) => (w as readonly string[]).map(number)),
        data: data!.map(({ x }) => x.map(number)),
      },
      { until, tolerance: TOLERANCE, maxSteps: MOST_STEPS },
    )
    return {
      observation: readings(c, run, TOLERANCE),
      scope: (F, along) => logScope(F, c, spec, along),
    }
  })
}
