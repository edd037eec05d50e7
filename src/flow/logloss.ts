/** Log-loss: log L and the softmax weights, from differences measured against the log-loss clock. */
import type { Loss } from '../loss/loss.ts'

/**
 * Excesses ε_a = d_a − s of the differences d_a over the clock s (for the exponential loss, m_i − s); they
 * stay of order 1 for the points that matter, where d_a itself would lose the digits that decide the weights.
 */
export interface Softmax {
  /** p_a = −(∂L/∂d_a)/L: for the exponential loss the softmax of −m. They add up to 1 or less. */
  readonly weights: Float64Array
  /** −∂ℓ_i/∂d_a, the share of difference a in its own point: 0 for the exponential loss. */
  readonly shares: Float64Array
  /** log L + s. */
  readonly logLoss: number
}

/** log(1 + e^a) without overflow. */
const softplus = (a: number): number => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)))
/** Below this, log log(1 + e^a) = a to all digits of a double. */
const LINEAR = -40

/**
 * The softmax weights at clock s, with nothing that under- or overflows but weights below e^{−745}, which
 * are 0. Relative errors of a few units in the last place.
 * @param excess one entry per difference. @param pointOf the point of each difference, from 0 without gaps.
 */
export function softmax(
  loss: Loss['name'],
  s: number,
  excess: ArrayLike<number>,
  pointOf: ArrayLike<number>,
): Softmax {
  const count = excess.length
  const points = pointOf[count - 1]! + 1
  const inner = new Float64Array(points).fill(-Infinity)
  for (let a = 0; a < count; a++) inner[pointOf[a]!] = Math.max(inner[pointOf[a]!]!, -excess[a]!)
  const sums = new Float64Array(points)
  for (let a = 0; a < count; a++) sums[pointOf[a]!]! += Math.exp(-excess[a]! - inner[pointOf[a]!]!)
  const outer = new Float64Array(points)
  for (let i = 0; i < points; i++) {
    inner[i]! += Math.log(sums[i]!)
    const a = inner[i]! - s
    outer[i] = loss === 'exponential' || a < LINEAR ? inner[i]! : Math.log(softplus(a)) + s
  }
  const most = outer.reduce((x, y) => Math.max(x, y))
  const logLoss = most + Math.log(outer.reduce((sum, x) => sum + Math.exp(x - most), 0))
  const weights = new Float64Array(count)
  const shares = new Float64Array(count)
  for (let a = 0; a < count; a++) {
    const saturation = loss === 'exponential' ? 0 : softplus(inner[pointOf[a]!]! - s)
    weights[a] = Math.exp(-excess[a]! - saturation - logLoss)
    if (loss !== 'exponential') shares[a] = Math.exp(-excess[a]! - s - saturation)
  }
  return { weights, shares, logLoss }
}
