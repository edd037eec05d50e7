/** CMA-ES: evolution strategy with covariance matrix adaptation on R^n (Hansen, The CMA Evolution Strategy: A Tutorial, 2016). */
import type { Random } from '../claim/random.ts'
import { normal } from './chance.ts'
import { eigen } from './symmetric.ts'

/** One run from a start, with the default constants of the tutorial's Table 1 (non-negative weights). */
export interface Cma {
  readonly lambda: number
  readonly mean: Float64Array
  readonly sigma: number
  /** A new population. */
  ask(): Float64Array[]
  /** Its values, smaller is better, in the order asked for. */
  tell(values: readonly number[]): void
  /** Why it is of no use to go on, if so. */
  stalled(): string | undefined
}

/** The population size of the tutorial, (48). */
export const defaultLambda = (n: number): number => 4 + Math.floor(3 * Math.log(n))

const TOL_X = 1e-12
const TOL_FUN = 1e-14
const CONDITION = 1e14

/** A run in R^n from a mean and a step size. */
export function cma(
  start: ArrayLike<number>,
  sigma0: number,
  random: Random,
  lambda: number = defaultLambda(start.length),
): Cma {
  const n = start.length
  const mu = Math.floor(lambda / 2)
  const raw = Array.from({ length: mu }, (_, i) => Math.log((lambda + 1) / 2) - Math.log(i + 1))
  const total = raw.reduce((a, b) => a + b, 0)
  const weights = raw.map((w) => w / total)
  const muEff = 1 / weights.reduce((a, w) => a + w * w, 0)
  // Step-size control, (55), (56); covariance, (56) to (58) with α_cov = 2.
  const cSigma = (muEff + 2) / (n + muEff + 5)
  const dSigma = 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + cSigma
  const cc = (4 + muEff / n) / (n + 4 + (2 * muEff) / n)
  const c1 = 2 / ((n + 1.3) ** 2 + muEff)
  const cMu = Math.min(1 - c1, (2 * (muEff - 2 + 1 / muEff)) / ((n + 2) ** 2 + muEff))
  const chi = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n))
  const lag = Math.max(1, Math.floor(1 / (10 * n * (c1 + cMu))))
  const memory = 10 + Math.ceil((30 * n) / lambda)

  const mean = Float64Array.from(start)
  const C = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)),
  )
  const pSigma = new Float64Array(n)
  const pC = new Float64Array(n)
  let sigma = sigma0
  let axes = eigen(C)
  let lengths = new Float64Array(n).fill(1)
  let generation = 0
  let population: { readonly x: Float64Array; readonly y: Float64Array }[] = []
  let range = Infinity
  const history: number[] = []

  const product = (z: ArrayLike<number>): Float64Array => {
    const y = new Float64Array(n)
    for (let i = 0; i < n; i++) {
      const row = axes.B[i]!
      let sum = 0
      for (let j = 0; j < n; j++) sum += row[j]! * lengths[j]! * z[j]!
      y[i] = sum
    }
    return y
  }
  /** C^{−1/2} y. */
  const whitened = (y: Float64Array): Float64Array => {
    const z = new Float64Array(n)
    for (let j = 0; j < n; j++) {
      let sum = 0
      for (let i = 0; i < n; i++) sum += axes.B[i]![j]! * y[i]!
      z[j] = sum / lengths[j]!
    }
    const back = new Float64Array(n)
    for (let i = 0; i < n; i++) {
      const row = axes.B[i]!
      let sum = 0
      for (let j = 0; j < n; j++) sum += row[j]! * z[j]!
      back[i] = sum
    }
    return back
  }

  return {
    lambda,
    mean,
    get sigma() {
      return sigma
    },
    ask() {
      population = Array.from({ length: lambda }, () => {
        const y = product(Float64Array.from({ length: n }, () => normal(random)))
        return { x: mean.map((m, i) => m + sigma * y[i]!), y }
      })
      return population.map(({ x }) => x)
    },
    tell(values) {
      const order = values.map((_, i) => i).toSorted((a, b) => values[a]! - values[b]!)
      const chosen = order.slice(0, mu).map((i) => population[i]!)
      generation++
      const step = new Float64Array(n)
      chosen.forEach(({ y }, k) => {
        for (let i = 0; i < n; i++) step[i]! += weights[k]! * y[i]!
      })
      for (let i = 0; i < n; i++) mean[i]! += sigma * step[i]!
      const white = whitened(step)
      const keep = Math.sqrt(cSigma * (2 - cSigma) * muEff)
      let square = 0
      for (let i = 0; i < n; i++) {
        pSigma[i] = (1 - cSigma) * pSigma[i]! + keep * white[i]!
        square += pSigma[i]! ** 2
      }
      const length = Math.sqrt(square)
      const moving = length / Math.sqrt(1 - (1 - cSigma) ** (2 * generation)) < (1.4 + 2 / (n + 1)) * chi
      const take = moving ? Math.sqrt(cc * (2 - cc) * muEff) : 0
      for (let i = 0; i < n; i++) pC[i] = (1 - cc) * pC[i]! + take * step[i]!
      const decay = 1 - c1 - cMu + (moving ? 0 : c1 * cc * (2 - cc))
      for (let i = 0; i < n; i++)
        for (let j = 0; j <= i; j++) {
          let rank = 0
          for (let k = 0; k < mu; k++) rank += weights[k]! * chosen[k]!.y[i]! * chosen[k]!.y[j]!
          C[i]![j] = C[j]![i] = decay * C[i]![j]! + c1 * pC[i]! * pC[j]! + cMu * rank
        }
      sigma *= Math.exp(Math.min(1, (cSigma / dSigma) * (length / chi - 1)))
      if (generation % lag === 0) {
        axes = eigen(C)
        lengths = axes.d.map((d) => Math.sqrt(Math.max(d, 1e-300)))
      }
      const best = values[order[0]!]!
      range = values[order[mu]!]! - best
      history.unshift(best)
      history.length = Math.min(history.length, memory)
    },
    stalled() {
      if (sigma * Math.max(...lengths) < TOL_X) return 'steps are too small'
      if (!(sigma < 1e8)) return 'steps are too large'
      if (Math.max(...lengths) ** 2 > CONDITION * Math.min(...lengths) ** 2) return 'badly conditioned'
      const flat = history.length === memory && Math.max(...history) - Math.min(...history) <= TOL_FUN
      return flat && range <= TOL_FUN ? 'values no longer differ' : undefined
    },
  }
}
